"""`run.py lead`: what happened to one prospect in two worlds?"""

from typing import Annotated

import typer

from experiments.cli.options import Changes, Company, Question, Seed, given


def lead(
    company: Company,
    lead: Annotated[int | None, typer.Option(help="Number of the prospect; a telling one if not given.")] = None,
    practices: Annotated[str | None, typer.Option(help="Type whose practices the first world has.")] = None,
    against: Annotated[str | None, typer.Option(help="Type whose practices the second world has.")] = None,
    changes: Changes = None,
    seed: Seed = 0,
) -> Question:
    """Tell the history of one prospect in two worlds, side by side.

    The second world differs by --against or by --set; luck is the same in both.
    """
    from experiments.questions.lead_history.ask import LeadQuestion

    return LeadQuestion(company, lead, practices, against, seed=seed, **given(changes=changes))
