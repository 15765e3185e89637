"""What happens inside a worker process: it is told the scenarios once, then gets rows to run."""

import multiprocessing
import os
import signal
import threading
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from experiments.designs.run_table import PlannedRun

Simulate = Callable[[Any, int], Any]
Measure = Callable[[Any], Mapping[str, float]]


class StopFlag(Protocol):
    """Set by the parent when no further run is wanted."""

    def is_set(self) -> bool:
        """Whether to stop before the next run."""
        ...


@dataclass(frozen=True, slots=True)
class Task:
    """What is the same for all rows: a scenario per variant, how to simulate, what to keep of a run.

    `simulate` None is the compiled engine; `measure` None keeps the run's outcomes.
    Functions given here must be importable by name in another process.
    """

    scenarios: Mapping[str, Any]
    simulate: Simulate | None = None
    measure: Measure | None = None


@dataclass(frozen=True, slots=True)
class ReadyTask:
    """A task whose functions are at hand."""

    scenarios: Mapping[str, Any]
    simulate: Simulate
    measure: Measure


@dataclass(frozen=True, slots=True)
class FinishedRun:
    """One finished run: the numbers kept of it, by name."""

    planned: PlannedRun
    outcomes: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class FailedRun:
    """One run that did not finish: `error` in a sentence, and where in the code."""

    planned: PlannedRun
    error: str
    traceback: str


@dataclass(slots=True)
class Batch:
    """What came of some rows, and how long it took (seconds)."""

    results: list[FinishedRun] = field(default_factory=list)
    failures: list[FailedRun] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def n_rows(self) -> int:
        """Rows dealt with, either way."""
        return len(self.results) + len(self.failures)


_task: ReadyTask | None = None
_stop: StopFlag | None = None


def set_up(task: Task, stop: StopFlag) -> None:
    """Prepare this process; runs once, before its first batch."""
    global _task, _stop
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of the terminal; the parent decides
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _task, _stop = ready(task), stop


def ready(task: Task) -> ReadyTask:
    """The task with its functions filled in."""
    return ReadyTask(task.scenarios, task.simulate or _compiled_engine(), task.measure or outcomes_of)


def _compiled_engine() -> Simulate:
    import simulation  # only here: it loads Numba, which an experiment without runs does not need

    return simulation.simulate


def outcomes_of(run: Any) -> Mapping[str, float]:
    """The outcomes of a run, nothing else."""
    return dict(run.outcomes)


def answer() -> bool:
    """Show that the process came up."""
    return _task is not None


def run_rows(rows: Sequence[PlannedRun], variants: Mapping[str, Any] | None = None) -> Batch:
    """Run these rows in a process that was set up; `variants` are theirs, if not those that it was told then."""
    if _task is None or _stop is None:
        raise RuntimeError("the worker has not been set up")
    return run_rows_of(_task if variants is None else replace(_task, scenarios=variants), rows, _stop)


def run_rows_of(task: ReadyTask, rows: Sequence[PlannedRun], stop: StopFlag | None = None) -> Batch:
    """Run rows of a ready task until done or told to stop; a run that raises is recorded and the rest goes on."""
    batch = Batch()
    start = time.perf_counter()
    for row in rows:
        if stop is not None and stop.is_set():
            break
        done = _run_row(task, row)
        if isinstance(done, FinishedRun):
            batch.results.append(done)
        else:
            batch.failures.append(done)
    batch.seconds = time.perf_counter() - start
    return batch


def _run_row(task: ReadyTask, row: PlannedRun) -> FinishedRun | FailedRun:
    try:
        run = task.simulate(task.scenarios[row.variant], row.seed)
        return FinishedRun(row, {name: float(value) for name, value in task.measure(run).items()})
    except Exception as error:
        return FailedRun(row, f"{type(error).__name__}: {error}", traceback.format_exc())


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
