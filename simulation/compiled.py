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
from numba.core.registry import CPUDispatcher

import scenarios


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


class _CompiledOnce(CPUDispatcher):
    """A compiled function of one version: a number arrives in 8 bytes, from whatever column or constant it comes.

    Numba would compile a version for each kind of whole number, float, enum and constant it is called with.
    """

    def compile(self, signature: Any) -> Any:
        """Compile for these types, widened."""
        return super().compile(tuple(_widened(kind) for kind in signature))


def _widened(kind: types.Type) -> types.Type:
    kind = types.unliteral(kind)
    if isinstance(kind, types.IntEnumMember) or (isinstance(kind, types.Integer) and kind.signed):
        return types.int64
    return types.float64 if isinstance(kind, types.Float) else kind


def compiled(function: Callable[..., Any]) -> Any:
    """Compile `function` on its first call and keep the machine code for later processes.

    Division by zero gives infinity as in NumPy; arithmetic is never reordered, so results are the same to the last bit
    wherever the function is called from.
    """
    own = config.CACHE_DIR
    config.CACHE_DIR = str(_SHELF)
    try:
        fast = _CompiledOnce(function, targetoptions={"nopython": True, "error_model": "numpy", "no_cfunc_wrapper": True})
        fast.enable_caching()
        return fast
    finally:
        config.CACHE_DIR = own
