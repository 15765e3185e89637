"""`run.py calibrate`: fit a company to its own data, and see whether it predicts the months held out."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from experiments.cli.options import DONE, Changes, Question, Running, Seed, given

_COMPANY = "Name of a shipped company, path of a company file, or nearest: the shipped one nearest to the data."
_MAP = "Which columns hold what, YAML; found out where that is sure, see `import`."
_FIT = "Fit this parameter; x0.5:x2 for multiples."


def calibrate(
    company: Annotated[str, typer.Argument(help=_COMPANY)],
    leads: Annotated[Path, typer.Option(help="Leads of a CRM export, CSV or .xlsx.")],
    deals: Annotated[Path | None, typer.Option(help="Deals of it; none if the file of leads holds both.")] = None,
    mapping: Annotated[Path | None, typer.Option("--map", help=_MAP)] = None,
    fit: Annotated[list[str] | None, typer.Option(metavar="PATH=LOW:HIGH", help=_FIT)] = None,
    runs: Annotated[int | None, typer.Option(help="Runs in all; 1,600 if not given.")] = None,
    only_read: Annotated[bool, typer.Option("--only-read", help="Read and measure the data, fit nothing.")] = False,
    every: Annotated[bool, typer.Option("--all", help="With --only-read, print every target.")] = False,
    changes: Changes = None,
    seed: Seed = 0,
) -> Question | Callable[[Running], int]:
    """Fit a company to its own CRM data.

    The first part of the period is fitted, the rest is predicted and compared.
    """
    from experiments.questions.calibrate.ask import CalibrateQuestion

    more = given(fit=fit, runs=runs, seed=seed, changes=changes)
    question = CalibrateQuestion(company, leads, deals, mapping, **more)
    return partial(_read, question, every=every) if only_read else question


def _read(question: Question, running: Running, *, every: bool) -> int:
    """Say what was understood of the data, what was left out of them, and how many targets they make."""
    from experiments.crm.import_text import left_out_lines, named_lines
    from experiments.crm.understood import understood
    from experiments.reporting.terminal import say, say_json

    plan = question.plan()
    known = understood(plan.export)
    if running.as_json:
        targets, left = (table.to_dict("records") for table in (plan.targets_table, plan.left_out_table))
        record = {"company": plan.company, "understood": known.record, "targets": targets, "left_out": left}
        say_json(record | {"notes": list(plan.export.notes)})
        return DONE
    lines = [*named_lines([*known.main, *known.details]), *(f"  {line}" for line in left_out_lines(plan.export))]
    n = len(plan.targets)
    lines += ["", _targets(plan) if every else f"{n:,} targets can be measured; --all prints them"]
    say("\n".join(lines))
    return DONE


def _targets(plan: Any) -> str:
    """Every target with its value, of how many it is made, and its standard error."""
    from experiments.reporting.terminal import columns
    from experiments.wording.numbers import amount

    rows = [
        (target.name, target.role, amount(one.value, target.unit), f"{one.n:,}", amount(one.error, target.unit))
        for target, one in zip(plan.targets, plan.measured, strict=True)
    ]
    return columns(("target", "role", "value", "made of", "standard error"), rows)
