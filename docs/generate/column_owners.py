"""Which file writes which column of a company's tables, read from the model's own source.

A write is an assignment to a chain that begins at `company`, or at a name that stands for a part of one, such as
`row = company.lead[lead]` and then `row.owner = rep`. Who passes a row or an array to a function that writes into it
has written too. Tables made for the first morning (`simulation/company.py`) are new arrays, and none is written; not
seen are writes by a name worked out as the model runs, as Mesa agents have them for their users.
"""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

COMPANY = ("company",)

Place = tuple[str, ...]
"""What an expression stands for: the company, ("table", name[, column]) or ("argument", its number[, column])."""
Function = tuple[str, str]
"""A file and the name of a function in it; a method by class and name."""
Columns = dict[tuple[str, str], set[str]]
"""The files that write each (table, column); the column of a plain array is ""."""


@dataclass
class _Seen:
    """What a function writes itself, and the parts of a company that it passes to others: to whom, and as which."""

    writes: set[Place] = field(default_factory=set)
    passes: set[tuple[Function, int, Place]] = field(default_factory=set)


def writers(texts: Mapping[str, str]) -> Columns:
    """The files that write each column, of those with these paths and texts."""
    trees = {path: ast.parse(text) for path, text in texts.items()}
    known = {(path, name) for path, tree in trees.items() for name, _ in _functions(tree)}
    seen = {
        (path, name): _look(function, _names_of(path, tree, known))
        for path, tree in trees.items()
        for name, function in _functions(tree)
    }
    into = _written_arguments(seen)
    found: Columns = defaultdict(set)
    for (path, _), one in seen.items():
        for place in [*one.writes, *_through_others(one, into)]:
            if place[0] == "table":
                found[place[1], "".join(place[2:3])].add(path)
    return dict(found)


def _functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    """The functions of a file, with methods."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        if isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}.{one.name}", one) for one in node.body if isinstance(one, ast.FunctionDef))


def _names_of(path: str, tree: ast.Module, known: set[Function]) -> dict[str, Function]:
    """What a file may call, by the words it calls it with: its own functions, imported ones, those of modules."""
    names = {name: (path, name) for file, name in known if file == path}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module:
            home = node.module.replace(".", "/")
            for alias in node.names:
                called = alias.asname or alias.name
                if (f"{home}.py", alias.name) in known:
                    names[called] = (f"{home}.py", alias.name)
                module = f"{home}/{alias.name}.py"
                names.update({f"{called}.{name}": (file, name) for file, name in known if file == module})
    return names


def _look(function: ast.FunctionDef, names: Mapping[str, Function]) -> _Seen:
    """What one function writes, and what it passes on."""
    stands_for: dict[str, set[Place]] = defaultdict(set)
    for number, argument in enumerate(function.args.args):
        stands_for[argument.arg] = {COMPANY} if argument.arg == "company" else {("argument", str(number))}
    for _ in range(2):  # a name may stand for a part of what a later line names
        for name, value in _named(function):
            stands_for[name] |= _places(value, stands_for) - {COMPANY}
    seen = _Seen()
    for node in ast.walk(function):
        if isinstance(node, ast.Assign | ast.AugAssign):
            for target in _targets(node):
                seen.writes |= _places(target, stands_for) - {COMPANY}
        if isinstance(node, ast.Call) and (called := names.get(ast.unparse(node.func))):
            for number, value in enumerate(node.args):
                seen.passes |= {(called, number, place) for place in _places(value, stands_for) - {COMPANY}}
    return seen


def _named(function: ast.FunctionDef) -> Iterator[tuple[str, ast.expr]]:
    """Names that a function gives to something, and to what."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                yield from _pairs(target, node.value)
        if isinstance(node, ast.For) and isinstance(node.target, ast.Name):
            yield node.target.id, node.iter


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, its in zip(target.elts, value.elts, strict=False):
            yield from _pairs(one, its)


def _targets(node: ast.Assign | ast.AugAssign) -> Iterator[ast.expr]:
    """What is written into: a name alone is only given another meaning."""
    waiting = [*node.targets] if isinstance(node, ast.Assign) else [node.target]
    for target in waiting:
        if isinstance(target, ast.Tuple):
            waiting += target.elts
        elif isinstance(target, ast.Attribute | ast.Subscript):
            yield target


def _places(node: ast.expr, stands_for: Mapping[str, set[Place]]) -> set[Place]:
    """What an expression may stand for."""
    if isinstance(node, ast.Name):
        return set(stands_for.get(node.id, set()))
    if isinstance(node, ast.Attribute):
        above = _places(node.value, stands_for)
        found: set[Place] = {COMPANY} if node.attr == "company" and not above - {("argument", "0")} else set()
        found |= {("table", node.attr) for place in above if place == COMPANY}
        return found | {(*place, node.attr) for place in above if len(place) == 2}
    if isinstance(node, ast.Subscript):
        above = _places(node.value, stands_for) - {COMPANY}
        if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
            return {(*place, node.slice.value) if len(place) == 2 else place for place in above}
        return above
    return set()


def _written_arguments(seen: Mapping[Function, _Seen]) -> dict[tuple[Function, str], set[str]]:
    """For each argument of each function the columns that are written in it, "" for the argument itself."""
    into: dict[tuple[Function, str], set[str]] = defaultdict(set)
    is_new = True
    while is_new:
        before = sum(map(len, into.values()))
        for function, one in seen.items():
            for place in [*one.writes, *_through_others(one, into)]:
                if place[0] == "argument":
                    into[function, place[1]].add("".join(place[2:3]))
        is_new = sum(map(len, into.values())) > before
    return into


def _through_others(one: _Seen, into: Mapping[tuple[Function, str], set[str]]) -> Iterable[Place]:
    """What a function has written by those it calls."""
    for called, number, place in one.passes:
        for column in into.get((called, str(number)), set()):
            yield (*place, column) if column and len(place) == 2 else place
