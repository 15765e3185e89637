"""Who gets a lead next: from campaign to marketer, from marketer to rep, from SDR to account executive."""

from scenarios.practices import Practices
from simulation import campaigns, queues, tape, territories
from simulation.border import depth, goodwill, lead_worth
from simulation.compiled import compiled, in_place
from simulation.ledger import move
from simulation.management import tally
from simulation.parameters import choice
from simulation.queues import NEVER, NOBODY, join, join_first, leave, schedule
from simulation.randomness import Purpose, index_from, uniform
from simulation.status import Status
from simulation.tape import Event

TO_MARKETER, TO_CONTACTOR, TO_EXECUTIVE = 0, 1, 2  # steps of a lead's way
LIAISON_IS_AWAY, TO_COLLEAGUE = 3, 4  # steps of the way past a liaison
BY_SEGMENT = choice(Practices, "lead_allocation", "by_segment")
BY_EXPERIENCE = choice(Practices, "lead_allocation", "by_experience")
BY_RESULTS = choice(Practices, "lead_allocation", "by_results")


@compiled
def of_segment(segment, n_segments, n_people, u):
    """Row of the person who takes a case of a segment, by its luck `u`, among `n_people` who share out the segments.

    Person p serves segment p modulo n_segments, equally often as its colleagues there; with fewer people than
    segments, people serve several. Worked number: segment 1 of 3 and 8 people are served by persons 1, 4 and 7, each
    for a third of all luck.
    """
    if n_people < n_segments:
        return segment % n_people
    n_of_segment = (n_people - segment + n_segments - 1) // n_segments
    return segment + n_segments * index_from(u, n_of_segment)


@in_place
def marketer_for(company, lead):
    """Row of the marketer who looks after a lead: one who serves its segment, or anybody instead of the liaison."""
    segment, n_people = company.lead[lead].segment, company.marketer.shape[0]
    marketer = of_segment(segment, company.segment.shape[0], n_people, _luck(company, lead, TO_MARKETER))
    return _at_home(company, lead, marketer) if marketer == company.go_between[0].liaison else marketer


@compiled
def give_to_marketing(company, lead, today):
    """A marketer looks after a lead from now on."""
    row = company.lead[lead]
    row.marketer = marketer_for(company, lead)
    tape.write(company, today, Event.MARKETER, (row.prospect, row.marketer), 0.0)


@compiled
def give_to(company, lead, rep, today):
    """A lead is this rep's from now on; NOBODY's if it goes back to Marketing."""
    row = company.lead[lead]
    if rep != row.owner:
        tape.write(company, today, Event.OWNER, (row.prospect, rep), row.owner)
    row.owner = rep


@compiled
def _at_home(company, lead, liaison):
    """Who takes a lead of the liaison's desk: a colleague, of any segment, for the share of time spent with Sales.

    The liaison's hours for the desk shrink by the same share, so that there is time for the leads that stay; who is
    alone leaves leads behind. Whom a lead comes to does not hang on how large the share is.
    """
    n_others = company.marketer.shape[0] - 1
    away = company.rules[0].behaviour.together.liaison_share
    if n_others == 0 or _luck(company, lead, LIAISON_IS_AWAY) >= away:
        return liaison
    return (liaison + 1 + index_from(_luck(company, lead, TO_COLLEAGUE), n_others)) % (n_others + 1)


@compiled
def _luck(company, lead, step):
    """A number between 0 and 1 that a lead carries for one step of its way, whatever happens to other leads."""
    return uniform(company.world[0].seed, Purpose.ALLOCATION, company.lead[lead].prospect, step)


@compiled
def ask_for_a_call(company, lead, today):
    """A buyer asks to talk to Sales: Marketing passes the wish on before it sees to other leads."""
    row = company.lead[lead]
    row.day_asked = today
    company.book[today].n_requests += 1
    tape.write(company, today, Event.ASKED, (row.prospect, row.marketer), 0.0)
    queue_for_marketing(company, lead, today)


@in_place
def queue_for_marketing(company, lead, today):
    """Put a lead on its marketer's desk, until it is seen to or has lost interest; the newest request first."""
    row = company.lead[lead]
    desk = queues.inquiry_desk(company, row.marketer)
    if row.day_asked == today:
        join_first(company, queues.DESK, desk, lead)
    else:
        join(company, queues.DESK, desk, lead)
    schedule(company, lead, row.day_window_end)


