"""How much two variants of an experiment differ, and how sure that is.

Every variant meets the same worlds (run k of each has the same seed), so variants are compared world by world: the luck
that both had cancels. Functions here take arrays with one number per world, in the same order for every variant. A
world in which an outcome is unknown (NaN) for either side is left out of that pair and counted.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri, stdtr, stdtrit

Values = npt.NDArray[np.float64]

LEVEL = 0.95
N_RESAMPLES = 2000
FEWEST_FOR_BOOTSTRAP = 10  # below it a resample repeats so few worlds that its spread says little
MOST_RUNS_WORTH_NAMING = 100_000  # beyond it two variants are the same for every practical purpose
_LARGEST_LOG = math.log(1e12)  # of a variance reduction; beyond, what still varies is rounding
_NUMBERS_AT_ONCE = 4_000_000  # resampling weights held in memory at a time: 32 MB


@dataclass(frozen=True, slots=True)
class Interval:
    """A range that holds the true value with probability `level`; both ends are NaN where it cannot be known.

    An end is infinite where nothing bounds it.
    """

    low: float
    high: float
    level: float = LEVEL

    @property
    def half_width(self) -> float:
        """Half the distance between the two ends."""
        return (self.high - self.low) / 2

    @property
    def is_known(self) -> bool:
        """False where there were too few runs to say anything."""
        return not (math.isnan(self.low) or math.isnan(self.high))

    def excludes(self, value: float) -> bool:
        """Whether `value` is outside; False for an unknown interval."""
        return self.is_known and not self.low <= value <= self.high


UNKNOWN = Interval(math.nan, math.nan)


@dataclass(frozen=True, slots=True)
class Mean:
    """The average of one variant over `n` worlds, `n_unknown` more having no value."""

    n: int
    n_unknown: int
    mean: float
    sd: float
    interval: Interval

    @property
    def with_ends(self) -> tuple[float, float, float]:
        """The mean and the two ends of its interval."""
        return self.mean, self.interval.low, self.interval.high


@dataclass(frozen=True, slots=True)
class Difference(Mean):
    """Variant a minus variant b over the `n` worlds where both are known (`n_unknown` are not).

    `relative` is the difference as a share of b's mean (NaN unless that mean is positive).
    `variance_reduction` is how many times more runs independent seeds would have needed for the same interval.
    `p_value` is two-sided, for no difference at all.
    """

    bootstrap: Interval
    relative: float
    relative_interval: Interval
    variance_reduction: float
    variance_reduction_interval: Interval
    share_a_higher: float
    p_value: float

    @property
    def is_clear(self) -> bool:
        """Whether zero is outside the interval, and outside the bootstrap interval too where there is one."""
        return self.interval.excludes(0) and (self.bootstrap.excludes(0) or not self.bootstrap.is_known)


@dataclass(frozen=True, slots=True)
class Standing:
    """How one variant did among all. `share_of_worlds`: worlds it won (ties shared).

    `probability_best`: that its true mean is the highest. `expected_regret`: what choosing it gives away on average
    against the truly best variant, given what is still unknown (in the outcome's unit).
    """

    variant: str
    mean: Mean
    probability_best: float
    share_of_worlds: float
    expected_regret: float


def t_interval(mean: float, sd: float, n: int, level: float = LEVEL) -> Interval:
    """Student's interval for a mean; unknown below two values, a point where nothing varies.

    `t_interval(10, 2, 4)` is 10 -+ 3.18 * 2 / 2, so 6.82 to 13.18.
    """
    if n < 2 or math.isnan(sd):
        return Interval(math.nan, math.nan, level)
    reach = float(stdtrit(n - 1, (1 + level) / 2)) * sd / math.sqrt(n)
    return Interval(mean - reach, mean + reach, level)


def mean_of(values: Values, level: float = LEVEL) -> Mean:
    """Average of one variant with Student's interval."""
    known = values[~np.isnan(values)]
    mean, sd = _moments(known)
    return Mean(known.size, values.size - known.size, mean, sd, t_interval(mean, sd, known.size, level))


def difference(a: Values, b: Values, *, n_resamples: int = N_RESAMPLES, level: float = LEVEL) -> Difference:
    """Compare `a` with `b`, world by world; `n_resamples=0` leaves the bootstrap out (its fields are NaN).

    The bootstrap is bias-corrected and accelerated, its draws fixed, so the same numbers give the same answer.
    """
    a, b, n_unknown = _pairs(a, b)
    gap = a - b
    mean, sd = _moments(gap)
    relative, relative_interval = _relative(a, b, level)
    bootstrap, spread = _bootstrap(a, b, n_resamples, level)
    return Difference(
        n=gap.size,
        n_unknown=n_unknown,
        mean=mean,
        sd=sd,
        interval=t_interval(mean, sd, gap.size, level),
        bootstrap=bootstrap,
        relative=relative,
        relative_interval=relative_interval,
        variance_reduction=variance_reduction(a, b),
        variance_reduction_interval=spread,
        share_a_higher=float(np.mean((gap > 0) + 0.5 * (gap == 0))) if gap.size else math.nan,
        p_value=_p_value(mean, sd, gap.size),
    )


def variance_reduction(a: Values, b: Values) -> float:
    """(var a + var b) / var(a - b): runs saved by sharing worlds. 1 is no gain; at 4 a quarter of the runs is enough.

    Infinite where the difference never varies but the variants do; NaN below two worlds or where nothing varies.
    """
    if a.size < 2:
        return math.nan
    apart = float(np.var(a, ddof=1) + np.var(b, ddof=1))
    together = float(np.var(a - b, ddof=1))
    return _ratio(apart, together)


def standings(variants: Mapping[str, Values], *, n_resamples: int = N_RESAMPLES) -> list[Standing]:
    """Rank variants by mean, best first, over the worlds where every variant is known (higher is better).

    A world in which any variant is unknown counts as unknown for all: a variant that failed where the market was bad
    would look good for it. With one world the probability is that world's winner: 1, or shared between ties. Without a
    common world each variant has its own mean and no rank. Raises ValueError without variants.
    """
    if not variants:
        raise ValueError("there are no variants to rank")
    table = np.column_stack(list(variants.values()))
    is_known = np.asarray(~np.isnan(table).any(axis=1))
    known = table[is_known]
    if not known.shape[0]:
        return [
            Standing(variant, mean_of(column), math.nan, math.nan, math.nan) for variant, column in variants.items()
        ]
    centre = known.mean(axis=0)
    means = centre + resampled_means(known - centre, n_resamples)
    best, won = _shares_won(means), _shares_won(known)
    regret = (means.max(axis=1, keepdims=True) - means).mean(axis=0)
    common = np.where(is_known[:, None], table, np.nan)
    rows = [
        Standing(variant, mean_of(common[:, i]), float(best[i]), float(won[i]), float(regret[i]))
        for i, variant in enumerate(variants)
    ]
    return sorted(rows, key=lambda row: -row.mean.mean)


def holm(p_values: Sequence[float]) -> list[float]:
    """Holm's correction: p-values that stay honest when all these comparisons are looked at together.

    Unknown (NaN) stays unknown but counts as a comparison. `holm([0.01, 0.04, 0.03])` is [0.03, 0.06, 0.06].
    """
    known = np.asarray(p_values, dtype=np.float64)
    order = np.argsort(known)  # unknown ones last
    adjusted = np.empty(known.size)
    times_more = np.arange(known.size, 0, -1)
    adjusted[order] = np.maximum.accumulate(np.minimum(1.0, times_more * known[order]))
    return adjusted.tolist()


def runs_for_half_width(sd: float, half_width: float, level: float = LEVEL) -> int:
    """Paired runs after which the interval reaches `half_width` either side, at least 2.

    `runs_for_half_width(10, 2)` is 99: 1.98 * 10 / sqrt(99) = 1.99. Raises ValueError unless `half_width` is positive.
    """
    if not half_width > 0:
        raise ValueError(f"a half-width must be positive, not {half_width}")
    runs = max(2, math.ceil((float(ndtri((1 + level) / 2)) * sd / half_width) ** 2))
    while float(stdtrit(runs - 1, (1 + level) / 2)) * sd / math.sqrt(runs) > half_width:
        runs += 1  # Student's factor is a little above the normal one: a step or two
    return runs


def runs_to_tell_apart(mean: float, sd: float, *, power: float = 0.8, level: float = LEVEL) -> int | None:
    """Paired runs after which a difference of `mean` would be found with probability `power`; None if hopelessly many.

    `runs_to_tell_apart(1, 5)` is 197: (1.96 + 0.84)^2 * 25, rounded up.
    """
    if mean == 0 or math.isnan(mean) or math.isnan(sd):
        return None
    factor = float(ndtri((1 + level) / 2) + ndtri(power))
    needed = (factor * sd / mean) ** 2
    return None if needed > MOST_RUNS_WORTH_NAMING else max(2, math.ceil(needed))


def resampled_means(columns: Values, n_resamples: int = N_RESAMPLES, seed: int = 0) -> Values:
    """Means of `columns` (worlds x k) over worlds drawn with replacement: n_resamples x k.

    All columns of a resample are averaged over the same drawn worlds.
    """
    n_worlds = columns.shape[0]
    rng = np.random.default_rng(seed)
    means = np.empty((n_resamples, columns.shape[1]))
    step = max(1, _NUMBERS_AT_ONCE // n_worlds)
    for start in range(0, n_resamples, step):
        rows = min(step, n_resamples - start)
        drawn = rng.integers(0, n_worlds, size=(rows, n_worlds)) + np.arange(rows)[:, None] * n_worlds
        times_drawn = np.bincount(drawn.ravel(), minlength=rows * n_worlds).reshape(rows, n_worlds)
        means[start : start + rows] = times_drawn @ columns / n_worlds
    return means


def _pairs(a: Values, b: Values) -> tuple[Values, Values, int]:
    """Both variants in the worlds where both are known, and the number of other worlds."""
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if a.shape != b.shape or a.ndim != 1:
        raise ValueError(f"paired variants need one value per common world, not {a.shape} and {b.shape}")
    known = ~(np.isnan(a) | np.isnan(b))
    return a[known], b[known], int(np.sum(~known))


def _moments(values: Values) -> tuple[float, float]:
    mean = float(np.mean(values)) if values.size else math.nan
    return mean, float(np.std(values, ddof=1)) if values.size > 1 else math.nan


def _p_value(mean: float, sd: float, n: int) -> float:
    if n < 2:
        return math.nan
    if sd == 0:
        return 1.0 if mean == 0 else 0.0
    return float(2 * stdtr(n - 1, -abs(mean) / (sd / math.sqrt(n))))


def _relative(a: Values, b: Values, level: float) -> tuple[float, Interval]:
    """mean(a) / mean(b) - 1, with the interval of a ratio of paired means (linearised: a - ratio * b has mean 0)."""
    base = float(np.mean(b)) if b.size else math.nan
    if not base > 0:
        return math.nan, Interval(math.nan, math.nan, level)
    ratio = float(np.mean(a)) / base
    _, sd = _moments(a - ratio * b)
    return ratio - 1, t_interval(ratio - 1, sd / base, a.size, level)


def _ratio(apart: float, together: float) -> float:
    if together > 0:
        return apart / together
    return math.inf if apart > 0 else math.nan


def _bootstrap(a: Values, b: Values, n_resamples: int, level: float) -> tuple[Interval, Interval]:
    """Intervals of the mean difference and of the variance reduction; unknown with few worlds."""
    unknown = Interval(math.nan, math.nan, level)
    gap = a - b
    if n_resamples < 1 or a.size < FEWEST_FOR_BOOTSTRAP:
        return unknown, unknown
    if np.ptp(gap) == 0:
        return Interval(float(gap[0]), float(gap[0]), level), unknown
    columns = np.column_stack([a - a.mean(), b - b.mean(), gap - gap.mean()])
    columns = np.hstack([columns, columns**2])  # means, then mean squares: enough for every variance
    means = resampled_means(columns, n_resamples)
    n = a.size
    left_out = (n * columns.mean(axis=0) - columns) / (n - 1)
    of_mean = _bca(0.0, means[:, 2], left_out[:, 2], level)
    reduction = _log_reduction(columns.mean(axis=0)[None, :])[0]
    of_log = _bca(reduction, _log_reduction(means), _log_reduction(left_out), level)
    mean = float(gap.mean())
    return (
        Interval(mean + of_mean.low, mean + of_mean.high, level),
        Interval(_exp(of_log.low), _exp(of_log.high), level),
    )


def _exp(log_reduction: float) -> float:
    """The variance reduction; infinite where resampled differences did not vary at all."""
    return math.inf if log_reduction > _LARGEST_LOG else math.exp(log_reduction)


def _log_reduction(means: Values) -> Values:
    """Log of the variance reduction from rows of (mean a, b, gap, mean square a, b, gap)."""
    variance = np.maximum(means[:, 3:] - means[:, :3] ** 2, np.finfo(np.float64).tiny)
    return np.asarray(np.log(variance[:, 0] + variance[:, 1]) - np.log(variance[:, 2]))


def _bca(estimate: float, resampled: Values, left_out: Values, level: float) -> Interval:
    """Bias-corrected and accelerated bootstrap interval (Efron 1987); `left_out`: the estimate without each world."""
    below = (np.sum(resampled < estimate) + 0.5 * np.sum(resampled == estimate)) / resampled.size
    bias = float(ndtri(min(max(below, 1 / resampled.size), 1 - 1 / resampled.size)))
    pull = left_out.mean() - left_out
    size = float(np.sum(pull**2)) ** 1.5
    acceleration = float(np.sum(pull**3)) / (6 * size) if size > 0 else 0.0
    ends = []
    for tail in ((1 - level) / 2, (1 + level) / 2):
        shifted = bias + float(ndtri(tail))
        ends.append(float(ndtr(bias + shifted / max(1e-9, 1 - acceleration * shifted))))
    low, high = np.quantile(resampled, ends)
    return Interval(float(low), float(high), level)


def _shares_won(table: Values) -> Values:
    """Share of rows in which each column is the highest, ties shared."""
    highest = table == table.max(axis=1, keepdims=True)
    return np.asarray((highest / highest.sum(axis=1, keepdims=True)).mean(axis=0))
