"""In which markets and companies does a design lose? Many are sampled, both designs live in them, and boxes are found.

A case is a sampled company for which the design earns less than the other one, on average over its worlds, which are
the same for both designs; where that is too rare (or too common) for a box, one of the fifth in which it gains least.
Every company has worlds of its own, each with its own draw of the assumptions: so a box holds over many of them. Boxes
are found on two thirds of the points and judged on the rest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.designs.company_today import company_today
from experiments.designs.design import TYPE_COLUMN, Design
from experiments.designs.dimension import Dimension, Vary, dimension_of, parse_vary
from experiments.designs.ensembles import assumptions_for
from experiments.designs.factorial import make
from experiments.designs.presets import companies_with
from experiments.designs.uncertain_inputs import possible
from experiments.observation.yearly import outcomes_and_yearly
from experiments.questions.question import Question
from experiments.statistics.prim_cart import check_installed
from experiments.studies.study import Study, StudyPlan
from experiments.wording.numbers import counted
from experiments.wording.parameters import value_at
from scenarios import Scenario
from scenarios.differences import difference
from scenarios.input_errors import InputError, check_least, check_seed

if TYPE_CHECKING:
    import pandas as pd

    from experiments.questions.discover.result import Discovery

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


@dataclass(frozen=True)
class DiscoverQuestion(Question):
    """Which design, against which (None: today's practices), over what (nothing: market and size), how many points.

    `points` companies are drawn by Latin hypercube; each lives `runs` worlds of its own with both designs. What does
    not vary has another draw of the assumptions in every world, unless they are `fixed` as they stand.
    """

    name = "discover"

    company: str | Path = "reference"
    design: str = "integrated"
    against: str | None = None
    vary: Vary = ()
    points: int = 400
    runs: int = 3
    seed: int = 0
    changes: Mapping[str, Any] = field(default_factory=dict)
    fixed: bool = False

    def _check(self) -> None:
        check_least("points", self.points, 30, "boxes need something to be found in")
        check_least("runs", self.runs, 1)
        check_seed(self.seed)
        if self.design == self.against:
            raise InputError(f"--design and --against are both {self.design}; name two types")

    def plan(self) -> "DiscoverPlan":
        """The sampled companies, each with both designs; raises InputError."""
        check_installed()
        base = company_today(self.company, self.changes)
        types = companies_with(self.company, (self.design, self.against), self.changes)
        dimensions = tuple(parse_vary(self.vary, base)) or usual_dimensions(base)
        for one in dimensions:
            if not one.is_number or one.path == TYPE_COLUMN:
                raise InputError(f"{one.path}: boxes are drawn over numbers; hold it fixed with --set instead")
        inputs, n_pulled = self._sampled(base, dimensions)
        known = (*self.changes, *(one.path for one in dimensions))
        return DiscoverPlan(
            question=self.name,
            company=base.name,
            measure=outcomes_and_yearly,
            n_runs=2 * len(inputs) * self.runs,
            companies={"company": base, **types},
            assumptions=assumptions_for(self.company, base, known, fixed=self.fixed),
            origin=difference(self.company),
            base=base,
            types=types,
            inputs=inputs,
            n_pulled=n_pulled,
        )

    def conclude(self, plan: "DiscoverPlan", study: Study) -> "Discovery":
        """Let both designs live in every sampled company."""
        import pandas as pd

        from experiments.questions.discover.result import Discovery

        both = [plan.inputs.assign(**{TYPE_COLUMN: name}) for name in (self.design, self.against)]
        points = pd.concat(both, ignore_index=True).astype({TYPE_COLUMN: object})
        seeds = tuple(range(self.seed, self.seed + len(plan.inputs) * self.runs))
        pairs = tuple(
            (place + half * len(plan.inputs), seeds[place * self.runs + world])
            for place in range(len(plan.inputs))
            for world in range(self.runs)
            for half in range(len(both))
        )
        made = study.run_design(Design(plan.base, points, seeds, plan.types, pairs))
        discovery = Discovery(
            self, plan, made.with_inputs(), made, failures=made.failures, is_interrupted=made.is_interrupted
        )
        if len(discovery.known) and not np.any(discovery.gain[discovery.known]):
            raise InputError(
                f"{self.design} and {self.against or _TODAYS} earn the same everywhere: "
                "they are the same practices; name two types that differ with --design and --against"
            )
        return discovery

    def what(self, plan: StudyPlan) -> str:
        """Whom, and how many companies like it."""
        return f"{plan.company}, {counted(self.points, 'company')}"

    def _sampled(self, base: Scenario, dimensions: Sequence[Dimension]) -> tuple["pd.DataFrame", int]:
        """The inputs of each company, and how many were pulled towards the company's own values."""
        import pandas as pd

        drawn = make("latin-hypercube", dimensions, self.points, base, self.seed)
        rows = [possible(base, {str(path): value for path, value in row.items()}) for row in drawn.to_dict("records")]
        return pd.DataFrame([values for values, _ in rows]), sum(n > 0 for _, n in rows)


@dataclass(frozen=True, kw_only=True)
class DiscoverPlan(StudyPlan):
    """The company, its types, and `inputs` with a row for each company that is sampled."""

    base: Scenario
    types: Mapping[str, Scenario]
    inputs: "pd.DataFrame"
    n_pulled: int


def usual_dimensions(base: Scenario) -> tuple[Dimension, ...]:
    """The market, and the company's size from a third of its own to twice it."""
    own = {path: value_at(base, path) for path in _OF_ITS_OWN}
    sizes = {path: f"{max(1, round(size / 3))}:{max(3, round(2 * size))}" for path, size in own.items()}
    return tuple(dimension_of(path, wish, base) for path, wish in {**_MARKET, **sizes}.items())
