"""Figures of money: from tidy tables to Plotly figures whose title is the finding and which show their doubt."""

from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.reporting.figure_style import (
    GAIN,
    LOSS,
    TOTAL,
    Exhibit,
    colour,
    exhibit,
    label,
    lower_label,
    mark,
    rows_of,
    veil,
)
from experiments.statistics.paired import Interval
from experiments.wording.numbers import euro, from_to, name_of, percent, probability, sentence

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd
    import plotly.graph_objects as go

EURO_AXIS = {"tickformat": "~s", "hoverformat": ".3s"}
_ROW_PX, _FRAME_PX = 52, 150


def contribution(runs: "pd.DataFrame", types: "pd.DataFrame", quarters: int) -> Exhibit:
    """Mean contribution by type with its interval (thick) and the middle 80 % of the runs (thin).

    `runs` has columns variant and contribution_eur, `types` has variant, mean, low, high, n, in the order to show.
    """
    import plotly.graph_objects as go

    spread = runs.groupby("variant")["contribution_eur"].quantile(np.array([0.1, 0.9])).unstack()
    table = types.assign(p10=types["variant"].map(spread[0.1]), p90=types["variant"].map(spread[0.9]))
    figure = go.Figure()
    for row in rows_of(table.iloc[::-1]):
        name = label(row.variant)
        figure.add_scatter(x=[row.p10, row.p90], y=[name, name], **_line(veil(row.variant, 0.45), 5))
        figure.add_scatter(x=[row.low, row.high], y=[name, name], **_line(colour(row.variant), 11))
        figure.add_scatter(
            x=[row.mean],
            y=[name],
            mode="markers+text",
            marker={
                "symbol": mark(row.variant),
                "size": 15,
                "color": colour(row.variant),
                "line": {"width": 2, "color": "white"},
            },
            text=[f"<b>{euro(row.mean)}</b>"],
            textposition="top center",
            hovertemplate=f"{name}: {euro(row.mean)}<br>95 %: {_span(row)}<extra></extra>",
        )
    figure.update_xaxes(title=f"Contribution in {quarters} quarters, after all pay and coordination (EUR)", **EURO_AXIS)
    figure.update_xaxes(range=_around(table[["p10", "low", "high", "p90"]]))
    _set_rows(figure, len(table))
    note = (
        f"Dot: mean of {_runs(table['n'])}. Thick line: 95 % interval of that mean. "
        "Thin line: the middle 80 % of runs, good and bad luck included."
    )
    return exhibit("contribution", _title_of_contribution(types), note, figure, table)


def differences(pairs: "pd.DataFrame") -> Exhibit:
    """What each step gains, in common worlds: mean difference with its interval, and zero."""
    import plotly.graph_objects as go

    figure = go.Figure()
    figure.add_vline(x=0, line={"color": "#7B8794", "width": 1.5})
    for row in rows_of(pairs.iloc[::-1]):
        name = f"{label(row.a)}<br>against {lower_label(row.b)}"
        is_clear = row.low > 0 or row.high < 0
        figure.add_scatter(x=[row.low, row.high], y=[name, name], **_line(colour(row.a), 7))
        figure.add_scatter(
            x=[row.difference],
            y=[name],
            mode="markers+text",
            marker={
                "symbol": mark(row.a),
                "size": 14,
                "color": colour(row.a) if is_clear else "white",
                "line": {"width": 2, "color": "white" if is_clear else colour(row.a)},
            },
            text=[f"<b>{euro(row.difference, signed=True)}</b>"],
            textposition="top center",
            hovertemplate=f"{euro(row.difference, signed=True)}, {percent(row.relative, signed=True)}<br>"
            f"95 %: {_span(row, signed=True)}<extra></extra>",
        )
    figure.update_xaxes(title="Difference in contribution, same worlds (EUR)", **EURO_AXIS)
    figure.update_xaxes(range=_around(pairs[["low", "difference", "high"]].assign(zero=0)))
    _set_rows(figure, len(pairs))
    note = (
        f"Mean difference over {_runs(pairs['n'], 'pairs of runs')} in common worlds, with its 95 % interval; "
        "a hollow mark means that zero cannot be excluded."
    )
    return exhibit("differences", _title_of_differences(pairs), note, figure, pairs)


