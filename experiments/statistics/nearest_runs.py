"""Which simulated runs are like what was seen: approximate Bayesian computation with learned summaries.

A regression learns from all runs how what is behind them (columns 0..1) shows in what was seen of them; its guesses are
the summaries by which runs are near to each other (Fearnhead and Prangle 2012). Of the nearest, each column is moved
along its own summary to where the summary of what was seen lies (Beaumont et al. 2002).

Known answer: of a column that is seen with noise of its own size, the intervals hold it as often as they say.
"""

from dataclasses import dataclass

import numpy as np

from experiments.statistics.paired import Values

ACCEPTED, FEWEST_ACCEPTED = 0.05, 100
"""Share of the runs that count as near, and so many at least."""
_RIDGES = (10.0, 30.0, 100.0, 300.0, 1000.0)  # tried; the one that predicts runs left out best is taken
_SMALL = 1e-9
_FARTHEST = 3.0  # standard deviations: what no run shows must not outweigh everything that they do
_TOO_FLAT = 0.02  # of the error: a summary that hardly differs among near runs moves nothing


@dataclass(frozen=True)
class Summaries:
    """How what is seen (p numbers) is read as what is behind it (k columns).

    `explained` is the share of each column's variance that is read out of runs left out; `errors` what is not, as a
    standard deviation, in units of the column's own.
    """

    centre: Values
    spread: Values
    middle: Values
    slopes: Values
    errors: Values
    explained: Values

    def of(self, seen: Values) -> Values:
        """Summaries (n, k) of what was seen (n, p): guesses in units of their errors, so each weighs as it tells."""
        return np.asarray((_features(seen, self) - self.middle) @ self.slopes / self.errors)


def learned(seen: Values, behind: Values) -> Summaries:
    """Learn from runs: seen (n, p), behind (n, k). Squares count too, as answers end at 1 and 5."""
    centre, spread = seen.mean(axis=0), seen.std(axis=0) + _SMALL
    k = behind.shape[1]
    raw = Summaries(centre, spread, np.zeros(1), np.zeros(1), np.ones(k), np.zeros(k))
    features = _features(seen, raw)
    middle = features.mean(axis=0)
    own = behind.std(axis=0)
    wanted = (behind - behind.mean(axis=0)) / np.where(own > 0, own, 1.0)
    svd = np.linalg.svd(features - middle, full_matrices=False)
    slopes, missed = min((_ridge(svd, wanted, ridge) for ridge in _RIDGES), key=lambda one: float(np.sum(one[1] ** 2)))
    variance = np.mean(missed**2, axis=0)
    explained = np.where(own > 0, 1.0 - variance, 0.0)
    return Summaries(centre, spread, middle, slopes, np.sqrt(np.maximum(variance, 1e-4)), explained)


def _features(seen: Values, told: Summaries) -> Values:
    plain = np.clip((seen - told.centre) / told.spread, -_FARTHEST, _FARTHEST)
    return np.concatenate([plain, plain**2 - 1.0], axis=1)


def _ridge(svd: tuple[Values, Values, Values], wanted: Values, ridge: float) -> tuple[Values, Values]:
    """Slopes, and what they miss of each row when it is predicted from the others."""
    left, size, right = svd
    shrunk = size**2 / (size**2 + ridge)
    guessed = left.T @ wanted
    slopes = right.T @ ((shrunk / (size + _SMALL))[:, None] * guessed)
    leverage = np.minimum(left**2 @ shrunk + 1 / len(wanted), 1 - 1e-6)
    return slopes, (wanted - left @ (shrunk[:, None] * guessed)) / (1 - leverage)[:, None]


@dataclass(frozen=True)
class Near:
    """The runs near to what was seen: their places, weights that add up to 1, and their columns moved to it.

    `farthest` is the distance of the last that counts.
    """

    places: np.ndarray
    weights: Values
    moved: Values
    farthest: float


def near(summaries: Values, of_seen: Values, behind: Values) -> Near:
    """The nearest of the runs (summaries (n, k), behind (n, k)) to what was seen (k,), with their columns moved."""
    distances = np.sum((summaries - of_seen) ** 2, axis=1)
    n = min(len(distances), max(FEWEST_ACCEPTED, round(ACCEPTED * len(distances))))
    places = np.sort(np.argpartition(distances, n - 1)[:n])
    reach = max(float(distances[places].max()), _SMALL)
    weights = np.maximum(1.0 - distances[places] / reach, 1e-6)
    weights /= weights.sum()
    return Near(places, weights, _moved(behind[places], summaries[places] - of_seen, weights), reach)


def _moved(columns: Values, apart: Values, weights: Values) -> Values:
    """Columns (m, k) as they would be had each column's summary been that of what was seen; `apart` (m, k)."""
    centred = apart - weights @ apart
    slope = (weights @ (centred * (columns - weights @ columns))) / (weights @ centred**2 + _TOO_FLAT)
    return np.asarray(columns - apart * slope)


def quantiles(values: Values, weights: Values, shares: tuple[float, ...]) -> list[float]:
    """Weighted quantiles: the value up to which so large a share of the weight lies, of low ones the one below it.

    So few values do not look surer than they are: of 90 equal weights the middle 90 % go from the 4th to the 86th.
    """
    order = np.argsort(values, kind="stable")
    sums = np.cumsum(weights[order]) / weights.sum()
    places = [int(np.searchsorted(sums, share - 1e-9)) - (share < 0.5) for share in shares]
    return [float(values[order][min(max(place, 0), len(order) - 1)]) for place in places]


def drawn_from(weights: Values, n: int, rng: np.random.Generator) -> np.ndarray:
    """`n` places by their weights (systematic resampling), in random order."""
    edges = np.cumsum(weights) / weights.sum()
    chosen = np.searchsorted(edges, (rng.random() + np.arange(n)) / n)
    return rng.permutation(np.minimum(chosen, len(weights) - 1))
