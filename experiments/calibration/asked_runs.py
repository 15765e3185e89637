"""Runs of a company at points decided while others run: workers start once and find the values in a file."""

import json
import math
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np

from experiments.calibration.known_leads import leads_of_run
from experiments.calibration.target import Target, measure
from experiments.calibration.uncertain import Uncertain, changes_at
from experiments.calibration.window import Window
from experiments.design import Row
from experiments.overlaid import laid_on
from experiments.runner import OnProgress, Runner, Settings
from experiments.statistics import Values
from experiments.worker import Failure
from scenarios import Scenario

Simulate = Callable[[Any, int], Any]


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


@dataclass(frozen=True)
class MeasuredRun:
    """Measures a run as the data were measured; picklable."""

    channels: tuple[str, ...]
    window: Window
    targets: tuple[Target, ...]

    def __call__(self, run: Any) -> Mapping[str, float]:
        """The value of each target by its name."""
        values = measure(leads_of_run(run, self.channels, self.window), self.targets)
        return {target.name: value for target, value in zip(self.targets, values.tolist(), strict=True)}


@dataclass
class AskedRuns:
    """Makes runs at points, up to `most` points in all; use it in a `with` block, which keeps the workers."""

    company: Scenario
    uncertain: Sequence[Uncertain]
    measured: MeasuredRun
    settings: Settings
    most: int
    on_progress: OnProgress | None = None
    n_runs: int = 0
    failures: list[Failure] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="calibrate-")
        settings = replace(self.settings, simulate=simulate_asked, measure=self.measured)
        arms = {str(k): Asked(self.company, self._folder.name, k, self.settings.simulate) for k in range(self.most)}
        self._runner = Runner(arms, settings).__enter__()
        self._n_points = 0
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.__exit__(kind, error, trace)
        self._folder.cleanup()

    def at(self, points: Values, seeds: Sequence[Sequence[int]], n_in_all: int) -> Values:
        """Each point (n, parameters) in its worlds: (n, worlds, targets), NaN where a run failed.

        `seeds` has for each point those of its worlds, equally many; `n_in_all` is how many runs there will be with
        those to come. Raises InterruptedRuns.
        """
        rows = []
        for place, (point, worlds) in enumerate(zip(points, seeds, strict=True)):
            number = self._n_points + place
            changes = json.dumps(changes_at(self.uncertain, point))
            _file_of(self._folder.name, number).write_text(changes, encoding="utf-8")
            rows += [Row(place * len(worlds) + k, str(number), seed) for k, seed in enumerate(worlds)]
        self._n_points += len(points)
        before, tell = self.n_runs, self.on_progress
        told = None if tell is None else lambda n, _: tell(before + n, max(n_in_all, before + n))
        done = self._runner.run(rows, told)
        if done.is_interrupted:
            raise InterruptedRuns
        self.n_runs += len(rows)
        self.failures += done.failures
        found = np.full((len(rows), len(self.measured.targets)), math.nan)
        for result in done.results:
            found[result.row.number] = list(result.outcomes.values())
        return found.reshape(len(points), -1, len(self.measured.targets))


def _file_of(folder: str, number: int) -> Path:
    return Path(folder) / f"{number}.json"
