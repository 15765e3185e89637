"""A comparison as a report that can be handed on: the conclusion, the evidence, the doubt, where it comes from."""

from collections.abc import Iterator
from typing import Any

from experiments.questions.compare.figures import exhibits
from experiments.questions.compare.result import Comparison
from experiments.questions.compare.text import headline
from experiments.reporting.doubt_section import few_worlds
from experiments.reporting.figure_style import label, lower_label
from experiments.reporting.report import Card, Report, ShownTable
from experiments.statistics.paired import FEWEST_FOR_BOOTSTRAP
from experiments.wording.numbers import counted, euro, from_to, number, percent, probability

_TYPES_NOTE = (
    "Contribution: gross margin of contracts booked, less bad debt, pay, programmes and coordination, over the whole "
    "run. Expected regret: what choosing this type would give away on average against the truly best one."
)


def report_of(comparison: Comparison) -> Report:
    """Everything there is to say of a comparison."""
    question = comparison.question
    is_known = comparison.n_replications > 0
    return Report(
        title="How should Sales and Marketing work together?",
        headline=headline(comparison),
        lead=next(iter(comparison.variants.values())).question,
        byline=f"{comparison.n_replications:,} paired runs of {counted(comparison.quarters_measured, 'quarter')}",
        main=_types(comparison) if is_known else ShownTable((), ()),
        cards=_cards(comparison) if is_known else (),
        exhibits=exhibits(comparison),
        folded={"All pairs of types, with every interval": _pairs(comparison)} if is_known else {},
        doubt=list(_luck(comparison)),
        changes=question.changes,
        variants=comparison.variants,
        tables=(
            {"types": comparison.types, "summary": comparison.summary, "pairs": comparison.pairs} if is_known else {}
        ),
        record=_record(comparison),
        seeds=comparison.seeds,
    )


def _record(comparison: Comparison) -> dict[str, Any]:
    """The types best first, and all pairs."""
    is_known = comparison.n_replications > 0
    return {
        "today": comparison.today,
        "types": comparison.types.to_dict("records") if is_known else [],
        "pairs": comparison.pairs.to_dict("records") if is_known else [],
        "n_replications": comparison.n_replications,
    }


def _cards(comparison: Comparison) -> list[Card]:
    first = comparison.standings[0]
    shown = [Card("Earns most", label(comparison.best), f"{euro(first.mean.mean)} contribution a run")]
    rivals = [(f"More than {lower_label(comparison.second)}, the next best", comparison.second)]
    if comparison.today not in (None, comparison.best, comparison.second):
        rivals.append((f"More than today's practices, {lower_label(str(comparison.today))}", str(comparison.today)))
    for what, rival in rivals:
        gap = comparison.difference(comparison.best, rival)
        span = from_to(gap.relative_interval, "share", signed=True)
        shown.append(Card(what, percent(gap.relative, signed=True), f"95 % interval {span}"))
    chance = probability(first.probability_best)
    ahead = f"ahead in {probability(first.share_of_worlds)} of worlds"
    return [*shown, Card("Chance that it is the best", chance, ahead)]


def _types(comparison: Comparison) -> ShownTable:
    """One line a type: what it brings, against the best, and how sure it is the best."""
    heads = ("Type", "Contribution", "95 % interval", "Against the best", "In percent", "Chance to be best", "Regret")
    rows = []
    for row in comparison.standings:
        gap = comparison.difference(row.variant, comparison.best)
        is_best = row.variant == comparison.best
        is_today = row.variant == comparison.today != "today"
        rows.append(
            (
                f"{label(row.variant)}{' (today)' if is_today else ''}",
                euro(row.mean.mean),
                from_to(row.mean.interval, "EUR"),
                "" if is_best else euro(gap.mean, signed=True),
                "" if is_best else percent(gap.relative, signed=True),
                probability(row.probability_best),
                euro(row.expected_regret),
            )
        )
    return ShownTable(heads, rows, note=_TYPES_NOTE, best=rows[0][0])


def _luck(comparison: Comparison) -> Iterator[str]:
    if not comparison.n_replications:
        yield "No world was run to its end with every type."
        return
    gap = comparison.difference(comparison.best, comparison.second)
    yield (
        f"Type by type, the same {comparison.n_replications:,} worlds were run: the same prospects, the same luck. The "
        f"gap between the best two varies by {euro(gap.sd)} (standard deviation) from world to world."
    )
    reductions = [comparison.difference(*pair) for pair in comparison.neighbours]
    if reductions:
        factors = ", ".join(number(one.variance_reduction) for one in reductions)
        yield (
            f"Sharing worlds was worth {factors} times as many runs for the steps between neighbouring types "
            "(variance-reduction factor; 1 would be no gain)."
        )
    yield (
        "Intervals are 95 % each, by Student's t; a finding is called clear only if a bootstrap interval agrees. "
        "Between neighbouring types p-values are corrected for being several (Holm)."
    )
    precision = comparison.question.precision
    if precision is not None:
        reached = "was reached" if comparison.is_precise_enough else "was not reached"
        yield (
            f"Runs were added until the gap of the best two was known to {percent(precision.share)} of the second: "
            f"that {reached}. The rule looks at the width of the interval only, never at whether the result pleases."
        )
    if comparison.n_replications < FEWEST_FOR_BOOTSTRAP:
        yield few_worlds(comparison.n_replications)
    if comparison.failures:
        yield f"{counted(len(comparison.failures), 'run')} failed and left out, in pairs; failures.json tells why."


def _pairs(comparison: Comparison) -> ShownTable:
    heads = ("Pair", "Difference", "95 % interval", "In percent", "95 % interval", "p (Holm)", "Variance reduction")
    rows = []
    for pair in comparison.pairs.to_dict("records"):
        gap = comparison.difference(pair["a"], pair["b"])
        corrected = pair["p_holm"]
        rows.append(
            (
                f"{label(pair['a'])} against {lower_label(pair['b'])}",
                euro(gap.mean, signed=True),
                from_to(gap.interval, "EUR", signed=True),
                percent(gap.relative, signed=True),
                from_to(gap.relative_interval, "share", signed=True),
                "" if corrected != corrected else "below 0.001" if corrected < 0.001 else f"{corrected:.3f}",
                f"{number(gap.variance_reduction)} ({from_to(gap.variance_reduction_interval, '-')})",
            )
        )
    return ShownTable((*heads, "Pairs"), [(*row, f"{comparison.n_replications:,}") for row in rows])
