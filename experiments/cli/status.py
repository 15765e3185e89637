"""`run.py status`: how far a study is."""

from pathlib import Path
from typing import Annotated

import typer

from experiments.cli.options import DONE, Json
from experiments.reporting.terminal import say, say_json


def status(
    folder: Annotated[Path, typer.Argument(help="Folder that a question writes to.")], as_json: Json = False
) -> int:
    """Say how far a study is: done, missing, failed and damaged runs, time left, and how to go on."""
    from experiments.studies import study_status as reading

    known = reading.status(folder)
    say_json(reading.as_record(known)) if as_json else say(reading.in_text(known))
    return DONE
