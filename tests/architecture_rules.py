"""The rules of the house, each a function from the repository's text to what breaks the rule, one sentence each."""

import ast
import io
import re
import tokenize
from collections import Counter, defaultdict
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from docs.generate.column_owners import writers
from tests.repository import Sources, module_name, python_files, room_of

ROOMS = ("scenarios", "simulation", "experiments", "studio", "benchmarks", "cli", "run", "docs", "tests")
"""From the bottom up: each may import those before it and itself. The command line, experiments/cli/, stands above."""

FLOORS = (
    "wording",
    "statistics",
    "crm",
    "designs",
    "execution",
    "observation",
    "store",
    "studies",
    "reporting",
    "questions",
    "cli",
)
"""The rooms of experiments/, from the bottom up."""
MOST_BESIDE_ROOMS = 5
NAMES_OF_MANY = {"__init__", "ask", "result", "text", "report", "figures"}
"""Every question has the same files."""

FOLDERS_OF_THE_MODEL = ("management", "border", "agents", "measured")
"""The rooms inside simulation/, from the bottom up: no way of imports leads up, through files in no folder neither."""

OUTSIDE_THE_MODEL = {
    "files": {
        "pathlib",
        "os",
        "io",
        "shutil",
        "tempfile",
        "glob",
        "pickle",
        "json",
        "csv",
        "yaml",
        "pyarrow",
        "sqlite3",
    },
    "processes": {"multiprocessing", "concurrent", "subprocess", "threading", "asyncio", "signal", "socket"},
    "plots and screens": {"plotly", "matplotlib", "rich", "typer", "webbrowser"},
    "shared luck": {"random", "secrets", "numpy.random"},
}
ALLOWED_ALL_THE_SAME = {
    # A run is known by the text of the model; machine code is kept on disk and goes stale with what it was made of.
    "simulation/compiled.py": {"pathlib", "pickle"},
    "simulation/code_shelf.py": {"pathlib", "os", "shutil", "tempfile"},
    "simulation/ingredients.py": {"io", "os", "pickle"},
    # The WebAssembly module lies beside the rules; another process of the builder has other settings of Numba.
    "simulation/webassembly.py": {"pathlib", "os"},
    "simulation/engine_module.py": {"json"},
    "simulation/build_wasm.py": {"pathlib", "os", "subprocess", "tempfile", "json"},
    "simulation/made_of.py": {"pathlib", "os"},
    # The environment says whether rules run as plain Python.
    "simulation/plain.py": {"os"},
    # Mesa wants a generator, and users who extend the model may draw from it; the model itself never does.
    "simulation/model.py": {"numpy.random"},
}

RELATIONSHIP_TYPES = ("undefined", "defined", "aligned", "integrated")
_TYPE = "|".join(RELATIONSHIP_TYPES)
_THING = "type|preset|compan(?:y|ies)|organi[sz]ation|relationship|firm|department"
TYPE_IN_STRING = re.compile(rf"\b({_TYPE}|preset)\b", re.IGNORECASE)
TYPE_IN_PROSE = re.compile(
    rf"""(["'`])({_TYPE})\1 | \b({_TYPE})\s+({_THING})s?\b | \b(type|preset|relationship)s?\s+({_TYPE})\b""",
    re.IGNORECASE | re.VERBOSE,
)
LONGEST_FILE_LINES = 400
ASSUMPTION_ENTRY = re.compile(r"^(?:#+|\||[-*])\s*\**(A\d+)\b", re.MULTILINE)


def imports_that_run_upward(sources: Sources) -> list[str]:
    """Imports of a room from a room below it."""
    found = []
    for path, tree in python_files(sources):
        for line, module in _imports(path, tree):
            imported, own = room_of(f"{module.replace('.', '/')}/"), room_of(path)
            if imported in ROOMS and ROOMS.index(imported) > ROOMS.index(own):
                found.append(f"{path}:{line} imports {module}, but {own} may not know {imported}")
    return found


