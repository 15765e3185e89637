"""The model, got ready before the first run: as machine code, or as WebAssembly while there is none yet."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

FEW_RUNS = 5_000
"""So many runs are over sooner by WebAssembly than machine code is compiled and has run them."""
_COMPILE = """
from experiments.execution import engine
engine.give_way()
import simulation
simulation.compile_engine()
"""
_AUTOGROUP = Path("/proc/self/autogroup")
"""Linux shares cores out between sessions first: only here can a session of its own give way to others."""


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


def give_way() -> None:
    """Have this process, and its session, take what others leave of the cores."""
    getattr(os, "nice", lambda by: None)(19)
    with suppress(OSError):
        _AUTOGROUP.write_text("19")


def _compile_meanwhile() -> None:
    """Have machine code made, once, by a process that gives way to all others, and outlives this one."""
    if any(process.poll() is None for process in _meanwhile):
        return
    from simulation import webassembly

    surroundings = {name: value for name, value in os.environ.items() if name != webassembly.SWITCH}
    process = subprocess.Popen(
        [sys.executable, "-c", _COMPILE],
        env=surroundings | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        creationflags=getattr(subprocess, "IDLE_PRIORITY_CLASS", 0),  # of Windows, which has no `nice`
    )
    _meanwhile.append(process)  # held, as Python complains of a process that is let go while it works
