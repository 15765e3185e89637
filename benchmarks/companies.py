"""The companies that are timed: the reference company, and larger ones made from it."""

from dataclasses import dataclass
from typing import Any

import scenarios
from scenarios import Scenario
from scenarios.run_length import DAYS_PER_YEAR

REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Size:
    """How much larger than the reference company: `prospects` and `staff` are factors, `quarters` a length."""

    prospects: float = 1.0
    staff: float = 1.0
    quarters: int | None = None


def company(size: Size | None = None) -> Scenario:
    """Return the reference company, larger by `size`.

    What goes with prospects grows with them (budget, target, customers of the first day), so that each prospect is
    reached as often as before.
    """
    size = size or Size()
    base = scenarios.load(REFERENCE)
    people = base.people
    changes: dict[str, Any] = _market(base, size.prospects)
    changes |= {
        "people.account_executives": round(people.account_executives * size.staff),
        "people.sdrs": round(people.sdrs * size.staff),
        "people.marketers": round(people.marketers * size.staff),
        "people.managers": round(people.managers * size.staff),
    }
    if size.quarters is not None:
        changes["run.quarters"] = size.quarters
    return scenarios.load(REFERENCE, changes=changes)


def large_company() -> Scenario:
    """Return a company of 1,000 reps, 200 marketers and 60 managers in a market of a million prospects a year."""
    base = scenarios.load(REFERENCE)
    per_day = 1e6 / DAYS_PER_YEAR
    changes: dict[str, Any] = _market(base, per_day / base.market.prospects_per_day)
    changes |= {
        "people.account_executives": 700,
        "people.sdrs": 300,
        "people.marketers": 200,
        "people.managers": 60,
    }
    return scenarios.load(REFERENCE, changes=changes)


def _market(base: Scenario, factor: float) -> dict[str, Any]:
    return {
        "market.prospects_per_day": base.market.prospects_per_day * factor,
        "money.programme_eur_per_year": base.money.programme_eur_per_year * factor,
        "pay.marketing.mql_target_per_quarter": base.pay.marketing.mql_target_per_quarter * factor,
        "customers.installed_base": round(base.customers.installed_base * factor),
    }
