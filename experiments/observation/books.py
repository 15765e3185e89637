"""Sums and means of the books of a run."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from scenarios.run_length import DAYS_PER_QUARTER

Days = npt.NDArray[Any]


def by_quarter(measured: Days) -> list[Days]:
    """The days of each whole quarter."""
    n_quarters = len(measured) // DAYS_PER_QUARTER
    return [measured[place * DAYS_PER_QUARTER : (place + 1) * DAYS_PER_QUARTER] for place in range(n_quarters)]


def total(days: Days, *names: str) -> float:
    """Sum of some columns over some days."""
    return float(sum(days[name].sum() for name in names))


def trust_of(days: Days) -> float:
    """Mean trust of both sides in each other."""
    return float((days["trust_in_marketers"].mean() + days["trust_in_reps"].mean()) / 2)


def mean(values: Days | Sequence[float]) -> float:
    """The mean, NaN of nothing."""
    return float(np.mean(values)) if len(values) else math.nan


def ratio(part: float, whole: float) -> float:
    """One over the other, NaN over nothing."""
    return part / whole if whole else math.nan
