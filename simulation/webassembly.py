"""The engine as WebAssembly: the same rules with the same bits, where there is no machine code of them (yet).

`engine.wasm` and `layout.json` are made by `simulation.build_wasm`. Tables are laid out in the module's memory as
natively: four words for each table, its address and up to three lengths, then the tables themselves.
"""

import ast
import atexit
import hashlib
import importlib.util
import json
import math
import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from scenarios import Scenario
from simulation import parameters
from simulation.plain import PLAIN
from simulation.tables import WORDS_PER_TABLE, Company, Tables

CODE = Path(__file__).with_name("engine.wasm")
LAYOUT = Path(__file__).with_name("layout.json")
SWITCH = "REVENUE_TOGETHER_WEBASSEMBLY"
"""Stands in the environment while the module is used."""
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
    return CODE.exists() and LAYOUT.exists() and json.loads(LAYOUT.read_bytes()) == layout()


@cache
def layout() -> dict[str, Any]:
    """What a caller has to know to lay out tables in memory, and of which rules the module is made.

    Every column's place, and every choice's number.
    """
    return {
        "rules": fingerprint(),
        "words_per_table": WORDS_PER_TABLE,
        "tables": {owner.owner: {name: _table(*kind) for name, kind in owner.items()} for owner in layouts()},
        "choices": parameters.choices(Scenario),
    }


def _table(kind: np.dtype, axes: int) -> dict[str, Any]:
    return {"axes": axes, "bytes": kind.itemsize, **_columns(kind)}


def _columns(kind: np.dtype) -> dict[str, Any]:
    if kind.fields is None:
        base, shape = kind.subdtype or (kind, ())
        return {"kind": base.str[1:], **({"shape": list(shape)} if shape else {})}
    fields: Mapping[str, Any] = kind.fields
    return {"columns": {name: {"at": at, **_columns(part)} for name, (part, at, *_) in fields.items()}}


def fingerprint() -> str:
    """Sixteen hex digits that change when a rule does, or a number it finds in its file; comments do not count."""
    digest = hashlib.sha256()
    for file in sorted(CODE.parent.rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        if "\n@compiled\n" in text:
            digest.update(file.relative_to(CODE.parent).as_posix().encode())
            digest.update(ast.dump(_Bare().visit(ast.parse(text))).encode())
    return digest.hexdigest()[:16]


class _Bare(ast.NodeTransformer):
    """Leaves out classes and texts that stand alone: handles of agents, and docstrings."""

    def visit_Expr(self, node: ast.Expr) -> ast.Expr | None:  # as the library calls it
        return None if isinstance(node.value, ast.Constant) else node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef | None:
        return node if node.bases and ast.unparse(node.bases[0]) == "IntEnum" else None


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
        place = _aligned(start + self._words.nbytes)
        for row, (name, room) in zip(self._words, self._rooms.items(), strict=True):
            row[0], row[1 : 1 + room.ndim] = place, room.shape
            self._places[name] = place
            place = _aligned(place + room.nbytes)
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


def can_be_used() -> bool:
    """Whether there is a module of just these rules, and a runtime for it."""
    return not PLAIN and importlib.util.find_spec("wasmtime") is not None and is_there()


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


def _aligned(place: int) -> int:
    return -(-place // LINE) * LINE
