"""A file with a table, text or Excel, opened: its columns, and the rows as text."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from experiments.crm.csv_file import open_csv
from experiments.crm.encoding import encoding_of
from experiments.crm.excel_file import sheet_rows
from experiments.crm.header import header_row, place_of, plain
from scenarios.input_errors import InputError
from scenarios.yaml_file import name_for_people

if TYPE_CHECKING:
    import pandas as pd

_PACKED, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_NO_TABLES = {
    _OLD_EXCEL: "is an old Excel workbook; save it as .xlsx or CSV",
    b"\x1f\x8b": "is packed; unpack it first",
    b"%PDF": "is a PDF, not a table; export it as CSV or .xlsx",
    b"{\rtf": "is a text document, not a table; export it as CSV or .xlsx",
    b"[{": "is JSON, not a table; export it as CSV or .xlsx",
    b'{"': "is JSON, not a table; export it as CSV or .xlsx",
}
"""How files begin that hold no table, and what is said of them."""
_BEFORE = b"\xef\xbb\xbf \r\n\t"
_WEB_PAGES = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head")
_START_BYTES = 4096


@dataclass(frozen=True)
class Form:
    """What a mapping says of how a file is written; None is found out."""

    encoding: str | None = None
    separator: str | None = None
    header_row: int | None = None
    sheet: str | None = None


class Opened(Protocol):
    """A file whose columns are known."""

    @property
    def name(self) -> str:
        """The file as people call it."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns as they stand there."""

    def read(self, places: Sequence[int], most: int | None = None) -> "tuple[pd.DataFrame, int]":
        """The columns at some places as text, indexed by the row of the file, and how many rows were too long."""


@dataclass(frozen=True)
class SheetFile:
    """A sheet of a workbook; its rows are in memory."""

    name: str
    columns: tuple[str, ...]
    header: int
    rows: list[list[str]]

    def read(self, places: Sequence[int], most: int | None = None) -> "tuple[pd.DataFrame, int]":
        """The columns at some places as text."""
        import pandas as pd

        below = self.rows[self.header + 1 :][:most]
        width = len(self.columns)
        is_ragged = [any(row[width:]) for row in below]
        index = [self.header + 2 + place for place, ragged in enumerate(is_ragged) if not ragged]
        kept = [row for row, ragged in zip(below, is_ragged, strict=True) if not ragged]
        cells = {place: [row[place] if place < len(row) else "" for row in kept] for place in places}
        return pd.DataFrame(cells, index=index, columns=list(places), dtype=str), sum(is_ragged)


