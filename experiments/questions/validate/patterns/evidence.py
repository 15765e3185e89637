"""What the runs showed: for every arm and measure one number per world, the same worlds in the same order."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import numpy as np

from experiments.execution.worker import FinishedRun
from experiments.questions.validate.patterns.arm import Arm
from experiments.questions.validate.patterns.targets import Estimate
from experiments.statistics.paired import Interval, Values, mean_of
from experiments.wording.numbers import counted

FEWEST_KNOWN = 0.5  # a measure that most worlds do not have says nothing about the pattern


class NotMeasurable(Exception):
    """Something a pattern asks for is not there; `str()` says what."""


class Reading(Protocol):
    """One number read off the runs of some arms."""

    @property
    def arms(self) -> tuple[Arm, ...]:
        """The arms it needs."""
        ...

    @property
    def measures(self) -> tuple[str, ...]:
        """What it needs of each run."""
        ...

    def __call__(self, evidence: "Evidence") -> Estimate:
        """The number with its interval; raises NotMeasurable."""
        ...


class Evidence:
    """Numbers by arm, measure and world; `missing` says of an arm why it could not be run."""

    def __init__(
        self,
        table: Mapping[str, Mapping[str, Values]],
        names: Mapping[Arm, str],
        missing: Mapping[Arm, str] | None = None,
    ) -> None:
        self._table, self._names, self._missing = table, names, missing or {}

    def values(self, arm: Arm, measure: str) -> Values:
        """One number per world, NaN where a run failed or had nothing to count; raises NotMeasurable."""
        if arm in self._missing:
            raise NotMeasurable(self._missing[arm])
        columns = self._table.get(self._names.get(arm, ""), {})
        if measure not in columns:
            raise NotMeasurable(f"no run of {arm} has {measure}")
        values = columns[measure]
        n_known = int(np.sum(~np.isnan(values)))
        if n_known < max(1, FEWEST_KNOWN * len(values)):
            raise NotMeasurable(f"{measure} of {arm} is known in only {n_known} of {counted(len(values), 'world')}")
        return values

    def together(self, *wanted: tuple[Arm, str]) -> list[Values]:
        """Several measures over the worlds that all of these arms were run in."""
        found = [self.values(arm, measure) for arm, measure in wanted]
        n = min(len(values) for values in found)
        return [values[:n] for values in found]

    def first(self, n_worlds: Mapping[Arm, int]) -> "Evidence":
        """What is known of some arms, looking at so many of their first worlds only."""
        table: dict[str, Mapping[str, Values]] = {}
        names = {arm: str(place) for place, arm in enumerate(n_worlds)}
        for arm, n in n_worlds.items():
            columns = self._table.get(self._names.get(arm, ""), {})
            table[names[arm]] = {key: values[:n] for key, values in columns.items()}
        return Evidence(table, names, self._missing)


def gathered(results: Iterable[FinishedRun], seed: int) -> dict[str, dict[str, Values]]:
    """Finished runs as arrays: by the run's arm and measure, one place per world from `seed` on."""
    by_arm: dict[str, list[FinishedRun]] = {}
    for done in results:
        by_arm.setdefault(done.planned.variant, []).append(done)
    return {arm: _columns(done, seed) for arm, done in by_arm.items()}


def _columns(results: Sequence[FinishedRun], seed: int) -> dict[str, Values]:
    n_worlds = max(done.planned.seed for done in results) - seed + 1
    columns = {name: np.full(n_worlds, np.nan) for name in results[0].outcomes}
    for done in results:
        for name, value in done.outcomes.items():
            columns[name][done.planned.seed - seed] = value
    return columns


def mean_estimate(values: Values) -> Estimate:
    """Mean over worlds with Student's interval."""
    found = mean_of(values)
    return Estimate(found.mean, found.interval, found.n)


def turned(found: Estimate) -> Estimate:
    """The same with the other sign."""
    return Estimate(-found.value, Interval(-found.interval.high, -found.interval.low), found.n)
