"""Progress on stderr: a bar with the time left on a terminal, nothing elsewhere; a word where compiling takes long."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from experiments.runner import OnProgress

_PATIENCE_S = 3.0  # compiled code loads in a second or two; longer means that it is being compiled


def compile_model(complain: Callable[[str], None]) -> None:
    """Load the compiled model; `complain` that it has to be compiled first, if it has."""
    words = "Getting the model ready; the first time it is compiled, which takes about a minute."
    notice = threading.Timer(_PATIENCE_S, complain, (words,))
    notice.daemon = True
    notice.start()
    try:
        from simulation import compile_engine

        compile_engine()
    finally:
        notice.cancel()


@contextmanager
def progress_bar(what: str) -> Iterator[OnProgress]:
    """A bar that the yielded function moves; silent where stderr is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=None)
        yield lambda n_done, n_rows: bar.update(task, completed=n_done, total=n_rows)
