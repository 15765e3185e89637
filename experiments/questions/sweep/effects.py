"""What a sweep shows: how much each thing that varied moves an outcome, and which setting of the levers does best."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from experiments.designs.design import plain_value
from experiments.designs.dimension import TYPE, Dimension
from experiments.designs.factorial import values_of
from experiments.statistics.paired import LEVEL, Standing, Values, difference, holm, mean_of, standings
from experiments.studies.study import DesignRuns
from experiments.wording.parameters import in_words as value_in_words

if TYPE_CHECKING:
    from experiments.questions.sweep.ask import SweepPlan

MOST_SETTINGS = 300
TODAY = "today's"


@dataclass(frozen=True)
class Setting:
    """One combination of lever values: what it is, how it stands among all, and its mean in each world.

    `is_today`: whether it is what the company does now.
    """

    values: dict[str, Any]
    standing: Standing
    worlds: Values
    is_today: bool


def effects_on(values: Values, plan: "SweepPlan") -> pd.DataFrame:
    """How much each dimension moves an outcome, the largest first; empty where the points cannot tell them apart.

    `values` is points x worlds.
    A row a dimension: path, role, `worst` and `best` (the end or the value with the lower and the higher outcome),
    `change` between them (in the outcome's unit) with its 95 % interval over worlds, and p_holm. Numbers count as a
    straight line from the lowest to the highest value, all dimensions fitted together (least squares) in each world.
    """
    known = np.flatnonzero(~np.isnan(values).any(axis=1))
    outcomes = values[known]
    columns, fitted = _columns(plan, known.tolist())
    names = ["path", "role", "worst", "best", "change", "low", "high", "p_value"]
    n_columns = columns.shape[1]
    if not outcomes.size or np.linalg.matrix_rank(columns) < n_columns:  # fewer points than unknowns, or all alike
        return pd.DataFrame(columns=[*names, "p_holm"])
    slopes = np.linalg.lstsq(columns, outcomes, rcond=None)[0]
    rows = [_effect(one, np.asarray(slopes, dtype=np.float64)) for one in fitted]
    table = pd.DataFrame(rows, columns=names)
    table["p_holm"] = holm(table["p_value"].tolist())
    order = table["change"].abs().sort_values(ascending=False).index
    return table.loc[order].reset_index(drop=True)


def settings_of(values: Values, plan: "SweepPlan") -> list[Setting]:
    """Each combination of lever values, best first; none where they did not all meet the same uncertainties.

    A combination's value in a world is its mean over all points of the uncertainties in that world.
    """
    levers = [one.path for one in plan.of_role("lever")]
    if not levers or np.isnan(values).all():
        return []
    keys = [tuple(row) for row in plan.points[levers].astype(object).itertuples(index=False)]
    groups: dict[str, list[int]] = {}
    for point, key in enumerate(keys):
        groups.setdefault(repr(key), []).append(point)
    if not 2 <= len(groups) <= MOST_SETTINGS or not _meet_the_same(plan, list(groups.values())):
        return []
    variants = {key: values[places].mean(axis=0) for key, places in groups.items()}
    return [
        _setting(plan, dict(zip(levers, keys[groups[row.variant][0]], strict=True)), row, variants[row.variant])
        for row in standings(variants)
    ]


def _setting(plan: "SweepPlan", values: dict[str, Any], row: Standing, worlds: Values) -> Setting:
    is_today = all(_is_todays(plan, path, plain_value(value)) for path, value in values.items())
    return Setting(values, row, worlds, is_today)


def _is_todays(plan: "SweepPlan", path: str, value: Any) -> bool:
    if path != TYPE:
        return all(own == value for own in values_of(plan.base, path))
    one = plan.base if value is None else plan.types[value]
    return one.practices == plan.base.practices and one.pay == plan.base.pay


def point_means(runs: DesignRuns) -> pd.DataFrame:
    """A row a point: number, values, runs behind it, contribution with its interval, the mean of every outcome."""
    summaries = [mean_of(values) for values in runs.values()]
    rows = [(one.n, one.mean, one.sd, one.interval.low, one.interval.high) for one in summaries]
    means = pd.DataFrame(rows, columns=["n", "contribution_mean", "contribution_sd", "low", "high"])
    others = runs.table.drop(columns="seed").groupby("point").mean().reindex(range(len(means)))
    table = pd.concat([runs.design.points, means, others.reset_index(drop=True)], axis="columns")
    table.insert(0, "point", range(len(table)))
    return table


@dataclass(frozen=True)
class _Fitted:
    """A dimension, its columns in the matrix, and the values of a list that is not of numbers."""

    dimension: Dimension
    place: slice
    levels: list[Any]


def _columns(plan: "SweepPlan", known: list[int]) -> tuple[Values, list[_Fitted]]:
    """The matrix to fit: 1, a column for each number (0..1), one for each value but the first of any other list."""
    columns = [np.ones(len(known))]
    fitted = []
    for dimension in plan.dimensions:
        every = plan.points[dimension.path].tolist()
        values = [every[point] for point in known]
        before, levels = len(columns), []
        if dimension.is_number:
            columns.append(np.array([dimension.share_of(value) for value in values]))
        else:
            levels = list({repr(value): value for value in values}.values())
            spelt = np.array([repr(value) for value in values])
            columns += [(spelt == repr(level)).astype(float) for level in levels[1:]]
        fitted.append(_Fitted(dimension, slice(before, len(columns)), levels))
    return np.column_stack(columns), fitted


def _effect(fitted: _Fitted, slopes: Values) -> tuple[Any, ...]:
    """The row of one dimension: between its ends for numbers, else between the worst and the best value."""
    dimension = fitted.dimension
    if dimension.is_number:
        ends = dimension.ends
        change = slopes[fitted.place.start]
        is_up = change.mean() >= 0
        worst, best = ends if is_up else ends[::-1]
        gap = difference(change if is_up else -change, np.zeros_like(change))
        p_value = gap.p_value
    else:
        levels = np.vstack([np.zeros(slopes.shape[1]), slopes[fitted.place]])
        means = levels.mean(axis=1)
        low, high = int(means.argmin()), int(means.argmax())
        worst, best = fitted.levels[low], fitted.levels[high]
        # The two were chosen out of all pairs for being far apart, so every pair counts (Bonferroni).
        n_pairs = max(1, math.comb(len(levels), 2))
        gap = difference(levels[high], levels[low], level=1 - (1 - LEVEL) / n_pairs)
        p_value = min(1.0, n_pairs * gap.p_value)
    return (dimension.path, dimension.role, worst, best, *gap.with_ends, p_value)


def _meet_the_same(plan: "SweepPlan", groups: list[list[int]]) -> bool:
    others = [one.path for one in plan.of_role("uncertainty")]
    if not others:
        return all(len(group) == 1 for group in groups)
    rows = [repr(row) for row in plan.points[others].astype(object).itertuples(index=False)]
    met = [sorted(rows[point] for point in group) for group in groups]
    return all(one == met[0] for one in met)


def in_words(path: str, value: Any) -> str:
    """A value of a setting as a reader says it."""
    value = plain_value(value)
    return f"{TODAY} practices" if path == TYPE and value is None else value_in_words(value)
