"""The tape: what happens in a run, row by row in the order in which it happens, if somebody asks for it.

A row says on which day what happened to whom. Where things happen a rule calls `write`; without a tape that is one
comparison. The tape takes part in nothing: no rule reads it, and a run with it is the same run.
"""

from enum import IntEnum
from typing import Any

import numpy as np

from scenarios.run_length import DAYS_PER_WEEK
from simulation.averages import mean
from simulation.compiled import compiled
from simulation.queues import NOBODY

ENTRY = np.dtype(
    [
        ("day", "i2"),  # working day of the run; what was so before the first morning counts as day 0
        ("what", "i2"),  # Event
        ("who", "i4"),  # whom or what it happens to: the number of a prospect, rep, marketer, topic or segment
        ("about", "i4"),  # whom or what else it concerns; NOBODY where there is nobody
        ("value", "f4"),  # how much, in the unit of the event
    ]
)
TAPE_HEAD = np.dtype(
    [
        ("n_entries", "i8"),  # rows written so far
        ("room", "i8"),  # rows there is room for; 0 where nobody has asked for a tape
    ]
)

PAIRS_AT_MOST = 4096  # of a rep and a marketer; where there are more, only the mean trust of each person is written
ENTRIES_PER_PROSPECT = 32  # on average over all prospects of a run: three times as many as usual
ENTRIES_A_DAY = 100  # of everything else
MOST_IN_A_DAY = 8  # entries per prospect of a run, far more than there can be


class Event(IntEnum):
    """What happened, with what stands in the columns who, about and value."""

    PROSPECTS_COME = 0
    """Prospects enter the market; value: how many."""
    PROSPECTS_GO = 1
    """Prospects nobody here knows leave it; value: how many."""
    REACHED = 2
    """A prospect becomes known to the company; about: the channel, NOBODY if a rep found it, REFERRAL."""
    RECOMMENDED = 3
    """A prospect comes to us as a customer has recommended us; about: the customer's number as a prospect."""
    STATUS = 4
    """A prospect moves to another `Status`; about: the new one; value: the one before."""
    OWNER = 5
    """A prospect is another rep's from now on; about: the rep, NOBODY if it goes back; value: the rep before."""
    MARKETER = 6
    """A marketer looks after a prospect from now on; about: the marketer."""
    INTEREST = 7
    """Somebody has talked to a prospect, and from now on its interest fades; value: interest, 0..1."""
    ASKED = 8
    """A prospect asks for a call; about: its marketer."""
    NURTURED = 9
    """A marketer sends a prospect something useful; about: the marketer."""
    SCORED = 10
    """A marketer scores a prospect; about: the marketer; value: how far above the bar, standard deviations."""
    ON_DESK = 11
    """A lead arrives on the desk of a rep; about: the rep; value: leads on that desk, this one included."""
    PUT_ASIDE = 12
    """A rep glances at a lead and puts it aside; about: the rep."""
    ATTEMPT = 13
    """A rep tries to reach a lead; about: the rep; value: hours from the hand-over to the first attempt after it."""
    TALK = 14
    """A rep has talked to a lead; about: the rep; value: 1 if it seems worth selling, else 0."""
    STEP = 15
    """A step of a purchase is done; about: the rep; value: steps left."""
    DECISION = 16
    """Buyers decide about an offer; about: the rep; value: the discount offered, 0..1."""
    SIGNED = 17
    """A deal is signed; about: the rep; value: price, EUR/year."""
    ONBOARDING_OVER = 18
    """The time for bringing a customer in is over; about: the rep; value: its satisfaction, 0..1."""
    COMPLAINT = 19
    """A customer complains; about: the rep."""
    COMPLAINT_OVER = 20
    """A complaint has been looked after, or left; about: the rep; value: satisfaction, 0..1."""
    RENEWED = 21
    """A customer renews; about: the rep; value: price of all it buys, EUR/year."""
    NOT_PAID = 22
    """A customer never pays; about: the rep; value: price, EUR/year."""
    DISPUTE_OPENED = 23
    """A dispute about a topic breaks out; value: how bad its cause is, 0..1."""
    DISPUTE_CLOSED = 24
    """A dispute is over; about: how it ended, a number of `Ending`; value: working days since it broke out."""
    MEETING = 25
    """People of both sides meet; who: a number of `Gathering`; value: share of them who come, 0..1."""
    DESIGN_BEGUN = 26
    """A new campaign for a segment is begun; about: the marketer."""
    CAMPAIGN_RUNS = 27
    """A new campaign for a segment runs; about: the marketer; value: distance from what is needed, need units."""
    REP_LEFT = 28
    """A rep quits; who: the seat; about: the key by which that person's luck is drawn."""
    REP_CAME = 29
    """A rep takes an empty seat; who: the seat; about: the key by which that person's luck is drawn."""
    EXCHANGE_BEGINS = 30
    """A rep and a marketer work on the other side for a time; about: the marketer; value: day on which it ends."""
    EXCHANGE_ENDS = 31
    """They come back, or the rep has quit; about: the marketer."""
    PRACTICE_CHANGES = 32
    """Something the company has decided to change begins; who: its place among the planned changes."""
    TARGET = 33
    """A sales target is set for the quarter; value: EUR."""
    TRUST_IN_MARKETER = 34
    """Once a week: how far a rep trusts a marketer, NOBODY for all of them; value: 0..1."""
    TRUST_IN_REP = 35
    """Once a week: how far a marketer trusts a rep, NOBODY for all of them; value: 0..1."""


