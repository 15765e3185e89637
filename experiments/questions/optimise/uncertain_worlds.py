"""Worlds that each have a draw of their own of everything uncertain, and designs lived in them."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.designs.run_table import DECISION
from experiments.designs.sampling import latin_hypercube
from experiments.designs.uncertain_inputs import Input, is_company, possible_points
from experiments.designs.variant import Variant, laid_on
from experiments.questions.optimise.tried import Tried
from experiments.statistics.paired import Values
from experiments.studies.study import Study
from experiments.wording.parameters import value_at
from scenarios import Scenario

if TYPE_CHECKING:
    import pandas as pd

SCORE = "relationship_score"
_TODAY: dict[str, Any] = {}


class UncertainWorlds:
    """Lives designs in worlds that each have their own draw of what is uncertain."""

    def __init__(self, base: Scenario, inputs: Sequence[Input], study: Study) -> None:
        self._base, self._inputs, self._study = base, inputs, study
        self._today: dict[tuple[int, ...], tuple[Values, Values]] = {}
        self._draws: dict[int, Scenario] = {}

    @property
    def is_interrupted(self) -> bool:
        """Whether it was cut short."""
        return self._study.is_interrupted

    @property
    def runs(self) -> "pd.DataFrame":
        """Every run: seed, levers (null: as today), the draw of what is uncertain in its world, what was kept."""
        import pandas as pd

        runs = self._study.runs
        if runs.empty:
            return runs
        paths = [one.path for one in self._inputs if one.path not in runs]
        rows = {seed: [value_at(draw, path) for path in paths] for seed, draw in self._draws.items()}
        drawn = pd.DataFrame.from_dict(rows, orient="index", columns=paths).reindex(runs["seed"])
        kept = [name for name in (DECISION, SCORE) if name in runs]
        return pd.concat([runs.drop(columns=kept), drawn.set_index(runs.index), runs[kept]], axis="columns")

    def draws(self, n_draws: int, seed: int) -> list[Scenario]:
        """Companies with values of everything uncertain by Latin hypercube, pulled towards its own if impossible."""
        shares = latin_hypercube(n_draws, len(self._inputs), seed)
        return [laid_on(self._base, values) for values in possible_points(self._base, self._inputs, shares)[0]]

    def live(
        self, designs: Sequence[Mapping[str, Any]], draws: Sequence[Scenario], seeds: Sequence[int], n_to_come: int = 0
    ) -> list[Tried]:
        """Each design in each world, against today's company in the same; today is lived once.

        At most `n_to_come` more runs will be asked for afterwards.
        """
        known = self._today.get(tuple(seeds))
        wanted = list(designs) if known else [_TODAY, *designs]
        values, scores = self._outcomes(wanted, draws, seeds, n_to_come)
        if known is None:
            known = self._today[tuple(seeds)] = (values[0], scores[0])
            values, scores = values[1:], scores[1:]
        return [
            Tried(design, value - known[0], score) for design, value, score in zip(designs, values, scores, strict=True)
        ]

    def _outcomes(
        self, designs: Sequence[Mapping[str, Any]], draws: Sequence[Scenario], seeds: Sequence[int], n_to_come: int
    ) -> tuple[Values, Values]:
        """Contribution and relationship score, designs x worlds; NaN for designs that are no company in one of them."""
        outcomes = np.full((2, len(designs), len(seeds)), np.nan)
        if self.is_interrupted:
            return outcomes[0], outcomes[1]
        self._draws |= dict(zip(seeds, draws, strict=True))
        worlds = list(zip(draws, seeds, strict=True))
        variants = [Variant(draw, tuple(design.items())) for draw, _ in worlds for design in designs]
        places = [place for place, design in enumerate(designs) if is_allowed(design, draws)]
        wanted = [(k * len(designs) + place, seed) for k, (_, seed) in enumerate(worlds) for place in places]
        for done in self._study.run(variants, wanted, n_to_come).results:
            world, place = divmod(int(done.planned.variant), len(designs))
            outcomes[:, place, world] = done.outcomes[DECISION], done.outcomes[SCORE]
        return outcomes[0], outcomes[1]


def is_allowed(design: Mapping[str, Any], draws: Sequence[Scenario]) -> bool:
    """Whether a company may have this design under all these draws of what is uncertain."""
    return all(is_company(draw, design) for draw in draws)
