"""A folder that keeps every finished run of a study, so that it can be cut short at any instant and go on later.

    manifest.json    what was asked, by which command, with which versions; the company with every value
    design.parquet   a row for each run asked for so far: its identity, point, seed, and the values of the point
    runs/part-*      finished runs, by identity
    failures/part-*  runs that failed, with the point's values and where in the code

Nothing is ever half there: files appear whole, parts tell by their name whether they are still what was written, and
what counts is the identity of a run, so a part that is lost or damaged costs its runs and nothing else.
"""

import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.designs.run_table import PlannedRun
from experiments.execution.runner import Keep, OnProgress, RunTable
from experiments.execution.worker import Batch, FailedRun
from experiments.store import run_parts
from experiments.store.atomic_files import clear_unfinished, write_whole
from experiments.store.manifest import DESIGN, FAILURES, RUNS, disk_trouble, read_manifest, write_manifest
from experiments.wording.numbers import counted

if TYPE_CHECKING:
    import pandas as pd

Tell = Callable[[str], None]
CompanyOf = Callable[[PlannedRun], Mapping[str, Any]]
Run = Callable[[Sequence[PlannedRun], OnProgress, Keep], RunTable]
MEASURED, IS_COMPLETE = "measured", "is_complete"
"""Keys of the manifest: what is known of every run, and whether the conclusion has been written."""
_SHARE_OF_A_PART, _LONGEST_PART_S = 0.05, 30.0


class RunArchive:
    """The runs of one study in a folder that is ours for now.

    A part is worth `part_s` seconds of work or more, a twentieth of what has been made so far in a long study, at most
    half a minute: each takes as long as a run to write and read, and what is not written yet is lost with a kill.
    What is found wrong is told to `tell`: damaged parts are removed. Raises StorageError where the disk does not take
    what is to be kept.
    """

    def __init__(self, folder: Path, tell: Tell, part_s: float = 0.5) -> None:
        self.folder = folder
        self._tell, self._part_s = tell, part_s
        self._runs, self._failures = folder / RUNS, folder / FAILURES
        told = read_manifest(folder).get(MEASURED)
        self._measured = [str(name) for name in told] if isinstance(told, list) else []
        self._designs: list[pd.DataFrame] = []
        self._identities: list[str] = []
        self._company_of: CompanyOf = lambda planned: {}
        self._waiting = Batch()
        self._made_s = 0.0
        self._present: set[str] = set()
        with disk_trouble(folder):
            for inside in (self._runs, self._failures):
                inside.mkdir(exist_ok=True)
                clear_unfinished(inside)
            self._earlier = self._whole(self._failures)
            runs = self._without_strangers(self._whole(self._runs))
        self._present = {run for part in runs for run in part.rows["run"].to_pylist()}
        self._number = max(run_parts.next_number(self._runs), run_parts.next_number(self._failures))

    def complete(
        self,
        design: "pd.DataFrame",
        planned: Sequence[PlannedRun],
        run: Run,
        on_progress: OnProgress,
        company_of: CompanyOf,
    ) -> bool:
        """Have `run` (that of a Runner) make what is missing; returns whether it was cut short.

        `design` has the columns run, point, seed, and those of the points, a row for each planned run in the order of
        its number. `on_progress` is given how many runs are dealt with, those of earlier attempts included. A failed
        run is kept with the company that `company_of` says it had.
        """
        self._add(design)
        self._identities, self._company_of = design["run"].tolist(), company_of
        missing = self._missing(planned)
        before = len(planned) - len(missing)
        on_progress(before, len(planned))
        made = run(missing, lambda n_done, _: on_progress(before + n_done, len(planned)), self._keep)
        self._write()
        return made.is_interrupted

    def _add(self, design: "pd.DataFrame") -> None:
        """Write down what is asked for, so that anybody can see how far the study is."""
        import pandas as pd

        self._designs.append(design)
        whole = pd.concat(self._designs, ignore_index=True) if len(self._designs) > 1 else design
        with disk_trouble(self.folder, self._safe):
            write_whole(self.folder / DESIGN, _parquet(whole))

    def _missing(self, planned: Sequence[PlannedRun]) -> list[PlannedRun]:
        """What has to be run: what is not kept yet, each company and world once."""
        seen, wanted = set(self._present), []
        for one in planned:
            identity = self._identities[one.number]
            if identity not in seen:
                seen.add(identity)
                wanted.append(one)
        return wanted

    def _keep(self, batch: Batch) -> None:
        """Take in finished runs; written as soon as they are worth it."""
        self._waiting.results += batch.results
        self._waiting.failures += batch.failures
        self._waiting.seconds += batch.seconds
        self._made_s += batch.seconds
        if self._waiting.seconds >= max(self._part_s, min(self._made_s * _SHARE_OF_A_PART, _LONGEST_PART_S)):
            self._write()

    def _write(self) -> None:
        waiting, self._waiting = self._waiting, Batch()
        identities = [self._identities[done.planned.number] for done in waiting.results]
        with disk_trouble(self.folder, self._safe):
            if waiting.results:
                self._say_what_is_measured(waiting.results[0].outcomes)
                run_parts.write_runs(self._runs, self._number, waiting.results, identities)
            if waiting.failures:
                records = [self._record(failure) for failure in waiting.failures]
                run_parts.write_failures(self._failures, self._number, records)
        self._present.update(identities)
        self._number += 1

    def _say_what_is_measured(self, outcomes: Mapping[str, float]) -> None:
        """So that a part which lacks some of it is known for no part of this study."""
        names = run_parts.always_measured(outcomes)
        if names != self._measured:
            self._measured = names
            write_manifest(self.folder, {**read_manifest(self.folder), MEASURED: names})

    def settle(self) -> None:
        """Every run has been dealt with: what failed in earlier attempts and has been made since is forgotten."""
        with disk_trouble(self.folder, self._safe):
            known = [one for part in self._earlier for one in part.rows]
            asked_for = {run for design in self._designs for run in design["run"]}
            others = [one for one in known if one["run"] not in asked_for]
            if others:
                run_parts.write_failures(self._failures, self._number, others)
                self._number += 1
            for part in self._earlier:
                part.path.unlink(missing_ok=True)
            self._earlier = []

    def _record(self, failure: FailedRun) -> dict[str, Any]:
        number = failure.planned.number
        values = self._designs[-1].drop(columns=["run", "point", "seed"]).iloc[number].to_dict()
        return {
            "run": self._identities[number],
            "point": int(failure.planned.variant),
            "seed": failure.planned.seed,
            "values": {path: getattr(value, "item", lambda value=value: value)() for path, value in values.items()},
            "error": failure.error,
            "traceback": failure.traceback,
            "company": self._company_of(failure.planned),
        }

    def _safe(self) -> str:
        return f"the {counted(len(self._present), 'finished run')} that lie there are whole"

    def _whole(self, inside: Path) -> list[run_parts.Part]:
        """Parts that are what was written; others are removed."""
        parts = list(run_parts.parts_in(inside))
        for part in parts:
            if part.rows is None:
                self._tell(f"{part.path} is damaged: it is not what was written there; its runs are made again")
                part.path.unlink()
        return [part for part in parts if part.rows is not None]

    def _without_strangers(self, parts: list[run_parts.Part]) -> list[run_parts.Part]:
        """Parts with all that is measured; others are removed, unless none has it: then the manifest is wrong."""
        measured = set(self._measured)
        ours = [part for part in parts if measured <= {*part.rows.column_names}]
        for part in parts:
            if ours and part not in ours:
                self._tell(f"{part.path} is none of this study's: it lacks what was measured; its runs are made")
                part.path.unlink()
        return ours or parts


