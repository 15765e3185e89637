"""The figures of a calibration: data against what the fitted company shows, and what is known of its parameters."""

from typing import Any

import pandas as pd

from experiments.questions.calibrate.identifiability import TOGETHER, pairs
from experiments.questions.calibrate.prediction import LEVELS
from experiments.questions.calibrate.result import Calibration
from experiments.questions.calibrate.text import KIND_WORDS
from experiments.reporting import charts
from experiments.reporting.figure_style import TOTAL, TYPE_COLOURS, Exhibit, exhibit, rows_of
from experiments.wording.numbers import counted, percent, sentence

_MODEL, _DATA = TYPE_COLOURS["integrated"], TOTAL
_VEILS = {0.95: "rgba(0,114,178,0.13)", 0.8: "rgba(0,114,178,0.20)", 0.5: "rgba(0,114,178,0.30)"}
_ROW_PX, _FRAME_PX = 30, 150


def calibration_exhibits(calibration: Calibration) -> list[Exhibit]:
    """Months first, then channels, coverage, parameters and how they hang together."""
    horizon = calibration.plan.export.window.horizons_d[0]
    return [
        *_months(calibration, "leads", 0),
        *_months(calibration, "won", 0),
        *_months(calibration, "won_share", horizon),
        _channels(calibration, horizon),
        _coverage(calibration),
        _parameters(calibration),
        _together(calibration),
    ]


def _months(calibration: Calibration, kind: str, horizon: int) -> list[Exhibit]:
    """One kind of monthly figure over all months: data as dots, runs as bands, a line before what is held out."""
    both = pd.concat([calibration.fit, calibration.held_out], ignore_index=True)
    table = both[(both["kind"] == kind) & (both["channel"] == "") & (both["month"] != "")]
    table = table[table["horizon_d"] == horizon].sort_values("month").reset_index(drop=True)
    if table.empty:
        return []
    figure, months = charts.blank(), table["month"]
    for level in sorted(LEVELS, reverse=True):
        name = f"{100 * level:.0f}"
        low, high = table[f"low_{name}"], table[f"high_{name}"]
        charts.band(figure, months, low, high, _VEILS[level], name=f"{name} % of runs")
    figure.add_scatter(x=months, y=table["median"], mode="lines", line={"color": _MODEL}, name="median run")
    reach, look = {"array": table["error"], "color": _DATA}, {"size": 10, "color": _DATA}
    charts.dots(figure, months, table["data"], look, error_y=reach, name="data, one standard error")
    held_out = table[table["role"] == "held out"]
    if len(held_out) and len(held_out) < len(table):
        figure.add_vline(x=len(table) - len(held_out) - 0.5, line={"color": charts.ZERO_COLOUR, "dash": "dot"})
    share = kind == "won_share"
    figure.update_xaxes(title="Month", type="category")
    figure.update_yaxes(title=f"{sentence(KIND_WORDS[kind])} ({table['unit'].iloc[0]})", rangemode="tozero")
    figure.update_yaxes(tickformat=".0%" if share else ",")
    within = f" within {horizon} days" if horizon else ""
    note = (
        "Left of the dotted line the months that were fitted, right of it those held out. Bands: runs of the fitted "
        "company, with what is unknown of its parameters, luck, and (held out) the data's own unrest."
    )
    inside = int(held_out["is_inside_80"].sum())
    title = f"{sentence(KIND_WORDS[kind])}{within}: {inside} of {len(held_out)} held-out months in the 80 % interval"
    return [exhibit(f"months_{kind}", title, note, figure, table)]


def _channels(calibration: Calibration, horizon: int) -> Exhibit:
    """Share won by channel in the fitted part, data beside model."""
    fit = calibration.fit
    table = fit[(fit["kind"] == "won_share") & (fit["channel"] != "") & (fit["month"] == "")].reset_index(drop=True)
    figure = _ranges(table, "channel", "low_80", "high_80", "median")
    reach, look = {"array": table["error"], "color": _DATA}, {"size": 10, "color": _DATA, "symbol": "diamond"}
    charts.dots(figure, table["data"], table["channel"], look, error_x=reach, name="data, one standard error")
    figure.update_xaxes(title=f"Share of leads won within {horizon} days", tickformat=".0%", rangemode="tozero")
    inside = int(table["is_inside_80"].sum())
    note = "Fitted part of the period. Line: the middle 80 % of runs; dot: the median run; diamond: the data."
    title = f"Share won by channel: {inside} of {len(table)} channels where 80 % of the runs lie"
    return exhibit("channels", title, note, figure, table)


