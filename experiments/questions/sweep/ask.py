"""Which of many companies, or of many practices, does best in which markets, and what makes the difference?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.designs.constraint import Constraint, constraint
from experiments.designs.dimension import TYPE, Dimension, parse_vary, refuse_repeats
from experiments.designs.factorial import DESIGNS, IN_ORDER, kept_by, make, usual_design
from experiments.designs.point_list import read_points
from experiments.designs.presets import companies_with
from experiments.execution.runner import OnProgress, Settings
from experiments.questions.compare.ask import present
from experiments.questions.sweep.experiment_file import POINTS, RUNS, is_experiment, read_experiment
from experiments.studies.study import Study, StudyRuns, run_study
from scenarios import Scenario
from scenarios.input_errors import InputError, check_least, check_seed, did_you_mean

if TYPE_CHECKING:
    import pandas as pd

MOST_RUNS = 5_000_000
USUAL = (TYPE, "market.turbulence=0:2:5")
"""What varies where nobody says it: the type, over calm and moving markets."""


@dataclass(frozen=True)
class Asked:
    """What the command line says on top of a company or of an experiment file; None is what the file says.

    `vary` as typed, `points_file` a CSV with points, `changes` dotted paths to values.
    """

    vary: tuple[str, ...] = ()
    constraints: tuple[str, ...] = ()
    design: str | None = None
    points: int | None = None
    runs: int | None = None
    seed: int | None = None
    indifference: float | None = None
    points_file: Path | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Sweep:
    """What to run: points of `dimensions` laid on `base`, each in the worlds `seed`, `seed` + 1, ...

    `types` has the company with the practices of each type that is tried. `changes` were made by hand and hold for all.
    Settings less than `indifference` (EUR a run) behind the best are as good.
    """

    base: Scenario
    source: str
    question: str
    dimensions: tuple[Dimension, ...]
    design: str
    points: "pd.DataFrame"
    n_left_out: int
    runs: int
    seed: int
    changes: Mapping[str, Any]
    types: Mapping[str, Scenario] = field(default_factory=dict)
    indifference: float = 0.0

    @property
    def study(self) -> Study:
        """The sweep as a study."""
        seeds = tuple(range(self.seed, self.seed + self.runs))
        return Study("sweep", self.base, self.points, seeds, types=self.types)

    def of_role(self, role: str) -> list[Dimension]:
        """The levers, or the uncertainties."""
        return [dimension for dimension in self.dimensions if dimension.role == role]


@dataclass(frozen=True, eq=False)
class Found:
    """A sweep that was run."""

    sweep: Sweep
    runs: StudyRuns

    @cached_property
    def n_known(self) -> int:
        """Runs that came to an end."""
        return len(self.runs.table)


def plan(what: str | Path, asked: Asked) -> Sweep:
    """The sweep of a company (a name or a file) or of an experiment file; raises InputError."""
    path = Path(what)
    if path.suffix in (".yaml", ".yml") and path.is_file() and is_experiment(path):
        return _of_file(path, asked)
    base = present(what, asked.changes)
    dimensions = tuple(parse_vary(asked.vary, base))
    return _made(_Parts(base, what, asked.changes, dimensions), asked, asked.design)


def run_sweep(
    sweep: Sweep, folder: Path, settings: Settings | None = None, on_progress: OnProgress | None = None
) -> Found:
    """Run what is missing of a sweep; raises InputError."""
    return Found(sweep, run_study(sweep.study, folder, settings, on_progress))


@dataclass(frozen=True)
class _Parts:
    """What is known before the design is made; `company` is a name or a file."""

    base: Scenario
    company: str | Path
    changes: Mapping[str, Any]
    dimensions: tuple[Dimension, ...]
    question: str = ""
    constraints: tuple[str, ...] = ()
    points: int = POINTS
    runs: int = RUNS
    seed: int = 0
    indifference: float = 0.0


def _of_file(path: Path, asked: Asked) -> Sweep:
    read = read_experiment(path, asked.changes)
    told = read.told
    dimensions = (*read.dimensions, *parse_vary(asked.vary, read.base))
    refuse_repeats([one.path for one in dimensions])
    parts = _Parts(
        base=read.base,
        company=read.company,
        changes=read.changes,
        dimensions=dimensions,
        question=told.question,
        constraints=told.constraints,
        points=told.points,
        runs=told.runs,
        seed=told.seed,
        indifference=told.indifference,
    )
    return _made(parts, asked, asked.design or told.design)


def _made(parts: _Parts, asked: Asked, design: str | None) -> Sweep:
    runs = parts.runs if asked.runs is None else asked.runs
    seed = parts.seed if asked.seed is None else asked.seed
    n_points = parts.points if asked.points is None else asked.points
    zone = parts.indifference if asked.indifference is None else asked.indifference
    _check(runs, seed, design)
    if not zone >= 0:
        raise InputError(f"indifference must be 0 or more EUR, not {zone}")
    conditions = [constraint(text) for text in (*parts.constraints, *asked.constraints)]
    if asked.points_file is not None:
        design, dimensions, points = _listed(parts, asked.points_file, design)
    elif design == "list":
        raise InputError("a list is read from a CSV file; name it with --points-file")
    else:
        dimensions = parts.dimensions or tuple(parse_vary(USUAL, parts.base))
        design = design or ("grid" if not parts.dimensions else usual_design(dimensions))
        points = make(design, dimensions, n_points, parts.base, seed)
    _refuse_gaps(design, conditions)
    tried = [name for one in dimensions if one.path == TYPE for name in one.values]
    types = companies_with(parts.company, tried, parts.changes)
    made = kept_by(conditions, points, parts.base, types)
    if len(made.points) * runs > MOST_RUNS:
        raise InputError(
            f"{len(made.points) * runs:,} runs are too many; at most {MOST_RUNS:,} fit in memory as a table"
        )
    return Sweep(
        base=parts.base,
        source=str(parts.company),
        question=parts.question,
        dimensions=dimensions,
        design=design,
        points=made.points,
        n_left_out=made.n_left_out,
        runs=runs,
        seed=seed,
        changes=parts.changes,
        types=types,
        indifference=zone,
    )


def _listed(parts: _Parts, path: Path, design: str | None) -> tuple[str, tuple[Dimension, ...], "pd.DataFrame"]:
    if design not in (None, "list") or parts.dimensions:
        raise InputError("the points are given by --points-file; leave out --design and what varies")
    points, dimensions = read_points(path, parts.base)
    return "list", tuple(dimensions), points


def _check(runs: int, seed: int, design: str | None) -> None:
    check_least("runs", runs, 1)
    check_seed(seed)
    if design is not None and design not in DESIGNS:
        raise InputError(f'there is no design "{design}"{did_you_mean(design, DESIGNS)}')


def _refuse_gaps(design: str, conditions: list[Constraint]) -> None:
    if conditions and design in (*IN_ORDER, "one-at-a-time"):
        raise InputError(f"a {design} design needs all its points; leave the constraints out, or use latin-hypercube")
