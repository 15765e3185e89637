"""Which of many companies, or of many practices, does best in which markets, and what makes the difference?"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.designs.company_today import company_today
from experiments.designs.constraint import constraint
from experiments.designs.design import Design
from experiments.designs.dimension import TYPE, Dimension, Vary, parse_vary, refuse_repeats
from experiments.designs.ensembles import assumptions_for
from experiments.designs.factorial import DESIGNS, IN_ORDER, kept_by, make, usual_design
from experiments.designs.point_list import read_points
from experiments.designs.presets import companies_with
from experiments.observation.yearly import outcomes_and_yearly
from experiments.questions.question import Question, StudyInterrupted
from experiments.questions.sweep.experiment_file import Experiment, ReadExperiment, is_experiment, read_experiment
from experiments.studies.study import Study, StudyPlan
from experiments.wording.numbers import counted
from scenarios import Scenario
from scenarios.differences import difference
from scenarios.input_errors import InputError, check_least, check_seed, did_you_mean

if TYPE_CHECKING:
    import pandas as pd

    from experiments.questions.sweep.result import Sweep

MOST_RUNS = 5_000_000
USUAL = (TYPE, "market.turbulence=0:2:5")
"""What varies where nobody says it: the type, over calm and moving markets."""


@dataclass(frozen=True)
class SweepQuestion(Question):
    """What to vary, over which points, in how many worlds; None is what an experiment file says, or what is usual.

    `company` is a shipped name, or the path of a company file or of an experiment file. `vary` is as on the command
    line, or paths with their values; `points_file` a CSV with points. World k has seed `seed` + k, and a draw of its
    own of the assumptions that neither vary nor are changed, unless they are `fixed` as they stand. `changes` maps
    dotted paths to values. Settings less than `indifference` (EUR a year) behind the best are as good.
    """

    name = "sweep"

    company: str | Path = "reference"
    vary: Vary = ()
    constraints: Sequence[str] = ()
    design: str | None = None
    points: int | None = None
    points_file: str | Path | None = None
    runs: int | None = None
    seed: int | None = None
    indifference: float | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)
    fixed: bool = False

    def _check(self) -> None:
        check_least("runs", 1 if self.runs is None else self.runs, 1)
        check_seed(self.seed or 0)
        if self.design is not None and self.design not in DESIGNS:
            raise InputError(f'there is no design "{self.design}"{did_you_mean(self.design, DESIGNS)}')
        if self.indifference is not None and not self.indifference >= 0:
            raise InputError(f"indifference must be 0 or more EUR, not {self.indifference}")

    def plan(self) -> "SweepPlan":
        """The points with the companies they are laid on; raises InputError."""
        read = self._read()
        said = read.said
        dimensions = (*read.dimensions, *parse_vary(self.vary, read.base))
        refuse_repeats([one.path for one in dimensions])
        runs, seed = _given(self.runs, said.runs), _given(self.seed, said.seed)
        n_points = _given(self.points, said.points)
        design, dimensions, points = self._points(read, dimensions, n_points, seed)
        conditions = [constraint(text) for text in (*said.constraints, *self.constraints)]
        if conditions and design in (*IN_ORDER, "one-at-a-time"):
            raise InputError(
                f"a {design} design needs all its points; leave the constraints out, or use latin-hypercube"
            )
        tried = [name for one in dimensions if one.path == TYPE for name in one.values]
        types = companies_with(read.company, tried, read.changes)
        kept = kept_by(conditions, points, read.base, types)
        n_runs = len(kept.points) * runs
        if n_runs > MOST_RUNS:
            raise InputError(f"{n_runs:,} runs are too many; at most {MOST_RUNS:,} fit in memory as a table")
        known = (*read.changes, *(one.path for one in dimensions))
        return SweepPlan(
            question=self.name,
            company=read.base.name,
            measure=outcomes_and_yearly,
            n_runs=n_runs,
            companies={"base": read.base, **types},
            assumptions=assumptions_for(read.company, read.base, known, fixed=self.fixed or said.fixed),
            origin=difference(read.company),
            base=read.base,
            types=types,
            changes=read.changes,
            title=said.question,
            dimensions=dimensions,
            design_name=design,
            points=kept.points,
            n_left_out=kept.n_left_out,
            seeds=tuple(range(seed, seed + runs)),
            indifference=_given(self.indifference, said.indifference),
        )

    def conclude(self, plan: "SweepPlan", study: Study) -> "Sweep":
        """Run every point in every world."""
        from experiments.questions.sweep.result import Sweep

        made = study.run_design(plan.design)
        if made.is_interrupted:
            raise StudyInterrupted
        return Sweep(self, plan, made.with_inputs(), made, failures=made.failures)

    def what(self, plan: "SweepPlan") -> str:
        """The company and how many points."""
        return f"{plan.company}, {counted(len(plan.points), 'point')}"

    def identity(self, plan: "SweepPlan") -> str:
        """With the points and the worlds, which may have come from a file."""
        points = hashlib.sha256(plan.points.to_csv().encode()).hexdigest()
        drawn = None if plan.assumptions is None else plan.assumptions.identity
        settled = [points, plan.seeds, drawn, plan.indifference, plan.title, [repr(one) for one in plan.dimensions]]
        return json.dumps([super().identity(plan), *settled])

    def _read(self) -> ReadExperiment:
        """The experiment in the file, or one about a company that says nothing else."""
        path = Path(self.company)
        if path.suffix in (".yaml", ".yml") and path.is_file() and is_experiment(path):
            return read_experiment(path, self.changes)
        return ReadExperiment(Experiment(), self.company, self.changes, company_today(self.company, self.changes))

    def _points(
        self, read: ReadExperiment, dimensions: tuple[Dimension, ...], n_points: int, seed: int
    ) -> tuple[str, tuple[Dimension, ...], "pd.DataFrame"]:
        """The name of the design, what varies, and the points."""
        design = self.design or read.said.design
        if self.points_file is not None:
            if design not in (None, "list") or dimensions:
                raise InputError("the points are given by --points-file; leave out --design and what varies")
            points, listed = read_points(Path(self.points_file), read.base)
            return "list", tuple(listed), points
        if design == "list":
            raise InputError("a list is read from a CSV file; name it with --points-file")
        varied = dimensions or tuple(parse_vary(USUAL, read.base))
        design = design or (usual_design(dimensions) if dimensions else "grid")
        return design, varied, make(design, varied, n_points, read.base, seed)


@dataclass(frozen=True, kw_only=True)
class SweepPlan(StudyPlan):
    """Points of `dimensions` laid on `base`, each in the worlds `seeds`; `n_left_out` others broke a constraint.

    `types` has the company with the practices of each type that is tried. `changes` were made by hand in the company
    and hold for all. `title` is what an experiment file asks.
    """

    base: Scenario
    types: Mapping[str, Scenario]
    changes: Mapping[str, Any]
    title: str
    dimensions: tuple[Dimension, ...]
    design_name: str
    points: "pd.DataFrame"
    n_left_out: int
    seeds: tuple[int, ...]
    indifference: float

    @property
    def design(self) -> Design:
        """Every point in every world."""
        return Design(self.base, self.points, self.seeds, self.types)

    def of_role(self, role: str) -> list[Dimension]:
        """The levers, or the uncertainties."""
        return [dimension for dimension in self.dimensions if dimension.role == role]


def _given(option: Any, otherwise: Any) -> Any:
    return otherwise if option is None else option
