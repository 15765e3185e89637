"""What does the answer hang on? Morris sieves all uncertain parameters, Sobol shares out the variance among the rest.

Uncertain is what the company cannot choose and what its own file does not say: how people act, how the market behaves,
what customers do. Each such parameter goes over its plausible range. All points meet the same worlds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.designs.company_today import company_today
from experiments.designs.design import TYPE_COLUMN, Design
from experiments.designs.dimension import Vary, parse_vary, refuse_types
from experiments.designs.presets import companies_with
from experiments.designs.run_table import DECISION
from experiments.designs.sampling import morris, n_saltelli, saltelli
from experiments.designs.uncertain_inputs import Input, possible_points, uncertain_inputs
from experiments.questions.question import Question
from experiments.statistics.paired import Values
from experiments.statistics.sobol_morris import elementary_effects
from experiments.studies.study import Study, StudyPlan
from experiments.wording.numbers import counted
from scenarios import Scenario
from scenarios.differences import difference
from scenarios.input_errors import InputError, check_least, check_seed, did_you_mean

if TYPE_CHECKING:
    from experiments.questions.sensitivity.result import Sensitivity, Stage

_MOST_PULLED = 0.1  # share of points


@dataclass(frozen=True)
class SensitivityQuestion(Question):
    """What is measured, over what, with how many points.

    `outcome` is measured with the company's practices, or with those of `practices`; with `against`, minus the same
    with the practices of `against`. `vary` empty: everything uncertain. At most `keep` inputs survive Morris;
    `trajectories` of it, then `points` base points of Sobol, each point in `runs` worlds.
    """

    name = "sensitivity"

    company: str | Path = "reference"
    outcome: str = DECISION
    practices: str | None = None
    against: str | None = None
    vary: Vary = ()
    trajectories: int = 8
    keep: int = 6
    points: int = 128
    runs: int = 2
    seed: int = 0
    changes: Mapping[str, Any] = field(default_factory=dict)

    def _check(self) -> None:
        for name, at_least in {"trajectories": 2, "keep": 2, "points": 8, "runs": 1}.items():
            check_least(name, getattr(self, name), at_least)
        check_seed(self.seed)
        if self.against is not None and self.against == self.practices:
            raise InputError(f"--practices and --against are both {self.against}; name two types")
        _check_outcome(self.outcome)

    def plan(self) -> "SensitivityPlan":
        """The company, the types that are measured, and what varies; raises InputError."""
        base = company_today(self.company, self.changes)
        inputs: tuple[Input, ...] = tuple(parse_vary(self.vary, base)) if self.vary else uncertain_inputs(base)
        if len(inputs) < 2:
            raise InputError("sensitivity shares variance out among inputs: name at least two with --vary, or none")
        refuse_types((one.path for one in inputs), "name them with --practices and --against")
        types = companies_with(self.company, (self.practices, self.against), self.changes)
        names = (self.practices,) if self.against is None else (self.practices, self.against)
        n_points = self.trajectories * (len(inputs) + 1) + n_saltelli(self.points, min(self.keep, len(inputs)))
        return SensitivityPlan(
            question=self.name,
            company=base.name,
            n_runs=n_points * len(names) * self.runs,
            companies={"company": base, **types},
            origin=difference(self.company),
            base=base,
            types=types,
            measured=names,
            inputs=inputs,
        )

    def conclude(self, plan: "SensitivityPlan", study: Study) -> "Sensitivity":
        """Screen all inputs, then share out the variance among the survivors."""
        from experiments.questions.sensitivity.result import Sensitivity

        inputs, names = plan.inputs, [one.path for one in plan.inputs]
        n_to_come = n_saltelli(self.points, min(self.keep, len(inputs)))
        screening = self._stage(plan, study, inputs, morris(self.trajectories, names, self.seed), n_to_come)
        sobol = None
        sizes = elementary_effects(screening.shares, screening.output, names).size
        if not screening.made.is_interrupted and np.isfinite(sizes).any():
            largest = np.argsort(-sizes, kind="stable")[: self.keep]
            kept = tuple(inputs[place] for place in sorted(largest))
            shares = saltelli(self.points, [one.path for one in kept], self.seed)
            sobol = self._stage(plan, study, kept, shares)
        return Sensitivity(
            self, plan, study.runs, screening, sobol, failures=study.failures, is_interrupted=study.is_interrupted
        )

    def what(self, plan: "SensitivityPlan") -> str:
        """The company and how many inputs."""
        return f"{plan.company}, {counted(len(plan.inputs), 'input')}"

    def _stage(
        self, plan: "SensitivityPlan", study: Study, inputs: Sequence[Input], shares: Values, n_to_come: int = 0
    ) -> "Stage":
        """Run every row of `shares` with each type that is asked for; `n_to_come` rows more will follow."""
        import pandas as pd

        from experiments.questions.sensitivity.result import Stage, luck_share

        drawn, n_pulled = possible_points(plan.base, inputs, shares)
        if n_pulled > _MOST_PULLED * len(drawn):
            raise InputError(
                f"{n_pulled} of {len(drawn)} points are no possible company, and pulled towards {plan.company} they "
                "would say little of the ranges; name narrower ones"
            )
        n_types = len(plan.measured)
        rows = [values | {TYPE_COLUMN: name} for name in plan.measured for values in drawn]
        points = pd.DataFrame(rows).astype({TYPE_COLUMN: object})
        seeds = tuple(range(self.seed, self.seed + self.runs))
        made = study.run_design(Design(plan.base, points, seeds, plan.types), n_to_come * n_types * self.runs)
        values = made.values(self.outcome).reshape(n_types, len(drawn), -1)
        gap = values[0] - values[1] if n_types > 1 else values[0]
        return Stage(tuple(inputs), shares, made, gap.mean(axis=1), luck_share(gap), n_pulled)


@dataclass(frozen=True, kw_only=True)
class SensitivityPlan(StudyPlan):
    """`measured` is the type whose outcome is explained (None: today's practices), and the one it is held against."""

    base: Scenario
    types: Mapping[str, Scenario]
    measured: tuple[str | None, ...]
    inputs: tuple[Input, ...]


def _check_outcome(name: str) -> None:
    from simulation.outcomes import OUTCOMES

    if name not in OUTCOMES:
        raise InputError(f"there is no outcome {name}{did_you_mean(name, OUTCOMES)}")
