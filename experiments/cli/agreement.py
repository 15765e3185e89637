"""`run.py agree`: does a simulated company reproduce the published figures of a real one?"""

from typing import Annotated

import typer

from experiments.cli.options import Question, Seed


def agree(
    company: Annotated[str, typer.Argument(help="Company with published figures.")] = "olist_signup",
    runs: Annotated[int, typer.Option(help="Runs to average over.")] = 20,
    seed: Seed = 0,
) -> Question:
    """Hold a company against published figures.

    Exit code 1 if a simulated figure is further from the real one than allowed.
    """
    from experiments.questions.agreement.ask import AgreeQuestion

    return AgreeQuestion(company, runs, seed)
