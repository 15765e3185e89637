"""Building blocks of a report. Everything that comes from outside is escaped here."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from experiments.reporting.css import SCRIPT, STYLE
from experiments.reporting.figure_style import Exhibit, colour, label
from experiments.wording.numbers import MINUS, name_of, number

if TYPE_CHECKING:
    import pandas as pd

_NUMBER_AND_UNIT = re.compile(r"(?<=\d) (?=(?:%|k|M|bn)(?![A-Za-z]))")
# Nothing may be fetched from anywhere, so that the note works offline and tells nobody that it is read.
_POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:"


@dataclass(frozen=True)
class Card:
    """A number worth a box: what it is, the number, and its doubt."""

    what: str
    number: str
    span: str


def text(words: object) -> str:
    """Words as HTML: escaped, and a number kept on one line with its sign and its unit."""
    safe = _NUMBER_AND_UNIT.sub("\N{NO-BREAK SPACE}", escape(str(words), quote=True))
    return safe.replace("+€", "+\N{WORD JOINER}€").replace(f"{MINUS}€", f"{MINUS}\N{WORD JOINER}€")


def paragraph(words: str) -> str:
    """A paragraph of plain words; what stands before a first colon is set in bold."""
    lead, colon, rest = words.partition(": ")
    return f"<p><strong>{text(lead)}:</strong> {text(rest)}</p>" if colon else f"<p>{text(words)}</p>"


def bullets(items: Iterable[str]) -> str:
    """A list of plain sentences; nothing for none."""
    inside = "".join(f"<li>{text(item)}</li>" for item in items)
    return f"<ul>{inside}</ul>" if inside else ""


def cards(items: Sequence[Card]) -> str:
    """Boxes in a row."""
    inside = "".join(
        f'<div class="card"><div class="what">{text(card.what)}</div><div class="number">{text(card.number)}</div>'
        f'<div class="span">{text(card.span)}</div></div>'
        for card in items
    )
    return f'<div class="cards">{inside}</div>'


def table(heads: Sequence[str], rows: Iterable[Sequence[object]], *, words: int = 1, best: str | None = None) -> str:
    """A table of plain cells; the first `words` columns hold words, the others numbers; the row `best` is in bold."""
    head = "".join(f'<th scope="col"{_kind(place, words)}>{text(name)}</th>' for place, name in enumerate(heads))
    body = "".join(
        f"<tr{_best(row, best)}>"
        + "".join(f"<td{_kind(i, words)}>{text(cell)}</td>" for i, cell in enumerate(row))
        + "</tr>"
        for row in rows
    )
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def folded(summary: str, inside: str) -> str:
    """Something to open when wanted."""
    return f"<details><summary>{text(summary)}</summary>{inside}</details>"


def data_table(frame: "pd.DataFrame") -> str:
    """The numbers behind a figure as a table."""
    words = [name for name in frame.columns if frame[name].dtype.kind not in "iuf"]
    order = [*words, *(name for name in frame.columns if name not in words)]
    rows = [[_cell(name, value) for name, value in zip(order, row, strict=True)] for row in frame[order].to_numpy()]
    return table([str(name).replace("_", " ") for name in order], rows, words=len(words))


def figure(exhibit: Exhibit) -> str:
    """A figure with its finding above it, how to read it below, and its numbers folded away."""
    drawing = json.loads(exhibit.figure.to_json())
    drawing["layout"].pop("title", None)  # it stands above as a heading, where it can wrap
    drawing["layout"]["margin"]["t"] = 40
    data = json.dumps(drawing).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    place = f"figure-{exhibit.name}"
    height = drawing["layout"].get("height", 400)
    return (
        f'<figure aria-labelledby="{place}-title"><h3 id="{place}-title">{text(exhibit.title)}</h3>'
        f'<div class="plot" id="{place}" data-height="{height}" style="height:{height}px"></div>'
        f'<script type="application/json" id="{place}-data">{data}</script>'
        f"<figcaption>{text(exhibit.note)}</figcaption>{folded('The numbers', data_table(exhibit.table))}</figure>"
    )


def page(title: str, body: str, *, with_figures: bool) -> str:
    """A whole page in one file: style, and Plotly with the drawing script once if there are figures."""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" href="data:,"><title>{text(title)}</title><style>{STYLE}</style></head>'
        f"<body>{body}{_scripts() if with_figures else ''}</body></html>\n"
    )


def dot(variant: str) -> str:
    """A dot in the colour of a type, for tables and legends."""
    return f'<span class="dot" style="background:{colour(variant)}"></span>'


def _scripts() -> str:
    from plotly.offline import get_plotlyjs

    return f"<script>{get_plotlyjs()}</script><script>{SCRIPT}</script>"


def _kind(place: int, words: int) -> str:
    return "" if place < words else ' class="n"'


def _best(row: Sequence[object], best: str | None) -> str:
    return ' class="best"' if best is not None and row[0] == best else ""


def _cell(column: str, value: Any) -> str:
    if column in ("variant", "a", "b"):
        return label(str(value))
    if column in ("outcome", "part", "measure"):
        return name_of(str(value))
    if column == "n" or column == "quarter" or column == "n_unknown":
        return f"{int(value):,}"
    return number(value) if isinstance(value, float) else str(value)
