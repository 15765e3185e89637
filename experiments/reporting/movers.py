"""What moved in the funnel, and how many more runs would tell: sentences that several questions say."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from experiments.statistics.paired import Difference, Values, runs_to_tell_apart
from experiments.wording.language import say
from experiments.wording.numbers import amount, joined, more_runs, name_of
from simulation.outcomes import OUTCOMES

DRIVERS = (
    "share_never_worked",
    "response_h_median",
    "win_rate",
    "cycle_days_median",
    "retention",
    "discount_mean",
    "selling_share",
    "share_reps_at_quota",
)
"""Outcomes that explain money: rates and times along the funnel, not the counts and sums that follow from them."""
_MOST_GOOD, _MOST_BAD = 3, 1


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


def movers(effects: pd.DataFrame) -> tuple[list[str], list[str]]:
    """The drivers that clearly changed most for the better and for the worse, the largest relative change first.

    `effects` is an `effects_table`. Each in words: `win rate 18.0 % → 24.1 %`.
    """
    effects = effects.set_index("outcome")
    clear = effects[effects["is_clear"] & effects.index.isin(DRIVERS)]
    ratio = (
        (clear["change"] / clear["before"].abs().clip(lower=1e-12)).abs().sort_values(ascending=False, kind="stable")
    )
    is_good = (clear["change"] > 0) == (clear["better"] == "up")
    good = [name for name in ratio.index if is_good[name]][:_MOST_GOOD]
    bad = [name for name in ratio.index if not is_good[name]][:_MOST_BAD]
    return [_move(clear, str(name)) for name in good], [_move(clear, str(name)) for name in bad]


def runs_left(gap: Difference) -> str:
    """How many more runs would probably settle it."""
    needed = runs_to_tell_apart(gap.mean, gap.sd)
    if needed is None:
        return say("for every practical purpose the two earn the same")
    more = max(needed - gap.n, gap.n // 2, 1)  # the observed gap is itself uncertain: never promise a handful
    return say("about {n} more runs would probably settle it", n=more_runs(more))


def _move(effects: pd.DataFrame, name: str) -> str:
    unit = str(effects["unit"][name])
    before, after = (amount(effects[column][name], unit) for column in ("before", "after"))
    return f"{name_of(name)} {joined(before, after, ' → ')}"
