"""Progress on stderr: a bar with the time left on a terminal, nothing elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager

from experiments.runner import OnProgress


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
