"""A map as a report: which type wins where, by how much, and how sure the border is."""

from collections.abc import Iterator
from dataclasses import asdict, fields
from typing import Any

import pandas as pd

from experiments.questions.market_map.result import Border, MarketMap
from experiments.questions.market_map.text import gained, headline, winners
from experiments.reporting import charts
from experiments.reporting.doubt_section import few_worlds
from experiments.reporting.figure_style import Exhibit, colour, exhibit, label, rows_of, veil
from experiments.reporting.report import Card, Report, ShownTable
from experiments.reporting.what_intervals_hold import what_intervals_hold
from experiments.statistics.paired import Interval
from experiments.wording.numbers import counted, euro, euro_known, from_to_known, probability, sentence
from experiments.wording.parameters import parameter_words, rounded

METHOD = (
    "In every cell all types live the same worlds with the same draws of the assumptions, and so do all cells: what "
    "differs is the market and the practices, never the luck. Best is the type with the highest mean contribution; the "
    "share beside it says in how many replications it earns most: how likely that is for a company like this one.",
    "The border between two neighbouring cells with different winners is put where the gap between the two winners "
    "meets zero on a straight line. Its 95 % interval comes from worlds drawn anew; where it reaches the centre of a "
    "cell, the border may lie beyond it.",
)


def report_of(market_map: MarketMap) -> Report:
    """Everything there is to say of a map."""
    question, plan, has_worlds = market_map.question, market_map.plan, market_map.n_replications > 0
    dimensions = f"{parameter_words(plan.x.path)} by {parameter_words(plan.y.path)}"
    return Report(
        title="Which way of working together wins where?",
        headline=headline(market_map),
        byline=f"{dimensions} · {counted(market_map.n_replications, 'world')}",
        main=_grid(market_map) if has_worlds else ShownTable((), ()),
        cards=_cards(market_map) if market_map.is_enough else (),
        folded={"Every cell with its margin": _cells(market_map)} if has_worlds else {},
        exhibits=[_map_figure(market_map)] if market_map.is_enough else (),
        method=METHOD,
        doubt=list(_doubt(market_map)),
        changes=question.changes,
        variants={"company": plan.base},
        tables=_tables(market_map),
        record=_record(market_map),
        seeds=plan.design.seeds,
        assumptions=plan.assumptions,
    )


def _grid(market_map: MarketMap) -> ShownTable:
    """The map as a table: a row for each y, the highest first."""
    table = market_map.table.set_index(["y", "x"])
    heads = (
        f"{parameter_words(market_map.plan.y.path)} \\ {parameter_words(market_map.plan.x.path)}",
        *(rounded(x) for x in market_map.xs),
    )
    rows = []
    for y in reversed(market_map.ys):
        cells = [table.loc[(y, x)] for x in market_map.xs]
        rows.append((rounded(y), *(_in_grid(cell) for cell in cells)))
    note = "The type with the highest mean of each cell, and in how many replications it earns most."
    few = "The type with the highest mean of each cell, in so few replications that it may be another."
    return ShownTable(heads, rows, words=len(heads), note=note if market_map.is_enough else few)


def _in_grid(cell: Any) -> str:
    share = cell["share_best"]
    return str(cell["best"]) if share != share else f"{cell['best']} {probability(share)}"


def _cells(market_map: MarketMap) -> ShownTable:
    heads = (
        sentence(parameter_words(market_map.plan.x.path)),
        sentence(parameter_words(market_map.plan.y.path)),
        "Best",
        "Second",
    )
    rows = [
        (
            rounded(row.x),
            rounded(row.y),
            row.best,
            row.second,
            euro(row.more_revenue, signed=True),
            euro_known(row.margin, (row.high - row.low) / 2, signed=True),
            from_to_known(Interval(row.low, row.high), signed=True),
            probability(row.share_best),
            row.good_enough.replace(" ", ", ") or "not settled",
        )
        for row in rows_of(market_map.table)
    ]
    more = ("Revenue a year", "Contribution a year", "95 % interval", "Earns most in", "Surely good enough")
    return ShownTable((*heads, *more), rows, words=4, note="Money: the best less the second.")


