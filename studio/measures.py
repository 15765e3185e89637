"""What a lesson may ask about: the outcomes of a run, and what is seen on its last day and on its way."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from scenarios.run_length import DAYS_PER_QUARTER
from simulation.outcomes import OUTCOMES

CLEARLY = 0.05
"""Goodwill (0 to 1) that a side must lose before anybody notices."""
DAYS_PER_MONTH = DAYS_PER_QUARTER // 3
OF_LESSONS = {
    "goodwill_at_end": "how well people feel treated by the other side on the last day, mean of both sides, 0 to 1",
    "trust_at_end": "mean trust of both sides in each other on the last day, 0 to 1",
    "goodwill_falls_together": "1 where both sides begin to feel worse treated within the same month, else 0",
}
MEASURES = {**{name: outcome.meaning for name, outcome in OUTCOMES.items()}, **OF_LESSONS}
"""Every measure by its name, with its meaning."""


def measured(run: Any) -> Mapping[str, float]:
    """All measures of a run."""
    books = run.daily
    last = books[-1]
    return {
        **run.outcomes,
        "goodwill_at_end": (float(last["account_sales"]) + float(last["account_marketing"])) / 2,
        "trust_at_end": (float(last["trust_in_marketers"]) + float(last["trust_in_reps"])) / 2,
        "goodwill_falls_together": fall_together(books["account_sales"], books["account_marketing"]),
    }


def fall_together(one: np.ndarray, other: np.ndarray) -> float:
    """Whether two goodwills, day by day, have clearly fallen within a month of each other; NaN where neither does.

    fall_together(array([.5, .4, .4]), array([.5, .5, .4])) is 1: a day lies between.
    """
    first, second = _day_of_fall(one), _day_of_fall(other)
    if first is None or second is None:
        return float("nan") if first is second else 0.0
    return float(abs(first - second) <= DAYS_PER_MONTH)


def _day_of_fall(goodwill: np.ndarray) -> int | None:
    fallen = np.flatnonzero(goodwill < goodwill[0] - CLEARLY)
    return int(fallen[0]) if len(fallen) else None
