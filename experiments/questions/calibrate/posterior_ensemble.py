"""What a company's own data leave possible, as the table of draws that other questions take."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from experiments.designs.assumptions import Assumptions
from experiments.designs.ensembles import Ensemble, ensemble_of, rounded
from experiments.questions.calibrate.result import Calibration
from experiments.questions.calibrate.trust import warning
from experiments.questions.calibrate.uncertain import changes_at

MOST_DRAWS = 300
_CHOSEN = ("practices.", "pay.")  # what a company decides is no assumption, though it may be fitted


def posterior_ensemble(calibration: Calibration) -> Ensemble:
    """Points of the posterior; whatever was not fitted comes from the ensemble of the company before.

    Both are drawn apart from each other: what the data say of the rest, by way of what was fitted, is left aside.
    """
    from simulation.engine_module import fingerprint

    plan, points, bad = calibration.plan, calibration.posterior.points, warning(calibration)
    chosen = points[:MOST_DRAWS]
    n_draws = len(chosen)
    fitted = [_assumed(changes_at(plan.uncertain, point)) for point in chosen]
    told = tuple(fitted[0])
    values = rounded(np.array([list(one.values()) for one in fitted]))
    before = ensemble_of(plan.begins_with).assumptions.left_open_by(plan.scenario, told)
    if before is not None:
        values = np.column_stack([values, before.values[np.arange(n_draws) % before.n_draws]])
    name = f"{plan.company}_fitted"
    about: dict[str, Any] = {"company": name, "model": fingerprint(), "told": list(told), "accepted": n_draws}
    if bad is not None:
        about["warning"] = bad
    paths = (*told, *(before.paths if before is not None else ()))
    drawn = Assumptions(name, paths, values, frozenset(told), warning=bad)
    return Ensemble(drawn, tuple(range(n_draws)), about)


def _assumed(values: Mapping[str, float]) -> dict[str, float]:
    return {path: value for path, value in values.items() if not path.startswith(_CHOSEN)}
