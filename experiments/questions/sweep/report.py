"""A sweep as a note of the lab: the settings and effects, the doubt, what varied."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import scenarios
from experiments.questions.sweep.ask import Found
from experiments.questions.sweep.effects import Setting, point_means
from experiments.questions.sweep.figures import exhibits
from experiments.questions.sweep.text import behind, effects_of, headline, in_sentences, setting_in_words, settings_of
from experiments.reporting import report as lab_note
from experiments.reporting import results_folder as store
from experiments.reporting.doubt_section import few_worlds
from experiments.reporting.provenance_section import in_words as value_in_words
from experiments.reporting.report import Note, Shown, Subject
from experiments.statistics.paired import FEWEST_FOR_BOOTSTRAP
from experiments.store.provenance import Provenance
from experiments.wording.numbers import counted, euro, from_to, probability

SETTING_HEADS = (
    "Setting",
    "Contribution",
    "95 % interval",
    "Against the best",
    "95 % of that",
    "Chance to be best",
)
_MOST_LINES = 10


def note_of(found: Found) -> Note:
    """Everything there is to say of a sweep."""
    sweep = found.sweep
    return Note(
        question="sweep",
        title=sweep.question or "Sweep",
        subject=Subject(sweep.base.name, sweep.source, sweep.changes, {"base": sweep.base}),
        headline=headline(found),
        byline=f"{counted(len(sweep.points), 'point')}, each in {counted(sweep.runs, 'world')}",
        answer=list(in_sentences(found)),
        main=Shown(SETTING_HEADS, _setting_rows(found)),
        varied=_varied(found),
        exhibits=exhibits(found),
        doubt=list(_luck(found)),
        tables={"points": point_means(found), "effects": effects_of(found)} if found.n_known else {},
        told=_told(found),
        beside=("runs.parquet", "design.parquet"),
        seeds=list(found.runs.study.seeds),
        failures=found.runs.failures,
        is_interrupted=found.runs.is_interrupted,
    )


def save(found: Found, note: Note, made: Provenance, folder: Path) -> Path:
    """Write report, tables, figures' numbers and manifest beside the runs; returns the folder. Raises InputError."""
    about = {
        "question": "sweep",
        "asked": found.sweep.question,
        "company": found.sweep.base.name,
        "is_complete": True,
        **asdict(made),
        "design_name": found.sweep.design,
        "dimensions": [asdict(one) for one in found.sweep.dimensions],
        "changes": dict(found.sweep.changes),
        "answer": list(note.answer),
        "n_failed": len(found.runs.failures),
    }
    store.save_pages({"report.html": lab_note.page(note, made)}, note.tables, note.exhibits, about, folder)
    store.save_table(found.runs.table, "runs", folder)
    return folder


def _told(found: Found) -> dict[str, Any]:
    """The numbers for programs."""
    return {
        "design": found.sweep.design,
        "n_points": len(found.sweep.points),
        "n_left_out": found.sweep.n_left_out,
        "runs_per_point": found.sweep.runs,
        "n_runs": found.n_known,
        "settings": [
            {"values": one.values, "is_today": one.is_today, **asdict(one.standing)} for one in settings_of(found)
        ],
        "effects": effects_of(found).to_dict("records") if found.n_known else [],
        "indifference": found.sweep.indifference,
        "failures": [  # a variant is a point here
            {"point": int(one.planned.variant), "seed": one.planned.seed, "error": one.error}
            for one in found.runs.failures
        ],
    }


def _setting_rows(found: Found) -> list[tuple[str, ...]]:
    return [
        (
            setting_in_words(one),
            euro(one.standing.mean.mean),
            from_to(one.standing.mean.interval, "EUR"),
            *_behind(one, settings_of(found)[0]),
            probability(one.standing.probability_best),
        )
        for one in settings_of(found)[:_MOST_LINES]
    ]


def _behind(setting: Setting, best: Setting) -> tuple[str, str]:
    if setting is best:
        return "", ""
    gap = behind(setting, best)
    return euro(gap.mean, signed=True), from_to(gap.interval, "EUR", signed=True)


def _luck(found: Found) -> Iterator[str]:
    yield (
        "Every point met the same worlds, so points are compared in pairs. Intervals are 95 %, over worlds: they hold "
        "luck, not the choice of points. p-values of effects are corrected for their number (Holm)."
    )
    yield (
        "An effect is a straight line between the lowest and the highest value, or the gap between the worst and the "
        "best of a list, with everything else that varied held constant on average. Curves and interplay are in the "
        "figures and in points.csv; how much each matters with all interplay is the question of `sensitivity`."
    )
    if settings_of(found):
        yield (
            "The best of many settings looks a little better than it is, because luck helped it to the top. Before "
            "you decide, compare it alone with today's practices in new worlds (what-if with another --seed)."
        )
    if found.sweep.runs < FEWEST_FOR_BOOTSTRAP:
        yield few_worlds(found.sweep.runs)
    if found.sweep.n_left_out:
        yield f"{counted(found.sweep.n_left_out, 'point')} broke a constraint and were left out."
    if found.runs.failures:
        yield f"{counted(len(found.runs.failures), 'run')} failed: {found.runs.failures[0].error}."


def _varied(found: Found) -> Shown:
    rows = [(one.path, one.role, _over(one), _meaning(one.path)) for one in found.sweep.dimensions]
    note = "Levers are the company's to choose, uncertainties are not. Everything else is the same at all points."
    return Shown(("Parameter", "Role", "Values", "Meaning"), rows, words=4, note=note)


def _over(dimension: Any) -> str:
    if dimension.is_listed:
        return ", ".join(value_in_words(value) for value in dimension.values)
    return f"{dimension.low:g} to {dimension.high:g}"


def _meaning(path: str) -> str:
    keys = path.split(".")
    pattern = ".".join([keys[0], "*", *keys[2:]]) if keys[0] in ("segments", "channels", "products") else path
    known = {parameter.path: parameter.meaning for parameter in scenarios.parameters()}
    return known.get(pattern, "the practices of a relationship type as a whole")
