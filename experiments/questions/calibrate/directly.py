"""Parameters that one figure of the data tells by itself: what deals are worth, and how many prospects there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from experiments.questions.calibrate.target import Target
from experiments.questions.calibrate.uncertain import Uncertain
from experiments.statistics.paired import Values

if TYPE_CHECKING:
    from experiments.questions.calibrate.ask import CalibratePlan

_VALUE, _VOLUME = "deal_value_eur", "market.prospects_per_day"


@dataclass(frozen=True)
class SaidDirectly:
    """What the data say a parameter is: `value` as a multiple or a value like the parameter's range.

    `is_sure` where the figure moves in proportion with it, so that a range which does not hold the value is too small.
    """

    parameter: Uncertain
    value: float
    is_sure: bool

    @property
    def is_outside(self) -> bool:
        """Whether the range that is searched does not hold what the data say."""
        return self.is_sure and not self.parameter.low <= self.value <= self.parameter.high


def said_directly(plan: "CalibratePlan", lucky: Values) -> list[SaidDirectly]:
    """Of the parameters to fit, those told by one figure; `lucky` are runs of the company as it is, (n, targets)."""
    said = []
    for one in plan.uncertain:
        is_value = one.path.endswith(_VALUE) and len(one.own) == len(plan.scenario.segments)
        if is_value or one.path == _VOLUME:
            ratio = _ratio(plan, lucky, "value_median" if is_value else "leads")
            if np.isfinite(ratio) and ratio > 0:
                said.append(SaidDirectly(one, one.own_value * ratio, is_value))
    return said


def starts_of(uncertain: Sequence[Uncertain], start: Values, said: Sequence[SaidDirectly]) -> Values:
    """Points to begin the search with: the company as it is, then with all that is said directly, if anything is."""
    told = {one.parameter.path: one.parameter.place(one.value) for one in said}
    moved = np.array([told.get(one.path, place) for one, place in zip(uncertain, start, strict=True)])
    return np.vstack([start, moved]) if told else start[None]


def as_said(uncertain: Sequence[Uncertain], points: Values, said: Sequence[SaidDirectly]) -> Values:
    """Points (n, parameters) with what the data say for sure in place of what they have; none if nothing is sure."""
    sure = {one.parameter.path: one.parameter.place(one.value) for one in said if one.is_sure}
    moved = [[sure.get(one.path, place) for one, place in zip(uncertain, point, strict=True)] for point in points]
    return np.array(moved) if sure else points[:0]


def _ratio(plan: "CalibratePlan", lucky: Values, kind: str) -> float:
    """The data's figure, summed over channels, as a multiple of that of the median run."""
    places = [place for place, target in enumerate(plan.targets) if _is_meant(target, kind) and plan.is_fitted[place]]
    known = lucky[np.isfinite(lucky[:, places]).all(axis=1)]
    if not places or not len(known):
        return float("nan")
    runs = float(np.median(known[:, places].sum(axis=1)))
    return sum(plan.measured[place].value for place in places) / runs if runs > 0 else float("nan")


def _is_meant(target: Target, kind: str) -> bool:
    return target.kind == kind and target.month is None
