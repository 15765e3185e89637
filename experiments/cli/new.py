"""`run.py new`: a company of one's own out of answers to plain questions."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from experiments.cli.options import DONE, SOME_FAILED, Question, Running, Seed, given

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
    if form:
        return partial(_form, file)
    return partial(_new, file, answers, given(worlds=worlds, draws=draws, seed=seed))


def _form(file: Path, running: Running) -> int:
    """Write the questions with room for answers."""
    from experiments.questions.new.description import answers_text
    from experiments.reporting.terminal import say

    _write(file, answers_text("my_firm", {}), replace=running.replace)
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
        if (made / DRAWS_FILE).exists():
            save_file(file.with_name(f"{file.stem}{SUFFIX}"), (made / DRAWS_FILE).read_bytes())
        if not running.as_json:
            say(f"{file}: your company; next: python run.py compare {file}")
    return code


def _answered(file: Path, *, replace: bool) -> Path:
    """Ask at the terminal and keep the answers beside the company; raises InputError where there is no terminal."""
    from experiments.questions.new.description import NAME, QUESTIONS, answers_text, typed
    from experiments.reporting.terminal import complain
    from scenarios.input_errors import InputError

    if not sys.stdin.isatty():
        raise InputError(
            "there is nobody to ask, as this is no terminal; give --answers FILE (`run.py new FILE --form` writes the "
            "questions to a file)"
        )
    place = file.with_suffix(".answers.yaml")
    _check(place, replace=replace)
    complain("Enter alone: I do not know. Answers are kept, and can be changed later.")
    found: dict[str, Any] = {}
    for number, one in enumerate(QUESTIONS, start=1):
        while True:
            shown = "".join(f"\n  {line}" for line in one.explained) or f"\n  ({one.allowed})"
            text = typer.prompt(f"{number}/{len(QUESTIONS)} {one.words}{shown}\n ", default="", show_default=False)
            try:
                answer = one.read(typed(text))
            except ValueError as error:
                complain(f"  this {error}")
                continue
            if answer is not None:
                found[one.key] = answer
            break
    name = file.stem if NAME.fullmatch(file.stem) else "my_firm"
    _write(place, answers_text(name, found), replace=replace)
    complain(f"answers: {place}")
    return place


def _check(file: Path, *, replace: bool) -> None:
    """Raise InputError, before anything takes long, where the file cannot be written."""
    from scenarios.input_errors import InputError

    if file.suffix not in _ENDINGS:
        raise InputError(f"{file} must end in .yaml, as companies do, e.g. {file.with_suffix('.yaml')}")
    if file.exists() and not replace:
        raise InputError(f"{file} is there already; give another name, or --replace it")
    if not file.absolute().parent.is_dir():
        raise InputError(f"{file}: there is no folder {file.absolute().parent}")


def _write(file: Path, text: str, *, replace: bool) -> None:
    from experiments.store.results_folder import save_file

    _check(file, replace=replace)
    save_file(file, text.encode("utf-8"))
