"""Worker processes on this machine, as a pool that the runner feeds."""

import multiprocessing
import signal
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.context import SpawnContext
from typing import Any, Protocol

from experiments.designs.run_table import PlannedRun
from experiments.execution import worker
from experiments.execution.worker import Batch, Task

_TRIES_TO_START = 3
NO_WORKERS = (
    "worker processes cannot start; in a script of your own, "
    "call this under `if __name__ == '__main__':`, or use workers=1"
)


class NoWorkers(Exception):
    """There is nobody to run anything; `str()` says why."""


class Pool(Protocol):
    """Who runs batches of rows. A future raises BrokenProcessPool if a worker died with it."""

    def submit(self, rows: Sequence[PlannedRun], variants: Mapping[str, Any] | None = None) -> "Future[Batch]":
        """Have these rows run, of `variants` if not of those of the task; raises BrokenProcessPool without workers."""
        ...

    def n_workers(self) -> int:
        """Batches that can be run at the same time."""
        ...

    def stop(self) -> None:
        """Have no further run begun; those under way end."""
        ...

    def close(self, *, wait_for_workers: bool = True) -> None:
        """Let go of the workers, or end them where they are."""
        ...


class ProcessPool:
    """`n_workers` processes; raises NoWorkers if they do not come up.

    One that is killed while it comes up is no reason to give up: it is tried again.
    """

    def __init__(self, task: Task, n_workers: int) -> None:
        self._n_workers = n_workers
        context: SpawnContext = multiprocessing.get_context("spawn")  # mesa changes the default start method
        self._stop = context.Event()
        for tries_left in reversed(range(_TRIES_TO_START)):
            self._pool = ProcessPoolExecutor(
                n_workers, mp_context=context, initializer=worker.set_up, initargs=(task, self._stop)
            )
            try:
                self._wait_for_a_sign_of_life()
                return
            except BrokenProcessPool as error:
                self.close()
                if not tries_left:
                    raise NoWorkers(NO_WORKERS) from error

    def submit(self, rows: Sequence[PlannedRun], variants: Mapping[str, Any] | None = None) -> "Future[Batch]":
        """Have these rows run; raises BrokenProcessPool if the workers have died."""
        return self._pool.submit(worker.run_rows, rows, variants)

    def n_workers(self) -> int:
        """Processes asked for."""
        return self._n_workers

    def stop(self) -> None:
        """Have no further run begun; those under way end."""
        self._stop.set()

    def close(self, *, wait_for_workers: bool = True) -> None:
        """Let the processes end, or end them where they are."""
        if not wait_for_workers:
            for process in list((self._pool._processes or {}).values()):  # no public way before Python 3.14
                process.terminate()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _wait_for_a_sign_of_life(self) -> None:
        with _deaf_to_ctrl_c():
            signs = [self._pool.submit(worker.answer) for _ in range(self._n_workers)]
        try:
            signs[0].result()
        except KeyboardInterrupt:
            self.close(wait_for_workers=False)  # they run nothing yet; a second Ctrl-C must not find them half started
            raise


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Processes started inside ignore Ctrl-C from their first moment (they inherit it); ours is restored."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
