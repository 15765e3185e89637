"""What no company chooses: the market and its buyers, and the luck with which everybody comes to the company."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import numpy as np

from simulation.acquaintance import is_unknown, meet
from simulation.prospects import PROSPECT
from simulation.queues import NOBODY
from simulation.status import N_STATUS, Status
from simulation.world import World

WORLD = tuple(field.name for field in fields(World))
NATURE = PROSPECT.names or ()


def exogenous(company: Any) -> dict[str, bytes]:
    """Everything the company cannot choose, as bytes by name."""
    tables = {table: getattr(company, table).tobytes() for table in WORLD if table != "prospect"}
    return tables | {column: company.prospect[column].tobytes() for column in NATURE}


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


def in_states(company: Any, today: int) -> Any:
    """How many prospects are in each state: those who are known, and all others by their days in the market."""
    unknown = company.prospect[company.known_as == NOBODY]
    to_come, gone = unknown["day_arrived"] > today, unknown["day_window_end"] <= today
    counted = np.bincount(company.lead["status"], minlength=N_STATUS)
    counted[Status.TO_COME] += to_come.sum()
    counted[Status.GONE] += gone.sum()
    counted[Status.PROSPECT] += (~to_come & ~gone).sum()
    return counted


def known_once(company: Any) -> Iterator[str]:
    """What is wrong where a prospect should be known in one row of `lead`, as what it is by nature."""
    known = np.flatnonzero(company.known_as != NOBODY)
    if sorted(company.known_as[known]) != list(range(len(company.lead))):
        yield f"{len(known)} prospects are known, in {len(company.lead)} rows"
        return
    rows, born = company.lead[company.known_as[known]], company.prospect[known]
    if (rows["prospect"] != known).any():
        yield "a prospect is known as somebody else"
    yield from (
        f"a lead has another {name} than it was born with" for name in NATURE if (rows[name] != born[name]).any()
    )
