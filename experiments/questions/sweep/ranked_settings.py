"""Which setting of the levers does best: settings that met the same uncertainties in the same worlds, ranked.

A setting is compared world by world, on average over the markets it met. Where worlds are too few to say anything, but
markets are not, it is compared market by market: they are information too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from experiments.designs.design import plain_value
from experiments.designs.dimension import TYPE
from experiments.designs.factorial import values_of
from experiments.observation.yearly import NEW_BUSINESS, REVENUE
from experiments.statistics.doubt import says_something
from experiments.statistics.paired import Standing, Values, mean_of, standings
from experiments.studies.study import DesignRuns

if TYPE_CHECKING:
    from experiments.questions.sweep.ask import SweepPlan

MOST_SETTINGS = 300


@dataclass(frozen=True, eq=False)
class Setting:
    """One combination of lever values, how it stands among all, and its means, one a world or one a market.

    Money is in EUR a year; `revenue` and `new_business` are means over everything, NaN where runs do not say.
    `is_today`: whether it is what the company does now.
    """

    values: dict[str, Any]
    standing: Standing
    means: Values
    is_today: bool
    revenue: float
    new_business: float

    @property
    def says_something(self) -> bool:
        """Whether there are worlds or markets enough for a rank."""
        return says_something(self.standing.mean.n)


def settings_of(runs: DesignRuns, plan: "SweepPlan") -> list[Setting]:
    """Each combination of lever values, best first; none where they did not all meet the same uncertainties."""
    values = runs.contribution_a_year()
    levers = [one.path for one in plan.of_role("lever")]
    if not levers or np.isnan(values).all():
        return []
    keys = [tuple(row) for row in plan.points[levers].astype(object).itertuples(index=False)]
    groups = _met_alike(plan, keys)
    if not 2 <= len(groups) <= MOST_SETTINGS:
        return []
    axis = 1 if is_by_market(values.shape[1], len(next(iter(groups.values())))) else 0
    means = {key: values[places].mean(axis=axis) for key, places in groups.items()}
    money = [runs.values(name) for name in (REVENUE, NEW_BUSINESS)]
    return [
        Setting(
            (said := dict(zip(levers, keys[groups[row.variant][0]], strict=True))),
            row,
            means[row.variant],
            all(_is_todays(plan, path, plain_value(value)) for path, value in said.items()),
            *(mean_of(one[groups[row.variant]].ravel()).mean for one in money),
        )
        for row in standings(means)
    ]


def is_by_market(n_worlds: int, n_markets: int) -> bool:
    """Whether settings are compared market by market: worlds are too few to say anything, and markets are not."""
    return not says_something(n_worlds) and says_something(n_markets)


def _met_alike(plan: "SweepPlan", keys: Sequence[tuple[Any, ...]]) -> dict[str, list[int]]:
    """The points of each setting, in the order of the markets; empty where settings met different markets."""
    others = [one.path for one in plan.of_role("uncertainty")]
    markets = [repr(row) for row in plan.points[others].astype(object).itertuples(index=False)]
    groups: dict[str, list[int]] = {}
    for point in sorted(range(len(keys)), key=lambda point: (markets[point], point)):
        groups.setdefault(repr(keys[point]), []).append(point)
    met = [[markets[point] for point in places] for places in groups.values()]
    return groups if all(one == met[0] for one in met) and (others or len(met[0]) == 1) else {}


def _is_todays(plan: "SweepPlan", path: str, value: Any) -> bool:
    if path != TYPE:
        return all(own == value for own in values_of(plan.base, path))
    one = plan.base if value is None else plan.types[value]
    return one.practices == plan.base.practices and one.pay == plan.base.pay


def point_means(runs: DesignRuns) -> pd.DataFrame:
    """A row a point: number, values, runs behind it, contribution (EUR a year) with its interval, means of outcomes."""
    summaries = [mean_of(values) for values in runs.contribution_a_year()]
    rows = [(one.n, one.mean, one.sd, one.interval.low, one.interval.high) for one in summaries]
    means = pd.DataFrame(rows, columns=["n", "contribution_mean", "contribution_sd", "low", "high"])
    others = runs.table.drop(columns="seed").groupby("point").mean().reindex(range(len(means)))
    table = pd.concat([runs.design.points, means, others.reset_index(drop=True)], axis="columns")
    table.insert(0, "point", range(len(table)))
    return table
