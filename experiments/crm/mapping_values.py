"""Values of a mapping file as they must be, or a mistake that says where it stands."""

import math
from collections.abc import Sequence
from typing import Any

from scenarios.input_errors import InputError, nearest_place, shown
from scenarios.yaml_file import Document


def wrong(document: Document, path: tuple[str, ...], problem: str) -> InputError:
    """A mistake with its file and line."""
    place = nearest_place(document.places, path) if document.places else document.file
    return InputError(f"{place}: {problem}")


def group(document: Document, section: str) -> dict[str, Any]:
    """A section with keys; none if it is not there."""
    values = document.values.get(section, {})
    if not isinstance(values, dict):
        raise wrong(document, (section,), f"{section} is {shown(values)}; it must be keys with values")
    return values


def text(document: Document, key: str) -> str | None:
    """A text; None if it is not there."""
    value = document.values.get(key)
    if value is not None and not isinstance(value, str):
        raise wrong(document, (key,), f"{key} is {shown(value)}; it must be text, in quotes if need be")
    return value


def texts(document: Document, *path: str) -> Sequence[str]:
    """A text or a list of texts at a path; none if nothing is there."""
    values: Any = document.values
    for key in path:
        values = values.get(key)
        if values is None:
            return []
    values = values if isinstance(values, list) else [values]
    for item in values:
        if isinstance(item, dict | list) or item is None:
            raise wrong(document, path, f"{'.'.join(path)} holds {shown(item)}; it must be a text or a list of texts")
    return [str(item).lower() if isinstance(item, bool) else str(item) for item in values]


def one_of(document: Document, key: str, allowed: Sequence[str]) -> str | None:
    """One of some texts; None if it is not there."""
    value = text(document, key)
    if value is not None and value not in allowed:
        quoted = " or ".join(f'"{sign}"' for sign in allowed)
        raise wrong(document, (key,), f"{key} is {shown(value)}; it must be {quoted}")
    return value


def number(document: Document, path: tuple[str, ...], value: Any, problem: str) -> float:
    """A number above 0."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not 0 < value < math.inf:
        raise wrong(document, path, problem)
    return float(value)


def per_file(document: Document, key: str) -> dict[str, Any]:
    """A value for both files, or one for each of `leads` and `deals`."""
    value = document.values.get(key)
    if not isinstance(value, dict):
        return {"leads": value, "deals": value}
    for file in value:
        if file not in ("leads", "deals"):
            raise wrong(document, (key, file), f"unknown key {key}.{file}; there are: leads, deals")
    return value
