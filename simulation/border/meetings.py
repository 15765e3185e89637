"""Joint meetings, brainstorms, deal reviews and informal contact: what they cost each person, and what they move."""

import math

import numpy as np

from scenarios.run_length import DAYS_PER_QUARTER, DAYS_PER_WEEK
from simulation import campaigns, tape
from simulation.border import alarm, bar, beliefs, disputes, feedback, goodwill, trust
from simulation.compiled import compiled
from simulation.elementary import exp
from simulation.management import budget, standing, targets
from simulation.queues import NEVER, NOBODY
from simulation.relevance import distance
from simulation.tape import Event, Gathering

DIARY = np.dtype(
    [
        ("meeting", "i8"),  # joint meeting of today: none, planned or called
        ("day_met", "i8"),  # last joint meeting
        ("expected", "f8"),  # part of its time that people expect a joint meeting to serve, 0..1
        ("stay_away", "f8"),  # share of those who are asked to the meeting of today who do not come, 0..1
    ]
)
NO_MEETING, PLANNED, CALLED = 0, 1, 2  # what is in the diary of a day


@compiled
def setup_hours_today(company):
    """Hours everybody gives today to what is changed."""
    return min(company.rules[0].behaviour.change.setup_h_per_day, company.learning[0].setup_h)


@compiled
def comes_round(every, today):
    """Whether something that comes every so many days comes today; NaN is never."""
    return not math.isnan(every) and today % int(every) == int(every) - 1


@compiled
def is_meeting_day(company, today):
    """Whether there is a planned joint meeting today."""
    return comes_round(company.rules[0].practices.meeting_every_d, today)


@compiled
def open_diary(company, today):
    """In the morning: whether people meet today, as planned or, where there is no plan, as they have been called."""
    unplanned = CALLED if disputes.answer_call(company) else NO_MEETING
    company.diary[0].meeting = PLANNED if is_meeting_day(company, today) else unplanned
    company.diary[0].stay_away = _stay_away(company)


@compiled
def _stay_away(company):
    """Share 0 to 1 who skip a joint meeting: the less the last ones brought, and nobody where managers stand behind it.

    Worked number: meetings that bring half of what makes everybody come, a skipping of 1 and a support of 0.2 keep 0.4
    away.
    """
    together = company.rules[0].behaviour.together
    missing = 1.0 - min(1.0, company.diary[0].expected / together.worth_coming)
    return together.skipping * missing * (1.0 - company.rules[0].practices.senior_support)


@compiled
def attendance(company):
    """Share 0 to 1 of both sides who come to the joint meeting of today."""
    return company.rules[0].practices.meeting_attendance * (1.0 - company.diary[0].stay_away)


@compiled
def hours_today(company, today):
    """Hours each person spends with the other side today: meetings, informal contact, and quarrels put aside.

    A disciplined meeting takes hours of preparation. Worked number: an hour at a discipline of 0.8 takes 1.4 hours.
    """
    rules, practices = company.rules[0], company.rules[0].practices
    hours = practices.informal_contact_h_per_week / DAYS_PER_WEEK + setup_hours_today(company)
    if company.diary[0].meeting == PLANNED:
        prepared = 1.0 + rules.behaviour.together.preparation * practices.meeting_discipline
        hours += practices.meeting_h * attendance(company) * prepared
    if company.diary[0].meeting == CALLED:
        hours += rules.behaviour.together.called_h * attendance(company)
    if comes_round(practices.brainstorm_every_d, today):
        hours += rules.behaviour.together.brainstorm_h * _share_in_brainstorm(company)
    if comes_round(practices.deal_review_every_d, today):
        hours += rules.behaviour.together.review_h
    return hours


@compiled
def _share_in_brainstorm(company):
    """Share of the people of both sides who come to a brainstorm, 0 to 1."""
    return min(1.0, company.rules[0].practices.brainstorm_people / (company.rep.shape[0] + company.marketer.shape[0]))


