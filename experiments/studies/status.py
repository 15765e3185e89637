"""How far a study in a folder is, told from its files alone: it may be running, interrupted, or long finished."""

import hashlib
import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.execution.code_identity import made_with
from experiments.reporting.results_folder import DESIGN, DESIGN_HASH, FAILURES, MADE_WITH, RUNS, read_manifest
from experiments.store import run_parts
from experiments.store.folder_lock import LOCK, is_being_written
from experiments.store.run_archive import failures_of
from experiments.wording.numbers import counted, duration
from scenarios.input_errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from experiments.execution.worker import FailedRun

_CLOCKS_APART_S = 1.0


@dataclass(frozen=True)
class Status:
    """Where a study stands. `left_s`: seconds that runs will still take, None unless known and running.

    `is_answered`: the command has written its answer. Some questions decide what to run next by what they have found:
    for these all numbers are of the step they are at.
    """

    folder: Path
    question: str
    company: str
    command: str
    n_runs: int
    n_done: int
    is_running: bool
    left_s: float | None = None
    failures: "list[FailedRun]" = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    is_of_this_model: bool = True
    is_answered: bool = True

    @property
    def n_missing(self) -> int:
        """Runs that have neither been made nor failed."""
        return self.n_runs - self.n_done - len(self.failures)


def status(folder: Path) -> Status:
    """Read a folder's status; raises InputError if no study lies there."""
    told = read_manifest(folder)
    if not told or not (folder / RUNS).is_dir():
        raise InputError(f"there is no study in {folder}; give the folder that a sweep (or another question) writes to")
    design = _design(folder, told)
    is_running = is_being_written(folder)
    done, damaged, times = _done(folder, set(design["run"]))
    n_done = int(design["run"].isin(done).sum())
    return Status(
        folder=folder,
        question=str(told.get("question", "")),
        company=str(told.get("company", "")),
        command=str(told.get("command", "")),
        n_runs=len(design) or int(told.get("n_runs", 0)),
        n_done=n_done,
        is_running=is_running,
        left_s=seconds_left(times, len(set(design["run"]) - done)) if is_running else None,
        failures=failures_of(folder, design),
        damaged=damaged,
        is_of_this_model=_is_of_this_model(told),
        is_answered="report.html" in told.get("files", ()),
    )


def in_text(found: Status) -> str:
    """The status as sentences."""
    lines = [
        f"{found.question or 'study'} of {found.company}: {found.n_done:,} of {counted(found.n_runs, 'run')} done, "
        f"{found.n_missing:,} missing, {len(found.failures):,} failed"
    ]
    lines += [f"damaged: {name}; its runs count as missing" for name in found.damaged]
    lines += [
        f"failed: point {one.planned.variant} in world {one.planned.seed}: {one.error}" for one in found.failures[:5]
    ]
    if len(found.failures) > 5:
        lines.append(f"and {len(found.failures) - 5} more failures; they lie in {found.folder / FAILURES}")
    return "\n".join([*lines, _next_step(found)])


def in_short(found: Status) -> dict[str, Any]:
    """The status for programs."""
    return {
        "folder": str(found.folder),
        "question": found.question,
        "company": found.company,
        "command": found.command,
        "n_runs": found.n_runs,
        "n_done": found.n_done,
        "n_missing": found.n_missing,
        "n_failed": len(found.failures),
        "damaged": found.damaged,
        "is_running": found.is_running,
        "seconds_left": found.left_s,
        "is_of_this_model": found.is_of_this_model,
        "is_answered": found.is_answered,
        "failures": [
            {"point": int(one.planned.variant), "seed": one.planned.seed, "error": one.error} for one in found.failures
        ],
    }


def _next_step(found: Status) -> str:
    if found.is_running:
        left = f", {duration(found.left_s)} left" if found.left_s is not None else ""
        return f"It is running{left}."
    if not found.is_of_this_model:
        return f"The model, Python or a library has changed since: the command makes all runs again: {found.command}"
    if found.n_done < found.n_runs:
        return f"To go on, give the command again: {found.command}"
    if not found.is_answered:
        return f"What was asked for so far is done, but no answer is written; give the command again: {found.command}"
    return "It is complete."


def _design(folder: Path, told: dict[str, Any]) -> "pd.DataFrame":
    """The design that the manifest is about; empty where that has not been written yet, or is damaged."""
    import pandas as pd

    try:
        content = (folder / DESIGN).read_bytes()
    except OSError:
        content = b""
    if hashlib.sha256(content).hexdigest() != told.get(DESIGN_HASH):
        return pd.DataFrame({"run": pd.Series(dtype=str), "point": [], "seed": []})
    return pd.read_parquet(io.BytesIO(content), columns=["run", "point", "seed"])


def _done(folder: Path, wanted: set[str]) -> tuple[set[str], list[str], list[tuple[float, int]]]:
    """Finished runs of the design, names of damaged parts, and when how many runs were written."""
    done: set[str] = set()
    damaged, times = [], []
    for part in run_parts.parts_in(folder / RUNS):
        if part.content is None:
            damaged.append(str(part.path))
            continue
        found = wanted & set(run_parts.read_runs(part.content, ["run"])["run"].to_pylist())
        times.append((_written_at(part.path), len(found)))
        done |= found
    damaged += [str(part.path) for part in run_parts.parts_in(folder / FAILURES) if part.content is None]
    since = _written_at(folder / LOCK) - _CLOCKS_APART_S  # before that somebody else was at work, or nobody
    return done, damaged, [one for one in times if one[0] >= since]


def _written_at(path: Path) -> float:
    """When a file was written; long ago if it is gone."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def seconds_left(times: list[tuple[float, int]], n_left: int) -> float | None:
    """Seconds for what is left, at the pace of the last twenty parts; None where there are too few.

    `times` has when each part was written and how many runs it holds. Three parts of 10 runs, 2 s apart, and 100 runs
    left: `seconds_left([(0, 10), (2, 10), (4, 10)], 100)` is 20.
    """
    recent = sorted(times)[-20:]
    if len(recent) < 3:
        return None
    passed = recent[-1][0] - recent[0][0]
    n_made = sum(n for _, n in recent[1:])
    return n_left * passed / n_made if n_made and passed > 0 else None


def _is_of_this_model(told: dict[str, Any]) -> bool:
    return bool(told.get(MADE_WITH) == made_with())
