"""Waiting lists of leads: the calendar (who acts on which day), the desks (whose turn it is) and the portfolios.

All are doubly linked lists over lead rows, so joining, leaving and finding the first cost the same however long a list
is. A lead stands in at most one list of each kind. Places 0 to D-1 are the days of a run; desks and portfolios follow.
"""

import numpy as np

from simulation.compiled import compiled, in_place

NOBODY = -1  # no lead, no rep, no place
NEVER = -1  # a day that has not come
DONE = 1e-6  # hours; less is nothing left to do
CALENDAR, DESK, PORTFOLIO = 0, 1, 2  # kinds of list
N_KINDS = 3
LEAD_DESKS, DEAL_DESKS, CUSTOMER_DESKS, PORTFOLIOS, INQUIRY_DESKS = 0, 1, 2, 3, 4  # their order, one for each rep

PLACE = np.dtype([("first", "i4"), ("last", "i4"), ("length", "i4")])  # one list
LINK = np.dtype([("before", "i4"), ("after", "i4"), ("place", "i4")])  # a lead's neighbours in one kind of list


def empty_places(n_places: int) -> np.ndarray:
    """Lists with nobody in them."""
    places = np.zeros(n_places, PLACE)
    places["first"] = places["last"] = NOBODY
    return places


@compiled
def stand_nowhere(company, lead):
    """A lead that has only become known stands in no list."""
    for kind in range(N_KINDS):
        link = company.link[kind, lead]
        link.before, link.after, link.place = NOBODY, NOBODY, NOBODY


@compiled
def join(company, kind, place, lead):
    """Put `lead` at the end of the list `place`, out of any list of this kind it stood in."""
    leave(company, kind, lead)
    _stand_between(company, kind, place, lead, (company.place[place].last, NOBODY))


@compiled
def join_first(company, kind, place, lead):
    """Put `lead` at the head of the list `place`, out of any list of this kind it stood in."""
    leave(company, kind, lead)
    _stand_between(company, kind, place, lead, (NOBODY, company.place[place].first))


@compiled
def _stand_between(company, kind, place, lead, neighbours):
    """Put `lead` into the list `place` between two neighbours, NOBODY beyond its ends."""
    line, link = company.place[place], company.link[kind, lead]
    link.before, link.after = neighbours
    link.place = place
    if link.before == NOBODY:
        line.first = lead
    else:
        company.link[kind, link.before].after = lead
    if link.after == NOBODY:
        line.last = lead
    else:
        company.link[kind, link.after].before = lead
    line.length += 1


@compiled
def leave(company, kind, lead):
    """Take `lead` out of the list of this kind it stands in, if any."""
    link = company.link[kind, lead]
    if link.place == NOBODY:
        return
    line = company.place[link.place]
    if link.before == NOBODY:
        line.first = link.after
    else:
        company.link[kind, link.before].after = link.after
    if link.after == NOBODY:
        line.last = link.before
    else:
        company.link[kind, link.after].before = link.before
    line.length -= 1
    link.place = NOBODY


@compiled
def first(company, place):
    """The first lead of the list `place`, or NOBODY."""
    return company.place[place].first


@compiled
def length(company, place):
    """How many leads stand in the list `place`."""
    return company.place[place].length


@compiled
def take_first(company, kind, place):
    """Take the first lead out of the list `place` and return its row, or NOBODY."""
    lead = company.place[place].first
    if lead != NOBODY:
        leave(company, kind, lead)
    return lead


@in_place
def schedule(company, lead, day):
    """Let `lead` act on `day` instead of any day set before; days after the end of the run never come."""
    if day < company.book.shape[0]:
        join(company, CALENDAR, day, lead)
    else:
        leave(company, CALENDAR, lead)


@compiled
def _place(company, desks, person):
    """Place of a person's desk, among all desks of this sort: they follow the days, those of each sort together."""
    return company.book.shape[0] + desks * company.rep.shape[0] + person


@compiled
def lead_desk(company, rep):
    """Place of a rep's new marketing leads."""
    return _place(company, LEAD_DESKS, rep)


@compiled
def deal_desk(company, rep):
    """Place of opportunities whose next step waits for the rep."""
    return _place(company, DEAL_DESKS, rep)


@compiled
def customer_desk(company, rep):
    """Place of new customers the rep should onboard."""
    return _place(company, CUSTOMER_DESKS, rep)


@compiled
def portfolio(company, rep):
    """Place of all open opportunities of a rep."""
    return _place(company, PORTFOLIOS, rep)


@compiled
def inquiry_desk(company, marketer):
    """Place of a marketer's inquiries."""
    return _place(company, INQUIRY_DESKS, marketer)
