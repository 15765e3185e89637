"""Which joint values of all that is uncertain make a company like those that published their figures?

History matching in waves: each wave tries points from what the waves before have left, and rules out more. A point is a
draw of every uncertain parameter, lived in a world of its own; it is accepted if every published figure lies inside its
tolerance there. What is left in the end is drawn from evenly, so accepted draws are as likely as each other.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.designs.company_today import company_today
from experiments.designs.presets import companies_with
from experiments.designs.uncertain_inputs import Input, uncertain_inputs
from experiments.observation.published_figures import UNSETTLED, USUAL, PublishedFigure, published_figures, published_of
from experiments.questions.question import Question
from experiments.statistics.history_matching import FEWEST_POINTS
from experiments.studies.study import Study, StudyPlan
from experiments.wording.numbers import counted
from scenarios import Scenario
from scenarios.differences import difference
from scenarios.input_errors import InputError, check_least, check_seed
from scenarios.run_length import QUARTERS_PER_YEAR

if TYPE_CHECKING:
    from experiments.questions.ensemble.result import EnsembleFound


@dataclass(frozen=True)
class EnsembleQuestion(Question):
    """How many draws are wanted, how many are tried in a wave, and after how many the search is given up.

    `company` is a shipped name or a path. `changes` maps dotted paths to values; what they set is not drawn.
    """

    name = "ensemble"

    company: str | Path = "reference"
    draws: int = 300
    wave: int = 500
    most: int = 12_000
    seed: int = 0
    changes: Mapping[str, Any] = field(default_factory=dict)

    def _check(self) -> None:
        check_least("draws", self.draws, 1)
        check_least("wave", self.wave, 2 * FEWEST_POINTS, "fewer teach nothing")
        check_least("most", self.most, self.wave)
        check_seed(self.seed)

    def plan(self) -> "EnsemblePlan":
        """What is drawn and what it is held against; raises InputError if nothing is left open."""
        base = company_today(self.company, self.changes)
        if base.run.quarters < QUARTERS_PER_YEAR:
            raise InputError("run.quarters: published figures are of a year at least; give 4 or more")
        inputs = tuple(one for one in uncertain_inputs(base) if one.path not in self.changes)
        if not inputs:
            raise InputError(f"{base.name} leaves nothing open: every uncertain parameter is set")
        return EnsemblePlan(
            question=self.name,
            company=base.name,
            measure=published_of,
            n_runs=2 * self.most,
            is_exact=False,
            companies=companies_with(self.company, (USUAL, UNSETTLED), self.changes),
            origin=difference(self.company),
            base=base,
            inputs=inputs,
            figures=published_figures(base),
        )

    def conclude(self, plan: "EnsemblePlan", study: Study) -> "EnsembleFound":
        """Try waves of draws until enough are accepted."""
        from experiments.questions.ensemble.waves import Waves

        return Waves(self, plan, study).found()

    def what(self, plan: "EnsemblePlan") -> str:
        """The company and how many parameters."""
        return f"{plan.company}, {counted(len(plan.inputs), 'parameter')}"


@dataclass(frozen=True)
class EnsemblePlan(StudyPlan):
    """`inputs` are drawn over their plausible ranges, `figures` are what a draw is held against."""

    base: Scenario = field(default_factory=Scenario)
    inputs: tuple[Input, ...] = ()
    figures: tuple[PublishedFigure, ...] = ()
