"""A marketer: studies the market, designs campaigns, scores and nurtures leads, and minds what the job pays for."""

import math

import numpy as np

from scenarios.run_length import DAYS_PER_WEEK
from simulation import campaigns, experience, offers, queues, tape
from simulation.agents import handle
from simulation.border import (
    bar,
    beliefs,
    content,
    disputes,
    go_betweens,
    hand_off,
    meetings,
    owed_hours,
    qualification,
    training,
)
from simulation.border.bar import mind_the_bar
from simulation.compiled import compiled, in_place
from simulation.elementary import power
from simulation.interest import raise_interest
from simulation.ledger import Hours, marketer_spends, up_to
from simulation.management import common_reward, marketing_pay, tally
from simulation.quality import quality_now
from simulation.queues import NEVER, NOBODY, leave, schedule
from simulation.randomness import Purpose, normal_from, uniform, uniforms4
from simulation.tape import Event

MARKETER = np.dtype(
    [
        ("key", "i8"),  # identity for random draws
        ("skill", "f8"),  # 1 is average
        ("bar", "f8"),  # score a lead needs to be handed over, standard deviations
        ("told", "f8"),  # share 0..1 of what is known, told the other side when both last exchanged views
        ("account", "f8"),  # mean of how reps have treated this person, 0..1
        ("care", "f8"),  # 0..1, with which signs are read
        ("n_mql", "i8"),  # leads handed over for the first time this quarter
        ("n_accepted", "i8"),  # of them taken up by Sales
        ("n_good", "i8"),  # of them found to have a project
        ("known_good", "f8"),  # running count of outcomes heard of: projects
        ("known", "f8"),  # and all
        ("typed_in_good", "f8"),  # outcomes of own leads that wait in the CRM: projects
        ("typed_in", "f8"),  # and all
        ("pipeline", "f8"),  # EUR, list price of opportunities from these leads this quarter
        ("upstream_h", "f8"),  # hours of preparing tomorrow's business this quarter
        ("win_pay", "f8"),  # EUR for wins from own leads this quarter, where credit is shared
        ("pay_total", "f8"),  # EUR of variable pay so far
        ("trained_h", "f8"),  # hours of joint training this quarter
        ("owed_help_h", "f8"),  # hours of help promised to Sales, to be taken from the next days
        ("content_h", "f8"),  # hours put into content that is not finished yet
        ("n_items", "i8"),  # content finished so far
        ("is_upstream", "i4"),  # hired to prepare tomorrow's business
        ("share", "f8", (len(Hours),)),  # of the hours that inquiries leave today, for each use
        ("research_h", "f8"),  # hours put into the survey under way
        ("talks_h", "f8"),  # hours for talks with buyers that have not been had yet
        ("scoring_h_ahead", "f8"),  # hours spent scoring beyond those there were (negative)
        ("hours", "f8", (len(Hours),)),  # hours spent so far, by what on
    ],
    align=True,
)
SEGMENTS_AT_MOST = 4096  # more than any market has
TALKS_PER_WEEK = 1_000_000  # more than anybody can have in a week
MARKETER_KEYS = 2_000_000  # keys of marketers start here


