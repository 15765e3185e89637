"""A finished experiment as it leaves the command line: written to its folder, told as text and for programs."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.questions.compare.result import Comparison
from experiments.questions.lead_history.ask import LeadStory
from experiments.questions.what_if.ask import WhatIf
from experiments.reporting.report import Note
from experiments.store.provenance import provenance


@dataclass(frozen=True)
class Delivery:
    """What is said of a result: `text` for people, `told` for programs, where it lies, and what did not work.

    `failed` has a few words for each run that failed.
    """

    text: str
    told: dict[str, Any]
    folder: Path
    is_interrupted: bool = False
    failed: Sequence[str] = ()


def of_comparison(found: Comparison, folder: Path, arguments: Sequence[str]) -> Delivery:
    """Write a comparison to its folder; an interrupted one beside it, never in place of a whole result."""
    from experiments.questions.compare.figures import exhibits
    from experiments.questions.compare.report import report
    from experiments.reporting import results_folder as store
    from experiments.reporting.terminal import comparison_text

    folder = _beside(folder, found.is_interrupted)
    made, shown = provenance(arguments), exhibits(found)
    page = report(found, shown, made) if found.n_worlds else None
    store.save(found, shown, page, made, folder)
    where = folder / "report.html" if page else folder
    told = store.in_short(found) | {"folder": str(folder)}
    failed = [f"{one.planned.variant} in world {one.planned.seed}: {one.error}" for one in found.failures]
    return Delivery(f"{comparison_text(found)}\n\n{where}", told, folder, found.is_interrupted, failed)


def of_what_if(found: WhatIf, folder: Path, arguments: Sequence[str]) -> Delivery:
    """Write the answer to a what-if question to its folder; an interrupted one beside it."""
    from experiments.questions.what_if import report as what_if_report

    folder = _beside(folder, found.is_interrupted)
    what_if_report.save(found, provenance(arguments), folder)
    told = what_if_report.in_short(found) | {"folder": str(folder)}
    failed = [f"world {one.planned.seed}: {one.error}" for one in found.failures]
    said = f"{what_if_report.text_answer(found)}\n\n{folder / 'report.html'}"
    return Delivery(said, told, folder, found.is_interrupted, failed)


def of_lead_story(story: LeadStory, folder: Path, arguments: Sequence[str]) -> Delivery:
    """Write the history of a prospect to its folder."""
    from experiments.questions.lead_history import report as lead_story_page

    lead_story_page.save(story, provenance(arguments), folder)
    said = f"{lead_story_page.story_text(story)}\n\n{folder / 'report.html'}"
    return Delivery(said, lead_story_page.in_short(story) | {"folder": str(folder)}, folder)


def of_note(note: Note, folder: Path, arguments: Sequence[str]) -> Delivery:
    """Write the answer to a question of the lab to its folder.

    Interrupted, one whose runs are kept there has no answer yet and goes on later; another one is written beside it.
    """
    from experiments.reporting import report as lab_note
    from experiments.reporting import results_folder as store

    if note.is_interrupted and (folder / store.RUNS).is_dir():
        told = {"folder": str(folder), "is_complete": False}
        return Delivery("cut short; give the same command again to go on where it was", told, folder, True)
    folder = _beside(folder, note.is_interrupted)
    lab_note.save(note, provenance(arguments), folder)
    told = lab_note.for_programs(note) | {"folder": str(folder)}
    kept = folder / store.FAILURES
    where = f" (they lie in {kept}, each with its company)" if note.failures and kept.is_dir() else ""
    failed = [f"one in world {one.planned.seed}: {one.error}{where}" for one in note.failures]
    said = f"{lab_note.terminal_text(note)}\n\n{folder / 'report.html'}"
    return Delivery(said, told, folder, note.is_interrupted, failed)


def _beside(folder: Path, is_interrupted: bool) -> Path:
    return folder.with_name(f"{folder.name}-interrupted") if is_interrupted else folder
