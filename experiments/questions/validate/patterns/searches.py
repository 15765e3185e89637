"""Numbers that need a search: where revenue peaks along a ladder of practices, and which types are best where."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr

from experiments.questions.validate.patterns.condition import Condition
from experiments.questions.validate.patterns.evidence import Evidence, NotMeasurable, bootstrapped, mean_estimate
from experiments.questions.validate.patterns.reading import Reading
from experiments.questions.validate.patterns.targets import Estimate
from experiments.statistics.paired import Interval, Values, holm, resampled_means

SURE = 0.025
"""Chance that luck alone makes a type win somewhere: where a win is sure, as a sign is beyond a 95 % interval."""
LIKELY = 0.1
"""The same chance where no interval is asked for."""


@dataclass(frozen=True)
class PeakInside(Reading):
    """What the best rung inside a ladder brings more than the better of its two ends, as a share of the latter.

    The rung and the end are chosen in one half of the worlds and valued in the other, both ways: a rung that is ahead
    by luck alone brings nothing.
    """

    ladder: tuple[Condition, ...]
    measure: str

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
class PeakShift(Reading):
    """How many rungs further up the first ladder peaks than the second; both have the same rungs."""

    first: tuple[Condition, ...]
    second: tuple[Condition, ...]
    measure: str

    def __call__(self, evidence: Evidence) -> Estimate:
        """Difference of the two peaks, with the bootstrap's interval over common worlds."""
        both = complete(evidence, (*self.first, *self.second), self.measure)
        centre = both.mean(axis=0)
        means = np.vstack([centre, centre + resampled_means(both - centre)])
        n_rungs = len(self.first)
        shift = peaks(means[:, :n_rungs]) - peaks(means[:, n_rungs:])
        return bootstrapped(shift, len(both))


@dataclass(frozen=True)
class TypesThatWin(Reading):
    """How many types are the best somewhere; `cells` hold one condition per type each, in the same order.

    A type counts that leads in a cell by more than luck alone would bring, to any cell at all, in one of ten cases. The
    interval begins with the types that lead by more than it brings in one of forty, and goes up to those that may be
    best: in some cell no other is clearly ahead of them.
    """

    cells: tuple[tuple[Condition, ...], ...]
    measure: str

    def __call__(self, evidence: Evidence) -> Estimate:
        """Types that are best in at least one cell."""
        tables = [complete(evidence, cell, self.measure) for cell in self.cells]
        doubts = np.array([doubts_of_best(table) for table in tables])
        likely, sure = (float(len(clear_winners(doubts, doubt))) for doubt in (LIKELY, SURE))
        possible = float(np.sum((doubts < 1 - SURE).any(axis=0)))
        return Estimate(likely, Interval(sure, possible), min(len(table) for table in tables))


def clear_winners(doubts: Values, doubt: float) -> set[int]:
    """Columns that win a cell, of cells x conditions with the doubt that each is best there.

    With the chance `doubt` at most, luck has made a winner of one that has a better beside it, in any cell at all.
    """
    is_won = over_all_cells(doubts) <= doubt
    return {int(condition) for condition in doubts.argmin(axis=1)[is_won]}


def over_all_cells(doubts: Values) -> Values:
    """The doubt that the leader of each cell is best, when all cells are looked at together (Holm)."""
    return np.array(holm([float(least) for least in doubts.min(axis=1)]))


def complete(evidence: Evidence, conditions: Sequence[Condition], measure: str) -> Values:
    """Worlds x conditions, only worlds in which every condition is known; raises NotMeasurable below four."""
    table = np.column_stack(evidence.together(*((condition, measure) for condition in conditions)))
    known = table[~np.isnan(table).any(axis=1)]
    if len(known) < 4:
        raise NotMeasurable(f"only {len(known)} worlds have {measure} for all of {len(conditions)} conditions")
    return known


def doubts_of_best(table: Values) -> Values:
    """For each column of worlds x conditions, the chance that luck alone puts its mean so far above every other.

    The largest p-value of one-sided paired Student tests against the others; at least one half for all but the best.
    """
    gaps = table[:, :, None] - table[:, None, :]  # worlds x conditions x rivals
    mean, error = gaps.mean(axis=0), gaps.std(axis=0, ddof=1) / np.sqrt(len(table))
    certain = np.where(mean == 0, 0.0, np.where(np.isnan(mean), np.nan, np.copysign(np.inf, mean)))
    p_values = stdtr(len(table) - 1, -np.divide(mean, error, out=certain, where=error > 0))
    np.fill_diagonal(p_values, 0.0)
    return np.asarray(p_values.max(axis=1))


def peaks(curves: Values) -> Values:
    """Place of the peak of each row, in rungs from 0: the top of the parabola that fits the whole row best.

    A row without a top inside peaks at its higher end. Worked number: 0, 3, 4, 3, 0 peaks at 2.
    """
    rungs = np.arange(curves.shape[1], dtype=np.float64)
    bend, slope, _ = np.polyfit(rungs, curves.T, 2)
    top = np.divide(-slope, 2 * bend, out=np.full(len(curves), np.inf), where=bend < 0)
    higher_end = np.where(curves[:, -1] > curves[:, 0], rungs[-1], 0.0)
    return np.asarray(np.where(bend < 0, np.clip(top, 0.0, rungs[-1]), higher_end))
