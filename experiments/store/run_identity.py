"""What a run is: the code, the company in every value, the seed, and what is kept of it. Equal hash, equal run."""

import hashlib
from collections.abc import Iterable
from typing import Any

from experiments.designs.variant import ABOUT_NOTHING, Variant, laid_on
from experiments.execution.code_identity import code_of, made_with
from experiments.execution.worker import Measure, Simulate
from scenarios import Scenario

_LENGTH = 32  # hex digits: among 10**12 runs two would share them with probability 10**-15


class Identities:
    """Hashes of runs that share the model, `simulate` and `measure` (None: the engine, the outcomes)."""

    def __init__(self, simulate: Simulate | None = None, measure: Measure | None = None) -> None:
        self._groups = [name for name in Scenario.model_fields if name not in ABOUT_NOTHING]
        self._known: dict[tuple[int, str], tuple[Scenario, bytes]] = {}
        self._way = hashlib.sha256("\n".join([made_with(), code_of(simulate), code_of(measure)]).encode())

    def of(self, variant: Variant, seeds: Iterable[int]) -> list[str]:
        """The identity of one company's run in each world; raises ScenarioError if it is no possible company.

        Assumptions are laid below it, so the company and its draw say what a run is.
        """
        company = self._way.copy()
        scenario = laid_on(variant.scenario, dict(variant.changes))
        for name in self._groups:
            company.update(self._group_text(scenario, name, variant.scenario))
        if variant.assumptions is not None:
            company.update(variant.assumptions.identity.encode())
            by_hand = sorted({path for path, _ in variant.changes} & set(variant.assumptions.paths))
            company.update("\n".join(by_hand).encode())
        return [_in_world(company, seed) for seed in seeds]

    def _group_text(self, scenario: Scenario, name: str, base: Scenario) -> bytes:
        """Every value of a group of parameters; put into words once for all points that leave it as it is."""
        ours, theirs = getattr(scenario, name), getattr(base, name)
        if ours is not theirs and ours != theirs:
            return _every_value(scenario, name)
        if (id(base), name) not in self._known:
            self._known[id(base), name] = (base, _every_value(base, name))  # holding the base keeps its id its own
        return self._known[id(base), name][1]


def _in_world(company: Any, seed: int) -> str:
    """The identity of a company's run in a world; `company` is a hash of all but the seed, and stays as it is."""
    whole = company.copy()
    whole.update(b"\nseed %d" % seed)
    return str(whole.hexdigest()[:_LENGTH])


def _every_value(scenario: Scenario, name: str) -> bytes:
    return scenario.model_dump_json(include={name}).encode()
