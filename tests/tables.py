"""Whether two companies are the same to the last bit, and where they are not."""

import hashlib
from typing import Any

import numpy as np

from simulation.company import TABLES

OF_LIVED_DAYS = [name for name in TABLES if name not in ("sums", "sorting", "outcome")]
"""All but what a run comes to, which is worked out when all days are lived."""


def different_tables(one: Any, other: Any) -> list[str]:
    """Names of the tables, and of their columns where they have any, that differ in a single bit."""
    return [
        f"{name}.{column}" if column else name
        for name in OF_LIVED_DAYS
        if getattr(one, name).tobytes() != getattr(other, name).tobytes()
        for column in different_columns(getattr(one, name), getattr(other, name))
    ]


def different_columns(one: np.ndarray, other: np.ndarray) -> list[str]:
    """Columns of two tables that differ; an empty name for tables without columns or of another shape.

    Between columns lie bytes that hold nothing and that a copy may lose; they do not count.
    """
    if one.shape != other.shape or not one.dtype.names:
        return [""]
    return [name for name in one.dtype.names if one[name].tobytes() != other[name].tobytes()]


def digest(company: Any) -> str:
    """A fingerprint of every bit of every column of every table."""
    whole = hashlib.sha256()
    for name in OF_LIVED_DAYS:
        table = getattr(company, name)
        for column in table.dtype.names or ():
            whole.update(table[column].tobytes())
        if not table.dtype.names:
            whole.update(table.tobytes())
    return whole.hexdigest()
