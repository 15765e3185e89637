"""Targets and the one rule by which a measured number meets them.

A range is met if the estimate lies inside it and the 95 % interval is no wider than the range: an interval that
holds everything says nothing. A sign is met if the whole interval lies on the right side of the limit. Nothing is met
by an estimate or an interval that is not known.
"""

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass

from experiments.statistics.paired import Interval
from experiments.wording.numbers import amount, joined


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number read off `n` worlds, with its interval."""

    value: float
    interval: Interval
    n: int

    def plus(self, shift: float) -> "Estimate":
        """The same with a known number added."""
        return Estimate(self.value + shift, Interval(self.interval.low + shift, self.interval.high + shift), self.n)

    def turned(self) -> "Estimate":
        """The same with the other sign."""
        return Estimate(-self.value, Interval(-self.interval.high, -self.interval.low), self.n)


@dataclass(frozen=True, slots=True)
class Between:
    """The estimate lies from `low` to `high`."""

    low: float
    high: float

    def is_met(self, estimate: Estimate) -> bool:
        """Estimate inside, interval no wider than the range."""
        narrow = estimate.interval.is_known and 2 * estimate.interval.half_width <= self.high - self.low
        return narrow and self.is_met_at(estimate.value)

    def is_met_at(self, value: float) -> bool:
        """Whether a number without its doubt lies inside."""
        return self.low <= value <= self.high

    def words(self, unit: str) -> str:
        """`60.0 to 80.0 %`."""
        return joined(amount(self.low, unit), amount(self.high, unit), " to ")


@dataclass(frozen=True)
class _Side(ABC):
    """The whole interval lies on one side of the limit."""

    limit: float = 0.0

    def is_met(self, estimate: Estimate) -> bool:
        """Interval known, with both ends on the right side."""
        low, high = estimate.interval.low, estimate.interval.high
        return math.isfinite(estimate.value) and self.is_met_at(low) and self.is_met_at(high)

    @abstractmethod
    def is_met_at(self, value: float) -> bool:
        """Whether a number without its doubt lies on the right side; an unknown one does not."""

    def words(self, unit: str) -> str:
        """`above zero`."""
        return f"{type(self).__name__.lower()} {amount(self.limit, unit) if self.limit else 'zero'}"


class Above(_Side):
    """The whole interval lies above the limit."""

    def is_met_at(self, value: float) -> bool:
        """Whether a number without its doubt lies above."""
        return value > self.limit


class Below(_Side):
    """The whole interval lies below the limit."""

    def is_met_at(self, value: float) -> bool:
        """Whether a number without its doubt lies below."""
        return value < self.limit


Target = Between | Above | Below
