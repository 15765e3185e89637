"""The likeliest company as a file that other commands take: it has the practices that the answers tell."""

from pathlib import Path
from typing import Any

import yaml

from experiments.designs.company_file import extended, grouped, rounded_to
from experiments.questions.assess.drawn_companies import fitting
from experiments.questions.assess.result import KNOWN, Assessment
from experiments.questions.assess.text import value_in_words
from experiments.reporting.figure_style import rows_of
from experiments.wording.numbers import probability

FILE = "assessed_company.yaml"
_DIGITS = 3


def likeliest(assessment: Assessment) -> dict[str, Any]:
    """The value of every open lever: known, told, or else as the likeliest type has it."""
    kind = assessment.type
    by_path = {one.path: one for one in assessment.plan.levers}
    values: dict[str, Any] = {}
    for row in rows_of(assessment.practices):
        lever = by_path[row.parameter]
        is_open = row.verdict == "not told" and not (row.chance == row.chance and row.chance >= 0.9)
        values[row.parameter] = lever.by_type[kind] if is_open else rounded_to(row.value, _DIGITS)
    return fitting(assessment.plan.levers, values)


def assessed_company(assessment: Assessment, command: str, folder: Path) -> str:
    """A YAML file that extends the company; `folder` is where it will lie."""
    plan, values = assessment.plan, likeliest(assessment)
    rows = {row.parameter: row for row in rows_of(assessment.practices)}
    lines = [
        f"# Read out of the answers of both sides by {command}",
        f"# Likeliest type: {assessment.type} ({probability(assessment.chances[assessment.type])}).",
        "# What the answers do not tell is as that type has it.",
        f"extends: {extended(str(assessment.question.company), folder)}",
        f"name: {plan.company}_assessed",
        "question: What should change next, by the answers of both sides?",
    ]
    others = {path: value for path, value in _given(assessment).items() if path not in values}
    for group in dict.fromkeys(path.rpartition(".")[0] for path in values):
        keys = group.split(".")
        lines += [f"{'  ' * depth}{key}:" for depth, key in enumerate(keys)]
        for path, value in values.items():
            if path.rpartition(".")[0] == group:
                said = yaml.safe_dump({path.rpartition(".")[2]: value}, allow_unicode=True).strip()
                lines.append(f"{'  ' * len(keys)}{said}  # {_why(rows[path], value)}")
    text = "\n".join([*lines, ""])
    return text if not others else _with(text, others)


def _why(row: Any, value: Any) -> str:
    if row.verdict == KNOWN:
        return "said outright"
    if rounded_to(row.value, _DIGITS) == value and row.verdict != "not told":
        return f"{row.verdict}: {value_in_words(row)}"
    return "not told" if row.verdict == "not told" else f"{row.verdict}, and does not fit the others"


def _given(assessment: Assessment) -> dict[str, Any]:
    return dict(assessment.question.changes)


def _with(text: str, changes: dict[str, Any]) -> str:
    """The file with what was changed by hand besides practices, in its own groups."""
    values = grouped(changes, into=yaml.safe_load(text))
    head = "".join(line for line in text.splitlines(keepends=True) if line.startswith("#"))
    return head + str(yaml.safe_dump(values, sort_keys=False, allow_unicode=True, width=1000))
