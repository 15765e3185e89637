"""`run.py ensemble`: which assumptions agree with what is published?"""

from typing import Annotated

import typer

from experiments.cli.options import Changes, Company, Question, Seed, given


def ensemble(
    company: Company = "reference",
    draws: Annotated[int | None, typer.Option(help="Draws wanted; 300 if not given.")] = None,
    wave: Annotated[int | None, typer.Option(help="Draws tried in a wave; 500 if not given.")] = None,
    most: Annotated[int | None, typer.Option(help="Draws tried in all, at most; 12000 if not given.")] = None,
    seed: Seed = 0,
    changes: Changes = None,
) -> Question:
    """Find joint draws of all that is uncertain which agree with published figures.

    What is ruled out, what is left, which parameters are told? Other questions draw their assumptions from the result.
    """
    from experiments.questions.ensemble.ask import EnsembleQuestion

    return EnsembleQuestion(company, **given(draws=draws, wave=wave, most=most, seed=seed, changes=changes))
