"""`run.py optimise`: which budget, cadence and pay?"""

from typing import Annotated, Any

import typer

from experiments.cli.backends import Backend, Scheduler, answered, settings_for
from experiments.cli.options import Changes, Company, Json, Out, Seed, Workers, folder_for

VARY = "A lever to search, e.g. practices.meeting_every_d=1:63; budget, cadence and pay if not given."


def optimise(  # noqa: PLR0913  # one parameter per option
    company: Company = "reference",
    vary: Annotated[list[str] | None, typer.Option(metavar="PATH[=VALUES]", help=VARY)] = None,
    generations: Annotated[int, typer.Option(help="Generations of the search.")] = 6,
    population: Annotated[int, typer.Option(help="Designs in a generation.")] = 20,
    worlds: Annotated[int, typer.Option(help="Uncertain worlds every design meets.")] = 20,
    fresh: Annotated[int, typer.Option(help="Fresh worlds for the best; half of them choose.")] = 100,
    seed: Seed = 0,
    workers: Workers = None,
    backend: Backend = "processes",
    scheduler: Scheduler = None,
    out: Out = None,
    changes: Changes = None,
    as_json: Json = False,
) -> int:
    """Search budget, meetings and pay for several goals at once.

    Gain, robustness against everything uncertain, and relationship; the best are lived again in fresh worlds.
    """
    import scenarios
    from experiments.designs.dimension import parse_vary
    from experiments.questions.compare.ask import present
    from experiments.questions.optimise import ask as asking
    from experiments.questions.optimise.report import note_of

    laid_on = scenarios.parse_changes(changes or [])
    base = present(company, laid_on)
    levers = tuple(parse_vary(vary, base)) if vary else None
    sizes = {"generations": generations, "population": population, "worlds": worlds, "fresh": fresh}
    question = asking.Question(levers, seed=seed, changes=laid_on, **sizes)
    settings, folder = settings_for(workers, backend, scheduler), folder_for(out, base.name, "optimise")

    def ask(tell: Any) -> Any:
        """Answer the question, telling how far it is."""
        return note_of(asking.optimise(company, question, settings, tell, folder))

    return answered(ask, f"{base.name}, designs", folder, as_json)