def luck(gaps: "pd.DataFrame") -> Exhibit:
    """How often the best is ahead: the difference in every single world, for each variant it is compared with.

    `gaps` has columns a, b, seed and gap (EUR, a minus b).
    """
    import pandas as pd
    import plotly.graph_objects as go

    figure = go.Figure()
    figure.add_vline(x=0, line={"color": "#7B8794", "width": 1.5})
    rows = []
    for (a, b), group in reversed(list(gaps.groupby(["a", "b"], sort=False))):
        known = group["gap"].dropna()
        ahead = float(np.mean(known > 0)) if len(known) else float("nan")
        rows.append((a, b, ahead, *known.quantile([0.05, 0.25, 0.5, 0.75, 0.95]), len(known)))
        figure.add_violin(x=known, name=f"against<br>{lower_label(str(b))}", **_hill(str(b), len(known)))
    columns = ["a", "b", "share_of_worlds_ahead", "p5", "p25", "median", "p75", "p95", "n"]
    table = pd.DataFrame(rows[::-1], columns=columns)
    best = label(str(table["a"].iloc[0]))
    figure.update_xaxes(title=f"{best} minus the other, world by world (EUR)", **EURO_AXIS)
    figure.update_layout(height=_FRAME_PX + 2 * _ROW_PX * len(table), showlegend=False)
    note = f"One dot per world ({_runs(table['n'], 'worlds')}); the hill shows where they crowd, its line the mean."
    return exhibit("luck", _title_of_luck(table), note, figure, table)


def _hill(variant: str, n_worlds: int) -> dict[str, Any]:
    """The look of a hill of differences with its dots below; too many dots are left out."""
    return {
        "orientation": "h",
        "side": "positive",
        "width": 1.15,
        "points": "all" if n_worlds <= 400 else False,
        "pointpos": -0.3,
        "jitter": 0.25,
        "marker": {"size": 4, "color": veil(variant, 0.6)},
        "line": {"color": colour(variant), "width": 1.5},
        "fillcolor": veil(variant, 0.35),
        "meanline": {"visible": True},
        "spanmode": "hard",
        "hoverinfo": "x",
    }


def _title_of_luck(table: "pd.DataFrame") -> str:
    best, least = label(str(table["a"].iloc[0])), table["share_of_worlds_ahead"].min()
    if least > 0.995:
        return f"{best} is ahead in practically every world"
    shares = "; ".join(
        f"{probability(row.share_of_worlds_ahead)} against {lower_label(row.b)}" for row in rows_of(table)
    )
    if least < 0.6:
        return f"Luck decides single worlds; how often {best.lower()} is ahead: {shares}"
    return f"{best} is ahead in most worlds, not in all: {shares}"


def bridge(parts: "pd.DataFrame", after: str, before: str) -> Exhibit:
    """Which parts of contribution the difference is made of; the last row of `parts` is the total."""
    labelled = parts.assign(label=[sentence(_PARTS.get(part, name_of(part))) for part in parts["part"]])
    figure = waterfall(labelled, f"What {lower_label(after)} adds against {lower_label(before)} (EUR)")
    note = (
        f"Mean over {_runs(parts['n'], 'pairs of runs')}; the parts add up to the difference in contribution. "
        "Bars to the left cost. Hours spent with the other side are counted at their pay, under coordination."
    )
    return exhibit("bridge", _title_of_bridge(parts, after, before), note, figure, parts)


