"""The described company as a file of its own, every value with where it comes from."""

from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any

import yaml

from experiments.designs.company_file import grouped
from experiments.questions.new.scaled_company import Draft, question_of

_PLACES_FOR_WHY, _WIDTH = 46, 116


def company_text(draft: Draft, command: str, doubts: Sequence[str] = ()) -> str:
    """A YAML file that extends the company that is near; `doubts` are sentences that stand at its head."""
    description = draft.description
    head = [
        f"# {description.name}: described in plain words, scaled to fit together, and mended to show what was said, by",
        f"# {command}",
        *(f"# {line}" for doubt in doubts for line in wrap(doubt, _WIDTH)),
        "# What is not said here is as in the company that it extends. Change what you know better.",
        f"extends: {draft.parent}",
        f"name: {description.name}",
        f"question: {question_of(description)}",
        f"preset: {description['together']}",
    ]
    return "\n".join([*head, *_lines(grouped(draft.values)), ""])


def _lines(tree: Mapping[str, Any], depth: int = 0) -> Iterator[str]:
    for key, value in tree.items():
        written = f"{'  ' * depth}{key}:"
        if isinstance(value, Mapping):
            yield written
            yield from _lines(value, depth + 1)
            continue
        told, why = value
        if not isinstance(told, Mapping):
            written = f"{written} {_scalar(told)}"
        yield f"{written:<{_PLACES_FOR_WHY}}  # {why}"
        if isinstance(told, Mapping):
            text = yaml.safe_dump(dict(told), sort_keys=False, default_flow_style=None, width=1000)
            yield from (f"{'  ' * (depth + 1)}{line}" for line in text.splitlines())


def _scalar(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    return f"{value:.6g}" if isinstance(value, float) else str(value)
