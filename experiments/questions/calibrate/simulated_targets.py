"""Runs of a company at points decided while others run, as arrays of what was measured."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from experiments.designs.uncertain_inputs import is_company
from experiments.designs.variant import Variant
from experiments.questions.calibrate.uncertain import changes_at
from experiments.questions.question import StudyInterrupted
from experiments.statistics.paired import Values
from experiments.studies.study import Study

if TYPE_CHECKING:
    from experiments.questions.calibrate.ask import CalibratePlan


class SimulatedTargets:
    """Measures the company of a plan at points of what is uncertain; `n_runs` were asked for so far."""

    def __init__(self, plan: "CalibratePlan", study: Study) -> None:
        self.n_runs = 0
        self._plan, self._study = plan, study

    def at(self, points: Values, seeds: Sequence[Sequence[int]]) -> Values:
        """Each point (n, parameters) in its worlds: (n, worlds, targets), NaN where a run failed or no company can be.

        A point of NaN is the company as it is.
        `seeds` has for each point those of its worlds, equally many. Raises StudyInterrupted, and StorageError where
        the disk does not take what is to be kept.
        """
        company, targets = self._plan.scenario, self._plan.targets
        variants = [Variant(company, tuple(self._changes(point).items())) for point in points]
        values = np.full((len(points), len(seeds[0]), len(targets)), math.nan)
        places = {
            (place, seed): (place, world)
            for place, each in enumerate(seeds)
            for world, seed in enumerate(each)
            if is_company(company, dict(variants[place].changes))
        }
        self.n_runs += len(points) * len(seeds[0])
        assert self._plan.n_runs is not None
        done = self._study.run(variants, list(places), max(0, self._plan.n_runs - self.n_runs))
        if done.is_interrupted:
            raise StudyInterrupted
        for one in done.results:
            place = places[int(one.planned.variant), one.planned.seed]
            values[place] = [one.outcomes[target.name] for target in targets]
        return values

    def _changes(self, point: Values) -> dict[str, float]:
        uncertain = self._plan.uncertain
        if np.isnan(point).all():
            return {path: value for one in uncertain for path, value in one.own.items()}
        return changes_at(uncertain, point)