def runs_of(folder: Path, design: "pd.DataFrame") -> "pd.DataFrame":
    """The finished runs of a design, a row each; what a run did not measure is NaN."""
    import pandas as pd
    import pyarrow as pa

    wanted = set(design["run"])
    tables = []
    for part in run_parts.parts_in(folder / RUNS):
        if part.rows is not None:
            table = part.rows.drop_columns(["seed"])
            tables.append(table.filter(pa.array([run in wanted for run in table["run"].to_pylist()], pa.bool_())))
    if not tables:
        return pd.DataFrame({"point": pd.Series(dtype="int64"), "seed": pd.Series(dtype="int64")})
    finished = pa.concat_tables(tables, promote_options="permissive").to_pandas().drop_duplicates("run")
    rows = design[["run", "point", "seed"]].merge(finished, on="run").sort_values(["point", "seed"], ignore_index=True)
    return rows.drop(columns="run")


def present_in(folder: Path) -> set[str]:
    """The identities of all finished runs in a folder."""
    whole = (part.rows for part in run_parts.parts_in(folder / RUNS) if part.rows is not None)
    return {run for rows in whole for run in rows["run"].to_pylist()}


def failures_of(folder: Path, design: "pd.DataFrame") -> list[FailedRun]:
    """The latest failure of each run of a design that has not been made since."""
    latest = {one["run"]: one for part in run_parts.parts_in(folder / FAILURES) for one in part.rows or ()}
    if not latest:
        return []
    for run in present_in(folder):
        latest.pop(run, None)
    return [
        FailedRun(PlannedRun(number, str(point), seed), latest[run]["error"], latest[run]["traceback"])
        for number, (run, point, seed) in enumerate(design[["run", "point", "seed"]].itertuples(index=False))
        if run in latest
    ]


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
