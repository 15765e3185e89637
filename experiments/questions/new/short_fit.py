"""A short fit: a few levers moved until the figures that were said are shown, as far as they can hold together.

Each round moves every lever a little to see what it does, solves for the move that would meet all figures, and takes
the best of a few parts of it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from experiments.statistics.paired import Values

TOLERANCE = 0.03  # of a figure, in logs: what counts as met when levers are moved
N_GUESSES = 3
"""Points at which each lever is moved by what its own figure misses, before all are moved together."""
ROUNDS = 6
PARTS = (1.0, 0.5, 0.2)
"""Of the move that would do it if levers did in the large what they do in the small."""
_STEP = 0.6  # of a lever's usual move, to see what it does
_FARTHEST = 2.0  # usual moves of a lever in a round
_UNKNOWN = 60.0  # tolerances by which a figure is missed that cannot be seen at all
_NEAR_ENOUGH = 1.0  # tolerances, root mean square
_SMALL_GAIN = 0.05  # share of the misfit below which a further round is not worth it

Live = Callable[[Sequence[Values]], Values]
"""Points (levers,) to the mean figures they show, (points, figures); NaN where there is nothing to see."""


@dataclass(frozen=True)
class ShortFit:
    """The nearest point that was lived (levers,), in units of usual moves, and what it shows (figures,).

    `slopes` (figures, levers) say by how many tolerances a usual move of a lever changes a figure there.
    """

    sizes: Values
    shown: Values
    slopes: Values


def fitted(start: Values, said: Values, reach: tuple[Values, Values], live: Live) -> ShortFit:
    """Least squares of logs of figures, in tolerances, and of levers, in usual moves: both are doubted."""
    from scipy.optimize import lsq_linear

    here = np.clip(start, *reach)
    shown, farthest, slopes = live([here])[0], _FARTHEST, None
    for _ in range(ROUNDS):
        miss = misses(shown, said)
        cost = misfit(miss, here)
        if np.sqrt(np.mean(miss**2)) < _NEAR_ENOUGH:
            break
        if slopes is None:
            slopes = _slopes(here, miss, said, reach, live)
        rows = np.vstack([slopes, np.eye(len(here))])
        low, high = np.maximum(reach[0] - here, -farthest), np.minimum(reach[1] - here, farthest)
        move = lsq_linear(rows, -np.concatenate([miss, here]), (low - 1e-9, high + 1e-9)).x
        tried = [here + part * move for part in PARTS]
        seen = live(tried)
        costs = [misfit(misses(row, said), point) for row, point in zip(seen, tried, strict=True)]
        best = int(np.argmin(costs))
        farthest = min(_FARTHEST, 2 * PARTS[best] * farthest) if costs[best] < cost else PARTS[-1] * farthest
        if costs[best] < cost:
            here, shown, slopes = tried[best], seen[best], None
        if (1 - _SMALL_GAIN) * cost < costs[best] < cost:
            break
    if slopes is None:
        slopes = _slopes(here, misses(shown, said), said, reach, live)
    return ShortFit(here, shown, slopes)


def misses(shown: Values, said: Values) -> Values:
    """By how many tolerances each figure is missed, in logs; a fixed many where it cannot be seen."""
    with np.errstate(divide="ignore", invalid="ignore"):
        miss = (np.log(shown) - np.log(said)) / TOLERANCE
    return np.where(np.isfinite(miss), miss, -_UNKNOWN)


def misfit(miss: Values, moved: Values) -> float:
    """What the fit makes small: figures missed, in tolerances, and levers moved, in usual moves."""
    return float(miss @ miss + moved @ moved)


def _slopes(here: Values, miss: Values, said: Values, reach: tuple[Values, Values], live: Live) -> Values:
    """What each lever does to each miss (figures, levers), by moving it a little, inwards."""
    steps = np.where(here + _STEP <= reach[1], _STEP, -_STEP)
    seen = live([here + step * one for step, one in zip(steps, np.eye(len(here)), strict=True)])
    return np.column_stack([(misses(row, said) - miss) / step for row, step in zip(seen, steps, strict=True)])
