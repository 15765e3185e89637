"""What no company chooses: the market and its buyers, and the luck with which everybody comes to the company."""

from dataclasses import fields
from typing import Any

from simulation.acquaintance import is_unknown, meet
from simulation.world import World

WORLD = tuple(field.name for field in fields(World))


def exogenous(company: Any) -> dict[str, bytes]:
    """Everything the company cannot choose, as bytes by name."""
    return {table: getattr(company, table).tobytes() for table in WORLD}


def same_world(one: Any, other: Any) -> list[str]:
    """Names of what differs between the worlds of two companies; none if they live in the same one."""
    return [name for name, seen in exogenous(one).items() if seen != exogenous(other)[name]]


def first_luck(company: Any) -> dict[tuple[Any, ...], Any]:
    """Skill, first beliefs and first trust of everybody, by the person's key."""
    rep, marketer = company.rep["key"].tolist(), company.marketer["key"].tolist()
    luck: dict[tuple[Any, ...], Any] = {}
    luck |= {("skill", key): float(skill) for key, skill in zip(rep, company.rep["skill"], strict=True)}
    luck |= {("skill", key): float(skill) for key, skill in zip(marketer, company.marketer["skill"], strict=True)}
    luck |= {("belief", key): belief.tobytes() for key, belief in zip(rep, company.rep_belief, strict=True)}
    luck |= {("belief", key): belief.tobytes() for key, belief in zip(marketer, company.marketer_belief, strict=True)}
    for i, one in enumerate(rep):
        for j, other in enumerate(marketer):
            luck["trust", one, other] = float(company.trust_in_marketer[i, j])
            luck["trust", other, one] = float(company.trust_in_rep[j, i])
    return luck


def meet_everybody(company: Any) -> None:
    """Let the company know all prospects, each in the row of its number, for tests that try a rule on many leads."""
    assert company.known["n_leads"][0] == company.rules[0]["customers"]["installed_base"], "it knows some already"
    for prospect in range(len(company.prospect)):
        if is_unknown(company, prospect):
            meet(company, prospect)
