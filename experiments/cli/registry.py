"""The commands of the lab, which run.py adds to its own.

A command is a function in a file of its own, experiments/cli/<name>.py, registered here. Its options have the
types of `command_line`; what takes long to load is imported inside; it returns the exit code.
"""

import typer

from experiments.cli.calibrate import calibrate
from experiments.cli.discover import discover
from experiments.cli.market_map import market_map
from experiments.cli.optimise import optimise
from experiments.cli.roadmap import roadmap
from experiments.cli.sensitivity import sensitivity
from experiments.cli.status import status
from experiments.cli.sweep import sweep

lab = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
"""Register with `lab.command("name")(function)`."""
lab.command("roadmap")(roadmap)
lab.command("map")(market_map)
lab.command("calibrate")(calibrate)
lab.command("sweep")(sweep)
lab.command("status")(status)
lab.command("sensitivity")(sensitivity)
lab.command("optimise")(optimise)
lab.command("discover")(discover)
