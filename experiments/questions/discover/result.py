"""What a discovery shows: what the design gains in every sampled company, and the boxes where it loses."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from experiments.designs.run_table import DECISION
from experiments.observation.yearly import REVENUE
from experiments.reporting.result import Result
from experiments.statistics.paired import Values
from experiments.statistics.prim_cart import FEWEST_CASES, Box, Cases, Cover, cart_boxes, prim_box
from experiments.studies.study import DesignRuns

if TYPE_CHECKING:
    from experiments.questions.discover.ask import DiscoverPlan, DiscoverQuestion

_TRAINED_ON = 2 / 3
_LEAST = 0.2


@dataclass(frozen=True, eq=False, repr=False)
class Discovery(Result):
    """Where the design loses; `runs` has a row each: point, seed, inputs (with the type), outcomes."""

    question: "DiscoverQuestion"
    plan: "DiscoverPlan"
    made: DesignRuns

    def to_frame(self) -> pd.DataFrame:
        """One row a sampled company: its inputs, what the design gains there, whether it loses."""
        money = {"gain": self.gain[self.known], "revenue": self.revenue[self.known]}
        return self.points.assign(**money, loses=self.loses, is_case=self.cases)

    @cached_property
    def gain(self) -> Values:
        """Mean gain in contribution of each point over its worlds (EUR a year); NaN where a run failed."""
        return self._gain_in(DECISION) / self.made.design.years[: len(self.plan.inputs)]

    @cached_property
    def revenue(self) -> Values:
        """The same in revenue recognised in the last four quarters; NaN where a run does not say."""
        return self._gain_in(REVENUE)

    def _gain_in(self, outcome: str) -> Values:
        """By point, mean of the design less the other one, in the unit of a run."""
        n_points, n_worlds, table = len(self.plan.inputs), self.question.runs, self.made.table
        values = np.full((2, n_points, n_worlds), np.nan)
        if outcome in table:
            half, place = np.divmod(table["point"].to_numpy(), n_points)
            world = table["seed"].to_numpy() - self.question.seed - place * n_worlds
            values[half, place, world] = table[outcome]
        return np.asarray((values[0] - values[1]).mean(axis=1))

    @cached_property
    def known(self) -> npt.NDArray[np.int64]:
        """Places of the points with a gain."""
        return np.flatnonzero(~np.isnan(self.gain))

    @property
    def loses(self) -> Cases:
        """Whether the design loses, for the known points."""
        return np.asarray(self.gain[self.known] < 0)

    @cached_property
    def below(self) -> float:
        """The gain (EUR a year) below which a point is a case: 0; where losses are too rare or too common, a fifth."""
        if self._is_enough(self.loses):
            return 0.0
        return float(np.quantile(self.gain[self.known], _LEAST)) if len(self.known) else 0.0

    @property
    def cases(self) -> Cases:
        """Which of the known points are looked for."""
        return np.asarray(self.gain[self.known] < self.below)

    @cached_property
    def points(self) -> pd.DataFrame:
        """The known points' inputs."""
        return self.plan.inputs.iloc[self.known].reset_index(drop=True)

    @cached_property
    def is_trained_on(self) -> Cases:
        """Which of the known points the boxes are found on."""
        rng = np.random.default_rng([self.question.seed, 13])
        return rng.random(len(self.known)) < _TRAINED_ON

    @property
    def share_lost(self) -> float:
        """Share of points where the design loses."""
        return float(self.loses.mean()) if len(self.known) else float("nan")

    @property
    def has_boxes(self) -> bool:
        """Whether there are enough cases, and enough others, to look for boxes."""
        return self._is_enough(self.cases)

    def _is_enough(self, cases: Cases) -> bool:
        return FEWEST_CASES <= int(cases[self.is_trained_on].sum()) <= int(self.is_trained_on.sum()) - FEWEST_CASES

    @cached_property
    def box(self) -> Box:
        """PRIM's box; without limits where there are too few cases."""
        if not self.has_boxes:
            return Box({})
        return prim_box(self.points[self.is_trained_on], self.cases[self.is_trained_on])

    @cached_property
    def leaves(self) -> list[Box]:
        """The leaves of the tree, the densest first (on the points they were found on)."""
        if not self.has_boxes:
            return []
        inputs, cases = self.points[self.is_trained_on], self.cases[self.is_trained_on]
        return sorted(cart_boxes(inputs, cases), key=lambda box: -box.cover(inputs, cases).density)

    def fresh(self, box: Box) -> Cover:
        """A box on the points that had no part in finding it."""
        unseen = ~self.is_trained_on
        return box.cover(self.points[unseen], self.cases[unseen])
