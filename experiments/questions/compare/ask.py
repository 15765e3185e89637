"""Which relationship between Sales and Marketing earns most in this company, by how much, and how sure is that?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import scenarios
from experiments.designs.company_today import TYPES, company_today
from experiments.designs.design import TYPE_COLUMN, Design
from experiments.designs.presets import companies_with
from experiments.designs.run_table import TODAY
from experiments.observation import measures
from experiments.questions.question import Question
from experiments.statistics.sequential import Precision, look, settled_runs
from experiments.studies.growing import grown
from experiments.studies.study import DesignRuns, Study, StudyPlan
from scenarios.differences import difference
from scenarios.input_errors import InputError, check_seed

if TYPE_CHECKING:
    from experiments.questions.compare.result import Comparison


@dataclass(frozen=True)
class CompareQuestion(Question):
    """What to compare, and in how many common worlds.

    `company` is a shipped name or a path. `types` may name "today", the company's present practices; None is all
    types, and today's practices where they are none of them. Either `runs` (200 if nothing is said), or a `precision`
    such as "2%": go on until the gap of the best two is known that well. World k has seed `seed` + k. `changes` maps
    dotted paths to values, the same for every variant.
    """

    name = "compare"

    company: str | Path = "reference"
    types: tuple[str, ...] | None = None
    runs: int | None = None
    precision: Precision | None = None
    seed: int = 0
    changes: Mapping[str, Any] = field(default_factory=dict)

    def _check(self) -> None:
        object.__setattr__(self, "runs", settled_runs(self.runs, self.precision))
        check_seed(self.seed)
        if self.types is not None and len(self.types) < 2:
            raise InputError("there must be at least two types to compare")
        if self.types is not None and len(set(self.types)) < len(self.types):
            raise InputError(f"a type is named twice in {', '.join(self.types)}")

    @property
    def seeds(self) -> range:
        """The worlds, where no precision decides how many."""
        return range(self.seed, self.seed + (self.runs or 0))

    def plan(self) -> "ComparePlan":
        """The scenario of each type asked for; raises InputError if there is nothing to compare."""
        today_as_it_is = company_today(self.company, self.changes)
        names = [name for name in self.types or TYPES if name != TODAY]
        variants: dict[str, scenarios.Scenario] = companies_with(self.company, names, self.changes)
        today = next((name for name, variant in variants.items() if variant == today_as_it_is), None)
        if today is None and (self.types is None or TODAY in self.types):
            variants[TODAY] = today_as_it_is
            today = TODAY
        if len(variants) < 2:
            raise InputError(
                f"today's practices of {today_as_it_is.name} are {today}; name another type to compare them with"
            )
        return ComparePlan(
            question=self.name,
            company=today_as_it_is.name,
            measure=measures.compared,
            n_runs=None if self.precision else len(self.seeds) * len(variants),
            companies=variants,
            origin=difference(self.company),
            base=today_as_it_is,
            today=today,
        )

    def conclude(self, plan: "ComparePlan", study: Study) -> "Comparison":
        """Run every variant in common worlds and put the tables together."""
        from experiments.questions.compare.result import Comparison, comparison

        steps: Sequence[DesignRuns]
        if self.precision is None:
            steps = [study.run_design(plan.design(self.seeds))]
        else:
            steps = grown(study, plan.design, self.seed, self.precision, list(plan.companies))
        made: Comparison = comparison(self, plan, steps)
        if self.precision is None or not made.n_replications:
            return made
        values = {name: made.values(name) for name in plan.companies}
        return replace(made, is_precise_enough=look(values, self.precision).is_reached)

    def what(self, plan: StudyPlan) -> str:
        """The company and how many variants of it."""
        return f"{plan.company}, {len(plan.companies)} types"


@dataclass(frozen=True)
class ComparePlan(StudyPlan):
    """The variants are `companies`, by name; `today` is the one with the company's present practices.

    `base` is the company as it is.
    """

    base: scenarios.Scenario = field(default_factory=scenarios.Scenario)
    today: str | None = None

    def design(self, seeds: Sequence[int]) -> Design:
        """Every variant in these worlds."""
        import pandas as pd

        names = [None if name == TODAY else name for name in self.companies]
        types = {name: variant for name, variant in self.companies.items() if name != TODAY}
        points = pd.DataFrame({TYPE_COLUMN: pd.Series(names, dtype=object)})
        return Design(self.base, points, tuple(seeds), types)
