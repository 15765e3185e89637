"""What code a number comes from, as a text that changes whenever the code, a library or the kind of machine does."""

import ast
import hashlib
import importlib.util
import platform
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from types import CellType, CodeType, FunctionType, ModuleType
from typing import Any

_CALCULATING = ("numpy", "numba", "llvmlite")  # what the model computes with
_HASHED_ELSEWHERE = ("scenarios", "simulation")  # by the model's own fingerprint


@cache
def made_with() -> str:
    """The model, Python, the libraries it computes with and the kind of machine: another of these, other numbers."""
    from simulation import FINGERPRINT  # only here: it loads Numba

    python = ".".join(platform.python_version_tuple()[:2])  # sums are rounded otherwise from 3.12 on
    libraries = [f"{name} {version(name)}" for name in _CALCULATING]
    return ", ".join([f"model {FINGERPRINT}", f"python {python}", *libraries, platform.machine()])


def code_of(function: Any) -> str:
    """A hash of what a function is: its code and that of our modules it uses, what it was given; "" for None."""
    if function is None:
        return ""
    inner = function
    while isinstance(inner, partial):
        inner = inner.func
    return _Telling(_top(getattr(inner, "__module__", ""))).of(function)


class _Telling:
    """Tells values so that nothing is left out: functions of the user's with all that they find in their modules.

    `own` is a package that is the user's, wherever it lies.
    """

    def __init__(self, own: str) -> None:
        self._own = {own, "__main__", _top(__name__)}
        self._told: dict[int, tuple[Any, str]] = {}  # what was told is held, so that its id stays its own

    def of(self, one: Any) -> str:
        """A value, in words if it is short."""
        if one is None or isinstance(one, bool | int | float | complex | str | bytes):
            return repr(one)
        if id(one) not in self._told:
            self._told[id(one)] = one, "itself"  # where it is met again on the way
            self._told[id(one)] = one, hashlib.sha256(repr((type(one).__name__, self._parts(one))).encode()).hexdigest()
        return self._told[id(one)][1]

    def _all(self, some: Iterable[Any]) -> list[str]:
        return [self.of(one) for one in some]

    def _parts(self, one: Any) -> Any:
        if isinstance(one, list | tuple):
            return self._all(one)
        if isinstance(one, dict):
            return self._all(one.items())
        if isinstance(one, set | frozenset):
            return sorted(self._all(one))
        if isinstance(one, CodeType):  # without addresses and places in the file
            return one.co_code, one.co_names, self._all(one.co_consts)
        if isinstance(one, FunctionType):
            return self._of_function(one)
        if isinstance(one, type):
            return self._of_class(one)
        return self._of_object(one)

    def _of_function(self, one: FunctionType) -> list[str]:
        around = [_content(cell) for cell in one.__closure__ or ()]
        own = self._all([_name(one), one.__code__, one.__defaults__, one.__kwdefaults__, around])
        module = one.__globals__.get("__name__", "")
        return [*own, self._text(one.__module__), *(self._found(one) if self._is_users(module) else ())]

    def _found(self, function: FunctionType) -> Iterator[str]:
        """What it finds by name in its module, and in other modules of the user's that it names."""
        names = sorted(_names(function.__code__))
        named = [function.__globals__.get(name) for name in names]
        modules = [vars(one) for one in named if isinstance(one, ModuleType) and self._is_users(one.__name__)]
        for place in (function.__globals__, *modules):
            yield from (f"{name} {self.of(place[name])}" for name in names if name in place)

    def _of_class(self, one: type) -> Any:
        if not self._is_users(one.__module__):
            return _name(one), self._text(one.__module__)
        members = vars(one).items()
        known = [pair for pair in members if not pair[0].startswith("__") or isinstance(pair[1], FunctionType)]
        return _name(one), self._text(one.__module__), self._all(one.__bases__), self._all(known)

    def _of_object(self, one: Any) -> Any:
        """By what a copy of it would be made of; of what cannot be copied, its kind."""
        if isinstance(one, property):
            return self._all([one.fget, one.fset])
        if hasattr(one, "__wrapped__"):  # compiled or cached functions, methods of a class
            return self.of(one.__wrapped__)
        if hasattr(one, "model_dump_json"):
            return one.model_dump_json()
        try:
            return self.of(type(one)), self.of(one.__reduce_ex__(2))
        except Exception:  # whatever an object says that is bound to this process
            return self.of(type(one))

    def _is_users(self, module: str) -> bool:
        return _top(module) != _top(__name__) and _is_ours(_top(module), self._own)

    def _text(self, module: str) -> str:
        return _of_module(module) if _is_ours(_top(module), self._own) else ""


def _name(one: Any) -> str:
    return f"{one.__module__}.{one.__qualname__}"


def _top(module: str) -> str:
    return str(module).partition(".")[0]


def _content(cell: CellType) -> Any:
    try:
        return cell.cell_contents
    except ValueError:  # nothing has been put there yet
        return None


def _names(code: CodeType) -> set[str]:
    """The names that code looks up, those of functions inside it included."""
    return {*code.co_names}.union(*(_names(one) for one in code.co_consts if isinstance(one, CodeType)))


@cache
def _of_module(name: str) -> str:
    """A hash of the text of a module and of all that it uses, directly or not, but for what was installed."""
    digest = hashlib.sha256()
    for file in sorted(_files(name)):
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _files(module: str) -> set[Path]:
    own = {_top(module), _top(__name__)}
    waiting, known, files = [module], set(), set()
    while waiting:
        name = waiting.pop()
        file = None if name in known or not _is_ours(_top(name), own) else _file_of(name)
        known.add(name)
        if file is not None:
            files.add(file)
            waiting += _imported(file)
    return files


def _is_ours(top: str, own: set[str]) -> bool:
    """Whether a package is no library; nothing is imported to find that out."""
    if top in own or top in _HASHED_ELSEWHERE:
        return top not in _HASHED_ELSEWHERE
    file = _file_of(top)
    kinds = ("stdlib", "platstdlib", "purelib", "platlib")
    return file is not None and not any(file.is_relative_to(sysconfig.get_path(kind)) for kind in kinds)


def _file_of(module: str) -> Path | None:
    """Where a module's text lies; None for what is no module, or has no text."""
    file = getattr(sys.modules.get(module), "__file__", None)
    if file is None:
        try:
            spec = importlib.util.find_spec(module)
        except (ImportError, ValueError):
            return None
        file = spec.origin if spec else None
    return Path(file) if file and file.endswith(".py") and Path(file).is_file() else None


def _imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
