"""What can be set: walks the declarations and finds parameters by their dotted path."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from scenarios.declare import Bounds, Declaration, Number, Section, Source, declaration
from scenarios.input_errors import Path, in_a_row
from scenarios.lever import Lever
from scenarios.meanings import explained

ANY_NAME = "*"  # stands for the name of any segment or channel in a path

Found = tuple[Path, FieldInfo, Any]  # where a field is, the field, its default


@dataclass(frozen=True)
class Parameter:
    """One parameter as declared.

    `path` has `*` where the user chooses a name; `choices` is empty unless there are few; `allowed` says it in words;
    `lever` is None for what is no practice.
    """

    path: str
    default: Any
    is_required: bool
    unit: str
    bounds: Bounds
    plausible: tuple[Number, Number] | None
    source: Source
    meaning: str
    choices: tuple[Any, ...]
    allowed: str
    lever: Lever | None

    def __str__(self) -> str:
        return self.path


@cache
def parameters_of(model: type[Section]) -> tuple[Parameter, ...]:
    """Return every declared parameter below `model`, in the order of declaration."""
    return tuple(
        _parameter(path, field, told, default)
        for path, field, default in _fields_below(model)
        if (told := declaration(field)) is not None
    )


@dataclass(frozen=True)
class Spot:
    """What stands at a path: its field, and below it the keys of a `section`, or names whose `entries` are sections."""

    field: FieldInfo | None = None
    section: type[Section] | None = None
    entries: type[Section] | None = None

    def names(self) -> list[str]:
        """Return the keys that may stand below; none for a value and for a named group, where any name may."""
        return list(self.section.model_fields) if self.section else []


def look_up(model: type[Section], path: Path) -> Spot | None:
    """Return what stands at `path` (any name will do for a segment or a channel); None if nothing does."""
    spot = Spot(section=model)
    for key in path:
        if spot.entries:
            spot = Spot(section=spot.entries)
        elif spot.section and key in spot.section.model_fields:
            field = spot.section.model_fields[key]
            spot = Spot(field, section_in(field.annotation), entries_in(field.annotation))
        else:
            return None
    return spot


def is_named_group(model: type[Section], path: Path) -> bool:
    """Whether the keys below `path` are names the user chooses (segments, channels)."""
    spot = look_up(model, path)
    return spot is not None and spot.entries is not None


def section_in(annotation: Any) -> type[Section] | None:
    """Return the Section a field holds (also if it may be None)."""
    for kind in (annotation, *get_args(annotation)):
        if isinstance(kind, type) and issubclass(kind, Section) and get_origin(annotation) is not dict:
            return kind
    return None


def entries_in(annotation: Any) -> type[Section] | None:
    """Return the Section of the entries of a `dict[str, Section]` field."""
    kinds = get_args(annotation) if get_origin(annotation) is dict else ()
    return section_in(kinds[1]) if kinds else None


def allowed(field: FieldInfo) -> str:
    """Return in words what a field takes, e.g. `a whole number, at least 0 (reps)`."""
    told = declaration(field)
    words = in_words(field.annotation)
    if told and str(told.bounds) != str(Bounds()):
        words += f", {told.bounds}"
    return f"{words} ({told.unit})" if told and told.unit != "-" else words


def sections_below(section: type[Section]) -> Iterator[type[Section]]:
    """Yield a section and every section inside it."""
    yield section
    for field in section.model_fields.values():
        inner = section_in(field.annotation) or entries_in(field.annotation)
        if inner:
            yield from sections_below(inner)


def _fields_below(section: type[Section], default: Any = None, path: Path = ()) -> Iterator[Found]:
    """Yield every field that is no section itself; `default` is an instance whose values are the defaults."""
    for name, field in explained(section).items():
        own = getattr(default, name) if default is not None else field.get_default(call_default_factory=True)
        inner, entries = section_in(field.annotation), entries_in(field.annotation)
        if inner:
            yield from _fields_below(inner, own if isinstance(own, inner) else None, (*path, name))
        elif entries:
            yield from _fields_below(entries, None, (*path, name, ANY_NAME))
        else:
            yield (*path, name), field, own


def _parameter(path: Path, field: FieldInfo, told: Declaration, default: Any) -> Parameter:
    is_required = default is PydanticUndefined
    return Parameter(
        path=".".join(path),
        default=None if is_required else default,
        is_required=is_required,
        unit=told.unit,
        bounds=told.bounds,
        plausible=told.plausible,
        source=told.source,
        meaning=" ".join((field.description or "").split()),
        choices=_choices(field.annotation),
        allowed=allowed(field),
        lever=told.lever,
    )


def _choices(annotation: Any) -> tuple[Any, ...]:
    """Return the values of a choice: those of a Literal, false and true of a bool, with None where it is allowed."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    if annotation is bool:
        return (False, True)
    if get_origin(annotation) in (Union, UnionType):
        inner = [_choices(kind) for kind in get_args(annotation) if kind is not NoneType]
        return (*(choice for group in inner for choice in group), None) if all(inner) else ()
    return ()


def in_words(annotation: Any) -> str:
    """Return a type in the user's words, e.g. `a whole number or null`."""
    simple = {float: "a number", int: "a whole number", bool: "true or false", str: "text", NoneType: "null"}
    if annotation in simple:
        return simple[annotation]
    origin, kinds = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return "one of " + ", ".join(str(choice) for choice in kinds)
    if origin in (Union, UnionType):
        return " or ".join(in_words(kind) for kind in kinds)
    if origin is tuple:
        count = "" if Ellipsis in kinds else f"{len(kinds)} "
        return f"a list of {count}values, each {in_words(kinds[0])}"
    if entries_in(annotation):
        return "a group of names, each with keys of its own"
    section = section_in(annotation)
    return f"a group with the keys {in_a_row(section.model_fields)}" if section else "a value"
