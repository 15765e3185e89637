"""Writes a report as files: page, JSON, tables, the numbers behind each figure, all runs."""

import io
import shlex
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import scenarios
from experiments.reporting.html import page
from experiments.reporting.report import Report, record_of
from experiments.store.manifest import json_text
from experiments.store.provenance import Provenance, provenance
from experiments.store.results_folder import save_file, write_once
from experiments.wording.language import say
from scenarios.input_errors import InputError

if TYPE_CHECKING:
    import pandas as pd

PAGE = "report.html"
WATCHED = ("compare", "what-if")
"""Questions whose companies can be watched side by side in a page."""
_MOST_ROWS_AS_TEXT = 50_000  # runs beyond lie in the Parquet file alone


def files_of(report: Report, runs: "pd.DataFrame", made: Provenance, folder: Path) -> dict[str, bytes]:
    """Every file of a report and of the runs behind it, by its path inside the folder."""
    files = {"conclusion.json": json_text(record_of(report)).encode()}
    tables = {"runs": runs, **report.tables}
    for name, table in tables.items():
        if name != "runs" or len(table) <= _MOST_ROWS_AS_TEXT:
            files[f"{name}.csv"] = csv(table)
    files["runs.parquet"] = parquet(runs)
    for exhibit in report.exhibits:
        files[f"figures/{exhibit.name}.csv"] = csv(exhibit.table)
        files[f"figures/{exhibit.name}.json"] = exhibit.figure.to_json().encode()
    files |= {name: text_in(folder, made).encode() for name, text_in in report.files.items()}
    if report.failures:
        files["failures.json"] = json_text([asdict(one) for one in report.failures]).encode()
    beside = [*(name for name in files if not name.startswith("figures/")), say("the numbers behind each figure")]
    watch = f"python run.py play {shlex.quote(str(folder))}" if report.question in WATCHED else ""
    return {PAGE: page(report, made, [*beside, say("manifest.json with every parameter")], watch).encode(), **files}


def about(report: Report, made: Provenance) -> dict[str, Any]:
    """What the manifest says: everything needed to make the result again, and what it said."""
    return {
        "changes": dict(report.changes),
        **record_of(report),
        **asdict(made),
        "seeds": list(report.seeds),
        "variants": {name: scenarios.resolved(one) for name, one in report.variants.items()},
        "n_failed": len(report.failures),
    }


def write_report(report: Report, runs: "pd.DataFrame", identity: str, path: Path, *, replace: bool) -> Path:
    """Write a page (`.html`) or all files (a folder); returns where. `identity` says in full what was asked.

    Raises InputError, StorageError.
    """
    made = provenance()
    if path.suffix and not path.is_dir():
        if path.suffix != ".html":
            raise InputError(f"{path}: a report is a page (.html) or a folder, no {path.suffix} file")
        if path.exists() and not replace:
            raise InputError(f"{path} exists; write to another file, or with replace=True")
        save_file(path, page(report, made, [say("nothing")]).encode())
    else:
        write_once(path, files_of(report, runs, made, path), identity, about(report, made), replace=replace)
    return path


def csv(table: "pd.DataFrame") -> bytes:
    """A table as CSV, UTF-8."""
    return table.to_csv(index=False, lineterminator="\n").encode()


def parquet(table: "pd.DataFrame") -> bytes:
    """A table as Parquet; a column with values of several kinds becomes text."""
    plain = table.assign(**{name: _alike(table[name]) for name in table.columns if table[name].dtype == object})
    content = io.BytesIO()
    plain.to_parquet(content, index=False)
    return content.getvalue()


def _alike(column: "pd.Series") -> "pd.Series":
    kinds = {type(value) for value in column if value is not None and value == value}
    return column if len(kinds) <= 1 else column.map(lambda value: None if value is None else str(value))
