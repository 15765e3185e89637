"""How behaviour becomes fast: one decorator that compiles a function and keeps the machine code on disk.

Numba looks only at a function's own file to see whether its stored machine code is out of date. Our functions call
each other across files, so the code is kept in a folder named after a fingerprint of the whole package instead.
"""

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from numba import config, types
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import AnalysisPass, register_pass
from numba.core.registry import CPUDispatcher
from numba.core.typed_passes import IRLegalization

import scenarios
from simulation import plain


def _fingerprint() -> str:
    """Sixteen hex digits that change when any file of the model or of its declarations changes."""
    digest = hashlib.sha256()
    for package in (Path(__file__).parent, Path(scenarios.__file__).parent):
        for file in sorted(package.rglob("*.py")):
            digest.update(file.relative_to(package.parent).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


FINGERPRINT = _fingerprint()
"""Identity of the model's code and declarations; a run's identity contains it."""

_SHELF = Path(config.CACHE_DIR or Path(__file__).parent / "__pycache__") / f"compiled-{FINGERPRINT}"


def clear_old_code() -> None:
    """Remove machine code of earlier versions of this package, unless the user keeps Numba's cache elsewhere."""
    if config.CACHE_DIR:
        return
    for folder in _SHELF.parent.glob("compiled-*"):
        if folder != _SHELF:
            shutil.rmtree(folder, ignore_errors=True)


def is_on_disk() -> bool:
    """Whether the days of this version have been compiled before, or need not be, so that loading takes a moment."""
    return plain.PLAIN or any(_SHELF.rglob("*live_days-*.nbi"))


class _Ingredient(JITCodeLibrary):
    """Code of one function, to go into the functions that call it; never made into machine code on its own."""

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
        needed, own = _needed_by(self), {one.name for one in self._final_module.functions if not one.is_declaration}
        for library in needed:
            if isinstance(library, _Ingredient):
                self._final_module.link_in(library.alone(), preserve=True)
        for function in self._final_module.functions:
            if not (function.is_declaration or function.name in own):
                function.linkage = "private"  # called from here only: the optimiser may fit it to its callers
        self._linking_libraries = [library for library in needed if not isinstance(library, _Ingredient)]
        super().finalize()


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


class _Function(CPUDispatcher):
    """A function of one version: a number arrives in 8 bytes, from whatever column or constant it comes.

    Numba would compile a version for each kind of whole number, float, enum and constant it is called with.
    """

    def __init__(self, function: Callable[..., Any], is_inner: bool) -> None:
        options = {"nopython": True, "error_model": "numpy", "no_cfunc_wrapper": True, "no_cpython_wrapper": is_inner}
        super().__init__(function, targetoptions=options, pipeline_class=_Compiler)

    def compile(self, signature: Any) -> Any:
        """Compile for these types, widened."""
        return super().compile(tuple(_widened(kind) for kind in signature))


class _Inner(_Function):
    """A function as compiled functions call it."""

    def add_overload(self, result: Any) -> None:
        """Make the code known to callers."""
        self.overloads[result.signature.args] = result
        self.targetctx.insert_user_function(result.library, result.fndesc, [result.library])

    def get_overload(self, signature: Any) -> Any:
        """Return what Numba knows the code by."""
        return self.overloads[signature].library


class _Outer(_Function):
    """A function as Python calls it; compiled callers get the inner one."""

    def __init__(self, function: Callable[..., Any]) -> None:
        super().__init__(function, is_inner=False)
        self._inner = _Inner(function, is_inner=True)
        self.enable_caching()

    def get_call_template(self, args: Any, kws: Any) -> Any:
        """Return types for a compiled caller."""
        return self._inner.get_call_template(args, kws)

    def get_overload(self, signature: Any) -> Any:
        """Return code for a compiled caller."""
        return self._inner.get_overload(signature)


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
    if plain.PLAIN:
        return plain.as_rule(function)
    own = config.CACHE_DIR
    config.CACHE_DIR = str(_SHELF)
    try:
        return _Outer(function)
    finally:
        config.CACHE_DIR = own


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
