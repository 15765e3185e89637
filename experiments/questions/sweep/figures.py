"""Figures of a sweep: what moves contribution, which settings do best, and how contribution follows one parameter."""

from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.designs.dimension import Dimension
from experiments.designs.run_table import DECISION
from experiments.questions.sweep import effects
from experiments.questions.sweep import text as answer
from experiments.questions.sweep.ask import Found
from experiments.questions.sweep.effects import Setting
from experiments.reporting.figure_style import GAIN, TOTAL, Exhibit, exhibit, rows_of
from experiments.reporting.figures import EURO_AXIS
from experiments.statistics.paired import mean_of
from experiments.wording.numbers import counted, euro, sentence

if TYPE_CHECKING:
    import pandas as pd

_MOST_SHOWN, _MOST_CURVES, _SLICES = 15, 4, 8
_ROW_PX, _FRAME_PX = 34, 140


def exhibits(found: Found) -> list[Exhibit]:
    """All figures that the sweep has something to show for."""
    if not found.n_known:
        return []
    table = answer.effects_of(found)
    shown = [] if table.empty else [_effects(table)]
    ranked = answer.settings_of(found)
    if ranked:
        shown.append(_settings(ranked))
    first = [str(path) for path in table["path"]] or [one.path for one in found.sweep.dimensions]
    by_path = {one.path: one for one in found.sweep.dimensions}
    return [*shown, *(_curve(found, by_path[path]) for path in first[:_MOST_CURVES])]


def _effects(table: "pd.DataFrame") -> Exhibit:
    import plotly.graph_objects as go

    rows = list(rows_of(table.head(_MOST_SHOWN)))[::-1]
    labels = [
        f"{answer.thing(row.path)}: {effects.in_words(row.path, row.worst)} to {effects.in_words(row.path, row.best)}"
        for row in rows
    ]
    figure = go.Figure(
        go.Bar(
            orientation="h",
            x=[row.change for row in rows],
            y=labels,
            marker_color=[GAIN if row.p_holm < answer.LEVEL else TOTAL for row in rows],
            error_x={
                "array": [row.high - row.change for row in rows],
                "arrayminus": [row.change - row.low for row in rows],
                "color": "#1F2933",
            },
            hovertemplate="%{y}: %{x:.3s}<extra></extra>",
        )
    )
    figure.update_xaxes(title="Change in contribution between the two values (EUR)", **EURO_AXIS)
    figure.update_layout(height=_FRAME_PX + _ROW_PX * len(rows), showlegend=False)
    n_clear = int((table["p_holm"] < answer.LEVEL).sum())
    title = f"{n_clear} of {counted(len(table), 'thing')} that varied move contribution by more than luck does"
    note = "Change from the worse to the better value, with its 95 % interval over worlds; grey could be luck."
    told = table.assign(worst=table["worst"].astype(str), best=table["best"].astype(str))
    return exhibit("effects", title, note, figure, told)


def _settings(ranked: list[Setting]) -> Exhibit:
    import pandas as pd
    import plotly.graph_objects as go

    rows = [
        (answer.setting_in_words(one), mean.mean, mean.interval.low, mean.interval.high, one.standing.probability_best)
        for one in ranked
        if (mean := one.standing.mean)
    ]
    table = pd.DataFrame(rows, columns=["setting", "mean", "low", "high", "probability_best"])
    shown = table.head(_MOST_SHOWN).iloc[::-1]
    figure = go.Figure(
        go.Scatter(
            x=shown["mean"],
            y=shown["setting"],
            mode="markers",
            marker={"size": 11, "color": TOTAL},
            error_x={"array": shown["high"] - shown["mean"], "arrayminus": shown["mean"] - shown["low"]},
            hovertemplate="%{y}: %{x:.3s}<extra></extra>",
        )
    )
    figure.update_xaxes(title="Contribution (EUR)", **EURO_AXIS)
    figure.update_layout(height=_FRAME_PX + _ROW_PX * len(shown), showlegend=False)
    spread = euro(table["mean"].max() - table["mean"].min())
    title = f"Between the best and the last of {len(table)} settings lie {spread}"
    note = (
        f"Mean contribution of {'the first ' if len(table) > len(shown) else 'all '}{counted(len(shown), 'setting')} "
        "of the levers, with its 95 % interval over worlds. The intervals hold luck that all settings share; the "
        "probability to be best in the table compares them in the same worlds."
    )
    return exhibit("settings", title, note, figure, table)


def _curve(found: Found, dimension: Dimension) -> Exhibit:
    """Contribution by one parameter, all else averaged over the points."""
    import plotly.graph_objects as go

    table = curve(found, dimension)
    what = answer.thing(dimension.path)
    figure = go.Figure(
        go.Scatter(
            x=table["value"],
            y=table["mean"],
            mode="lines+markers" if dimension.is_number else "markers",
            line={"color": TOTAL},
            marker={"size": 9},
            error_y={"array": table["high"] - table["mean"], "arrayminus": table["mean"] - table["low"]},
            hovertemplate="%{x}: %{y:.3s}<extra></extra>",
        )
    )
    figure.update_yaxes(title="Contribution (EUR)", **EURO_AXIS)
    figure.update_xaxes(title=f"{sentence(what)} ({dimension.path})")
    figure.update_layout(height=380, showlegend=False)
    best = max(rows_of(table), key=lambda row: float(row.mean))
    value = f"{best.value:.3g}" if isinstance(best.value, float) else best.value
    title = f"Contribution by {what}: highest at {value} ({euro(best.mean)})"
    note = "Mean over all points with that value or in that slice, and over worlds; 95 % interval over worlds."
    return exhibit(f"by-{dimension.path.replace('.', '-').replace('*', 'all')}", title, note, figure, table)


def curve(found: Found, dimension: Dimension) -> "pd.DataFrame":
    """Mean contribution at each value of a dimension, or in each slice of its range: value, mean, low, high, n."""
    import pandas as pd

    cells = found.sweep.points[dimension.path].tolist()
    outcomes = found.runs.values(DECISION)
    rows = []
    for value, points in _groups(dimension, cells):
        with np.errstate(invalid="ignore"):
            told = mean_of(_mean_over_points(outcomes[points]))
        rows.append((value, told.mean, told.interval.low, told.interval.high, len(points)))
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
    found = list(by_value.values())
    if dimension.is_number:
        return sorted(found, key=lambda pair: float(pair[0]))
    return [(effects.in_words(dimension.path, value), points) for value, points in found]
