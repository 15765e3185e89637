"""`run.py status`: how far a study is."""

from pathlib import Path
from typing import Annotated

import typer

from experiments.cli.options import DONE, Json
from experiments.reporting.console import say, say_json


def status(
    folder: Annotated[Path, typer.Argument(help="Folder that a sweep or another question of the lab writes to.")],
    as_json: Json = False,
) -> int:
    """Say how far a study is: done, missing, failed and damaged runs, time left, and how to go on."""
    from experiments.studies import status as reading

    found = reading.status(folder)
    say_json(reading.in_short(found)) if as_json else say(reading.in_text(found))
    return DONE
