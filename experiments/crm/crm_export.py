"""A CRM export made clean: every row is either counted, or left out with a reason that is told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from experiments.crm.known_leads import OWN, REFERRAL, KnownLeads
from experiments.crm.mapping import CrmMapping
from experiments.crm.table_file import CsvFile, read_csv
from experiments.crm.window import Window, window_of
from experiments.crm.written import read_dates, read_numbers
from scenarios.input_errors import InputError, in_a_row

if TYPE_CHECKING:
    import pandas as pd

_TOO_MANY = 0.5  # share of a file's rows that one reason may take before it is the mapping that must be wrong
_BY_CHOICE = ("before the window", "after the window", "not won (no date)", "of a lead that is left out")


@dataclass(frozen=True)
class LeftOut:
    """Rows of one file that do not count, and why; `example` is one of them."""

    file: str
    reason: str
    n: int
    example: str = ""


@dataclass
class Export:
    """What a CRM export holds: the leads with their deals, the window they lie in, and what was left out of it."""

    leads: KnownLeads
    window: Window
    n_leads: int
    n_deals: int
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...]
    knows_reps: bool
    knows_values: bool


@dataclass
class _Sieve:
    """The rows of one file that are still in, and those that are not."""

    file: CsvFile
    rows: "pd.DataFrame"
    left_out: list[LeftOut] = field(default_factory=list)

    @classmethod
    def of(cls, file: CsvFile) -> "_Sieve":
        """All rows of a file; lines that could not be read count as left out. Raises InputError if there are none."""
        if file.n_ragged > _TOO_MANY * (len(file.rows) + file.n_ragged):
            raise InputError(
                f"{file.name}: {file.n_ragged:,} of {len(file.rows) + file.n_ragged:,} lines have more cells than the "
                "header; see the separator, or put quotes round texts that hold it"
            )
        if file.rows.empty:
            raise InputError(f"{file.name} has a header but no rows; export it again")
        sieve = cls(file, file.rows)
        if file.n_ragged:
            sieve.left_out.append(LeftOut(file.name, "more cells than the header has", file.n_ragged))
        return sieve

    def leave_out(self, which: npt.NDArray[np.bool_], reason: str, show: str) -> None:
        """Take rows out; raises InputError if one reason that nobody chose takes most of the file."""
        n = int(which.sum())
        if not n:
            return
        first = self.rows[which].iloc[0]
        example = ", ".join(f'{name} "{first[name]}"' for name in show.split())
        self.left_out.append(LeftOut(self.file.name, reason, n, example))
        if n > _TOO_MANY * len(self.file.rows) and reason not in _BY_CHOICE:
            raise InputError(
                f"{self.file.name}: {n:,} of {len(self.file.rows):,} rows are left out ({reason}; e.g. {example}); "
                "the mapping must be wrong, see its columns and dates"
            )
        self.rows = self.rows[~which]


def read_export(leads: Path, deals: Path, mapping: CrmMapping, channels: Sequence[str]) -> Export:
    """Read and clean an export for a company with these channels; raises InputError where it makes no sense."""
    of_leads = _Sieve.of(read_csv(leads, mapping.leads, mapping.encoding, mapping.separator))
    of_deals = _Sieve.of(read_csv(deals, mapping.deals, mapping.encoding, mapping.separator))
    n_known = _number(of_leads, of_deals)
    _clean_leads(of_leads, mapping, channels)
    _clean_deals(of_deals, mapping)
    window = window_of(dict(mapping.window), _days(of_leads.rows["day"]), _days(of_deals.rows["day"]))
    _keep_window(of_leads, of_deals, window)
    both = _joined(of_leads, of_deals, n_known)
    notes = [*_notes(of_leads, of_deals, mapping), *_read_values(both, of_deals.file.name, mapping)]
    return Export(
        leads=_known(both, channels),
        window=window,
        n_leads=len(of_leads.file.rows),
        n_deals=len(of_deals.file.rows),
        left_out=(*of_leads.left_out, *of_deals.left_out),
        notes=tuple(notes),
        knows_reps="rep" in both,
        knows_values="value" in both and bool(both["eur"].notna().any()),
    )


def _number(of_leads: _Sieve, of_deals: _Sieve) -> int:
    """Give every lead id a number in both files; returns how many different ones the leads have, which come first."""
    import pandas as pd

    n_leads = len(of_leads.rows)
    numbers = pd.factorize(pd.concat([of_leads.rows["id"], of_deals.rows["lead"]]))[0]
    of_leads.rows = of_leads.rows.assign(number=numbers[:n_leads])
    of_deals.rows = of_deals.rows.assign(number=numbers[n_leads:])
    return int(numbers[:n_leads].max()) + 1


def _clean_leads(sieve: _Sieve, mapping: CrmMapping, channels: Sequence[str]) -> None:
    _require(sieve, "id", "no lead id")
    _read_days(sieve, "contacted", mapping)
    sieve.rows = sieve.rows.sort_values("day", kind="stable")
    sieve.leave_out(
        _flags(sieve.rows["number"].duplicated()), "a lead that is there twice; its first contact counts", "id"
    )
    allowed = {*channels, OWN, REFERRAL}
    known = {value.casefold(): channel for value, channel in mapping.channels.items()}
    if unknown := sorted(set(known.values()) - allowed):
        raise InputError(
            f"the mapping names channels that the company does not have: {in_a_row(unknown)}; it has "
            f"{in_a_row(channels)}, and there are {OWN} and {REFERRAL}"
        )
    known = {channel.casefold(): channel for channel in channels} | known
    sieve.rows = sieve.rows.assign(way=_places(sieve.rows["channel"], known, _ways(channels)))
    strange = _flags(sieve.rows["way"] < 0)
    if strange.any():
        values = sieve.rows["channel"][strange].value_counts().index
        told = in_a_row([f'"{value}"' for value in values], longest=120)
        reason = f"a channel that is none of the company's and not in the mapping ({told})"
        sieve.leave_out(strange, reason, "id channel")


def _ways(channels: Sequence[str]) -> list[str]:
    """All ways by which a lead may have come."""
    return [*channels, OWN, REFERRAL]


def _places(texts: "pd.Series[str]", known: dict[str, str], ways: list[str]) -> npt.NDArray[np.int64]:
    """The place among `ways` of what each text means; -1 where nobody knows."""
    import pandas as pd

    codes, different = pd.factorize(texts)
    meant = [known.get(str(text).casefold()) for text in different]
    return np.array([-1 if way is None else ways.index(way) for way in meant], np.int64)[codes]


def _clean_deals(sieve: _Sieve, mapping: CrmMapping) -> None:
    _require(sieve, "lead", "no lead id")
    sieve.leave_out(_flags(sieve.rows["won"] == ""), "not won (no date)", "lead")
    _read_days(sieve, "won", mapping)
    sieve.rows = sieve.rows.sort_values("day", kind="stable")
    reason = "another deal of the same lead; the first one counts"
    sieve.leave_out(_flags(sieve.rows["number"].duplicated()), reason, "lead won")


def _require(sieve: _Sieve, column: str, reason: str) -> None:
    sieve.leave_out(_flags(sieve.rows[column] == ""), reason, column)


def _read_days(sieve: _Sieve, column: str, mapping: CrmMapping) -> None:
    where = f"{sieve.file.name}, {column}"
    sieve.rows = sieve.rows.assign(day=read_dates(sieve.rows[column], mapping.dates, where).astype("datetime64[s]"))
    sieve.leave_out(_flags(sieve.rows["day"].isna()), "a date that cannot be read", column)


def _keep_window(of_leads: _Sieve, of_deals: _Sieve, window: Window) -> None:
    day, won = _days(of_leads.rows["day"]), _days(of_deals.rows["day"])
    of_deals.leave_out(won > np.datetime64(window.deals_until), "after the window", "lead won")
    early, late = day < np.datetime64(window.leads_from), day > np.datetime64(window.leads_until)
    of_leads.leave_out(early, "before the window", "id contacted")
    of_leads.leave_out(late[~early], "after the window", "id contacted")


def _joined(of_leads: _Sieve, of_deals: _Sieve, n_known: int) -> "pd.DataFrame":
    """Leads with their deals; deals without a lead, and leads won before they were known, are left out."""
    of_deals.leave_out(_flags(of_deals.rows["number"] >= n_known), "of a lead that is not in the leads", "lead")
    stray = ~_flags(of_deals.rows["number"].isin(of_leads.rows["number"]))
    of_deals.leave_out(stray, "of a lead that is left out", "lead")
    both = of_leads.rows.merge(of_deals.rows, how="left", on="number", suffixes=("", "_won"))
    before = _flags(both["day_won"] < both["day"])
    if before.any():
        numbers = both["number"][before]
        reason = "won before the first contact; lead and deal are left out"
        of_deals.leave_out(_flags(of_deals.rows["number"].isin(numbers)), reason, "lead won")
        of_leads.leave_out(_flags(of_leads.rows["number"].isin(numbers)), reason, "id contacted")
    return both[~before].copy()


def _read_values(both: "pd.DataFrame", file: str, mapping: CrmMapping) -> Iterator[str]:
    """Put the value of each deal into `both` as `eur`, NaN where unknown; yields what of it could not be used.

    Raises InputError where most values cannot be read.
    """
    if "value" not in both:
        both["eur"] = np.nan
        return
    texts = both["value"].fillna("")
    eur = read_numbers(texts, mapping.decimal, f"{file}, value")
    is_said = _flags(texts != "")
    for which, problem in (
        (is_said & np.isnan(eur), "cannot be read as a number"),
        (eur <= 0, "are not above zero"),
    ):
        n = int(which.sum())
        if n:
            said = f'{file}: {n:,} of {is_said.sum():,} values {problem} (e.g. "{texts[which].iloc[0]}")'
            if n > _TOO_MANY * is_said.sum():
                raise InputError(f"{said}; see deals.value and decimal in the mapping, or leave deals.value out")
            yield f"{said}; their deals count, their values do not"
    both["eur"] = np.where(eur > 0, eur, np.nan)


def _known(both: "pd.DataFrame", channels: Sequence[str]) -> KnownLeads:
    """The joined rows as leads; channels come in the company's order, those without a lead are left out."""
    import pandas as pd

    present, channel = np.unique(both["way"].to_numpy(np.int64), return_inverse=True)
    reps = pd.factorize(both["rep"].where(both["rep"] != ""))[0] if "rep" in both else np.full(len(both), -1)
    return KnownLeads(
        channels=tuple(_ways(channels)[place] for place in present),
        contacted=_days(both["day"]),
        channel=np.asarray(channel, np.int64),
        won=_days(both["day_won"]),
        rep=np.asarray(reps, np.int64),
        value=both["eur"].to_numpy(np.float64),
    )


def _notes(of_leads: _Sieve, of_deals: _Sieve, mapping: CrmMapping) -> list[str]:
    """What else was noticed: a guessed encoding."""
    files = (of_leads.file, of_deals.file)
    guessed = [file for file in files if mapping.encoding is None and file.encoding == "cp1252"]
    return [f"{file.name} is not UTF-8; it was read as Windows-1252" for file in guessed]


def _flags(which: "pd.Series[bool]") -> npt.NDArray[np.bool_]:
    return which.to_numpy(bool)


def _days(days: "pd.Series[pd.Timestamp]") -> npt.NDArray[np.datetime64]:
    return np.asarray(days.to_numpy().astype("datetime64[D]"))
