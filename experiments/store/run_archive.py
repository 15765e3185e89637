"""A folder that keeps every finished run of a study, so that it can be cut short at any instant and go on later.

    manifest.json    what was asked, by which command, with which versions; the company with every value
    design.parquet   a row for each run: its identity, point, seed, and the values of the point
    runs/part-*      finished runs, by identity
    failures/part-*  runs that failed, with the point's values and where in the code

Nothing is ever half there: files appear whole, parts tell by their name whether they are still what was written, and
what counts is the identity of a run, so a part that is lost or damaged costs its runs and nothing else.
"""

import hashlib
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.designs.run_table import PlannedRun
from experiments.execution.code_identity import made_with
from experiments.execution.runner import Keep, OnProgress, RunTable
from experiments.execution.worker import Batch, FailedRun
from experiments.reporting.results_folder import (
    DESIGN,
    DESIGN_HASH,
    FAILURES,
    MADE_WITH,
    MANIFEST,
    RUNS,
    begin_manifest,
    check_folder,
    update_manifest,
)
from experiments.store import run_parts
from experiments.store.atomic_files import clear_unfinished, write_whole
from experiments.store.folder_lock import LOCK, sole_writer
from experiments.wording.numbers import counted
from scenarios.input_errors import InputError

if TYPE_CHECKING:
    import pandas as pd

Tell = Callable[[str], None]
CompanyOf = Callable[[PlannedRun], Mapping[str, Any]]
Run = Callable[[Sequence[PlannedRun], OnProgress, Keep], RunTable]


class RunStore:
    """The runs of one design in a folder that is ours for now; made by `opened`."""

    def __init__(self, folder: Path, design: "pd.DataFrame", part_s: float, company_of: CompanyOf | None) -> None:
        self.folder = folder
        self._company_of = company_of
        self._runs, self._failures = folder / RUNS, folder / FAILURES
        self._design = design
        self._identities: list[str] = design["run"].tolist()
        self._part_s = part_s
        self._number = max(run_parts.next_number(self._runs), run_parts.next_number(self._failures))
        self._earlier = [part.path for part in run_parts.parts_in(self._failures)]
        self._waiting = Batch()
        self._n_kept = 0

    def complete(self, rows: Sequence[PlannedRun], run: Run, tell: OnProgress | None = None) -> bool:
        """Have `run` (that of a Runner) make what is missing; returns whether it was cut short. Raises InputError.

        `tell` is given how many rows are dealt with, those of earlier attempts included, and how many there are.
        """
        missing = self.missing(rows)
        before = len(rows) - len(missing)
        tell = tell or (lambda n_done, n_rows: None)
        tell(before, len(rows))
        made = run(missing, lambda n_done, _: tell(before + n_done, len(rows)), self.keep)
        self.write() if made.is_interrupted else self.finish()
        return made.is_interrupted

    def missing(self, rows: Sequence[PlannedRun]) -> list[PlannedRun]:
        """The rows that have to be run: those not kept yet, and each company and world once. Names damaged parts."""
        seen = present_in(self.folder)
        self._n_kept = len(seen & set(self._identities))
        wanted = []
        for row in rows:
            identity = self._identities[row.number]
            if identity not in seen:
                seen.add(identity)
                wanted.append(row)
        return wanted

    def keep(self, batch: Batch) -> None:
        """Take in finished runs; written as soon as they are worth `part_s` seconds of work. Raises InputError."""
        self._waiting.results += batch.results
        self._waiting.failures += batch.failures
        self._waiting.seconds += batch.seconds
        if self._waiting.seconds >= self._part_s:
            self.write()

    def write(self) -> None:
        """Write what waits; raises InputError where the disk does not take it."""
        waiting = self._waiting
        with _disk_trouble(self.folder, lambda: self._n_kept):
            if waiting.results:
                identities = [self._identities[done.planned.number] for done in waiting.results]
                run_parts.write_runs(self._runs, self._number, waiting.results, identities)
            if waiting.failures:
                told = [self._told(failure) for failure in waiting.failures]
                run_parts.write_failures(self._failures, self._number, told)
        self._n_kept += len(waiting.results)
        self._number += 1
        self._waiting = Batch()

    def finish(self) -> None:
        """Every row has been dealt with: what failed in earlier attempts is settled. Raises InputError.

        Failures of other designs in this folder, such as those of a question's earlier steps, stay.
        """
        self.write()
        with _disk_trouble(self.folder, lambda: self._n_kept):
            own = set(self._identities)
            told = [one for path in self._earlier for one in run_parts.read_failures(path.read_bytes())]
            others = [one for one in told if one["run"] not in own]
            if others:
                run_parts.write_failures(self._failures, self._number, others)
                self._number += 1
            for path in self._earlier:
                path.unlink(missing_ok=True)
            update_manifest(self.folder, {"is_complete": True, "n_failed": len(self.failures())})

    def table(self) -> "pd.DataFrame":
        """Finished runs of the design: point, seed, and what was measured, ordered by point and seed."""
        return runs_of(self.folder, self._design)

    def failures(self) -> list[FailedRun]:
        """Runs of the design that failed and have not been made since, in the order of the design."""
        return failures_of(self.folder, self._design)

    def _told(self, failure: FailedRun) -> dict[str, Any]:
        number = failure.planned.number
        values = self._design.drop(columns=["run", "point", "seed"]).iloc[number].to_dict()
        told = {
            "run": self._identities[number],
            "point": int(failure.planned.variant),
            "seed": failure.planned.seed,
            "values": {path: getattr(value, "item", lambda value=value: value)() for path, value in values.items()},
            "error": failure.error,
            "traceback": failure.traceback,
        }
        return told | ({"company": self._company_of(failure.planned)} if self._company_of else {})