@compiled
def training_hours(company, today):
    """Hours everybody spends in joint training today: spread over a week of the quarter."""
    hours = company.rules[0].practices.joint_training_h_per_quarter
    day = today % DAYS_PER_QUARTER - company.rules[0].behaviour.together.training_from_d
    return hours / DAYS_PER_WEEK if 0 <= day < DAYS_PER_WEEK else 0.0


@compiled
def directory_hours(company, marketer):
    """Hours a day the first marketer gives to keeping up the directory and the personas, if there are any."""
    practices, together = company.rules[0].practices, company.rules[0].behaviour.together
    if marketer > 0:
        return 0.0
    per_week = practices.directory * together.directory_h_per_week + practices.personas * together.personas_h_per_week
    return per_week / DAYS_PER_WEEK


@compiled
def upkeep_hours(company, manager):
    """Hours a day the first manager gives to what people have in common.

    That is showing each side the other's numbers, the culture, and what both sides settle anew each quarter: who gets
    the money, what Sales may take of campaigns, the bar for leads, how many leads Sales can handle, what Marketing says
    where Sales has a say in it. Worked number: with a bar set by both, and nothing else, an hour a week is 0.2 hours a
    day.
    """
    practices, together = company.rules[0].practices, company.rules[0].behaviour.together
    if manager > 0:
        return 0.0
    n_settled = (practices.budget_rule != budget.HISTORY) + (practices.bar_set_by == bar.BOTH)
    n_settled += (practices.lead_target == bar.CAPACITY) + (practices.sales_use_of_campaigns > 0.0)
    n_settled += standing.say_of_sales(company) > 0.0
    per_week = together.settling_h_per_week * n_settled
    per_week += together.numbers_h_per_week * practices.shared_numbers
    return (per_week + together.culture_h_per_week * practices.shared_responsibility) / DAYS_PER_WEEK


@compiled
def hold(company, today):
    """Everything that comes of people meeting today."""
    practices, together = company.rules[0].practices, company.rules[0].behaviour.together
    if company.diary[0].meeting == PLANNED:
        _gather(company, today, Gathering.PLANNED_MEETING, attendance(company))
        _meet(company, today, practices.meeting_discipline, substance(company, practices.meeting_h))
    elif company.diary[0].meeting == CALLED:
        _gather(company, today, Gathering.CALLED_MEETING, attendance(company))
        _meet(company, today, together.called_discipline, substance(company, together.called_h))
    if comes_round(practices.brainstorm_every_d, today):
        _brainstorm(company, today)
    if comes_round(practices.deal_review_every_d, today):
        _review_deals(company, today)
    if today % DAYS_PER_WEEK == DAYS_PER_WEEK - 1:
        _chat(company, today)


@compiled
def _gather(company, today, what_for, share):
    """The `share` 0 to 1 of both sides meets."""
    tape.write(company, today, Event.MEETING, (what_for, NOBODY), share)


@compiled
def _meet(company, today, discipline, said):
    """A joint meeting: tell what is new, argue or blame. It is worth what has happened since the last one."""
    diary, rules = company.diary[0], company.rules[0]
    held = said * attendance(company)
    done = rules.behaviour.together.carried_out
    news = news_since(company, today - diary.day_met, today) if diary.day_met != NEVER else 1.0
    useful = discipline * held * (done + (1.0 - done) * rules.practices.senior_support) * news
    _remember(company, discipline * said * (done + (1.0 - done) * rules.practices.senior_support) * news)
    campaigns.brief(company, discipline * held)
    campaigns.talk_over_again(company, held * (1.0 - news))
    campaigns.hear_alarm(company, held * alarm.room(company, today - diary.day_met))  # trouble needs no agenda
    beliefs.exchange(company, useful * rules.behaviour.learning.from_meeting)
    feedback.hear_outcomes(company, useful)
    aired = useful * rules.behaviour.conflict.aired * disputes.warmth_between(company)
    disputes.argue(company, aired, disputes.AT_A_MEETING, today)
    wasted = (1.0 - discipline) * held
    laws = rules.behaviour.trust
    trust.all_move(company, laws.met * useful, 0.0)
    goodwill.all_feel(company, laws.met * useful, laws.blamed * wasted * targets.behind_target(company, today))
    diary.day_met = today


