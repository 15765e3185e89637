"""A study: the runs that one question asks for, all at once or step by step, made once and kept.

    with Study(StudyPlan("sweep", "reference"), settings) as study:
        runs = study.run_design(Design(base, pd.DataFrame({"market.turbulence": [0.0, 1.0, 2.0]}), seeds=(0, 1, 2)))
    runs.table                        # point, seed, and every outcome of that run
    runs.values("revenue_eur")        # points x seeds, NaN where a run failed
    study.runs                        # a row each: seed, what was changed in the company, every outcome

Workers start once, and learn of companies with the runs they get, so what is asked next may depend on what was found.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import numpy as np

import scenarios
from experiments.designs.assumptions import Assumptions
from experiments.designs.design import Design, planned_runs, variants_of
from experiments.designs.run_table import DECISION, PlannedRun
from experiments.designs.variant import Variant, laid_on
from experiments.execution.runner import OnProgress, Runner, RunTable, Settings
from experiments.execution.worker import FailedRun, FinishedRun, Measure, Simulate
from experiments.statistics.paired import Values
from experiments.store.run_archive import RunArchive, failures_of, runs_of
from experiments.store.run_identity import Identities
from scenarios import ScenarioError
from scenarios.differences import Difference
from scenarios.input_errors import InputError

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class StudyPlan:
    """What is settled before the first run. `question` is the command, `company` whom it is about.

    `measure(run)` says what is kept of a run (None: its outcomes), `simulate(scenario, seed)` makes one (None: the
    compiled engine); where users have an engine of their own, it is told so by the keyword `simulate`. `n_runs` is how
    many there will be, at most unless `is_exact`; None where precision decides. `companies` are the scenarios it is
    about, by name; with the question they say what is asked. `assumptions` are laid below all of them, a draw a world;
    None leaves the parameters as they stand. `lives` says how often each of them will be lived through,
    if not about equally often, once a run. `origin` is what the company's file changes in its parent, `files` are the
    fingerprints of what else was read: a report written later says what was run, whatever the files say then.
    `misfits` say what of the company does not fit together.
    """

    question: str
    company: str
    measure: Measure | None = None
    simulate: Simulate | None = None
    n_runs: int | None = None
    is_exact: bool = True
    companies: Mapping[str, scenarios.Scenario] = field(default_factory=dict)
    assumptions: Assumptions | None = None
    lives: Mapping[str, int] = field(default_factory=dict)
    origin: Difference | None = None
    files: tuple[str, ...] = ()
    misfits: tuple[str, ...] = ()


@dataclass(frozen=True)
class DesignRuns:
    """What came of a design: `table` has a row for each finished run, ordered by point and seed.

    Its columns are point, seed, then everything measured. The same for any number of workers, any backend, and any
    history of kills. A failed run has the point as text in `planned.variant`.
    """

    design: Design
    table: "pd.DataFrame"
    failures: list[FailedRun] = field(default_factory=list)
    is_interrupted: bool = False

    def values(self, outcome: str = DECISION) -> Values:
        """One outcome as points x seeds, in the order of the design; NaN where a run failed or is missing."""
        values = np.full((len(self.design.points), len(self.design.seeds)), np.nan)
        place = {seed: k for k, seed in enumerate(self.design.seeds)}
        if outcome in self.table:
            columns = [place[seed] for seed in self.table["seed"].tolist()]
            values[self.table["point"].to_numpy(), columns] = self.table[outcome].to_numpy(dtype=np.float64)
        return values

    def contribution_a_year(self) -> Values:
        """Contribution as points x seeds, EUR a year."""
        return self.values(DECISION) / self.design.years[:, None]

    def with_inputs(self) -> "pd.DataFrame":
        """The table with the values of its point in each row: point, seed, inputs, then everything measured."""
        import pandas as pd

        inputs = self.design.points.iloc[self.table["point"].to_numpy(dtype=int)].set_index(self.table.index)
        return pd.concat([self.table[["point", "seed"]], inputs, self.table.iloc[:, 2:]], axis="columns")


class Study:
    """Makes the runs that are asked for. Use it in a `with` block.

    `archive` keeps them, so that the same question goes on where it was cut short; None keeps them in memory only.
    `on_progress` is told how many runs are dealt with, and how many there will be; `tell` what is known on the way.
    """

    def __init__(
        self,
        plan: StudyPlan,
        settings: Settings | None = None,
        on_progress: OnProgress | None = None,
        archive: RunArchive | None = None,
        tell: Callable[[str], None] = lambda line: None,
    ) -> None:
        self.plan, self.archive, self.tell = plan, archive, tell
        self.failures: list[FailedRun] = []
        self.is_interrupted = False
        self._settings = settings or Settings()
        own, user = plan.simulate, self._settings.simulate
        self._simulate = partial(own, simulate=user) if own and user else own or user  # type: ignore[call-arg]
        self._measure = plan.measure or self._settings.measure
        self._identities: Identities | None = None
        self._on_progress = on_progress
        self._n_before = 0
        self._tables: list[pd.DataFrame] = []

    def __enter__(self) -> Self:
        settings = replace(self._settings, simulate=self._simulate, measure=self._measure)
        self._runner = Runner({}, settings).__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.__exit__(kind, error, trace)
        if kind is None and self.archive is not None and not self.is_interrupted:
            self.archive.settle()

    @property
    def runs(self) -> "pd.DataFrame":
        """Every finished run so far: seed, what was changed in the company (a column a parameter), every outcome."""
        import pandas as pd

        if not self._tables:
            return pd.DataFrame({"seed": pd.Series(dtype="int64")})
        inputs = list(dict.fromkeys(name for table in self._tables for name in table.attrs["inputs"]))
        whole = pd.concat(self._tables, ignore_index=True) if len(self._tables) > 1 else self._tables[0]
        if len(self._tables) > 1:  # a later step may have asked for the same run again
            whole = whole[~whole.drop(columns="point").astype(str).duplicated()].reset_index(drop=True)
        measured = [name for name in whole.columns if name not in ("point", "seed", *inputs)]
        return whole[["seed", *inputs, *measured]]

    def live(self, company: scenarios.Scenario, seed: int) -> Any:
        """One run here and now, with all that happened in it; nothing of it is kept."""
        import simulation  # only here: it loads Numba

        return (self._simulate or simulation.simulate)(company, seed)

    def run_design(self, design: Design, n_to_come: int | None = 0) -> DesignRuns:
        """Every point in every world; raises InputError for a point that is no possible company.

        At most `n_to_come` more runs will be asked for afterwards: progress counts them in (None: nobody knows).
        """
        variants, planned = variants_of(design), planned_runs(design)
        if self.archive is None:  # who keeps runs finds it out when they are named
            _check(variants)
        table, failures, is_interrupted = self._made(variants, planned, design.points, n_to_come)
        return DesignRuns(design, table, failures, is_interrupted)

    def run(
        self, variants: Sequence[Variant], wanted: Sequence[tuple[int, int]], n_to_come: int | None = 0
    ) -> RunTable:
        """Each wanted (place of a company in `variants`, seed).

        The runs of the table have the place as text in `planned.variant`, and are numbered in the order in which they
        were asked for. At most `n_to_come` more will be asked for afterwards.
        """
        import pandas as pd

        planned = [PlannedRun(number, str(place), seed) for number, (place, seed) in enumerate(wanted)]
        points = pd.DataFrame([dict(one.changes) for one in variants])
        table, failures, is_interrupted = self._made(variants, planned, points, n_to_come)
        names = [name for name in table.columns if name not in ("point", "seed")]
        known = {
            (point, seed): dict(zip(names, values, strict=True))
            for point, seed, *values in table[["point", "seed", *names]].itertuples(index=False, name=None)
        }
        results = [
            FinishedRun(one, known[int(one.variant), one.seed])
            for one in planned
            if (int(one.variant), one.seed) in known
        ]
        return RunTable(results, failures, is_interrupted)

    def _made(
        self, variants: Sequence[Variant], planned: Sequence[PlannedRun], points: "pd.DataFrame", n_to_come: int | None
    ) -> tuple["pd.DataFrame", list[FailedRun], bool]:
        """Run what is missing; returns a table with point, seed and what was measured, failures, whether cut short."""
        if self.plan.assumptions is not None:
            variants = [one if one.assumptions else replace(one, assumptions=self.plan.assumptions) for one in variants]
        self._runner.take_up({str(place): variant for place, variant in enumerate(variants)})
        on_progress = self._counting(len(planned), n_to_come)
        if self.archive is None:
            done = self._runner.run(planned, on_progress)
            table, failures, is_interrupted = _table_of(done), done.failures, done.is_interrupted
        else:
            design = self._design(variants, planned, points)

            def company_of(one: PlannedRun) -> dict[str, Any]:
                """The company of a failed run, for its record."""
                return scenarios.resolved(variants[int(one.variant)].in_world(one.seed))

            is_interrupted = self.archive.complete(design, planned, self._runner.run, on_progress, company_of)
            table, failures = runs_of(self.archive.folder, design), failures_of(self.archive.folder, design)
        table = ordered(table)
        self._remember(table, points)
        self.failures += failures
        self.is_interrupted |= is_interrupted
        return table, failures, is_interrupted

    def _remember(self, table: "pd.DataFrame", points: "pd.DataFrame") -> None:
        """The runs with their inputs, for whoever wants them all."""
        import pandas as pd

        joined = points.iloc[table["point"].to_numpy(dtype=int)].reset_index(drop=True)
        joined.columns = [str(name) for name in joined.columns]
        whole = pd.concat([table, joined], axis="columns")
        whole.attrs["inputs"] = list(joined.columns)
        self._tables.append(whole)

    def _design(
        self, variants: Sequence[Variant], planned: Sequence[PlannedRun], points: "pd.DataFrame"
    ) -> "pd.DataFrame":
        """The planned runs as a table: run (identity), point, seed, the point's values."""
        import pandas as pd

        if self._identities is None:
            self._identities = Identities(self._simulate, self._measure)
        seeds: dict[int, list[int]] = {}
        for one in planned:
            seeds.setdefault(int(one.variant), []).append(one.seed)
        known: dict[tuple[int, int], str] = {}
        for place, some in seeds.items():
            with _naming(place):
                identities = self._identities.of(variants[place], some)
            known |= {(place, seed): identity for seed, identity in zip(some, identities, strict=True)}
        places = [int(one.variant) for one in planned]
        columns = {
            "run": [known[int(one.variant), one.seed] for one in planned],
            "point": places,
            "seed": [one.seed for one in planned],
        }
        values = points.iloc[places].reset_index(drop=True)
        return pd.concat([pd.DataFrame(columns), values], axis="columns")

    def _counting(self, n_planned: int, n_to_come: int | None) -> OnProgress:
        """Progress that goes on from the steps before."""
        before, on_progress = self._n_before, self._on_progress
        self._n_before += n_planned
        n_in_all = None if n_to_come is None else self._n_before + n_to_come
        if on_progress is None:
            return lambda n_done, n_runs: None
        return lambda n_done, n_runs: on_progress(before + n_done, n_in_all)


