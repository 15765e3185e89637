"""The engine as WebAssembly: the same rules with the same bits, where there is no machine code of them (yet).

`engine.wasm` and `layout.json` are made by `simulation.build_wasm`. Tables are laid out in the module's memory as
natively: four words for each table, its address and up to three lengths, then the tables themselves.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from simulation.compiled import FINGERPRINT
from simulation.tables import WORDS_PER_TABLE, Company, Tables

CODE = Path(__file__).with_name("engine.wasm")
LAYOUT = Path(__file__).with_name("layout.json")
PAGE, LINE = 65536, 64  # bytes of memory that a module grows by; that the processor fetches at once


def exports() -> dict[str, tuple[Any, Tables, int]]:
    """What the module offers: compiled function, whose tables it takes, and how many whole numbers besides."""
    from simulation import world
    from simulation.company import TABLES, prepare
    from simulation.engine import live_days
    from simulation.summing_up import sum_up

    drawn = (world.draw_market, world.draw_prospects, world.draw_looks, world.lay_out_looks)
    return {
        **{function.__name__: (function, world.DRAWING, 0) for function in drawn},
        "prepare": (prepare, TABLES, 0),
        "live_days": (live_days, TABLES, 2),
        "sum_up": (sum_up, TABLES, 0),
    }


def layouts() -> list[Tables]:
    """Every layout of tables that the module takes."""
    return list({owner.owner: owner for _, owner, _ in exports().values()}.values())


def is_there() -> bool:
    """Whether a module of just these rules lies beside them."""
    return CODE.exists() and LAYOUT.exists() and json.loads(LAYOUT.read_bytes())["fingerprint"] == FINGERPRINT


class Engine:
    """The module, loaded; one instance for each process."""

    def __init__(self) -> None:
        """Load it; raises ImportError without a WebAssembly runtime."""
        import wasmtime

        engine = wasmtime.Engine()
        self._store = wasmtime.Store(engine)
        module = wasmtime.Module(engine, CODE.read_bytes())
        found = wasmtime.Instance(self._store, module, []).exports(self._store)
        self._functions: dict[str, Any] = {name: found[name] for name in exports()}
        self._memory: Any = found["memory"]
        self._start = _aligned(int(found["__heap_base"].value(self._store)))

    def call(self, name: str, tables: Company, *numbers: int) -> None:
        """Have a function work on a company's tables: they are copied in, and afterwards out again."""
        places, words, end = self._places(tables)
        missing = end - self._memory.data_len(self._store)
        if missing > 0:
            self._memory.grow(self._store, -(-missing // PAGE))
        memory = np.ctypeslib.as_array(self._memory.get_buffer_ptr(self._store))
        memory[self._start : self._start + words.nbytes] = words.view(np.uint8)
        for table, place in places:
            memory[place : place + table.nbytes] = _bytes(table)
        code = self._functions[name](self._store, self._start, *numbers)
        if code != 0:
            raise RuntimeError(f"{name} ended with {code}")
        memory = np.ctypeslib.as_array(self._memory.get_buffer_ptr(self._store))
        for table, place in places:
            if table.flags.writeable:
                _bytes(table)[:] = memory[place : place + table.nbytes]

    def _places(self, tables: Company) -> tuple[list[tuple[np.ndarray, int]], np.ndarray, int]:
        """Where each table comes to lie, the words that say so, and where the last one ends."""
        words = np.zeros((len(tables.layout), WORDS_PER_TABLE), np.int64)
        place, places = _aligned(self._start + words.nbytes), []
        for row, room in zip(words, tables.rooms().values(), strict=True):
            table = np.asarray(room)
            row[0], row[1 : 1 + table.ndim] = place, table.shape
            places.append((table, place))
            place = _aligned(place + table.nbytes)
        return places, words.reshape(-1), place


@cache
def engine() -> Engine:
    """The engine of this process."""
    return Engine()


def _aligned(place: int) -> int:
    return -(-place // LINE) * LINE


def _bytes(table: np.ndarray) -> np.ndarray:
    return table.reshape(-1).view(np.uint8)