@compiled
def hand_over(company, lead, today):
    """Marketing hands over a lead that is qualified or has asked; returns the days it travels.

    That is the hand-off delay, unless the marketer does more than the rule asks and brings it before the batch is full.
    """
    row = company.lead[lead]
    give_to(company, lead, _contactor_for(company, lead), today)
    give_to(company, lead, stand_in(company, lead, today), today)
    row.day_mql, row.day_on_desk, row.n_tries, row.n_put_aside = today, NEVER, 0, 0
    row.n_handed += 1
    leave(company, queues.DESK, lead)
    move(company, lead, Status.MQL, today)
    company.book[today].n_hand_overs += 1
    if row.n_handed == 1:  # a lead that was given back and comes again is not a new one
        company.book[today].n_mql += 1
        tally.count_mql(company, row.marketer)
        campaigns.handed_over(company, lead)
    row.note = _depth_of_note(company, lead)
    company.book[today].depth_notes += row.note
    haste = row.note * company.rules[0].behaviour.goodwill.discretion
    delay = int(company.rules[0].practices.hand_off_delay_d * (1.0 - haste) + 0.5)
    if delay == 0:
        put_on_desk(company, lead, today)
    else:
        schedule(company, lead, min(today + delay, row.day_window_end))
    return delay


@compiled
def _depth_of_note(company, lead):
    """How well a marketer tells the rep what is known of a lead, 0 to 1."""
    row, hours = company.lead[lead], company.rules[0].behaviour.goodwill.note_h
    return goodwill.depth_of_marketer(company, row.marketer, row.owner, row.value, hours)


@compiled
def note_hours(company, lead):
    """Marketer's hours for the note a lead was handed over with."""
    return depth.hours_of(company, company.rules[0].behaviour.goodwill.note_h, company.lead[lead].note)


@compiled
def count_try(company, lead):
    """An attempt to reach a lead since it was handed over."""
    company.lead[lead].n_tries += 1


@compiled
def count_put_aside(company, lead):
    """The rep it was handed to has put it aside."""
    company.lead[lead].n_put_aside += 1


@compiled
def _contactor_for(company, lead):
    """Row of the rep who contacts a lead: an SDR if there are any (they stand after the account executives)."""
    n_contactors = company.target[0].n_contactors
    return allocate(company, lead, TO_CONTACTOR, (company.rep.shape[0] - n_contactors, n_contactors))


@in_place
def allocate(company, lead, step, people):
    """Row of the rep who gets a lead at one step of its way, out of `people`: their first row, and how many they are.

    Each equally often, among all or those of its patch or segment, or the experienced or successful more often. By the
    lead's own luck, so that it meets the same rep however many leads went before it.
    """
    first, n_reps = people
    has_patch = first == 0 and territories.are_drawn(company)  # account executives stand first
    patch = territories.patch_of(company, company.lead[lead].prospect) if has_patch else territories.ANYWHERE
    u = _luck(company, lead, step)
    if is_by_merit(company):
        return _by_merit(company, u, people, patch)
    if has_patch:
        return of_segment(patch, territories.n_patches(company), n_reps, u)
    if company.rules[0].practices.lead_allocation == BY_SEGMENT:
        return first + of_segment(company.lead[lead].segment, company.segment.shape[0], n_reps, u)
    return first + index_from(u, n_reps)


@compiled
def is_by_merit(company):
    """Whether leads go to the experienced or successful first."""
    rule = company.rules[0].practices.lead_allocation
    return rule in (BY_EXPERIENCE, BY_RESULTS)


@compiled
def merit(company, rep):
    """Weight of a rep where leads go by merit: by experience or by recent results; 0 for an empty seat.

    Worked number: attainment of 1 with a floor of 0.25 weighs 1.25, of nothing 0.25.
    """
    row, floor = company.rep[rep], company.rules[0].people.merit_floor
    if row.is_vacant:
        return 0.0
    if company.rules[0].practices.lead_allocation == BY_EXPERIENCE:
        return floor + row.experience
    return floor + min(2.0, row.results)


@compiled
def _by_merit(company, luck, people, patch):
    """Row of one of `people` who serve a `patch`, each as often as merit weighs, by a lead's `luck` 0 to 1."""
    first, n_reps = people
    whole = 0.0
    for rep in range(first, first + n_reps):
        if territories.serves(company, rep, patch):
            whole += merit(company, rep)
    mark, chosen = luck * whole, first
    for rep in range(first, first + n_reps):
        if territories.serves(company, rep, patch):
            chosen = rep
            mark -= merit(company, rep)
            if mark < 0.0:
                break
    return chosen


