"""Where the gain of the best type over today comes from: by family, by practice, by what became of each prospect."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from experiments.designs.assumptions import fresh_seeds
from experiments.designs.practice_bundles import practices_between
from experiments.designs.variant import Variant
from experiments.observation.attribution import PARTS, origins
from experiments.questions.compare.most_runs import FRESH_ROUNDS, most_to_explain
from experiments.questions.compare.result import Comparison
from experiments.questions.compare.text import so_far
from experiments.statistics.doubt import says_something
from experiments.statistics.paired import mean_of
from experiments.studies.family_values import family_values
from experiments.studies.leaner_way import leaner_way
from experiments.studies.study import Study


def explained(made: Comparison, study: Study, n_worlds: int) -> Comparison:
    """The comparison with its gain taken apart in the first replications; as it is where there are too few."""
    start, goal = (made.variants[name] for name in (made.reference, made.best))
    if not n_worlds or study.is_interrupted or not most_to_explain(start, goal, n_worlds):
        return made
    seeds = [seed for seed in made.seeds if made.has_all(seed)][:n_worlds]
    if not says_something(len(seeds)):
        return made
    study.tell(so_far(made))
    practices = practices_between(start, goal)
    found = replace(made, families=family_values(start, practices, seeds, study).table)
    if not study.is_interrupted:
        found = replace(found, causes=_causes(made, seeds, study))
        fresh = fresh_seeds(made.plan.assumptions, seeds, FRESH_ROUNDS * len(seeds))
        lean = leaner_way(start, practices, seeds, fresh, study)
        found = replace(found, leaner=None if study.is_interrupted else lean)
    if study.is_interrupted:
        found = replace(found, families=None)
    failures = [*made.failures, *(one for one in study.failures if one not in made.failures)]
    return replace(found, failures=failures, is_interrupted=study.is_interrupted)


def _causes(made: Comparison, seeds: Sequence[int], study: Study) -> pd.DataFrame:
    """A row a part of the gain, the largest first, EUR a year: every prospect looked at in both worlds.

    Columns: part, change, low, high, n; parts that are zero everywhere are left out.
    """
    first, best = (
        Variant(made.variants[name], assumptions=made.plan.assumptions) for name in (made.reference, made.best)
    )
    found = [origins(*(study.live(one.in_world(seed), seed) for one in (first, best))) for seed in seeds]
    rows = []
    for part in PARTS:
        mean = mean_of(np.array([one.eur[part] * made.per_year for one in found]))
        if any(one.eur[part] for one in found):
            rows.append((part, *mean.with_ends, mean.n))
    table = pd.DataFrame(rows, columns=["part", "change", "low", "high", "n"])
    return table.reindex(table["change"].abs().sort_values(ascending=False).index).reset_index(drop=True)
