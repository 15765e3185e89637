"""What patterns need of a run besides its outcomes; computed beside the run, in its process.

Names: `quarter/<n>/<measure>` by measured quarter, `closings/...` new contracts a day, `response/...` shares of
marketing leads, and plain names for single numbers.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.observation.books import Days, by_quarter, mean, ratio, total, trust_of
from experiments.observation.marketing_leads import answers
from experiments.questions.validate.patterns.observed_between import LAST_QUARTERS, between
from scenarios.run_length import DAYS_PER_QUARTER, DAYS_PER_WEEK, DAYS_PER_YEAR

WEEKS = -(-DAYS_PER_QUARTER // DAYS_PER_WEEK)
"""Weeks counted back from the quarter's end; the earliest is shorter than the others."""
AFTER_WEEKS = 2  # weeks after a quarter's end in which closings may dip
BUSY_WEEKS = 2  # weeks before it in which they rise
QUARTERS_PER_YEAR = DAYS_PER_YEAR // DAYS_PER_QUARTER


@dataclass(frozen=True)
class Observed:
    """Measures one run: of its outcomes and of the numbers below, those that are wanted; picklable."""

    wanted: tuple[str, ...]  # in order: what it is in words is part of a run's identity

    def __call__(self, run: Any) -> Mapping[str, float]:
        """Name to number; a wanted number the run does not have is left out."""
        return {name: value for name, value in observed(run).items() if name in self.wanted}


def observed(run: Any) -> dict[str, float]:
    """Everything that can be observed of a run; an outcome of the same name wins."""
    measured = run.daily[run.first_day :]
    quarters = _quarters(measured) | _closings(measured) | _year_ends(run)
    return {**_shares(run), **quarters, **_years(run), **answers(run), **between(run), **run.outcomes}


def _shares(run: Any) -> dict[str, float]:
    """Ratios of outcomes and of the books, hours of Marketing with buyers, quarters in which the plan was met."""
    from simulation.ledger import Hours

    outcomes, measured = run.outcomes, run.daily[run.first_day :]
    hours = measured["hours_marketing"]
    first = run.scenario.run.warm_up_quarters
    plans = run.company.quarter["plan_attainment"][first : first + QUARTERS_PER_YEAR]  # the plan made before the run
    return {
        "acceptance": ratio(outcomes["n_sal"], outcomes["n_mql"]),
        "bad_debt_share": ratio(outcomes["bad_debt_eur"], outcomes["bookings_eur"]),
        "easy_product_share": ratio(total(measured, "bookings_easy"), total(measured, "bookings_new")),
        "days_to_correct": ratio(total(measured, "days_to_correct"), total(measured, "n_corrected")),
        "plan_met": mean(plans >= 1.0),
        "hours_for_campaigns": float(hours[:, Hours.PROSPECTING].sum()),
    }


def _quarters(measured: Days) -> dict[str, float]:
    """By quarter: bookings, trust; and how much the chance of a renewal swings from quarter to quarter.

    The swing is the standard deviation around a trend, from the squares of the steps between quarters (von Neumann).
    """
    numbers, retention = {}, []
    for quarter, days in enumerate(by_quarter(measured), start=1):
        numbers[f"quarter/{quarter}/bookings_eur"] = total(days, "bookings_new", "bookings_renewal")
        numbers[f"quarter/{quarter}/trust"] = trust_of(days)
        retention.append(ratio(float(days["renewal_chance"].sum()), float(days["n_due_renewal"].sum())))
    late = by_quarter(measured)[-LAST_QUARTERS:]
    numbers["late_bookings_new_eur"] = sum(total(days, "bookings_new") for days in late)
    numbers["late_bookings_eur"] = sum(total(days, "bookings_new", "bookings_renewal") for days in late)
    numbers["last_trust"] = trust_of(late[-1]) if late else math.nan
    steps = np.diff([value for value in retention if not math.isnan(value)])
    numbers["retention_swing"] = math.sqrt(mean(steps**2) / 2)
    return numbers


def _closings(measured: Days) -> dict[str, float]:
    """New contracts a day: by week counted back from quarter's end, in its last week, just after, and normally."""
    quarters = by_quarter(measured)
    if not quarters:
        return {}
    a_day = np.mean([days["n_won"] for days in quarters], axis=0)
    weeks = [a_day[max(0, end - DAYS_PER_WEEK) : end] for end in range(len(a_day), 0, -DAYS_PER_WEEK)]
    numbers = {f"closings/week/{back}": float(week.mean()) for back, week in enumerate(weeks, start=1)}
    numbers["closings/last_week"] = numbers["closings/week/1"]
    numbers["closings/after"] = float(a_day[: AFTER_WEEKS * DAYS_PER_WEEK].mean())
    numbers["closings/normal"] = float(a_day[AFTER_WEEKS * DAYS_PER_WEEK : -BUSY_WEEKS * DAYS_PER_WEEK].mean())
    return numbers


def _year_ends(run: Any) -> dict[str, float]:
    """New contracts a day in the last week of a year of pay, which begins with the run, and of other quarters."""
    ends = [float(days["n_won"][-DAYS_PER_WEEK:].mean()) for days in by_quarter(run.daily)]
    measured = list(enumerate(ends, start=1))[run.scenario.run.warm_up_quarters :]
    return {
        "closings/year_end": mean([end for number, end in measured if number % QUARTERS_PER_YEAR == 0]),
        "closings/other_ends": mean([end for number, end in measured if number % QUARTERS_PER_YEAR]),
    }


def _years(run: Any) -> dict[str, float]:
    """Contracts signed in the first half-year after the warm-up, and in the last year."""
    return {
        "first_half_bookings_new_eur": total(run.daily[run.first_day :][: DAYS_PER_YEAR // 2], "bookings_new"),
        "last_year_bookings_new_eur": total(run.daily[-DAYS_PER_YEAR:], "bookings_new"),
    }
