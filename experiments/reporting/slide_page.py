"""Draws a report's slide: one page of 16:9, as PNG or PDF."""

import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.reporting.figure_style import GAIN, LOSS
from experiments.reporting.report import Report
from experiments.reporting.slide import Money, Slide
from experiments.reporting.slide_fonts import font, has_all, lines, no_font, shown
from experiments.statistics.doubt import MIDDLE
from experiments.statistics.paired import Interval
from experiments.store.provenance import PROJECT, Provenance, provenance
from experiments.store.results_folder import save_file
from experiments.wording.dates import day_in_words
from experiments.wording.language import say
from experiments.wording.numbers import euro, euro_known, from_to_known, with_commas
from scenarios.input_errors import InputError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

WIDE, HIGH = 40 / 3, 7.5  # inches
_DOTS_PER_INCH = 144
_INK, _SOFT, _LINE, _MARK = "#1f2933", "#52606d", "#d9dee4", "#0072b2"
_WHITE = {"facecolor": "white", "edgecolor": "none", "pad": 0.5, "alpha": 0.85}  # no line runs through a number
_LEFT, _RIGHT, _TOP = 0.6, 0.6, 0.5
_CHART = (1.95, 1.3, 5.2)  # left, bottom, width in inches
_SAYS_LEFT, _SAYS_WIDTH = 7.85, 4.9
_NO_ZEROS = re.compile(r"\.0+(?= |$)")
_ENDINGS = (".png", ".pdf")


@dataclass(frozen=True)
class Letters:
    """How a line looks; `size` in points."""

    size: float
    colour: str = _INK
    is_bold: bool = False
    align: str = "left"


def check_slide(path: Path, *, replace: bool) -> None:
    """Raise InputError if a slide cannot be written there."""
    if path.suffix.lower() not in _ENDINGS:
        raise InputError(f"{path}: a slide is a .png or a .pdf file")
    if path.exists() and not replace:
        raise InputError(f"{path} exists; write to another file, or replace it")


def write_slide(report: Report, path: Path, *, replace: bool = False) -> Path:
    """Write the slide of a report; returns where. Raises InputError, StorageError."""
    if report.slide is None:
        raise InputError(
            f"{report.question} has no slide; compare, what-if, roadmap and brief have one where they answer"
        )
    check_slide(path, replace=replace)
    save_file(path, slide(report, report.slide, provenance(), path.suffix.lower()[1:]))
    return path


def slide(report: Report, said: Slide, made: Provenance, kind: str) -> bytes:
    """The slide as bytes of a `png` or `pdf` file."""
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with matplotlib.rc_context({"pdf.fonttype": 42}):
        page = Figure(figsize=(WIDE, HIGH), dpi=_DOTS_PER_INCH, facecolor="white")
        FigureCanvasAgg(page)
        below = _head(page, report)
        _chart(page, said, HIGH - below - 0.55)
        _says(page, said.says, HIGH - below - 0.05)
        _foot(page, report, said, made)
        file = io.BytesIO()
        page.savefig(file, format=kind)
    return file.getvalue()


def _head(page: "Figure", report: Report) -> float:
    """Question and headline; returns how far down they reach, in inches."""
    page.add_artist(_rule(0, WIDE, HIGH - 0.05, _MARK, 9))
    _text(page, (_LEFT, HIGH - _TOP), report.title.upper(), Letters(11, _MARK, is_bold=True))
    size = 27.0
    while len(head := lines(shown(report.headline), size, WIDE - _LEFT - _RIGHT, bold=True)) > 2 and size > 18:
        size -= 1
    step = size * 1.25 / 72
    for place, line in enumerate(head[:3]):
        _text(page, (_LEFT, HIGH - _TOP - 0.33 - place * step), line, Letters(size, _INK, is_bold=True))
    return _TOP + 0.33 + min(len(head), 3) * step + 0.2


def _chart(page: "Figure", said: Slide, top: float) -> None:
    """The three sums: what is gained, and where the middle 80 % of replications lie."""
    left, bottom, width = _CHART
    height = top - bottom
    title, size = shown(say("Gain in EUR a year against {other}", other=said.against)), 13.0
    while len(lines(title, size, _SAYS_LEFT - _LEFT - 0.2, bold=True)) > 1 and size > 9:
        size -= 0.5
    _text(page, (_LEFT, top + 0.5), title, Letters(size, _INK, is_bold=True))
    axes = page.add_axes((left / WIDE, bottom / HIGH, width / WIDE, height / HIGH))
    axes.axvline(0, color="#7b8794", linewidth=1.3, zorder=1)
    for place, one in enumerate(reversed(said.figures)):
        _row(axes, place, one)
    known = [value for one in said.figures for value in (0.0, one.mean, one.low, one.high) if math.isfinite(value)]
    reach = (max(known) - min(known) or 1.0) * 0.1
    axes.set_xlim(min(known) - reach, max(known) + reach)
    axes.set_ylim(-0.5, len(said.figures) - 0.45)
    _plain(axes, ["\n".join(lines(shown(one.label), 13, left - _LEFT)) for one in reversed(said.figures)])
    has_spans = any(math.isfinite(one.low) for one in said.figures)
    note = say("Dot: mean. Bar: the middle 80 % of replications; expect to be inside four times in five.")
    _text(page, (_LEFT, bottom - 0.42), note if has_spans else "", Letters(9.5, _SOFT))


