"""One thing that varies in an experiment: the path of a parameter, and the values it may take."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np

import scenarios
from experiments.designs.variant import check_alone
from experiments.statistics.paired import Values
from scenarios import Parameter, Scenario
from scenarios.input_errors import InputError, did_you_mean
from scenarios.registry import look_up
from scenarios.yaml_file import parse_yaml

TYPE = "practices"
"""The path that stands for the practices of a relationship type as a whole."""
OURS = ("practices", "pay", "money")
OUR_PEOPLE = ("people.account_executives", "people.sdrs", "people.marketers", "people.managers")
_NAMED = ("segments", "channels", "products")
_LEVELS = 5  # of a range in a grid where nobody says how many

Role = Literal["lever", "uncertainty"]
Vary = Sequence[str] | Mapping[str, Any]
"""What varies, as typed (`market.turbulence=0:2`), or paths with what `dimension_of` takes as a wish."""


@dataclass(frozen=True)
class Dimension:
    """A parameter that varies: over `values` where there are some, else from `low` to `high` (both included).

    `is_whole`: only whole numbers. `steps`: how many values a grid takes of a range.
    """

    path: str
    role: Role
    values: tuple[Any, ...] = ()
    low: float = 0.0
    high: float = 1.0
    is_whole: bool = False
    steps: int = _LEVELS

    @property
    def is_listed(self) -> bool:
        """Whether its values are a list, not a range."""
        return bool(self.values)

    @property
    def is_number(self) -> bool:
        """Whether its values are numbers, in an order that means something."""
        return all(isinstance(value, int | float) and not isinstance(value, bool) for value in self.values)

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest of its numbers."""
        return (min(self.values), max(self.values)) if self.values else (self.low, self.high)

    def at(self, shares: Values) -> list[Any]:
        """The value at each share (0..1) of the way: every value of a list is as likely, every number of a range."""
        if self.values:
            places = np.minimum((shares * len(self.values)).astype(int), len(self.values) - 1)
            return [self.values[place] for place in places]
        if self.is_whole:
            low, high = math.ceil(self.low), math.floor(self.high)
            return [int(number) for number in np.minimum(low + np.floor(shares * (high - low + 1)), high)]
        return [float(number) for number in self.low + shares * (self.high - self.low)]

    def levels(self) -> list[Any]:
        """The values that a grid takes: all of a list, `steps` of a range."""
        if self.values:
            return list(self.values)
        numbers = np.linspace(self.low, self.high, self.steps)
        return list(dict.fromkeys(round(number) for number in numbers)) if self.is_whole else numbers.tolist()

    def share_of(self, value: Any) -> float:
        """How far a number is on its way from the lowest (0) to the highest (1)."""
        low, high = self.ends
        return (float(value) - low) / (high - low) if high > low else 0.0


def dimension_of(path: str, wish: Any, base: Scenario, role: Role | None = None) -> Dimension:
    """What varies at a path; raises InputError that says what is allowed there.

    `wish` is a list of values, text such as "0:2" (a range) or "0:2:5" (and its steps in a grid), or None: the values
    of a choice, the plausible range of a number.
    """
    if path == TYPE:
        return Dimension(TYPE, role or "lever", _types(wish))
    known = _parameter(path, base)
    role = role or role_of(path)
    if isinstance(wish, str) and ":" in wish:
        dimension = _range(path, wish, known, role)
    elif wish is None:
        dimension = _usual(path, known, role)
    else:
        dimension = Dimension(path, role, _without_repeats(path, wish if isinstance(wish, list | tuple) else [wish]))
    for value in dimension.values or (dimension.low, dimension.high):
        _check(base, path, int(value) if dimension.is_whole and not dimension.values else value)
    return dimension


def parse_vary(vary: Vary, base: Scenario) -> list[Dimension]:
    """Dimensions as typed on a command line: `market.turbulence=0:2:5`, `practices.liaison=true,false`, a path alone.

    In Python they may be paths with their values: `{"market.turbulence": "0:2:5", "practices.liaison": None}`.
    Raises InputError.
    """
    texts = [vary] if isinstance(vary, str) else vary
    if isinstance(texts, Mapping):
        wishes = [(path, _read(wish) if isinstance(wish, str) else wish) for path, wish in texts.items()]
    else:
        wishes = [_typed(text) for text in texts]
    refuse_repeats([path for path, _ in wishes])
    return [dimension_of(path, wish, base) for path, wish in wishes]


def _typed(text: str) -> tuple[str, Any]:
    path, equals, wish = (part.strip() for part in text.partition("="))
    if equals and not wish:
        raise InputError(f"--vary {text} names no values; write {path}=0:2, {path}=1,2,5, or {path} alone")
    return path, _read(wish) if equals else None


