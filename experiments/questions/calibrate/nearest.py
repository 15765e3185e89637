"""The shipped company nearest to the data, to begin a fit with."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

import scenarios
from experiments.questions.calibrate.distance import apart, in_roots
from experiments.statistics.paired import Values
from scenarios.input_errors import InputError

if TYPE_CHECKING:
    from experiments.questions.calibrate.ask import CalibratePlan

NEAREST = "nearest"
"""In place of a company's name."""
_N_WORLDS = 3


def from_nearest(plan_for: Callable[[str], "CalibratePlan"], seed: int) -> "CalibratePlan":
    """The plan that begins with the nearest of all shipped companies, each lived in the same few worlds.

    Companies that cannot take the data, or take fewer of the leads than others (their channels are not known there),
    do not come into question. Raises InputError where none can.
    """
    plans, problem = {}, None
    for name in scenarios.companies():
        try:
            plans[name] = plan_for(name)
        except InputError as error:
            problem = problem or error
    if not plans:
        assert problem is not None
        raise problem
    most = max(len(one.export.leads) for one in plans.values())
    plans = {name: one for name, one in plans.items() if len(one.export.leads) == most}
    means = {name: _mean_of_runs(one, seed) for name, one in plans.items()}
    compared = sorted(((name, _distance(plans[name], mean)) for name, mean in means.items()), key=lambda one: one[1])
    best = compared[0][0]
    times = replace(plans[best].times, leads=_times_leads(plans[best], means[best]))
    return replace(plans[best], compared=tuple(compared), times=times)


def _mean_of_runs(plan: "CalibratePlan", seed: int) -> Values:
    """The mean of each target over a few runs; NaN where it is unknown in all of them."""
    import simulation
    from experiments.execution.engine import get_ready

    get_ready(lambda line: None, _N_WORLDS)
    runs = [plan.measure(simulation.simulate(plan.scenario, seed + k)) for k in range(_N_WORLDS)]
    values = np.array([[run[target.name] for target in plan.targets] for run in runs])
    n_known = np.isfinite(values).sum(axis=0)
    return np.where(n_known > 0, np.nansum(values, axis=0) / np.maximum(n_known, 1), np.nan)


def _distance(plan: "CalibratePlan", mean: Values) -> float:
    """The distance from the data in standard errors of these alone: luck differs from company to company."""
    observed, errors = in_roots(list(plan.measured))
    deviations = (np.sqrt(mean) - observed) / errors
    return float(apart(deviations[plan.is_fitted & np.isfinite(deviations)][None])[0])


def _times_leads(plan: "CalibratePlan", mean: Values) -> float:
    """The data's leads as a multiple of those of the runs."""
    places = [k for k, target in enumerate(plan.targets) if target.kind == "leads" and plan.is_fitted[k]]
    runs = float(mean[places].sum())
    return sum(plan.measured[k].value for k in places) / runs if runs > 0 else float("nan")
