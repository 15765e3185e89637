"""A map as a note: which type wins where, by how much, and how sure the border is."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from experiments.questions.market_map.ask import Border, MarketMap
from experiments.questions.what_if.text import parameter_words
from experiments.reporting.doubt_section import few_worlds
from experiments.reporting.figure_style import Exhibit, colour, exhibit, label, rows_of, veil
from experiments.reporting.html import Card
from experiments.reporting.report import LUCK, Note, Shown, Subject, lived
from experiments.statistics.paired import Interval
from experiments.statistics.ranking import SURE
from experiments.wording.numbers import counted, euro, from_to, listed, number, probability, sentence

if TYPE_CHECKING:
    import pandas as pd

METHOD = (
    "In every cell all types live the same worlds, and so do all cells: what differs is the market and the practices, "
    "never the luck. The chance to be best says how often a type would come out first if the worlds were drawn anew.",
    "The border between two neighbouring cells with different winners is put where the gap between the two winners "
    "meets zero on a straight line. Its 95 % interval comes from worlds drawn anew; where it reaches the centre of a "
    "cell, the border may lie beyond it.",
)


def note_of(found: MarketMap) -> Note:
    """Everything there is to say of a map."""
    has_worlds = found.n_worlds > 0
    return Note(
        question="map",
        title="Which way of working together wins where?",
        subject=Subject(found.company.name, found.source, found.question.changes, {"company": found.company}),
        headline=headline(found),
        byline=f"{words(found.question.x.path)} by {words(found.question.y.path)} · {counted(found.n_worlds, 'world')}",
        answer=in_sentences(found),
        main=_grid(found) if has_worlds else Shown((), ()),
        cards=_cards(found) if has_worlds else (),
        more={"Every cell with its margin": _cells(found)} if has_worlds else {},
        exhibits=[_map_figure(found)] if has_worlds else (),
        method=METHOD,
        doubt=list(_doubt(found)),
        tables=_tables(found),
        told=_told(found),
        **lived(found.runs),
    )


def words(path: str) -> str:
    """`segments.*.complexity` as complexity; the last word says it."""
    return parameter_words(path)


def winners(found: MarketMap) -> dict[str, "pd.DataFrame"]:
    """The cells each type wins, the type with most cells first."""
    groups = {str(name): cells for name, cells in found.table.groupby("best")}
    return dict(sorted(groups.items(), key=lambda one: -len(one[1])))


def headline(found: MarketMap) -> str:
    """The finding in a few words."""
    if not found.n_worlds:
        return "No answer: no world was lived to its end in every cell"
    won = winners(found)
    first = next(iter(won))
    if len(won) == 1:
        return f"{label(first)} wins everywhere on this map"
    n_cells = len(found.table)
    return f"{label(first)} wins in {len(won[first])} of {n_cells} cells, {listed(list(won)[1:])} in the others"


def in_sentences(found: MarketMap) -> tuple[str, ...]:
    """Who wins where; how sure that is."""
    if not found.n_worlds:
        return ("Nothing can be said: no world was lived to its end in every cell with every type.",)
    x, y = words(found.question.x.path), words(found.question.y.path)
    said = [
        f"{name} in {len(cells)} ({x} {_span(cells['x'])}, {y} {_span(cells['y'])}; on average "
        f"{euro(cells['margin'].mean())} ahead of the second)"
        for name, cells in winners(found).items()
    ]
    return f"Who wins: of {len(found.table)} cells, {'; '.join(said)}.", _how_sure(found)


def _span(values: "pd.Series[Any]") -> str:
    low, high = _in_words(values.min()), _in_words(values.max())
    span = low if low == high else f"{low} to {high}"
    return f"none, {span}" if values.isna().any() else span


def _how_sure(found: MarketMap) -> str:
    if not found.is_enough:
        return f"How sure: {counted(found.n_worlds, 'world')} settle no cell and no border; give more --runs."
    is_settled = [row.best in row.good_enough.split() for row in rows_of(found.table)]
    settled = found.table[is_settled]
    zone = found.question.indifference
    best = f"within {euro(zone)} of the best" if zone else "best"
    said = f"How sure: {len(settled)} of {len(found.table)} cells are settled (chance of at least {probability(SURE)} "
    said += f"to be {best}, over {counted(found.n_worlds, 'world')})"
    sure = [name for name in winners(found) if name in set(settled["best"])]
    said += f"; {listed(sure)} surely win{'s' if len(sure) == 1 else ''} somewhere" if sure else ""
    if found.borders:
        known = sum(border.is_known for border in found.borders)
        said += f"; {known} of {len(found.borders)} border points surely lie where they are drawn, between their cells"
    return f"{said}."


def _grid(found: MarketMap) -> Shown:
    """The map as a table: a row for each y, the highest first."""
    table = found.table.set_index(["y", "x"])
    heads = (
        f"{words(found.question.y.path)} \\ {words(found.question.x.path)}",
        *(_in_words(x) for x in found.xs),
    )
    rows = []
    for y in reversed(found.ys):
        cells = [table.loc[(y, x)] for x in found.xs]
        rows.append((_in_words(y), *(f"{cell['best']} {probability(cell['probability'])}" for cell in cells)))
    return Shown(heads, rows, words=len(heads), note="The best type of each cell, and its chance to be best.")


def _cells(found: MarketMap) -> Shown:
    heads = (sentence(words(found.question.x.path)), sentence(words(found.question.y.path)), "Best", "Second")
    rows = [
        (
            _in_words(row.x),
            _in_words(row.y),
            row.best,
            row.second,
            euro(row.margin, signed=True),
            from_to(Interval(row.low, row.high), "EUR", signed=True),
            probability(row.probability),
            row.good_enough.replace(" ", ", ") or "not settled",
        )
        for row in rows_of(found.table)
    ]
    return Shown((*heads, "Margin", "95 % interval", "Chance to be best", "Surely good enough"), rows, words=4)


def _cards(found: MarketMap) -> list[Card]:
    n_cells = len(found.table)
    return [
        Card(f"{label(name)} wins", f"{len(cells)} of {n_cells}", f"{euro(cells['margin'].mean())} ahead on average")
        for name, cells in winners(found).items()
    ]


def _map_figure(found: MarketMap) -> Exhibit:
    import plotly.graph_objects as go

    figure = go.Figure()
    n_rows, n_columns = found.shape
    for place, row in enumerate(rows_of(found.table)):
        up, across = divmod(place, n_columns)
        shade = veil(row.best, 0.15 + 0.75 * max(0.0, 2 * row.probability - 1))
        box = {"x0": across - 0.5, "x1": across + 0.5, "y0": up - 0.5, "y1": up + 0.5}
        figure.add_shape(**box, fillcolor=shade, line={"color": "white", "width": 1}, layer="below")
        figure.add_annotation(
            x=across,
            y=up,
            showarrow=False,
            bgcolor="rgba(255,255,255,0.75)",
            text=f"{euro(row.margin)}<br>{probability(row.probability)}",
        )
    for name in winners(found):
        look = {"size": 14, "symbol": "square", "color": colour(name)}
        figure.add_scatter(x=[None], y=[None], mode="markers", marker=look, name=label(name))
    _draw_borders(figure, found.borders)
    for axis, dimension, n_cells in (("x", found.question.x, n_columns), ("y", found.question.y, n_rows)):
        ticks = {"tickvals": list(range(n_cells)), "ticktext": [_in_words(value) for value in dimension.levels()]}
        reach = {"range": [-0.5, n_cells - 0.5], "showgrid": False, "zeroline": False}
        getattr(figure, f"update_{axis}axes")(title=dimension.path, **ticks, **reach)
    figure.update_layout(height=200 + 80 * n_rows)
    note = (
        "Each cell: the best type (paler the less sure), how far it is ahead of the second (EUR a run), and its "
        "chance to be best. Black dots: where the winner changes; bars: the 95 % interval of that place."
    )
    return exhibit("map", headline(found), note, figure, found.table)


def _draw_borders(figure: Any, borders: list[Border]) -> None:
    for along in ("x", "y"):
        some = [border for border in borders if border.along == along]
        if not some:
            continue
        centre = [getattr(border, along) for border in some]
        bars = {
            "array": [border.high - place for border, place in zip(some, centre, strict=True)],
            "arrayminus": [place - border.low for border, place in zip(some, centre, strict=True)],
            "color": "black",
            "thickness": 1.2,
            "width": 3,
        }
        figure.add_scatter(
            x=[border.x for border in some], y=[border.y for border in some], mode="markers", showlegend=False,
            marker={"size": 5, "color": "black"}, hoverinfo="skip", **{f"error_{along}": bars},
        )  # fmt: skip


def _doubt(found: MarketMap) -> Iterator[str]:
    yield LUCK
    yield (
        "All segments get the value of a dimension that stands for all of them (`*`), however much they differ in the "
        "company's own file. Between cells the map says nothing: a straight line is drawn."
    )
    if not found.is_enough:
        yield few_worlds(found.n_worlds)
    if found.runs.failures:
        yield f"{counted(len(found.runs.failures), 'run')} failed; their worlds are left out in every cell."


def _tables(found: MarketMap) -> "dict[str, pd.DataFrame]":
    import pandas as pd

    points = found.runs.study.points.rename_axis("point").reset_index()
    tables = {"runs": found.runs.table, "points": points}
    if found.n_worlds:
        borders = pd.DataFrame([asdict(border) | {"is_known": border.is_known} for border in found.borders])
        tables |= {"cells": found.table, "borders": borders}
    return tables


def _told(found: MarketMap) -> dict[str, Any]:
    told: dict[str, Any] = {"x": found.question.x.path, "y": found.question.y.path, "n_worlds": found.n_worlds}
    if found.n_worlds:
        told["cells"] = found.table.to_dict("records")
        told["borders"] = [asdict(border) | {"is_known": bool(border.is_known)} for border in found.borders]
    return told


def _in_words(value: Any) -> str:
    if value is None or value != value:
        return "none"
    return number(value) if isinstance(value, float) else str(value)
