"""Companies with some of the practices of a goal in place, lived through in worlds, each at most once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from experiments.designs.practice_bundles import NamedPractice
from experiments.designs.run_table import DECISION
from experiments.designs.variant import Variant
from experiments.execution.worker import FailedRun
from experiments.observation.kept_outcomes import KeptOutcomes
from experiments.observation.yearly import NEW_BUSINESS, REVENUE
from experiments.statistics.paired import Values
from experiments.studies.study import Study
from scenarios import Scenario

MEASURED = KeptOutcomes(
    (DECISION, REVENUE, NEW_BUSINESS, "coordination_cost_eur", "hours_meeting", "relationship_score"),
)

Wanted = tuple[int, int]  # a set of practices (bit i: practice i is in place), a seed


@dataclass(slots=True)
class Lived:
    """Outcomes by set of practices and seed."""

    outcomes: dict[Wanted, Mapping[str, float]] = field(default_factory=dict)

    def value(self, parts: int, seed: int, outcome: str = DECISION) -> float:
        """One outcome of one run; NaN if it failed or was never made."""
        return self.outcomes.get((parts, seed), {}).get(outcome, np.nan)

    def has(self, parts: int, seed: int, outcome: str = DECISION) -> bool:
        """Whether that number is known."""
        return not np.isnan(self.value(parts, seed, outcome))

    def values(self, parts: int, seeds: Sequence[int], outcome: str = DECISION) -> Values:
        """One number a world."""
        return np.array([self.value(parts, seed, outcome) for seed in seeds], dtype=np.float64)


class PracticeSets:
    """Lives sets of practices as they are asked for; what is known is not run again."""

    def __init__(self, start: Scenario, practices: Sequence[NamedPractice], study: Study) -> None:
        self.practices = tuple(practices)
        self.lived = Lived()
        self.failures: list[FailedRun] = []
        self.is_interrupted = False
        self._start = start
        self._study = study
        self._asked: set[Wanted] = set()

    def live(self, wanted: Iterable[Wanted], n_to_come: int = 0) -> None:
        """Run what has not been asked for before, in the order of seeds; nothing after an interruption.

        At most `n_to_come` more runs will be asked for afterwards.
        """
        new = sorted(set(wanted) - self._asked, key=lambda one: (one[1], one[0]))
        if not new or self.is_interrupted:
            return
        self._asked.update(new)
        sets = list(dict.fromkeys(parts for parts, _ in new))
        place = {parts: k for k, parts in enumerate(sets)}
        variants = [self._with(parts) for parts in sets]
        table = self._study.run(variants, [(place[parts], seed) for parts, seed in new], n_to_come)
        self.lived.outcomes |= {
            (sets[int(done.planned.variant)], done.planned.seed): done.outcomes for done in table.results
        }
        self.failures += table.failures
        self.is_interrupted = table.is_interrupted

    def _with(self, parts: int) -> Variant:
        """The start with these practices in place."""
        changes = [one.changes for part, one in enumerate(self.practices) if parts >> part & 1]
        return Variant(self._start, tuple(change for some in changes for change in some))
