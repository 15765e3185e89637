"""The companies that a survey may come from: half of them near one of the four types, half of any practices.

Of a company near a type most practices follow it, numbers with some play, and the others are any. What is known of the
company is the same in all of them. Each lives in a world of its own, with a draw of the assumptions of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.designs.company_today import TYPES
from experiments.questions.assess.open_levers import YES_NO, OpenLever
from experiments.statistics.paired import Values

NEAR_A_TYPE, FOLLOWS = 0.5, 0.8
"""Share of companies that are near a type, and of practices that follow it there."""


@dataclass(frozen=True)
class DrawnCompany:
    """Its open practices by path, and the type that it was drawn near to (None: of any practices)."""

    values: Mapping[str, Any]
    near: str | None


def drawn_companies(
    levers: Sequence[OpenLever], facts: Mapping[str, Any], n: int, seed: int = 0
) -> tuple[DrawnCompany, ...]:
    """So many companies; the first are the same however many there are."""
    return tuple(_company(levers, facts, np.random.default_rng([seed, number])) for number in range(n))


def _company(levers: Sequence[OpenLever], facts: Mapping[str, Any], rng: np.random.Generator) -> DrawnCompany:
    is_near = bool(rng.random() < NEAR_A_TYPE)
    kind = TYPES[int(rng.integers(len(TYPES)))]
    follows = {one.practice: bool(rng.random() < FOLLOWS) for one in levers}
    drawn = {one.path: one.like(kind, rng) if is_near and follows[one.practice] else one.free(rng) for one in levers}
    return DrawnCompany(fitting(levers, drawn | dict(facts)), kind if is_near else None)


def fitting(levers: Sequence[OpenLever], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values, without what cannot be for want of another: nothing is tracked that was not signed."""
    fitted = dict(values)
    for one in levers:
        if one.kind == YES_NO and one.needs in fitted and not fitted[str(one.needs)]:
            fitted[one.path] = False
    return fitted


def distances(levers: Sequence[OpenLever], companies: Sequence[Mapping[str, Any]]) -> Values:
    """How far each company is from each type, companies x types, 0 to 1: the mean over practices of their levers'."""
    practices: dict[str, list[OpenLever]] = {}
    for one in levers:
        if one.differs:
            practices.setdefault(one.practice, []).append(one)
    apart = [
        np.mean([one.apart([values[one.path] for values in companies]) for one in some], axis=0)
        for some in practices.values()
    ]
    return np.asarray(np.mean(apart, axis=0)).reshape(len(companies), len(TYPES))
