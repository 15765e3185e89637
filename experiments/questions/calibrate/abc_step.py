"""What the data leave possible: approximate Bayesian computation with regression adjustment (Beaumont et al. 2002).

Points are drawn evenly from a box inside the prior and each is lived in a world of its own. Runs near to the data
count, the nearer the more, and their parameters are moved along a regression on how they deviate. The next round draws
from a smaller box around what is left (or a larger one, where that reaches beyond), so that in the end the regression
is local; only the last round counts. As its draws are even inside the box and next to nothing is possible outside it,
no weights for the box are needed.

Targets that stay far from the data wherever runs are near the rest are left out. Where the others still lie farther
from the data than luck explains, they contradict each other or the model, and what is left is widened by as much.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from experiments.questions.calibrate.adjustment import Flags, effective, moved
from experiments.questions.calibrate.distance import apart
from experiments.questions.calibrate.within_reach import Reach, reach
from experiments.statistics.paired import Values

ACCEPTED = 0.6  # share of runs that count
_START_REACH = 0.3  # of the prior, either side of the best point found
_MARGIN = 0.4  # of the width of what is left, added on either side
_LEAST_MARGIN = 0.05
_TAIL = 0.01
_UNTOLD = 0.8  # share of the spread of what was drawn that is left of a parameter of which nothing was told
_NEAR_EDGE = 1e-4
_MOST_LOOKS = 5  # at which targets are out of reach; each look may let others in
_N_NEAREST = 3
_EVEN = 1.8  # the spread of a value drawn evenly, on the scale on which values are moved

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

    `n_used` runs count, worth `effective` equally near ones. `out_of_reach` are targets that were left out (p,), and
    by `misfit` what is left was widened (1: not). `nearest` are points whose runs came nearest, then the point of those
    left whose mean is expected nearest.
    """

    points: Values
    box: Box
    n_used: int
    effective: float
    out_of_reach: Flags
    misfit: float
    nearest: Values


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
    weights, out = _accepted(points, deviations)
    near = weights > 0
    weights, places, deviations = weights[near], _logit(points[near]), deviations[near]
    free, closer = moved(places, deviations[:, ~out], weights)
    free, misfit = _widened(free, reach(places, deviations[:, ~out], weights), closer)
    settled = draws(_unlogit(free), closer, len(free), rng)
    means = reach(places, deviations, weights)
    first = np.argsort(apart(deviations), kind="stable")[:_N_NEAREST]
    expected = settled[[int(np.argmin(apart(means.at(_logit(settled)))))]]
    nearest = np.vstack([points[near][first], expected])
    return Posterior(settled, box, int((closer > 0).sum()), effective(closer), out, misfit, nearest)


def _accepted(points: Values, deviations: Values) -> tuple[Values, Flags]:
    """The weight of each run, 0 for those too far, and the targets left out because near runs cannot reach them."""
    out = np.zeros(deviations.shape[1], bool)
    weights = _weights(apart(deviations))
    for _ in range(_MOST_LOOKS):
        near = weights > 0
        far = reach(points[near], deviations[near], weights[near]).far(points[near])
        if far.all() or (far == out).all():
            break
        out, weights = far, _weights(apart(deviations[:, ~far]))
    return weights, out


def _weights(distances: Values) -> Values:
    limit = max(float(np.quantile(distances, ACCEPTED)), 1e-12)
    weights = np.maximum(0.0, 1.0 - (distances / limit) ** 2)
    return weights if np.count_nonzero(weights) >= 2 else np.ones(len(distances))


def _widened(free: Values, means: Reach, weights: Values) -> tuple[Values, float]:
    """Values with their spread times the misfit at their middle, as physicists do where measurements disagree.

    Few runs know the spread itself badly (to one part in the root of twice their number); it is taken one such error
    wider, as too narrow harms more than too wide.
    """
    middle = np.average(free, axis=0, weights=weights)
    misfit = max(1.0, means.misfit(middle))
    spread = np.sqrt(np.average((free - middle) ** 2, axis=0, weights=weights))
    wider = misfit * (1.0 + 1.0 / np.sqrt(2.0 * effective(weights)))
    factor = np.clip(_EVEN / np.maximum(spread, 1e-9), 1.0, wider)
    return np.asarray(middle + factor * (free - middle)), misfit


class NoRuns(Exception):
    """Nearly all runs failed, or showed nothing that can be measured."""


def _around(best: Values) -> Box:
    """A part of the prior around a point, whole at the sides where it is near the edge."""
    low = np.clip(best - _START_REACH, 0.0, 1.0 - 2 * _START_REACH)
    return Box(low, low + 2 * _START_REACH)


def _left(posterior: Posterior) -> Box:
    """What is left possible with a margin; of what the round told nothing the whole range."""
    low, high = np.quantile(posterior.points, [_TAIL, 1 - _TAIL], axis=0)
    margin = np.maximum(_MARGIN * (high - low), _LEAST_MARGIN)
    box = posterior.box
    untold = posterior.points.std(axis=0) > _UNTOLD * (box.high - box.low) / np.sqrt(12)  # that of even draws
    return Box(np.where(untold, 0.0, np.clip(low - margin, 0, 1)), np.where(untold, 1.0, np.clip(high + margin, 0, 1)))


def _logit(points: Values) -> Values:
    inner = np.clip(points, _NEAR_EDGE, 1 - _NEAR_EDGE)
    return np.asarray(np.log(inner / (1 - inner)))


def _unlogit(free: Values) -> Values:
    return np.asarray(1 / (1 + np.exp(-np.clip(free, -30, 30))))
