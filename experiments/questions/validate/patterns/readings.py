"""The numbers patterns are asked for: means, differences and ratios of arms in common worlds."""

import math
from dataclasses import dataclass

import numpy as np
from scipy.stats import binomtest

from experiments.questions.validate.patterns.arm import Arm
from experiments.questions.validate.patterns.evidence import Evidence, NotMeasurable, mean_estimate, turned
from experiments.questions.validate.patterns.targets import Between, Estimate
from experiments.statistics.paired import Interval, difference, resampled_means


@dataclass(frozen=True)
class Mean:
    """A measure of one arm."""

    arm: Arm
    measure: str

    @property
    def arms(self) -> tuple[Arm, ...]:
        """The one arm."""
        return (self.arm,)

    @property
    def measures(self) -> tuple[str, ...]:
        """The one measure."""
        return (self.measure,)

    def __call__(self, evidence: Evidence) -> Estimate:
        """Mean over worlds."""
        return mean_estimate(evidence.values(self.arm, self.measure))


@dataclass(frozen=True)
class ShareWithin(Mean):
    """Share of the worlds in which a measure of one arm lies in a range, its ends included."""

    within: Between

    def __call__(self, evidence: Evidence) -> Estimate:
        """The share with Wilson's interval."""
        values = evidence.values(self.arm, self.measure)
        known = values[~np.isnan(values)]
        found = binomtest(sum(map(self.within.is_met_at, known)), len(known))
        spread = found.proportion_ci(method="wilson")
        return Estimate(float(found.statistic), Interval(float(spread.low), float(spread.high)), len(known))


@dataclass(frozen=True)
class MeanOver:
    """A measure averaged over several arms, each counting the same."""

    arms: tuple[Arm, ...]
    measure: str

    @property
    def measures(self) -> tuple[str, ...]:
        """The one measure."""
        return (self.measure,)

    def __call__(self, evidence: Evidence) -> Estimate:
        """Mean over worlds of the mean over arms."""
        columns = evidence.together(*((arm, self.measure) for arm in self.arms))
        return mean_estimate(np.mean(np.column_stack(columns), axis=1))


@dataclass(frozen=True)
class _Pair:
    """One measure of two arms."""

    a: Arm
    b: Arm
    measure: str

    @property
    def arms(self) -> tuple[Arm, ...]:
        """Both."""
        return (self.a, self.b)

    @property
    def measures(self) -> tuple[str, ...]:
        """The one measure."""
        return (self.measure,)


@dataclass(frozen=True)
class Gap(_Pair):
    """Arm a less arm b, in the measure's own unit."""

    def __call__(self, evidence: Evidence) -> Estimate:
        """Mean paired difference."""
        a, b = evidence.together((self.a, self.measure), (self.b, self.measure))
        return mean_estimate(a - b)


@dataclass(frozen=True)
class Growth(_Pair):
    """Arm a against arm b as a share of b: 0.1 is ten percent more."""

    def __call__(self, evidence: Evidence) -> Estimate:
        """Ratio of means less one, with the interval of a ratio of paired means."""
        a, b = evidence.together((self.a, self.measure), (self.b, self.measure))
        found = difference(a, b, n_resamples=0)
        if math.isnan(found.relative):
            raise NotMeasurable(f"{self.measure} of {self.b} is not above zero, so nothing is a share of it")
        return Estimate(found.relative, found.relative_interval, found.n)


@dataclass(frozen=True)
class Times(_Pair):
    """How many times arm b's mean arm a's is."""

    def __call__(self, evidence: Evidence) -> Estimate:
        """Ratio of means."""
        found = Growth(self.a, self.b, self.measure)(evidence)
        return _shifted(found, 1.0)


@dataclass(frozen=True)
class Elasticity(_Pair):
    """Percent more of a measure from one percent more of something, of which arm a has `factor` times what b has."""

    factor: float = 1.0

    def __call__(self, evidence: Evidence) -> Estimate:
        """Logarithm of the ratio of means over the logarithm of the factor."""
        found = Times(self.a, self.b, self.measure)(evidence)
        scale = math.log(self.factor)
        low, high = (math.log(max(end, 1e-9)) / scale for end in (found.interval.low, found.interval.high))
        return Estimate(math.log(found.value) / scale, Interval(low, high), found.n)


