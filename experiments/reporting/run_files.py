"""One run for readers: its outcomes with their meaning, and all its tables as files."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import scenarios
from experiments.reporting.writer import csv, parquet
from experiments.store.manifest import json_text
from experiments.store.provenance import provenance
from experiments.store.results_folder import write_once
from experiments.wording.numbers import NOT_KNOWN, amount
from simulation.measured import tables_of

_LARGE = ("days", "leads")


def outcome_rows(outcomes: Mapping[str, float]) -> list[tuple[str, str, str]]:
    """One row an outcome: its name, its value with unit, what it means."""
    from simulation import OUTCOMES

    shown = {name: amount(value, OUTCOMES[name].unit) for name, value in outcomes.items()}
    return [
        (name, "nothing to count" if value == NOT_KNOWN else value, OUTCOMES[name].meaning)
        for name, value in shown.items()
    ]


def write_run(run: Any, folder: Path, arguments: Sequence[str] | None, *, replace: bool) -> None:
    """Write one run: manifest, outcomes, and all its tables. Raises InputError, StorageError."""
    files = {"outcomes.json": json_text(run.outcomes).encode()}
    for name, table in tables_of(run).items():
        files[f"{name}.csv"] = csv(table)
        if name in _LARGE:
            files[f"{name}.parquet"] = parquet(table)
    about = {"question": "run", "company": run.scenario.name, "seed": run.seed, **asdict(provenance(arguments))}
    identity = f"run {run.seed} {run.scenario.model_dump_json()}"
    write_once(folder, files, identity, {**about, "scenario": scenarios.resolved(run.scenario)}, replace=replace)
