"""Finished runs as small parquet files that tell by their own name whether they are whole.

The name of a part ends with a hash of its content: one that was cut short or changed no longer fits its name. A part
that fits its name may still come from somebody else, so what is in it is looked at too.
"""

import hashlib
import io
import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.store.atomic_files import write_whole

if TYPE_CHECKING:
    import pyarrow as pa

    from experiments.execution.worker import FinishedRun

_NAME = re.compile(r"part-(\d+)-([0-9a-f]{16})\.(parquet|json)")
_OF_A_FAILURE = {"run": str, "point": int, "seed": int, "error": str, "traceback": str}


@dataclass(frozen=True)
class Part:
    """One file; `rows` are its runs (a table) or failures (records), None where it is damaged, or none of ours."""

    path: Path
    rows: Any


def write_runs(folder: Path, number: int, results: "Sequence[FinishedRun]", identities: Sequence[str]) -> None:
    """Write finished runs as part `number`: a row each, with its identity as `run`. Raises OSError."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns: dict[str, Any] = {"run": identities, "seed": [done.planned.seed for done in results]}
    columns |= _columns([done.outcomes for done in results])
    content = io.BytesIO()
    pq.write_table(pa.table(columns), content, use_dictionary=False, write_statistics=False)
    _write(folder, number, content.getvalue(), "parquet")


def _columns(outcomes: Sequence[Mapping[str, float]]) -> dict[str, Any]:
    """Outcomes run by run as one array a name; NaN where a run has none of that name."""
    names = list(outcomes[0])
    if any(list(one) != names for one in outcomes):
        names = list(dict.fromkeys(name for one in outcomes for name in one))
        outcomes = [{name: one.get(name, math.nan) for name in names} for one in outcomes]
    values = np.array([list(one.values()) for one in outcomes], dtype=np.float64).T.copy()
    return dict(zip(names, values, strict=True))


def always_measured(outcomes: Mapping[str, float]) -> list[str]:
    """The names that every run of a study has; those with a slash are counts that may not occur."""
    return [name for name in outcomes if "/" not in name]


def write_failures(folder: Path, number: int, failures: Sequence[dict[str, Any]]) -> None:
    """Write what is known of failed runs as part `number`; raises OSError."""
    _write(folder, number, json.dumps(failures, indent=1).encode(), "json")


def parts_in(folder: Path) -> Iterator[Part]:
    """Every part of a folder, the first written first."""
    for path in sorted(folder.glob("part-*")):
        named = _NAME.fullmatch(path.name)
        if named and path.is_file():  # a folder or a pipe is no part
            try:
                content = path.read_bytes()
            except FileNotFoundError:  # its writer has just removed it
                continue
            except OSError:
                content = b""
            yield Part(path, _rows(content, named[3]) if _hash(content) == named[2] else None)


def next_number(folder: Path) -> int:
    """A number larger than that of every part in the folder."""
    named = [_NAME.fullmatch(path.name) for path in folder.glob("part-*")]
    return max((int(name[1]) for name in named if name), default=-1) + 1


def _rows(content: bytes, kind: str) -> Any:
    """What we write: runs with an identity, a seed and numbers, or failures with their reasons; None if it is not."""
    try:
        return _runs(content) if kind == "parquet" else _failures(content)
    except Exception:  # whatever a reader says of a file that somebody else has made
        return None


def _runs(content: bytes) -> "pa.Table | None":
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pq.ParquetFile(io.BytesIO(content)).read(use_threads=False)
    table.validate(full=True)
    kinds = dict(zip(table.column_names, table.schema.types, strict=True))
    is_ours = (
        len(kinds) == table.num_columns
        and "point" not in kinds  # which the design says
        and kinds.pop("run") in (pa.string(), pa.large_string())
        and pa.types.is_integer(kinds.pop("seed"))
        and set(kinds.values()) <= {pa.float64()}
    )
    return table if is_ours else None


def _failures(content: bytes) -> list[dict[str, Any]] | None:
    failures = json.loads(content)
    is_ours = isinstance(failures, list) and all(
        isinstance(one, dict) and all(isinstance(one.get(key), kind) for key, kind in _OF_A_FAILURE.items())
        for one in failures
    )
    return failures if is_ours else None


def _write(folder: Path, number: int, content: bytes, kind: str) -> None:
    write_whole(folder / f"part-{number:06d}-{_hash(content)}.{kind}", content)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
