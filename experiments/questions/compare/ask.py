"""Which relationship between Sales and Marketing earns most in this company, by how much, and how sure is that?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import scenarios
from experiments.designs.assumptions import twin_seeds
from experiments.designs.company_today import TYPES, company_today
from experiments.designs.design import TYPE_COLUMN, Design
from experiments.designs.ensembles import assumptions_for, check_draws, usual_runs
from experiments.designs.presets import companies_with
from experiments.designs.run_table import TODAY
from experiments.observation import measures
from experiments.questions.compare.most_runs import most_to_explain
from experiments.questions.question import Question
from experiments.statistics.doubt import says_something
from experiments.statistics.sequential import USUAL_RUNS, Precision, look, settled_runs
from experiments.studies.growing import grown, within
from experiments.studies.study import DesignRuns, Study, StudyPlan
from scenarios.differences import difference
from scenarios.input_errors import InputError, check_seed

if TYPE_CHECKING:
    from experiments.questions.compare.result import Comparison

MOST_EXPLAINED = 24
"""Replications in which all sets of families, and bundles with one practice less, are lived."""


@dataclass(frozen=True)
class CompareQuestion(Question):
    """What to compare, and in how many common worlds.

    `company` is a shipped name or a path. `types` may name "today", the company's present practices; None is all
    types, and today's practices where they are none of them. Either `runs` (200 if nothing is said), or a `precision`
    such as "2%": go on until the gap of the best two is known that well. World k has seed `seed` + k. `changes` maps
    dotted paths to values, the same for every variant. Every replication has a draw of the assumptions of its own,
    unless they are `fixed` as they stand. `is_quick` leaves out where the gain comes from and what could be left out.
    """

    name = "compare"

    company: str | Path = "reference"
    types: tuple[str, ...] | None = None
    runs: int | None = None
    precision: Precision | None = None
    seed: int = 0
    changes: Mapping[str, Any] = field(default_factory=dict)
    fixed: bool = False
    is_quick: bool = False

    def _check(self) -> None:
        usual = usual_runs(self.company, USUAL_RUNS, fixed=self.fixed)
        object.__setattr__(self, "runs", settled_runs(self.runs, self.precision, usual))
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
        plan = ComparePlan(
            question=self.name,
            company=today_as_it_is.name,
            measure=measures.compared,
            companies=variants,
            assumptions=assumptions_for(self.company, today_as_it_is, self.changes, fixed=self.fixed),
            origin=difference(self.company),
            base=today_as_it_is,
            today=today,
        )
        check_draws(plan.assumptions, self.runs or 0)
        return replace(plan, n_runs=self._most_runs(plan), is_exact=self.is_quick or self.n_explained == 0)

    @property
    def n_explained(self) -> int:
        """Replications in which the gain is taken apart; none where there are too few for it to say anything."""
        n_replications = self.precision.fewest if self.precision else self.runs or 0
        return min(n_replications, MOST_EXPLAINED) if says_something(n_replications) and not self.is_quick else 0

    def _most_runs(self, plan: "ComparePlan") -> int | None:
        """How many runs there will be at most; None where precision decides."""
        if self.precision is not None:
            return None
        n_runs = (len(self.seeds) + len(twin_seeds(plan.assumptions, self.seeds))) * len(plan.companies)
        pairs = permutations(plan.companies.values(), 2)
        return n_runs + max(most_to_explain(start, goal, self.n_explained) for start, goal in pairs)

    def conclude(self, plan: "ComparePlan", study: Study) -> "Comparison":
        """Run every variant in common worlds, then take the gain apart, and put the tables together."""
        from experiments.questions.compare.explained import explained
        from experiments.questions.compare.result import comparison

        n_to_come = None if plan.n_runs is None else plan.n_runs - len(self.seeds) * len(plan.companies)
        steps: Sequence[DesignRuns]
        twins: DesignRuns | None = None
        if self.precision is None:
            steps = [study.run_design(plan.design(self.seeds), n_to_come)]
        else:
            steps = grown(study, plan.design, self.seed, within(self.precision, plan.assumptions), list(plan.companies))
        seeds = steps[0].design.seeds if steps else ()
        if twin_seeds(plan.assumptions, seeds) and not study.is_interrupted:
            twins = study.run_design(plan.design(twin_seeds(plan.assumptions, seeds)), None)
        made: Comparison = comparison(self, plan, steps, twins)
        if not made.n_replications:
            return made
        if self.precision is not None:
            values = {name: made.values(name) for name in plan.companies}
            made = replace(made, is_precise_enough=look(values, self.precision).is_reached)
        return explained(made, study, self.n_explained)

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
