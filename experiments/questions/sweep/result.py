"""What a sweep shows: the settings of the levers, the effect of everything that varied, the means of the points."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from experiments.observation.yearly import REVENUE
from experiments.questions.sweep.effects import Effects, effects_on
from experiments.questions.sweep.ranked_settings import Setting, point_means, settings_of
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
        """Runs whose contribution is known."""
        return int(np.sum(~np.isnan(self.values())))

    @property
    def is_constant(self) -> bool:
        """Whether contribution is the same in all runs of a world: nothing moves it."""
        values = self.values()
        values = values[:, ~np.isnan(values).all(axis=0)]
        return self.n_known > 1 and not np.any(np.nanmax(values, axis=0) - np.nanmin(values, axis=0))

    def values(self) -> Values:
        """Contribution as points x worlds, EUR a year; NaN where a run failed."""
        return self.made.contribution_a_year()

    @cached_property
    def effects(self) -> pd.DataFrame:
        """How much each thing that varied moves contribution (EUR a year), the largest first."""
        return self._effects.table

    @cached_property
    def revenue_effects(self) -> pd.DataFrame:
        """The same for revenue recognised in the last four quarters; empty where runs do not say."""
        return effects_on(self.made.values(REVENUE), self.plan).table

    @property
    def explained(self) -> float:
        """The share of how points differ that all that varied explains in straight lines; NaN if unknown."""
        return self._effects.explained

    @property
    def is_over_worlds(self) -> bool:
        """Whether intervals of effects are over worlds; where these are few they are over points."""
        return self._effects.is_over_replications

    @cached_property
    def _effects(self) -> Effects:
        return effects_on(self.values(), self.plan)

    @cached_property
    def settings(self) -> list[Setting]:
        """The settings of the levers, best first."""
        return settings_of(self.made, self.plan)

    @cached_property
    def points(self) -> pd.DataFrame:
        """One row a point: its number and values, contribution with its interval, the mean of every outcome."""
        return point_means(self.made)