def waterfall(parts: "pd.DataFrame", axis_title: str) -> "go.Figure":
    """Parts that add up to the last row, from the left: `parts` has columns label, change (EUR), low and high."""
    import plotly.graph_objects as go

    figure = go.Figure(
        go.Waterfall(
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
            customdata=[_span(row, signed=True) for row in rows_of(parts)],
            hovertemplate="%{y}: %{text}<br>95 %: %{customdata}<extra></extra>",
        )
    )
    figure.update_yaxes(autorange="reversed")
    figure.update_xaxes(title=axis_title, range=_around(_steps(parts), 0.22), **EURO_AXIS)
    figure.update_layout(height=_FRAME_PX + int(0.9 * _ROW_PX * len(parts)), showlegend=False)
    return figure


_PARTS = {
    "gross_margin_eur": "gross margin",
    "bad_debt_eur": "bad debt",
    "programme_eur": "programmes",
    "coordination_cost_eur": "coordination",
    "pay_for_other_hours_eur": "pay for all other hours",
    "contribution_eur": "contribution",
}


def _title_of_contribution(types: "pd.DataFrame") -> str:
    ranked = types.sort_values("mean", ascending=False)
    best, others = ranked.iloc[0], ranked["mean"].iloc[1:]
    rest = euro(others.iloc[0]) if len(others) == 1 else f"{euro(others.iloc[-1])} to {euro(others.iloc[0])}"
    return f"{label(best['variant'])} brings {euro(best['mean'])}, the other{'s' if len(others) > 1 else ''} {rest}"


def _title_of_bridge(parts: "pd.DataFrame", after: str, before: str) -> str:
    change = parts.set_index("part")["change"]
    margin, talk = change["gross_margin_eur"], -change["coordination_cost_eur"]
    step = f"from {lower_label(before)} to {lower_label(after)}"
    if margin > 0 and talk > 0:
        verdict = "pays for" if margin > talk else "does not pay for"
        return f"{euro(margin)} more gross margin {verdict} {euro(talk)} more coordination, {step}"
    return f"Gross margin {euro(margin, signed=True)}, coordination {euro(talk, signed=True)}, {step}"


def _title_of_differences(pairs: "pd.DataFrame") -> str:
    gains = sorted((row for row in rows_of(pairs) if row.low > 0), key=lambda row: -row.difference)
    losses = sorted((row for row in rows_of(pairs) if row.high < 0), key=lambda row: row.difference)
    n_unclear = len(pairs) - len(gains) - len(losses)
    said = [f"{_step(gains[0])} gains {euro(gains[0].difference)}"] if gains else []
    said += [f"{_step(losses[0])} loses {euro(-losses[0].difference)}"] if losses else []
    said += [f"{n_unclear} of {len(pairs)} steps cannot be told from no difference"] if n_unclear else []
    return sentence("; ".join(said))


def _step(row: Any) -> str:
    return f"{lower_label(row.a)} against {lower_label(row.b)}"


def _span(row: Any, *, signed: bool = False) -> str:
    return from_to(Interval(row.low, row.high), "EUR", signed=signed)


def _line(line_colour: str, width: int) -> dict[str, Any]:
    return {"mode": "lines", "line": {"color": line_colour, "width": width}, "hoverinfo": "skip"}


def _set_rows(figure: Any, n_rows: int) -> None:
    """Room for `n_rows` labelled rows, with space above the first for its number."""
    figure.update_yaxes(range=[-0.5, n_rows - 0.35])
    figure.update_layout(height=_FRAME_PX + _ROW_PX * n_rows, showlegend=False)


def _around(values: "npt.ArrayLike", margin: float = 0.08) -> list[float]:
    """An axis range around all known values, with a margin on both sides."""
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    reach = margin * max(high - low, 1.0)
    return [low - reach, high + reach]


def _steps(parts: "pd.DataFrame") -> "npt.ArrayLike":
    """Where the bars of a bridge begin and end."""
    change = parts["change"].to_numpy()
    return np.concatenate([[0.0], change[:-1].cumsum(), change[-1:]])


def _runs(counts: "pd.Series[int]", what: str = "runs") -> str:
    """`200 runs`, or `198 to 200 runs` where some are missing."""
    low, high = int(counts.min()), int(counts.max())
    return f"{low:,} {what}" if low == high else f"{low:,} to {high:,} {what}"
