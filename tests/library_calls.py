"""Rules take exponentials and the like from `simulation.elementary`: a library's differ from machine to machine."""

import ast
from collections.abc import Iterator

from tests.bare_numbers import is_compiled
from tests.repository import Sources, python_files

EXACT = {
    "math": {"sqrt", "isnan", "inf", "nan", "pi"},
    "np": {"array", "empty", "zeros", "full", "float64", "int64", "int32", "uint64", "inf", "nan", "dtype", "rint"},
}
"""What rules may take of these modules: the standard for floating point says its bits, or it computes nothing."""
OUTSIDE_THE_RUN = "simulation/measured/"


def library_calls(sources: Sources) -> list[str]:
    """Calls in rules whose last bit a library decides: of `math` and NumPy, and powers with a counted exponent."""
    found = []
    for path, tree in python_files(sources, "simulation"):
        if path.startswith(OUTSIDE_THE_RUN):
            continue
        for rule in ast.walk(tree):
            if isinstance(rule, ast.FunctionDef) and is_compiled(rule):
                found += [
                    f"{path}:{line} {rule.name} calls {name}: take it from simulation.elementary"
                    for line, name in _calls(rule)
                ]
    return found


def _calls(rule: ast.FunctionDef) -> Iterator[tuple[int, str]]:
    """Line and name of each call of a library, written or hidden in a power."""
    for node in ast.walk(rule):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.attr not in EXACT.get(node.value.id, {node.attr}):
                yield node.lineno, f"{node.value.id}.{node.attr}"
        elif isinstance(node, ast.Name) and node.id == "pow":
            yield node.lineno, "pow"
        elif isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Pow):
            exponent = node.right if isinstance(node, ast.BinOp) else node.value
            if not (isinstance(exponent, ast.Constant) and isinstance(exponent.value, int)):
                yield node.lineno, "**"
