"""On which of many assumptions, drawn together, an answer hangs most.

By rank correlation (Spearman) of each assumption with the answer, replication by replication. With hundreds of
assumptions the largest of them is large by chance alone, so one counts only if it beats what the largest is in most
random orders of the answers (a permutation test of the maximum, Westfall and Young 1993).
"""

from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from experiments.statistics.doubt import says_something
from experiments.statistics.paired import Values

SURE = 0.9
"""Share of random orders whose largest correlation an assumption must beat."""
_ORDERS = 400
_ROUNDING = 1e-9  # of the largest


@dataclass(frozen=True, slots=True)
class Hold:
    """An assumption by its place: its rank correlation with the answer, and the thirds of its draws.

    `low` and `high` are the values below and above which a third of the draws lie; `in_lower` and `in_upper` say which
    replications those are.
    """

    place: int
    correlation: float
    low: float
    high: float
    in_lower: Values
    in_upper: Values


def hangs_on(drawn: Values, answer: Values, most: int = 3, seed: int = 0) -> list[Hold]:
    """The assumptions (columns of replications x assumptions) an answer hangs on, strongest first, at most `most`.

    Empty for too few replications, where none beats chance, and where the answer never varies by more than rounding.
    """
    known = ~np.isnan(answer)
    if not says_something(int(known.sum())) or not drawn.shape[1]:
        return []
    if np.ptp(answer[known]) <= _ROUNDING * np.abs(answer[known]).max():
        return []
    ranks, target = _standard(drawn[known]), _standard(answer[known][:, None])[:, 0]
    correlations = ranks.T @ target / known.sum()
    rng = np.random.default_rng(seed)
    shuffled = np.stack([rng.permutation(target) for _ in range(_ORDERS)], axis=1)
    by_chance = np.abs(ranks.T @ shuffled / known.sum()).max(axis=0)
    least = float(np.quantile(by_chance, SURE))
    strongest = np.argsort(-np.abs(correlations), kind="stable")[:most]
    return [_hold(int(place), drawn[:, place], correlations) for place in strongest if abs(correlations[place]) > least]


def _hold(place: int, values: Values, correlations: Values) -> Hold:
    low, high = np.quantile(values, [1 / 3, 2 / 3])
    return Hold(place, float(correlations[place]), float(low), float(high), values <= low, values >= high)


def _standard(columns: Values) -> Values:
    """Ranks with mean 0 and standard deviation 1; 0 for what does not vary."""
    ranks = np.asarray(rankdata(columns, axis=0), dtype=np.float64)
    ranks -= ranks.mean(axis=0)
    size = ranks.std(axis=0)
    return np.asarray(ranks / np.where(size > 0, size, 1.0))
