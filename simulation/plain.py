"""Rules as plain Python: slow, for `print` and the debugger, with the same bits as compiled.

With REVENUE_TOGETHER_PLAIN=1 in the environment nothing is compiled: `@compiled` gives the function itself, with the
few operations written out in which Python differs from compiled code (division, powers and roots, none of which
stops with an error there), and tables let rules write `company.rep[rep].quota`, as they do in compiled code.
"""

import ast
import inspect
import math
import os
import sys
import textwrap
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

PLAIN = os.environ.get("REVENUE_TOGETHER_PLAIN", "0") not in ("", "0")
"""Whether rules run as plain Python in this process."""


def as_rule(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, its lines where they were, counting as compiled code counts."""
    if function.__closure__:
        return function  # made by another function, of functions: it counts nothing itself
    lines, first = inspect.getsourcelines(function)
    tree = _AsCompiled().visit(ast.parse(textwrap.dedent("".join(lines))))
    tree.body[0].decorator_list = []
    ast.increment_lineno(ast.fix_missing_locations(tree), first - 1)
    own: dict[str, Any] = {}
    function.__globals__["_plain"] = sys.modules[__name__]
    exec(compile(tree, inspect.getfile(function), "exec"), function.__globals__, own)
    own[function.__name__].__module__ = function.__module__
    return own[function.__name__]  # type: ignore[no-any-return]


class _AsCompiled(ast.NodeTransformer):
    """Writes `divide(a, b)` for a / b, `power(a, b)` for a ** b, and takes `math.sqrt` from here."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        """Of two operands."""
        self.generic_visit(node)
        name = _name_of(node.op)
        return _call(name, node.left, node.right) if name else node

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.stmt:
        """Of a place and an operand."""
        self.generic_visit(node)
        name = _name_of(node.op)
        if not name:
            return node
        place = ast.parse(ast.unparse(node.target), mode="eval").body
        return ast.copy_location(ast.Assign([node.target], _call(name, place, node.value)), node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        """Of a module."""
        self.generic_visit(node)
        is_root = ast.unparse(node) == "math.sqrt"
        return ast.Attribute(ast.Name("_plain", ast.Load()), "sqrt", node.ctx) if is_root else node


def _name_of(operator: ast.operator) -> str | None:
    return {ast.Div: "divide", ast.Pow: "power"}.get(type(operator))


def _call(name: str, *operands: ast.expr) -> ast.Call:
    return ast.Call(ast.Attribute(ast.Name("_plain", ast.Load()), name, ast.Load()), list(operands), [])


def divide(a: float, b: float) -> float:
    """A / b; by zero it is infinite, or NaN for 0 / 0."""
    if b:
        return float(a) / float(b)
    return math.nan if a == 0 or a != a else math.copysign(math.inf, a) * math.copysign(1.0, b)


def power(a: float, n: int) -> float:
    """A ** n for a whole number n, by repeated multiplication; raises ZeroDivisionError for one below 0 of 0."""
    product, square, left = float(a) ** 0, a, abs(n)
    while left:
        product *= square if left % 2 else 1
        square, left = square * square, left // 2
    return 1.0 / product if n < 0 else product


def sqrt(x: float) -> float:
    """Root of x, NaN below 0."""
    return math.nan if x < 0.0 else math.sqrt(x)


class _Table(np.ndarray):
    """A table as rules see it: an item is a number of Python or a `_Row`, a column an attribute."""

    def __getitem__(self, key: Any) -> Any:
        own = self.__dict__
        if isinstance(key, str):
            return own[key] if key in own else own.setdefault(key, super().__getitem__(key))
        if self.dtype.names is None:
            found = super().__getitem__(key)
            return found.item() if isinstance(found, np.generic) else found
        if self.ndim != (len(key) if isinstance(key, tuple) else isinstance(key, int | np.integer)):
            return super().__getitem__(key)
        return (own.get("_row") or own.setdefault("_row", _row(self.dtype)))(self, key)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in (self.dtype.names or ()):
            raise AttributeError(f"a table has no column {name!r}")
        return self[name]


class _Row:
    """One row of a table: reads and writes its columns."""

    def __init__(self, table: np.ndarray, place: Any) -> None:
        self._table, self._place = table, place

    def __repr__(self) -> str:
        return ", ".join(f"{name}={self._table[name][self._place]}" for name in self._table.dtype.names or ())


@cache
def _row(kind: np.dtype) -> type[_Row]:
    """The rows of tables of this kind."""
    return type("_Row", (_Row,), {name: _column(name, kind[name]) for name in kind.names or ()})


def _column(name: str, kind: np.dtype) -> property:
    is_number = kind.names is None and not kind.shape

    def read(row: Any) -> Any:
        column = row._table[name]
        return column.item(row._place) if is_number else column[row._place]

    def write(row: Any, value: Any) -> None:
        row._table[name][row._place] = value

    return property(read, write)


def as_rules_see_it(table: np.ndarray) -> np.ndarray:
    """A table for rules: as it is for compiled ones, with rows and columns by name for plain ones."""
    return table.view(_Table) if PLAIN else table
