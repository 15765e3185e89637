"""What code a number comes from, as a text that changes whenever the code, a library or the kind of machine does."""

import ast
import hashlib
import importlib.util
import platform
import sys
import sysconfig
from collections.abc import Iterator
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from types import CodeType
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
    """What a function is: its name, its code with that of our modules it uses, what it was given; "" for None."""
    if function is None:
        return ""
    if isinstance(function, partial):
        given = [*map(_value, function.args), *((name, _value(one)) for name, one in function.keywords.items())]
        return f"{code_of(function.func)} of {given}"
    if not hasattr(function, "__qualname__"):  # an object that can be called
        return f"{_of_module(type(function).__module__)} {_value(function)}"
    name = f"{function.__module__}.{function.__qualname__}"
    own = getattr(function, "__self__", None)
    return f"{name} {_of_module(function.__module__)} {_own_code(function)} {'' if own is None else _value(own)}"


def _own_code(function: Any) -> str:
    """What tells functions of one name in one file apart: their code, defaults, and what they took from around them."""
    code = getattr(function, "__code__", None)
    if code is None:
        return ""
    around = [_value(cell.cell_contents) for cell in function.__closure__ or () if cell.cell_contents is not function]
    given = [_value(one) for one in (*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).items())]
    return hashlib.sha256(repr([_plain(code), around, given]).encode()).hexdigest()


def _plain(code: CodeType) -> Any:
    """Bytecode without addresses and places in the file."""
    constants = [_plain(one) if isinstance(one, CodeType) else repr(one) for one in code.co_consts]
    return code.co_code, code.co_names, constants


def _value(one: Any) -> str:
    """A value in words that leave nothing out."""
    if hasattr(one, "tobytes"):
        return f"{one.dtype} {one.shape} {hashlib.sha256(one.tobytes()).hexdigest()}"
    if hasattr(one, "model_dump_json"):
        return str(one.model_dump_json())
    return code_of(one) if callable(one) and hasattr(one, "__qualname__") else repr(one)


@cache
def _of_module(name: str) -> str:
    """A hash of the text of a module and of all that it uses, directly or not, but for what was installed."""
    digest = hashlib.sha256()
    for file in sorted(_files(name)):
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _files(module: str) -> set[Path]:
    own = {module.partition(".")[0], __name__.partition(".")[0]}
    waiting, known, files = [module], set(), set()
    while waiting:
        name = waiting.pop()
        file = None if name in known or not _is_ours(name.partition(".")[0], own) else _file_of(name)
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
