"""What a company or a practice preset changes, compared with what it is built on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from scenarios.input_errors import Path
from scenarios.layers import Layer
from scenarios.loader import COMPANIES, PRESETS, company_layers, merged, preset_layers
from scenarios.registry import is_named_group
from scenarios.scenario import Scenario
from scenarios.validation import build
from scenarios.yaml_file import name_of


class Change(NamedTuple):
    """A value before and after.

    A new segment or channel has None as `old` and a dict of its values as `new`; a removed one the reverse.
    """

    path: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Difference:
    """A file against its parent (None: against the declared defaults); `notes` are the comments beside its values."""

    name: str
    question: str
    parent: str | None
    changes: list[Change]
    notes: Mapping[str, str]


def changes(name_or_path: str | FilePath) -> list[Change]:
    """Return what a company or preset changes in its parent, or in the defaults without one; raises ScenarioError."""
    return difference(name_or_path).changes


def difference(name_or_path: str | FilePath) -> Difference:
    """Return a company or preset against what it is built on; raises ScenarioError."""
    is_preset = str(name_or_path) in PRESETS.names()
    shelf = PRESETS if is_preset else COMPANIES
    family = shelf.family(shelf.find(name_or_path))
    layers_of = preset_layers if is_preset else company_layers
    parents, own = family[:-1], family[-1]
    before = _values(merged(layers_of(parents) if parents else []))
    after = merged(layers_of(family))
    return Difference(
        name=name_of(own.file),
        question=str(own.values.get("question", "")),
        parent=FilePath(parents[-1].file).stem if parents else None,
        changes=list(_changes(before, _values(after))),
        notes={".".join(path): place.note for path, place in after.places.items() if place.note},
    )


def _values(layer: Layer) -> dict[str, Any]:
    """Return all values of a company or preset; segments and channels that nobody named do not count."""
    values = build(Scenario, layer).model_dump(exclude={"name", "question"})
    for name in values:
        if is_named_group(Scenario, (name,)) and name not in layer.values:
            values[name] = {}
    return values


def _changes(old: Mapping[str, Any], new: Mapping[str, Any], path: Path = ()) -> Iterator[Change]:
    """Yield what differs, in the order of declaration."""
    for key in [*new, *(key for key in old if key not in new)]:
        before, after = old.get(key), new.get(key)
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            yield from _changes(before, after, (*path, key))
        elif before != after:
            yield Change(".".join((*path, key)), before, after)
