"""The commands of the lab, which run.py adds to its own.

A command is a function in a file of its own, experiments/<name>_command.py, registered here. Its options have the
types of `command_line`; what takes long to load is imported inside; it returns the exit code.
"""

import typer

from experiments.calibrate_command import calibrate
from experiments.discover_command import discover
from experiments.map_command import market_map
from experiments.optimise_command import optimise
from experiments.roadmap_command import roadmap
from experiments.sensitivity_command import sensitivity
from experiments.status_command import status
from experiments.sweep_command import sweep

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