@compiled
def hire_marketers(company):
    """Everybody in Marketing on the first day."""
    rules, n_people = company.rules[0], company.marketer.shape[0]
    every = rules.behaviour.learning.research_every_d
    for marketer in range(n_people):
        row = company.marketer[marketer]
        row.key = MARKETER_KEYS + marketer
        bar.agree(company, marketer)
        u = uniform(company.world[0].seed, Purpose.MARKETER_SKILL, row.key, 0)
        row.skill = experience.skill_by(rules, u, 0.0)
        row.research_h = rules.behaviour.work.research_h * (marketer * every // n_people) / every  # begun before
        beliefs.begin_marketer(company, marketer)
    take_roles(company)


@compiled
def take_roles(company):
    """The last marketers work upstream, as many as the company wants to; one may live with Sales."""
    practices, n_people = company.rules[0].practices, company.marketer.shape[0]
    first_upstream = n_people - int(practices.upstream_share * n_people + 0.5)
    for marketer in range(n_people):
        company.marketer[marketer].is_upstream = marketer >= first_upstream
    go_betweens.choose_liaison(company, first_upstream)


@compiled
def work_the_day(company, marketer, today):
    """A marketer's day: what is due, inquiries in turn; what is left goes to content, upstream work and campaigns."""
    hours = begin_the_day(company, marketer, today)
    hours = do_research(company, marketer, hours, today)
    hours = meet_buyers(company, marketer, hours, today)
    hours = live_with_sales(company, marketer, hours, today)
    mind_the_bar(company, marketer, today)
    hours = correct_campaigns(company, marketer, hours, today)
    hours = work_inquiries(company, marketer, hours, today)
    plan_the_day(company, marketer)
    share = company.marketer[marketer].share
    make_content(company, marketer, hours * share[Hours.CONTENT], today)
    work_upstream(company, marketer, hours * share[Hours.REPORTS], today)
    campaign(company, marketer, hours * share[Hours.PROSPECTING], today)


@compiled
def begin_the_day(company, marketer, today):
    """What a marketer can't choose comes first; returns the hours that are free.

    That is administration, meetings, training, an exchange, disputes, and the help that was promised.
    """
    row, people = company.marketer[marketer], company.rules[0].people
    hours = people.hours_per_day
    hours -= marketer_spends(company, marketer, Hours.ADMIN, up_to(hours, hours * people.admin_share_marketing), today)
    met = meetings.hours_today(company, today) + meetings.directory_hours(company, marketer)
    hours -= marketer_spends(company, marketer, Hours.MEETING, up_to(hours, met), today)
    due = meetings.training_hours(company, today)
    trained = marketer_spends(company, marketer, Hours.TRAINING, up_to(hours, due), today)
    training.marketer_trains(company, marketer, trained)
    hours -= trained
    away = go_betweens.share_of_marketer_away(company, marketer) * people.hours_per_day
    hours -= marketer_spends(company, marketer, Hours.TRAINING, up_to(hours, away), today)
    hours -= marketer_spends(company, marketer, Hours.DISPUTES, up_to(hours, disputes.hours_today(company)), today)
    helped = marketer_spends(company, marketer, Hours.OPPORTUNITIES, up_to(hours, row.owed_help_h), today)
    owed_hours.marketer_works_off(company, marketer, helped)
    return hours - helped


@compiled
def do_research(company, marketer, hours, today):
    """A survey every so often: broad and exact, but it tells how things were. Returns the hours left of the day.

    Marketers take turns, so that surveys spread over the calendar; one takes several days' hours, booked as they pass,
    and tells the less the fewer of them there were.
    """
    every, needed = company.rules[0].behaviour.learning.research_every_d, company.rules[0].behaviour.work.research_h
    row, used = company.marketer[marketer], min(hours, needed / every)
    row.research_h += used
    marketer_spends(company, marketer, Hours.REPORTS, used, today)
    if (today + marketer * every // company.marketer.shape[0]) % every == every - 1:
        _read_survey(company, marketer, today, min(1.0, row.research_h / needed) if needed > 0.0 else 1.0)
        row.research_h = 0.0
    return hours - used


@compiled
def _read_survey(company, marketer, today, done):
    """Beliefs move to what the survey found, for all segments, as far as it was `done`, 0 to 1."""
    learning, seed = company.rules[0].behaviour.learning, company.world[0].seed
    asked = max(0, today - learning.research_lag_d)
    for segment in range(company.segment.shape[0]):
        key = company.marketer[marketer].key * SEGMENTS_AT_MOST + segment
        u, v, _, _ = uniforms4(seed, Purpose.SURVEY, key, today)
        need = company.needs[asked, segment]
        found = need[0] + learning.research_noise * normal_from(u), need[1] + learning.research_noise * normal_from(v)
        beliefs.marketer_hears(company, marketer, segment, found, done * learning.from_research)


@compiled
def meet_buyers(company, marketer, hours, today):
    """Talk to buyers in person, where both sides do (dual track); returns the hours left of the day.

    Hours pass day by day; what was heard in them counts once a week, segment by segment in turn. Every second talk is
    with a customer, who has two windows into the company then.
    """
    rules, row = company.rules[0], company.marketer[marketer]
    per_week = rules.practices.customer_contact_h_per_week
    if per_week <= 0.0:
        return hours
    used = min(hours, per_week / DAYS_PER_WEEK)
    row.talks_h += used
    marketer_spends(company, marketer, Hours.CUSTOMERS, used, today)
    if today % DAYS_PER_WEEK == DAYS_PER_WEEK - 1:
        n_talks = int((row.talks_h + queues.DONE) / rules.behaviour.work.talk_h)
        row.talks_h = max(0.0, row.talks_h - n_talks * rules.behaviour.work.talk_h)
        for turn in range(n_talks):
            _hear_buyer(company, marketer, turn, today)
    return hours - used


@compiled
def live_with_sales(company, marketer, hours, today):
    """The liaison gives Sales a share of the hours that research and talks have left; returns what remains of them."""
    with_sales = hours * go_betweens.share_living_with_sales(company, marketer)
    return hours - marketer_spends(company, marketer, Hours.MEETING, up_to(hours, with_sales), today)


@compiled
def _hear_buyer(company, marketer, turn, today):
    """One talk: the marketer learns what one buyer needs, as a rep would, and a customer is heard."""
    rules, key = company.rules[0], company.marketer[marketer].key
    n_segments = company.segment.shape[0]
    week = today // DAYS_PER_WEEK
    segment = (week + turn + marketer) % n_segments
    u, v, _, _ = uniforms4(company.world[0].seed, Purpose.MARKETER_HEARS, key, TALKS_PER_WEEK * week + turn)
    need, spread = company.needs[today, segment], rules.market.need_spread
    heard = need[0] + spread * normal_from(u), need[1] + spread * normal_from(v)
    beliefs.marketer_hears(company, marketer, segment, heard, rules.behaviour.learning.from_talk)
    if turn % 2 == 1:
        offers.hear_customer(company, segment)


@compiled
def correct_campaigns(company, marketer, hours, today):
    """A new design cannot wait for the desk to be empty: most free hours go to it; returns the hours left."""
    given = company.rules[0].behaviour.campaigning.redesign_first * hours
    left = _design(company, marketer, given, today)
    marketer_spends(company, marketer, Hours.PROSPECTING, given - left, today)
    return hours - given + left


@compiled
def _design(company, marketer, hours, today):
    """Work on new designs that are under way; returns the hours they leave."""
    for segment in range(company.segment.shape[0]):
        design = company.campaign[segment]
        if design.owner == marketer and design.h_left > 0.0:
            hours = campaigns.go_on_designing(company, marketer, segment, hours, today)
    return hours


@compiled
def plan_the_day(company, marketer):
    """Divide the hours that inquiries leave: write down the share of them for each use, adding up to 1.

    A choice with bounded knowledge: a use gets hours by what it is believed to add to the own pay, and by duty.
    Upstream work pays only those who are measured by what they prepare.
    """
    row, rules = company.marketer[marketer], company.rules[0]
    laws, sharpness = rules.behaviour.upstream, rules.behaviour.work.choice_sharpness
    duty, share = rules.behaviour.work.duty, row.share
    leads, deals, future = measured_by(company, marketer)
    mine = 1.0 if row.is_upstream else laws.duty_upstream
    share[Hours.PROSPECTING] = power(duty + leads + deals, sharpness)
    share[Hours.CONTENT] = power(duty + laws.content_for_leads * leads + laws.content_for_deals * deals, sharpness)
    share[Hours.REPORTS] = power(mine * duty + future, sharpness)
    whole = share[Hours.PROSPECTING] + share[Hours.CONTENT] + share[Hours.REPORTS]
    if whole <= 0.0:
        share[Hours.PROSPECTING] = whole = 1.0
    share[Hours.PROSPECTING] /= whole
    share[Hours.CONTENT] /= whole
    share[Hours.REPORTS] /= whole


@compiled
def measured_by(company, marketer):
    """Parts 0 to 1 of variable pay that follow leads, deals, and what is prepared for tomorrow."""
    own = common_reward.individual_share(company)
    if marketing_pay.is_for_tomorrow(company, marketer):
        return 0.0, 1.0 - own, own
    w_mql, w_project, w_pipeline, w_revenue = marketing_pay.weights(company)
    return w_mql + 0.5 * w_project, 0.5 * w_project + w_pipeline + w_revenue + 1.0 - own, 0.0


@compiled
def make_content(company, marketer, hours, today):
    """Make what helps readers and reps; more skilled marketers get more of it done."""
    marketer_spends(company, marketer, Hours.CONTENT, hours, today)
    content.make(company, marketer, hours * experience.skill_of_marketer(company, marketer), today)


@compiled
def work_upstream(company, marketer, hours, today):
    """Sense the market, speak for buyers in product development, prepare tomorrow's segments."""
    marketer_spends(company, marketer, Hours.REPORTS, hours, today)
    tally.count_upstream(company, marketer, hours)
    offers.work_upstream(company, marketer, hours, today)


@compiled
def work_inquiries(company, marketer, hours, today):
    """See to the leads on the desk, the newest request first, then the longest waiting; returns the hours left."""
    row, desk = company.marketer[marketer], queues.inquiry_desk(company, marketer)
    balance = hours + row.scoring_h_ahead
    while balance > 0.0:
        lead = queues.first(company, desk)
        if lead == NOBODY:
            break
        balance -= _see_to(company, marketer, lead, today)
    unused = max(0.0, balance)
    row.scoring_h_ahead = min(0.0, balance)
    marketer_spends(company, marketer, Hours.LEADS, hours - unused, today)
    return unused


@compiled
def _see_to(company, marketer, lead, today):
    """Hand over who asks for a call; score others, old acquaintances after a nurturing touch. Returns the hours."""
    row, work = company.lead[lead], company.rules[0].behaviour.work
    if row.day_asked != NEVER and row.n_handed == 0:
        return _hand_over(company, lead, today)
    hours = qualification.qualify_hours(company, marketer)
    if row.n_scored > 0 or row.n_handed > 0:
        _nurture(company, lead, today)
        hours = work.nurture_h * qualification.by_hand(company)
    row.n_scored += 1
    score, bar = qualification.score(company, lead, quality_now(company, row, today)), company.marketer[marketer].bar
    tape.write(company, today, Event.SCORED, (row.prospect, marketer), score - bar)
    if score >= bar:
        return hours + _hand_over(company, lead, today)
    leave(company, queues.DESK, lead)
    every = company.rules[0].practices.nurture_every_d
    if not math.isnan(every) and row.n_nurtured < work.nurture_touches_max:
        schedule(company, lead, min(today + int(every), row.day_window_end))
    return hours


@in_place
def _hand_over(company, lead, today):
    """Pass a lead on to Sales; returns the hours: the more, the sooner it is there and the fuller the note."""
    delay = hand_off.hand_over(company, lead, today)
    passing = company.rules[0].behaviour.work.hand_off_h / (1 + delay)
    return qualification.by_hand(company) * passing + hand_off.note_hours(company, lead)


@compiled
def _nurture(company, lead, today):
    """Send something useful: a relevant message keeps interest up."""
    row = company.lead[lead]
    row.n_nurtured += 1
    tape.write(company, today, Event.NURTURED, (row.prospect, row.marketer), 0.0)
    campaigns.promise(company, lead)
    fit = campaigns.relevance_for(company, company.lead[lead], today)
    raise_interest(company, lead, today, company.rules[0].behaviour.attention.nurture_lift * fit)


@compiled
def campaign(company, marketer, hours, today):
    """Redesign what says the wrong thing; run what runs. More hours, and more skilled ones, make more of a budget."""
    marketer_spends(company, marketer, Hours.PROSPECTING, hours, today)
    hours = _design(company, marketer, hours, today)
    for segment in range(company.segment.shape[0]):
        design = company.campaign[segment]
        if design.owner == marketer and design.h_left <= 0.0:
            campaigns.look_for_error(company, segment, today)
    campaigns.run(company, hours * experience.skill_of_marketer(company, marketer))  # what designing has left


__getattr__ = handle.late("Marketer")
