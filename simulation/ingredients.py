"""Code of single rules, kept between processes: after an edit only what the edit touched goes through the compiler.

A rule's code serves again if the rule is what it was and the rules it calls still return the same types; each of those
is found here, or compiled, on its own. Then the whole is optimised anew, as that reaches across rules.

Types are written down once for all rules of a file: that of a company takes more room than the code of ten rules.
"""

import io
import itertools
import os
import pickle
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import llvmlite.binding as llvm
from numba import types
from numba.core.bytecode import FunctionIdentity
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import lookup_environment
from numba.core.runtime.nrt import rtsys
from numba.core.serialize import NumbaPickler, dumps

from simulation.code_shelf import Shelf
from simulation.made_of import hash_of

_NEWEST = 3  # collections to look into: enough for one who goes to and fro between two versions
_HIDDEN = ("private", "internal")
_DYNAMIC, _ENVIRONMENT = "numba.dynamic.globals", "_ZN08NumbaEnv"


def _count_anew() -> None:
    """Numba numbers what it compiles, and the number is part of its name; here code of several processes meets."""
    FunctionIdentity._unique_ids = itertools.count(int.from_bytes(os.urandom(6)))


_count_anew()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_count_anew)


class Question(NamedTuple):
    """What the compiler asked while it worked on a rule: the type another rule returns for these arguments."""

    name: str
    args: tuple[Any, ...]
    answer: Any


@dataclass(frozen=True)
class Stored:
    """A rule's code, with what it was made of. `links` says in order what has to be linked to it."""

    own: str
    descriptor: Any
    signature: Any
    code: bytes
    asked: list[Question]
    links: list[tuple[Any, ...]]


class Library(JITCodeLibrary):
    """Code of Numba's own that a rule needs, from an earlier process."""

    def __init__(self, codegen: Any, name: str, code: bytes) -> None:
        super().__init__(codegen, name)
        self._shared_module, self._finalized = llvm.parse_bitcode(code), True


class Collection:
    """The rules that one function called from Python took in, as they were found in a file."""

    def __init__(self, content: bytes) -> None:
        self._libraries, self._rules, kinds = pickle.loads(content)
        self._kinds: list[types.Type] = pickle.loads(kinds)
        self._made: dict[int, Library] = {}

    def rule(self, name: str, args: tuple[Any, ...]) -> Stored | None:
        """What is stored of a rule for these arguments."""
        found = self._rules.get(key_of(name, args))
        return None if found is None else _WithTypes(io.BytesIO(found), self._kinds).load()

    def library(self, number: int, codegen: Any) -> Library:
        """One of the libraries that rules link to."""
        if number not in self._made:
            self._made[number] = Library(codegen, *self._libraries[number])
        return self._made[number]


def key_of(name: str, args: Iterable[Any]) -> str:
    """Under which a rule for these arguments is found."""
    return f"{name} {hash_of(str(tuple(map(str, args))))}"


class Pantry:
    """All collections of this process, newest first; each file is read once."""

    def __init__(self, shelf: Callable[[], Shelf]) -> None:
        self._shelf, self._collections = shelf, dict[str, Collection]()

    def look_into(self, name: str) -> None:
        """Have the newest collections of a function called from Python at hand."""
        for file in self._shelf().newest(name, ".parts")[:_NEWEST]:
            if file not in self._collections and (content := self._shelf().read(file)) is not None:
                self._collections[file] = Collection(content)

    def find(self, name: str, args: tuple[Any, ...], own: str) -> tuple[Stored, Collection] | None:
        """A rule that was made of the same, if there is one."""
        for collection in self._collections.values():
            if (stored := collection.rule(name, args)) is not None and stored.own == own:
                return stored, collection
        return None


class _WithoutTypes(NumbaPickler):  # type: ignore[misc]
    """Writes something down with numbers in place of types; `kinds` grows by those it meets."""

    def __init__(self, file: Any, kinds: dict[int, tuple[int, types.Type]]) -> None:
        super().__init__(file, protocol=pickle.HIGHEST_PROTOCOL)
        self._kinds = kinds

    def persistent_id(self, one: Any) -> int | None:
        """The number of a type; None for all else."""
        return self._kinds.setdefault(id(one), (len(self._kinds), one))[0] if isinstance(one, types.Type) else None


class _WithTypes(pickle.Unpickler):
    """Reads it again."""

    def __init__(self, file: Any, kinds: list[types.Type]) -> None:
        super().__init__(file)
        self._kinds = kinds

    def persistent_load(self, number: int) -> types.Type:
        """The type of that number."""
        return self._kinds[number]


class Packing:
    """Puts rules into one file."""

    def __init__(self) -> None:
        self._libraries, self._rules = dict[Any, int](), dict[str, bytes]()
        self._kinds = dict[int, tuple[int, types.Type]]()  # by id: a type is held, so that its id stays its own

    def add(self, rule: Any) -> None:
        """A compiled rule, unless its code only serves this process."""
        library = rule.library
        links = [self._link(one) for one in dict.fromkeys(library._linking_libraries)]
        if None in links or not _serves_others(library._final_module):
            return
        code = library._final_module.as_bitcode()
        stored = Stored(rule.own, rule.descriptor, rule.signature, code, rule.asked, links)
        file = io.BytesIO()
        _WithoutTypes(file, self._kinds).dump(stored)
        self._rules[key_of(rule.name, rule.signature.args)] = file.getvalue()

    def content(self) -> bytes:
        """The file."""
        libraries = [(one.name, one._get_module_for_linking().as_bitcode()) for one in self._libraries]
        return pickle.dumps((libraries, self._rules, dumps([kind for _, kind in self._kinds.values()])))

    def _link(self, library: Any) -> tuple[Any, ...] | None:
        """How a link is written down; None for one that cannot be."""
        if library is rtsys.library:
            return ("runtime",)
        if getattr(library, "rule", None) is not None:
            return "rule", library.rule.name, library.rule.signature.args
        if (
            hasattr(library, "alone")
            or getattr(library, "_reload_init", None)
            or not _serves_others(library._get_module_for_linking())
        ):
            return None
        return "library", self._libraries.setdefault(library, len(self._libraries))


def names_alone(module: Any) -> bytes:
    """Code that defines what a module defines for others, and does nothing."""
    functions = [one.name for one in module.functions if not one.is_declaration and one.linkage.name not in _HIDDEN]
    places = [one.name for one in module.global_variables if one.name.startswith(_ENVIRONMENT)]
    lines = [f'define void @"{name}"() {{ ret void }}' for name in functions]
    lines += [f'@"{name}" = common global i64 0' for name in places]
    return llvm.parse_assembly("\n".join(lines)).as_bitcode()  # type: ignore[no-any-return]


def _serves_others(module: Any) -> bool:
    """Whether code holds no address and no object of this process."""
    for name in (one.name for one in module.global_variables):
        environment = lookup_environment(name) if name.startswith(_ENVIRONMENT) else None
        if name.startswith(_DYNAMIC) or (environment is not None and environment.consts):
            return False
    return True
