"""What exponentials, logarithms and powers of our own cost, beside those of the C library that `math` calls.

`python -m benchmarks.elementary` prints the table. The two are timed in turns in one process: ratios stay, times belong
to the machine. A chain of calls waits for each result before the next, as most rules do; a stream of calls does not.
"""

import math
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from numba import njit

from simulation import elementary

_N = 100_000
_TIMES = 15
Figure = tuple[str, float, str]


def figures(times: int = _TIMES) -> list[Figure]:
    """The measurement as lines of the benchmark: (what, value, unit)."""
    lines: list[Figure] = []
    for name, (library, *given) in _cases().items():
        own = getattr(elementary, name)
        for kind in ("stream", "chain"):
            ours, theirs = _least_ns([_calls(function, kind) for function in (own, library)], given, times)
            lines += [
                (f"{name}, a {kind} of calls", ours, "ns"),
                (f"{name}, a {kind} of calls, against the library", ours / theirs, "x"),
            ]
    return lines


def _cases() -> dict[str, tuple[Any, ...]]:
    """For each function the library's and arguments as rules give them."""
    luck = np.random.default_rng(0)
    share, count = luck.uniform(0.0, 1.0, _N), luck.uniform(0.0, 4.0, _N)
    return {
        "exp": (njit(lambda x: math.exp(x)), -5.0 * share),
        "expm1": (njit(lambda x: math.expm1(x)), -share),
        "exp2": (njit(lambda x: 0.5**-x), -5.0 * share),
        "log": (njit(lambda x: math.log(x)), share),
        "log1p": (njit(lambda x: math.log1p(x)), share),
        "sin": (njit(lambda x: math.sin(x)), 6.0 * share),
        "cos": (njit(lambda x: math.cos(x)), 6.0 * share),
        "power": (njit(lambda a, b: a**b), share, count),
        "whole_power": (njit(lambda a, b: a**b), share, count.astype(np.int64)),
    }


def _calls(function: Any, kind: str) -> Callable[..., float]:
    """A compiled loop that calls a function once for each of the arguments."""
    chained = 1e-300 if kind == "chain" else 0.0

    @njit(error_model="numpy")  # type: ignore[untyped-decorator,unused-ignore]
    def one(xs: np.ndarray) -> float:
        """Of one argument."""
        result, total = 0.0, 0.0
        for place in range(xs.shape[0]):
            result = function(xs[place] + chained * result if chained > 0.0 else xs[place])
            total += result
        return total

    @njit(error_model="numpy")  # type: ignore[untyped-decorator,unused-ignore]
    def two(xs: np.ndarray, ys: np.ndarray) -> float:
        """Of two arguments."""
        result, total = 0.0, 0.0
        for place in range(xs.shape[0]):
            result = function(xs[place] + chained * result if chained > 0.0 else xs[place], ys[place])
            total += result
        return total

    return lambda *given: one(*given) if len(given) == 1 else two(*given)


def _least_ns(loops: list[Callable[..., float]], given: list[Any], times: int) -> list[float]:
    """Nanoseconds a call of each loop at its fastest, the loops in turns."""
    taken: list[list[float]] = [[] for _ in loops]
    for loop in loops:
        loop(*given)
    for _ in range(times):
        for place, loop in enumerate(loops):
            began = time.perf_counter()
            loop(*given)
            taken[place].append(time.perf_counter() - began)
    return [1e9 * min(one) / _N for one in taken]


if __name__ == "__main__":
    for what, value, unit in figures():
        print(f"{what:<50} {value:10.3g} {unit}")
