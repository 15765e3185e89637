"""What a comparison found: tables that can be read without us, and the few numbers a conclusion needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from experiments.designs.run_table import TODAY
from experiments.designs.variant import differing_values
from experiments.observation import measures
from experiments.observation.yearly import CONTRIBUTION, YEARLY
from experiments.reporting.movers import effects_table
from experiments.reporting.result import Result
from experiments.reporting.what_it_hangs_on import hanging_table
from experiments.statistics.doubt import Spread, says_something, share_of_luck, shares_best, spread
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
from experiments.studies.leaner_way import LeanerWay
from experiments.studies.study import DesignRuns
from scenarios import Scenario
from scenarios.run_length import QUARTERS_PER_YEAR
from simulation.outcomes import OUTCOMES

if TYPE_CHECKING:
    from experiments.questions.compare.ask import ComparePlan, CompareQuestion


PAY_FOR_OTHER_HOURS = "pay_for_other_hours_eur"


@dataclass(frozen=True, eq=False, repr=False)
class Comparison(Result):
    """Variants of one company in common worlds.

    `runs` has a row a run: variant, seed, every outcome, money by the year, and the values in which variants differ.
    `twins` are the first replications once more, same draws, other worlds. `families`, `leaner` and `causes` take the
    gain of the best over `reference` apart; None where there were too few replications for it.
    """

    question: "CompareQuestion"
    plan: "ComparePlan"
    hours: pd.DataFrame
    quarters: pd.DataFrame
    twins: pd.DataFrame
    is_precise_enough: bool | None = None
    families: pd.DataFrame | None = None
    leaner: LeanerWay | None = None
    causes: pd.DataFrame | None = None

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
    def says_something(self) -> bool:
        """Whether there are enough replications for chances, ranks and spreads."""
        return says_something(self.n_replications)

    @property
    def n_draws(self) -> int | None:
        """Draws of the assumptions there are: no more replications can be asked for; None if nothing is drawn."""
        return self.plan.assumptions.n_draws if self.plan.assumptions is not None else None

    @property
    def per_year(self) -> float:
        """Runs in a year: a sum over a run times this is a year's."""
        return QUARTERS_PER_YEAR / self.quarters_measured

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

    def values(self, variant: str, outcome: str = CONTRIBUTION) -> Values:
        """One number per world, the same worlds in the same order for every variant; NaN where a run failed."""
        table = self._by_variant[variant]
        if outcome not in table:
            return np.full(len(table), np.nan)
        return np.asarray(table[outcome].to_numpy(), dtype=np.float64)

    def has_all(self, seed: int) -> bool:
        """Whether every variant has a known contribution in the world of a seed."""
        at = self.seeds.index(seed)
        return not any(np.isnan(self.values(variant)[at]) for variant in self.variants)

    def gap(self, a: str, b: str, outcome: str = CONTRIBUTION) -> Spread:
        """Variant a minus variant b: where one more replication would lie, luck and assumptions together."""
        return spread(self.values(a, outcome) - self.values(b, outcome))

    def difference(self, a: str, b: str, outcome: str = CONTRIBUTION) -> Difference:
        """Variant a minus variant b in their common worlds; the bootstrap only for the contribution."""
        known = self._differences.get((a, b, outcome))
        if known is None:
            n_resamples = N_RESAMPLES if outcome == CONTRIBUTION else 0
            known = difference(self.values(a, outcome), self.values(b, outcome), n_resamples=n_resamples)
            self._differences[a, b, outcome] = known
        return known

    @cached_property
    def _differences(self) -> dict[tuple[str, str, str], Difference]:
        """Differences asked for before; each takes a bootstrap."""
        return {}

    @cached_property
    def shares_best(self) -> Mapping[str, float]:
        """By variant, the share of replications in which it is the best; NaN for too few."""
        table = np.column_stack([self.values(variant) for variant in self.variants])
        return dict(zip(self.variants, map(float, shares_best(table)), strict=True))

    @cached_property
    def share_of_luck(self) -> float:
        """What part of the spread of the best less `reference` is luck; NaN where it cannot be told."""
        if self.twins.empty:
            return float("nan")
        twins = {
            name: some.set_index("seed").sort_index()[CONTRIBUTION] for name, some in self.twins.groupby("variant")
        }
        apart = twins[self.best] - twins[self.reference]
        drawn, gain = self.plan.assumptions, self.values(self.best) - self.values(self.reference)
        if drawn is None:
            return float("nan")
        by_draw = drawn.by_draw(self.seeds, gain)
        return share_of_luck(by_draw, drawn.by_draw(apart.index.tolist(), apart))

    @cached_property
    def hangs_on(self) -> pd.DataFrame:
        """The assumptions on which the gain of the best over `reference` hangs most; see `hanging_table`."""
        gain = self.values(self.best) - self.values(self.reference)
        return hanging_table(self.plan.assumptions, self.seeds, gain, self._best_in)

    def _best_in(self, some: Values) -> str:
        """The type that earns most in some replications, if that is clear of the best of all; else the best of all."""
        means = {variant: float(np.nanmean(self.values(variant)[some])) for variant in self.variants}
        first = max(means, key=lambda variant: means[variant])
        gap = difference(self.values(first)[some], self.values(self.best)[some], n_resamples=0)
        return first if gap.interval.low > 0 else self.best

    @cached_property
    def money(self) -> pd.DataFrame:
        """Money by the year: a row a variant and measure, against `reference`, in EUR and in percent of its mean.

        Columns: variant, measure, mean, low and high (95 % interval of the mean), difference, spread_low and
        spread_high (middle 80 % of replications), relative (of the reference's mean), share_above.
        """
        rows = []
        for variant in (one.variant for one in self.standings):
            for measure in YEARLY:
                mean, gap = mean_of(self.values(variant, measure)), self.gap(variant, self.reference, measure)
                base = mean_of(self.values(self.reference, measure)).mean
                relative = gap.mean / base if base > 0 else np.nan
                rows.append(
                    (
                        variant,
                        measure,
                        *mean.with_ends,
                        gap.mean,
                        gap.middle.low,
                        gap.middle.high,
                        relative,
                        gap.share_above,
                    )
                )
        spans = ["difference", "spread_low", "spread_high", "relative", "share_above"]
        return pd.DataFrame(rows, columns=["variant", "measure", "mean", "low", "high", *spans])

    @cached_property
    def types(self) -> pd.DataFrame:
        """One row a variant, best first: contribution a year with interval, how often it is the best, regret."""
        rows = []
        for row in self.standings:
            chances = (self.shares_best[row.variant], row.expected_regret)
            rows.append((row.variant, *row.mean.with_ends, row.mean.sd, row.mean.n, row.mean.n_unknown, *chances))
        columns = ["variant", "mean", "low", "high", "sd", "n", "n_unknown"]
        return pd.DataFrame(rows, columns=[*columns, "share_best", "expected_regret"])

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
        """Where the difference in contribution a year between a and b comes from, in parts that add up to it exactly.

        Columns: part, change (EUR, positive where it adds to contribution), low, high. Pay for hours with the other
        side is part of the cost of coordination; the pay for all other hours is what remains.
        """
        signs = {"gross_margin_eur": 1, "bad_debt_eur": -1, "programme_eur": -1, "coordination_cost_eur": -1}
        sides = []
        for variant in (a, b):
            parts = {name: sign * self.per_year * self.values(variant, name) for name, sign in signs.items()}
            total = self.values(variant)
            sides.append({**parts, PAY_FOR_OTHER_HOURS: total - sum(parts.values()), CONTRIBUTION: total})
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


