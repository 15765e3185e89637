"""Moves parameters of runs to where the data are: a regression on how runs deviate, never beyond what they span."""

import numpy as np
import numpy.typing as npt
from scipy.stats import f as f_distribution

from experiments.statistics.paired import Values

SPAN = 2.5
"""Spreads of the runs within which the data must lie for a target to be used: farther off a regression would guess."""
_CHANCE = 0.01  # that a target which has nothing to do with any parameter is used
_FEWEST = 10  # runs more than parameters, to tell which targets have to do with them
_RIDGES = np.array([1e-3, 1e-2, 0.03, 0.1, 0.3, 1.0, 10.0])  # tried, relative to the number of runs
_MOST_LEVERAGE, _SMALL = 1 - 1e-9, 1e-12
CLOSER = 0.7  # share of rows that count in the end
_FEWEST_CLOSER = 30  # of them

Flags = npt.NDArray[np.bool_]


def moved(values: Values, deviations: Values, weights: Values) -> tuple[Values, Values]:
    """Values (n, k) as they would be had the deviations (n, p) been zero, and new weights for them.

    A regression on all targets sums them up in one number a value (semi-automatic, Fearnhead and Prangle 2012). Rows
    whose sums are near to those of the data count, the nearer the more, and a regression among these moves their
    values. What it does not explain of a row is taken from a regression without that row: few rows and many deviations
    leave values wide, never falsely narrow.
    """
    told = _told(values, deviations, weights)
    if told is None:
        return values, weights
    rows, data = told
    if CLOSER * effective(weights) < _FEWEST_CLOSER:
        return np.asarray(values - rows + data), weights
    spread = np.sqrt(np.average((rows - data) ** 2, axis=0, weights=weights)) + _SMALL
    told_share = _spread(rows, weights) / _spread(values, weights)
    far = np.sqrt(np.mean(((rows - data) / spread * told_share) ** 2, axis=1))
    closer = weights * np.maximum(0.0, 1.0 - (far / np.quantile(far, CLOSER)) ** 2)
    rows, data = _told(values, deviations, closer) or told
    return np.asarray(values - rows + data), closer


def _told(values: Values, deviations: Values, weights: Values) -> tuple[Values, Values] | None:
    """What a ridge regression on the targets tells of each row's values, from the other rows, and of those of the data.

    Only targets that have to do with the values count, of these only such among whose runs zero lies, and what is told
    of the data is cut to what is told of runs. The ridge is the one that tells most of rows left out. None if no target
    counts.
    """
    used = _telling(values, deviations, weights) & _spanned(deviations, weights)
    if not used.any():
        return None
    deviations, scale = deviations[:, used], np.sqrt(weights)[:, None]
    centre, middle = np.average(deviations, axis=0, weights=weights), np.average(values, axis=0, weights=weights)
    spread = _spread(deviations, weights)
    x, y = scale * (deviations - centre) / spread, scale * (values - middle)
    svd = np.linalg.svd(x, full_matrices=False)
    own = weights / weights.sum()  # a row's part in the means
    fits = (_ridge(svd, y, own, ridge) for ridge in _RIDGES * weights.sum())
    slopes, rest = min(fits, key=lambda one: float(np.sum(one[1] ** 2 / (np.sum(y**2, axis=0) + _SMALL))))
    among_runs = (deviations - centre) / spread @ slopes
    data = np.clip(-(centre / spread) @ slopes, among_runs.min(axis=0), among_runs.max(axis=0))
    return np.asarray(values - rest / np.maximum(scale, _SMALL)), np.asarray(middle + data)


def _ridge(svd: tuple[Values, Values, Values], y: Values, own: Values, ridge: float) -> tuple[Values, Values]:
    """Slopes, and what is left of each row when it is predicted from the others; `svd` is that of the regressors."""
    left, size, right = svd
    shrunk = size**2 / (size**2 + ridge)
    slopes = right.T @ ((shrunk / (size + _SMALL))[:, None] * (left.T @ y))
    leverage = np.minimum(left**2 @ shrunk + own, _MOST_LEVERAGE)
    return slopes, (y - left @ (shrunk[:, None] * (left.T @ y))) / (1 - leverage)[:, None]


def _telling(values: Values, deviations: Values, weights: Values) -> Flags:
    """Which targets move with any of the values, by an F test each; all of them where runs are too few to say."""
    n_values = values.shape[1]
    n_left = effective(weights) - n_values - 1
    if n_left < _FEWEST:
        return np.ones(deviations.shape[1], bool)
    scale = np.sqrt(weights)[:, None]
    x = scale * (values - np.average(values, axis=0, weights=weights))
    y = scale * (deviations - np.average(deviations, axis=0, weights=weights))
    explained = ((np.linalg.qr(x)[0].T @ y) ** 2).sum(axis=0)
    rest = np.maximum((y**2).sum(axis=0) - explained, 0.0)
    return np.asarray(f_distribution.sf(explained / n_values / (rest / n_left + _SMALL), n_values, n_left) < _CHANCE)


def _spanned(deviations: Values, weights: Values) -> Flags:
    """Which targets have the data (zero) among their runs."""
    centre = np.average(deviations, axis=0, weights=weights)
    return np.asarray(np.abs(centre) <= SPAN * _spread(deviations, weights))


def _spread(deviations: Values, weights: Values) -> Values:
    centre = np.average(deviations, axis=0, weights=weights)
    return np.asarray(np.sqrt(np.average((deviations - centre) ** 2, axis=0, weights=weights)) + _SMALL)


def effective(weights: Values) -> float:
    """How many equally near runs weighted ones are worth."""
    return float(weights.sum() ** 2 / (weights**2).sum())
