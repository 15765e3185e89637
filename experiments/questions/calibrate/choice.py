"""Which company is the fitted one: of all that come into question the nearest, in worlds that none was chosen in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from experiments.questions.calibrate.adjustment import Flags
from experiments.questions.calibrate.distance import Yardstick, apart
from experiments.questions.calibrate.worlds import N_FINALISTS
from experiments.statistics.paired import Values

AS_IT_IS, SEARCHED, MEDIAN = "the company as it is", "the best point of the search", "the median of what is left"
NEAR_RUN = "a point near to the data"
LiveTogether = Callable[[Values, int], Values]
"""Lives points (n, parameters) in so many common worlds that nothing else meets: (n, worlds, targets)."""


@dataclass(frozen=True)
class Choice:
    """The fitted company: its point (parameters,), NaN where it stays as it is, and what it was among the candidates.

    Distances from the data are of means over the same worlds: of the company as it is, of the best that the search
    found, of the fitted company; `within_reach` is that of the last from what can be met. `again` are those of the
    first and the last in other worlds, which had no part in the choice.
    """

    point: Values
    origin: str
    before: float
    searched: float
    after: float
    within_reach: float
    again: tuple[float, float]

    @property
    def distances(self) -> dict[str, float]:
        """All distances by name, for programs."""
        return {
            "before": self.before,
            "best_of_search": self.searched,
            "after": self.after,
            "within_reach": self.within_reach,
            "again_before": self.again[0],
            "again_after": self.again[1],
        }

    @property
    def is_as_it_was(self) -> bool:
        """Whether nothing nearer than the company as it is was found."""
        return self.origin == AS_IT_IS


@dataclass(frozen=True)
class Ruler:
    """Measures companies; `out_of_reach` are those of the yardstick's targets that cannot be met."""

    stick: Yardstick
    out_of_reach: Flags

    def distances(self, lived: Values) -> Values:
        """The distance of each company, on the mean over its worlds (n, worlds, targets); infinite if most failed."""
        return self.stick.distances(means_of(lived))

    def within_reach(self, lived: Values) -> float:
        """The distance of one company, (worlds, targets), from what can be met."""
        deviations = self.stick.summaries(means_of(lived[None]))
        return float(apart(deviations[:, ~self.out_of_reach])[0])


def choose(candidates: Mapping[str, Values], live: LiveTogether, n_worlds: int, ruler: Ruler) -> Choice:
    """The nearest of candidates: points (n, parameters) by name, among them as it is and the best of the search.

    These two and the nearest others are compared once more in twice as many new worlds, and the nearest there is the
    fitted company. It is lived a third time beside the company as it is, to see whether that holds.
    """
    points = np.vstack(list(candidates.values()))
    origins = [name for name, some in candidates.items() for _ in some]
    first, searched = origins.index(AS_IT_IS), origins.index(SEARCHED)
    distances = ruler.distances(live(points, n_worlds))
    others = [place for place in np.argsort(distances, kind="stable").tolist() if place not in (first, searched)]
    finalists = [first, searched, *others[: N_FINALISTS - 2]]
    lived = live(points[finalists], 2 * n_worlds)
    distances = ruler.distances(lived)
    best = int(np.argmin(distances))
    again = ruler.distances(live(points[[first, finalists[best]]], 2 * n_worlds))
    return Choice(
        point=points[finalists[best]],
        origin=origins[finalists[best]],
        before=float(distances[0]),
        searched=float(distances[1]),
        after=float(distances[best]),
        within_reach=ruler.within_reach(lived[best]),
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
