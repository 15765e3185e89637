"""Which lines of a text file have more cells than its header, beyond empty ones at their end."""

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

_BLOCK_BYTES = 1 << 24
_PLAIN = ("utf-8", "utf-8-sig", "cp1252", "cp1251", "cp1250")  # a byte of a sign is never taken for a separator


def ragged_rows(path: Path, encoding: str, separator: str, width: int) -> npt.NDArray[np.int64]:
    """Numbers of the lines, from 0, counted as a spreadsheet would."""
    if encoding.lower() in _PLAIN and separator.isascii():
        lines = _by_counting(path, ord(separator), width)
        if lines is not None and not len(lines):
            return lines
    with path.open(encoding=encoding, newline="") as file:
        rows = csv.reader(file, delimiter=separator, skipinitialspace=True)
        try:
            found = [place for place, row in enumerate(rows) if len(row) > width and any(row[width:])]
        except csv.Error:
            found = []  # what is wrong is told by who reads the file
    return np.array(found, np.int64)


def _by_counting(path: Path, separator: int, width: int) -> npt.NDArray[np.int64] | None:
    """Lines with as many separators; None where quotation marks or old line ends make lines and rows differ."""
    before, found = 0, [np.empty(0, np.int64)]
    for block in _blocks(path):
        if b'"' in block or (b"\r" in block and b"\n" not in block):
            return None
        signs = np.frombuffer(block, np.uint8)
        ends = np.flatnonzero(signs == ord("\n"))
        until = np.searchsorted(np.flatnonzero(signs == separator), ends)
        found.append(before + np.flatnonzero(np.diff(until, prepend=0) >= width))
        before += len(ends)
    return np.concatenate(found)


def _blocks(path: Path) -> Iterator[bytes]:
    """The file in blocks of whole lines; the last one gets its line end."""
    rest = b""
    with path.open("rb") as file:
        while block := file.read(_BLOCK_BYTES):
            lines, end, after = (rest + block).rpartition(b"\n")
            if end:
                yield lines + end
            rest = after
    if rest:
        yield rest + b"\n"
