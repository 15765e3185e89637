"""Points drawn so that they cover a space evenly (Latin hypercube, Sobol) or tell effects apart (Morris, Saltelli)."""

import warnings

import numpy as np

from experiments.statistics.paired import Values
from experiments.statistics.sobol_morris import N_LEVELS, problem


def latin_hypercube(n_points: int, n_dimensions: int, seed: int = 0) -> Values:
    """`n_points` x `n_dimensions` shares 0..1: each dimension cut into as many slices as points, one point in each."""
    from scipy.stats import qmc

    return np.asarray(qmc.LatinHypercube(n_dimensions, rng=seed).random(n_points))


def sobol_sequence(n_points: int, n_dimensions: int, seed: int = 0) -> Values:
    """Shares 0..1 of a scrambled Sobol sequence; as many points as the power of two from `n_points` on.

    Only so many are balanced (Owen 2020). `sobol_sequence(100, 3)` has 128 points.
    """
    from scipy.stats import qmc

    return np.asarray(qmc.Sobol(n_dimensions, rng=seed).random_base2(exponent(n_points)))


def exponent(n_points: int) -> int:
    """The smallest power of two that is no less than `n_points`, as exponent: `exponent(100)` is 7."""
    return max(0, (n_points - 1).bit_length())


def saltelli(n_points: int, names: list[str], seed: int = 0) -> Values:
    """N x (d + 2) rows of shares 0..1, N the power of two from `n_points` on.

    Saltelli (2002), Saltelli et al. (2010). For Sobol indices: `SALib.analyze.sobol` with the same `problem`.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # SALib's own use of others
        from SALib.sample import sobol

    rows = sobol.sample(problem(names), 2 ** exponent(n_points), calc_second_order=False, seed=seed)
    return np.asarray(rows, dtype=np.float64)


def n_saltelli(n_points: int, n_names: int) -> int:
    """Rows of `saltelli`: `n_saltelli(100, 6)` is 128 x 8."""
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
