"""The fitted company as a file that other commands take: what differs from the company it extends."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

import scenarios
from experiments.designs.company_file import extended, grouped, rounded_to
from experiments.questions.calibrate.result import Calibration
from experiments.questions.calibrate.trust import warning
from scenarios.plausibility import values_at

if TYPE_CHECKING:
    from experiments.questions.calibrate.ask import CalibratePlan

DIGITS = 5


def fitted_company(calibration: Calibration, command: str, folder: Path) -> str:
    """A YAML file that extends the company and sets each fitted parameter to its fitted value.

    `folder` is where it will lie; a company from a file of one's own is named relative to it.
    """
    plan = calibration.plan
    changed = given_values(plan, calibration.question.changes) | calibration.fitted_changes
    nested = grouped({path: rounded_to(value, DIGITS) for path, value in changed.items()})
    about = {
        "extends": extended(str(plan.begins_with), folder),
        "name": f"{plan.company}_fitted",
        "question": f"What does {plan.company} do with the values that its own data speak for?",
    }
    window = plan.export.window
    head = (
        f"# Fitted to leads first contacted from {window.leads_from} until before {window.fitted_until}, by\n"
        f"# {command}\n{_about(calibration)}"
    )
    return head + str(yaml.safe_dump(about | nested, sort_keys=False, allow_unicode=True, width=1000))


def _about(calibration: Calibration) -> str:
    """What to know of the values, as comments."""
    where = f"{calibration.choice.origin}: the nearest to the data of all that were compared"
    bad = warning(calibration)
    return f"# Its values are {where}; see the report beside it.\n" + (f"# DO NOT TRUST IT: {bad}.\n" if bad else "")


def given_values(plan: "CalibratePlan", paths: Any) -> dict[str, Any]:
    """What the company has at the paths that were changed by hand, path by path where one stands for several."""
    values = {}
    for path in paths:
        for keys, value in values_at(plan.scenario, tuple(path.split("."))):
            values[".".join(keys)] = value if isinstance(value, bool | int | float | str) else _plain(plan, keys)
    return values


def _plain(plan: "CalibratePlan", keys: tuple[str, ...]) -> Any:
    value: Any = scenarios.resolved(plan.scenario)
    for key in keys:
        value = value[key]
    return value
