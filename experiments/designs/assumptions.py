"""Assumptions drawn together: world k of a study lives with draw k of a table, and so do all variants in that world.

Only what a company's own file and the user leave open is drawn. Worlds `n_draws` apart share a draw: so luck and
assumptions are told apart.
"""

import hashlib
from collections import deque
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from experiments.designs.uncertain_inputs import UNCERTAIN_GROUPS, uncertain, uncertain_inputs
from experiments.designs.variant import laid_on
from experiments.statistics.doubt import FEWEST, says_something
from experiments.statistics.paired import Values
from experiments.wording.parameters import declared
from scenarios import Scenario

_KEEP = 400  # companies with a draw laid under them, per process: a table of draws has fewer, worlds meet them in turn


@dataclass(frozen=True, eq=False)
class Assumptions:
    """`values` has a row a draw and a column a path, in the parameters' own units; `name` says whose draws they are.

    `told` are paths that the company's own data speak of: what its file says there is their median, and gives way.
    `model` is the fingerprint of the model that the draws were accepted by, and `warning` what whoever uses them must
    hear, if the table says so; both are only told.
    """

    name: str
    paths: tuple[str, ...]
    values: Values
    told: frozenset[str] = frozenset()
    model: str | None = None
    warning: str | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        """What is worked out on the way is no part of it, in another process or in what a study is known by."""
        return Assumptions, (self.name, self.paths, self.values, self.told)

    @property
    def n_draws(self) -> int:
        """Rows."""
        return len(self.values)

    @cached_property
    def identity(self) -> str:
        """A hash of all that is drawn."""
        told = hashlib.sha256("\n".join(self.paths).encode())
        told.update(np.ascontiguousarray(self.values, dtype="<f8").tobytes())
        return told.hexdigest()[:32]

    def number_of(self, seed: int) -> int:
        """Which draw the world of a seed lives with."""
        return seed % self.n_draws

    def draw(self, seed: int) -> dict[str, float | int]:
        """The values in the world of a seed, by path."""
        row = self.values[self.number_of(seed)].tolist()
        return {
            path: round(value) if path in self._whole else value for path, value in zip(self.paths, row, strict=True)
        }

    def by_draw(self, seeds: Iterable[int], values: Iterable[float]) -> dict[int, float]:
        """Values of worlds, one a seed, by the number of their draw."""
        return {self.number_of(seed): float(one) for seed, one in zip(seeds, values, strict=True)}

    @cached_property
    def _whole(self) -> frozenset[str]:
        whole = {one.path for one in uncertain() if isinstance(one.default, int)}
        return frozenset(
            whole | {path for path in self.told if isinstance(getattr(declared(path), "default", None), int)}
        )

    @cached_property
    def _groups(self) -> tuple[str, ...]:
        """Groups of parameters in which anything is drawn."""
        return tuple({*UNCERTAIN_GROUPS, *(path.split(".")[0] for path in self.told)})

    def left_open_by(self, company: Scenario, changed: Collection[str] = ()) -> "Assumptions | None":
        """Those that a company leaves at their defaults, or its data tell, and that are not `changed` by hand.

        None if that is nothing.
        """
        open_here = (_open_in(company) | self.told) - set(changed)
        places = [place for place, path in enumerate(self.paths) if path in open_here]
        if not places:
            return None
        return replace(self, paths=tuple(self.paths[place] for place in places), values=self.values[:, places])

    def moved(self, path: str, factor: float = 1.0, plus: float = 0.0) -> "Assumptions":
        """The same draws with the values of one path times a factor and more by a number, inside its bounds.

        As they are where the path is not drawn.
        """
        if path not in self.paths:
            return self
        values, place = self.values.copy(), self.paths.index(path)
        values[:, place] = np.clip(factor * values[:, place] + plus, *_ends(path, is_whole=path in self._whole))
        return replace(self, values=values)

    def under(self, company: Scenario, seed: int) -> Scenario:
        """The company as it is in the world of a seed; raises ScenarioError if no company may be so.

        What the company says itself stays: draws are laid below.
        """
        key = (self.identity, self.number_of(seed))
        groups = {name: getattr(company, name) for name in self._groups}
        for known, before, after in _kept:
            if known == key and all(before[name] == groups[name] for name in groups):
                return company.model_copy(update=after)
        open_here = _open_in(company) | self.told
        drawn = laid_on(company, {path: value for path, value in self.draw(seed).items() if path in open_here})
        _kept.append((key, groups, {name: getattr(drawn, name) for name in groups}))
        return drawn


def _ends(path: str, *, is_whole: bool) -> tuple[float, float]:
    """The lowest and the highest value a parameter can have; one that may not be reached itself ends a step before."""
    parameter = declared(path)
    assert parameter is not None
    bounds = parameter.bounds
    low, high = -np.inf, np.inf
    if bounds.ge is not None:
        low = bounds.ge
    if bounds.gt is not None:
        low = max(low, bounds.gt + 1 if is_whole else np.nextafter(bounds.gt, np.inf))
    if bounds.le is not None:
        high = bounds.le
    if bounds.lt is not None:
        high = min(high, bounds.lt - 1 if is_whole else np.nextafter(bounds.lt, -np.inf))
    return float(low), float(high)


_kept: deque[tuple[tuple[str, int], dict[str, Any], dict[str, Any]]] = deque(maxlen=_KEEP)


def _open_in(company: Scenario) -> frozenset[str]:
    return frozenset(one.path for one in uncertain_inputs(company))


SHARE_OF_TWINS = 0.1
TWIN_ROUNDS = 1_000
"""A twin has the same draw so many rounds of the table of draws later: a world that nothing else meets."""


def twin_seeds(assumptions: Assumptions | None, seeds: Sequence[int]) -> tuple[int, ...]:
    """Other worlds for the draws of the first replications: they tell luck from assumptions. None if nothing is drawn.

    So too if there are too few replications to tell.
    """
    if assumptions is None or not says_something(len(seeds)):
        return ()
    n_twins = max(FEWEST, round(SHARE_OF_TWINS * len(seeds)))
    return tuple(seed + TWIN_ROUNDS * assumptions.n_draws for seed in seeds[:n_twins])


FRESH_ROUNDS = 2_000


def fresh_seeds(assumptions: Assumptions | None, used: Sequence[int], n: int) -> list[int]:
    """Worlds that nothing else meets, with the draws that follow those of the `used` worlds, in their order.

    As long as there are enough draws, none of them has been used: what was chosen by some draws is measured in others.
    """
    n_draws = assumptions.n_draws if assumptions is not None else TWIN_ROUNDS
    first = used[-1] + 1 + FRESH_ROUNDS * n_draws
    return list(range(first, first + n))
