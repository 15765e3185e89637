"""What happened to a prospect in a day, read from its row on two evenings."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from experiments.wording.numbers import euro, number, percent
from scenarios import Scenario

_NOBODY = -1
_TOLD = {
    *("day_arrived", "day_project", "day_window_end", "day_interest", "day_reached", "day_mql", "day_on_desk"),
    *("day_asked", "day_contacted", "day_sql", "day_opportunity", "day_lost", "day_won", "day_renewal"),
    *("n_scored", "n_nurtured", "n_handed", "n_tries", "n_attempts", "n_renewals"),
}
"""Columns with words of their own below; any other day or count that changes is told by its name."""


@dataclass(frozen=True)
class Evening:
    """How a prospect stands on an evening: its row, its interest, and its rep's trust in its marketer (or NaN).

    `stage` is how far it has come in its own mind, a number of `buying_stage.Stage`.
    """

    today: int
    row: Any
    scenario: Scenario
    interest: float
    trust: float
    off_need: float
    list_price: float
    waiting: int
    stage: int

    @classmethod
    def of(cls, company: Any, scenario: Scenario, prospect: int, today: int) -> "Evening":
        """Look at a company in the evening of `today`."""
        from simulation.acquaintance import row_of
        from simulation.buying_stage import Stage, buying_stage
        from simulation.interest import interest_now
        from simulation.queues import DESK
        from simulation.status import Status

        row, lead = row_of(company, prospect, today), int(company.known_as[prospect])
        if row["referred_by"] != _NOBODY:
            row["referred_by"] = company.lead["prospect"][row["referred_by"]]
        is_known = row["day_reached"] >= 0 and today >= row["day_interest"]
        owner, marketer = int(row["owner"]), int(row["marketer"])
        is_over = row["status"] in (Status.LOST, Status.GONE, Status.NEVER_WORKED)
        has_both = owner != _NOBODY and marketer != _NOBODY and not is_over
        need = company.needs[max(0, today), row["segment"]]
        off = (row["promise_x"] - need[0] - row["need_x"], row["promise_y"] - need[1] - row["need_y"])
        desk = int(company.link["place"][DESK, lead]) if lead != _NOBODY else _NOBODY
        return cls(
            today=today,
            row=row,
            scenario=scenario,
            interest=float(interest_now(company, lead, today)) if is_known else float("nan"),
            trust=float(company.trust_in_marketer[owner, marketer]) if has_both else float("nan"),
            off_need=float((off[0] ** 2 + off[1] ** 2) ** 0.5),
            list_price=float(row["value"] * company.product["price"][max(0, int(row["product"]))]),
            waiting=int(company.place[desk]["length"]) if desk != _NOBODY else 0,
            stage=int(buying_stage(company, lead, today) if lead != _NOBODY else Stage.UNAWARE),
        )

    @property
    def status(self) -> int:
        """The state it is in, a number of `Status`."""
        return int(self.row["status"])

    @property
    def rep(self) -> str:
        """The rep who has it, in words."""
        owner, n_executives = int(self.row["owner"]), self.scenario.people.account_executives
        if owner == _NOBODY:
            return "nobody"
        return f"rep {owner}" if owner < n_executives else f"SDR {owner - n_executives}"


def events_between(before: Evening, after: Evening) -> Iterator[str]:
    """What happened between two evenings, in the order in which a lead goes its way."""
    with_us = (_asks, _with_marketing, _handed_over, _followed_up, _sold, _ended, _as_customer, _otherwise)
    for tell in (_in_the_market, *with_us, _in_its_mind):
        yield from tell(before, after)


def _grew(before: Evening, after: Evening, column: str) -> int:
    return int(after.row[column]) - int(before.row[column])


def _is_today(before: Evening, after: Evening, column: str) -> bool:
    return int(after.row[column]) == after.today and int(before.row[column]) != after.today


def _in_the_market(before: Evening, after: Evening) -> Iterator[str]:
    from simulation.referral import REFERRAL
    from simulation.status import Status

    if before.status == Status.TO_COME and after.status != Status.TO_COME:
        yield "appears in the market"
    if not _is_today(before, after, "day_reached"):
        return
    if after.row["channel"] == _NOBODY:
        yield f"found by {after.rep}, prospecting"
        return
    if after.row["channel"] == REFERRAL:
        yield f"recommended by customer {int(after.row['referred_by'])}; interest {_of(after)}"
        return
    channel = list(after.scenario.channels)[after.row["channel"]]
    yield f"answers on {channel}: a message {number(after.off_need)} need units from its need; interest {_of(after)}"


def _asks(before: Evening, after: Evening) -> Iterator[str]:
    if _is_today(before, after, "day_asked"):
        yield "asks for a call"


def _of(evening: Evening) -> str:
    return percent(evening.interest)


def _with_marketing(before: Evening, after: Evening) -> Iterator[str]:
    if _grew(before, after, "n_nurtured") > 0:
        yield f"nurtured by Marketing; interest {_of(after)}"
    if _grew(before, after, "n_scored") > 0 and not _grew(before, after, "n_handed"):
        yield "scored by Marketing: below the bar"


def _handed_over(before: Evening, after: Evening) -> Iterator[str]:
    if _grew(before, after, "n_handed") > 0:
        again = " again" if after.row["n_handed"] > 1 else ""
        trust = "" if after.trust != after.trust else f", who trusts its marketer {percent(after.trust)}"
        is_scored = _grew(before, after, "n_scored") > 0
        why = "above the bar" if is_scored else "as it asked"
        yield f"{why}: handed over{again} to {after.rep}{trust}"
    if _is_today(before, after, "day_on_desk"):
        behind = f" with {after.waiting - 1} more" if after.waiting > 1 else ""
        yield f"lies on the desk of {after.rep}{behind}"


def _followed_up(before: Evening, after: Evening) -> Iterator[str]:
    from simulation.status import Status

    n_attempts = _grew(before, after, "n_attempts")
    if n_attempts > 0:
        first = (
            f", {number(float(after.row['response_h']))} hours after the hand-over" if _is_first(before, after) else ""
        )
        caller = before.rep if before.row["owner"] != _NOBODY else after.rep
        yield f"attempt {int(after.row['n_attempts'])} by {caller}{first}"
    if _is_today(before, after, "day_sql"):
        yield "talk: a project is found"
    elif n_attempts > 0 and after.row["day_interest"] == after.today and after.status != Status.ACCEPTED:
        yield "talk: no project seen"
    elif n_attempts > 0:
        yield "not reached"
    if after.status == Status.RECYCLED and before.status != Status.RECYCLED:
        yield "given back to Marketing"


def _is_first(before: Evening, after: Evening) -> bool:
    return _is_today(before, after, "day_contacted")


def _sold(before: Evening, after: Evening) -> Iterator[str]:
    from simulation.status import Status

    in_sale = (Status.SQL, Status.OPPORTUNITY, Status.CUSTOMER, Status.LOST)
    owners = before.row["owner"], after.row["owner"]
    if after.status in in_sale and owners[0] != owners[1] and _NOBODY not in owners:
        yield f"passed to {after.rep}"
    if _is_today(before, after, "day_opportunity"):
        yield f"opportunity of {after.rep}: {int(after.row['steps_left'] + after.row['steps_done'])} steps to go"
    n_steps = _grew(before, after, "steps_done")
    if n_steps > 0:
        left = int(after.row["steps_left"])
        yield f"step {int(after.row['steps_done'])} done{f', {left} to go' if left > 0 else ''}; interest {_of(after)}"


def _ended(before: Evening, after: Evening) -> Iterator[str]:
    from simulation.status import Status

    if _is_today(before, after, "day_won"):
        price, listed = float(after.row["price"]), after.list_price
        discount = f", {percent(1 - price / listed)} off" if price < listed else ", at list price"
        products = list(after.scenario.products)
        what = f": {products[int(after.row['product'])].replace('_', ' ')}" if len(products) > 1 else ""
        yield f"WON by {after.rep} at {euro(price)} a year{discount}{what}"
    ends = {
        Status.LOST: "LOST",
        Status.NEVER_WORKED: "given up: NEVER WORKED",
        Status.GONE: "its window closes: GONE, never reached",
    }
    if after.status != before.status and after.status in ends:
        was = before.row["day_opportunity"] >= 0 or after.row["day_opportunity"] >= 0
        yield ends[Status(after.status)] + (" to a rival or to nothing" if after.status == Status.LOST and was else "")


def _as_customer(before: Evening, after: Evening) -> Iterator[str]:
    from simulation.customers import COMPLAINING
    from simulation.status import Status

    was = before.status == Status.CUSTOMER
    if was and before.row["h_left"] > 0 and after.row["h_left"] == 0 and after.status == Status.CUSTOMER:
        yield "onboarding done"
    if was and abs(after.row["satisfaction"] - before.row["satisfaction"]) > 1e-6:
        yield f"satisfaction {percent(float(after.row['satisfaction']))}"
    if _grew(before, after, "n_renewals") > 0:
        more = ", buys more" if after.row["volume"] > before.row["volume"] else ""
        yield f"renews at {euro(float(after.row['price'] * after.row['volume']))}{more}"
    if after.row["care"] != before.row["care"] and after.row["care"] == COMPLAINING:
        yield "complains"
    if after.status == Status.CHURNED and was:
        is_due = int(before.row["day_renewal"]) == after.today
        yield "does not renew: CHURNED" if is_due else "never pays: CHURNED"


def _in_its_mind(before: Evening, after: Evening) -> Iterator[str]:
    """A buyer comes to think more of us; that it has heard of us, or has signed, is told already."""
    from simulation.buying_stage import Stage

    if after.stage > before.stage and after.stage not in (Stage.AWARE, Stage.CUSTOMER):
        yield f"buying stage: {Stage(after.stage).name.lower()}"


def _otherwise(before: Evening, after: Evening) -> Iterator[str]:
    """Days and counts that have no words of their own: by the name of their column."""
    for name in after.row.dtype.names or ():
        if name in _TOLD:
            continue
        if name.startswith("day_") and _is_today(before, after, name):
            yield name.removeprefix("day_").replace("_", " ")
        if name.startswith("n_") and _grew(before, after, name) > 0:
            yield f"{name.removeprefix('n_').replace('_', ' ')}: {number(float(after.row[name]))}"
