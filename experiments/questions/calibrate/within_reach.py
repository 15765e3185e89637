"""What the model can reach near the best: means of targets by parameters, and which of them stay far from the data."""

from dataclasses import dataclass

import numpy as np

from experiments.questions.calibrate.adjustment import Flags, effective
from experiments.statistics.paired import Values

FAR = 3.0
"""Doubts from the data at which a target counts as one that the model cannot meet there."""
_NEARLY_ALL = 0.1  # share of places at which a target that cannot be met may still come nearer
_FEWEST = 10  # runs more than parameters, to tell luck from what parameters do
_SMALL = 1e-9


@dataclass(frozen=True)
class Reach:
    """The mean of each target as a plane over the parameters: `mean` at `middle`, `slopes` (parameters, targets).

    All in doubts from the data. `luck` is the spread of runs around the plane; NaN where there are too few to tell.
    """

    middle: Values
    mean: Values
    slopes: Values
    luck: Values

    def at(self, points: Values) -> Values:
        """Means at points: (n, targets)."""
        return np.asarray(self.mean + (points - self.middle) @ self.slopes)

    def far(self, points: Values) -> Flags:
        """Which targets are far from the data at nearly all these points."""
        return np.asarray(np.quantile(np.abs(self.at(points)), _NEARLY_ALL, axis=0) > FAR)

    def misfit(self, point: Values) -> float:
        """How far the means at a point are from the data, in the luck of a run; about 1 or less where all is well."""
        if not np.isfinite(self.luck).all() or not len(self.luck):
            return 1.0
        return float(np.sqrt(np.mean((self.at(point[None])[0] / (self.luck + _SMALL)) ** 2)))


def reach(points: Values, deviations: Values, weights: Values) -> Reach:
    """A weighted regression of deviations (n, targets) on points (n, parameters)."""
    scale = np.sqrt(weights)[:, None]
    middle, mean = np.average(points, axis=0, weights=weights), np.average(deviations, axis=0, weights=weights)
    slopes: Values = np.asarray(np.linalg.lstsq(scale * (points - middle), scale * (deviations - mean), rcond=1e-6)[0])
    rest = deviations - mean - (points - middle) @ slopes
    n_runs = effective(weights)
    n_left = n_runs - points.shape[1] - 1
    known = n_runs / n_left if n_left >= _FEWEST else np.nan
    return Reach(middle, mean, slopes, np.sqrt(np.average(rest**2, axis=0, weights=weights) * known))
