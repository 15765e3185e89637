"""What is one change worth to a company? The same worlds with and without it, and where the difference arose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

import scenarios
from experiments.designs.assumptions import twin_seeds
from experiments.designs.company_today import company_with
from experiments.designs.design import TYPE_COLUMN, Design
from experiments.designs.ensembles import assumptions_for, check_draws, usual_runs
from experiments.designs.variant import Variant
from experiments.observation.yearly import CONTRIBUTION
from experiments.questions.question import Question
from experiments.questions.what_if.both_worlds import AFTER, BEFORE, live_both, measured
from experiments.statistics.paired import Values
from experiments.statistics.sequential import USUAL_RUNS, Precision, look, settled_runs
from experiments.studies.growing import grown, within
from experiments.studies.study import DesignRuns, Study, StudyPlan
from scenarios.differences import difference
from scenarios.input_errors import InputError, check_seed

if TYPE_CHECKING:
    from experiments.questions.what_if.result import WhatIf


@dataclass(frozen=True)
class WhatIfQuestion(Question):
    """What to change, in how many common worlds.

    `company` is a shipped name or a path. `changes` maps dotted paths to the values after the change. `given` holds in
    both worlds, as does `practices` (a type; None for the company's present practices). Either `runs` (200 if nothing
    is said), or a `precision` such as "2%": go on until the difference is known that well. World k has seed `seed` + k.
    Every world has a draw of the assumptions of its own, unless they are `fixed` as they stand.
    """

    name = "what-if"

    company: str | Path
    changes: Mapping[str, Any]
    practices: str | None = None
    given: Mapping[str, Any] = field(default_factory=dict)
    runs: int | None = None
    precision: Precision | None = None
    seed: int = 0
    fixed: bool = False

    def _check(self) -> None:
        usual = usual_runs(self.company, USUAL_RUNS, fixed=self.fixed)
        object.__setattr__(self, "runs", settled_runs(self.runs, self.precision, usual))
        check_seed(self.seed)
        if not self.changes:
            raise InputError("say what to change, e.g. --set practices.recycling=true")

    @property
    def seeds(self) -> range:
        """The worlds, where no precision decides how many."""
        return range(self.seed, self.seed + (self.runs or 0))

    def plan(self) -> StudyPlan:
        """The company without and with the change; raises InputError, also if they are the same."""
        before = company_with(self.company, self.practices, self.given)
        after = scenarios.with_changes(before, self.changes)
        if before.run != after.run:
            raise InputError("the length of a run is no change of the company; set it for both worlds with --given")
        if before == after:
            raise InputError("the change changes nothing: the company already has these values")
        assumptions = assumptions_for(self.company, before, {*self.given, *self.changes}, fixed=self.fixed)
        check_draws(assumptions, self.runs or 0)
        n_twins = len(twin_seeds(assumptions, self.seeds))
        return StudyPlan(
            question=self.name,
            company=before.name,
            measure=measured,
            simulate=partial(live_both, Variant(before, assumptions=assumptions)),
            n_runs=None if self.precision else len(self.seeds) + n_twins,
            companies={BEFORE: before, AFTER: after},
            assumptions=assumptions,
            origin=difference(self.company),
            lives=dict.fromkeys((BEFORE, AFTER), len(self.seeds) + n_twins),
        )

    def conclude(self, plan: StudyPlan, study: Study) -> "WhatIf":
        """Live every world without and with the change and put the tables together."""
        from experiments.questions.what_if.result import result_of

        def design(seeds: Sequence[int]) -> Design:
            """The change as the one point of a design."""
            return design_of(plan.companies[BEFORE], self.changes, seeds)

        if self.precision is None:
            steps = [study.run_design(design(self.seeds), n_to_come=len(twin_seeds(plan.assumptions, self.seeds)))]
        else:
            steps = grown(
                study, design, self.seed, within(self.precision, plan.assumptions), (BEFORE, AFTER), contributions
            )
        others = twin_seeds(plan.assumptions, steps[0].design.seeds)
        twins = study.run_design(design(others)) if others and not study.is_interrupted else None
        result: WhatIf = result_of(self, plan, study, steps, twins)
        if self.precision is None or not result.n_replications:
            return result
        values = {world: result.values(f"{world}/{CONTRIBUTION}") for world in (BEFORE, AFTER)}
        return replace(result, is_precise_enough=look(values, self.precision).is_reached)

    def what(self, plan: StudyPlan) -> str:
        """The company, twice."""
        return f"{plan.company}, with and without"


def design_of(before: scenarios.Scenario, changes: Mapping[str, Any], seeds: Sequence[int]) -> Design:
    """The company `before` with the changes as the one point, in these worlds."""
    import pandas as pd

    practices = changes.get(TYPE_COLUMN, {})  # to a design this column is a type, to us a group of values
    values = {path: value for path, value in changes.items() if path != TYPE_COLUMN}
    values |= {f"{TYPE_COLUMN}.{name}": value for name, value in practices.items()}
    columns = {path: pd.Series([value], dtype=object) for path, value in values.items()}
    return Design(before, pd.DataFrame(columns), tuple(seeds))


def contributions(runs: DesignRuns) -> Values:
    """The contribution without and with the change, world by world."""
    return np.vstack([runs.values(f"{world}/{CONTRIBUTION}") for world in (BEFORE, AFTER)])
