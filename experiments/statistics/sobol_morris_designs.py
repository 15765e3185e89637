"""Points from which sensitivity is estimated, in the order that SALib analyses: Saltelli's and Morris's."""

import warnings
from typing import Any

import numpy as np

from experiments.designs.sampling import exponent
from experiments.statistics.paired import Values

N_LEVELS = 4
"""Levels of Morris's grid: 0, 1/3, 2/3 and 1."""


def problem(names: list[str]) -> dict[str, Any]:
    """Dimensions as SALib wants them; each goes from 0 to 1."""
    return {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}


def saltelli(n_points: int, names: list[str], seed: int = 0, *, pairs: bool = False) -> Values:
    """N x (d + 2) rows of shares 0..1, N the power of two from `n_points` on (2 d + 2 where `pairs` are wanted too).

    Saltelli (2002), Saltelli et al. (2010). For Sobol indices: `SALib.analyze.sobol` with the same `problem`.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # SALib's own use of others
        from SALib.sample import sobol

    rows = sobol.sample(problem(names), 2 ** exponent(n_points), calc_second_order=pairs, seed=seed)
    return np.asarray(rows, dtype=np.float64)


def n_saltelli(n_points: int, n_names: int) -> int:
    """Rows of `saltelli` without pairs: `n_saltelli(100, 6)` is 128 x 8."""
    return int(2 ** exponent(n_points)) * (n_names + 2)


def morris(n_trajectories: int, names: list[str], seed: int = 0) -> Values:
    """`n_trajectories` x (d + 1) rows of shares 0..1: each trajectory moves one dimension at a time (Morris 1991).

    For elementary effects: `SALib.analyze.morris` with the same `problem` and N_LEVELS levels.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # SALib's own use of others
        from SALib.sample import morris as sampling

    rows = sampling.sample(problem(names), n_trajectories, num_levels=N_LEVELS, seed=seed)
    return np.asarray(rows, dtype=np.float64)
