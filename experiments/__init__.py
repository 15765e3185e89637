"""What we ask: `from experiments import compare, what_if, roadmap, sweep, sensitivity, market_map, discover, ...`.

    result = compare("small_firm", runs=50)   # arguments as on the command line
    result                                    # shows itself, also in a notebook
    result.runs                               # every run: seed, inputs, outcomes
    result.report("report.html")

Each question is loaded when it is first used.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    compare: Callable[..., Any]
    brief: Callable[..., Any]
    what_if: Callable[..., Any]
    roadmap: Callable[..., Any]
    sweep: Callable[..., Any]
    sensitivity: Callable[..., Any]
    market_map: Callable[..., Any]
    discover: Callable[..., Any]
    ensemble: Callable[..., Any]
    assess: Callable[..., Any]
    optimise: Callable[..., Any]
    calibrate: Callable[..., Any]
    validate: Callable[..., Any]
    new: Callable[..., Any]
    lead_history: Callable[..., Any]
    agreement: Callable[..., Any]

__all__ = [
    "agreement",
    "assess",
    "brief",
    "calibrate",
    "compare",
    "discover",
    "ensemble",
    "lead_history",
    "market_map",
    "new",
    "optimise",
    "roadmap",
    "sensitivity",
    "sweep",
    "validate",
    "what_if",
]


def __getattr__(name: str) -> Any:
    """The function that asks a question."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from experiments.front_door import asking

    function = asking(name)
    globals()[name] = function
    return function


def __dir__() -> list[str]:
    return [*globals(), *__all__]
