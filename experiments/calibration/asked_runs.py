"""Runs of a company at points decided while others run: workers start once and find the values in a file."""

import json
import math
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
import pandas as pd

from experiments.calibration.measured_run import MeasuredRun
from experiments.calibration.uncertain import Uncertain, changes_at
from experiments.console import complain
from experiments.design import Row
from experiments.overlaid import laid_on
from experiments.provenance import provenance
from experiments.run_identity import in_world, way_of
from experiments.run_store import opened
from experiments.runner import OnProgress, Runner, Settings, Table
from experiments.statistics import Values
from experiments.worker import Failure
from scenarios import Scenario

Simulate = Callable[[Any, int], Any]
_PART_S = 2.0  # seconds of work that a kill may cost


class InterruptedRuns(Exception):
    """Ctrl-C came while runs were made."""


@dataclass(frozen=True)
class Asked:
    """A company at a point whose values will lie in `folder` by the time it is run; `simulate` None is the engine."""

    company: Scenario
    folder: str
    number: int
    simulate: Simulate | None = None


def simulate_asked(asked: Asked, seed: int) -> Any:
    """One run at the point that was asked for."""
    changes = json.loads(_file_of(asked.folder, asked.number).read_text(encoding="utf-8"))
    scenario = laid_on(asked.company, changes)
    if asked.simulate is not None:
        return asked.simulate(scenario, seed)
    from simulation import simulate  # only here: it loads Numba

    return simulate(scenario, seed)


@dataclass
class AskedRuns:
    """Makes runs at points, up to `most` points in all; use it in a `with` block, which keeps the workers.

    With a folder in `kept` every finished run is kept there: the same calls find it again, whatever ended the process.
    """

    company: Scenario
    uncertain: Sequence[Uncertain]
    measured: MeasuredRun
    settings: Settings
    most: int
    on_progress: OnProgress | None = None
    kept: Path | None = None
    n_runs: int = 0
    failures: list[Failure] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._asked = tempfile.TemporaryDirectory(prefix="calibrate-")
        settings = replace(self.settings, simulate=simulate_asked, measure=self.measured)
        folder, simulate = self._asked.name, self.settings.simulate
        arms = {str(k): Asked(self.company, folder, k, simulate) for k in range(self.most)}
        self._runner = Runner(arms, settings).__enter__()
        self._n_points = 0
        self._way = way_of(simulate, self.measured)
        self._way.update(self.company.model_dump_json().encode())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.__exit__(kind, error, trace)
        self._asked.cleanup()

    def at(self, points: Values, seeds: Sequence[Sequence[int]], n_in_all: int) -> Values:
        """Each point (n, parameters) in its worlds: (n, worlds, targets), NaN where a run failed.

        `seeds` has for each point those of its worlds, equally many; `n_in_all` is how many runs there will be with
        those to come. Raises InterruptedRuns, and Mistake where the disk does not take what is to be kept.
        """
        changes = [json.dumps(changes_at(self.uncertain, point)) for point in points]
        first = self._n_points
        for place, one in enumerate(changes):
            _file_of(self._asked.name, first + place).write_text(one, encoding="utf-8")
        worlds = [(place, seed) for place, each in enumerate(seeds) for seed in each]
        rows = [Row(number, str(first + place), seed) for number, (place, seed) in enumerate(worlds)]
        done = self._run(rows, changes, first, n_in_all)
        self._n_points += len(points)
        self.n_runs += len(rows)
        found = np.full((len(rows), len(self.measured.targets)), math.nan)
        for number, values in done.items():
            found[number] = values
        return found.reshape(len(points), -1, len(self.measured.targets))

    def _run(self, rows: list[Row], changes: list[str], first: int, n_in_all: int) -> dict[int, list[float]]:
        """What was measured of each row that could be run, by its number."""
        if self.kept is None:
            done = self._runner.run(rows, self._told(n_in_all))
            self._took(done)
            return {one.row.number: list(one.outcomes.values()) for one in done.results}
        design = pd.DataFrame({"point": [int(row.arm) for row in rows], "seed": [row.seed for row in rows]})
        design.insert(0, "run", [self._identity(changes[int(row.arm) - first], row.seed) for row in rows])
        about = {"question": "calibrate", "company": self.company.name, **asdict(provenance())}

        def company_of(row: Row) -> dict[str, Any]:
            """The company of a failed run, for its record."""
            return {"name": self.company.name, "changes": json.loads(changes[int(row.arm) - first])}

        with opened(self.kept, design, about, _PART_S, complain, company_of) as store:
            is_interrupted = store.complete(rows, self._runner.run, self._told(n_in_all))
            self._took(Table(failures=store.failures(), is_interrupted=is_interrupted))
            table = store.table().set_index(["point", "seed"])
        names = [target.name for target in self.measured.targets]
        known = table.reindex(columns=names).to_numpy(np.float64)
        numbers = {(int(row.arm), row.seed): row.number for row in rows}
        return {numbers[key]: values for key, values in zip(table.index, known.tolist(), strict=True)}

    def _took(self, done: Table) -> None:
        if done.is_interrupted:
            raise InterruptedRuns
        self.failures += done.failures

    def _told(self, n_in_all: int) -> OnProgress | None:
        tell, before = self.on_progress, self.n_runs
        return None if tell is None else lambda n, _: tell(before + n, max(n_in_all, before + n))

    def _identity(self, changes: str, seed: int) -> str:
        """Equal for equal runs: how they are made, the company, what is changed in it, the world."""
        company = self._way.copy()
        company.update(f"\n{changes}".encode())
        return in_world(company, seed)


def _file_of(folder: str, number: int) -> Path:
    return Path(folder) / f"{number}.json"
