"""How Sales follows up a marketing lead: how soon, how often, and what comes of the talk."""

from scenarios.run_length import DAYS_PER_WEEK
from simulation import contacts, experience, queues, tape
from simulation.border import beliefs, causes, depth, feedback, goodwill, hand_off, lead_worth, trust
from simulation.compiled import compiled, in_place
from simulation.elementary import exp, whole_power
from simulation.interest import interest_now, raise_interest
from simulation.ledger import close_lead, move
from simulation.management import common_reward, tally
from simulation.quality import quality_now
from simulation.queues import NEVER, NOBODY, leave, schedule
from simulation.randomness import Purpose, normal_from, uniform, uniforms4
from simulation.relevance import relevance
from simulation.status import Status
from simulation.tape import Event

HOURS_PER_CALENDAR_DAY = 24.0


@compiled
def obligation(company, rep, marketer):
    """Share 0 to 1 of a marketer's leads that a rep works as the agreement asks.

    Where managers track it, as far as their attention reaches; where they don't, as far as the rep feels to owe it and
    bound by a promise, the more so the more they see of each other.
    Worked number: 0.5 owed and 0.6 for promises give 0.3; with half an hour of informal contact a week 0.45.
    """
    practices = company.rules[0].practices
    if not practices.sla:
        return 0.0
    bond = company.rules[0].behaviour.trust.promise_kept * (1.0 + practices.informal_contact_h_per_week)
    return max(min(1.0, bond) * goodwill.owed_by_rep(company, rep, marketer), company.oversight[0].tracking)


@in_place
def is_obliged(company, rep, lead):
    """Whether a rep works this lead as the agreement asks."""
    row = company.lead[lead]
    share = obligation(company, rep, row.marketer)
    if share <= 0.0:
        return False
    return uniform(company.world[0].seed, Purpose.OBLIGATION, row.prospect, 2 * row.n_handed + row.n_put_aside) < share


@compiled
def blame_for_junk(company, lead):
    """What probably is junk speaks against the marketer who sent it, even if nobody ever calls."""
    work = company.rules[0].behaviour.work
    likeliest = company.lead[lead].look / (1.0 + work.glance_noise**2)  # quality behind such a sight
    if likeliest < work.junk_below:
        trust.lead_looked_like_junk(company, lead)


@compiled
def put_aside(company, lead, today):
    """A rep passes over a lead: it comes up once more some days later, then lies until its shelf life ends."""
    row, work = company.lead[lead], company.rules[0].behaviour.work
    leave(company, queues.DESK, lead)
    hand_off.count_put_aside(company, lead)
    company.book[today].n_passed_over += 1
    tape.write(company, today, Event.PUT_ASIDE, (row.prospect, row.owner), 0.0)
    again = today + work.put_aside_d if row.n_put_aside == 1 else row.day_on_desk + work.shelf_d
    schedule(company, lead, min(again, row.day_window_end))


@compiled
def attempts_allowed(company, rep, lead):
    """Attempts a rep makes: as agreed where the agreement is kept, else a habit, and more for who is owed it."""
    rules = company.rules[0]
    if is_obliged(company, rep, lead):
        return rules.practices.sla_attempts
    own, laws = rules.behaviour.work.own_attempts, rules.behaviour.goodwill
    more = laws.discretion * goodwill.owed_by_rep(company, rep, company.lead[lead].marketer)
    return own + int(more * max(0, laws.thorough_attempts - own) + 0.5)


@compiled
def hours_between_looks(company, share_of_day):
    """Working hours between two looks at new leads: the more of the day goes to them, the fewer.

    Every hour at a full share, once a day at none; at least as often as the tracked agreement asks.
    Worked number: half of an 8-hour day on leads gives 8 / (1 + 7 / 2) = 1.8 hours.
    """
    rules = company.rules[0]
    own = rules.people.hours_per_day / (1.0 + (rules.people.hours_per_day - 1.0) * share_of_day)
    if not rules.practices.sla or company.oversight[0].tracking <= 0.0:
        return own
    return own + company.oversight[0].tracking * min(0.0, rules.practices.sla_follow_up_h - own)


@compiled
def extra_looks_h(company, share_of_day):
    """Hours a day that looking at new leads more often than the own way of working suggests costs."""
    rules = company.rules[0]
    own = rules.people.hours_per_day / (1.0 + (rules.people.hours_per_day - 1.0) * share_of_day)
    agreed = hours_between_looks(company, share_of_day)
    return rules.behaviour.work.look_h * rules.people.hours_per_day * (1.0 / agreed - 1.0 / own)


