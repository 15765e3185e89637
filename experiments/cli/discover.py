"""`run.py discover`: in which markets and companies does a design lose?"""

from typing import Annotated, Any

import typer

from experiments.cli.backends import Backend, Scheduler, answered, settings_for
from experiments.cli.options import Changes, Company, Json, Out, Seed, Workers, folder_for

VARY = "What varies, e.g. market.turbulence=0:3; market and size if not given."


def discover(  # noqa: PLR0913  # one parameter per option
    company: Company = "reference",
    design: Annotated[str, typer.Option(help="Type that may lose.")] = "integrated",
    against: Annotated[str | None, typer.Option(help="Type it competes with; today's practices if not given.")] = None,
    vary: Annotated[list[str] | None, typer.Option(metavar="PATH[=VALUES]", help=VARY)] = None,
    points: Annotated[int, typer.Option(help="Companies to sample.")] = 400,
    runs: Annotated[int, typer.Option(help="Worlds each company lives with both.")] = 3,
    seed: Seed = 0,
    workers: Workers = None,
    backend: Backend = "processes",
    scheduler: Scheduler = None,
    out: Out = None,
    changes: Changes = None,
    as_json: Json = False,
) -> int:
    """Say in which markets and companies a design loses against another.

    Companies are sampled; PRIM and CART find where the losses lie. Needs the extra `discover`.
    """
    import scenarios
    from experiments.designs.dimension import parse_vary
    from experiments.questions.compare.ask import present
    from experiments.questions.discover import ask as asking
    from experiments.questions.discover.report import note_of
    from experiments.statistics.prim_cart import check_installed

    check_installed()
    asking.check_types([design, against])
    laid_on = scenarios.parse_changes(changes or [])
    base = present(company, laid_on)
    dimensions = tuple(parse_vary(vary, base)) if vary else None
    question = asking.Question(design, against, dimensions, points, runs, seed, laid_on)
    settings, folder = settings_for(workers, backend, scheduler), folder_for(out, base.name, "discover")

    def ask(tell: Any) -> Any:
        """Answer the question, telling how far it is."""
        return note_of(asking.discover(company, question, settings, tell, folder))

    return answered(ask, f"{base.name}, {points} companies", folder, as_json)
