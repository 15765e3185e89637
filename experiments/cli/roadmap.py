"""`run.py roadmap`: which practice should change next?"""

from typing import Annotated

import typer

from experiments.cli.options import Changes, Company, Fixed, Question, Seed, given

_START = "Type whose practices to start from; the company's own if not given."
_GOAL = "Type to go to; the one that earns most if not given."


def roadmap(
    company: Company = "reference",
    start: Annotated[str | None, typer.Option("--from", help=_START)] = None,
    goal: Annotated[str | None, typer.Option("--to", help=_GOAL)] = None,
    runs: Annotated[int | None, typer.Option(help="Worlds in which every practice is tried; 40 if not given.")] = None,
    seed: Seed = 0,
    changes: Changes = None,
    fixed: Fixed = False,
) -> Question:
    """Say which practice to change next, and on which path.

    What is each practice worth alone, last, and on average over all orders?
    """
    from experiments.questions.roadmap.ask import RoadmapQuestion

    return RoadmapQuestion(company, start, goal, seed=seed, fixed=fixed, **given(runs=runs, changes=changes))
