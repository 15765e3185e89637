"""The company as it is today, and the relationship types it may be compared with."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import scenarios
from scenarios import Scenario
from scenarios.practices import Practices

TYPES = ("undefined", "defined", "aligned", "integrated")
"""The relationship types, from the loosest to the closest; each is a practice preset."""


def company_today(company: str | Path, changes: Mapping[str, Any]) -> Scenario:
    """The company with the practices of today; one that says nothing about practices has the loosest type's."""
    today = scenarios.load(company, changes=changes)
    if today.preset is None and scenarios.load(company).practices == Practices():
        return scenarios.load(company, practices=TYPES[0], changes=changes)
    return today


def company_with(company: str | Path, practices: str | None, changes: Mapping[str, Any]) -> Scenario:
    """A company with the practices of a type, or with its own of today; raises ScenarioError."""
    if practices is None:
        return company_today(company, changes)
    return scenarios.load(company, practices=practices, changes=changes)
