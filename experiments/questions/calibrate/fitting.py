"""From data to a fitted company: how much luck there is, a search, the posterior, predictions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from experiments.execution.worker import FailedRun
from experiments.questions.calibrate.abc_step import NoRuns, abc
from experiments.questions.calibrate.distance import Yardstick, yardstick
from experiments.questions.calibrate.prediction import predicted, unrest, with_unrest
from experiments.questions.calibrate.result import Calibration
from experiments.questions.calibrate.search import search
from experiments.questions.calibrate.simulated_targets import SimulatedTargets
from experiments.questions.calibrate.target import Measured, Target
from experiments.questions.calibrate.worlds import N_COMMON, N_LUCK
from experiments.statistics.paired import Values
from experiments.studies.study import Study
from scenarios.input_errors import InputError

if TYPE_CHECKING:
    from experiments.questions.calibrate.ask import CalibratePlan, CalibrateQuestion

_SALT = 20_180_101  # the draws of points are no draws of the worlds


@dataclass
class Fitting:
    """The steps of one calibration: luck, search, posterior, prediction. Raises InputError, StudyInterrupted."""

    question: "CalibrateQuestion"
    plan: "CalibratePlan"
    study: Study
    _next_seed: int = 0

    def __post_init__(self) -> None:
        self._simulated = SimulatedTargets(self.plan, self.study)

    def calibration(self) -> Calibration:
        """Take the steps one after the other."""
        start = np.array([one.place(one.own_value) for one in self.plan.uncertain])
        lucky = self._in_own_worlds(np.tile(start, (N_LUCK, 1)))
        stick = self._yardstick(lucky)
        rng = np.random.default_rng([_SALT, self.question.seed])
        tried = search(start, self.question.n_trials, self.question.seed, lambda points: self._judged(points, stick))
        try:
            left = abc(tried.best, lambda at: self._lived(at, stick), self.question.n_draws, rng)
        except NoRuns:
            raise InputError(_nothing(self.study.failures)) from None
        chosen = left.points[rng.integers(0, len(left.points), self.question.n_predicted)]
        lived = self._in_own_worlds(chosen)
        fit, held_out = self._tables(lived, rng)
        return Calibration(
            question=self.question,
            plan=self.plan,
            search=tried,
            posterior=left,
            fit=fit,
            held_out=held_out,
            distance_before=_median(stick.distances(lucky)),
            distance_after=_median(stick.distances(lived)),
            n_runs=self._simulated.n_runs,
            runs=self.study.runs,
            failures=self.study.failures,
        )

    def _yardstick(self, lucky: Values) -> Yardstick:
        """How far runs of one and the same company are apart, by luck alone."""
        stick = yardstick(list(self.plan.measured), self.plan.is_fitted, lucky)
        if not len(stick.use):
            raise InputError(_nothing(self.study.failures))
        return stick

    def _judged(self, points: Values, stick: Yardstick) -> Values:
        """Distances of points, each lived in the same worlds, on the mean over these."""
        common = [self.question.seed + k for k in range(N_COMMON)]
        lived = self._simulated.at(points, [common] * len(points))
        return stick.distances(lived.mean(axis=1))

    def _lived(self, points: Values, stick: Yardstick) -> Values:
        return stick.summaries(self._in_own_worlds(points))

    def _in_own_worlds(self, points: Values) -> Values:
        """Each point in a world of its own, as (n, targets)."""
        first = self.question.seed + N_COMMON + self._next_seed
        self._next_seed += len(points)
        seeds = [[first + k] for k in range(len(points))]
        return np.asarray(self._simulated.at(points, seeds)[:, 0, :])

    def _tables(self, lived: Values, rng: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Predictions of the fitted part as the runs have it, and of the held-out part with the data's own unrest."""
        targets, measured = self.plan.targets, self.plan.measured
        window = self.plan.export.window
        is_later = np.array([target.first >= window.fitted_until for target in targets])

        def of(which: Any) -> tuple[list[Target], list[Measured]]:
            """The targets that are meant, and what was measured of them."""
            return [targets[k] for k in np.flatnonzero(which)], [measured[k] for k in np.flatnonzero(which)]

        now, later = of(~is_later), of(is_later)
        going_on = with_unrest(lived[:, is_later], later[0], unrest(lived[:, ~is_later], *now), window, rng)
        return predicted(lived[:, ~is_later], *now), predicted(going_on, *later)


def _median(distances: Values) -> float:
    """Of the runs that did not fail."""
    known = distances[np.isfinite(distances)]
    return float(np.median(known)) if len(known) else float("nan")


def _nothing(failures: Sequence[FailedRun]) -> str:
    why = f"; e.g. {failures[0].error}" if failures else ""
    return f"the company cannot be fitted: hardly any run shows leads and deals to compare with the data{why}"
