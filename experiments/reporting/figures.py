"""Figures of money: from tidy tables to Plotly figures whose title is the finding and which show their doubt."""

from typing import TYPE_CHECKING, Any

import pandas as pd

from experiments.observation.yearly import CONTRIBUTION, NEW_BUSINESS, REVENUE
from experiments.reporting import charts
from experiments.reporting.figure_style import Exhibit, colour, exhibit, label, lower_label, mark, rows_of, veil
from experiments.statistics.paired import Interval
from experiments.wording.language import say, term
from experiments.wording.numbers import (
    euro,
    euro_known,
    from_to,
    from_to_known,
    name_of,
    percent,
    probability,
    sentence,
    with_semicolons,
    written,
)

if TYPE_CHECKING:
    import plotly.graph_objects as go

_ROW_PX, _FRAME_PX = 52, 150


_MEASURES = {REVENUE: "revenue", NEW_BUSINESS: "new business", CONTRIBUTION: "contribution"}


def money(table: pd.DataFrame, reference: str, n_replications: int) -> Exhibit:
    """Revenue, new business and contribution a year of each variant against the reference, with the middle 80 %.

    `table` has columns variant, measure, mean, difference, spread_low, spread_high, in the order to show.
    """
    others = table[table["variant"] != reference]
    shown = pd.concat([others[others["measure"] == measure] for measure in _MEASURES])
    figure = _rows(len(shown))
    charts.zero(figure)
    for row in rows_of(shown.iloc[::-1]):
        name, gain = f"{label(row.variant)}<br>{term(_MEASURES[row.measure])}", _known(row)
        charts.span(figure, name, [row.spread_low, row.spread_high], colour(row.variant), 9)
        said = (say("{gain} a year", gain=gain), say("80 %: {interval}", interval=_middle(row)))
        hover = f"{'<br>'.join(said)}<extra></extra>"
        look = {"symbol": mark(row.variant), "size": 14, "color": colour(row.variant), "line": _edge("white")}
        _number(figure, name, row.difference, marker=look, text=[f"<b>{gain}</b>"], hovertemplate=hover)
    axis = say("Against {other}, EUR a year", other=lower_label(reference))
    figure.update_xaxes(title=axis, **charts.EURO_AXIS)
    figure.update_xaxes(range=charts.around(shown[["spread_low", "difference", "spread_high"]].assign(zero=0)))
    note = say(
        "Dot: mean difference over {n} replications in common worlds. Line: the middle 80 % of them, luck and drawn "
        "assumptions together. Revenue and new business of the last four quarters.",
        n=written(n_replications),
    )
    return exhibit("money", _title_of_money(others, reference), note, figure, table)


def _title_of_money(others: pd.DataFrame, reference: str) -> str:
    revenue = others[others["measure"] == REVENUE]
    best = max(rows_of(others[others["measure"] == CONTRIBUTION]), key=lambda row: row.difference).variant
    gain = next(_known(row) for row in rows_of(revenue) if row.variant == best)
    told = {"best": label(best), "gain": gain, "other": lower_label(reference)}
    if label(best).endswith("s"):
        return say("{best} bring {gain} revenue a year against {other}", **told)
    return say("{best} brings {gain} revenue a year against {other}", **told)


def _known(row: Any) -> str:
    """The gain of a variant with no more digits than its spread allows, as everywhere in the report."""
    return euro_known(row.difference, (row.spread_high - row.spread_low) / 2, signed=True)


def _middle(row: Any) -> str:
    return from_to_known(Interval(row.spread_low, row.spread_high), signed=True)


def differences(pairs: pd.DataFrame) -> Exhibit:
    """What each step gains, in common worlds: mean difference with its interval, and zero."""
    figure = _rows(len(pairs))
    charts.zero(figure)
    for row in rows_of(pairs.iloc[::-1]):
        name, gain = (
            f"{label(row.a)}<br>{say('against {other}', other=lower_label(row.b))}",
            euro(row.difference, signed=True),
        )
        inside, edge = (colour(row.a), "white") if row.low > 0 or row.high < 0 else ("white", colour(row.a))
        charts.span(figure, name, [row.low, row.high], colour(row.a), 7)
        said = (
            say("{gain}, {share}", gain=gain, share=percent(row.relative, signed=True)),
            say("95 %: {interval}", interval=_span(row, signed=True)),
        )
        hover = f"{'<br>'.join(said)}<extra></extra>"
        look = {"symbol": mark(row.a), "size": 14, "color": inside, "line": _edge(edge)}
        _number(figure, name, row.difference, marker=look, text=[f"<b>{gain}</b>"], hovertemplate=hover)
    figure.update_xaxes(title=say("Difference in contribution, same worlds (EUR)"), **charts.EURO_AXIS)
    figure.update_xaxes(range=charts.around(pairs[["low", "difference", "high"]].assign(zero=0)))
    note = say(
        "Mean difference over {n} pairs of runs in common worlds, with its 95 % interval; a hollow mark means that "
        "zero cannot be excluded.",
        n=_how_many(pairs["n"]),
    )
    return exhibit("differences", _title_of_differences(pairs), note, figure, pairs)


