"""What the data cannot tell: parameters that stay as open as they were, and those that can only be told together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from experiments.questions.calibrate.uncertain import Uncertain
from experiments.statistics.paired import Values

TOLD, OPEN = 0.35, 0.75
"""Width of what is left, as a share of what was thought possible: below the first it is told, above the second open."""
TOGETHER = 0.6  # correlation from which two parameters can only be told together
BAD_FIT = "fit too bad to tell"
_EDGE, _CROWD = 0.03, 0.25
_MIDDLE_90 = (0.05, 0.95)


@dataclass(frozen=True)
class Pair:
    """Two parameters whose values make up for each other (negative), or rise together."""

    first: str
    second: str
    correlation: float


def told(uncertain: Sequence[Uncertain], points: Values, *, is_good: bool = True) -> pd.DataFrame:
    """One row a parameter: prior, company's own value, median, middle 90 %, and what that says.

    `points` (n, parameters) are equally likely places. `width` is that of the middle 90 %, as a share of the prior's
    (both on the prior's scale). `verdict` is told, partly told, not told, or at the edge of its range; where the fit is
    not `is_good` nothing is told.
    """
    rows = []
    for one, places in zip(uncertain, points.T, strict=True):
        low, middle, high = np.quantile(places, [_MIDDLE_90[0], 0.5, _MIDDLE_90[1]])
        width = float(high - low) / (_MIDDLE_90[1] - _MIDDLE_90[0])
        row = {
            "parameter": one.path,
            "is_factor": one.is_factor,
            "prior_low": one.low,
            "prior_high": one.high,
            "own": one.own_value,
            "median": one.value(float(middle)),
            "low": one.value(float(low)),
            "high": one.value(float(high)),
            "width": width,
            "verdict": _verdict(places, width, is_good=is_good),
        }
        rows.append(row)
    return pd.DataFrame(rows)


def correlations(uncertain: Sequence[Uncertain], points: Values) -> pd.DataFrame:
    """Correlation of every pair of parameters over equally likely points; 0 where one does not vary."""
    names = [one.path for one in uncertain]
    spread = points.std(axis=0)
    centred = (points - points.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    return pd.DataFrame(centred.T @ centred / len(points), index=names, columns=names)


def pairs(table: pd.DataFrame) -> list[Pair]:
    """The pairs that can only be told together, the closest first."""
    names, values = list(table.columns), table.to_numpy()
    close = [
        Pair(names[i], names[j], float(values[i, j]))
        for i, j in zip(*np.triu_indices(len(names), k=1), strict=True)
        if abs(values[i, j]) >= TOGETHER
    ]
    return sorted(close, key=lambda pair: -abs(pair.correlation))


def _verdict(places: Values, width: float, *, is_good: bool) -> str:
    if max(np.mean(places < _EDGE), np.mean(places > 1 - _EDGE)) > _CROWD:
        return "at the edge of its range"
    if width >= OPEN:
        return "not told"
    if not is_good:
        return BAD_FIT
    return "told" if width < TOLD else "partly told"
