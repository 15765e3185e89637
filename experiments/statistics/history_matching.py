"""Which part of a space of parameters can be ruled out, as no point of it is expected to show what is known.

History matching (Craig et al. 1997; Andrianakis et al. 2015): runs at some points teach a quick stand-in for the model,
which says of any other point how likely all figures lie inside their tolerances there. The part that holds next to
nothing of what would be accepted is ruled out; the next points come from what is left, and teach the next stand-in.

Points are shares 0..1 of each parameter's range. Known answer: of one figure that is the first share itself, to lie
above 0.9, about the upper tenth of the space is left.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import log_ndtr

from experiments.statistics.paired import Values

Flags = npt.NDArray[np.bool_]
KEPT = 0.95
"""Share of all expected acceptances that a part of the space must hold to be what is left."""
FEWEST_POINTS = 50
_RIDGES = (0.3, 1.0, 3.0, 10.0, 30.0)  # tried; the one that predicts points left out best is taken
_POOL = 20_000
_MOST_DRAWS = 20_000_000
_SMALL = 1e-300


@dataclass(frozen=True)
class Band:
    """Where a figure may lie."""

    low: float
    high: float

    def holds(self, values: Values) -> Flags:
        """Which values lie inside; an unknown one does not."""
        return np.asarray((values >= self.low) & (values <= self.high))


@dataclass(frozen=True)
class StandIn:
    """A figure as a linear function of shares: its mean, its slopes, and how far off it is (standard deviation)."""

    mean: float
    slopes: Values
    error: float
    explained: float

    def log_chance(self, points: Values, band: Band) -> Values:
        """Log of the probability that the figure lies inside its band, one a point."""
        guess = self.mean + (points - 0.5) @ self.slopes
        low, high = (band.low - guess) / self.error, (band.high - guess) / self.error
        mirrored = low > 0  # far above zero differences of the distribution round to nothing
        low, high = np.where(mirrored, -high, low), np.where(mirrored, -low, high)
        return np.asarray(log_ndtr(high) + np.log(np.maximum(1 - np.exp(log_ndtr(low) - log_ndtr(high)), _SMALL)))


@dataclass(frozen=True)
class Cut:
    """Points whose chance to show every figure is below `level` (a log) are ruled out."""

    stand_ins: tuple[StandIn, ...]
    bands: tuple[Band, ...]
    level: float

    def log_chance(self, points: Values) -> Values:
        """Log of the chance that all figures lie inside, taken as independent of each other given the point."""
        pairs = zip(self.stand_ins, self.bands, strict=True)
        return np.asarray(sum(one.log_chance(points, band) for one, band in pairs))

    def leaves(self, points: Values) -> Flags:
        """Which points are not ruled out."""
        return np.asarray(self.log_chance(points) >= self.level)


def stand_in(points: Values, values: Values) -> StandIn:
    """Learn a figure from runs (a value a point, NaN left out) by ridge regression; its error is of points left out.

    Raises ValueError with fewer than FEWEST_POINTS known values.
    """
    known = np.isfinite(values)
    if known.sum() < FEWEST_POINTS:
        raise ValueError(f"a stand-in needs {FEWEST_POINTS} runs that know the figure, there are {known.sum()}")
    x, y = points[known] - 0.5, values[known]
    middle = x.mean(axis=0)
    left, size, right = np.linalg.svd(x - middle, full_matrices=False)
    fits = (_ridge((left, size, right), y, ridge * len(y) / 12 / 10) for ridge in _RIDGES)
    slopes, error = min(fits, key=lambda one: one[1])
    spread = float(y.std())
    explained = 1 - (error / spread) ** 2 if spread > 0 else 0.0
    return StandIn(float(y.mean() - middle @ slopes), slopes, max(error, 1e-9), max(0.0, explained))


def _ridge(svd: tuple[Values, Values, Values], y: Values, ridge: float) -> tuple[Values, float]:
    """Slopes, and the root mean square of what they miss of points left out."""
    left, size, right = svd
    shrunk = size**2 / (size**2 + ridge)
    scores = left.T @ (y - y.mean())
    slopes = right.T @ (shrunk / np.maximum(size, _SMALL) * scores)
    leverage = np.minimum(left**2 @ shrunk + 1 / len(y), 1 - 1e-9)
    missed = (y - y.mean() - left @ (shrunk * scores)) / (1 - leverage)
    return np.asarray(slopes), float(np.sqrt(np.mean(missed**2)))


def cut_from(points: Values, figures: Values, bands: Sequence[Band], left: Values) -> Cut:
    """What runs (points x figures) rule out of what is `left` so far, of which these are even draws."""
    stand_ins = tuple(stand_in(points, figures[:, place]) for place in range(len(bands)))
    everything = Cut(stand_ins, tuple(bands), -np.inf)
    chances = np.sort(everything.log_chance(left))[::-1]
    held = np.cumsum(np.exp(chances - chances[0]))
    last = int(np.searchsorted(held, KEPT * held[-1]))
    return Cut(stand_ins, tuple(bands), float(chances[min(last, len(chances) - 1)]))


@dataclass(frozen=True)
class Drawn:
    """Even draws from what is left, and what share of the whole space that is."""

    points: Values
    share_left: float


def draws_left(n: int, n_parameters: int, cuts: Sequence[Cut], rng: np.random.Generator) -> Drawn:
    """Draw n points from what all cuts leave; fewer if it is too small a part to be found."""
    found: list[Values] = []
    n_tried = n_found = 0
    while n_found < n and n_tried < _MOST_DRAWS:
        pool = rng.random((_POOL, n_parameters))
        for cut in cuts:
            pool = pool[cut.leaves(pool)]
        n_tried += _POOL
        n_found += len(pool)
        found.append(pool)
    points = np.concatenate(found)
    return Drawn(points[:n], len(points) / n_tried)


def told(points: Values) -> Iterator[tuple[int, float, float]]:
    """By parameter (its place): how far accepted shares are from even (Kolmogorov-Smirnov), and the p-value of that."""
    from scipy.stats import kstest

    for place in range(points.shape[1]):
        test = kstest(points[:, place], "uniform")
        yield place, float(test.statistic), float(test.pvalue)


def inside(figures: Values, bands: Sequence[Band]) -> Flags:
    """Which rows of figures (runs x figures) lie inside every band."""
    return np.asarray(np.all([band.holds(figures[:, place]) for place, band in enumerate(bands)], axis=0))