@contextmanager
def _naming(point: int) -> Iterator[None]:
    """Say which point is no possible company."""
    try:
        yield
    except ScenarioError as error:
        raise InputError(f"point {point}: {str(error).removeprefix('changes: ')}") from error


def _check(variants: Sequence[Variant]) -> None:
    """Raise InputError that names a point which is no possible company."""
    for place, variant in enumerate(variants):
        with _naming(place):
            laid_on(variant.scenario, dict(variant.changes))


def _table_of(done: RunTable) -> "pd.DataFrame":
    """Runs that were kept in memory."""
    import pandas as pd

    rows = [{"point": int(one.planned.variant), "seed": one.planned.seed, **one.outcomes} for one in done.results]
    return pd.DataFrame(rows, columns=None if rows else ["point", "seed"]).astype({"point": int, "seed": int})


def ordered(table: "pd.DataFrame") -> "pd.DataFrame":
    """Rows by point and seed; columns: point, seed, the model's outcomes in their order, the rest by the alphabet."""
    from simulation.outcomes import OUTCOMES  # only here: it loads Numba

    measured = set(table.columns) - {"point", "seed"}
    names = [name for name in OUTCOMES if name in measured] + sorted(measured - set(OUTCOMES))
    return table.sort_values(["point", "seed"], ignore_index=True)[["point", "seed", *names]]
