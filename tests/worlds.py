"""What no company chooses: the market and its buyers, and the luck with which everybody comes to the company."""

from typing import Any

WORLD = ("climate", "arrivals", "needs", "first_lead")
NATURE = (
    "segment",
    "readiness",
    "day_arrived",
    "day_project",
    "day_window_end",
    "buyers",
    "fit",
    "need_x",
    "need_y",
    "value",
)


def exogenous(company: Any) -> dict[str, bytes]:
    """Everything the company cannot choose, as bytes by name; a customer's window is closed by its signature."""
    lead = company.lead
    return {
        **{table: getattr(company, table).tobytes() for table in WORLD},
        **{column: lead[column].tobytes() for column in NATURE},
    }


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
