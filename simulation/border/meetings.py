"""Joint meetings and informal contact: what they cost each person, and what they move."""

import math

from scenarios.run_length import DAYS_PER_QUARTER, DAYS_PER_WEEK
from simulation.border import beliefs, qualification, trust
from simulation.compiled import compiled
from simulation.queues import NEVER


@compiled
def is_meeting_day(company, today):
    """Whether there is a joint meeting today; a cadence of NaN means never."""
    every = company.rules[0].practices.meeting_every_d
    return not math.isnan(every) and today % int(every) == int(every) - 1


@compiled
def hours_today(company, today):
    """Hours each person spends with the other side today: a meeting, if there is one, and informal contact."""
    practices = company.rules[0].practices
    hours = practices.informal_contact_h_per_week / DAYS_PER_WEEK
    if is_meeting_day(company, today):
        hours += practices.meeting_h * practices.meeting_attendance
    return hours


@compiled
def hold(company, today):
    """Everything that comes of people meeting today."""
    if is_meeting_day(company, today):
        _meet(company, today)
    if today % DAYS_PER_WEEK == DAYS_PER_WEEK - 1:
        _chat(company)


@compiled
def _meet(company, today):
    """A joint meeting: tell what is new, argue or blame. It is worth what has happened since the last one."""
    state, rules = company.state[0], company.rules[0]
    practices, laws = rules.practices, rules.behaviour.trust
    held = substance(company) * practices.meeting_attendance
    useful = practices.meeting_discipline * held
    if state.day_met != NEVER:
        useful *= novelty(company, today - state.day_met)
    beliefs.exchange(company, useful * rules.behaviour.learning.from_meeting)
    for segment in range(company.segment.shape[0]):
        campaign = company.campaign[segment]
        qualification.learn_outcomes(company, segment, campaign.n_untold * useful)
        campaign.n_untold = 0.0
    wasted = (1.0 - practices.meeting_discipline) * held
    trust.all_move(company, laws.met * useful, laws.blamed * wasted * behind_target(company, today))
    state.day_met = today
    state.n_meetings += 1


@compiled
def substance(company):
    """Share of what there is to say that gets said, by the length of the meeting as far as people's day allows.

    Worked number: 63 % in meeting_talk_h hours.
    """
    rules = company.rules[0]
    free = rules.people.hours_per_day * (1.0 - max(rules.people.admin_share_sales, rules.people.admin_share_marketing))
    return 1.0 - math.exp(-min(rules.practices.meeting_h, free) / rules.behaviour.learning.meeting_talk_h)


@compiled
def novelty(company, days_since):
    """Share of all a meeting can have to tell after `days_since` days. Worked number: 63 % after novelty_d days."""
    return 1.0 - math.exp(-days_since / company.rules[0].behaviour.learning.novelty_d)


@compiled
def behind_target(company, today):
    """How far new contracts of this quarter lag behind the sales target, 0 (on target) to 1 (nothing sold)."""
    state = company.state[0]
    due = state.sales_target * ((today % DAYS_PER_QUARTER) + 1) / DAYS_PER_QUARTER
    return min(1.0, max(0.0, 1.0 - state.bookings_quarter / due)) if due > 0.0 else 0.0


@compiled
def _chat(company):
    """A week of informal contact: small talk carries news and builds trust."""
    rules = company.rules[0]
    hours = rules.practices.informal_contact_h_per_week
    if hours > 0.0:
        beliefs.exchange(company, min(1.0, hours * rules.behaviour.learning.from_informal_h))
        trust.all_move(company, min(1.0, hours * rules.behaviour.trust.informal), 0.0)
