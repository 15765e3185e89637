"""Which way do Marketing and Sales of a company work together, by the answers of both sides, and what comes next?

Some thousand companies with any practices are simulated and asked the same. Those that answer alike are plausible:
they say of which type the company is, which practices it has, and what to change next. What answers do not show is
asked outright, and is the same in all of them.
"""

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

import scenarios
from experiments.designs.assumptions import Assumptions
from experiments.designs.company_today import TYPES, company_today
from experiments.designs.ensembles import assumptions_for
from experiments.designs.variant import Variant, check_alone
from experiments.observation.survey_answers import SIDES, answers_and_money
from experiments.questions.assess.drawn_companies import DrawnCompany, drawn_companies
from experiments.questions.assess.next_steps import most_runs, steps_to
from experiments.questions.assess.open_levers import YES_NO, OpenLever, open_levers
from experiments.questions.assess.survey_file import Survey, fact_value, read_survey
from experiments.questions.question import Question
from experiments.studies.study import Study, StudyPlan
from experiments.wording.parameters import value_at
from scenarios import Scenario
from scenarios.differences import difference
from scenarios.input_errors import InputError, check_least, check_seed, did_you_mean

if TYPE_CHECKING:
    from experiments.questions.assess.result import Assessment

FEWEST_RUNS, USUAL_RUNS = 300, 4000
FEWEST_PLAUSIBLE, USUAL_PLAUSIBLE = 10, 60
_QUARTERS = 2
"""Measured quarters of a company that is asked at the end of the last: answers hardly change from then on."""


@dataclass(frozen=True)
class AssessQuestion(Question):
    """A file with the answers of both sides, and the company they belong to.

    `company` gives size, market and whatever no type speaks of; its own practices do not count. `facts` are what is
    known besides the file, like `{"follow_up_tracked": "yes"}`. `runs` companies are simulated and asked; what to
    change next is tried in `plausible` of them and measured in as many others, towards the type `goal` (the one that
    earns most, if None). `changes` maps dotted paths to values, the same in all of them.
    """

    name = "assess"

    answers: str | Path
    company: str | Path = "reference"
    facts: Mapping[str, Any] = field(default_factory=dict)
    runs: int = USUAL_RUNS
    plausible: int = USUAL_PLAUSIBLE
    goal: str | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)
    seed: int = 0
    fixed: bool = False

    def _check(self) -> None:
        check_least("runs", self.runs, FEWEST_RUNS, "fewer are hardly ever alike")
        check_least("plausible", self.plausible, FEWEST_PLAUSIBLE)
        check_seed(self.seed)
        if self.goal is not None and self.goal not in TYPES:
            raise InputError(f'there is no type "{self.goal}"{did_you_mean(self.goal, TYPES)}')

    def plan(self) -> "AssessPlan":
        """Read the answers and draw the companies that may have given them; raises InputError."""
        path = Path(self.answers)
        survey = read_survey(path)
        levers = open_levers(self.company)
        scenario = company_today(self.company, self.changes)
        facts = _facts(self, survey, levers, scenario)
        companies = drawn_companies(levers, facts, self.runs, self.seed)
        n_steps = max(len(steps_to(one, levers)) for one in TYPES)
        return AssessPlan(
            question=self.name,
            company=scenario.name,
            measure=answers_and_money,
            n_runs=self.runs + (1 + len(TYPES)) * self.plausible + most_runs(n_steps, self.plausible, self.plausible),
            is_exact=False,
            companies={"company": scenario, ASKED: asked_for_short(scenario)},
            assumptions=assumptions_for(self.company, scenario, {*self.changes}, fixed=self.fixed),
            lives={ASKED: self.runs, "company": most_runs(n_steps, self.plausible, self.plausible)},
            origin=difference(self.company),
            files=(hashlib.sha256(path.read_bytes()).hexdigest(),),
            scenario=scenario,
            survey=survey,
            facts=facts,
            levers=levers,
            drawn=companies,
        )

    def conclude(self, plan: "AssessPlan", study: Study) -> "Assessment":
        """Ask the companies, find those that answer alike, and try in them what to change next."""
        from experiments.questions.assess.finding import assessment

        return assessment(self, plan, study)

    def what(self, plan: "AssessPlan") -> str:
        """The company and how many answered."""
        people = " and ".join(f"{n:g} of {side.title()}" for n, side in zip(plan.survey.people, SIDES, strict=True))
        return f"{plan.company}, answers of {people}"


ASKED = "asked"


def asked_for_short(scenario: Scenario) -> Scenario:
    """The company as long as it takes until it is asked."""
    return scenarios.with_changes(scenario, {"run.quarters": _QUARTERS, "run.warm_up_quarters": 1})


@dataclass(frozen=True, kw_only=True)
class AssessPlan(StudyPlan):
    """The company at length, the survey, what is known of its practices (by path), and the companies to be asked."""

    scenario: Scenario
    survey: Survey
    facts: Mapping[str, Any]
    levers: tuple[OpenLever, ...]
    drawn: tuple[DrawnCompany, ...]

    def variants(self) -> list[Variant]:
        """The companies to be asked."""
        base = self.companies[ASKED]
        return [Variant(base, tuple(one.values.items())) for one in self.drawn]

    def seed_of(self, seed: int, number: int) -> int:
        """The world of a plausible company: the same draw of the assumptions as in `seed`, in a world of its own."""
        n_draws = self.assumptions.n_draws if self.assumptions is not None else 1
        rounds = math.ceil(len(self.drawn) / n_draws) + 1
        return seed + n_draws * (_ROUNDS + number * rounds)

    def noise(self, seeds: "np.ndarray") -> "np.ndarray":
        """The standard deviation of one person's answers in each world."""
        own = self.scenario.behaviour.assessment.noise
        drawn: Assumptions | None = self.assumptions
        if drawn is None or _NOISE not in drawn.paths:
            return np.full(len(seeds), own)
        return np.asarray(drawn.values[seeds % drawn.n_draws, drawn.paths.index(_NOISE)])


_NOISE = "behaviour.assessment.noise"
_ROUNDS = 10_000


def _facts(
    question: AssessQuestion, survey: Survey, levers: tuple[OpenLever, ...], scenario: Scenario
) -> dict[str, Any]:
    """What is known of the open levers: from the file, from the question, and what was changed by hand."""
    facts = dict(survey.facts)
    for name, said in question.facts.items():
        facts |= fact_value(name, said)
    for path, value in facts.items():
        check_alone(scenario, path, value)
    by_path = {one.path: one for one in levers}
    facts |= {path: value_at(scenario, path) for path in question.changes if path in by_path}
    needed = {by_path[path].needs for path, value in facts.items() if value is True}
    return facts | {path: True for path in needed if path in by_path and by_path[path].kind == YES_NO}