@compiled
def attempt(company, rep, lead, today, share_of_day):
    """A rep tries to reach a marketing lead; returns the hours it took.

    `share_of_day` 0 to 1 of the rep's day on such leads: who looks rarely at new leads answers late.
    """
    row, work = company.lead[lead], company.rules[0].behaviour.work
    if row.status == Status.MQL:
        _take_up(company, lead, today, share_of_day)
    hand_off.count_try(company, lead)
    row.n_attempts += 1
    tape.write(company, today, Event.ATTEMPT, (row.prospect, rep), row.response_h)
    row.contact = _depth_of_contact(company, rep, lead)
    company.book[today].depth_contacts += row.contact
    company.book[today].n_contacts += 1
    p = p_connect(company, row.response_h, interest_now(company, lead, today))
    if row.n_tries > 1:
        p *= whole_power(company.rules[0].behaviour.attention.further_attempt, row.n_tries - 1)
    p *= depth.effect(company.rules[0].behaviour.goodwill.bare_connect, row.contact)
    if uniform(company.world[0].seed, Purpose.CONNECT, row.prospect, row.n_attempts) < p:
        talk(company, rep, lead, today)
        return depth.hours_of(company, work.contact_h + work.talk_h, row.contact)
    leave(company, queues.DESK, lead)
    if row.n_tries < attempts_allowed(company, rep, lead):
        schedule(company, lead, min(today + work.attempt_gap_d, row.day_window_end))
    else:
        lead_worth.remember_lead(company, rep, row.marketer, 0.0)
        give_back_or_drop(company, lead, today, True)
    return depth.hours_of(company, work.contact_h, row.contact)


@compiled
def _depth_of_contact(company, rep, lead):
    """How well a rep prepares and leads a contact, 0 to 1: by what the lead promises at a glance, and what is owed."""
    row, laws, work = company.lead[lead], company.rules[0].behaviour.goodwill, company.rules[0].behaviour.work
    chance = lead_worth.chance_after_glance(company, rep, lead)
    at_stake = chance * (1.0 - laws.bare_connect * laws.bare_talk)
    own = at_stake * (company.rep[rep].project_worth + common_reward.pool_of_rep(company, rep, row.value))
    return goodwill.depth_of_rep(company, rep, row.marketer, own, work.contact_h + 0.5 * work.talk_h)


@compiled
def _take_up(company, lead, today, share_of_day):
    """The first attempt: the lead counts as accepted, and the hours since it came are its response time."""
    row = company.lead[lead]
    if row.day_contacted == NEVER:
        company.book[today].n_sal += 1
        tally.count_accepted(company, row.marketer)
        causes.remember_handling(company, 0.0)
    note_contact(company, lead, today)
    row.response_h = response_hours(company, lead, today, share_of_day)
    move(company, lead, Status.ACCEPTED, today)
    trust.lead_worked(company, lead)
    _read_note(company, lead)


@compiled
def _read_note(company, lead):
    """A rep reads what Marketing writes of a lead: as much is known of the buyer as it tells and the rep believes."""
    row, laws = company.lead[lead], company.rules[0].behaviour.goodwill
    believed = depth.effect(0.0, row.note) * company.trust_in_marketer[row.owner, row.marketer]
    learn_need(company, lead, laws.by_note * believed)
    goodwill.rep_is_treated(company, row.owner, row.marketer, row.note)


@compiled
def learn_need(company, lead, share):
    """Its rep comes to know the `share` 0 to 1 of what was not known yet of how a buyer's need differs from others'."""
    row = company.lead[lead]
    row.known += share * (1.0 - row.known)


@compiled
def forget_need(company, lead):
    """A rep who leaves takes along part of what was known of a buyer."""
    company.lead[lead].known *= 1.0 - company.rules[0].people.new_face_loss


@compiled
def note_contact(company, lead, today):
    """A rep has turned to a lead."""
    company.lead[lead].day_contacted = today


@compiled
def response_hours(company, lead, today, share_of_day):
    """Hours from the moment Marketing handed a lead over until a rep turns to it, nights and weekends included.

    The buyer waits from then on, whether the lead travels or lies on a desk. Inside a day the lead comes at a random
    hour, and the rep looks at new leads every so often.
    """
    row, hours_per_day = company.lead[lead], company.rules[0].people.hours_per_day
    u_came, u_look, _, _ = uniforms4(company.world[0].seed, Purpose.RESPONSE_HOUR, row.prospect, row.n_handed)
    wait = u_look * hours_between_looks(company, share_of_day)
    nights = HOURS_PER_CALENDAR_DAY - hours_per_day
    if today == row.day_mql:
        is_overnight = u_came * hours_per_day + wait > hours_per_day
        return wait + (nights if is_overnight else 0.0)
    weekends = today // DAYS_PER_WEEK - row.day_mql // DAYS_PER_WEEK
    days = today - row.day_mql + 2 * weekends
    return max(0.0, days * HOURS_PER_CALENDAR_DAY - u_came * hours_per_day + wait)


@compiled
def p_connect(company, response_h, interest):
    """Probability that one attempt reaches a marketing lead.

    Falls with the response time in hours (exponentially, to a floor) and with interest 0 to 1 (to half).
    Source: facts 1.3. Worked number: floor 0.3, tau 8 h: 24 h leave 0.3 + 0.7 exp(-3) = 0.335 of the best.
    """
    attention = company.rules[0].behaviour.attention
    speed = attention.speed_floor + (1.0 - attention.speed_floor) * exp(-response_h / attention.speed_tau_h)
    return attention.p_connect * speed * (0.5 + 0.5 * interest)


