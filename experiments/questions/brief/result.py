"""What a brief knows: money of today, of each step and of the best, what steps take, and what stress makes of them."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from experiments.designs.practice_bundles import NamedPractice
from experiments.observation.yearly import CONTRIBUTION, NEW_BUSINESS, REVENUE
from experiments.questions.brief.kept import KNOWN, SIDES
from experiments.reporting.result import Result
from experiments.reporting.what_it_hangs_on import hanging_table
from experiments.statistics.doubt import Spread, spread
from experiments.statistics.paired import Difference, Values, difference
from experiments.studies.greedy_path import GreedyPath
from experiments.studies.practice_sets import Lived
from scenarios.run_length import DAYS_PER_QUARTER, QUARTERS_PER_YEAR

if TYPE_CHECKING:
    from experiments.questions.brief.ask import BriefPlan, BriefQuestion

TODAY = "today"
LEARNT = "behaviour.change.learnt_d"
MONTHS_PER_QUARTER = 3
DAYS_PER_MONTH = DAYS_PER_QUARTER / MONTHS_PER_QUARTER


@dataclass(frozen=True, eq=False, repr=False)
class Brief(Result):
    """What came of it.

    `types` has a row a run of today and each type, `on_the_way` of today and each number of steps taken on the first
    measured day, `stress` of today, the steps and the `best` type in other markets. `path` was measured elsewhere.
    """

    question: "BriefQuestion"
    plan: "BriefPlan"
    types: pd.DataFrame
    best: str
    path: GreedyPath
    sets: Lived
    practices: tuple[NamedPractice, ...]
    on_the_way: pd.DataFrame
    stress: pd.DataFrame

    def to_frame(self) -> pd.DataFrame:
        """One row a way: today, each step so far, the best type."""
        return self.ways

    @property
    def steps(self) -> list[NamedPractice]:
        """The practices of the path, in order."""
        return [self.practices[step.part] for step in self.path.steps]

    @property
    def seeds(self) -> list[int]:
        """Every replication of the types and the path."""
        return [*self.question.seeds, *self.path.seeds]

    @cached_property
    def _sets_so_far(self) -> list[int]:
        parts = [0]
        for step in self.path.steps:
            parts.append(parts[-1] | 1 << step.part)
        return parts

    def gain_of_steps(self, n_steps: int, outcome: str = CONTRIBUTION) -> Spread:
        """So many steps against today, in fresh worlds."""
        seeds = self.path.seeds
        after, before = (self.sets.values(self._sets_so_far[n], seeds, outcome) for n in (n_steps, 0))
        return spread(after - before)

    def gain_of_best(self, outcome: str = CONTRIBUTION) -> Spread:
        """The best type against today."""
        return spread(self._of_types(self.best, outcome) - self._of_types(TODAY, outcome))

    def today(self, outcome: str) -> Spread:
        """Today's company."""
        return spread(self._of_types(TODAY, outcome))

    def _of_types(self, variant: str, outcome: str) -> Values:
        return np.asarray(self._wide[outcome][variant].to_numpy(), dtype=np.float64)

    @cached_property
    def _wide(self) -> pd.DataFrame:
        return self.types.pivot(index="seed", columns="variant")

    @cached_property
    def ways(self) -> pd.DataFrame:
        """One row a way and measure: gain over today with its spread, EUR a year; today's own first.

        Columns: way, measure, mean, low, high (middle 80 % of replications), share_above.
        """
        rows = []
        for measure in (REVENUE, NEW_BUSINESS, CONTRIBUTION):
            found = [(TODAY, self.today(measure))]
            found += [(one.label, self.gain_of_steps(n, measure)) for n, one in enumerate(self.steps, start=1)]
            found += [(self.best, self.gain_of_best(measure))]
            rows += [(way, measure, one.mean, one.middle.low, one.middle.high, one.share_above) for way, one in found]
        return pd.DataFrame(rows, columns=["way", "measure", "mean", "low", "high", "share_above"])

    @cached_property
    def what_steps_take(self) -> pd.DataFrame:
        """One row a step on top of those before, taken on the first measured day.

        Columns: step, label, change; hours a week of each side together and money (EUR a year) beyond those
        of the steps before; months to learn (of the usual change); months until all so far have paid back (NaN: not
        within the run).
        """
        means = self.on_the_way.groupby("n_steps").mean(numeric_only=True)
        learn, years = self._months_to_learn(), self.plan.today.run.quarters / QUARTERS_PER_YEAR
        rows = []
        for n, one in enumerate(self.steps, start=1):
            hours = [means[f"hours/{side}"][n] - means[f"hours/{side}"][n - 1] for side in SIDES]
            money = (means["money/practices"][n] - means["money/practices"][n - 1]) / years
            rows.append((n, one.label, one.in_words, *hours, money, learn, self._months_to_pay_back(n)))
        hours = [f"hours_{side}" for side in SIDES]
        columns = ["step", "label", "change", *hours, "money", "months_to_learn", "months_to_pay_back"]
        return pd.DataFrame(rows, columns=columns)

    def _months_to_learn(self) -> float:
        """Months in which people come to do most of what is new: the middle of what is drawn."""
        days, drawn = self.plan.today.behaviour.change.learnt_d, self.plan.assumptions
        if drawn is not None and LEARNT in drawn.paths:
            days = float(np.median(drawn.values[:, drawn.paths.index(LEARNT)]))
        return days / DAYS_PER_MONTH

    def steps_against_whole(self) -> Difference | None:
        """All steps less all practices of the best type, in the same fresh worlds, contribution a year."""
        if not self.path.steps:
            return None
        whole, seeds = (1 << len(self.practices)) - 1, self.path.seeds
        steps = self.sets.values(self._sets_so_far[-1], seeds, CONTRIBUTION)
        return difference(steps, self.sets.values(whole, seeds, CONTRIBUTION), n_resamples=0)

    def _months_to_pay_back(self, n_steps: int) -> float:
        """Months after which all steps so far have earned more than they cost, for good; by quarters."""
        names = [name for name in self.on_the_way if str(name).startswith("quarter/")]
        means = self.on_the_way.groupby("n_steps")[names].mean()
        so_far = (means.loc[n_steps] - means.loc[0]).cumsum().to_numpy()
        behind = np.flatnonzero(so_far < 0)
        first = int(behind[-1]) + 1 if len(behind) else 0
        return float((first + 1) * MONTHS_PER_QUARTER) if first < len(so_far) else np.nan

    @cached_property
    def hangs_on(self) -> pd.DataFrame:
        """The assumptions on which the gain of the best hangs most."""
        gain = self._of_types(self.best, CONTRIBUTION) - self._of_types(TODAY, CONTRIBUTION)
        return hanging_table(self.plan.assumptions, [int(seed) for seed in self._wide.index], gain)

    @cached_property
    def under_stress(self) -> pd.DataFrame:
        """One row a market and way: gain over today there, EUR of contribution a year, with its spread."""
        rows = []
        for market, some in self.stress.groupby("market", sort=False):
            wide = some.pivot(index="seed", columns="variant", values=CONTRIBUTION)
            for way in ("steps", "best"):
                gap = spread((wide[way] - wide[TODAY]).to_numpy())
                rows.append((market, way, gap.mean, gap.middle.low, gap.middle.high, gap.share_above))
        return pd.DataFrame(rows, columns=["market", "way", "mean", "low", "high", "share_above"])

    @cached_property
    def known(self) -> pd.DataFrame:
        """Figures a reader knows of the own company: of today's, median and middle 80 % of replications."""
        rows = []
        for name in KNOWN:
            one = self.today(name)
            rows.append((name, one.median, one.middle.low, one.middle.high))
        return pd.DataFrame(rows, columns=["figure", "median", "low", "high"])
