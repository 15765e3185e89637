"""A report as one HTML page that needs nothing else. Everything that comes from outside is escaped here."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from html import escape
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from experiments.reporting.doubt_section import assumptions, blind_spots
from experiments.reporting.figure_style import Exhibit, label
from experiments.reporting.page_parts import ANSWER, COMPARED, EVIDENCE, MADE, SURE, titles
from experiments.reporting.provenance_section import changed_values, company_values, how_made, what_differs
from experiments.reporting.report import Report, Section, ShownTable
from experiments.store.provenance import PROJECT, Provenance
from experiments.wording.dates import day_in_words
from experiments.wording.language import language_code, say, term
from experiments.wording.numbers import MINUS, name_of, number, sentence, with_commas, written

if TYPE_CHECKING:
    import jinja2
    import pandas as pd

_NUMBER_AND_UNIT = re.compile(r"(?<=\d) (?=(?:%|k|M|bn)(?![A-Za-z]))")
_COLON = re.compile("(: |\N{FULLWIDTH COLON})")
# Nothing may be fetched from anywhere, so that the page works offline and tells nobody that it is read.
_POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:"
_MOST_COLUMNS = 10  # fit beside each other on paper
Block = SimpleNamespace


def page(report: Report, made: Provenance, files: Sequence[str], watch: str = "") -> str:
    """The whole report as HTML; `files` are the names of what lies beside it, `watch` a command that shows it."""
    day = day_in_words(datetime.fromisoformat(made.made_at))
    whom = [] if report.origin is None else [say("Company: {company}", company=report.company)]
    template = _environment().get_template("report.html.j2")
    return template.render(
        report=report,
        language=language_code(),
        byline=" · ".join([*whom, report.byline, day]),
        sections=[one for one in _sections(report, made, files, watch) if one.blocks],
        footer=say(
            "Made with {project} {version}, model {model}, {at}. This page is complete in itself: it needs no network "
            "and asks for none.",
            project=PROJECT,
            version=made.versions[PROJECT],
            model=made.model,
            at=made.made_at,
        ),
        policy=_POLICY,
        style=_asset("report.css"),
        scripts=[*([_plotly()] if report.exhibits else []), _asset("report.js")],
    )


def fragment(report: Report) -> str:
    """The conclusion and the main table as HTML, for a notebook."""
    blocks = _environment().get_template("blocks.html.j2").module
    table = blocks.table(report.main) if report.main.rows else ""  # type: ignore[attr-defined]
    lines = blocks.conclusion([line for line in report.conclusion if line])  # type: ignore[attr-defined]
    return f"<div><h4>{words(report.headline)}</h4>{lines}{table}</div>"


def words(text: object) -> Markup:
    """Words as HTML: escaped, and a number kept on one line with its sign and its unit."""
    safe = _NUMBER_AND_UNIT.sub("\N{NO-BREAK SPACE}", escape(str(text), quote=True))
    return Markup(safe.replace("+€", "+\N{WORD JOINER}€").replace(f"{MINUS}€", f"{MINUS}\N{WORD JOINER}€"))


def _sections(report: Report, made: Provenance, files: Sequence[str], watch: str) -> Iterator[Block]:
    """Every part of the page, in order; sections of a question's own before the evidence."""
    origin = say(
        "The same command gives the same numbers again. Beside this page lie {files}.", files=with_commas(files)
    )
    own = [one for one in report.sections if one.part is None]
    rest: Mapping[str, Iterable[Block]] = {
        SURE: [Block(kind="doubt", blocks=[*_doubt(report)])],
        EVIDENCE: _method_and_tables(report),
        COMPARED: _inputs(report),
        MADE: [_paragraph(origin), Block(kind="facts", rows=how_made(report.seeds, made, watch))],
    }
    for part, title in titles().items():
        if part == EVIDENCE:
            yield from (Block(id=one.id, title=one.title, blocks=[*_said(one, one.title)]) for one in own)
        yield Block(id=part, title=title, blocks=[*_part(report, part, title), *rest.get(part, ())])


def _part(report: Report, part: str, title: str) -> Iterator[Block]:
    """What a report says in a part of the page: sentences, its main table, figures."""
    if part == ANSWER:
        elsewhere = {text for one in report.sections for text in (*one.paragraphs, *one.instead_of)}
        lines = [line for line in report.conclusion if line and line not in elsewhere]
        yield Block(kind="conclusion", lines=lines)
        yield Block(kind="cards", cards=report.cards)
    for one in report.sections:
        if one.part == part:
            yield from [_heading(one.title)] if one.title else []
            yield from _said(one, one.title or title)
    if report.main_part == part and report.main.rows:
        yield Block(kind="table", table=report.main)
    yield from (_figure(one) for one in report.exhibits if one.part == part)


def _said(section: Section, heading: str) -> Iterator[Block]:
    yield from (_paragraph(below_heading(text, heading)) for text in section.paragraphs if text)
    if section.table and section.table.rows:
        yield Block(kind="table", table=section.table)
    yield from _bullets(section.bullets)