def luck(gaps: pd.DataFrame) -> Exhibit:
    """How often the best is ahead: the difference in every single world, for each variant it is compared with.

    `gaps` has columns a, b, seed and gap (EUR, a minus b).
    """
    groups = {(str(a), str(b)): group["gap"].dropna() for (a, b), group in gaps.groupby(["a", "b"], sort=False)}
    rows = [
        (a, b, float((known > 0).mean()), *known.quantile([0.05, 0.25, 0.5, 0.75, 0.95]), len(known))
        for (a, b), known in groups.items()
    ]
    table = pd.DataFrame(rows, columns=["a", "b", "share_of_worlds_ahead", "p5", "p25", "median", "p75", "p95", "n"])
    figure = charts.blank(_FRAME_PX + 2 * _ROW_PX * len(table), showlegend=False)
    charts.zero(figure)
    for (_, b), known in reversed(groups.items()):
        shades = (colour(b), veil(b, 0.35), veil(b, 0.6))
        charts.hill(figure, say("against {other}", other=lower_label(b)).replace(" ", "<br>", 1), known, shades)
    best = label(str(table["a"].iloc[0]))
    figure.update_xaxes(title=say("{best} minus the other, world by world (EUR)", best=best), **charts.EURO_AXIS)
    note = say(
        "One dot per world ({n} worlds); the hill shows where they crowd, its line the mean.", n=_how_many(table["n"])
    )
    return exhibit("luck", _title_of_luck(table), note, figure, table)


def _title_of_luck(table: pd.DataFrame) -> str:
    best, least = label(str(table["a"].iloc[0])), table["share_of_worlds_ahead"].min()
    if least > 0.995:
        return say("{best} is ahead in practically every world", best=best)
    shares = with_semicolons(
        [
            say("{chance} against {other}", chance=probability(row.share_of_worlds_ahead), other=lower_label(row.b))
            for row in rows_of(table)
        ]
    )
    if least < 0.6:
        return say("Luck decides single worlds; how often {best} is ahead: {shares}", best=best.lower(), shares=shares)
    return say("{best} is ahead in most worlds, not in all: {shares}", best=best, shares=shares)


def bridge(parts: pd.DataFrame, after: str, before: str) -> Exhibit:
    """Which parts of contribution the difference is made of; the last row of `parts` is the total."""
    words = _parts()
    labelled = parts.assign(label=[sentence(words.get(part, name_of(part))) for part in parts["part"]])
    figure = charts.waterfall(
        labelled, say("What {best} adds against {other} (EUR)", best=lower_label(after), other=lower_label(before))
    )
    note = say(
        "Mean over {n} pairs of runs; the parts add up to the difference in contribution. Bars to the left cost. Hours "
        "spent with the other side are counted at their pay, under coordination.",
        n=_how_many(parts["n"]),
    )
    return exhibit("bridge", _title_of_bridge(parts, after, before), note, figure, parts)


def _parts() -> dict[str, str]:
    return {
        "gross_margin_eur": say("gross margin"),
        "bad_debt_eur": say("bad debt"),
        "programme_eur": say("programmes"),
        "coordination_cost_eur": say("coordination"),
        "pay_for_other_hours_eur": say("pay for all other hours"),
        "contribution_eur": say("contribution"),
        "contribution_a_year_eur": say("Contribution a year"),
    }


def _title_of_bridge(parts: pd.DataFrame, after: str, before: str) -> str:
    change = parts.set_index("part")["change"]
    margin, talk = change["gross_margin_eur"], -change["coordination_cost_eur"]
    step = say("from {start} to {goal}", start=lower_label(before), goal=lower_label(after))
    if margin > 0 and talk > 0:
        told = {"margin": euro(margin), "talk": euro(talk), "step": step}
        if margin > talk:
            return sentence(say("{margin} more gross margin pays for {talk} more coordination, {step}", **told))
        return sentence(say("{margin} more gross margin does not pay for {talk} more coordination, {step}", **told))
    told = {"margin": euro(margin, signed=True), "talk": euro(talk, signed=True), "step": step}
    return sentence(say("Gross margin {margin}, coordination {talk}, {step}", **told))


def _title_of_differences(pairs: pd.DataFrame) -> str:
    gains = sorted((row for row in rows_of(pairs) if row.low > 0), key=lambda row: -row.difference)
    losses = sorted((row for row in rows_of(pairs) if row.high < 0), key=lambda row: row.difference)
    n_unclear = len(pairs) - len(gains) - len(losses)
    said = [say("{step} gains {gain}", step=_step(gains[0]), gain=euro(gains[0].difference))] if gains else []
    said += [say("{step} loses {loss}", step=_step(losses[0]), loss=euro(-losses[0].difference))] if losses else []
    if n_unclear:
        said.append(say("{n} of {all} steps cannot be told from no difference", n=n_unclear, all=len(pairs)))
    return sentence(with_semicolons(said))


def _step(row: Any) -> str:
    return say("{first} against {second}", first=lower_label(row.a), second=lower_label(row.b))


def _span(row: Any, *, signed: bool = False) -> str:
    return from_to(Interval(row.low, row.high), "EUR", signed=signed)


def _edge(shade: str) -> dict[str, Any]:
    return {"width": 2, "color": shade}


def _rows(n_rows: int) -> "go.Figure":
    """An empty figure with room for labelled rows, and space above the first for its number."""
    figure = charts.blank(_FRAME_PX + _ROW_PX * n_rows, showlegend=False)
    return figure.update_yaxes(range=[-0.5, n_rows - 0.35])


def _number(figure: "go.Figure", row: str, value: float, **trace: Any) -> None:
    """The mark of an estimate in its row, with the number above it."""
    figure.add_scatter(x=[value], y=[row], mode="markers+text", textposition="top center", **trace)


def _how_many(counts: "pd.Series[int]") -> str:
    """`200`, or `198 to 200` where some are missing."""
    low, high = int(counts.min()), int(counts.max())
    return written(low) if low == high else say("{low} to {high}", low=written(low), high=written(high))
