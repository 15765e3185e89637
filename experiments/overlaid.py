"""A scenario with changes that are laid on it only where it is run: thousands of them travel lightly to workers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import scenarios
from scenarios import Scenario

Changes = tuple[tuple[str, Any], ...]
"""(path, value) pairs, the last one wins."""


@dataclass(frozen=True)
class Overlaid:
    """The scenario of a company, and what an arm and an experiment lay on it.

    Paths may have `*` for the names of all segments or channels; all of them must exist.
    """

    scenario: Scenario
    changes: Changes = ()


def simulate_overlaid(arm: Overlaid, seed: int) -> Any:
    """One run of it; the scenario is put together once per process and arm."""
    from simulation import simulate

    return simulate(_laid(arm), seed)


def laid_on(scenario: Scenario, changes: Mapping[str, Any]) -> Scenario:
    """The scenario with values at dotted paths changed, all at once; raises ScenarioError."""
    values = scenarios.resolved(scenario)
    for path, value in changes.items():
        _set(values, path.split("."), value)
    return scenarios.from_resolved(values, "changes")


def _laid(arm: Overlaid) -> Scenario:
    """The scenario to run; kept for the next runs of the same arm, which come soon."""
    if not arm.changes:
        return arm.scenario
    known = _kept.get(id(arm))
    if known is None:
        if len(_kept) >= _KEEP:
            _kept.clear()
        known = _kept[id(arm)] = (arm, laid_on(arm.scenario, dict(arm.changes)))  # holding the arm keeps its id its own
    return known[1]


_KEEP = 64
_kept: dict[int, tuple[Overlaid, Scenario]] = {}


def _set(values: Any, keys: list[str], value: Any) -> None:
    key, rest = keys[0], keys[1:]
    for name in list(values) if key == "*" else [key]:
        if rest:
            _set(values[name], rest, value)
        else:
            values[name] = value
