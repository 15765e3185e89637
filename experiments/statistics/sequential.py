"""When to stop: runs in batches until the gap between the best two variants is known well enough.

Looking again and again and stopping when the result *pleases* makes intervals lie. So the rule never looks at whether
the gap excludes zero, only at how wide its interval is; it starts with a minimum of runs, and it asks Student's and the
bootstrap interval both to be narrow enough. `tests/theory/test_intervals.py` measures what coverage is left after it.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from experiments.statistics.paired import N_RESAMPLES, Difference, Values, difference, runs_for_half_width, standings
from scenarios.input_errors import InputError, check_least


@dataclass(frozen=True, slots=True)
class Precision:
    """Stop when the interval of best minus second best is at most `share` of the second's mean either side.

    `fewest` runs are made before the first look; `most` is where it ends, reached or not.
    """

    share: float
    fewest: int = 50
    most: int = 2000

    @classmethod
    def parse(cls, wish: str | float) -> Self:
        """`2%`, `2 %` or `0.02`; raises InputError."""
        text = str(wish).strip()
        try:
            share = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
        except ValueError:
            raise InputError(f'a precision is written like 2%, not "{wish}"') from None
        return cls(share)

    def __post_init__(self) -> None:
        if not 0 < self.share < 1:
            raise InputError(f"a precision is a share between 0 and 1, not {self.share}")
        if not 2 <= self.fewest <= self.most:
            raise InputError(f"runs must be at least 2 and at most {self.most}, not {self.fewest}")


@dataclass(frozen=True, slots=True)
class Look:
    """What one look found: the two leading variants, their gap, and its half-width as a share of the second's mean."""

    n_runs: int
    best: str
    second: str
    gap: Difference
    half_width_share: float
    is_reached: bool


USUAL_RUNS = 200


def settled_runs(runs: int | None, precision: Precision | None, usual: int = USUAL_RUNS) -> int | None:
    """How many runs, None where a precision decides; as `usual` if nobody says. Raises InputError where both are."""
    if precision is not None and runs is not None:
        raise InputError("give either --precision or --runs: the first decides the number of runs itself")
    if precision is not None:
        return None
    runs = usual if runs is None else runs
    check_least("runs", runs, 1)
    return runs


def look(variants: Mapping[str, Values], precision: Precision, *, n_resamples: int = N_RESAMPLES) -> Look:
    """Judge the runs so far; needs at least two variants, one value per common world each."""
    first, runner_up = standings(variants, n_resamples=1)[:2]
    gap = difference(variants[first.variant], variants[runner_up.variant], n_resamples=n_resamples)
    n_runs = len(variants[first.variant])
    scale = abs(runner_up.mean.mean)
    share = max(gap.interval.half_width, gap.bootstrap.half_width) / scale if scale > 0 else math.inf
    is_reached = n_runs >= precision.fewest and share <= precision.share  # an unknown (NaN) share is not reached
    return Look(n_runs, first.variant, runner_up.variant, gap, share, is_reached)


def next_batch(seen: Look, precision: Precision) -> int:
    """How many more runs of every variant before the next look: 0 to stop, at most as many again as there are."""
    left = precision.most - seen.n_runs
    if seen.is_reached or left <= 0:
        return 0
    if math.isfinite(seen.half_width_share) and seen.half_width_share > 0:
        wanted = runs_for_half_width(
            seen.gap.sd, seen.gap.interval.half_width * precision.share / seen.half_width_share
        )
        more = wanted - seen.n_runs
    else:
        more = seen.n_runs
    return min(left, max(more, precision.fewest // 5, 1), max(seen.n_runs, 1))
