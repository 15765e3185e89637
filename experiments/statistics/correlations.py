"""How strongly two numbers go together over cases, and what each of several adds: correlations and simple paths."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from experiments.statistics.paired import LEVEL, UNKNOWN, Interval, Values

_Z = 1.959964
FEWEST = 6  # cases below which Fisher's interval says nothing


@dataclass(frozen=True, slots=True)
class Correlation:
    """Pearson's r over `n` cases in which both are known, with Fisher's 95 % interval."""

    r: float
    interval: Interval
    n: int


@dataclass(frozen=True, slots=True)
class Path:
    """What one standard deviation more of something adds, in standard deviations, all others held: OLS, Student's t."""

    beta: float
    interval: Interval
    n: int


def correlation(x: Values, y: Values) -> Correlation:
    """Pearson's r. Worked number: r of 0.3 over 103 cases lies between 0.113 and 0.467."""
    x, y = _known(x, y)
    if len(x) < FEWEST or np.ptp(x) == 0 or np.ptp(y) == 0:
        return Correlation(math.nan, UNKNOWN, len(x))
    r = float(np.corrcoef(x, y)[0, 1])
    z, reach = _fisher(r), _Z / math.sqrt(len(x) - 3)
    return Correlation(r, Interval(math.tanh(z - reach), math.tanh(z + reach)), len(x))


def rank_correlation(x: Values, y: Values) -> Correlation:
    """Spearman's, which a few extreme cases hardly move; the interval of Fisher is a good approximation."""
    from scipy.stats import rankdata

    x, y = _known(x, y)
    return correlation(rankdata(x).astype(np.float64), rankdata(y).astype(np.float64))


def correlations_apart(one: Correlation, other: Correlation) -> tuple[float, Interval]:
    """By how much a correlation is stronger than another of other cases, as Fisher's z; with its interval.

    Worked number: 0.5 against 0.2 are 0.549 and 0.203 as z, so 0.347; of 103 cases each, from 0.07 to 0.62.
    """
    if not (one.interval.is_known and other.interval.is_known):
        return math.nan, UNKNOWN
    apart = _fisher(one.r) - _fisher(other.r)
    reach = _Z * math.sqrt(1 / (one.n - 3) + 1 / (other.n - 3))
    return apart, Interval(apart - reach, apart + reach)


def paths(y: Values, causes: Mapping[str, Values]) -> dict[str, Path]:
    """Standardised coefficients of a regression of `y` on all causes, over the cases in which all are known.

    Raises ValueError for fewer cases than would tell.
    """
    known = _known(y, *causes.values())
    n, k = len(known[0]), len(causes)
    if n < k + FEWEST:
        raise ValueError(f"{n} cases are too few for {k} causes")
    target, *columns = (_standardised(values) for values in known)
    design = np.column_stack(columns)
    beta, *_ = np.linalg.lstsq(design, target, rcond=None)
    left = target - design @ beta
    free = n - k - 1
    variance = float(left @ left) / free * np.diag(np.linalg.pinv(design.T @ design))
    reach = float(stdtrit(free, (1 + LEVEL) / 2)) * np.sqrt(variance)
    return {
        name: Path(float(b), Interval(float(b - w), float(b + w)), n)
        for name, b, w in zip(causes, beta, reach, strict=True)
    }


def standardised(values: Values) -> Values:
    """In standard deviations from the mean of what is known."""
    return np.asarray((values - np.nanmean(values)) / np.nanstd(values))


def _standardised(values: Values) -> Values:
    spread = float(np.std(values))
    return np.asarray((values - values.mean()) / spread if spread > 0 else values - values.mean())


def _fisher(r: float) -> float:
    return math.atanh(min(max(r, -1 + 1e-12), 1 - 1e-12))


def _known(*columns: Values) -> tuple[Values, ...]:
    """The cases in which all are known."""
    table = np.column_stack([np.asarray(one, dtype=np.float64) for one in columns])
    return tuple(table[~np.isnan(table).any(axis=1)].T)
