"""What a comparison found: tables that can be read without us, and the few numbers an answer needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.designs.run_table import DECISION, TODAY
from experiments.execution.worker import FailedRun
from experiments.questions.compare import text as answer
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

if TYPE_CHECKING:
    import pandas as pd

    from simulation import Outcome

PAY_FOR_OTHER_HOURS = "pay_for_other_hours_eur"


@dataclass(frozen=True)
class Comparison:
    """Variants of one company in common worlds.

    `source` is the shipped name or the path of the company, None if it has neither; `changes` were laid on top of it.
    `variants` are the scenarios, in the order asked for; `today` is the variant with the company's present practices,
    None if it was not asked for; `outcomes` says what the columns of `runs` mean. `wished_precision` is None for a
    fixed number of runs.
    """

    company: str
    source: str | None
    changes: Mapping[str, Any]
    variants: Mapping[str, Any]
    today: str | None
    outcomes: Mapping[str, "Outcome"]
    runs: "pd.DataFrame"
    hours: "pd.DataFrame"
    quarters: "pd.DataFrame"
    failures: Sequence[FailedRun] = ()
    is_interrupted: bool = False
    wished_precision: float | None = None
    is_precise_enough: bool | None = None

    @cached_property
    def answer(self) -> tuple[str, str, str]:
        """In three lines: which type earns most and by how much; where that comes from; how sure it is."""
        return answer.in_three_lines(self)

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
    def n_worlds(self) -> int:
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
        """Arm a minus variant b in their common worlds; the bootstrap only for the contribution."""
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
    def types(self) -> "pd.DataFrame":
        """One row a variant, best first: contribution with interval, chance of being best, worlds won, regret."""
        import pandas as pd

        rows = [
            {
                "variant": row.variant,
                "mean": row.mean.mean,
                "low": row.mean.interval.low,
                "high": row.mean.interval.high,
                "sd": row.mean.sd,
                "n": row.mean.n,
                "n_unknown": row.mean.n_unknown,
                "probability_best": row.probability_best,
                "share_of_worlds": row.share_of_worlds,
                "expected_regret": row.expected_regret,
            }
            for row in self.standings
        ]
        return pd.DataFrame(rows)

    @cached_property
    def summary(self) -> "pd.DataFrame":
        """One row a variant and outcome: mean over runs with its 95 % interval, standard deviation, runs."""
        import pandas as pd

        rows = []
        for variant in self.variants:
            for name, outcome in self.outcomes.items():
                found = mean_of(self.values(variant, name))
                ends = (found.interval.low, found.interval.high)
                rows.append((variant, name, outcome.unit, found.mean, *ends, found.sd, found.n, found.n_unknown))
        columns = ["variant", "outcome", "unit", "mean", "low", "high", "sd", "n", "n_unknown"]
        return pd.DataFrame(rows, columns=columns)

    @cached_property
    def pairs(self) -> "pd.DataFrame":
        """All pairs of variants, as `pairs_table` shows them; the later in the order asked for comes first."""
        return self.pairs_table([(later, earlier) for earlier, later in combinations(self.variants, 2)])

    def pairs_table(self, pairs: Sequence[tuple[str, str]]) -> "pd.DataFrame":
        """One row a pair of variants (a, b): a minus b in contribution, how sure it is, what common worlds saved.

        `p_holm` is filled for neighbouring types, corrected for there being several of them.
        """
        import pandas as pd

        corrected = dict(
            zip(self.neighbours, holm([self.difference(*pair).p_value for pair in self.neighbours]), strict=True)
        )
        return pd.DataFrame([self._pair_row(a, b, corrected.get((a, b), np.nan)) for a, b in pairs])

    def effects(self, a: str, b: str) -> "pd.DataFrame":
        """One row an outcome: mean of b, mean of a, the difference and its interval in common worlds."""
        import pandas as pd

        rows = []
        for name, outcome in self.outcomes.items():
            found = self.difference(a, b, name)
            before, after = self._means_where_both_known(a, b, name)
            row = (name, outcome.unit, outcome.better, before, after, found.mean, found.interval.low)
            rows.append((*row, found.interval.high, found.n, found.is_clear))
        columns = ["outcome", "unit", "better", "before", "after", "change", "low", "high", "n", "is_clear"]
        return pd.DataFrame(rows, columns=columns)

    def bridge(self, a: str, b: str) -> "pd.DataFrame":
        """Where the difference in contribution between a and b comes from, in parts that add up to it exactly.

        Columns: part, change (EUR, positive where it adds to contribution), low, high. Pay for hours with the other
        side is part of the cost of coordination; the pay for all other hours is what remains.
        """
        import pandas as pd

        signs = {"gross_margin_eur": 1, "bad_debt_eur": -1, "programme_eur": -1, "coordination_cost_eur": -1}
        sides = []
        for variant in (a, b):
            parts = {name: sign * self.values(variant, name) for name, sign in signs.items()}
            total = self.values(variant)
            sides.append({**parts, PAY_FOR_OTHER_HOURS: total - sum(parts.values()), DECISION: total})
        rows = []
        for name in sides[0]:
            found = difference(sides[0][name], sides[1][name], n_resamples=0)
            rows.append((name, found.mean, found.interval.low, found.interval.high, found.n))
        return pd.DataFrame(rows, columns=["part", "change", "low", "high", "n"])

    def _means_where_both_known(self, a: str, b: str, outcome: str) -> tuple[float, float]:
        first, second = self.values(a, outcome), self.values(b, outcome)
        known = ~(np.isnan(first) | np.isnan(second))
        if not known.any():
            return float("nan"), float("nan")
        return float(second[known].mean()), float(first[known].mean())

    def _pair_row(self, a: str, b: str, p_holm: float) -> dict[str, object]:
        found = self.difference(a, b)
        return {
            "a": a,
            "b": b,
            "difference": found.mean,
            "low": found.interval.low,
            "high": found.interval.high,
            "bootstrap_low": found.bootstrap.low,
            "bootstrap_high": found.bootstrap.high,
            "relative": found.relative,
            "relative_low": found.relative_interval.low,
            "relative_high": found.relative_interval.high,
            "p_value": found.p_value,
            "p_holm": p_holm,
            "share_a_higher": found.share_a_higher,
            "variance_reduction": found.variance_reduction,
            "variance_reduction_low": found.variance_reduction_interval.low,
            "variance_reduction_high": found.variance_reduction_interval.high,
            "n": found.n,
            "n_unknown": found.n_unknown,
        }

    @cached_property
    def _by_variant(self) -> "dict[str, pd.DataFrame]":
        """The runs of each variant, one row a world."""
        return {
            variant: self.runs[self.runs["variant"] == variant].set_index("seed").reindex(self.seeds)
            for variant in self.variants
        }