def _cards(market_map: MarketMap) -> list[Card]:
    n_cells = len(market_map.table)
    return [
        Card(f"Highest mean: {name}", f"{len(cells)} of {n_cells}", f"{gained(cells)} ahead on average")
        for name, cells in winners(market_map).items()
    ]


def _map_figure(market_map: MarketMap) -> Exhibit:
    n_rows, n_columns = market_map.shape
    figure = charts.blank(height=200 + 80 * n_rows)
    for place, row in enumerate(rows_of(market_map.table)):
        up, across = divmod(place, n_columns)
        shade = veil(row.best, 0.15 + 0.75 * max(0.0, 2 * row.share_best - 1))
        box = {"x0": across - 0.5, "x1": across + 0.5, "y0": up - 0.5, "y1": up + 0.5}
        figure.add_shape(**box, fillcolor=shade, line={"color": "white", "width": 1}, layer="below")
        text = f"{euro(row.margin)}<br>{probability(row.share_best)}"
        figure.add_annotation(x=across, y=up, showarrow=False, bgcolor="rgba(255,255,255,0.75)", text=text)
    for name in winners(market_map):
        look = {"size": 14, "symbol": "square", "color": colour(name)}
        figure.add_scatter(x=[None], y=[None], mode="markers", marker=look, name=label(name))
    _draw_borders(figure, market_map.borders)
    for axis, dimension, n_cells in (("x", market_map.plan.x, n_columns), ("y", market_map.plan.y, n_rows)):
        ticks = {"tickvals": list(range(n_cells)), "ticktext": [rounded(value) for value in dimension.levels()]}
        reach = {"range": [-0.5, n_cells - 0.5], "showgrid": False, "zeroline": False}
        getattr(figure, f"update_{axis}axes")(title=dimension.path, **ticks, **reach)
    note = (
        "Each cell: the best type (paler the less sure), how far it is ahead of the second (contribution, EUR a year), "
        "and in how many replications it earns most. Black dots: where the winner changes; bars: the 95 % interval of "
        "that place."
    )
    return exhibit("map", headline(market_map), note, figure, market_map.table)


def _draw_borders(figure: Any, borders: list[Border]) -> None:
    for along in ("x", "y"):
        some = pd.DataFrame([border for border in borders if border.along == along])
        if some.empty:
            continue
        reach = {f"error_{along}": charts.interval(some, along, color="black", thickness=1.2, width=3)}
        point = {"size": 5, "color": "black"}
        charts.dots(figure, some["x"], some["y"], point, showlegend=False, hoverinfo="skip", **reach)


def _doubt(market_map: MarketMap) -> Iterator[str]:
    yield what_intervals_hold(market_map.plan.assumptions)
    yield (
        "All segments get the value of a dimension that stands for all of them (`*`), however much they differ in the "
        "company's own file. Between cells the map says nothing: a straight line is drawn."
    )
    if not market_map.is_enough:
        yield few_worlds(market_map.n_replications)
    if market_map.failures:
        yield f"{counted(len(market_map.failures), 'run')} failed; their worlds are left out in every cell."


def _tables(market_map: MarketMap) -> dict[str, pd.DataFrame]:
    points = market_map.plan.design.points.rename_axis("point").reset_index()
    if not market_map.n_replications:
        return {"points": points}
    columns = [*(one.name for one in fields(Border)), "is_known"]
    borders = pd.DataFrame(_borders(market_map), columns=columns)
    return {"points": points, "cells": market_map.table, "borders": borders}


def _record(market_map: MarketMap) -> dict[str, Any]:
    plan, n_worlds = market_map.plan, market_map.n_replications
    dimensions = {"x": plan.x.path, "y": plan.y.path, "n_worlds": n_worlds, "is_fixed": plan.assumptions is None}
    if not market_map.n_replications:
        return dimensions
    return dimensions | {"cells": market_map.table.to_dict("records"), "borders": _borders(market_map)}


def _borders(market_map: MarketMap) -> list[dict[str, Any]]:
    return [asdict(border) | {"is_known": border.is_known} for border in market_map.borders]
