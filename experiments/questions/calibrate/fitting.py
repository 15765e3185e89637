"""From data to a fitted company: how much luck there is, a search, the posterior, a choice, predictions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from experiments.execution.worker import FailedRun
from experiments.questions.calibrate.abc_step import NoRuns, Posterior, abc
from experiments.questions.calibrate.choice import AS_IT_IS, MEDIAN, NEAR_RUN, SEARCHED, Choice, Ruler, choose, listed
from experiments.questions.calibrate.directly import SaidDirectly, as_said, said_directly, starts_of
from experiments.questions.calibrate.distance import Yardstick, yardstick
from experiments.questions.calibrate.prediction import predicted, unrest, with_unrest
from experiments.questions.calibrate.result import Calibration
from experiments.questions.calibrate.search import Search, search
from experiments.questions.calibrate.simulated_targets import SimulatedTargets
from experiments.questions.calibrate.target import Measured, Target
from experiments.questions.calibrate.worlds import N_CANDIDATES, N_COMMON, N_LUCK, ROUNDS
from experiments.statistics.paired import Values
from experiments.studies.study import Study
from experiments.wording.numbers import number
from scenarios.input_errors import InputError

if TYPE_CHECKING:
    from experiments.questions.calibrate.ask import CalibratePlan, CalibrateQuestion

_SALT = 20_180_101  # the draws of points are no draws of the worlds


@dataclass
class Fitting:
    """The steps of a calibration: luck, search, posterior, choice, prediction. Raises InputError, StudyInterrupted."""

    question: "CalibrateQuestion"
    plan: "CalibratePlan"
    study: Study
    _next_seed: int = 0
    _n_rounds: int = 0

    def __post_init__(self) -> None:
        self._simulated = SimulatedTargets(self.plan, self.study)
        self._said: list[SaidDirectly] = []

    def calibration(self) -> Calibration:
        """Take the steps one after the other."""
        question, rng = self.question, np.random.default_rng([_SALT, self.question.seed])
        as_it_is = np.full(len(self.plan.uncertain), np.nan)
        self._tell(f"luck: the company as it is in {N_LUCK} worlds")
        lucky = self._in_own_worlds(np.tile(as_it_is, (N_LUCK, 1)))
        self._said = said_directly(self.plan, lucky)
        tried = self._searched(starts_of(self.plan.uncertain, self._start, self._said), self._yardstick(lucky))
        stick = self._yardstick(self._in_own_worlds(np.tile(tried.best, (N_LUCK, 1))))
        try:
            left = abc(tried.best, lambda at: self._lived(at, stick), question.n_draws, rng)
        except NoRuns:
            raise InputError(_nothing(self.study.failures)) from None
        choice = self._chosen(as_it_is, tried, left, stick)
        self._tell(f"prediction: {question.n_predicted} runs of what is left possible")
        lived = self._in_own_worlds(left.points[rng.integers(0, len(left.points), question.n_predicted)])
        fit, held_out = self._tables(lived, rng)
        return Calibration(
            question=question,
            plan=self.plan,
            search=tried,
            posterior=left,
            choice=choice,
            out_of_reach=tuple(self.plan.targets[place].name for place in stick.use[left.out_of_reach]),
            n_fitted=len(stick.use),
            said=tuple(self._said),
            fit=fit,
            held_out=held_out,
            n_runs=self._simulated.n_runs,
            n_worlds=N_COMMON + self._next_seed,
            runs=self.study.runs,
            failures=self.study.failures,
        )

    @property
    def _start(self) -> Values:
        return np.array([one.place(one.own_value) for one in self.plan.uncertain])

    def _yardstick(self, lucky: Values) -> Yardstick:
        """How far runs of one and the same company are apart, by luck alone."""
        stick = yardstick(list(self.plan.measured), self.plan.is_fitted, lucky)
        if not len(stick.use):
            raise InputError(_nothing(self.study.failures))
        return stick

    def _searched(self, starts: Values, stick: Yardstick) -> Search:
        """The search, each of whose points is lived in the same worlds and judged by the mean over these."""
        common = [self.question.seed + k for k in range(N_COMMON)]

        def judged(points: Values) -> Values:
            """Distances of points."""
            return stick.distances(self._simulated.at(points, [common] * len(points)).mean(axis=1))

        self._tell(f"search: {self.question.n_trials} points in {N_COMMON} worlds each")
        return search(starts, self.question.n_trials, self.question.seed, judged)

    def _lived(self, points: Values, stick: Yardstick) -> Values:
        self._n_rounds += 1
        self._tell(f"round {self._n_rounds} of {len(ROUNDS)}: {len(points)} points, each in a world of its own")
        return stick.summaries(self._in_own_worlds(points))

    def _chosen(self, as_it_is: Values, tried: Search, left: Posterior, stick: Yardstick) -> Choice:
        """The fitted company, the nearest of all that come into question."""
        median = np.median(left.points, axis=0)
        told = as_said(self.plan.uncertain, np.vstack([median, tried.best]), self._said)
        others = [*told, *tried.nearest(2)[1:], *left.nearest[::-1], median]
        candidates = {
            AS_IT_IS: as_it_is[None],
            MEDIAN: median[None],
            SEARCHED: tried.best[None],
            NEAR_RUN: listed(others, N_CANDIDATES - 3),
        }
        self._tell(f"choice: {N_CANDIDATES} companies in {self.question.n_choosing} new worlds")
        choice = choose(candidates, self._together, self.question.n_choosing, Ruler(stick, left.out_of_reach))
        self._tell(f"distance from the data: {number(choice.before)} before, {number(choice.after)} after")
        return choice

    def _together(self, points: Values, n_worlds: int) -> Values:
        """Points in the same new worlds, as (n, worlds, targets)."""
        return self._simulated.at(points, [self._new_worlds(n_worlds)] * len(points))

    def _in_own_worlds(self, points: Values) -> Values:
        """Each point in a world of its own, as (n, targets)."""
        seeds = [[seed] for seed in self._new_worlds(len(points))]
        return np.asarray(self._simulated.at(points, seeds)[:, 0, :])

    def _new_worlds(self, n: int) -> list[int]:
        """Seeds of worlds that nothing was lived in."""
        first = self.question.seed + N_COMMON + self._next_seed
        self._next_seed += n
        return [first + k for k in range(n)]

    def _tell(self, line: str) -> None:
        self.study.tell(line)

    def _tables(self, lived: Values, rng: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Predictions of the fitted part as the runs have it, and of the held-out part with the data's own unrest."""
        targets, measured = self.plan.targets, self.plan.measured
        window = self.plan.export.window
        is_later = np.array([target.first >= window.fitted_until for target in targets])

        def of(which: Any) -> tuple[list[Target], list[Measured]]:
            """The targets that are meant, and what was measured of them."""
            return [targets[k] for k in np.flatnonzero(which)], [measured[k] for k in np.flatnonzero(which)]

        now, later = of(~is_later), of(is_later)
        wandering = unrest(lived[:, ~is_later], *now, rng)
        going_on = with_unrest(lived[:, is_later], later[0], wandering, window, rng)
        return predicted(lived[:, ~is_later], *now), predicted(going_on, *later)


def _nothing(failures: Sequence[FailedRun]) -> str:
    why = f"; e.g. {failures[0].error}" if failures else ""
    return f"the company cannot be fitted: hardly any run shows leads and deals to compare with the data{why}"
