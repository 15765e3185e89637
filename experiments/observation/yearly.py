"""Money as a company counts it: by the year."""

from collections.abc import Mapping
from typing import Any

from experiments.observation.books import by_quarter, total
from scenarios.run_length import DAYS_PER_YEAR

CONTRIBUTION = "contribution_a_year_eur"
REVENUE = "revenue_last_year_eur"
NEW_BUSINESS = "new_business_last_year_eur"
COORDINATION = "coordination_a_year_eur"
YEARLY = {
    REVENUE: "revenue recognised in the last four quarters",
    NEW_BUSINESS: "new contracts signed in the last four quarters",
    CONTRIBUTION: "contribution, mean of all measured years",
}
"""What is compared, in the reader's words; all in EUR a year."""


def outcomes_and_yearly(run: Any) -> Mapping[str, float]:
    """The outcomes of a run, and its money by the year if it has books: a simulation of the user's own may not."""
    return {**run.outcomes, **(yearly(run) if run.daily is not None else {})}


def yearly(run: Any) -> Mapping[str, float]:
    """The three, and the cost of coordination a year; a run of less than a year is scaled to one."""
    measured = run.daily[run.first_day :]
    last = measured[-DAYS_PER_YEAR:]
    years, part = len(measured) / DAYS_PER_YEAR, len(last) / DAYS_PER_YEAR
    return {
        REVENUE: total(last, "revenue") / part,
        NEW_BUSINESS: total(last, "bookings_new") / part,
        CONTRIBUTION: run.outcomes.get("contribution_eur", float("nan")) / years,
        COORDINATION: run.outcomes.get("coordination_cost_eur", float("nan")) / years,
    }


def contribution_by_quarter(run: Any) -> list[float]:
    """Contribution of each measured quarter, EUR: what is signed less its delivery, bad debt and all that is spent."""
    spent = ("cost_of_delivery", "bad_debt", "pay_sales", "pay_marketing", "pay_managers", "programme", "hiring")
    return [
        total(days, "bookings_new", "bookings_renewal") - total(days, *spent, "coordination")
        for days in by_quarter(run.daily[run.first_day :])
    ]
