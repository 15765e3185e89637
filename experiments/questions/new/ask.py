"""What company is it that is described so, and can all that is said of it hold together?"""

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from experiments.designs.variant import Variant
from experiments.questions.new.described_figures import UNITS, figures_of
from experiments.questions.new.described_levers import (
    DescribedLever,
    in_proportion,
    lengthened,
    levers_for,
    moved,
    targeted,
)
from experiments.questions.new.description import Description, read_description
from experiments.questions.new.proportions import Draft, proportioned
from experiments.questions.new.short_fit import PARTS, ROUNDS, fitted
from experiments.questions.question import Question, StudyInterrupted
from experiments.statistics.paired import Values
from experiments.studies.study import Study, StudyPlan
from scenarios.input_errors import InputError, check_least, check_seed

if TYPE_CHECKING:
    from experiments.questions.new.result import NewCompany

USUAL_WORLDS, N_SHOWN = 6, 12
"""Worlds of each point of the fit; fresh ones in which the finished company is shown."""
_GUESSES = 3
"""Points at which each lever is moved by what its own figure misses, before all are moved together."""


@dataclass(frozen=True)
class NewQuestion(Question):
    """A file of answers to plain questions, and in how many worlds each point of the fit is lived."""

    name = "new"

    answers: str | Path
    worlds: int = USUAL_WORLDS
    seed: int = 0

    def _check(self) -> None:
        check_least("worlds", self.worlds, 2, "one says nothing about luck")
        check_seed(self.seed)

    def plan(self) -> "NewPlan":
        """Read the answers and draft the company; raises InputError."""
        path = Path(self.answers)
        description = read_description(path)
        draft = in_proportion(proportioned(description))
        n_levers = len(levers_for(said_of(description)))
        return NewPlan(
            question=self.name,
            company=description.name,
            measure=figures_of,
            n_runs=self.worlds * (3 + _GUESSES + ROUNDS * (len(PARTS) + n_levers)) + N_SHOWN,
            is_exact=False,
            companies={description.name: draft.scenario},
            files=(hashlib.sha256(path.read_bytes()).hexdigest(),),
            draft=draft,
        )

    def conclude(self, plan: "NewPlan", study: Study) -> "NewCompany":
        """Live the draft, mend it, and show what it is like in fresh worlds."""
        return _Mending(self, plan, study).company()

    def what(self, plan: StudyPlan) -> str:
        """The company and whom it is like."""
        assert isinstance(plan, NewPlan)
        return f"{plan.company}, after {plan.draft.parent}"


@dataclass(frozen=True, kw_only=True)
class NewPlan(StudyPlan):
    """`draft` is the company before it is lived."""

    draft: Draft


def said_of(description: Description) -> list[str]:
    """The figures that were given and can be shown."""
    return [name for name in UNITS if description[name] is not None]


@dataclass
class _Mending:
    """The steps from a draft to a company."""

    question: NewQuestion
    plan: NewPlan
    study: Study

    def company(self) -> "NewCompany":
        """Raises InputError where nothing can be seen, StudyInterrupted."""
        from experiments.questions.new.result import NewCompany

        description, figures = self.plan.draft.description, said_of(self.plan.draft.description)
        first = self._lived([self.plan.draft], self._common)[0].mean()
        draft = targeted(self.plan.draft, _by_name(first))
        if "days_to_signature" in figures:
            draft = lengthened(draft, _ratio(description["days_to_signature"], first["days_to_signature"]))
        levers = levers_for(figures)
        sizes = self._sizes(draft, levers, first)
        mended = moved(draft, levers, sizes)
        draft = targeted(mended, _by_name(self._lived([mended], self._common)[0].mean()))
        seeds = [self.question.seed + self.question.worlds + k for k in range(N_SHOWN)]
        return NewCompany(
            self.question,
            self.plan,
            self.study.runs,
            draft=draft,
            first=first,
            shown=self._lived([draft], seeds)[0],
            sizes={lever.name: float(size) for lever, size in zip(levers, sizes, strict=True)},
            failures=self.study.failures,
        )

    @property
    def _common(self) -> list[int]:
        return [self.question.seed + k for k in range(self.question.worlds)]

    def _sizes(self, draft: Draft, levers: Sequence[DescribedLever], first: "pd.Series[float]") -> Values:
        """How far each lever is moved."""
        if not levers:
            return np.zeros(0)
        usual = np.array([lever.usual for lever in levers])
        reach = np.array([lever.reach for lever in levers]).T / usual
        figures = list(dict.fromkeys(lever.figure for lever in levers))
        wanted = np.array([float(draft.description[name]) for name in figures])

        def live(points: Sequence[Values]) -> Values:
            """Mean figures of the draft with its levers moved."""
            lived = self._lived([moved(draft, levers, point * usual) for point in points], self._common)
            return np.array([one[figures].mean().to_numpy() for one in lived])

        places = [figures.index(lever.figure) for lever in levers]
        guess, shown = np.zeros(len(levers)), first[figures].to_numpy()
        for _ in range(_GUESSES):
            moves = [
                lever.guess(float(wanted[place]), float(shown[place]))
                for lever, place in zip(levers, places, strict=True)
            ]
            guess = np.clip(guess + np.array(moves) / usual, *reach)
            shown = live([guess])[0]
        return np.asarray(fitted(guess, wanted, (reach[0], reach[1]), live).sizes * usual)

    def _lived(self, drafts: Sequence[Draft], seeds: Sequence[int]) -> list[pd.DataFrame]:
        """Each draft in these worlds: a row a world."""
        variants = [Variant(one.scenario) for one in drafts]
        wanted = [(place, seed) for place in range(len(drafts)) for seed in seeds]
        done = self.study.run(variants, wanted, None)
        if done.is_interrupted:
            raise StudyInterrupted
        rows: list[list[dict[str, float]]] = [[] for _ in drafts]
        for one in done.results:
            rows[int(one.planned.variant)].append(dict(one.outcomes))
        if not all(rows):
            why = f", e.g. {self.study.failures[0].error}" if self.study.failures else ""
            raise InputError(f"{self.plan.company}: the company cannot be lived{why}")
        return [pd.DataFrame(one) for one in rows]


def _by_name(figures: "pd.Series[float]") -> dict[str, float]:
    return {str(name): float(value) for name, value in figures.items()}


def _ratio(said: float, shown: float) -> float:
    """How many times as much was said as is shown; 1 where nothing is shown."""
    return said / shown if math.isfinite(shown) and shown > 0 else 1.0
