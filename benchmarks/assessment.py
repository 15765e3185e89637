"""How well are answers of both sides read? Simulated companies of known practices, read as `run.py assess` does.

    python -m benchmarks.assessment [RUNS]

Of each company: without any fact, and with the five facts of companies drawn at random (four sets of them). A tenth of
the companies is left out and read from what the others teach. At last companies of each kind are read as if they were
of the other. Prints a line of JSON a case; nothing is written.
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from experiments.observation.survey_answers import score_of
from experiments.questions.assess.ask import AssessPlan, AssessQuestion
from experiments.questions.assess.asked_companies import PARTLY, TOLD, AskedCompanies, reading_of
from experiments.questions.assess.finding import asked
from experiments.questions.assess.held_out import MOST_LEFT_OUT, HeldOut, held_out, read_by
from experiments.questions.assess.questionnaire import questionnaire
from experiments.questions.assess.result import places_by_bands
from experiments.studies.study import Study

COMPANIES = ("reference", "small_firm")
N_FACTS = 4
PEOPLE = (4, 3)
_BINS = ((0.0, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 1.01))
_FIRST = 5_000_000  # seeds this far on are met by nothing else


def asked_companies(company: str, runs: int, facts: Mapping[str, Any], seed: int) -> tuple[AssessPlan, AskedCompanies]:
    """Companies that are asked as if four people of Sales and three of Marketing had answered."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "answers.yaml"
        twenty = ", ".join(["3"] * 20)
        people = f"{{sales: {PEOPLE[0]}, marketing: {PEOPLE[1]}}}"
        file.write_text(f"people: {people}\nanswers:\n  sales: [{twenty}]\n  marketing: [{twenty}]\n", encoding="utf-8")
        question = AssessQuestion(file, company, facts, runs=runs, seed=seed)
        plan = question.plan()
    with Study(plan) as study:
        return plan, asked(question, plan, study)


def facts_of(plan: AssessPlan, number: int) -> dict[str, Any]:
    """What one of the drawn companies would say outright."""
    values = plan.drawn[number].values
    return {one.name: "never" if values[one.path] is None else str(values[one.path]) for one in questionnaire().facts}


def figures(read: Sequence[HeldOut], companies: Sequence[AskedCompanies]) -> dict[str, Any]:
    """What came of reading companies left out, over several sets of them."""
    right = np.concatenate([one.chances.argmax(axis=1) == one.types for one in read])
    best = np.concatenate([one.chances.max(axis=1) for one in read])
    near = np.concatenate([one.is_near for one in read])
    bands = np.concatenate([places_by_bands(score_of(one.answers).mean(axis=1)) == one.types for one in companies])
    told = [one.is_inside[:, one.explained >= TOLD].ravel() for one in read]
    partly = [one.is_inside[:, (one.explained >= PARTLY) & (one.explained < TOLD)].ravel() for one in read]
    said = np.concatenate([one.said.ravel() for one in read])
    came = np.concatenate([one.came.ravel() for one in read])
    return {
        "n": len(right),
        "type_right": float(right.mean()),
        "type_right_near": float(right[near].mean()),
        "type_right_by_bands": float(bands.mean()),
        "calibration": [list(_bin(best, right, low, high)) for low, high in _BINS],
        "coverage_told": _mean(np.concatenate(told)),
        "coverage_partly": _mean(np.concatenate(partly)),
        "yes_no_said": _mean(said),
        "yes_no_right": _mean(came),
    }


def _bin(best: Any, right: Any, low: float, high: float) -> tuple[float, float, int]:
    here = (best >= low) & (best < high)
    return _mean(best[here]), _mean(right[here].astype(float)), int(here.sum())


def _mean(values: Any) -> float:
    known = values[~np.isnan(values)]
    return round(float(known.mean()), 3) if known.size else float("nan")


def main(runs: int = 2000) -> Iterator[dict[str, Any]]:
    """A record a company and case, as they come."""
    known: dict[str, AskedCompanies] = {}
    for company in COMPANIES:
        plan, companies = asked_companies(company, runs, {}, _FIRST)
        known[company] = companies
        places = np.arange(companies.seen.shape[1])
        yield {"company": company, "facts": 0} | figures([held_out(companies, places)], [companies])
        sets = [
            asked_companies(company, runs // 2, facts_of(plan, number), _FIRST + (number + 1) * runs)[1]
            for number in range(N_FACTS)
        ]
        yield {"company": company, "facts": 5} | figures([held_out(one, places) for one in sets], sets)
    for own, other in permutations(COMPANIES, 2):
        reading = reading_of(known[own], np.arange(known[own].seen.shape[1]))
        read = read_by(reading, known[other], range(MOST_LEFT_OUT))
        yield {"company": other, "read_as": own} | figures([read], [known[other]])


if __name__ == "__main__":
    for record in main(*map(int, sys.argv[1:2])):
        print(json.dumps(record), flush=True)
