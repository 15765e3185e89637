"""What a change does: tables that can be read without us, and the few numbers a conclusion needs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from experiments.observation.attribution import PARTS
from experiments.observation.yearly import CONTRIBUTION
from experiments.questions.what_if.both_worlds import AFTER, BEFORE, SIDES
from experiments.reporting.movers import effects_table
from experiments.reporting.result import Result
from experiments.reporting.what_it_hangs_on import hanging_table
from experiments.statistics.doubt import Spread, says_something, share_of_luck, spread
from experiments.statistics.paired import Difference, Mean, Values, difference, mean_of
from experiments.studies.study import DesignRuns, Study, StudyPlan
from scenarios import Scenario
from scenarios.run_length import DAYS_PER_QUARTER, DAYS_PER_YEAR
from simulation.measured.lead_fates import FATE_WORDS, Fate

if TYPE_CHECKING:
    from experiments.questions.what_if.ask import WhatIfQuestion


@dataclass(frozen=True, eq=False, repr=False)
class WhatIf(Result):
    """What a change does, world by world.

    `worlds` has a row a world: seed, and what `both_worlds.measured` names; `runs` has the changes besides. `twins` are
    the first worlds' draws once more, in other worlds. Money is by the year.
    """

    question: "WhatIfQuestion"
    plan: StudyPlan
    worlds: pd.DataFrame
    twins: pd.DataFrame
    is_precise_enough: bool | None = None

    @property
    def before(self) -> Scenario:
        """The company without the change."""
        return self.plan.companies[BEFORE]

    @property
    def after(self) -> Scenario:
        """The company with it."""
        return self.plan.companies[AFTER]

    def to_frame(self) -> pd.DataFrame:
        """Where the difference arose."""
        return self.parts

    @property
    def n_replications(self) -> int:
        """Worlds lived to their end both times."""
        return len(self.worlds)

    @property
    def quarters_measured(self) -> int:
        """Length of a run in quarters."""
        return self.before.run.quarters

    @property
    def seeds(self) -> list[int]:
        """The worlds, in the order of `values`."""
        return [int(seed) for seed in self.worlds["seed"]]

    def values(self, name: str) -> Values:
        """One number a world, in the order of seeds; 0 for a count that never occurred in a world."""
        return np.asarray(self.worlds[name].to_numpy(), dtype=np.float64)

    @property
    def says_something(self) -> bool:
        """Whether there are enough replications for chances and spreads."""
        return says_something(self.n_replications)

    @property
    def per_year(self) -> float:
        """Runs in a year: a sum over a run times this is a year's."""
        return DAYS_PER_YEAR / (DAYS_PER_QUARTER * self.quarters_measured)

    def gap(self, outcome: str = CONTRIBUTION) -> Spread:
        """Where one more replication would lie, luck and assumptions together."""
        return spread(self.values(f"{AFTER}/{outcome}") - self.values(f"{BEFORE}/{outcome}"))

    @cached_property
    def share_of_luck(self) -> float:
        """What part of the spread is luck; NaN where it cannot be told."""
        if self.twins.empty:
            return float("nan")
        twins, drawn = self.twins.set_index("seed"), self.plan.assumptions
        apart = twins[f"{AFTER}/{CONTRIBUTION}"] - twins[f"{BEFORE}/{CONTRIBUTION}"]
        gain = self.values(f"{AFTER}/{CONTRIBUTION}") - self.values(f"{BEFORE}/{CONTRIBUTION}")
        if drawn is None:
            return float("nan")
        by_draw = drawn.by_draw(self.seeds, gain)
        return share_of_luck(by_draw, drawn.by_draw(apart.index.tolist(), apart))

    @cached_property
    def hangs_on(self) -> pd.DataFrame:
        """The assumptions on which the gain hangs most; see `hanging_table`."""
        gain = self.values(f"{AFTER}/{CONTRIBUTION}") - self.values(f"{BEFORE}/{CONTRIBUTION}")
        return hanging_table(self.plan.assumptions, self.seeds, gain)

    def gain(self, outcome: str = CONTRIBUTION) -> Difference:
        """What the change does to an outcome, in common worlds."""
        known = self._gains.get(outcome)
        if known is None:
            known = difference(self.values(f"{AFTER}/{outcome}"), self.values(f"{BEFORE}/{outcome}"))
            self._gains[outcome] = known
        return known

    @cached_property
    def _gains(self) -> dict[str, Difference]:
        """Differences asked for before; each takes a bootstrap."""
        return {}

    def part(self, name: str) -> Mean:
        """What one part adds to the difference in contribution, EUR a year."""
        return mean_of(self.values(f"part/{name}") * self.per_year)

    @cached_property
    def parts(self) -> pd.DataFrame:
        """Where the difference arose: part, change (EUR a year), low, high, gained and lost (deals a run), n.

        The total stands last; parts that are zero in every world are left out.
        """
        rows = []
        for name in PARTS:
            if np.any(self.values(f"part/{name}")):
                deals = [float(self.values(f"{kind}/{name}").mean()) for kind in ("gained", "lost")]
                rows.append((name, *self.part(name).with_ends, *deals, self.part(name).n))
        gain = self.gain()
        rows.append((CONTRIBUTION, *gain.with_ends, np.nan, np.nan, gain.n))
        return _table(rows, "part", "change", "low", "high", "gained", "lost", "n")

    @cached_property
    def effects(self) -> pd.DataFrame:
        """One row an outcome: mean before and after, the change and its interval, whether it is clear."""

        def sides(name: str) -> tuple[Values, Values]:
            """An outcome without and with the change."""
            return self.values(f"{BEFORE}/{name}"), self.values(f"{AFTER}/{name}")

        return effects_table(sides, lambda name: difference(*reversed(sides(name)), n_resamples=0))

    @cached_property
    def hours(self) -> pd.DataFrame:
        """Hours a week of all people of a side together, by what they go into: before, after, change with interval."""
        from simulation.ledger import Hours

        rows = []
        for side, activity in ((side, kind.name.lower()) for side in SIDES for kind in Hours):
            before, after = (self.values(f"hours/{world}/{side}/{activity}") for world in (BEFORE, AFTER))
            change = mean_of(after - before)
            rows.append((side, activity, float(before.mean()), float(after.mean()), *change.with_ends, change.n))
        return _table(rows, "side", "activity", "before", "after", "change", "low", "high", "n")

    @cached_property
    def fates(self) -> pd.DataFrame:
        """Prospects a run by their fate before and after (words), the most frequent pair of fates first."""
        rows = []
        for column in self.worlds.columns:
            if column.startswith("fate/"):
                before, after = (Fate(int(number)) for number in column.split("/")[1:])
                rows.append((FATE_WORDS[before], FATE_WORDS[after], float(self.values(column).mean())))
        table = _table(rows, "before", "after", "n_a_run")
        return table.sort_values("n_a_run", ascending=False, kind="stable", ignore_index=True)


def result_of(
    question: "WhatIfQuestion", plan: StudyPlan, study: Study, steps: Sequence[DesignRuns], twins: DesignRuns | None
) -> WhatIf:
    """Everything that can be read from finished runs; `steps` are batches of worlds, `twins` come besides."""
    table = pd.concat([one.table for one in steps], ignore_index=True).drop(columns="point")
    counts, runs = [name for name in table.columns if name.startswith("fate/")], study.runs
    return WhatIf(
        question=question,
        plan=plan,
        runs=runs[~runs["seed"].isin(twins.design.seeds)].reset_index(drop=True) if twins else runs,
        twins=twins.table.drop(columns="point") if twins else pd.DataFrame(),
        worlds=table.fillna(dict.fromkeys(counts, 0.0)),  # what never occurred in a world
        failures=[one.of_variant([plan.company]) for one in study.failures],
        is_interrupted=study.is_interrupted,
    )


def _table(rows: Iterable[tuple[Any, ...]], *columns: str) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(columns))
