"""A sweep as a report: the settings and effects, the doubt, what varied."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from experiments.designs.dimension import TYPE, Dimension
from experiments.questions.sweep.effects import Setting
from experiments.questions.sweep.figures import exhibits
from experiments.questions.sweep.result import Sweep
from experiments.questions.sweep.text import behind, headline, setting_in_words
from experiments.reporting.doubt_section import few_worlds
from experiments.reporting.report import Report, ShownTable
from experiments.statistics.paired import FEWEST_FOR_BOOTSTRAP
from experiments.wording.numbers import counted, euro, from_to, probability
from experiments.wording.parameters import declared, in_words

SETTING_HEADS = (
    "Setting",
    "Contribution",
    "95 % interval",
    "Against the best",
    "95 % of that",
    "Chance to be best",
)
_MOST_LINES = 10


def report_of(sweep: Sweep) -> Report:
    """Everything there is to say of a sweep."""
    plan = sweep.plan
    return Report(
        title=plan.title or "Sweep",
        headline=headline(sweep),
        byline=f"{counted(len(plan.points), 'point')}, each in {counted(len(plan.seeds), 'world')}",
        main=ShownTable(SETTING_HEADS, _setting_rows(sweep)),
        varied=_varied(sweep),
        exhibits=exhibits(sweep),
        doubt=list(_luck(sweep)),
        changes=plan.changes,
        variants={"base": plan.base},
        tables={"points": sweep.points, "effects": sweep.effects} if sweep.n_known else {},
        record=_record(sweep),
        seeds=plan.seeds,
    )


def _record(sweep: Sweep) -> dict[str, Any]:
    """The numbers for programs."""
    plan = sweep.plan
    return {
        "design": plan.design_name,
        "dimensions": [asdict(one) for one in plan.dimensions],
        "n_points": len(plan.points),
        "n_left_out": plan.n_left_out,
        "runs_per_point": len(plan.seeds),
        "n_runs": sweep.n_known,
        "settings": [
            {"values": one.values, "is_today": one.is_today, **asdict(one.standing)} for one in sweep.settings
        ],
        "effects": sweep.effects.to_dict("records") if sweep.n_known else [],
        "indifference": plan.indifference,
        "failures": [  # a variant is a point here
            {"point": int(one.planned.variant), "seed": one.planned.seed, "error": one.error} for one in sweep.failures
        ],
    }


def _setting_rows(sweep: Sweep) -> list[tuple[str, ...]]:
    return [
        (
            setting_in_words(one),
            euro(one.standing.mean.mean),
            from_to(one.standing.mean.interval, "EUR"),
            *_behind(one, sweep.settings[0]),
            probability(one.standing.probability_best),
        )
        for one in sweep.settings[:_MOST_LINES]
    ]


def _behind(setting: Setting, best: Setting) -> tuple[str, str]:
    if setting is best:
        return "", ""
    gap = behind(setting, best)
    return euro(gap.mean, signed=True), from_to(gap.interval, "EUR", signed=True)


def _luck(sweep: Sweep) -> Iterator[str]:
    yield (
        "Every point met the same worlds, so points are compared in pairs. Intervals are 95 %, over worlds: they hold "
        "luck, not the choice of points. p-values of effects are corrected for their number (Holm)."
    )
    yield (
        "An effect is a straight line between the lowest and the highest value, or the gap between the worst and the "
        "best of a list, with everything else that varied held constant on average. Curves and interplay are in the "
        "figures and in points.csv; how much each matters with all interplay is the question of `sensitivity`."
    )
    if sweep.settings:
        yield (
            "The best of many settings looks a little better than it is, because luck helped it to the top. Before "
            "you decide, compare it alone with today's practices in new worlds (what-if with another --seed)."
        )
    if len(sweep.plan.seeds) < FEWEST_FOR_BOOTSTRAP:
        yield few_worlds(len(sweep.plan.seeds))
    if sweep.plan.n_left_out:
        yield f"{counted(sweep.plan.n_left_out, 'point')} broke a constraint and were left out."
    if sweep.failures:
        yield f"{counted(len(sweep.failures), 'run')} failed: {sweep.failures[0].error}."


def _varied(sweep: Sweep) -> ShownTable:
    rows = [(one.path, one.role, _over(one), _meaning(one.path)) for one in sweep.plan.dimensions]
    note = "Levers are the company's to choose, uncertainties are not. Everything else is the same at all points."
    return ShownTable(("Parameter", "Role", "Values", "Meaning"), rows, words=4, note=note)


def _over(dimension: Dimension) -> str:
    if dimension.is_listed:
        return ", ".join(in_words(value) for value in dimension.values)
    return f"{dimension.low:g} to {dimension.high:g}"


def _meaning(path: str) -> str:
    parameter = declared(path)
    return "the practices of a relationship type as a whole" if path == TYPE or not parameter else parameter.meaning
