"""An auditor of the waiting lists: walks every calendar day, desk and portfolio from end to end."""

from functools import cache
from typing import Any

import numpy as np

from simulation.queues import CALENDAR, DESK, PORTFOLIO
from simulation.status import Status
from tests.audit import IN_THE_FUNNEL, Findings

NOBODY = -1
KINDS = {CALENDAR: "calendar", DESK: "desk", PORTFOLIO: "portfolio"}


def lists_hold_together(company: Any, today: int) -> Findings:
    """Each list is doubly linked, as long as it says, ends where it says, and holds everybody who says to be in it."""
    for kind, name in KINDS.items():
        before, after, place = (np.ascontiguousarray(company.link[kind][f]) for f in ("before", "after", "place"))
        inside = np.flatnonzero(place != NOBODY)
        counted = np.bincount(place[inside], minlength=len(company.place))
        here = places_of(kind, len(company.book), len(company.rep), len(company.place))
        if counted[here].sum() != len(inside):
            yield f"a {name} stands where none can be"
        for step, back, end in ((after, before, "last"), (before, after, "first")):
            ends = inside[step[inside] == NOBODY]
            others = inside[step[inside] != NOBODY]
            if (back[step[others]] != others).any() or (place[step[others]] != place[others]).any():
                yield f"a {name} is torn: a neighbour does not know its neighbour"
            if (company.place[end][place[ends]] != ends).any():
                yield f"the {end} of a {name} is not who it says"
            if ((company.place[end][here] == NOBODY) != (counted[here] == 0)).any():
                yield f"a {name} with leads has no {end}, or one without leads has one"
            if not _arrive(step, inside):
                yield f"a {name} runs in a circle"
        if (counted != company.place["length"])[here].any():
            yield f"a {name} is not as long as it says"


def _arrive(step: Any, inside: Any) -> bool:
    """Whether everybody inside a list comes to its end by following `step`: all walk at once, in doubling strides."""
    end = len(step)
    stride = np.append(np.where(step == NOBODY, end, step), end)
    for _ in range(end.bit_length()):
        stride = stride[stride]
    return bool((stride[inside] == end).all())


def everybody_waits_where_they_should(company: Any, today: int) -> Findings:
    """A lead's state says on which desk it may lie; nobody is forgotten, and nobody stands in the past."""
    lead, days, reps = company.lead, len(company.book), len(company.rep)
    day, desk, portfolio = (company.link[kind]["place"] for kind in (CALENDAR, DESK, PORTFOLIO))
    if np.any((day != NOBODY) & (day <= today)):
        yield "somebody is on the calendar of a day that is over"
    at = np.searchsorted([0, days, days + reps, days + 2 * reps, days + 3 * reps, days + 4 * reps], desk, side="right")
    allowed = {
        2: (Status.MQL, Status.ACCEPTED),  # new marketing leads
        3: (Status.SQL, Status.OPPORTUNITY),  # opportunities whose next step waits
        4: (Status.CUSTOMER,),  # onboarding
        6: (Status.INQUIRY, Status.RECYCLED),  # Marketing
    }
    for part in np.unique(at[desk != NOBODY]):
        if not np.all(np.isin(lead["status"][at == part], allowed.get(int(part), ()))):
            yield f"desk part {part} holds leads in states {np.unique(lead['status'][at == part])}"
    with_rep = np.isin(at, (2, 3, 4))
    if np.any((desk[with_rep] - days) % reps != lead["owner"][with_rep]):
        yield "a lead lies on the desk of somebody who does not own it"
    open_ones = lead["status"] == Status.OPPORTUNITY
    if np.any((portfolio != NOBODY) != open_ones):
        yield "portfolios are not the open opportunities"
    if np.any(portfolio[open_ones] - days - 3 * reps != lead["owner"][open_ones]):
        yield "an opportunity is in the portfolio of somebody else"
    alive = np.isin(lead["status"], IN_THE_FUNNEL) & (lead["day_window_end"] < days)
    if np.any(alive & ((day == NOBODY) | (day > lead["day_window_end"]))):
        yield "a lead will never notice that its window closes"
    paying = (lead["status"] == Status.CUSTOMER) & (lead["day_renewal"] < days)
    if np.any(paying & ((day == NOBODY) | (day > lead["day_renewal"]))):
        yield "a contract will end and nobody will notice"
    over = ~np.isin(lead["status"], (*IN_THE_FUNNEL, Status.CUSTOMER))
    if np.any(over & ((day != NOBODY) | (desk != NOBODY) | (portfolio != NOBODY))):
        yield f"leads in states {np.unique(lead['status'][over])} still wait somewhere"


@cache
def places_of(kind: int, days: int, reps: int, n_places: int) -> Any:
    """Numbers of the places that hold lists of one kind; desks are those of reps and of marketers."""
    portfolios = range(days + 3 * reps, days + 4 * reps)
    if kind == CALENDAR:
        return np.arange(days)
    if kind == PORTFOLIO:
        return np.array(portfolios)
    return np.array([*range(days, portfolios.start), *range(portfolios.stop, n_places)])
