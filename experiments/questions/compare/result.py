"""What a comparison found: tables that can be read without us, and the few numbers a conclusion needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from experiments.designs.run_table import DECISION, TODAY
from experiments.designs.variant import differing_values
from experiments.observation import measures
from experiments.reporting.movers import effects_table
from experiments.reporting.result import Result
from experiments.statistics.paired import (
    N_RESAMPLES,
    Difference,
    Standing,
    Values,
    difference,
    holm,
    mean_of,
    standings,
)
from experiments.studies.study import DesignRuns
from scenarios import Scenario
from simulation.outcomes import OUTCOMES

if TYPE_CHECKING:
    from experiments.questions.compare.ask import ComparePlan, CompareQuestion

PAY_FOR_OTHER_HOURS = "pay_for_other_hours_eur"


@dataclass(frozen=True, eq=False, repr=False)
class Comparison(Result):
    """Variants of one company in common worlds.

    `runs` has a row a run: variant, seed, every outcome, and the values in which the variants differ.
    """

    question: "CompareQuestion"
    plan: "ComparePlan"
    hours: pd.DataFrame
    quarters: pd.DataFrame
    is_precise_enough: bool | None = None

    @property
    def variants(self) -> Mapping[str, Scenario]:
        """The scenarios, in the order asked for."""
        return self.plan.companies

    @property
    def today(self) -> str | None:
        """The variant with the company's present practices; None if it was not asked for."""
        return self.plan.today

    def to_frame(self) -> pd.DataFrame:
        """One row a type, best first."""
        return self.types

    @cached_property
    def standings(self) -> list[Standing]:
        """The variants by mean contribution, best first."""
        return standings({variant: self.values(variant) for variant in self.variants})

    @property
    def best(self) -> str:
        """The variant with the highest mean contribution."""
        return self.standings[0].variant

    @property
    def second(self) -> str:
        """The next best."""
        return self.standings[1].variant

    @property
    def reference(self) -> str:
        """What the best is explained against: the present practices, or the next best where those are best."""
        return self.second if self.today in (None, self.best) else str(self.today)

    @property
    def neighbours(self) -> list[tuple[str, str]]:
        """Each type with the next closer relationship, as (closer, looser); the present practices are no type."""
        types = [variant for variant in self.variants if variant != TODAY]
        return [(closer, looser) for looser, closer in pairwise(types)]

    @property
    def n_replications(self) -> int:
        """Worlds in which every variant has a known contribution."""
        table = np.column_stack([self.values(variant) for variant in self.variants])
        return int(np.sum(~np.isnan(table).any(axis=1)))

    @property
    def seeds(self) -> list[int]:
        """The worlds, in the order of `values`."""
        return sorted(set(self.runs["seed"]))

    @property
    def quarters_measured(self) -> int:
        """Length of a run in quarters, from its scenario."""
        return int(next(iter(self.variants.values())).run.quarters)

    def values(self, variant: str, outcome: str = DECISION) -> Values:
        """One number per world, the same worlds in the same order for every variant; NaN where a run failed."""
        table = self._by_variant[variant]
        if outcome not in table:
            return np.full(len(table), np.nan)
        return np.asarray(table[outcome].to_numpy(), dtype=np.float64)

    def difference(self, a: str, b: str, outcome: str = DECISION) -> Difference:
        """Variant a minus variant b in their common worlds; the bootstrap only for the contribution."""
        known = self._differences.get((a, b, outcome))
        if known is None:
            n_resamples = N_RESAMPLES if outcome == DECISION else 0
            known = difference(self.values(a, outcome), self.values(b, outcome), n_resamples=n_resamples)
            self._differences[a, b, outcome] = known
        return known

    @cached_property
    def _differences(self) -> dict[tuple[str, str, str], Difference]:
        """Differences asked for before; each takes a bootstrap."""
        return {}

    @cached_property
    def types(self) -> pd.DataFrame:
        """One row a variant, best first: contribution with interval, chance of being best, worlds won, regret."""
        rows = []
        for row in self.standings:
            chances = (row.probability_best, row.share_of_worlds, row.expected_regret)
            rows.append((row.variant, *row.mean.with_ends, row.mean.sd, row.mean.n, row.mean.n_unknown, *chances))
        columns = ["variant", "mean", "low", "high", "sd", "n", "n_unknown"]
        return pd.DataFrame(rows, columns=[*columns, "probability_best", "share_of_worlds", "expected_regret"])

    @cached_property
    def summary(self) -> pd.DataFrame:
        """One row a variant and outcome: mean over runs with its 95 % interval, standard deviation, runs."""
        rows = []
        for variant in self.variants:
            for name, outcome in OUTCOMES.items():
                mean = mean_of(self.values(variant, name))
                rows.append((variant, name, outcome.unit, *mean.with_ends, mean.sd, mean.n, mean.n_unknown))
        columns = ["variant", "outcome", "unit", "mean", "low", "high", "sd", "n", "n_unknown"]
        return pd.DataFrame(rows, columns=columns)

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """All pairs of variants, as `pairs_table` shows them; the later in the order asked for comes first."""
        return self.pairs_table([(later, earlier) for earlier, later in combinations(self.variants, 2)])

    def pairs_table(self, pairs: Sequence[tuple[str, str]]) -> pd.DataFrame:
        """One row a pair of variants (a, b): a minus b in contribution, how sure it is, what common worlds saved.

        `p_holm` is filled for neighbouring types, corrected for there being several of them.
        """
        corrected = dict(
            zip(self.neighbours, holm([self.difference(*pair).p_value for pair in self.neighbours]), strict=True)
        )
        return pd.DataFrame([self._pair_row(a, b, corrected.get((a, b), np.nan)) for a, b in pairs])

    def effects(self, a: str, b: str) -> pd.DataFrame:
        """One row an outcome: mean of b, mean of a, the difference and its interval in common worlds."""
        return effects_table(
            lambda name: (self.values(b, name), self.values(a, name)), lambda name: self.difference(a, b, name)
        )

    def bridge(self, a: str, b: str) -> pd.DataFrame:
        """Where the difference in contribution between a and b comes from, in parts that add up to it exactly.

        Columns: part, change (EUR, positive where it adds to contribution), low, high. Pay for hours with the other
        side is part of the cost of coordination; the pay for all other hours is what remains.
        """
        signs = {"gross_margin_eur": 1, "bad_debt_eur": -1, "programme_eur": -1, "coordination_cost_eur": -1}
        sides = []
        for variant in (a, b):
            parts = {name: sign * self.values(variant, name) for name, sign in signs.items()}
            total = self.values(variant)
            sides.append({**parts, PAY_FOR_OTHER_HOURS: total - sum(parts.values()), DECISION: total})
        rows = []
        for name in sides[0]:
            gap = difference(sides[0][name], sides[1][name], n_resamples=0)
            rows.append((name, *gap.with_ends, gap.n))
        return pd.DataFrame(rows, columns=["part", "change", "low", "high", "n"])

    def _pair_row(self, a: str, b: str, p_holm: float) -> dict[str, object]:
        gap = self.difference(a, b)
        return {
            "a": a,
            "b": b,
            "difference": gap.mean,
            "low": gap.interval.low,
            "high": gap.interval.high,
            "bootstrap_low": gap.bootstrap.low,
            "bootstrap_high": gap.bootstrap.high,
            "relative": gap.relative,
            "relative_low": gap.relative_interval.low,
            "relative_high": gap.relative_interval.high,
            "p_value": gap.p_value,
            "p_holm": p_holm,
            "share_a_higher": gap.share_a_higher,
            "variance_reduction": gap.variance_reduction,
            "variance_reduction_low": gap.variance_reduction_interval.low,
            "variance_reduction_high": gap.variance_reduction_interval.high,
            "n": gap.n,
            "n_unknown": gap.n_unknown,
        }

    @cached_property
    def _by_variant(self) -> dict[str, pd.DataFrame]:
        """The runs of each variant, one row a world."""
        return {
            variant: self.runs[self.runs["variant"] == variant].set_index("seed").reindex(self.seeds)
            for variant in self.variants
        }


def comparison(question: "CompareQuestion", plan: "ComparePlan", steps: Sequence[DesignRuns]) -> Comparison:
    """Everything that can be read from finished runs; `steps` are batches of replications."""
    names = list(plan.companies)
    table = pd.concat([one.table for one in steps], ignore_index=True).sort_values(["seed", "point"])
    table.insert(0, "variant", [names[point] for point in table.pop("point")])
    runs, inputs = measures.runs_table(table), differing_values(plan.companies)
    values = {path: [by_name[name] for name in runs["variant"]] for path, by_name in inputs.items()}
    return Comparison(
        question=question,
        plan=plan,
        runs=pd.concat([runs, pd.DataFrame(values, index=runs.index)], axis="columns"),
        hours=measures.hours_table(table),
        quarters=measures.quarters_table(table),
        failures=[one.of_variant(names) for step in steps for one in step.failures],
        is_interrupted=any(one.is_interrupted for one in steps),
    )
