"""What an import says: what was understood first, what is unsure as questions, the details after."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from experiments.crm.export import Export
from experiments.crm.import_files import Import
from experiments.crm.understood import (
    Understood,
    files_in_words,
    first_rows,
    first_rows_in_words,
    of_unread,
    understood,
)
from experiments.crm.unsure import UnsureError
from experiments.wording.numbers import counted

_NAME_WIDTH = 10


def import_lines(found: Import) -> list[str]:
    """Everything an import has to say, the most important first."""
    lines = [f"What was understood of {files_in_words(found.files)}:"]
    known = _understood(found)
    lines += named_lines(known.main)
    if found.problem:
        lines += ["", f"It cannot be read yet: {found.problem}"]
    lines += question_lines(found.questions)
    lines += ["", "Details:", *named_lines(known.details)] if known.details else []
    told = left_out_lines(found.preview) if found.preview else _opening_notes(found)
    lines += [f"  {line}" for line in told]
    for table in (found.files.leads,) if found.files.is_one else (found.files.leads, found.files.deals):
        lines += ["", f"First lines of {table.name}:", *(f"  {line}" for line in first_rows_in_words(table))]
    return lines


def import_record(found: Import, text: str) -> dict[str, Any]:
    """The same for programs; `text` is the proposed mapping file."""
    export = found.preview
    return {
        "understood": _understood(found).record,
        "questions": [{"question": one.question + one.also, "lines": list(one.lines)} for one in found.questions],
        "problem": str(found.problem) if found.problem else None,
        "mapping": text,
        "guessed": list(found.proposed.guessed),
        "left_out": [vars(one) for one in export.left_out] if export else [],
        "notes": list(export.notes) if export else _opening_notes(found),
        "first_rows": {"leads": first_rows(found.files.leads), "deals": first_rows(found.files.deals)},
    }


def _opening_notes(found: Import) -> list[str]:
    return list(dict.fromkeys([*found.files.leads.notes, *found.files.deals.notes]))


def _understood(found: Import) -> Understood:
    if found.preview is None:
        return of_unread(found)
    known = understood(found.preview)
    if found.export is not None:
        return known
    open_columns = {}
    for name, columns, key in (("Money", "deals", "value"), ("Channels", "leads", "channel")):
        if key in getattr(found.mapping, columns) and key not in getattr(found.preview.mapping, columns):
            open_columns[name] = f'"{getattr(found.mapping, columns)[key]}" is not read yet'
    return replace(known, main=[(name, open_columns.get(name, text)) for name, text in known.main])


def named_lines(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Lines of a name and a text each, the texts under each other."""
    return [f"  {name:<{_NAME_WIDTH}}{text}" for name, text in pairs]


def question_lines(questions: Sequence[UnsureError]) -> Iterator[str]:
    """Each question with the lines that answer it."""
    if not questions:
        return
    yield ""
    yield f"{counted(len(questions), 'question')} to answer in the mapping (a line replaces one of the same name):"
    for number, question in enumerate(questions, 1):
        yield f"{number}. {question.question}"
        for place, one in enumerate(question.lines):
            if place:
                yield "   or"
            yield from (f"     {line}" for line in one.splitlines())
        if question.also:
            yield f"   {question.also.lstrip(', ')}"


def left_out_lines(export: Export) -> list[str]:
    """What does not count, and what else was noticed."""
    lines = []
    for one in export.left_out:
        example = f" ({one.example})" if one.example else ""
        lines.append(f"{one.file}: {counted(one.n, 'row')} left out: {one.reason}{example}")
    return [*lines, *export.notes]
