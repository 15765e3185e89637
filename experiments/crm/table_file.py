"""A CSV file as other programs write it: unknown encoding and separator, ragged lines, missing columns."""

import csv
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from scenarios.input_errors import InputError, did_you_mean
from scenarios.yaml_file import name_for_people

if TYPE_CHECKING:
    import pandas as pd

SEPARATORS = (",", ";", "\t", "|")
_GUESSES = ("utf-8-sig", "cp1252")
_SAMPLE_BYTES = 1 << 20
_FOREIGN = {b"PK\x03\x04": "an Excel workbook or another packed file", b"\xd0\xcf\x11\xe0": "an old Excel workbook"}


@dataclass(frozen=True)
class CsvFile:
    """The wanted columns of a file as text (blanks are empty text), and what was noticed while reading it.

    `n_ragged`: lines with more cells than the header, which were left out.
    """

    name: str
    rows: "pd.DataFrame"
    encoding: str
    n_ragged: int = 0


def read_csv(path: Path, columns: Mapping[str, str], encoding: str | None, separator: str | None) -> CsvFile:
    """Read the columns named by `columns` (our name to theirs), renamed to ours; raises InputError.

    Without an encoding UTF-8 is tried, then Windows-1252, in which every Western text can be read; without a separator
    the header tells.
    """
    import pandas as pd

    name = name_for_people(path)
    start = _first_bytes(path, name)
    encoding = _encoding_of(path, name, start, encoding)
    separator = separator or _separator_of(start.decode(encoding, errors="ignore"))
    with warnings.catch_warnings(record=True) as noticed:
        warnings.simplefilter("always")
        try:
            header = pd.read_csv(path, sep=separator, encoding=encoding, nrows=0, dtype=str, skipinitialspace=True)
            names = {_plain(found): found for found in header.columns}
            wanted = {ours: _column(theirs, names, name) for ours, theirs in columns.items()}
            beyond = [f"\0{place}" for place in range(_n_beyond(path, encoding, separator))]
            every = [*header.columns, *beyond]
            rows = pd.read_csv(
                path,
                sep=separator,
                encoding=encoding,
                dtype=str,
                names=every,
                header=0,
                index_col=False,  # a first row longer than the header is no reason to shift the columns
                keep_default_na=False,
                skipinitialspace=True,
                on_bad_lines="warn",
            )
        except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeError) as error:
            raise InputError(f"{name} cannot be read as CSV: {' '.join(str(error).split())}") from None
    n_ragged = sum(str(notice.message).count("Skipping line") for notice in noticed)
    if beyond:
        is_ragged = (rows[beyond].fillna("") != "").any(axis="columns")
        rows, n_ragged = rows[~is_ragged].reset_index(drop=True), n_ragged + int(is_ragged.sum())
    table = pd.DataFrame({ours: rows[theirs].fillna("").str.strip() for ours, theirs in wanted.items()})
    return CsvFile(name, table, encoding, n_ragged)


def _first_bytes(path: Path, name: str) -> bytes:
    """The beginning of the file; raises InputError if there is no file, nothing in it, or no text."""
    try:
        with path.open("rb") as file:
            start = file.read(_SAMPLE_BYTES)
    except OSError as error:
        raise InputError(f"{name} cannot be read: {error.strerror}") from None
    if not start.strip():
        raise InputError(f"{name} is empty; export it again with its header line")
    for magic, kind in _FOREIGN.items():
        if start.startswith(magic):
            raise InputError(f"{name} is {kind}, not CSV; save it as CSV")
    return start


def _encoding_of(path: Path, name: str, start: bytes, encoding: str | None) -> str:
    """The encoding given or found; raises InputError if the file is not in it."""
    if encoding is None and start.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif encoding is None and b"\x00" in start:
        raise InputError(f"{name} is no text; save it as CSV")
    for guess in [encoding] if encoding else _GUESSES:
        if _can_be_read(path, guess, name):
            return guess
    tried = f"as {encoding}" if encoding else "as UTF-8 or Windows-1252"
    raise InputError(f"{name} cannot be read {tried}; say `encoding:` in the mapping, e.g. utf-8, cp1252 or latin-1")


def _can_be_read(path: Path, encoding: str, name: str) -> bool:
    try:
        with path.open(encoding=encoding) as file:
            while file.read(_SAMPLE_BYTES):
                pass
    except UnicodeError:
        return False
    except LookupError:
        raise InputError(f'{name}: there is no encoding "{encoding}"; try utf-8, cp1252 or latin-1') from None
    return True


def _separator_of(text: str) -> str:
    """The separator that occurs most in the header; a comma if there is none."""
    header = text.lstrip("\ufeff").splitlines()[0]
    return max(SEPARATORS, key=header.count)


def _n_beyond(path: Path, encoding: str, separator: str) -> int:
    """How many cells the first row has beyond those of the header: some programs end every row with a separator."""
    with path.open(encoding=encoding, newline="") as file:
        rows = (row for row in csv.reader(file, delimiter=separator, skipinitialspace=True) if row)
        try:
            header, first = next(rows, []), next(rows, [])
        except csv.Error:
            return 0
    return max(0, len(first) - len(header))


def _column(theirs: str, names: Mapping[str, str], file: str) -> str:
    """The column as the file writes it, small and capital letters and blanks aside; raises InputError."""
    column = names.get(_plain(theirs))
    if column is None:
        raise InputError(f'{file} has no column "{theirs}"{did_you_mean(theirs, names.values())}')
    return column


def _plain(column: str) -> str:
    return " ".join(str(column).replace("\ufeff", "").split()).casefold()
