"""Starts processes that have everything loaded, so that kills meet the work and not its imports.

One list for all tests: a test process has one forking server, and what it loads is settled when it starts.
"""

import multiprocessing
from multiprocessing.context import ForkServerContext

LOADED = [
    "tests.faults.test_killed_questions",
    "tests.small_study",
    "tests.warm_engine",
    "pyarrow.parquet",
    "plotly.io",
    *(f"experiments.questions.{name}.report" for name in ("compare", "what_if", "validate")),
]


def nursery() -> ForkServerContext:
    """A forking server that is up: its own start takes no time of the first process."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(LOADED)
    first = context.Process(target=len, args=("",))
    first.start()
    first.join()
    return context
