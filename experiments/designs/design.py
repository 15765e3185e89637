"""A table of companies, each lived through in the same worlds: what most questions are made of.

A column of `points` is the path of a parameter, `segments.*.complexity` stands for every segment's; the column
`practices` holds names of relationship types, whose practices take the place of the company's; null is its own.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.designs.presets import with_practices
from experiments.designs.run_table import PlannedRun, common_worlds
from experiments.designs.variant import Variant
from experiments.statistics.paired import Values
from scenarios import Scenario, ScenarioError
from scenarios.input_errors import InputError
from scenarios.run_length import DAYS_PER_QUARTER, DAYS_PER_YEAR

if TYPE_CHECKING:
    import pandas as pd

TYPE_COLUMN = "practices"
"""The column of `points` that holds names of relationship types."""
_QUARTERS = "run.quarters"


@dataclass(frozen=True)
class Design:
    """The company `base` with the values of each design point laid on it, in the worlds `seeds`.

    `types` has the company with the practices of each type, as its file and the command line make it; the practices of
    a type that is not there are laid on `base`, on top of whatever was changed by hand. `pairs` are (point, seed) where
    not every point meets every world. Raises InputError.
    """

    base: Scenario
    points: "pd.DataFrame"
    seeds: tuple[int, ...]
    types: Mapping[str, Scenario] = field(default_factory=dict)
    pairs: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        if not len(self.points) or not self.seeds:
            raise InputError("a study needs at least one point and one world")
        if list(self.points.index) != list(range(len(self.points))):
            raise InputError("the points of a study are numbered 0, 1, 2, ...: use reset_index(drop=True)")
        if len(set(self.seeds)) < len(self.seeds) or not all(0 <= seed < 2**63 for seed in self.seeds):
            raise InputError("the seeds of a study are different whole numbers from 0 to 2**63 - 1")

    @property
    def n_runs(self) -> int:
        """Runs in all."""
        return len(self.pairs) or len(self.points) * len(self.seeds)

    @property
    def years(self) -> Values:
        """How long a run of each point is measured, in years."""
        own = [self.base.run.quarters] * len(self.points)
        quarters = self.points[_QUARTERS].to_numpy(dtype=np.float64) if _QUARTERS in self.points else own
        return np.asarray(quarters, dtype=np.float64) * (DAYS_PER_QUARTER / DAYS_PER_YEAR)


def planned_runs(design: Design) -> list[PlannedRun]:
    """Every run of a design, world by world: all points meet the first world before any meets the second."""
    if design.pairs:
        return [PlannedRun(number, str(point), seed) for number, (point, seed) in enumerate(design.pairs)]
    return common_worlds(map(str, range(len(design.points))), design.seeds)


def variants_of(design: Design) -> list[Variant]:
    """Each point as a scenario with changes; raises InputError for a type there is not."""
    points = design.points
    named = points[TYPE_COLUMN].tolist() if TYPE_COLUMN in points else [None] * len(points)
    types = [plain_value(name) for name in named]
    bases = {name: design.base if name is None else _of_type(design, name) for name in dict.fromkeys(types)}
    paths = [str(column) for column in points.columns if column != TYPE_COLUMN]
    columns = [points[path].tolist() for path in paths]
    return [
        Variant(bases[name], tuple((path, plain_value(col[point])) for path, col in zip(paths, columns, strict=True)))
        for point, name in enumerate(types)
    ]


def plain_value(value: Any) -> Any:
    """A value out of a table as a company file would say it: an empty cell (NaN) is null."""
    if hasattr(value, "item"):
        value = value.item()
    return None if isinstance(value, float) and math.isnan(value) else value


def _of_type(design: Design, name: Any) -> Scenario:
    if name in design.types:
        return design.types[name]
    try:
        return with_practices(design.base, str(name))
    except ScenarioError as error:
        raise InputError(f"the column {TYPE_COLUMN}: {error}") from error
