"""Every person of both departments and their managers: pay, hours, results, trust given and received."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.observation.tables.column import Column, columns, frame
from scenarios.run_length import DAYS_PER_QUARTER, DAYS_PER_YEAR

if TYPE_CHECKING:
    import pandas as pd

_FIRST = columns(
    ("role", "-", "account executive, SDR, marketer or manager"),
    ("number", "-", "row of the person, or seat, among reps, marketers or managers"),
    ("skill", "x", "1 is average"),
    ("variable_pay_eur", "EUR", "earned by results in the whole run, before on-costs; managers have none"),
    ("fixed_pay_eur", "EUR", "base pay in the whole run, before on-costs, as if the seat was never empty"),
    ("attainment_mean", "x", "of the quarterly quota, over measured quarters"),
    ("quarters_made", "quarters", "measured quarters with the quota reached"),
    ("n_leads", "leads", "handed over to this rep, or looked after by this marketer, whose way ended here"),
    ("n_won", "deals", "won among them in the measured days"),
    ("bookings_new_eur", "EUR", "new contracts among them in the measured days"),
    ("trust_given", "0 to 1", "mean trust in the people of the other side, at the end"),
    ("trust_received", "0 to 1", "mean trust of the people of the other side in this person, at the end"),
)


def people_columns() -> list[Column]:
    """Columns of the table of people."""
    from simulation.ledger import Hours

    kinds = [
        Column(f"hours_{kind.name.lower()}", "hours", f"in the whole run on {_plain(kind.name)}") for kind in Hours
    ]
    return [*_FIRST, *kinds]


def _plain(name: str) -> str:
    return name.lower().replace("_", " ")


def people(run: Any) -> "pd.DataFrame":
    """One row a person: account executives, SDRs, marketers, managers."""
    return frame(people_columns(), [*_reps(run), *_marketers(run), *_managers(run)])


def _reps(run: Any) -> Iterator[list[Any]]:
    pay, years = run.scenario.pay.sales, run.scenario.days / DAYS_PER_YEAR
    measured = run.scenario.days // DAYS_PER_QUARTER - run.scenario.run.warm_up_quarters
    for number, row in enumerate(run.company.rep):
        role, base = (
            ("SDR", pay.sdr_base_eur) if row["is_sdr"] else ("account executive", pay.account_executive_base_eur)
        )
        results = (float(row["attainment_sum"]) / measured, int(row["quarters_made"]))
        trust = (run.company.trust_in_marketer[number].mean(), run.company.trust_in_rep[:, number].mean())
        yield [
            *(role, number, float(row["skill"]), float(row["pay_total"]), base * years, *results),
            *_results(run, "owner", number),
            *(float(one) for one in trust),
            *(float(hours) for hours in row["hours"]),
        ]


def _marketers(run: Any) -> Iterator[list[Any]]:
    years = run.scenario.days / DAYS_PER_YEAR
    for number, row in enumerate(run.company.marketer):
        trust = (run.company.trust_in_rep[number].mean(), run.company.trust_in_marketer[:, number].mean())
        fixed = run.scenario.pay.marketing.base_eur * years
        yield [
            *("marketer", number, float(row["skill"]), float(row["pay_total"]), fixed, np.nan, np.nan),
            *_results(run, "marketer", number),
            *(float(one) for one in trust),
            *(float(hours) for hours in row["hours"]),
        ]


def _managers(run: Any) -> Iterator[list[Any]]:
    fixed = run.scenario.pay.manager_eur * run.scenario.days / DAYS_PER_YEAR
    for number, row in enumerate(run.company.manager):
        nothing = [np.nan] * 7
        yield ["manager", number, np.nan, 0.0, fixed, *nothing, *(float(hours) for hours in row["hours"])]


def _results(run: Any, column: str, number: int) -> tuple[int, int, float]:
    """Leads, deals won and new contracts of one person."""
    lead = run.company.lead
    own = (lead[column] == number) & (lead["day_reached"] >= 0)
    won = own & (lead["day_won"] >= run.first_day)
    return int(own.sum()), int(won.sum()), float(lead["price"][won].sum())
