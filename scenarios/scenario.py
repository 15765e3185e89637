"""A whole company in its market: everything a run depends on but the seed."""

from typing import Any, Self

from pydantic import ValidationError, model_validator

from scenarios.behaviour import Behaviour
from scenarios.calendar import planned
from scenarios.customers import Customers
from scenarios.declare import Section
from scenarios.market import Channel, Market, Segment
from scenarios.money import Money
from scenarios.pay import Pay
from scenarios.people import People
from scenarios.practices import Practices
from scenarios.products import Product
from scenarios.run_length import DAYS_PER_QUARTER, RunLength

LARGEST_RUN = 30_000_000  # prospects; each takes some 250 bytes
LARGEST_TEAMS = 5_000_000  # pairs of rep and marketer


class Scenario(Section):
    """One company, its market and how its people act."""

    name: str = "company"
    question: str = ""
    preset: str | None = None
    """The practices the company has today, by name; for reports only."""
    run: RunLength = RunLength()
    market: Market = Market()
    segments: dict[str, Segment] = {"buyers": Segment()}
    channels: dict[str, Channel] = {"web": Channel()}
    products: dict[str, Product] = {"standard": Product()}
    people: People = People()
    practices: Practices = Practices()
    pay: Pay = Pay()
    money: Money = Money()
    customers: Customers = Customers()
    behaviour: Behaviour = Behaviour()
    calendar: dict[str, Any] = {}
    """What the company changes on its way (see `scenarios.calendar`)."""

    @property
    def days(self) -> int:
        """Working days of a run, warm-up included."""
        return (self.run.quarters + self.run.warm_up_quarters) * DAYS_PER_QUARTER

    def with_lever(self, path: str, value: Any) -> Self:
        """This company with one lever at a dotted path changed, and no calendar; raises ValueError."""
        values = self.model_dump(exclude={"calendar"})
        *keys, last = path.split(".")
        group: Any = values
        for key in keys:
            group = group.get(key) if isinstance(group, dict) else None
        if not isinstance(group, dict) or last not in group:
            raise ValueError(f"there is no {path}")
        group[last] = value
        return type(self).model_validate(values)

    def __repr__(self) -> str:
        """The company in a line; `scenarios.resolved(scenario)` has every value."""
        people, market = self.people, self.market
        size = f"{people.account_executives + people.sdrs} reps, {people.marketers} marketers"
        reach = f"{market.prospects_per_day:g} prospects a day in {len(self.segments)} segments"
        return f"<Scenario {self.name}: {size}, {reach}, {self.run.quarters} quarters>"

    __str__ = __repr__

    def _has_what_it_needs(self) -> None:
        if not self.segments:
            raise ValueError("segments: the market needs at least one segment")
        if not self.channels:
            raise ValueError("channels: Marketing needs at least one channel")
        if not self.products:
            raise ValueError("products: the company needs at least one product")

    def _can_be_changed(self) -> None:
        for written, value in self.calendar.items():
            change = planned(written, value)
            last = self.run.quarters * DAYS_PER_QUARTER
            if change.day >= last:
                raise ValueError(f"calendar: {written} comes after the run of {last} working days")
            try:
                self.with_lever(change.path, value)
            except ValidationError as error:
                raise ValueError(f"calendar: {written} cannot be {value!r}: {error.errors()[0]['msg']}") from None
            except ValueError as error:
                raise ValueError(f"calendar: {written} changes nothing, as {error}") from None

    @model_validator(mode="after")
    def _can_be_run(self) -> Self:
        self._has_what_it_needs()
        if self.market.share_ready + self.market.share_never_fit > 1:
            raise ValueError("market: share_ready and share_never_fit together exceed 1")
        if self.customers.renewal_at_worst > self.customers.renewal_at_best:
            raise ValueError("customers: renewal_at_worst exceeds renewal_at_best")
        if self.behaviour.learning.score_worst > self.behaviour.learning.score_best:
            raise ValueError("behaviour.learning: score_worst exceeds score_best")
        if self.customers.weight_match + self.customers.weight_story > 1:
            raise ValueError("customers: weight_match and weight_story together exceed 1")
        if self.customers.contract_d <= self.customers.onboarding_window_d:
            raise ValueError("customers: contract_d must exceed onboarding_window_d, so that onboarding can end first")
        prospects = self.market.prospects_per_day * self.days + self.customers.installed_base
        if prospects > LARGEST_RUN:
            raise ValueError(f"the run would hold {prospects:,.0f} prospects; at most {LARGEST_RUN:,} fit in memory")
        self._can_be_changed()
        pairs = (self.people.account_executives + self.people.sdrs) * self.people.marketers
        if pairs > LARGEST_TEAMS:
            raise ValueError(f"people: {pairs:,} pairs of rep and marketer; at most {LARGEST_TEAMS:,} fit in memory")
        return self
