"""Targets and the one rule by which a measured number meets them.

A range is met if the estimate lies inside it and the 95 % interval is no wider than the range: an interval that
holds everything says nothing. A sign is met if the whole interval lies on the right side of the limit. Nothing is met
by an estimate or an interval that is not known.
"""

import math
from dataclasses import dataclass

from experiments.statistics.paired import Interval
from experiments.wording.numbers import amount, joined


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number read off `n` worlds, with its interval."""

    value: float
    interval: Interval
    n: int


@dataclass(frozen=True, slots=True)
class Between:
    """The estimate lies from `low` to `high`."""

    low: float
    high: float

    def is_met(self, found: Estimate) -> bool:
        """Estimate inside, interval no wider than the range."""
        narrow = found.interval.is_known and 2 * found.interval.half_width <= self.high - self.low
        return narrow and self.is_met_at(found.value)

    def is_met_at(self, value: float) -> bool:
        """Whether a number without its doubt lies inside."""
        return self.low <= value <= self.high

    def words(self, unit: str) -> str:
        """`60.0 to 80.0 %`."""
        return joined(amount(self.low, unit), amount(self.high, unit), " to ")


@dataclass(frozen=True, slots=True)
class Above:
    """The whole interval lies above the limit."""

    limit: float = 0.0

    def is_met(self, found: Estimate) -> bool:
        """Interval known and above."""
        return math.isfinite(found.value) and found.interval.is_known and found.interval.low > self.limit

    def is_met_at(self, value: float) -> bool:
        """Whether a number without its doubt lies above."""
        return value > self.limit

    def words(self, unit: str) -> str:
        """`above zero`."""
        return f"above {amount(self.limit, unit) if self.limit else 'zero'}"


@dataclass(frozen=True, slots=True)
class Below:
    """The whole interval lies below the limit."""

    limit: float = 0.0

    def is_met(self, found: Estimate) -> bool:
        """Interval known and below."""
        return math.isfinite(found.value) and found.interval.is_known and found.interval.high < self.limit

    def is_met_at(self, value: float) -> bool:
        """Whether a number without its doubt lies below."""
        return value < self.limit

    def words(self, unit: str) -> str:
        """`below zero`."""
        return f"below {amount(self.limit, unit) if self.limit else 'zero'}"


Target = Between | Above | Below
