"""A column of a table: what it is called, in which unit, and what it means."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Column:
    """`unit` is "-" for words and numbers without one."""

    name: str
    unit: str
    meaning: str


@dataclass(frozen=True)
class Described:
    """A table of a run: what a row is, its columns, and how it is made from a finished run."""

    row: str
    columns: Sequence[Column]
    make: Callable[[Any], "pd.DataFrame"]


def columns(*triples: tuple[str, str, str]) -> list[Column]:
    """Columns from (name, unit, meaning)."""
    return [Column(*triple) for triple in triples]


def frame(columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> "pd.DataFrame":
    """A table with exactly these columns. Raises ValueError for a row of another length."""
    import pandas as pd

    names = [column.name for column in columns]
    table = list(rows)
    if any(len(row) != len(names) for row in table):
        raise ValueError(f"rows need {len(names)} values: {', '.join(names)}")
    return pd.DataFrame(table, columns=names)
