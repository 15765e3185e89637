"""What is declared of every lever, for tests that try them all: a lever that is added is tried without a word here."""

from typing import Any

import scenarios
from scenarios import Parameter

LEVERS = {one.path: one for one in scenarios.parameters() if one.lever}
"""Every lever by its path."""


def another_value(parameter: Parameter) -> Any:
    """A value of a lever that is not its default: of a number that is off, its usual one; else an end of its range."""
    if parameter.choices:
        return next(choice for choice in reversed(parameter.choices) if choice != parameter.default)
    assert parameter.plausible, f"{parameter.path} has neither choices nor a plausible range"
    low, high = parameter.plausible
    return low if parameter.default in (None, high) else high


def what_it_needs(parameter: Parameter) -> tuple[tuple[str, Any], ...]:
    """The levers without which this one changes nothing, switched on."""
    if not parameter.lever or not parameter.lever.needs:
        return ()
    needed = LEVERS[f"practices.{parameter.lever.needs}"]
    return (*what_it_needs(needed), (needed.path, another_value(needed)))