def refuse_repeats(paths: Sequence[str]) -> None:
    """Raise InputError if a path is there twice."""
    for path in paths:
        if paths.count(path) > 1:
            raise InputError(f"{path} varies twice; name it once with all its values")


def refuse_types(paths: Iterable[str], advice: str) -> None:
    """Raise InputError with advice where types are to vary as a whole and a question cannot do that."""
    if TYPE in paths:
        raise InputError(f"{TYPE} as a whole, the types, cannot vary here: {advice}")


def role_of(path: str) -> Role:
    """Whether the company chooses this (a lever) or meets it (an uncertainty)."""
    return "lever" if path.split(".")[0] in OURS or path in OUR_PEOPLE else "uncertainty"


def _read(wish: str) -> Any:
    if ":" in wish:
        return wish
    return [parse_yaml(f"value: {word.strip()}", "--vary").values["value"] for word in wish.split(",")]


def _types(wish: Any) -> tuple[str | None, ...]:
    """Names of types; null stands for the practices of today."""
    names = scenarios.presets() if wish is None else list(wish) if isinstance(wish, list | tuple) else [wish]
    for name in names:
        if name is not None and name not in scenarios.presets():
            raise InputError(f'there is no type "{name}"{did_you_mean(str(name), scenarios.presets())}')
    return tuple(_without_repeats(TYPE, names))


def _without_repeats(path: str, values: Sequence[Any]) -> tuple[Any, ...]:
    if any(isinstance(value, list | tuple | dict) for value in values):
        raise InputError(f"{path}: its values are single values or a range like 0:2, not lists of lists")
    texts = [repr(value) for value in values]
    if not values or len(set(texts)) < len(texts):
        raise InputError(f"{path}: a value is there twice or there is none")
    return tuple(values)


def _parameter(path: str, base: Scenario) -> Parameter:
    """The declaration of what stands at a path; raises InputError, with the nearest path, if nothing does."""
    keys = path.split(".")
    is_named = keys[0] in _NAMED and len(keys) > 2
    pattern = ".".join([keys[0], "*", *keys[2:]]) if is_named else path
    every = {parameter.path: parameter for parameter in scenarios.parameters()}
    if pattern not in every:
        same = [known for known in every if known.split(".")[-1] == keys[-1]]
        raise InputError(f"there is no parameter {path}{did_you_mean(path, same or every)}")
    if is_named and keys[1] != "*" and keys[1] not in getattr(base, keys[0]):
        raise InputError(f"{base.name} has no {path}{did_you_mean(keys[1], getattr(base, keys[0]))}")
    return every[pattern]


def _range(path: str, wish: str, known: Parameter, role: Role) -> Dimension:
    parts = wish.split(":")
    try:
        low, high = float(parts[0]), float(parts[1])
        steps = int(parts[2]) if len(parts) > 2 else _LEVELS
    except ValueError:
        raise InputError(f"{path}: {wish} is no range; write 0:2, or 0:2:5 for five values from 0 to 2") from None
    if len(parts) > 3 or not low < high or steps < 2 or not math.isfinite(high - low):
        raise InputError(
            f"{path}: {wish} is no range; write the smaller end first, then the larger, then steps (2 or more)"
        )
    if known.choices or not _holds_numbers(known):
        raise InputError(f"{path} must be {known.allowed}; list the values, separated by commas")
    is_whole = _is_whole(known)
    if is_whole and math.floor(high) <= math.ceil(low):
        raise InputError(f"{path}: there are no two whole numbers in {wish}")
    return Dimension(path, role, (), low, high, is_whole, steps)


def _usual(path: str, known: Parameter, role: Role) -> Dimension:
    """All values of a choice, the plausible range of a number."""
    if known.choices:
        return Dimension(path, role, tuple(known.choices))
    if known.plausible is None or not _holds_numbers(known):
        raise InputError(f"{path} has no usual range; name its values, e.g. --vary {path}=1,2")
    low, high = known.plausible
    return Dimension(path, role, (), float(low), float(high), _is_whole(known))


def _kinds(known: Parameter) -> set[Any]:
    spot = look_up(Scenario, tuple(known.path.split(".")))
    assert spot is not None
    assert spot.field is not None
    return {spot.field.annotation, *get_args(spot.field.annotation)}


def _is_whole(known: Parameter) -> bool:
    return int in _kinds(known) and float not in _kinds(known)


def _holds_numbers(known: Parameter) -> bool:
    return bool({int, float} & _kinds(known)) and not isinstance(known.default, tuple)


def _check(base: Scenario, path: str, value: Any) -> None:
    try:
        check_alone(base, path, value)
    except scenarios.ScenarioError as error:
        raise InputError(str(error).removeprefix("changes: ")) from error
