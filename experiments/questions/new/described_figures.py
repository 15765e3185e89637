"""What a run shows of the figures that people give of their company."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from experiments.observation.books import ratio
from experiments.questions.new.description import Description
from scenarios.run_length import DAYS_PER_QUARTER, DAYS_PER_YEAR

DAYS_PER_MONTH = DAYS_PER_YEAR / 12
UNITS = {
    "deal_value_eur": "EUR",
    "days_to_signature": "calendar days",
    "leads_per_month": "leads",
    "share_won": "share",
    "contracts_per_month": "contracts",
    "churn_per_year": "share",
    "quota_attainment": "share",
}
"""The figures that are said and shown, and their units."""
N_SHOWN, N_MORE = 24, 48
"""Fresh worlds in which the finished company is shown; and in which it is looked at before and after a last move."""
WORDS = {
    "deal_value_eur": "mean value of a contract",
    "days_to_signature": "days from first talk to signature",
    "leads_per_month": "leads a month from Marketing",
    "share_won": "opportunities won",
    "contracts_per_month": "contracts a month",
    "churn_per_year": "customers lost a year",
    "quota_attainment": "new contracts next to quota",
}
MET = 0.15
"""Share of a figure by which the mean over worlds may miss what was said."""


def said_of(description: Description) -> list[str]:
    """The figures that were given and can be shown: who has no customers yet loses hardly any within two years."""
    unseen = {"churn_per_year"} if description["customers"] == 0 else set()
    return [name for name in UNITS if description[name] is not None and name not in unseen]


def figures_of(run: Any) -> Mapping[str, float]:
    """The figures by name, and what targets follow from; NaN where there is nothing to count."""
    people, quarters = run.scenario.people, run.scenario.run.quarters
    n_months = quarters * DAYS_PER_QUARTER / DAYS_PER_MONTH
    lead, outcomes, first = run.company.lead, run.outcomes, run.first_day
    is_brought = (lead["channel"] >= 0) & (lead["day_reached"] >= first)
    prices = lead["price"][lead["day_won"] >= first]
    booked = outcomes["bookings_new_eur"] / (people.account_executives * quarters)
    return {
        "deal_value_eur": float(np.mean(prices)) if len(prices) else float("nan"),
        "days_to_signature": outcomes["sales_cycle_days_median"],
        "leads_per_month": float(is_brought.sum()) / n_months,
        "share_won": outcomes["win_rate"],
        "contracts_per_month": outcomes["n_won"] / n_months,
        "churn_per_year": 1.0 - outcomes["retention"],
        "quota_attainment": booked / run.scenario.pay.sales.quota_eur_per_quarter,
        "booked_eur_per_quarter": booked,
        "mql_per_quarter": outcomes["n_mql"] / quarters,
        "sql_per_sdr": ratio(outcomes["n_sql"], people.sdrs * quarters),
    }
