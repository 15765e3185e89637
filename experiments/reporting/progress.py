"""Progress on stderr: a bar on a terminal or in a notebook, now and then a line elsewhere."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from experiments.execution.runner import OnProgress
from experiments.reporting.terminal import complain
from experiments.wording.numbers import duration

_FIRST_S, _SELDOM_S = 20.0, 300.0  # until the first line in a log; at most between two


@contextmanager
def progress_bar(what: str) -> Iterator[OnProgress]:
    """A bar with the time left, moved by the yielded function; lines where there is no terminal to show one."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    if not (console.is_terminal or console.is_jupyter):
        yield lines_in_a_log(what, complain)
        return
    with Progress(*columns, console=console) as bar:
        task = bar.add_task(what, total=None)
        yield lambda n_done, n_runs: bar.update(task, completed=n_done, total=n_runs)


def silent(what: str) -> AbstractContextManager[OnProgress | None]:
    """Progress that nobody wants to see."""
    return nullcontext()


def lines_in_a_log(what: str, say: Callable[[str], None], clock: Callable[[], float] = time.monotonic) -> OnProgress:
    """A function that says how far it is and how long it may still take.

    First after twenty seconds of `clock`, then after twice as long each time, at least every five minutes.
    """
    begun = said_at = clock()
    pause = _FIRST_S
    kept: int | None = None  # runs of an earlier time, known from the first call: they say nothing of the speed

    def on_progress(n_done: int, n_runs: int | None) -> None:
        """Tell of so many runs done."""
        nonlocal said_at, kept, pause
        now, kept = clock(), n_done if kept is None else kept
        if now - said_at < pause:
            return
        said_at, pause = now, min(2 * pause, _SELDOM_S)
        line = f"{what}: {n_done:,} runs"
        if n_runs is not None and n_done > kept:
            line += f" of {n_runs:,}, {duration((now - begun) * (n_runs - n_done) / (n_done - kept))} left"
        say(line)

    return on_progress
