"""Every question as a Python function: its fields, and how it is run, as arguments."""

import inspect
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from experiments.questions.answer import Keeping, answer, asked, no_progress, with_misfits
from experiments.questions.arguments import as_declared
from experiments.questions.question import Question
from experiments.reporting.progress import progress_bar
from experiments.reporting.terminal import complain
from experiments.wording.language import in_language, language_code
from scenarios.input_errors import InputError, did_you_mean

_RUNNING = """

    Besides: `workers` processes (one per core if not given) or a Dask `scheduler`; `out`, a folder that keeps runs and
    report, so that the same call goes on where it was cut short (None: nothing is kept); `replace` the result of
    another question there; `progress`, a bar; `simulate`, a function (scenario, seed) -> Run for agents
    of your own; `language`, en, zh or ru. Returns a Result; raises InputError for what cannot be asked.
"""


def asking(name: str) -> Callable[..., Any]:
    """The function that asks the question of a room of `experiments/questions/`."""
    room = import_module(f"experiments.questions.{name}.ask")
    kind = next(
        one
        for one in vars(room).values()
        if inspect.isclass(one) and issubclass(one, Question) and one.__module__ == room.__name__
    )
    return function_of(kind, name)


def function_of(kind: type[Question], name: str) -> Callable[..., Any]:
    """A function that makes a question of its arguments and asks it."""
    own = inspect.signature(kind)
    known = [*own.parameters, *_RUNNING_OPTIONS]

    def function(*args: Any, **options: Any) -> Any:
        running = {
            key: as_declared(key, options.pop(key), one.annotation)
            for key, one in _RUNNING_OPTIONS.items()
            if key in options
        }
        unknown = next((key for key in options if key not in own.parameters), None)
        if unknown is not None:
            raise InputError(f"{name} has no argument {unknown}{did_you_mean(unknown, known)}")
        try:
            bound = own.bind(*args, **options)
        except TypeError as error:
            raise InputError(f"{name}: {error}") from None
        return _ask(kind(*bound.args, **bound.kwargs), **running)

    function.__name__ = function.__qualname__ = name
    function.__module__ = "experiments"
    function.__doc__ = f"{inspect.getdoc(room_of(kind)) or ''}\n\n    {inspect.getdoc(kind)}{_RUNNING}"
    function.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [*own.parameters.values(), *_RUNNING_OPTIONS.values()]
    )
    return function


def room_of(kind: type) -> Any:
    """The module a question is declared in."""
    return import_module(kind.__module__)


def _ask(  # noqa: PLR0913  # how a question is run
    question: Question,
    *,
    workers: int | None = None,
    scheduler: str | None = None,
    out: str | Path | None = None,
    replace: bool = False,
    progress: bool = True,
    simulate: Callable[[Any, int], Any] | None = None,
    language: str | None = None,
) -> Any:
    """Ask it; a report that cannot be written is a warning, since the result is there."""
    import warnings

    from experiments.execution.engine import get_ready
    from experiments.execution.runner import Settings
    from experiments.store.results_folder import check_free

    if scheduler is not None:
        from experiments.execution.dask_pool import check_scheduler

        check_scheduler(scheduler)
    keeping = Keeping(folder=Path(out), may_replace=replace) if out is not None else Keeping(is_kept=False)
    settings = Settings(workers=workers, scheduler=scheduler, simulate=simulate)
    plan = question.plan()
    if out is not None:
        check_free(Path(out), asked(question, plan, settings), replace=replace)
    get_ready(complain, plan.n_runs if settings.simulate is None else None)
    if plan.assumptions is not None and plan.assumptions.warning is not None:
        warnings.warn(f"do not trust {plan.company}: {plan.assumptions.warning}", stacklevel=3)
    plan = with_misfits(question, plan, settings)
    for sentence in plan.misfits:
        warnings.warn(sentence, stacklevel=3)
    with in_language(language or language_code()):
        answered = answer(question, settings, keeping, progress_bar if progress else no_progress, complain, plan)
    if answered.trouble is not None:
        warnings.warn(f"the report was not written: {answered.trouble}", stacklevel=3)
    if answered.result is None:
        raise KeyboardInterrupt
    return answered.result


_RUNNING_OPTIONS = {key: one for key, one in inspect.signature(_ask).parameters.items() if key != "question"}
