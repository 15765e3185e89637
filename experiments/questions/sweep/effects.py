"""How much each thing that varied moves contribution in a sweep."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from experiments.designs.design import plain_value
from experiments.designs.dimension import TYPE, Dimension
from experiments.statistics.correlations import rank_correlation
from experiments.statistics.lines import Lines, fitted_lines
from experiments.statistics.paired import Values, holm
from experiments.wording.parameters import in_words as value_in_words

if TYPE_CHECKING:
    from experiments.questions.sweep.ask import SweepPlan

TODAY = "today's"
_COLUMNS = ("path", "role", "worst", "best", "change", "low", "high", "p_value", "rank")


@dataclass(frozen=True, eq=False)
class Effects:
    """`table` has a row a dimension, the largest change first, and is empty where the points cannot tell them apart.

    `explained` is the share of how points differ that the dimensions explain in straight lines; NaN if unknown.
    """

    table: pd.DataFrame
    explained: float = math.nan
    is_over_replications: bool = True


def effects_on(values: Values, plan: "SweepPlan") -> Effects:
    """How much each dimension moves an outcome; `values` is points x worlds.

    Columns of the table: path, role, `worst` and `best` (the end or the value with the lower and the higher outcome),
    `change` between them (in the outcome's unit) with its 95 % interval, p_holm, and `rank`, the rank correlation over
    points of a number with the outcome. Numbers count as a straight line from the lowest to the highest value, all
    dimensions fitted together; intervals are over worlds, and over points where worlds are few.
    """
    known = np.flatnonzero(~np.isnan(values).any(axis=1))
    outcomes = values[known]
    columns, fitted = _columns(plan, known.tolist())
    lines = fitted_lines(columns, outcomes)
    if lines is None:
        return Effects(pd.DataFrame(columns=[*_COLUMNS, "p_holm"]))
    table = pd.DataFrame([(*_effect(one, lines), _rank(one, outcomes)) for one in fitted], columns=list(_COLUMNS))
    table["p_holm"] = holm(table["p_value"].tolist())
    order = table["change"].abs().sort_values(ascending=False, kind="stable").index
    return Effects(table.loc[order].reset_index(drop=True), lines.explained, lines.is_over_replications)


@dataclass(frozen=True)
class _Fitted:
    """A dimension, its columns in the matrix, its shares if it is a number, else the values of its list."""

    dimension: Dimension
    place: slice
    shares: Values
    levels: list[Any]


def _columns(plan: "SweepPlan", known: list[int]) -> tuple[Values, list[_Fitted]]:
    """The matrix to fit: 1, a column for each number (0..1), one for each value but the first of any other list."""
    columns = [np.ones(len(known))]
    fitted = []
    for dimension in plan.dimensions:
        every = plan.points[dimension.path].tolist()
        values = [every[point] for point in known]
        before, levels, shares = len(columns), [], np.zeros(0)
        if dimension.is_number:
            shares = np.array([dimension.share_of(value) for value in values])
            columns.append(shares)
        else:
            levels = list({repr(value): value for value in values}.values())
            spelt = np.array([repr(value) for value in values])
            columns += [(spelt == repr(level)).astype(float) for level in levels[1:]]
        fitted.append(_Fitted(dimension, slice(before, len(columns)), shares, levels))
    return np.column_stack(columns), fitted


def _effect(fitted: _Fitted, lines: Lines) -> tuple[Any, ...]:
    """The row of one dimension: between its ends for numbers, else between the worst and the best value."""
    dimension, first = fitted.dimension, fitted.place.start
    weights, n_looked_at = np.zeros(len(lines.slopes)), 1
    if dimension.is_number:
        is_up = lines.slopes[first].mean() >= 0
        worst, best = dimension.ends if is_up else dimension.ends[::-1]
        weights[first] = 1 if is_up else -1
    else:
        means = [0.0, *lines.slopes[fitted.place].mean(axis=1)]
        low, high = int(np.argmin(means)), int(np.argmax(means))
        worst, best = fitted.levels[low], fitted.levels[high]
        for place, weight in ((low, -1.0), (high, 1.0)):  # the first value has no column: the others are against it
            if place:
                weights[first + place - 1] += weight
        n_looked_at = max(1, math.comb(len(means), 2))  # the two were chosen out of all pairs for being far apart
    change = lines.change(weights, n_looked_at)
    ends = change.interval.low, change.interval.high
    return (dimension.path, dimension.role, worst, best, change.mean, *ends, change.p_value)


def _rank(fitted: _Fitted, outcomes: Values) -> float:
    return rank_correlation(fitted.shares, outcomes.mean(axis=1)).r if fitted.dimension.is_number else math.nan


def in_words(path: str, value: Any) -> str:
    """A value of a setting as a reader says it."""
    value = plain_value(value)
    return f"{TODAY} practices" if path == TYPE and value is None else value_in_words(value)
