"""Companies with some of the practices of a goal in place, lived through in worlds, each at most once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from experiments.design import DECISION, Row
from experiments.named_practices import NamedPractice
from experiments.overlaid import Overlaid, overlaid_by
from experiments.runner import OnProgress, Settings, run_design
from experiments.statistics import Values
from experiments.worker import Failure
from scenarios import Scenario

KEPT = (
    DECISION,
    "revenue_eur",
    "coordination_cost_eur",
    "hours_meeting",
    "relationship_score",
)
"""Outcomes that are kept of a run."""

Wanted = tuple[int, int]  # a set of practices (bit i: practice i is in place), a seed


def measured(run: Any) -> Mapping[str, float]:
    """What is kept of a run; NaN for what it does not say."""
    return {name: float(run.outcomes.get(name, np.nan)) for name in KEPT}


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

    def __init__(
        self,
        start: Scenario,
        practices: Sequence[NamedPractice],
        settings: Settings,
        on_progress: OnProgress | None = None,
    ) -> None:
        self.practices = tuple(practices)
        self.lived = Lived()
        self.failures: list[Failure] = []
        self.is_interrupted = False
        self._start = start
        self._settings = replace(settings, simulate=overlaid_by(settings.simulate), measure=measured)
        self._on_progress = on_progress
        self._asked: set[Wanted] = set()

    def live(self, wanted: Iterable[Wanted]) -> None:
        """Run what has not been asked for before, in the order of seeds; nothing after an interruption."""
        new = sorted(set(wanted) - self._asked, key=lambda one: (one[1], one[0]))
        if not new or self.is_interrupted:
            return
        before = len(self._asked)
        self._asked.update(new)
        arms = {str(parts): self._with(parts) for parts in dict.fromkeys(parts for parts, _ in new)}
        rows = [Row(before + k, str(parts), seed) for k, (parts, seed) in enumerate(new)]
        table = run_design(arms, rows, self._settings, self._told_on(before))
        self.lived.outcomes |= {(int(done.row.arm), done.row.seed): done.outcomes for done in table.results}
        self.failures += table.failures
        self.is_interrupted = table.is_interrupted

    def _with(self, parts: int) -> Overlaid:
        """The start with these practices in place."""
        changes = [one.changes for part, one in enumerate(self.practices) if parts >> part & 1]
        return Overlaid(self._start, tuple(change for some in changes for change in some))

    def _told_on(self, before: int) -> OnProgress | None:
        tell = self._on_progress
        return None if tell is None else lambda n_done, n_rows: tell(before + n_done, before + n_rows)
