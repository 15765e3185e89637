"""What the commands of the lab share: where runs are made, and how a question is asked and its answer handed over."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from experiments.cli.options import compile_first, deliver
from experiments.reporting.progress import progress_bar

if TYPE_CHECKING:
    from experiments.execution.runner import OnProgress, Settings
    from experiments.reporting.report import Note

Backend = Annotated[str, typer.Option(help="processes (of this machine) or dask.")]
Scheduler = Annotated[str | None, typer.Option(help="Dask scheduler, e.g. tcp://10.0.0.1:8786.")]


def settings_for(workers: int | None, backend: str, scheduler: str | None) -> "Settings":
    """Where to run, as asked for on a command line; raises InputError if that is nowhere."""
    from experiments.execution.runner import Settings
    from scenarios.input_errors import InputError

    if backend not in ("processes", "dask"):
        raise InputError(f'there is no backend "{backend}"; there are: processes, dask')
    if backend == "processes" and scheduler is not None:
        raise InputError("a --scheduler belongs to --backend dask")
    if backend == "dask":
        if scheduler is None:
            raise InputError("the backend dask needs the address of a scheduler: --scheduler tcp://HOST:8786")
        from experiments.execution.dask_pool import check_scheduler

        check_scheduler(scheduler)
    return Settings(workers=workers, scheduler=scheduler)


def answered(ask: "Callable[[OnProgress], Note]", what: str, folder: Path, as_json: bool) -> int:
    """Ask with a bar that says `what`, write the answer to `folder` and say it; returns the exit code."""
    compile_first()
    from experiments.cli.delivery import of_note

    with progress_bar(what) as on_progress:
        note = ask(on_progress)
    return deliver(of_note(note, folder, sys.argv[1:]), as_json)