_HARDLY_ELASTIC = 1e-3  # what a resample without effect counts for: the interval gets too wide to say anything


@dataclass(frozen=True)
class TimesAsElastic:
    """How many times one elasticity is of another in the same worlds."""

    one: Elasticity
    other: Elasticity

    @property
    def arms(self) -> tuple[Arm, ...]:
        """The arms of both."""
        return tuple(dict.fromkeys((*self.one.arms, *self.other.arms)))

    @property
    def measures(self) -> tuple[str, ...]:
        """What both are read off."""
        return (*self.one.measures, *self.other.measures)

    def __call__(self, evidence: Evidence) -> Estimate:
        """Ratio of both, with the bootstrap's interval over common worlds."""
        wanted = [(arm, each.measure) for each in (self.one, self.other) for arm in (each.a, each.b)]
        columns = np.column_stack(evidence.together(*wanted))
        if len(columns) < 2 or (columns.mean(axis=0) <= 0).any():
            raise NotMeasurable(f"{self.other.measure} is not above zero")
        logs = np.log(np.maximum(np.vstack([columns.mean(axis=0), resampled_means(columns)]), 1e-9))
        rises = (logs[:, ::2] - logs[:, 1::2]) / np.log([self.one.factor, self.other.factor])
        if rises[0, 1] <= 0.0:
            raise NotMeasurable(f"{self.other.measure} does not rise with what the arms have more of")
        ratio = rises[:, 0] / np.maximum(rises[:, 1], _HARDLY_ELASTIC)
        low, high = np.quantile(ratio[1:], [0.025, 0.975])
        return Estimate(float(ratio[0]), Interval(float(low), float(high)), len(columns))


@dataclass(frozen=True)
class Quotient:
    """One measure of an arm over another of the same arm: a ratio of means over worlds."""

    arm: Arm
    top: str
    bottom: str

    @property
    def arms(self) -> tuple[Arm, ...]:
        """The one arm."""
        return (self.arm,)

    @property
    def measures(self) -> tuple[str, ...]:
        """Both."""
        return (self.top, self.bottom)

    def __call__(self, evidence: Evidence) -> Estimate:
        """Ratio of means with the interval of a ratio of paired means."""
        top, bottom = evidence.together((self.arm, self.top), (self.arm, self.bottom))
        found = difference(top, bottom, n_resamples=0)
        if math.isnan(found.relative):
            raise NotMeasurable(f"{self.bottom} of {self.arm} is not above zero")
        return _shifted(Estimate(found.relative, found.relative_interval, found.n), 1.0)


@dataclass(frozen=True)
class Apart:
    """How far two measures of one arm lie apart, whichever is higher."""

    arm: Arm
    one: str
    other: str

    @property
    def arms(self) -> tuple[Arm, ...]:
        """The one arm."""
        return (self.arm,)

    @property
    def measures(self) -> tuple[str, ...]:
        """Both."""
        return (self.one, self.other)

    def __call__(self, evidence: Evidence) -> Estimate:
        """Size of the mean difference; its interval turned with it."""
        one, other = evidence.together((self.arm, self.one), (self.arm, self.other))
        found = mean_estimate(one - other)
        return turned(found) if found.value < 0 else found


@dataclass(frozen=True)
class Less:
    """One number less another of the same arm, e.g. functional conflict less dysfunctional."""

    arm: Arm
    one: str
    other: str

    @property
    def arms(self) -> tuple[Arm, ...]:
        """The one arm."""
        return (self.arm,)

    @property
    def measures(self) -> tuple[str, ...]:
        """Both."""
        return (self.one, self.other)

    def __call__(self, evidence: Evidence) -> Estimate:
        """Mean difference."""
        one, other = evidence.together((self.arm, self.one), (self.arm, self.other))
        return mean_estimate(one - other)


def _shifted(found: Estimate, by: float) -> Estimate:
    return Estimate(found.value + by, Interval(found.interval.low + by, found.interval.high + by), found.n)
