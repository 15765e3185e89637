"""What the model's own source says of itself: columns and their comments, lines of a day, draws, parameters read.

Nothing is run: files are read as text, so that a page made from this says what the code says.
"""

import ast
import copy
import io
import re
import tokenize
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "simulation"
FORMATS = {"f": "number", "i": "whole number", "u": "whole number"}


@dataclass(frozen=True)
class Column:
    """A column of a table: `kind` in words, `says` its comment, `group` the comment above it, each "" if none."""

    name: str
    kind: str
    says: str
    group: str


@dataclass(frozen=True)
class Layout:
    """A structured dtype: where it is declared, and its columns."""

    file: str
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Call:
    """A line of a function that calls a verb: for whom or on what condition, what, why here, and what it does."""

    when: str
    verb: str
    why: str
    does: str


@dataclass(frozen=True)
class Member:
    """A member of an enumeration."""

    name: str
    number: int
    says: str


@cache
def text_of(file: str) -> str:
    """The text of a file, by its path from the root."""
    return (ROOT / file).read_text(encoding="utf-8")


@cache
def tree_of(file: str) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(text_of(file))


@cache
def comments_of(file: str) -> dict[int, str]:
    """The comment on each line that has one, without its mark."""
    tokens = tokenize.generate_tokens(io.StringIO(text_of(file)).readline)
    return {token.start[0]: token.string.lstrip("# ") for token in tokens if token.type == tokenize.COMMENT}


def files() -> list[str]:
    """Every Python file of the model, by its path from the root."""
    return sorted(file.relative_to(ROOT).as_posix() for file in PACKAGE.rglob("*.py"))


def files_with_rules() -> list[str]:
    """The files in which something compiled is declared."""
    return [file for file in files() if any(_is_compiled(function) for function in functions_of(file).values())]


@cache
def functions_of(file: str) -> dict[str, ast.FunctionDef]:
    """The functions a file declares at its top level."""
    return {node.name: node for node in tree_of(file).body if isinstance(node, ast.FunctionDef)}


def _is_compiled(function: ast.FunctionDef) -> bool:
    return any(ast.unparse(decorator) in ("compiled", "in_place", "apart") for decorator in function.decorator_list)


# --- tables ---


@cache
def layouts() -> dict[str, Layout]:
    """Every structured dtype of the model, by the name of its constant."""
    found = {}
    for file in files():
        for node in tree_of(file).body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and _is_layout(node.value):
                found[ast.unparse(node.targets[0])] = Layout(file, tuple(_columns(file, node.value.args[0])))
    return found


def _is_layout(call: ast.Call) -> bool:
    return ast.unparse(call.func) == "np.dtype" and bool(call.args) and isinstance(call.args[0], ast.List)


def _columns(file: str, fields: ast.expr) -> Iterator[Column]:
    """The columns of one dtype; a comment on a line of its own stands for all columns below it."""
    assert isinstance(fields, ast.List)
    comments, lines, group, above = comments_of(file), text_of(file).splitlines(), "", fields.lineno
    for field in fields.elts:
        assert isinstance(field, ast.Tuple)
        for line in range(above, field.lineno):
            if line in comments and lines[line - 1].lstrip().startswith("#"):
                group = comments[line]
        above = field.lineno
        name = ast.literal_eval(field.elts[0])
        says = comments.get(field.end_lineno or field.lineno, "")
        yield Column(name, _kind(name, field.elts[1:]), says, group)


def _kind(name: str, form: list[ast.expr]) -> str:
    """`whole number`, `yes or no`, `number (N_STATUS)`."""
    kind = FORMATS[ast.literal_eval(form[0])[0]]
    if kind == "whole number" and name.startswith(("is_", "has_")):
        kind = "yes or no"
    return f"{kind} {ast.unparse(form[1]).replace(',)', ')')}" if len(form) > 1 else kind


def tables() -> dict[str, tuple[str, str]]:
    """Each table of a company: what it is made of (a constant, or a plain format) and its comment."""
    file = "simulation/company.py"
    call = next(
        node.value
        for node in tree_of(file).body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "TABLES"
    )
    assert isinstance(call, ast.Call)
    found = {}
    for keyword in call.keywords:
        assert isinstance(keyword.value, ast.Tuple)
        comment = comments_of(file).get(keyword.end_lineno or 0, "")
        found[keyword.arg or ""] = (ast.unparse(keyword.value.elts[0]), comment)
    return found


