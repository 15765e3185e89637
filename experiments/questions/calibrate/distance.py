"""How far a run is from the data: each target in units of its own doubt.

Few doubts count as they are in a root mean square. Many count by their logarithm (as if doubts were not known well
themselves), so that a figure which cannot be met does not outweigh all that can.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from experiments.questions.calibrate.target import Measured
from experiments.statistics.paired import Values

_FEWEST = 3  # runs that show what luck does
_OFTEN = 0.95  # share of runs in which a target must be known to be fitted
_FEW = 3.0  # doubts up to about which they count as they are


@dataclass(frozen=True)
class Yardstick:
    """Measures runs against data.

    All is done in square roots, in which counts and shares of any size vary alike. `use` are the places of the targets
    compared, `observed` the data there, `doubt` one standard error: sampling of the data and luck of a run together.
    """

    use: npt.NDArray[np.int64]
    observed: Values
    doubt: Values

    def summaries(self, runs: Values) -> Values:
        """Runs (n, targets) as deviations from the data in units of doubt: (n, used targets)."""
        return np.asarray((np.sqrt(runs[:, self.use]) - self.observed) / self.doubt)

    def distances(self, runs: Values) -> Values:
        """The distance of each run; infinite where a target is unknown."""
        return apart(self.summaries(runs))


def yardstick(measured: list[Measured], is_fitted: npt.NDArray[np.bool_], lucky: Values) -> Yardstick:
    """The yardstick for data `measured`; `lucky` are runs of the company in many worlds, (worlds, targets).

    Targets that are unknown in the data, or in one run of twenty, are left out; all of them if nearly all runs failed.
    """
    lucky = lucky[np.isfinite(lucky).any(axis=1)]
    if len(lucky) < _FEWEST:
        lucky = np.full((_FEWEST, len(measured)), np.nan)
    roots, sampling = in_roots(measured)
    is_known = np.isfinite(roots) & np.isfinite(sampling) & (np.isfinite(lucky).mean(axis=0) >= _OFTEN)
    use = np.flatnonzero(is_fitted & is_known)
    luck = np.nanstd(np.sqrt(lucky[:, use]), axis=0, ddof=1)
    return Yardstick(use, roots[use], np.hypot(sampling[use], luck))


def in_roots(measured: list[Measured]) -> tuple[Values, Values]:
    """The roots of what was measured and their standard errors; that of 0 is at most the root of its own error."""
    roots = np.sqrt([one.value for one in measured])
    errors = np.array([one.error for one in measured])
    return roots, errors / np.maximum(2 * roots, np.sqrt(errors))


def apart(deviations: Values) -> Values:
    """The distance of each row of deviations (n, targets); 1 where all are 1, about 3 where all are 4; or infinite."""
    if not deviations.shape[1]:
        return np.zeros(len(deviations))
    distances = np.sqrt(np.mean(_FEW**2 * np.log1p((deviations / _FEW) ** 2), axis=1))
    return np.where(np.isfinite(distances), distances, np.inf)