class Ending(IntEnum):
    """How a dispute ends."""

    DIED_DOWN = 0
    """By itself: the tension behind it stays."""
    TALKED_OUT = 1
    """People who met have settled it."""
    RULED = 2
    """Managers have ruled."""


class Gathering(IntEnum):
    """What people of both sides meet for."""

    PLANNED_MEETING = 0
    CALLED_MEETING = 1
    BRAINSTORM = 2
    DEAL_REVIEW = 3


@compiled
def write(company, today, what, whom, value):
    """Something has happened today; `whom` is a pair: whom it happened to, and whom it is about.

    What finds no room is counted, not written.
    """
    head = company.tape_head[0]
    if head.room == 0:
        return
    place = head.n_entries
    head.n_entries += 1
    if place < head.room:
        row = company.tape[place]
        row.day, row.what, row.value = today, what, value
        row.who, row.about = whom


@compiled
def write_trust(company, today):
    """Once a week: how far each rep trusts each marketer, and the other way round, in pairs or, of many, on average."""
    if company.tape_head[0].room == 0 or today % DAYS_PER_WEEK != 0:
        return
    n_reps, n_marketers = company.rep.shape[0], company.marketer.shape[0]
    if n_reps * n_marketers > PAIRS_AT_MOST:
        for rep in range(n_reps):
            write(company, today, Event.TRUST_IN_MARKETER, (rep, NOBODY), mean(company.trust_in_marketer[rep]))
        for marketer in range(n_marketers):
            write(company, today, Event.TRUST_IN_REP, (marketer, NOBODY), mean(company.trust_in_rep[marketer]))
        return
    for rep in range(n_reps):
        for marketer in range(n_marketers):
            given, back = company.trust_in_marketer[rep, marketer], company.trust_in_rep[marketer, rep]
            write(company, today, Event.TRUST_IN_MARKETER, (rep, marketer), given)
            write(company, today, Event.TRUST_IN_REP, (marketer, rep), back)


def room_for(n_prospects: int, n_days: int, n_reps: int, n_marketers: int) -> int:
    """Rows that a run will hardly fill; memory of rows that stay empty is never taken."""
    pairs = min(n_reps * n_marketers, PAIRS_AT_MOST) + n_reps + n_marketers
    return ENTRIES_PER_PROSPECT * n_prospects + ENTRIES_A_DAY * n_days + 2 * pairs * (1 + n_days // DAYS_PER_WEEK)


def entries(company: Any) -> int:
    """How many rows have been written or, beyond the room there is, counted."""
    return int(company.tape_head["n_entries"][0])


def is_overfull(company: Any) -> bool:
    """Whether more has happened than there was room for."""
    return entries(company) > int(company.tape_head["room"][0])


def make_room(company: Any, n_rows: int) -> None:
    """See that so many rows find room, if there is a tape."""
    if 0 < company.tape_head["room"][0] < n_rows:
        company.lengthen("tape", n_rows)
        company.tape_head["room"][0] = n_rows


def make_room_for_today(company: Any) -> None:
    """In the morning, where days are lived one by one: room for as much again as has happened so far, and more.

    Raises RuntimeError if the day before has brought more.
    """
    if is_overfull(company):
        raise RuntimeError("a day brought more than there was room for on the tape")
    enough = 2 * entries(company) + MOST_IN_A_DAY * len(company.prospect)
    if company.tape_head["room"][0] < enough:
        make_room(company, 2 * enough)
