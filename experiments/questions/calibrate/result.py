"""What a calibration shows: what the data leave possible, and how well that predicts the months held out."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from experiments.questions.calibrate import identifiability
from experiments.questions.calibrate.abc_step import Posterior
from experiments.questions.calibrate.prediction import Coverage, coverage
from experiments.questions.calibrate.search import Search
from experiments.questions.calibrate.target import HELD_OUT
from experiments.questions.calibrate.uncertain import changes_at
from experiments.questions.calibrate.worlds import N_COMMON
from experiments.reporting.result import Result

if TYPE_CHECKING:
    from experiments.questions.calibrate.ask import CalibratePlan, CalibrateQuestion


@dataclass(frozen=True, eq=False, repr=False)
class Calibration(Result):
    """What came of it.

    `fit` and `held_out` are tables of predictions (see `prediction.predicted`): what runs of the posterior show in the
    fitted part of the period, and in the part held out. `distance_before` and `distance_after` are the distance from
    the data of the median run of the company as it is and of the posterior, in standard errors.
    """

    question: "CalibrateQuestion"
    plan: "CalibratePlan"
    search: Search
    posterior: Posterior
    fit: pd.DataFrame
    held_out: pd.DataFrame
    distance_before: float
    distance_after: float
    n_runs: int

    def to_frame(self) -> pd.DataFrame:
        """One row a parameter."""
        return self.parameters

    @cached_property
    def coverage(self) -> list[Coverage]:
        """Of the held-out monthly figures, those inside the intervals, by level and kind."""
        return coverage(self.held_out[self.held_out["role"] == HELD_OUT])

    @cached_property
    def parameters(self) -> pd.DataFrame:
        """What the data say of each parameter."""
        return identifiability.told(self.plan.uncertain, self.posterior.points)

    @cached_property
    def correlations(self) -> pd.DataFrame:
        """How parameters hang together in the posterior."""
        return identifiability.correlations(self.plan.uncertain, self.posterior.points)

    @property
    def fitted_changes(self) -> dict[str, float]:
        """What to change in the company: each parameter at its median."""
        return changes_at(self.plan.uncertain, np.median(self.posterior.points, axis=0))

    @property
    def seeds(self) -> range:
        """Those of all worlds lived in."""
        n_own = self.n_runs - N_COMMON * self.question.n_trials
        return range(self.question.seed, self.question.seed + N_COMMON + n_own)

    def share(self, level: float) -> Coverage:
        """The coverage of all held-out figures at a level."""
        return next(one for one in self.coverage if one.level == level and not one.kind)
