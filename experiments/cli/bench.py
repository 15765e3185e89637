"""`run.py bench`: how fast the model runs here."""

from typing import Annotated

import typer

from experiments.cli.options import DONE, Json
from experiments.reporting.terminal import columns, say, say_json


def bench(
    quick: Annotated[bool, typer.Option("--quick", help="Fewer repetitions.")] = False, as_json: Json = False
) -> int:
    """Measure how fast the model runs on this machine."""
    from benchmarks import bench as benchmarks
    from experiments.wording.numbers import number

    measured = benchmarks.main(quick)
    if as_json:
        say_json([{"name": name, "value": value, "unit": unit} for name, value, unit in measured])
    else:
        say(columns(("measure", "value", "unit"), [(name, number(value), unit) for name, value, unit in measured]))
    return DONE
