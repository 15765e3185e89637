"""From a description to a whole company: the nearest shipped one, with all that goes by size scaled to fit."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import scenarios
from experiments.designs.variant import laid_on
from experiments.observation.published_figures import typical_deal_eur
from experiments.questions.new.description import Description
from scenarios import Scenario
from scenarios.input_errors import InputError
from scenarios.market import Segment
from scenarios.run_length import CALENDAR_DAYS_PER_WORKING_DAY, DAYS_PER_QUARTER, DAYS_PER_YEAR

NEAR = ("reference", "small_firm", "fast_simple_market", "enterprise")
"""Companies that others are like; each has an ensemble of its own."""
_LONGEST_WARM_UP = 12
_SIZE_WEIGHT = 0.3  # of head counts next to deal values, when it is asked which company is near
_HOURS_BY_VALUE, _BUYERS_BY_VALUE = 0.5, 0.3
"""Powers by which selling hours and buyers grow with deal value: between shipped companies both have about 0.55. Of
hours each buyer takes some, too; of buyers less is taken, as beyond 12 nobody is plausible (assumed)."""
_MOST_BUYERS = 12.0
PATIENCE = "as long beside what a purchase takes as there"
_SAME = 1.1  # so near, nothing of buyers is changed
ONE_PRODUCT = {"price": 1.0, "worth": 1.0, "gross_margin": 0.75, "selling_h": 1.0, "appeal": 0.0, "untrained_loss": 0.0}
_FIRST, _SECOND = "easy", "strategic"
SAID = "as you say"

Values = dict[str, tuple[Any, str]]
"""By dotted path: a value, and where it comes from."""


@cache
def _shipped(name: str) -> Scenario:
    return scenarios.load(name)


@dataclass(frozen=True)
class Draft:
    """A described company on its way: what it says on top of a shipped `parent`, and why, path by path.

    `scenario` is the whole company.
    """

    description: Description
    parent: str
    values: Values
    scenario: Scenario

    @property
    def nearest(self) -> Scenario:
        """The parent as shipped."""
        return _shipped(self.parent)

    def more(self, values: Values) -> "Draft":
        """With some values more, or others; raises ScenarioError where its parts are no possible company."""
        laid = laid_on(self.scenario, {path: value for path, (value, _) in values.items()})
        return replace(self, values=self.values | values, scenario=laid)


def scaled(description: Description) -> Draft:
    """A first draft of the company: sizes as said or scaled, buyers by the value of a deal. Raises InputError."""
    parent = _nearest(description)
    practices = description["together"]
    base = scenarios.load(parent, practices=practices)
    start = base.model_copy(
        update={"name": description.name, "preset": practices, "question": question_of(description)}
    )
    near = _shipped(parent)
    try:
        draft = Draft(description, parent, {}, start)
        for part in (_people, _pay, _market, _segments, _customers, _products, _length):
            draft = draft.more(dict(part(description, near)))
        return draft.more({f"practices.{name}": (value, SAID) for name, value in description.practices.items()})
    except InputError as error:
        raise InputError(f"{description.name}: {str(error).removeprefix('changes: ')}") from None


def question_of(description: Description) -> str:
    """What is asked of every company of one's own."""
    return f"What should {description.name} change in how Marketing and Sales work together?"


def _nearest(description: Description) -> str:
    def distance(name: str) -> float:
        """In logs of deal value, and a little of size."""
        company = _shipped(name)
        by_value = math.log(description["deal_value_eur"] / typical_deal_eur(company))
        by_size = math.log(description["account_executives"] / company.people.account_executives)
        return math.hypot(by_value, _SIZE_WEIGHT * by_size)

    return min(NEAR, key=distance)


def _scale(description: Description, near: Scenario) -> float:
    """How many times as many people sell as in the company that is near."""
    return float(description["account_executives"] / near.people.account_executives)


def _people(description: Description, near: Scenario) -> Iterator[tuple[str, tuple[Any, str]]]:
    for role in ("account_executives", "sdrs", "marketers", "managers"):
        if description[role] is not None:
            yield f"people.{role}", (description[role], SAID)
        else:
            scaled = round(getattr(near.people, role) * _scale(description, near))
            yield f"people.{role}", (max(0 if role == "sdrs" else 1, scaled), f"as many a seller as in {near.name}")
    if description["regions"] is not None:
        yield "people.regions", (description["regions"], SAID)


