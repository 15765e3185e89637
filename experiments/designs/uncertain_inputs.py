"""What is uncertain of a company, and draws of it that are possible companies.

Uncertain is what the company cannot choose and what its own file does not say: how people act, how the market behaves,
what customers do. Each such parameter goes over its plausible range.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

import scenarios
from experiments.designs.variant import laid_on
from experiments.statistics.paired import Values
from scenarios import Parameter, Scenario, ScenarioError
from scenarios.input_errors import InputError
from scenarios.plausibility import values_at

PULLS = 4
"""How often a draw that no company may have is pulled halfway to a company's own values before it is given up."""
UNCERTAIN_GROUPS = ("behaviour", "market", "customers")
"""How people act, how the market behaves, what customers do: groups of parameters that a company does not choose."""
_SIZE_OF_THE_COMPANY = ("market.prospects_per_day", "customers.installed_base", "customers.contract_d")
_WIDE = 10.0  # a plausible range that spans more than this factor is drawn on a logarithmic scale


class Input(Protocol):
    """Something that varies: a path, and the value at each share (0..1) of its range."""

    @property
    def path(self) -> str:
        """Where it stands."""
        ...

    def at(self, shares: Values) -> list[Any]:
        """The values at shares of the range."""
        ...


@dataclass(frozen=True)
class Plausible:
    """A parameter over its plausible range; a range of more than a factor ten goes by its logarithm."""

    parameter: Parameter

    @property
    def path(self) -> str:
        """Where it stands."""
        return self.parameter.path

    def at(self, shares: Values) -> list[Any]:
        """The values at shares of the plausible range."""
        return [placed(self.parameter, float(share)) for share in shares]


@cache
def uncertain() -> tuple[Parameter, ...]:
    """Parameters that are neither the company's choice nor its size, and have a plausible range."""
    return tuple(
        parameter
        for parameter in scenarios.parameters()
        if parameter.path.split(".")[0] in UNCERTAIN_GROUPS
        and parameter.path not in _SIZE_OF_THE_COMPANY
        and parameter.plausible is not None
        and isinstance(parameter.default, float | int)
    )


def uncertain_inputs(base: Scenario) -> tuple[Input, ...]:
    """Every uncertain parameter that the company's own file leaves at its default."""
    return tuple(Plausible(one) for one in uncertain() if _own_value(base, one.path) == one.default)


def placed(parameter: Parameter, u: float) -> float | int:
    """The value a share u of the way through the plausible range."""
    assert parameter.plausible is not None
    low, high = parameter.plausible
    value = low * (high / low) ** u if low > 0 and high / low > _WIDE else low + u * (high - low)
    return round(value) if isinstance(parameter.default, int) else value


def is_company(base: Scenario, values: Mapping[str, Any]) -> bool:
    """Whether a company may have these values."""
    try:
        laid_on(base, values)
    except ScenarioError:
        return False
    return True


def possible(base: Scenario, values: Mapping[str, Any]) -> tuple[dict[str, Any], int]:
    """The values, pulled halfway to the company's own as often as needed for a possible company, and how often.

    Raises InputError if they stay impossible.
    """
    pulled = dict(values)
    for n_pulls in range(PULLS + 1):
        try:
            laid_on(base, pulled)
            return pulled, n_pulls
        except ScenarioError as error:
            reason = error
            pulled = {path: _halfway(base, path, value) for path, value in pulled.items()}
    raise InputError(f"a point is no possible company, even pulled towards {base.name}: {reason}")


def possible_points(base: Scenario, inputs: Sequence[Input], shares: Values) -> tuple[list[dict[str, Any]], int]:
    """The values at each row of shares (points x inputs), as `possible`, and how many had to be pulled."""
    columns = [one.at(shares[:, place]) for place, one in enumerate(inputs)]
    paths = [one.path for one in inputs]
    drawn = [possible(base, dict(zip(paths, row, strict=True))) for row in zip(*columns, strict=True)]
    return [values for values, _ in drawn], sum(n_pulls > 0 for _, n_pulls in drawn)


def _halfway(base: Scenario, path: str, value: Any) -> Any:
    own = _own_value(base, path)
    if isinstance(value, bool) or not isinstance(value, int | float) or not isinstance(own, int | float):
        return own
    middle = own + (value - own) / 2
    return round(middle) if isinstance(value, int) else middle


def _own_value(base: Scenario, path: str) -> Any:
    return next(value for _, value in values_at(base, tuple(path.split("."))))
