"""Draws of what nobody asked, each with the levers moved until the company shows what was said all the same.

What is uncertain of people, market and customers comes from the draws of the company that is near. Laid under the
described company as it stands they would make another company of it, with other leads and other deals; so every draw
has its own places of the levers, found by a few corrections, and draws that cannot be brought there are left out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.designs.assumptions import Assumptions
from experiments.designs.ensembles import Ensemble, ensemble_of, rounded
from experiments.questions.new.described_levers import DescribedLever, moved
from experiments.questions.new.scaled_company import Draft
from experiments.questions.new.short_fit import TOLERANCE, misses
from experiments.statistics.paired import Values

N_CORRECTIONS, N_WORLDS = 2, 2
"""Corrections of each draw, and fresh worlds of each look at it."""
FARTHEST = 0.3
"""How far a figure may be from what was said, in logs and over so few worlds, for a draw to be kept."""
_LUCK = 0.08  # of a figure over so few worlds, in logs: what a correction is not to chase
_FARTHEST_MOVE = 1.5  # of a lever, in usual moves, from where it is without a draw
_STRIDE = 10_000  # between the worlds of one look and the next

Drawn = tuple[Draft, Mapping[str, Any]]
Look = Callable[[Sequence[Drawn], Sequence[Sequence[int]]], Values]
"""Drafts with a draw laid under them, in their worlds, to mean figures (drafts, figures)."""


@dataclass(frozen=True)
class Reachable:
    """A fitted draft: its levers, in units of usual moves, where they stand, what each does, how far each may go.

    `slopes` (figures, levers) are in tolerances of the figures `said`, which are what every draw is to show.
    """

    draft: Draft
    levers: Sequence[DescribedLever]
    sizes: Values
    slopes: Values
    reach: tuple[Values, Values]
    said: Values

    @property
    def figures(self) -> list[str]:
        """Those that levers are to move, in the order of `said`."""
        return list(dict.fromkeys(lever.figure for lever in self.levers))

    def at(self, sizes: Values) -> Draft:
        """The draft with its levers elsewhere."""
        return moved(self.draft, self.levers, sizes * np.array([lever.usual for lever in self.levers]))

    def corrected(self, sizes: Values, shown: Values) -> Values:
        """Where levers should go from `sizes`, at which that is shown; luck is not chased, far places are avoided."""
        from scipy.optimize import lsq_linear

        weight = TOLERANCE / _LUCK
        rows = np.vstack([weight * self.slopes, np.eye(len(sizes))])
        wanted = -np.concatenate([weight * misses(shown, self.said), sizes - self.sizes])
        low = np.maximum(self.reach[0], self.sizes - _FARTHEST_MOVE) - sizes - 1e-9
        high = np.minimum(self.reach[1], self.sizes + _FARTHEST_MOVE) - sizes + 1e-9
        return np.asarray(sizes + lsq_linear(rows, wanted, (low, high)).x)


def mended_draws(fit: Reachable, look: Look, n_draws: int, first_seed: int) -> Ensemble | None:
    """The draws that are left (None if none is), with the places of the levers among what is told."""
    assumed = left_open(fit.at(fit.sizes))
    if assumed is None:
        return None
    draws = [assumed.draw(number) for number in range(min(n_draws, assumed.n_draws))]
    sizes = np.tile(fit.sizes, (len(draws), 1))
    shown = _look(fit, look, sizes, draws, first_seed)
    for step in range(1, N_CORRECTIONS + 1):
        sizes = np.array([fit.corrected(one, row) for one, row in zip(sizes, shown, strict=True)])
        shown = _look(fit, look, sizes, draws, first_seed + step * _STRIDE)
    far = np.abs(np.array([misses(row, fit.said) for row in shown])) * TOLERANCE
    kept = np.flatnonzero((far <= FARTHEST).all(axis=1)).tolist()
    return _ensemble(fit, assumed, sizes, kept) if kept else None


def left_open(draft: Draft) -> Assumptions | None:
    """The draws of the company that is near, of all that this one does not say."""
    return ensemble_of(draft.parent).assumptions.left_open_by(draft.scenario, set(draft.values))


def _look(fit: Reachable, look: Look, sizes: Values, draws: Sequence[Mapping[str, Any]], seed: int) -> Values:
    """What each draw shows with its levers where they are, in worlds of its own."""
    drafts = [(fit.at(one), draw) for one, draw in zip(sizes, draws, strict=True)]
    return look(drafts, [[seed + N_WORLDS * k + w for w in range(N_WORLDS)] for k in range(len(drafts))])


def _ensemble(fit: Reachable, assumed: Assumptions, sizes: Values, kept: Sequence[int]) -> Ensemble:
    from simulation.engine_module import fingerprint

    name = fit.draft.description.name
    levers = [_moved_values(fit, sizes[place]) for place in kept]
    told = tuple(levers[0])
    values = np.column_stack([rounded(np.array([list(one.values()) for one in levers])), assumed.values[kept]])
    about = {
        "company": name,
        "model": fingerprint(),
        "told": list(told),
        "accepted": len(kept),
        "tried": len(sizes),
        "after": fit.draft.parent,
    }
    drawn = Assumptions(name, (*told, *assumed.paths), values, frozenset(told))
    return Ensemble(drawn, tuple(range(len(kept))), about)


def _moved_values(fit: Reachable, sizes: Values) -> dict[str, float]:
    """What levers set at these places, by path."""
    values = fit.at(sizes).values
    paths = moved_paths(fit)
    return {path: float(values[path][0]) for path in paths}


def moved_paths(fit: Reachable) -> list[str]:
    """What levers, and all that goes along with them, set."""
    there, elsewhere = fit.at(fit.sizes).values, fit.at(fit.sizes + 0.1).values
    return [path for path in there if there[path][0] != elsewhere[path][0]]
