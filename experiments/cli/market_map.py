"""`run.py map`: which type wins over two dimensions of the market?"""

from typing import Annotated

import typer

from experiments.cli.options import Changes, Company, Fixed, Question, Seed, given

_AXIS = "Values from:to:how many, or a list separated by commas."


def market_map(
    company: Company = "reference",
    x: Annotated[str | None, typer.Option(metavar="PATH=VALUES", help=f"First dimension. {_AXIS}")] = None,
    y: Annotated[str | None, typer.Option(metavar="PATH=VALUES", help=f"Second dimension. {_AXIS}")] = None,
    types: Annotated[str | None, typer.Option(help="Types that compete, e.g. defined,aligned.")] = None,
    runs: Annotated[int | None, typer.Option(help="Worlds every type lives in every cell; 40 if not given.")] = None,
    indifference: Annotated[float, typer.Option(help="EUR a year that do not matter to you.")] = 0.0,
    seed: Seed = 0,
    changes: Changes = None,
    fixed: Fixed = False,
) -> Question:
    """Map which relationship type wins over two dimensions of the market.

    By how much, and how sure is the border between them?
    """
    from experiments.questions.market_map.ask import MapQuestion

    options = given(x=x, y=y, types=types, runs=runs, changes=changes)
    return MapQuestion(company, seed=seed, indifference=indifference, fixed=fixed, **options)
