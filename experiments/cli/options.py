"""What the commands share: their options, the folder for results, how an answer is handed over, exit codes."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from experiments.reporting.console import complain, say, say_json

if TYPE_CHECKING:
    from experiments.cli.delivery import Delivery

DONE, DISAGREES, WRONG_INPUT, SOME_FAILED, INTERRUPTED = 0, 1, 2, 3, 130

Seed = Annotated[int, typer.Option(help="Seed of the first world; world k has seed + k.")]
Workers = Annotated[int | None, typer.Option(help="Worker processes; one per core if not given.")]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON, and nothing else, on stdout.")]
Changes = Annotated[list[str] | None, typer.Option("--set", metavar="PATH=VALUE", help="Change a parameter.")]
Company = Annotated[str, typer.Argument(help="Name of a shipped company, or path of a company file.")]
Out = Annotated[Path | None, typer.Option(help="Folder for the results.")]


def deliver(made: "Delivery", as_json: bool) -> int:
    """Say the answer, and tell by the exit code how it went."""
    from experiments.wording.numbers import counted

    say_json(made.told) if as_json else say(made.text)
    if made.is_interrupted:
        complain(f"interrupted; what was done lies in {made.folder}")
        return INTERRUPTED
    if made.failed:
        complain(f"{counted(len(made.failed), 'run')} failed, e.g. {made.failed[0]}")
        return SOME_FAILED
    return DONE


def folder_for(out: Path | None, company: str, kind: str) -> Path:
    """The folder asked for, or the usual one; raises InputError unless results may be written there."""
    from experiments.reporting import results_folder as store

    folder = out or store.default_folder(company, kind)
    store.check_folder(folder)
    return folder


def compile_first() -> None:
    """Load the compiled model; say so if it has to be compiled first."""
    from experiments.reporting.progress import compile_model

    compile_model(complain)
