"""`run.py new`: a company of one's own out of answers to plain questions."""

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from experiments.cli.options import DONE, SOME_FAILED, Question, Running, Seed, given

if TYPE_CHECKING:
    from experiments.questions.new.description import Asked

_ENDINGS = (".yaml", ".yml")


def new(
    file: Annotated[Path, typer.Argument(help="File to write the company to, e.g. my_firm.yaml.")],
    answers: Annotated[Path | None, typer.Option(metavar="FILE", help="Answers, YAML; asked for if not given.")] = None,
    form: Annotated[
        bool, typer.Option("--form", help="Write the questions to FILE, to be answered, and stop.")
    ] = False,
    draws: Annotated[int | None, typer.Option(help="Draws of what nobody asked; 150 if not given.")] = None,
    worlds: Annotated[int | None, typer.Option(help="Worlds of each point of the fit; 6 if not given.")] = None,
    seed: Seed = 0,
) -> Callable[[Running], int]:
    """Describe your own company in plain words, and get it as a file.

    Market, money, customers and targets are scaled to fit each other; what came out stands beside what you said.
    """
    from scenarios.input_errors import InputError

    if form:
        if answers is not None:
            raise InputError("--form writes the questions, --answers reads their answers; give one of both")
        return partial(_form, file)
    return partial(_new, file, answers, given(worlds=worlds, draws=draws, seed=seed))


def _form(file: Path, running: Running) -> int:
    """Write the questions with room for answers."""
    from experiments.questions.new.description import answers_text
    from experiments.reporting.terminal import say, say_json

    _write(file, answers_text("my_firm", {}), replace=running.replace)
    if running.as_json:
        say_json({"form": str(file)})
    else:
        say(f"{file}: fill it in, then: python run.py new my_firm.yaml --answers {file}")
    return DONE


def _new(file: Path, answers: Path | None, options: dict[str, Any], running: Running) -> int:
    """Ask for answers where there are none, make the company, write it."""
    from experiments.cli.asking import ask, free_place, settings_of
    from experiments.designs.ensembles import SUFFIX
    from experiments.questions.new.ask import NewQuestion
    from experiments.questions.new.text import COMPANY_FILE, DRAWS_FILE
    from experiments.reporting.terminal import say
    from experiments.store.results_folder import save_file

    _check(file, replace=running.replace)
    question: Question = NewQuestion(answers or _answered(file, replace=running.replace), **options)
    plan = question.plan()
    code = ask(question, running)
    if code in (DONE, SOME_FAILED) and not running.dry_run:
        made = free_place(question, plan, settings_of(running), running)
        _write(file, (made / COMPANY_FILE).read_text(encoding="utf-8"), replace=running.replace)
        draws = file.with_name(f"{file.stem}{SUFFIX}")
        draws.unlink(missing_ok=True)  # those of a company that lay here before
        if (made / DRAWS_FILE).exists():
            save_file(draws, (made / DRAWS_FILE).read_bytes())
        if not running.as_json:
            say(f"{file}: your company; next: python run.py compare {file}")
    return code


def _answered(file: Path, *, replace: bool) -> Path:
    """Ask at the terminal and keep each answer beside the company; raises InputError where there is no terminal.

    Of answers that were kept before, only those that are missing are asked for, unless they are to be replaced.
    """
    from experiments.questions.new.description import NAME, QUESTIONS, Description, answers_text, read_description
    from experiments.reporting.terminal import complain
    from experiments.store.results_folder import save_file
    from scenarios.input_errors import InputError

    if not sys.stdin.isatty():
        raise InputError(
            "there is nobody to ask, as this is no terminal; give --answers FILE (`run.py new FILE --form` writes the "
            "questions to a file)"
        )
    place = file.with_suffix(".answers.yaml")
    kept = Description(file.stem if NAME.fullmatch(file.stem) else "my_firm", {}, {})
    if place.exists() and not replace:
        kept = read_description(place, is_whole=False)
        complain(f"{place} has {len(kept.answers)} answers; only what is missing there is asked for.")
    complain(f"Enter alone: I do not know. Each answer is kept in {place}, and can be changed there.")
    answers = dict(kept.answers)
    for number, one in enumerate(QUESTIONS, start=1):
        if one.key not in answers and (answer := _reply(one, f"{number}/{len(QUESTIONS)}")) is not None:
            answers[one.key] = answer
        save_file(place, answers_text(kept.name, answers, kept.practices).encode("utf-8"))
    return place


def _reply(asked: "Asked", number: str) -> Any:
    """Ask until there is an answer that can be; None is "I do not know"."""
    from experiments.questions.new.description import typed
    from experiments.reporting.terminal import complain

    shown = "".join(f"\n  {line}" for line in asked.explained) or f"\n  ({asked.allowed})"
    needed = " (needed)" if asked.is_needed else ""
    while True:
        text = typer.prompt(f"{number} {asked.words}{needed}{shown}\n ", default="", show_default=False)
        try:
            return asked.read(typed(text))
        except ValueError as error:
            complain(f"  this {error}")


def _check(file: Path, *, replace: bool) -> None:
    """Raise InputError, before anything takes long, where the file cannot be written."""
    from scenarios.input_errors import InputError

    if file.suffix not in _ENDINGS:
        raise InputError(f"{file} must end in .yaml, as companies do, e.g. {file.with_suffix('.yaml')}")
    if file.is_dir():
        raise InputError(f"{file} is a folder; name a file to write the company to, e.g. {file / 'my_firm.yaml'}")
    if file.exists() and not replace:
        raise InputError(f"{file} is there already; give another name, or --replace it")
    if not file.absolute().parent.is_dir():
        raise InputError(f"{file}: there is no folder {file.absolute().parent}")
    if not os.access(file.absolute().parent, os.W_OK):
        raise InputError(f"{file}: nothing may be written to the folder {file.absolute().parent}; name another")


def _write(file: Path, text: str, *, replace: bool) -> None:
    from experiments.store.results_folder import save_file

    _check(file, replace=replace)
    save_file(file, text.encode("utf-8"))
