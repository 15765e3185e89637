"""A design that was tried: its goals, and how designs are compared that not all know the same worlds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from experiments.statistics.paired import Values

WORST = 0.1
"""Robust is what a design gains in the worst tenth of the worlds."""
GOALS = ("gain", "worst", "score")
"""Mean gain in contribution (EUR a year), gain in the worst tenth of worlds, relationship score (20 to 100)."""


@dataclass(frozen=True)
class Tried:
    """A design: the values of its levers, and in each world its gain over today and its relationship score.

    `gains` are in contribution, `more` in other money by its name, all in EUR a year.
    """

    values: Mapping[str, Any]
    gains: Values
    scores: Values
    more: Mapping[str, Values] = field(default_factory=dict)

    @property
    def goals(self) -> tuple[float, float, float]:
        """Mean gain, gain in the worst tenth of worlds, mean relationship score; NaN where no world is known."""
        gains, scores = (values[~np.isnan(values)] for values in (self.gains, self.scores))
        if not gains.size or not scores.size:
            return (float("nan"),) * 3
        return float(gains.mean()), float(np.quantile(gains, WORST)), float(scores.mean())

    @property
    def is_measured(self) -> bool:
        """Whether any of its worlds is known."""
        return not np.isnan(self.goals).any()

    def within(self, worlds: npt.NDArray[np.bool_]) -> "Tried":
        """The same design in some of its worlds."""
        more = {name: values[worlds] for name, values in self.more.items()}
        return replace(self, gains=self.gains[worlds], scores=self.scores[worlds], more=more)


def recommend(choosing: Sequence[Tried]) -> int | None:
    """The place of the design with the highest mean gain in worlds that all know; None if none is known."""
    alike = comparable(choosing)
    return max(alike, key=lambda place: alike[place].goals[0]) if alike else None


def comparable(lived: Sequence[Tried]) -> dict[int, Tried]:
    """Designs by place, each in the worlds known to all of them: one that failed in bad worlds must not look good.

    So that a design which failed often does not take its worlds from the others, those with the fewest known worlds are
    left out until the rest share at least half of the worlds that any design knows.
    """
    known = np.array([~np.isnan(one.gains) & ~np.isnan(one.scores) for one in lived])
    if not known.any():
        return {}
    left = sorted(range(len(lived)), key=lambda place: (int(known[place].sum()), -place))
    enough = known.any(axis=0).sum() / 2
    while len(left) > 1 and known[left].all(axis=0).sum() < enough:
        left.pop(0)
    shared = np.asarray(known[left].all(axis=0))
    return {place: lived[place].within(shared) for place in sorted(left)}
