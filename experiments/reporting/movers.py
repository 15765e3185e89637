"""What moved of all outcomes, and how many more runs would tell: what several questions say."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from experiments.statistics.paired import Difference, Values, runs_to_tell_apart
from experiments.wording.language import say
from experiments.wording.numbers import more_runs
from simulation.outcomes import OUTCOMES


def effects_table(sides: Callable[[str], tuple[Values, Values]], change: Callable[[str], Difference]) -> pd.DataFrame:
    """One row an outcome: mean before and after, the change and its interval in common worlds, whether it is clear.

    For an outcome `sides` gives one number a world, before and after, and `change` their difference.
    """
    rows = []
    for name, outcome in OUTCOMES.items():
        both, gap = sides(name), change(name)
        known = ~np.isnan(both).any(axis=0)
        means = [float(side[known].mean()) if known.any() else np.nan for side in both]
        rows.append((name, outcome.unit, outcome.better, *means, *gap.with_ends, gap.n, gap.is_clear))
    columns = ["outcome", "unit", "better", "before", "after", "change", "low", "high", "n", "is_clear"]
    return pd.DataFrame(rows, columns=columns)


def runs_left(gap: Difference, n_draws: int | None = None) -> str:
    """How many more runs would probably settle it; of `n_draws` of the assumptions no more can be asked for."""
    needed = runs_to_tell_apart(gap.mean, gap.sd)
    if needed is None:
        return say("for every practical purpose the two earn the same")
    if n_draws is not None and needed > n_draws:
        return say("the assumptions, as far as they are known, leave it open")
    more = max(needed - gap.n, gap.n // 2, 1)  # the observed gap is itself uncertain: never promise a handful
    return say("about {n} more runs would probably settle it", n=more_runs(more))
