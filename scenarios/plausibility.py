"""Values that are possible but strange: inside the bounds, outside the plausible range."""

from collections.abc import Iterator
from typing import Any

from scenarios.declare import numbers_in
from scenarios.input_errors import Path, shown
from scenarios.registry import ANY_NAME, parameters_of
from scenarios.scenario import Scenario


def implausible(scenario: Scenario) -> list[str]:
    """Return a sentence for every value outside its plausible range; an empty list if all is usual."""
    return [
        f"{'.'.join(path)} is {shown(value)}, outside the plausible range "
        f"{parameter.plausible[0]} to {parameter.plausible[1]} {parameter.unit}"
        for parameter in parameters_of(Scenario)
        if parameter.plausible is not None
        for path, value in values_at(scenario, tuple(parameter.path.split(".")))
        if any(not parameter.plausible[0] <= number <= parameter.plausible[1] for number in numbers_in(value))
    ]


def values_at(scenario: Any, path: Path, above: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield (path, value) at `path`; one for each segment or channel where it has a `*`."""
    if not path:
        yield above, scenario
        return
    key, rest = path[0], path[1:]
    names = list(scenario) if key == ANY_NAME else [key]
    for name in names:
        inner = scenario[name] if isinstance(scenario, dict) else getattr(scenario, name)
        yield from values_at(inner, rest, (*above, name))
