"""Where a difference in contribution between two worlds arose, in parts that add up to it exactly in every world.

The same prospects appear in both worlds, so nothing has to be estimated. Each prospect is looked at in both:

- Won in one world only: all it brought (first contract and renewals) is booked at the step at which the other world
  lost it: never reached, never handed over, never worked, no project found, never taken up for selling, not won. If
  the other world has not decided yet, or decided outside the measured days, the step is time.
- Won in both: the difference of the first contracts is a matter of price (the discounts differ) and of what was sold;
  that of the renewals is a matter of keeping customers.

What is left are bad debt and costs, straight from the books. Gains and losses of a step are netted. Exchanging the two
worlds turns every sign and changes nothing else; two equal worlds give zero everywhere.

Known answer: of two deals of 100, one is never worked before and won after the change, the other is lost at an
opportunity after it: +100 at "taken up", -100 at "won", 0 in all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from simulation.measured.lead_fates import (
    Customers,
    Fate,
    Flags,
    Values,
    by_prospect,
    customers_of,
    fates_of_all,
    list_prices,
    same_prospects,
)
from simulation.queues import NOBODY
from simulation.referral import REFERRAL

DECISION = "contribution_eur"


@dataclass(frozen=True)
class Part:
    """One place where a difference can arise: its label, in words if it adds or takes away, and what it counts."""

    label: str
    gain: str
    loss: str
    meaning: str


PARTS: dict[str, Part] = {
    "reached": Part(
        "Leads Marketing brings",
        "more leads",
        "fewer leads",
        "deals with prospects that Marketing reached in one world only",
    ),
    "found": Part(
        "Buyers reps find themselves",
        "more time of reps for their own prospecting",
        "less time of reps for their own prospecting",
        "deals with prospects that only one world reached, by a rep's own prospecting",
    ),
    "recommended": Part(
        "Buyers customers recommend to us",
        "more recommendations by customers",
        "fewer recommendations by customers",
        "deals with prospects that only one world reached, as a customer of the company told them",
    ),
    "handed_over": Part(
        "Leads handed over",
        "better leads",
        "worse leads",
        "deals with leads that the other world reached and never handed over to Sales",
    ),
    "taken_up": Part(
        "Leads worked",
        "more leads worked",
        "fewer leads worked",
        "deals with leads that no rep of the other world ever contacted",
    ),
    "recognised": Part(
        "Projects found when answering",
        "faster and better answers",
        "slower and worse answers",
        "deals with leads in which the other world's reps, too late or too busy, found no project",
    ),
    "opened": Part(
        "Projects taken up for selling",
        "more time of account executives",
        "less time of account executives",
        "deals with projects that the other world found and no account executive took up in time",
    ),
    "won": Part(
        "Opportunities won",
        "more opportunities won",
        "fewer opportunities won",
        "deals that the other world lost as opportunities",
    ),
    "sooner": Part(
        "Deals closed in time",
        "deals closed sooner",
        "deals closed later",
        "deals that the other world closes too, or may, but not within the measured days",
    ),
    "prices": Part("Prices", "better prices", "worse prices", "discounts on deals won in both worlds"),
    "products": Part(
        "What is sold", "richer contracts", "poorer contracts", "list price and margin of deals won in both worlds"
    ),
    "retention": Part(
        "Customers kept",
        "customers kept longer",
        "customers lost sooner",
        "renewals, with what was bought on top, of customers that both worlds have",
    ),
    "other_prospects": Part(
        "Other prospects",
        "prospects that only the changed market has",
        "prospects that only the market before had",
        "margin of prospects that are not the same in both worlds: only if the change concerns the market itself",
    ),
    "bad_debt": Part("Bad debt", "less bad debt", "more bad debt", "contracts never paid"),
    "pay": Part("Pay", "less pay", "more pay", "fixed and variable pay with on-costs"),
    "programme": Part("Programmes", "less spent on programmes", "more spent on programmes", "money spent on channels"),
    "hiring": Part("Hiring", "less spent on hiring", "more spent on hiring", "looking for new people"),
    "coordination": Part(
        "Money for practices",
        "less money for practices",
        "more money for practices",
        "licences and other money that practices cost; their hours are in pay",
    ),
    "other": Part(
        "Everything else",
        "other income",
        "other costs",
        "income and costs that belong to no single deal, and whatever the parts above do not name",
    ),
}
"""In the order in which things happen."""

COSTS = {
    "bad_debt": ("bad_debt",),
    "pay": ("pay_sales", "pay_marketing", "pay_managers"),
    "programme": ("programme",),
    "hiring": ("hiring",),
    "coordination": ("coordination",),
}
"""Columns of the books that a part takes as they are, if the books have them."""

STEP_LOST = {
    Fate.NOT_REACHED: "reached",
    Fate.NOT_HANDED_OVER: "handed_over",
    Fate.NEVER_WORKED: "taken_up",
    Fate.NO_PROJECT_FOUND: "recognised",
    Fate.NEVER_OPENED: "opened",
    Fate.LOST: "won",
    Fate.STILL_OPEN: "sooner",
    Fate.TO_COME: "other_prospects",
}
"""Where a deal is booked that only one world made, by the fate it met in the other."""


@dataclass(frozen=True)
class Origins:
    """What each part adds to the difference (EUR), and by how many deals it gained and lost."""

    eur: Mapping[str, float]
    gained: Mapping[str, int]
    lost: Mapping[str, int]

    @property
    def total(self) -> float:
        """The whole difference in contribution, EUR."""
        return float(sum(self.eur.values()))


def origins(before: Any, after: Any) -> Origins:
    """Where the difference in contribution of two runs of one seed arose; `after` minus `before`, EUR."""
    eur = dict.fromkeys(PARTS, 0.0)
    gained, lost = dict.fromkeys(PARTS, 0), dict.fromkeys(PARTS, 0)
    same = same_prospects(before.company.prospect, after.company.prospect)
    worlds = [_World.of(run, same) for run in (before, after)]
    eur["other_prospects"] = worlds[1].of_others - worlds[0].of_others
    _book_deals_of_one(worlds[1], worlds[0], 1.0, (eur, gained))
    _book_deals_of_one(worlds[0], worlds[1], -1.0, (eur, lost))
    _book_deals_of_both(worlds[0], worlds[1], eur)
    for part, columns in COSTS.items():
        eur[part] = sum(_total(before, column) - _total(after, column) for column in columns)
    whole = after.outcomes[DECISION] - before.outcomes[DECISION]
    eur["other"] = whole - sum(value for part, value in eur.items() if part != "other")
    if abs(eur["other"]) < 1e-9 * (abs(after.outcomes[DECISION]) + abs(before.outcomes[DECISION]) + _volume(worlds)):
        eur["other"] = 0.0  # nothing but the rounding of long sums
    return Origins(eur, gained, lost)


@dataclass(frozen=True)
class _World:
    """The common prospects of one world, and what all others brought (EUR)."""

    channel: npt.NDArray[Any]
    price: Values
    fate: npt.NDArray[np.int64]
    list_price: Values
    customers: Customers
    of_others: float

    @classmethod
    def of(cls, run: Any, same: Flags) -> "_World":
        """Read off a run; `same` says which of its first prospects are those of the other world."""
        leads, found = run.company.lead, customers_of(run)
        common = same[: len(run.company.prospect)]
        brought = by_prospect(run.company, found.new + found.renewed, 0.0)

        def of_common(values: npt.NDArray[Any], of_others: Any) -> npt.NDArray[Any]:
            return by_prospect(run.company, values, of_others)[common]

        return cls(
            of_common(leads["channel"], NOBODY),
            of_common(leads["price"], 0.0),
            fates_of_all(run)[common],
            of_common(list_prices(run), 0.0),
            Customers(
                of_common(found.new, 0.0),
                of_common(found.renewed, 0.0),
                of_common(found.is_new, False),
                of_common(found.is_customer, False),
            ),
            float(brought[~common].sum()),
        )


def _book_deals_of_one(
    winner: _World, other: _World, sign: float, book: tuple[dict[str, float], dict[str, int]]
) -> None:
    """Book what only the `winner` won at the step where the `other` world lost it; `book` is (EUR, number of deals)."""
    eur, count = book
    brought = winner.customers.new + winner.customers.renewed
    only_here = winner.customers.is_customer & ~other.customers.is_customer
    for fate, part in STEP_LOST.items():
        where = only_here & (other.fate == fate)
        if fate == Fate.NOT_REACHED:
            for channel, route in ((NOBODY, "found"), (REFERRAL, "recommended")):
                _add(eur, count, route, (brought, where & (winner.channel == channel), sign))
            where = where & (winner.channel >= 0)
        _add(eur, count, part, (brought, where, sign))


def _add(eur: dict[str, float], count: dict[str, int], part: str, what: tuple[Values, Flags, float]) -> None:
    brought, where, sign = what
    eur[part] += sign * float(brought[where].sum())
    count[part] += int(where.sum())


def _book_deals_of_both(before: _World, after: _World, eur: dict[str, float]) -> None:
    """Book the differences of customers that both worlds have: time, price, products, renewals."""
    is_common = before.customers.is_customer & after.customers.is_customer
    in_both = before.customers.is_new & after.customers.is_new & is_common
    new = after.customers.new - before.customers.new
    eur["sooner"] += float(new[is_common & ~in_both].sum())
    discount = _discount(after) - _discount(before)
    price = -discount * 0.5 * (after.list_price + before.list_price)
    eur["prices"] += float(price[in_both].sum())
    eur["products"] += float((new - price)[in_both].sum())
    eur["retention"] += float((after.customers.renewed - before.customers.renewed)[is_common].sum())
    if abs(eur["products"]) < 1e-9 * float(np.abs(after.customers.new).sum() + 1.0):
        eur["products"] = 0.0  # rounding


def _discount(world: _World) -> Values:
    list_price = np.where(world.list_price > 0, world.list_price, 1.0)
    return np.asarray(1.0 - world.price / list_price, dtype=np.float64)


def _total(run: Any, column: str) -> float:
    names = run.daily.dtype.names or ()
    return float(run.daily[column][run.first_day :].sum()) if column in names else 0.0


def _volume(worlds: list[_World]) -> float:
    return float(sum(np.abs(world.customers.new).sum() + np.abs(world.customers.renewed).sum() for world in worlds))
