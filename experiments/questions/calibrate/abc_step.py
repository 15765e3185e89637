"""What the data leave possible: approximate Bayesian computation with regression adjustment (Beaumont et al. 2002).

Points are drawn evenly from a box inside the prior and each is lived in a world of its own. Runs near to the data
count, the nearer the more, and their parameters are moved along a regression on how they deviate. The next round draws
from a smaller box around what is left (or a larger one, where that reaches beyond), so that in the end the regression
is local; only the last round counts. As its draws are even inside the box and next to nothing is possible outside it,
no weights for the box are needed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from experiments.statistics.paired import Values

ACCEPTED = 0.6  # share of runs that count
_START_REACH = 0.3  # of the prior, either side of the best point found
_MARGIN = 0.4  # of the width of what is left, added on either side
_LEAST_MARGIN = 0.05
_TAIL = 0.01
_RIDGES = np.array([1e-3, 1e-2, 0.03, 0.1, 0.3, 1.0, 10.0])  # tried, relative to the number of runs
_MOST_LEVERAGE, _SMALL = 1 - 1e-9, 1e-12
_NEAR_EDGE = 1e-4

Live = Callable[[Values], Values]


@dataclass(frozen=True)
class Box:
    """Places (parameters,) between which points are drawn."""

    low: Values
    high: Values

    def draw(self, n: int, rng: np.random.Generator) -> Values:
        """Draw (n, parameters) points evenly."""
        return np.asarray(self.low + (self.high - self.low) * rng.random((n, len(self.low))))


@dataclass(frozen=True)
class Posterior:
    """What is left possible: equally likely points (n, parameters); `box` is where the last round drew.

    `n_used` runs count, worth `effective` equally near ones; `nearest` is the smallest distance of a run.
    """

    points: Values
    box: Box
    n_used: int
    effective: float
    nearest: float


def abc(best: Values, live: Live, n_draws: Sequence[int], rng: np.random.Generator) -> Posterior:
    """The posterior from rounds of `n_draws` points, the first around `best`; `live` gives their runs' deviations.

    Deviations are in units of doubt (n, targets), NaN where a run failed.
    """
    box = _around(best)
    for n in n_draws[:-1]:
        points = box.draw(n, rng)
        box = _left(_posterior(points, live(points), box, rng))
    points = box.draw(n_draws[-1], rng)
    return _posterior(points, live(points), box, rng)


def moved(values: Values, deviations: Values, weights: Values) -> Values:
    """Values (n, k) as they would be had the deviations (n, p) been zero, by a weighted ridge regression.

    What the regression does not explain of a row is taken from a regression without that row, and its ridge is the one
    that explains most so: few rows and many deviations leave values wide, never falsely narrow.
    """
    scale = np.sqrt(weights)[:, None]
    centre, middle = (weights @ deviations) / weights.sum(), (weights @ values) / weights.sum()
    spread = np.sqrt(weights @ (deviations - centre) ** 2 / weights.sum()) + _SMALL
    x, y = scale * (deviations - centre) / spread, scale * (values - middle)
    svd = np.linalg.svd(x, full_matrices=False)
    own = weights / weights.sum()  # a row's part in the means
    fits = (_ridge(svd, y, own, ridge) for ridge in _RIDGES * weights.sum())
    slopes, rest = min(fits, key=lambda one: float(np.sum(one[1] ** 2 / (np.sum(y**2, axis=0) + _SMALL))))
    return np.asarray(middle - (centre / spread) @ slopes + rest / scale)


def _ridge(svd: tuple[Values, Values, Values], y: Values, own: Values, ridge: float) -> tuple[Values, Values]:
    """Slopes, and what is left of each row when it is predicted from the others; `svd` is that of the regressors."""
    left, size, right = svd
    shrunk = size**2 / (size**2 + ridge)
    slopes = right.T @ ((shrunk / (size + _SMALL))[:, None] * (left.T @ y))
    leverage = np.minimum(left**2 @ shrunk + own, _MOST_LEVERAGE)
    return slopes, (y - left @ (shrunk[:, None] * (left.T @ y))) / (1 - leverage)[:, None]


def draws(points: Values, weights: Values, n: int, rng: np.random.Generator) -> Values:
    """`n` equally likely points out of weighted ones (systematic resampling), in random order."""
    edges = np.cumsum(weights) / weights.sum()
    chosen = np.searchsorted(edges, (rng.random() + np.arange(n)) / n)
    return np.asarray(points[rng.permutation(np.minimum(chosen, len(points) - 1))])


def _posterior(points: Values, deviations: Values, box: Box, rng: np.random.Generator) -> Posterior:
    is_known = np.isfinite(deviations).all(axis=1)
    points, deviations = points[is_known], deviations[is_known]
    if len(points) < 2:
        raise NoRuns
    distances = np.sqrt(np.mean(deviations**2, axis=1))
    reach = max(float(np.quantile(distances, ACCEPTED)), 1e-12)
    weights = np.maximum(0.0, 1.0 - (distances / reach) ** 2)
    if np.count_nonzero(weights) < 2:
        weights = np.ones(len(points))
    near = weights > 0
    free = moved(_logit(points[near]), deviations[near], weights[near])
    effective = float(weights.sum() ** 2 / (weights**2).sum())
    settled = draws(_unlogit(free), weights[near], len(free), rng)
    return Posterior(settled, box, int(near.sum()), effective, float(distances.min()))


class NoRuns(Exception):
    """Nearly all runs failed, or showed nothing that can be measured."""


def _around(best: Values) -> Box:
    """A part of the prior around a point, whole at the sides where it is near the edge."""
    low = np.clip(best - _START_REACH, 0.0, 1.0 - 2 * _START_REACH)
    return Box(low, low + 2 * _START_REACH)


def _left(posterior: Posterior) -> Box:
    low, high = np.quantile(posterior.points, [_TAIL, 1 - _TAIL], axis=0)
    margin = np.maximum(_MARGIN * (high - low), _LEAST_MARGIN)
    return Box(np.clip(low - margin, 0.0, 1.0), np.clip(high + margin, 0.0, 1.0))


def _logit(points: Values) -> Values:
    inner = np.clip(points, _NEAR_EDGE, 1 - _NEAR_EDGE)
    return np.asarray(np.log(inner / (1 - inner)))


def _unlogit(free: Values) -> Values:
    return np.asarray(1 / (1 + np.exp(-np.clip(free, -30, 30))))
