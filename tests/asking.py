"""Asks a question in a test: in memory, or in a folder as the command line does."""

import re
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from experiments.execution.runner import OnProgress, Settings
from experiments.questions.answer import Answer, Keeping, answer
from experiments.questions.question import Question
from experiments.reporting.html import page
from experiments.store.provenance import PROJECT, Provenance
from experiments.studies.study import Study
from tests import stand_in_company as stand_in

QUICK = Settings(workers=1, simulate=stand_in.simulate_scenario)
MADE = Provenance(
    "python run.py compare", "2026-11-22T10:00:00+00:00", "abc123", None, {PROJECT: "0.1.0", "numpy": "2"}
)


def result_of(question: Question, settings: Settings = QUICK, on_progress: OnProgress | None = None) -> Any:
    """The result, with runs in memory only."""
    plan = question.plan()
    with Study(plan, settings, on_progress) as study:
        return question.conclude(plan, study)


def kept(
    question: Question, folder: Path, settings: Settings = QUICK, on_progress: OnProgress | None = None, **keeping: Any
) -> Answer:
    """The answer, with runs and report in a folder."""
    return answer(question, settings, Keeping(folder, **keeping), lambda what: nullcontext(on_progress))


def page_of(result: Any) -> str:
    """The page of a result's report."""
    return page(result.content, MADE, ["runs.csv"])


def parts_of(html: str) -> list[str]:
    """The parts of a page, in their order."""
    return re.findall(r'<section id="([\w-]+)"', html)
