"""Progress on stderr: a bar on a terminal, now and then a line elsewhere; a word where compiling takes long."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from experiments.execution.runner import OnProgress
from experiments.wording.numbers import duration

_PATIENCE_S = 3.0  # compiled code loads in a second or two; longer means that it is being compiled
_SELDOM_S = 300.0  # between two lines in a log


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
    """A bar with the time left, moved by the yielded function; without a terminal, a line every five minutes."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lines_in_a_log(what, lambda line: console.out(line, highlight=False))
        return
    with Progress(*columns, console=console) as bar:
        task = bar.add_task(what, total=None)
        yield lambda n_done, n_rows: bar.update(task, completed=n_done, total=n_rows)


def lines_in_a_log(what: str, say: Callable[[str], None], clock: Callable[[], float] = time.monotonic) -> OnProgress:
    """A function that says once every five minutes of `clock` how far it is, and how long it may still take."""
    begun = said_at = clock()
    kept: int | None = None  # runs of an earlier time, known from the first call: they say nothing of the speed

    def on_progress(n_done: int, n_rows: int | None) -> None:
        """Tell of so many runs done."""
        nonlocal said_at, kept
        now, kept = clock(), n_done if kept is None else kept
        if now - said_at < _SELDOM_S:
            return
        said_at = now
        told = f"{what}: {n_done:,} runs"
        if n_rows is not None and n_done > kept:
            told += f" of {n_rows:,}, {duration((now - begun) * (n_rows - n_done) / (n_done - kept))} left"
        say(told)

    return on_progress
