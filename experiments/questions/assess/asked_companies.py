"""Simulated companies that were asked the same questions, and which of them answer as the company does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.designs.company_today import TYPES
from experiments.observation.survey_answers import PEOPLE, answers_of
from experiments.questions.assess.drawn_companies import DrawnCompany, distances
from experiments.questions.assess.open_levers import NUMBER, YES_NO, OpenLever, table_of
from experiments.questions.assess.survey_file import Survey
from experiments.statistics.nearest_runs import Near, Summaries, learned, near, quantiles
from experiments.statistics.paired import Values

if TYPE_CHECKING:
    import pandas as pd

TOLD, PARTLY = 0.5, 0.2
"""Share of a practice's variance that answers explain in companies left out, from which it is told, or partly told."""
TOLD_WORD, PARTLY_WORD, UNTOLD_WORD = "told", "partly told", "not told"
_ROUNDING = 1 / 12  # variance of an answer in whole numbers around what is meant
_LEAST_CHANCE = 0.01  # the nearest of some hundred companies say nothing rarer
MIDDLE_90 = (0.05, 0.5, 0.95)


@dataclass(frozen=True, eq=False)
class AskedCompanies:
    """Companies with what they were seen to answer, as if as many people had answered as in the survey.

    `answers` are companies x statements x sides, `seeds` their worlds; `facts` are the paths that are known.
    """

    levers: tuple[OpenLever, ...]
    facts: frozenset[str]
    companies: tuple[DrawnCompany, ...]
    seeds: Values
    answers: Values
    table: "pd.DataFrame"

    @property
    def asked(self) -> tuple[OpenLever, ...]:
        """The levers that are not known."""
        return tuple(one for one in self.levers if one.path not in self.facts)

    @cached_property
    def behind(self) -> Values:
        """What is not known of each company, as numbers: companies x columns."""
        return table_of(self.asked, [one.values for one in self.companies])

    @cached_property
    def distances(self) -> Values:
        """How far each is from each type."""
        return distances(self.levers, [one.values for one in self.companies])

    @property
    def types(self) -> np.ndarray:
        """The place of the type that each is nearest to."""
        return np.asarray(self.distances.argmin(axis=1))

    @cached_property
    def seen(self) -> Values:
        """Companies x all answers; what a side without people would say is what others say."""
        flat = self.answers.reshape(len(self.answers), -1)
        known = ~np.isnan(flat)
        means = np.where(known, flat, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
        return np.where(known, flat, means)

    def columns_of(self, path: str) -> slice:
        """Where the columns of a lever stand in `behind`."""
        start = 0
        for one in self.asked:
            width = max(1, len(one.options))
            if one.path == path:
                return slice(start, start + width)
            start += width
        raise KeyError(path)


def asked_as(survey: Survey, table: "pd.DataFrame", noise: Values, seed: int) -> Values:
    """Answers of simulated companies with the luck of as many people as answered: companies x statements x sides.

    `noise` is the standard deviation of one person's answer in each company. Where fewer people answered than the
    simulated company has, their mean is less sure than the simulated one.
    """
    answers = answers_of(table)
    here = np.maximum(table[list(PEOPLE)].to_numpy(dtype=np.float64), 1.0)
    more = np.maximum(1 / np.array(survey.people) - 1 / here, 0.0)
    spread = np.sqrt((noise**2 + _ROUNDING)[:, None] * more)
    luck = np.random.default_rng([seed, 1]).standard_normal(answers.shape)
    return np.asarray(np.clip(answers + luck * spread[:, None, :], 1.0, 5.0))


@dataclass(frozen=True, eq=False)
class Reading:
    """What answers say, learned from companies; `places` are those of the answers that were given."""

    companies: AskedCompanies
    rows: np.ndarray
    places: np.ndarray
    summaries: Summaries
    _of_rows: Values

    def near(self, answers: Values) -> Near:
        """The companies that answer alike (`answers` flat, of these places), by their place among `rows`."""
        own = self.summaries.of(answers[None, :])[0]
        return near(self._of_rows, own, self.companies.behind[self.rows])

    def type_chances(self, found: Near) -> Values:
        """The probability of each type: the weight of the near companies that are nearest to it."""
        kinds = self.companies.types[self.rows][found.places]
        shares = np.array([found.weights[kinds == place].sum() for place in range(len(TYPES))])
        shares = np.maximum(shares, _LEAST_CHANCE)
        return np.asarray(shares / shares.sum())

    def misfit(self, found: Near, answers: Values) -> float:
        """How unlike answers (flat, of these places) are those of the companies near to them: mean square, in sd."""
        seen = self.companies.seen[np.ix_(self.rows[found.places], self.places)]
        apart = (seen - answers) / self.summaries.spread
        return float(found.weights @ np.mean(apart**2, axis=1))

    def explained(self, lever: OpenLever) -> float:
        """The share of a lever's variance that answers explain in companies left out; of a choice over its columns."""
        columns = self.companies.columns_of(lever.path)
        weight = self.companies.behind[self.rows, columns].var(axis=0)
        return float(weight @ self.summaries.explained[columns] / weight.sum()) if weight.sum() > 0 else 0.0

    def verdict(self, lever: OpenLever) -> str:
        """Told, partly told, or not told."""
        explained = self.explained(lever)
        return TOLD_WORD if explained >= TOLD else PARTLY_WORD if explained >= PARTLY else UNTOLD_WORD


def reading_of(companies: AskedCompanies, places: np.ndarray, rows: np.ndarray | None = None) -> Reading:
    """Learn from companies (those of `rows`, or all) what the answers at these places say."""
    rows = np.arange(len(companies.companies)) if rows is None else rows
    seen = companies.seen[rows][:, places]
    summaries = learned(seen, companies.behind[rows])
    return Reading(companies, rows, places, summaries, summaries.of(seen))


@dataclass(frozen=True)
class Estimate:
    """What is thought of a lever: `chances` by value where there are few, else the middle 90 % in the lever's unit."""

    chances: Mapping[Any, float]
    low: Any = None
    middle: Any = None
    high: Any = None

    @property
    def best(self) -> Any:
        """The likeliest value, or the middle one."""
        return max(self.chances, key=lambda one: self.chances[one]) if self.chances else self.middle


def estimate(lever: OpenLever, columns: Values, weights: Values) -> Estimate:
    """What weighted columns (m, width) of a lever say."""
    if lever.kind == NUMBER:
        low, middle, high = (lever.value(place) for place in quantiles(columns[:, 0], weights, MIDDLE_90))
        return Estimate({}, low, middle, high)
    means = np.clip(weights @ columns, _LEAST_CHANCE, 1 - _LEAST_CHANCE)
    if lever.kind == YES_NO:
        return Estimate({True: float(means[0]), False: float(1 - means[0])})
    choices: Sequence[Any] = lever.parameter.choices
    if len(choices) == 2:
        return Estimate({choices[1]: float(means[0]), choices[0]: float(1 - means[0])})
    return Estimate({one: float(mean / means.sum()) for one, mean in zip(choices, means, strict=True)})
