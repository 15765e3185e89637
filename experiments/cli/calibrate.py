"""`run.py calibrate`: fit a company to its own data, and see whether it predicts the months held out."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from experiments.cli.options import (
    DONE,
    INTERRUPTED,
    Changes,
    Company,
    Json,
    Out,
    Seed,
    Workers,
    compile_first,
    deliver,
    folder_for,
)
from experiments.reporting.console import complain, say, say_json
from experiments.reporting.progress import progress_bar

if TYPE_CHECKING:
    from experiments.cli.delivery import Delivery
    from experiments.questions.calibrate.ask import Calibration, Question


def calibrate(  # noqa: PLR0913  # one parameter per option
    company: Company,
    leads: Annotated[Path, typer.Option(help="Leads of a CRM export, CSV.")],
    deals: Annotated[Path, typer.Option(help="Deals of a CRM export, CSV; may be the same file.")],
    mapping: Annotated[Path, typer.Option("--map", help="Which columns hold what, YAML.")],
    fit: Annotated[
        list[str] | None, typer.Option(metavar="PATH=LOW:HIGH", help="Fit this parameter; x0.5:x2 for multiples.")
    ] = None,
    runs: Annotated[int | None, typer.Option(help="Runs in all; 1,600 if not given.")] = None,
    only_read: Annotated[bool, typer.Option("--only-read", help="Read and measure the data, fit nothing.")] = False,
    changes: Changes = None,
    seed: Seed = 0,
    workers: Workers = None,
    out: Out = None,
    as_json: Json = False,
) -> int:
    """Fit a company to its own CRM data.

    The first part of the period is fitted, the rest is predicted and compared.
    """
    import scenarios
    from experiments.execution.runner import Settings
    from experiments.questions.calibrate import ask as asking
    from experiments.questions.calibrate.simulated_targets import InterruptedRuns
    from experiments.store.run_archive import forget

    plan = asking.Plan(
        fit=tuple(fit or ()),
        seed=seed,
        changes=scenarios.parse_changes(changes or []),
        **({} if runs is None else {"runs": runs}),
    )
    settings = Settings(workers=workers)
    question = asking.ask(company, asking.Files(leads, deals, mapping), plan)
    if only_read:
        return _read(question, as_json)
    folder = folder_for(out, question.company.name, "calibrate")
    kept = _place_for_runs(folder)
    compile_first()
    try:
        with progress_bar(f"{question.company.name}, {len(question.uncertain)} parameters") as on_progress:
            found = asking.calibrate(question, plan, settings, on_progress, kept)
    except InterruptedRuns:
        if as_json:
            say_json({"folder": str(kept), "is_complete": False})
        complain(f"interrupted; the same command goes on from there (finished runs lie in {kept})")
        return INTERRUPTED
    made = _delivery(found, folder)
    if found.failures:
        complain(f"what failed lies in {kept}, each run with its company; the same command tries these again")
    else:
        forget(kept)  # not before the answer is written
    return deliver(made, as_json)


def _place_for_runs(folder: Path) -> Path:
    """A folder beside that of the results, for runs until the answer is written; raises InputError if it is in use."""
    from experiments.reporting import results_folder as store
    from scenarios.input_errors import InputError

    kept = folder.with_name(f"{folder.name}-runs")
    store.check_folder(kept)
    if store.read_manifest(kept).get("question", "calibrate") != "calibrate":
        raise InputError(
            f"{kept}, where runs lie until all is done, holds other results; give another folder with --out"
        )
    return kept


def _delivery(found: "Calibration", folder: Path) -> "Delivery":
    """Write a calibration to its folder."""
    from experiments.cli.delivery import of_note
    from experiments.questions.calibrate.report import FITTED_FILE, note_of
    from experiments.store.provenance import provenance

    made = of_note(note_of(found, provenance(sys.argv[1:]).command, folder), folder, sys.argv[1:])
    return replace(made, text=f"{made.text}\n{folder / FITTED_FILE}")


def _read(question: "Question", as_json: bool) -> int:
    """Say what the data hold, and what was left out of them."""
    from experiments.questions.calibrate.report import left_out_table
    from experiments.reporting.terminal import columns
    from experiments.wording.numbers import amount, counted

    left = left_out_table(question)
    if as_json:
        records = {"targets": question.targets_table.to_dict("records"), "left_out": left.to_dict("records")}
        say_json({"company": question.company.name, **records, "notes": list(question.export.notes)})
        return DONE
    rows = [
        (target.name, target.role, amount(one.value, target.unit), f"{one.n:,}", amount(one.error, target.unit))
        for target, one in zip(question.targets, question.measured, strict=True)
    ]
    say(columns(("target", "role", "value", "made of", "standard error"), rows))
    for row in left.to_dict("records"):
        say(f"{row['file']}: {counted(row['n'], 'row')} left out: {row['reason']} ({row['example']})")
    for note in question.export.notes:
        say(note)
    return DONE
