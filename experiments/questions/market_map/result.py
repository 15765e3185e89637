"""What a map shows: what each type earns in every cell, who wins, and where the borders between winners lie."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from experiments.observation.yearly import REVENUE
from experiments.reporting.result import Result
from experiments.statistics.doubt import says_something, shares_best
from experiments.statistics.paired import (
    Difference,
    Standing,
    Values,
    difference,
    resampled_means,
    standings,
)
from experiments.statistics.ranking import SURE, good_enough
from experiments.studies.study import DesignRuns

if TYPE_CHECKING:
    from experiments.questions.market_map.ask import MapPlan, MapQuestion

_N_RESAMPLES = 1000


@dataclass(frozen=True)
class Border:
    """Where the winner changes between two neighbouring cells; places count cells, 1.5 is midway from 1 to 2.

    `low` to `high` holds the border with 95 %; where it reaches a cell's centre, the border may lie beyond.
    """

    along: str
    x: float
    y: float
    before: str
    after: str
    low: float
    high: float

    @property
    def is_known(self) -> bool:
        """Whether the border surely lies between the two cells."""
        place = self.x if self.along == "x" else self.y
        return bool(np.floor(place) < self.low and self.high < np.floor(place) + 1)


@dataclass(frozen=True, eq=False, repr=False)
class MarketMap(Result):
    """What each type earns in every cell, EUR a year; a world has the same draw of the assumptions in all cells."""

    question: "MapQuestion"
    plan: "MapPlan"
    made: DesignRuns

    def to_frame(self) -> pd.DataFrame:
        """One row a cell."""
        return self.table

    @property
    def shape(self) -> tuple[int, int]:
        """Number of cells along y and along x."""
        return len(self.ys), len(self.xs)

    @property
    def xs(self) -> list[Any]:
        """Values of the first dimension."""
        return self.plan.x.levels()

    @property
    def ys(self) -> list[Any]:
        """Values of the second dimension."""
        return self.plan.y.levels()

    @cached_property
    def values(self) -> Values:
        """Contribution a year by y, x, type and world; worlds in which a run is missing anywhere are left out."""
        return self._by_cell(self.made.contribution_a_year())[..., self._is_known]

    @cached_property
    def revenue(self) -> Values:
        """Revenue recognised in the last four quarters, in the same order; NaN where a run does not say."""
        return self._by_cell(self.made.values(REVENUE))[..., self._is_known]

    @cached_property
    def _is_known(self) -> Values:
        """Worlds lived to their end everywhere."""
        return np.asarray(~np.isnan(self._by_cell(self.made.values())).any(axis=(0, 1, 2)))

    def _by_cell(self, values: Values) -> Values:
        return values.reshape(*self.shape, len(self.question.types), -1)

    @property
    def n_replications(self) -> int:
        """Worlds lived to their end in every cell with every type."""
        return int(self.values.shape[-1])

    @property
    def is_enough(self) -> bool:
        """Whether there are replications enough for chances and for anything to be called settled."""
        return says_something(self.n_replications)

    @cached_property
    def ranked(self) -> list[list[list[Standing]]]:
        """The types of every cell, best first."""
        types = self.question.types
        return [[standings(dict(zip(types, cell, strict=True))) for cell in row] for row in self.values]

    def best(self, row: int, column: int) -> str:
        """The type with the highest mean in a cell."""
        return self.ranked[row][column][0].variant

    def margin(self, row: int, column: int) -> Difference:
        """The best of a cell against the second."""
        first, second = (self.question.types.index(one.variant) for one in self.ranked[row][column][:2])
        cell = self.values[row, column]
        return difference(cell[first], cell[second], n_resamples=0)

    def more_revenue(self, row: int, column: int) -> float:
        """Mean revenue a year of the best of a cell less that of the second."""
        first, second = (self.question.types.index(one.variant) for one in self.ranked[row][column][:2])
        return float(np.mean(self.revenue[row, column, first] - self.revenue[row, column, second]))

    def share_best(self, row: int, column: int) -> dict[str, float]:
        """For each type the share of replications in which it earns most in a cell; NaN in too few."""
        return dict(zip(self.question.types, map(float, shares_best(self.values[row, column].T)), strict=True))

    def near(self, row: int, column: int) -> dict[str, float]:
        """For each type the probability that it is within the indifference zone of the best in a cell."""
        cell = dict(zip(self.question.types, self.values[row, column], strict=True))
        return good_enough(cell, self.question.indifference)

    @cached_property
    def table(self) -> pd.DataFrame:
        """A row a cell, money in EUR a year.

        Columns: x, y; best and second by mean contribution; share_best, in which share of replications the first earns
        most; good_enough, the types whose mean is surely within the indifference zone of the highest (nobody in few
        worlds); margin of the best over the second with its interval, and more_revenue; then mean contribution and
        share of each type.
        """
        n_rows, n_columns = self.shape
        return pd.DataFrame([self._cell(row, column) for row in range(n_rows) for column in range(n_columns)])

    def _cell(self, row: int, column: int) -> dict[str, Any]:
        first, second = self.ranked[row][column][:2]
        by_type = {one.variant: one for one in self.ranked[row][column]}
        near = self.near(row, column) if self.is_enough else {}
        shares = self.share_best(row, column)
        gap = self.margin(row, column)
        return {
            "x": self.xs[column],
            "y": self.ys[row],
            "best": first.variant,
            "share_best": shares[first.variant],
            "second": second.variant,
            "good_enough": " ".join(name for name, chance in near.items() if chance >= SURE),
            "margin": gap.mean,
            "low": gap.interval.low,
            "high": gap.interval.high,
            "more_revenue": self.more_revenue(row, column),
            "n": gap.n,
            **{f"mean_{name}": by_type[name].mean.mean for name in self.question.types},
            **{f"share_{name}": shares[name] for name in self.question.types},
        }

    @property
    def settled(self) -> pd.DataFrame:
        """The cells whose best is surely within the indifference zone of the highest mean."""
        is_settled = [
            best in near.split() for best, near in zip(self.table["best"], self.table["good_enough"], strict=True)
        ]
        return self.table[is_settled]

    @property
    def is_settled(self) -> bool:
        """Whether all cells are."""
        return len(self.settled) == len(self.table)

    @cached_property
    def borders(self) -> list[Border]:
        """Where the winner changes between neighbouring cells, along x and along y."""
        n_rows, n_columns = self.shape
        along_x = [((row, column), (row, column + 1), "x") for row in range(n_rows) for column in range(n_columns - 1)]
        along_y = [((row, column), (row + 1, column), "y") for row in range(n_rows - 1) for column in range(n_columns)]
        return [border for neighbours in (*along_x, *along_y) for border in self._border(*neighbours)]

    def _border(self, one: tuple[int, int], other: tuple[int, int], along: str) -> list[Border]:
        before, after = self.best(*one), self.best(*other)
        if before == after:
            return []
        pair = [self.question.types.index(name) for name in (before, after)]
        gaps = [self.values[cell][pair[0]] - self.values[cell][pair[1]] for cell in (one, other)]
        place, low, high = crossing(gaps[0], gaps[1])
        row, column = one
        start = column if along == "x" else row
        x, y = (column + place, row) if along == "x" else (column, row + place)
        return [Border(along, float(x), float(y), before, after, start + low, start + high)]


def crossing(before: Values, after: Values) -> tuple[float, float, float]:
    """Where a gap that is positive before and negative after meets zero, 0..1, with its 95 % interval.

    Along the straight line between the two means; worlds are drawn anew for the interval, for both ends together. In
    few worlds it may lie anywhere.
    """
    gaps = np.column_stack([before, after])
    centre = gaps.mean(axis=0)
    if not says_something(len(gaps)):
        return float(centre[0] / (centre[0] - centre[1])), 0.0, 1.0
    drawn = centre + resampled_means(gaps - centre, _N_RESAMPLES)
    with np.errstate(divide="ignore", invalid="ignore"):
        places = drawn[:, 0] / (drawn[:, 0] - drawn[:, 1])
    # A drawn map without a change between the two has its border beyond the end whose winner lost.
    places = np.where(drawn[:, 0] <= 0, 0.0, np.where(drawn[:, 1] >= 0, 1.0, places))
    low, high = np.quantile(np.clip(places, 0, 1), [0.025, 0.975])
    return float(centre[0] / (centre[0] - centre[1])), float(low), float(high)
