"""Figures of a sweep: what moves contribution, which settings do best, and how contribution follows one parameter."""

from typing import Any

import numpy as np
import pandas as pd

from experiments.designs.dimension import Dimension
from experiments.questions.sweep import text
from experiments.questions.sweep.effects import in_words
from experiments.questions.sweep.ranked_settings import Setting
from experiments.questions.sweep.result import Sweep
from experiments.reporting import charts
from experiments.reporting.figure_style import GAIN, TOTAL, Exhibit, exhibit, rows_of
from experiments.statistics.doubt import says_something
from experiments.statistics.paired import mean_of
from experiments.wording.numbers import counted, euro, sentence

_MOST_SHOWN, _MOST_CURVES, _SLICES = 15, 4, 8
_ROW_PX, _FRAME_PX = 34, 140


def exhibits(sweep: Sweep) -> list[Exhibit]:
    """All figures that the sweep has something to show for."""
    if not sweep.n_known:
        return []
    shown = [_effects(sweep)] if text.is_known(sweep) and not sweep.is_constant else []
    if sweep.settings and sweep.settings[0].says_something:
        shown.append(_settings(sweep.settings))
    by_path = {one.path: one for one in sweep.plan.dimensions}
    first = [str(path) for path in sweep.effects["path"]] or list(by_path)
    return [*shown, *(_curve(sweep, by_path[path]) for path in first[:_MOST_CURVES])]


def _effects(sweep: Sweep) -> Exhibit:
    table = sweep.effects
    shown = table.head(_MOST_SHOWN).iloc[::-1]
    labels = [
        f"{text.thing(row.path)}: {in_words(row.path, row.worst)} to {in_words(row.path, row.best)}"
        for row in rows_of(shown)
    ]
    shades = [GAIN if p < text.LEVEL else TOTAL for p in shown["p_holm"]]
    reach = charts.interval(shown, "change", color="#1F2933")
    figure = charts.blank(_FRAME_PX + _ROW_PX * len(shown), showlegend=False)
    charts.bars(figure, labels, shown["change"], shades, error_x=reach, hovertemplate="%{y}: %{x:.3s}<extra></extra>")
    figure.update_xaxes(title="Change in contribution between the two values (EUR a year)", **charts.EURO_AXIS)
    n_clear = int((table["p_holm"] < text.LEVEL).sum())
    title = f"{n_clear} of {counted(len(table), 'thing')} that varied move contribution by more than chance does"
    over = "worlds" if sweep.is_over_worlds else "points"
    note = f"Change from the worse to the better value, with its 95 % interval over {over}; grey could be chance."
    table = table.assign(worst=table["worst"].astype(str), best=table["best"].astype(str))
    return exhibit("effects", title, note, figure, table)


def _settings(ranked: list[Setting]) -> Exhibit:
    rows = [(text.setting_in_words(one), *one.standing.mean.with_ends, one.standing.share_of_worlds) for one in ranked]
    table = pd.DataFrame(rows, columns=["setting", "mean", "low", "high", "share_best"])
    shown = table.head(_MOST_SHOWN).iloc[::-1]
    figure = charts.blank(_FRAME_PX + _ROW_PX * len(shown), showlegend=False)
    trace = {"error_x": charts.interval(shown), "hovertemplate": "%{y}: %{x:.3s}<extra></extra>"}
    charts.dots(figure, shown["mean"], shown["setting"], {"size": 11, "color": TOTAL}, **trace)
    figure.update_xaxes(title="Contribution (EUR a year)", **charts.EURO_AXIS)
    spread = euro(table["mean"].max() - table["mean"].min())
    title = f"Between the best and the last of {len(table)} settings lie {spread}"
    note = (
        f"Mean contribution of {'the first ' if len(table) > len(shown) else 'all '}{counted(len(shown), 'setting')} "
        "of the levers, with its 95 % interval. The intervals hold luck that all settings share; how often a setting "
        "earns most, in the table, compares them in the same worlds."
    )
    return exhibit("settings", title, note, figure, table)


def _curve(sweep: Sweep, dimension: Dimension) -> Exhibit:
    """Contribution by one parameter, all else averaged over the points."""
    table = curve(sweep, dimension)
    what = text.thing(dimension.path)
    figure = charts.blank(380, showlegend=False)
    figure.add_scatter(
        x=table["value"],
        y=table["mean"],
        mode="lines+markers" if dimension.is_number else "markers",
        line={"color": TOTAL},
        marker={"size": 9},
        error_y=charts.interval(table),
        hovertemplate="%{x}: %{y:.3s}<extra></extra>",
    )
    figure.update_yaxes(title="Contribution (EUR a year)", **charts.EURO_AXIS)
    figure.update_xaxes(title=f"{sentence(what)} ({dimension.path})")
    title = f"Contribution by {what}{_highest(sweep, dimension, table)}"
    over = "worlds" if says_something(len(sweep.plan.seeds)) else "the points in it"
    note = f"Mean over all points with that value or in that slice, and over worlds; 95 % interval over {over}."
    return exhibit(f"by-{dimension.path.replace('.', '-').replace('*', 'all')}", title, note, figure, table)


def _highest(sweep: Sweep, dimension: Dimension, table: pd.DataFrame) -> str:
    """`: highest at 0.5 (€2.1 M)`, where the parameter is known to move anything."""
    if dimension.path not in set(text.clear_effects(sweep)["path"]):
        return ", which it is not known to move"
    best = max(rows_of(table), key=lambda row: float(row.mean))
    value = f"{best.value:.3g}" if isinstance(best.value, float) else best.value
    return f": highest at {value} ({euro(best.mean)})"


def curve(sweep: Sweep, dimension: Dimension) -> pd.DataFrame:
    """Mean contribution at each value of a dimension, or in each slice of its range: value, mean, low, high, n."""
    cells = sweep.plan.points[dimension.path].tolist()
    outcomes = sweep.values()
    over_worlds = says_something(outcomes.shape[1])
    rows = []
    for value, points in _groups(dimension, cells):
        some = outcomes[points]
        mean = mean_of(_mean_over_points(some if over_worlds else some.T))
        rows.append((value, *mean.with_ends, len(points)))
    return pd.DataFrame(rows, columns=["value", "mean", "low", "high", "n"])


def _mean_over_points(outcomes: Any) -> Any:
    known = ~np.isnan(outcomes)
    total = np.where(known, outcomes, 0.0).sum(axis=0)
    return np.where(known.any(axis=0), total / np.maximum(known.sum(axis=0), 1), np.nan)


def _groups(dimension: Dimension, cells: list[Any]) -> list[tuple[Any, list[int]]]:
    """The points with each value, in its order; of many numbers, those in each slice at the slice's middle."""
    if dimension.is_number and len(set(cells)) > _SLICES:
        shares = np.array([dimension.share_of(cell) for cell in cells])
        slices = np.minimum((shares * _SLICES).astype(int), _SLICES - 1)
        low, high = dimension.ends
        groups = [
            (float(low + (high - low) * (k + 0.5) / _SLICES), np.flatnonzero(slices == k).tolist())
            for k in range(_SLICES)
        ]
        return [(value, points) for value, points in groups if points]
    by_value: dict[str, tuple[Any, list[int]]] = {}
    for point, cell in enumerate(cells):
        by_value.setdefault(repr(cell), (cell, []))[1].append(point)
    if dimension.is_number:
        return sorted(by_value.values(), key=lambda pair: float(pair[0]))
    return [(in_words(dimension.path, value), points) for value, points in by_value.values()]
