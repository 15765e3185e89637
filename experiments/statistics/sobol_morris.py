"""Which inputs move an output: elementary effects (Morris) and shares of variance (Sobol), with bootstrap intervals."""

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.statistics.paired import LEVEL, Values

_N_RESAMPLES = 500
N_LEVELS = 4
"""Levels of Morris's grid: 0, 1/3, 2/3 and 1."""


@dataclass(frozen=True)
class Effects:
    """Elementary effects over the whole range of each input, in the output's unit, one number an input.

    `mean` has the sign of the direction; `size` is the mean of their absolute values (mu*) with half its 95 % interval
    in `size_error`; `spread` is their standard deviation: large where the effect depends on the other inputs, or luck.
    """

    mean: Values
    size: Values
    size_error: Values
    spread: Values


@dataclass(frozen=True)
class Indices:
    """Shares of the output's variance, one number an input, each with half its 95 % bootstrap interval.

    `first`: what the input explains alone; `total`: with all it does together with others. `n` base points.
    """

    n: int
    first: Values
    first_error: Values
    total: Values
    total_error: Values


def problem(names: list[str]) -> dict[str, Any]:
    """Dimensions as SALib wants them; each goes from 0 to 1."""
    return {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}


def elementary_effects(shares: Values, output: Values, names: list[str], seed: int = 0) -> Effects:
    """Effects from the rows of `sampling.morris` and what came of them; incomplete trajectories are left out.

    Morris (1991), Campolongo, Cariboni and Saltelli (2007) for mu*. NaN where fewer than two trajectories are complete.
    """
    whole = _whole_blocks(output, len(names) + 1)
    if np.unique(whole // (len(names) + 1)).size < 2:
        nothing = np.full(len(names), np.nan)
        return Effects(nothing, nothing, nothing, nothing)
    with warnings.catch_warnings(action="ignore"):
        from SALib.analyze import morris

        analysed = morris.analyze(
            problem(names),
            shares[whole],
            output[whole],
            num_resamples=_N_RESAMPLES,
            conf_level=LEVEL,
            num_levels=N_LEVELS,
            seed=seed,
        )
    return Effects(*(np.asarray(analysed[key], dtype=np.float64) for key in ("mu", "mu_star", "mu_star_conf", "sigma")))


def sobol_indices(output: Values, names: list[str], seed: int = 0) -> Indices:
    """Indices from what came of the rows of `sampling.saltelli`; incomplete blocks are left out.

    Saltelli et al. (2010) for first, Jansen (1999) for total. NaN where nothing varies or fewer than 8 blocks are
    complete.
    """
    size = len(names) + 2
    whole = _whole_blocks(output, size)
    n = len(whole) // size
    known = output[whole]
    if n < 8 or np.ptp(known) == 0:
        nothing = np.full(len(names), np.nan)
        return Indices(n, nothing, nothing, nothing, nothing)
    with warnings.catch_warnings(action="ignore"):
        from SALib.analyze import sobol

        analysed = sobol.analyze(
            problem(names),
            known,
            calc_second_order=False,
            num_resamples=_N_RESAMPLES,
            conf_level=LEVEL,
            seed=seed + 1,  # SALib takes 0 for no seed
        )
    return Indices(n, *(np.asarray(analysed[key], dtype=np.float64) for key in ("S1", "S1_conf", "ST", "ST_conf")))


def half(output: Values, n_inputs: int) -> Values:
    """The first half of the base points, a Sobol sequence of its own."""
    size = n_inputs + 2
    return output[: len(output) // size // 2 * size]


def _whole_blocks(output: Values, size: int) -> Any:
    """Places of the rows whose block of `size` rows has no unknown value."""
    blocks = output[: len(output) // size * size].reshape(-1, size)
    return np.flatnonzero(np.repeat(~np.isnan(blocks).any(axis=1), size))
