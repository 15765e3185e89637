"""`run.py compare`: which way of working together earns most?"""

from typing import Annotated

import typer

from experiments.cli.options import Changes, Company, Fixed, Precision, Question, Seed, given


def compare(
    company: Company = "reference",
    types: Annotated[str | None, typer.Option(help="Types to compare, e.g. defined,aligned or today,aligned.")] = None,
    precision: Precision = None,
    runs: Annotated[int | None, typer.Option(help="Paired runs of every type; 200 if not given.")] = None,
    seed: Seed = 0,
    changes: Changes = None,
    fixed: Fixed = False,
    quick: Annotated[bool, typer.Option("--quick", help="The answer alone, not where it comes from.")] = False,
) -> Question:
    """Compare the relationship types for a company.

    Which earns most, by how much, where does it come from, and how sure is that?
    """
    from experiments.questions.compare.ask import CompareQuestion

    options = given(types=types, precision=precision, runs=runs, seed=seed, changes=changes)
    return CompareQuestion(company, fixed=fixed, is_quick=quick, **options)
