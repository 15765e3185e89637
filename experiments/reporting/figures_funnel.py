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
from experiments.wording.language import say, term
from experiments.wording.numbers import number, percent, written

if TYPE_CHECKING:
    import plotly.graph_objects as go

STAGES = ("n_leads", "n_mql", "n_sal", "n_sql", "n_opportunities", "n_won")
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


def _stages() -> list[str]:
    return [
        say("Leads"),
        say("Marketing-qualified (MQL)"),
        say("Accepted by Sales (SAL)"),
        say("Sales-qualified (SQL)"),
        say("Opportunities"),
        say("Won"),
    ]


def _measures() -> dict[str, tuple[str, dict[str, Any]]]:
    """Title and look of the axis of each measure."""
    return {
        "bookings_eur": (say("Bookings<br>a quarter (EUR)"), {"tickformat": "~s", "rangemode": "tozero"}),
        "trust_sales_in_marketing": (say("Trust of Sales<br>in Marketing (0 to 1)"), {"range": [0, 1]}),
        "trust_marketing_in_sales": (say("Trust of Marketing<br>in Sales (0 to 1)"), {"range": [0, 1]}),
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
            y=_stages(),
            name=label(name),
            mode="markers+lines",
            line={"color": veil(name, 0.5), "width": 2},
            marker={"symbol": mark(name), "size": 12, "color": colour(name)},
            error_x=charts.interval(rows, type="data", thickness=1.5, width=0),
            hovertemplate="%{y}: %{x:,.0f}<extra>%{fullData.name}</extra>",
        )
    figure.update_yaxes(autorange="reversed")
    figure.update_xaxes(type="log", title=say("Number in a run, logarithmic scale"), **_round_ticks(table["mean"]))
    note = say(
        "Mean of {n} runs of each type; the 95 % interval is mostly hidden by the mark.",
        n=written(int(table["n"].max())),
    )
    return exhibit("funnel", _title_of_funnel(summary, best, reference), note, figure, table)


def hours(table: pd.DataFrame, side: str, order: list[str]) -> Exhibit:
    """Where the hours of one side go, by type; `table` has variant, side, activity, hours, share, n."""
    own = table[table["side"] == side]
    shares = own.pivot(index="variant", columns="activity", values="share").reindex(order)
    figure = charts.blank(190 + 52 * len(order), barmode="stack")
    whose = 0 if side == "sales" else 1
    axis = (say("Share of the paid hours of reps"), say("Share of the paid hours of marketers"))[whose]
    for activity in (one for one in ACTIVITIES if one in shares and shares[one].max() > 0.001):
        words, values = term(ACTIVITIES[activity][whose]), shares[activity]
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
    figure.update_xaxes(title=axis, tickformat=".0%", range=[0, 1])
    figure.update_yaxes(autorange="reversed")
    note = say(
        "Mean of {n} runs of each type; numbers in the bars are percent of paid hours.", n=written(int(own["n"].max()))
    )
    return exhibit(f"hours_{side}", _title_of_hours(shares, side), note, figure, own)


def development(quarters: pd.DataFrame) -> Exhibit:
    """Bookings and trust, quarter by quarter; `quarters` has variant, measure, quarter, mean, low, high, n."""
    measures = _measures()
    figure = charts.panels(len(measures), 720, shared_xaxes=True, vertical_spacing=0.06)
    for place, (measure, (axis, options)) in enumerate(measures.items(), start=1):
        for variant, group in quarters[quarters["measure"] == measure].groupby("variant", sort=False):
            _line_and_band(figure, str(variant), group.sort_values("quarter"), place)
        figure.update_yaxes(title=axis, row=place, **options)
    figure.update_xaxes(title=say("Quarter after the warm-up"), dtick=1, row=len(measures))
    figure.update_layout(hovermode="x unified")
    note = say(
        "Line: mean of {n} runs of each type; band: 95 % interval of that mean.", n=written(int(quarters["n"].max()))
    )
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
    told = {
        "best": label(best),
        "won": percent(abs(won)),
        "other": lower_label(reference),
        "handed": percent(abs(handed)),
    }
    if won >= 0:
        if handed >= 0:
            return say("{best} wins {won} more deals than {other} out of {handed} more marketing leads", **told)
        return say("{best} wins {won} more deals than {other} out of {handed} fewer marketing leads", **told)
    if handed >= 0:
        return say("{best} wins {won} fewer deals than {other} out of {handed} more marketing leads", **told)
    return say("{best} wins {won} fewer deals than {other} out of {handed} fewer marketing leads", **told)


def _title_of_hours(shares: pd.DataFrame, side: str) -> str:
    if side == "sales":
        selling = shares[[name for name in _SELLING if name in shares]].sum(axis=1)
        most, least = str(selling.idxmax()), str(selling.idxmin())
        return say(
            "Reps sell in {most_share} of their hours with {most}, in {least_share} with {least}",
            most_share=percent(float(selling[most])),
            most=lower_label(most),
            least_share=percent(float(selling[least])),
            least=lower_label(least),
        )
    talk = shares["meeting"]
    return say(
        "Time with Sales takes {low} to {high} of Marketing's hours",
        low=percent(float(talk.min())),
        high=percent(float(talk.max())),
    )


def _title_of_development(quarters: pd.DataFrame) -> str:
    last = quarters[quarters["quarter"] == quarters["quarter"].max()].set_index(["measure", "variant"])["mean"]
    trust = last["trust_sales_in_marketing"]
    most, least = str(trust.idxmax()), str(trust.idxmin())
    return say(
        "Trust of Sales in Marketing ends at {most_trust} with {most}, at {least_trust} with {least}",
        most_trust=number(float(trust[most])),
        most=lower_label(most),
        least_trust=number(float(trust[least])),
        least=lower_label(least),
    )


def _round_ticks(values: "pd.Series[float]") -> dict[str, list[Any]]:
    """Round numbers on a logarithmic axis: 1, 2, 5, 10, 20, 50 ... as far as the values reach."""
    low, high = values[values > 0].min(), values.max()
    ticks = [digit * 10**power for power in range(10) for digit in (1, 2, 5)]
    shown = [tick for tick in ticks if low / 2 <= tick <= 2 * high]
    return {"tickvals": shown, "ticktext": [written(tick) for tick in shown]}