def _coverage(calibration: Calibration) -> Exhibit:
    """Wished against real share of held-out figures inside, by kind."""
    rows = [
        (KIND_WORDS.get(one.kind, "all figures"), one.level, one.n, one.n_inside, one.share)
        for one in calibration.coverage
    ]
    table = pd.DataFrame(rows, columns=["figures", "level", "n", "n_inside", "share"])
    figure, promised = charts.blank(), {"color": charts.ZERO_COLOUR, "dash": "dot"}
    figure.add_scatter(x=[0.4, 1], y=[0.4, 1], mode="lines", line=promised, name="as promised")
    for name, group in table.groupby("figures", sort=False):
        is_all = name == "all figures"
        figure.add_scatter(
            x=group["level"],
            y=group["share"],
            mode="lines+markers",
            name=str(name),
            line={"width": 4 if is_all else 1.5, **({"color": _MODEL} if is_all else {})},
            text=[f"{row.n_inside} of {row.n}" for row in rows_of(group)],
        )
    figure.update_xaxes(title="Promised: level of the interval", tickformat=".0%", tickvals=list(LEVELS))
    figure.update_yaxes(title="Found: held-out figures inside", tickformat=".0%", range=[0, 1.03])
    whole = calibration.share(0.8)
    title = f"{percent(whole.share)} of {whole.n} held-out figures lie in the 80 % intervals"
    note = (
        "Below the dotted line intervals are too narrow, above it wider than need be. Figures of a month hang together."
    )
    return exhibit("coverage", title, note, figure, table)


def _parameters(calibration: Calibration) -> Exhibit:
    """What is left of each parameter's range."""
    table = calibration.parameters.copy()
    uncertain = calibration.plan.uncertain
    for name in ("low", "median", "high", "own"):
        table[f"place_{name}"] = [one.place(value) for one, value in zip(uncertain, table[name], strict=True)]
    figure = _ranges(table, "parameter", "place_low", "place_high", "place_median")
    cross = {"size": 9, "symbol": "x-thin", "line": {"width": 2, "color": _DATA}}
    charts.dots(figure, table["place_own"], table["parameter"], cross, name="the company now")
    figure.update_xaxes(title="Place in the range that was searched (0 lowest, 1 highest)", range=[-0.02, 1.02])
    n_told = int((table["verdict"] == "told").sum())
    note = "Line: the middle 90 % of what the data leave possible; dot: its median; cross: the company as it is now."
    return exhibit("parameters", f"{n_told} of {len(table)} parameters are told by the data", note, figure, table)


def _together(calibration: Calibration) -> Exhibit:
    """Correlations between parameters in what is left possible."""
    table = calibration.correlations
    names = list(table.columns)
    figure = charts.blank(2 * _FRAME_PX + 24 * len(names))
    scale = {"zmin": -1, "zmax": 1, "colorscale": "RdBu", "colorbar": {"title": "r"}}
    figure.add_heatmap(z=table.to_numpy(), x=names, y=names, **scale)
    figure.update_xaxes(dtick=1, tickangle=-60)
    figure.update_yaxes(autorange="reversed", dtick=1)
    n = len(pairs(table))
    title = (
        f"{counted(n, 'pair')} of parameters can only be told together"
        if n
        else "Every parameter can be told by itself"
    )
    note = f"Correlation in what the data leave possible; from {TOGETHER} either way only both together are told."
    return exhibit("together", title, note, figure, table.rename_axis("parameter").reset_index())


def _ranges(table: pd.DataFrame, names: str, low: str, high: str, middle: str) -> Any:
    """A row a name: a thick line from `low` to `high` and a dot in the `middle`."""
    figure = charts.blank(_FRAME_PX + _ROW_PX * len(table))
    for row in table.to_dict("records"):
        charts.span(figure, row[names], [row[low], row[high]], _VEILS[0.5], 9, showlegend=False)
    charts.dots(figure, table[middle], table[names], {"size": 10, "color": _MODEL}, name="median")
    return figure.update_yaxes(autorange="reversed", type="category")