def import_cycles(sources: Sources) -> list[str]:
    """The first circle of modules that import each other, if there is one."""
    modules = {module_name(path) for path, _ in python_files(sources)}
    graph = {
        module_name(path): {known for _, name in _imports(path, tree) if (known := _known(name, modules))}
        for path, tree in python_files(sources)
    }
    try:
        TopologicalSorter({module: imported - {module} for module, imported in graph.items()}).prepare()
    except CycleError as error:
        return [" <- ".join(error.args[1])]
    return []


def imports_that_run_upstairs(sources: Sources) -> list[str]:
    """Imports of a room of experiments/ from a room below it; nothing inside knows the front door."""
    found = []
    for path, tree in python_files(sources, "experiments", "cli"):
        own = _floor(path.removesuffix(".py").split("/"))
        for line, module in _imports(path, tree):
            imported = _floor(module.split(".")) if module.startswith("experiments.") else None
            if own is not None and imported is not None and imported > own:
                found.append(f"{path}:{line} imports {module}, which lies above it")
    return found


def _floor(parts: list[str]) -> int | None:
    """The floor of a module of experiments/; what lies beside the rooms is the front door, above all questions."""
    if len(parts) > 1 and parts[1] in FLOORS:
        return FLOORS.index(parts[1])
    return FLOORS.index("cli") if len(parts) > 1 and parts[1] == "front_door" else None


def questions_that_know_each_other(sources: Sources) -> list[str]:
    """Imports of one question's folder from another's."""
    found = []
    for path, tree in python_files(sources, "experiments"):
        parts = path.split("/")
        if parts[1] == "questions" and len(parts) > 3:
            for line, module in _imports(path, tree):
                other = module.split(".")[2:3]
                is_question = module.startswith("experiments.questions.") and _is_folder(other[0], sources)
                if is_question and other != [parts[2]]:
                    found.append(f"{path}:{line} imports {module}")
    return found


def _is_folder(question: str, sources: Sources) -> bool:
    return any(path.startswith(f"experiments/questions/{question}/") for path in sources)


def modules_beside_the_rooms(sources: Sources) -> list[str]:
    """More files directly in experiments/ than a newcomer can take in."""
    beside = [path for path in sources if re.fullmatch(r"experiments/\w+\.py", path)]
    return [f"{len(beside)} files lie directly in experiments/"] if len(beside) > MOST_BESIDE_ROOMS else []


def names_used_twice(sources: Sources) -> list[str]:
    """Module names of experiments/ that two files have which are not the same part of two questions."""
    names = Counter(path.split("/")[-1].removesuffix(".py") for path, _ in python_files(sources, "experiments", "cli"))
    return [f"{name}.py is the name of {n} files" for name, n in names.items() if n > 1 and name not in NAMES_OF_MANY]


def outside_world_in_simulation(sources: Sources) -> list[str]:
    """Files, processes, plots and unkeyed luck in simulation/."""
    found = []
    for path, tree in python_files(sources, "simulation"):
        allowed = ALLOWED_ALL_THE_SAME.get(path, set())
        for line, module in _imports(path, tree):
            for what, modules in OUTSIDE_THE_MODEL.items():
                if any(module == name or module.startswith(f"{name}.") for name in modules - allowed):
                    found.append(f"{path}:{line} imports {module}: {what} are no business of the model")
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open":
                found.append(f"{path}:{node.lineno} opens a file")
            if isinstance(node, ast.Attribute) and _is_shared_stream(node, allowed):
                found.append(f"{path}:{node.lineno} uses a shared stream, {ast.unparse(node)}; draw by key")
    return found