@contextmanager
def opened(  # noqa: PLR0913  # what is asked, and who is told
    folder: Path,
    design: "pd.DataFrame",
    about: dict[str, Any],
    part_s: float,
    tell: Tell,
    company_of: CompanyOf | None = None,
) -> Iterator[RunStore]:
    """The store of a design in a folder, new or not; raises InputError if somebody else writes there or it cannot be.

    `design` has the columns run, point, seed, and those of the points, a row for each run in the order of its number.
    `about` goes into the manifest. Damaged parts are named to `tell` and removed. A failed run is kept with its point's
    values; where those do not tell the company, `company_of` does.
    """
    check_folder(folder)
    with _disk_trouble(folder, lambda: len(present_in(folder))):
        folder.mkdir(parents=True, exist_ok=True)
    with sole_writer(folder):
        with _disk_trouble(folder, lambda: len(present_in(folder))):
            content = _parquet(design)
            own = {MADE_WITH: made_with(), DESIGN_HASH: hashlib.sha256(content).hexdigest(), "is_complete": False}
            begin_manifest(folder, {**about, **own})
            for inside in (RUNS, FAILURES):
                (folder / inside).mkdir(exist_ok=True)
                clear_unfinished(folder / inside)
            clear_unfinished(folder)
            write_whole(folder / DESIGN, content)
            _remove_damaged(folder, tell)
        yield RunStore(folder, design, part_s, company_of)


def forget(folder: Path) -> None:
    """Remove the runs of a study and what tells of them; what else lies there stays."""
    with suppress(OSError):  # nothing depends on their being gone
        for inside in (folder / RUNS, folder / FAILURES):
            for part in inside.glob("part-*"):
                part.unlink()
            inside.rmdir()
        for name in (DESIGN, MANIFEST, LOCK):
            (folder / name).unlink(missing_ok=True)
        folder.rmdir()


def runs_of(folder: Path, design: "pd.DataFrame") -> "pd.DataFrame":
    """The finished runs of a design, a row each; what a run did not measure is NaN."""
    import pandas as pd
    import pyarrow as pa

    wanted = set(design["run"])
    tables = []
    for part in run_parts.parts_in(folder / RUNS):
        if part.content is not None:
            table = run_parts.read_runs(part.content).drop_columns(["seed"])
            tables.append(table.filter(pa.array([run in wanted for run in table["run"].to_pylist()], pa.bool_())))
    if not tables:
        return pd.DataFrame({"point": pd.Series(dtype="int64"), "seed": pd.Series(dtype="int64")})
    found = pa.concat_tables(tables, promote_options="default").to_pandas().drop_duplicates("run")
    rows = design[["run", "point", "seed"]].merge(found, on="run").sort_values(["point", "seed"], ignore_index=True)
    return rows.drop(columns="run")


def present_in(folder: Path) -> set[str]:
    """The identities of all finished runs in a folder."""
    whole = (part.content for part in run_parts.parts_in(folder / RUNS) if part.content is not None)
    return {run for content in whole for run in run_parts.read_runs(content, ["run"])["run"].to_pylist()}


def failures_of(folder: Path, design: "pd.DataFrame") -> list[FailedRun]:
    """The latest failure of each run of a design that has not been made since."""
    told = {
        one["run"]: one
        for part in run_parts.parts_in(folder / FAILURES)
        if part.content is not None
        for one in run_parts.read_failures(part.content)
    }
    if not told:
        return []
    for run in present_in(folder):
        told.pop(run, None)
    return [
        FailedRun(PlannedRun(number, str(point), seed), told[run]["error"], told[run]["traceback"])
        for number, (run, point, seed) in enumerate(design[["run", "point", "seed"]].itertuples(index=False))
        if run in told
    ]


def _remove_damaged(folder: Path, tell: Tell) -> None:
    for inside in (RUNS, FAILURES):
        for part in run_parts.parts_in(folder / inside):
            if part.content is None:
                tell(f"{part.path} is damaged: it is not what was written there; its runs are made again")
                part.path.unlink()


def _parquet(design: "pd.DataFrame") -> bytes:
    """A design as a file; columns whose values are of several kinds become text."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = {str(name): _column(design[name].tolist()) for name in design.columns}
    content = io.BytesIO()
    pq.write_table(pa.table(columns), content)
    return content.getvalue()


def _column(values: list[Any]) -> Any:
    import pyarrow as pa

    try:
        return pa.array(values, from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return pa.array([None if value is None else str(value) for value in values])


@contextmanager
def _disk_trouble(folder: Path, n_kept: Callable[[], int]) -> Iterator[None]:
    """Turn what the disk refuses into one sentence."""
    try:
        yield
    except OSError as error:
        raise InputError(
            f"{folder} cannot be written ({error.strerror or error}); the {counted(n_kept(), 'finished run')} that lie "
            "there are whole: make room and give the same command again to go on"
        ) from error
