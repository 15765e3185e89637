"""What should change next? The value of each practice alone, last and on average over all orders, and a path.

From the company's own state to a goal (the practices of a type), practices are put in place in every order that is
drawn, in common worlds. The path then takes, step by step, the practice that gains most on top of those before it; it
is chosen in these worlds and measured anew in others, so that the luck which made a step look best does not count.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

import scenarios
from experiments.designs.company_today import TYPES, company_with
from experiments.designs.design import TYPE_COLUMN, Design
from experiments.designs.ensembles import assumptions_for, check_draws
from experiments.designs.practice_bundles import practices_between
from experiments.designs.presets import companies_with
from experiments.questions.question import Question, StudyInterrupted
from experiments.statistics.shapley import Orders, alone_and_last, orders, sets_met
from experiments.studies.greedy_path import GreedyPath, greedy_path, most_runs
from experiments.studies.practice_sets import MEASURED, PracticeSets
from experiments.studies.study import Study, StudyPlan
from scenarios import Scenario
from scenarios.differences import difference
from scenarios.input_errors import InputError, check_least, check_seed

if TYPE_CHECKING:
    from experiments.questions.roadmap.result import Ends, Roadmap

_WORLDS_FOR_THE_GOAL = 24
_OTHER_WORLDS = 1_000_000  # seeds this far on are met by nothing else: they choose the goal


@dataclass(frozen=True)
class RoadmapQuestion(Question):
    """From where, to where, in how many common worlds.

    `start` None is the company's own practices, `goal` None the type that earns most for it. World k has seed
    `seed` + k. `changes` maps dotted paths to values, the same at the start and at the goal. Every world has
    a draw of the assumptions of its own, unless they are `fixed` as they stand.
    """

    name = "roadmap"

    company: str | Path = "reference"
    start: str | None = None
    goal: str | None = None
    runs: int = 40
    seed: int = 0
    most_steps: int = 8
    changes: Mapping[str, Any] = field(default_factory=dict)
    fixed: bool = False

    def _check(self) -> None:
        check_least("runs", self.runs, 2)
        check_seed(self.seed)
        if self.most_steps < 1:
            raise InputError(f"a path has at least 1 step, not {self.most_steps}")

    def plan(self) -> "RoadmapPlan":
        """The company at the start, and at the goal or at all that it might be; raises InputError."""
        start = company_with(self.company, self.start, self.changes)
        goals = companies_with(self.company, [self.goal] if self.goal else TYPES, self.changes)
        if self.goal is None:
            goals = {name: one for name, one in goals.items() if one.practices != start.practices}
        n_search = 0 if self.goal else len(goals) * len(self._search_seeds())
        assumptions = assumptions_for(self.company, start, self.changes, fixed=self.fixed)
        check_draws(assumptions, 3 * self.runs, "runs, three times over")
        return RoadmapPlan(
            question=self.name,
            company=start.name,
            measure=MEASURED,
            n_runs=n_search + max(self._most_runs(start, goal) for goal in goals.values()),
            is_exact=False,
            companies={"start": start, **goals},
            assumptions=assumptions,
            origin=difference(self.company),
            start=start,
            goals=goals,
        )

    def conclude(self, plan: "RoadmapPlan", study: Study) -> "Roadmap":
        """Find the goal where none is named, live all sets of practices that are needed, and seek a path."""
        import pandas as pd

        from experiments.questions.roadmap.result import Roadmap, runs_of

        ends = self._ends(plan, study)
        n_parts, n_others = len(ends.practices), 2 * self.runs
        drawn = orders(n_parts, self.runs, self.seed)
        sets = PracticeSets(ends.start, ends.practices, study)
        sets.live(self._wanted(drawn), most_runs(n_parts, self.most_steps, self.runs, n_others))
        roadmap = Roadmap(self, plan, pd.DataFrame(), ends, sets.lived, drawn, GreedyPath())
        if roadmap.n_replications and not sets.is_interrupted:
            alone = [roadmap.alone(part).mean for part in range(n_parts)]
            promise = np.maximum(roadmap.shapley().mean(axis=0), alone)
            others = [self.seed + self.runs + k for k in range(n_others)]
            path = greedy_path(sets, promise, roadmap.seeds, others, self.most_steps)
            roadmap = replace(roadmap, path=path)
        runs = runs_of(sets.lived, ends.practices)
        return replace(roadmap, runs=runs, failures=tuple(sets.failures), is_interrupted=sets.is_interrupted)

    def _wanted(self, drawn: Orders) -> list[tuple[int, int]]:
        """The sets of practices to live, with the seed of the world."""
        n_parts = drawn.shape[1]
        return [
            (one, self.seed + k)
            for k, order in enumerate(drawn)
            for one in sorted(sets_met(order) | alone_and_last(n_parts))
        ]

    def _most_runs(self, start: Scenario, goal: Scenario) -> int:
        """Runs from start to goal, at most. Raises InputError where there is nothing between them."""
        n_parts = len(practices_between(start, goal))
        on_the_path = most_runs(n_parts, self.most_steps, self.runs, 2 * self.runs)
        return len(self._wanted(orders(n_parts, self.runs, self.seed))) + on_the_path

    def _search_seeds(self) -> tuple[int, ...]:
        """The worlds in which the goal is chosen."""
        return tuple(self.seed + _OTHER_WORLDS + k for k in range(min(self.runs, _WORLDS_FOR_THE_GOAL)))

    def _ends(self, plan: "RoadmapPlan", study: Study) -> "Ends":
        from experiments.questions.roadmap.result import Ends

        name = self.goal or self._best_goal(plan, study)
        goal = plan.goals[name]
        return Ends(plan.start, goal, name, practices_between(plan.start, goal), self.goal is None)

    def _best_goal(self, plan: "RoadmapPlan", study: Study) -> str:
        """The type, other than today's, with the highest mean contribution in a few worlds of their own."""
        import pandas as pd

        types = list(plan.goals)
        points, seeds = pd.DataFrame({TYPE_COLUMN: types}), self._search_seeds()
        assert plan.n_runs is not None
        n_to_come = plan.n_runs - len(types) * len(seeds)
        tried = study.run_design(Design(plan.start, points, seeds, plan.goals), n_to_come)
        if tried.is_interrupted:
            raise StudyInterrupted  # what was seen so far is no reason to choose a goal, nor to go on
        values = tried.values()
        known = values[:, ~np.isnan(values).any(axis=0)]
        if not known.size:
            why = tried.failures[0].error if tried.failures else "no run had a known contribution"
            raise InputError(f"no type could be tried to find a goal ({why}); name one with --to")
        return types[int(known.mean(axis=1).argmax())]


@dataclass(frozen=True)
class RoadmapPlan(StudyPlan):
    """The company at the `start`, and what it might become: one goal, or all types but today's."""

    start: Scenario = field(default_factory=scenarios.Scenario)
    goals: Mapping[str, Scenario] = field(default_factory=dict)