# --- lines of a day ---


def calls_of(file: str, name: str) -> list[Call]:
    """The lines of a function that call verbs of the model, or the steps of a list of them, in order."""
    if name in functions_of(file):
        return list(_calls(file, functions_of(file)[name].body, ""))
    return list(_steps(file, name))


def _steps(file: str, name: str) -> Iterator[Call]:
    """The steps of a list such as `DAY`: what is done, and why just then."""
    steps = next(
        node.value
        for node in tree_of(file).body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name
    )
    assert isinstance(steps, ast.Tuple)
    for step in steps.elts:
        assert isinstance(step, ast.Call)
        verb = ast.unparse(step.args[0])
        found = declared(file, verb)
        assert found is not None
        yield Call("", verb, ast.literal_eval(step.args[1]), says_first(*found))


def _calls(file: str, body: Iterable[ast.stmt], when: str) -> Iterator[Call]:
    for node in body:
        if isinstance(node, ast.For):
            yield from _calls(file, node.body, _joined(when, _each(node)))
        elif isinstance(node, ast.While):
            yield from _calls(file, node.body, _joined(when, f"while `{ast.unparse(node.test)}`"))
        elif isinstance(node, ast.If):
            yield from _calls(file, node.body, _joined(when, f"if `{ast.unparse(node.test)}`"))
            yield from _calls(file, node.orelse, when if _goes_on(node) else _joined(when, "else"))
        elif isinstance(node, ast.Expr | ast.Assign | ast.Return) and isinstance(node.value, ast.Call):
            verb = ast.unparse(node.value.func)
            found = declared(file, verb)
            if found and not found[0].endswith(("queues.py", "averages.py")):
                yield Call(when, verb, comments_of(file).get(node.end_lineno or 0, ""), says_first(*found))


def _goes_on(node: ast.If) -> bool:
    """Whether an `if` goes on with `elif`."""
    return len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If)


def _each(loop: ast.For) -> str:
    over = ast.unparse(loop.iter)
    rows = re.fullmatch(r"range\(company\.(\w+)\.shape\[0\]\)", over)
    return f"each {rows[1]}" if rows else f"each of `{over}`"


def _joined(outer: str, inner: str) -> str:
    return f"{outer}, {inner}" if outer else inner


def declared(file: str, verb: str) -> tuple[str, str] | None:
    """File and name of the function that a file calls `verb`; None if it is not one of the model's."""
    owner, _, name = verb.rpartition(".")
    if not owner and name in functions_of(file):
        return file, name
    source = _imported(file).get(owner or name)
    if source is None:
        return None
    module = f"{source}.py" if owner else f"{source.rpartition('/')[0]}.py"
    known = module in files() and name in functions_of(module)
    return (module, name) if known else None


@cache
def _imported(file: str) -> dict[str, str]:
    """What each imported name of the model stands for, as a path without its ending."""
    found = {}
    for node in tree_of(file).body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("simulation"):
            for alias in node.names:
                found[alias.asname or alias.name] = f"{node.module}.{alias.name}".replace(".", "/")
    return found


def says_first(file: str, name: str) -> str:
    """The first paragraph of a function's docstring, in one line."""
    text = ast.get_docstring(functions_of(file)[name]) or ""
    return " ".join(text.split("\n\n")[0].split())


def formulas_of(file: str, name: str, mark: str) -> list[tuple[str, ast.expr]]:
    """What a function writes down, in order: for `mark` "cause" each `row[X].cause = formula` as row[X] and formula.

    For a `mark` that is a function, each of its calls: the last two arguments. Names that the function gives to parts
    of a formula are replaced by those parts.
    """
    function = functions_of(file)[name]
    parts = {
        node.targets[0].id: node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    found: list[tuple[int, str, ast.expr]] = []
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]).endswith(f".{mark}"):
            found.append((node.lineno, ast.unparse(node.targets[0]).removesuffix(f".{mark}"), node.value))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == mark:
            found.append((node.lineno, ast.unparse(node.args[-2]), node.args[-1]))
    return [(what, _Whole(parts).visit(copy.deepcopy(formula))) for _, what, formula in sorted(found, key=_line)]


