"""Points drawn so that they cover a space evenly: Latin hypercube, and the Sobol sequence."""

import numpy as np

from experiments.statistics.paired import Values


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
