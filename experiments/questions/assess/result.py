"""What an assessment says: type with probability, practices, gaps between both sides, and what comes next."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from experiments.designs.company_today import TYPES
from experiments.observation.survey_answers import N_STATEMENTS, score_of
from experiments.questions.assess.asked_companies import AskedCompanies, Estimate, Reading, estimate
from experiments.questions.assess.gaps import Gap
from experiments.questions.assess.held_out import HeldOut
from experiments.questions.assess.next_steps import TriedSteps
from experiments.questions.assess.open_levers import NUMBER, OpenLever
from experiments.reporting.result import Result
from experiments.statistics.doubt import spread
from experiments.statistics.nearest_runs import Near
from experiments.statistics.paired import Interval, Values, mean_of

if TYPE_CHECKING:
    from experiments.questions.assess.ask import AssessPlan, AssessQuestion

KNOWN = "known"
_ROUNDING = 1 / 12
_Z_90 = 1.645
_UNLIKE = 0.02
RARELY_OPEN = 0.2
"""Share of the plausible companies below which a step is hardly worth naming: most have it already."""


@dataclass(frozen=True, eq=False, repr=False)
class Assessment(Result):
    """What the answers of both sides say of a company.

    `near` are the simulated companies that answer alike, as `reading` learned to tell; `evidence` is how well companies
    left out are read. `tried` are steps to the `goal` in plausible companies, None where that was interrupted.
    """

    question: "AssessQuestion"
    plan: "AssessPlan"
    companies: AskedCompanies
    reading: Reading
    near: Near
    gaps: tuple[Gap, ...]
    evidence: HeldOut
    goal: str | None = None
    tried: TriedSteps | None = None

    def to_frame(self) -> pd.DataFrame:
        """A row a practice."""
        return self.practices

    @cached_property
    def chances(self) -> dict[str, float]:
        """The probability of each type."""
        return dict(zip(TYPES, self.reading.type_chances(self.near).tolist(), strict=True))

    @property
    def type(self) -> str:
        """The likeliest type."""
        return max(self.chances, key=lambda one: self.chances[one])

    @cached_property
    def scores(self) -> tuple[float, float]:
        """The relationship score by Sales and by Marketing, 20 to 100."""
        sales, marketing = score_of(self.plan.survey.answers)
        return float(sales), float(marketing)

    @cached_property
    def score(self) -> tuple[float, Interval]:
        """The mean of both sides' scores, with a 90 % interval for who happened to answer."""
        noise = float(np.median(self.plan.noise(self.companies.seeds)))
        variance = sum((noise**2 + _ROUNDING) / people for people in self.plan.survey.people) / 4
        reach = _Z_90 * float(np.sqrt(N_STATEMENTS * variance))
        mean = sum(self.scores) / 2
        return mean, Interval(max(20.0, mean - reach), min(100.0, mean + reach), 0.9)

    @property
    def band(self) -> str:
        """The type by the usual bands of the score."""
        return TYPES[int(places_by_bands(np.array([self.score[0]]))[0])]

    @property
    def band_accuracy(self) -> float:
        """How often bands of the score name the type of a simulated company."""
        scores = score_of(self.companies.answers).mean(axis=1)
        return float(np.mean(places_by_bands(scores) == self.companies.types))

    @property
    def share_as_unlike(self) -> float:
        """The share of simulated companies whose answers are as unlike those of all others as these are."""
        own = self.reading.misfit(self.near, self.plan.survey.answers.ravel()[self.reading.places])
        return float(np.mean(self.evidence.misfit >= own))

    @property
    def is_unlike(self) -> bool:
        """Whether hardly any simulated company answers like that, or none has both sides so far apart."""
        return self.share_as_unlike < _UNLIKE or self.gaps[0].share == 0

    @property
    def unusual(self) -> tuple[Gap, ...]:
        """The gaps that hardly any simulated company has."""
        return tuple(one for one in self.gaps if one.is_unusual)

    def estimates(self, lever: OpenLever) -> tuple[Estimate, Estimate]:
        """What is thought of a lever, and what would be thought without any answers."""
        columns = self.companies.columns_of(lever.path)
        every = self.companies.behind[:, columns]
        ends = every.min(axis=0), every.max(axis=0)
        moved = np.clip(self.near.moved[:, columns], *ends)
        even = np.full(len(every), 1 / len(every))
        return estimate(lever, moved, self.near.weights), estimate(lever, every, even)

    @cached_property
    def practices(self) -> pd.DataFrame:
        """A row a lever: path, practice, verdict, best value with its chance, or the middle 90 %; the same before.

        Known ones come first, then told, partly told and not told ones.
        """
        rows: list[dict[str, Any]] = []
        for lever in self.plan.levers:
            row: dict[str, Any] = {"parameter": lever.path, "practice": lever.practice}
            if lever.path in self.plan.facts:
                rows.append(row | {"verdict": KNOWN, "value": self.plan.facts[lever.path], "explained": 1.0})
                continue
            now, before = self.estimates(lever)
            row |= {
                "verdict": self.reading.verdict(lever),
                "value": now.best,
                "chance": now.chances.get(now.best, np.nan),
                "low": now.low,
                "high": now.high,
                "explained": self.reading.explained(lever),
                "chance_before": before.chances.get(now.best, np.nan),
                "low_before": before.low,
                "high_before": before.high,
                "is_number": lever.kind == NUMBER,
            }
            rows.append(row)
        rows.sort(key=lambda row: -row["explained"])
        columns = ["parameter", "practice", "verdict", "value", "chance", "low", "high", "explained", "chance_before"]
        return pd.DataFrame(rows, columns=[*columns, "low_before", "high_before", "is_number"], dtype=object)

    @cached_property
    def answers(self) -> pd.DataFrame:
        """A row a statement that both sides answered, and the whole score (statement 0), the most unusual gap first."""
        rows = [
            (one.statement, one.sales, one.marketing, one.size, *one.usual, one.share, one.is_unusual)
            for one in self.gaps
        ]
        columns = ["statement", "sales", "marketing", "gap", "usual_low", "usual_high", "share_as_large", "is_unusual"]
        return pd.DataFrame(rows, columns=columns)

    @cached_property
    def steps(self) -> pd.DataFrame:
        """A row a step, EUR a year: the gain where it changes anything, with the interval of its mean and its spread.

        `is_again` says whether it was measured in companies that did not choose it; `share_open` in what share of the
        plausible companies it would change anything, `share_pays` in how many of those it gains, `share_best` in how
        many it gains most of all. Those measured again come first, the largest gain before the others, unless a step is
        hardly ever open.
        """
        columns = ["practice", "label", "is_less", "gain", "low", "high", "spread_low", "spread_high", "revenue"]
        columns += ["share_open", "share_pays", "share_best", "n", "is_again"]
        if self.tried is None:
            return pd.DataFrame(columns=columns)
        tried, rows = self.tried, []
        for place, step in enumerate(tried.steps):
            is_again = place in tried.chosen
            at = tried.chosen.index(place) if is_again else place
            gains = (tried.again if is_again else tried.contribution)[:, at]
            revenue = (tried.again_revenue if is_again else tried.revenue)[:, at]
            mean, middle = mean_of(gains), spread(gains)
            known = revenue[~np.isnan(revenue)]
            rows.append(
                (
                    step.name,
                    step.label,
                    step.is_less,
                    *mean.with_ends,
                    middle.middle.low,
                    middle.middle.high,
                    float(known.mean()) if known.size else np.nan,
                    float(tried.shares_open[place]),
                    middle.share_above,
                    float(tried.shares_best[place]),
                    mean.n,
                    is_again,
                )
            )
        table = pd.DataFrame(rows, columns=columns)
        is_rare = (table["share_open"] < RARELY_OPEN).to_numpy()
        order = np.lexsort((-table["gain"].fillna(-np.inf).to_numpy(), is_rare, ~table["is_again"].to_numpy()))
        return table.iloc[order].reset_index(drop=True)


def places_by_bands(scores: Values) -> Values:
    """The place of the type by score: 20 to 40 the first, and so on in steps of 20."""
    return np.asarray(np.clip((scores - 20) // 20, 0, len(TYPES) - 1))
