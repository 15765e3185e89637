"""A leaner way: what of a bundle of practices can be left out without earning less.

Each practice is taken away alone; then, the least missed first, one after the other. The shortest bundle that loses
next to nothing is chosen, and chosen bundle and whole are lived once more in fresh worlds, so that the luck which made
it look good does not count. What it saves is its cost of coordination: money and hours at pay.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from experiments.designs.practice_bundles import NamedPractice, family_of
from experiments.observation.yearly import CONTRIBUTION, COORDINATION
from experiments.statistics.paired import Difference, difference
from experiments.studies.practice_sets import PracticeSets
from experiments.studies.study import Study
from scenarios import Scenario

NEXT_TO_NOTHING = 0.1
"""A leaner bundle may lose this share of the whole gain on average, and no more than luck leaves open."""
LEAST_KEPT = 0.5
"""Share of the whole gain that a leaner bundle must keep at the worse end of the 95 % interval of its loss."""


@dataclass(frozen=True, eq=False)
class LeanerWay:
    """`table` has a row a practice with what is lost when it alone is taken away; `left_out` can go together.

    `gain` is the whole less the start, `loss` the leaner bundle less the whole, in fresh worlds, contribution a year;
    `saved` is what it saves in coordination a year (positive). None where nothing can be left out.
    """

    table: pd.DataFrame
    left_out: tuple[NamedPractice, ...] = ()
    kept: tuple[NamedPractice, ...] = ()
    gain: Difference | None = None
    loss: Difference | None = None
    saved: Difference | None = None

    @property
    def is_as_good(self) -> bool:
        """Whether, in fresh worlds, there is a gain, next to all of it is kept on average, and half by the interval."""
        if self.loss is None or self.gain is None or not self.gain.interval.low > 0:
            return False
        gain, loss = self.gain.mean, self.loss
        return loss.mean >= -NEXT_TO_NOTHING * gain and loss.interval.low >= -(1 - LEAST_KEPT) * gain


def most_runs(n_parts: int, n_worlds: int, n_fresh: int) -> int:
    """How many runs it takes, at most: whole and start, each practice away, one after the other away, fresh worlds."""
    return (2 + 2 * n_parts) * n_worlds + 3 * n_fresh


def leaner_way(
    start: Scenario,
    practices: Sequence[NamedPractice],
    seeds: Sequence[int],
    fresh: Sequence[int],
    study: Study,
) -> LeanerWay:
    """Search in the worlds `seeds`, measure in the worlds `fresh`."""
    sets, whole = PracticeSets(start, practices, study), (1 << len(practices)) - 1
    parts = range(len(practices))
    sets.live((one, seed) for seed in seeds for one in {0, whole, *(whole ^ 1 << part for part in parts)})
    missed = [_gap(sets, whole, whole ^ 1 << part, seeds) for part in parts]
    table = _table(practices, missed, [_gap(sets, whole, whole ^ 1 << part, seeds, COORDINATION) for part in parts])
    order = sorted(parts, key=lambda part: (missed[part].mean, part))
    leaner = [whole]
    for part in order:
        leaner.append(leaner[-1] ^ 1 << part)
    sets.live((one, seed) for seed in seeds for one in leaner)
    chosen = _chosen(sets, leaner, seeds)
    if chosen == whole or sets.is_interrupted:
        return LeanerWay(table)
    sets.live((one, seed) for seed in fresh for one in (0, chosen, whole))
    return LeanerWay(
        table,
        left_out=tuple(one for part, one in enumerate(practices) if not chosen >> part & 1),
        kept=tuple(one for part, one in enumerate(practices) if chosen >> part & 1),
        gain=_gap(sets, whole, 0, fresh),
        loss=_gap(sets, chosen, whole, fresh),
        saved=_gap(sets, whole, chosen, fresh, COORDINATION),
    )


def _chosen(sets: PracticeSets, leaner: Sequence[int], seeds: Sequence[int]) -> int:
    """The leanest bundle that loses next to nothing; the whole where none does."""
    whole = leaner[0]
    gain = _gap(sets, whole, 0, seeds).mean
    good = whole
    for one in leaner[1:]:
        loss = _gap(sets, whole, one, seeds)
        standing = loss.sd / math.sqrt(loss.n) if loss.n > 1 else math.inf
        if one and loss.mean <= max(0.0, min(NEXT_TO_NOTHING * gain, standing)):
            good = one
    return good


def _gap(sets: PracticeSets, one: int, other: int, seeds: Sequence[int], outcome: str = CONTRIBUTION) -> Difference:
    return difference(sets.lived.values(one, seeds, outcome), sets.lived.values(other, seeds, outcome), n_resamples=0)


def _table(
    practices: Sequence[NamedPractice], missed: Sequence[Difference], costs: Sequence[Difference]
) -> pd.DataFrame:
    rows = [
        (one.name, one.label, family_of(one.name), *value.with_ends, cost.mean, value.n)
        for one, value, cost in zip(practices, missed, costs, strict=True)
    ]
    table = pd.DataFrame(rows, columns=["practice", "label", "family", "value", "low", "high", "cost", "n"])
    return table.sort_values("value", ascending=False, ignore_index=True)
