"""What a run is: the model, the company in every value, the seed, and what is kept of it. Equal hash, equal run."""

import hashlib
from collections.abc import Iterable
from functools import partial
from typing import Any

from experiments.overlaid import Overlaid, laid_on
from experiments.worker import Measure, Simulate
from scenarios import Scenario

ABOUT_NOTHING = {"name", "question", "preset"}  # for readers; a run does not depend on them
_LENGTH = 32  # hex digits: among 10**12 runs two would share them with probability 10**-15


class Identities:
    """Hashes of runs that share the model, `simulate` and `measure` (None: the engine, the outcomes)."""

    def __init__(self, simulate: Simulate | None = None, measure: Measure | None = None) -> None:
        from simulation import FINGERPRINT  # only here: it loads Numba

        self._groups = [name for name in Scenario.model_fields if name not in ABOUT_NOTHING]
        self._known: dict[tuple[int, str], tuple[Scenario, bytes]] = {}
        self._way = hashlib.sha256("\n".join([FINGERPRINT, _name(simulate), _name(measure)]).encode())

    def of(self, arm: Overlaid, seeds: Iterable[int]) -> list[str]:
        """The identity of one company's run in each world; raises ScenarioError if it is no possible company."""
        company = self._way.copy()
        scenario = laid_on(arm.scenario, dict(arm.changes))
        for name in self._groups:
            company.update(self._told(scenario, name, arm.scenario))
        return [_in_world(company.copy(), seed) for seed in seeds]

    def _told(self, scenario: Scenario, name: str, base: Scenario) -> bytes:
        """Every value of a group of parameters; put into words once for all points that leave it as it is."""
        if getattr(scenario, name) != getattr(base, name):
            return _every_value(scenario, name)
        if (id(base), name) not in self._known:
            self._known[id(base), name] = (base, _every_value(base, name))  # holding the base keeps its id its own
        return self._known[id(base), name][1]


def _every_value(scenario: Scenario, name: str) -> bytes:
    return scenario.model_dump_json(include={name}).encode()


def _in_world(company: Any, seed: int) -> str:
    company.update(b"\nseed %d" % seed)
    return str(company.hexdigest()[:_LENGTH])


def _name(function: Any) -> str:
    """What a function is called, with what it was given; nothing for None."""
    if function is None:
        return ""
    if isinstance(function, partial):
        return f"{_name(function.func)} of {[_name_or_value(one) for one in function.args]}, {function.keywords}"
    if hasattr(function, "__qualname__"):
        return f"{function.__module__}.{function.__qualname__}"
    return f"{type(function).__module__}.{function!r}"


def _name_or_value(one: Any) -> str:
    return _name(one) if callable(one) else repr(one)
