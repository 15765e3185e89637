"""`run.py roadmap`: which practice should change next?"""

import sys
from typing import Annotated

import typer

from experiments.command_line import Changes, Company, Json, Out, Seed, Workers, compile_first, deliver, folder_for
from experiments.progress import progress_bar

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
    out: Out = None,
    changes: Changes = None,
    as_json: Json = False,
) -> int:
    """Say which practice to change next, and on which path.

    What is each practice worth alone, last, and on average over all orders?
    """
    import scenarios
    from experiments import roadmap as asking
    from experiments.delivery import of_note
    from experiments.roadmap_note import note_of
    from experiments.runner import Settings
    from experiments.what_if import baseline

    question = asking.Question(
        start,
        goal,
        seed=seed,
        changes=scenarios.parse_changes(changes or []),
        **({} if runs is None else {"runs": runs}),
    )
    settings = Settings(workers=workers)
    begin = baseline(company, start, question.changes)
    folder = folder_for(out, begin.name, "roadmap")
    compile_first()
    ends = asking.ends_of(company, question, settings)
    with progress_bar(f"{begin.name}, {len(ends.practices)} practices") as on_progress:
        found = asking.ask(company, ends, question, asking.asked_rows(ends, settings, on_progress, folder))
    return deliver(of_note(note_of(found), folder, sys.argv[1:]), as_json)
