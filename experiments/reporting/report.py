"""What a question says of its result: one Report, written as a page, as text, as JSON and as tables.

Every question fills in the same form; how it looks is the same for all of them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.designs.assumptions import Assumptions
from experiments.execution.worker import FailedRun
from experiments.reporting.figure_style import Exhibit
from experiments.reporting.page_parts import ANSWER
from experiments.reporting.slide import Slide
from experiments.reporting.terminal import columns
from experiments.store.provenance import Provenance
from scenarios import Scenario
from scenarios.differences import Difference

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Card:
    """A number worth a box: what it is, the number, and its doubt."""

    what: str
    number: str
    span: str


@dataclass(frozen=True)
class ShownTable:
    """A table for readers: its heads, its rows in words, how many columns hold words, a line that explains it.

    The row that begins with `best` is in bold; a row of a single cell is a heading over those below it.
    """

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    words: int = 1
    note: str = ""
    best: str | None = None


@dataclass(frozen=True)
class Section:
    """What one question says and others do not: paragraphs, then a table, then bullets.

    It stands in a `part` of the page (see page_parts.py), under a heading if it has a title; else it is one of its own.
    `instead_of` are sentences of the conclusion that its table says as well, and that the page then leaves out.
    """

    id: str
    title: str = ""
    paragraphs: Sequence[str] = ()
    table: ShownTable | None = None
    bullets: Sequence[str] = ()
    part: str | None = None
    instead_of: Sequence[str] = ()


@dataclass(frozen=True)
class Report:
    """Everything there is to say of a result.

    `title` is the question in words, `lead` a sentence below the headline, `main` the table a reader looks at first,
    which stands in the part `main_part` of the page. Sentences of the conclusion that a section says stand there alone.
    A `is_note` is printed as one page, without evidence and inputs. `slide` is all that fits on a slide.
    `method` explains the evidence, `doubt` says what speaks against it; `varied` is what was not the same in all runs,
    `changes` what was laid on the company, `variants` what was compared; `folded` are tables to open when wanted, by
    title. `tables` go to CSV files, `record` to programs, `files` are written beside the page: what each says in which
    folder, by name. `terminal` takes the place of the main table in a terminal.
    `assumptions` are what was drawn, None if nothing was.

    The fields from `question` on are filled in by `Result.content`: `question` is the command, `origin` what the
    company's file changes in its parent, `conclusion` plain sentences with the most important first.
    """

    title: str
    headline: str
    byline: str
    main: ShownTable = ShownTable((), ())
    main_part: str = ANSWER
    lead: str = ""
    cards: Sequence[Card] = ()
    sections: Sequence[Section] = ()
    exhibits: Sequence[Exhibit] = ()
    method: Sequence[str] = ()
    folded: Mapping[str, ShownTable] = field(default_factory=dict)
    doubt: Sequence[str] = ()
    varied: ShownTable = ShownTable((), ())
    changes: Mapping[str, Any] = field(default_factory=dict)
    variants: Mapping[str, Scenario] = field(default_factory=dict)
    tables: "Mapping[str, pd.DataFrame]" = field(default_factory=dict)
    record: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, Callable[[Path, Provenance], str]] = field(default_factory=dict)
    terminal: str | None = None
    slide: Slide | None = None
    is_note: bool = False
    seeds: Sequence[int] = ()
    assumptions: Assumptions | None = None
    question: str = ""
    company: str = ""
    origin: Difference | None = None
    conclusion: Sequence[str] = ()
    failures: Sequence[FailedRun] = ()
    is_interrupted: bool = False


def text_of(report: Report) -> str:
    """The main table, then the conclusion, for a terminal."""
    table = report.terminal if report.terminal is not None else ""
    if report.terminal is None and report.main.rows:
        table = columns(report.main.heads, report.main.rows)
    return "\n\n".join(part for part in (table, "\n".join(line for line in report.conclusion if line)) if part)


def record_of(report: Report) -> dict[str, Any]:
    """The conclusion and its numbers, for programs."""
    return {
        "question": report.question,
        "company": report.company,
        "conclusion": [line for line in report.conclusion if line],
        "is_complete": not report.is_interrupted,
        "failures": [
            {"variant": one.planned.variant, "seed": one.planned.seed, "error": one.error} for one in report.failures
        ],
        **report.record,
    }
