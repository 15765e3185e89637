"""What happens inside a worker process: it is told the scenarios once, then gets rows to run."""

import atexit
import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
import traceback
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any, Protocol

from experiments.designs.run_table import PlannedRun
from experiments.designs.variant import laid

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

    def of_variant(self, names: Sequence[str]) -> "FailedRun":
        """The same with the name of its variant in place of its number."""
        return replace(self, planned=replace(self.planned, variant=names[int(self.planned.variant)]))


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

    def __reduce__(self) -> tuple[Any, ...]:
        """Between processes, what all runs measured goes as one block of numbers, its names once."""
        names = list(self.results[0].outcomes) if self.results else []
        if any(list(done.outcomes) != names for done in self.results):
            return Batch, (self.results, self.failures, self.seconds)
        rows = [(done.planned.number, done.planned.variant, done.planned.seed) for done in self.results]
        numbers = array("d", chain.from_iterable(done.outcomes.values() for done in self.results))
        return _unpacked, (rows, names, numbers, self.failures, self.seconds)


def _unpacked(
    rows: list[tuple[int, str, int]],
    names: list[str],
    numbers: "array[float]",
    failures: list[FailedRun],
    seconds: float,
) -> Batch:
    """A batch that came from another process."""
    results = [
        FinishedRun(PlannedRun(*row), dict(zip(names, numbers[place : place + len(names)], strict=True)))
        for row, place in zip(rows, range(0, len(numbers) or len(rows), len(names) or 1), strict=True)
    ]
    return Batch(results, failures, seconds)


_AT_ONCE = 32  # companies that are put together before the first of them is run

_task: ReadyTask | None = None
_stop: StopFlag | None = None


def set_up(task: Task, stop: StopFlag) -> None:
    """Prepare this process; runs once, before its first batch."""
    global _task, _stop
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of the terminal; the parent decides
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _task, _stop = ready(task), stop
    gc.freeze()  # what is loaded by now stays: nobody has to look through it again and again
    atexit.register(_leave)


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
    for row, company in _with_companies(task, rows):
        if stop is not None and stop.is_set():
            break
        done = _run_row(task, row, company)
        if isinstance(done, FinishedRun):
            batch.results.append(done)
        else:
            batch.failures.append(done)
    batch.seconds = time.perf_counter() - start
    return batch


def _with_companies(task: ReadyTask, rows: Sequence[PlannedRun]) -> Iterator[tuple[PlannedRun, Any]]:
    """Each row with its company; None if that cannot be put together.

    Some are put together in a row: between two runs each would take four times as long, as a run empties the
    processor's caches.
    """
    for first in range(0, len(rows), _AT_ONCE):
        some = rows[first : first + _AT_ONCE]
        companies: dict[int, Any] = {}
        for row in some:
            with suppress(Exception):  # the row itself is going to say it
                companies[row.number] = laid(task.scenarios[row.variant], row.seed)
        yield from ((row, companies.get(row.number)) for row in some)


def _run_row(task: ReadyTask, row: PlannedRun, company: Any) -> FinishedRun | FailedRun:
    try:
        run = task.simulate(laid(task.scenarios[row.variant], row.seed) if company is None else company, row.seed)
        return FinishedRun(row, {name: float(value) for name, value in task.measure(run).items()})
    except Exception as error:
        return FailedRun(row, f"{type(error).__name__}: {error}", traceback.format_exc())


def _leave() -> None:
    """End at once: taking down the compiler piece by piece would take half a second."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
