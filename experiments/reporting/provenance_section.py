"""The parts of a report that say what was compared and what it was made from."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import scenarios
from experiments.designs.variant import differing_values
from experiments.reporting.figure_style import label
from experiments.reporting.report import ShownTable
from experiments.store.provenance import Provenance
from experiments.wording.language import say
from experiments.wording.numbers import with_commas
from experiments.wording.parameters import in_unit, in_words, meaning
from scenarios.differences import Difference


def what_differs(variants: Mapping[str, Any]) -> ShownTable:
    """The values in which scenarios differ, one column each."""
    heads = (say("Practice"), *(label(name) for name in variants))
    rows = [
        (meaning(path), *(in_unit(path, by_name[name]) for name in variants))
        for path, by_name in differing_values(variants).items()
    ]
    return ShownTable(heads, rows, words=len(heads))


def how_made(seeds: Sequence[int], made: Provenance, watch: str = "") -> list[tuple[str, str]]:
    """The command, the seeds, the versions; `watch` is the command that shows what was compared day by day."""
    return [
        (say("Command"), made.command),
        *([(say("To watch it, day by day"), watch)] if watch else []),
        (say("Made at"), made.made_at),
        (say("Worlds"), say("seeds {first} to {last}", first=seeds[0], last=seeds[-1]) if seeds else say("none")),
        (say("Model"), say("{model} (fingerprint of its code)", model=made.model)),
        (say("Repository"), made.commit or say("no git repository")),
        (say("Versions"), with_commas([f"{name} {number}" for name, number in made.versions.items()])),
    ]


def changed_values(changes: Mapping[str, Any]) -> ShownTable:
    """What was laid on a company for a question."""
    rows = [(path, in_words(value), say("yours")) for path, value in changes.items()]
    return ShownTable((say("Parameter"), say("Value"), say("Source")), rows, words=3)


def company_values(own: Difference) -> tuple[str, ShownTable]:
    """A title, and the company's own values with their sources."""
    title = say(
        "What {name} changes in {against} ({n} values or groups, with sources)",
        name=own.name,
        against=say("the company {name}", name=own.parent) if own.parent else say("the defaults"),
        n=len(own.changes),
    )
    heads = (say("Parameter"), say("Before"), say("Here"), say("Source"))
    return title, ShownTable(heads, list(_changes(own)), words=4)


def _changes(own: Difference) -> Iterator[tuple[str, str, str, str]]:
    for change in own.changes:
        if isinstance(change.new, Mapping):
            for key, value in change.new.items():
                path = f"{change.path}.{key}"
                yield path, say("(new)"), in_words(value), _source(path, own)
        else:
            new = say("(removed)") if isinstance(change.old, Mapping) else in_words(change.new)
            old = "" if isinstance(change.old, Mapping) else in_words(change.old)
            yield change.path, old, new, _source(change.path, own)


def _source(path: str, own: Difference) -> str:
    """The comment beside the value in the company's file; without one a user's own value, or one that was shipped."""
    is_shipped = own.name in scenarios.companies()
    return own.notes.get(path) or (say("file of the company {name}", name=own.name) if is_shipped else say("yours"))
