"""What the runs showed: for every condition and measure one number per world, the same worlds in the same order."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from experiments.execution.worker import FinishedRun
from experiments.questions.validate.patterns.condition import Condition
from experiments.questions.validate.patterns.targets import Estimate
from experiments.statistics.paired import Interval, Values, mean_of
from experiments.wording.numbers import counted

if TYPE_CHECKING:
    import pandas as pd

FEWEST_KNOWN = 0.5  # a measure that most worlds do not have says nothing about the pattern


class NotMeasurable(Exception):
    """Something a pattern asks for is not there; `str()` says what."""


class Evidence:
    """Numbers by condition, measure and world; `missing` says of a condition why it could not be run.

    `besides` are the tables of what was asked in another way, by name: knock-outs, a survey.
    """

    def __init__(
        self,
        table: Mapping[str, Mapping[str, Values]],
        names: Mapping[Condition, str],
        missing: Mapping[Condition, str] | None = None,
        besides: "Mapping[str, pd.DataFrame] | None" = None,
    ) -> None:
        self._table, self._names, self._missing = table, names, missing or {}
        self._besides = besides or {}

    def values(self, condition: Condition, measure: str) -> Values:
        """One number per world, NaN where a run failed or had nothing to count; raises NotMeasurable."""
        if condition in self._missing:
            raise NotMeasurable(self._missing[condition])
        values = self._table.get(self._names.get(condition, ""), {}).get(measure)
        if values is None:
            raise NotMeasurable(f"no run of {condition} has {measure}")
        n_known = int(np.sum(~np.isnan(values)))
        if n_known < max(1, FEWEST_KNOWN * len(values)):
            n_worlds = counted(len(values), "world")
            raise NotMeasurable(f"{measure} of {condition} is known in only {n_known} of {n_worlds}")
        return values

    def beside(self, name: str) -> "pd.DataFrame":
        """The table of what was asked in another way; raises NotMeasurable."""
        if name not in self._besides:
            raise NotMeasurable(f"there are no {name} here")
        return self._besides[name]

    def with_besides(self, besides: "Mapping[str, pd.DataFrame]") -> "Evidence":
        """The same with more tables."""
        return Evidence(self._table, self._names, self._missing, {**self._besides, **besides})

    def together(self, *wanted: tuple[Condition, str]) -> list[Values]:
        """Several measures over the worlds that all of these conditions were run in."""
        columns = [self.values(condition, measure) for condition, measure in wanted]
        n = min(map(len, columns))
        return [values[:n] for values in columns]

    def first(self, n_worlds: Mapping[Condition, int]) -> "Evidence":
        """What is known of some conditions, looking at so many of their first worlds only."""
        table: dict[str, Mapping[str, Values]] = {}
        names = {condition: str(place) for place, condition in enumerate(n_worlds)}
        for condition, n in n_worlds.items():
            columns = self._table.get(self._names.get(condition, ""), {})
            table[names[condition]] = {key: values[:n] for key, values in columns.items()}
        return Evidence(table, names, self._missing, self._besides)


def gathered(results: Iterable[FinishedRun], seed: int) -> dict[str, dict[str, Values]]:
    """Finished runs as arrays: by the run's variant and measure, one place per world from `seed` on.

    What no run of a variant has is left out.
    """
    by_variant: dict[str, list[FinishedRun]] = {}
    for done in results:
        by_variant.setdefault(done.planned.variant, []).append(done)
    return {variant: _columns(some, seed) for variant, some in by_variant.items()}


def _columns(results: Sequence[FinishedRun], seed: int) -> dict[str, Values]:
    n_worlds = max(done.planned.seed for done in results) - seed + 1
    columns = {name: np.full(n_worlds, np.nan) for name in results[0].outcomes}
    for done in results:
        for name, value in done.outcomes.items():
            columns[name][done.planned.seed - seed] = value
    return {name: values for name, values in columns.items() if not np.isnan(values).all()}


def mean_estimate(values: Values) -> Estimate:
    """Mean over worlds with Student's interval."""
    mean = mean_of(values)
    return Estimate(mean.mean, mean.interval, mean.n)


def bootstrapped(values: Values, n_worlds: int) -> Estimate:
    """The first value, with the 95 % interval of the others, which are those of resampled worlds."""
    low, high = np.quantile(values[1:], [0.025, 0.975])
    return Estimate(float(values[0]), Interval(float(low), float(high)), n_worlds)
