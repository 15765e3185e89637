"""What became of every prospect in two worlds that differ in one thing: the same people, lead by lead.

Luck is drawn by key, so the prospects of a seed are the same whatever the company does. What happened to one of them in
both worlds side by side is therefore the exact effect of the change on this prospect: no regression, no matching.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pandas as pd

Flags = npt.NDArray[np.bool_]
Values = npt.NDArray[np.float64]
_NATURE = ("segment", "day_arrived", "readiness", "fit", "need_x", "need_y")


class Fate(IntEnum):
    """How far a prospect came by the end of a run, or where its way with us ended."""

    TO_COME = 0
    NOT_REACHED = 1
    NOT_HANDED_OVER = 2
    NEVER_WORKED = 3
    NO_PROJECT_FOUND = 4
    NEVER_OPENED = 5
    LOST = 6
    STILL_OPEN = 7
    WON = 8
    CUSTOMER_BEFORE = 9


FATE_WORDS = {
    Fate.TO_COME: "had not appeared yet",
    Fate.NOT_REACHED: "not reached",
    Fate.NOT_HANDED_OVER: "reached, never handed over to Sales",
    Fate.NEVER_WORKED: "handed over, never worked",
    Fate.NO_PROJECT_FOUND: "worked, no project found",
    Fate.NEVER_OPENED: "project found, never taken up by an account executive",
    Fate.LOST: "opportunity lost",
    Fate.STILL_OPEN: "still open at the end",
    Fate.WON: "won",
    Fate.CUSTOMER_BEFORE: "customer from before the first day",
}
"""Each fate in the words of the funnel."""


@dataclass(frozen=True)
class Customers:
    """What each lead brought in the measured days, EUR of gross margin: by its first contract and by renewals.

    `is_new`: its first contract was signed in the measured days. `is_customer`: it signed at any time of the run.
    """

    new: Values
    renewed: Values
    is_new: Flags
    is_customer: Flags


def same_prospects(before: npt.NDArray[Any], after: npt.NDArray[Any]) -> Flags:
    """For each row of the longer table of prospects whether it is the same one in both.

    A change of practices leaves every prospect as it was; a change of the market makes others of them.
    """
    n = min(len(before), len(after))
    same = np.zeros(max(len(before), len(after)), dtype=bool)
    same[:n] = True
    for column in _NATURE:
        same[:n] &= before[column][:n] == after[column][:n]
    return same


def by_prospect(company: Any, values: npt.NDArray[Any], of_others: Any) -> npt.NDArray[Any]:
    """A value for each prospect: that of its row of `lead`, or `of_others` where nobody in the company knows it."""
    found = np.full(len(company.prospect), of_others, values.dtype)
    found[company.lead["prospect"]] = values
    return found


def fates_of_all(run: Any) -> npt.NDArray[np.int64]:
    """The fate of each prospect at the end of a run, as numbers of `Fate`."""
    return by_prospect(run.company, fates_of(run.company.lead), int(Fate.NOT_REACHED))


def fates_of(leads: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """The fate of each lead at the end of a run, as numbers of `Fate`."""
    from simulation.status import Status

    status = np.ascontiguousarray(leads["status"])
    under_way = [Status.INQUIRY, Status.MQL, Status.ACCEPTED, Status.SQL, Status.OPPORTUNITY, Status.RECYCLED]
    steps = [
        (status == Status.TO_COME, Fate.TO_COME),
        (leads["day_won"] >= 0, Fate.WON),
        (_is_one_of(status, [Status.CUSTOMER, Status.CHURNED]), Fate.CUSTOMER_BEFORE),
        (_is_one_of(status, under_way), Fate.STILL_OPEN),
        (leads["day_opportunity"] >= 0, Fate.LOST),
        (leads["day_sql"] >= 0, Fate.NEVER_OPENED),
        (leads["day_contacted"] >= 0, Fate.NO_PROJECT_FOUND),
        (leads["day_mql"] >= 0, Fate.NEVER_WORKED),
        (leads["day_reached"] >= 0, Fate.NOT_HANDED_OVER),
    ]
    return np.select([where for where, _ in steps], [int(fate) for _, fate in steps], int(Fate.NOT_REACHED))


def _is_one_of(status: npt.NDArray[Any], states: Sequence[int]) -> Flags:
    """Whether each status is among these; by a table, several times as fast as a search."""
    from simulation.status import N_STATUS

    table = np.zeros(N_STATUS, dtype=bool)
    table[list(states)] = True
    return np.asarray(table[status])


def count_fates(before: Any, after: Any) -> npt.NDArray[np.int64]:
    """How many prospects that are the same in both runs met which fates: rows before, columns after."""
    same = same_prospects(before.company.prospect, after.company.prospect)
    pairs = [fates_of_all(run)[same[: len(run.company.prospect)]] for run in (before, after)]
    n = len(Fate)
    return np.bincount(pairs[0] * n + pairs[1], minlength=n * n).reshape(n, n)


def customers_of(run: Any) -> Customers:
    """What each lead of a run brought by new contracts and renewals in its measured days.

    Worked number: a list price of 10,000 sold at 9,000 with a gross margin of 0.7 brings 9,000 - 3,000 = 6,000.
    """
    leads = run.company.lead
    is_new = leads["day_won"] >= run.first_day
    is_customer = np.isin(fates_of(leads), [Fate.WON, Fate.CUSTOMER_BEFORE])
    new = np.where(is_new, leads["price"] - delivery_costs(run), 0.0)
    renewed = np.where(is_customer, leads["renewed_margin_eur"], 0.0)
    return Customers(new, renewed, is_new, is_customer)


def list_prices(run: Any) -> Values:
    """List price of what was sold, or would be, to each lead, EUR a year."""
    return np.asarray(run.company.lead["value"] * _of_product(run, "price"), dtype=np.float64)


def delivery_costs(run: Any) -> Values:
    """What it costs to deliver that for a year, EUR. Worked number: 10,000 at a gross margin of 0.7 cost 3,000."""
    worth = run.company.lead["value"] * _of_product(run, "worth")
    return np.asarray(worth * (1.0 - _of_product(run, "gross_margin")), dtype=np.float64)


def _of_product(run: Any, name: str) -> Values:
    """A number of each lead's product; of the first product where none was pitched."""
    return np.asarray(run.company.product[name][np.maximum(0, run.company.lead["product"])], dtype=np.float64)


