"""The compiled model, got ready before the first run."""

from collections.abc import Callable


def compile_engine(tell: Callable[[str], None]) -> None:
    """Load the compiled model; `tell` that it has to be compiled first, if it has."""
    from simulation import engine

    if not engine.is_compiled():
        tell("Compiling the model, which takes about a minute and is done once.")
    engine.compile_engine()
