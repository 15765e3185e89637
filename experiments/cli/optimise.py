"""`run.py optimise`: which budget, cadence and pay?"""

from typing import Annotated

import typer

from experiments.cli.options import Changes, Company, Fixed, Question, Seed, given, vary_option


def optimise(
    company: Company = "reference",
    vary: Annotated[list[str] | None, vary_option("budget, cadence and pay")] = None,
    generations: Annotated[int, typer.Option(help="Generations of the search.")] = 6,
    population: Annotated[int, typer.Option(help="Designs in a generation.")] = 20,
    worlds: Annotated[int, typer.Option(help="Worlds every design meets, each with its own draw.")] = 20,
    fresh: Annotated[int, typer.Option(help="Fresh worlds for the best; half of them choose.")] = 100,
    seed: Seed = 0,
    changes: Changes = None,
    fixed: Fixed = False,
) -> Question:
    """Search budget, meetings and pay for several goals at once.

    Gain, robustness against everything uncertain, and relationship; the best are lived again in fresh worlds.
    """
    from experiments.questions.optimise.ask import OptimiseQuestion

    return OptimiseQuestion(
        company,
        generations=generations,
        population=population,
        worlds=worlds,
        fresh=fresh,
        seed=seed,
        fixed=fixed,
        **given(vary=vary, changes=changes),
    )