def _pay(description: Description, near: Scenario) -> Iterator[tuple[str, tuple[Any, str]]]:
    for side, answer in (("sales", "sales_pay"), ("marketing", "marketing_pay")):
        if description[answer] is not None:
            yield f"pay.{side}.scheme", (description[answer], SAID)
    if description["quota_eur_per_year"] is not None:
        quarters = DAYS_PER_YEAR / DAYS_PER_QUARTER
        yield "pay.sales.quota_eur_per_quarter", (description["quota_eur_per_year"] / quarters, SAID)
    if description["pay_eur_per_year"] is None:
        return
    usual = near.pay.sales.account_executive_base_eur + near.pay.sales.account_executive_variable_eur
    ratio = description["pay_eur_per_year"] / usual
    yield "people.going_pay_eur", (round_to(near.people.going_pay_eur * ratio), "others pay alike")
    for path in (
        "sales.account_executive_base_eur",
        "sales.account_executive_variable_eur",
        "sales.sdr_base_eur",
        "sales.sdr_variable_eur",
        "marketing.base_eur",
        "marketing.variable_eur",
        "manager_eur",
    ):
        value: Any = near.pay
        for key in path.split("."):
            value = getattr(value, key)
        yield f"pay.{path}", (round_to(value * ratio), f"in proportion to sellers' pay, as in {near.name}")


def _market(description: Description, near: Scenario) -> Iterator[tuple[str, tuple[Any, str]]]:
    scale, leads = _scale(description, near), f"as many a seller as in {near.name}"
    yield "market.prospects_per_day", (round_to(near.market.prospects_per_day * scale), leads)
    if description["programme_eur_per_year"] is None:
        scaled = round_to(near.money.programme_eur_per_year * scale)
        yield "money.programme_eur_per_year", (scaled, f"as much a seller as in {near.name}")
    else:
        yield "money.programme_eur_per_year", (description["programme_eur_per_year"], SAID)
    support = round_to(near.money.sales_support_eur_per_year * scale)
    yield "money.sales_support_eur_per_year", (support, f"as much a seller as in {near.name}")
    target = round_to(near.pay.marketing.mql_target_per_quarter * scale)
    yield "pay.marketing.mql_target_per_quarter", (target, leads)


def _segments(description: Description, near: Scenario) -> Iterator[tuple[str, tuple[Any, str]]]:
    ratio = description["deal_value_eur"] / typical_deal_eur(near)
    for name, segment in near.segments.items():
        value = round_to(segment.deal_value_eur * ratio)
        yield f"segments.{name}.deal_value_eur", (value, f"spread as in {near.name} round what you say")
        if 1 / _SAME < ratio < _SAME:
            continue
        why = "grows with deal value, more slowly"
        yield f"segments.{name}.selling_h", (round_to(segment.selling_h * ratio**_HOURS_BY_VALUE), why)
        buyers = min(_MOST_BUYERS, max(1.0, round_to(segment.buyers * ratio**_BUYERS_BY_VALUE)))
        yield f"segments.{name}.buyers", (buyers, why)
        yield f"segments.{name}.patience_d", (patience(segment, segment.steps, buyers), PATIENCE)


def patience(near: Segment, steps: int, buyers: float) -> float:
    """Days for which buyers look: as long beside what their purchase takes as in the segment that is near."""
    return round_to(near.patience_d * (steps + buyers - 1) / (near.steps + near.buyers - 1))


def _customers(description: Description, near: Scenario) -> Iterator[tuple[str, tuple[Any, str]]]:
    scaled = round(near.customers.installed_base * _scale(description, near))
    why = (scaled, f"as many a seller as in {near.name}")
    yield "customers.installed_base", why if description["customers"] is None else (description["customers"], SAID)


def _products(description: Description, near: Scenario) -> Iterator[tuple[str, tuple[Any, str]]]:
    wanted = description["products"]
    if wanted is None or wanted == len(near.products):
        return
    if wanted == 1:
        yield "products", (dict.fromkeys(near.products) | {_FIRST: ONE_PRODUCT}, "one product, as you say")
        return
    two = _shipped("reference").products
    products = {_FIRST: two[_FIRST].model_dump(), _SECOND: two[_SECOND].model_dump()}
    for number in range(3, wanted + 1):
        products[f"product_{number}"] = ONE_PRODUCT | {"untrained_loss": two[_SECOND].untrained_loss / 2}
    yield "products", (products, f"{wanted} products, as you say; how they differ as in reference")


def _length(description: Description, near: Scenario) -> Iterator[tuple[str, tuple[Any, str]]]:
    """As long before anything is counted as a deal takes, so that there is something in the pipeline."""
    if description["days_to_signature"] is None:
        return
    days = description["days_to_signature"] / CALENDAR_DAYS_PER_WORKING_DAY
    quarters = min(_LONGEST_WARM_UP, math.ceil(days / DAYS_PER_QUARTER))
    if quarters > near.run.warm_up_quarters:
        yield "run.warm_up_quarters", (quarters, "deals take so long; the pipeline fills before anything is counted")


def round_to(value: float, digits: int = 3) -> float:
    """A value with so many digits that matter, whole if it is large: 1234.5 is 1230."""
    rounded = float(f"{value:.{digits}g}")
    return int(rounded) if rounded >= 100 else rounded
