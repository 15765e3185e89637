"""How behaviour becomes fast: one decorator that compiles a function and keeps the machine code for other processes.

Machine code is found again by what it was made of (`made_of`), in the user's folder for caches (`code_shelf`), together
with the code of each rule in it, which serves again after an edit of another rule (`ingredients`).
"""

import hashlib
import pickle
import re
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property, update_wrapper
from pathlib import Path
from typing import Any

import llvmlite.binding as llvm
from numba import types
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, CompileResult, DefaultPassBuilder
from numba.core.compiler_lock import global_compiler_lock
from numba.core.compiler_machinery import AnalysisPass, register_pass
from numba.core.registry import CPUDispatcher, cpu_target
from numba.core.runtime.nrt import rtsys
from numba.core.serialize import dumps
from numba.core.typed_passes import IRLegalization

import scenarios
from simulation import made_of, plain
from simulation.code_shelf import Shelf
from simulation.ingredients import Collection, Packing, Pantry, Question, Stored, names_alone


def _fingerprint() -> str:
    """Sixteen hex digits that change when any file of the model or of its declarations changes."""
    digest = hashlib.sha256()
    for package in (Path(__file__).parent, Path(scenarios.__file__).parent):
        for file in sorted(package.rglob("*.py")):
            digest.update(file.relative_to(package.parent).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()[:16]


FINGERPRINT = _fingerprint()
"""Identity of the model's code and declarations; a run's identity contains it."""


@cache
def shelf() -> Shelf:
    """Where this process finds and keeps machine code."""
    return Shelf(made_of.tools(cpu_target.target_context.codegen().magic_tuple()))


_pantry = Pantry(shelf)


class _Ingredient(JITCodeLibrary):
    """Code of one function, to go into the functions that call it; never made into machine code on its own."""

    rule: "_Ready | None" = None
    """Whose code it is, once that is compiled."""

    def finalize(self) -> None:
        """Nothing is left to do: whoever takes the code optimises it together with its own."""
        self._finalized = True

    def alone(self) -> Any:
        """This function's code without what it calls."""
        return super()._get_module_for_linking()

    def _get_module_for_linking(self) -> Any:
        """This function's code with all it calls, for a caller that is not ours (compiled by a test, say)."""
        module = self.alone().clone()
        for library in _needed_by(self):
            more = library.alone() if isinstance(library, _Ingredient) else library._get_module_for_linking()
            module.link_in(more, preserve=True)
        return module


class _Whole(JITCodeLibrary):
    """Code of a function called from Python, with that of every function it needs."""

    def finalize(self) -> None:
        """Take in all ingredients, then optimise and make machine code, once."""
        own = {one.name for one in self._final_module.functions if not one.is_declaration}
        self.needed = needed = _needed_by(self)
        for library in needed:
            if isinstance(library, _Ingredient):
                self._final_module.link_in(library.alone(), preserve=True)
        for function in self._final_module.functions:
            if not (function.is_declaration or function.name in own):
                function.linkage = "private"  # called from here only: the optimiser may fit it to its callers
        self._linking_libraries = [library for library in needed if not isinstance(library, _Ingredient)]
        super().finalize()

    def serialize_using_object_code(self) -> tuple[str, str, tuple[bytes, bytes]]:
        """Machine code, and of what it was made from only the names: nobody puts it into a function of his own."""
        self._ensure_finalized()
        return self.name, "object", (self._get_compiled_object(), names_alone(self._final_module))


def _needed_by(library: JITCodeLibrary) -> list[JITCodeLibrary]:
    """All libraries a library needs, callers before those they call: code nobody has asked for yet is left out."""
    needed = dict.fromkeys(library._linking_libraries)
    waiting = list(needed)
    for one in waiting:
        if isinstance(one, _Ingredient):
            further = [other for other in dict.fromkeys(one._linking_libraries) if other not in needed]
            waiting += further
            needed.update(dict.fromkeys(further))
    return waiting


@register_pass(mutates_CFG=False, analysis_only=True)
class _ChooseLibrary(AnalysisPass):
    """Decides what kind of code a function becomes, before any is written."""

    _name = "choose_library"

    def __init__(self) -> None:
        super().__init__()

    def run_pass(self, state: Any) -> bool:
        """Give the compiler the library to write to."""
        kind = _Ingredient if state.flags.no_cpython_wrapper else _Whole
        if kind is _Ingredient:  # callers that were compiled in another process know it by this name
            state.func_ir.func_id.unique_id = made_of.hash_of(_under_way[-1][0])[:12]
        state.library = kind(state.targetctx.codegen(), state.func_id.func_qualname)
        state.library.enable_object_caching()
        state.flags.no_compile = kind is _Ingredient
        return False


class _Compiler(CompilerBase):
    """Numba's usual compiler, with our choice of library."""

    def define_pipelines(self) -> list[Any]:
        """Return the passes in order."""
        passes = DefaultPassBuilder.define_nopython_pipeline(self.state)
        passes.add_pass_after(_ChooseLibrary, IRLegalization)
        passes.finalize()
        return [passes]


@dataclass(frozen=True)
class _Ready:
    """A function compiled for certain types, for compiled callers; `own` is None if it cannot be told what it is."""

    name: str
    own: str | None
    descriptor: Any
    signature: Any
    library: _Ingredient
    asked: list[Question]
    objectmode: bool = False


class _Function(CPUDispatcher):
    """A function of one version: a number arrives in 8 bytes, from whatever column or constant it comes.

    Numba would compile a version for each kind of whole number, float, enum and constant it is called with.
    """

    def __init__(self, function: Callable[..., Any], name: str, is_inner: bool) -> None:
        options = {"nopython": True, "error_model": "numpy", "no_cfunc_wrapper": True, "no_cpython_wrapper": is_inner}
        options |= {"forceinline": is_inner and name.endswith(_IN_PLACE)}
        super().__init__(function, targetoptions=options, pipeline_class=_Compiler)
        self.name = name

    def compile(self, signature: Any) -> Any:
        """Compile for these types, widened."""
        args = tuple(_widened(kind) for kind in signature)
        if args not in self.overloads:
            with global_compiler_lock, self._compiling_counter:
                self.add_overload(self.got_ready(args))
        return args


class _Inner(_Function):
    """A function as compiled functions call it."""

    recipe: made_of.Told | None = None
    """What it is made of, from its first compilation on."""

    def got_ready(self, args: tuple[Any, ...]) -> _Ready:
        """The code for these types: that of an earlier process, if it was made of the same."""
        with suppress(made_of.Untold):
            self.recipe = self.recipe or made_of.tell(self.py_func)
        asked: list[Question] = []
        _under_way.append((self.name, asked))
        try:
            found = self.recipe and _pantry.find(self.name, args, self.recipe.own)
            rule = found and self._revived(*found)
            if not rule:
                asked.clear()
                made = self._compiler.compile(args, None)
                if self.name.endswith(_APART):
                    code = made.library._final_module.get_function(made.fndesc.llvm_func_name)
                    code.add_function_attribute("noinline")
                own = self.recipe.own if self.recipe else None
                rule = _Ready(self.name, own, made.fndesc, made.signature, made.library, list(dict.fromkeys(asked)))
                made.fndesc.typemap = made.fndesc.calltypes = None  # large, and needed no more
        finally:
            _under_way.pop()
        rule.library.rule = rule
        return rule

    def compile(self, signature: Any) -> Any:
        """Compile for these types, widened; whoever is being compiled has asked for the type that is returned."""
        args = super().compile(signature)
        if _under_way:
            _under_way[-1][1].append(Question(self.name, args, self.overloads[args].signature.return_type))

    def _revived(self, stored: Stored, collection: Collection) -> _Ready | None:
        """A rule from an earlier process, if all it calls still returns the same types."""
        calls = {name: called.inner for name, called in self.recipe.calls.items()}  # type: ignore[union-attr]
        for name, args, answer in stored.asked:
            if name not in calls:
                return None
            calls[name].compile(args)
            if calls[name].overloads[args].signature.return_type != answer:
                return None
        codegen = self.targetctx.codegen()
        library = _Ingredient(codegen, stored.descriptor.qualname)
        library._final_module, library._finalized = llvm.parse_bitcode(stored.code), True
        for kind, *which in stored.links:
            if kind == "rule":
                library._linking_libraries.append(calls[which[0]].overloads[which[1]].library)
            else:
                other = rtsys.library if kind == "runtime" else collection.library(which[0], codegen)
                library._linking_libraries.append(other)
        return _Ready(self.name, stored.own, stored.descriptor, stored.signature, library, stored.asked)

    def add_overload(self, rule: _Ready) -> None:
        """Make the code known to callers."""
        self.overloads[rule.signature.args] = rule
        self.targetctx.insert_user_function(rule.library, rule.descriptor, [rule.library])

    def get_overload(self, signature: Any) -> Any:
        """What Numba knows the code by."""
        return self.overloads[signature].library


_under_way: list[tuple[str, list[Question]]] = []
"""The rules that are being compiled, from the outermost in, and what each has asked of others."""


class Rule:
    """A compiled function: callable from Python and from other compiled functions. Numba sees it once it is called."""

    is_rule = True

    def __init__(self, function: Callable[..., Any], name: str) -> None:
        update_wrapper(self, function)
        self.py_func, self.name = function, name

    @cached_property
    def inner(self) -> _Inner:
        """The function as compiled functions call it."""
        return _Inner(self.py_func, self.name, is_inner=True)

    @cached_property
    def outer(self) -> "_Outer":
        """The function as Python calls it."""
        return _Outer(self)

    @property
    def _numba_type_(self) -> types.Dispatcher:
        return self.inner._numba_type_

    def __call__(self, *args: Any) -> Any:
        """Compile it for such arguments if need be, and call it."""
        return self.outer(*args)

    def __reduce__(self) -> str:
        return self.__qualname__  # type: ignore[no-any-return]  # by name, as functions are

    def __repr__(self) -> str:
        return f"<rule {self.name}>"


class _Outer(_Function):
    """A function as Python calls it."""

    def __init__(self, rule: Rule) -> None:
        super().__init__(rule.py_func, rule.name, is_inner=False)
        self._rule = rule

    def compile(self, signature: Any) -> Any:
        """Compile for these types, widened, and return what Python calls."""
        return self.overloads[super().compile(signature)].entry_point

    def got_ready(self, args: tuple[Any, ...]) -> CompileResult:
        """The machine code for these types: from the shelf, or compiled while others wait for it."""
        file = self._file()
        if file is None:
            return self._compiler.compile(args, None)
        file = f"{file}-{made_of.hash_of(str(args))[:16]}"
        result = self._from_shelf(file)
        if result is None:
            with shelf().alone():
                result = self._from_shelf(file) or self._made(args, file)
        return result

    def intermediate_code(self, args: tuple[Any, ...]) -> tuple[str, str]:
        """LLVM's intermediate code for these types, for another kind of machine, and the function's name in it."""
        made = self._made(args, f"{self._file()}-{made_of.hash_of(str(args))[:16]}")
        return made.library.get_llvm_str(), made.fndesc.llvm_func_name

    def is_kept(self) -> bool:
        """Whether machine code of this version is on the shelf."""
        file = self._file()
        return file is not None and bool(shelf().newest(file, ".code"))

    def _file(self) -> str | None:
        """How the names of its files begin; None if it cannot be told what it is made of."""
        try:
            return f"{self._file_name()}{made_of.tell_all(self._rule, self._told_as_called)[:16]}"
        except made_of.Untold:
            return None

    def _told_as_called(self, rule: Rule) -> made_of.Told:
        """What a rule is made of, or was when it was compiled for callers."""
        known = None if rule is self._rule or "inner" not in vars(rule) else rule.inner.recipe
        return known or made_of.tell(rule.py_func)

    def _file_name(self) -> str:
        return f"{re.sub(r'[^A-Za-z0-9_.]+', '_', self.name)[-80:]}-"

    def _from_shelf(self, file: str) -> CompileResult | None:
        content = shelf().read(f"{file}.code")
        if content is None:
            return None
        rtsys.initialize(self.targetctx)  # all that code needs to run; what compiling needs is loaded later
        return CompileResult._rebuild(self.targetctx, *pickle.loads(content))

    def _made(self, args: tuple[Any, ...], file: str) -> CompileResult:
        _pantry.look_into(self._file_name())
        made = self._compiler.compile(args, None)
        if not made.library.has_dynamic_globals:
            packing = Packing()
            for library in made.library.needed:
                if isinstance(library, _Ingredient) and library.rule and library.rule.own:
                    packing.add(library.rule)
            shelf().write(f"{file}.parts", packing.content())
            shelf().write(f"{file}.code", dumps(made._reduce()))
            for end in (".code", ".parts"):
                shelf().clear(self._file_name(), end)
        return made


def _widened(kind: types.Type) -> types.Type:
    kind = types.unliteral(kind)
    if isinstance(kind, types.IntEnumMember) or (isinstance(kind, types.Integer) and kind.signed):
        return types.int64
    return types.float64 if isinstance(kind, types.Float) else kind


def compiled(function: Callable[..., Any]) -> Any:
    """Compile `function` on its first call and keep the machine code for later processes.

    Division by zero gives infinity as in NumPy; arithmetic is never reordered, so results are the same to the last bit
    wherever the function is called from. With REVENUE_TOGETHER_PLAIN=1 the function stays Python (`simulation.plain`).
    """
    return _rule(function)


def in_place(function: Callable[..., Any]) -> Any:
    """Like `compiled`, for what is short and called often: its code stands in its callers', wherever it is called."""
    return _rule(function, _IN_PLACE)


def apart(function: Callable[..., Any]) -> Any:
    """Like `compiled`, for what seldom happens: its code never stands in its callers', which stay short."""
    return _rule(function, _APART)


def _rule(function: Callable[..., Any], place: str = "") -> Any:
    if plain.PLAIN:
        return plain.as_rule(function)
    name = f"{function.__module__}.{function.__qualname__}{made_of.given_to(function)}{place}"
    _made_of_name[name] += 1
    return Rule(function, name if _made_of_name[name] == 1 else f"{_made_of_name[name]}#{name}")


_IN_PLACE, _APART, _made_of_name = " in place", " apart", Counter[str]()  # ends of names: it is another code


def one_after_another(first: Any, *others: Any) -> Any:
    """One compiled function of a company and a day that calls these, in order; for compiled callers."""
    if not others:
        return first
    then = one_after_another(*others)

    @compiled
    def both(company, today):  # type: ignore[no-untyped-def]
        first(company, today)
        then(company, today)

    return both
