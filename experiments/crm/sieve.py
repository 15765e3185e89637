"""The rows of a file that count, and those that do not, each with its reason."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from experiments.crm.table_file import TableFile, refuse_ragged
from scenarios.input_errors import InputError

if TYPE_CHECKING:
    import pandas as pd

TOO_MANY = 0.5
"""The share of a file's rows that one reason may take before it is the mapping that must be wrong."""
NO_CONTACT = "no date of first contact"
NOT_WON = "not won (no date)"
UNREADABLE = "a date that cannot be read"
NO_LEAD = "no lead id"
STRAY = "of a lead that is not in the leads"
_BY_CHOICE = (
    *("before the window", "after the window", NOT_WON, "of a lead that is left out", "lost", "still open", "not won"),
    *("a channel that the mapping leaves out", "a deal that names no lead, as the mapping has it"),
)
_HINTS = {
    UNREADABLE: "say in it how dates are written, e.g. `dates: day-month-year`, or a format like "
    '`dates: "%d%m%Y"`, or name another column',
    NO_LEAD: "name the column that holds it, or say `deals_without_lead: leave_out`",
    "a deal that no lead names": "see which column of the leads names the deal",
    STRAY: "see which column of the deals names the lead, or whether leads name their deal (`leads: {deal: COLUMN}`)",
}


@dataclass(frozen=True)
class LeftOut:
    """Rows of one file that do not count, and why; `example` is one of them."""

    file: str
    reason: str
    n: int
    example: str = ""


@dataclass
class Sieve:
    """The rows of one file that are still in, and those that are not.

    `n_base` rows could count: of the deals those that were won.
    """

    file: TableFile
    rows: "pd.DataFrame"
    left_out: list[LeftOut] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    n_base: int = 0

    @classmethod
    def of(cls, file: TableFile) -> "Sieve":
        """All rows of a file; lines that could not be read count as left out. Raises InputError if there are none."""
        refuse_ragged(file.name, file.n_ragged, len(file.rows) + file.n_ragged)
        if file.rows.empty:
            raise InputError(f"{file.name} has a header but no rows; export it again")
        sieve = cls(file, file.rows, notes=list(file.notes), n_base=len(file.rows))
        if file.n_ragged:
            sieve.left_out.append(LeftOut(file.name, "more cells than the header has", file.n_ragged))
        return sieve

    def where(self, column: str) -> tuple[str, str]:
        """The file and the name of a column in it."""
        return self.file.name, self.file.named.get(column, column)

    def leave_out(self, which: npt.NDArray[np.bool_], reason: str, show: str, *, hint: str = "") -> None:
        """Take rows out; raises InputError if one reason that nobody chose takes most of the file."""
        n = int(which.sum())
        if not n:
            return
        first = self.rows.index[np.flatnonzero(which)[0]]
        cells = self.rows.loc[first]
        shown = [f'{self.file.named.get(name, name)} "{cells[name]}"' for name in show.split() if name in cells]
        example = f"row {first}: {', '.join(shown)}" if shown else f"row {first}"
        self.left_out.append(LeftOut(self.file.name, reason, n, example))
        is_chosen = reason.split(" (")[0] in _BY_CHOICE or reason in _BY_CHOICE
        if n > TOO_MANY * self.n_base and not is_chosen:
            hint = hint or _HINTS.get(reason, "see its columns and dates")
            raise InputError(
                f"{self.file.name}: {n:,} of {self.n_base:,} rows are left out ({reason}; e.g. {example}); "
                f"the mapping must be wrong: {hint}"
            )
        self.rows = self.rows[~which]
