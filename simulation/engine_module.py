"""The WebAssembly module: what it offers, of which rules it is made, and whether it is there.

`engine.wasm` and `layout.json` are made by `simulation.build_wasm`, run by `simulation.webassembly`.
"""

import ast
import hashlib
import importlib.util
import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

from scenarios import Scenario, run_length
from simulation import parameters, world
from simulation.company import TABLES, prepare
from simulation.engine import live_days
from simulation.plain import PLAIN
from simulation.summing_up import sum_up
from simulation.tables import WORDS_PER_TABLE, Tables
from simulation.webassembly import CODE, LAYOUT

HAS_RULES = re.compile(r"^(@(compiled|in_place|apart)|class \w+\(IntEnum\):)$", re.MULTILINE)
"""A file with rules, or with numbers that they find by name."""
OFFERED: dict[str, tuple[Any, Tables, int]] = {
    "draw_market": (world.draw_market, world.DRAWING, 0),
    "draw_prospects": (world.draw_prospects, world.DRAWING, 0),
    "draw_looks": (world.draw_looks, world.DRAWING, 0),
    "lay_out_looks": (world.lay_out_looks, world.DRAWING, 0),
    "prepare": (prepare, TABLES, 0),
    "live_days": (live_days, TABLES, 2),
    "sum_up": (sum_up, TABLES, 0),
}
"""Compiled function, whose tables it takes, how many whole numbers besides; in the order in which a run needs them."""


def can_be_used() -> bool:
    """Whether there is a module of just these rules, and a runtime for it."""
    return not PLAIN and importlib.util.find_spec("wasmtime") is not None and is_there()


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
        "tables": {
            owner.owner: {name: _table(*kind) for name, kind in owner.items()} for owner in (world.DRAWING, TABLES)
        },
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
    """Sixteen hex digits that change when a rule does, or a number that rules find by name; comments do not count.

    They are the same for every version of Python.
    """
    lengths = sorted((name, value) for name, value in vars(run_length).items() if name.isupper())
    digest = hashlib.sha256(repr(lengths).encode())
    for file in sorted(CODE.parent.rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        if HAS_RULES.search(text):
            digest.update(file.relative_to(CODE.parent).as_posix().encode())
            digest.update(ast.unparse(_Bare().visit(ast.parse(text))).encode())
    return digest.hexdigest()[:16]


class _Bare(ast.NodeTransformer):
    """Leaves out classes and texts that stand alone: handles of agents, and docstrings."""

    def visit_Expr(self, node: ast.Expr) -> ast.Expr | None:  # as the library calls it
        return None if isinstance(node.value, ast.Constant) else node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef | None:
        return node if node.bases and ast.unparse(node.bases[0]) == "IntEnum" else None
