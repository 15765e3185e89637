"""Runs a design over processes; the table that comes out is the same for any number of workers.

A run that raises is recorded and the rest goes on. A worker that dies takes nothing with it: the rows it may have been
working on are tried again, each alone, and only a row that kills its worker a second time is recorded as failed.
Ctrl-C keeps what is done.
"""

import math
import os
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from itertools import islice
from types import TracebackType
from typing import Any, Self

from experiments.designs.run_table import PlannedRun
from experiments.execution import worker
from experiments.execution.process_pool import NoWorkers, Pool, ProcessPool
from experiments.execution.worker import Batch, FailedRun, FinishedRun, Measure, Simulate, Task
from scenarios.input_errors import check_least

OnProgress = Callable[[int, int | None], None]  # (rows dealt with, rows in all; None where nobody can know)
Keep = Callable[[Batch], None]

_PROBES = 2  # rows run here before a pool is started: the first also loads the compiled engine
_MOST_BATCHES = 2000  # of one design: the batches of a long one take longer
_PATIENCE_S = 10.0  # after Ctrl-C: how long to wait for the runs under way
_DIED = "the worker process died twice on this run (out of memory, or killed from outside)"


@dataclass(frozen=True, slots=True)
class Settings:
    """How to run. `workers` None is one per core; `scheduler` the address of a Dask scheduler, None for this machine.

    Batches take at least `batch_s` seconds; worker processes are started for work of more than `pool_s` seconds.
    """

    workers: int | None = None
    batch_s: float = 1.0
    pool_s: float = 2.0
    simulate: Simulate | None = None
    measure: Measure | None = None
    scheduler: str | None = None

    def __post_init__(self) -> None:
        if self.workers is not None:
            check_least("workers", self.workers, 1)


@dataclass(slots=True)
class RunTable:
    """What came of a design: results and failures in the design's order, and whether Ctrl-C cut it short."""

    results: list[FinishedRun] = field(default_factory=list)
    failures: list[FailedRun] = field(default_factory=list)
    is_interrupted: bool = False

    def add(self, other: "RunTable") -> None:
        """Take in more rows and keep the order of the design."""
        self.results = sorted([*self.results, *other.results], key=lambda done: done.planned)
        self.failures = sorted([*self.failures, *other.failures], key=lambda done: done.planned)
        self.is_interrupted |= other.is_interrupted

    def collect(self, batch: Batch) -> None:
        """Take in more rows as they come; `add` sorts them."""
        self.results += batch.results
        self.failures += batch.failures


