"""Whether the parts of a company fit each other: said before anybody believes what it does."""

from collections.abc import Iterator
from typing import Any

import numpy as np

import scenarios
from experiments.wording.numbers import euro, listed, whole_percent
from scenarios import Scenario
from scenarios.differences import Difference

OTHER_SIZE = 1.5
"""A company of so many times as many sellers, or as few, is another company."""
_GOES_BY_SIZE = (
    "market.prospects_per_day",
    "money.programme_eur_per_year",
    "customers.installed_base",
    "pay.marketing.mql_target_per_quarter",
)
_FEWEST_QUARTERS = 8
_WORLDS = (0, 1)
_IDLE, _HALF, _FAR = 0.1, 0.6, 0.35
"""Share of reps' hours without work from which, with new contracts below the second share of quotas, reps starve;
below the third quotas are out of reach whatever they do."""


def misfits(company: Scenario, origin: Difference | None) -> tuple[str, ...]:
    """A sentence for each thing that does not fit; two worlds are lived. Shipped companies get none."""
    return (*left_behind(company, origin), *_lived(company))


def left_behind(company: Scenario, origin: Difference | None) -> Iterator[str]:
    """Whether there are many more sellers, or fewer, than in the company it was made of, in the same market."""
    if origin is None:
        return
    for name in dict.fromkeys((origin.parent, origin.name)):
        if name not in scenarios.companies():
            continue
        before = scenarios.load(name)
        then, now = before.people.account_executives, company.people.account_executives
        same = [path for path in _GOES_BY_SIZE if _value(before, path) == _value(company, path)]
        if 1 / OTHER_SIZE < now / then < OTHER_SIZE or _GOES_BY_SIZE[0] not in same:
            continue
        yield (
            f"This company has {now} sellers where {name} has {then}, but still that one's {listed(same)}: "
            f"reps may {'starve' if now > then else 'drown'}, and answers be about that. Change these too, or describe "
            "the company in plain words (`run.py new`)."
        )
        return


def _lived(company: Scenario) -> Iterator[str]:
    from simulation.engine import simulate

    length = company.run.model_copy(update={"quarters": max(_FEWEST_QUARTERS, company.run.quarters)})
    company = company.model_copy(update={"run": length})  # in a quarter or two hardly anything is signed yet
    runs = [simulate(company, seed) for seed in _WORLDS]
    quota = company.pay.sales.quota_eur_per_quarter
    sellers = company.people.account_executives * company.run.quarters
    booked = float(np.mean([run.outcomes["bookings_new_eur"] for run in runs])) / sellers
    idle = float(np.mean([_idle(run) for run in runs]))
    made = f"new contracts come to {euro(booked)} a seller and quarter, {whole_percent(booked / quota)} of the quota"
    if idle > _IDLE and booked < _HALF * quota:
        yield (
            f"The reps of {company.name} starve: {whole_percent(idle)} of their hours are without work, and {made}. "
            "There are too few prospects for so many reps, or the quota is out of reach."
        )
    elif booked < _FAR * quota:
        yield f"Quotas of {company.name} are out of reach: {made} of {euro(quota)}."
    spent = float(np.mean([run.outcomes["pay_eur"] + run.outcomes["programme_eur"] for run in runs]))
    signed = float(np.mean([run.outcomes["bookings_eur"] for run in runs]))
    if spent > signed:
        yield (
            f"Sales and Marketing of {company.name} cost more than they sell: {euro(spent)} next to contracts of "
            f"{euro(signed)}, new and renewed, in {company.run.quarters} quarters."
        )


def _idle(run: Any) -> float:
    from simulation.ledger import Hours

    hours = run.daily[run.first_day :]["hours_sales"].sum(axis=0)
    return float(hours[Hours.IDLE] / hours.sum())


def _value(company: Any, path: str) -> Any:
    for key in path.split("."):
        company = getattr(company, key)
    return company