@compiled
def resent_merit(company):
    """A month of leads by merit: who gets less than others of the same kind feels badly treated by those who send them.

    Worked number: half of the mean merit at a law of 0.04 costs 2 % of a rep's accounts.
    """
    executives, sdrs = _mean_merit(company, 0), _mean_merit(company, 1)
    for rep in range(company.rep.shape[0]):
        mean = sdrs if company.rep[rep].is_sdr else executives
        if not company.rep[rep].is_vacant and merit(company, rep) < mean:
            short = 1.0 - merit(company, rep) / mean
            for marketer in range(company.marketer.shape[0]):
                goodwill.rep_feels(company, rep, marketer, 0.0, company.rules[0].behaviour.trust.passed_over * short)


@compiled
def _mean_merit(company, is_sdr):
    """Mean merit of all SDRs, or of all account executives, who are there."""
    merits, n = 0.0, 0
    for rep in range(company.rep.shape[0]):
        if company.rep[rep].is_sdr == is_sdr and not company.rep[rep].is_vacant:
            merits += merit(company, rep)
            n += 1
    return merits / max(1, n)


@compiled
def stand_in(company, lead, today):
    """Row of the rep who looks after a lead: its owner, or a colleague of the same kind while that seat is empty.

    The lead's own luck says where to begin asking, so that colleagues share out what an empty seat leaves behind. If
    nobody is there, the lead waits for the successor.
    """
    rep = company.lead[lead].owner
    if not company.rep[rep].is_vacant:
        return rep
    n_executives = company.rules[0].people.account_executives
    first, n = 0, n_executives
    if company.rep[rep].is_sdr:
        first, n = n_executives, company.rep.shape[0] - n_executives
    turn = index_from(uniform(company.world[0].seed, Purpose.STAND_IN, company.lead[lead].prospect, today), n)
    for _ in range(n):
        if not company.rep[first + turn].is_vacant:
            return first + turn
        turn = (turn + 1) % n
    return rep


@compiled
def next_here(company, rep):
    """Row of the first person in Sales from the seat `rep` on; NOBODY if all seats are vacant."""
    n_reps = company.rep.shape[0]
    for step in range(n_reps):
        if not company.rep[(rep + step) % n_reps].is_vacant:
            return (rep + step) % n_reps
    return NOBODY


@in_place
def put_on_desk(company, lead, today):
    """A marketing lead lies on its rep's desk: fresh from Marketing, or due for another attempt."""
    row = company.lead[lead]
    give_to(company, lead, stand_in(company, lead, today), today)
    desk = queues.lead_desk(company, row.owner)
    if row.day_on_desk == NEVER and company.rules[0].practices.sla:
        join_first(company, queues.DESK, desk, lead)  # who has promised a prompt answer calls the newest first
    else:
        join(company, queues.DESK, desk, lead)
    if row.day_on_desk == NEVER:
        row.day_on_desk = today
        lead_worth.look_at(company, lead, today)
        tape.write(company, today, Event.ON_DESK, (row.prospect, row.owner), queues.length(company, desk))
        schedule(company, lead, min(today + company.rules[0].behaviour.work.shelf_d, row.day_window_end))
    else:
        schedule(company, lead, row.day_window_end)


@compiled
def lay_back_on_desk(company, lead):
    """A marketing lead that was put aside comes up again, until its shelf life ends."""
    row = company.lead[lead]
    join(company, queues.DESK, queues.lead_desk(company, row.owner), lead)
    schedule(company, lead, min(row.day_on_desk + company.rules[0].behaviour.work.shelf_d, row.day_window_end))


@compiled
def pass_to_executive(company, lead, today):
    """A lead with a project goes to an account executive: the finder, or one of them if an SDR found it."""
    row = company.lead[lead]
    n_executives = company.rules[0].people.account_executives
    if row.owner >= n_executives:
        give_to(company, lead, allocate(company, lead, TO_EXECUTIVE, (0, n_executives)), today)
        give_to(company, lead, stand_in(company, lead, today), today)
    move(company, lead, Status.SQL, today)
    row.day_sql = today
    company.book[today].n_sql += 1
    ask_for_next_step(company, lead, today)


@compiled
def ask_for_next_step(company, lead, today):
    """The buyer is ready for the next step and waits for the account executive's time."""
    row = company.lead[lead]
    join(company, queues.DESK, queues.deal_desk(company, row.owner), lead)
    schedule(company, lead, row.day_window_end)
