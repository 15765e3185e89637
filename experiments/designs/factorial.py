"""Makes the table of points that an experiment tries, out of what varies and the name of a design."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.designs import sampling
from experiments.designs.constraint import Constraint
from experiments.designs.dimension import TYPE, Dimension
from experiments.statistics.paired import Values
from experiments.wording.numbers import counted
from scenarios import Scenario
from scenarios.input_errors import InputError, did_you_mean
from scenarios.plausibility import values_at

if TYPE_CHECKING:
    import pandas as pd

DESIGNS = {
    "grid": "every combination of values",
    "latin-hypercube": "so many points, evenly spread",
    "sobol": "so many points, even more evenly spread; their number is a power of two",
    "one-at-a-time": "the company as it is, then each parameter alone at each of its values",
    "morris": "trajectories for elementary effects; points is their number",
    "saltelli": "points for Sobol indices; points is the base number, each gives (parameters + 2) of them",
    "list": "the lines of a CSV file",
}
SAMPLED = ("latin-hypercube", "sobol")
IN_ORDER = ("morris", "saltelli")
MOST_POINTS = 1_000_000
_MANY = 200  # combinations beyond which sampling says more than a grid


@dataclass(frozen=True)
class Made:
    """Points, a column for each dimension, and how many others broke a constraint."""

    points: "pd.DataFrame"
    n_left_out: int = 0


def usual_design(dimensions: Sequence[Dimension]) -> str:
    """A grid where all values are listed and few, else a Latin hypercube."""
    is_small = prod(len(dimension.levels()) for dimension in dimensions) <= _MANY
    return "grid" if is_small and all(dimension.is_listed for dimension in dimensions) else "latin-hypercube"


def make(name: str, dimensions: Sequence[Dimension], n_points: int, base: Scenario, seed: int = 0) -> "pd.DataFrame":
    """Points of a design, a column for each dimension; raises InputError.

    In a sampled design every combination of the listed values of levers meets the same sampled points of all else, so
    that levers can be compared in pairs.
    """
    if name not in DESIGNS or name == "list":
        raise InputError(f'there is no design "{name}"{did_you_mean(name, DESIGNS)}')
    if not dimensions:
        raise InputError("nothing varies; name a parameter, e.g. --vary market.turbulence=0:2")
    if not 1 <= n_points <= MOST_POINTS:
        raise InputError(f"points must be at least 1 and at most {MOST_POINTS:,}, not {n_points}")
    if name == "grid":
        return _combined(dimensions, _grid(dimensions))
    if name == "one-at-a-time":
        return _one_at_a_time(dimensions, base)
    if name in IN_ORDER:
        paths = [dimension.path for dimension in dimensions]
        shares = (sampling.saltelli if name == "saltelli" else sampling.morris)(n_points, paths, seed)
        return _combined(dimensions, _spread(dimensions, shares))
    return _crossed(name, dimensions, n_points, seed)


def kept_by(
    constraints: Sequence[Constraint],
    points: "pd.DataFrame",
    base: Scenario,
    types: Mapping[str, Scenario] | None = None,
) -> Made:
    """The points that meet all constraints, numbered from 0; raises InputError if none does.

    A path that does not vary has the value of the company, or of the company with the point's type (`types` by name).
    """
    if not constraints:
        return Made(points)
    companies: dict[str | None, Scenario] = dict([(None, base), *(types or {}).items()])
    paths = {path: _pattern(path) for one in constraints for path in one.paths()}
    fixed = {
        name: {path: _own_value(company, path) for path, every in paths.items() if not {path, every} & set(points)}
        for name, company in companies.items()
    }
    rows = [{str(path): value for path, value in row.items()} for row in points.to_dict("records")]
    is_met = []
    for row in rows:
        varied = {path: row[every] for path, every in paths.items() if every in row}
        values = {**fixed[row.get(TYPE)], **varied, **row}
        is_met.append(all(one.is_met(values) for one in constraints))
    if not any(is_met):
        raise InputError(f"none of {counted(len(rows), 'point')} meets {' and '.join(one.text for one in constraints)}")
    return Made(points[is_met].reset_index(drop=True), len(rows) - sum(is_met))


def _pattern(path: str) -> str:
    """`segments.*.complexity` for a segment's own."""
    first, *rest = path.split(".")
    return ".".join([first, "*", *rest[1:]])


