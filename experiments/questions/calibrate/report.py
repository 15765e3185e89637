"""A calibration as a report that can be handed on: the answer, the evidence, the doubt, and the fitted company."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import pandas as pd

from experiments.designs.ensembles import SUFFIX, ensemble_text
from experiments.questions.calibrate.figures import calibration_exhibits
from experiments.questions.calibrate.fitted_company import fitted_company
from experiments.questions.calibrate.posterior_ensemble import posterior_ensemble
from experiments.questions.calibrate.prediction import LEVELS
from experiments.questions.calibrate.result import Calibration
from experiments.questions.calibrate.target import SHOWN
from experiments.questions.calibrate.text import (
    KIND_WORDS,
    PARAMETER_HEADS,
    headline,
    in_words,
    parameter_rows,
)
from experiments.reporting.figure_style import rows_of
from experiments.reporting.report import Card, Report, ShownTable
from experiments.statistics.paired import Interval
from experiments.wording.numbers import amount, counted, from_to, percent, sentence

if TYPE_CHECKING:
    from experiments.questions.calibrate.ask import CalibratePlan

FITTED_FILE = "fitted_company.yaml"
FITTED_DRAWS = FITTED_FILE.replace(".yaml", SUFFIX)
"""Lies beside the company, so that every question asked of it draws from what its data leave possible."""
METHOD = (
    "Data and runs are measured by the same functions: leads by month and channel, deals by month, shares of leads "
    "won within so many days (only of leads that could be followed that long), days to won. The first simulated day is "
    "the first day of the window, and a working day is a Monday to Friday.",
    "Optuna searches for a company near to the data in a few common worlds. From there approximate Bayesian "
    "computation goes on in three rounds: points drawn evenly from a shrinking part of the ranges, each lived in a "
    "world of its own, the nearer runs counted more and their parameters moved along a regression (Beaumont and "
    "others, 2002), never farther than runs differ. Distance is in standard errors: sampling of the data and luck of a "
    "run together; from three on they count by their logarithm, so that one figure does not outweigh all others.",
    "A figure whose mean is more than three standard errors from the data wherever runs are near the rest cannot be "
    "met: it is named, and left out of the regression. Where the other figures are farther from the data than luck "
    "explains, what is left possible is widened by as much.",
    "The fitted company is the nearest of eight in worlds that none was chosen in: the company as it is, the best two "
    "of the search, the median of what is left possible, some with deal values as the data have them, and points whose "
    "runs came near. The company as it is, the best of the search and the nearest two others are compared again in "
    "more new worlds, and the nearest is taken; these distances are told, and once more those in other worlds, which "
    "had no part in the choice.",
    "Intervals for the held-out months are those of runs at points that the data leave possible, each in a new world, "
    "so they hold what is unknown of the parameters, luck, and sampling (a run has as many leads as the company). "
    "Where the fitted months wander more than the model does, that unrest is added, growing month by month.",
)
_PARAMETERS_NOTE = "x: a multiple of what the company has. Interval: the middle 90 % of what the data leave possible."


def report_of(calibration: Calibration) -> Report:
    """All that is said of a calibration."""
    question, plan = calibration.question, calibration.plan
    window = plan.export.window
    return Report(
        title="Does the model know this company?",
        headline=headline(calibration),
        byline=(
            f"leads from {window.leads_from} to {window.leads_until}, fitted until {window.fitted_until} · "
            f"{counted(calibration.n_runs, 'run')}"
        ),
        main=ShownTable([sentence(head) for head in PARAMETER_HEADS], parameter_rows(calibration), 1, _PARAMETERS_NOTE),
        cards=_cards(calibration),
        folded=_folded(calibration),
        exhibits=calibration_exhibits(calibration),
        method=METHOD,
        doubt=tuple(_doubts(calibration)),
        changes=question.changes,
        variants={plan.company: plan.scenario},
        tables=tables(calibration),
        record=_record(calibration),
        seeds=calibration.seeds,
        files={
            FITTED_FILE: lambda folder, made: fitted_company(calibration, made.command, folder),
            FITTED_DRAWS: lambda folder, made: ensemble_text(posterior_ensemble(calibration)),
        },
    )


def tables(calibration: Calibration) -> dict[str, pd.DataFrame]:
    """All numbers of a calibration by file name; but for the examples in left_out, no single lead is in them."""
    plan = calibration.plan
    draws = {
        one.path: [one.value(place) for place in places]
        for one, places in zip(plan.uncertain, calibration.posterior.points.T, strict=True)
    }
    tried = {
        one.path: [one.value(place) for place in places]
        for one, places in zip(plan.uncertain, calibration.search.points.T, strict=True)
    }
    return {
        "targets": plan.targets_table,
        "left_out": plan.left_out_table,
        "fit": calibration.fit,
        "predictions": calibration.held_out,
        "coverage": pd.DataFrame(_coverage(calibration)),
        "parameters": calibration.parameters,
        "correlations": calibration.correlations.rename_axis("parameter").reset_index(),
        "posterior": pd.DataFrame(draws),
        "search": pd.DataFrame(tried).assign(distance=calibration.search.distances),
    }


def _coverage(calibration: Calibration) -> list[dict[str, Any]]:
    return [asdict(one) | {"share": one.share} for one in calibration.coverage]


def _record(calibration: Calibration) -> dict[str, Any]:
    """What programs get beside the answer."""
    return {
        "window": {name: str(day) for name, day in asdict(calibration.plan.export.window).items()},
        "coverage": _coverage(calibration),
        "parameters": calibration.parameters.to_dict("records"),
        "fitted_changes": calibration.fitted_changes,
        "is_good": calibration.is_good,
        "distance": calibration.choice.distances,
        "fitted_is": calibration.choice.origin,
        "cannot_be_met": list(calibration.out_of_reach),
        "left_out": calibration.plan.left_out_table.to_dict("records"),
        "compared": dict(calibration.plan.compared),
        "n_runs": calibration.n_runs,
    }


def _cards(calibration: Calibration) -> list[Card]:
    cards = [
        Card(f"In the {100 * level:.0f} % interval", percent(one.share), f"{one.n_inside} of {one.n} held-out figures")
        for level in LEVELS
        if (one := calibration.share(level)).n
    ]
    table = calibration.parameters
    n_told = int((table["verdict"] == "told").sum())
    return [*cards, Card("Parameters told by the data", f"{n_told} of {len(table)}", "to a third of their range")]


def _folded(calibration: Calibration) -> dict[str, ShownTable]:
    export = calibration.plan.export
    window = export.window
    days = (
        ("Leads first contacted", f"{window.leads_from} to {window.leads_until}"),
        ("Fitted until (the first day held out)", f"{window.fitted_until}"),
        ("Deals looked at until", f"{window.deals_until}"),
        ("Leads followed for, days", ", ".join(map(str, window.horizons_d))),
    )
    left = [(one.file.rsplit("/", 1)[-1], one.reason, f"{one.n:,}") for one in export.left_out]
    return {
        "Every held-out figure": _predictions(calibration.held_out),
        "Every fitted figure": _predictions(calibration.fit),
        "Every target in the data": _targets(calibration.plan),
        "The days looked at": ShownTable(("What", "Days"), days, 2),
        "Rows left out of the export": ShownTable(("File", "Because", "Rows"), left, 2, " ".join(export.notes)),
    }


def _doubts(calibration: Calibration) -> Iterator[str]:
    n = calibration.share(0.8).n
    yield (
        f"The {n} held-out figures hang together (the leads of a month are also those of its channels), so they say "
        "less than so many independent ones; one company in one period is one case."
    )
    yield (
        "Parameters that were not fitted keep the company's values, assumed or counted elsewhere; if those are wrong, "
        "the fitted ones make up for them and mean something else."
    )
    others = calibration.fit[
        (calibration.fit["role"] == SHOWN) & (calibration.fit["month"] == "") & ~calibration.fit["is_inside_95"]
    ]
    for row in rows_of(others):
        span = from_to(Interval(row.low_95, row.high_95), row.unit)
        data = amount(row.data, row.unit)
        yield f"Not fitted, and not met: {in_words(row)} ({data} in the data; 95 % of runs have {span})."
    if calibration.failures:
        yield f"{counted(len(calibration.failures), 'run')} failed and left out: {calibration.failures[0].error}."


def _predictions(table: pd.DataFrame) -> ShownTable:
    heads = ("Figure", "Data", "Median run", "80 % of runs", "95 % of runs", "Role")
    rows = [
        (
            sentence(in_words(row)),
            amount(row.data, row.unit),
            amount(row.median, row.unit),
            from_to(Interval(row.low_80, row.high_80), row.unit),
            from_to(Interval(row.low_95, row.high_95), row.unit),
            row.role,
        )
        for row in rows_of(table)
    ]
    return ShownTable(heads, rows)


def _targets(plan: "CalibratePlan") -> ShownTable:
    rows = [
        (
            target.name,
            KIND_WORDS[target.kind],
            target.role,
            amount(one.value, target.unit),
            f"{one.n:,}",
            amount(one.error, target.unit),
        )
        for target, one in zip(plan.targets, plan.measured, strict=True)
    ]
    return ShownTable(("Target", "What", "Role", "Value", "Made of", "Standard error"), rows, 3)
