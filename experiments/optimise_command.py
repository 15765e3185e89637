"""`run.py optimise`: which budget, cadence and pay?"""

import sys
from typing import Annotated

import typer

from experiments.command_line import Changes, Company, Json, Out, Seed, Workers, compile_first, deliver, folder_for
from experiments.progress import progress_bar

VARY = "A lever to search, e.g. practices.meeting_every_d=1:63; budget, cadence and pay if not given."


def optimise(  # noqa: PLR0913  # one parameter per option
    company: Company = "reference",
    vary: Annotated[list[str] | None, typer.Option(metavar="PATH[=VALUES]", help=VARY)] = None,
    generations: Annotated[int, typer.Option(help="Generations of the search.")] = 6,
    population: Annotated[int, typer.Option(help="Designs in a generation.")] = 20,
    worlds: Annotated[int, typer.Option(help="Uncertain worlds every design meets.")] = 20,
    fresh: Annotated[int, typer.Option(help="Fresh worlds in which the best are lived again.")] = 100,
    seed: Seed = 0,
    workers: Workers = None,
    out: Out = None,
    changes: Changes = None,
    as_json: Json = False,
) -> int:
    """Search budget, meetings and pay for several goals at once.

    Gain, robustness against everything uncertain, and relationship; the best are lived again in fresh worlds.
    """
    import scenarios
    from experiments import optimise as asking
    from experiments.compare import present
    from experiments.delivery import of_note
    from experiments.designs.dimension import parse_vary
    from experiments.optimise_note import note_of
    from experiments.runner import Settings

    laid_on = scenarios.parse_changes(changes or [])
    base = present(company, laid_on)
    levers = tuple(parse_vary(vary, base)) if vary else None
    sizes = {"generations": generations, "population": population, "worlds": worlds, "fresh": fresh}
    question = asking.Question(levers, seed=seed, changes=laid_on, **sizes)
    folder = folder_for(out, base.name, "optimise")
    compile_first()
    with progress_bar(f"{base.name}, designs") as on_progress:
        found = asking.optimise(company, question, Settings(workers=workers), on_progress, folder)
    return deliver(of_note(note_of(found), folder, sys.argv[1:]), as_json)
