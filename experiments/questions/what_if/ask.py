"""What is one change worth to a company? The same worlds with and without it, and where the difference arose."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

import scenarios
from experiments.designs.run_table import DECISION, PlannedRun
from experiments.execution.runner import OnProgress, Runner, RunTable, Settings, counted_on
from experiments.execution.worker import FailedRun
from experiments.observation.attribution import PARTS, origins
from experiments.observation.lead_fates import FATE_WORDS, Fate, count_fates
from experiments.questions.compare.ask import present
from experiments.statistics.paired import Difference, Mean, Values, difference, mean_of
from experiments.statistics.sequential import Precision, look, next_batch
from scenarios import Scenario
from scenarios.input_errors import InputError, check_least, check_seed
from scenarios.run_length import DAYS_PER_WEEK

if TYPE_CHECKING:
    import pandas as pd

    from simulation import Outcome

BEFORE, AFTER = "before", "after"
_VARIANT = "both"


@dataclass(frozen=True)
class Question:
    """What to change, in how many common worlds.

    `changes` maps dotted paths to the values after the change. `given` holds in both worlds, as does `practices` (a
    type; None for the company's present practices). `precision` goes on until the difference is known that well, and
    overrides `runs`. World k has seed `seed` + k.
    """

    changes: Mapping[str, Any]
    practices: str | None = None
    given: Mapping[str, Any] = field(default_factory=dict)
    runs: int = 200
    precision: Precision | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        check_least("runs", self.runs, 1)
        check_seed(self.seed)
        if not self.changes:
            raise InputError("say what to change, e.g. --set practices.recycling=true")


@dataclass(frozen=True)
class Pair:
    """One company without and with a change."""

    before: Scenario
    after: Scenario

    def __post_init__(self) -> None:
        if self.before.run != self.after.run:
            raise InputError("the length of a run is no change of the company; set it for both worlds with --given")
        if self.before == self.after:
            raise InputError("the change changes nothing: the company already has these values")


@dataclass(frozen=True)
class BothRuns:
    """The two finished runs of one world."""

    before: Any
    after: Any


def pair_of(company: str | Path, question: Question) -> Pair:
    """The company without and with the change; raises InputError, also if they are the same."""
    before = baseline(company, question.practices, question.given)
    return Pair(before, scenarios.with_changes(before, question.changes))


def baseline(company: str | Path, practices: str | None, given: Mapping[str, Any]) -> Scenario:
    """A company with the practices of a type, or with its own of today; raises ScenarioError."""
    if practices is None:
        return present(company, given)
    return scenarios.load(company, practices=practices, changes=given)


def live_both(pair: Pair, seed: int) -> BothRuns:
    """One world without and with the change."""
    import simulation  # only here: it loads Numba

    return BothRuns(simulation.simulate(pair.before, seed), simulation.simulate(pair.after, seed))


def measured(both: BothRuns) -> Mapping[str, float]:
    """What is kept of a world: `before/<outcome>`, `after/<outcome>`, `part/<name>`, deals, hours and fates."""
    found = {f"{world}/{name}": value for world, run in _worlds(both) for name, value in run.outcomes.items()}
    arose = origins(both.before, both.after)
    for part in PARTS:
        found[f"part/{part}"] = arose.eur[part]
        found[f"gained/{part}"], found[f"lost/{part}"] = float(arose.gained[part]), float(arose.lost[part])
    for world, run in _worlds(both):
        found |= {f"hours/{world}/{name}": hours for name, hours in _hours_a_week(run).items()}
    counts = count_fates(both.before, both.after)
    found |= {f"fate/{one}/{two}": float(counts[one, two]) for one, two in zip(*np.nonzero(counts), strict=True)}
    return found


def _worlds(both: BothRuns) -> tuple[tuple[str, Any], tuple[str, Any]]:
    return (BEFORE, both.before), (AFTER, both.after)


def _hours_a_week(run: Any) -> dict[str, float]:
    """Hours a week of all people together by `side/activity`, in the measured days."""
    from simulation.ledger import Hours

    days = run.daily[run.first_day :]
    return {
        f"{side}/{kind.name.lower()}": float(days[f"hours_{side}"][:, kind].sum()) / len(days) * DAYS_PER_WEEK
        for side in ("sales", "marketing", "managers")
        for kind in Hours
    }


@dataclass(frozen=True)
class WhatIf:
    """What a change does, world by world.

    `worlds` has a row a world and the columns that `measured` names, after `seed`. `outcomes` says what outcomes mean.
    """

    company: str
    source: str
    question: Question
    pair: Pair
    outcomes: Mapping[str, "Outcome"]
    worlds: "pd.DataFrame"
    failures: tuple[FailedRun, ...] = ()
    is_interrupted: bool = False
    is_precise_enough: bool | None = None

    @property
    def n_worlds(self) -> int:
        """Worlds lived to their end both times."""
        return len(self.worlds)

    @property
    def quarters_measured(self) -> int:
        """Length of a run in quarters."""
        return self.pair.before.run.quarters

    def values(self, name: str) -> Values:
        """One number a world, in the order of seeds; 0 for a count that never occurred in a world."""
        return np.asarray(self.worlds[name].to_numpy(), dtype=np.float64)

    def gain(self, outcome: str = DECISION) -> Difference:
        """What the change does to an outcome, in common worlds."""
        known = self._gains.get(outcome)
        if known is None:
            known = difference(self.values(f"{AFTER}/{outcome}"), self.values(f"{BEFORE}/{outcome}"))
            self._gains[outcome] = known
        return known

    @cached_property
    def _gains(self) -> dict[str, Difference]:
        return {}

    def part(self, name: str) -> Mean:
        """What one part adds to the difference in contribution, EUR a run."""
        return mean_of(self.values(f"part/{name}"))

    @cached_property
    def parts(self) -> "pd.DataFrame":
        """Where the difference arose: part, change (EUR), low, high, gained and lost (deals a run), n; last the total.

        Parts that are zero in every world are left out.
        """
        import pandas as pd

        rows = []
        for name in PARTS:
            if not np.any(self.values(f"part/{name}")):
                continue
            found = self.part(name)
            deals = [float(self.values(f"{kind}/{name}").mean()) for kind in ("gained", "lost")]
            rows.append((name, found.mean, found.interval.low, found.interval.high, *deals, found.n))
        gain = self.gain()
        rows.append((DECISION, gain.mean, gain.interval.low, gain.interval.high, np.nan, np.nan, gain.n))
        return pd.DataFrame(rows, columns=["part", "change", "low", "high", "gained", "lost", "n"])

    @cached_property
    def effects(self) -> "pd.DataFrame":
        """One row an outcome: mean before and after, the change and its interval, whether it is clear."""
        import pandas as pd

        rows = []
        for name, outcome in self.outcomes.items():
            before, after = self.values(f"{BEFORE}/{name}"), self.values(f"{AFTER}/{name}")
            known = ~(np.isnan(before) | np.isnan(after))
            means = [float(side[known].mean()) if known.any() else np.nan for side in (before, after)]
            found = difference(after, before, n_resamples=0)
            ends = (found.interval.low, found.interval.high)
            rows.append((name, outcome.unit, outcome.better, *means, found.mean, *ends, found.n, found.is_clear))
        columns = ["outcome", "unit", "better", "before", "after", "change", "low", "high", "n", "is_clear"]
        return pd.DataFrame(rows, columns=columns)

    @cached_property
    def hours(self) -> "pd.DataFrame":
        """Hours a week of all people of a side together, by what they go into: before, after, change with interval."""
        import pandas as pd

        rows = []
        for column in self.worlds.columns:
            if not column.startswith(f"hours/{BEFORE}/"):
                continue
            side, activity = column.split("/")[2:]
            before, after = self.values(column), self.values(f"hours/{AFTER}/{side}/{activity}")
            found = mean_of(after - before)
            ends = (found.interval.low, found.interval.high)
            rows.append((side, activity, float(before.mean()), float(after.mean()), found.mean, *ends, found.n))
        columns = ["side", "activity", "before", "after", "change", "low", "high", "n"]
        return pd.DataFrame(rows, columns=columns)

    @cached_property
    def fates(self) -> "pd.DataFrame":
        """Prospects a run by their fate before and after (words), the most frequent pair of fates first."""
        import pandas as pd

        rows = []
        for column in self.worlds.columns:
            if column.startswith("fate/"):
                before, after = (Fate(int(number)) for number in column.split("/")[1:])
                rows.append((FATE_WORDS[before], FATE_WORDS[after], float(self.values(column).mean())))
        table = pd.DataFrame(rows, columns=["before", "after", "n_a_run"])
        return table.sort_values("n_a_run", ascending=False).reset_index(drop=True)


def what_if(
    company: str | Path,
    question: Question,
    settings: Settings | None = None,
    on_progress: OnProgress | None = None,
) -> WhatIf:
    """What a change is worth to a company (a shipped name, or a path); raises InputError.

    `what_if("reference", Question({"practices.recycling": True}, runs=50)).parts` says where it arises.
    """
    return ask(company, pair_of(company, question), question, settings, on_progress)


def ask(
    company: str | Path,
    pair: Pair,
    question: Question,
    settings: Settings | None = None,
    on_progress: OnProgress | None = None,
) -> WhatIf:
    """Live both sides of a pair in common worlds and put the tables together."""
    settings = replace(settings or Settings(), simulate=live_both, measure=measured)
    with Runner({_VARIANT: pair}, settings) as runner:
        table = _run(runner, question, on_progress)
    precise = None
    if question.precision is not None and table.results:
        precise = look(_contributions(table), question.precision).is_reached
    import simulation

    return WhatIf(
        company=pair.before.name,
        source=str(company),
        question=question,
        pair=pair,
        outcomes=simulation.OUTCOMES,
        worlds=worlds_table(table),
        failures=tuple(table.failures),
        is_interrupted=table.is_interrupted,
        is_precise_enough=precise,
    )


def _run(runner: Runner, question: Question, on_progress: OnProgress | None) -> RunTable:
    """All worlds asked for; with a precision, in batches until the difference is known that well."""
    precision = question.precision
    if precision is None:
        return runner.run(_rows(range(question.runs), question.seed), on_progress)
    table, n_worlds, more = RunTable(), 0, precision.fewest
    while more and not table.is_interrupted:
        tell = counted_on(on_progress, n_worlds)  # how many there will be shows only as they come
        table.add(runner.run(_rows(range(n_worlds, n_worlds + more), question.seed), tell))
        if not table.results:
            break
        n_worlds += more
        more = next_batch(look(_contributions(table), precision), precision)
    return table


def _rows(worlds: range, seed: int) -> list[PlannedRun]:
    return [PlannedRun(number=k, variant=_VARIANT, seed=seed + k) for k in worlds]


def _contributions(table: RunTable) -> dict[str, Values]:
    """The contribution without and with the change, world by world."""
    return {
        world: np.array([done.outcomes[f"{world}/{DECISION}"] for done in table.results]) for world in (BEFORE, AFTER)
    }


def worlds_table(table: RunTable) -> "pd.DataFrame":
    """One row a world in the order of seeds; what never occurred in a world counts 0 there."""
    import pandas as pd

    rows = pd.DataFrame([{"seed": done.planned.seed, **done.outcomes} for done in table.results])
    counts = [name for name in rows.columns if name.startswith("fate/")]
    return rows.fillna(dict.fromkeys(counts, 0.0))
