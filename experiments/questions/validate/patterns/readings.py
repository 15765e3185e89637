"""The numbers patterns are asked for: means, differences and ratios of conditions in common worlds."""

import math
from dataclasses import dataclass

import numpy as np
from scipy.stats import binomtest

from experiments.questions.validate.patterns.condition import Condition
from experiments.questions.validate.patterns.evidence import Evidence, NotMeasurable, bootstrapped, mean_estimate
from experiments.questions.validate.patterns.reading import Reading
from experiments.questions.validate.patterns.targets import Between, Estimate
from experiments.statistics.paired import Interval, Values, difference, resampled_means


@dataclass(frozen=True)
class Mean(Reading):
    """A measure of one condition."""

    condition: Condition
    measure: str

    def __call__(self, evidence: Evidence) -> Estimate:
        """Mean over worlds."""
        return mean_estimate(evidence.values(self.condition, self.measure))


@dataclass(frozen=True)
class ShareWithin(Mean):
    """Share of the worlds in which a measure of one condition lies in a range, its ends included."""

    within: Between

    def __call__(self, evidence: Evidence) -> Estimate:
        """The share with Wilson's interval."""
        values = evidence.values(self.condition, self.measure)
        known = values[~np.isnan(values)]
        share = binomtest(sum(map(self.within.is_met_at, known)), len(known))
        spread = share.proportion_ci(method="wilson")
        return Estimate(float(share.statistic), Interval(float(spread.low), float(spread.high)), len(known))


@dataclass(frozen=True)
class MeanOver(Reading):
    """A measure averaged over several conditions, each counting the same."""

    over: tuple[Condition, ...]
    measure: str

    def __call__(self, evidence: Evidence) -> Estimate:
        """Mean over worlds of the mean over conditions."""
        columns = evidence.together(*((condition, self.measure) for condition in self.over))
        return mean_estimate(np.mean(np.column_stack(columns), axis=1))


@dataclass(frozen=True)
class _Pair(Reading):
    """One measure of two conditions."""

    a: Condition
    b: Condition
    measure: str

    def _both(self, evidence: Evidence) -> list[Values]:
        return evidence.together((self.a, self.measure), (self.b, self.measure))


@dataclass(frozen=True)
class Gap(_Pair):
    """Condition a less condition b, in the measure's own unit."""

    def __call__(self, evidence: Evidence) -> Estimate:
        """Mean paired difference."""
        a, b = self._both(evidence)
        return mean_estimate(a - b)


@dataclass(frozen=True)
class GapOf(_Pair):
    """Condition a less condition b, as a share of another measure of b, which is never near zero."""

    of: str

    def __call__(self, evidence: Evidence) -> Estimate:
        """Mean paired difference by the mean of the other measure."""
        a, b = self._both(evidence)
        return mean_estimate((a - b) / float(np.nanmean(evidence.values(self.b, self.of))))


@dataclass(frozen=True)
class Growth(_Pair):
    """Condition a against condition b as a share of b: 0.1 is ten percent more."""

    def __call__(self, evidence: Evidence) -> Estimate:
        """Ratio of means less one, with the interval of a ratio of paired means."""
        return _growth(self._both(evidence), f"{self.measure} of {self.b}")


class Times(Growth):
    """How many times condition b's mean condition a's is."""

    def __call__(self, evidence: Evidence) -> Estimate:
        """Ratio of means."""
        return super().__call__(evidence).plus(1.0)


@dataclass(frozen=True)
class Elasticity(Times):
    """Percent more of a measure from one percent more of something, of which a has `factor` times what b has."""

    factor: float = 1.0

    def __call__(self, evidence: Evidence) -> Estimate:
        """Logarithm of the ratio of means over the logarithm of the factor."""
        times = super().__call__(evidence)
        scale = math.log(self.factor)
        low, high = (math.log(max(end, 1e-9)) / scale for end in (times.interval.low, times.interval.high))
        return Estimate(math.log(times.value) / scale, Interval(low, high), times.n)


_HARDLY_ELASTIC = 1e-3  # what a resample without effect counts for: the interval gets too wide to say anything


