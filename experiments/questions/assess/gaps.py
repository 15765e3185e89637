"""Where the two sides see things differently, and whether that is unusual among simulated companies.

Sides differ in every company: each sees all of its own efforts and not all of the other's. A gap counts as unusual
where hardly any of the simulated companies has so large a one, and comes from what sets those that have apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from experiments.observation.survey_answers import GOODWILL, N_STATEMENTS, score_of
from experiments.questions.assess.asked_companies import AskedCompanies
from experiments.questions.assess.open_levers import NUMBER, column_names
from experiments.statistics.paired import Values

UNUSUAL = 0.01
"""Share of simulated companies with at least so large a gap, in the same direction and doubled for both."""
_LIKE_IT = 0.05  # share of the companies whose gaps are most like the one found
_FEWEST_LIKE_IT = 30
_SETS_APART = 0.5  # of a standard deviation, from which something sets companies apart
_MOST_CAUSES = 2


@dataclass(frozen=True)
class Cause:
    """What simulated companies with such a gap have: a column of `column_names` or of goodwill, more or less of it."""

    name: str
    is_more: bool
    apart: float


@dataclass(frozen=True)
class Gap:
    """A statement (0: the whole score): answers of both sides, what is usual, and how unusual it is.

    `usual` is the middle 90 % of Sales less Marketing in simulated companies, `share` how many have as large a gap.
    """

    statement: int
    sales: float
    marketing: float
    usual: tuple[float, float]
    share: float
    causes: tuple[Cause, ...] = ()

    @property
    def size(self) -> float:
        """Sales less Marketing."""
        return self.sales - self.marketing

    @property
    def is_unusual(self) -> bool:
        """Whether hardly any simulated company has so large a gap."""
        return self.share < UNUSUAL


def gaps_of(answers: Values, companies: AskedCompanies) -> tuple[Gap, ...]:
    """The gap in the whole score, then every statement that both sides have answered, the most unusual first."""
    found = [_gap(0, score_of(answers), score_of(companies.answers), companies)]
    found += [
        _gap(number, answers[number - 1], companies.answers[:, number - 1], companies)
        for number in range(1, N_STATEMENTS + 1)
        if not np.isnan(answers[number - 1]).any()
    ]
    return (found[0], *sorted(found[1:], key=lambda one: (one.share, -abs(one.size))))


def _gap(statement: int, own: Values, others: Values, companies: AskedCompanies) -> Gap:
    apart = others[:, 0] - others[:, 1]
    known = ~np.isnan(apart)
    size = float(own[0] - own[1])
    more, less = np.mean(apart[known] >= size), np.mean(apart[known] <= size)
    low, high = np.quantile(apart[known], [0.05, 0.95])
    share = min(1.0, 2 * float(min(more, less)))
    causes = tuple(_causes(np.where(known, apart, np.nan), size, companies)) if share < UNUSUAL else ()
    return Gap(statement, float(own[0]), float(own[1]), (float(low), float(high)), share, causes)


def _causes(apart: Values, size: float, companies: AskedCompanies) -> Iterator[Cause]:
    """What sets the companies with the most similar gaps apart, the strongest first."""
    n = max(_FEWEST_LIKE_IT, round(_LIKE_IT * len(apart)))
    like_it = np.argsort(np.abs(apart - size), kind="stable")[:n]
    felt = [one for one in GOODWILL if companies.table[one].notna().any()]
    values = np.column_stack([companies.behind, companies.table[felt].fillna(companies.table[felt].mean())])
    names = [*column_names(companies.asked), *felt]
    spread = values.std(axis=0)
    differs = (values[like_it].mean(axis=0) - values.mean(axis=0)) / np.where(spread > 0, spread, np.inf)
    kinds = {one.path: one for one in companies.asked}
    for place in np.argsort(-np.abs(differs), kind="stable")[:_MOST_CAUSES]:
        if abs(differs[place]) >= _SETS_APART:
            lever = kinds.get(names[place])
            is_rarer = lever is not None and lever.kind == NUMBER and lever.path.endswith("_every_d")
            yield Cause(names[place], bool(differs[place] > 0) != is_rarer, float(differs[place]))
