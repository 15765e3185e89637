"""Numbers that are read off knock-outs and surveys, which have been made before."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from experiments.questions.validate.patterns.evidence import Evidence, NotMeasurable, bootstrapped
from experiments.questions.validate.patterns.reading import Reading
from experiments.questions.validate.patterns.targets import Estimate
from experiments.questions.validate.survey import by_interdependence, correlation_of, path_of
from experiments.statistics.correlations import correlation, correlations_apart
from experiments.statistics.paired import N_RESAMPLES, Interval, Values

KNOCK_OUTS, SURVEY = "knock-outs", "answers of a survey"


@dataclass(frozen=True)
class KnockOutChange(Reading):
    """By what share of its own a knock-out changes an outcome of a type: -0.1 is a tenth less."""

    knock_out: str
    type: str
    outcome: str = "late_revenue_eur"
    beside: ClassVar[str] = KNOCK_OUTS

    def __call__(self, evidence: Evidence) -> Estimate:
        """The share with its interval, paired over worlds."""
        table = evidence.beside(self.beside)
        of_it = (table["knock_out"] == self.knock_out) & (table["type"] == self.type)
        rows = table[of_it & (table["outcome"] == self.outcome)]
        if rows.empty:
            raise NotMeasurable(f"{self.knock_out} was not tried in {self.type}")
        row = rows.iloc[0]
        interval = Interval(float(row["relative_low"]), float(row["relative_high"]))
        return Estimate(float(row["relative"]), interval, int(row["n"]))


@dataclass(frozen=True)
class Correlated(Reading):
    """How strongly two answers go together over companies."""

    one: str
    other: str
    beside: ClassVar[str] = SURVEY

    def __call__(self, evidence: Evidence) -> Estimate:
        """Pearson's r with Fisher's interval."""
        found = correlation_of(evidence.beside(self.beside), self.one, self.other)
        return Estimate(found.r, found.interval, found.n)


@dataclass(frozen=True)
class WeakerLink(Reading):
    """How much weaker, either way, the first answer goes with performance than the second."""

    weaker: str
    stronger: str
    beside: ClassVar[str] = SURVEY

    def __call__(self, evidence: Evidence) -> Estimate:
        """Difference of the sizes of both correlations, with the bootstrap's interval over companies."""
        table = evidence.beside(self.beside)[["performance", self.weaker, self.stronger]].dropna()
        cases = table.to_numpy(dtype=np.float64)
        rng = np.random.default_rng(0)
        drawn = [cases, *(cases[rng.integers(0, len(cases), len(cases))] for _ in range(N_RESAMPLES))]
        return bootstrapped(np.array([_weaker(one) for one in drawn]), len(cases))


def _weaker(cases: Values) -> float:
    performance, weaker, stronger = cases.T
    return abs(correlation(weaker, performance).r) - abs(correlation(stronger, performance).r)


@dataclass(frozen=True)
class MoreWhereInterdependent(Reading):
    """How much stronger trust and performance go together in the half of companies with more interdependent work."""

    beside: ClassVar[str] = SURVEY

    def __call__(self, evidence: Evidence) -> Estimate:
        """Difference of Fisher's z."""
        high, low = by_interdependence(evidence.beside(self.beside))
        apart, interval = correlations_apart(high, low)
        return Estimate(apart, interval, high.n + low.n)


@dataclass(frozen=True)
class Beta(Reading):
    """What one answer adds to another on its own: the standardised coefficient beside those of the other causes."""

    target: str
    cause: str
    others: tuple[str, ...]
    beside: ClassVar[str] = SURVEY

    def __call__(self, evidence: Evidence) -> Estimate:
        """The coefficient with Student's interval."""
        found = path_of(evidence.beside(self.beside), self.target, (*self.others, self.cause))[self.cause]
        return Estimate(found.beta, found.interval, found.n)
