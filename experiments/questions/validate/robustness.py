"""Do the patterns hold elsewhere than at our numbers? What is uncertain is drawn at random, and they are asked again.

Uncertain is what the company cannot choose and what its own file does not say: how people act, how the market behaves,
what customers do. Each such parameter is drawn over its plausible range, all at once, by Latin hypercube; levers, pay,
people and money stay. A draw that no company may have is pulled halfway to our numbers until it is allowed. A pattern
is then asked for its direction: sign or order, by the mean over enough worlds to tell it from luck, without intervals.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import numpy as np
import pandas as pd

import scenarios
from experiments.designs.sampling import latin_hypercube
from experiments.designs.uncertain_inputs import PULLS, is_company, placed, uncertain, uncertain_inputs
from experiments.designs.variant import Changes
from experiments.questions.validate.condition_runs import ConditionRuns, runs_for
from experiments.questions.validate.patterns.condition import Condition
from experiments.questions.validate.patterns.evidence import Evidence
from experiments.questions.validate.patterns.pattern import Finding, Pattern, judge, worlds_by_condition
from experiments.statistics.proportions import wilson
from scenarios import Scenario

ENOUGH = 0.7
"""Share of draws in which a pattern should show."""
Values = Mapping[str, float | int]


@dataclass(frozen=True)
class Draw:
    """One random setting: the value of each uncertain parameter, and how often it was pulled towards our numbers.

    Without values if no company may be so, even then.
    """

    number: int
    values: Values
    n_pulls: int = 0

    @property
    def name(self) -> str:
        """What it is called in tables."""
        return f"draw {self.number}"


@dataclass(frozen=True)
class Robustness:
    """`shares` has one row a pattern, `draws` one a draw (see `draws_table`); `pulled` were not allowed as drawn."""

    shares: pd.DataFrame
    draws: pd.DataFrame
    n_draws: int
    n_parameters: int
    pulled: int
    skipped: int


def draws_of(patterns: Sequence[Pattern], n_draws: int, seed: int) -> list[Draw]:
    """Random settings that every company of the patterns may have."""
    drawn = spread(n_draws, seed)
    return [Draw(number, *allowed(values, patterns)) for number, values in enumerate(drawn)]


def spread(n_draws: int, seed: int = 0) -> list[dict[str, float | int]]:
    """Latin hypercube over the plausible ranges: every parameter meets each n-th of its range once."""
    parameters = uncertain()
    table = latin_hypercube(n_draws, len(parameters), seed)
    return [{one.path: placed(one, float(u)) for one, u in zip(parameters, row, strict=True)} for row in table]


def allowed(values: Values, patterns: Sequence[Pattern]) -> tuple[Values, int]:
    """The draw, pulled halfway to our numbers as often as needed, and how often; empty if it stays forbidden."""
    companies = {condition.company for pattern in patterns for condition in pattern.conditions}
    ours = {parameter.path: parameter.default for parameter in uncertain()}
    for n_pulls in range(PULLS + 1):
        share = 0.5**n_pulls
        pulled = {path: _between(ours[path], value, share) for path, value in values.items()}
        if all(is_company(_loaded(company), _unsaid(company, pulled)) for company in companies):
            return pulled, n_pulls
    return {}, PULLS


def runs_in(draws: Sequence[Draw], patterns: Sequence[Pattern]) -> dict[str, ConditionRuns]:
    """All conditions in each draw, by its name: laid below what the condition itself changes."""
    worlds = worlds_by_condition(patterns, lambda pattern: pattern.worlds_to_tell)
    return {one.name: runs_for(worlds, partial(_below, one.values)) for one in draws if one.values}


def _below(values: Values, condition: Condition) -> Changes:
    """Changes of the company that those of a condition come on top of."""
    own = dict(condition.changes)
    return tuple((path, value) for path, value in _unsaid(condition.company, values).items() if path not in own)


def robustness(patterns: Sequence[Pattern], draws: Sequence[Draw], evidence: Mapping[str, Evidence]) -> Robustness:
    """In what share of the draws each pattern shows; `evidence` by the name of the draw."""
    usable = [one for one in draws if one.values]
    findings = [[judge(pattern, evidence[one.name]) for pattern in patterns] for one in usable]
    return Robustness(
        shares=shares_of(patterns, findings),
        draws=draws_table(usable, findings),
        n_draws=len(draws),
        n_parameters=len(uncertain()),
        pulled=sum(one.n_pulls > 0 for one in usable),
        skipped=len(draws) - len(usable),
    )


def draws_table(draws: Sequence[Draw], findings: Sequence[Sequence[Finding]]) -> pd.DataFrame:
    """A row a draw: its values, and whether it shows each pattern.

    Columns: draw; n_pulls, how often it was pulled towards our numbers; each uncertain parameter by its path; for each
    pattern `V1: shown` (empty where a number is missing) and `V1: ` with what is measured, in its own unit.
    """
    rows: list[dict[str, Any]] = []
    for draw, each in zip(draws, findings, strict=True):
        row: dict[str, Any] = {"draw": draw.number, "n_pulls": draw.n_pulls, **draw.values}
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


def _between(ours: float | int, drawn: float | int, share: float) -> float | int:
    value = ours + share * (drawn - ours)
    return round(value) if isinstance(ours, int) else value


@cache
def _loaded(company: str) -> Scenario:
    return scenarios.load(company)


@cache
def _open_in(company: str) -> frozenset[str]:
    return frozenset(one.path for one in uncertain_inputs(_loaded(company)))


def _unsaid(company: str, values: Values) -> dict[str, float | int]:
    """What of a draw the company's own file leaves open."""
    return {path: value for path, value in values.items() if path in _open_in(company)}
