"""Disputes: what the two sides quarrel about, why it builds up, how it breaks out, what it costs and how it ends.

Tension about a topic builds up while its cause lasts. People who meet with an agenda and trust each other argue it out
before it hurts (functional conflict); what is not argued out breaks out one day (a dispute, dysfunctional conflict).
"""

import numpy as np

from scenarios.run_length import DAYS_PER_WEEK
from simulation import tape
from simulation.averages import mean_of_table
from simulation.border import beliefs, causes, goodwill
from simulation.border.causes import Topic
from simulation.compiled import compiled
from simulation.elementary import exp, log
from simulation.management import common_reward, marketing_pay
from simulation.queues import NOBODY
from simulation.randomness import Purpose, uniform
from simulation.tape import Ending, Event

CONFLICT = np.dtype(
    [
        ("disputes_open", "i8"),  # how many disputes are open
        ("is_called", "i8"),  # whether everybody has been called together for the next morning
        ("attainment_sales", "f8"),  # of the sales target, last quarter
        ("attainment_marketing", "f8"),  # of what Marketing is paid for, last quarter
    ]
)
AT_WORK, AT_A_MEETING, IN_PASSING, BY_THE_LIAISON = 0, 1, 2, 3  # ways to talk, each at most once a day
N_WAYS = 4

DISPUTE = np.dtype(
    [
        ("cause", "f8"),  # how bad its cause is this week, 0..1
        ("tension", "f8"),  # what has built up, 0..1
        ("is_open", "i4"),  # has broken out and is not settled
        ("day_opened", "i4"),  # when it last broke out
        ("ruling_h_left", "f8"),  # managers' hours until it is ruled
        ("n_opened", "i8"),  # times it has broken out
        ("open_days", "i8"),  # working days open so far
        ("argued", "f8"),  # tension argued out so far
    ],
    align=True,
)


@compiled
def live_with(company, today):
    """What disputes do on a day: once a week tension builds up and breaks out; every day the open ones drag on."""
    if today % DAYS_PER_WEEK == 0:
        causes.look_for(company, today)
        _argue_at_work(company, today)
        _build_up(company, today)
    n_open = 0
    for topic in range(company.dispute.shape[0]):
        row = company.dispute[topic]
        if row.is_open:
            n_open += 1
            row.open_days += 1
            _die_down(company, topic, today)
    company.conflict[0].disputes_open = n_open
    company.book[today].disputes_open = n_open


@compiled
def _build_up(company, today):
    """A week of tension, and the disputes that break out of it."""
    laws = company.rules[0].behaviour.conflict
    ease = goodwill.mean_of_both(company)
    for topic in range(company.dispute.shape[0]):
        row = company.dispute[topic]
        row.tension += laws.tension_growth * row.cause * (1.0 - row.tension) - laws.tension_fading * row.tension
        if row.is_open:
            goodwill.all_feel(company, 0.0, laws.hurt)
        elif _breaks_out(company, topic, today, laws.outbreaks * row.tension * (1.0 - ease)):
            open_one(company, topic, today)


@compiled
def _argue_at_work(company, today):
    """Where leads are seen to as they should be, people who trust each other argue about the work every week."""
    clear = 1.0 - company.impression[0].left_to_lie
    share = company.rules[0].behaviour.conflict.aired_at_work * clear * warmth_between(company)
    if share > 0.0:
        argue(company, share, AT_WORK, today)


@compiled
def warmth_between(company):
    """Mean trust of both sides in each other, 0 to 1."""
    return 0.5 * (mean_of_table(company.trust_in_marketer) + mean_of_table(company.trust_in_rep))


@compiled
def _breaks_out(company, topic, today, rate):
    """Whether tension breaks out this week at a rate of so many a week."""
    u = uniform(company.world[0].seed, Purpose.DISPUTE, topic, today)
    return u < 1.0 - exp(-rate)


@compiled
def open_one(company, topic, today):
    """A dispute breaks out; where that is the way, everybody is called together the next morning."""
    row, rules = company.dispute[topic], company.rules[0]
    row.is_open, row.day_opened, row.ruling_h_left = 1, today, ruling_hours(company)
    row.n_opened += 1
    company.book[today].n_disputes += 1
    tape.write(company, today, Event.DISPUTE_OPENED, (topic, NOBODY), row.cause)
    if rules.practices.meets_ad_hoc:
        company.conflict[0].is_called = 1


@compiled
def answer_call(company):
    """In the morning: whether everybody was called together; the call is over."""
    is_called = company.conflict[0].is_called
    company.conflict[0].is_called = 0
    return is_called


