"""A table of companies, each lived through in the same worlds: what every question of the lab is made of.

    study = Study("sweep", base, pd.DataFrame({"market.turbulence": [0.0, 1.0, 2.0]}), seeds=(0, 1, 2))
    runs = run_study(study)
    runs.table                        # point, seed, and every outcome of that run
    runs.values("revenue_eur")        # points x seeds, NaN where a run failed

A column of `points` is the path of a parameter, `segments.*.complexity` stands for every segment's; the column
`practices` holds names of relationship types, whose practices take the place of the company's; null is its own.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

import scenarios
from experiments.designs.presets import with_practices
from experiments.designs.run_table import DECISION, PlannedRun
from experiments.designs.variant import Variant, variants_simulated_by
from experiments.execution.runner import OnProgress, Runner, RunTable, Settings
from experiments.execution.worker import FailedRun, Measure, Simulate
from experiments.reporting.console import complain
from experiments.statistics.paired import Values
from experiments.store.provenance import provenance
from experiments.store.run_archive import opened
from experiments.store.run_identity import Identities
from scenarios import Scenario, ScenarioError
from scenarios.input_errors import InputError

if TYPE_CHECKING:
    import pandas as pd

TYPE_COLUMN = "practices"
"""The column of `points` that holds names of relationship types."""


@dataclass(frozen=True)
class Study:
    """What to run: the company `base` with the values of each row of `points` laid on it, in the worlds `seeds`.

    `question` is the command it belongs to. `simulate(scenario, seed)` None is the compiled engine; `measure(run)`
    None keeps the outcomes. `types` has the company with the practices of each type, as its file and the command line
    make it; the practices of a type that is not there are laid on `base`, on top of whatever was changed by hand.
    """

    question: str
    base: Scenario
    points: "pd.DataFrame"
    seeds: tuple[int, ...]
    measure: Measure | None = None
    simulate: Simulate | None = None
    types: Mapping[str, Scenario] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not len(self.points) or not self.seeds:
            raise InputError("a study needs at least one point and one world")
        if list(self.points.index) != list(range(len(self.points))):
            raise InputError("the points of a study are numbered 0, 1, 2, ...: use reset_index(drop=True)")
        if len(set(self.seeds)) < len(self.seeds) or not all(0 <= seed < 2**63 for seed in self.seeds):
            raise InputError("the seeds of a study are different whole numbers from 0 to 2**63 - 1")


@dataclass(frozen=True)
class StudyRuns:
    """What came of a study: `table` has a row for each finished run, ordered by point and seed.

    Its columns are point, seed, then everything measured. The same for any number of workers, any backend, and any
    history of kills. A failure's row has the point as text in `variant`.
    """

    study: Study
    table: "pd.DataFrame"
    failures: list[FailedRun] = field(default_factory=list)
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
    tell: Callable[[str], None] = complain,
) -> StudyRuns:
    """Run what is missing of a study, world by world; raises InputError for a point that is no possible company.

    `folder` keeps every finished run on disk, so that a study that was cut short can go on, and another one that
    shares runs finds them; `tell` is given what is found wrong there. `measure` and `simulate` of the study go before
    those of `settings`.
    """
    asked = settings or Settings()
    simulate, measure = study.simulate or asked.simulate, study.measure or asked.measure
    settings = replace(asked, simulate=variants_simulated_by(simulate), measure=measure)
    variants = variants_of(study)
    design = design_of(study, variants, Identities(simulate, measure))
    with Runner({str(point): variant for point, variant in enumerate(variants)}, settings) as runner:
        if folder is None:
            table = runner.run(rows_of(study), on_progress)
            return _runs_of(study, table)
        with opened(folder, design, _about(study), settings.batch_s / 2, tell) as store:
            is_interrupted = store.complete(rows_of(study), runner.run, on_progress)
            return StudyRuns(study, ordered(store.table()), store.failures(), is_interrupted)


def design_of(study: Study, variants: Sequence[Variant], identities: Identities) -> "pd.DataFrame":
    """The runs of a study as a table, in the order of `rows_of`: run (identity), point, seed, the point's values.

    Raises InputError that names a point which is no possible company.
    """
    import pandas as pd

    n_points, n_seeds = len(variants), len(study.seeds)
    runs = np.array([_identified(identities, variant, point, study.seeds) for point, variant in enumerate(variants)])
    columns = {
        "run": runs.T.ravel(),
        "point": np.tile(np.arange(n_points), n_seeds),
        "seed": np.repeat(np.array(study.seeds), n_points),
    }
    points = study.points.iloc[columns["point"]].reset_index(drop=True)
    return pd.concat([pd.DataFrame(columns), points], axis="columns")


def rows_of(study: Study) -> list[PlannedRun]:
    """Every run of a study, world by world: all points meet the first world before any meets the second."""
    n_points = len(study.points)
    return [
        PlannedRun(number=k * n_points + point, variant=str(point), seed=seed)
        for k, seed in enumerate(study.seeds)
        for point in range(n_points)
    ]


def variants_of(study: Study) -> list[Variant]:
    """Each point as a scenario with changes; raises InputError for a type there is not."""
    named = study.points[TYPE_COLUMN].tolist() if TYPE_COLUMN in study.points else [None] * len(study.points)
    types = [plain_value(name) for name in named]
    bases = {name: study.base if name is None else _of_type(study, name) for name in dict.fromkeys(types)}
    paths = [str(column) for column in study.points.columns if column != TYPE_COLUMN]
    columns = [study.points[path].tolist() for path in paths]
    variants = []
    for point, name in enumerate(types):
        changes = tuple((path, plain_value(column[point])) for path, column in zip(paths, columns, strict=True))
        variants.append(Variant(bases[name], changes))
    return variants


def plain_value(value: Any) -> Any:
    """A value out of a table as a company file would say it: an empty cell (NaN) is null."""
    if hasattr(value, "item"):
        value = value.item()
    return None if isinstance(value, float) and math.isnan(value) else value


def _of_type(study: Study, name: Any) -> Scenario:
    if name in study.types:
        return study.types[name]
    try:
        return with_practices(study.base, str(name))
    except ScenarioError as error:
        raise InputError(f"the column {TYPE_COLUMN}: {error}") from error


def _identified(identities: Identities, variant: Variant, point: int, seeds: Sequence[int]) -> list[str]:
    try:
        return identities.of(variant, seeds)
    except ScenarioError as error:
        raise InputError(f"point {point}: {str(error).removeprefix('changes: ')}") from error


def _about(study: Study) -> dict[str, Any]:
    """What the manifest says of a study before it has run."""
    return {
        "question": study.question,
        "company": study.base.name,
        **asdict(provenance()),
        "n_points": len(study.points),
        "n_runs": len(study.points) * len(study.seeds),
        "seeds": list(study.seeds),
        "base": scenarios.resolved(study.base),
    }


def _runs_of(study: Study, table: RunTable) -> StudyRuns:
    """A study whose runs were kept in memory."""
    import pandas as pd

    rows = [{"point": int(done.planned.variant), "seed": done.planned.seed, **done.outcomes} for done in table.results]
    frame = pd.DataFrame(rows, columns=None if rows else ["point", "seed"])
    return StudyRuns(study, ordered(frame), table.failures, table.is_interrupted)


def ordered(table: "pd.DataFrame") -> "pd.DataFrame":
    """Rows by point and seed; columns: point, seed, the model's outcomes in their order, the rest by the alphabet."""
    from simulation.outcomes import OUTCOMES  # only here: it loads Numba

    found = set(table.columns) - {"point", "seed"}
    names = [name for name in OUTCOMES if name in found] + sorted(found - set(OUTCOMES))
    return table.sort_values(["point", "seed"], ignore_index=True)[["point", "seed", *names]]