@dataclass(frozen=True)
class TableFile:
    """The wanted columns of a file as text under our names (blanks are empty text), and what was noticed on the way.

    The index of `rows` counts the rows of the file as a spreadsheet would. `n_ragged`: lines with more cells than the
    header, which were left out.
    """

    name: str
    columns: tuple[str, ...]
    named: Mapping[str, str]
    rows: "pd.DataFrame"
    n_ragged: int
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A file that is open, with what was noticed while opening it."""

    file: Opened
    notes: tuple[str, ...]
    _samples: "dict[int, pd.DataFrame]" = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The file as people call it."""
        return self.file.name

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns as they stand there."""
        return self.file.columns

    def place(self, column: str) -> int:
        """Which column that is; raises InputError."""
        return place_of(column, self.columns, self.name)

    def read(self, columns: Mapping[str, str]) -> TableFile:
        """Read the columns named by `columns` (our name to theirs), renamed to ours; raises InputError."""
        import pandas as pd

        places = {ours: self.place(theirs) for ours, theirs in columns.items()}
        raw, n_ragged = self.file.read(sorted(set(places.values())))
        table = pd.DataFrame({ours: raw[place].str.strip() for ours, place in places.items()}, index=raw.index)
        is_blank = (table == "").all(axis="columns")
        named = {ours: self.columns[place] for ours, place in places.items()}
        notes = [*self.notes, *_noticed(self.name, table, int(is_blank.sum()))]
        for column in named.values():
            others = [one for one in self.columns if one != column and plain(one) == plain(column)]
            notes += [f'{self.name}: "{column}" is read; there is also "{one}"' for one in others]
        return TableFile(self.name, self.columns, named, table[~is_blank], n_ragged, tuple(notes))

    def sample(self, most: int) -> "pd.DataFrame":
        """The first rows of all columns, under their places; raises InputError if most have too many cells."""
        if most not in self._samples:
            rows, n_ragged = self.file.read(range(len(self.columns)), most)
            refuse_ragged(self.name, n_ragged, len(rows) + n_ragged)
            self._samples[most] = rows
        return self._samples[most]


def refuse_ragged(name: str, n_ragged: int, n_all: int) -> None:
    """Raise InputError if most lines have more cells than the header."""
    if n_ragged > n_all / 2:
        raise InputError(
            f"{name}: {n_ragged:,} of {n_all:,} lines have more cells than the header; see the separator, or put "
            "quotes round texts that hold it"
        )


def _noticed(name: str, table: "pd.DataFrame", n_blank: int) -> list[str]:
    """What should be told of a table before anything is made of it."""
    notes = [f"{name}: {n_blank:,} rows hold nothing in the columns read"] if n_blank > 1 else []
    is_broken = table.apply(lambda column: column.str.contains("\n", regex=False)).any(axis="columns")
    if is_broken.any():
        first = table.index[is_broken][0]
        notes.append(
            f"{name}: {int(is_broken.sum()):,} rows have a cell of several lines (first in row {first}); see whether a "
            "quotation mark stands open there"
        )
    return notes


def open_table(path: Path, form: Form, wanted: Collection[str], words: Collection[str] = ()) -> Table:
    """Open a file with a table; `wanted` are columns it should have, `words` texts that tell the encoding.

    Raises InputError if there is no file, nothing in it, or no table.
    """
    name = name_for_people(path)
    start = _first_bytes(path, name)
    if start.startswith(_PACKED):
        title, rows = sheet_rows(path, name, form.sheet, wanted)
        place = header_row(rows, wanted, form.header_row, name)
        columns = tuple(rows[place]) if place < len(rows) else ()
        return Table(SheetFile(name, columns, place, rows), (f'{name}: sheet "{title}"',))
    if start.lstrip(_BEFORE).lower().startswith(_WEB_PAGES):
        raise InputError(f"{name} is a web page, not a table; open it in a spreadsheet and save it as .xlsx or CSV")
    encoding, note = encoding_of(path, name, form.encoding, [*wanted, *words])
    file = open_csv(path, name, (encoding, form.separator, form.header_row), wanted)
    if not any(file.columns):
        raise InputError(f"{name} has no header line; export it again with the names of the columns")
    if len(file.columns) == 1:
        raise InputError(
            f'{name} has a single column, "{file.columns[0][:60]}"; say what stands between columns, e.g. '
            '`separator: "^"`, or export it again'
        )
    return Table(file, (note,) if note else ())


def _first_bytes(path: Path, name: str) -> bytes:
    """The beginning of the file; raises InputError if there is no file, nothing in it, or no table."""
    try:
        with path.open("rb") as file:
            start = file.read(_START_BYTES)
            rest = start.strip() or file.read().strip()
    except (OSError, ValueError) as error:
        raise InputError(f"{name} cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if not rest:
        raise InputError(f"{name} is empty; export it again with its header line")
    signs = b"".join(start.lstrip(_BEFORE)[:64].split())
    for mark, what in _NO_TABLES.items():
        if signs.startswith(mark):
            has_password = mark == _OLD_EXCEL and _PASSWORD in path.read_bytes()
            said = "is a workbook with a password; save it without one" if has_password else what
            raise InputError(f"{name} {said}")
    return start
