"""What a run shows somebody who asks both sides of the company: twenty answers a side, and what it earns."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from experiments.observation.yearly import CONTRIBUTION, REVENUE, outcomes_and_yearly
from experiments.statistics.paired import Values

SIDES = ("sales", "marketing")
N_STATEMENTS = 20
LEAST, MOST = 1.0, 5.0
ANSWERS = tuple(f"answer/{number:02d}/{side}" for number in range(1, N_STATEMENTS + 1) for side in SIDES)
"""The columns that keep answers, statement by statement, Sales before Marketing."""
PEOPLE = tuple(f"people/{side}" for side in SIDES)
GOODWILL = ("goodwill_of_sales", "goodwill_of_marketing")
TRUST = ("trust_sales_in_marketing", "trust_marketing_in_sales")
_KEPT = (CONTRIBUTION, REVENUE, *GOODWILL, *TRUST)


def answers_and_money(run: Any) -> Mapping[str, float]:
    """Mean answers of the last quarter, how many people gave them, and money by the year; NaN for what is not known."""
    said = outcomes_and_yearly(run)
    answers = np.full((N_STATEMENTS, len(SIDES)), np.nan)
    people = [np.nan, np.nan]
    if run.company is not None and len(run.company.survey):
        answers = run.company.survey["answers"][-1]
        people = [float(np.sum(~run.company.rep["is_vacant"])), float(len(run.company.marketer))]
    kept = dict(zip(ANSWERS, answers.ravel().tolist(), strict=True)) | dict(zip(PEOPLE, people, strict=True))
    return kept | {name: float(said.get(name, np.nan)) for name in _KEPT}


def answers_of(table: Any) -> Values:
    """Answers out of a table of runs: runs x statements x sides."""
    return np.asarray(table[list(ANSWERS)], dtype=np.float64).reshape(len(table), N_STATEMENTS, len(SIDES))


def score_of(answers: Values) -> Values:
    """The relationship score of both sides, 20 to 100: ... x statements x sides to ... x sides.

    What nobody answered counts as the mean of what the side did answer.
    """
    known = ~np.isnan(answers)
    n = known.sum(axis=-2)
    sums = np.where(known, answers, 0.0).sum(axis=-2)
    return np.where(n > 0, N_STATEMENTS * sums / np.maximum(n, 1), np.nan)


def place_of(number: int, side: str) -> int:
    """The place of an answer in `ANSWERS`: `place_of(1, "marketing")` is 1."""
    return len(SIDES) * (number - 1) + SIDES.index(side)
