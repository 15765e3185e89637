"""Where a gain comes from by family of practices: all sets of families are lived in the same replications.

Operations, relationship, structure, rewards, money and leadership are put in place as wholes. With all sets known, what
each adds on average over all orders (its Shapley value) is exact in every replication.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from experiments.designs.practice_bundles import NamedPractice, by_family
from experiments.observation.yearly import CONTRIBUTION, REVENUE
from experiments.statistics.paired import Values, mean_of
from experiments.statistics.shapley import exact
from experiments.studies.practice_sets import PracticeSets
from experiments.studies.study import Study
from scenarios import Scenario


@dataclass(frozen=True, eq=False)
class FamilyValues:
    """What each family adds in each replication, EUR a year: replications x families, for two measures."""

    families: tuple[NamedPractice, ...]
    seeds: tuple[int, ...]
    contribution: Values
    revenue: Values

    @property
    def table(self) -> pd.DataFrame:
        """A row a family, the most valuable first: value and interval of the mean, and the same of revenue.

        `share` is its part of the whole gain in contribution, NaN where the whole is no gain.
        """
        whole = float(self.contribution.sum(axis=1).mean()) if len(self.seeds) else np.nan
        rows = []
        for place, one in enumerate(self.families):
            value, revenue = mean_of(self.contribution[:, place]), mean_of(self.revenue[:, place])
            share = value.mean / whole if whole > 0 else np.nan
            rows.append((one.name, *value.with_ends, share, *revenue.with_ends, len(one.changes), value.n))
        columns = ["family", "value", "low", "high", "share", "revenue", "revenue_low", "revenue_high", "n_levers", "n"]
        return pd.DataFrame(rows, columns=columns).sort_values("value", ascending=False, ignore_index=True)


def most_runs(practices: Sequence[NamedPractice], n_worlds: int) -> int:
    """How many runs it takes."""
    return n_worlds << len(by_family(practices))


def family_values(
    start: Scenario, practices: Sequence[NamedPractice], seeds: Sequence[int], study: Study, n_to_come: int = 0
) -> FamilyValues:
    """Live every set of families in the worlds `seeds`; replications with a failed run are left out."""
    families = by_family(practices)
    sets = PracticeSets(start, families, study)
    every = range(1 << len(families))
    sets.live(((parts, seed) for seed in seeds for parts in every), n_to_come)
    known = [seed for seed in seeds if all(sets.lived.has(parts, seed, CONTRIBUTION) for parts in every)]

    def values(outcome: str) -> Values:
        """Shapley values, replications x families."""
        rows = [exact(len(families), lambda parts, s=seed: sets.lived.value(parts, s, outcome)) for seed in known]  # type: ignore[misc]
        return np.array(rows).reshape(len(known), len(families))

    return FamilyValues(families, tuple(known), values(CONTRIBUTION), values(REVENUE))
