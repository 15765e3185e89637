"""Workers of a Dask cluster, as a pool that the runner feeds: on other machines, under SLURM, in Kubernetes.

The scheduler and its workers are somebody else's to start (docs/how_to/clusters.md). Workers need the same version of
this project, of Python and of the libraries it computes with: that is checked at the start, and again with each batch,
because workers may come later.
"""

import platform
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from functools import partial
from typing import Any

from experiments.designs.run_table import PlannedRun
from experiments.execution import worker
from experiments.execution.code_identity import made_with
from experiments.execution.process_pool import NoWorkers
from experiments.execution.worker import Batch, Task
from scenarios.input_errors import InputError

_PATIENCE = "10s"
_FOR_WORKERS_S = 60
_OTHERS = "Dask workers have another version of the model, of Python or of a library; install the same ones: "


def check_scheduler(address: str) -> None:
    """Raise InputError unless a scheduler with workers of this version answers at an address."""
    try:
        client = _connected(address)
    except NoWorkers as error:
        raise InputError(str(error)) from error
    client.close()


class DaskPool:
    """The workers of the scheduler at `address`; raises NoWorkers if it does not answer or has none of this version."""

    def __init__(self, task: Task, address: str) -> None:
        self._client = _connected(address)
        self._task = self._client.scatter(task, broadcast=True, hash=False)
        self._under_way: set[Any] = set()

    def submit(self, rows: Sequence[PlannedRun], variants: Mapping[str, Any] | None = None) -> "Future[Batch]":
        """Have these rows run.

        The future raises BrokenProcessPool if workers died with them, or the scheduler did; NoWorkers if a worker
        cannot run them at all.
        """
        ours: Future[Batch] = Future()
        theirs = self._client.submit(run_batch, self._task, list(rows), made_with(), variants, pure=False)
        self._under_way.add(theirs)
        theirs.add_done_callback(partial(self._hand_over, ours))
        return ours

    def n_workers(self) -> int:
        """Batches that can be run at the same time; changes as workers come and go."""
        n_threads: int = sum(self._client.nthreads().values())
        return max(1, n_threads)

    def stop(self) -> None:
        """Nothing to do: what is under way ends by itself, and nothing is queued beyond it."""

    def close(self, *, wait_for_workers: bool = True) -> None:
        """Leave the cluster as it is; what is still under way there is given up."""
        self._client.cancel(list(self._under_way))
        self._under_way.clear()
        self._client.close()

    def _hand_over(self, ours: "Future[Batch]", theirs: Any) -> None:
        """Pass on what came of a batch; runs in a thread of the client."""
        self._under_way.discard(theirs)
        if theirs.status == "finished":
            ours.set_result(theirs.result())
        elif theirs.status == "error" and not _is_death(error := theirs.exception()):
            ours.set_exception(NoWorkers(str(error) if isinstance(error, NoWorkers) else f"a Dask worker: {error!r}"))
        else:
            ours.set_exception(BrokenProcessPool(f"a batch was lost with its workers ({theirs.status})"))


def run_batch(task: Task, rows: Sequence[PlannedRun], wanted: str, variants: Mapping[str, Any] | None = None) -> Batch:
    """Run rows in a worker of the cluster; raises NoWorkers unless it is made with what is wanted."""
    if made_with() != wanted:
        raise NoWorkers(f"{_OTHERS}{platform.node()} has {made_with()}, here is {wanted}")
    return worker.run_rows_of(worker.ready(task if variants is None else replace(task, scenarios=variants)), rows)


def _is_death(error: Any) -> bool:
    """Whether a batch failed because workers died with it; runs that fail are no errors of their batch."""
    from distributed import KilledWorker

    return isinstance(error, KilledWorker)


def _connected(address: str) -> Any:
    """A client of the scheduler, with workers of this version; raises NoWorkers, and InputError without the extra."""
    try:
        from distributed import Client
    except ImportError:
        raise InputError('the backend dask needs the extra of that name: pip install -e ".[dask]"') from None
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise NoWorkers(f"no Dask scheduler answers at {address} ({type(error).__name__})") from error
    try:
        client.wait_for_workers(1, timeout=_FOR_WORKERS_S)
        versions = client.run(made_with)
    except TimeoutError as error:
        client.close()
        raise NoWorkers(f"the Dask scheduler at {address} has no workers; start some with dask worker") from error
    except Exception as error:  # whatever a worker says that cannot load the project
        client.close()
        raise NoWorkers(f"Dask workers cannot load this project ({error}); install it where they are") from error
    odd = sorted(where for where, version in versions.items() if version != made_with())
    if odd:
        client.close()
        raise NoWorkers(f"{_OTHERS}{', '.join(odd[:3])}")
    return client
