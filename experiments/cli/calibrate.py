"""`run.py calibrate`: fit a company to its own data, and see whether it predicts the months held out."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from experiments.cli.options import DONE, Changes, Question, Running, Seed, given

_COMPANY = "Name of a shipped company, path of a company file, or nearest: the shipped one nearest to the data."
_FIT = "Fit this parameter; x0.5:x2 for multiples."


def calibrate(
    company: Annotated[str, typer.Argument(help=_COMPANY)],
    leads: Annotated[Path, typer.Option(help="Leads of a CRM export, CSV.")],
    deals: Annotated[Path, typer.Option(help="Deals of a CRM export, CSV; may be the same file.")],
    mapping: Annotated[Path, typer.Option("--map", help="Which columns hold what, YAML.")],
    fit: Annotated[list[str] | None, typer.Option(metavar="PATH=LOW:HIGH", help=_FIT)] = None,
    runs: Annotated[int | None, typer.Option(help="Runs in all; 1,600 if not given.")] = None,
    only_read: Annotated[bool, typer.Option("--only-read", help="Read and measure the data, fit nothing.")] = False,
    changes: Changes = None,
    seed: Seed = 0,
) -> Question | Callable[[Running], int]:
    """Fit a company to its own CRM data.

    The first part of the period is fitted, the rest is predicted and compared.
    """
    from experiments.questions.calibrate.ask import CalibrateQuestion

    more = given(fit=fit, runs=runs, seed=seed, changes=changes)
    question = CalibrateQuestion(company, leads, deals, mapping, **more)
    return partial(_read, question) if only_read else question


def _read(question: Question, running: Running) -> int:
    """Say what the data hold, and what was left out of them."""
    from experiments.reporting.terminal import columns, say, say_json
    from experiments.wording.numbers import amount, counted

    plan = question.plan()
    left = plan.left_out_table.to_dict("records")
    if running.as_json:
        records = {"targets": plan.targets_table.to_dict("records"), "left_out": left}
        say_json({"company": plan.company, **records, "notes": list(plan.export.notes)})
        return DONE
    rows = [
        (target.name, target.role, amount(one.value, target.unit), f"{one.n:,}", amount(one.error, target.unit))
        for target, one in zip(plan.targets, plan.measured, strict=True)
    ]
    say(columns(("target", "role", "value", "made of", "standard error"), rows))
    for row in left:
        say(f"{row['file']}: {counted(row['n'], 'row')} left out: {row['reason']} ({row['example']})")
    for note in plan.export.notes:
        say(note)
    return DONE
