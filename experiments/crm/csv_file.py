"""A text file with separators as other programs write it: ragged lines, titles above the header, a `sep=` line."""

import csv
import re
import warnings
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from experiments.crm.header import ROWS_LOOKED_AT, header_row, plain
from experiments.crm.ragged import ragged_rows
from scenarios.input_errors import InputError

if TYPE_CHECKING:
    import pandas as pd

SEPARATORS = (",", ";", "\t", "|")
_SEPARATOR_LINE = re.compile(r'^\ufeff?"?sep=(.)"?[,;\t|]*$', re.IGNORECASE)
_HEAD_CHARACTERS = 1 << 18
_BEYOND = 64  # cells that a row may have more than the header, where all of them are read
_CHUNK_ROWS = 200_000
_LARGEST_CELL = 1 << 24


@dataclass(frozen=True)
class CsvFile:
    """A file whose form is known; `header` counts the rows above the names of the columns."""

    path: Path
    name: str
    encoding: str
    separator: str
    header: int
    columns: tuple[str, ...]

    def read(self, places: Sequence[int], most: int | None = None) -> "tuple[pd.DataFrame, int]":
        """The columns at some places as text, at most so many rows, and how many rows had more cells than the header.

        The index counts the rows of the file as a spreadsheet would, from 1; ragged rows are left out. Raises
        InputError.
        """
        import pandas as pd

        try:
            rows = pd.concat([part[list(places)].fillna("") for part in self._chunks(places, most)])
        except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeError) as error:
            raise InputError(f"{self.name} cannot be read as CSV: {self._in_words(str(error))}") from None
        rows.index = rows.index + (self.header + 2)
        is_ragged = rows.index.isin(self._ragged + 1)
        return rows[~is_ragged], int(is_ragged.sum())

    def _in_words(self, problem: str) -> str:
        opened = re.search(r"EOF inside string starting at row (\d+)", problem)
        if opened:
            return f"a quotation mark in row {int(opened[1]) + 1} is never closed"
        return " ".join(problem.split())

    @cached_property
    def _ragged(self) -> npt.NDArray[np.int64]:
        """Rows with more cells than the header, from 0."""
        return ragged_rows(self.path, self.encoding, self.separator, len(self.columns))

    def _chunks(self, places: Sequence[int], most: int | None) -> "Iterator[pd.DataFrame]":
        """The columns by and by; where every row of a part is too short for them, all columns are read."""
        import pandas as pd

        try:
            yield from list(self._parts(sorted(set(places)), most))
        except pd.errors.ParserError as error:
            if "Too many columns" not in str(error):
                raise
            yield from self._parts(None, most)

    def _parts(self, places: Sequence[int] | None, most: int | None) -> "Iterator[pd.DataFrame]":
        import pandas as pd

        names = list(range(len(self.columns) if places is not None else len(self.columns) + _BEYOND))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", pd.errors.ParserWarning)  # longer rows are left out by themselves
            with pd.read_csv(
                self.path,
                sep=self.separator,
                encoding=self.encoding,
                header=None,
                names=names,
                usecols=None if places is None else list(places),
                skiprows=self.header + 1,
                nrows=most,
                dtype=str,
                keep_default_na=False,
                skip_blank_lines=False,
                skipinitialspace=True,
                index_col=False,
                on_bad_lines="warn",
                chunksize=_CHUNK_ROWS,
            ) as reader:
                yield from reader


def open_csv(path: Path, name: str, form: tuple[str, str | None, int | None], wanted: Collection[str]) -> CsvFile:
    """Find separator and header of a file; `form` is its encoding, separator and header row as far as they are known.

    Raises InputError if it cannot be read.
    """
    encoding, separator, said = form
    csv.field_size_limit(_LARGEST_CELL)
    try:
        with path.open(encoding=encoding, newline="") as file:
            head = file.read(_HEAD_CHARACTERS)
    except UnicodeError as error:
        raise InputError(f"{name} cannot be read as {encoding}: {error}") from None
    lines = head.splitlines()
    named = _SEPARATOR_LINE.match(lines[0].strip()) if lines else None
    separator = separator or (named[1] if named else _separator_of(head, wanted))
    rows = _first_rows(head, separator)
    first = 1 if named and said is None else 0
    place = first + header_row(rows[first:], wanted, said, name)
    columns = tuple(cell.replace("\ufeff", "").strip() for cell in rows[place]) if place < len(rows) else ()
    while len(columns) > 1 and not columns[-1]:
        columns = columns[:-1]
    return CsvFile(path, name, encoding, separator, place, columns)


def _first_rows(head: str, separator: str) -> list[list[str]]:
    """The first rows of a text; the quotes of the last one may stand open."""
    reader = csv.reader(head.splitlines(keepends=True), delimiter=separator, skipinitialspace=True)
    rows: list[list[str]] = []
    with suppress(csv.Error):
        rows.extend(islice(reader, ROWS_LOOKED_AT))
    return [[cell.strip() for cell in row] for row in rows]


def _separator_of(head: str, wanted: Collection[str]) -> str:
    """The separator under which the wanted columns are found, and else most rows have the same number of cells."""
    names = {plain(one) for one in wanted}

    def fit(separator: str) -> tuple[int, int, int]:
        """How many wanted columns stand in one row, how many rows have the usual width, and that width."""
        rows = [row for row in _first_rows(head, separator) if any(row)]
        found = max((len(names & {plain(cell) for cell in row}) for row in rows), default=0) if len(names) > 1 else 0
        widths = Counter(len(row) for row in rows if len(row) > 1)
        if not widths:
            return found, 0, 0
        width, n = max(widths.items(), key=lambda one: (one[1], one[0]))
        return found, n, width

    return max(SEPARATORS, key=fit)
