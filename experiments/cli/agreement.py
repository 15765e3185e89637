"""`run.py agree`: does a simulated company reproduce the published figures of a real one?"""

from typing import TYPE_CHECKING, Annotated

import typer

from experiments.cli.options import Seed

if TYPE_CHECKING:
    from experiments.questions.agreement.ask import AgreeQuestion


def agree(
    company: Annotated[str, typer.Argument(help="Company with published figures.")] = "olist_signup",
    runs: Annotated[int, typer.Option(help="Runs to average over.")] = 20,
    seed: Seed = 0,
) -> "AgreeQuestion":
    """Hold a company against published figures.

    Exit code 1 if a simulated figure is further from the real one than allowed.
    """
    from experiments.questions.agreement.ask import AgreeQuestion

    return AgreeQuestion(company, runs, seed)
