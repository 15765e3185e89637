"""The table of runs an experiment asks for: which arm meets which world."""

from collections.abc import Iterable
from dataclasses import dataclass

DECISION = "contribution_eur"
"""The outcome that arms are compared by."""
TODAY = "today"
"""The name of the arm with a company's present practices where they are none of the types."""


@dataclass(frozen=True, slots=True, order=True)
class Row:
    """One run to make: row `number` of the design, the arm's scenario, in the world of `seed`."""

    number: int
    arm: str
    seed: int


def common_worlds(arms: Iterable[str], worlds: range, seed: int = 0) -> list[Row]:
    """Every arm in every world: run k has seed `seed` + k whichever the arm, so that arms can be compared in pairs.

    Ordered world by world: an experiment that is stopped early has met nearly the same worlds with every arm.
    """
    names = list(arms)
    return [
        Row(number=k * len(names) + place, arm=arm, seed=seed + k) for k in worlds for place, arm in enumerate(names)
    ]
