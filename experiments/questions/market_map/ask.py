"""Which type wins where? Types in common worlds over two dimensions of the market, and how sure the border is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import scenarios
from experiments.designs.company_today import TYPES
from experiments.designs.design import TYPE_COLUMN, Design
from experiments.designs.dimension import Dimension, parse_vary
from experiments.designs.ensembles import assumptions_for
from experiments.designs.presets import companies_with
from experiments.observation.yearly import outcomes_and_yearly
from experiments.questions.question import Question
from experiments.studies.study import Study, StudyPlan
from experiments.wording.numbers import counted
from scenarios import Scenario
from scenarios.differences import difference
from scenarios.input_errors import InputError, check_least, check_seed

if TYPE_CHECKING:
    import pandas as pd

    from experiments.questions.market_map.result import MarketMap


@dataclass(frozen=True)
class MapQuestion(Question):
    """The two dimensions (a path with its values), the types that compete, in how many common worlds.

    World k has seed `seed` + k, and a draw of the assumptions of its own, unless they are `fixed` as they stand; the
    two dimensions and `changes`, dotted paths with values that are the same in every cell, are not drawn. Types that
    are less than `indifference` (EUR a year) behind the best of a cell are as good as the best.
    """

    name = "map"

    company: str | Path = "reference"
    x: str = "market.turbulence=0.2:3:5"
    y: str = "segments.*.complexity=0.3:2:5"
    types: tuple[str, ...] = TYPES
    runs: int = 40
    seed: int = 0
    indifference: float = 0.0
    changes: Mapping[str, Any] = field(default_factory=dict)
    fixed: bool = False

    def _check(self) -> None:
        check_least("runs", self.runs, 2)
        check_seed(self.seed)
        if not self.indifference >= 0:
            raise InputError(f"indifference must be 0 or more EUR, not {self.indifference}")
        if len(set(self.types)) < 2:
            raise InputError("there must be at least two types to compete")

    def plan(self) -> "MapPlan":
        """Every cell with every type; raises InputError."""
        base = scenarios.load(self.company, changes=self.changes)
        x, y = (parse_vary([text], base)[0] for text in (self.x, self.y))
        if x.path == y.path:
            raise InputError(f"--x and --y are both {x.path}; name two dimensions")
        if TYPE_COLUMN in (x.path, y.path):
            raise InputError(f"{TYPE_COLUMN} is what competes; name two others, e.g. market.turbulence=0:3:5")
        types = companies_with(self.company, self.types, self.changes)
        points, seeds = points_of(x, y, self.types), tuple(range(self.seed, self.seed + self.runs))
        return MapPlan(
            question=self.name,
            company=base.name,
            measure=outcomes_and_yearly,
            n_runs=len(points) * len(seeds),
            companies={"company": base, **types},
            assumptions=assumptions_for(self.company, base, (*self.changes, x.path, y.path), fixed=self.fixed),
            origin=difference(self.company),
            x=x,
            y=y,
            design=Design(base, points, seeds, types),
        )

    def conclude(self, plan: "MapPlan", study: Study) -> "MarketMap":
        """Run every type in every cell."""
        from experiments.questions.market_map.result import MarketMap

        made = study.run_design(plan.design)
        return MarketMap(
            self, plan, made.with_inputs(), made, failures=made.failures, is_interrupted=made.is_interrupted
        )

    def what(self, plan: "MapPlan") -> str:
        """The company and how many points."""
        return f"{plan.company}, {counted(len(plan.design.points), 'point')}"


@dataclass(frozen=True, kw_only=True)
class MapPlan(StudyPlan):
    """The two dimensions, and the design: a point for each cell and type."""

    x: Dimension
    y: Dimension
    design: Design

    @property
    def base(self) -> Scenario:
        """The company as it is."""
        return self.design.base


def points_of(x: Dimension, y: Dimension, types: Sequence[str]) -> "pd.DataFrame":
    """A row for each cell and type: by y, then x, then type."""
    import pandas as pd

    rows: Sequence[dict[str, Any]] = [
        {x.path: across, y.path: up, TYPE_COLUMN: name} for up in y.levels() for across in x.levels() for name in types
    ]
    return pd.DataFrame(rows)
