"""What a search shows: the designs tried, those that no other beats, and what they bring in fresh worlds."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from experiments.observation.yearly import NEW_BUSINESS, REVENUE
from experiments.questions.optimise.tried import Tried, comparable
from experiments.reporting.result import Result
from experiments.reporting.what_it_hangs_on import hanging_table
from experiments.statistics.doubt import Spread, says_something, spread
from experiments.statistics.paired import Mean, Values, mean_of

if TYPE_CHECKING:
    from experiments.questions.optimise.ask import OptimisePlan, OptimiseQuestion


@dataclass(frozen=True, eq=False, repr=False)
class Optimum(Result):
    """The designs tried, and those of the front lived again in fresh worlds, in the same order as `front`.

    `front` are places in `tried`; `recommended` is the one of them that did best in the worlds of `choosing`. What it
    and the others bring is told by `again`, other worlds. `n_void` more designs were unbeaten in the search, but are no
    allowed company in one of the fresh worlds.
    """

    question: "OptimiseQuestion"
    plan: "OptimisePlan"
    tried: tuple[Tried, ...] = ()
    front: tuple[int, ...] = ()
    recommended: int | None = None
    choosing: tuple[Tried, ...] = ()
    again: tuple[Tried, ...] = ()
    n_void: int = 0

    def to_frame(self) -> pd.DataFrame:
        """One row a design that was tried."""
        return self.designs

    @cached_property
    def compared(self) -> dict[int, Tried]:
        """Designs by place in `front`, in those of the worlds that choose which all of them know."""
        return comparable(self.choosing)

    def lived_again(self, place: int) -> Tried | None:
        """A design of the front in the fresh worlds that tell."""
        return self.again[self.front.index(place)] if place in self.front[: len(self.again)] else None

    @property
    def chosen(self) -> Tried | None:
        """The recommended design in the worlds that tell; None where nothing of it was measured there."""
        again = self.lived_again(self.recommended) if self.recommended is not None else None
        return again if again is not None and again.is_measured else None

    @property
    def says_something(self) -> bool:
        """Whether the recommended design was lived in enough worlds for a chance, or for being ahead."""
        return self.chosen is not None and says_something(self.fresh_gain(self.chosen).n)

    @property
    def is_better(self) -> bool:
        """Whether the recommended design beats today's company beyond doubt, in worlds that had no part in choosing."""
        gain = self.fresh_gain(self.chosen) if self.chosen is not None and self.says_something else None
        return gain is not None and gain.mean > 0 and gain.interval.excludes(0)

    @cached_property
    def hangs_on(self) -> pd.DataFrame:
        """The assumptions on which the gain of the recommended design hangs most, a row each, strongest first."""
        gains = self.chosen.gains if self.chosen is not None else np.zeros(0)
        return hanging_table(self.plan.assumptions, self.question.telling, gains)

    @property
    def meets_draws_again(self) -> bool:
        """Whether worlds that tell share draws of the assumptions with those that searched or chose."""
        drawn = self.plan.assumptions
        return drawn is not None and self.question.telling.stop - self.question.seed > drawn.n_draws

    def fresh_gain(self, one: Tried) -> Mean:
        """Mean gain in contribution a year over today with its interval."""
        return mean_of(one.gains)

    def fresh_money(self, one: Tried, name: str) -> Mean:
        """Mean gain in other money a year over today with its interval; unknown where runs do not say."""
        return mean_of(one.more.get(name, _nothing_like(one.gains)))

    def spread_of(self, one: Tried) -> Spread:
        """Where the gain in contribution of one more replication would lie."""
        return spread(one.gains)

    def choosing_gain(self, k: int) -> float:
        """Mean gain a year where one of the front was chosen; NaN for a design that could not be compared there."""
        return self.compared[k].goals[0] if k in self.compared else float("nan")

    @cached_property
    def designs(self) -> pd.DataFrame:
        """A row a design tried: levers, goals in the search (EUR a year), and in fresh worlds for those lived again.

        `choosing_gain` is from the fresh worlds that choose, all other fresh figures from those that tell.
        """
        rows = []
        for place, one in enumerate(self.tried):
            again, (gain, worst, score) = self.lived_again(place), one.goals
            row = dict(one.values) | {"gain": gain, "worst": worst, "score": score}
            row |= {"is_recommended": again is not None and again is self.chosen}
            rows.append(row | (self._in_fresh_worlds(place, again) if again is not None else {}))
        return pd.DataFrame(rows)

    def _in_fresh_worlds(self, place: int, again: Tried) -> dict[str, Any]:
        fresh = self.fresh_gain(again)
        return {
            "choosing_gain": self.choosing_gain(self.front.index(place)),
            "fresh_gain": fresh.mean,
            "fresh_low": fresh.interval.low,
            "fresh_high": fresh.interval.high,
            "fresh_revenue": self.fresh_money(again, REVENUE).mean,
            "fresh_new_business": self.fresh_money(again, NEW_BUSINESS).mean,
            "fresh_worst": again.goals[1],
            "fresh_score": again.goals[2],
            "fresh_n": fresh.n,
        }


def _nothing_like(values: Values) -> Values:
    return np.full(len(values), np.nan)
