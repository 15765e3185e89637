"""Acquaintance: a prospect becomes known to the company, and from then on has a row of `lead`."""

from typing import Any

import numpy as np

from simulation import queues
from simulation.compiled import compiled
from simulation.queues import NOBODY
from simulation.status import Status
from simulation.tables import begin_as

KNOWN = np.dtype([("n_leads", "i8")])  # rows of `lead` that are in use


@compiled
def is_unknown(company, prospect):
    """Whether nobody here knows a prospect."""
    return company.known_as[prospect] == NOBODY


@compiled
def meet(company, prospect):
    """A prospect nobody here knew becomes known; returns its row of `lead`, in which it is what it is by nature."""
    known = company.known[0]
    lead = known.n_leads
    known.n_leads += 1
    company.known_as[prospect] = lead
    begin_as(company.lead, lead, company.stranger[0])
    row, it = company.lead[lead], company.prospect[prospect]
    row.prospect, row.segment, row.readiness = prospect, it.segment, it.readiness
    row.day_arrived, row.day_project, row.day_window_end = it.day_arrived, it.day_project, it.day_window_end
    row.need_x, row.need_y, row.fit, row.value, row.buyers = it.need_x, it.need_y, it.fit, it.value, it.buyers
    queues.stand_nowhere(company, lead)
    return lead


def row_of(company: Any, prospect: int, today: int) -> np.ndarray:
    """A copy of the row of `lead` of any prospect on an evening; of one nobody knows what it would be."""
    if (lead := int(company.known_as[prospect])) != NOBODY:
        return np.array(company.lead[lead : lead + 1])[0]  # type: ignore[no-any-return]
    row, it = np.array(company.stranger)[0], np.asarray(company.prospect)[prospect]
    for name in it.dtype.names:
        row[name] = it[name]
    row["prospect"] = prospect
    if today < it["day_arrived"]:
        row["status"] = Status.TO_COME
    elif today >= it["day_window_end"]:
        row["status"] = Status.GONE
    return row  # type: ignore[no-any-return]
