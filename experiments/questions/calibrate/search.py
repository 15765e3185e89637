"""The search for a good fit: Optuna proposes points in batches, each lived in the same few worlds."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from experiments.statistics.paired import Values

BATCH = 8
_Judge = Callable[[Values], Values]


@dataclass(frozen=True)
class Search:
    """All points tried (n, parameters) and their distances from the data; the first is the company as it is."""

    points: Values
    distances: Values

    @property
    def best(self) -> Values:
        """The point nearest to the data."""
        return np.asarray(self.nearest(1)[0])

    def nearest(self, n: int) -> Values:
        """The `n` points nearest to the data, (n, parameters)."""
        return np.asarray(self.points[np.argsort(self.distances, kind="stable")[:n]])


def search(starts: Values, n_trials: int, seed: int, judge: _Judge) -> Search:
    """Look for the point nearest to the data by the tree-structured Parzen estimator, from `starts` (n, parameters) on.

    `judge` takes points (n, parameters) and gives their distances, infinite where a run failed.
    """
    import optuna

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    sampler = optuna.samplers.TPESampler(seed=seed % 2**32, n_startup_trials=max(10, n_trials // 4))
    study = optuna.create_study(sampler=sampler)
    names = [str(place) for place in range(starts.shape[1])]
    for start in starts.tolist():
        study.enqueue_trial(dict(zip(names, start, strict=True)))
    points: list[list[float]] = []
    judged: list[float] = []
    while len(points) < n_trials:
        trials = [study.ask() for _ in range(min(BATCH, n_trials - len(points)))]
        proposed = [[trial.suggest_float(name, 0.0, 1.0) for name in names] for trial in trials]
        distances = judge(np.array(proposed)).tolist()
        for trial, distance in zip(trials, distances, strict=True):
            is_known = bool(np.isfinite(distance))
            study.tell(trial, distance if is_known else None, None if is_known else optuna.trial.TrialState.FAIL)
        points += proposed
        judged += distances
    return Search(np.array(points), np.array(judged))
