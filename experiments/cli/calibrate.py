"""`run.py calibrate`: fit a company to its own data, and see whether it predicts the months held out."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from experiments.cli.options import Changes, Company, Seed, changes_in, given

if TYPE_CHECKING:
    from experiments.questions.calibrate.ask import CalibrateQuestion

_FIT = "Fit this parameter; x0.5:x2 for multiples."


def calibrate(
    company: Company,
    leads: Annotated[Path, typer.Option(help="Leads of a CRM export, CSV.")],
    deals: Annotated[Path, typer.Option(help="Deals of a CRM export, CSV; may be the same file.")],
    mapping: Annotated[Path, typer.Option("--map", help="Which columns hold what, YAML.")],
    fit: Annotated[list[str] | None, typer.Option(metavar="PATH=LOW:HIGH", help=_FIT)] = None,
    runs: Annotated[int | None, typer.Option(help="Runs in all; 1,600 if not given.")] = None,
    changes: Changes = None,
    seed: Seed = 0,
) -> "CalibrateQuestion":
    """Fit a company to its own CRM data.

    The first part of the period is fitted, the rest is predicted and compared.
    """
    from experiments.questions.calibrate.ask import CalibrateQuestion

    more = {"fit": tuple(fit or ()), "seed": seed, "changes": changes_in(changes), **given(runs=runs)}
    return CalibrateQuestion(company, leads, deals, mapping, **more)
