"""What happened to one prospect, day by day, in two companies that differ in one way?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import scenarios
from experiments.designs.company_today import company_with
from experiments.designs.variant import Variant, differing_values
from experiments.execution.runner import RunTable
from experiments.questions.question import Question, StudyInterrupted
from experiments.studies.study import Study, StudyPlan
from experiments.wording.parameters import in_words
from scenarios.differences import difference
from scenarios.input_errors import InputError, check_seed

if TYPE_CHECKING:
    import pandas as pd

    from experiments.questions.lead_history.result import LeadHistory


@dataclass(frozen=True)
class LeadQuestion(Question):
    """Which prospect of which world to follow; without `lead` a telling one is picked.

    The first world has the practices of a type (None: those of today); the second has those of the type `against`, or
    these `changes`.
    """

    name = "lead"

    company: str | Path
    lead: int | None = None
    practices: str | None = None
    against: str | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)
    seed: int = 0

    def _check(self) -> None:
        check_seed(self.seed)
        if self.lead is not None and self.lead < 0:
            raise InputError(f"leads are numbered from 0, not {self.lead}")
        if (self.against is None) == (not self.changes):
            raise InputError(
                "say how the second world differs: either --against aligned, or --set practices.recycling=true"
            )

    def plan(self) -> StudyPlan:
        """The two worlds by name; raises InputError, also if they are the same."""
        first = company_with(self.company, self.practices, {})
        if self.against is None:
            second = scenarios.with_changes(first, self.changes)
        else:
            second = company_with(self.company, self.against, {})
        if first == second:
            raise InputError("both worlds are the same: the company already has these practices")
        if first.run != second.run:
            raise InputError("the length of a run is no change of the company; set it in a company file")
        changed = ", ".join(
            f"{path.split('.')[-1].replace('_', ' ')} = {in_words(value)}" for path, value in self.changes.items()
        )
        companies = {self.practices or "today's practices": first, self.against or changed: second}
        return StudyPlan(self.name, first.name, n_runs=2, companies=companies, origin=difference(self.company))

    def conclude(self, plan: StudyPlan, study: Study) -> "LeadHistory":
        """Make both runs, then live both worlds once more, evening by evening."""
        from experiments.questions.lead_history.result import history_in

        variants = [Variant(one) for one in plan.companies.values()]
        done = study.run(variants, [(place, self.seed) for place in range(len(variants))])
        if done.is_interrupted:
            raise StudyInterrupted
        return history_in(self, plan, _runs(plan.companies, done))

    def what(self, plan: StudyPlan) -> str:
        """The company, twice."""
        return f"{plan.company}, two worlds"


def _runs(companies: Mapping[str, scenarios.Scenario], done: RunTable) -> "pd.DataFrame":
    """A row a run: variant, seed, the values in which the two differ, every outcome."""
    import pandas as pd

    names, inputs = list(companies), differing_values(companies)
    rows: list[dict[str, Any]] = []
    for one in done.results:
        name = names[int(one.planned.variant)]
        rows.append({"variant": name, "seed": one.planned.seed, **{path: of[name] for path, of in inputs.items()}})
        rows[-1] |= one.outcomes
    return pd.DataFrame(rows)
