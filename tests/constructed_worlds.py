"""Runs put together lead by lead, for what is read from finished runs: every number in them is known."""

from types import SimpleNamespace
from typing import Any

import numpy as np

import scenarios
from scenarios import Scenario
from scenarios.run_length import DAYS_PER_QUARTER
from simulation import parameters
from simulation.agents.lead import LEAD
from simulation.ledger import BOOK
from simulation.prospects import PROSPECT
from simulation.queues import NEVER
from simulation.status import Status

SCENARIO = scenarios.with_changes(
    Scenario(),
    {"run.quarters": 4, "run.warm_up_quarters": 1, "products.*.gross_margin": 0.75, "customers.contract_d": 100},
)
FIRST = DAYS_PER_QUARTER

REACHED = {"day_reached": 70, "channel": 0, "status": Status.LOST}
HANDED = REACHED | {"day_mql": 71}
WORKED = HANDED | {"day_contacted": 72}
FOUND = WORKED | {"day_sql": 72}
OPENED = FOUND | {"day_opportunity": 73}
WON = OPENED | {"day_won": 80, "status": Status.CUSTOMER, "price": 10_000.0, "day_renewal": 180}
"""One more step each; a list price of 10,000 and a gross margin of 0.75 bring 7,500."""


def lead(**columns: Any) -> dict[str, Any]:
    """A prospect that nobody reached, but for these columns."""
    return {"status": Status.GONE, "channel": NEVER, "value": 10_000.0} | columns


def run_of(*leads: dict[str, Any], **book: float) -> Any:
    """A finished run with these leads, and with these sums in the books of the measured days.

    Its contribution is what its leads brought less what its books cost.
    """
    table = np.zeros(len(leads), LEAD)
    table["product"] = NEVER
    for name in LEAD.names or ():
        if name.startswith("day_"):
            table[name] = NEVER
    for row, columns in enumerate(leads):
        table["day_arrived"][row] = 65 + row
        for name, value in columns.items():
            table[name][row] = value
    table["prospect"] = known_as = np.arange(len(leads))
    prospect = np.zeros(len(leads), PROSPECT)
    for name in PROSPECT.names or ():
        prospect[name] = table[name]
    table["renewed_margin_eur"] = table["n_renewals"] * (table["price"] - 0.25 * table["value"])
    daily = np.zeros(SCENARIO.days, BOOK)
    for name, value in book.items():
        daily[name][-1] = value
    brought = float(sum(_margin(columns) for columns in leads))
    outcomes = {"contribution_eur": brought - sum(book.values())}
    return SimpleNamespace(
        scenario=SCENARIO,
        seed=0,
        first_day=FIRST,
        daily=daily,
        outcomes=outcomes,
        company=SimpleNamespace(
            lead=table, prospect=prospect, known_as=known_as, product=parameters.table(SCENARIO.products)
        ),
    )


def _margin(columns: dict[str, Any]) -> float:
    if columns["status"] not in (Status.CUSTOMER, Status.CHURNED):
        return 0.0
    contracts = columns.get("n_renewals", 0) + (columns.get("day_won", NEVER) >= FIRST)
    return contracts * (columns["price"] - 0.25 * columns["value"])
