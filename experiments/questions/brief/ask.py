"""What should this company do next, on one page: today, the next steps, the best type, and what would overturn it.

The same runs serve all of it: types are compared, a path of a few steps is sought towards the best and measured in
other worlds, the path is lived as a change on the way (so that setting up and learning cost what they cost), and today,
path and best are lived again in markets under stress.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import scenarios
from experiments.designs.company_today import TYPES, company_today
from experiments.designs.ensembles import assumptions_for, check_draws, usual_runs
from experiments.designs.practice_bundles import practices_between
from experiments.designs.presets import companies_with
from experiments.questions.brief.kept import kept_for_brief
from experiments.questions.question import Question
from experiments.statistics.doubt import FEWEST
from experiments.studies.greedy_path import most_runs
from experiments.studies.study import Study, StudyPlan
from scenarios import Scenario
from scenarios.differences import difference
from scenarios.input_errors import check_least, check_seed

if TYPE_CHECKING:
    from experiments.questions.brief.result import Brief

N_STEPS = 3
USUAL_RUNS = 100
N_TRIED = 24
"""Replications in which steps are chosen, lived as a change on the way, and stressed."""
N_STRESSES = 3


@dataclass(frozen=True)
class BriefQuestion(Question):
    """Which company, and in how many replications today, path and best are measured.

    `changes` maps dotted paths to values. Every replication has a draw of the assumptions of its own, unless they are
    `fixed` as they stand.
    """

    name = "brief"

    company: str | Path = "reference"
    runs: int | None = None
    seed: int = 0
    changes: Mapping[str, Any] = field(default_factory=dict)
    fixed: bool = False

    def _check(self) -> None:
        if self.runs is None:
            object.__setattr__(self, "runs", usual_runs(self.company, USUAL_RUNS, fixed=self.fixed, times=2))
        check_least("runs", self.n_runs, FEWEST, "fewer say nothing")
        check_seed(self.seed)

    @property
    def n_runs(self) -> int:
        """Replications in which types are compared, and as many others in which the path is measured."""
        return self.runs or 0

    @property
    def n_steps(self) -> int:
        """Steps of the path, at most."""
        return N_STEPS

    @property
    def seeds(self) -> range:
        """The replications in which types are compared."""
        return range(self.seed, self.seed + self.n_runs)

    @property
    def tried(self) -> range:
        """The first of them."""
        return self.seeds[:N_TRIED]

    @property
    def fresh(self) -> range:
        """Others, in which the path is measured."""
        return range(self.seed + self.n_runs, self.seed + 2 * self.n_runs)

    @property
    def fresh_tried(self) -> range:
        """The first of those, in which the path is lived as a change on the way, and stressed."""
        return self.fresh[:N_TRIED]

    def plan(self) -> "BriefPlan":
        """Today's company and what it may become; raises InputError, ScenarioError."""
        today = company_today(self.company, self.changes)
        types = companies_with(self.company, TYPES, self.changes)
        goals = {name: one for name, one in types.items() if one != today}
        assumptions = assumptions_for(self.company, today, self.changes, fixed=self.fixed)
        check_draws(assumptions, 2 * self.n_runs, "runs, twice over")
        return BriefPlan(
            question=self.name,
            company=today.name,
            measure=kept_for_brief,
            n_runs=self._most_runs(today, goals),
            is_exact=False,
            companies={"today": today, **goals},
            assumptions=assumptions,
            origin=difference(self.company),
            today=today,
            goals=goals,
        )

    def _most_runs(self, today: Scenario, goals: Mapping[str, Scenario]) -> int:
        n_parts = max(len(practices_between(today, goal)) for goal in goals.values())
        path = n_parts * len(self.tried) + most_runs(n_parts, N_STEPS, len(self.tried), self.n_runs)
        return (1 + len(goals)) * self.n_runs + path + (1 + N_STEPS + 3 * N_STRESSES) * len(self.tried)

    def conclude(self, plan: "BriefPlan", study: Study) -> "Brief":
        """Compare, seek a path, live it on the way, stress it."""
        from experiments.questions.brief.found import found

        return found(self, plan, study)


@dataclass(frozen=True)
class BriefPlan(StudyPlan):
    """The company `today`, and the types it may become."""

    today: Scenario = field(default_factory=scenarios.Scenario)
    goals: Mapping[str, Scenario] = field(default_factory=dict)
