"""The account each person keeps of how each person of the other side has treated them, 0 to 1, and what they owe.

Every act that can be seen moves it a little towards how well it was done; what hurts brings it down. Trust is another
thing: a belief about what leads and words are worth. What is felt to be owed decides how well people do what nobody
pays or measures (`border/depth.py`).
"""

import math

from simulation.border import depth
from simulation.compiled import compiled, in_place
from simulation.management import marketing_pay
from simulation.queues import NOBODY, inquiry_desk, length

LEAST_PAY = 1e-6  # EUR an hour; some worth in which to count what is owed


@compiled
def open_accounts(company):
    """On the first day people expect to be treated as well as they trust; a parting is held against each other."""
    for rep in range(company.rep.shape[0]):
        meet(company, rep)
    if company.rules[0].practices.marketing_out_of_sales:
        all_feel(company, 0.0, company.rules[0].behaviour.standing.resented)


@compiled
def meet(company, rep):
    """A new rep and all marketers expect of each other what they have been told of the other side."""
    start = company.rules[0].behaviour.goodwill.start
    is_told = math.isnan(start)
    for marketer in range(company.marketer.shape[0]):
        _set_of_rep(company, rep, marketer, company.trust_in_marketer[rep, marketer] if is_told else start)
        _set_of_marketer(company, marketer, rep, company.trust_in_rep[marketer, rep] if is_told else start)


@compiled
def _set_of_rep(company, rep, marketer, value):
    """Write a rep's account of a marketer, and keep the mean of the row."""
    account = company.account_of_rep
    company.rep[rep].account += (value - account[rep, marketer]) / company.marketer.shape[0]
    account[rep, marketer] = value


@compiled
def _set_of_marketer(company, marketer, rep, value):
    """The same of a marketer's account of a rep."""
    account = company.account_of_marketer
    company.marketer[marketer].account += (value - account[marketer, rep]) / company.rep.shape[0]
    account[marketer, rep] = value


@compiled
def _moved(company, account, how):
    """An account after an act done to `how` 0 to 1: it falls faster than it rises."""
    laws = company.rules[0].behaviour.goodwill
    share = laws.pace * laws.seen * (laws.worse if how < account else 1.0)
    return account + min(1.0, share) * (how - account)


@compiled
def rep_is_treated(company, rep, marketer, how):
    """A rep sees how well, 0 to 1, a marketer has done something for Sales."""
    _set_of_rep(company, rep, marketer, _moved(company, company.account_of_rep[rep, marketer], how))


@compiled
def marketer_is_treated(company, marketer, rep, how):
    """A marketer sees how well, 0 to 1, a rep has done something for Marketing."""
    _set_of_marketer(company, marketer, rep, _moved(company, company.account_of_marketer[marketer, rep], how))


@compiled
def all_feel(company, up, down):
    """Everybody's accounts of everybody grow by the share `up` of what is missing, and shrink by the share `down`."""
    reps_feel(company, up, down)
    marketers_feel(company, up, down)


@compiled
def reps_feel(company, up, down):
    """The same of reps alone."""
    for rep in range(company.rep.shape[0]):
        for marketer in range(company.marketer.shape[0]):
            rep_feels(company, rep, marketer, up, down)


@compiled
def marketers_feel(company, up, down):
    """The same of marketers alone."""
    for marketer in range(company.marketer.shape[0]):
        for rep in range(company.rep.shape[0]):
            marketer_feels(company, marketer, rep, up, down)


@compiled
def rep_feels(company, rep, marketer, up, down):
    """The same of one rep's account of one marketer."""
    _set_of_rep(company, rep, marketer, _felt(company, company.account_of_rep[rep, marketer], up, down))


@compiled
def marketer_feels(company, marketer, rep, up, down):
    """The same of one marketer's account of one rep."""
    _set_of_marketer(company, marketer, rep, _felt(company, company.account_of_marketer[marketer, rep], up, down))


@compiled
def _felt(company, account, up, down):
    pace = company.rules[0].behaviour.goodwill.pace
    return (account + min(1.0, pace * up) * (1.0 - account)) * (1.0 - min(1.0, pace * down))


@compiled
def credit_win(company, lead):
    """A win from a marketing lead: shared credit warms the marketer towards the rep, grabbed credit cools."""
    row, weight = company.lead[lead], company.rules[0].behaviour.together.credit
    if row.marketer != NOBODY:
        shared = company.rules[0].practices.credit_shared
        marketer_feels(company, row.marketer, row.owner, weight * shared, weight * (1.0 - shared))


@compiled
def mean_of_both(company):
    """Mean account of both sides, 0 to 1."""
    reps, marketers = 0.0, 0.0
    for rep in range(company.rep.shape[0]):
        reps += company.rep[rep].account
    for marketer in range(company.marketer.shape[0]):
        marketers += company.marketer[marketer].account
    return 0.5 * (reps / company.rep.shape[0] + marketers / company.marketer.shape[0])


