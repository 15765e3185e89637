"""`run.py sweep`: try many points, and say what makes the difference."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from experiments.cli.backends import Backend, Scheduler, settings_for
from experiments.cli.options import Changes, Json, Out, Workers, compile_first, deliver, folder_for
from experiments.reporting.progress import progress_bar

What = Annotated[str, typer.Argument(help="A company (name or file), or an experiment file.")]
Vary = Annotated[
    list[str] | None,
    typer.Option(metavar="PATH[=VALUES]", help="Vary it, e.g. market.turbulence=0:2:5, practices.liaison."),
]


def sweep(  # noqa: PLR0913  # one parameter per option
    what: What = "reference",
    vary: Vary = None,
    constraint: Annotated[list[str] | None, typer.Option(help="Keep points that meet it, e.g. 'a.b <= a.c'.")] = None,
    design: Annotated[str | None, typer.Option(help="grid, latin-hypercube, sobol, one-at-a-time, ...")] = None,
    points: Annotated[int | None, typer.Option(help="Points of a sampled design; 100 if not given.")] = None,
    points_file: Annotated[Path | None, typer.Option(help="CSV file with the points: a column a parameter.")] = None,
    runs: Annotated[int | None, typer.Option(help="Worlds for each point; 20 if not given.")] = None,
    seed: Annotated[int | None, typer.Option(help="Seed of the first world; 0 if not given.")] = None,
    indifference: Annotated[float | None, typer.Option(help="EUR a run that do not matter to you.")] = None,
    workers: Workers = None,
    backend: Backend = "processes",
    scheduler: Scheduler = None,
    out: Out = None,
    changes: Changes = None,
    as_json: Json = False,
) -> int:
    """Try many points: practices, markets or any parameter over ranges.

    Which setting does best, and what moves contribution? The same command goes on where it was interrupted.
    """
    import scenarios
    from experiments.cli.deliver_sweep import of_sweep
    from experiments.questions.sweep.ask import Asked, plan, run_sweep

    asked = Asked(
        vary=tuple(vary or ()),
        constraints=tuple(constraint or ()),
        design=design,
        points=points,
        runs=runs,
        seed=seed,
        indifference=indifference,
        points_file=points_file,
        changes=scenarios.parse_changes(changes or []),
    )
    planned = plan(what, asked)
    settings = settings_for(workers, backend, scheduler)
    folder = folder_for(out, Path(what).stem, "sweep")
    compile_first()
    with progress_bar(f"{planned.base.name}, {len(planned.points)} points") as on_progress:
        found = run_sweep(planned, folder, settings, on_progress)
    return deliver(of_sweep(found, folder, sys.argv[1:]), as_json)
