"""How far a study in a folder is, manifest from its files alone: it may be running, interrupted, or long finished."""

import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.execution.code_identity import made_with
from experiments.store import run_parts
from experiments.store.folder_lock import LOCK, is_being_written
from experiments.store.manifest import DESIGN, FAILURES, RUNS, read_manifest
from experiments.store.results_folder import MADE_WITH
from experiments.store.run_archive import IS_COMPLETE, failures_of
from experiments.wording.numbers import counted, duration
from scenarios.input_errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from experiments.execution.worker import FailedRun

_CLOCKS_APART_S = 1.0


@dataclass(frozen=True)
class Status:
    """Where a study stands. `left_s`: seconds that runs will still take, None unless known and running.

    `is_answered`: the command has written its report. Some questions decide what to run next by what they have found:
    for these `n_runs` is how many there will be at most until they are answered, and of `is_growing` ones, where
    precision decides, how many have been asked for so far.
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
    is_growing: bool = False

    @property
    def n_missing(self) -> int:
        """Runs that have neither been made nor failed."""
        return self.n_runs - self.n_done - len(self.failures)


def status(folder: Path) -> Status:
    """Read a folder's status; raises InputError if no study lies there."""
    manifest = read_manifest(folder)
    if not manifest or not (folder / RUNS).is_dir():
        raise InputError(f"there is no study in {folder}; give the folder that a question writes to")
    design = _design(folder)
    is_running = is_being_written(folder)
    done, damaged, times = _done(folder, set(design["run"]))
    n_done = int(design["run"].isin(done).sum())
    planned, is_answered = manifest.get("n_runs", 0), bool(manifest.get(IS_COMPLETE))
    is_growing = planned is None and not is_answered
    at_most = planned if isinstance(planned, int) and not (is_answered and len(design)) else 0
    return Status(
        folder=folder,
        question=str(manifest.get("question", "")),
        company=str(manifest.get("company", "")),
        command=str(manifest.get("command", "")),
        n_runs=max(len(design), at_most),
        n_done=n_done,
        is_running=is_running,
        left_s=seconds_left(times, len(set(design["run"]) - done)) if is_running and not is_growing else None,
        failures=failures_of(folder, design),
        damaged=damaged,
        is_of_this_model=_is_of_this_model(manifest),
        is_answered=is_answered,
        is_growing=is_growing,
    )


def in_text(status: Status) -> str:
    """The status as sentences."""
    runs = f"the {counted(status.n_runs, 'run')} so far" if status.is_growing else counted(status.n_runs, "run")
    lines = [
        f"{status.question or 'study'} of {status.company}: {status.n_done:,} of {runs} done, "
        f"{status.n_missing:,} missing, {len(status.failures):,} failed"
    ]
    lines += [f"damaged: {name}; its runs count as missing" for name in status.damaged]
    lines += [
        f"failed: point {one.planned.variant} in world {one.planned.seed}: {one.error}" for one in status.failures[:5]
    ]
    if len(status.failures) > 5:
        lines.append(f"and {len(status.failures) - 5} more failures; they lie in {status.folder / FAILURES}")
    return "\n".join([*lines, _next_step(status)])


def as_record(status: Status) -> dict[str, Any]:
    """The status for programs."""
    return {
        "folder": str(status.folder),
        "question": status.question,
        "company": status.company,
        "command": status.command,
        "n_runs": status.n_runs,
        "n_done": status.n_done,
        "n_missing": status.n_missing,
        "n_failed": len(status.failures),
        "damaged": status.damaged,
        "is_running": status.is_running,
        "seconds_left": status.left_s,
        "is_of_this_model": status.is_of_this_model,
        "is_answered": status.is_answered,
        "is_growing": status.is_growing,
        "failures": [
            {"point": int(one.planned.variant), "seed": one.planned.seed, "error": one.error} for one in status.failures
        ],
    }


def _next_step(status: Status) -> str:
    if status.is_running:
        if status.is_growing:
            return "It is running; how many more runs the wished precision takes is not known."
        left = f", {duration(status.left_s)} left" if status.left_s is not None else ""
        return f"It is running{left}."
    if not status.is_of_this_model:
        return f"The model, Python or a library has changed since: the command makes all runs again: {status.command}"
    if status.n_done < status.n_runs and not status.is_answered:
        return f"To go on, give the command again: {status.command}"
    if not status.is_answered:
        return f"What was asked for so far is done, but no answer is written; give the command again: {status.command}"
    return "It is complete."


def _design(folder: Path) -> "pd.DataFrame":
    """The runs asked for so far; none where that has not been written yet, or is damaged."""
    import pandas as pd

    kinds = {"run": "str", "point": "int64", "seed": "int64"}
    try:
        design = pd.read_parquet(io.BytesIO((folder / DESIGN).read_bytes()), columns=list(kinds))
        return design.astype(kinds)
    except Exception:  # whatever a reader says of a file that somebody else has made
        return pd.DataFrame({"run": pd.Series(dtype=str), "point": [], "seed": []})


def _done(folder: Path, wanted: set[str]) -> tuple[set[str], list[str], list[tuple[float, int]]]:
    """Finished runs of the design, names of damaged parts, and when how many runs were written."""
    done: set[str] = set()
    damaged, times = [], []
    for part in run_parts.parts_in(folder / RUNS):
        if part.rows is None:
            damaged.append(str(part.path))
            continue
        some = wanted & set(part.rows["run"].to_pylist())
        times.append((_written_at(part.path), len(some)))
        done |= some
    damaged += [str(part.path) for part in run_parts.parts_in(folder / FAILURES) if part.rows is None]
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


def _is_of_this_model(manifest: dict[str, Any]) -> bool:
    return bool(manifest.get(MADE_WITH) == made_with())
