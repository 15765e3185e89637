"""Whether two companies are the same to the last bit, and where they are not."""

import hashlib
from typing import Any

import numpy as np

from simulation.company import TABLES


def different_tables(one: Any, other: Any) -> list[str]:
    """Names of the tables, and of their columns where they have any, that differ in a single bit."""
    return [
        f"{name}.{column}" if column else name
        for name in TABLES
        if getattr(one, name).tobytes() != getattr(other, name).tobytes()
        for column in different_columns(getattr(one, name), getattr(other, name))
    ]


def different_columns(one: np.ndarray, other: np.ndarray) -> list[str]:
    """Columns of two tables that differ; an empty name for tables without columns or of another shape."""
    if one.shape != other.shape or not one.dtype.names:
        return [""]
    columns = [name for name in one.dtype.names if one[name].tobytes() != other[name].tobytes()]
    return columns or [""]


def digest(company: Any) -> str:
    """A fingerprint of every bit of every table."""
    whole = hashlib.sha256()
    for name in TABLES:
        whole.update(getattr(company, name).tobytes())
    return whole.hexdigest()
