"""What we assume: parameter declarations, company files and practice presets, each number with its source.

scenario = scenarios.load("reference", practices="aligned", changes={"market.turbulence": 0.3})
"""

from scenarios.declare import Bounds, Section, Source
from scenarios.differences import Change, changes
from scenarios.explain import explain, overview
from scenarios.input_errors import ScenarioError
from scenarios.loader import (
    COMPANIES,
    PRESETS,
    from_resolved,
    load,
    parse_changes,
    resolved,
    set_value,
    with_changes,
)
from scenarios.market import Channel, Segment
from scenarios.plausibility import implausible
from scenarios.products import Product
from scenarios.registry import Parameter, parameters_of
from scenarios.scenario import Scenario
from scenarios.schema import json_schema

__all__ = [
    "Bounds",
    "Change",
    "Channel",
    "Parameter",
    "Product",
    "Scenario",
    "ScenarioError",
    "Section",
    "Segment",
    "Source",
    "changes",
    "companies",
    "explain",
    "from_resolved",
    "implausible",
    "json_schema",
    "load",
    "overview",
    "parameters",
    "parse_changes",
    "presets",
    "resolved",
    "set_value",
    "with_changes",
]


def companies() -> list[str]:
    """Return the names of the companies we ship."""
    return COMPANIES.names()


def presets() -> list[str]:
    """Return the names of the practice presets we ship, from the loosest relationship to the closest."""
    return PRESETS.names()


def parameters() -> list[Parameter]:
    """Return every parameter there is, in the order of declaration; `segments.*.x` stands for every segment's x."""
    return list(parameters_of(Scenario))
