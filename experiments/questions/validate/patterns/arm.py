"""An arm of the validation: a company with some practices and a few changes, to be run in some worlds."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import scenarios
from scenarios import Scenario

_NOT_MET_BY_THE_MODEL = ("name", "question", "preset")  # words for the reader; no rule reads them


@dataclass(frozen=True)
class Arm:
    """A shipped company, a bundle of practices (None: the company's own), and changes on top: (path, value) pairs."""

    company: str = "reference"
    practices: str | None = None
    changes: tuple[tuple[str, Any], ...] = ()

    def but(self, changes: Mapping[str, Any]) -> "Arm":
        """The same arm with more changes; later ones win."""
        return Arm(self.company, self.practices, tuple((dict(self.changes) | dict(changes)).items()))

    def scenario(self, below: Mapping[str, Any] | None = None) -> Scenario:
        """The scenario of this arm; `below` are changes of the company that the arm's own come on top of.

        Raises ScenarioError if a change names what the company does not have.
        """
        return scenarios.load(self.company, self.practices, {**(below or {}), **dict(self.changes)})

    def __str__(self) -> str:
        words = [self.company, *([self.practices] if self.practices else [])]
        return ", ".join([*words, *(f"{path.split('.')[-1]} {_short(value)}" for path, value in self.changes)])


def _short(value: Any) -> str:
    return "none" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def identity(scenario: Scenario) -> str:
    """A name that two scenarios share only if they are the same to the model."""
    values = scenarios.resolved(scenario)
    told = {name: value for name, value in values.items() if name not in _NOT_MET_BY_THE_MODEL}
    return digest(told)


def digest(values: Any) -> str:
    """A short name for plain values: equal for equal ones, and for no others."""
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]
