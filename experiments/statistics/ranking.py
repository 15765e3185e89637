"""Ranking where small differences do not matter: who is good enough, and when is it settled who is best.

An indifference zone is the difference that nobody would change anything for. Variants meet the same worlds (run k of
each has the same seed), higher is better.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from experiments.statistics.paired import LEVEL, N_RESAMPLES, Values, resampled_means

SURE = 0.95
"""Chance to be good enough from which on it counts as settled."""


@dataclass(frozen=True, slots=True)
class Selected:
    """Where a sequential selection stands: the variants still in the race, best mean first.

    `n_worlds` is how many worlds it took to settle it, or all there are if it is not settled.
    """

    left: tuple[str, ...]
    n_worlds: int

    @property
    def is_settled(self) -> bool:
        """Whether one is left: it is best, or within the indifference zone of the best, with the level asked."""
        return len(self.left) == 1


def good_enough(
    variants: Mapping[str, Values], indifference: float, *, n_resamples: int = N_RESAMPLES
) -> dict[str, float]:
    """For each variant the probability that its true mean is within `indifference` of the highest.

    With an indifference of 0 it is the probability to be best (ties count for all). Worlds in which a variant is
    unknown (NaN) are left out for all. Raises ValueError for a negative indifference.
    """
    if indifference < 0:
        raise ValueError(f"an indifference zone is 0 or wider, not {indifference}")
    table = np.column_stack(list(variants.values()))
    known = table[~np.isnan(table).any(axis=1)]
    if not known.shape[0]:
        return dict.fromkeys(variants, math.nan)
    centre = known.mean(axis=0)
    means = centre + resampled_means(known - centre, n_resamples)
    is_near = means >= means.max(axis=1, keepdims=True) - indifference
    return {variant: float(share) for variant, share in zip(variants, is_near.mean(axis=0), strict=True)}


def select(variants: Mapping[str, Values], indifference: float, *, first: int = 20, level: float = LEVEL) -> Selected:
    """Look at the worlds one by one and drop variants that are clearly worse, by the procedure of Kim and Nelson.

    If the best is better than all others by `indifference` or more, it is the one left with a probability of at least
    `level`, however often one looks; common worlds make it quicker. The first look comes after `first` worlds.
    Kim and Nelson (2001), ACM TOMACS 11(3), with c = 1. Raises ValueError unless `indifference` is positive, and below
    two worlds at the first look.
    """
    if not indifference > 0:
        raise ValueError(f"an indifference zone must be positive to select by, not {indifference}")
    if first < 2:
        raise ValueError(f"the first look needs at least 2 worlds, not {first}")
    names = list(variants)
    table = np.column_stack([np.asarray(values, dtype=np.float64) for values in variants.values()])
    known = table[~np.isnan(table).any(axis=1)]
    left = list(range(len(names)))
    means = np.cumsum(known, axis=0) / np.arange(1, len(known) + 1)[:, None]
    if len(known) >= first:
        reach = _reach(known[:first], indifference, level)
        for n in range(first, len(known) + 1):
            slack = np.maximum(0.0, reach / n - indifference / 2)  # W / r of the paper
            left = [i for i in left if all(means[n - 1, i] >= means[n - 1, j] - slack[i, j] for j in left)]
            if len(left) == 1:
                return Selected((names[left[0]],), n)
    order = sorted(left, key=lambda i: -means[-1, i]) if len(known) else left
    return Selected(tuple(names[i] for i in order), len(known))


def _reach(begin: Values, indifference: float, level: float) -> Values:
    """h^2 S^2 / (2 delta) for each pair: after n worlds the two may be apart by this / n - delta / 2."""
    n, n_variants = begin.shape
    eta = 0.5 * ((2 * (1 - level) / max(1, n_variants - 1)) ** (-2 / (n - 1)) - 1)
    gaps = begin[:, :, None] - begin[:, None, :]
    return np.asarray(2 * eta * (n - 1) * np.var(gaps, axis=0, ddof=1) / (2 * indifference))
