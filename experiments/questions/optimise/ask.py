"""Which budget, cadence and pay? A search over levers for several goals at once, under everything uncertain.

Every design meets the same uncertain worlds: each has its own draw of all uncertain parameters, and its own luck. What
counts is the gain over the company as it is, in the same world. Designs are searched by NSGA-II (Deb et al. 2002, by
Optuna). The designs of the front are lived again in fresh worlds, twice: half of these worlds choose the one that is
recommended, the other half tells its figures, so that they owe nothing to the luck it was chosen by. Only designs that
are an allowed company in all fresh worlds take part: that hangs on draws of parameters, and no luck of a run is in it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from experiments.designs.dimension import Dimension, dimension_of, refuse_types
from experiments.designs.run_table import DECISION
from experiments.designs.sampling import latin_hypercube
from experiments.designs.variant import Variant, laid_on
from experiments.execution.runner import OnProgress, Settings
from experiments.execution.worker import FailedRun
from experiments.observation.kept_outcomes import KeptOutcomes
from experiments.questions.compare.ask import present
from experiments.questions.sensitivity.ask import is_company, possible, uncertain_inputs
from experiments.statistics.paired import Values
from experiments.statistics.pareto import unbeaten
from experiments.studies.adaptive_study import AskedRows
from scenarios import Scenario
from scenarios.input_errors import check_least, check_seed

if TYPE_CHECKING:
    import optuna

SCORE = "relationship_score"
WORST = 0.1
"""Robust is what a design gains in the worst tenth of the worlds."""
GOALS = ("gain", "worst", "score")
"""Mean gain (EUR a run), gain in the worst tenth of worlds, relationship score (20 to 100)."""
_TODAY: dict[str, Any] = {}
_MOST_AGAIN = 9  # designs of the front that are lived again
_LEVERS: Mapping[str, Any] = {
    "practices.meeting_every_d": "1:63",
    "practices.meeting_h": "0.5:2",
    "pay.sales.scheme": None,
    "pay.marketing.scheme": None,
    "practices.shared_reward": "0:0.4",
}
"""Cadence and pay; the budget is added relative to the company's own."""


