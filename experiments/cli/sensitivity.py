"""`run.py sensitivity`: what does the answer hang on?"""

from typing import Annotated

import typer

from experiments.cli.options import Changes, Company, Practices, Question, Seed, given, vary_option


def sensitivity(
    company: Company = "reference",
    outcome: Annotated[str, typer.Option(help="Outcome to explain.")] = "contribution_eur",
    practices: Practices = None,
    against: Annotated[str | None, typer.Option(help="Explain the gain over this type.")] = None,
    vary: Annotated[list[str] | None, vary_option("all that is uncertain")] = None,
    trajectories: Annotated[int, typer.Option(help="Paths of the screening.")] = 8,
    keep: Annotated[int, typer.Option(help="Inputs that survive the screening.")] = 6,
    points: Annotated[int, typer.Option(help="Base points of the Sobol indices.")] = 128,
    runs: Annotated[int, typer.Option(help="Worlds every point meets.")] = 2,
    seed: Seed = 0,
    changes: Changes = None,
) -> Question:
    """Say which uncertain parameters the outcome hangs on.

    Morris sieves them all, Sobol indices share out the variance among the survivors.
    """
    from experiments.questions.sensitivity.ask import SensitivityQuestion

    return SensitivityQuestion(
        company,
        outcome,
        practices,
        against,
        trajectories=trajectories,
        keep=keep,
        points=points,
        runs=runs,
        seed=seed,
        **given(vary=vary, changes=changes),
    )