def relationship_types_in_simulation(sources: Sources) -> list[str]:
    """Places where the model knows the name of a relationship type or reads which preset was chosen (law 1)."""
    found = []
    for path, tree in python_files(sources, "simulation"):
        docstrings = _docstrings(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                pattern = TYPE_IN_PROSE if id(node) in docstrings else TYPE_IN_STRING
                if hit := pattern.search(node.value):
                    found.append(f"{path}:{node.lineno} says {hit.group()!r} in a string")
        for token in tokenize.generate_tokens(io.StringIO(sources[path]).readline):
            if token.type == tokenize.COMMENT and (hit := TYPE_IN_PROSE.search(token.string)):
                found.append(f"{path}:{token.start[0]} says {hit.group()!r} in a comment")
            if token.type == tokenize.NAME and set(_words(token.string)) & {*RELATIONSHIP_TYPES, "preset"}:
                found.append(f"{path}:{token.start[0]} uses the name {token.string}")
    return found


def columns_of_two_owners(sources: Sources) -> list[str]:
    """Columns of a company's tables that several files write: one should, by a function that the others call."""
    texts = {path: sources[path] for path, _ in python_files(sources, "simulation")}
    return [
        f"{table}{f'.{column}' if column else ''} is written by {', '.join(sorted(files))}"
        for (table, column), files in sorted(writers(texts).items())
        if len(files) > 1
    ]


def ways_up_inside_the_model(sources: Sources) -> list[str]:
    """Imports by which a folder of simulation/ knows one above it, if only through files that stand in no folder."""
    files = {module_name(path): (path, tree) for path, tree in python_files(sources, "simulation")}
    graph = {
        module: {(line, known) for line, name in _imports(path, tree) if (known := _known(name, set(files)))}
        for module, (path, tree) in files.items()
    }
    found = []
    for module, imported in graph.items():
        for line, other in sorted(imported):
            if _height(other) != _height(module) and (up := _above(module, other, graph)):
                found.append(f"{files[module][0]}:{line} imports {other}, which leads up to {up}")
    return found


def _height(module: str) -> int | None:
    """How high the folder stands in which a module of the model lives; None if it stands in none."""
    folder = module.split(".")[1] if module.count(".") > 1 else ""
    return FOLDERS_OF_THE_MODEL.index(folder) if folder in FOLDERS_OF_THE_MODEL else None


def _above(module: str, imported: str, graph: dict[str, set[tuple[int, str]]]) -> str | None:
    """A module in a folder above the one of `module` that is reached from `imported`, outside of the own folder."""
    own, waiting = _height(module), [imported]
    if own is None:
        return None
    for one in waiting:
        if (height := _height(one)) is not None and height > own:
            return one
        if height is None:
            waiting += [known for _, known in sorted(graph[one]) if known not in waiting]
    return None


def long_files(sources: Sources) -> list[str]:
    """Python files of more than 400 lines."""
    lengths = {path: sources[path].count("\n") for path, _ in python_files(sources)}
    return [f"{path} has {n} lines" for path, n in lengths.items() if n > LONGEST_FILE_LINES]


def missing_docstrings(sources: Sources) -> list[str]:
    """Public modules, classes, functions and methods outside tests/ that say nothing about themselves."""
    found = []
    for path, tree in python_files(sources, *ROOMS[:-1]):
        if not ast.get_docstring(tree):
            found.append(f"{path} has no docstring")
        found += [f"{path}:{node.lineno} {node.name} has no docstring" for node in _public(tree)]
    return found


def purposes_not_drawn_once(sources: Sources) -> list[str]:
    """Purposes of luck that are drawn in no function, in two, or under a name that this check cannot follow."""
    declared: list[str] = []
    drawn = defaultdict(set)
    found = []
    for path, tree in python_files(sources, *ROOMS[:-1]):
        if path == "simulation/randomness.py":
            declared = _members_of_purpose(tree)
            continue
        found += [f"{path}:{line} hides which purpose is drawn" for line in _hidden_purposes(tree)]
        for function, purpose in _purposes_used(tree):
            drawn[purpose].add(f"{path} {function}")
    for purpose in [*declared, *sorted(set(drawn) - set(declared))]:
        if purpose not in declared:
            found.append(f"Purpose.{purpose} is drawn but not declared")
        elif len(drawn[purpose]) != 1:
            found.append(f"Purpose.{purpose} is drawn in {len(drawn[purpose])} places: {sorted(drawn[purpose])}")
    return found


def assumptions_without_counterpart(sources: Sources) -> list[str]:
    """Assumptions used but not explained in docs/assumptions.md, explained but not used, or explained twice."""
    used: dict[str, str] = {}
    found = []
    for path, tree in python_files(sources, *ROOMS[:-1]):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "assumption":
                number = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
                if number is None:
                    found.append(f"{path}:{node.lineno} has an assumption whose number cannot be read")
                else:
                    used.setdefault(number, f"{path}:{node.lineno}")
    explained = Counter(ASSUMPTION_ENTRY.findall(sources.get("docs/assumptions.md", "")))
    found += [
        f"{where} uses {number}, which docs/assumptions.md lacks"
        for number, where in used.items()
        if number not in explained
    ]
    found += [
        f"docs/assumptions.md explains {number}, which nothing uses" for number in explained if number not in used
    ]
    found += [f"docs/assumptions.md explains {number} {n} times" for number, n in explained.items() if n > 1]
    return found


def _imports(path: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of everything a file imports, `from` included; not what only type checkers see."""
    unseen = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
        for inner in ast.walk(node)
    }
    package = module_name(path).split(".") if path.endswith("__init__.py") else module_name(path).split(".")[:-1]
    for node in ast.walk(tree):
        if id(node) in unseen:
            continue
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def _is_shared_stream(node: ast.Attribute, allowed: set[str]) -> bool:
    """Whether it reaches for NumPy's or Mesa's stream: `np.random`, `self.random.choice`, `agents.shuffle`."""
    owner, name = ast.unparse(node.value), node.attr
    if owner in ("np", "numpy"):
        return name == "random" and "numpy.random" not in allowed
    from_mesa = owner.split(".")[-1] in ("random", "rng") and owner not in ("np.random", "numpy.random")
    return from_mesa or name in ("shuffle", "shuffle_do")


def _known(name: str, modules: set[str]) -> str | None:
    """The module of ours that an imported dotted name stands for or lives in."""
    parts = name.split(".")
    candidates = (".".join(parts[:n]) for n in range(len(parts), 0, -1))
    return next((candidate for candidate in candidates if candidate in modules), None)


def _words(identifier: str) -> list[str]:
    """`isAligned` and `IS_ALIGNED` as is, aligned."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", identifier).lower().split("_")


def _docstrings(tree: ast.Module) -> set[int]:
    """Identities of the strings that stand alone: docstrings of files, functions, classes and attributes."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def _public(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Public functions, classes and methods that have no docstring."""
    scopes: list[ast.Module | ast.ClassDef] = [tree]
    for scope in scopes:
        for node in scope.body:
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or node.name.startswith("_"):
                continue
            if isinstance(node, ast.ClassDef):
                scopes.append(node)
            if not ast.get_docstring(node) and not any("overload" in ast.unparse(d) for d in node.decorator_list):
                yield node


def _members_of_purpose(tree: ast.Module) -> list[str]:
    declaration = next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "Purpose")
    return [node.targets[0].id for node in declaration.body if isinstance(node, ast.Assign)]


def _purposes_used(tree: ast.AST, function: str = "outside every function") -> Iterator[tuple[str, str]]:
    """Innermost function and member for each `Purpose.MEMBER`."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node.value).split(".")[-1] == "Purpose":
            yield function, node.attr
        inner = node.name if isinstance(node, ast.FunctionDef) else function
        yield from _purposes_used(node, inner)


def _hidden_purposes(tree: ast.Module) -> Iterator[int]:
    """Lines where Purpose gets another name, is called, indexed or passed on, or is named outside a function."""
    followed = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        is_purpose = isinstance(node, ast.Name | ast.Attribute) and ast.unparse(node).split(".")[-1] == "Purpose"
        if is_purpose and id(node) not in followed:
            yield node.lineno
        if isinstance(node, ast.alias) and node.name == "Purpose" and node.asname:
            yield node.lineno
    if any(function == "outside every function" for function, _ in _purposes_used(tree)):
        yield 1
