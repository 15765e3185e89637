"""From a question to its answer: one way for all of them.

plan -> results folder (ours alone from here on) -> study -> result -> report
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from experiments.execution.code_identity import code_of
from experiments.execution.runner import OnProgress, Settings
from experiments.questions.question import Question, StudyInterrupted
from experiments.reporting.result import Result
from experiments.reporting.writer import about, files_of
from experiments.store.manifest import StorageError
from experiments.store.provenance import provenance
from experiments.store.results_folder import ResultsFolder, open_results, open_usual
from experiments.studies.misfits import misfits
from experiments.studies.study import Study, StudyPlan

Progress = Callable[[str], AbstractContextManager[OnProgress | None]]


def _nobody(line: str) -> None:
    """Told where nobody wants to see how far it is."""


def no_progress(what: str) -> AbstractContextManager[OnProgress | None]:
    """A bar that nobody sees."""
    return nullcontext()


@dataclass(frozen=True)
class Keeping:
    """Where runs and report go: a `folder`, the usual one of the question, or (`is_kept` false) nowhere.

    A folder that holds the result of another question is refused, unless it may be replaced. `arguments` are the words
    of the command line, for the report.
    """

    folder: Path | None = None
    is_kept: bool = True
    may_replace: bool = False
    arguments: Sequence[str] | None = None


@dataclass(frozen=True)
class Answer:
    """What came of a question; `result` None where it was cut short before anything could be concluded.

    `trouble` is what kept the report from being written.
    """

    result: Any
    folder: Path | None = None
    trouble: Exception | None = field(default=None, compare=False)

    @property
    def is_interrupted(self) -> bool:
        """Whether Ctrl-C cut it short."""
        return self.result is None or bool(self.result.is_interrupted)


def answer(  # noqa: PLR0913  # what is asked, how and where it is run, who is told
    question: Question,
    settings: Settings | None = None,
    keeping: Keeping | None = None,
    progress: Progress = no_progress,
    tell: Callable[[str], None] = lambda line: None,
    plan: StudyPlan | None = None,
) -> Answer:
    """Ask it: make the runs that are missing, conclude, write the report.

    `plan` is the question's own, where it has been made before. Raises InputError for what cannot be asked,
    StorageError where runs cannot be kept. Trouble with the report alone costs neither runs nor result: the answer has
    it.
    """
    plan = plan or question.plan()
    keeping = keeping or Keeping(is_kept=False)
    with ExitStack() as stack:
        settings = settings or Settings()
        place = _results_folder(question, plan, settings, keeping) if keeping.is_kept else nullcontext()
        results = stack.enter_context(place)
        archive = results.archive(tell, settings.batch_s / 2) if results else None
        try:
            with (
                progress(question.what(plan)) as on_progress,
                Study(plan, settings, on_progress, archive, tell if on_progress else _nobody) as study,
            ):
                result = question.conclude(plan, study)
        except StudyInterrupted:
            return Answer(None, results.folder if results else None)
        if results is None:
            return Answer(result)
        return Answer(result, results.folder, _written(result, results, keeping.arguments))


def with_misfits(question: Question, plan: Any, settings: Settings) -> Any:
    """The plan, with what of its company does not fit together; agents of the user's own are taken as they are."""
    companies = list(plan.companies.values())
    if not question.takes_company_as_it_is or not companies or settings.simulate is not None:
        return plan
    return replace(plan, misfits=misfits(companies[0], plan.origin))


def asked(question: Question, plan: StudyPlan, settings: Settings) -> str:
    """What is asked, in full: of agents of the user's own it is another question."""
    return f"{question.identity(plan)}{code_of(settings.simulate)}"


def _results_folder(
    question: Question, plan: StudyPlan, settings: Settings, keeping: Keeping
) -> AbstractContextManager[ResultsFolder]:
    identity = asked(question, plan, settings)
    said = {"question": question.name, "company": plan.company, "n_runs": plan.n_runs}
    said |= asdict(provenance(keeping.arguments))
    if keeping.folder is None:
        return open_usual(plan.company, question.name, identity, said)
    return open_results(keeping.folder, identity, said, replace=keeping.may_replace)


def _written(result: Result, results: ResultsFolder, arguments: Sequence[str] | None) -> Exception | None:
    """Write the report; returns what went wrong with it."""
    try:
        made, report = provenance(arguments), result.content
        files = files_of(report, result.runs, made, results.folder)
        results.write(files, about(report, made), is_complete=not result.is_interrupted)
    except StorageError as error:
        return error
    except Exception as error:  # a fault of ours in a figure must not cost the runs, nor the conclusion
        return error
    return None
