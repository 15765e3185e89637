"""A sheet of an Excel workbook as rows of text."""

import warnings
import zipfile
from collections.abc import Collection, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from experiments.crm.currencies import code_in_format
from experiments.crm.header import ROWS_LOOKED_AT, plain
from experiments.crm.unsure import UnsureError
from experiments.crm.yaml_words import yaml_word
from scenarios.input_errors import InputError, did_you_mean, in_a_row

_MOST_TOLD = 3
_FEWEST_CELLS = 4  # of a sheet that could be a table


def sheet_rows(path: Path, name: str, said: str | None, wanted: Collection[str]) -> tuple[str, list[list[str]]]:
    """The name of the sheet that is meant and its rows; raises InputError if there is none or several could be."""
    import openpyxl

    _refuse_other_archives(path, name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what a workbook holds besides
        try:
            book = openpyxl.load_workbook(path, read_only=True, data_only=True)
            sheets = {sheet.title: _rows(sheet) for sheet in book.worksheets if said in (None, sheet.title)}
            titles = [sheet.title for sheet in book.worksheets]
            book.close()
        except Exception as error:  # a broken workbook fails in a hundred ways
            what = " ".join(str(error).split())[:120] or type(error).__name__
            raise InputError(f"{name} cannot be read as an Excel workbook ({what}); save it anew, or as CSV") from None
    if said is not None and said not in sheets:
        raise InputError(f'{name} has no sheet "{said}"{did_you_mean(said, titles)}')
    title = said or _meant(sheets, wanted, name)
    return title, sheets[title]


def _refuse_other_archives(path: Path, name: str) -> None:
    """Raise InputError for packed files that are no workbooks of Excel."""
    try:
        with zipfile.ZipFile(path) as packed:
            inside = packed.namelist()
    except zipfile.BadZipFile:
        return  # which is told by who reads it
    if "mimetype" in inside or "xl/workbook.bin" in inside:
        raise InputError(f"{name} is a spreadsheet, but not of the kind .xlsx; save it as .xlsx or CSV")
    if not any(one.startswith("xl/") for one in inside):
        raise InputError(f"{name} is a packed file ({in_a_row(inside, longest=60)}); unpack it first")


def _meant(sheets: dict[str, list[list[str]]], wanted: Collection[str], name: str) -> str:
    """The only sheet that holds a table, or the only one with the wanted columns."""
    full = [title for title, rows in sheets.items() if sum(len(row) for row in rows[:ROWS_LOOKED_AT]) >= _FEWEST_CELLS]
    if not full:
        raise InputError(f"{name} has no sheet with a table; export it again")
    names = {plain(one) for one in wanted}
    fitting = [title for title in full if names and _has(sheets[title], names)]
    if len(fitting or full) == 1:
        return (fitting or full)[0]
    question = f"{name} has several sheets that may be meant ({in_a_row(fitting or full)})"
    titles = (fitting or full)[:_MOST_TOLD]
    both = f"sheet: {{leads: {yaml_word(titles[0])}, deals: {yaml_word(titles[1])}}}"
    raise UnsureError(question, [both, *(f"sheet: {yaml_word(title)}" for title in titles)])


def _has(rows: list[list[str]], names: set[str]) -> bool:
    return any(names <= {plain(cell) for cell in row} for row in rows[:ROWS_LOOKED_AT])


def _rows(sheet: Any) -> list[list[str]]:
    sheet.reset_dimensions()
    rows = [_texts(row) for row in sheet.iter_rows()]
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _texts(row: Any) -> list[str]:
    return list(_up_to_the_last(text_of(cell.value, getattr(cell, "number_format", "")) for cell in row))


def _up_to_the_last(texts: Iterator[str]) -> list[str]:
    row = list(texts)
    while row and not row[-1]:
        row.pop()
    return row


def text_of(value: Any, how: str = "") -> str:
    """A cell as text: days as 2024-01-31, whole numbers without a point, money with the currency of its format."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ") if value.time() != time(0) else value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        written = str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(value)
        code = code_in_format(how) if how and how != "General" else None
        return f"{written} {code}" if code else written
    return str(value).strip()