def comparison(
    question: "CompareQuestion", plan: "ComparePlan", steps: Sequence[DesignRuns], twins: DesignRuns | None = None
) -> Comparison:
    """Everything that can be read from finished runs; `steps` are batches of replications, `twins` come besides."""
    names = list(plan.companies)
    table = _named(steps, names)
    runs, inputs = measures.runs_table(table), differing_values(plan.companies)
    values = {path: [by_name[name] for name in runs["variant"]] for path, by_name in inputs.items()}
    return Comparison(
        question=question,
        plan=plan,
        runs=pd.concat([runs, pd.DataFrame(values, index=runs.index)], axis="columns"),
        hours=measures.hours_table(table),
        quarters=measures.quarters_table(table),
        twins=measures.runs_table(_named([twins], names)) if twins else pd.DataFrame(),
        failures=[one.of_variant(names) for step in steps for one in step.failures],
        is_interrupted=any(one.is_interrupted for one in steps),
    )


def _named(steps: Sequence[DesignRuns], names: Sequence[str]) -> pd.DataFrame:
    """The runs of all steps, seed by seed, with the name of the variant in the first column."""
    table = pd.concat([one.table for one in steps], ignore_index=True).sort_values(["seed", "point"])
    table.insert(0, "variant", [names[point] for point in table.pop("point")])
    return table
