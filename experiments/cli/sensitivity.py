"""`run.py sensitivity`: what does the answer hang on?"""

from typing import Annotated, Any

import typer

from experiments.cli.backends import Backend, Scheduler, answered, settings_for
from experiments.cli.options import Changes, Company, Json, Out, Seed, Workers, folder_for

VARY = "What varies, e.g. market.turbulence=0:3; all that is uncertain if not given."


def sensitivity(  # noqa: PLR0913  # one parameter per option
    company: Company = "reference",
    outcome: Annotated[str, typer.Option(help="Outcome to explain.")] = "contribution_eur",
    practices: Annotated[str | None, typer.Option(help="Type whose practices to use instead of today's.")] = None,
    against: Annotated[str | None, typer.Option(help="Explain the gain over this type.")] = None,
    vary: Annotated[list[str] | None, typer.Option(metavar="PATH[=VALUES]", help=VARY)] = None,
    trajectories: Annotated[int, typer.Option(help="Paths of the screening.")] = 8,
    keep: Annotated[int, typer.Option(help="Inputs that survive the screening.")] = 6,
    points: Annotated[int, typer.Option(help="Base points of the Sobol indices.")] = 128,
    runs: Annotated[int, typer.Option(help="Worlds every point meets.")] = 2,
    seed: Seed = 0,
    workers: Workers = None,
    backend: Backend = "processes",
    scheduler: Scheduler = None,
    out: Out = None,
    changes: Changes = None,
    as_json: Json = False,
) -> int:
    """Say which uncertain parameters the outcome hangs on.

    Morris sieves them all, Sobol indices share out the variance among the survivors.
    """
    import scenarios
    from experiments.designs.dimension import parse_vary
    from experiments.questions.compare.ask import present
    from experiments.questions.sensitivity import ask as asking
    from experiments.questions.sensitivity.report import note_of

    laid_on = scenarios.parse_changes(changes or [])
    base = present(company, laid_on)
    inputs = tuple(parse_vary(vary, base)) if vary else None
    sizes = {"trajectories": trajectories, "keep": keep, "points": points, "runs": runs}
    question = asking.Question(outcome, practices, against, inputs, seed=seed, changes=laid_on, **sizes)
    settings, folder = settings_for(workers, backend, scheduler), folder_for(out, base.name, "sensitivity")

    def ask(tell: Any) -> Any:
        """Answer the question, telling how far it is."""
        return note_of(asking.sensitivity(company, question, settings, tell, folder))

    return answered(ask, f"{base.name}, what varies", folder, as_json)
