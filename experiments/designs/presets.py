"""The practices of a relationship type laid on a company that is already put together."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import scenarios
from scenarios import Scenario
from scenarios.loader import PRESETS, merged, preset_layers
from scenarios.pay import Pay
from scenarios.practices import Practices

_DEFAULTS = {"practices": Practices().model_dump(), "pay": Pay().model_dump()}


def companies_with(
    company: str | Path, names: Iterable[str | None], changes: Mapping[str, Any] | None = None
) -> dict[str, Scenario]:
    """A company (a name or a file) with the practices of each type, by name; raises ScenarioError.

    As everywhere, the practices of a type go before those of the company's file, and `changes` before all. None (its
    practices of today) is left out.
    """
    named = dict.fromkeys(name for name in names if name is not None)
    return {name: scenarios.load(company, practices=name, changes=changes) for name in named}


def with_practices(scenario: Scenario, name: str) -> Scenario:
    """The company with the practices of type `name` in place of those of the type it has; raises ScenarioError.

    The same as `scenarios.load(company, practices=name)`, for a scenario whose file is not at hand: values that the
    type it stands on gave it go back to their defaults first, its own stay.
    """
    values = scenarios.resolved(scenario)
    stands_on = _stands_on(values, scenario.preset)
    if stands_on is not None:
        _take_off(values, _said_by(stands_on), _DEFAULTS)
    _put_on(values, _said_by(name))
    return scenarios.from_resolved(values, f"{scenario.name} with practices {name}")


def _stands_on(values: dict[str, Any], named: str | None) -> str | None:
    """The type whose every practice the company has (of several, the one that says most), or else the one it names."""
    whole = [name for name in scenarios.presets() if _n_apart(values, _said_by(name)) == 0]
    return max(whole, key=lambda name: _n_said(_said_by(name)), default=named)


@cache
def _said_by(name: str) -> dict[str, Any]:
    """The values a type sets, as nested plain data; raises ScenarioError for an unknown name."""
    layers = preset_layers(PRESETS.family(PRESETS.find(name)))
    return dict(merged(layers).values)


def _n_said(said: dict[str, Any]) -> int:
    return sum(_n_said(value) if isinstance(value, dict) else 1 for value in said.values())


def _n_apart(values: dict[str, Any], said: dict[str, Any]) -> int:
    """How many of the values that are said are not those of the company."""
    return sum(
        _n_apart(values[key], value) if isinstance(value, dict) else values[key] != value for key, value in said.items()
    )


def _take_off(values: dict[str, Any], said: dict[str, Any], defaults: dict[str, Any]) -> None:
    for key, value in said.items():
        if isinstance(value, dict):
            _take_off(values[key], value, defaults[key])
        elif values[key] == value:
            values[key] = defaults[key]


def _put_on(values: dict[str, Any], said: dict[str, Any]) -> None:
    for key, value in said.items():
        if isinstance(value, dict):
            _put_on(values[key], value)
        else:
            values[key] = value
