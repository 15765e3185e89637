"""A condition that points have to meet, such as `practices.meeting_every_d <= practices.nurture_every_d`.

Read as an expression of paths, numbers, texts, `+ - * /`, comparisons, `and`, `or` and `not`; nothing else is ever
evaluated. What is null (never, unknown) meets no comparison but `== None` and `!= None`.
"""

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from scenarios.input_errors import InputError

_COMPARE: dict[type, Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
_ARITHMETIC: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_UNARY: dict[type, Callable[[Any], Any]] = {ast.Not: operator.not_, ast.USub: operator.neg, ast.UAdd: operator.pos}
_WORDS = {"true": True, "false": False, "null": None, "none": None}
_LONGEST = 500


@dataclass(frozen=True)
class Constraint:
    """A condition as written, and its expression."""

    text: str
    tree: ast.expr

    def paths(self) -> list[str]:
        """The paths it names."""
        paths = (_path(node) for node in ast.walk(self.tree) if isinstance(node, ast.Name | ast.Attribute))
        every = [path for path in paths if path and path.lower() not in _WORDS]
        return [path for path in dict.fromkeys(every) if not any(other.startswith(f"{path}.") for other in every)]

    def is_met(self, values: Mapping[str, Any]) -> bool:
        """Whether a point meets it; `values` has every path. Raises InputError for what cannot be compared."""
        try:
            return bool(_value(self.tree, values))
        except (TypeError, ArithmeticError, KeyError) as error:
            raise InputError(f'the constraint "{self.text}" cannot be evaluated: {error}') from error


def constraint(text: str) -> Constraint:
    """Read a condition; raises InputError that says what is not understood."""
    if len(text) > _LONGEST:
        raise InputError(f"a constraint has at most {_LONGEST} characters")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise InputError(f'"{text}" is no condition; write it like practices.meeting_h <= 2') from None
    _refuse_unknown(tree, text)
    if not (isinstance(tree, ast.Compare | ast.BoolOp) or (isinstance(tree, ast.UnaryOp) and _is_not(tree))):
        raise InputError(f'"{text}" compares nothing; write a condition like practices.meeting_h <= 2')
    return Constraint(text, tree)


def _is_not(tree: ast.UnaryOp) -> bool:
    return isinstance(tree.op, ast.Not)


def _refuse_unknown(tree: ast.expr, text: str) -> None:
    known = (ast.Compare, ast.BoolOp, ast.BinOp, ast.UnaryOp, ast.Name, ast.Attribute, ast.Constant)
    grammar = (ast.cmpop, ast.boolop, ast.operator, ast.unaryop, ast.expr_context)
    for node in ast.walk(tree):
        is_known = isinstance(node, known + grammar)
        if isinstance(node, ast.UnaryOp):
            is_known = type(node.op) in _UNARY
        if isinstance(node, ast.BinOp):
            is_known = type(node.op) in _ARITHMETIC
        if isinstance(node, ast.Compare):
            is_known = all(type(op) in _COMPARE for op in node.ops)
        if isinstance(node, ast.Attribute):
            is_known = bool(_path(node))
        if not is_known:
            raise InputError(
                f'the constraint "{text}" holds something else than paths, numbers, + - * /, comparisons, and, or, not'
            )


def _path(node: ast.expr) -> str:
    """`a.b.c` for an attribute of an attribute of a name; nothing for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (above := _path(node.value)):
        return f"{above}.{node.attr}"
    return ""


def _value(node: ast.expr, values: Mapping[str, Any]) -> Any:
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name | ast.Attribute):
        path = _path(node)
        return _WORDS[path.lower()] if path.lower() in _WORDS else values[path]
    if isinstance(node, ast.BoolOp):
        parts = (bool(_value(part, values)) for part in node.values)
        return all(parts) if isinstance(node.op, ast.And) else any(parts)
    if isinstance(node, ast.UnaryOp):
        inner = _value(node.operand, values)
        return _UNARY[type(node.op)](inner)
    if isinstance(node, ast.BinOp):
        left, right = _value(node.left, values), _value(node.right, values)
        if left is None or right is None:
            return None
        if isinstance(left, str) or isinstance(right, str):
            raise TypeError("one does not calculate with text")
        return _ARITHMETIC[type(node.op)](left, right)
    assert isinstance(node, ast.Compare)
    terms = [_value(term, values) for term in (node.left, *node.comparators)]
    return all(_holds(op, *pair) for op, pair in zip(node.ops, pairwise(terms), strict=True))


def _holds(comparison: ast.cmpop, left: Any, right: Any) -> bool:
    if (left is None or right is None) and not isinstance(comparison, ast.Eq | ast.NotEq):
        return False
    return _COMPARE[type(comparison)](left, right)
