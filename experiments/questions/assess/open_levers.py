"""What an assessment leaves open of a company: the practices in which the types differ, and the liaison.

Statement 18 asks after a liaison, which no type has. What no type speaks of stays as the company's file says it.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from experiments.designs.company_today import TYPES
from experiments.designs.practice_bundles import practice_of
from experiments.designs.presets import companies_with
from experiments.designs.uncertain_inputs import placed
from experiments.designs.variant import differing_values
from experiments.statistics.paired import Values
from experiments.wording.parameters import declared
from scenarios import Parameter

ASKED_AFTER = ("practices.liaison",)
YES_NO, CHOICE, NUMBER = "yes or no", "choice", "number"
NEVER = 1.15
"""The place of what is never done, beyond the rarest: places are shares 0..1 of a plausible range."""
_NEVER_FROM = (1.0 + NEVER) / 2
_NEVER_DRAWN = 1 / 3
_JITTER = 0.08
_WIDE = 10.0


@dataclass(frozen=True)
class OpenLever:
    """A lever that an assessment leaves open; `by_type` has its values in the four types."""

    path: str
    by_type: Mapping[str, Any]

    @cached_property
    def parameter(self) -> Parameter:
        """Its declaration."""
        found = declared(self.path)
        assert found is not None
        return found

    @property
    def practice(self) -> str:
        """The practice that it is part of."""
        return practice_of(self.path)

    @property
    def needs(self) -> str | None:
        """The path of another lever without which this one changes nothing."""
        lever = self.parameter.lever
        return f"practices.{lever.needs}" if lever is not None and lever.needs else None

    @cached_property
    def kind(self) -> str:
        """Yes or no, a choice, or a number."""
        default = self.parameter.default
        if isinstance(default, bool):
            return YES_NO
        return CHOICE if isinstance(default, str) else NUMBER

    @cached_property
    def differs(self) -> bool:
        """Whether the types differ in it."""
        return len({repr(value) for value in self.by_type.values()}) > 1

    @property
    def may_be_never(self) -> bool:
        """Whether there is a value for what is not done at all."""
        return self.parameter.default is None

    @cached_property
    def options(self) -> tuple[Any, ...]:
        """The choices that have a column of their own: of two, the second; none of a number."""
        if self.kind != CHOICE:
            return ()
        choices = self.parameter.choices
        return choices[1:] if len(choices) == 2 else choices

    def columns(self, value: Any) -> list[float]:
        """The value as numbers: yes is 1, a choice 1 in its column, a number its place."""
        if self.kind == YES_NO:
            return [float(value)]
        if self.kind == CHOICE:
            return [float(value == one) for one in self.options]
        return [self.place(value)]

    def place(self, value: Any) -> float:
        """The share of the plausible range at which a number lies."""
        if value is None:
            return NEVER
        low, high = self._range
        if self._is_wide:
            return math.log(max(value, low * 1e-3) / low) / math.log(high / low)
        return float((value - low) / (high - low))

    def value(self, place: float) -> Any:
        """The number at a place, inside the plausible range."""
        if self.may_be_never and place > _NEVER_FROM:
            return None
        return self._at(min(1.0, max(0.0, place)))

    def free(self, rng: np.random.Generator) -> Any:
        """Any value."""
        if self.kind == YES_NO:
            return bool(rng.random() < 0.5)
        if self.kind == CHOICE:
            return self.parameter.choices[int(rng.integers(len(self.parameter.choices)))]
        if self.may_be_never and rng.random() < _NEVER_DRAWN:
            return None
        return self._at(float(rng.random()))

    def like(self, kind: str, rng: np.random.Generator) -> Any:
        """The value of a type, or one near to it."""
        value = self.by_type[kind]
        if self.kind != NUMBER or value is None:
            return value
        return self._at(min(1.0, max(0.0, self.place(value) + _JITTER * float(rng.standard_normal()))))

    def apart(self, values: Sequence[Any]) -> Values:
        """How far values are from those of the types, values x types, 0 to 1: numbers in units of what lies between."""
        if self.kind != NUMBER:
            return np.array([[float(one != other) for other in self.by_type.values()] for one in values])
        places = np.array([self.place(one) for one in self.by_type.values()])
        between = max(float(np.ptp(places)), 1e-9)
        own = np.array([self.place(one) for one in values])
        return np.asarray(np.minimum(1.0, np.abs(own[:, None] - places) / between))

    @cached_property
    def _range(self) -> tuple[float, float]:
        assert self.parameter.plausible is not None
        return self.parameter.plausible

    @property
    def _is_wide(self) -> bool:
        low, high = self._range
        return low > 0 and high / low > _WIDE

    def _at(self, share: float) -> Any:
        value = placed(self.parameter, share)
        return round(value) if self.path.endswith("_every_d") else value


def open_levers(company: str | Path) -> tuple[OpenLever, ...]:
    """The levers that may be open, those in which the types differ first."""
    types = companies_with(company, TYPES)
    differ = differing_values(types)
    first = next(iter(types.values()))
    liaison = dict.fromkeys(TYPES, first.practices.liaison)
    found = [OpenLever(path, by_type) for path, by_type in differ.items()]
    found += [OpenLever(path, liaison) for path in ASKED_AFTER if path not in differ]
    return tuple(found)


def column_names(levers: Sequence[OpenLever]) -> list[str]:
    """A name a column: the path, and of a choice with `=` and what is chosen."""
    return [
        name
        for lever in levers
        for name in ([f"{lever.path}={one}" for one in lever.options] if lever.options else [lever.path])
    ]


def table_of(levers: Sequence[OpenLever], companies: Sequence[Mapping[str, Any]]) -> Values:
    """Companies x columns."""
    rows = [[number for lever in levers for number in lever.columns(one[lever.path])] for one in companies]
    return np.array(rows, dtype=np.float64).reshape(len(companies), len(column_names(levers)))
