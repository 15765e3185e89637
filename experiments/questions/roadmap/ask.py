"""What should change next? The value of each practice alone, last and on average over all orders, and a path.

From the company's own state to a goal (the practices of a type), practices are put in place in every order that is
drawn, in common worlds. The path then takes, step by step, the practice that gains most on top of those before it; it
is chosen in these worlds and measured anew in others, so that the luck which made a step look best does not count.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

import scenarios
from experiments.designs.practice_bundles import NamedPractice, practices_between
from experiments.designs.presets import companies_with
from experiments.designs.run_table import DECISION
from experiments.execution.runner import OnProgress, Settings
from experiments.execution.worker import FailedRun
from experiments.questions.compare.ask import TYPES
from experiments.questions.what_if.ask import baseline
from experiments.statistics.paired import Difference, Mean, Values, difference, mean_of
from experiments.statistics.shapley import Orders, alone_and_last, contributions, orders, sets_met
from experiments.studies.adaptive_study import AskedRows
from experiments.studies.greedy_path import GreedyPath, greedy_path, most_runs
from experiments.studies.practice_sets import MEASURED, Lived, PracticeSets
from experiments.studies.study import Study, run_study
from scenarios import Scenario
from scenarios.input_errors import InputError, check_least, check_seed

if TYPE_CHECKING:
    import pandas as pd

COST = "coordination_cost_eur"
_WORLDS_FOR_THE_GOAL = 24
_OTHER_WORLDS = 1_000_000  # seeds this far on are met by nothing else: they choose the goal


@dataclass(frozen=True)
class Question:
    """From where, to where, in how many common worlds.

    `start` None is the company's own practices, `goal` None the type that earns most for it. World k has seed
    `seed` + k. `changes` maps dotted paths to values, the same at the start and at the goal.
    """

    start: str | None = None
    goal: str | None = None
    runs: int = 40
    seed: int = 0
    most_steps: int = 8
    changes: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_least("runs", self.runs, 2)
        check_seed(self.seed)
        if self.most_steps < 1:
            raise InputError(f"a path has at least 1 step, not {self.most_steps}")


@dataclass(frozen=True)
class Ends:
    """The company as it is and as it would be. `is_goal_chosen`: the goal was found by trying all types."""

    start: Scenario
    goal: Scenario
    goal_name: str
    practices: tuple[NamedPractice, ...]
    is_goal_chosen: bool = False


@dataclass(frozen=True)
class Roadmap:
    """What each practice is worth, and a path.

    Values are EUR of contribution in a whole run; `per_year` turns them into a year's. `n_worlds` worlds were lived to
    their end with every set of practices that was asked for; `path` is measured in other worlds.
    """

    source: str
    question: Question
    ends: Ends
    lived: Lived
    orders: Orders
    path: GreedyPath
    failures: tuple[FailedRun, ...] = ()
    is_interrupted: bool = False

    @property
    def per_year(self) -> float:
        """Runs in a year: values of a run times this are a year's."""
        return 4 / self.ends.start.run.quarters

    @property
    def practices(self) -> tuple[NamedPractice, ...]:
        """The practices between start and goal."""
        return self.ends.practices

    @cached_property
    def worlds(self) -> tuple[int, ...]:
        """Places of the worlds in which every set of practices has a value."""
        n_parts = len(self.practices)
        sets = [sets_met(order) | alone_and_last(n_parts) for order in self.orders]
        return tuple(
            k for k, wanted in enumerate(sets) if all(self.lived.has(one, self._seed(k), DECISION) for one in wanted)
        )

    @property
    def n_worlds(self) -> int:
        """Worlds in which every set of practices has a value."""
        return len(self.worlds)

    def _seed(self, world: int) -> int:
        return self.question.seed + world

    @property
    def seeds(self) -> list[int]:
        """Seeds of the worlds that count."""
        return [self._seed(k) for k in self.worlds]

    def shapley(self, outcome: str = DECISION) -> Values:
        """What each practice adds in each world, worlds x practices; a row adds up to goal minus start."""
        rows = [
            contributions(
                self.orders[k],
                lambda parts, k=k: self.lived.value(parts, self._seed(k), outcome),  # type: ignore[misc]
            )
            for k in self.worlds
        ]
        return np.array(rows).reshape(len(rows), len(self.practices))

    def alone(self, part: int) -> Difference:
        """What one practice adds to the start."""
        return self.gap(1 << part, 0)

    def last(self, part: int) -> Difference:
        """What one practice adds where all others are in place."""
        whole = (1 << len(self.practices)) - 1
        return self.gap(whole, whole ^ 1 << part)

    def total(self) -> Difference:
        """Goal minus start."""
        return self.gap((1 << len(self.practices)) - 1, 0)

    def gap(self, one: int, other: int, outcome: str = DECISION) -> Difference:
        """A set of practices against another, in the worlds that count."""
        return difference(self.lived.values(one, self.seeds, outcome), self.lived.values(other, self.seeds, outcome))

    @cached_property
    def table(self) -> "pd.DataFrame":
        """A row a practice, the most valuable first; EUR a year.

        Columns: practice, label, change, value with low and high (Shapley), alone and last each with low and high,
        cost (of coordination, by Shapley), n.
        """
        import pandas as pd

        values, costs = self.shapley(), self.shapley(COST)
        rows = []
        for part, one in enumerate(self.practices):
            alone, last = self.alone(part), self.last(part)
            told = [*_ends(mean_of(values[:, part])), *_ends(alone), *_ends(last), float(costs[:, part].mean())]
            rows.append((one.name, one.label, one.in_words, *(number * self.per_year for number in told), len(values)))
        numbers = [f"{kind}{end}" for kind in ("value", "alone", "last") for end in ("", "_low", "_high")]
        table = pd.DataFrame(rows, columns=["practice", "label", "change", *numbers, "cost", "n"])
        return table.sort_values("value", ascending=False, kind="stable").reset_index(drop=True)


