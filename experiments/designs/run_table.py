"""The table of runs an experiment asks for: which variant meets which world."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

DECISION = "contribution_eur"
"""The outcome that variants are compared by."""
TODAY = "today"
"""The name of the variant with a company's present practices where they are none of the types."""


@dataclass(frozen=True, slots=True, order=True)
class PlannedRun:
    """One run to make: row `number` of the design, the variant's scenario, in the world of `seed`."""

    number: int
    variant: str
    seed: int


def common_worlds(variants: Iterable[str], worlds: Sequence[int], seed: int = 0) -> list[PlannedRun]:
    """Every variant in every world: world k has seed `seed` + k for all of them, so that they can be compared in pairs.

    Ordered world by world: an experiment that is stopped early has met nearly the same worlds with every variant.
    """
    names = list(variants)
    return [
        PlannedRun(number=k * len(names) + place, variant=variant, seed=seed + world)
        for k, world in enumerate(worlds)
        for place, variant in enumerate(names)
    ]
