"""`run.py run`: one run of a company, with all its tables."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from experiments.cli.options import DONE, Changes, Company, Json, Practices, Replace, Seed
from experiments.reporting.terminal import columns, complain, say, say_json


def run(
    company: Company,
    practices: Practices = None,
    seed: Seed = 0,
    out: Annotated[Path | None, typer.Option(help="Folder for outcomes and all tables.")] = None,
    replace: Replace = False,
    changes: Changes = None,
    as_json: Json = False,
) -> int:
    """Run a company once and print its outcomes."""
    import scenarios
    from experiments.execution.engine import get_ready
    from experiments.store.manifest import check_folder
    from scenarios.differences import difference
    from scenarios.input_errors import check_seed

    scenario = scenarios.load(company, practices=practices, changes=scenarios.parse_changes(changes or []))
    check_seed(seed)
    if out is not None:
        check_folder(out)
    get_ready(complain, 1)
    from experiments.studies.misfits import misfits
    from simulation import OUTCOMES, simulate

    for sentence in misfits(scenario, difference(company)):
        complain(f"WARNING: {sentence}")
    done = simulate(scenario, seed)
    if out is not None:
        from experiments.reporting.run_files import write_run

        write_run(done, out, sys.argv[1:], replace=replace)
    if as_json:
        units = {name: outcome.unit for name, outcome in OUTCOMES.items()}
        say_json({"company": scenario.name, "seed": seed, "outcomes": done.outcomes, "units": units})
    else:
        from experiments.reporting.run_files import outcome_rows

        say(columns(("outcome", "value", "meaning"), outcome_rows(done.outcomes)) + (f"\n\n{out}" if out else ""))
    return DONE
