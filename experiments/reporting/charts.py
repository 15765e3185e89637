"""The few kinds of charts that all figures are made of, in the common look; each is laid on a figure.

    figure = charts.blank(height=150 + 28 * len(table))
    charts.bars(figure, names, table["gain"], GAIN, error_x=charts.interval(table, "gain"))
    figure.update_xaxes(title="Gain (EUR)", **charts.EURO_AXIS)

Whatever else Plotly's trace takes can be given by name: `name`, `showlegend`, `hovertemplate`, `row` and `col`.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.reporting.figure_style import GAIN, LOSS, TOTAL, rows_of
from experiments.statistics.paired import Interval
from experiments.wording.language import say
from experiments.wording.numbers import euro, from_to

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd
    import plotly.graph_objects as go

EURO_AXIS = {"tickformat": "~s", "hoverformat": ".3s"}
ZERO_COLOUR = "#7B8794"


def blank(height: int | None = None, **layout: Any) -> "go.Figure":
    """A figure with nothing on it, so many pixels high, or as high as Plotly likes."""
    import plotly.graph_objects as go

    return go.Figure(layout={"height": height, **layout})


def panels(n_rows: int, height: int, n_columns: int = 1, **options: Any) -> "go.Figure":
    """A figure of several panels; `options` as for Plotly's make_subplots, e.g. `subplot_titles`, `shared_xaxes`."""
    from plotly.subplots import make_subplots

    return make_subplots(rows=n_rows, cols=n_columns, **options).update_layout(height=height)


def zero(figure: "go.Figure") -> None:
    """An upright line at zero."""
    figure.add_vline(x=0, line={"color": ZERO_COLOUR, "width": 1.5})


def interval(
    table: "pd.DataFrame", middle: str = "mean", low: str = "low", high: str = "high", **look: Any
) -> dict[str, Any]:
    """Error bars from the columns of an interval, as distances from the middle."""
    return {"array": table[high] - table[middle], "arrayminus": table[middle] - table[low], **look}


def bars(figure: "go.Figure", rows: "npt.ArrayLike", values: "npt.ArrayLike", colour: Any, **trace: Any) -> None:
    """Lying bars, one a row; `colour` is one for all or one each."""
    figure.add_bar(y=rows, x=values, orientation="h", marker={"color": colour}, **trace)


def dots(figure: "go.Figure", x: "npt.ArrayLike", y: "npt.ArrayLike", marker: Mapping[str, Any], **trace: Any) -> None:
    """Marks without a line: estimates, observations, points of a design."""
    figure.add_scatter(x=x, y=y, mode="markers", marker=marker, **trace)


def span(figure: "go.Figure", at: str | int, ends: Sequence[float], colour: str, width: int, **trace: Any) -> None:
    """A thick line in the row `at`, from one end of an interval to the other."""
    line = {"color": colour, "width": width}
    figure.add_scatter(x=ends, y=[at, at], mode="lines", line=line, hoverinfo="skip", **trace)


def band(figure: "go.Figure", x: Any, low: Any, high: Any, colour: str, **trace: Any) -> None:
    """A see-through band between two lines; `x`, `low` and `high` are columns or lists."""
    figure.add_scatter(
        x=[*x, *x[::-1]],
        y=[*high, *low[::-1]],
        fill="toself",
        fillcolor=colour,
        mode="lines",
        line={"width": 0},
        hoverinfo="skip",
        **trace,
    )


def hill(figure: "go.Figure", row: str, values: "pd.Series[float]", shades: tuple[str, str, str]) -> None:
    """How values are spread: a hill with the values as dots below it, unless there are too many.

    `shades` are the colours of outline, hill and dots.
    """
    figure.add_violin(
        x=values,
        name=row,
        orientation="h",
        side="positive",
        width=1.15,
        points="all" if len(values) <= 400 else False,
        pointpos=-0.3,
        jitter=0.25,
        marker={"size": 4, "color": shades[2]},
        line={"color": shades[0], "width": 1.5},
        fillcolor=shades[1],
        meanline={"visible": True},
        spanmode="hard",
        hoverinfo="x",
    )


def waterfall(parts: "pd.DataFrame", axis_title: str) -> "go.Figure":
    """Parts that add up to the last row, from the left: `parts` has columns label, change (EUR), low and high."""
    figure = blank(150 + int(46.8 * len(parts)), showlegend=False)
    figure.add_waterfall(
        orientation="h",
        y=parts["label"],
        x=parts["change"],
        measure=["relative"] * (len(parts) - 1) + ["total"],
        text=[f"<b>{euro(change, signed=True)}</b>" for change in parts["change"]],
        textposition="outside",
        cliponaxis=False,
        increasing={"marker": {"color": GAIN}},
        decreasing={"marker": {"color": LOSS}},
        totals={"marker": {"color": TOTAL}},
        connector={"line": {"color": "#9AA5B1", "width": 1}},
        customdata=[from_to(Interval(row.low, row.high), "EUR", signed=True) for row in rows_of(parts)],
        hovertemplate=f"%{{y}}: %{{text}}<br>{say('95 %: {interval}', interval='%{customdata}')}<extra></extra>",
    )
    change = parts["change"].to_numpy()
    edges = np.concatenate([[0.0], change[:-1].cumsum(), change[-1:]])
    figure.update_yaxes(autorange="reversed")
    return figure.update_xaxes(title=axis_title, range=around(edges, 0.3), **EURO_AXIS)


def around(values: "npt.ArrayLike", margin: float = 0.08) -> list[float]:
    """An axis range around all known values, with a margin on both sides."""
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    reach = margin * max(high - low, 1.0)
    return [low - reach, high + reach]
