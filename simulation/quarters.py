"""The company's quarters: what was planned, forecast, asked for and reached, one row a quarter."""

import numpy as np

from scenarios.run_length import DAYS_PER_QUARTER
from simulation.compiled import compiled
from simulation.management import tally

QUARTER = np.dtype(
    [
        ("plan", "f8"),  # EUR of new contracts, of the plan of the year; later targets do not change it
        ("target", "f8"),  # EUR, the compromise of the three forecasts
        ("forecast_sales", "f8"),  # EUR, by own feel
        ("forecast_finance", "f8"),  # EUR, held to be feasible
        ("forecast_marketing", "f8"),  # EUR, by the growth of the market
        ("bookings", "f8"),  # EUR of new contracts
        ("forecast_error", "f8"),  # share of the target by which bookings missed it, either way
        ("plan_attainment", "f8"),  # bookings relative to the plan
        ("mql_due", "f8"),  # leads Marketing was to hand over
        ("mql_delivered", "f8"),  # leads it handed over for the first time
    ],
    align=True,
)


@compiled
def close(company, today):
    """On the last evening of a quarter: write down how it went; accounts of those who have left are closed."""
    target, bookings = company.target[0], company.tally[0].bookings_quarter
    quarter = company.quarter[today // DAYS_PER_QUARTER]
    quarter.plan, quarter.target = target.plan, target.sales_target
    quarter.forecast_sales, quarter.forecast_finance = target.forecast_sales, target.forecast_finance
    quarter.forecast_marketing = target.forecast_marketing
    quarter.bookings = bookings
    quarter.forecast_error = missed_by(bookings, target.sales_target)
    quarter.plan_attainment = bookings / target.plan if target.plan > 0.0 else 0.0
    quarter.mql_due, quarter.mql_delivered = target.mql_target, leads_delivered(company)
    tally.close_common_account(company)


@compiled
def missed_by(reached, forecast):
    """Share of a forecast by which it was missed, either way. Worked number: 80 and 120 for 100 are both 0.2."""
    return abs(reached / forecast - 1.0) if forecast > 0.0 else 0.0


@compiled
def leads_delivered(company):
    """Leads Marketing has handed over for the first time this quarter."""
    n = 0
    for marketer in range(company.marketer.shape[0]):
        n += company.marketer[marketer].n_mql
    return n