def below_heading(text: str, heading: str) -> str:
    """A sentence without what the heading above it says already: `How sure: it pays` is `It pays`."""
    lead, said = _lead_and_rest(text)
    if lead and heading.startswith(lead[:-1]):
        return sentence(said)
    rest = text.removeprefix(heading)
    return sentence(rest[1:].strip()) if rest != text and rest[:1] in (",", " ") else text


def _method_and_tables(report: Report) -> Iterator[Block]:
    if report.method:
        yield _heading(say("How it was found"))
        yield from (_paragraph(text) for text in report.method)
    yield from (Block(kind="folded", title=title, tables=[table]) for title, table in report.folded.items())


def _doubt(report: Report) -> Iterator[Block]:
    if report.doubt:
        yield _heading(say("What luck leaves open"))
        yield from _bullets(report.doubt)
    yield _heading(say("What rests on assumptions"))
    yield from _bullets([*assumptions(report.variants, report.assumptions)])
    yield _heading(say("What the model does not know"))
    yield from _bullets(blind_spots())


def _inputs(report: Report) -> Iterator[Block]:
    if report.varied.rows:
        yield _heading(say("What varied"))
        yield Block(kind="table", table=report.varied)
    if len(report.variants) > 1:
        yield _paragraph(say("These are all the values in which the variants differ; everything else is the same."))
        yield Block(kind="table", table=what_differs(report.variants))
    if report.changes:
        yield _paragraph(say("Changed for this question:"))
        yield Block(kind="table", table=changed_values(report.changes))
    if report.origin is not None:
        title, table = company_values(report.origin)
        yield Block(kind="folded", title=title, tables=[table])


def _heading(text: str) -> Block:
    return Block(kind="heading", text=text)


def _paragraph(text: str) -> Block:
    return Block(kind="paragraph", text=text)


def _bullets(items: Sequence[str]) -> list[Block]:
    return [Block(kind="bullets", items=items)] if items else []


def _figure(exhibit: Exhibit) -> Block:
    """A figure with its finding above it, how to read it below, and its numbers folded away."""
    drawing = json.loads(exhibit.figure.to_json())
    drawing["layout"].pop("title", None)  # it stands above as a heading, where it can wrap
    drawing["layout"]["margin"]["t"] = 40
    data = json.dumps(drawing).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Block(
        kind="exhibit",
        place=f"figure-{exhibit.name}",
        title=exhibit.title,
        note=exhibit.note,
        height=drawing["layout"].get("height", 400),
        drawing=data,
        numbers=numbers_behind(exhibit.table),
        numbers_title=say("The numbers"),
        without_script=say("The figure needs JavaScript; the numbers behind it are folded below."),
    )


def numbers_behind(frame: "pd.DataFrame") -> list[ShownTable]:
    """The numbers behind a figure: columns of words first, and what is too wide for a page in several tables."""
    texts = [name for name in frame.columns if frame[name].dtype.kind not in "iuf"]
    numbers = [name for name in frame.columns if name not in texts]
    n_beside = max(1, _MOST_COLUMNS - len(texts))
    parts = [numbers[at : at + n_beside] for at in range(0, len(numbers), n_beside)] or [[]]
    return [_numbers_in(frame[[*texts, *part]], len(texts)) for part in parts]


def _numbers_in(frame: "pd.DataFrame", n_words: int) -> ShownTable:
    rows = [
        [_cell(name, value) for name, value in zip(frame.columns, row, strict=True)] for row in frame.to_numpy(object)
    ]
    return ShownTable([str(name).replace("_", " ") for name in frame.columns], rows, words=n_words)


def _cell(column: str, value: Any) -> str:
    if column in ("variant", "a", "b"):
        return label(str(value))
    if column == "label":
        return term(str(value))
    if column in ("outcome", "part", "measure"):
        return name_of(str(value))
    if column in ("n", "quarter", "n_unknown"):
        return written(int(value))
    return number(value) if isinstance(value, float) else str(value)


def _lead_and_rest(line: str) -> tuple[str, str]:
    """What stands before a first colon, with it, to be set in bold; nothing where there is no colon."""
    lead, colon, rest = _COLON.split(line, maxsplit=1) if _COLON.search(line) else ("", "", line)
    return lead + colon.strip(), rest


@cache
def _environment() -> "jinja2.Environment":
    import jinja2

    made = jinja2.Environment(
        loader=jinja2.PackageLoader("experiments.reporting"), autoescape=True, undefined=jinja2.StrictUndefined
    )
    filters: Mapping[str, Any] = {"words": words, "lead_and_rest": _lead_and_rest}
    made.filters.update(filters)
    return made


@cache
def _asset(name: str) -> str:
    source, _, _ = _environment().loader.get_source(_environment(), name)  # type: ignore[union-attr]
    return source


def _plotly() -> str:
    from plotly.offline import get_plotlyjs

    return str(get_plotlyjs())
