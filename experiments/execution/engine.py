"""The model, got ready before the first run: as machine code, or as WebAssembly while there is none yet."""

import os
import subprocess
import sys
from collections.abc import Callable

FEW_RUNS = 5_000
"""So many runs are over sooner by WebAssembly than machine code is compiled and has run them."""
_COMPILE = """
import os
getattr(os, "nice", lambda by: None)(19)
import simulation
simulation.compile_engine()
"""


_meanwhile: list[subprocess.Popen[bytes]] = []


def get_ready(tell: Callable[[str], None], n_runs: int | None) -> None:
    """Load the compiled model for so many runs, None for nobody knows; `tell` if it has to be compiled first.

    For few runs nobody waits for that: they go by the WebAssembly module of the same rules, with the same bits, while
    another process compiles for the next time.
    """
    from simulation import engine, engine_module, webassembly

    if engine.is_compiled():
        engine.compile_engine()
    elif n_runs is not None and n_runs <= FEW_RUNS and engine_module.can_be_used():
        webassembly.use(True)
        _compile_meanwhile()
        tell("The model runs as WebAssembly this time, and is compiled meanwhile: the next answer comes faster.")
    else:
        tell("Compiling the model, which takes about a minute and is done once.")
        engine.compile_engine()


def _compile_meanwhile() -> None:
    """Have machine code made by a process that gives way to all others, and outlives this one."""
    from simulation import webassembly

    surroundings = {name: value for name, value in os.environ.items() if name != webassembly.SWITCH}
    process = subprocess.Popen(
        [sys.executable, "-c", _COMPILE],
        env=surroundings | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    _meanwhile.append(process)  # held, as Python complains of a process that is let go while it works
