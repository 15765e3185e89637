"""`run.py assess`: which type is a company by the answers of both sides, and what should change next?"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from experiments.cli.options import DONE, Changes, Fixed, Question, Running, Seed, given

_ANSWERS = "Answers of both sides: a filled form (YAML), or a table (CSV, Excel)."
_COMPANY = "Company they belong to: a shipped name or a company file; its size and market count, not its practices."
_FACT = "Something known besides the answers, e.g. hand_off_delay_d=2; may be given again."
_GOAL = "Type to go to; the one that earns most if not given."


def assess(
    answers: Annotated[Path | None, typer.Argument(help=_ANSWERS, show_default=False)] = None,
    company: Annotated[str, typer.Argument(help=_COMPANY)] = "reference",
    form: Annotated[
        Path | None, typer.Option("--form", metavar="FILE", help="Write an empty form, YAML or CSV.")
    ] = None,
    facts: Annotated[list[str] | None, typer.Option("--fact", metavar="NAME=VALUE", help=_FACT)] = None,
    goal: Annotated[str | None, typer.Option("--to", help=_GOAL)] = None,
    runs: Annotated[int | None, typer.Option(help="Companies to simulate and ask; 4,000 if not given.")] = None,
    plausible: Annotated[int | None, typer.Option(help="Plausible companies to try steps in; 60 if not given.")] = None,
    seed: Seed = 0,
    changes: Changes = None,
    fixed: Fixed = False,
) -> Question | Callable[[Running], int]:
    """Say by the answers of both sides of which type a company is, and what to change next.

    First write an empty form with --form and have it filled in.
    """
    from scenarios.input_errors import InputError

    if form is not None:
        return partial(_write_form, form)
    if answers is None:
        raise InputError("name the file with the answers; `run.py assess --form answers.yaml` writes an empty form")
    for one in facts or ():
        if "=" not in one:
            raise InputError(f'--fact "{one}" has no value; write it like hand_off_delay_d=2')
    from experiments.questions.assess.ask import AssessQuestion

    more = given(runs=runs, plausible=plausible, changes=changes, goal=goal, facts=facts)
    return AssessQuestion(answers, company, seed=seed, fixed=fixed, **more)


def _write_form(form: Path, running: Running) -> int:
    """Write the empty form in the language that was asked for; a file is replaced only with --replace."""
    from experiments.questions.assess.questionnaire import form_text
    from experiments.reporting.terminal import say, say_json
    from scenarios.input_errors import InputError

    suffix = form.suffix.lower()
    if suffix not in (".yaml", ".yml", ".csv"):
        raise InputError(f"{form}: a form is written as .yaml or .csv")
    if form.exists() and not running.replace:
        raise InputError(f"{form} is there already; name another file, or say --replace")
    try:
        form.write_text(form_text(suffix), encoding="utf-8")
    except OSError as error:
        raise InputError(f"{form} cannot be written ({error.strerror})") from None
    if running.as_json:
        say_json({"form": str(form)})
    else:
        say(f"{form}\nHave both sides fill it in, then: python run.py assess {form}")
    return DONE
