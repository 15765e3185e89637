"""From runs to a brief: types, a path, the path on the way, stress."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from experiments.designs.assumptions import Assumptions
from experiments.designs.design import TYPE_COLUMN, Design
from experiments.designs.practice_bundles import NamedPractice, practices_between
from experiments.designs.variant import Variant
from experiments.observation.yearly import CONTRIBUTION
from experiments.questions.brief.result import Brief
from experiments.questions.question import StudyInterrupted
from experiments.statistics.doubt import says_something
from experiments.statistics.paired import Values
from experiments.studies.greedy_path import GreedyPath, greedy_path
from experiments.studies.practice_sets import PracticeSets
from experiments.studies.study import Study
from experiments.wording.parameters import declared
from scenarios.input_errors import InputError

if TYPE_CHECKING:
    from experiments.questions.brief.ask import BriefPlan, BriefQuestion

TODAY, STEPS, BEST = "today", "steps", "best"
_DRIFT = "market.drift_per_quarter"
_HARDER = 0.5  # what rivals gain in the log-odds of a win


def found(question: "BriefQuestion", plan: "BriefPlan", study: Study) -> Brief:
    """The brief; raises StudyInterrupted, as half of it says nothing."""
    types = _types(question, plan, study)
    known = _known(types, [TODAY, *plan.goals])
    if not says_something(len(known)):
        why = study.failures[0].error if study.failures else "too few runs have a known contribution"
        raise InputError(f"nothing can be compared: {why}")
    best = str(known[list(plan.goals)].mean().idxmax())
    practices = practices_between(plan.today, plan.goals[best])
    sets = PracticeSets(plan.today, practices, study)
    sets.live((parts, seed) for seed in question.tried for parts in [0, *(1 << part for part in range(len(practices)))])
    promise = np.array([_gain(sets, 1 << part, question.tried) for part in range(len(practices))])
    path = _that_pays(greedy_path(sets, promise, list(question.tried), list(question.fresh), question.n_steps))
    _check(study)
    steps = [practices[step.part] for step in path.steps]
    return Brief(
        question=question,
        plan=plan,
        types=types,
        best=best,
        path=path,
        sets=sets.lived,
        practices=practices,
        on_the_way=_on_the_way(plan, steps, question.fresh_tried, study),
        stress=_stress(plan, best, steps, question.fresh_tried, study),
        runs=study.runs,
        failures=study.failures,
    )


def _types(question: "BriefQuestion", plan: "BriefPlan", study: Study) -> pd.DataFrame:
    """A row a run: variant (today or a type), seed, what was kept."""
    names = [None, *plan.goals]
    points = pd.DataFrame({TYPE_COLUMN: pd.Series(names, dtype=object)})
    done = study.run_design(Design(plan.today, points, tuple(question.seeds), plan.goals), None)
    _check(study)
    table = done.table.copy()
    table.insert(0, "variant", [names[point] or TODAY for point in table.pop("point")])
    return table


def _gain(sets: PracticeSets, parts: int, seeds: Sequence[int]) -> float:
    gain: Values = sets.lived.values(parts, seeds) - sets.lived.values(0, seeds)
    return float(np.nanmean(gain)) if np.isfinite(gain).any() else -np.inf


def _on_the_way(plan: "BriefPlan", steps: Sequence[NamedPractice], seeds: Sequence[int], study: Study) -> pd.DataFrame:
    """Today, and each number of steps taken on the first measured day: a row a run, `n_steps` in the first column."""
    taken = [steps[:n] for n in range(len(steps) + 1)]
    changes = [tuple((f"{path}@0", value) for one in some for path, value in one.changes) for some in taken]
    variants = [Variant(plan.today, change) for change in changes]
    wanted = [(place, seed) for seed in seeds for place in range(len(variants))]
    return _rows(study, variants, wanted, "n_steps", range(len(variants)))


def _stress(
    plan: "BriefPlan", best: str, steps: Sequence[NamedPractice], seeds: Sequence[int], study: Study
) -> pd.DataFrame:
    """Today, the steps and the best type in each market under stress: a row a run, with `market` and `variant`."""
    whole = tuple(change for one in steps for change in one.changes)
    ways = {TODAY: (plan.today, ()), STEPS: (plan.today, whole), BEST: (plan.goals[best], ())}
    tables = []
    for market, (changes, drawn) in stresses(plan).items():
        variants = [Variant(company, (*changes.items(), *more), drawn) for company, more in ways.values()]
        wanted = [(place, seed) for seed in seeds for place in range(len(variants))]
        tables.append(_rows(study, variants, wanted, "variant", list(ways)).assign(market=market))
    return pd.concat(tables, ignore_index=True)


def stresses(plan: "BriefPlan") -> Mapping[str, tuple[Mapping[str, Any], Assumptions | None]]:
    """Markets that may come, by name: what changes in the company's own, and the assumptions drawn there."""
    market, drawn = plan.today.market, plan.assumptions
    faster: dict[str, Any] = {}
    moved = drawn.moved(_DRIFT, factor=2.0) if drawn is not None else None
    if drawn is None or _DRIFT not in drawn.paths:
        faster = {_DRIFT: _inside(_DRIFT, 2 * market.drift_per_quarter)}
    rivals = {f"segments.{name}.competition": one.competition + _HARDER for name, one in plan.today.segments.items()}
    return {
        "a third fewer buyers": ({"market.prospects_per_day": market.prospects_per_day * 2 / 3}, drawn),
        "needs that move twice as fast": (faster, moved),
        "stronger rivals": ({path: _inside(path, value) for path, value in rivals.items()}, drawn),
    }


def _inside(path: str, value: float) -> float:
    """The value, or the bound beyond which it may not go."""
    known = declared(path)
    most = known.bounds.le if known is not None else None
    return value if most is None else min(value, float(most))


def _known(types: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Contribution by seed and variant, of the worlds in which all are known."""
    if CONTRIBUTION not in types:
        return pd.DataFrame()
    wide = types.pivot(index="seed", columns="variant", values=CONTRIBUTION)
    return wide.dropna() if set(names) <= set(wide.columns) else pd.DataFrame()


def _that_pays(path: GreedyPath) -> GreedyPath:
    """The path as far as each step earns more than it costs in fresh worlds too."""
    steps = tuple(takewhile(lambda step: step.gain.mean > 0, path.steps))
    return replace(path, steps=steps)


def _rows(
    study: Study, variants: Sequence[Variant], wanted: Sequence[tuple[int, int]], column: str, names: Sequence[Any]
) -> pd.DataFrame:
    table = study.run(variants, wanted, None)
    _check(study)
    rows = [
        {column: names[int(one.planned.variant)], "seed": one.planned.seed, **one.outcomes} for one in table.results
    ]
    return pd.DataFrame(rows)


def _check(study: Study) -> None:
    if study.is_interrupted:
        raise StudyInterrupted
