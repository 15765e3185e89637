"""What the machine code of a rule depends on, as a hash: code is found again by what it was made of, wherever it lies.

Of a rule that is its bytecode, the values of the constants it names, and the place of the tables it names; of the
rules it calls it is only their names, as whether those have changed is asked of them. What this file cannot tell for
certain it refuses to tell: such a rule is compiled anew in every process.
"""

import hashlib
import inspect
import os
import sys
from collections.abc import Callable, Iterator
from enum import Enum
from functools import cache
from pathlib import Path
from platform import python_implementation, python_version_tuple
from types import CodeType, FunctionType, ModuleType
from typing import Any, NamedTuple

import llvmlite
import numba
import numpy as np

from simulation import tables

_LIBRARIES = ("builtins", "math", "numpy", "operator", "numba", "llvmlite")
"""Their functions are known by name: their versions stand in `tools`."""
_HOW_CODE_IS_MADE = ("compiled.py", "ingredients.py", "made_of.py", "near_code.py", "tables.py")
_NO_MATTER = {"NUMBA_CACHE_DIR", "NUMBA_DEBUG_CACHE", "NUMBA_NUM_THREADS"}
"""Settings of Numba that change nothing in the code it makes."""


class Untold(Exception):
    """A rule depends on something that cannot be told in a text that changes exactly when the thing does."""


class Told(NamedTuple):
    """A hash of what is a rule's own, and the rules it may call, by name."""

    own: str
    calls: dict[str, Any]


def tools(processor: tuple[str, ...]) -> str:
    """Sixteen hex digits for whatever else makes the code: libraries, Python, settings of Numba, the processor."""
    here = Path(__file__).parent
    versions = (numba.__version__, llvmlite.__version__, np.__version__, python_implementation())
    settings = sorted(item for item in os.environ.items() if item[0].startswith("NUMBA_") and item[0] not in _NO_MATTER)
    texts = [(here / name).read_bytes() for name in _HOW_CODE_IS_MADE]
    return hash_of(repr((versions, python_version_tuple()[:2], settings, processor, texts)))[:16]


def hash_of(text: str) -> str:
    """A hash of a text, in hex digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def tell(rule: Callable[..., Any]) -> Told:
    """What a rule is; raises Untold."""
    telling = _Telling(set(_names(rule.__code__)))
    own = telling.of_rule(rule)
    return Told(hash_of(repr(own)), telling.calls)


def tell_all(rule: Any, told: Callable[[Any], Told]) -> str:
    """A hash of a compiled rule and of all it may call; `told` says what one of them is. Raises Untold."""
    waiting, parts = {rule.name: rule}, {}
    while waiting:
        name, one = waiting.popitem()
        parts[name], calls = told(one)
        waiting.update((other, called) for other, called in calls.items() if other not in parts)
    return hash_of(repr(sorted(parts.items())))


def given_to(rule: Callable[..., Any]) -> str:
    """What a function that another function made was given by it, for its name."""
    if not rule.__closure__:
        return ""
    try:
        return hash_of(repr(_Telling(set()).of_each(cell.cell_contents for cell in rule.__closure__)))[:16]
    except (Untold, ValueError):
        return "?"


class _Telling:
    """Tells values; notes which compiled rules it meets."""

    def __init__(self, names: set[str]) -> None:
        self.calls: dict[str, Any] = {}
        self._names, self._modules = sorted(names), set[str]()

    def of_rule(self, rule: Callable[..., Any]) -> Any:
        """Its code, and what it finds by name outside of itself."""
        around = [cell.cell_contents for cell in rule.__closure__ or ()]
        tabled = [(name, places) for name in self._names if (places := _places_of(name))]
        given = [_code(rule.__code__), *self.of_each([rule.__defaults__, rule.__kwdefaults__, *around])]
        return *given, tabled, list(self._found(rule.__globals__))

    def of_each(self, values: Any) -> list[Any]:
        """Each of some values."""
        return [self.of(one) for one in values]

    def of(self, value: Any) -> Any:
        """One value."""
        if getattr(type(value), "is_rule", False):
            self.calls[value.name] = value
            return "rule", value.name
        if isinstance(value, ModuleType):
            return self._of_module(value)
        if isinstance(value, tuple):
            return type(value).__name__, self.of_each(value)
        if isinstance(value, np.ndarray) and not value.dtype.hasobject:
            return str(value.dtype), value.shape, value.tobytes()
        if isinstance(value, type) and issubclass(value, Enum):
            return value.__qualname__, [(one.name, repr(one.value)) for one in value]
        if value is None or isinstance(value, bool | int | float | complex | str | bytes | np.generic | np.dtype):
            return type(value).__qualname__, repr(value)
        return self._known_by_name(value)

    def _of_module(self, module: ModuleType) -> Any:
        """Of a library its name, of any other module what may be taken from it."""
        if _top(module) in _LIBRARIES or module.__name__ in self._modules:
            return module.__name__
        self._modules.add(module.__name__)
        return module.__name__, list(self._found(vars(module)))

    def _found(self, place: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        yield from ((name, self.of(place[name])) for name in self._names if name in place)

    def _known_by_name(self, value: Any) -> Any:
        """Functions and types: of libraries by name, of others also by the text of their file."""
        home, name = str(getattr(value, "__module__", None) or "builtins"), getattr(value, "__qualname__", None)
        if callable(value) and name and home.partition(".")[0] in _LIBRARIES:
            return home, name
        if name and (isinstance(value, FunctionType | type) or type(value).__module__ == "numba.core.extending"):
            return home, name, _text_of(home)  # what the compiler is told of them stands beside them
        raise Untold(f"{value!r} of {type(value)}")


def _top(module: ModuleType) -> str:
    return module.__name__.partition(".")[0]


def _names(code: CodeType) -> Iterator[str]:
    """The names that code looks up, those of functions inside it included."""
    yield from code.co_names
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield from _names(one)


def _code(code: CodeType) -> Any:
    """Code without places in its file."""
    constants = [_code(one) if isinstance(one, CodeType) else repr(one) for one in code.co_consts]
    names = code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars
    counts = code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount, code.co_flags
    return code.co_code, getattr(code, "co_exceptiontable", b""), constants, names, counts


def _places_of(name: str) -> list[tuple[str, int, str]]:
    """Who has a table of this name, where in the list, and what its rows are."""
    return [(owner, place, _kind(kind)) for owner, place, kind in tables.places_of(name)]


@cache
def _text_of(module: str) -> str:
    try:
        return hash_of(inspect.getsource(sys.modules[module]))
    except (OSError, TypeError, KeyError):
        raise Untold(f"the text of {module}") from None


@cache
def _kind(kind: Any) -> str:
    return hash_of(str(kind))