class Runner:
    """Runs rows of the variants it was given; keeps its worker processes between calls. Use it in a `with` block.

    A call that has work for more workers than there are gets them, if that saves more time than starting them takes.
    Variants that are only found out later go along with the rows: see `take_up`.
    """

    def __init__(self, variants: Mapping[str, Any], settings: Settings | None = None) -> None:
        self._settings = settings or Settings()
        self._task = Task(dict(variants), self._settings.simulate, self._settings.measure)
        self._late: dict[str, Any] | None = None
        self._pool: Pool | None = None
        self._run_s: float | None = None
        self._is_interrupted = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def take_up(self, variants: Mapping[str, Any]) -> None:
        """Rows are of these variants from now on; workers are told those of a batch with the batch."""
        self._late = dict(variants)

    def run(
        self, rows: Sequence[PlannedRun], on_progress: OnProgress | None = None, keep: Keep | None = None
    ) -> RunTable:
        """Run the rows, seed by seed: whoever runs several of one seed draws its world once.

        Returns what is done when finished or interrupted (Ctrl-C).
        `keep` is handed every batch as it is finished; the table is then empty, and nothing piles up here.
        """
        table = RunTable()
        by_seed = deque(sorted(rows, key=lambda row: row.seed))
        work = _Work(by_seed, len(rows), on_progress or _silent, keep or table.collect)
        try:
            self._run_all(work)
        except KeyboardInterrupt:
            self._interrupt(work)
        except NoWorkers as error:
            work.fail(work.unfinished(), str(error))
        table.add(RunTable(is_interrupted=self._is_interrupted))
        return table

    def _run_all(self, work: "_Work") -> None:
        """Run rows here until a pool is worth starting: the first ones tell how long a run takes."""
        task = worker.ready(self._task if self._late is None else replace(self._task, scenarios=self._late))
        n_here = 0
        while work.waiting:
            if (self._pool is not None or n_here >= _PROBES) and self._n_workers(work) > 1:
                self._run_in_pool(work)
            else:
                self._keep(work, worker.run_rows_of(task, work.take(1)))
                n_here += 1

    def _keep(self, work: "_Work", batch: Batch) -> None:
        if batch.results:  # a run that fails at once says nothing about how long runs take
            self._run_s = batch.seconds / batch.n_rows
        work.finish(batch)

    def _n_workers(self, work: "_Work") -> int:
        """At most one per batch; 1 is this process."""
        n_batches = math.ceil(len(work.waiting) * self._seconds() / max(self._settings.batch_s, self._seconds()))
        if self._pool is None and self._left_s(work) <= self._settings.pool_s:
            return 1
        at_hand = n_batches if self._settings.scheduler else n_cores()
        return max(1, min(self._settings.workers or at_hand, n_batches))

    def _seconds(self) -> float:
        """Seconds a run takes, as far as known."""
        return max(self._run_s or 0.0, 1e-6)

    def _left_s(self, work: "_Work") -> float:
        """Seconds that the waiting rows take one worker."""
        return len(work.waiting) * self._seconds()

    def _outgrow(self, work: "_Work") -> None:
        """Close a pool that is too small for these rows, before any is under way: a larger one is started for them."""
        if self._pool is None or self._settings.scheduler:
            return
        has, wanted = self._pool.n_workers(), self._n_workers(work)
        if wanted > has and self._left_s(work) * (1 / has - 1 / wanted) > self._settings.pool_s:
            self._close()

    def _run_in_pool(self, work: "_Work") -> None:
        self._outgrow(work)
        while work.waiting or work.under_way:
            try:
                self._feed(work, self._started(self._n_workers(work)))
                self._collect(work)
            except BrokenProcessPool:
                self._close()
                self._try_again_alone(work)

    def _feed(self, work: "_Work", pool: Pool) -> None:
        """Keep one batch more than there are workers under way: nobody waits, and Ctrl-C has little to undo."""
        n_workers = min(pool.n_workers(), self._settings.workers or math.inf)
        at_least = math.ceil(work.n_rows / _MOST_BATCHES)
        while work.waiting and len(work.under_way) <= n_workers:
            size = max(at_least, math.ceil(self._settings.batch_s / self._seconds()))
            rows = work.first(min(size, math.ceil(len(work.waiting) / n_workers)))
            future = pool.submit(
                rows, self._variants_of(rows)
            )  # raises if the pool broke meanwhile: the rows still wait
            work.under_way[future] = work.take(len(rows))

    def _variants_of(self, rows: Sequence[PlannedRun]) -> dict[str, Any] | None:
        """The variants of some rows, if workers do not know them."""
        return None if self._late is None else {row.variant: self._late[row.variant] for row in rows}

    def _collect(self, work: "_Work") -> None:
        finished, _ = wait(work.under_way, timeout=1.0, return_when=FIRST_COMPLETED)
        for future in finished:
            batch = future.result()
            del work.under_way[future]
            self._keep(work, batch)

    def _try_again_alone(self, work: "_Work") -> None:
        """One of these rows killed its worker, nobody knows which: run each in a process of its own."""
        suspects = [row for rows in work.under_way.values() for row in rows]
        work.under_way.clear()
        work.waiting.extendleft(reversed(suspects))
        for _ in suspects:
            pool = self._started(1)
            rows = work.take(1)
            try:
                work.finish(pool.submit(rows, self._variants_of(rows)).result())
            except BrokenProcessPool:
                self._close()
                work.fail(rows, _DIED)
            except NoWorkers:
                work.waiting.extendleft(rows)
                raise
        self._close()

    def _started(self, n_workers: int) -> Pool:
        """The pool, started if need be; raises NoWorkers if nobody comes up."""
        if self._pool is None and self._settings.scheduler:
            from experiments.execution.dask_pool import DaskPool

            self._pool = DaskPool(self._task, self._settings.scheduler)
        elif self._pool is None:
            self._pool = ProcessPool(self._task, n_workers)
        return self._pool

    def _interrupt(self, work: "_Work") -> None:
        """Let the runs under way end, keep them, and give up on them if that takes long or Ctrl-C comes again."""
        self._is_interrupted = True
        if self._pool is not None:
            self._pool.stop()
        try:
            finished, _ = wait(work.under_way, timeout=_PATIENCE_S)
        except KeyboardInterrupt:
            finished = set()
        for future in finished:
            if not future.cancelled() and future.exception() is None:
                work.finish(future.result())
        self._close(wait_for_workers=len(finished) == len(work.under_way))

    def _close(self, *, wait_for_workers: bool = True) -> None:
        if self._pool is not None:
            self._pool.close(wait_for_workers=wait_for_workers)
            self._pool = None  # only now: closing that Ctrl-C cuts short has to be done again


def run_design(
    variants: Mapping[str, Any],
    rows: Sequence[PlannedRun],
    settings: Settings | None = None,
    on_progress: OnProgress | None = None,
) -> RunTable:
    """Run a whole design once; `variants` maps each variant's name to its scenario."""
    with Runner(variants, settings) as runner:
        return runner.run(rows, on_progress)


def n_cores() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(slots=True)
class _Work:
    """The rows of one call: waiting, under way, and how many are dealt with."""

    waiting: deque[PlannedRun]
    n_rows: int
    on_progress: OnProgress
    keep: Keep
    under_way: dict["Future[Batch]", list[PlannedRun]] = field(default_factory=dict)
    n_done: int = 0

    def first(self, n_rows: int) -> list[PlannedRun]:
        """The next rows, at most so many, which go on waiting; those of one seed together, if they are fewer."""
        rows = list(islice(self.waiting, n_rows + 1))
        if len(rows) <= n_rows:
            return rows
        whole = [row for row in rows if row.seed != rows[-1].seed]
        return whole or rows[:-1]

    def take(self, n_rows: int) -> list[PlannedRun]:
        """The next rows, fewer once they run out."""
        return [self.waiting.popleft() for _ in range(min(n_rows, len(self.waiting)))]

    def finish(self, batch: Batch) -> None:
        """Keep what came of some rows."""
        self.n_done += batch.n_rows
        self.keep(batch)
        self.on_progress(self.n_done, self.n_rows)

    def fail(self, rows: Sequence[PlannedRun], why: str) -> None:
        """Record rows that could not be run."""
        self.finish(Batch(failures=[FailedRun(row, why, "") for row in rows]))

    def unfinished(self) -> list[PlannedRun]:
        """Rows with neither result nor failure; they count as taken from here on."""
        rows = [row for rows in self.under_way.values() for row in rows] + list(self.waiting)
        self.under_way.clear()
        self.waiting.clear()
        return rows


def _silent(n_done: int, n_rows: int | None) -> None:
    """Progress nobody looks at."""
