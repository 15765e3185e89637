"""Which relationship between Sales and Marketing earns most in this company, by how much, and how sure is that?"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

import scenarios
from experiments.designs.run_table import DECISION, TODAY, common_worlds
from experiments.execution.runner import OnProgress, Runner, RunTable, Settings, counted_on
from experiments.execution.worker import FailedRun, FinishedRun
from experiments.observation import measures
from experiments.questions.compare.result import Comparison
from experiments.statistics.paired import Values
from experiments.statistics.sequential import Precision, look, next_batch
from scenarios import Scenario
from scenarios.input_errors import InputError, check_least, check_seed
from scenarios.practices import Practices

if TYPE_CHECKING:
    from simulation import Outcome

TYPES = ("undefined", "defined", "aligned", "integrated")
"""The relationship types, from the loosest to the closest; each is a practice preset."""


@dataclass(frozen=True)
class Plan:
    """What to compare, and in how many common worlds.

    `types` may name "today", the company's present practices; None is all types, and today's practices where they are
    none of them. `precision` goes on until the gap of the best two is known that well, and overrides `runs`. World k
    has seed `seed` + k. `changes` maps dotted paths to values, the same for every variant.
    """

    types: tuple[str, ...] | None = None
    runs: int = 200
    precision: Precision | None = None
    seed: int = 0
    changes: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_least("runs", self.runs, 1)
        check_seed(self.seed)
        if self.types is not None and len(self.types) < 2:
            raise InputError("there must be at least two types to compare")
        if self.types is not None and len(set(self.types)) < len(self.types):
            raise InputError(f"a type is named twice in {', '.join(self.types)}")


@dataclass(frozen=True)
class Variants:
    """The scenarios to compare by name, and which of them are the company's present practices."""

    company: str
    scenarios: Mapping[str, Any]
    today: str | None
    source: str | None = None


def compare(
    company: str | Path,
    plan: Plan | None = None,
    settings: Settings | None = None,
    on_progress: OnProgress | None = None,
) -> Comparison:
    """Compare relationship types for a company (a shipped name, or a path); raises InputError.

    `compare("reference", Plan(runs=50)).answer` holds the answer in three lines.
    """
    plan = plan or Plan()
    return compare_variants(variants_of(company, plan), plan, settings, on_progress)


def variants_of(company: str | Path, plan: Plan) -> Variants:
    """The scenario of each type asked for; raises InputError, also if there is nothing to compare."""
    found = present(company, plan.changes)
    names = [name for name in plan.types or TYPES if name != TODAY]
    variants = {name: scenarios.load(company, practices=name, changes=plan.changes) for name in names}
    today = next((name for name, variant in variants.items() if variant == found), None)
    if today is None and (plan.types is None or TODAY in plan.types):
        variants[TODAY] = found
        today = TODAY
    if len(variants) < 2:
        raise InputError(f"today's practices of {found.name} are {today}; name another type to compare them with")
    return Variants(found.name, variants, today, str(company))


def compare_variants(
    variants: Variants, plan: Plan, settings: Settings | None = None, on_progress: OnProgress | None = None
) -> Comparison:
    """Run the variants in common worlds and put the tables together."""
    settings = settings or Settings()
    with Runner(variants.scenarios, replace(settings, measure=settings.measure or measures.compared)) as runner:
        if plan.precision is None:
            table = runner.run(common_worlds(variants.scenarios, range(plan.runs), plan.seed), on_progress)
        else:
            table = _until_precise(runner, variants, plan, on_progress)
    return comparison_of(variants, table, plan)


def comparison_of(variants: Variants, table: RunTable, plan: Plan) -> Comparison:
    """Everything that can be read from finished runs."""
    reached = None
    if plan.precision is not None and table.results:
        reached = look(_contributions(table, variants), plan.precision).is_reached
    return Comparison(
        company=variants.company,
        source=variants.source,
        changes=plan.changes,
        variants=variants.scenarios,
        today=variants.today,
        outcomes=_meanings(),
        runs=measures.runs_table(table.results),
        hours=measures.hours_table(table.results),
        quarters=measures.quarters_table(table.results),
        failures=table.failures,
        is_interrupted=table.is_interrupted,
        wished_precision=plan.precision.share if plan.precision else None,
        is_precise_enough=reached,
    )


def present(company: str | Path, changes: Mapping[str, Any]) -> Scenario:
    """The company with the practices of today; one that says nothing about practices has the loosest type's."""
    found = scenarios.load(company, changes=changes)
    if found.preset is None and scenarios.load(company).practices == Practices():
        return scenarios.load(company, practices=TYPES[0], changes=changes)
    return found


def _until_precise(runner: Runner, variants: Variants, plan: Plan, on_progress: OnProgress | None) -> RunTable:
    """Runs in batches until the gap between the best two is known well enough, or the cap is met."""
    precision = plan.precision
    assert precision is not None
    table, n_worlds, more = RunTable(), 0, precision.fewest
    while more and not table.is_interrupted:
        before = n_worlds * len(variants.scenarios)
        tell = counted_on(on_progress, before)  # how many there will be shows only as they come
        table.add(runner.run(common_worlds(variants.scenarios, range(n_worlds, n_worlds + more), plan.seed), tell))
        if not table.results:
            break
        n_worlds += more
        more = next_batch(look(_contributions(table, variants), precision), precision)
    return table


def _contributions(table: RunTable, variants: Variants) -> dict[str, Values]:
    """The contribution of each variant by world; NaN where a run failed."""
    places = {seed: place for place, seed in enumerate(sorted({done.planned.seed for done in _all(table)}))}
    found = {variant: np.full(len(places), np.nan) for variant in variants.scenarios}
    for done in table.results:
        found[done.planned.variant][places[done.planned.seed]] = done.outcomes[DECISION]
    return found


def _all(table: RunTable) -> list[FinishedRun | FailedRun]:
    return [*table.results, *table.failures]


def _meanings() -> Mapping[str, "Outcome"]:
    from simulation import OUTCOMES  # only here: it loads Numba

    return OUTCOMES
