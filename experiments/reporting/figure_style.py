"""How figures look: one colour and one mark per relationship type, told apart by colour-blind readers and in print."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING, Any

from experiments.designs.run_table import TODAY
from experiments.reporting.page_parts import EVIDENCE
from experiments.wording.language import ENGLISH, language, say, term
from experiments.wording.numbers import sentence

if TYPE_CHECKING:
    import pandas as pd

# Okabe and Ito (2008), from warm (loose) to cold (close)
TYPE_COLOURS = {
    "undefined": "#D55E00",
    "defined": "#E69F00",
    "aligned": "#56B4E9",
    "integrated": "#0072B2",
    TODAY: "#4D4D4D",
}
TYPE_MARKS = {
    "undefined": "circle",
    "defined": "square",
    "aligned": "diamond",
    "integrated": "triangle-up",
    TODAY: "cross",
}
GAIN, LOSS, TOTAL = "#009E73", "#D55E00", "#4D4D4D"
# Tol's muted scheme, for what hours go to; grey for what brings nothing
ACTIVITY_COLOURS = {
    "leads": "#88CCEE",
    "opportunities": "#332288",
    "customers": "#117733",
    "prospecting": "#44AA99",
    "reports": "#DDCC77",
    "meeting": "#CC6677",
    "disputes": "#882255",
    "content": "#999933",
    "training": "#AA4499",
    "admin": "#BBBBBB",
    "idle": "#EEEEEE",
}
_INK, _GRID = "#1F2933", "#E4E7EB"
FONT = "system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
_TITLE_WIDTH = 68


@dataclass(frozen=True)
class Exhibit:
    """A figure as a finding: its title says what was found, its note how to read it, its table holds the numbers.

    `part` is the part of the page in which it stands.
    """

    name: str
    title: str
    note: str
    figure: Any
    table: "pd.DataFrame"
    part: str = EVIDENCE

    def in_part(self, part: str) -> "Exhibit":
        """The same in another part of the page."""
        return replace(self, part=part)


def exhibit(name: str, title: str, note: str, figure: Any, table: "pd.DataFrame") -> Exhibit:
    """Give a figure the common look and its title."""
    wrapped = "<br>".join(textwrap.wrap(escape(title), _TITLE_WIDTH))
    figure.update_layout(
        template="plotly_white",
        title={"text": wrapped, "x": 0, "xref": "container", "pad": {"l": 12}, "font": {"size": 17}},
        font={"family": FONT, "size": 13, "color": _INK},
        margin={"l": 12, "r": 24, "t": 48 + 22 * (wrapped.count("<br>") + 1), "b": 12},
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "title": None, "traceorder": "normal"},
        hoverlabel={"font": {"family": FONT}},
    )
    if language() is not ENGLISH:
        figure.update_layout(separators=language().decimal + language().thousands)
    figure.update_xaxes(
        gridcolor=_GRID, zerolinecolor="#7B8794", automargin=True, title_standoff=10, title_font_size=13
    )
    figure.update_yaxes(gridcolor=_GRID, zerolinecolor="#7B8794", automargin=True, title_font_size=13)
    return Exhibit(name, title, note, figure, table)


def colour(variant: str) -> str:
    """The colour of a type; grey for the present practices."""
    return TYPE_COLOURS.get(variant, TYPE_COLOURS[TODAY])


def mark(variant: str) -> str:
    """The marker of a type."""
    return TYPE_MARKS.get(variant, TYPE_MARKS[TODAY])


def veil(variant: str, opacity: float = 0.18) -> str:
    """The colour of a type, see-through, for bands."""
    red, green, blue = (int(colour(variant)[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


def label(variant: str) -> str:
    """A type as a label of an axis or legend."""
    return say("Today's practices") if variant == TODAY else sentence(term(variant))


def lower_label(variant: str) -> str:
    """A type inside a sentence."""
    return say("today's practices") if variant == TODAY else term(variant)


def rows_of(table: "pd.DataFrame") -> Iterator[Any]:
    """The rows of a table, each with its columns as attributes."""
    yield from table.itertuples()
