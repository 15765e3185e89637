"""A table of companies, each lived through in the same worlds: what every question of the lab is made of.

    study = Study("sweep", base, pd.DataFrame({"market.turbulence": [0.0, 1.0, 2.0]}), seeds=(0, 1, 2))
    runs = run_study(study)
    runs.table                        # point, seed, and every outcome of that run
    runs.values("revenue_eur")        # points x seeds, NaN where a run failed

A column of `points` is the path of a parameter, `segments.*.complexity` stands for every segment's; the column
`practices` holds names of relationship types, whose practices take the place of the company's.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.design import DECISION, Row
from experiments.mistakes import Mistake
from experiments.overlaid import Changes, Overlaid, laid_on, overlaid_by
from experiments.runner import OnProgress, Settings, Table, run_design
from experiments.statistics import Values
from experiments.type_practices import with_practices
from experiments.worker import Failure, Measure, Simulate
from scenarios import Scenario, ScenarioError

if TYPE_CHECKING:
    import pandas as pd

TYPE_COLUMN = "practices"
"""The column of `points` that holds names of relationship types."""


@dataclass(frozen=True)
class Study:
    """What to run: the company `base` with the values of each row of `points` laid on it, in the worlds `seeds`.

    `question` is the command it belongs to. `simulate(scenario, seed)` None is the compiled engine; `measure(run)`
    None keeps the outcomes.
    """

    question: str
    base: Scenario
    points: "pd.DataFrame"
    seeds: tuple[int, ...]
    measure: Measure | None = None
    simulate: Simulate | None = None

    def __post_init__(self) -> None:
        if not len(self.points) or not self.seeds:
            raise Mistake("a study needs at least one point and one world")
        if list(self.points.index) != list(range(len(self.points))):
            raise Mistake("the points of a study are numbered 0, 1, 2, ...: use reset_index(drop=True)")
        if len(set(self.seeds)) < len(self.seeds) or not all(0 <= seed < 2**63 for seed in self.seeds):
            raise Mistake("the seeds of a study are different whole numbers from 0 to 2**63 - 1")


@dataclass(frozen=True)
class StudyRuns:
    """What came of a study: `table` has a row for each finished run, ordered by point and seed.

    Its columns are point, seed, then everything measured. The same for any number of workers, any backend, and any
    history of kills. A failure's row has the point as text in `arm`.
    """

    study: Study
    table: "pd.DataFrame"
    failures: list[Failure] = field(default_factory=list)
    is_interrupted: bool = False

    def values(self, outcome: str = DECISION) -> Values:
        """One outcome as points x seeds, in the order of the study; NaN where a run failed or is missing."""
        found = np.full((len(self.study.points), len(self.study.seeds)), np.nan)
        place = {seed: k for k, seed in enumerate(self.study.seeds)}
        if outcome in self.table:
            columns = [place[seed] for seed in self.table["seed"].tolist()]
            found[self.table["point"].to_numpy(), columns] = self.table[outcome].to_numpy(dtype=np.float64)
        return found


def run_study(
    study: Study,
    folder: Path | None = None,
    settings: Settings | None = None,
    on_progress: OnProgress | None = None,
) -> StudyRuns:
    """Run what is missing of a study, world by world; raises Mistake for a point that is no possible company.

    `folder` keeps every finished run on disk, so that a study that was cut short can go on, and another one that
    shares runs finds them. `measure` and `simulate` of the study go before those of `settings`.
    """
    asked = settings or Settings()
    simulate = study.simulate or asked.simulate
    settings = replace(asked, simulate=overlaid_by(simulate), measure=study.measure or asked.measure)
    arms = {str(point): arm for point, arm in enumerate(arms_of(study))}
    return _runs_of(study, run_design(arms, rows_of(study), settings, on_progress))


def rows_of(study: Study) -> list[Row]:
    """Every run of a study, world by world: all points meet the first world before any meets the second."""
    n_points = len(study.points)
    return [
        Row(number=k * n_points + point, arm=str(point), seed=seed)
        for k, seed in enumerate(study.seeds)
        for point in range(n_points)
    ]


def arms_of(study: Study) -> list[Overlaid]:
    """Each point as a scenario with changes; raises Mistake that names a point which is no possible company."""
    named = study.points[TYPE_COLUMN].tolist() if TYPE_COLUMN in study.points else [None] * len(study.points)
    types = [plain_value(name) for name in named]
    bases = {name: study.base if name is None else _of_type(study.base, name) for name in dict.fromkeys(types)}
    paths = [str(column) for column in study.points.columns if column != TYPE_COLUMN]
    columns = [study.points[path].tolist() for path in paths]
    arms = []
    for point, name in enumerate(types):
        changes = tuple((path, plain_value(column[point])) for path, column in zip(paths, columns, strict=True))
        _check(bases[name], changes, point)
        arms.append(Overlaid(bases[name], changes))
    return arms


def plain_value(value: Any) -> Any:
    """A value out of a table as a company file would say it: an empty cell (NaN) is null."""
    if hasattr(value, "item"):
        value = value.item()
    return None if isinstance(value, float) and math.isnan(value) else value


def _of_type(base: Scenario, name: Any) -> Scenario:
    try:
        return with_practices(base, str(name))
    except ScenarioError as error:
        raise Mistake(f"the column {TYPE_COLUMN}: {error}") from error


def _check(base: Scenario, changes: Changes, point: int) -> None:
    try:
        laid_on(base, dict(changes))
    except ScenarioError as error:
        raise Mistake(f"point {point}: {str(error).removeprefix('changes: ')}") from error


def _runs_of(study: Study, table: Table) -> StudyRuns:
    import pandas as pd

    known = sorted(table.results, key=lambda done: (int(done.row.arm), done.row.seed))
    rows = [{"point": int(done.row.arm), "seed": done.row.seed, **done.outcomes} for done in known]
    frame = pd.DataFrame(rows, columns=["point", "seed", *_names([done.outcomes for done in known])])
    return StudyRuns(study, frame, table.failures, table.is_interrupted)


def _names(outcomes: Sequence[Any]) -> list[str]:
    """All that was measured: the model's outcomes in their order, then the rest by the alphabet."""
    from simulation.outcomes import OUTCOMES  # only here: it loads Numba

    found = {name for one in outcomes for name in one}
    return [name for name in OUTCOMES if name in found] + sorted(found - set(OUTCOMES))
