"""What each of several things adds in a straight line, fitted to design points that all met the same replications.

Both are information. From FEWEST replications on, the lines are fitted in each of them, and intervals are over
replications: they hold luck, and whatever else was drawn. Fewer replications say nothing by themselves; then the lines
are fitted to the means of the points, and intervals are over points: they hold what straight lines leave unexplained.
"""

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr, stdtrit

from experiments.statistics.doubt import says_something
from experiments.statistics.paired import LEVEL, UNKNOWN, Interval, Values, mean_of

_NOTHING = 1e-9  # of the standard deviation of all outcomes, or of a thousandth of the largest: rounding


@dataclass(frozen=True, slots=True)
class Change:
    """By how much something moves an outcome, with its interval, and the p-value of no effect; NaN if unknown."""

    mean: float
    interval: Interval
    p_value: float


@dataclass(frozen=True, eq=False)
class Lines:
    """`slopes` are columns x replications, `unexplained` points x replications: what the lines miss."""

    columns: Values
    slopes: Values
    unexplained: Values
    explained: float
    scale: float

    @property
    def is_over_replications(self) -> bool:
        """Whether intervals are over replications; else they are over points."""
        return says_something(self.slopes.shape[1])

    def change(self, weights: Values, n_looked_at: int = 1) -> Change:
        """The weighted sum of slopes; `n_looked_at` such sums were looked at to choose this one (Bonferroni)."""
        level = 1 - (1 - LEVEL) / n_looked_at
        by_replication = weights @ self.slopes
        by_replication = np.where(abs(by_replication) < _NOTHING * self.scale, 0.0, by_replication)
        mean = float(by_replication.mean())
        if self.is_over_replications:
            error, free = float(mean_of(by_replication).sd) / math.sqrt(by_replication.size), by_replication.size - 1
        else:
            error, free = self._error_over_points(weights)
        if not free:
            return Change(mean, UNKNOWN, math.nan)
        reach = float(stdtrit(free, (1 + level) / 2)) * error
        p_value = float(2 * stdtr(free, -abs(mean) / error)) if error > 0 else float(mean == 0)
        return Change(mean, Interval(mean - reach, mean + reach), min(1.0, n_looked_at * p_value))

    def _error_over_points(self, weights: Values) -> tuple[float, int]:
        """Standard error of a sum of slopes, from what the mean of each point misses; and its degrees of freedom."""
        free = self.columns.shape[0] - self.columns.shape[1]
        if free < 1:
            return math.nan, 0
        missed = self.unexplained.mean(axis=1)
        missed = np.where(abs(missed) < _NOTHING * self.scale, 0.0, missed)
        variance = weights @ np.linalg.pinv(self.columns.T @ self.columns) @ weights
        return math.sqrt(float(missed @ missed) / free * float(variance)), free


def fitted_lines(columns: Values, outcomes: Values) -> Lines | None:
    """Least squares of outcomes (points x replications) on columns; None if the points cannot tell columns apart.

    `explained` is the share of the variance between means of points that the lines explain, less what as many lines
    would by chance (adjusted R squared); NaN where points are too few for that, or all alike.
    """
    if not outcomes.size or np.linalg.matrix_rank(columns) < columns.shape[1]:
        return None
    slopes = np.asarray(np.linalg.lstsq(columns, outcomes, rcond=None)[0], dtype=np.float64)
    unexplained = outcomes - columns @ slopes
    scale = float(max(outcomes.std(), abs(outcomes).max() / 1000))
    return Lines(columns, slopes, unexplained, _explained(columns, outcomes, unexplained), scale)


def _explained(columns: Values, outcomes: Values, unexplained: Values) -> float:
    n_points, n_columns = columns.shape
    apart = float(np.var(outcomes.mean(axis=1)))
    if n_points <= n_columns or apart == 0:
        return math.nan
    left = float(np.var(unexplained.mean(axis=1))) / apart
    return float(max(0.0, 1 - left * (n_points - 1) / (n_points - n_columns)))
