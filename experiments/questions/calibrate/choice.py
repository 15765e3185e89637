"""Which company is the fitted one: of all that come into question the nearest, in worlds that none was chosen in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from experiments.questions.calibrate.adjustment import Flags
from experiments.questions.calibrate.distance import Yardstick, apart
from experiments.statistics.paired import Values

AS_IT_IS, SEARCHED, MEDIAN = "the company as it is", "the best point of the search", "the median of what is left"
NEAR_RUN = "a point whose run came near"
LiveTogether = Callable[[Values, int], Values]
"""Lives points (n, parameters) in so many common worlds that nothing else meets: (n, worlds, targets)."""


@dataclass(frozen=True)
class Choice:
    """The fitted company: its point (parameters,), NaN where it stays as it is, and what it was among the candidates.

    Distances from the data are of means over the same worlds: of the company as it is, of the best that the search
    found, of the fitted company; `within_reach` is that of the last from what can be met. `again` are those of the
    first and the last in other worlds.
    """

    point: Values
    origin: str
    before: float
    searched: float
    after: float
    within_reach: float
    again: tuple[float, float]

    @property
    def is_as_it_was(self) -> bool:
        """Whether nothing nearer than the company as it is was found."""
        return self.origin == AS_IT_IS


@dataclass(frozen=True)
class Ruler:
    """Measures companies; `out_of_reach` are those of the yardstick's targets that cannot be met."""

    stick: Yardstick
    out_of_reach: Flags

    def within_reach(self, means: Values) -> float:
        """The distance of one company, (targets,), from what can be met."""
        return float(apart(self.stick.summaries(means[None])[:, ~self.out_of_reach])[0])


def choose(candidates: Mapping[str, Values], live: LiveTogether, n_worlds: int, far: Ruler) -> Choice:
    """The nearest of candidates, each name with its points (n, parameters); those as it is and of the search among them.

    The nearest is lived again beside the company as it is, and must be nearer there as well.
    """
    points = np.vstack(list(candidates.values()))
    origins = [name for name, some in candidates.items() for _ in some]
    means = means_of(live(points, n_worlds))
    distances = far.stick.distances(means)
    first, best = origins.index(AS_IT_IS), int(np.argmin(distances))
    again = far.stick.distances(means_of(live(points[[first, best]], 2 * n_worlds)))
    if again[1] > again[0]:
        again, best = again[[0, 0]], first
    return Choice(
        point=points[best],
        origin=origins[best],
        before=float(distances[first]),
        searched=float(distances[origins.index(SEARCHED)]),
        after=float(distances[best]),
        within_reach=far.within_reach(means[best]),
        again=(float(again[0]), float(again[1])),
    )


def means_of(lived: Values) -> Values:
    """Means of targets over worlds; NaN where they are unknown in most."""
    is_known = np.isfinite(lived)
    n_known = is_known.sum(axis=1)
    sums = np.where(is_known, lived, 0.0).sum(axis=1)
    return np.where(2 * n_known > lived.shape[1], sums / np.maximum(n_known, 1), np.nan)


def listed(points: Sequence[Values], n: int) -> Values:
    """Points as (n, parameters), the last one as often as need be."""
    return np.array([points[min(place, len(points) - 1)] for place in range(n)])
