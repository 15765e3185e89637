"""A sweep as a report: the settings and effects, the doubt, what varied."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from experiments.designs.dimension import TYPE, Dimension
from experiments.questions.sweep.figures import exhibits
from experiments.questions.sweep.ranked_settings import Setting
from experiments.questions.sweep.result import Sweep
from experiments.questions.sweep.text import behind, headline, is_known, setting_in_words
from experiments.reporting.doubt_section import few_worlds
from experiments.reporting.report import Report, ShownTable
from experiments.statistics.doubt import says_something
from experiments.wording.numbers import counted, euro, euro_known, from_to_known, probability
from experiments.wording.parameters import declared, in_words

SETTING_HEADS = (
    "Setting",
    "Revenue a year",
    "New business",
    "Contribution",
    "Against the best",
    "95 % of that",
    "Earns most in",
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
        assumptions=plan.assumptions,
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
        "is_fixed": plan.assumptions is None,
        "settings": [_record_of_setting(one) for one in sweep.settings],
        "explained": sweep.explained if sweep.n_known else None,
        "effects": sweep.effects.to_dict("records") if sweep.n_known else [],
        "indifference": plan.indifference,
        "failures": [  # a variant is a point here
            {"point": int(one.planned.variant), "seed": one.planned.seed, "error": one.error} for one in sweep.failures
        ],
    }


def _record_of_setting(setting: Setting) -> dict[str, Any]:
    """Its values and money by the year; chances and ranks only where there are replications enough for them."""
    standing = asdict(setting.standing)
    if not setting.says_something:
        standing |= dict.fromkeys(("probability_best", "share_of_worlds", "expected_regret"))
    money = {"revenue": setting.revenue, "new_business": setting.new_business}
    return {"values": setting.values, "is_today": setting.is_today, **money, **standing}


def _setting_rows(sweep: Sweep) -> list[tuple[str, ...]]:
    return [
        (
            setting_in_words(one),
            euro(one.revenue),
            euro(one.new_business),
            euro(one.standing.mean.mean),
            *_behind(one, sweep.settings[0]),
            probability(one.standing.share_of_worlds) if one.says_something else "too few to say",
        )
        for one in sweep.settings[:_MOST_LINES]
    ]


def _behind(setting: Setting, best: Setting) -> tuple[str, str]:
    if setting is best:
        return "", ""
    gap = behind(setting, best)
    if not setting.says_something:
        return euro(gap.mean, signed=True), "too few to say"
    return euro_known(gap.mean, gap.interval.half_width, signed=True), from_to_known(gap.interval, signed=True)


def _luck(sweep: Sweep) -> Iterator[str]:
    yield (
        "Every point met the same worlds, so points are compared in pairs. p-values of effects are corrected for their "
        f"number (Holm). {_intervals(sweep)}"
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
    if not says_something(len(sweep.plan.seeds)):
        yield few_worlds(len(sweep.plan.seeds))
    if sweep.plan.n_left_out:
        yield f"{counted(sweep.plan.n_left_out, 'point')} broke a constraint and were left out."
    if sweep.failures:
        yield f"{counted(len(sweep.failures), 'run')} failed: {sweep.failures[0].error}."


def _intervals(sweep: Sweep) -> str:
    if sweep.is_over_worlds:
        held = "luck" if sweep.plan.assumptions is None else "luck and the draws of the assumptions"
        return f"Intervals are 95 %, over worlds: they hold {held}, not the choice of points."
    if not is_known(sweep):
        return "There are too few worlds, and too few points for the lines through them, for intervals."
    return (
        "Worlds are too few for intervals, so these are 95 % over points: they hold what straight lines leave "
        "unexplained (curves, interplay, luck at single points), not what other worlds would have brought."
    )


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
