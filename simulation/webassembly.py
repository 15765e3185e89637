"""The engine as WebAssembly: the same rules with the same bits, where there is no machine code of them (yet).

`engine.wasm` and `layout.json` are made by `simulation.build_wasm`. Tables are laid out in the module's memory as
natively: four words for each table, its address and up to three lengths, then the tables themselves.
"""

import atexit
import math
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from simulation.tables import WORDS_PER_TABLE, Company

CODE = Path(__file__).with_name("engine.wasm")
LAYOUT = Path(__file__).with_name("layout.json")
SWITCH = "REVENUE_TOGETHER_WEBASSEMBLY"
"""Stands in the environment while the module is used."""
PAGE, LINE = 65536, 64  # bytes of memory that a module grows by; that the processor fetches at once


class Engine:
    """The module, loaded; one instance for each process."""

    def __init__(self) -> None:
        """Load it; raises ImportError without a WebAssembly runtime."""
        import wasmtime

        engine = wasmtime.Engine()
        self._store = wasmtime.Store(engine)
        module = wasmtime.Module(engine, CODE.read_bytes())
        found = wasmtime.Instance(self._store, module, []).exports(self._store)
        self._functions: Any = found
        self._memory: Any = found["memory"]
        self._start = _in_line(int(found["__heap_base"].value(self._store)))

    def call(self, name: str, tables: Company, *numbers: int) -> None:
        """Have a function work on a company's tables: they are copied in, and afterwards out again."""
        plan = _Plan(tables, self._start)
        missing = plan.end - self._memory.data_len(self._store)
        if missing > 0:
            self._memory.grow(self._store, -(-missing // PAGE))
        plan.copy_in(self._bytes())
        code = self._functions[name](self._store, self._start, *numbers)
        if code != 0:
            raise RuntimeError(f"{name} ended with {code}")
        plan.copy_out(self._bytes())

    def image(self, tables: Company) -> tuple[int, bytes]:
        """Where in memory a company's tables begin, and what stands from there on before a function works on them."""
        plan = _Plan(tables, self._start)
        memory = np.zeros(plan.end, np.uint8)
        plan.copy_in(memory)
        return self._start, memory[self._start :].tobytes()

    def _bytes(self) -> np.ndarray:
        """All memory of the module, as it is until it grows."""
        return np.ctypeslib.as_array(self._memory.get_buffer_ptr(self._store))


class _Plan:
    """Where a company's tables come to lie in memory."""

    def __init__(self, tables: Company, start: int) -> None:
        self._tables, self._start = tables, start
        self._rooms = {name: np.asarray(room) for name, room in tables.rooms().items()}
        self._words = np.zeros((len(self._rooms), WORDS_PER_TABLE), np.int64)
        self._places: dict[str, int] = {}
        place = _in_line(start + self._words.nbytes)
        for row, (name, room) in zip(self._words, self._rooms.items(), strict=True):
            row[0], row[1 : 1 + room.ndim] = place, room.shape
            self._places[name] = place
            place = _in_line(place + room.nbytes)
        self.end = place

    def copy_in(self, memory: np.ndarray) -> None:
        """Write what there is into memory, and the words by which it is found."""
        memory[self._start : self._start + self._words.nbytes] = self._words.reshape(-1).view(np.uint8)
        for name, ours, theirs in self._pairs(memory):
            used = self._used(name, ours.shape[1])
            theirs[:, :used] = ours[:, :used]

    def copy_out(self, memory: np.ndarray) -> None:
        """Read what may have been written."""
        for _, ours, theirs in self._pairs(memory):
            if ours.flags.writeable:
                ours[:] = theirs

    def _pairs(self, memory: np.ndarray) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
        """Each table's bytes, ours and those in memory: one row up to the axis along which it grows, else a single row.

        A table of no bytes is left out.
        """
        for name, room in self._rooms.items():
            if room.nbytes:
                n = math.prod(room.shape[: self._grows_along(name)])
                theirs = memory[self._places[name] : self._places[name] + room.nbytes]
                yield name, room.reshape(-1).view(np.uint8).reshape(n, -1), theirs.reshape(n, -1)

    def _used(self, name: str, n_bytes: int) -> int:
        """How much of a row of bytes there is already."""
        if name not in self._tables.layout.growing:
            return n_bytes
        axis = self._grows_along(name)
        return n_bytes // self._rooms[name].shape[axis] * int(getattr(self._tables, name).shape[axis])

    def _grows_along(self, name: str) -> int:
        axis, *_ = self._tables.layout.growing.get(name, (0,))
        return axis


@cache
def engine() -> Engine:
    """The engine of this process."""
    atexit.register(engine.cache_clear)  # the runtime cannot be taken down once Python is
    return Engine()


def use(is_used: bool) -> None:
    """Have the module work the rules instead of machine code, here and in processes begun from here, or no longer.

    The bits are the same.
    """
    if is_used:
        os.environ[SWITCH] = "1"
    else:
        os.environ.pop(SWITCH, None)


def is_used() -> bool:
    """Whether it does."""
    return SWITCH in os.environ


def work(function: Any, tables: Company, *numbers: int) -> None:
    """Have one of the functions that the module offers work on some tables, by machine code or by the module."""
    if is_used():
        engine().call(function.__name__, tables, *numbers)
    else:
        function(tables, *numbers)


def _in_line(place: int) -> int:
    return -(-place // LINE) * LINE