def _line(found: tuple[int, str, ast.expr]) -> int:
    return found[0]


class _Whole(ast.NodeTransformer):
    """Puts the parts of a formula in the place of their names."""

    def __init__(self, parts: dict[str, ast.expr]) -> None:
        self.parts = parts

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """The part, whole itself, or the name if it stands for no part."""
        part = self.parts.get(node.id)
        return node if part is None else self.visit(copy.deepcopy(part))


def helpers_of(file: str, formula: ast.expr) -> list[str]:
    """What the functions of the same file that a formula calls say they return."""
    called = [ast.unparse(node.func) for node in ast.walk(formula) if isinstance(node, ast.Call)]
    return [says for verb in called if verb in functions_of(file) and (says := says_first(file, verb))]


# --- members and draws ---


def members(file: str, name: str) -> list[Member]:
    """The members of an enumeration with what is said below each."""
    body = next(node for node in tree_of(file).body if isinstance(node, ast.ClassDef) and node.name == name).body
    found = []
    for place, node in enumerate(body):
        if isinstance(node, ast.Assign):
            after = body[place + 1] if place + 1 < len(body) else None
            says = after.value.value if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) else ""
            found.append(
                Member(ast.unparse(node.targets[0]), ast.literal_eval(node.value), " ".join(str(says).split()))
            )
    return found


def drawn_in() -> dict[str, tuple[str, str]]:
    """For each purpose of luck the file and function that draws it."""
    found = {}
    for file in files():
        for name, function in functions_of(file).items():
            for node in ast.walk(function):
                if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Purpose":
                    found[node.attr] = (file, name)
    return found


# --- parameters ---


def parameters_read(paths: Iterable[str]) -> dict[str, list[str]]:
    """For each file of the model the parameters it reads, of those with these paths."""
    known = list(paths)
    count = Counter(path.rpartition(".")[2] for path in known)
    columns = {column.name for layout in layouts().values() for column in layout.columns}
    alone = {leaf: path for path in known if count[leaf := path.rpartition(".")[2]] == 1 and leaf not in columns}
    found = {}
    for file in files():
        read = {
            path
            for function in ast.walk(tree_of(file))
            if isinstance(function, ast.FunctionDef)
            for path in _chains(function)
        }
        read |= {
            alone[node.attr]
            for node in ast.walk(tree_of(file))
            if isinstance(node, ast.Attribute) and node.attr in alone
        }
        found[file] = [path for path in known if path in read]
    return found


ROOTS = {"rules": "", "scenario": "", "practices": "practices"}
TABLES_OF_PARAMETERS = {"rules": "", "segment": "segments.*", "channel": "channels.*", "product": "products.*"}


def _chains(function: ast.FunctionDef) -> Iterator[str]:
    """Every dotted path of the scenario that a function follows, also under short names it gives to sections."""
    names = dict(ROOTS)
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            for target, value in _pairs(node):
                path = _path(value, names)
                if path is not None and isinstance(target, ast.Name):
                    names[target.id] = path
    for node in ast.walk(function):
        if isinstance(node, ast.Attribute) and (path := _path(node, names)):
            yield path


def _pairs(node: ast.Assign) -> Iterator[tuple[ast.expr, ast.expr]]:
    """What is given a name by an assignment: `a, b = x, y` is a to x and b to y."""
    target, value = node.targets[0], node.value
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        yield from zip(target.elts, value.elts, strict=True)
    else:
        yield target, value


def _path(node: ast.expr, names: dict[str, str]) -> str | None:
    """The path in the scenario that an expression stands for; None if it stands for something else."""
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Subscript):
        return _path(node.value, names)
    if not isinstance(node, ast.Attribute):
        return None
    if isinstance(node.value, ast.Name) and node.value.id == "company":
        return TABLES_OF_PARAMETERS.get(node.attr)
    above = _path(node.value, names)
    return None if above is None else f"{above}.{node.attr}".lstrip(".")
