"""`run.py sweep`: try many points, and say what makes the difference."""

from pathlib import Path
from typing import Annotated

import typer

from experiments.cli.options import Changes, Fixed, Question, given, vary_option

_KEEP = "Keep points that meet it, e.g. 'a.b <= a.c'."


def sweep(
    company: Annotated[str, typer.Argument(help="A company (name or file), or an experiment file.")] = "reference",
    vary: Annotated[list[str] | None, vary_option("type and turbulence")] = None,
    constraint: Annotated[list[str] | None, typer.Option(help=_KEEP)] = None,
    design: Annotated[str | None, typer.Option(help="grid, latin-hypercube, sobol, one-at-a-time, ...")] = None,
    points: Annotated[int | None, typer.Option(help="Points of a sampled design; 100 if not given.")] = None,
    points_file: Annotated[Path | None, typer.Option(help="CSV file with the points: a column a parameter.")] = None,
    runs: Annotated[int | None, typer.Option(help="Worlds for each point; 20 if not given.")] = None,
    seed: Annotated[int | None, typer.Option(help="Seed of the first world; 0 if not given.")] = None,
    indifference: Annotated[float | None, typer.Option(help="EUR a year that do not matter to you.")] = None,
    changes: Changes = None,
    fixed: Fixed = False,
) -> Question:
    """Try many points: practices, markets or any parameter over ranges.

    Which setting does best, and what moves contribution? The same command goes on where it was interrupted.
    """
    from experiments.questions.sweep.ask import SweepQuestion

    return SweepQuestion(
        company,
        design=design,
        points=points,
        points_file=points_file,
        runs=runs,
        seed=seed,
        indifference=indifference,
        fixed=fixed,
        **given(vary=vary, constraints=constraint, changes=changes),
    )
