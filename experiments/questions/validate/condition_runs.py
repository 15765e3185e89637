"""The runs that conditions ask for: equal scenarios are one, each in as many worlds as the pattern that asks for most.

Every pattern is then read off the common table, in its own first worlds: its numbers are the same whichever patterns
are asked for beside it.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from experiments.designs.assumptions import Assumptions
from experiments.designs.variant import Changes, Variant
from experiments.execution.worker import FailedRun
from experiments.questions.validate.patterns.condition import Condition, digest, identity
from experiments.questions.validate.patterns.evidence import Evidence, gathered
from experiments.studies.study import Study
from scenarios import Scenario, ScenarioError

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class ConditionRuns:
    """`variants` by name, each in its first `n_worlds`; `names` says under which name each condition is found.

    `missing` says of a condition what the model does not know of it.
    """

    variants: Mapping[str, Variant]
    n_worlds: Mapping[str, int]
    names: Mapping[Condition, str]
    missing: Mapping[Condition, str]

    @property
    def n_runs(self) -> int:
        """How many they are."""
        return sum(self.n_worlds.values())

    @property
    def lives(self) -> Counter[str]:
        """How many there are of each company."""
        company_of = {name: condition.company for condition, name in self.names.items()}
        lives: Counter[str] = Counter()
        for name, n in self.n_worlds.items():
            lives[company_of[name]] += n
        return lives


@dataclass(frozen=True)
class Made:
    """What came of the runs of some settings: the evidence of each, and a row a run."""

    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    rows: Sequence[Mapping[str, Any]] = ()
    failures: Sequence[FailedRun] = ()
    is_interrupted: bool = False


def runs_for(
    worlds: Mapping[Condition, int],
    laid_on: Callable[[Condition], Changes] = lambda _: (),
    drawn: Callable[[Condition], Assumptions | None] = lambda _: None,
) -> ConditionRuns:
    """The runs of conditions, each in so many worlds; `laid_on` says what comes on top of one, `drawn` what lies below.

    A condition whose changes the model does not know is missing.
    """
    variants: dict[str, Variant] = {}
    names: dict[Condition, str] = {}
    missing: dict[Condition, str] = {}
    n_worlds: dict[str, int] = {}
    for condition, n in worlds.items():
        try:
            scenario, known_as = _built(condition)
        except ScenarioError as error:
            missing[condition] = str(error)
            continue
        more, below = laid_on(condition), drawn(condition)
        name = names[condition] = f"{known_as}{digest(more) if more else ''}{below.identity if below else ''}"
        variants.setdefault(name, Variant(scenario, more, below))
        n_worlds[name] = max(n_worlds.get(name, 0), n)
    return ConditionRuns(variants, n_worlds, names, missing)


@lru_cache(maxsize=1024)
def _built(condition: Condition) -> tuple[Scenario, str]:
    """The scenario of a condition and its identity; asked for again and again."""
    scenario = condition.scenario()
    return scenario, identity(scenario)


def made(study: Study, settings: Mapping[str, ConditionRuns], seed: int, n_to_come: int | None) -> Made:
    """Make the runs of several settings, by name; condition by condition, so that each is put together once."""
    places = [(setting, name) for setting, runs in settings.items() for name in runs.variants]
    worlds = [range(settings[setting].n_worlds[name]) for setting, name in places]
    wanted = [(place, seed + world) for place, some in enumerate(worlds) for world in some]
    if not wanted:
        return Made({setting: Evidence({}, runs.names, runs.missing) for setting, runs in settings.items()})
    done = study.run([settings[setting].variants[name] for setting, name in places], wanted, n_to_come)
    said = {setting: {name: str(one) for one, name in runs.names.items()} for setting, runs in settings.items()}
    words = [f"{setting}: {said[setting][name]}" for setting, name in places]
    numbers = {places[int(place)]: columns for place, columns in gathered(done.results, seed).items()}
    evidence = {
        setting: Evidence({name: numbers.get((setting, name), {}) for name in runs.variants}, runs.names, runs.missing)
        for setting, runs in settings.items()
    }
    rows = []
    for one in done.results:
        setting, name = places[int(one.planned.variant)]
        rows.append({"setting": setting, "condition": said[setting][name], "seed": one.planned.seed, **one.outcomes})
    return Made(evidence, rows, [one.of_variant(words) for one in done.failures], done.is_interrupted)


def table_of(steps: Sequence[Made]) -> "pd.DataFrame":
    """A row a run: setting, condition, seed, everything measured; a run that was asked for again has one row."""
    import pandas as pd

    table = pd.DataFrame([row for one in steps for row in one.rows])
    return table.drop_duplicates(["setting", "condition", "seed"], ignore_index=True) if len(table) else table
