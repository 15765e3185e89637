"""What a roadmap says: the value of each practice alone, last and on average over all orders, and a path."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from experiments.designs.practice_bundles import NamedPractice
from experiments.designs.run_table import DECISION
from experiments.reporting.result import Result
from experiments.statistics.doubt import Spread, spread
from experiments.statistics.paired import Difference, Values, difference, mean_of
from experiments.statistics.shapley import Orders, alone_and_last, contributions, sets_met
from experiments.studies.greedy_path import GreedyPath
from experiments.studies.practice_sets import Lived
from scenarios import Scenario

if TYPE_CHECKING:
    from experiments.questions.roadmap.ask import RoadmapPlan, RoadmapQuestion

COST = "coordination_cost_eur"


@dataclass(frozen=True)
class Ends:
    """The company as it is and as it would be. `is_goal_chosen`: the goal was found by trying all types."""

    start: Scenario
    goal: Scenario
    goal_name: str
    practices: tuple[NamedPractice, ...]
    is_goal_chosen: bool = False


@dataclass(frozen=True, eq=False, repr=False)
class Roadmap(Result):
    """What each practice is worth, and a path.

    Values are EUR of contribution in a whole run; `per_year` turns them into a year's. `n_replications` worlds were
    lived to their end with every set of practices that was asked for; `path` is measured in other worlds.
    """

    question: "RoadmapQuestion"
    plan: "RoadmapPlan"
    ends: Ends
    lived: Lived
    orders: Orders
    path: GreedyPath

    def to_frame(self) -> pd.DataFrame:
        """One row a practice, the most valuable first."""
        return self.table

    @property
    def per_year(self) -> float:
        """Runs in a year: values of a run times this are a year's."""
        return 4 / self.ends.start.run.quarters

    @property
    def practices(self) -> tuple[NamedPractice, ...]:
        """The practices between start and goal."""
        return self.ends.practices

    @cached_property
    def worlds(self) -> tuple[int, ...]:
        """Places of the worlds in which every set of practices has a value."""
        n_parts = len(self.practices)
        sets = [sets_met(order) | alone_and_last(n_parts) for order in self.orders]
        return tuple(
            k for k, wanted in enumerate(sets) if all(self.lived.has(one, self._seed(k), DECISION) for one in wanted)
        )

    @property
    def n_replications(self) -> int:
        """Worlds in which every set of practices has a value."""
        return len(self.worlds)

    def _seed(self, world: int) -> int:
        return self.question.seed + world

    @property
    def seeds(self) -> list[int]:
        """Seeds of the worlds that count."""
        return [self._seed(k) for k in self.worlds]

    def shapley(self, outcome: str = DECISION) -> Values:
        """What each practice adds in each world, worlds x practices; a row adds up to goal minus start."""
        rows = [
            contributions(
                self.orders[k],
                lambda parts, k=k: self.lived.value(parts, self._seed(k), outcome),  # type: ignore[misc]
            )
            for k in self.worlds
        ]
        return np.array(rows).reshape(len(rows), len(self.practices))

    def alone(self, part: int) -> Difference:
        """What one practice adds to the start."""
        return self.gap(1 << part, 0)

    def last(self, part: int) -> Difference:
        """What one practice adds where all others are in place."""
        whole = (1 << len(self.practices)) - 1
        return self.gap(whole, whole ^ 1 << part)

    def total(self) -> Difference:
        """Goal minus start."""
        return self.gap((1 << len(self.practices)) - 1, 0)

    def gain_of_path(self, outcome: str = DECISION, scale: float = 1.0) -> Spread:
        """All steps of the path against the start in an outcome times `scale`, in the worlds it was measured in."""
        taken = sum(1 << step.part for step in self.path.steps)
        after, before = (self.lived.values(parts, self.path.seeds, outcome) for parts in (taken, 0))
        return spread((after - before) * scale)

    def gap(self, one: int, other: int) -> Difference:
        """A set of practices against another, in the worlds that count."""
        return difference(self.lived.values(one, self.seeds), self.lived.values(other, self.seeds))

    @cached_property
    def table(self) -> pd.DataFrame:
        """A row a practice, the most valuable first; EUR a year.

        Columns: practice, label, change, value with low and high (Shapley), alone and last each with low and high,
        cost (of coordination, by Shapley), n.
        """
        values, costs = self.shapley(), self.shapley(COST)
        rows = []
        for part, one in enumerate(self.practices):
            value, alone, last = mean_of(values[:, part]), self.alone(part), self.last(part)
            euros = [*value.with_ends, *alone.with_ends, *last.with_ends, float(costs[:, part].mean())]
            yearly = [of_a_run * self.per_year for of_a_run in euros]
            rows.append((one.name, one.label, one.in_words, *yearly, len(values)))
        numbers = [f"{kind}{end}" for kind in ("value", "alone", "last") for end in ("", "_low", "_high")]
        table = pd.DataFrame(rows, columns=["practice", "label", "change", *numbers, "cost", "n"])
        return table.sort_values("value", ascending=False, kind="stable").reset_index(drop=True)


def runs_of(lived: Lived, practices: Sequence[NamedPractice]) -> pd.DataFrame:
    """One row a run: which practices were in place (1) or not (0), the seed, every outcome that was kept."""
    names = [one.name for one in practices]
    rows = []
    for (parts, seed), outcomes in sorted(lived.outcomes.items(), key=lambda one: (one[0][1], one[0][0])):
        places = {name: parts >> part & 1 for part, name in enumerate(names)}
        rows.append({"practices": "".join(map(str, places.values())), "seed": seed, **places, **outcomes})
    return pd.DataFrame(rows, columns=None if rows else ["practices", "seed", *names])
