"""A condition of the validation: a company with some practices and a few changes, to be run in some worlds."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import scenarios
from experiments.designs.company_today import TYPES
from experiments.designs.variant import ABOUT_NOTHING, laid_on
from scenarios import Scenario


@dataclass(frozen=True)
class Condition:
    """A shipped company, a bundle of practices (None: the company's own), and changes on top: (path, value) pairs."""

    company: str = "reference"
    practices: str | None = None
    changes: tuple[tuple[str, Any], ...] = ()

    def but(self, changes: Mapping[str, Any]) -> "Condition":
        """The same condition with more changes; later ones win."""
        return Condition(self.company, self.practices, tuple((dict(self.changes) | dict(changes)).items()))

    def scenario(self) -> Scenario:
        """The scenario of this condition; raises ScenarioError if a change names what the company does not have."""
        return laid_on(_unchanged(self.company, self.practices), dict(self.changes))

    def __str__(self) -> str:
        words = [self.company, *([self.practices] if self.practices else [])]
        return ", ".join([*words, *(f"{path.split('.')[-1]} {_short(value)}" for path, value in self.changes)])


@cache
def _unchanged(company: str, practices: str | None) -> Scenario:
    return scenarios.load(company, practices)


UNDEFINED, DEFINED, ALIGNED, INTEGRATED = (Condition("reference", name) for name in TYPES)
OF_EACH_TYPE = {"undefined": UNDEFINED, "defined": DEFINED, "aligned": ALIGNED, "integrated": INTEGRATED}
ALL_COMPANIES = ("reference", "small_firm", "enterprise", "fast_simple_market", "aiqi_software")
"""Shipped companies that sell to buyers they must find; the sign-up funnel is held against its own data by `agree`."""


def identity(scenario: Scenario) -> str:
    """A name that two scenarios share only if they are the same to the model."""
    values = scenarios.resolved(scenario)
    return digest({name: value for name, value in values.items() if name not in ABOUT_NOTHING})


def digest(values: Any) -> str:
    """A short name for plain values: equal for equal ones, and for no others."""
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]


def _short(value: Any) -> str:
    return "none" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