def fates(before: Any, after: Any) -> "pd.DataFrame":
    """One row a prospect that is the same in both runs: its fate and the margin it brought (EUR) in each.

    Columns: lead, segment, day_arrived, value_eur, fate_before, fate_after (numbers of `Fate`), margin_before_eur,
    margin_after_eur. `before` and `after` are finished runs of the same seed.
    """
    import pandas as pd

    same = np.flatnonzero(same_prospects(before.company.prospect, after.company.prospect))
    names, prospects = list(after.scenario.segments), after.company.prospect[same]
    columns: dict[str, Any] = {
        "lead": same,
        "segment": [names[place] for place in prospects["segment"]],
        "day_arrived": prospects["day_arrived"],
        "value_eur": prospects["value"],
    }
    for world, run in (("before", before), ("after", after)):
        brought = customers_of(run)
        columns[f"fate_{world}"] = fates_of_all(run)[same]
        columns[f"margin_{world}_eur"] = by_prospect(run.company, brought.new + brought.renewed, 0.0)[same]
    return pd.DataFrame(columns)


def fates_table(found: "pd.DataFrame") -> "pd.DataFrame":
    """How many prospects had which fate in both worlds: one row a pair of fates that occurs, the most frequent first.

    Columns: before, after (words), n, margin_eur (what the change of fate brought in all).
    """
    gain = found["margin_after_eur"] - found["margin_before_eur"]
    groups = found.assign(gain=gain).groupby(["fate_before", "fate_after"])["gain"].agg(["size", "sum"]).reset_index()
    groups = groups[(groups["fate_before"] != Fate.TO_COME) | (groups["fate_after"] != Fate.TO_COME)]
    groups["before"] = [FATE_WORDS[Fate(fate)] for fate in groups["fate_before"]]
    groups["after"] = [FATE_WORDS[Fate(fate)] for fate in groups["fate_after"]]
    groups = groups.rename(columns={"size": "n", "sum": "margin_eur"}).sort_values("n", ascending=False)
    return groups[["before", "after", "n", "margin_eur"]].reset_index(drop=True)
