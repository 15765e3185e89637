"""What values of a company's uncertain parameters fit its own data, and do they predict the months held out?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import scenarios
from experiments.execution.runner import OnProgress, Settings
from experiments.execution.worker import FailedRun
from experiments.questions.calibrate import identifiability
from experiments.questions.calibrate.abc_step import NoRuns, Posterior, abc
from experiments.questions.calibrate.crm_export import Export, read_export
from experiments.questions.calibrate.distance import Yardstick, yardstick
from experiments.questions.calibrate.mapping import CrmMapping, read_mapping
from experiments.questions.calibrate.measured_run import MeasuredRun
from experiments.questions.calibrate.prediction import Coverage, coverage, predicted, unrest, with_unrest
from experiments.questions.calibrate.search import Search, search
from experiments.questions.calibrate.simulated_targets import AskedRuns
from experiments.questions.calibrate.target import (
    FEWEST_LEADS,
    FITTED,
    HELD_OUT,
    SHOWN,
    Measured,
    Target,
    measure_with_error,
    targets_of,
)
from experiments.questions.calibrate.uncertain import Uncertain, changes_at, parse_wishes, usual_wishes
from experiments.questions.compare.ask import present
from experiments.statistics.paired import Values
from experiments.studies.adaptive_study import AskedRows
from scenarios import Scenario
from scenarios.input_errors import InputError, check_least, check_seed

FEWEST_RUNS = 120
_N_LUCK = 12  # worlds in which the company as it is shows how much luck there is
_N_COMMON = 2  # worlds of each trial of the search
_SHARE_SEARCH, _SHARE_PREDICTION = 0.12, 0.18
_ROUNDS = (0.25, 0.25, 0.5)  # of the runs for the posterior
_SALT = 20_180_101  # the draws of points are no draws of the worlds


@dataclass(frozen=True)
class Files:
    """Where the export and its mapping lie."""

    leads: Path
    deals: Path
    mapping: Path


@dataclass(frozen=True)
class Plan:
    """What to fit and how much to run: `fit` like `--fit` (none: the mapping's wishes, or the usual), `runs` in all."""

    fit: tuple[str, ...] = ()
    runs: int = 1600
    seed: int = 0
    changes: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_least("runs", self.runs, FEWEST_RUNS, "fewer leave nothing to tell")
        check_seed(self.seed)

    @property
    def n_trials(self) -> int:
        """Points the search tries."""
        return max(8, round(_SHARE_SEARCH * self.runs / _N_COMMON))

    @property
    def n_predicted(self) -> int:
        """Runs that predict."""
        return max(30, round(_SHARE_PREDICTION * self.runs))

    @property
    def n_draws(self) -> tuple[int, ...]:
        """Draws of each round of the posterior."""
        left = self.runs - _N_LUCK - _N_COMMON * self.n_trials - self.n_predicted
        return tuple(max(20, round(share * left)) for share in _ROUNDS)

    @property
    def n_in_all(self) -> int:
        """Runs in all, the minima included."""
        return _N_LUCK + _N_COMMON * self.n_trials + sum(self.n_draws) + self.n_predicted


@dataclass(frozen=True)
class Question:
    """A company, its data, and what of it is uncertain: all that is settled before the first run."""

    source: str
    company: Scenario
    export: Export
    mapping: CrmMapping
    targets: tuple[Target, ...]
    measured: tuple[Measured, ...]
    uncertain: tuple[Uncertain, ...]

    @property
    def is_fitted(self) -> Any:
        """Which targets are fitted."""
        return np.array([target.role == FITTED for target in self.targets])

    @property
    def targets_table(self) -> pd.DataFrame:
        """Every target with its value in the data, of how many it is made, and its standard error."""
        rows = [
            (target.name, target.role, target.unit, found.value, found.n, found.error)
            for target, found in zip(self.targets, self.measured, strict=True)
        ]
        return pd.DataFrame(rows, columns=["target", "role", "unit", "value", "n", "standard_error"])


@dataclass(frozen=True)
class Calibration:
    """What came of it.

    `fit` and `held_out` are tables of predictions (see `prediction.predicted`): what runs of the posterior show in the
    fitted part of the period, and in the part held out. `distance_before` and `distance_after` are the distance from
    the data of the median run of the company as it is and of the posterior, in standard errors.
    """

    question: Question
    plan: Plan
    search: Search
    posterior: Posterior
    fit: pd.DataFrame
    held_out: pd.DataFrame
    distance_before: float
    distance_after: float
    n_runs: int
    failures: tuple[FailedRun, ...] = ()

    @cached_property
    def coverage(self) -> list[Coverage]:
        """Of the held-out monthly figures, those inside the intervals, by level and kind."""
        return coverage(self.held_out[self.held_out["role"] == HELD_OUT])

    @cached_property
    def parameters(self) -> pd.DataFrame:
        """What the data say of each parameter."""
        return identifiability.told(self.question.uncertain, self.posterior.points)

    @cached_property
    def correlations(self) -> pd.DataFrame:
        """How parameters hang together in the posterior."""
        return identifiability.correlations(self.question.uncertain, self.posterior.points)

    @property
    def fitted_changes(self) -> dict[str, float]:
        """What to change in the company: each parameter at its median."""
        return changes_at(self.question.uncertain, np.median(self.posterior.points, axis=0))

    @property
    def seeds(self) -> range:
        """Those of all worlds lived in."""
        n_own = self.n_runs - _N_COMMON * self.plan.n_trials
        return range(self.plan.seed, self.plan.seed + _N_COMMON + n_own)

    def share(self, level: float) -> Coverage:
        """The coverage of all held-out figures at a level."""
        return next(one for one in self.coverage if one.level == level and not one.kind)


def ask(company: str | Path, files: Files, plan: Plan) -> Question:
    """Read the data and settle what is fitted to what; raises InputError."""
    mapping = read_mapping(files.mapping)
    scenario = present(company, plan.changes)
    export = read_export(files.leads, files.deals, mapping, list(scenario.channels))
    known = export.leads.channels
    targets = targets_of(export.window, known, has_reps=export.knows_reps, has_values=export.knows_values)
    measured = measure_with_error(export.leads, targets)
    targets = [_judged(target, found) for target, found in zip(targets, measured, strict=True)]
    scenario = scenarios.with_changes(scenario, {"run.quarters": export.window.quarters})
    wishes = plan.fit or mapping.fit or tuple(usual_wishes(scenario, known, has_values=export.knows_values))
    uncertain = parse_wishes(wishes, scenario)
    return Question(str(company), scenario, export, mapping, tuple(targets), tuple(measured), tuple(uncertain))


def calibrate(
    question: Question,
    plan: Plan,
    settings: Settings | None = None,
    on_progress: OnProgress | None = None,
    kept: Path | None = None,
) -> Calibration:
    """Search, fit and predict; raises InputError if nothing can be measured, InterruptedRuns on Ctrl-C.

    Finished runs are kept in the folder `kept`, so that the same call goes on after an interruption.
    """
    measured = MeasuredRun(question.export.leads.channels, question.export.window, question.targets)
    company, uncertain = question.company, question.uncertain
    with AskedRows("calibrate", company.name, measured, settings or Settings(), on_progress, kept) as rows:
        runs = AskedRuns(company, uncertain, measured, rows, plan.n_in_all)
        return _Fitting(question, plan, runs).found()


@dataclass
class _Fitting:
    """The steps of one calibration: luck, search, posterior, prediction."""

    question: Question
    plan: Plan
    runs: AskedRuns
    _next_seed: int = 0

    def found(self) -> Calibration:
        """Take the steps one after the other."""
        start = np.array([one.place(one.own_value) for one in self.question.uncertain])
        lucky = self._in_own_worlds(np.tile(start, (_N_LUCK, 1)))
        stick = self._yardstick(lucky)
        rng = np.random.default_rng([_SALT, self.plan.seed])
        tried = search(start, self.plan.n_trials, self.plan.seed, lambda points: self._judged(points, stick))
        try:
            left = abc(tried.best, lambda at: self._lived(at, stick), self.plan.n_draws, rng)
        except NoRuns:
            raise InputError(_nothing(self.runs.failures)) from None
        chosen = left.points[rng.integers(0, len(left.points), self.plan.n_predicted)]
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
            n_runs=self.runs.n_runs,
            failures=tuple(self.runs.failures),
        )

    def _yardstick(self, lucky: Values) -> Yardstick:
        """How far runs of one and the same company are apart, by luck alone."""
        stick = yardstick(list(self.question.measured), self.question.is_fitted, lucky)
        if not len(stick.use):
            raise InputError(_nothing(self.runs.failures))
        return stick

    def _judged(self, points: Values, stick: Yardstick) -> Values:
        """Distances of points, each lived in the same worlds, on the mean over these."""
        common = [self.plan.seed + k for k in range(_N_COMMON)]
        lived = self.runs.at(points, [common] * len(points))
        return stick.distances(lived.mean(axis=1))

    def _lived(self, points: Values, stick: Yardstick) -> Values:
        return stick.summaries(self._in_own_worlds(points))

    def _in_own_worlds(self, points: Values) -> Values:
        """Each point in a world of its own, as (n, targets)."""
        first = self.plan.seed + _N_COMMON + self._next_seed
        self._next_seed += len(points)
        seeds = [[first + k] for k in range(len(points))]
        return np.asarray(self.runs.at(points, seeds)[:, 0, :])

    def _tables(self, lived: Values, rng: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Predictions of the fitted part as the runs have it, and of the held-out part with the data's own unrest."""
        targets, measured = self.question.targets, self.question.measured
        window = self.question.export.window
        is_later = np.array([target.first >= window.fitted_until for target in targets])

        def of(which: Any) -> tuple[list[Target], list[Measured]]:
            """The targets that are meant, and what was measured of them."""
            return [targets[k] for k in np.flatnonzero(which)], [measured[k] for k in np.flatnonzero(which)]

        now, later = of(~is_later), of(is_later)
        going_on = with_unrest(lived[:, is_later], later[0], unrest(lived[:, ~is_later], *now), window, rng)
        return predicted(lived[:, ~is_later], *now), predicted(going_on, *later)


def _judged(target: Target, found: Measured) -> Target:
    """A held-out share of very few leads is shown, not judged: any interval would hold it."""
    is_thin = target.role == HELD_OUT and target.kind == "won_share" and found.n < FEWEST_LEADS
    return replace(target, role=SHOWN) if is_thin else target


def _median(distances: Values) -> float:
    """Of the runs that did not fail."""
    known = distances[np.isfinite(distances)]
    return float(np.median(known)) if len(known) else float("nan")


def _nothing(failures: Sequence[FailedRun]) -> str:
    why = f"; e.g. {failures[0].error}" if failures else ""
    return f"the company cannot be fitted: hardly any run shows leads and deals to compare with the data{why}"
