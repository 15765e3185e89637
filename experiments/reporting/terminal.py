"""Results as plain text for a terminal."""

from collections.abc import Iterable, Sequence

from experiments.questions.agreement.ask import Agreement, Line
from experiments.questions.compare.result import Comparison
from experiments.reporting.figure_style import label
from experiments.wording.numbers import NOT_KNOWN, amount, euro, from_to, percent, probability

_VERDICTS = {True: "yes", False: "NO", None: "-"}


def comparison_text(found: Comparison) -> str:
    """The table of types, best first, then the answer in three lines."""
    answer = "\n".join(line for line in found.answer if line)
    return f"{types_table(found)}\n\n{answer}" if found.n_worlds else answer


def types_table(found: Comparison) -> str:
    """One line a type: what it brings, against the best, and how sure it is the best."""
    heads = ("type", "contribution", "95 % interval", "against the best", "in percent", "chance to be best")
    rows = []
    for row in found.standings:
        gap = found.difference(row.variant, found.best)
        behind = (
            ("", "") if row.variant == found.best else (euro(gap.mean, signed=True), percent(gap.relative, signed=True))
        )
        name = f"{label(row.variant)}{' (today)' if row.variant == found.today != 'today' else ''}"
        spread = from_to(row.mean.interval, "EUR")
        rows.append((name, euro(row.mean.mean), spread, *behind, probability(row.probability_best)))
    return columns(heads, rows)


def agreement_text(found: Agreement) -> str:
    """Each published figure, the simulated one with its interval over runs, what is allowed, and the verdict."""
    heads = ("figure", "real", "simulated", "95 % interval", "within?", "allowed")
    verdict = "All judged figures are within what is allowed." if found.is_within else "Not all figures are within."
    head = f"{found.company}: {found.about}\nSource: {found.source}; {found.n_runs} runs\n"
    order = f"Real order of the largest channels: {' > '.join(found.order)}."
    return "\n".join([head, columns(heads, [_agreement_row(line) for line in found.lines]), "", order, verdict])


def _agreement_row(line: Line) -> tuple[str, ...]:
    spread = from_to(line.interval, line.unit) if line.interval.is_known else "-"
    values = (amount(line.real, line.unit), amount(line.simulated, line.unit))
    return (line.figure, *values, spread, _VERDICTS[line.is_within], line.allowed or "-")


def outcomes_table(outcomes: dict[str, float], meanings: dict[str, tuple[str, str]]) -> str:
    """One line an outcome: its name, its value with unit, what it means; `meanings` has (unit, meaning)."""
    rows = []
    for name, value in outcomes.items():
        unit, meaning = meanings.get(name, ("", ""))
        shown = amount(value, unit)
        rows.append((name, shown if shown != NOT_KNOWN else "nothing to count", meaning))
    return columns(("outcome", "value", "meaning"), rows)


def columns(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Left-aligned columns under their heads, a rule between."""
    table = [list(heads), *map(list, rows)]
    widths = [max(len(row[place]) for row in table) for place in range(len(heads))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])
