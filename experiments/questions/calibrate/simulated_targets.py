"""Runs of a company at points decided while others run, as arrays of what was measured."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from experiments.designs.variant import Variant
from experiments.execution.worker import FailedRun
from experiments.questions.calibrate.measured_run import MeasuredRun
from experiments.questions.calibrate.uncertain import Uncertain, changes_at
from experiments.questions.sensitivity.ask import is_company
from experiments.statistics.paired import Values
from experiments.studies.adaptive_study import AskedRows
from scenarios import Scenario


class InterruptedRuns(Exception):
    """Ctrl-C came while runs were made."""


@dataclass
class AskedRuns:
    """Makes runs of a company at points of what is uncertain; `n_in_all` is how many there will be at most."""

    company: Scenario
    uncertain: Sequence[Uncertain]
    measured: MeasuredRun
    rows: AskedRows
    n_in_all: int
    n_runs: int = 0
    failures: list[FailedRun] = field(default_factory=list)

    def at(self, points: Values, seeds: Sequence[Sequence[int]]) -> Values:
        """Each point (n, parameters) in its worlds: (n, worlds, targets), NaN where a run failed or no company can be.

        `seeds` has for each point those of its worlds, equally many. Raises InterruptedRuns, and InputError where the
        disk does not take what is to be kept.
        """
        variants = [Variant(self.company, tuple(changes_at(self.uncertain, point).items())) for point in points]
        found = np.full((len(points), len(seeds[0]), len(self.measured.targets)), math.nan)
        places = {
            (place, seed): (place, world)
            for place, each in enumerate(seeds)
            for world, seed in enumerate(each)
            if is_company(self.company, dict(variants[place].changes))
        }
        self.n_runs += len(points) * len(seeds[0])
        done = self.rows.run(variants, list(places), max(0, self.n_in_all - self.n_runs))
        if done.is_interrupted:
            raise InterruptedRuns
        self.failures += done.failures
        for one in done.results:
            found[places[int(one.planned.variant), one.planned.seed]] = [
                one.outcomes[target.name] for target in self.measured.targets
            ]
        return found
