"""`run.py what-if`: what is one change worth?"""

from typing import Annotated

import typer

from experiments.cli.options import Changes, Company, Fixed, Precision, Question, Seed, given


def what_if(
    company: Company,
    changes: Changes = None,
    practices: Annotated[str | None, typer.Option(help="Type whose practices to start from.")] = None,
    given_too: Annotated[
        list[str] | None, typer.Option("--given", metavar="PATH=VALUE", help="Change it in both worlds.")
    ] = None,
    precision: Precision = None,
    runs: Annotated[int | None, typer.Option(help="Worlds, each lived twice; 200 if not given.")] = None,
    seed: Seed = 0,
    fixed: Fixed = False,
) -> Question:
    """Say what one change is worth to a company, and where that arises.

    The same worlds are lived with and without the change.
    """
    from experiments.questions.what_if.ask import WhatIfQuestion

    options = given(changes=changes or (), given=given_too, precision=precision, runs=runs)
    return WhatIfQuestion(company, practices=practices, seed=seed, fixed=fixed, **options)
