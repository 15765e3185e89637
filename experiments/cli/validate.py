"""`run.py validate`: does the model show what research and practice report?"""

from typing import Annotated

import typer

from experiments.cli.options import Question, Seed, given


def validate(  # each is an option
    only: Annotated[str | None, typer.Option(help="Patterns to look at, e.g. S4,V10; all if not given.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Few worlds: a first look.")] = False,
    ablate: Annotated[bool, typer.Option("--ablate", help="Ask again without each mechanism.")] = False,
    robustness: Annotated[
        int | None,
        typer.Option(
            help="Ask again in so many draws of the ensemble, e.g. 100; 10 if not given, of patterns that take few "
            "runs, and none with --only or --quick."
        ),
    ] = None,
    knock_outs: Annotated[
        bool, typer.Option("--knock-outs", help="What each part of the relationship is worth, in the four types.")
    ] = False,
    survey: Annotated[bool, typer.Option("--survey", help="Ask companies of all kinds, as studies do.")] = False,
    company: Annotated[str | None, typer.Option(help="Company of the knock-outs; reference if not given.")] = None,
    companies: Annotated[int | None, typer.Option(help="Companies of the survey; 300 if not given.")] = None,
    seed: Seed = 0,
) -> Question:
    """Hold the model against the patterns that research and practice report.

    Exit code 1 if a pattern does not hold.
    """
    from experiments.questions.validate.ask import ValidateQuestion

    said = given(only=only, company=company, companies=companies)
    return ValidateQuestion(
        is_quick=quick, ablate=ablate, robustness=robustness, knock_outs=knock_outs, survey=survey, seed=seed, **said
    )