def _ends(found: Mean | Difference) -> tuple[float, float, float]:
    return found.mean, found.interval.low, found.interval.high


def roadmap(
    company: str | Path,
    question: Question | None = None,
    settings: Settings | None = None,
    on_progress: OnProgress | None = None,
    folder: Path | None = None,
) -> Roadmap:
    """The value of each practice between a company's state and a goal, and a path; raises InputError.

    `roadmap("reference", Question(start="undefined", goal="aligned")).table` has a row a practice. `folder` keeps
    finished runs, so that the same question goes on where it was cut short.
    """
    question, settings = question or Question(), settings or Settings()
    ends = ends_of(company, question, settings)
    with AskedRows("roadmap", ends.start.name, MEASURED, settings, on_progress, folder) as rows:
        return _asked(str(company), ends, question, rows)


def ends_of(company: str | Path, question: Question, settings: Settings | None = None) -> Ends:
    """The company at the start and at the goal; a goal that is not named is the other type that earns most for it."""
    start = baseline(company, question.start, question.changes)
    name = question.goal or _best_type(company, start, question, settings or Settings())
    goal = scenarios.load(company, practices=name, changes=question.changes)
    return Ends(start, goal, name, practices_between(start, goal), question.goal is None)


def _asked(company: str, ends: Ends, question: Question, rows: AskedRows) -> Roadmap:
    """Live all sets of practices that are needed and put the tables together; `rows` says how and where."""
    n_parts = len(ends.practices)
    drawn = orders(n_parts, question.runs, question.seed)
    sets = PracticeSets(ends.start, ends.practices, rows)
    wanted = [
        (one, question.seed + k)
        for k, order in enumerate(drawn)
        for one in sorted(sets_met(order) | alone_and_last(n_parts))
    ]
    n_others = 2 * question.runs
    sets.live(wanted, most_runs(n_parts, question.most_steps, question.runs, n_others))
    found = Roadmap(company, question, ends, sets.lived, drawn, GreedyPath())
    if found.n_worlds and not sets.is_interrupted:
        ranks = np.maximum(found.shapley().mean(axis=0), [found.alone(part).mean for part in range(n_parts)])
        others = [question.seed + question.runs + k for k in range(n_others)]
        path = greedy_path(sets, ranks, found.seeds, others, question.most_steps)
        found = replace(found, path=path)
    return replace(found, failures=tuple(sets.failures), is_interrupted=sets.is_interrupted)


def _best_type(company: str | Path, start: Scenario, question: Question, settings: Settings) -> str:
    """The type, other than today's, with the highest mean contribution in a few worlds of their own."""
    import pandas as pd

    every = companies_with(company, TYPES, question.changes)
    types = [name for name, one in every.items() if one.practices != start.practices]
    seeds = tuple(question.seed + _OTHER_WORLDS + k for k in range(min(question.runs, _WORLDS_FOR_THE_GOAL)))
    study = Study("roadmap", every[types[0]], pd.DataFrame({"practices": types}), seeds, types=every)
    runs = run_study(study, settings=settings)
    if runs.is_interrupted:
        raise KeyboardInterrupt  # what was seen so far is no reason to choose a goal, nor to go on
    values = runs.values()
    known = values[:, ~np.isnan(values).any(axis=0)]
    if not known.size:
        why = runs.failures[0].error if runs.failures else "no run had a known contribution"
        raise InputError(f"no type could be tried to find a goal ({why}); name one with --to")
    return types[int(known.mean(axis=1).argmax())]
