"""The whole run in one row: its outcomes, and the measures of a board: cost of sales, payback, market share."""

from typing import TYPE_CHECKING, Any

import numpy as np

from scenarios.run_length import DAYS_PER_QUARTER
from simulation.measured.column import Column, columns, frame
from simulation.measured.groups import buys_elsewhere, market_of, share

if TYPE_CHECKING:
    import pandas as pd

MONTHS_PER_YEAR = 12
MORE = columns(
    ("cost_of_sales", "share", "pay of both departments and managers, programmes and practices, of contracts booked"),
    ("payback_months", "months", "of gross margin of an average new contract that pay for winning it (CAC)"),
    (
        "market_share",
        "share",
        "won of prospects with a project who bought, from the company or when their window ended",
    ),
    ("market_share_eur", "share", "the same by what they would spend"),
    ("churn", "share", "of contracts that ended, those not renewed"),
    ("expansion", "share", "of contracts renewed, what was bought on top"),
    (
        "net_retention",
        "share",
        "contracts renewed, with what was bought on top, of those that ended, by number and size",
    ),
    ("bad_debt_share", "share", "of new contracts, never paid"),
    ("leads_per_prospect", "share", "reached of prospects that appeared"),
    ("mql_per_lead", "share", "handed over of leads reached by Marketing"),
    ("sal_per_mql", "share", "taken up of leads handed over"),
    ("sql_per_sal", "share", "found to have a project of leads taken up"),
    ("opportunities_per_sql", "share", "opened of projects found"),
    ("won_per_lead", "share", "won of leads reached"),
    ("forecast_error", "share", "of the target by which new contracts missed it, mean over measured quarters"),
    ("forecast_error_sales", "share", "the same for Sales' own forecast"),
    ("forecast_error_finance", "share", "the same for finance's forecast"),
    ("forecast_error_marketing", "share", "the same for Marketing's forecast"),
    ("plan_attainment", "x", "new contracts relative to the plan, mean over measured quarters"),
    ("days_to_notice", "working days", "until a new design for a campaign off target was begun"),
    ("days_to_correct", "working days", "until a campaign off target was put right"),
)
"""Measures beyond the outcomes."""


def run_columns() -> list[Column]:
    """Columns of the table of the whole run: its outcomes, then further measures."""
    from simulation.outcomes import OUTCOMES

    outcomes = [Column(name, outcome.unit, outcome.meaning) for name, outcome in OUTCOMES.items()]
    return [*outcomes, *(column for column in MORE if column.name not in OUTCOMES)]


def whole(run: Any) -> "pd.DataFrame":
    """One row: all outcomes of the run and further measures; NaN where there is nothing to count."""
    values = {**further(run), **run.outcomes}
    names = run_columns()
    return frame(names, [[values.get(column.name, np.nan) for column in names]])


def further(run: Any) -> dict[str, float]:
    """The measures of `MORE`."""
    return {**_money(run), **_market(run), **_conversion(run), **_forecasts(run), **_campaigns(run)}


def _sum(run: Any, *names: str) -> float:
    """Sum of columns of the books in the measured days; a column the books lack counts nothing."""
    days = run.daily[run.first_day :]
    return float(sum(days[name].sum() for name in names if name in (days.dtype.names or ())))


def _money(run: Any) -> dict[str, float]:
    booked, new = _sum(run, "bookings_new", "bookings_renewal"), _sum(run, "bookings_new")
    spent = _sum(run, "pay_sales", "pay_marketing", "pay_managers", "programme", "hiring", "coordination")
    margin = share(booked - _sum(run, "cost_of_delivery"), booked)
    renewed, expanded = _sum(run, "bookings_renewal"), _sum(run, "bookings_expansion")
    n_won = _sum(run, "n_won")
    monthly = share(new, n_won) * margin / MONTHS_PER_YEAR
    winning = share(_sum(run, "pay_sales", "pay_marketing", "pay_managers", "programme"), n_won)
    return {
        "cost_of_sales": share(spent, booked),
        "payback_months": share(winning, monthly) if monthly == monthly else float("nan"),
        "churn": 1.0 - share(_sum(run, "n_renewed"), _sum(run, "n_due_renewal")),
        "expansion": share(expanded, renewed),
        "net_retention": share(_sum(run, "n_renewed"), _sum(run, "n_due_renewal")) * share(renewed, renewed - expanded),
        "bad_debt_share": share(_sum(run, "bad_debt"), new),
    }


def _market(run: Any) -> dict[str, float]:
    lead, prospect = run.company.lead, run.company.prospect
    everybody = np.ones(len(prospect), dtype=bool), np.ones(len(lead), dtype=bool)
    won = lead["day_won"] >= run.first_day
    elsewhere = buys_elsewhere(run, run.first_day, run.scenario.days)
    ours, theirs = float(lead["value"][won].sum()), float(prospect["value"][elsewhere].sum())
    return {"market_share": market_of(run, *everybody)[2], "market_share_eur": share(ours, ours + theirs)}


def _conversion(run: Any) -> dict[str, float]:
    lead = run.company.lead
    reached = lead["day_reached"] >= run.first_day
    by_marketing = float((reached & (lead["channel"] >= 0)).sum())
    own = _sum(run, "n_own_opportunities")
    return {
        "leads_per_prospect": share(_sum(run, "n_leads"), _sum(run, "n_arrived")),
        "mql_per_lead": share(_sum(run, "n_mql"), by_marketing),
        "sal_per_mql": share(_sum(run, "n_sal"), _sum(run, "n_mql")),
        "sql_per_sal": share(_sum(run, "n_sql") - own, _sum(run, "n_sal")),
        "opportunities_per_sql": share(_sum(run, "n_opportunities"), _sum(run, "n_sql")),
        "won_per_lead": share(_sum(run, "n_won"), _sum(run, "n_leads")),
    }


def _forecasts(run: Any) -> dict[str, float]:
    """Errors of forecasts of new contracts, either way, as a share of the forecast; NaN without forecasts."""
    names = {"forecast_error": "target", "plan_attainment": "plan"}
    names |= {f"forecast_error_{who}": f"forecast_{who}" for who in ("sales", "finance", "marketing")}
    measured = run.company.quarter[run.first_day // DAYS_PER_QUARTER :]
    found = {}
    for name, column in names.items():
        known = measured[measured[column] > 0]
        ratio = known["bookings"] / known[column]
        values = ratio if name == "plan_attainment" else np.abs(ratio - 1.0)
        found[name] = float(values.mean()) if len(values) else float("nan")
    return found


def _campaigns(run: Any) -> dict[str, float]:
    return {
        "days_to_notice": share(_sum(run, "days_to_notice"), _sum(run, "n_noticed")),
        "days_to_correct": share(_sum(run, "days_to_correct"), _sum(run, "n_corrected")),
    }
