"""A CRM export made clean: every row is either counted, or left out with a reason that is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from experiments.crm.channels import ways_of
from experiments.crm.clean_deals import DealsRead, clean_deals
from experiments.crm.clean_leads import LeadsRead, clean_leads
from experiments.crm.files import Files
from experiments.crm.joining import join_deals, joined
from experiments.crm.known_leads import KnownLeads
from experiments.crm.mapping import CrmMapping
from experiments.crm.sieve import LeftOut, Sieve
from experiments.crm.unused_columns import ROWS_LOOKED_AT, too_many_won, unused_currency, unused_states
from experiments.crm.window import Days, Window, window_of
from scenarios.input_errors import InputError, in_a_row

_MONTHS_NOTE = (
    "{}: days are months only, so that {}; days from first contact to signature are rough, and shares won within 30 "
    "days mean little"
)


@dataclass
class Export:
    """What a CRM export holds: the leads with their deals, the window they lie in, and what was left out of it.

    `of_leads` and `of_deals` tell how they were read; `n_won` deals count as won, of which `n_joined` have their lead.
    """

    leads: KnownLeads
    window: Window
    n_leads: int
    n_deals: int
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...]
    knows_reps: bool
    knows_values: bool
    of_leads: LeadsRead
    of_deals: DealsRead
    n_won: int
    n_joined: int
    mapping: CrmMapping
    system: str | None = None


def export_of(files: Files, mapping: CrmMapping, channels: Sequence[str], system: str | None = None) -> Export:
    """Read and clean opened files for a company with these channels; raises InputError where it makes no sense.

    `mapping` names all columns that are needed.
    """
    of_leads = Sieve.of(files.leads.read(mapping.leads))
    of_deals = Sieve.of(files.deals.read(mapping.deals))
    sample = files.deals.sample(ROWS_LOOKED_AT)
    for doubt in (unused_states(files.deals, mapping, sample), unused_currency(files.deals, mapping, sample)):
        if doubt:
            raise doubt
    leads_read = clean_leads(of_leads, mapping, channels)
    if of_leads.rows.empty:
        reasons = in_a_row([f"{one.reason} ({one.n:,})" for one in of_leads.left_out])
        raise InputError(f"{of_leads.file.name}: no lead counts; left out are {reasons}")
    deals_read = clean_deals(of_deals, mapping)
    n_won = len(of_deals.rows)
    n_joined = join_deals(of_leads, of_deals, leads_read.ids)
    if doubt := too_many_won(int((of_deals.rows["number"] >= 0).sum()), len(of_leads.rows), files.deals, mapping):
        raise doubt
    window = _window(mapping, of_leads, of_deals, (leads_read.dates.is_months, deals_read.dates.is_months))
    _keep_window(of_leads, of_deals, window)
    both = joined(of_leads, of_deals)
    return Export(
        leads=_known(both, channels),
        window=window,
        n_leads=len(of_leads.file.rows),
        n_deals=len(of_deals.file.rows),
        left_out=(*of_leads.left_out, *of_deals.left_out),
        notes=tuple(dict.fromkeys([*of_leads.notes, *of_deals.notes])),
        knows_reps="rep" in both,
        knows_values=bool(both["eur"].notna().any()),
        of_leads=leads_read,
        of_deals=deals_read,
        n_won=n_won,
        n_joined=n_joined,
        mapping=mapping,
        system=system,
    )


def _window(mapping: CrmMapping, of_leads: Sieve, of_deals: Sieve, are_months: tuple[bool, bool]) -> Window:
    """The days that count, those of whole months where days are months only, which is told."""
    mapped: dict[str, Any] = dict(mapping.window)
    if are_months[0]:
        of_leads.notes.append(_MONTHS_NOTE.format(of_leads.file.name, "leads count from the first of their month"))
        mapped.setdefault("leads_until", _end_of_month(_days(of_leads.rows["day"]).max()).item())
    if are_months[1]:
        which = "first" if are_months[0] else "last"
        of_deals.notes.append(_MONTHS_NOTE.format(of_deals.file.name, f"deals count on the {which} of their month"))
        won = _days(of_deals.rows["day"])
        if not are_months[0]:
            of_deals.rows = of_deals.rows.assign(day=_end_of_month(won))  # else they were won before they came
        if len(won):
            until = _end_of_month(won.max()).item()
            mapped.setdefault("deals_until", max(until, mapped.get("leads_until", until)))

    def place(day: Any) -> str:
        """The file, the row and the cell in which a day stands."""
        for sieve, column in ((of_leads, "contacted"), (of_deals, "won")):
            found = np.flatnonzero(_days(sieve.rows["day"]) == day)
            if len(found):
                row = sieve.rows.index[found[0]]
                return f'{sieve.file.name}, row {row}, {sieve.where(column)[1]} "{sieve.rows.loc[row, column]}"'
        return "nowhere"

    return window_of(mapped, _days(of_leads.rows["day"]), _days(of_deals.rows["day"]), place)


def _end_of_month(day: Any) -> Any:
    return (day.astype("datetime64[M]") + 1).astype("datetime64[D]") - 1


def _keep_window(of_leads: Sieve, of_deals: Sieve, window: Window) -> None:
    day, won = _days(of_leads.rows["day"]), _days(of_deals.rows["day"])
    of_deals.leave_out(won > np.datetime64(window.deals_until), "after the window", "lead won")
    early, late = day < np.datetime64(window.leads_from), day > np.datetime64(window.leads_until)
    of_leads.leave_out(early, "before the window", "id contacted")
    of_leads.leave_out(late[~early], "after the window", "id contacted")


def _known(both: "pd.DataFrame", channels: Sequence[str]) -> KnownLeads:
    """The joined rows as leads; channels come in the company's order, those without a lead are left out."""
    if "way" in both:
        present, channel = np.unique(both["way"].to_numpy(np.int64), return_inverse=True)
    else:
        present, channel = np.empty(0, np.int64), np.full(len(both), -1)
    reps = pd.factorize(both["rep"].where(both["rep"] != ""))[0] if "rep" in both else np.full(len(both), -1)
    return KnownLeads(
        channels=tuple(ways_of(channels)[place] for place in present),
        contacted=_days(both["day"]),
        channel=np.asarray(channel, np.int64),
        won=_days(both["day_won"]),
        rep=np.asarray(reps, np.int64),
        value=both["eur"].to_numpy(np.float64),
    )


def _days(days: "pd.Series[pd.Timestamp]") -> Days:
    return np.asarray(days.to_numpy().astype("datetime64[D]"))