def values_of(base: Scenario, path: str) -> list[Any]:
    """The company's values at a path, each once; several where `*` stands for several. Raises InputError for none."""
    try:
        values = [value for _, value in values_at(base, tuple(path.split(".")))]
    except (AttributeError, KeyError, TypeError):
        values = []
    if not values:
        raise InputError(f"there is no parameter {path} in {base.name}")
    return [value for place, value in enumerate(values) if value not in values[:place]]


def _grid(dimensions: Sequence[Dimension]) -> list[tuple[Any, ...]]:
    levels = [dimension.levels() for dimension in dimensions]
    n_points = prod(len(one) for one in levels)
    if n_points > MOST_POINTS:
        raise InputError(f"the grid would have {n_points:,} points; name fewer values, or use --design latin-hypercube")
    return list(product(*levels))


def _crossed(name: str, dimensions: Sequence[Dimension], n_points: int, seed: int) -> "pd.DataFrame":
    listed = [dimension for dimension in dimensions if dimension.role == "lever" and dimension.is_listed]
    sampled = [dimension for dimension in dimensions if dimension not in listed]
    if not sampled:
        listed, sampled = [], list(dimensions)
    draw = sampling.latin_hypercube if name == "latin-hypercube" else sampling.sobol_sequence
    drawn = _spread(sampled, draw(n_points, len(sampled), seed))
    settings = _grid(listed)
    if len(settings) * len(drawn) > MOST_POINTS:
        raise InputError(f"the design would have {len(settings) * len(drawn):,} points; name fewer values or points")
    return _combined([*listed, *sampled], [(*ours, *theirs) for ours in settings for theirs in drawn])


def _one_at_a_time(dimensions: Sequence[Dimension], base: Scenario) -> "pd.DataFrame":
    """The company as it is first; then each dimension alone at its other values."""
    today = {one.path: None if one.path == TYPE else _own_value(base, one.path) for one in dimensions}
    rows = [tuple(today.values())]
    for dimension in dimensions:
        others = [value for value in dimension.levels() if value != today[dimension.path]]
        rows += [tuple({**today, dimension.path: value}.values()) for value in others]
    return _combined(dimensions, rows)


def _own_value(base: Scenario, path: str) -> Any:
    """The one value the company has at a path; raises InputError where it has several."""
    values = values_of(base, path)
    if len(values) > 1:
        raise InputError(
            f"{path} stands for different values in {base.name} ({', '.join(map(str, values))}); name one "
            "of them, or take another design than one-at-a-time, which begins with the company as it is"
        )
    return values[0]


def _spread(dimensions: Sequence[Dimension], shares: Values) -> list[tuple[Any, ...]]:
    columns = [dimension.at(np.asarray(shares[:, k])) for k, dimension in enumerate(dimensions)]
    return list(zip(*columns, strict=True))


def _combined(dimensions: Sequence[Dimension], rows: Sequence[tuple[Any, ...]]) -> "pd.DataFrame":
    """Rows as a table; a column keeps its values as they are unless all are numbers of one kind."""
    import pandas as pd

    columns: Mapping[str, Any] = {
        dimension.path: _column([row[k] for row in rows]) for k, dimension in enumerate(dimensions)
    }
    return pd.DataFrame(columns)


def _column(values: list[Any]) -> Any:
    import pandas as pd

    kinds = {type(value) for value in values}
    return pd.Series(values, dtype=None if kinds in ({int}, {float}, {bool}, {int, float}) else object)
