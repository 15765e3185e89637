"""A finished run: what came of it, and everything the company knows at the end."""

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from scenarios import Scenario
from scenarios.run_length import DAYS_PER_QUARTER
from simulation.measured import tables_of
from simulation.measured.tape_in_words import in_words
from simulation.outcomes import OUTCOMES
from simulation.summing_up import sum_up
from simulation.webassembly import work

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, repr=False)
class Run:
    """One run: its outcomes, its books day by day, and everything the company knows at the end."""

    scenario: Scenario
    seed: int
    outcomes: dict[str, float]
    daily: np.ndarray
    """Structured, one row a working day including warm-up; the columns of `ledger.BOOK`."""
    company: Any
    """All columns (`simulation.company.Company`); `run.company.lead` has one row for each whom the company knows."""

    @property
    def first_day(self) -> int:
        """The first day after the warm-up."""
        return self.scenario.run.warm_up_quarters * DAYS_PER_QUARTER

    def tables(self) -> "dict[str, pd.DataFrame]":
        """All measures as tidy tables: run, quarters, days, segments, channels, campaigns, people, leads.

        What happened, row by row, is told by `tape`.
        """
        return tables_of(self)

    def tape(self) -> "pd.DataFrame":
        """What happened, row by row: day, event, who, about, value, unit; empty unless the run was asked for it.

        `simulate(scenario, seed, tape=True)` asks for it. `run.company.tape` has the same as numbers.
        """
        return in_words(self)

    def to_frame(self) -> "pd.DataFrame":
        """One row an outcome: its value, unit and meaning."""
        import pandas as pd

        rows = [(name, value, OUTCOMES[name].unit, OUTCOMES[name].meaning) for name, value in self.outcomes.items()]
        return pd.DataFrame(rows, columns=["outcome", "value", "unit", "meaning"])

    def __repr__(self) -> str:
        earned, won = self.outcomes.get("contribution_eur", np.nan), self.outcomes.get("n_won", np.nan)
        what = f"{self.scenario.run.quarters} quarters, contribution {earned / 1e6:.2f} M EUR, {won:.0f} deals won"
        return f"<Run of {self.scenario.name}, seed {self.seed}: {what}>"

    def _repr_html_(self) -> str:
        return f"<h4>{escape(repr(self))}</h4>{self.to_frame().to_html(index=False, float_format='{:,.4g}'.format)}"


def finished(scenario: Scenario, seed: int, company: Any) -> Run:
    """The run of a company that has lived all its days."""
    work(sum_up, company)
    outcomes = {name: float(company.outcome[name][0]) for name in OUTCOMES}
    return Run(scenario, seed, outcomes, company.book, company)
