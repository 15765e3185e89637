"""What a command says: results on stdout, complaints on stderr, in signs the terminal can show."""

import json
import os
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any, TextIO


def say(text: str) -> None:
    """Print a result."""
    print(printable(text, sys.stdout.encoding))


def say_json(value: Any) -> None:
    """Print a result for programs."""
    from experiments.store.manifest import plain

    print(json.dumps(plain(value), indent=2, allow_nan=False))


def complain(text: str) -> None:
    """Print what is wrong, or what is going on; where nobody reads it, work goes on all the same."""
    try:
        print(printable(text, sys.stderr.encoding), file=sys.stderr)
    except OSError:
        forget(sys.stderr)


def forget(stream: TextIO) -> None:
    """Let what is still said on a stream that takes nothing go nowhere; else Python complains of it at its end."""
    with suppress(OSError):  # no real file is behind it
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def columns(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Left-aligned columns under their heads, a rule between; a row of a single cell stands over those below it."""
    whole = list(map(list, rows))
    table = [list(heads), *(row for row in whole if len(row) == len(heads))]
    widths = [max(_width(row[place]) for row in table) for place in range(len(heads))]

    def line(row: list[str]) -> str:
        """One row, or a heading over rows."""
        if len(row) < len(heads):
            return f"\n{row[0]}"
        return "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()

    return "\n".join([line(table[0]), "  ".join("-" * width for width in widths), *map(line, whole)])


def _width(text: str) -> int:
    """Columns of a terminal; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def printable(text: str, encoding: str | None) -> str:
    """Text as the terminal can show it: signs it lacks are spelt out."""
    spelt = {"\N{EURO SIGN}": "EUR ", "\N{MINUS SIGN}": "-", "\N{RIGHTWARDS ARROW}": "->", "\N{INFINITY}": "inf"}
    spelt |= {"\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " "}
    encoding = encoding or "ascii"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        for sign, words in spelt.items():
            text = text.replace(sign, words)
    return text.encode(encoding, errors="replace").decode(encoding)
