"""`run.py roadmap`: which practice should change next?"""

from typing import Annotated, Any

import typer

from experiments.cli.backends import Backend, Scheduler, answered, settings_for
from experiments.cli.options import Changes, Company, Json, Out, Seed, Workers, folder_for

START = "Type whose practices to start from; the company's own if not given."


def roadmap(  # noqa: PLR0913  # one parameter per option
    company: Company = "reference",
    start: Annotated[str | None, typer.Option("--from", help=START)] = None,
    goal: Annotated[
        str | None, typer.Option("--to", help="Type to go to; the one that earns most if not given.")
    ] = None,
    runs: Annotated[int | None, typer.Option(help="Worlds in which every practice is tried; 40 if not given.")] = None,
    seed: Seed = 0,
    workers: Workers = None,
    backend: Backend = "processes",
    scheduler: Scheduler = None,
    out: Out = None,
    changes: Changes = None,
    as_json: Json = False,
) -> int:
    """Say which practice to change next, and on which path.

    What is each practice worth alone, last, and on average over all orders?
    """
    import scenarios
    from experiments.questions.roadmap import ask as asking
    from experiments.questions.roadmap.report import note_of
    from experiments.questions.what_if.ask import baseline

    question = asking.Question(
        start,
        goal,
        seed=seed,
        changes=scenarios.parse_changes(changes or []),
        **({} if runs is None else {"runs": runs}),
    )
    begin = baseline(company, start, question.changes)
    settings, folder = settings_for(workers, backend, scheduler), folder_for(out, begin.name, "roadmap")

    def ask(tell: Any) -> Any:
        """Answer the question, telling how far it is."""
        return note_of(asking.roadmap(company, question, settings, tell, folder))

    return answered(ask, f"{begin.name}, practices", folder, as_json)
