"""What may be said of few or many replications, and what part of their spread is luck.

A replication lives one draw of the assumptions in one world. One more like those seen lies between the ends of their
middle 80 % with that probability, luck and assumptions together: that is what a company may expect of itself.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from experiments.statistics.paired import FEWEST_FOR_BOOTSTRAP, Interval, Values

FEWEST = FEWEST_FOR_BOOTSTRAP
"""Below so many replications there is no probability, nobody is ahead, and no number of runs is asked for."""
MIDDLE = 0.8


def says_something(n_replications: int) -> bool:
    """Whether there are enough replications for a probability, a rank or an interval of what may come."""
    return n_replications >= FEWEST


@dataclass(frozen=True, slots=True)
class Spread:
    """Where one more replication would lie: `middle` holds it with probability `middle.level`.

    `share_above` is how many are above zero, ties halved. All but `n` and `mean` are unknown (NaN) for too few.
    """

    n: int
    mean: float
    median: float
    middle: Interval
    share_above: float


def spread(values: Values, level: float = MIDDLE) -> Spread:
    """The spread of known values, by order statistics: of n values the k-th stands for the share k / (n + 1)."""
    known = values[~np.isnan(values)]
    mean = float(known.mean()) if known.size else math.nan
    if not says_something(known.size):
        return Spread(known.size, mean, math.nan, Interval(math.nan, math.nan, level), math.nan)
    low, median, high = np.quantile(known, [(1 - level) / 2, 0.5, (1 + level) / 2], method="weibull")
    above = float(np.mean((known > 0) + 0.5 * (known == 0)))
    return Spread(known.size, mean, float(median), Interval(float(low), float(high), level), above)


def share_of_luck(values: Mapping[int, float], twins: Mapping[int, float]) -> float:
    """What part of the variance of replications is luck; by draw, `twins` are the same draws in other worlds.

    Half the mean square of what twins differ by is luck's variance. It is rough: with 20 twins a share of 0.3 comes out
    between 0.2 and 0.4 four times in five. NaN with too few twins or where nothing varies.
    """
    apart = np.array([values[draw] - twins[draw] for draw in twins if draw in values], dtype=np.float64)
    apart = apart[~np.isnan(apart)]
    known = np.array([value for value in values.values() if not np.isnan(value)])
    if not says_something(apart.size) or known.size < 2 or np.var(known) == 0:
        return math.nan
    return min(1.0, float(np.mean(apart**2)) / 2 / float(np.var(known, ddof=1)))


def shares_best(table: Values) -> Values:
    """Share of replications in which each variant (a column) is the best, ties shared; NaN for too few.

    Replications in which a variant is unknown are left out.
    """
    known = table[~np.isnan(table).any(axis=1)]
    if not says_something(len(known)):
        return np.full(table.shape[1], np.nan)
    highest = known == known.max(axis=1, keepdims=True)
    return np.asarray((highest / highest.sum(axis=1, keepdims=True)).mean(axis=0))
