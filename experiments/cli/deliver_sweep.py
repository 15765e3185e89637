"""A finished or interrupted sweep as it leaves the command line."""

from collections.abc import Sequence
from pathlib import Path

from experiments.cli.delivery import Delivery
from experiments.questions.sweep import report
from experiments.questions.sweep.ask import Found
from experiments.reporting import report as lab_note
from experiments.store.provenance import provenance


def of_sweep(found: Found, folder: Path, arguments: Sequence[str]) -> Delivery:
    """Write the report beside the runs; an interrupted sweep has none yet, and goes on with the same command."""
    failed = [f"point {one.planned.variant} in world {one.planned.seed}: {one.error}" for one in found.runs.failures]
    if found.runs.is_interrupted:
        told = {"folder": str(folder), "is_complete": False, "n_runs": found.n_known}
        n_runs = len(found.sweep.points) * found.sweep.runs
        text = f"{found.n_known:,} of {n_runs:,} runs are done; give the same command again to go on"
        return Delivery(text, told, folder, True, failed)
    note = report.note_of(found)
    report.save(found, note, provenance(arguments), folder)
    told = lab_note.for_programs(note) | {"folder": str(folder)}
    return Delivery(f"{lab_note.terminal_text(note)}\n\n{folder / 'report.html'}", told, folder, False, failed)
