"""Who gets a lead next: from campaign to marketer, from marketer to rep, from SDR to account executive."""

from scenarios.practices import Practices
from simulation import campaigns, queues
from simulation.compiled import compiled
from simulation.ledger import move
from simulation.parameters import choice
from simulation.queues import NEVER, join, leave, schedule
from simulation.randomness import Purpose, index_from, uniform
from simulation.status import Status

TO_MARKETER, TO_CONTACTOR, TO_EXECUTIVE = 0, 1, 2  # steps of a lead's way
BY_SEGMENT = choice(Practices, "lead_allocation", "by_segment")


@compiled
def of_segment(segment, n_segments, n_people, turn):
    """Row of the person who takes the `turn`-th case of a segment, among `n_people` who share out the segments.

    Person p serves segment p modulo n_segments; with fewer people than segments, people serve several.
    Worked number: segment 1 of 3 and 8 people are served by persons 1, 4 and 7 in turn.
    """
    if n_people < n_segments:
        return segment % n_people
    n_of_segment = (n_people - segment + n_segments - 1) // n_segments
    return segment + n_segments * (turn % n_of_segment)


@compiled
def marketer_for(company, lead):
    """Row of the marketer who looks after a lead: one of those who serve its segment."""
    segment, n_segments = company.lead[lead].segment, company.segment.shape[0]
    n_people = company.marketer.shape[0]
    return of_segment(segment, n_segments, n_people, _luck(company, lead, TO_MARKETER, n_people))


@compiled
def _luck(company, lead, step, n):
    """A number 0 to n - 1 that a lead carries for one step of its way, whatever happens to other leads."""
    return index_from(uniform(company.state[0].seed, Purpose.ALLOCATION, lead, step), n)


@compiled
def queue_for_marketing(company, lead, today):
    """Put a lead on its marketer's desk, until it is scored or has lost interest."""
    row = company.lead[lead]
    join(company, queues.DESK, queues.inquiry_desk(company, row.marketer), lead)
    schedule(company, lead, row.day_window_end)


@compiled
def hand_over(company, lead, today):
    """Marketing hands a qualified lead over to Sales; it travels for the hand-off delay."""
    row = company.lead[lead]
    row.owner = _contactor_for(company, lead)
    row.day_mql, row.day_on_desk, row.n_tries = today, NEVER, 0
    row.n_handed += 1
    leave(company, queues.DESK, lead)
    move(company, lead, Status.MQL)
    company.book[today].n_hand_overs += 1
    if row.n_handed == 1:  # a lead that was given back and comes again is not a new one
        company.book[today].n_mql += 1
        company.marketer[row.marketer].n_mql += 1
        campaigns.handed_over(company, lead)
    delay = company.rules[0].practices.hand_off_delay_d
    if delay == 0:
        put_on_desk(company, lead, today)
    else:
        schedule(company, lead, min(today + delay, row.day_window_end))


@compiled
def _contactor_for(company, lead):
    """Row of the rep who contacts a lead: an SDR if there are any (they stand after the account executives)."""
    n_contactors = company.state[0].n_contactors
    return company.rep.shape[0] - n_contactors + allocate(company, lead, TO_CONTACTOR, n_contactors)


@compiled
def allocate(company, lead, step, n_reps):
    """Which of `n_reps` gets a lead at one step of its way: each equally often, among all or those of its segment.

    By the lead's own luck, so that it meets the same rep however many leads went before it.
    """
    turn = _luck(company, lead, step, n_reps)
    if company.rules[0].practices.lead_allocation == BY_SEGMENT:
        return of_segment(company.lead[lead].segment, company.segment.shape[0], n_reps, turn)
    return turn


@compiled
def put_on_desk(company, lead, today):
    """A marketing lead lies on its rep's desk: fresh from Marketing, or due for another attempt."""
    row = company.lead[lead]
    join(company, queues.DESK, queues.lead_desk(company, row.owner), lead)
    if row.day_on_desk == NEVER:
        row.day_on_desk = today
        schedule(company, lead, min(today + company.rules[0].behaviour.work.shelf_d, row.day_window_end))
    else:
        schedule(company, lead, row.day_window_end)


@compiled
def pass_to_executive(company, lead, today):
    """A lead with a project goes to an account executive: the finder, or the next in turn if an SDR found it."""
    row = company.lead[lead]
    n_executives = company.rules[0].people.account_executives
    if row.owner >= n_executives:
        row.owner = allocate(company, lead, TO_EXECUTIVE, n_executives)
    move(company, lead, Status.SQL)
    row.day_sql = today
    company.book[today].n_sql += 1
    ask_for_next_step(company, lead, today)


@compiled
def ask_for_next_step(company, lead, today):
    """The buyer is ready for the next step and waits for the account executive's time."""
    row = company.lead[lead]
    join(company, queues.DESK, queues.deal_desk(company, row.owner), lead)
    schedule(company, lead, row.day_window_end)
