"""Runs of companies in worlds of their own choice, kept in a folder if there is one, so that a question can go on.

What is asked next may depend on what was found: workers start once, and learn of companies with the rows they get.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import scenarios
from experiments.designs.run_table import Row
from experiments.designs.variant import Overlaid, laid_on, overlaid_by
from experiments.execution.runner import OnProgress, Runner, Settings, Table, counted_on
from experiments.execution.worker import Measure, Result
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
        settings = replace(self.settings, simulate=overlaid_by(self.settings.simulate), measure=self.measure)
        self._runner = Runner({}, settings).__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.__exit__(kind, error, trace)

    def run(self, arms: Sequence[Overlaid], asked: Sequence[tuple[int, int]], n_to_come: int = 0) -> Table:
        """Run each (place of a company in `arms`, seed); raises Mistake where the folder cannot be written to.

        The rows of the table have the place as text in `arm`, and are numbered in the order in which they were asked.
        At most `n_to_come` more will be asked for afterwards: progress counts them in from the beginning.
        """
        rows = [Row(number, str(place), seed) for number, (place, seed) in enumerate(asked)]
        before = self.n_rows
        self.n_rows += len(rows)
        tell = counted_on(self.on_progress, before, self.n_rows + n_to_come)
        self._runner.take_up({str(place): arm for place, arm in enumerate(arms)})
        return self._runner.run(rows, tell) if self.folder is None else self._kept(arms, rows, tell)

    def _kept(self, arms: Sequence[Overlaid], rows: Sequence[Row], tell: OnProgress | None) -> Table:
        """Run what the folder does not have, and read the whole from it."""
        import pandas as pd

        assert self.folder is not None
        columns = {
            "run": self._identities(arms, rows),
            "point": [int(row.arm) for row in rows],
            "seed": [row.seed for row in rows],
        }
        about = {"question": self.question, "company": self.company, **asdict(provenance())}

        def company_of(row: Row) -> dict[str, Any]:
            """The company of a failed run, for its record."""
            arm = arms[int(row.arm)]
            return scenarios.resolved(laid_on(arm.scenario, dict(arm.changes)))

        part_s = self.settings.batch_s
        with opened(self.folder, pd.DataFrame(columns), about, part_s, complain, company_of) as store:
            is_interrupted = store.complete(rows, self._runner.run, tell)
            found = store.table().set_index(["point", "seed"])
            known = {place: dict(zip(found.columns, values, strict=True)) for place, *values in found.itertuples()}
            results = [Result(row, known[wanted]) for row in rows if (wanted := (int(row.arm), row.seed)) in known]
            return Table(results, store.failures(), is_interrupted)

    def _identities(self, arms: Sequence[Overlaid], rows: Sequence[Row]) -> list[str]:
        """What each row is, each company looked at once."""
        identities = Identities(self.settings.simulate, self.measure)
        seeds: dict[int, list[int]] = {}
        for row in rows:
            seeds.setdefault(int(row.arm), []).append(row.seed)
        known = {
            (place, seed): identity
            for place, some in seeds.items()
            for seed, identity in zip(some, identities.of(arms[place], some), strict=True)
        }
        return [known[int(row.arm), row.seed] for row in rows]
