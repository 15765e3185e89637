"""One world lived without and with a change, and what is kept of the two runs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.designs.variant import Variant
from experiments.observation.attribution import PARTS, origins
from experiments.observation.yearly import yearly
from scenarios import Scenario
from scenarios.run_length import DAYS_PER_WEEK
from simulation.measured.lead_fates import count_fates

BEFORE, AFTER = "before", "after"
SIDES = ("sales", "marketing", "managers")


@dataclass(frozen=True)
class BothRuns:
    """The two finished runs of one world."""

    before: Any
    after: Any


def live_both(
    before: Variant, after: Scenario, seed: int, *, simulate: Callable[[Scenario, int], Any] | None = None
) -> BothRuns:
    """One world without and with the change, each made by `simulate` (None: the compiled engine).

    `after` is as it lives in that world already, `before` is still to have its assumptions laid below.
    """
    import simulation  # only here: it loads Numba

    live = simulate or simulation.simulate
    return BothRuns(live(before.in_world(seed), seed), live(after, seed))


def measured(both: BothRuns) -> Mapping[str, float]:
    """What is kept of a world: `before/<outcome>`, `after/<outcome>`, `part/<name>`, deals, hours and fates."""
    values: dict[str, float] = {}
    for world, run in ((BEFORE, both.before), (AFTER, both.after)):
        values |= {f"{world}/{name}": value for name, value in {**run.outcomes, **yearly(run)}.items()}
        values |= {f"hours/{world}/{name}": hours for name, hours in _hours_a_week(run).items()}
    arose = origins(both.before, both.after)
    for part in PARTS:
        values[f"part/{part}"] = arose.eur[part]
        values[f"gained/{part}"], values[f"lost/{part}"] = float(arose.gained[part]), float(arose.lost[part])
    counts = count_fates(both.before, both.after)
    return values | {f"fate/{one}/{two}": float(counts[one, two]) for one, two in zip(*np.nonzero(counts), strict=True)}


def _hours_a_week(run: Any) -> dict[str, float]:
    """Hours a week of all people together by `side/activity`, in the measured days."""
    from simulation.ledger import Hours

    days = run.daily[run.first_day :]
    return {
        f"{side}/{kind.name.lower()}": float(days[f"hours_{side}"][:, kind].sum()) / len(days) * DAYS_PER_WEEK
        for side in SIDES
        for kind in Hours
    }