@compiled
def _remember(company, brought):
    """What people expect of the next joint meeting moves towards the part 0 to 1 of its time that this one served."""
    diary = company.diary[0]
    diary.expected += company.rules[0].behaviour.together.last_meetings * (brought - diary.expected)


@compiled
def substance(company, hours):
    """Share of what there is to say that gets said in a meeting of so many hours, as far as people's day allows.

    Worked number: 63 % in meeting_talk_h hours.
    """
    rules = company.rules[0]
    free = rules.people.hours_per_day * (1.0 - max(rules.people.admin_share_sales, rules.people.admin_share_marketing))
    return 1.0 - exp(-min(hours, free) / rules.behaviour.learning.meeting_talk_h)


@compiled
def novelty(company, days_since, moved):
    """Share of all a meeting can have to tell: half of it comes with time, half with what has changed in the market.

    `days_since` the last meeting, and by how many need units needs have `moved` since, on average over segments.
    Worked number: 63 % after novelty_d days in which needs moved by novelty_need.
    """
    learning = company.rules[0].behaviour.learning
    return 1.0 - exp(-0.5 * (days_since / learning.novelty_d + moved / learning.novelty_need))


@compiled
def news_since(company, days, today):
    """Share of all there can be to tell that has come up in the last `days` days, 0 to 1."""
    moved, n_segments = 0.0, company.segment.shape[0]
    for day in range(max(1, today - int(days) + 1), today + 1):
        for segment in range(n_segments):
            now, before = company.needs[day, segment], company.needs[day - 1, segment]
            moved += distance(now[0], now[1], before[0], before[1])
    return novelty(company, days, moved / n_segments)


@compiled
def _brainstorm(company, today):
    """Both sides pool what they know of the market, as far as people come; beyond some more have no more ideas."""
    together, practices = company.rules[0].behaviour.together, company.rules[0].practices
    useful = min(practices.brainstorm_people, together.brainstorm_most) / together.brainstorm_most
    news = news_since(company, practices.brainstorm_every_d, today)
    _gather(company, today, Gathering.BRAINSTORM, _share_in_brainstorm(company))
    beliefs.exchange(company, together.from_brainstorm * useful * news)
    campaigns.brief(company, _share_in_brainstorm(company))


@compiled
def _review_deals(company, today):
    """Both sides go through deals won and lost: reps learn from each other, and Marketing hears how leads ended."""
    _gather(company, today, Gathering.DEAL_REVIEW, 1.0)
    share = company.rules[0].behaviour.together.from_review
    share *= news_since(company, company.rules[0].practices.deal_review_every_d, today)
    beliefs.pool_among_reps(company, share)
    feedback.hear_outcomes(company, share)


@compiled
def _chat(company, today):
    """A week of informal contact: small talk carries news, takes the edge off and builds trust."""
    rules = company.rules[0]
    hours = rules.practices.informal_contact_h_per_week
    if hours > 0.0:
        campaigns.hear_alarm(company, min(1.0, hours * rules.behaviour.alarm.heard_in_passing))
        share = min(1.0, hours * rules.behaviour.learning.from_informal_h)
        campaigns.brief(company, share)
        beliefs.exchange(company, share)
        disputes.argue(company, share * disputes.warmth_between(company), disputes.IN_PASSING, today)
        closer = min(1.0, hours * rules.behaviour.trust.informal)
        trust.all_move(company, closer, 0.0)
        goodwill.all_feel(company, closer, 0.0)