@dataclass(frozen=True)
class TimesAsElastic(Reading):
    """How many times one elasticity is of another in the same worlds."""

    one: Elasticity
    other: Elasticity

    def __call__(self, evidence: Evidence) -> Estimate:
        """Ratio of both, with the bootstrap's interval over common worlds."""
        wanted = [(condition, each.measure) for each in (self.one, self.other) for condition in (each.a, each.b)]
        columns = np.column_stack(evidence.together(*wanted))
        if len(columns) < 2 or (columns.mean(axis=0) <= 0).any():
            raise NotMeasurable(f"{self.other.measure} is not above zero")
        logs = np.log(np.maximum(np.vstack([columns.mean(axis=0), resampled_means(columns)]), 1e-9))
        rises = (logs[:, ::2] - logs[:, 1::2]) / np.log([self.one.factor, self.other.factor])
        if rises[0, 1] <= 0.0:
            raise NotMeasurable(f"{self.other.measure} does not rise with what the conditions have more of")
        ratio = rises[:, 0] / np.maximum(rises[:, 1], _HARDLY_ELASTIC)
        return bootstrapped(ratio, len(columns))


@dataclass(frozen=True)
class _Two(Reading):
    """Two measures of one condition."""

    condition: Condition
    one: str
    other: str

    def _both(self, evidence: Evidence) -> list[Values]:
        return evidence.together((self.condition, self.one), (self.condition, self.other))


@dataclass(frozen=True)
class Quotient(_Two):
    """One measure of a condition over another of the same condition: a ratio of means over worlds."""

    def __call__(self, evidence: Evidence) -> Estimate:
        """Ratio of means with the interval of a ratio of paired means."""
        return _growth(self._both(evidence), f"{self.other} of {self.condition}").plus(1.0)


@dataclass(frozen=True)
class Less(_Two):
    """One number less another of the same condition, e.g. functional conflict less dysfunctional."""

    def __call__(self, evidence: Evidence) -> Estimate:
        """Mean difference."""
        one, other = self._both(evidence)
        return mean_estimate(one - other)


class Apart(Less):
    """How far two measures of one condition lie apart, whichever is higher."""

    def __call__(self, evidence: Evidence) -> Estimate:
        """Size of the mean difference; its interval turned with it."""
        less = super().__call__(evidence)
        return less.turned() if less.value < 0 else less


def _growth(both: list[Values], what: str) -> Estimate:
    """How much more the first is than the second, as a share of the second, `what`; raises NotMeasurable."""
    more = difference(*both, n_resamples=0)
    if math.isnan(more.relative):
        raise NotMeasurable(f"{what} is not above zero, so nothing is a share of it")
    return Estimate(more.relative, more.relative_interval, more.n)


@dataclass(frozen=True)
class MeanInteraction(Reading):
    """How much more changes bring on one base than on another, mean over the changes, as a share of the other's mean.

    `with_one` and `with_other` are the bases with each change, in the same order.
    """

    one: Condition
    with_one: tuple[Condition, ...]
    other: Condition
    with_other: tuple[Condition, ...]
    measure: str

    def __call__(self, evidence: Evidence) -> Estimate:
        """Mean over worlds of the mean over changes."""
        conditions = (self.one, *self.with_one, self.other, *self.with_other)
        columns = np.column_stack(evidence.together(*((condition, self.measure) for condition in conditions)))
        base, n = columns[:, 1 + len(self.with_one)], len(self.with_one)
        gains = columns[:, 1 : 1 + n].mean(axis=1) - columns[:, 0]
        gains_other = columns[:, 2 + n :].mean(axis=1) - base
        return mean_estimate((gains - gains_other) / np.nanmean(base))


@dataclass(frozen=True)
class ShareOfTheWay(Reading):
    """How far a condition goes on the way from one to another, as a share of it."""

    between: Condition
    start: Condition
    end: Condition
    measure: str

    def __call__(self, evidence: Evidence) -> Estimate:
        """Ratio of mean paired differences, with the bootstrap's interval over common worlds."""
        wanted = [(one, self.measure) for one in (self.between, self.start, self.end)]
        columns = np.column_stack(evidence.together(*wanted))
        means = np.vstack([columns.mean(axis=0), resampled_means(columns)])
        way = means[:, 2] - means[:, 1]
        if way[0] <= 0:
            raise NotMeasurable(f"{self.measure} of {self.end} is not above that of {self.start}")
        return bootstrapped((means[:, 0] - means[:, 1]) / np.where(way == 0, np.nan, way), len(columns))
