"""What to change next, over the plausible companies: each practice of the goal put in place alone.

Every plausible company lives in a new world with the draw of assumptions it was found with, without and with each
step. The steps that gain most are measured once more, in plausible companies that did not choose them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.designs.company_today import TYPES
from experiments.designs.practice_bundles import label_of, practice_of
from experiments.designs.variant import Changes, Variant
from experiments.observation.yearly import CONTRIBUTION, REVENUE
from experiments.questions.assess.open_levers import OpenLever
from experiments.statistics.paired import Values
from experiments.studies.study import Study
from scenarios import Scenario

OPEN = 0.25
"""A number is not yet as the goal has it from this share of what lies between the types."""
MEASURED_AGAIN = 4
"""So many of the most promising steps are lived once more in other companies."""


@dataclass(frozen=True)
class Plausible:
    """A company that may be the one that was asked: its open practices, and the world it lives in."""

    values: Mapping[str, Any]
    seed: int


@dataclass(frozen=True)
class NextStep:
    """A practice as the goal has it: its levers with their values there."""

    name: str
    label: str
    goal: str
    levers: tuple[OpenLever, ...]

    @property
    def changes(self) -> Changes:
        """What it sets."""
        return tuple((one.path, one.by_type[self.goal]) for one in self.levers)

    @property
    def is_less(self) -> bool:
        """Whether it takes a practice away: all of it stands as where nothing is settled."""
        return all(
            one.path.startswith("practices.") and told == one.parameter.default
            for one, (_, told) in zip(self.levers, self.changes, strict=True)
        )

    def is_open(self, values: Mapping[str, Any]) -> bool:
        """Whether a company with these values is not yet about as far in all of it."""
        place = TYPES.index(self.goal)
        return any(one.apart([values[one.path]])[0, place] >= OPEN for one in self.levers)


@dataclass(frozen=True, eq=False)
class TriedSteps:
    """Contribution and revenue a year that each step adds to each company, NaN where it changes nothing there.

    `contribution` and `revenue` are companies x steps; `again` and `again_revenue` the same of the steps at `chosen`
    in other companies.
    """

    steps: tuple[NextStep, ...]
    contribution: Values
    revenue: Values
    chosen: tuple[int, ...]
    again: Values
    again_revenue: Values

    @property
    def shares_best(self) -> Values:
        """How often each step gains most of all that gain anything."""
        gains = np.where(np.isnan(self.contribution), -np.inf, self.contribution)
        best = gains.argmax(axis=1)
        pays = gains.max(axis=1) > 0
        return np.array([float(np.mean((best == place) & pays)) for place in range(len(self.steps))])

    @property
    def shares_open(self) -> Values:
        """In what share of the companies each step would change anything."""
        return np.asarray(np.mean(~np.isnan(self.contribution), axis=0))


def steps_to(goal: str, levers: Sequence[OpenLever]) -> tuple[NextStep, ...]:
    """The practices of a type as steps, in the order of the model's description; those it does not have are none."""
    found: dict[str, list[OpenLever]] = {}
    for one in levers:
        if one.differs:
            found.setdefault(practice_of(one.path), []).append(one)
    return tuple(NextStep(name, label_of(name), goal, tuple(some)) for name, some in found.items())


def tried(
    base: Scenario, steps: Sequence[NextStep], halves: tuple[Sequence[Plausible], Sequence[Plausible]], study: Study
) -> TriedSteps | None:
    """Live every step in the first companies, the best in the second; None where that was interrupted."""
    first = _gains(base, steps, halves[0], study, n_to_come=(1 + MEASURED_AGAIN) * len(halves[1]))
    if first is None:
        return None
    with np.errstate(all="ignore"):
        means = [float(np.nansum(first[0][:, place]) / len(halves[0])) for place in range(len(steps))]
    order = sorted(range(len(steps)), key=lambda place: -means[place])
    chosen = tuple(order[:MEASURED_AGAIN])
    again = _gains(base, [steps[place] for place in chosen], halves[1], study)
    if again is None:
        return None
    return TriedSteps(tuple(steps), *first, chosen, *again)


def most_runs(n_steps: int, n_first: int, n_second: int) -> int:
    """How many runs it takes, at most."""
    return (1 + n_steps) * n_first + (1 + MEASURED_AGAIN) * n_second


def _gains(
    base: Scenario, steps: Sequence[NextStep], companies: Sequence[Plausible], study: Study, n_to_come: int = 0
) -> tuple[Values, Values] | None:
    """What steps add to companies (companies x steps): contribution and revenue a year."""
    variants: list[Variant] = []
    wanted, places = [], []
    for row, company in enumerate(companies):
        changes: dict[int, Changes] = {0: ()}
        changes |= {place: one.changes for place, one in enumerate(steps, 1) if one.is_open(company.values)}
        for column, changed in changes.items():
            places.append((row, column))
            wanted.append((len(variants), company.seed))
            variants.append(Variant(base, (*company.values.items(), *changed)))
    done = study.run(variants, wanted, n_to_come)
    if done.is_interrupted:
        return None
    lived = np.full((2, len(companies), 1 + len(steps)), np.nan)
    for one in done.results:
        row, column = places[int(one.planned.variant)]
        lived[:, row, column] = one.outcomes[CONTRIBUTION], one.outcomes[REVENUE]
    return lived[0, :, 1:] - lived[0, :, :1], lived[1, :, 1:] - lived[1, :, :1]


def best_type(base: Scenario, levers: Sequence[OpenLever], companies: Sequence[Plausible], study: Study) -> str | None:
    """The type that earns most on average, as a whole, in these companies; None where that was interrupted."""
    types = [NextStep(kind, kind, kind, tuple(one for one in levers if one.differs)) for kind in TYPES]
    n_steps = max(len(steps_to(kind, levers)) for kind in TYPES)
    gains = _gains(base, types, companies, study, most_runs(n_steps, len(companies), len(companies)))
    if gains is None:
        return None
    return TYPES[int(np.where(np.isnan(gains[0]), 0.0, gains[0]).mean(axis=0).argmax())]
