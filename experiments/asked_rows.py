"""Runs of companies in worlds of their own choice, kept in a folder if there is one, so that a question can go on."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import scenarios
from experiments.console import complain
from experiments.design import Row
from experiments.overlaid import Overlaid, laid_on, overlaid_by
from experiments.provenance import provenance
from experiments.run_identity import Identities
from experiments.run_store import opened
from experiments.runner import OnProgress, Runner, Settings, Table
from experiments.worker import Measure, Result


@dataclass
class AskedRows:
    """Who asks, what is kept of a run, and where; `n_rows` were asked for so far.

    Unlike in a study, not every company meets every world.
    """

    question: str
    company: str
    measure: Measure
    settings: Settings
    on_progress: OnProgress | None = None
    folder: Path | None = None
    n_rows: int = field(default=0, init=False)

    def run(self, arms: Sequence[Overlaid], asked: Sequence[tuple[int, int]]) -> Table:
        """Run each (place of a company in `arms`, seed); raises Mistake where the folder cannot be written to.

        The rows of the table have the place as text in `arm`, and are numbered in the order in which they were asked.
        """
        rows = [Row(number, str(place), seed) for number, (place, seed) in enumerate(asked)]
        settings = replace(self.settings, simulate=overlaid_by(self.settings.simulate), measure=self.measure)
        before = self.n_rows
        self.n_rows += len(rows)
        with Runner({str(place): arm for place, arm in enumerate(arms)}, settings) as runner:
            if self.folder is None:
                return runner.run(rows, lambda n_done, n_rows: self._tell(before + n_done, before + n_rows))
            return self._kept(runner, arms, rows)

    def _kept(self, runner: Runner, arms: Sequence[Overlaid], rows: Sequence[Row]) -> Table:
        """Run what the folder does not have, and read the whole from it."""
        import pandas as pd

        assert self.folder is not None
        columns = {
            "run": self._identities(arms, rows),
            "point": [int(row.arm) for row in rows],
            "seed": [row.seed for row in rows],
        }
        about = {"question": self.question, "company": self.company, **asdict(provenance())}
        before = self.n_rows - len(rows)

        def company_of(row: Row) -> dict[str, Any]:
            """The company of a failed run, for its record."""
            arm = arms[int(row.arm)]
            return scenarios.resolved(laid_on(arm.scenario, dict(arm.changes)))

        part_s = self.settings.batch_s
        with opened(self.folder, pd.DataFrame(columns), about, part_s, complain, company_of) as store:
            is_interrupted = store.complete(
                rows, runner.run, lambda n_done, _: self._tell(before + n_done, self.n_rows)
            )
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

    def _tell(self, n_done: int, n_rows: int) -> None:
        if self.on_progress is not None:
            self.on_progress(n_done, n_rows)
