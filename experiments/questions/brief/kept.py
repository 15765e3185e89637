"""What is kept of a run for a brief."""

from collections.abc import Mapping
from typing import Any

from experiments.observation.yearly import contribution_by_quarter, yearly
from scenarios.run_length import DAYS_PER_WEEK

KNOWN = ("cycle_days_median", "win_rate", "share_reps_at_quota", "share_never_worked", "n_won")
"""Figures that a reader knows of the own company."""
SIDES = ("sales", "marketing", "managers")


def kept_for_brief(run: Any) -> Mapping[str, float]:
    """Money by the year, figures a reader knows, coordination hours a week by side, contribution by quarter."""
    from simulation.outcomes import COORDINATION

    days = run.daily[run.first_day :]
    hours = {
        f"hours/{side}": float(sum(days[f"hours_{side}"][:, use].sum() for use in COORDINATION[side]))
        / len(days)
        * DAYS_PER_WEEK
        for side in SIDES
    }
    quarters = {f"quarter/{number}": value for number, value in enumerate(contribution_by_quarter(run), start=1)}
    money = {"money/practices": float(days["coordination"].sum())}
    known = {name: float(run.outcomes[name]) for name in (*KNOWN, "contribution_eur", "coordination_cost_eur")}
    return {**known, **yearly(run), **hours, **quarters, **money}
