"""What a sweep shows: the settings of the levers, the effect of everything that varied, the means of the points."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from experiments.questions.sweep.effects import Setting, effects_on, point_means, settings_of
from experiments.reporting.result import Result
from experiments.statistics.paired import Values
from experiments.studies.study import DesignRuns

if TYPE_CHECKING:
    from experiments.questions.sweep.ask import SweepPlan, SweepQuestion


@dataclass(frozen=True, eq=False, repr=False)
class Sweep(Result):
    """Points of one company in common worlds; `runs` has a row each: point, seed, inputs, every outcome."""

    question: "SweepQuestion"
    plan: "SweepPlan"
    made: DesignRuns

    def to_frame(self) -> pd.DataFrame:
        """One row a point: its values, and what it brought."""
        return self.points

    @property
    def n_known(self) -> int:
        """Runs that came to an end."""
        return len(self.runs)

    def values(self) -> Values:
        """Contribution as points x worlds; NaN where a run failed."""
        return self.made.values()

    @cached_property
    def effects(self) -> pd.DataFrame:
        """How much each thing that varied moves contribution, the largest first."""
        return effects_on(self.values(), self.plan)

    @cached_property
    def settings(self) -> list[Setting]:
        """The settings of the levers, best first."""
        return settings_of(self.values(), self.plan)

    @cached_property
    def points(self) -> pd.DataFrame:
        """One row a point: its number and values, contribution with its interval, the mean of every outcome."""
        return point_means(self.made)
