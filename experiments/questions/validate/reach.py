"""Do the patterns hold elsewhere than at our numbers? They are asked again under draws of the company's ensemble.

Uncertain is what a company cannot choose and what its own file does not say: how people act, how the market behaves,
what customers do. Draw k of a company is row k of its ensemble: all of it at once, as it agrees with what is published
of such companies; levers, pay, people and money stay, and so does what a condition sets itself. A pattern is then asked
for its direction: sign or order, by the mean over enough worlds to tell it from luck, without intervals.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

import numpy as np
import pandas as pd

import scenarios
from experiments.designs.assumptions import Assumptions
from experiments.designs.ensembles import ensemble_of
from experiments.questions.validate.condition_runs import ConditionRuns, runs_for
from experiments.questions.validate.patterns.condition import Condition
from experiments.questions.validate.patterns.evidence import Evidence
from experiments.questions.validate.patterns.pattern import Finding, Pattern, judge, worlds_by_condition
from experiments.statistics.proportions import wilson
from scenarios import Scenario

ENOUGH = 0.7
"""Share of draws in which a pattern should show."""


@dataclass(frozen=True)
class Reach:
    """`shares` has one row a pattern, `draws` one a draw (see `draws_table`)."""

    shares: pd.DataFrame
    draws: pd.DataFrame
    n_draws: int
    n_parameters: int


def most_draws(patterns: Sequence[Pattern]) -> int:
    """How many draws the ensembles of all companies of these patterns have at least."""
    return min((ensemble_of(name).assumptions.n_draws for name in companies_of(patterns)), default=0)


def companies_of(patterns: Sequence[Pattern]) -> list[str]:
    """The companies in which the patterns are looked for, each once."""
    return list(dict.fromkeys(condition.company for pattern in patterns for condition in pattern.conditions))


def name_of_draw(number: int) -> str:
    """What a draw is called in tables."""
    return f"draw {number}"


def runs_in(n_draws: int, patterns: Sequence[Pattern]) -> dict[str, ConditionRuns]:
    """All conditions in each of the first draws, by its name."""
    worlds = worlds_by_condition(patterns, lambda pattern: pattern.worlds_to_tell)
    return {name_of_draw(k): runs_for(worlds, drawn=partial(one_draw, k)) for k in range(n_draws)}


def runs_a_draw(pattern: Pattern) -> int:
    """Runs that a pattern takes in a draw, asked for alone."""
    return pattern.worlds_to_tell * len(pattern.conditions)


def one_draw(number: int, condition: Condition) -> Assumptions | None:
    """A draw of a condition's company, the same in all worlds, without what the condition sets itself."""
    ensemble = ensemble_of(condition.company).assumptions
    set_here = [path for path, _ in condition.changes]
    drawn = ensemble.left_open_by(_loaded(condition.company), set_here)
    return None if drawn is None else replace(drawn, values=drawn.values[[number]])


def reach(patterns: Sequence[Pattern], n_draws: int, evidence: Mapping[str, Evidence]) -> Reach:
    """In what share of the draws each pattern shows; `evidence` by the name of the draw."""
    findings = [[judge(pattern, evidence[name_of_draw(k)]) for pattern in patterns] for k in range(n_draws)]
    tables = [ensemble_of(name).assumptions for name in companies_of(patterns)]
    return Reach(
        shares=shares_of(patterns, findings),
        draws=draws_table(tables, findings),
        n_draws=n_draws,
        n_parameters=len({path for one in tables for path in one.paths}),
    )


def draws_table(tables: Sequence[Assumptions], findings: Sequence[Sequence[Finding]]) -> pd.DataFrame:
    """A row a draw: its values, and whether it shows each pattern.

    Columns: draw; each parameter that is drawn by its path, after the name of the ensemble where there are several; for
    each pattern `V1: shown` (empty where a number is missing) and `V1: ` with what is measured, in its own unit.
    """
    different = {one.identity: one for one in tables}.values()
    rows: list[dict[str, Any]] = []
    for number, each in enumerate(findings):
        row: dict[str, Any] = {"draw": number}
        for one in different:
            before = f"{one.name}: " if len(different) > 1 else ""
            row |= {f"{before}{path}": value for path, value in one.draw(number).items()}
        for finding in each:
            name = finding.pattern.id
            row[f"{name}: shown"] = finding.is_shown
            row |= {f"{name}: {one.check.what}": one.estimate.value if one.estimate else None for one in finding.judged}
        rows.append(row)
    return pd.DataFrame(rows)


def shares_of(patterns: Sequence[Pattern], findings: Sequence[Sequence[Finding]]) -> pd.DataFrame:
    """A row a pattern: the share of draws that show it, its interval, draws in which it could be measured."""
    rows = []
    for place, pattern in enumerate(patterns):
        known = [shown for each in findings if (shown := each[place].is_shown) is not None]
        share = float(np.mean(known)) if known else math.nan
        rows.append((pattern.id, share, *wilson(share, len(known)), len(known)))
    return pd.DataFrame(rows, columns=["pattern", "share", "low", "high", "n"])


@cache
def _loaded(company: str) -> Scenario:
    return scenarios.load(company)
