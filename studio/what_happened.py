"""What happened in a lesson: the two companies, the one without the mechanism, and every team's, in the same worlds."""

import math
from collections.abc import Mapping, Sequence
from statistics import fmean, stdev
from typing import Any

import scenarios
from scenarios import Scenario
from studio.lesson import Lesson
from studio.teams import Changes

HERE, THERE, OFF = "here", "there", "off"
MONEY = "contribution_eur"
Numbers = Mapping[str, Sequence[Mapping[str, float]]]
"""The outcomes of a company's runs, world by world, by the name of the company."""


def team_key(team: int) -> str:
    """The name of a team's company among those that are run."""
    return f"team {team}"


def companies(lesson: Lesson, changes: Mapping[int, Changes]) -> dict[str, Scenario]:
    """Every company to be run; raises ScenarioError."""
    here, there = lesson.here, lesson.there
    built = {
        HERE: scenarios.load(lesson.company, here.practices, here.changes),
        THERE: scenarios.load(lesson.company, there.practices, there.changes),
        OFF: scenarios.load(lesson.company, here.practices, {**here.changes, **lesson.why.off}),
    }
    teams = {
        team_key(team): scenarios.load(lesson.company, here.practices, {**here.changes, **made})
        for team, made in changes.items()
    }
    return built | teams


def figures(lesson: Lesson, numbers: Numbers, changes: Mapping[int, Changes]) -> dict[str, Any]:
    """What is shown at the reveal, in the unit of the question; money of teams in EUR.

    A team's company stands in the place of `here`: where a difference is asked for, that of the team's to `there`.
    """
    scale, measure = lesson.predict.scale, lesson.predict.measure
    measured = {name: [run[measure] * scale for run in runs] for name, runs in numbers.items()}
    difference = _less(measured[HERE], measured[THERE])
    asked = {"here": measured[HERE], "there": measured[THERE], "difference": difference}[lesson.predict.of]
    of_teams = {team: measured[team_key(team)] for team in changes}
    if lesson.predict.of == "difference":
        of_teams = {team: _less(own, measured[THERE]) for team, own in of_teams.items()}
    money = {name: [run[MONEY] for run in runs] for name, runs in numbers.items()}
    return {
        "asked": summary(asked),
        "here": summary(measured[HERE]),
        "there": summary(measured[THERE]),
        "off": summary(measured[OFF]),
        "teams": {
            str(team): {
                "measure": summary(of_teams[team]),
                "gain_eur": summary(_less(money[team_key(team)], money[HERE])),
            }
            for team in changes
        },
    }


def summary(values: Sequence[float]) -> dict[str, Any]:
    """Mean with its 95 % half-width, first run, and where nine of ten runs lie; runs without a value are left out.

    summary([1, 2, 3]) has mean 2 and n 3.
    """
    known = sorted(value for value in values if math.isfinite(value))
    if not known:
        return {"mean": None, "half": None, "low": None, "high": None, "n": 0, "first": None}
    half = 1.96 * stdev(known) / math.sqrt(len(known)) if len(known) > 1 else None
    first = values[0] if math.isfinite(values[0]) else None
    low, high = _quantile(known, 0.05), _quantile(known, 0.95)
    return {"mean": fmean(known), "half": half, "low": low, "high": high, "n": len(known), "first": first}


def _quantile(ordered: Sequence[float], share: float) -> float:
    """The value that so large a share of an ordered list lies below, straight between neighbours."""
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def _less(these: Sequence[float], those: Sequence[float]) -> list[float]:
    """World by world, one less the other."""
    return [this - that for this, that in zip(these, those, strict=True)]
