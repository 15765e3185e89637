"""What patterns need of a run about the two sides: trust, accounts, depth, what leads are worth, and late revenue.

Names: `ladder/<step>` shares of leads, MQL, SQL and opportunities that became a sale, `sold/<channel>` the same of
leads by where they came from, and plain names for single numbers.
"""

import math
from collections.abc import Mapping
from typing import Any

from experiments.observation.books import Days, by_quarter, mean, ratio, total, trust_of
from experiments.observation.marketing_leads import ladder
from scenarios.run_length import DAYS_PER_QUARTER, DAYS_PER_WEEK, DAYS_PER_YEAR

ACTS = {
    "depth_notes": "n_hand_overs",
    "depth_contacts": "n_contacts",
    "depth_reports": "n_reports",
    "depth_help": "n_aided",
    "depth_items": "n_items_made",
}
"""Columns of the books: acts by their depth, and how many there were."""
LAST_QUARTERS = DAYS_PER_YEAR // DAYS_PER_QUARTER
PRESSING_WEEKS = 1


def between(run: Any) -> Mapping[str, float]:
    """All of them; NaN where there is nothing to count."""
    measured = run.daily[run.first_day :]
    return {**_people(run, measured), **_late(measured), **ladder(run), **_channels(run), **_hours(run, measured)}


def heads_of(scenario: Any) -> int:
    """People of both departments, with their managers."""
    people = scenario.people
    return int(people.account_executives + people.sdrs + people.marketers + people.managers)


def _people(run: Any, measured: Days) -> dict[str, float]:
    """How the two sides get along, means over the measured days."""
    n_weeks = len(measured) / DAYS_PER_WEEK
    met = ratio(run.outcomes["hours_meeting"], heads_of(run.scenario) * n_weeks)
    return {
        "mean_trust": trust_of(measured),
        "mean_account": float((measured["account_sales"].mean() + measured["account_marketing"].mean()) / 2),
        "mean_depth": ratio(total(measured, *ACTS), total(measured, *ACTS.values())),
        "mean_disputes_open": float(measured["disputes_open"].mean()),
        "meeting_h_per_week": met,
        "forecast_error": mean(run.company.quarter["forecast_error"][run.scenario.run.warm_up_quarters :]),
    }


def _late(measured: Days) -> dict[str, float]:
    """Revenue recognised in the last four quarters, what selling costs, and how quarters end."""
    quarters = by_quarter(measured)
    last_week = [days[-PRESSING_WEEKS * DAYS_PER_WEEK :] for days in quarters]
    spent = total(measured, "pay_sales", "pay_marketing", "pay_managers", "programme", "hiring", "coordination")
    return {
        "late_revenue_eur": sum(total(days, "revenue") for days in quarters[-LAST_QUARTERS:]),
        "cost_of_sales": ratio(spent, total(measured, "bookings_new", "bookings_renewal")),
        "last_week_won": mean([total(days, "n_won") for days in last_week]),
        "last_week_won_less_lost": mean([total(days, "n_won") - total(days, "n_lost") for days in last_week]),
    }


def _channels(run: Any) -> dict[str, float]:
    """Of leads reached at least half a year before the end, the share sold, by where they came from."""
    from simulation.referral import REFERRAL

    lead, last = run.company.lead, run.scenario.days - DAYS_PER_YEAR // 2
    is_there = (lead["day_reached"] >= run.first_day) & (lead["day_reached"] < last)
    names = {**dict(enumerate(run.scenario.channels)), REFERRAL: "recommended"}
    return {
        f"sold/{name}": mean(lead["day_won"][is_there & (lead["channel"] == at)] >= 0) for at, name in names.items()
    }


def _hours(run: Any, measured: Days) -> dict[str, float]:
    """What an hour of prospecting finds against one on marketing leads, and who found the opportunities."""
    from simulation.ledger import Hours

    outcomes, hours = run.outcomes, measured["hours_sales"].sum(axis=0)
    own = outcomes["n_own_opportunities"]
    by_search = ratio(own, float(hours[Hours.PROSPECTING]))
    by_leads = ratio(outcomes["n_sql"] - own, float(hours[Hours.LEADS]))
    return {
        "own_search_against_leads": ratio(by_search, by_leads) if not math.isnan(by_leads) else math.nan,
        "share_self_found": ratio(own, outcomes["n_opportunities"]),
    }
