"""How every question is asked from the command line: its own options, those of `Running`, one way to answer."""

import inspect
import sys
from collections.abc import Callable
from dataclasses import asdict, fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.cli.options import DISAGREES, DONE, INTERRUPTED, SOME_FAILED, TROUBLE, Running
from experiments.reporting.terminal import complain, say, say_json
from experiments.wording.language import in_language

if TYPE_CHECKING:
    from experiments.execution.runner import Settings
    from experiments.questions.answer import Answer
    from experiments.questions.question import Question


def asks(
    make_question: "Callable[..., Question | Callable[[Running], int]]", *, has_slide: bool = False
) -> Callable[..., int]:
    """A command out of a function that makes a question of its options; the options of `Running` are added.

    That of a slide is added where there is one. Where no runs are needed it may make a function that says what there is
    to say and returns the exit code.
    """
    own = inspect.signature(make_question)
    shared = [one for one in fields(Running) if has_slide or one.name != "slide"]

    @wraps(make_question)
    def command(**options: Any) -> int:
        """Make the question, ask it, say what came of it; returns the exit code."""
        running = Running(**{one.name: options.pop(one.name) for one in shared})
        with in_language(running.language):
            made = make_question(**options)
            return made(running) if callable(made) else ask(made, running)

    added = [
        inspect.Parameter(one.name, inspect.Parameter.KEYWORD_ONLY, default=one.default, annotation=one.type)
        for one in shared
    ]
    by_name = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in own.parameters.values()]
    command.__signature__ = inspect.Signature([*by_name, *added])  # type: ignore[attr-defined]
    command.__annotations__ = {one.name: one.annotation for one in [*by_name, *added]}
    return command


def ask(question: "Question", running: Running) -> int:
    """Ask a question and say what came of it; returns the exit code. Raises InputError, StorageError."""
    from experiments.cli.forecast import forecast
    from experiments.execution.engine import get_ready
    from experiments.questions.answer import Answer, Keeping, answer, with_misfits
    from experiments.reporting.progress import progress_bar, silent
    from experiments.reporting.slide_page import check_slide

    if running.slide is not None:
        check_slide(running.slide, replace=running.replace)
    settings, plan = settings_of(running), question.plan()
    tell = (lambda line: None) if running.quiet else complain
    folder = free_place(question, plan, settings, running)
    get_ready(tell, plan.n_runs)
    plan = with_misfits(question, plan, settings)
    for sentence in plan.misfits:
        complain(f"WARNING: {sentence}")
    if plan.assumptions is not None and plan.assumptions.warning is not None:
        complain(f"do not trust {plan.company}: {plan.assumptions.warning}")
    if running.dry_run:
        expected = forecast(question, plan, settings)
        say_json(asdict(expected) | {"folder": str(folder)}) if running.as_json else say(str(expected))
        return DONE
    if not running.quiet:
        complain(str(forecast(question, plan, settings)))
    keeping = Keeping(running.out, may_replace=running.replace, arguments=sys.argv[1:])
    progress = silent if running.quiet else progress_bar
    try:
        answered = answer(question, settings, keeping, progress, complain, plan)
    except KeyboardInterrupt:  # once more, while what was done is written down
        answered = Answer(None, folder)
    return report_back(answered, running)


def report_back(answered: "Answer", running: Running) -> int:
    """Say the answer, and tell by the exit code how it went."""
    from experiments.reporting.report import record_of, text_of
    from experiments.wording.numbers import counted

    result, folder = answered.result, answered.folder
    if result is None:
        if running.as_json:
            say_json({"folder": str(folder), "is_complete": False})
        complain(f"interrupted; the same command goes on from there (finished runs lie in {folder})")
        return INTERRUPTED
    if answered.trouble is not None:
        return _report_trouble(answered, running)
    report, slide = result.content, _slide_of(result, running)
    if running.as_json:
        say_json(record_of(report) | {"folder": str(folder)} | ({"slide": str(slide)} if slide else {}))
    else:
        written = [f"{folder}/{name}" for name in ("report.html", *report.files)]
        say("\n".join([text_of(report), "", *written, *([str(slide)] if slide else [])]))
    if result.is_interrupted:
        complain(f"interrupted; what was done lies in {folder}, and the same command goes on from there")
        return INTERRUPTED
    if result.failures:
        first = result.failures[0]
        one = f"{first.planned.variant} in world {first.planned.seed}: {first.error}"
        complain(f"{counted(len(result.failures), 'run')} failed, e.g. {one} (all lie in {folder}/failures)")
        return SOME_FAILED
    return DONE if getattr(result, "holds", True) else DISAGREES


def _slide_of(result: Any, running: Running) -> Path | None:
    """The slide, written where it is wanted and there is something to say; else a sentence on stderr."""
    if running.slide is None:
        return None
    if result.content.slide is None:
        complain("no slide was written: there is too little to say for one")
        return None
    return Path(result.slide(running.slide, replace=running.replace))


def _report_trouble(answered: "Answer", running: Running) -> int:
    """The conclusion all the same, then why there is no report."""
    from experiments.cli.trouble import where_it_happened
    from experiments.store.manifest import StorageError

    conclusion = _conclusion_of(answered.result)
    if running.as_json:
        say_json({"conclusion": conclusion, "is_complete": False, "folder": str(answered.folder)})
    else:
        say("\n".join(conclusion))
    error = answered.trouble
    assert error is not None
    if isinstance(error, StorageError):
        complain(str(error))
    else:
        what = f"the report could not be made: {type(error).__name__}: {error}"
        complain(f"{what}; finished runs lie in {answered.folder}; {where_it_happened(error)}")
    return TROUBLE


def _conclusion_of(result: Any) -> list[str]:
    try:
        return list(result.conclusion)
    except Exception as error:  # the same fault may lie here
        return [f"nothing can be said: {type(error).__name__}"]


def settings_of(running: Running) -> "Settings":
    """Where to run, as asked for; raises InputError if that is nowhere."""
    from experiments.execution.runner import Settings
    from scenarios.input_errors import InputError

    backend, scheduler = running.backend, running.scheduler
    if backend not in ("processes", "dask"):
        raise InputError(f'there is no backend "{backend}"; there are: processes, dask')
    if backend == "processes" and scheduler is not None:
        raise InputError("a --scheduler belongs to --backend dask")
    if backend == "dask":
        if scheduler is None:
            raise InputError("the backend dask needs the address of a scheduler: --scheduler tcp://HOST:8786")
        from experiments.execution.dask_pool import check_scheduler

        check_scheduler(scheduler)
    return Settings(workers=running.workers, scheduler=scheduler)


def free_place(question: "Question", plan: Any, settings: "Settings", running: Running) -> Path:
    """Where the results go; raises InputError, before anything takes long, if they must not."""
    from experiments.questions.answer import asked
    from experiments.store.results_folder import check_free, free_folder

    identity = asked(question, plan, settings)
    folder = running.out or free_folder(plan.company, question.name, identity)
    check_free(folder, identity, replace=running.replace)
    return folder
