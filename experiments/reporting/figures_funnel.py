"""Figures of what happens on the way to the money: the funnel, the hours, the quarters."""

from typing import TYPE_CHECKING, Any

import pandas as pd

from experiments.reporting import charts
from experiments.reporting.figure_style import (
    ACTIVITY_COLOURS,
    Exhibit,
    colour,
    exhibit,
    label,
    lower_label,
    mark,
    veil,
)
from experiments.wording.numbers import number, percent

if TYPE_CHECKING:
    import plotly.graph_objects as go

STAGES = {
    "n_leads": "Leads",
    "n_mql": "Marketing-qualified (MQL)",
    "n_sal": "Accepted by Sales (SAL)",
    "n_sql": "Sales-qualified (SQL)",
    "n_opportunities": "Opportunities",
    "n_won": "Won",
}
ACTIVITIES = {
    "leads": ("marketing leads", "qualifying, nurturing"),
    "opportunities": ("opportunities", "help with opportunities"),
    "customers": ("customers", "talks with buyers"),
    "prospecting": ("own prospecting", "campaigns"),
    "reports": ("reports on leads", "research"),
    "meeting": ("with Marketing", "with Sales"),
    "disputes": ("disputes", "disputes"),
    "content": ("looking for content", "making content"),
    "training": ("joint training", "joint training"),
    "admin": ("administration", "administration"),
    "idle": ("idle", "idle"),
}
"""What each kind of hour is for reps, and for marketers."""
_SELLING = ("leads", "opportunities", "customers")
_MEASURES: dict[str, tuple[str, dict[str, Any]]] = {
    "bookings_eur": ("Bookings<br>a quarter (EUR)", {"tickformat": "~s", "rangemode": "tozero"}),
    "trust_sales_in_marketing": ("Trust of Sales<br>in Marketing (0 to 1)", {"range": [0, 1]}),
    "trust_marketing_in_sales": ("Trust of Marketing<br>in Sales (0 to 1)", {"range": [0, 1]}),
}


def funnel(summary: pd.DataFrame, best: str, reference: str) -> Exhibit:
    """How many leads reach each stage, by type, on a scale where equal distances are equal ratios.

    `summary` has columns variant, outcome, mean, low, high, n.
    """
    table = summary[summary["outcome"].isin(STAGES)]
    figure = charts.blank(430)
    for variant, group in table.groupby("variant", sort=False):
        name, rows = str(variant), group.set_index("outcome").loc[list(STAGES)]
        figure.add_scatter(
            x=rows["mean"],
            y=list(STAGES.values()),
            name=label(name),
            mode="markers+lines",
            line={"color": veil(name, 0.5), "width": 2},
            marker={"symbol": mark(name), "size": 12, "color": colour(name)},
            error_x=charts.interval(rows, type="data", thickness=1.5, width=0),
            hovertemplate="%{y}: %{x:,.0f}<extra>%{fullData.name}</extra>",
        )
    figure.update_yaxes(autorange="reversed")
    figure.update_xaxes(type="log", title="Number in a run, logarithmic scale", **_round_ticks(table["mean"]))
    note = f"Mean of {int(table['n'].max()):,} runs of each type; the 95 % interval is mostly hidden by the mark."
    return exhibit("funnel", _title_of_funnel(summary, best, reference), note, figure, table)


def hours(table: pd.DataFrame, side: str, order: list[str]) -> Exhibit:
    """Where the hours of one side go, by type; `table` has variant, side, activity, hours, share, n."""
    own = table[table["side"] == side]
    shares = own.pivot(index="variant", columns="activity", values="share").reindex(order)
    figure = charts.blank(190 + 52 * len(order), barmode="stack")
    people, whose = ("reps", 0) if side == "sales" else ("marketers", 1)
    for activity in (one for one in ACTIVITIES if one in shares and shares[one].max() > 0.001):
        words, values = ACTIVITIES[activity][whose], shares[activity]
        figure.add_bar(
            y=[label(variant) for variant in order],
            x=values,
            name=words,
            orientation="h",
            marker={"color": ACTIVITY_COLOURS[activity], "line": {"color": "white", "width": 1}},
            text=[f"{100 * share:.0f}" if share >= 0.05 else "" for share in values],
            textposition="inside",
            insidetextanchor="middle",
            hovertemplate=f"{words}: %{{x:.1%}}<extra>%{{y}}</extra>",
        )
    figure.update_xaxes(title=f"Share of the paid hours of {people}", tickformat=".0%", range=[0, 1])
    figure.update_yaxes(autorange="reversed")
    note = f"Mean of {int(own['n'].max()):,} runs of each type; numbers in the bars are percent of paid hours."
    return exhibit(f"hours_{side}", _title_of_hours(shares, side), note, figure, own)


