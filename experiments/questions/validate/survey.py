"""A simulated survey: some hundred companies, each lived through once, asked what the published studies asked.

Both sides' mutual trust, conflict of both kinds, communication and collaboration are what their people lived through on
average; performance is contribution against what the same market, its demand of those years included, gave an average
company, by that one's revenue.
Correlations and paths are then computed as in the studies.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.execution.worker import FailedRun
from experiments.questions.validate.surveyed_companies import BASES, OTHER_WORLDS, Surveyed, surveyed
from experiments.statistics.correlations import (
    Correlation,
    Path,
    correlation,
    correlations_apart,
    paths,
    rank_correlation,
    standardised,
)
from experiments.statistics.paired import Interval, Values
from experiments.studies.study import Study

if TYPE_CHECKING:
    import pandas as pd

COMPANIES, QUICK_COMPANIES, FEWEST_COMPANIES = 300, 60, 20
ASKED_OF_A_RUN = {
    "mean_trust": "trust",
    "mean_disputes_open": "disputes",
    "conflict_functional": "argument",
    "meeting_h_per_week": "communication",
    "relationship_score": "collaboration",
}
"""Measures of a run, and what they are called in the survey."""
MEASURES = (*ASKED_OF_A_RUN, "contribution_eur", "revenue_eur", "win_rate")
ANSWERS = {
    "trust": "mean trust of both sides in each other, 0 to 1",
    "disputes": "open quarrels, mean number",
    "argument": "topics argued out a quarter before they became a quarrel",
    "communication": "hours a week and head with the other side",
    "collaboration": "the relationship score, 20 to 100",
    "win_rate": "share of opportunities won, less that of the average company of its market",
    "performance": "contribution less that of the average company in the same market and years, by that one's revenue",
    "performance_with_luck": "the same against the average company in other years: luck of these years is in it",
}
RULES_AND_TRUST = "rules x trust"


@dataclass(frozen=True)
class Pair:
    """Two answers whose correlation is known from studies."""

    one: str
    other: str
    published: str
    band: tuple[float, float] | None = None


PAIRS = (
    Pair("trust", "performance", "0.30 over 112 studies (De Jong et al. 2016)", (0.15, 0.45)),
    Pair("trust", "win_rate", "above 0"),
    Pair("trust", "performance_with_luck", "-"),
    Pair("disputes", "performance", "negative (de Wit et al. 2012)", (-0.35, -0.05)),
    Pair("argument", "performance", "about nil (de Wit et al. 2012)"),
    Pair("communication", "performance", "-"),
    Pair("collaboration", "performance", "positive (Le Meunier-FitzHugh and Massey 2019)"),
    Pair("trust", "disputes", "negative"),
    Pair("trust", "communication", "positive"),
    Pair("trust", "collaboration", "positive"),
)
PATHS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "what performance goes with": ("performance", ("trust", "disputes", "argument", "communication")),
    "collaboration and conflict, each on its own": ("performance", ("collaboration", "disputes")),
    "what collaboration goes with": ("collaboration", ("trust", "disputes", "communication")),
    "what quarrels go with": ("disputes", ("trust", "communication")),
    "rules and relation": ("performance", ("rules", "trust", RULES_AND_TRUST)),
}
"""What is explained, and by what, for each path."""


@dataclass(frozen=True)
class Survey:
    """`answers` has a row a company, `correlations` a row a pair, `paths` a row a cause in a path."""

    answers: "pd.DataFrame"
    correlations: "pd.DataFrame"
    paths: "pd.DataFrame"


@dataclass(frozen=True)
class Asked:
    """What came of the runs: the answers of those companies that could be asked, and a row a run."""

    answers: "pd.DataFrame"
    rows: Sequence[Mapping[str, Any]] = ()
    failures: Sequence[FailedRun] = field(default=())


def n_runs_of(n_companies: int) -> int:
    """A run of each company, and those of the average company of its market."""
    return n_companies * (2 + OTHER_WORLDS)


def lives_of(n_companies: int) -> Counter[str]:
    """How many runs there will be of each shipped company, about."""
    each, more = divmod(n_runs_of(n_companies), len(BASES))
    return Counter({name: each + (place < more) for place, name in enumerate(BASES)})


def ask_companies(study: Study, n_companies: int, seed: int, n_to_come: int | None) -> Asked:
    """Live through each company once, in a world of its own, and the average one in that world and in others."""
    companies = surveyed(n_companies, seed)
    variants = [variant for one in companies for variant in (one.asked, one.average)]
    wanted = []
    for place, _ in enumerate(companies):
        others = seed + n_companies + place * OTHER_WORLDS
        wanted += [(2 * place, seed + place), (2 * place + 1, seed + place)]
        wanted += [(2 * place + 1, others + world) for world in range(OTHER_WORLDS)]
    done = study.run(variants, wanted, n_to_come)
    runs: dict[int, list[Mapping[str, float]]] = {}
    words = [f"{kind} {one.number}" for one in companies for kind in ("surveyed company", "average beside company")]
    rows = []
    for one in done.results:
        place = int(one.planned.variant)
        runs.setdefault(place, []).append(one.outcomes)
        rows.append({"setting": "survey", "condition": words[place], "seed": one.planned.seed, **one.outcomes})
    answers = answers_of(companies, runs)
    return Asked(answers, rows, [one.of_variant(words) for one in done.failures])


def answers_of(companies: Sequence[Surveyed], runs: Mapping[int, Sequence[Mapping[str, float]]]) -> "pd.DataFrame":
    """A row a company that was lived through, as was the average one of its market.

    `runs` are the outcomes by place: 2 k is company k, 2 k + 1 the average company, in the world of k first.
    """
    import pandas as pd

    rows = []
    for place, one in enumerate(companies):
        (own, *_), average = runs.get(2 * place, [{}]), runs.get(2 * place + 1, [])
        if not own or len(average) <= OTHER_WORLDS:
            continue
        row: dict[str, Any] = {"company": one.number, "base": one.base, "heads": one.heads, "pulls": one.n_pulls}
        row |= {"turbulence": one.turbulence, "interdependence": one.interdependence, "rules": one.rules}
        row |= {"history": one.history}
        row |= {name: own.get(measure, np.nan) for measure, name in ASKED_OF_A_RUN.items()}
        row["win_rate"] = own["win_rate"] - average[0]["win_rate"]
        row["performance"] = _against(own, average[:1])
        row["performance_with_luck"] = _against(own, average[1:])
        rows.append(row)
    columns = ["company", "base", "heads", "pulls", "turbulence", "interdependence", "rules", "history", *ANSWERS]
    return pd.DataFrame(rows, columns=columns)


def _against(own: Mapping[str, float], average: Sequence[Mapping[str, float]]) -> float:
    """Contribution less that of the average company, by its revenue: shares per head, as both have as many people."""
    usual, revenue = (float(np.mean([one[name] for one in average])) for name in ("contribution_eur", "revenue_eur"))
    return (own["contribution_eur"] - usual) / revenue


def surveyed_by(answers: "pd.DataFrame") -> Survey:
    """Everything that studies would compute of these answers."""
    return Survey(answers, _correlations(answers), _paths(answers))


def correlation_of(answers: "pd.DataFrame", one: str, other: str) -> Correlation:
    """How strongly two answers go together over companies."""
    return correlation(_column(answers, one), _column(answers, other))


def by_interdependence(answers: "pd.DataFrame") -> tuple[Correlation, Correlation]:
    """Trust and performance where work is more interdependent, and where it is less: the two halves of companies."""
    is_high = answers["interdependence"] > answers["interdependence"].median()
    high, low = (correlation_of(answers[where], "trust", "performance") for where in (is_high, ~is_high))
    return high, low


def _correlations(answers: "pd.DataFrame") -> "pd.DataFrame":
    import pandas as pd

    rows = [
        _row(f"{pair.one} and {pair.other}", pair.published, *_both(answers, pair.one, pair.other)) for pair in PAIRS
    ]
    high, low = by_interdependence(answers)
    where = "trust and performance, {} interdependent"
    rows += [_row(where.format("more"), "stronger (De Jong et al. 2016)", high), _row(where.format("less"), "-", low)]
    apart, interval = correlations_apart(high, low)
    difference = Correlation(apart, interval, len(answers))
    rows.append(_row("more interdependent less the others, Fisher's z", "above 0", difference))
    columns = ["what", "published", "r", "low", "high", "n", "rank_r"]
    return pd.DataFrame(rows, columns=columns)


def _both(answers: "pd.DataFrame", one: str, other: str) -> tuple[Correlation, float]:
    x, y = _column(answers, one), _column(answers, other)
    return correlation(x, y), rank_correlation(x, y).r


def _row(what: str, published: str, found: Correlation, rank: float = float("nan")) -> tuple[Any, ...]:
    return what, published, found.r, found.interval.low, found.interval.high, found.n, rank


def _paths(answers: "pd.DataFrame") -> "pd.DataFrame":
    import pandas as pd

    rows = [
        (path, target, cause, one.beta, one.interval.low, one.interval.high, one.n)
        for path, (target, causes) in PATHS.items()
        for cause, one in path_of(answers, target, causes).items()
    ]
    return pd.DataFrame(rows, columns=["path", "explained", "by", "beta", "low", "high", "n"])


def path_of(answers: "pd.DataFrame", target: str, causes: Sequence[str]) -> dict[str, Path]:
    """Standardised coefficients of one path; those of a product are of the product of what is standardised before."""
    columns = {name: _column(answers, name) for name in causes}
    try:
        return paths(_column(answers, target), columns)
    except ValueError:
        return {name: Path(float("nan"), Interval(float("nan"), float("nan")), len(answers)) for name in causes}


def _column(answers: "pd.DataFrame", name: str) -> Values:
    if name == RULES_AND_TRUST:
        return standardised(_column(answers, "rules")) * standardised(_column(answers, "trust"))
    return np.asarray(answers[name].to_numpy(dtype=np.float64))
