"""A sensitivity analysis as a report: what the answer hangs on, what it does not, and whether the sample was enough."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from experiments.questions.sensitivity.result import Sensitivity
from experiments.questions.sensitivity.text import (
    headline,
    leading,
    outcome_in_words,
    ranked,
    share_in_words,
    unit_of,
    value_in_words,
)
from experiments.reporting import charts
from experiments.reporting.figure_style import GAIN, LOSS, TOTAL, Exhibit, exhibit, rows_of
from experiments.reporting.report import Card, Report, ShownTable
from experiments.reporting.what_intervals_hold import luck_alone
from experiments.wording.numbers import NOT_KNOWN, amount, counted, percent, sentence
from experiments.wording.parameters import meaning, parameter_words

_MOST_SHOWN = 15
METHOD = (
    "First all inputs are sieved by Morris's method: on random paths each input in turn is moved over two thirds of "
    "its range, the others staying where the path has led them. The mean absolute effect, as if moved over the whole "
    "range, says how much it matters.",
    "The survivors' shares of the variance (Sobol indices) say what each explains alone (first) and with all it does "
    "together with the others (total), while the other inputs stay at the company's own values. Luck that differs from "
    "point to point counts as a total: a total below the share of luck means nothing.",
)


def report_of(sensitivity: Sensitivity) -> Report:
    """Everything there is to say of a sensitivity analysis."""
    question, plan = sensitivity.question, sensitivity.plan
    is_known = bool(np.isfinite(sensitivity.effects.size).any())
    return Report(
        title="What does the answer hang on?",
        headline=headline(sensitivity),
        byline=f"{outcome_in_words(sensitivity)} · {counted(len(plan.inputs), 'input')} over their ranges",
        main=_main(sensitivity) if is_known else ShownTable((), ()),
        cards=_cards(sensitivity),
        folded={"All inputs": _all_inputs(sensitivity)} if is_known else {},
        exhibits=list(_exhibits(sensitivity)) if is_known and not sensitivity.is_constant else (),
        method=METHOD,
        doubt=list(_doubt(sensitivity)),
        changes=question.changes,
        variants={"company": plan.base},
        tables=_tables(sensitivity),
        record=_record(sensitivity),
        seeds=sensitivity.screening.made.design.seeds,
    )


def _main(sensitivity: Sensitivity) -> ShownTable:
    """The survivors with their shares; without those, the inputs with the largest effects."""
    heads = ("Input", "From", "To", "Effect", "On average", "Alone (first)", "With others (total)")
    rows = [_row(sensitivity, row) for row in rows_of(ranked(sensitivity).head(sensitivity.question.keep))]
    return ShownTable(
        heads,
        rows,
        note="Effect: mean absolute change of the outcome over the whole range of the input, and its 95 % error. "
        "Shares of the variance with half their 95 % bootstrap interval.",
    )


def _row(sensitivity: Sensitivity, row: Any) -> tuple[str, ...]:
    unit = unit_of(sensitivity)
    shares = [
        f"{percent(getattr(row, kind))} ± {percent(getattr(row, f'{kind}_error'))}" if hasattr(row, kind) else NOT_KNOWN
        for kind in ("first", "total")
    ]
    ends = (value_in_words(row.low), value_in_words(row.high))
    return (row.parameter, *ends, _effect(row, unit), amount(row.mean, unit, signed=True), *shares)


def _effect(row: Any, unit: str) -> str:
    return f"{amount(row.size, unit)} ± {amount(row.size_error, unit)}"


def _all_inputs(sensitivity: Sensitivity) -> ShownTable:
    unit = unit_of(sensitivity)
    rows = [
        (
            row.parameter,
            meaning(row.parameter),
            f"{value_in_words(row.low)} to {value_in_words(row.high)}",
            _effect(row, unit),
            amount(row.mean, unit, signed=True),
            amount(row.spread, unit),
        )
        for row in rows_of(sensitivity.table)
    ]
    return ShownTable(("Input", "What it is", "Range", "Effect", "On average", "Spread"), rows, words=3)


def _cards(sensitivity: Sensitivity) -> list[Card]:
    if not sensitivity.has_shares:
        return []
    return [
        Card(
            parameter_words(row.parameter),
            amount(abs(row.mean), unit_of(sensitivity)),
            f"over its range; {share_in_words(row.total, row.total_error)}",
        )
        for row in leading(sensitivity)
    ]


def _exhibits(sensitivity: Sensitivity) -> Iterator[Exhibit]:
    yield _effects_figure(sensitivity)
    if sensitivity.has_shares:
        yield _shares_figure(sensitivity)


def _effects_figure(sensitivity: Sensitivity) -> Exhibit:
    question, unit = sensitivity.question, unit_of(sensitivity)
    table = sensitivity.table.head(_MOST_SHOWN)
    names = [parameter_words(path) for path in table["parameter"]]
    shades = [GAIN if mean > 0 else LOSS for mean in table["mean"]]
    figure = charts.blank(height=150 + 28 * len(table), showlegend=False)
    reach = {"array": table["size_error"], "color": TOTAL}
    charts.bars(figure, names, table["size"], shades, error_x=reach, hovertext=list(table["parameter"]))
    figure.update_yaxes(autorange="reversed")
    axis = charts.EURO_AXIS if unit.startswith("EUR") else {}
    figure.update_xaxes(title=f"Mean absolute effect on {outcome_in_words(sensitivity)} ({unit})", **axis)
    most = amount(table["size"].iloc[0], unit)
    title = f"{sentence(names[0])} moves {outcome_in_words(sensitivity)} most, by {most}"
    note = (
        f"Effect of moving an input over its whole plausible range ({counted(question.trajectories, 'path')}, "
        f"{counted(question.runs, 'world')} a point), with its 95 % interval. Green: more of it raises the "
        f"outcome; red: lowers it. The largest {len(table)} of {len(sensitivity.table)}."
    )
    return exhibit("effects", title, note, figure, table)


def _shares_figure(sensitivity: Sensitivity) -> Exhibit:
    table = ranked(sensitivity).head(sensitivity.question.keep)
    names = [parameter_words(path) for path in table["parameter"]]
    figure = charts.blank(height=150 + 56 * len(table), barmode="group")
    for kind, shade, what in (("first", "#56B4E9", "alone (first)"), ("total", "#0072B2", "with others (total)")):
        reach = {"array": 100 * table[f"{kind}_error"], "color": TOTAL}
        charts.bars(figure, names, 100 * table[kind], shade, name=what, error_x=reach)
    figure.update_yaxes(autorange="reversed")
    figure.update_xaxes(title="Share of the variance (%)")
    title = f"{sentence(names[0])} explains {share_in_words(table['total'].iloc[0], table['total_error'].iloc[0])}"
    known = sensitivity.indices
    assert known is not None
    note = (
        f"Sobol indices from {counted(known.n, 'base point')} with 95 % bootstrap intervals; from half of them no "
        f"total moved by more than {percent(sensitivity.moved_by_half)}."
    )
    return exhibit("shares", title, note, figure, table)


def _doubt(sensitivity: Sensitivity) -> Iterator[str]:
    yield luck_alone()
    stage = sensitivity.sobol
    if stage is not None and stage.luck == stage.luck:
        yield (
            f"All points meet the same {counted(sensitivity.question.runs, 'world')}. What a world does to one point "
            f"and not to the others makes {percent(stage.luck)} of the variance between the points; more --runs make "
            "it less."
        )
    yield (
        "A range is what we hold plausible, not how likely a value is. Twice as wide a range makes an input look twice "
        "as important. Sobol shares hold for the survivors, with all other inputs at the company's own values."
    )
    n_pulled = sensitivity.screening.n_pulled + (stage.n_pulled if stage else 0)
    if n_pulled:
        yield f"{counted(n_pulled, 'point')} were pulled towards the company's own values because none may be so."
    if n_failed := len(sensitivity.failures):
        yield f"{counted(n_failed, 'run')} failed; the paths and base points they belong to are left out."


def _tables(sensitivity: Sensitivity) -> dict[str, pd.DataFrame]:
    tables = {"inputs": sensitivity.table}
    for name, stage in (("screening", sensitivity.screening), ("sobol", sensitivity.sobol)):
        if stage is not None:
            points, runs = stage.made.design.points.copy().reset_index(names="point"), stage.made.table
            kept = ["point", "seed", *(one for one in [sensitivity.question.outcome] if one in runs)]
            tables |= {f"{name}_points": points, f"{name}_runs": runs[kept]}
    return tables


def _record(sensitivity: Sensitivity) -> dict[str, Any]:
    record: dict[str, Any] = {"outcome": outcome_in_words(sensitivity), "unit": unit_of(sensitivity)}
    record["inputs"] = sensitivity.table.to_dict("records")
    if sensitivity.indices is not None and sensitivity.sobol is not None:
        record["convergence"] = {
            "base_points": sensitivity.indices.n,
            "largest_move_from_half": sensitivity.moved_by_half,
            "is_converged": sensitivity.is_converged,
            "share_of_luck": sensitivity.sobol.luck,
        }
    return record
