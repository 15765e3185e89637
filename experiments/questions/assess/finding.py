"""From a plan to an assessment: companies are asked, those that answer alike are found, steps are tried in them."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from experiments.observation.survey_answers import ANSWERS, SIDES
from experiments.questions.assess.asked_companies import AskedCompanies, Reading, asked_as, reading_of
from experiments.questions.assess.drawn_companies import fitting
from experiments.questions.assess.gaps import gaps_of
from experiments.questions.assess.held_out import held_out
from experiments.questions.assess.next_steps import Plausible, TriedSteps, best_type, steps_to, tried
from experiments.questions.assess.open_levers import NUMBER
from experiments.questions.assess.result import Assessment
from experiments.questions.question import StudyInterrupted
from experiments.statistics.nearest_runs import Near, drawn_from
from experiments.studies.study import Study
from scenarios.input_errors import InputError

if TYPE_CHECKING:
    from experiments.questions.assess.ask import AssessPlan, AssessQuestion

FEWEST_ASKED = 100


def assessment(question: "AssessQuestion", plan: "AssessPlan", study: Study) -> Assessment:
    """Everything that is found; raises StudyInterrupted where not all companies were asked."""
    companies = asked(question, plan, study)
    places = np.flatnonzero(~np.isnan(plan.survey.answers.ravel()))
    study.tell("The companies are asked; now for those that answer alike.")
    reading = reading_of(companies, places)
    found = reading.near(plan.survey.answers.ravel()[places])
    result = Assessment(
        question,
        plan,
        study.runs,
        companies=companies,
        reading=reading,
        near=found,
        gaps=gaps_of(plan.survey.answers, companies),
        evidence=held_out(companies, places),
    )
    goal, steps = _steps(question, plan, reading, found, study)
    failures = tuple(study.failures)
    return replace(result, runs=study.runs, goal=goal, tried=steps, failures=failures, is_interrupted=steps is None)


def asked(question: "AssessQuestion", plan: "AssessPlan", study: Study) -> AskedCompanies:
    """Live the drawn companies and ask them; raises StudyInterrupted, InputError where hardly any came to its end."""
    import pandas as pd

    n = len(plan.drawn)
    wanted = [(place, question.seed + place) for place in range(n)]
    assert plan.n_runs is not None
    done = study.run(plan.variants(), wanted, n_to_come=plan.n_runs - n)
    if done.is_interrupted:
        raise StudyInterrupted
    rows = [int(one.planned.variant) for one in done.results]
    table = pd.DataFrame([one.outcomes for one in done.results])
    if len(rows) < FEWEST_ASKED:
        why = f" ({done.failures[0].error})" if done.failures else ""
        raise InputError(f"too few simulated companies could be asked{why}")
    for side in SIDES:
        if table[[one for one in ANSWERS if one.endswith(side)]].isna().all(axis=None):
            raise InputError(
                f"{plan.company} has nobody in {side.title()} who could answer; say who works there (people)"
            )
    seeds = np.array([question.seed + place for place in rows])
    return AskedCompanies(
        levers=plan.levers,
        facts=frozenset(plan.facts),
        companies=tuple(plan.drawn[place] for place in rows),
        seeds=seeds,
        answers=asked_as(plan.survey, table, plan.noise(seeds), question.seed),
        table=table,
    )


def _steps(
    question: "AssessQuestion", plan: "AssessPlan", reading: Reading, found: Near, study: Study
) -> tuple[str | None, TriedSteps | None]:
    """The goal, and what steps to it bring in plausible companies."""
    some = plausible_companies(plan, reading, found, 2 * question.plausible, question.seed)
    halves = some[: question.plausible], some[question.plausible :]
    goal = question.goal or best_type(plan.scenario, plan.levers, halves[0], study)
    if goal is None:
        return None, None
    return goal, tried(plan.scenario, steps_to(goal, plan.levers), halves, study)


def plausible_companies(
    plan: "AssessPlan", reading: Reading, found: Near, n: int, seed: int = 0
) -> tuple[Plausible, ...]:
    """Companies that may be the one that was asked, equally likely, each with its draw of the assumptions.

    Numbers are moved to where the answers say that they lie.
    """
    companies = reading.companies
    chosen = drawn_from(found.weights, n, np.random.default_rng([seed, 2]))
    numbers = [(one, companies.columns_of(one.path).start) for one in companies.asked if one.kind == NUMBER]
    plausible = []
    for number, place in enumerate(chosen):
        row = int(found.places[place])
        values = dict(companies.companies[row].values)
        values |= {one.path: one.value(float(found.moved[place, column])) for one, column in numbers}
        values = fitting(plan.levers, values | dict(plan.facts))
        plausible.append(Plausible(values, plan.seed_of(int(companies.seeds[row]), number)))
    return tuple(plausible)
