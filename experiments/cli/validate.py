"""`run.py validate`: does the model show what research and practice report?"""

from typing import Annotated

import typer

from experiments.cli.options import Question, Seed, given


def validate(
    only: Annotated[str | None, typer.Option(help="Patterns to look at, e.g. S4,V10; all if not given.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Few worlds: a first look.")] = False,
    ablate: Annotated[bool, typer.Option("--ablate", help="Ask again without each mechanism.")] = False,
    robustness: Annotated[int | None, typer.Option(help="Ask again in so many random settings, e.g. 100.")] = None,
    seed: Seed = 0,
) -> Question:
    """Hold the model against the patterns that research and practice report.

    Exit code 1 if a pattern does not hold.
    """
    from experiments.questions.validate.ask import ValidateQuestion

    return ValidateQuestion(is_quick=quick, ablate=ablate, robustness=robustness, seed=seed, **given(only=only))
