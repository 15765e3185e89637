"""The answers of both sides as a file: a filled form (YAML), or a table (CSV, Excel).

A table has a row a statement with columns for both sides, or a row a person with a column that says the side and a
column a statement, as questionnaires on the web export it.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from experiments.observation.survey_answers import LEAST, MOST, N_STATEMENTS, SIDES
from experiments.questions.assess.answers_table import Cell, cells_of, statements
from experiments.questions.assess.questionnaire import UNKNOWN, questionnaire
from experiments.statistics.paired import Values
from scenarios.input_errors import InputError, Place, did_you_mean, nearest_place, shown
from scenarios.yaml_file import Document, read_yaml

FEWEST_ANSWERED = 10
_KEYS = ("people", "answers", "facts")
_ALLOWED = "an answer is a number from 1 (not at all) to 5 (fully), or empty where nobody answered"


@dataclass(frozen=True, eq=False)
class Survey:
    """`answers` are means (statements x sides, NaN where nobody answered), `people` how many answered on each side.

    `facts` are what was said outright, by path. `is_count_unknown`: means were given, and not of how many.
    """

    answers: Values
    people: tuple[float, float]
    facts: Mapping[str, Any]
    is_count_unknown: bool = False

    @property
    def missing(self) -> tuple[list[int], list[int]]:
        """The numbers of the statements that Sales, and that Marketing, has not answered."""
        sales, marketing = ((np.flatnonzero(np.isnan(one)) + 1).tolist() for one in self.answers.T)
        return sales, marketing


def read_survey(path: Path) -> Survey:
    """Read a file of answers; raises InputError with file and place for what is no answer."""
    cells = list(cells_of(path) if path.suffix.lower() not in (".yaml", ".yml") else _cells_of_form(read_yaml(path)))
    answers: dict[tuple[int, int], list[float]] = {}
    people: list[float | None] = [None, None]
    facts: dict[str, Any] = {}
    is_mean = False
    for one in cells:
        if one.fact is not None:
            facts |= _fact(one)
        elif one.statement is None:
            people[one.side] = _people(one)
        elif (number := _answer(one)) is not None:
            answers.setdefault((one.statement, one.side), []).append(number)
            is_mean = is_mean or not number.is_integer()
    means, counts = _means(answers, str(path))
    told = tuple(float(said or count) for said, count in zip(people, counts, strict=True))
    return Survey(means, (told[0], told[1]), facts, is_mean and None in people and max(counts) == 1)


def _means(answers: Mapping[tuple[int, int], Sequence[float]], file: str) -> tuple[Values, list[int]]:
    means = np.full((N_STATEMENTS, len(SIDES)), np.nan)
    for (statement, side), some in answers.items():
        means[statement - 1, side] = float(np.mean(some))
    counts = [max([len(some) for (_, own), some in answers.items() if own == side], default=0) for side in (0, 1)]
    answered = (~np.isnan(means)).sum(axis=0).tolist()
    if not any(answered):
        raise InputError(f"{file}: nobody has answered yet; have both sides fill in the form")
    for side, other, n in ((0, 1, answered[0]), (1, 0, answered[1])):
        if n == 0:
            raise InputError(
                f"{file}: nobody of {SIDES[side].title()} has answered; both sides have to, {SIDES[other].title()} "
                f"alone shows only its own view"
            )
        if n < FEWEST_ANSWERED:
            raise InputError(
                f"{file}: {SIDES[side].title()} has answered {n} of {N_STATEMENTS} statements; at least "
                f"{FEWEST_ANSWERED} are needed"
            )
    return means, counts


def _answer(cell: Cell) -> float | None:
    """A number from 1 to 5; None where nothing was said."""
    value = cell.value
    if value is None or (isinstance(value, str) and value.strip().lower() in UNKNOWN):
        return None
    number = math.nan
    if not isinstance(value, bool | dict | list):
        with suppress(ValueError):
            number = float(str(value).replace(",", "."))
    if not LEAST <= number <= MOST:
        raise InputError(
            f"{cell.place}: statement {cell.statement}, {SIDES[cell.side].title()}, is {shown(value)}; {_ALLOWED}"
        )
    return number


def _people(cell: Cell) -> float | None:
    if cell.value is None:
        return None
    if isinstance(cell.value, bool) or not isinstance(cell.value, int) or cell.value < 1:
        raise InputError(f"{cell.place}: people is {shown(cell.value)}; it must be a whole number of at least 1")
    return float(cell.value)


def _fact(cell: Cell) -> dict[str, Any]:
    try:
        return fact_value(str(cell.fact), cell.value)
    except InputError as error:
        raise InputError(f"{cell.place}: {error}") from None


def fact_value(name: str, said: Any) -> dict[str, Any]:
    """What a fact says, by path; nothing where it is not known. Raises InputError."""
    fact = questionnaire().fact(name)
    if said is None or str(said).strip().lower() in UNKNOWN:
        return {}
    try:
        return {fact.path: fact.value(said)}
    except ValueError as error:
        raise InputError(f"{name} is {shown(said)}; it must be {error}") from None


def _cells_of_form(document: Document) -> Iterator[Cell]:
    """What a filled form says, cell by cell."""
    for key in document.values:
        if key not in _KEYS:
            raise InputError(f"{document.places[(key,)]}: unknown key {key}{did_you_mean(key, _KEYS)}")
    yield from _said(document, "people", SIDES)
    names = [one.name for one in questionnaire().facts]
    for name, value, place in _entries(document, "facts", names):
        yield Cell(place, value, fact=name)
    answers = document.values.get("answers")
    if not isinstance(answers, Mapping) or not answers:
        raise InputError(f"{document.file}: there are no answers; write a new form with --form {document.file}")
    if set(answers) <= set(SIDES):
        yield from _by_side(document, answers)
        return
    numbers = [str(number) for number in range(1, N_STATEMENTS + 1)]
    if missing := [number for number in numbers if number not in answers]:
        raise InputError(
            f"{document.file}: {statements(missing)} missing; where nobody answered, leave the statement in and its "
            "answers empty"
        )
    for number, _, _ in _entries(document, "answers", numbers):
        for cell in _said(document, "answers", SIDES, number):
            yield from _each(cell)


def _by_side(document: Document, answers: Mapping[str, Any]) -> Iterator[Cell]:
    """Twenty numbers a side in a row."""
    for name, row in answers.items():
        place = nearest_place(document.places, ("answers", name))
        if not isinstance(row, list) or len(row) != N_STATEMENTS:
            said = f"{len(row)} numbers" if isinstance(row, list) else shown(row)
            raise InputError(f"{place}: answers.{name} is {said}; it must be a list of {N_STATEMENTS}")
        for number, value in enumerate(row, 1):
            yield Cell(place, value, SIDES.index(name), number)


def _said(document: Document, group: str, known: Sequence[str], number: str | None = None) -> Iterator[Cell]:
    for name, value, place in _entries(document, group, known, number):
        yield Cell(place, value, SIDES.index(name), None if number is None else int(number))


def _entries(
    document: Document, group: str, known: Sequence[str], number: str | None = None
) -> Iterator[tuple[str, Any, Place]]:
    """The keys of a group with their values and places; raises InputError for one that is not known."""
    path = (group,) if number is None else (group, number)
    found: Any = document.values.get(group)
    found = found.get(number) if number is not None and isinstance(found, Mapping) else found
    if found is None:
        return
    place = nearest_place(document.places, path)
    if not isinstance(found, Mapping):
        raise InputError(f"{place}: {'.'.join(path)} is {shown(found)}; it must have the keys {', '.join(known[:4])}")
    for key, value in found.items():
        place = nearest_place(document.places, (*path, key))
        if key not in known:
            raise InputError(f"{place}: unknown key {'.'.join((*path, key))}{did_you_mean(key, known)}")
        yield key, value, place


def _each(cell: Cell) -> Iterator[Cell]:
    """A cell for each person, where a list was written."""
    if not isinstance(cell.value, list):
        yield cell
        return
    for one in cell.value:
        yield Cell(cell.place, one, cell.side, cell.statement)
