"""What files of companies that we write have in common: values in their groups, and whom they extend."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import scenarios


def grouped(values: Mapping[str, Any], into: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Values by dotted path as groups in groups, on top of what `into` has: `{"a.b": 1}` as `{"a": {"b": 1}}`."""
    groups: dict[str, Any] = {key: _copied(value) for key, value in (into or {}).items()}
    for path, value in values.items():
        *above, last = path.split(".")
        place = groups
        for key in above:
            place = place.setdefault(key, {})
        place[last] = value
    return groups


def extended(source: str, folder: Path) -> str:
    """What a file in `folder` writes after `extends`: a shipped name, or the way to a file of one's own."""
    return source if source in scenarios.companies() else Path(os.path.relpath(source, folder)).as_posix()


def rounded_to(value: Any, digits: int) -> Any:
    """A number that is not whole with so many digits; everything else as it is."""
    return float(f"{value:.{digits}g}") if isinstance(value, float) else value


def _copied(value: Any) -> Any:
    return {key: _copied(inner) for key, inner in value.items()} if isinstance(value, Mapping) else value
