"""What every question is: frozen, it plans its runs, concludes from them, and says what it found.

    question = CompareQuestion("small_firm", runs=50)
    plan = question.plan()                       # InputError where something cannot be
    with Study(plan) as study:
        result = question.conclude(plan, study)  # makes the runs
    result.conclusion                            # sentences
    result.content                               # the whole report

`experiments.questions.answer.answer` does that, and keeps runs and report in a folder.
"""

import json
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import fields
from importlib import import_module
from typing import Any, ClassVar

from experiments.questions.arguments import set_as_declared
from experiments.reporting.report import Report
from experiments.studies.study import Study


class StudyInterrupted(Exception):
    """Ctrl-C came before anything could be concluded; finished runs are kept."""


class Question(ABC):
    """The base of all questions. Subclasses are frozen dataclasses; their fields are the options of the command."""

    name: ClassVar[str]
    """The command."""
    takes_company_as_it_is: ClassVar[bool] = True
    """Whether it is about the company as it stands, whose parts had better fit together."""

    def __post_init__(self) -> None:
        set_as_declared(self)
        self._check()

    def _check(self) -> None:  # noqa: B027  # most have something to say here, but need not
        """Raise InputError for what cannot be asked, or settle what was left open."""

    @abstractmethod
    def plan(self) -> Any:
        """Settle everything before the first run: a StudyPlan, or a subclass with more. Raises InputError."""

    @abstractmethod
    def conclude(self, plan: Any, study: Study) -> Any:
        """Have the runs made and put the Result together. Raises StudyInterrupted where that is not possible."""

    def conclusion(self, result: Any) -> Sequence[str]:
        """The finding in sentences, the most important first: `in_sentences(result)` of text.py beside the question."""
        return tuple(self._beside("text").in_sentences(result))

    def report(self, result: Any) -> Report:
        """All there is to say of a result: `report_of(result)` of report.py beside the question."""
        report: Report = self._beside("report").report_of(result)
        return report

    def _beside(self, name: str) -> Any:
        """A file of the question's own folder, loaded when it is needed."""
        return import_module(f"{type(self).__module__.rpartition('.')[0]}.{name}")

    def what(self, plan: Any) -> str:
        """Whom it is about, for a progress bar."""
        return str(plan.company)

    def identity(self, plan: Any) -> str:
        """The question in full, with its plan: two questions with the same text are the same."""
        options = {one.name: repr(getattr(self, one.name)) for one in fields(self) if one.name != "company"}  # type: ignore[arg-type]
        companies = {name: one.model_dump_json() for name, one in plan.companies.items()}
        return json.dumps([self.name, options, companies, *plan.files], sort_keys=True)
