"""What a question found, as a Python object that shows itself."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.execution.worker import FailedRun
from experiments.reporting.report import Report
from experiments.wording.language import in_language, language_code

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False, repr=False)
class Result(ABC):
    """The base of all results: tidy tables, worked out once; nothing is read again from what the question was asked of.

    A result has the `question` it belongs to with its `plan`, and `runs`: every run as a row, with seed, inputs and
    outcomes. All that is said of it is in the `language` in which the question was asked.
    """

    question: Any
    plan: Any
    runs: "pd.DataFrame"
    failures: Sequence[FailedRun] = field(default=(), kw_only=True)
    is_interrupted: bool = field(default=False, kw_only=True)
    language: str = field(default_factory=language_code, kw_only=True)

    @abstractmethod
    def to_frame(self) -> "pd.DataFrame":
        """The table that answers the question."""

    @property
    def conclusion(self) -> Sequence[str]:
        """The finding in sentences, the most important first."""
        with in_language(self.language):
            return tuple(line for line in self.question.conclusion(self) if line)

    @cached_property
    def content(self) -> Report:
        """All that is said of it: headline, tables, figures, doubt."""
        with in_language(self.language):
            report: Report = self.question.report(self)
        return replace(
            report,
            question=self.question.name,
            company=self.plan.company,
            origin=self.plan.origin,
            conclusion=self.conclusion,
            doubt=(*self.plan.misfits, *report.doubt),
            failures=self.failures,
            is_interrupted=self.is_interrupted,
        )

    def figures(self) -> Mapping[str, Any]:
        """The figures (Plotly), by name."""
        return {one.name: one.figure for one in self.content.exhibits}

    def report(self, path: str | Path, *, replace: bool = False) -> Path:
        """Write it: to a file that ends with .html the page alone, else to a folder with all tables. Returns it.

        A page, or the result of another question, is replaced only with `replace`. Raises InputError where that is not
        possible, StorageError where the disk does not take it.
        """
        from experiments.reporting.writer import write_report

        identity = self.question.identity(self.plan)
        with in_language(self.language):
            return write_report(self.content, self.runs, identity, Path(path), replace=replace)

    def slide(self, path: str | Path, *, replace: bool = False) -> Path:
        """Write it as one slide, 16:9: to a file that ends with .png or .pdf. Returns it.

        A file is replaced only with `replace`. Raises InputError where there is no slide of it, or where it cannot be
        written there; StorageError where the disk does not take it.
        """
        from experiments.reporting.slide_page import write_slide

        with in_language(self.language):
            return write_slide(self.content, Path(path), replace=replace)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.content.headline}>"

    def _repr_html_(self) -> str:
        from experiments.reporting.html import fragment

        with in_language(self.language):
            return fragment(self.content)
