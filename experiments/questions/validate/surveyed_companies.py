"""The companies of a simulated survey: of different size, market, practices, history and people, all drawn.

Each starts from a shipped company. Its size, how fast needs move and how complex its deals are, its history of good or
bad blood and everything uncertain are drawn evenly over plausible ranges; of its practices, half follow one of the four
types and half any of them, one by one. Beside each stands the average company of its market: of the same size, with the
same buyers, defined practices and the usual history.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import scenarios
from experiments.designs.company_today import TYPES
from experiments.designs.sampling import latin_hypercube
from experiments.designs.uncertain_inputs import placed, possible, uncertain, uncertain_inputs
from experiments.designs.variant import Variant, differing_values
from experiments.statistics.paired import Values
from experiments.wording.parameters import value_at
from scenarios import Scenario

BASES = ("reference", "small_firm", "fast_simple_market", "enterprise")
HISTORY, USUAL_HISTORY = "behaviour.trust.start", 0.45
AVERAGE = "defined"
OTHER_WORLDS = 3
"""Worlds in which the average company is met besides the one of the company that is asked."""
SIZES, TURBULENCES, COMPLEXITIES, HISTORIES = (0.5, 2.0), (0.0, 3.0), (0.5, 1.5), (0.2, 0.8)
FOLLOWS_ITS_TYPE = 0.5
_DRAWN_BESIDES = 6  # base, size, turbulence, complexity, history, type
_PEOPLE = ("people.account_executives", "people.sdrs", "people.marketers", "people.managers")
_GROW = (
    *("market.prospects_per_day", "money.programme_eur_per_year", "money.sales_support_eur_per_year"),
    *("customers.installed_base", "pay.marketing.mql_target_per_quarter"),
)
RULES: Mapping[str, Any] = {
    "practices.lead_definition": "joint",
    "practices.lead_target": "capacity",
    "practices.bar_set_by": "both",
    "practices.hand_off_delay_d": 0,
    "practices.sla": True,
    "practices.sla_tracked": True,
    "practices.recycling": True,
}
"""Practices that are rules, with the value of somebody who has them; feedback that is asked for is another."""


@dataclass(frozen=True)
class Surveyed:
    """One company of a survey, and the average one of its market.

    `interdependence`: hours of selling of an average deal, times how complex it is; `rules` 0 to 1: how many of the
    rules it has.
    """

    number: int
    base: str
    asked: Variant
    average: Variant
    heads: int
    interdependence: float
    turbulence: float
    rules: float
    history: float
    n_pulls: int


@dataclass(frozen=True)
class Drawn:
    """The shares 0..1 that decide about one company."""

    base: float
    size: float
    turbulence: float
    complexity: float
    history: float
    type: float
    levers: Sequence[float]
    uncertain: Sequence[float]


def surveyed(n_companies: int, seed: int = 0) -> list[Surveyed]:
    """So many companies; the same for the same seed."""
    n_levers, n_uncertain = max(len(_levers(base)) for base in BASES), len(uncertain())
    table = latin_hypercube(n_companies, _DRAWN_BESIDES + 2 * n_levers + n_uncertain, seed)
    return [_company(number, _drawn(row, n_levers)) for number, row in enumerate(table)]


def _drawn(row: Values, n_levers: int) -> Drawn:
    shares = [float(share) for share in row]
    besides, rest = shares[:_DRAWN_BESIDES], shares[_DRAWN_BESIDES:]
    base, size, turbulence, complexity, history, kind = besides
    return Drawn(base, size, turbulence, complexity, history, kind, rest[: 2 * n_levers], rest[2 * n_levers :])


def _company(number: int, drawn: Drawn) -> Surveyed:
    """One company and the average one beside it, both pulled towards the shipped one until they are possible."""
    name = BASES[_nth(drawn.base, len(BASES))]
    start, average = _loaded(name), scenarios.load(name, AVERAGE)
    market = _market(start, drawn)
    history = _between(HISTORIES, drawn.history)
    own, n_pulls = possible(start, {**market, **_practices(name, drawn), HISTORY: history})
    others, _ = possible(average, {path: own[path] for path in market} | {HISTORY: USUAL_HISTORY})
    asked = Variant(start, tuple(own.items()))
    return Surveyed(
        number=number,
        base=name,
        asked=asked,
        average=Variant(average, tuple(others.items())),
        heads=sum(int(own[path]) for path in _PEOPLE),
        interdependence=_interdependence(start, own),
        turbulence=float(own["market.turbulence"]),
        rules=_rules(start, own),
        history=float(own[HISTORY]),
        n_pulls=n_pulls,
    )


def _market(start: Scenario, drawn: Drawn) -> dict[str, Any]:
    """What neither history nor practices are: size, market and people."""
    open_ = {one.path for one in uncertain_inputs(start)}
    values: dict[str, Any] = {
        one.path: placed(one, share)
        for one, share in zip(uncertain(), drawn.uncertain, strict=True)
        if one.path in open_ and one.path != HISTORY
    }
    low, high = SIZES
    factor = low * (high / low) ** drawn.size
    for path in _PEOPLE:
        values[path] = _scaled(value_at(start, path), factor)
    for path in _GROW:
        value = value_at(start, path)
        values[path] = round(factor * value) if isinstance(value, int) else factor * value
    values["market.turbulence"] = _between(TURBULENCES, drawn.turbulence)
    complexity = _between(COMPLEXITIES, drawn.complexity)
    for name, segment in start.segments.items():
        values[f"segments.{name}.complexity"] = complexity * segment.complexity
    return values


def _scaled(people: int, factor: float) -> int:
    """So many times the people, one at least of those there were."""
    return max(1, round(factor * people)) if people else 0


def _practices(name: str, drawn: Drawn) -> dict[str, Any]:
    """The lever values of the types: half of them of one type, the others of any."""
    kind = TYPES[_nth(drawn.type, len(TYPES))]
    values = {}
    for place, (path, by_type) in enumerate(_levers(name).items()):
        follows, other = drawn.levers[2 * place], drawn.levers[2 * place + 1]
        values[path] = by_type[kind if follows < FOLLOWS_ITS_TYPE else TYPES[_nth(other, len(TYPES))]]
    if not values.get("practices.sla", True):
        values["practices.sla_tracked"] = False
    return values


def _interdependence(start: Scenario, own: Mapping[str, Any]) -> float:
    """Hours of selling of an average deal times its complexity, by the weights of segments."""
    weights = {name: segment.weight for name, segment in start.segments.items()}
    hours = {
        name: segment.selling_h * float(own[f"segments.{name}.complexity"]) for name, segment in start.segments.items()
    }
    return sum(weights[name] * hours[name] for name in weights) / sum(weights.values())


def _rules(start: Scenario, own: Mapping[str, Any]) -> float:
    """Share of the rules that the company has; of feedback, how much of it is asked for."""
    has = [float(own.get(path, value_at(start, path)) == value) for path, value in RULES.items()]
    has.append(float(own.get("practices.feedback_asked", start.practices.feedback_asked)))
    return sum(has) / len(has)


@cache
def _loaded(name: str) -> Scenario:
    return scenarios.load(name)


@cache
def _levers(name: str) -> dict[str, dict[str, Any]]:
    """In what the four types of this company differ, by path and type."""
    return differing_values({kind: scenarios.load(name, kind) for kind in TYPES})


def _nth(share: float, n: int) -> int:
    return min(n - 1, math.floor(share * n))


def _between(ends: tuple[float, float], share: float) -> float:
    return ends[0] + share * (ends[1] - ends[0])