def development(quarters: pd.DataFrame) -> Exhibit:
    """Bookings and trust, quarter by quarter; `quarters` has variant, measure, quarter, mean, low, high, n."""
    figure = charts.panels(len(_MEASURES), 720, shared_xaxes=True, vertical_spacing=0.06)
    for place, (measure, (axis, options)) in enumerate(_MEASURES.items(), start=1):
        for variant, group in quarters[quarters["measure"] == measure].groupby("variant", sort=False):
            _line_and_band(figure, str(variant), group.sort_values("quarter"), place)
        figure.update_yaxes(title=axis, row=place, **options)
    figure.update_xaxes(title="Quarter after the warm-up", dtick=1, row=len(_MEASURES))
    figure.update_layout(hovermode="x unified")
    note = f"Line: mean of {int(quarters['n'].max()):,} runs of each type; band: 95 % interval of that mean."
    return exhibit("development", _title_of_development(quarters), note, figure, quarters)


def _line_and_band(figure: "go.Figure", variant: str, rows: pd.DataFrame, place: int) -> None:
    here = {"legendgroup": variant, "row": place, "col": 1}
    charts.band(figure, rows["quarter"], rows["low"], rows["high"], veil(variant), showlegend=False, **here)
    figure.add_scatter(
        x=rows["quarter"],
        y=rows["mean"],
        name=label(variant),
        showlegend=place == 1,
        mode="lines+markers",
        line={"color": colour(variant), "width": 2.5},
        marker={"symbol": mark(variant), "size": 8},
        **here,
    )


def _title_of_funnel(summary: pd.DataFrame, best: str, reference: str) -> str:
    means = summary.set_index(["variant", "outcome"])["mean"]
    won = means[best, "n_won"] / means[reference, "n_won"] - 1
    handed = means[best, "n_mql"] / means[reference, "n_mql"] - 1
    return (
        f"{label(best)} wins {percent(abs(won))} {'more' if won >= 0 else 'fewer'} deals than {lower_label(reference)} "
        f"out of {percent(abs(handed))} {'more' if handed >= 0 else 'fewer'} marketing leads"
    )


def _title_of_hours(shares: pd.DataFrame, side: str) -> str:
    if side == "sales":
        selling = shares[[name for name in _SELLING if name in shares]].sum(axis=1)
        most, least = str(selling.idxmax()), str(selling.idxmin())
        return (
            f"Reps sell in {percent(float(selling[most]))} of their hours with {lower_label(most)}, "
            f"in {percent(float(selling[least]))} with {lower_label(least)}"
        )
    talk = shares["meeting"]
    return f"Time with Sales takes {percent(float(talk.min()))} to {percent(float(talk.max()))} of Marketing's hours"


def _title_of_development(quarters: pd.DataFrame) -> str:
    last = quarters[quarters["quarter"] == quarters["quarter"].max()].set_index(["measure", "variant"])["mean"]
    trust = last["trust_sales_in_marketing"]
    most, least = str(trust.idxmax()), str(trust.idxmin())
    return (
        f"Trust of Sales in Marketing ends at {number(float(trust[most]))} with {lower_label(most)}, "
        f"at {number(float(trust[least]))} with {lower_label(least)}"
    )


def _round_ticks(values: "pd.Series[float]") -> dict[str, list[Any]]:
    """Round numbers on a logarithmic axis: 1, 2, 5, 10, 20, 50 ... as far as the values reach."""
    low, high = values[values > 0].min(), values.max()
    ticks = [digit * 10**power for power in range(10) for digit in (1, 2, 5)]
    shown = [tick for tick in ticks if low / 2 <= tick <= 2 * high]
    return {"tickvals": shown, "ticktext": [f"{tick:,}" for tick in shown]}
