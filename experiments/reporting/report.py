"""The answer to a question of the lab: one page, tables, a manifest, and the same for a terminal and for programs.

Every question says what it found as a Note; how that looks is the same for all of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import scenarios
from experiments.execution.worker import FailedRun
from experiments.reporting import html as parts
from experiments.reporting import results_folder as store
from experiments.reporting.doubt_section import BLIND_SPOTS, assumptions
from experiments.reporting.figure_style import Exhibit
from experiments.reporting.html import Card, text
from experiments.reporting.provenance_section import company_values, how_made, what_differs
from experiments.reporting.terminal import columns
from experiments.store.provenance import PROJECT, Provenance
from experiments.studies.study import StudyRuns

if TYPE_CHECKING:
    import pandas as pd

LUCK = (
    "Intervals are 95 % each, by Student's t, and hold luck only: what other worlds would have brought with the same "
    "assumptions."
)


@dataclass(frozen=True)
class Shown:
    """A table for readers: its heads, its rows in words, how many columns hold words, a line that explains it."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    words: int = 1
    note: str = ""


@dataclass(frozen=True)
class Subject:
    """Whom a question is about: the company, where its values come from, what was laid on it, what was compared."""

    company: str
    source: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    variants: Mapping[str, scenarios.Scenario] = field(default_factory=dict)


@dataclass(frozen=True)
class Note:
    """What a question of the lab found.

    `question` is the command, `title` the question in words, `answer` plain sentences with the most important first.
    `method` explains the evidence, `doubt` says what speaks against it; `varied` is what was not the same in all runs.
    `tables` go to CSV files, `told` to programs, `files` are written beside the page, name to text; `beside` names
    what else lies there.
    """

    question: str
    title: str
    subject: Subject
    headline: str
    byline: str
    answer: Sequence[str]
    main: Shown
    cards: Sequence[Card] = ()
    varied: Shown = Shown((), ())
    more: Mapping[str, Shown] = field(default_factory=dict)
    exhibits: Sequence[Exhibit] = ()
    method: Sequence[str] = ()
    doubt: Sequence[str] = ()
    tables: "Mapping[str, pd.DataFrame]" = field(default_factory=dict)
    told: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    beside: Sequence[str] = ()
    seeds: Sequence[int] = ()
    failures: Sequence[FailedRun] = ()
    is_interrupted: bool = False


def lived(*studies: StudyRuns) -> dict[str, Any]:
    """What a note says of the studies it is made from: their worlds, what failed, whether they were cut short."""
    return {
        "seeds": studies[0].study.seeds,
        "failures": [failure for one in studies for failure in one.failures],
        "is_interrupted": any(one.is_interrupted for one in studies),
    }


def terminal_text(note: Note) -> str:
    """The main table, then the answer."""
    said = "\n".join(note.answer)
    return f"{columns(note.main.heads, note.main.rows)}\n\n{said}" if note.main.rows else said


def for_programs(note: Note) -> dict[str, Any]:
    """The answer and its numbers."""
    return {
        "question": note.question,
        "company": note.subject.company,
        "answer": list(note.answer),
        "is_complete": not note.is_interrupted,
        "failures": [
            {"variant": one.planned.variant, "seed": one.planned.seed, "error": one.error} for one in note.failures
        ],
        **note.told,
    }


def save(note: Note, made: Provenance, folder: Path) -> Path:
    """Write page, tables, figures and manifest to a folder; returns it. Raises InputError."""
    about = {
        **for_programs(note),
        **asdict(made),
        "seeds": list(note.seeds),
        "changes": dict(note.subject.changes),
        "failures": [asdict(one) for one in note.failures],
        "variants": {name: scenarios.resolved(one) for name, one in note.subject.variants.items()},
    }
    return store.save_pages({"report.html": page(note, made), **note.files}, note.tables, note.exhibits, about, folder)


def page(note: Note, made: Provenance) -> str:
    """The whole note as one HTML page that needs nothing else."""
    tables = listed_files(note)
    beside = f"Beside this page lie {tables}the numbers behind each figure, and manifest.json with every parameter."
    words = f"Made with {PROJECT} {made.versions[PROJECT]}, model {made.model}, {made.made_at}."
    sections = [_header(note, made), _answer(note), _evidence(note), _doubt(note), _inputs(note)]
    body = f"<main>{''.join(sections)}{how_made(note.seeds, beside, made)}</main><footer>{text(words)}</footer>"
    return parts.page(note.headline, body, with_figures=bool(note.exhibits))


def listed_files(note: Note) -> str:
    """`a.csv, b.csv, `."""
    return "".join(f"{name}, " for name in [*note.beside, *note.files, *(f"{table}.csv" for table in note.tables)])


def _header(note: Note, made: Provenance) -> str:
    day = datetime.fromisoformat(made.made_at)
    line = f"Company: {note.subject.company} · {note.byline} · {day.day} {day:%B %Y}"
    links = [("answer", "Answer"), ("evidence", "Evidence"), ("doubt", "Doubt"), ("inputs", "What went in")]
    nav = "".join(f'<a href="#{place}">{words}</a>' for place, words in [*links, ("origin", "Where it comes from")])
    return (
        f'<header><p class="kicker">{text(note.title)}</p><h1>{text(note.headline)}</h1>'
        f'<p class="byline">{text(line)}</p><nav>{nav}</nav></header>'
    )


def _answer(note: Note) -> str:
    lines = "".join(parts.paragraph(line) for line in note.answer)
    boxes = parts.cards(note.cards) if note.cards else ""
    return (
        f'<section id="answer"><h2>The answer</h2><div class="answer">{lines}</div>{boxes}{_shown(note.main)}</section>'
    )


def _shown(table: Shown) -> str:
    if not table.rows:
        return ""
    told = f"<p>{text(table.note)}</p>" if table.note else ""
    return parts.table(table.heads, table.rows, words=table.words) + told


def _evidence(note: Note) -> str:
    noscript = "<noscript><p>The figures need JavaScript; the numbers behind them are folded below each.</p></noscript>"
    drawn = "".join(parts.figure(one) for one in note.exhibits)
    method = "".join(f"<p>{text(words)}</p>" for words in note.method)
    how = f"<h3>How it was found</h3>{method}" if method else ""
    more = "".join(parts.folded(title, _shown(table)) for title, table in note.more.items())
    return f'<section id="evidence"><h2>The evidence</h2>{noscript if drawn else ""}{drawn}{how}{more}</section>'


def _doubt(note: Note) -> str:
    return (
        f'<section id="doubt"><h2>The doubt</h2><h3>What luck leaves open</h3>{parts.bullets(note.doubt)}'
        f"<h3>What rests on assumptions</h3>{parts.bullets(assumptions(note.subject.variants))}"
        f"<h3>What the model does not know</h3>{parts.bullets(BLIND_SPOTS)}</section>"
    )


def _inputs(note: Note) -> str:
    subject = note.subject
    differs = what_differs(subject.variants) if len(subject.variants) > 1 else ""
    varied = f"<h3>What varied</h3>{_shown(note.varied)}" if note.varied.rows else ""
    own = company_values(subject.source, subject.changes)
    return f'<section id="inputs"><h2>What went in</h2>{varied}{differs}{own}</section>'
