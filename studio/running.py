"""Runs companies in a process of its own, so that the server goes on answering."""

import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from typing import Protocol

from experiments.designs.run_table import PlannedRun
from experiments.execution import engine
from experiments.execution.process_pool import ProcessPool
from experiments.execution.worker import Task
from scenarios import Scenario
from studio.measures import measured

Outcomes = list[dict[str, float]]
OnProgress = Callable[[int, int], None]
_BATCH = 10  # runs between two signs of progress


class RunsFailed(Exception):
    """A run did not finish; `str()` says why."""


class Runs(Protocol):
    """Who runs companies."""

    is_closed: bool

    def run(self, companies: Mapping[str, Scenario], seeds: Sequence[int], tell: OnProgress) -> dict[str, Outcomes]:
        """The measures of every company in every world; raises RunsFailed. Takes long: call it in a thread."""
        ...

    def close(self) -> None:
        """End what is under way."""
        ...


class RunsInProcess:
    """One worker process, started with the first run; rooms take turns."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._pool: ProcessPool | None = None
        self.is_closed = False

    def run(self, companies: Mapping[str, Scenario], seeds: Sequence[int], tell: OnProgress) -> dict[str, Outcomes]:
        """The measures of every company in every world; a worker that was killed is replaced once."""
        with self._turn:
            try:
                return self._run(companies, seeds, tell)
            except BrokenProcessPool:
                self._end_worker()
            if self.is_closed:
                raise RunsFailed("The server closes.")
            try:
                return self._run(companies, seeds, tell)
            except BrokenProcessPool:
                raise RunsFailed("The process that runs the companies ended twice; is there enough memory?") from None

    def _run(self, companies: Mapping[str, Scenario], seeds: Sequence[int], tell: OnProgress) -> dict[str, Outcomes]:
        n_all, n_done = len(companies) * len(seeds), 0
        pool = self._started(n_all)
        done: dict[str, Outcomes] = {}
        for name, company in companies.items():
            done[name] = []
            for first in range(0, len(seeds), _BATCH):
                rows = [PlannedRun(seed, name, seed) for seed in seeds[first : first + _BATCH]]
                batch = pool.submit(rows, {name: company}).result()
                if batch.failures:
                    raise RunsFailed(f"A run failed: {batch.failures[0].error}")
                done[name] += [dict(one.outcomes) for one in batch.results]
                n_done += len(rows)
                tell(n_done, n_all)
        return done

    def _started(self, n_runs: int) -> ProcessPool:
        if self._pool is None:
            engine.get_ready(lambda text: None, n_runs)
            self._pool = ProcessPool(Task({}, measure=measured), n_workers=1)
        return self._pool

    def close(self) -> None:
        """End the worker, whatever it does; nothing is run any more."""
        self.is_closed = True
        self._end_worker()

    def _end_worker(self) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.close(wait_for_workers=False)