@dataclass(frozen=True)
class Question:
    """Which levers, how many designs, under how many uncertain worlds; fresh worlds for the end.

    `levers` None: budget, cadence and pay. World k has seed `seed` + k and a draw of its own of what is uncertain. Of
    the `fresh` worlds the first half chooses among the best, the others tell what they bring.
    """

    levers: tuple[Dimension, ...] | None = None
    generations: int = 6
    population: int = 20
    worlds: int = 20
    fresh: int = 100
    seed: int = 0
    changes: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        least = {"generations": 1, "population": 4, "worlds": 2, "fresh": 4}
        for name, at_least in least.items():
            check_least(name, getattr(self, name), at_least)
        check_seed(self.seed)
        refuse_types((one.path for one in self.levers or ()), "name single levers, or use sweep")

    @property
    def choosing(self) -> range:
        """Seeds of the fresh worlds in which one of the front is chosen."""
        first = self.seed + self.worlds
        return range(first, first + self.fresh // 2)

    @property
    def telling(self) -> range:
        """Seeds of the fresh worlds that tell its figures."""
        return range(self.choosing.stop, self.seed + self.worlds + self.fresh)

    @property
    def halves(self) -> tuple[range, range]:
        """Seeds of the worlds that choose and of those that tell."""
        return self.choosing, self.telling

    def n_runs_after(self, generation: int) -> int:
        """Runs that come after so many generations, at most: later generations, and the best and today's again."""
        searched = (self.generations - generation) * self.population * self.worlds
        return searched + (1 + _MOST_AGAIN) * self.fresh


@dataclass(frozen=True)
class Tried:
    """A design: the values of its levers, and in each world its gain over today (EUR a run) and relationship score."""

    values: Mapping[str, Any]
    gains: Values
    scores: Values

    @property
    def goals(self) -> tuple[float, float, float]:
        """Mean gain, gain in the worst tenth of worlds, mean relationship score; NaN where no world is known."""
        gains, scores = (values[~np.isnan(values)] for values in (self.gains, self.scores))
        if not gains.size or not scores.size:
            return (float("nan"),) * 3
        return float(gains.mean()), float(np.quantile(gains, WORST)), float(scores.mean())

    @property
    def is_measured(self) -> bool:
        """Whether any of its worlds is known."""
        return not np.isnan(self.goals).any()

    def within(self, worlds: npt.NDArray[np.bool_]) -> "Tried":
        """The same design in some of its worlds."""
        return replace(self, gains=self.gains[worlds], scores=self.scores[worlds])


@dataclass(frozen=True)
class Optimised:
    """The designs tried, and those of the front lived again in fresh worlds, in the same order as `front`.

    `front` are places in `tried`; `recommended` is the one of them that did best in the worlds of `choosing`. What it
    and the others bring is told by `again`, other worlds. `n_void` more designs were unbeaten in the search, but are no
    allowed company in one of the fresh worlds.
    """

    source: str
    question: Question
    company: Scenario
    levers: tuple[Dimension, ...]
    tried: tuple[Tried, ...] = ()
    front: tuple[int, ...] = ()
    recommended: int | None = None
    choosing: tuple[Tried, ...] = ()
    again: tuple[Tried, ...] = ()
    n_uncertain: int = 0
    n_void: int = 0
    failures: tuple[FailedRun, ...] = ()
    is_interrupted: bool = False

    @property
    def per_year(self) -> float:
        """Runs in a year."""
        return 4 / self.company.run.quarters

    @cached_property
    def compared(self) -> dict[int, Tried]:
        """Designs by place in `front`, in those of the worlds that choose which all of them know."""
        return comparable(self.choosing)

    def lived_again(self, place: int) -> Tried | None:
        """A design of the front in the fresh worlds that tell."""
        return self.again[self.front.index(place)] if place in self.front[: len(self.again)] else None


def optimise(
    company: str | Path,
    question: Question | None = None,
    settings: Settings | None = None,
    on_progress: OnProgress | None = None,
    folder: Path | None = None,
) -> Optimised:
    """Search designs and live the best again; `folder` keeps finished runs. Raises InputError."""
    question = question or Question()
    base = present(company, question.changes)
    levers = question.levers or usual_levers(base)
    kept = KeptOutcomes((DECISION, SCORE))
    with AskedRows("optimise", base.name, kept, settings or Settings(), on_progress, folder) as rows:
        worlds = UncertainWorlds(base, rows)
        found = Optimised(str(company), question, base, levers, n_uncertain=worlds.n_uncertain)
        found = replace(found, tried=tuple(_search(levers, question, worlds)))
        if not worlds.is_interrupted:
            found = _lived_again(found, worlds)
    return replace(found, failures=tuple(worlds.failures), is_interrupted=worlds.is_interrupted)


def _lived_again(found: Optimised, worlds: "UncertainWorlds") -> Optimised:
    """Designs that no other beats, lived in fresh worlds: first in those that choose, then in those that tell."""
    tried, question = found.tried, found.question
    is_front = unbeaten([one.goals for one in tried]) if tried else np.zeros(0, dtype=np.bool_)
    if not is_front.any():
        return found
    different = _different(tried, [int(place) for place in np.flatnonzero(is_front)])
    halves = [(seeds, worlds.draws(len(seeds), question.seed + k)) for k, seeds in enumerate(question.halves, start=1)]
    draws = [draw for _, half in halves for draw in half]
    allowed = [place for place in different if is_allowed(tried[place].values, draws)]
    found = replace(found, n_void=len(different) - len(allowed))
    if not allowed:
        return found
    front = _spread(tried, allowed)
    designs = [tried[place].values for place in front]
    n_to_come = ((1 + len(designs)) * len(question.telling), 0)
    choosing, again = (
        tuple(worlds.live(designs, half, seeds, later)) for (seeds, half), later in zip(halves, n_to_come, strict=True)
    )
    best = recommend(choosing)
    recommended = None if best is None else front[best]
    return replace(found, front=tuple(front), recommended=recommended, choosing=choosing, again=again)


def usual_levers(base: Scenario) -> tuple[Dimension, ...]:
    """Budget (half to one and a half times the company's own), cadence and pay."""
    budget, support = base.money.programme_eur_per_year, base.money.sales_support_eur_per_year
    money = {
        "money.programme_eur_per_year": f"{budget / 2}:{budget * 1.5}" if budget else "0:500000",
        "money.sales_support_eur_per_year": f"0:{max(2 * support, 100_000)}",
    }
    return tuple(dimension_of(path, wish, base) for path, wish in {**money, **_LEVERS}.items())


def recommend(choosing: Sequence[Tried]) -> int | None:
    """The place of the design with the highest mean gain in worlds that all know; None if none is known."""
    alike = comparable(choosing)
    return max(alike, key=lambda place: alike[place].goals[0]) if alike else None


def comparable(lived: Sequence[Tried]) -> dict[int, Tried]:
    """Designs by place, each in the worlds known to all of them: one that failed in bad worlds must not look good.

    So that a design which failed often does not take its worlds from the others, those with the fewest known worlds are
    left out until the rest share at least half of the worlds that any design knows.
    """
    known = np.array([~np.isnan(one.gains) & ~np.isnan(one.scores) for one in lived])
    if not known.any():
        return {}
    left = sorted(range(len(lived)), key=lambda place: (int(known[place].sum()), -place))
    enough = known.any(axis=0).sum() / 2
    while len(left) > 1 and known[left].all(axis=0).sum() < enough:
        left.pop(0)
    shared = np.asarray(known[left].all(axis=0))
    return {place: lived[place].within(shared) for place in sorted(left)}


def is_allowed(design: Mapping[str, Any], draws: Sequence[Scenario]) -> bool:
    """Whether a company may have this design under all these draws of what is uncertain."""
    return all(is_company(draw, design) for draw in draws)


def _different(tried: Sequence[Tried], front: Sequence[int]) -> list[int]:
    """The front with each design once: a search comes back to good ones."""
    first = {repr(list(tried[place].values.items())): place for place in reversed(front)}
    return sorted(first.values())


def _spread(tried: Sequence[Tried], front: Sequence[int]) -> list[int]:
    """Some designs of the front, evenly spread by mean gain, and the one that loses least; the highest gain first."""
    order = sorted(front, key=lambda place: -tried[place].goals[0])
    picks = {order[round(k)] for k in np.linspace(0, len(order) - 1, min(_MOST_AGAIN - 1, len(order)))}
    safest = max(order, key=lambda place: tried[place].goals[1])
    return [place for place in order if place in picks | {safest}]


class UncertainWorlds:
    """Lives designs in worlds that each have their own draw of what is uncertain."""

    def __init__(self, base: Scenario, rows: AskedRows) -> None:
        self.failures: list[FailedRun] = []
        self.is_interrupted = False
        self._base = base
        self._inputs = uncertain_inputs(base)
        self._rows = rows
        self._today: dict[tuple[int, ...], tuple[Values, Values]] = {}

    @property
    def n_uncertain(self) -> int:
        """Parameters that are drawn."""
        return len(self._inputs)

    def draws(self, n_draws: int, seed: int) -> list[Scenario]:
        """Companies with values of everything uncertain by Latin hypercube, pulled towards its own if impossible."""
        shares = latin_hypercube(n_draws, len(self._inputs), seed)
        columns = [one.at(shares[:, place]) for place, one in enumerate(self._inputs)]
        paths = [one.path for one in self._inputs]
        wished = [dict(zip(paths, row, strict=True)) for row in zip(*columns, strict=True)]
        return [laid_on(self._base, possible(self._base, values)[0]) for values in wished]

    def live(
        self, designs: Sequence[Mapping[str, Any]], draws: Sequence[Scenario], seeds: Sequence[int], n_to_come: int = 0
    ) -> list[Tried]:
        """Each design in each world, against today's company in the same; today is lived once.

        At most `n_to_come` more runs will be asked for afterwards.
        """
        known = self._today.get(tuple(seeds))
        asked = list(designs) if known else [_TODAY, *designs]
        values, scores = self._outcomes(asked, draws, seeds, n_to_come)
        if known is None:
            known = self._today[tuple(seeds)] = (values[0], scores[0])
            values, scores = values[1:], scores[1:]
        return [
            Tried(design, value - known[0], score) for design, value, score in zip(designs, values, scores, strict=True)
        ]

    def _outcomes(
        self, designs: Sequence[Mapping[str, Any]], draws: Sequence[Scenario], seeds: Sequence[int], n_to_come: int
    ) -> tuple[Values, Values]:
        """Contribution and relationship score, designs x worlds; NaN for designs that are no company in one of them."""
        found = np.full((2, len(designs), len(seeds)), np.nan)
        if self.is_interrupted:
            return found[0], found[1]
        worlds = list(zip(draws, seeds, strict=True))
        variants = [Variant(draw, tuple(design.items())) for draw, _ in worlds for design in designs]
        places = [place for place, design in enumerate(designs) if is_allowed(design, draws)]
        asked = [(k * len(designs) + place, seed) for k, (_, seed) in enumerate(worlds) for place in places]
        table = self._rows.run(variants, asked, n_to_come)
        self.failures += table.failures
        self.is_interrupted = table.is_interrupted
        for done in table.results:
            world, place = divmod(int(done.planned.variant), len(designs))
            found[:, place, world] = done.outcomes[DECISION], done.outcomes[SCORE]
        return found[0], found[1]


def _search(levers: Sequence[Dimension], question: Question, worlds: UncertainWorlds) -> list[Tried]:
    """Designs by NSGA-II, generation by generation."""
    import optuna

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    sampler = optuna.samplers.NSGAIISampler(population_size=question.population, seed=question.seed % 2**32)
    study = optuna.create_study(directions=["maximize"] * len(GOALS), sampler=sampler)
    draws = worlds.draws(question.worlds, question.seed)
    seeds = range(question.seed, question.seed + question.worlds)
    tried: list[Tried] = []
    for generation in range(1, question.generations + 1):
        trials = [study.ask() for _ in range(question.population)]
        designs = [{lever.path: suggested(trial, lever) for lever in levers} for trial in trials]
        lived = worlds.live(designs, draws, seeds, question.n_runs_after(generation))
        if worlds.is_interrupted:
            break
        for trial, one in zip(trials, lived, strict=True):
            state = None if one.is_measured else optuna.trial.TrialState.FAIL
            study.tell(trial, one.goals if one.is_measured else None, state)
        tried += lived
    return tried


def suggested(trial: "optuna.Trial", lever: Dimension) -> Any:
    """The value that the search proposes for a lever."""
    if lever.values:
        return trial.suggest_categorical(lever.path, list(lever.values))
    if lever.is_whole:
        return trial.suggest_int(lever.path, round(lever.low), round(lever.high))
    return trial.suggest_float(lever.path, lever.low, lever.high)
