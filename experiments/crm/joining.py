"""Deals put to their leads."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from experiments.crm.clean_leads import flags
from experiments.crm.links import Links, links
from experiments.crm.sieve import STRAY, Sieve


def join_deals(of_leads: Sieve, of_deals: Sieve, ids: "pd.Series[str]") -> int:
    """Put in the `number` of the lead of each deal, below 0 where it has none; of several deals the first one counts.

    `ids` are those of all leads in the file, by number. Of several leads that a deal names, or that name it, the one
    contacted first counts. Ids in another form and deals with several leads are noted. Returns how many deals have a
    lead.
    """
    if "lead" in of_deals.rows:
        found = links(ids, of_deals.rows["lead"])
        pairs = pd.DataFrame({"deal": found.cell, "number": found.number})
        _note(found, of_deals, "lead", of_leads.file.name)
    else:
        pairs = _named_by_leads(of_leads, of_deals)
    first = _first_contacted(pairs, of_leads.rows)
    number = -1 - np.arange(len(of_deals.rows))  # each stray deal has a number of its own
    number[first["deal"].to_numpy(np.int64)] = first["number"].to_numpy(np.int64)
    n_more = len(pairs) - len(first)
    if n_more:
        n = int((pairs.groupby("deal").size() > 1).sum())
        of_deals.notes.append(f"{of_deals.file.name}: {n:,} deals have several leads; the one contacted first counts")
    of_deals.rows = of_deals.rows.assign(number=number)
    reason = "another deal of the same lead; the first one counts"
    of_deals.leave_out(flags(of_deals.rows["number"].duplicated()), reason, "lead id won")
    return len(first)


def _named_by_leads(of_leads: Sieve, of_deals: Sieve) -> "pd.DataFrame":
    """Pairs of deal and lead where leads name their deal."""
    number, ids = pd.factorize(of_deals.rows["id"])
    found = links(pd.Series(ids, dtype=str), of_leads.rows["deal"])
    _note(found, of_leads, "deal", of_deals.file.name)
    deals = pd.DataFrame({"deal": np.arange(len(number)), "id": number})
    named = pd.DataFrame({"id": found.number, "number": of_leads.rows["number"].to_numpy(np.int64)[found.cell]})
    return deals.merge(named, on="id")[["deal", "number"]]


def _first_contacted(pairs: "pd.DataFrame", leads: "pd.DataFrame") -> "pd.DataFrame":
    """One pair a deal."""
    if not pairs["deal"].duplicated().any():
        return pairs
    day = leads.drop_duplicates("number").set_index("number")["day"]
    dated = pairs.assign(day=pairs["number"].map(day))
    return dated.sort_values(["deal", "day"], na_position="last", kind="stable").drop_duplicates("deal")


def _note(found: Links, sieve: Sieve, column: str, other: str) -> None:
    """Note ids that differ in form."""
    if found.n_other_form:
        written, meant = found.example
        file, name = sieve.where(column)
        sieve.notes.append(
            f'{file}, {name}: {found.n_other_form:,} ids are written in another form than in {other} (e.g. "{written}" '
            f'for "{meant}"); they count as the same'
        )


def joined(of_leads: Sieve, of_deals: Sieve) -> "pd.DataFrame":
    """Leads with their deals; deals without a lead, and leads won before they were known, are left out."""
    reason = STRAY if "lead" in of_deals.rows else "a deal that no lead names"
    of_deals.leave_out(flags(of_deals.rows["number"] < 0), reason, "lead id")
    stray = ~flags(of_deals.rows["number"].isin(of_leads.rows["number"]))
    of_deals.leave_out(stray, "of a lead that is left out", "lead id")
    both = of_leads.rows.merge(of_deals.rows, how="left", on="number", suffixes=("", "_won"))
    before = flags(both["day_won"] < both["day"])
    if before.any():
        numbers = both["number"][before]
        reason = "won before the first contact; lead and deal are left out"
        of_deals.leave_out(_are_among(of_deals, numbers), reason, "lead id won")
        of_leads.leave_out(_are_among(of_leads, numbers), reason, "id contacted")
    return both[~before].copy()


def _are_among(sieve: Sieve, numbers: "pd.Series[int]") -> npt.NDArray[np.bool_]:
    return flags(sieve.rows["number"].isin(numbers))