@compiled
def talk(company, rep, lead, today):
    """A first talk: both learn, and the rep judges whether there is a project."""
    row, laws = company.lead[lead], company.rules[0].behaviour.goodwill
    beliefs.hear_buyer(company, rep, row, today)
    learn_need(company, lead, laws.by_talk * depth.effect(0.0, row.contact))
    contacts.engage(company, lead, company.rules[0].behaviour.deals.engaged_by_talk * depth.effect(0.0, row.contact))
    lift = company.rules[0].behaviour.attention.talk_lift * _light(company, lead)
    raise_interest(company, lead, today, lift * pitch_fit(company, rep, lead, today))
    goodwill.marketer_is_treated(company, row.marketer, rep, row.contact)
    is_good = seems_worth_selling(company, rep, lead, today)
    tape.write(company, today, Event.TALK, (row.prospect, rep), 1.0 if is_good else 0.0)
    causes.remember_verdict(company, is_good)
    lead_worth.remember_lead(company, rep, row.marketer, 1.0 if is_good else 0.0)
    if is_good:
        tally.count_good(company, row.marketer)
        company.book[today].n_good += 1
        trust.lead_judged(company, lead, trust.GOOD)
        goodwill.rep_is_treated(company, rep, row.marketer, 1.0)
        tally.count_found(company, rep)
        leave(company, queues.DESK, lead)
        feedback.tell_outcome(company, lead, today, 0, True)
        hand_off.pass_to_executive(company, lead, today)
    else:
        is_junk = quality_now(company, row, today) < company.rules[0].behaviour.work.junk_below
        trust.lead_judged(company, lead, trust.JUNK if is_junk else trust.EARLY)
        if is_junk:
            goodwill.rep_is_treated(company, rep, row.marketer, 0.0)
        feedback.tell_outcome(company, lead, today, 0, False)
        give_back_or_drop(company, lead, today, not is_junk)


@compiled
def pitch_fit(company, rep, lead, today):
    """Relevance 0 to 1 of what a rep says for what this buyer needs.

    The rep says what the segment is believed to need, adjusted by what is known of the buyer across the table.
    """
    row = company.lead[lead]
    belief, need, unknown = company.rep_belief[rep, row.segment], company.needs[today, row.segment], 1.0 - row.known
    return relevance(belief[0], belief[1], need[0] + unknown * row.need_x, need[1] + unknown * row.need_y)


@compiled
def seems_worth_selling(company, rep, lead, today):
    """A rep's judgement after a talk with a marketing lead."""
    row = company.lead[lead]
    u = uniform(company.world[0].seed, Purpose.JUDGEMENT, row.prospect, row.n_handed)
    return judged(company, rep, row, today, (u, _light(company, lead)))


@compiled
def _light(company, lead):
    """What a first talk brings to light, 0 to 1: by how well it is led, and how well the rep was prepared for it."""
    row, laws = company.lead[lead], company.rules[0].behaviour.goodwill
    read = row.note * company.trust_in_marketer[row.owner, row.marketer]
    return depth.effect(laws.bare_talk, row.contact) * depth.effect(laws.bare_prepared, read)


@compiled
def judged(company, rep, it, today, talked):
    """Whether a lead seems worth selling: its true quality, seen with an error, against the bar for opening.

    `it` is a row of `lead`, or of `prospect`: a rep who prospects talks to people before the company knows them.
    `talked` is the luck of the talk and how much of a project it brings to light, 0 to 1; that there is none shows by
    itself. Who is new errs more. The bar is higher while deals pile up on the account executives' desks.
    """
    u, light = talked
    work = company.rules[0].behaviour.work
    bar = work.opening_bar + work.busy_bar * company.pile[0].deal_pile
    noise = work.judging_noise / (experience.readiness(company, rep) * company.rep[rep].judging)
    quality = quality_now(company, it, today)
    return (quality * light if quality > 0.0 else quality) + noise * normal_from(u) > bar


@in_place
def give_back_or_drop(company, lead, today, is_worth_keeping):
    """A lead that came to nothing now: back to Marketing for a rest, if that is the practice, else lost."""
    row, rules = company.lead[lead], company.rules[0]
    leave(company, queues.DESK, lead)
    if not (is_worth_keeping and (rules.practices.recycling or _is_passed_on(company, lead))):
        close_lead(company, lead, Status.LOST, today)
        return
    hand_off.give_to(company, lead, NOBODY, today)
    company.book[today].n_recycled += 1
    move(company, lead, Status.RECYCLED, today)
    schedule(company, lead, min(today + rules.behaviour.work.recycle_rest_d, row.day_window_end))


@compiled
def _is_passed_on(company, lead):
    """Whether a rep gives a lead back that will be ready later though no rule asks for it: by what is owed and told.

    Among people who meet it is told in passing.
    """
    row, rules = company.lead[lead], company.rules[0]
    told = goodwill.told_by_rep(company, row.owner)
    in_passing = rules.practices.informal_contact_h_per_week * rules.behaviour.trust.passed_on
    p = max(in_passing * told, rules.behaviour.goodwill.discretion * told)
    return uniform(company.world[0].seed, Purpose.PASSED_ON, row.prospect, row.n_handed) < p
