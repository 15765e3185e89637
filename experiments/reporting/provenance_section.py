"""The parts of a report that say what was compared and what it was made from."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import scenarios
from experiments.designs.variant import differing_values
from experiments.reporting.figure_style import label
from experiments.reporting.report import ShownTable
from experiments.store.provenance import Provenance
from experiments.wording.parameters import in_unit, in_words, meaning
from scenarios.differences import Difference

YOURS = "yours"
"""The source of a value that the user gave."""


def what_differs(variants: Mapping[str, Any]) -> ShownTable:
    """The values in which scenarios differ, one column each."""
    heads = ("Practice", *(label(name) for name in variants))
    rows = [
        (meaning(path), *(in_unit(path, by_name[name]) for name in variants))
        for path, by_name in differing_values(variants).items()
    ]
    return ShownTable(heads, rows, words=len(heads))


def how_made(seeds: Sequence[int], made: Provenance) -> list[tuple[str, str]]:
    """The command, the seeds, the versions."""
    return [
        ("Command", made.command),
        ("Made at", made.made_at),
        ("Worlds", f"seeds {seeds[0]} to {seeds[-1]}" if seeds else "none"),
        ("Model", f"{made.model} (fingerprint of its code)"),
        ("Repository", made.commit or "no git repository"),
        ("Versions", ", ".join(f"{name} {number}" for name, number in made.versions.items())),
    ]


def changed_values(changes: Mapping[str, Any]) -> ShownTable:
    """What was laid on a company for a question."""
    rows = [(path, in_words(value), YOURS) for path, value in changes.items()]
    return ShownTable(("Parameter", "Value", "Source"), rows, words=3)


def company_values(own: Difference) -> tuple[str, ShownTable]:
    """A title, and the company's own values with their sources."""
    against = f"the company {own.parent}" if own.parent else "the defaults"
    title = f"What {own.name} changes in {against} ({len(own.changes)} values or groups, with sources)"
    return title, ShownTable(("Parameter", "Before", "Here", "Source"), list(_changes(own)), words=4)


def _changes(own: Difference) -> Iterator[tuple[str, str, str, str]]:
    for change in own.changes:
        if isinstance(change.new, Mapping):
            for key, value in change.new.items():
                path = f"{change.path}.{key}"
                yield path, "(new)", in_words(value), _source(path, own)
        else:
            new = "(removed)" if isinstance(change.old, Mapping) else in_words(change.new)
            old = "" if isinstance(change.old, Mapping) else in_words(change.old)
            yield change.path, old, new, _source(change.path, own)


def _source(path: str, own: Difference) -> str:
    """The comment beside the value in the company's file; without one a user's own value, or one that was shipped."""
    shipped = f"file of the company {own.name}" if own.name in scenarios.companies() else YOURS
    return own.notes.get(path) or shipped
