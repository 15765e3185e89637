"""Runs of companies in worlds of their own choice, kept in a folder if there is one, so that a question can go on.

What is asked next may depend on what was found: workers start once, and learn of companies with the rows they get.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import scenarios
from experiments.designs.run_table import PlannedRun
from experiments.designs.variant import Variant, laid_on, variants_simulated_by
from experiments.execution.runner import OnProgress, Runner, RunTable, Settings, counted_on
from experiments.execution.worker import FinishedRun, Measure
from experiments.reporting.console import complain
from experiments.store.provenance import provenance
from experiments.store.run_archive import opened
from experiments.store.run_identity import Identities


@dataclass
class AskedRows:
    """Who asks, what is kept of a run, and where; `n_rows` were asked for so far. Use it in a `with` block.

    Unlike in a study, not every company meets every world, and what is asked next may depend on what was found.
    """

    question: str
    company: str
    measure: Measure
    settings: Settings
    on_progress: OnProgress | None = None
    folder: Path | None = None
    n_rows: int = field(default=0, init=False)

    def __enter__(self) -> Self:
        settings = replace(self.settings, simulate=variants_simulated_by(self.settings.simulate), measure=self.measure)
        self._runner = Runner({}, settings).__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.__exit__(kind, error, trace)

    def run(self, variants: Sequence[Variant], asked: Sequence[tuple[int, int]], n_to_come: int = 0) -> RunTable:
        """Run each (place of a company in `variants`, seed); raises InputError where the folder cannot be written to.

        The rows of the table have the place as text in `variant`, and are numbered in the order in which they were
        asked. At most `n_to_come` more will be asked for afterwards: progress counts them in from the beginning.
        """
        rows = [PlannedRun(number, str(place), seed) for number, (place, seed) in enumerate(asked)]
        before = self.n_rows
        self.n_rows += len(rows)
        tell = counted_on(self.on_progress, before, self.n_rows + n_to_come)
        self._runner.take_up({str(place): variant for place, variant in enumerate(variants)})
        return self._runner.run(rows, tell) if self.folder is None else self._kept(variants, rows, tell)

    def _kept(self, variants: Sequence[Variant], rows: Sequence[PlannedRun], tell: OnProgress | None) -> RunTable:
        """Run what the folder does not have, and read the whole from it."""
        import pandas as pd

        assert self.folder is not None
        columns = {
            "run": self._identities(variants, rows),
            "point": [int(row.variant) for row in rows],
            "seed": [row.seed for row in rows],
        }
        about = {"question": self.question, "company": self.company, **asdict(provenance())}

        def company_of(row: PlannedRun) -> dict[str, Any]:
            """The company of a failed run, for its record."""
            variant = variants[int(row.variant)]
            return scenarios.resolved(laid_on(variant.scenario, dict(variant.changes)))

        part_s = self.settings.batch_s
        with opened(self.folder, pd.DataFrame(columns), about, part_s, complain, company_of) as store:
            is_interrupted = store.complete(rows, self._runner.run, tell)
            found = store.table().set_index(["point", "seed"])
            known = {place: dict(zip(found.columns, values, strict=True)) for place, *values in found.itertuples()}
            results = [
                FinishedRun(row, known[wanted]) for row in rows if (wanted := (int(row.variant), row.seed)) in known
            ]
            return RunTable(results, store.failures(), is_interrupted)

    def _identities(self, variants: Sequence[Variant], rows: Sequence[PlannedRun]) -> list[str]:
        """What each row is, each company looked at once."""
        identities = Identities(self.settings.simulate, self.measure)
        seeds: dict[int, list[int]] = {}
        for row in rows:
            seeds.setdefault(int(row.variant), []).append(row.seed)
        known = {
            (place, seed): identity
            for place, some in seeds.items()
            for seed, identity in zip(some, identities.of(variants[place], some), strict=True)
        }
        return [known[int(row.variant), row.seed] for row in rows]
