"""Arguments as their declared types say: a value of Python, or what the command line takes for one.

tuple[str, ...]     ("a", "b"), ["a", "b"] or "a,b"
Sequence[str]       ["a", "b"] or "a": each as typed after an option that may be given again
Mapping[str, Any]   {"a.b": 1}, ["a.b=1"] or "a.b=1"
int, float          3 or "3"
Precision           a Precision, or what its `parse` reads: "2%", 0.02
"""

import types
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import fields
from numbers import Integral, Real
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

import scenarios
from scenarios.input_errors import InputError, shown

_WORDS: dict[Any, str] = {
    bool: "True or False",
    int: "a whole number",
    float: "a number",
    str: "text",
    Path: "a path",
    tuple: 'a list such as ["a", "b"] or "a,b"',
    Sequence: "a list of texts",
    Mapping: '{"path": value} or ["path=value"]',
    Callable: "a function",
    types.NoneType: "None",
}


class _OfAnotherKind(Exception):
    """A value that cannot be read as a type."""


def set_as_declared(question: Any) -> None:
    """Make the fields of a frozen dataclass what they are declared to be; raises InputError."""
    kinds = get_type_hints(type(question))
    for one in fields(question):
        value = as_declared(one.name, getattr(question, one.name), kinds[one.name])
        object.__setattr__(question, one.name, value)


def as_declared(name: str, value: Any, kind: Any) -> Any:
    """An argument as its type says; raises InputError where it is nothing of the kind."""
    kinds = get_args(kind) if get_origin(kind) in (Union, types.UnionType) else (kind,)
    for one in kinds:
        try:
            return _read(value, get_origin(one) or one, get_args(one))
        except _OfAnotherKind:
            continue
    words = " or ".join(_in_words(get_origin(one) or one) for one in kinds)
    raise InputError(f"{name} must be {words}, not {'None' if value is None else shown(value)}")


def _in_words(kind: Any) -> str:
    return _WORDS.get(kind) or f"a {getattr(kind, '__name__', kind)}".lower()


def _read(value: Any, kind: Any, parts: Sequence[Any]) -> Any:
    """The value as one type says; raises InputError where it is of the kind, but wrong."""
    if kind in (int, float):
        return _number(value, kind)
    if kind in (tuple, Sequence):
        return _list(value, parts[0] if parts else Any, separator="," if kind is tuple else None)
    if kind is Mapping:
        return _changes(value)
    if hasattr(kind, "parse") and isinstance(value, str | Real) and not isinstance(value, bool):
        return kind.parse(value)
    if isinstance(kind, type) and not isinstance(value, kind):
        raise _OfAnotherKind
    return value


def _number(value: Any, kind: Any) -> Any:
    if isinstance(value, str | Integral | (Real if kind is float else Integral)) and not isinstance(value, bool):
        try:
            return kind(value)
        except ValueError:
            pass
    raise _OfAnotherKind


def _list(value: Any, kind: Any, separator: str | None) -> tuple[Any, ...]:
    if isinstance(value, str):
        value = [one.strip() for one in value.split(separator)] if separator else [value]
    if not isinstance(value, Iterable) or isinstance(value, Mapping | Set | bytes):
        raise _OfAnotherKind
    return tuple(_read(one, kind, ()) for one in value)


def _changes(value: Any) -> dict[str, Any]:
    if isinstance(value, Mapping) and all(isinstance(path, str) for path in value):
        return dict(value)
    if isinstance(value, Mapping):
        raise _OfAnotherKind
    return scenarios.parse_changes(list(_list(value, str, separator=None)))
