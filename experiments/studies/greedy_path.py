"""A path of practices: at each step the one that gains most on top of those before; chosen here, measured elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import sqrt

import numpy as np

from experiments.designs.run_table import DECISION
from experiments.observation.yearly import REVENUE
from experiments.statistics.paired import Difference, Values, difference
from experiments.studies.practice_sets import PracticeSets

_CANDIDATES = 5  # tried at a step: those that promise most by what is known of them


@dataclass(frozen=True)
class Step:
    """One step of a path, measured in fresh worlds: what it gains on top of the steps before, and all so far.

    Differences are of contribution; `cost` and `cost_so_far` of coordination cost, EUR a run;
    `revenue_so_far` of revenue in the last four quarters, EUR a year.
    """

    part: int
    gain: Difference
    gain_so_far: Difference
    cost: Difference
    cost_so_far: Difference
    revenue_so_far: Difference


@dataclass(frozen=True)
class GreedyPath:
    """`steps` in order; what `whole` and `whole_revenue` say is None where no path was sought.

    `whole` is goal minus start in the same fresh worlds, `whole_revenue` the same of revenue in the last four quarters,
    `against_whole` the whole path minus the goal.
    """

    steps: tuple[Step, ...] = ()
    whole: Difference | None = None
    whole_revenue: Difference | None = None
    against_whole: Difference | None = None
    seeds: list[int] = field(default_factory=list)


def greedy_path(
    sets: PracticeSets, promise: Values, seeds: Sequence[int], fresh: Sequence[int], most_steps: int
) -> GreedyPath:
    """Choose a path in worlds `seeds`, measure it in worlds `fresh`.

    `promise` is what is known of each practice's value; at each step the most promising few are tried. It ends where
    the best of them gains less than its own standard error.
    """
    chosen: list[int] = []
    promise = np.array(promise, dtype=np.float64)
    n_parts = len(sets.practices)
    while len(chosen) < min(most_steps, n_parts) and not sets.is_interrupted:
        n_to_come = most_runs(n_parts, most_steps, len(seeds), len(fresh), len(chosen) + 1)
        best = _best_step(sets, _with(chosen), promise, seeds, n_to_come)
        if best is None:
            break
        chosen.append(best)
    return _measured(sets, chosen, fresh)


def most_runs(n_parts: int, most_steps: int, n_seeds: int, n_fresh: int, n_chosen: int = 0) -> int:
    """Runs that a path asks for at most once so many steps are chosen; those of the first step have been made before.

    `most_runs(3, 8, 10, 20)` is 110: two candidates, then one, in 10 worlds; none to three practices in 20 others.
    """
    steps = range(max(1, n_chosen), min(most_steps, n_parts))
    candidates = sum(min(_CANDIDATES, n_parts - step) for step in steps)
    n_on_the_way = min(most_steps, n_parts) + 1
    return candidates * n_seeds + (n_on_the_way + (most_steps < n_parts)) * n_fresh


def _best_step(sets: PracticeSets, so_far: int, promise: Values, seeds: Sequence[int], n_to_come: int) -> int | None:
    """The practice that gains most on top of those so far; `promise` is updated with what is learnt."""
    left = [int(part) for part in np.argsort(-promise, kind="stable") if not so_far >> int(part) & 1]
    # On top of nothing every practice has been tried already, so all of them compete for the first step.
    tried = left if not so_far else left[:_CANDIDATES]
    sets.live(((so_far | 1 << part, seed) for part in tried for seed in seeds), n_to_come)
    gains = {part: _gap(sets, so_far | 1 << part, so_far, seeds) for part in tried}
    for part, gain in gains.items():
        promise[part] = gain.mean if not np.isnan(gain.mean) else -np.inf
    best = max(tried, key=lambda part: promise[part])
    gain = gains[best]
    return best if gain.n > 1 and gain.mean > gain.sd / sqrt(gain.n) else None


def _measured(sets: PracticeSets, chosen: Sequence[int], fresh: Sequence[int]) -> GreedyPath:
    whole = (1 << len(sets.practices)) - 1
    on_the_way = [_with(chosen[:n]) for n in range(len(chosen) + 1)]
    sets.live((parts, seed) for parts in {*on_the_way, whole} for seed in fresh)
    steps = [
        Step(
            part,
            gain=_gap(sets, after, before, fresh),
            gain_so_far=_gap(sets, after, 0, fresh),
            cost=_gap(sets, after, before, fresh, "coordination_cost_eur"),
            cost_so_far=_gap(sets, after, 0, fresh, "coordination_cost_eur"),
            revenue_so_far=_gap(sets, after, 0, fresh, REVENUE),
        )
        for part, before, after in zip(chosen, on_the_way, on_the_way[1:], strict=False)
    ]
    return GreedyPath(
        tuple(steps),
        _gap(sets, whole, 0, fresh),
        _gap(sets, whole, 0, fresh, REVENUE),
        _gap(sets, on_the_way[-1], whole, fresh),
        list(fresh),
    )


def _gap(sets: PracticeSets, one: int, other: int, seeds: Sequence[int], outcome: str = DECISION) -> Difference:
    return difference(sets.lived.values(one, seeds, outcome), sets.lived.values(other, seeds, outcome), n_resamples=0)


def _with(parts: Sequence[int]) -> int:
    return sum(1 << part for part in parts)
