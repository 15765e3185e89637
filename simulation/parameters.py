"""How a scenario's numbers reach compiled code: as one record, laid out like the scenario itself.

`rules.practices.meeting_every_d` in compiled code is `scenario.practices.meeting_every_d`. Choices become their place
in the list of choices, yes and no become 1 and 0, and None becomes NaN.
"""

import types
from collections.abc import Callable
from functools import cache
from typing import Any, Literal, get_args, get_origin

import numpy as np

from scenarios import Scenario, Section
from simulation.plain import as_rules_see_it


@cache
def record_dtype(section: type[Section]) -> np.dtype:
    """The layout of one section: floats 8 bytes, whole numbers and choices 8 bytes, sections nested.

    Of a whole scenario only its sections: its words are for people, its segments and channels are tables of their own.
    """
    fields = [(name, field.annotation) for name, field in section.model_fields.items()]
    if section is Scenario:
        fields = [(name, kind) for name, kind in fields if _is_section(kind)]
    return np.dtype([(name, _kind(kind)) for name, kind in fields], align=True)


def _is_section(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Section)


def _kind(annotation: Any) -> Any:
    if _is_section(annotation):
        return record_dtype(annotation)
    if get_origin(annotation) in (types.UnionType,):
        return np.float64  # a number or None
    return np.float64 if annotation is float else np.int64


def record(section: Section) -> np.ndarray:
    """One section as an array of one record."""
    return as_rules_see_it(np.array([_values(section)], record_dtype(type(section))))


def table(sections: dict[str, Any]) -> np.ndarray:
    """Several sections of one kind as an array of records, in their order."""
    kind = record_dtype(type(next(iter(sections.values()))))
    return as_rules_see_it(np.array([_values(section) for section in sections.values()], kind))


def _values(section: Section) -> tuple[Any, ...]:
    """The values of one section in the order of its layout, those of a section within as a tuple of their own."""
    names, numbers = _numbers(type(section))
    values = [getattr(section, name) for name in names]
    for place, number in numbers:
        values[place] = number(values[place])
    return tuple(values)


@cache
def _numbers(section: type[Section]) -> tuple[tuple[str, ...], list[tuple[int, Callable[[Any], Any]]]]:
    """The names of a section's values, and for each that is no number yet its place and what makes a number of it."""
    names = record_dtype(section).names or ()
    numbers = [(place, _number_of(section.model_fields[name].annotation)) for place, name in enumerate(names)]
    return names, [(place, number) for place, number in numbers if number is not None]


def _number_of(annotation: Any) -> Callable[[Any], Any] | None:
    if _is_section(annotation):
        return _values
    if get_origin(annotation) is Literal:
        return get_args(annotation).index
    if get_origin(annotation) is types.UnionType:
        return _or_nan
    return None


def _or_nan(value: float | None) -> float:
    return float("nan") if value is None else value


def word_of(section: type[Section], path: str) -> tuple[int, np.dtype]:
    """Where a value stands in the record of a section, in words of 8 bytes, and of what type it is."""
    kind, offset = record_dtype(section), 0
    for name in path.split("."):
        kind, inner = (kind.fields or {})[name][:2]
        offset += inner
    return offset // 8, kind


def choice(section: type[Section], name: str, value: str) -> int:
    """The number that stands for one choice, e.g. choice(MarketingPay, "scheme", "mql") = 1.

    Raises ValueError for a value that is no choice of this parameter.
    """
    annotation = section.model_fields[name].annotation
    if get_origin(annotation) is not Literal:
        raise ValueError(f"{section.__name__}.{name} is no choice")
    return get_args(annotation).index(value)


def choices(section: type[Section], before: str = "") -> dict[str, list[Any]]:
    """The choices of each parameter of a section that is a choice, in the order of their numbers, by its path."""
    found: dict[str, list[Any]] = {}
    for name, field in section.model_fields.items():
        if _is_section(field.annotation):
            found |= choices(field.annotation, f"{before}{name}.")
        elif get_origin(field.annotation) is Literal:
            found[f"{before}{name}"] = list(get_args(field.annotation))
    return found
