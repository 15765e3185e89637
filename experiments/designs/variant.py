"""A scenario with changes that are laid on it only where it is run: thousands of them travel lightly to workers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import ConfigDict, ValidationError, create_model

import scenarios
from scenarios import Scenario, Section
from scenarios.plausibility import values_at

if TYPE_CHECKING:
    from experiments.designs.assumptions import Assumptions

ABOUT_NOTHING = {"name", "question", "preset"}
"""What a scenario says for readers; a run does not depend on it."""
Changes = tuple[tuple[str, Any], ...]
"""(path, value) pairs, the last one wins."""


@dataclass(frozen=True)
class Variant:
    """The scenario of a company, what a variant and an experiment lay on it, and the assumptions laid below.

    Paths may have `*` for the names of all segments or channels; all of them must exist.
    """

    scenario: Scenario
    changes: Changes = ()
    assumptions: "Assumptions | None" = None

    def in_world(self, seed: int) -> Scenario:
        """The company as it lives in the world of a seed; raises ScenarioError if no company may be so.

        Without assumptions it is kept for the next runs of the same variant, which come soon.
        """
        if self.assumptions is None:
            return _laid(self) if self.changes else self.scenario
        drawn = self.assumptions.under(self.scenario, seed)
        return laid_on(drawn, dict(self.changes)) if self.changes else drawn


def laid(company: Any, seed: int) -> Any:
    """The scenario to run of a variant in the world of a seed, and whatever else as it is."""
    return company.in_world(seed) if isinstance(company, Variant) else company


def _laid(company: Variant) -> Scenario:
    known = _kept.get(id(company))
    if known is None:
        if len(_kept) >= _KEEP:
            _kept.clear()
        scenario = laid_on(company.scenario, dict(company.changes))
        known = _kept[id(company)] = (company, scenario)  # holding the variant keeps its id its own
    return known[1]


_KEEP = 64
_kept: dict[int, tuple[Variant, Scenario]] = {}


def laid_on(scenario: Scenario, changes: Mapping[str, Any]) -> Scenario:
    """The scenario with values at dotted paths changed, all at once; raises ScenarioError.

    Only the groups of parameters that hold a changed value, and those around them, are put together and checked
    again: the others have been checked when `scenario` was made.
    """
    try:
        changed: Scenario = _changed(scenario, _tree(changes))
        return changed
    except (ValidationError, LookupError, TypeError, AttributeError):
        return scenarios.with_changes(scenario, changes)  # says in a sentence what is wrong


def check_alone(scenario: Scenario, path: str, value: Any) -> None:
    """Raise ScenarioError unless a value may stand at a path at all, whatever stands elsewhere.

    Whether it fits the rest of the company shows where a whole point is laid on.
    """
    *above, key = path.split(".")
    try:
        for _, section in list(values_at(scenario, tuple(above))):
            kind: type[Section] = type(section)
            _only(kind, key).model_validate({key: value})
    except (ValidationError, LookupError, TypeError, AttributeError):
        scenarios.with_changes(scenario, {path: value})  # says in a sentence what is wrong
        raise


def differing_values(scenarios_by_name: Mapping[str, Scenario]) -> dict[str, dict[str, Any]]:
    """The values in which scenarios differ: by path, then by the name of the scenario."""
    values = {name: dict(_flat(scenarios.resolved(one))) for name, one in scenarios_by_name.items()}
    paths = dict.fromkeys(path for one in values.values() for path in one if path not in ABOUT_NOTHING)
    by_path = {path: {name: one.get(path) for name, one in values.items()} for path in paths}
    return {path: by_name for path, by_name in by_path.items() if len({repr(one) for one in by_name.values()}) > 1}


def _flat(values: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value


class _Leaf:
    """A new value in a tree of changes."""

    def __init__(self, value: Any) -> None:
        self.value = value


def _tree(changes: Mapping[str, Any]) -> dict[str, Any]:
    """`{"a.b": 1}` as `{"a": {"b": leaf}}`."""
    tree: dict[str, Any] = {}
    for path, value in changes.items():
        *above, last = path.split(".")
        place = tree
        for key in above:
            place = place.setdefault(key, {})
        place[last] = _Leaf(value)
    return tree


def _changed(section: Any, tree: Mapping[str, Any]) -> Any:
    """A group of parameters with the values of `tree`, checked, but for what stays as it is."""
    values = {key: _put(getattr(section, key), inner) for key, inner in tree.items()}
    kind: type[Section] = type(section)
    if kind.__pydantic_decorators__.model_validators:  # its values have to fit each other
        return kind.model_validate({name: getattr(section, name) for name in kind.model_fields} | values)
    for key, value in values.items():
        if not isinstance(value, Section):
            values[key] = getattr(_only(kind, key).model_validate({key: value}), key)
    return section.model_copy(update=values)


class _Alone(Section):
    """A group of one parameter; its meaning is not looked up in the source again, which takes long."""

    model_config = ConfigDict(use_attribute_docstrings=False)


@cache
def _only(kind: type[Section], key: str) -> type[Section]:
    """A group of one parameter, checked as in `kind`."""
    field = kind.model_fields[key]
    return create_model(f"{kind.__name__}_{key}", __base__=_Alone, **{key: (field.annotation, field)})  # type: ignore[call-overload,no-any-return]


def _put(value: Any, inner: Any) -> Any:
    """What stands in place of `value`: a leaf, the group with changes in it, or its named entries with theirs."""
    if isinstance(inner, _Leaf):
        if isinstance(value, dict | Section) and not isinstance(inner.value, Section):
            raise TypeError("whole groups are left to the loader")
        return inner.value
    if isinstance(value, Section):
        return _changed(value, inner)
    entries = dict(value)
    for key, below in inner.items():
        for name in _names(entries, key):
            entries[name] = _put(entries[name], below)
    return entries


def _names(entries: Mapping[str, Any], key: str) -> Iterator[str]:
    yield from list(entries) if key == "*" else [key]
