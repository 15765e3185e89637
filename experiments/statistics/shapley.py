"""Shapley values from sampled orders: what each part is worth on average over all orders of putting them in place.

In every world the parts are put in place one after the other in an order drawn for that world, and once more in the
reversed order (antithetic: what comes early in one comes late in the other, so errors cancel). What a part adds at its
place, averaged over both, is one estimate of its value; the mean over worlds is the estimate, its spread the error.
In every world the parts add up to the whole exactly. After Castro, Gomez and Tejada (2009), Computers & Operations
Research 36(5), and Mitchell, Cooper, Frank and Holmes (2022), JMLR 23(43) for the reversed orders.
A set of parts is a number whose bit i is set if part i is in place.
"""

from collections.abc import Callable, Sequence
from math import comb

import numpy as np
import numpy.typing as npt

from experiments.statistics.paired import Values

Orders = npt.NDArray[np.int64]


def orders(n_parts: int, n_worlds: int, seed: int = 0) -> Orders:
    """An order of the parts for each world: n_worlds x n_parts, drawn from `seed`."""
    rng = np.random.default_rng([seed, 11])
    return np.array([rng.permutation(n_parts) for _ in range(n_worlds)], dtype=np.int64).reshape(n_worlds, n_parts)


def chain(order: Sequence[int]) -> list[int]:
    """The sets met while putting parts in place in this order, from none to all: `chain([1, 0])` is [0, 2, 3]."""
    sets = [0]
    for part in order:
        sets.append(sets[-1] | 1 << int(part))
    return sets


def sets_met(order: Sequence[int]) -> set[int]:
    """The sets whose value is needed for this order and its reversal."""
    return {*chain(order), *chain(order[::-1])}


def alone_and_last(n_parts: int) -> set[int]:
    """The sets with one part only, and those with all but one."""
    whole = (1 << n_parts) - 1
    return {1 << part for part in range(n_parts)} | {whole ^ 1 << part for part in range(n_parts)}


def contributions(order: Sequence[int], value: Callable[[int], float]) -> Values:
    """What each part adds in this order and in its reversal, averaged; `value` gives the worth of a set.

    They add up to value(all) - value(none).
    """
    added = np.zeros(len(order))
    for one in (order, order[::-1]):
        worth = [value(parts) for parts in chain(one)]
        for place, part in enumerate(one):
            added[int(part)] += (worth[place + 1] - worth[place]) / 2
    return added


def exact(n_parts: int, value: Callable[[int], float]) -> Values:
    """What each part adds on average over all orders; `value` is asked for every set, so parts must be few.

    They add up to value(all) - value(none). `exact(2, lambda parts: float(parts == 3))` is [0.5, 0.5].
    """
    worth = [value(parts) for parts in range(1 << n_parts)]
    added = np.zeros(n_parts)
    for part in range(n_parts):
        for parts in range(1 << n_parts):
            if not parts >> part & 1:
                weight = 1 / (n_parts * comb(n_parts - 1, parts.bit_count()))
                added[part] += weight * (worth[parts | 1 << part] - worth[parts])
    return added