@compiled
def owed_by_rep(company, rep, marketer):
    """What a rep feels to owe a marketer, 0 to 1; Marketing as a whole if the marketer is NOBODY."""
    side = company.rep[rep].account
    return _owed(company, side if marketer == NOBODY else company.account_of_rep[rep, marketer], side)


@compiled
def owed_by_marketer(company, marketer, rep):
    """What a marketer feels to owe a rep, 0 to 1; Sales as a whole if the rep is NOBODY."""
    side = company.marketer[marketer].account
    return _owed(company, side if rep == NOBODY else company.account_of_marketer[marketer, rep], side)


@compiled
def _owed(company, person, side):
    """Half to the person and half to the side; a culture adds to it, open disputes take from it.

    Worked number: 0.6 to a person and 0.4 to the side are 0.5; disputes about a quarter of all topics leave 0.375.
    """
    laws = company.rules[0].behaviour.goodwill
    owed = (1.0 - laws.to_side) * person + laws.to_side * side
    owed += laws.culture * company.rules[0].practices.shared_responsibility * (1.0 - owed)
    return owed * (1.0 - laws.quarrel * min(1.0, 2.0 * company.conflict[0].disputes_open / company.dispute.shape[0]))


@compiled
def told_by_rep(company, rep):
    """Share 0 to 1 of what there is to say that a rep tells Marketing."""
    return _told(company, owed_by_rep(company, rep, NOBODY))


@compiled
def told_by_marketer(company, marketer):
    """Share 0 to 1 of what there is to say that a marketer tells Sales."""
    return _told(company, owed_by_marketer(company, marketer, NOBODY))


@compiled
def _told(company, owed):
    """Telling takes hours people meet for anyway; what it costs to go into depth is attention, at its usual worth."""
    fixed = company.rules[0].behaviour.goodwill.fixed_telling
    deep = depth.choose(company, 0.0, owed, 1.0, (1.0, 1.0)) if math.isnan(fixed) else fixed
    return depth.effect(0.0, deep)


@compiled
def told_and_believed_by_reps(company, marketer):
    """Mean over reps of how much they tell Marketing and a marketer believes, 0 to 1."""
    heard = 0.0
    for rep in range(company.rep.shape[0]):
        heard += told_by_rep(company, rep) * company.trust_in_rep[marketer, rep]
    return heard / company.rep.shape[0]


@compiled
def told_and_believed_by_marketers(company, rep):
    """Mean over marketers of how much they tell Sales and a rep believes, 0 to 1."""
    heard = 0.0
    for marketer in range(company.marketer.shape[0]):
        heard += told_by_marketer(company, marketer) * company.trust_in_marketer[rep, marketer]
    return heard / company.marketer.shape[0]


@compiled
def told_and_believed_of(company, marketer):
    """Mean over reps of how much one marketer tells Sales and they believe, 0 to 1."""
    trust = 0.0
    for rep in range(company.rep.shape[0]):
        trust += company.trust_in_marketer[rep, marketer]
    return told_by_marketer(company, marketer) * trust / company.rep.shape[0]


@in_place
def depth_of_rep(company, rep, marketer, own, hours):
    """Depth 0 to 1 of what a rep does that helps a marketer: `own` pay, EUR, it is believed to add, `hours` in full."""
    row = company.rep[rep]
    hour = row.other_pay_per_h, max(LEAST_PAY, row.usual_pay_per_h)
    owed = owed_by_rep(company, rep, marketer)
    return depth.choose(company, own, owed, depth.beyond_form(company, hours), hour)


@in_place
def depth_of_marketer(company, marketer, rep, value, hours):
    """Depth 0 to 1 of what a marketer does for a rep, or for all if NOBODY, with deals worth `value` EUR.

    `hours` is what it takes in full.
    """
    own = company.rules[0].behaviour.goodwill.believed_help * marketing_pay.stake_in(company, value)
    owed, hour = owed_by_marketer(company, marketer, rep), hour_of_marketer(company, marketer)
    return depth.choose(company, own, owed, depth.beyond_form(company, hours), hour)


@compiled
def hour_of_marketer(company, marketer):
    """What an hour of a marketer brings elsewhere now, and usually, EUR of own pay: more if work waits and number pays.

    Worked number: a full day of work waiting, and pay all by number, double it.
    """
    rules = company.rules[0]
    usual = marketing_pay.variable_per_hour(company)
    waiting = length(company, inquiry_desk(company, marketer)) * rules.behaviour.work.qualify_h
    busy = min(1.0, waiting / rules.people.hours_per_day)
    by_number = marketing_pay.weights(company)[0]
    return usual * (1.0 + busy * by_number), usual
