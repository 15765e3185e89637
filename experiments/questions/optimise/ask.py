"""Which budget, cadence and pay? A search over levers for several goals at once, under everything uncertain.

Every design meets the same worlds: each has its own draw of the assumptions, and its own luck. What counts is the gain
over the company as it is, in the same world. Designs are searched by NSGA-II (Deb et al. 2002, by Optuna). The designs
of the front are lived again in fresh worlds, twice: half of these worlds choose the one that is recommended, the other
half tells its figures, so that they owe nothing to the luck it was chosen by. Only designs that are an allowed company
in all fresh worlds take part: that hangs on draws of parameters, and no luck of a run is in it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.designs.company_today import company_today
from experiments.designs.dimension import Dimension, Vary, dimension_of, parse_vary, refuse_types
from experiments.designs.ensembles import assumptions_for
from experiments.observation.kept_outcomes import KeptOutcomes
from experiments.questions.optimise.against_today import MEASURED, AgainstToday
from experiments.questions.optimise.tried import GOALS, Tried, recommend
from experiments.questions.question import Question
from experiments.statistics.pareto import unbeaten
from experiments.studies.study import Study, StudyPlan
from scenarios import Scenario
from scenarios.differences import difference
from scenarios.input_errors import check_least, check_seed

if TYPE_CHECKING:
    import optuna

    from experiments.questions.optimise.result import Optimum

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
class OptimiseQuestion(Question):
    """Which levers, how many designs, in how many worlds; fresh worlds for the end.

    `vary` empty: budget, cadence and pay. World k has seed `seed` + k and a draw of the assumptions of its own, unless
    they are `fixed` as they stand. Of the `fresh` worlds the first half chooses among the best, the others tell what
    they bring.
    """

    name = "optimise"

    company: str | Path = "reference"
    vary: Vary = ()
    generations: int = 6
    population: int = 20
    worlds: int = 20
    fresh: int = 100
    seed: int = 0
    changes: Mapping[str, Any] = field(default_factory=dict)
    fixed: bool = False

    def _check(self) -> None:
        for name, at_least in {"generations": 1, "population": 4, "worlds": 2, "fresh": 4}.items():
            check_least(name, getattr(self, name), at_least)
        check_seed(self.seed)

    def plan(self) -> "OptimisePlan":
        """The company, its levers, and what is drawn; raises InputError."""
        base = company_today(self.company, self.changes)
        levers = tuple(parse_vary(self.vary, base)) or usual_levers(base)
        refuse_types((one.path for one in levers), "name single levers, or use sweep")
        known = (*self.changes, *(one.path for one in levers))
        return OptimisePlan(
            question=self.name,
            company=base.name,
            measure=KeptOutcomes(MEASURED),
            n_runs=self.worlds + self.n_runs_after(0),
            is_exact=False,
            companies={"company": base},
            assumptions=assumptions_for(self.company, base, known, fixed=self.fixed),
            origin=difference(self.company),
            base=base,
            levers=levers,
        )

    def conclude(self, plan: "OptimisePlan", study: Study) -> "Optimum":
        """Search designs and live the best again."""
        from experiments.questions.optimise.result import Optimum

        worlds = AgainstToday(plan.base, study)
        optimum = Optimum(self, plan, study.runs, tuple(_search(plan.levers, self, worlds)))
        if not worlds.is_interrupted:
            optimum = _lived_again(optimum, worlds)
        return replace(optimum, runs=study.runs, failures=study.failures, is_interrupted=study.is_interrupted)

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


@dataclass(frozen=True, kw_only=True)
class OptimisePlan(StudyPlan):
    """The company as it is, and the levers that are searched."""

    base: Scenario
    levers: tuple[Dimension, ...]


def _lived_again(optimum: "Optimum", worlds: AgainstToday) -> "Optimum":
    """Designs that no other beats, lived in fresh worlds: first in those that choose, then in those that tell."""
    tried, question = optimum.tried, optimum.question
    is_front = unbeaten([one.goals for one in tried]) if tried else np.zeros(0, dtype=np.bool_)
    if not is_front.any():
        return optimum
    different = _different(tried, [int(place) for place in np.flatnonzero(is_front)])
    fresh = range(question.choosing.start, question.telling.stop)
    allowed = [place for place in different if worlds.allows(tried[place].values, fresh)]
    optimum = replace(optimum, n_void=len(different) - len(allowed))
    if not allowed:
        return optimum
    front = _spread(tried, allowed)
    designs = [tried[place].values for place in front]
    n_to_come = ((1 + len(designs)) * len(question.telling), 0)
    choosing, again = (
        tuple(worlds.live(designs, seeds, later)) for seeds, later in zip(question.halves, n_to_come, strict=True)
    )
    best = recommend(choosing)
    recommended = None if best is None else front[best]
    return replace(optimum, front=tuple(front), recommended=recommended, choosing=choosing, again=again)


def usual_levers(base: Scenario) -> tuple[Dimension, ...]:
    """Budget (half to one and a half times the company's own), cadence and pay."""
    budget, support = base.money.programme_eur_per_year, base.money.sales_support_eur_per_year
    money = {
        "money.programme_eur_per_year": f"{budget / 2}:{budget * 1.5}" if budget else "0:500000",
        "money.sales_support_eur_per_year": f"0:{max(2 * support, 100_000)}",
    }
    return tuple(dimension_of(path, wish, base) for path, wish in {**money, **_LEVERS}.items())


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


def _search(levers: Sequence[Dimension], question: OptimiseQuestion, worlds: AgainstToday) -> list[Tried]:
    """Designs by NSGA-II, generation by generation."""
    import optuna

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    sampler = optuna.samplers.NSGAIISampler(population_size=question.population, seed=question.seed % 2**32)
    study = optuna.create_study(directions=["maximize"] * len(GOALS), sampler=sampler)
    seeds = range(question.seed, question.seed + question.worlds)
    tried: list[Tried] = []
    for generation in range(1, question.generations + 1):
        trials = [study.ask() for _ in range(question.population)]
        designs = [{lever.path: suggested(trial, lever) for lever in levers} for trial in trials]
        lived = worlds.live(designs, seeds, question.n_runs_after(generation))
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
