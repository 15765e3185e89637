"""A calibration as a note that can be handed on: the answer, the evidence, the doubt, and the fitted company."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.questions.calibrate.ask import Calibration, Question
from experiments.questions.calibrate.figures import calibration_exhibits
from experiments.questions.calibrate.fitted_company import fitted_company
from experiments.questions.calibrate.prediction import LEVELS
from experiments.questions.calibrate.target import SHOWN
from experiments.questions.calibrate.text import (
    KIND_WORDS,
    PARAMETER_HEADS,
    headline,
    in_sentences,
    in_words,
    parameter_rows,
)
from experiments.reporting.figure_style import rows_of
from experiments.reporting.html import Card
from experiments.reporting.report import Note, Shown, Subject
from experiments.statistics.paired import Interval
from experiments.wording.numbers import amount, counted, from_to, percent, sentence

FITTED_FILE = "fitted_company.yaml"
METHOD = (
    "Data and runs are measured by the same functions: leads by month and channel, deals by month, shares of leads "
    "won within so many days (only of leads that could be followed that long), days to won. The first simulated day is "
    "the first day of the window, and a working day is a Monday to Friday.",
    "Optuna searches for a company near to the data in a few common worlds. From there approximate Bayesian "
    "computation goes on in three rounds: points drawn evenly from a shrinking part of the ranges, each lived in a "
    "world of its own, the nearer runs counted more and their parameters moved along a regression (Beaumont and "
    "others, 2002). Distance is in standard errors: sampling of the data and luck of a run together.",
    "Intervals for the held-out months are those of runs at points that the data leave possible, each in a new world, "
    "so they hold what is unknown of the parameters, luck, and sampling (a run has as many leads as the company). "
    "Where the fitted months wander more than the model does, that unrest is added, growing month by month.",
)
_PARAMETERS_NOTE = "x: a multiple of what the company has. Interval: the middle 90 % of what the data leave possible."


def note_of(found: Calibration, command: str, folder: Path) -> Note:
    """All that is said of a calibration; `command` and `folder` are told in the file of the fitted company."""
    question = found.question
    window = question.export.window
    variants = {question.company.name: question.company}
    return Note(
        question="calibrate",
        title="Does the model know this company?",
        subject=Subject(question.company.name, question.source, found.plan.changes, variants),
        headline=headline(found),
        byline=(
            f"leads from {window.leads_from} to {window.leads_until}, fitted until {window.fitted_until} · "
            f"{counted(found.n_runs, 'run')}"
        ),
        answer=in_sentences(found),
        main=Shown([sentence(head) for head in PARAMETER_HEADS], parameter_rows(found), 1, _PARAMETERS_NOTE),
        cards=_cards(found),
        more=_more(found),
        exhibits=calibration_exhibits(found),
        method=METHOD,
        doubt=tuple(_doubts(found)),
        tables=tables(found),
        told=_told(found),
        seeds=found.seeds,
        failures=found.failures,
        files={FITTED_FILE: fitted_company(found, command, folder)},
    )


def tables(found: Calibration) -> dict[str, pd.DataFrame]:
    """All numbers of a calibration by file name; but for the examples in left_out, no single lead is in them."""
    question = found.question
    draws = {
        one.path: [one.value(place) for place in places]
        for one, places in zip(question.uncertain, found.posterior.points.T, strict=True)
    }
    tried = {
        one.path: [one.value(place) for place in places]
        for one, places in zip(question.uncertain, found.search.points.T, strict=True)
    }
    return {
        "targets": question.targets_table,
        "left_out": left_out_table(question),
        "fit": found.fit,
        "predictions": found.held_out,
        "coverage": pd.DataFrame(_coverage(found)),
        "parameters": found.parameters,
        "correlations": found.correlations.rename_axis("parameter").reset_index(),
        "posterior": pd.DataFrame(draws),
        "search": pd.DataFrame(tried).assign(distance=found.search.distances),
    }


def left_out_table(question: Question) -> pd.DataFrame:
    """What of the export does not count, and why."""
    rows = [asdict(one) for one in question.export.left_out]
    return pd.DataFrame(rows, columns=["file", "reason", "n", "example"])


def _coverage(found: Calibration) -> list[dict[str, Any]]:
    return [asdict(one) | {"share": one.share} for one in found.coverage]


def _told(found: Calibration) -> dict[str, Any]:
    """What programs get beside the answer."""
    return {
        "window": {name: str(day) for name, day in asdict(found.question.export.window).items()},
        "coverage": _coverage(found),
        "parameters": found.parameters.to_dict("records"),
        "fitted_changes": found.fitted_changes,
        "distance": {"before": found.distance_before, "after": found.distance_after},
        "left_out": left_out_table(found.question).to_dict("records"),
        "n_runs": found.n_runs,
    }


def _cards(found: Calibration) -> list[Card]:
    cards = [
        Card(f"In the {100 * level:.0f} % interval", percent(one.share), f"{one.n_inside} of {one.n} held-out figures")
        for level in LEVELS
        if (one := found.share(level)).n
    ]
    table = found.parameters
    n_told = int((table["verdict"] == "told").sum())
    return [*cards, Card("Parameters told by the data", f"{n_told} of {len(table)}", "to a third of their range")]


def _more(found: Calibration) -> dict[str, Shown]:
    export = found.question.export
    window = export.window
    days = (
        ("Leads first contacted", f"{window.leads_from} to {window.leads_until}"),
        ("Fitted until (the first day held out)", f"{window.fitted_until}"),
        ("Deals looked at until", f"{window.deals_until}"),
        ("Leads followed for, days", ", ".join(map(str, window.horizons_d))),
    )
    left = [(one.file.rsplit("/", 1)[-1], one.reason, f"{one.n:,}") for one in export.left_out]
    return {
        "Every held-out figure": _predictions(found.held_out),
        "Every fitted figure": _predictions(found.fit),
        "Every target in the data": _targets(found.question),
        "The days looked at": Shown(("What", "Days"), days, 2),
        "Rows left out of the export": Shown(("File", "Because", "Rows"), left, 2, " ".join(export.notes)),
    }


def _doubts(found: Calibration) -> Iterator[str]:
    n = found.share(0.8).n
    yield (
        f"The {n} held-out figures hang together (the leads of a month are also those of its channels), so they say "
        "less than so many independent ones; one company in one period is one case."
    )
    yield (
        "Parameters that were not fitted keep the company's values, assumed or counted elsewhere; if those are wrong, "
        "the fitted ones make up for them and mean something else."
    )
    others = found.fit[(found.fit["role"] == SHOWN) & (found.fit["month"] == "") & ~found.fit["is_inside_95"]]
    for row in rows_of(others):
        span = from_to(Interval(row.low_95, row.high_95), row.unit)
        data = amount(row.data, row.unit)
        yield f"Not fitted, and not met: {in_words(row)} ({data} in the data; 95 % of runs have {span})."
    if found.failures:
        yield f"{counted(len(found.failures), 'run')} failed and left out: {found.failures[0].error}."


def _predictions(table: pd.DataFrame) -> Shown:
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
    return Shown(heads, rows)


def _targets(question: Question) -> Shown:
    rows = [
        (
            target.name,
            KIND_WORDS[target.kind],
            target.role,
            amount(one.value, target.unit),
            f"{one.n:,}",
            amount(one.error, target.unit),
        )
        for target, one in zip(question.targets, question.measured, strict=True)
    ]
    return Shown(("Target", "What", "Role", "Value", "Made of", "Standard error"), rows, 3)
