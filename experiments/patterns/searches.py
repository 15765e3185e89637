"""Numbers that need a search: where revenue peaks along a ladder of practices, and which types are best where."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from experiments.patterns.arm import Arm
from experiments.patterns.evidence import Evidence, NotMeasurable, mean_estimate
from experiments.patterns.targets import Estimate
from experiments.statistics import Interval, Values, difference, holm, resampled_means

SURE = 0.05
"""How likely luck alone may bring a winner to one place or another where types are said to win for sure."""
LIKELY = 0.1
"""The same where no interval is asked for."""


@dataclass(frozen=True)
class PeakInside:
    """What the best rung inside a ladder brings more than the better of its two ends, as a share of the latter.

    The rung and the end are chosen in one half of the worlds and valued in the other, both ways: a rung that is ahead
    by luck alone brings nothing.
    """

    ladder: tuple[Arm, ...]
    measure: str

    @property
    def arms(self) -> tuple[Arm, ...]:
        """All rungs."""
        return self.ladder

    @property
    def measures(self) -> tuple[str, ...]:
        """The one measure."""
        return (self.measure,)

    def __call__(self, evidence: Evidence) -> Estimate:
        """Mean over worlds with Student's interval."""
        table = complete(evidence, self.ladder, self.measure)
        gains = np.empty(len(table))
        halves = (np.arange(len(table)) % 2 == 0, np.arange(len(table)) % 2 == 1)
        for seen, valued in (halves, halves[::-1]):
            means = table[seen].mean(axis=0)
            rung = 1 + int(np.argmax(means[1:-1]))
            end = 0 if means[0] >= means[-1] else -1
            gains[valued] = (table[valued, rung] - table[valued, end]) / means[end]
        return mean_estimate(gains)


@dataclass(frozen=True)
class PeakShift:
    """How many rungs further up the first ladder peaks than the second; both have the same rungs."""

    first: tuple[Arm, ...]
    second: tuple[Arm, ...]
    measure: str

    @property
    def arms(self) -> tuple[Arm, ...]:
        """The rungs of both."""
        return (*self.first, *self.second)

    @property
    def measures(self) -> tuple[str, ...]:
        """The one measure."""
        return (self.measure,)

    def __call__(self, evidence: Evidence) -> Estimate:
        """Difference of the two peaks, with the bootstrap's interval over common worlds."""
        both = complete(evidence, (*self.first, *self.second), self.measure)
        centre = both.mean(axis=0)
        means = np.vstack([centre, centre + resampled_means(both - centre)])
        n_rungs = len(self.first)
        shift = peaks(means[:, :n_rungs]) - peaks(means[:, n_rungs:])
        low, high = np.quantile(shift[1:], [0.025, 0.975])
        return Estimate(float(shift[0]), Interval(float(low), float(high)), len(both))


@dataclass(frozen=True)
class TypesThatWin:
    """How many types are the best somewhere; `cells` hold one arm per type each, in the same order.

    A type counts that is further ahead of every other in a cell than luck brings, over all cells together, in one of
    ten times. The interval begins with the types that are so in nineteen of twenty, and goes up to those that may be:
    no other is clearly ahead of them everywhere.
    """

    cells: tuple[tuple[Arm, ...], ...]
    measure: str

    @property
    def arms(self) -> tuple[Arm, ...]:
        """The arms of all cells."""
        return tuple(chain.from_iterable(self.cells))

    @property
    def measures(self) -> tuple[str, ...]:
        """The one measure."""
        return (self.measure,)

    def __call__(self, evidence: Evidence) -> Estimate:
        """Types that are best in at least one cell."""
        tables = [complete(evidence, cell, self.measure) for cell in self.cells]
        doubts = np.array([doubts_of_best(table) for table in tables])
        found, sure = (float(len(clear_winners(doubts, doubt))) for doubt in (LIKELY, SURE))
        possible = float(np.sum((doubts < 1 - SURE).any(axis=0)))
        return Estimate(found, Interval(sure, possible), min(len(table) for table in tables))


def clear_winners(doubts: Values, doubt: float) -> set[int]:
    """Columns that win a cell, of cells x arms with the doubt that each is best there.

    With the chance `doubt` at most, luck has brought a winner to any cell at all (Holm).
    """
    is_won = np.array(holm([float(best) for best in doubts.min(axis=1)])) <= doubt
    return {int(arm) for arm in doubts.argmin(axis=1)[is_won]}


def complete(evidence: Evidence, arms: Sequence[Arm], measure: str) -> Values:
    """Worlds x arms, only worlds in which every arm is known; raises NotMeasurable below four."""
    table = np.column_stack(evidence.together(*((arm, measure) for arm in arms)))
    known = table[~np.isnan(table).any(axis=1)]
    if len(known) < 4:
        raise NotMeasurable(f"only {len(known)} worlds have {measure} for all of {len(arms)} arms")
    return known


def doubts_of_best(table: Values) -> Values:
    """For each column of worlds x arms, the chance that luck alone puts its mean so far above every other.

    The largest p-value of one-sided paired Student tests against the others; at least one half for all but the best.
    """
    columns = list(table.T)
    return np.array(
        [
            max(_doubt(column, other) for rival, other in enumerate(columns) if rival != place)
            for place, column in enumerate(columns)
        ]
    )


def _doubt(a: Values, b: Values) -> float:
    """The chance that luck alone puts a's mean so far above b's."""
    found = difference(a, b, n_resamples=0)
    return found.p_value / 2 if found.mean > 0 else 1 - found.p_value / 2


def peaks(curves: Values) -> Values:
    """Place of the peak of each row, in rungs from 0: the top of the parabola that fits the whole row best.

    A row without a top inside peaks at its higher end. Worked number: 0, 3, 4, 3, 0 peaks at 2.
    """
    rungs = np.arange(curves.shape[1], dtype=np.float64)
    bend, slope, _ = np.polyfit(rungs, curves.T, 2)
    top = np.divide(-slope, 2 * bend, out=np.full(len(curves), np.inf), where=bend < 0)
    higher_end = np.where(curves[:, -1] > curves[:, 0], rungs[-1], 0.0)
    return np.asarray(np.where(bend < 0, np.clip(top, 0.0, rungs[-1]), higher_end))
