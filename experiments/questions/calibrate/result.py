"""What a calibration shows: what the data leave possible, and how well that predicts the months held out."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from experiments.questions.calibrate import identifiability
from experiments.questions.calibrate.abc_step import Posterior
from experiments.questions.calibrate.choice import Choice
from experiments.questions.calibrate.directly import SaidDirectly
from experiments.questions.calibrate.prediction import Coverage, coverage
from experiments.questions.calibrate.search import Search
from experiments.questions.calibrate.target import HELD_OUT
from experiments.questions.calibrate.trust import is_good
from experiments.questions.calibrate.uncertain import changes_at
from experiments.reporting.result import Result

if TYPE_CHECKING:
    from experiments.questions.calibrate.ask import CalibratePlan, CalibrateQuestion


@dataclass(frozen=True, eq=False, repr=False)
class Calibration(Result):
    """What came of it.

    `fit` and `held_out` are tables of predictions (see `prediction.predicted`): what runs of the posterior show in the
    fitted part of the period, and in the part held out. `choice` is the fitted company. Of `n_fitted` targets those
    `out_of_reach` cannot be met; `said` are parameters that one figure tells by itself.
    """

    question: "CalibrateQuestion"
    plan: "CalibratePlan"
    search: Search
    posterior: Posterior
    choice: Choice
    out_of_reach: tuple[str, ...]
    n_fitted: int
    said: tuple[SaidDirectly, ...]
    fit: pd.DataFrame
    held_out: pd.DataFrame
    n_runs: int
    n_worlds: int

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
        table = identifiability.told(self.plan.uncertain, self.posterior.points, is_good=self.is_good)
        fitted = table["own"].tolist()
        if not self.choice.is_as_it_was:
            fitted = [one.value(place) for one, place in zip(self.plan.uncertain, self.choice.point, strict=True)]
        table.insert(list(table.columns).index("median"), "fitted", fitted)
        return table

    @property
    def is_good(self) -> bool:
        """Whether the model fits the company well enough to believe what it says."""
        return is_good(self)

    @cached_property
    def correlations(self) -> pd.DataFrame:
        """How parameters hang together in the posterior."""
        return identifiability.correlations(self.plan.uncertain, self.posterior.points)

    @property
    def fitted_changes(self) -> dict[str, float]:
        """What to change in the company to make it the fitted one; nothing where none nearer to the data was found."""
        return {} if self.choice.is_as_it_was else changes_at(self.plan.uncertain, self.choice.point)

    @property
    def seeds(self) -> range:
        """Those of all worlds lived in."""
        return range(self.question.seed, self.question.seed + self.n_worlds)

    def share(self, level: float) -> Coverage:
        """The coverage of all held-out figures at a level."""
        return next(one for one in self.coverage if one.level == level and not one.kind)
