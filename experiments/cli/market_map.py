"""`run.py map`: which type wins over two dimensions of the market?"""

from typing import Annotated, Any

import typer

from experiments.cli.backends import Backend, Scheduler, answered, settings_for
from experiments.cli.options import Changes, Company, Json, Out, Seed, Workers, folder_for

X, Y = "market.turbulence=0.2:3:5", "segments.*.complexity=0.3:2:5"
AXIS = "Values from:to:how many, or a list separated by commas."


def market_map(  # noqa: PLR0913  # one parameter per option
    company: Company = "reference",
    x: Annotated[str, typer.Option(metavar="PATH=VALUES", help=f"First dimension. {AXIS}")] = X,
    y: Annotated[str, typer.Option(metavar="PATH=VALUES", help=f"Second dimension. {AXIS}")] = Y,
    types: Annotated[str | None, typer.Option(help="Types that compete, e.g. defined,aligned.")] = None,
    runs: Annotated[int | None, typer.Option(help="Worlds every type lives in every cell; 40 if not given.")] = None,
    indifference: Annotated[float, typer.Option(help="EUR a run that do not matter to you.")] = 0.0,
    seed: Seed = 0,
    workers: Workers = None,
    backend: Backend = "processes",
    scheduler: Scheduler = None,
    out: Out = None,
    changes: Changes = None,
    as_json: Json = False,
) -> int:
    """Map which relationship type wins over two dimensions of the market.

    By how much, and how sure is the border between them?
    """
    import scenarios
    from experiments.designs.dimension import parse_vary
    from experiments.questions.market_map import ask as asking
    from experiments.questions.market_map.report import note_of

    laid_on = scenarios.parse_changes(changes or [])
    base = scenarios.load(company, changes=laid_on)
    across, up = (parse_vary([text], base)[0] for text in (x, y))
    more = {"runs": runs} if runs is not None else {}
    names = {"types": tuple(name.strip() for name in types.split(","))} if types is not None else {}
    question = asking.Question(across, up, seed=seed, indifference=indifference, changes=laid_on, **names, **more)  # type: ignore[arg-type]
    settings, folder = settings_for(workers, backend, scheduler), folder_for(out, base.name, "map")

    def ask(tell: Any) -> Any:
        """Answer the question, telling how far it is."""
        return note_of(asking.market_map(company, question, settings, tell, folder))

    return answered(ask, f"{base.name}, {len(asking.points_of(question))} points", folder, as_json)
