"""A sensitivity analysis as a note: what the answer hangs on, what it does not, and whether the sample was enough."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.questions.sensitivity.ask import Sensitivity
from experiments.questions.what_if.text import parameter_words
from experiments.reporting.figure_style import GAIN, LOSS, TOTAL, Exhibit, exhibit, rows_of
from experiments.reporting.figures import EURO_AXIS
from experiments.reporting.html import Card
from experiments.reporting.provenance_section import meaning
from experiments.reporting.report import LUCK, Note, Shown, Subject, lived
from experiments.wording.numbers import NOT_KNOWN, amount, counted, name_of, number, percent, sentence

if TYPE_CHECKING:
    import pandas as pd

_MOST_SHOWN = 15
_MOST_NAMED = 3
METHOD = (
    "First all inputs are sieved by Morris's method: on random paths each input in turn is moved over two thirds of "
    "its range, the others staying where the path has led them. The mean absolute effect, as if moved over the whole "
    "range, says how much it matters.",
    "The survivors' shares of the variance (Sobol indices) say what each explains alone (first) and with all it does "
    "together with the others (total), while the other inputs stay at the company's own values. Luck that differs from "
    "point to point counts as a total: a total below the share of luck means nothing.",
)


def note_of(found: Sensitivity) -> Note:
    """Everything there is to say of a sensitivity analysis."""
    stages = [found.screening.runs, *([found.sobol.runs] if found.sobol else [])]
    is_known = bool(np.isfinite(found.effects.size).any())
    return Note(
        question="sensitivity",
        title="What does the answer hang on?",
        subject=Subject(found.company.name, found.source, found.question.changes, {"company": found.company}),
        headline=headline(found),
        byline=f"{outcome_in_words(found)} · {counted(len(found.screening.inputs), 'input')} over their ranges",
        answer=in_sentences(found),
        main=_main(found) if is_known else Shown((), ()),
        cards=_cards(found),
        more={"All inputs": _all_inputs(found)} if is_known else {},
        exhibits=list(_exhibits(found)) if is_known else (),
        method=METHOD,
        doubt=list(_doubt(found, sum(len(one.failures) for one in stages))),
        tables=_tables(found),
        told=_told(found),
        **lived(*stages),
    )


def outcome_in_words(found: Sensitivity) -> str:
    """`contribution`, or `contribution of aligned minus that of undefined`."""
    asked = found.question
    of = f" of {asked.practices or 'today'}" if asked.against or asked.practices else ""
    return f"{name_of(asked.outcome)}{of}{f' minus {asked.against}' if asked.against else ''}"


def headline(found: Sensitivity) -> str:
    """The input that matters most."""
    if not np.isfinite(found.effects.size).any():
        return "No answer: too few runs were made"
    return f"{sentence(outcome_in_words(found))} hangs most on {parameter_words(_ranked(found).iloc[0]['parameter'])}"


def in_sentences(found: Sensitivity) -> tuple[str, ...]:
    """What matters; what does not; whether the sample was enough."""
    if not np.isfinite(found.effects.size).any():
        return ("Nothing can be said: too few runs were lived to their end.",)
    said = [f"What it hangs on: {'; '.join(_input_in_words(found, row) for row in _leading(found))}."]
    rest = found.table.iloc[found.question.keep :]
    if len(rest):
        most = amount(float(rest["size"].max()), _unit(found))
        said.append(
            f"What matters less: {counted(len(rest), 'input')} move it by {most} or less each, over a whole range."
        )
    return (*said, _how_sure(found))


def _ranked(found: Sensitivity) -> "pd.DataFrame":
    """Inputs with the most important first: by total index where known, then by effect."""
    if found.indices is None or not np.isfinite(found.indices.total).any():
        return found.table
    return found.table.sort_values(["total", "size"], ascending=False, kind="stable", ignore_index=True)


def _leading(found: Sensitivity) -> list[Any]:
    return list(rows_of(_ranked(found).head(_MOST_NAMED)))


def _input_in_words(found: Sensitivity, row: Any) -> str:
    moves = "raises" if row.mean > 0 else "lowers"
    effect = amount(abs(row.mean), _unit(found))
    total = getattr(row, "total", float("nan"))
    share = f", {percent(min(1.0, max(0.0, total)))} of the variance with all it does" if total == total else ""
    moved = f"{parameter_words(row.parameter)} from {_value(row.low)} to {_value(row.high)} {moves} it by {effect}"
    return f"{moved} on average{share}"


def _how_sure(found: Sensitivity) -> str:
    if found.indices is None or not np.isfinite(found.indices.total).any():
        return "How sure: the shares of variance are not known; the effects are, with the intervals shown."
    if found.moved_by_half != found.moved_by_half:
        return f"How sure: half of {counted(found.indices.n, 'base point')} says nothing; give more --points."
    enough = "enough" if found.is_converged else "not enough; give more --points"
    stage = found.sobol
    assert stage is not None
    luck = f"; luck makes {percent(stage.luck)} of the variance between points" if stage.luck == stage.luck else ""
    return (
        f"How sure: from half of {counted(found.indices.n, 'base point')} to all of them no total share moved by more "
        f"than {percent(found.moved_by_half)}, which is {enough}{luck}."
    )


def _unit(found: Sensitivity) -> str:
    from simulation.outcomes import OUTCOMES

    return OUTCOMES[found.question.outcome].unit


def _value(value: Any) -> str:
    return number(value) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def _main(found: Sensitivity) -> Shown:
    """The survivors with their shares; without those, the inputs with the largest effects."""
    heads = ("Input", "From", "To", "Effect", "On average", "Alone (first)", "With others (total)")
    rows = [_row(found, row) for row in rows_of(_ranked(found).head(found.question.keep))]
    return Shown(
        heads,
        rows,
        note="Effect: mean absolute change of the outcome over the whole range of the input, and its 95 % error. "
        "Shares of the variance with half their 95 % bootstrap interval.",
    )


def _row(found: Sensitivity, row: Any) -> tuple[str, ...]:
    unit = _unit(found)
    effect = f"{amount(row.size, unit)} ± {amount(row.size_error, unit)}"
    shares = [
        f"{percent(getattr(row, kind))} ± {percent(getattr(row, f'{kind}_error'))}" if hasattr(row, kind) else NOT_KNOWN
        for kind in ("first", "total")
    ]
    return (row.parameter, _value(row.low), _value(row.high), effect, amount(row.mean, unit, signed=True), *shares)


def _all_inputs(found: Sensitivity) -> Shown:
    unit = _unit(found)
    rows = [
        (
            row.parameter,
            meaning(row.parameter),
            f"{_value(row.low)} to {_value(row.high)}",
            f"{amount(row.size, unit)} ± {amount(row.size_error, unit)}",
            amount(row.mean, unit, signed=True),
            amount(row.spread, unit),
        )
        for row in rows_of(found.table)
    ]
    return Shown(("Input", "What it is", "Range", "Effect", "On average", "Spread"), rows, words=3)


def _cards(found: Sensitivity) -> list[Card]:
    if found.indices is None or not np.isfinite(found.indices.total).any():
        return []
    return [
        Card(
            parameter_words(row.parameter),
            percent(max(0.0, row.total)),
            f"± {percent(row.total_error)} of the variance",
        )
        for row in _leading(found)
    ]


def _exhibits(found: Sensitivity) -> Iterator[Exhibit]:
    yield _effects_figure(found)
    if found.indices is not None and np.isfinite(found.indices.total).any():
        yield _shares_figure(found)


def _effects_figure(found: Sensitivity) -> Exhibit:
    import plotly.graph_objects as go

    table = found.table.head(_MOST_SHOWN)
    names = [parameter_words(path) for path in table["parameter"]]
    shades = [GAIN if mean > 0 else LOSS for mean in table["mean"]]
    figure = go.Figure()
    figure.add_bar(
        y=names, x=table["size"], orientation="h", marker={"color": shades},
        error_x={"array": table["size_error"], "color": TOTAL}, hovertext=list(table["parameter"]),
    )  # fmt: skip
    figure.update_yaxes(autorange="reversed")
    axis = EURO_AXIS if _unit(found).startswith("EUR") else {}
    figure.update_xaxes(title=f"Mean absolute effect on {outcome_in_words(found)} ({_unit(found)})", **axis)
    figure.update_layout(height=150 + 28 * len(table), showlegend=False)
    first = table.iloc[0]
    most = amount(first["size"], _unit(found))
    title = f"{sentence(parameter_words(first['parameter']))} moves {outcome_in_words(found)} most, by {most}"
    note = (
        f"Effect of moving an input over its whole plausible range ({counted(found.question.trajectories, 'path')}, "
        f"{counted(found.question.runs, 'world')} a point), with its 95 % interval. Green: more of it raises the "
        f"outcome; red: lowers it. The largest {len(table)} of {len(found.table)}."
    )
    return exhibit("effects", title, note, figure, table)


def _shares_figure(found: Sensitivity) -> Exhibit:
    import plotly.graph_objects as go

    table = _ranked(found).head(found.question.keep)
    names = [parameter_words(path) for path in table["parameter"]]
    figure = go.Figure()
    for kind, shade, what in (("first", "#56B4E9", "alone (first)"), ("total", "#0072B2", "with others (total)")):
        figure.add_bar(
            y=names, x=100 * table[kind], orientation="h", name=what, marker={"color": shade},
            error_x={"array": 100 * table[f"{kind}_error"], "color": TOTAL},
        )  # fmt: skip
    figure.update_yaxes(autorange="reversed")
    figure.update_xaxes(title="Share of the variance (%)")
    figure.update_layout(height=150 + 56 * len(table), barmode="group")
    first = table.iloc[0]
    title = (
        f"{sentence(parameter_words(first['parameter']))} explains {percent(max(0.0, first['total']))} of the variance"
    )
    known = found.indices
    assert known is not None
    note = (
        f"Sobol indices from {counted(known.n, 'base point')} with 95 % bootstrap intervals; from half of them no "
        f"total moved by more than {percent(found.moved_by_half)}."
    )
    return exhibit("shares", title, note, figure, table)


def _doubt(found: Sensitivity, n_failed: int) -> Iterator[str]:
    yield LUCK
    stage = found.sobol
    if stage is not None and stage.luck == stage.luck:
        yield (
            f"All points meet the same {counted(found.question.runs, 'world')}. What a world does to one point and not "
            f"to the others makes {percent(stage.luck)} of the variance between the points; more --runs make it less."
        )
    yield (
        "A range is what we hold plausible, not how likely a value is. Twice as wide a range makes an input look twice "
        "as important. Sobol shares hold for the survivors, with all other inputs at the company's own values."
    )
    n_pulled = found.screening.n_pulled + (stage.n_pulled if stage else 0)
    if n_pulled:
        yield f"{counted(n_pulled, 'point')} were pulled towards the company's own values because none may be so."
    if n_failed:
        yield f"{counted(n_failed, 'run')} failed; the paths and base points they belong to are left out."


def _tables(found: Sensitivity) -> "dict[str, pd.DataFrame]":
    tables = {"inputs": found.table}
    for name, stage in (("screening", found.screening), ("sobol", found.sobol)):
        if stage is not None:
            points = stage.runs.study.points.copy().reset_index(names="point")
            kept = ["point", "seed", *(one for one in [found.question.outcome] if one in stage.runs.table)]
            tables |= {f"{name}_points": points, f"{name}_runs": stage.runs.table[kept]}
    return tables


def _told(found: Sensitivity) -> dict[str, Any]:
    told: dict[str, Any] = {"outcome": outcome_in_words(found), "unit": _unit(found)}
    told["inputs"] = found.table.to_dict("records")
    if found.indices is not None and found.sobol is not None:
        told["convergence"] = {
            "base_points": found.indices.n,
            "largest_move_from_half": found.moved_by_half,
            "is_converged": found.is_converged,
            "share_of_luck": found.sobol.luck,
        }
    return told