def _row(axes: "Axes", place: int, one: Money) -> None:
    """A gain as a dot with its number above, its span as a bar with both ends below."""
    colour = GAIN if one.mean >= 0 else LOSS
    axes.plot([one.low, one.high], [place, place], color=colour, alpha=0.35, linewidth=16, solid_capstyle="butt")
    axes.plot([one.mean], [place], "o", color=colour, markersize=14, markeredgecolor="white", markeredgewidth=1.5)
    said: dict[str, Any] = {"textcoords": "offset points", "ha": "center", "parse_math": False, "bbox": _WHITE}
    gain = shown(euro_known(one.mean, one.doubt, signed=True))
    axes.annotate(gain, (one.mean, place), (0, 13), va="bottom", fontproperties=font(19, bold=True), color=_INK, **said)
    span = Interval(one.low, one.high, MIDDLE)
    if span.is_known:
        ends, middle = shown(from_to_known(span, signed=True)), (one.low + one.high) / 2
        axes.annotate(ends, (middle, place), (0, -12), va="top", fontproperties=font(10), color=_SOFT, **said)


def _plain(axes: "Axes", labels: Sequence[str]) -> None:
    """An axis of euros without a frame."""
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(_LINE)
    axes.grid(axis="x", color="#e4e7eb", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.set_yticks(range(len(labels)), labels, fontproperties=font(13), color=_INK)
    axes.locator_params(axis="x", nbins=5)
    axes.xaxis.set_major_formatter(lambda value, place: shown(_NO_ZEROS.sub("", euro(value))))
    for tick in axes.get_xticklabels():
        tick.set_fontproperties(font(10))
    axes.tick_params(axis="both", length=0, labelcolor=_SOFT, pad=8)
    axes.tick_params(axis="y", labelcolor=_INK)


def _says(page: "Figure", says: Sequence[tuple[str, str]], top: float) -> None:
    """Headings with their sentences, in letters as large as the place allows."""
    bottom, size = 0.75, 15.0
    said = [(shown(head), shown(text)) for head, text in says if text]
    while size > 9 and _height(said, size) > top - bottom:
        size -= 0.5
    for head, text in said:
        _text(page, (_SAYS_LEFT, top), head.upper(), Letters(size * 0.75, _MARK, is_bold=True))
        top -= size * 0.75 * 1.7 / 72
        for line in lines(text, size, _SAYS_WIDTH):
            _text(page, (_SAYS_LEFT, top), line, Letters(size, _INK))
            top -= size * 1.38 / 72
        top -= size * 0.75 / 72


def _height(said: Sequence[tuple[str, str]], size: float) -> float:
    """Inches that headings and sentences take in this size."""
    n_lines = sum(len(lines(text, size, _SAYS_WIDTH)) for _, text in said)
    return (len(said) * (0.75 * 1.7 + 0.75) + n_lines * 1.38) * size / 72


def _foot(page: "Figure", report: Report, said: Slide, made: Provenance) -> None:
    """Company and date; where it comes from; what a font lacks."""
    day = day_in_words(datetime.fromisoformat(made.made_at))
    page.add_artist(_rule(_LEFT, WIDE - _RIGHT, 0.42, _LINE, 1))
    parts = [
        say("{project} {version}, model {model}", project=PROJECT, version=made.versions[PROJECT], model=made.model)
    ]
    if report.seeds:
        parts.append(say("seeds {first} to {last}", first=report.seeds[0], last=report.seeds[-1]))
    origin = with_commas(parts)
    whom = " · ".join([say("Company: {company}", company=report.company), report.byline, day])
    texts = [whom, report.headline, *(text for one in said.says for text in one)]
    if not has_all(texts):
        origin = no_font()
    _text(page, (_LEFT, 0.33), whom, Letters(9, _SOFT))
    _text(page, (WIDE - _RIGHT, 0.33), origin, Letters(8, _SOFT, align="right"))


def _rule(left: float, right: float, at: float, colour: str, width: float) -> "Line2D":
    from matplotlib.lines import Line2D

    return Line2D([left / WIDE, right / WIDE], [at / HIGH, at / HIGH], color=colour, linewidth=width)


def _text(page: "Figure", at: tuple[float, float], text: str, letters: Letters) -> None:
    """A line whose upper left (or right) corner lies there, in inches from the lower left of the page."""
    page.text(
        at[0] / WIDE,
        at[1] / HIGH,
        shown(text),
        color=letters.colour,
        ha=letters.align,
        va="top",
        fontproperties=font(letters.size, bold=letters.is_bold),
        parse_math=False,
    )
