"""What the data leave possible: approximate Bayesian computation with regression adjustment (Beaumont et al. 2002).

Points are drawn evenly from a box inside the prior and each is lived in a world of its own. Runs near to the data
count, the nearer the more, and their parameters are moved along a regression on how they deviate. The next round draws
from a smaller box around what is left, so that in the end the regression is local. As draws are even inside the box
and next to nothing is possible outside it, no weights for the box are needed.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from experiments.statistics import Values

ACCEPTED = 0.6  # share of runs that count
_START_REACH = 0.3  # of the prior, either side of the best point found
_MARGIN = 0.4  # of the width of what is left, added on either side
_TAIL = 0.01
_RIDGE = 1.0  # as much as one more run in which nothing depends on anything
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

    def holds(self, points: Values) -> Values:
        """Which points (n, parameters) lie inside."""
        return np.asarray(((points >= self.low) & (points <= self.high)).all(axis=1))


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


def abc(best: Values, live: Live, n_rounds: int, n_draws: int, rng: np.random.Generator) -> Posterior:
    """The posterior from rounds of draws around `best`; `live` gives the deviations of runs at points.

    Deviations are in units of doubt (n, targets), NaN where a run failed.
    """
    box = _around(best)
    points, deviations = np.empty((0, len(best))), None
    found = None
    for _ in range(n_rounds):
        fresh = box.draw(n_draws, rng)
        lived = live(fresh)
        points = np.vstack([points, fresh])
        deviations = lived if deviations is None else np.vstack([deviations, lived])
        inside = box.holds(points)
        found = _posterior(points[inside], deviations[inside], box, rng)
        box = _left(found)
    assert found is not None
    return found


def moved(values: Values, deviations: Values, weights: Values) -> Values:
    """Values (n, k) as they would be had the deviations (n, p) been zero: less what a linear regression explains.

    Regression is weighted and slightly shrunk (ridge).
    """
    scale = np.sqrt(weights)[:, None]
    centre = (weights @ deviations) / weights.sum()
    middle = (weights @ values) / weights.sum()
    x, y = scale * (deviations - centre), scale * (values - middle)
    spread = np.maximum(np.sqrt(np.mean(x**2, axis=0)), 1e-12)
    x = x / spread
    slopes = np.linalg.solve(x.T @ x + _RIDGE * weights.mean() * np.eye(x.shape[1]), x.T @ y)
    return np.asarray(values - (deviations / spread) @ slopes)


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


def _left(found: Posterior) -> Box:
    low, high = np.quantile(found.points, [_TAIL, 1 - _TAIL], axis=0)
    margin = np.maximum(_MARGIN * (high - low), 0.01)
    return Box(np.clip(low - margin, 0.0, 1.0), np.clip(high + margin, 0.0, 1.0))


def _logit(points: Values) -> Values:
    inner = np.clip(points, _NEAR_EDGE, 1 - _NEAR_EDGE)
    return np.asarray(np.log(inner / (1 - inner)))


def _unlogit(free: Values) -> Values:
    return np.asarray(1 / (1 + np.exp(-np.clip(free, -30, 30))))
