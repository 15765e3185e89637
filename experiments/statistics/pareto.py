"""Which designs nobody beats: no other is at least as good in everything and better in something."""

import numpy as np
import numpy.typing as npt

from experiments.statistics.paired import Values


def unbeaten(rows: npt.ArrayLike) -> npt.NDArray[np.bool_]:
    """For rows of scores (higher is better) whether no other row is at least as good in all and better in one.

    Rows with an unknown score are beaten. `unbeaten([[1, 3], [2, 2], [1, 2]])` is [True, True, False].
    """
    scores: Values = np.asarray(rows, dtype=np.float64)
    known = ~np.isnan(scores).any(axis=1)
    at_least = np.all(scores[:, None, :] >= scores[None, :, :], axis=2)
    better = np.any(scores[:, None, :] > scores[None, :, :], axis=2)
    is_beaten = np.logical_and(at_least & better, known.reshape(-1, 1)).max(axis=0)
    return np.asarray(known & ~is_beaten)
