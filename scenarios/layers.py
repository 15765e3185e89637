"""Laying files on top of each other: a company is its parents, with what changes on top."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from scenarios.input_errors import Path, Place, Places, did_you_mean, nearest_place, refuse

IsNamedGroup = Callable[[Path], bool]


@dataclass(frozen=True)
class Layer:
    """What one source says: `values` as nested dicts, and where each of them was written."""

    values: Mapping[str, Any]
    places: Places


def merge(layers: Iterable[Layer], is_named_group: IsNamedGroup) -> Layer:
    """Return the layers laid on top of each other, the last one wins.

    Groups of keys merge key by key; anything else replaces what was there. In a named group (segments, channels)
    a value of null removes the entry.
    """
    values: dict[str, Any] = {}
    places: dict[Path, Place] = {}
    for layer in layers:
        places.update(layer.places)
        values = _laid_on(values, layer, (), is_named_group)
    return Layer(values, places)


def _laid_on(below: Mapping[str, Any], layer: Layer, path: Path, is_named_group: IsNamedGroup) -> dict[str, Any]:
    """Return `below` with what `layer` says at `path` on top; neither is changed."""
    above: Any = layer.values
    for key in path:
        above = above[key]
    merged = dict(below)
    for key, value in above.items():
        inner = (*path, key)
        if value is None and is_named_group(path):
            _remove(merged, inner, layer.places)
        elif isinstance(value, Mapping):
            under = merged.get(key)
            merged[key] = _laid_on(under if isinstance(under, Mapping) else {}, layer, inner, is_named_group)
        else:
            merged[key] = value
    return merged


def _remove(entries: dict[str, Any], path: Path, places: Places) -> None:
    """Take an inherited entry out; raises ScenarioError if there is nothing to take out."""
    name = path[-1]
    if name not in entries:
        hint = did_you_mean(name, entries)
        refuse(
            nearest_place(places, path),
            f"{'.'.join(path)} is empty (null), which takes out what is inherited, but nothing is{hint}",
        )
    del entries[name]
