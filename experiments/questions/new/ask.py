"""What company is it that is described so, and can all that is said of it hold together?"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.designs.ensembles import ensemble_of
from experiments.questions.new.described_draws import N_CORRECTIONS, N_WORLDS
from experiments.questions.new.described_figures import N_MORE, N_SHOWN, figures_of, said_of
from experiments.questions.new.described_levers import in_proportion, levers_for
from experiments.questions.new.description import read_description
from experiments.questions.new.scaled_company import Draft, scaled
from experiments.questions.new.short_fit import N_GUESSES, PARTS, ROUNDS
from experiments.questions.question import Question
from experiments.studies.study import Study, StudyPlan
from scenarios.input_errors import check_least, check_seed

if TYPE_CHECKING:
    from experiments.questions.new.result import NewCompany

USUAL_WORLDS, USUAL_DRAWS = 6, 150
"""Worlds of each point of the fit; draws of what nobody asked."""


@dataclass(frozen=True)
class NewQuestion(Question):
    """A file of answers to plain questions, in how many worlds each point of the fit is lived, and how many draws.

    `draws` of what nobody asked, with which the company shows the same, are tried; 0 keeps those of the company near.
    """

    name = "new"
    takes_company_as_it_is = False

    answers: str | Path
    worlds: int = USUAL_WORLDS
    draws: int = USUAL_DRAWS
    seed: int = 0

    def _check(self) -> None:
        check_least("worlds", self.worlds, 2, "one says nothing about luck")
        check_least("draws", self.draws, 0)
        check_seed(self.seed)

    def plan(self) -> "NewPlan":
        """Read the answers and draft the company; raises InputError."""
        path = Path(self.answers)
        description = read_description(path)
        draft = in_proportion(scaled(description))
        n_levers = len(levers_for(said_of(description)))
        n_fit = self.worlds * (3 + N_GUESSES + ROUNDS * (len(PARTS) + n_levers))
        n_draws = min(self.draws, ensemble_of(draft.parent).assumptions.n_draws)
        return NewPlan(
            question=self.name,
            company=description.name,
            measure=figures_of,
            n_runs=n_fit + 2 * N_MORE + N_SHOWN + n_draws * (N_CORRECTIONS + 1) * N_WORLDS,
            is_exact=False,
            companies={description.name: draft.scenario},
            files=(hashlib.sha256(path.read_bytes()).hexdigest(),),
            draft=draft,
        )

    def conclude(self, plan: "NewPlan", study: Study) -> "NewCompany":
        """Live the draft, mend it, and show what it is like in fresh worlds."""
        from experiments.questions.new.mending import Mending

        return Mending(self, plan, study).company()

    def what(self, plan: StudyPlan) -> str:
        """The company and whom it is like."""
        assert isinstance(plan, NewPlan)
        return f"{plan.company}, after {plan.draft.parent}"


@dataclass(frozen=True, kw_only=True)
class NewPlan(StudyPlan):
    """`draft` is the company before it is lived."""

    draft: Draft
