"""What parameters mean: the string below each field, read from the source only when somebody asks for it.

Whoever only runs a company asks for none, and starts a tenth of a second sooner.
"""

import ast
import inspect
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from textwrap import dedent

from pydantic.fields import FieldInfo

from scenarios.declare import Section


@cache
def explained(section: type[Section]) -> dict[str, FieldInfo]:
    """The fields of a section, each with its meaning as `description`; None where there is no source to read."""
    fields = section.model_fields
    for kind in section.__mro__:
        if issubclass(kind, Section):
            for name, meaning in _said_in(kind):
                if name in fields and fields[name].description is None:
                    fields[name].description = meaning
    return fields


def _said_in(kind: type[Section]) -> Iterator[tuple[str, str]]:
    """Each field that a class declares itself, and the string below it."""
    try:
        tree = ast.parse(dedent(inspect.getsource(kind))).body[0]
    except (OSError, TypeError, SyntaxError):  # typed in somewhere, or put together by a program
        return
    for field, below in pairwise(getattr(tree, "body", ())):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and _is_text(below):
            yield field.target.id, inspect.cleandoc(below.value.value)


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