@compiled
def _die_down(company, topic, today):
    """A dispute that nobody rules dies down by itself some day; the tension behind it stays."""
    row = company.dispute[topic]
    u = uniform(company.world[0].seed, Purpose.DISPUTE_FADES, topic, row.day_opened)
    if today - row.day_opened >= -log(u) * company.rules[0].behaviour.conflict.fades_after_d:
        _close(company, topic, today, Ending.DIED_DOWN)


@compiled
def settle(company, topic, today, ending):
    """A dispute is settled, and with it the tension behind it."""
    _close(company, topic, today, ending)
    company.dispute[topic].tension = 0.0


@compiled
def _close(company, topic, today, ending):
    """A dispute is over."""
    row = company.dispute[topic]
    row.is_open = 0
    tape.write(company, today, Event.DISPUTE_CLOSED, (topic, ending), today - row.day_opened)


@compiled
def argue(company, share, way, today):
    """People argue the `share` 0 to 1 of all tension out, functionally; open disputes may be settled that way too.

    Arguing about the market and about campaigns improves plans: each side hears how the other sees it. `way` is how
    they come to talk: each talk of a day has luck of its own.
    """
    on_plans = 0.5 * (company.dispute[Topic.MARKET].tension + company.dispute[Topic.CAMPAIGNS].tension)
    beliefs.exchange(company, share * on_plans * company.rules[0].behaviour.conflict.argued_teaches)
    for topic in range(company.dispute.shape[0]):
        row = company.dispute[topic]
        out = share * row.tension
        row.argued += out
        company.book[today].argued += out
        row.tension -= out
        talk = N_WAYS * today + way
        if row.is_open and uniform(company.world[0].seed, Purpose.DISPUTE_TALKED_OUT, topic, talk) < share:
            settle(company, topic, today, Ending.TALKED_OUT)


@compiled
def hours_today(company):
    """Hours each person of both sides loses to open disputes today."""
    per_week = company.rules[0].behaviour.conflict.dispute_h_per_week
    return company.conflict[0].disputes_open * per_week / DAYS_PER_WEEK


@compiled
def ruling_hours(company):
    """Managers' hours that a ruling takes: to hear both sides, and what it costs to do so before all else.

    Worked number: 3 h, and 10 hours times days over a wait of 10 days, make 4 h.
    """
    laws = company.rules[0].behaviour.conflict
    return laws.ruling_h + laws.ruling_prompt_h / company.rules[0].practices.ruling_days


@compiled
def rule(company, hours, today):
    """A manager hears disputes that have waited long enough, the oldest topics first; returns the hours used."""
    rules, used = company.rules[0], 0.0
    wait = rules.practices.ruling_days
    if rules.practices.one_head:
        wait /= rules.behaviour.conflict.one_head_faster
    for topic in range(company.dispute.shape[0]):
        row = company.dispute[topic]
        if row.is_open and today - row.day_opened >= wait and used < hours:
            spent = min(hours - used, row.ruling_h_left)
            row.ruling_h_left -= spent
            used += spent
            if row.ruling_h_left <= 0.0:
                settle(company, topic, today, Ending.RULED)
                _resent(company)
    return used


@compiled
def _resent(company):
    """A ruling by a chief executive who sides with one department is felt as an injury by the other side."""
    side, laws = company.rules[0].practices.leading_side, company.rules[0].behaviour.conflict
    if side == causes.SALES_LEADS:
        goodwill.marketers_feel(company, 0.0, laws.hurt)
    elif side == causes.MARKETING_LEADS:
        goodwill.reps_feel(company, 0.0, laws.hurt)


@compiled
def blame(company, today):
    """At the end of a quarter behind target each side blames the other, the less so the better they get on.

    Where all numbers are open, nobody is blamed who has done what was asked.
    """
    conflict = company.conflict[0]
    _compare_results(company)
    miss = max(0.0, 1.0 - conflict.attainment_sales)
    seen = company.rules[0].practices.shared_numbers * min(1.0, conflict.attainment_marketing)
    blamed = miss * (1.0 - goodwill.mean_of_both(company)) * (1.0 - seen)
    company.book[today].blame += blamed
    goodwill.all_feel(company, 0.0, company.rules[0].behaviour.conflict.blame * blamed)


@compiled
def _compare_results(company):
    """What each side made this quarter of what it is paid for, the common part included; 1 is on target."""
    conflict, marketing = company.conflict[0], company.rules[0].pay.marketing
    reached, target = company.tally[0].bookings_quarter, company.target[0].sales_target
    conflict.attainment_sales = reached / target if target > 0.0 else 1.0
    earned, n, own = 0.0, company.marketer.shape[0], common_reward.individual_share(company)
    for marketer in range(n):
        earned += marketing_pay.earned(company, marketer)
    due = n * marketing.variable_eur / common_reward.QUARTERS_PER_YEAR
    shared = (1.0 - own) * common_reward.common_attainment(company)
    conflict.attainment_marketing = earned / due + shared if due > 0.0 else 1.0
