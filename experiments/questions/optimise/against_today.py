"""Designs lived against today's company, in the same worlds with the same draws of the assumptions."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from experiments.designs.run_table import DECISION
from experiments.designs.uncertain_inputs import is_company
from experiments.designs.variant import Variant
from experiments.observation.yearly import NEW_BUSINESS, REVENUE
from experiments.questions.optimise.tried import Tried
from experiments.statistics.paired import Values
from experiments.studies.study import Study
from scenarios import Scenario
from scenarios.run_length import DAYS_PER_QUARTER, DAYS_PER_YEAR

SCORE = "relationship_score"
MEASURED = (DECISION, REVENUE, NEW_BUSINESS, SCORE)
_TODAY: dict[str, Any] = {}


class AgainstToday:
    """Lives designs of a company, and the company as it is once a world."""

    def __init__(self, base: Scenario, study: Study) -> None:
        self._base, self._study = base, study
        self._years = base.run.quarters * DAYS_PER_QUARTER / DAYS_PER_YEAR
        self._today: dict[tuple[int, ...], Values] = {}
        self._drawn: dict[int, Scenario] = {}

    @property
    def is_interrupted(self) -> bool:
        """Whether it was cut short."""
        return self._study.is_interrupted

    def live(self, designs: Sequence[Mapping[str, Any]], seeds: Sequence[int], n_to_come: int = 0) -> list[Tried]:
        """Each design in each world, against today's company in the same; today is lived once.

        At most `n_to_come` more runs will be asked for afterwards.
        """
        known = self._today.get(tuple(seeds))
        wanted = list(designs) if known is not None else [_TODAY, *designs]
        found = self._outcomes(wanted, seeds, n_to_come)
        if known is None:
            known = self._today[tuple(seeds)] = found[:, 0]
            found = found[:, 1:]
        return [self._tried(design, found[:, place], known) for place, design in enumerate(designs)]

    def allows(self, design: Mapping[str, Any], seeds: Sequence[int]) -> bool:
        """Whether a company may have this design under the draws of all these worlds."""
        return all(is_company(drawn, design) for drawn in self._companies(seeds))

    def _companies(self, seeds: Sequence[int]) -> Iterator[Scenario]:
        """The company as it is in these worlds, each once."""
        assumptions = self._study.plan.assumptions
        if assumptions is None:
            yield self._base
            return
        for number, seed in {assumptions.number_of(seed): seed for seed in seeds}.items():
            if number not in self._drawn:
                self._drawn[number] = assumptions.under(self._base, seed)
            yield self._drawn[number]

    def _tried(self, design: Mapping[str, Any], ours: Values, today: Values) -> Tried:
        contribution, revenue, new_business, score = range(len(MEASURED))
        gain = (ours[contribution] - today[contribution]) / self._years
        more = {name: ours[place] - today[place] for name, place in ((REVENUE, revenue), (NEW_BUSINESS, new_business))}
        return Tried(design, gain, ours[score], more)

    def _outcomes(self, designs: Sequence[Mapping[str, Any]], seeds: Sequence[int], n_to_come: int) -> Values:
        """What is measured, by measure, design and world; NaN for designs that are no company in one of them."""
        outcomes = np.full((len(MEASURED), len(designs), len(seeds)), np.nan)
        if self.is_interrupted:
            return outcomes
        places = [place for place, design in enumerate(designs) if self.allows(design, seeds)]
        variants = [Variant(self._base, tuple(design.items())) for design in designs]
        wanted = [(place, seed) for seed in seeds for place in places]
        world_of = {seed: world for world, seed in enumerate(seeds)}
        for done in self._study.run(variants, wanted, n_to_come).results:
            measured = [done.outcomes[name] for name in MEASURED]
            outcomes[:, int(done.planned.variant), world_of[done.planned.seed]] = measured
        return outcomes
