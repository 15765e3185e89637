"""`run.py brief`: what to do next, on one page."""

from typing import Annotated

import typer

from experiments.cli.options import Changes, Company, Fixed, Question, Seed, given


def brief(
    company: Company = "reference",
    runs: Annotated[int | None, typer.Option(help="Replications of each way; 100 if not given.")] = None,
    seed: Seed = 0,
    changes: Changes = None,
    fixed: Fixed = False,
) -> Question:
    """Put on one page what to do next, what it is worth, and what would overturn it.

    Today, the next steps and the best type as ranges of revenue and contribution a year.
    """
    from experiments.questions.brief.ask import BriefQuestion

    return BriefQuestion(company, seed=seed, fixed=fixed, **given(runs=runs, changes=changes))
