"""Answers as a table: a row a statement with columns for both sides, or a row a person with a column a statement."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.observation.survey_answers import N_STATEMENTS
from experiments.questions.assess.questionnaire import questionnaire
from scenarios.input_errors import InputError, Place, shown

LARGEST_BYTES = 4 * 1024 * 1024
_SIDE_WORDS = {
    "sales": 0, "vertrieb": 0, "продажи": 0, "отдел продаж": 0, "销售": 0, "销售部": 0,
    "marketing": 1, "маркетинг": 1, "отдел маркетинга": 1, "市场": 1, "市场部": 1, "营销": 1,
}  # fmt: skip
_SIDE_HEADS = {"side", "department", "team", "function", "сторона", "отдел", "部门", "哪一方"}
_NUMBERED = re.compile(r"^\s*(?:statement|question|q|s)?\s*#?(\d{1,2})(?!\d)", re.IGNORECASE)


@dataclass(frozen=True)
class Cell:
    """Something that was said: an answer of a side to a statement, how many people a side has, or a fact."""

    place: Place
    value: Any
    side: int = 0
    statement: int | None = None
    fact: str | None = None


def cells_of(path: Path) -> Iterator[Cell]:
    """What a CSV or Excel file says, cell by cell; raises InputError where it is no table of answers."""
    rows = [row for row in _rows(path) if any(cell not in (None, "") for _, cell in row[1])]
    for start, (_, head) in enumerate(rows):
        names = [str(cell if cell is not None else "").strip() for _, cell in head]
        columns = [_side_of(name) for name in names]
        if 0 in columns and 1 in columns:
            return _by_statement(str(path), rows[start + 1 :], columns)
        numbers = [_statement_of(name) for name in names]
        if len({number for number in numbers if number}) >= N_STATEMENTS // 2:
            return _by_person(str(path), rows[start + 1 :], names, numbers)
    raise InputError(
        f"{path}: no table of answers was found; it has a row a statement with the columns statement, sales and "
        f"marketing, or a row a person with the column side and the columns 1 to {N_STATEMENTS}; "
        "`run.py assess --form answers.csv` writes an empty one"
    )


Row = tuple[int, Sequence[tuple[str, Any]]]


def _by_statement(file: str, rows: Sequence[Row], columns: Sequence[int | None]) -> Iterator[Cell]:
    facts = {one.name for one in questionnaire().facts}
    seen = set()
    for line, cells in rows:
        place = Place(file, line)
        first = str(cells[0][1] if cells[0][1] is not None else "").strip()
        sides = [(side, cells[k][1]) for k, side in enumerate(columns) if side is not None and k < len(cells)]
        if first.lower() in facts:
            said = [value for _, value in sides if value not in (None, "")]
            yield Cell(place, said[0] if said else None, fact=first.lower())
            continue
        number = next((found for _, value in cells if (found := _statement_of(str(value)))), None)
        if number is None:
            raise InputError(f"{place}: {shown(first)} is no statement; it must be a number from 1 to {N_STATEMENTS}")
        if number in seen:
            raise InputError(f"{place}: statement {number} is there twice")
        seen.add(number)
        for side, value in sides:
            yield Cell(place, value, side, number)
    _check_all(file, seen)


def _by_person(file: str, rows: Sequence[Row], names: Sequence[str], numbers: Sequence[int | None]) -> Iterator[Cell]:
    where = next((k for k, name in enumerate(names) if name.lower() in _SIDE_HEADS), None)
    if where is None:
        raise InputError(f"{file}: there is no column side; it has to say sales or marketing for each person")
    _check_all(file, {number for number in numbers if number})
    for line, cells in rows:
        place = Place(file, line)
        said = cells[where][1] if where < len(cells) else None
        side = _side_of(str(said))
        if side is None:
            raise InputError(f"{place}: side is {shown(said)}; it must be sales or marketing")
        for k, number in enumerate(numbers):
            if number and k != where and k < len(cells):
                yield Cell(place, cells[k][1], side, number)


def _check_all(file: str, seen: set[int]) -> None:
    missing = [str(number) for number in range(1, N_STATEMENTS + 1) if number not in seen]
    if missing:
        raise InputError(
            f"{file}: {statements(missing)} missing; where nobody answered, leave the statement in and its answers "
            "empty"
        )


def statements(numbers: Sequence[str]) -> str:
    """`statement 7 is`, `statements 7, 8 are`."""
    return f"statement {numbers[0]} is" if len(numbers) == 1 else f"statements {', '.join(numbers)} are"


def _side_of(text: str) -> int | None:
    """Which side a word names, with whatever number stands behind it: `Sales 2` is 0."""
    return _SIDE_WORDS.get(re.sub(r"[\s_.#-]*\d*$", "", text.strip().lower()))


def _statement_of(text: str) -> int | None:
    """The number of a statement that a text begins with, or whose words it is."""
    if found := _NUMBERED.match(text):
        number = int(found[1])
        return number if 1 <= number <= N_STATEMENTS else None
    return _by_words().get(text.strip().rstrip(".。").lower())


def _by_words() -> dict[str, int]:
    statements = enumerate(questionnaire().statements, 1)
    return {words.rstrip(".。").lower(): number for number, one in statements for words in one.values()}


def _rows(path: Path) -> Iterator[Row]:
    """Rows with their numbers in the file; raises InputError for what is no table."""
    if not path.is_file():
        raise InputError(f"{path}: there is no such file")
    if path.stat().st_size > LARGEST_BYTES:
        raise InputError(f"{path}: this is no table of answers; it has more than {LARGEST_BYTES // 1024**2} MB")
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        yield from _rows_of_workbook(path)
        return
    if path.suffix.lower() not in (".csv", ".tsv", ".txt"):
        raise InputError(f"{path}: answers are read from YAML (.yaml), CSV (.csv) or Excel (.xlsx) files")
    text = _decoded(path)
    if text.lower().startswith("sep="):
        text = "\n" + text.partition("\n")[2]  # keeps the numbers of lines
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    try:
        for row in reader:
            yield reader.line_num, [("", cell) for cell in row]
    except csv.Error as error:
        raise InputError(f"{path}, line {reader.line_num}: this is no CSV: {error}") from None


def _decoded(path: Path) -> str:
    content = path.read_bytes()
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise InputError(f"{path}: the file is not UTF-8 text; save it as CSV UTF-8, or as Excel (.xlsx)") from None


def _rows_of_workbook(path: Path) -> Iterator[Row]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, OSError, ValueError) as error:
        raise InputError(f"{path}: this is no Excel file that can be read ({error})") from None
    sheet = book.worksheets[0]
    for line, row in enumerate(sheet.iter_rows(values_only=True), 1):
        yield line, [("", cell) for cell in row]
    book.close()
