"""`run.py discover`: in which markets and companies does a design lose?"""

from typing import Annotated

import typer

from experiments.cli.options import Changes, Company, Fixed, Question, Seed, given, vary_option


def discover(
    company: Company = "reference",
    design: Annotated[str, typer.Option(help="Type that may lose.")] = "integrated",
    against: Annotated[str | None, typer.Option(help="Type it competes with; today's practices if not given.")] = None,
    vary: Annotated[list[str] | None, vary_option("market and size")] = None,
    points: Annotated[int, typer.Option(help="Companies to sample.")] = 400,
    runs: Annotated[int, typer.Option(help="Worlds of its own each company lives with both.")] = 3,
    seed: Seed = 0,
    changes: Changes = None,
    fixed: Fixed = False,
) -> Question:
    """Say in which markets and companies a design loses against another.

    Companies are sampled; PRIM and CART find where the losses lie. Needs the extra `discover`.
    """
    from experiments.questions.discover.ask import DiscoverQuestion

    options = given(vary=vary, changes=changes)
    return DiscoverQuestion(company, design, against, points=points, runs=runs, seed=seed, fixed=fixed, **options)
