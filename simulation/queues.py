"""Waiting lines of leads: the calendar (who acts on which day), the desks (whose turn it is) and the portfolios.

Every kind of line is a set of doubly linked lists over lead rows, so joining, leaving and finding the first cost the
same however long the line is. A lead stands in at most one list of each kind.
"""

from typing import NamedTuple

import numpy as np

from simulation.compiled import compiled

NOBODY = -1  # no lead, no rep, no place
NEVER = -1  # a day that has not come


class Lines(NamedTuple):
    """Lists of leads, first come first served; every entry a row number or NOBODY."""

    first: np.ndarray  # (places,) i4
    last: np.ndarray  # (places,) i4
    length: np.ndarray  # (places,) i4
    before: np.ndarray  # (leads,) i4
    after: np.ndarray  # (leads,) i4
    place: np.ndarray  # (leads,) i4, the list a lead stands in


def empty_lines(n_places: int, n_leads: int) -> Lines:
    """Lines with nobody in them."""
    nobody = [np.full(n, NOBODY, np.int32) for n in (n_places, n_places, n_leads, n_leads, n_leads)]
    first, last, before, after, place = nobody
    return Lines(first, last, np.zeros(n_places, np.int32), before, after, place)


@compiled
def join(lines, place, lead):
    """Put `lead` at the end of the list `place`, out of any list it stood in."""
    leave(lines, lead)
    previous = lines.last[place]
    lines.before[lead] = previous
    lines.after[lead] = NOBODY
    if previous == NOBODY:
        lines.first[place] = lead
    else:
        lines.after[previous] = lead
    lines.last[place] = lead
    lines.length[place] += 1
    lines.place[lead] = place


@compiled
def leave(lines, lead):
    """Take `lead` out of the list it stands in, if any."""
    place = lines.place[lead]
    if place == NOBODY:
        return
    before, after = lines.before[lead], lines.after[lead]
    if before == NOBODY:
        lines.first[place] = after
    else:
        lines.after[before] = after
    if after == NOBODY:
        lines.last[place] = before
    else:
        lines.before[after] = before
    lines.length[place] -= 1
    lines.place[lead] = NOBODY


@compiled
def take_first(lines, place):
    """Take the first lead out of the list `place` and return its row, or NOBODY."""
    lead = lines.first[place]
    if lead != NOBODY:
        leave(lines, lead)
    return lead


@compiled
def schedule(company, lead, day):
    """Let `lead` act on `day` instead of any day set before; days after the end of the run never come."""
    if day < company.calendar.first.shape[0]:
        join(company.calendar, day, lead)
    else:
        leave(company.calendar, lead)
