"""In which markets and companies does a design lose? Many are sampled, both designs live in them, and boxes are found.

A case is a sampled company for which the design earns less than the other one, on average over common worlds; where
that is too rare (or too common) for a box, one of the fifth in which it gains least. Boxes are found on two thirds of
the points and judged on the rest.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from experiments.designs.dimension import Dimension, dimension_of
from experiments.designs.factorial import make
from experiments.designs.presets import companies_with
from experiments.execution.runner import OnProgress, Settings
from experiments.questions.compare.ask import present
from experiments.questions.sensitivity.ask import possible
from experiments.statistics.paired import Values
from experiments.statistics.prim_cart import FEWEST_CASES, Box, Cases, cart_boxes, prim_box
from experiments.studies.study import TYPE_COLUMN, Study, StudyRuns, run_study
from scenarios import Scenario
from scenarios.input_errors import InputError, check_least, check_seed, did_you_mean

if TYPE_CHECKING:
    import pandas as pd

_MARKET: Mapping[str, str] = {
    "market.turbulence": "0:3",
    "market.share_ready": "0.16:0.36",
    "market.project_lag_d": "60:260",
    "market.interest_half_life_d": "10:60",
    "segments.*.complexity": "0.2:2",
    "segments.*.buyers": "1:7",
    "segments.*.price_sensitivity": "1:4",
    "segments.*.patience_d": "60:300",
    "behaviour.trust.start": "0.2:0.8",
}
_OF_ITS_OWN = ("market.prospects_per_day", "people.account_executives", "people.marketers")
_TODAYS = "today's practices"
_TRAINED_ON = 2 / 3
_LEAST = 0.2


@dataclass(frozen=True)
class Question:
    """Which design, against which (None: today's practices), over what (None: market and size), how many points.

    `points` companies are drawn by Latin hypercube; each lives `runs` common worlds with both designs.
    """

    design: str = "integrated"
    against: str | None = None
    dimensions: tuple[Dimension, ...] | None = None
    points: int = 400
    runs: int = 3
    seed: int = 0
    changes: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_least("points", self.points, 30, "boxes need something to be found in")
        check_least("runs", self.runs, 1)
        check_seed(self.seed)
        if self.design == self.against:
            raise InputError(f"--design and --against are both {self.design}; name two types")
        for one in self.dimensions or ():
            if not one.is_number or one.path == TYPE_COLUMN:
                raise InputError(f"{one.path}: boxes are drawn over numbers; hold it fixed with --set instead")


@dataclass(frozen=True)
class Discovered:
    """Where the design loses. `inputs` has a row a point, `gain` what the design earns more than the other there."""

    source: str
    question: Question
    company: Scenario
    inputs: "pd.DataFrame"
    runs: StudyRuns
    n_pulled: int = 0

    @cached_property
    def gain(self) -> Values:
        """Mean gain of each point over its worlds (EUR a run); NaN where a run failed."""
        values = self.runs.values().reshape(2, len(self.inputs), -1)
        return np.asarray((values[0] - values[1]).mean(axis=1))

    @cached_property
    def known(self) -> npt.NDArray[np.int64]:
        """Places of the points with a gain."""
        return np.flatnonzero(~np.isnan(self.gain))

    @property
    def loses(self) -> Cases:
        """Whether the design loses, for the known points."""
        return np.asarray(self.gain[self.known] < 0)

    @cached_property
    def below(self) -> float:
        """The gain (EUR a run) below which a point is a case: 0, or where losses are too rare or too common a fifth."""
        n_lost = int(self.loses[self.is_trained_on].sum())
        if FEWEST_CASES <= n_lost <= int(self.is_trained_on.sum()) - FEWEST_CASES:
            return 0.0
        return float(np.quantile(self.gain[self.known], _LEAST)) if len(self.known) else 0.0

    @property
    def cases(self) -> Cases:
        """Which of the known points are looked for."""
        return np.asarray(self.gain[self.known] < self.below)

    @cached_property
    def points(self) -> "pd.DataFrame":
        """The known points' inputs."""
        return self.inputs.iloc[self.known].reset_index(drop=True)

    @cached_property
    def is_trained_on(self) -> Cases:
        """Which of the known points the boxes are found on."""
        rng = np.random.default_rng([self.question.seed, 13])
        return rng.random(len(self.known)) < _TRAINED_ON

    @property
    def share_lost(self) -> float:
        """Share of points where the design loses."""
        return float(self.loses.mean()) if len(self.known) else float("nan")

    @property
    def has_boxes(self) -> bool:
        """Whether there are enough cases, and enough others, to look for boxes."""
        n_cases = int(self.cases[self.is_trained_on].sum())
        return FEWEST_CASES <= n_cases <= int(self.is_trained_on.sum()) - FEWEST_CASES

    @cached_property
    def box(self) -> Box:
        """PRIM's box; without limits where there are too few cases."""
        if not self.has_boxes:
            return Box({})
        return prim_box(self.points[self.is_trained_on], self.cases[self.is_trained_on])

    @cached_property
    def leaves(self) -> list[Box]:
        """The leaves of the tree, the densest first (on the points they were found on)."""
        if not self.has_boxes:
            return []
        inputs, cases = self.points[self.is_trained_on], self.cases[self.is_trained_on]
        return sorted(cart_boxes(inputs, cases), key=lambda box: -box.cover(inputs, cases).density)


def discover(
    company: str | Path,
    question: Question | None = None,
    settings: Settings | None = None,
    on_progress: OnProgress | None = None,
    folder: Path | None = None,
) -> Discovered:
    """Sample companies, let both designs live in them; `folder` keeps finished runs. Raises InputError."""
    import pandas as pd

    question = question or Question()
    base = present(company, question.changes)
    dimensions = question.dimensions or usual_dimensions(base)
    drawn = make("latin-hypercube", dimensions, question.points, base, question.seed)
    rows = [possible(base, {str(path): value for path, value in row.items()}) for row in drawn.to_dict("records")]
    inputs = pd.DataFrame([values for values, _ in rows])
    both = [inputs.assign(**{TYPE_COLUMN: name}) for name in (question.design, question.against)]
    points = pd.concat(both, ignore_index=True).astype({TYPE_COLUMN: object})
    seeds = tuple(range(question.seed, question.seed + question.runs))
    types = companies_with(company, (question.design, question.against), question.changes)
    runs = run_study(Study("discover", base, points, seeds, types=types), folder, settings, on_progress)
    found = Discovered(str(company), question, base, inputs, runs, sum(n > 0 for _, n in rows))
    if len(found.known) and not np.any(found.gain[found.known]):
        raise InputError(
            f"{question.design} and {question.against or _TODAYS} earn the same everywhere: "
            "they are the same practices; name two types that differ with --design and --against"
        )
    return found


def usual_dimensions(base: Scenario) -> tuple[Dimension, ...]:
    """The market, and the company's size from a third of its own to twice it."""
    own: dict[str, Any] = {
        "market.prospects_per_day": base.market.prospects_per_day,
        "people.account_executives": base.people.account_executives,
        "people.marketers": base.people.marketers,
    }
    sizes = {
        path: f"{max(1, round(own[path] / 3))}:{max(3, round(2 * own[path]))}"
        for path in _OF_ITS_OWN
    }  # fmt: skip
    return tuple(dimension_of(path, wish, base) for path, wish in {**_MARKET, **sizes}.items())


def check_types(names: "list[str | None]") -> None:
    """Raise InputError for a type there is not."""
    import scenarios

    for name in names:
        if name is not None and name not in scenarios.presets():
            raise InputError(f'there is no type "{name}"{did_you_mean(name, scenarios.presets())}')
