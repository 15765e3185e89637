"""A lead: a company that may buy. What it is, when it notices us, how its interest fades, and when it acts."""

import numpy as np

from simulation import campaigns, channels, customers
from simulation.agents import handle
from simulation.averages import total
from simulation.border import causes, goodwill, hand_off, trust
from simulation.compiled import compiled
from simulation.interest import set_interest
from simulation.ledger import close_lead, move, part, reach
from simulation.lost_deals import lose
from simulation.quality import LATER, NEVER_FIT, READY, has_project
from simulation.queues import NEVER, schedule
from simulation.randomness import (
    Purpose,
    exponential_from,
    lognormal_at,
    normals_from,
    poisson_from,
    uniform,
    uniforms4,
)
from simulation.status import Status

ARRIVED = np.dtype([("n_arrived", "i8")])  # rows of `lead` in use
LONGEST = 1e8  # days; beyond any run, and within a 4-byte day
# Luck of what a prospect is: numbers between 0 and 1, and below them the normal values of the last five.
U_READY, U_LAG, U_BUYERS, U_PATIENCE, U_X, U_Y, U_VALUE, U_FIT, PATIENCE, X, Y, VALUE, FIT = range(13)
N_LUCK, PROSPECTS_AT_ONCE = 13, 256

LEAD = np.dtype(
    [
        # what it is, drawn, and where it stands: all that is looked at while nobody knows it, so it lies together
        ("segment", "i4"),  # row of `segment`
        ("readiness", "i4"),  # READY, LATER or NEVER_FIT
        ("day_arrived", "i4"),  # enters the market
        ("day_window_end", "i4"),  # it has bought elsewhere, or stopped listening
        ("need_x", "f4"),  # its own need relative to its segment's, need units
        ("need_y", "f4"),  # the same on the second axis
        ("status", "i4"),  # Status
        ("n_looks", "i4"),  # times it has looked around for suppliers, and the next
        ("looked", "f4"),  # when the next is due, days after it appeared
        ("channel", "i4"),  # how it came to us; NOBODY if a rep found it, REFERRAL if a customer sent it
        ("marketer", "i4"),  # who looks after it in Marketing
        ("day_lost", "i4"),  # lost, given up or gone
        ("day_reached", "i4"),  # somebody of ours has reached it
        ("day_project", "i4"),  # its project starts; NEVER if it never fits
        ("fit", "f4"),  # part of its quality that does not depend on the project, standard deviations
        # what else it is: drawn, never changed by the company
        ("value", "f8"),  # what a first contract of an ordinary product would cost it, EUR/year
        ("buyers", "i4"),  # people in the buying group
        # what Marketing and those who follow up look at
        ("owner", "i4"),  # rep who has it
        ("interest", "f4"),  # 0..1, as it was on day_interest
        ("day_interest", "i4"),  # when interest was last set
        ("promise_x", "f4"),  # the message that brought it, need units
        ("promise_y", "f4"),  # the same on the second axis
        ("n_scored", "i4"),  # times Marketing has scored it
        ("n_nurtured", "i4"),  # nurturing touches so far
        ("clicks", "f8"),  # how much it clicks and visits whatever it needs, standard deviations, once it is scored
        ("run", "i4"),  # the campaign it answered, a row of `campaign_run`; NOBODY if none
        ("day_asked", "i4"),  # asked for a call; NEVER if it did not
        ("day_mql", "i4"),  # last handed over to Sales
        ("day_contacted", "i4"),  # last taken up by a rep
        ("day_won", "i4"),  # signed
        ("response_h", "f4"),  # hours from the hand-over to the first attempt after it
        ("day_on_desk", "i4"),  # on the rep's desk since; NEVER while it travels
        ("n_handed", "i4"),  # to Sales
        ("n_put_aside", "i4"),  # by the rep it was handed to
        ("n_tries", "i4"),  # attempts since it was last handed over
        ("n_attempts", "i4"),  # attempts in all
        ("look", "f4"),  # how it looks to its rep at a glance, standard deviations of quality
        ("evidence", "f4"),  # what that says of a project, factor on the odds
        ("note", "f4"),  # depth 0..1 of the note it was handed over with
        ("contact", "f4"),  # depth 0..1 of the last contact
        ("known", "f4"),  # share of what sets its need apart that its rep knows
        ("help", "f4"),  # depth 0..1 of Marketing's help with the deal
        ("engaged", "f4"),  # share 0..1 of the buying group, beyond the first, that talks with us
        ("engaged_house", "f4"),  # the part of it that a marketer has met
        # the purchase
        ("steps_left", "i4"),  # steps of the purchase still to go
        ("steps_done", "i4"),  # steps of the purchase so far
        ("product", "i4"),  # that is pitched or sold; NOBODY before
        ("h_left", "f4"),  # rep's hours the present step (or onboarding) still needs
        ("h_spent", "f4"),  # selling hours so far
        ("taste", "f4"),  # how much the buyers like that product, log-odds of a win
        ("is_aided", "i4"),  # Marketing has prepared its case and price
        ("credit", "f4"),  # standing by credit, 0 (worst) to 1, once a rep deals with it
        ("risk_seen", "f4"),  # probability that it never pays, as the rep sees it
        ("approved", "f4"),  # discount a manager has approved of
        ("cleared_from", "i4"),  # day from which finance and managers have answered what they were asked
        ("holds_off", "i4"),  # the buyers wait for the quarter's end
        ("ask_from", "i4"),  # quarter from which they may be asked to sign early
        ("day_sql", "i4"),  # found to have a project
        ("day_opportunity", "i4"),  # selling began
        # the customer
        ("seller", "i8"),  # key of the rep who signed it; NOBODY if none
        ("price", "f8"),  # signed, EUR/year
        ("volume", "f8"),  # what a customer buys now, relative to its first contract
        ("renewed_eur", "f8"),  # of all its renewals
        ("renewal_cost_eur", "f8"),  # of delivering them
        ("renewed_margin_eur", "f8"),  # of renewals in measured days, less their cost
        ("satisfaction", "f4"),  # 0..1
        ("care", "i4"),  # of a customer: onboarding, quiet, upset or complaining
        ("n_renewals", "i4"),  # contracts renewed so far
        ("day_renewal", "i4"),  # end of the running contract
        ("referred_by", "i4"),  # customer who has recommended us; NOBODY if none
    ],
    align=True,
)


@compiled
def appear(company, segment, today):
    """The next prospect enters the market; it will look around from time to time, and notice us or not."""
    arrived = company.arrived[0]
    lead = arrived.n_arrived
    arrived.n_arrived += 1
    _draw_nature(company, lead, segment, today)
    move(company, lead, Status.PROSPECT)
    company.book[today].n_arrived += 1
    _luck_of_look(company, lead)
    schedule(company, lead, _next_look(company, lead))


@compiled
def _draw_luck(company, first):
    """Luck of what `first` and the prospects after it are, the same in every organisation.

    For many at once: a processor does one thing to eight numbers nearly as fast as to one.
    """
    seed, luck = company.world[0].seed, company.luck
    for one in range(PROSPECTS_AT_ONCE):
        u = uniforms4(seed, Purpose.LEAD_PROJECT, first + one, 0)
        luck[U_READY, one], luck[U_LAG, one], luck[U_PATIENCE, one], luck[U_BUYERS, one] = u
    for one in range(PROSPECTS_AT_ONCE):
        u = uniforms4(seed, Purpose.LEAD_NATURE, first + one, 0)
        luck[U_X, one], luck[U_Y, one], luck[U_VALUE, one], luck[U_FIT, one] = u
    for kind in range(PATIENCE, N_LUCK):
        normals_from(luck[kind + U_PATIENCE - PATIENCE], luck[kind])


@compiled
def _draw_nature(company, lead, segment, today):
    """What a prospect is: project, patience, size, own need. Prospects are born one after the other."""
    rules, row, kind = company.rules[0], company.lead[lead], company.segment[segment]
    one, luck = lead % PROSPECTS_AT_ONCE, company.luck
    if one == 0:
        _draw_luck(company, lead)
    row.segment, row.day_arrived, row.readiness = segment, today, LATER
    row.day_project = today
    if luck[U_READY, one] < rules.market.share_ready:
        row.readiness = READY
    elif luck[U_READY, one] > 1.0 - rules.market.share_never_fit:
        row.readiness, row.day_project = NEVER_FIT, NEVER
    else:
        row.day_project = today + int(min(LONGEST, exponential_from(luck[U_LAG, one], rules.market.project_lag_d)))
    patience = lognormal_at(luck[PATIENCE, one], kind.patience_d, rules.behaviour.attention.patience_sigma)
    row.day_window_end = max(row.day_project, today) + 1 + int(min(LONGEST, patience))
    row.buyers = 1 + poisson_from(luck[U_BUYERS, one], kind.buyers - 1.0)
    row.need_x, row.need_y = rules.market.need_spread * luck[X, one], rules.market.need_spread * luck[Y, one]
    row.value = lognormal_at(luck[VALUE, one], kind.deal_value_eur, kind.deal_value_sigma)
    row.fit = luck[FIT, one]


@compiled
def _luck_of_look(company, lead):
    """Luck of the present look: for noticing us, the channel, and a request; and the wait for the next one begins.

    Prospects look around at random times of their own, market.looks times in a window on average. Those times do not
    depend on what any supplier does; what runs then decides whether we are noticed.
    """
    row, world = company.lead[lead], company.world[0]
    u_wait, u_notices, u_channel, u_request = uniforms4(world.seed, Purpose.LEAD_NOTICES, lead, row.n_looks)
    window = row.day_window_end - row.day_arrived - 1
    row.n_looks += 1
    row.looked += exponential_from(u_wait, window / company.rules[0].market.looks)
    return u_notices, u_channel, u_request


@compiled
def _next_look(company, lead):
    """The day of a prospect's next look, or the day its window closes."""
    row = company.lead[lead]
    return min(row.day_arrived + 1 + int(row.looked), row.day_window_end)


@compiled
def look_around(company, lead, today):
    """A prospect looks for suppliers today, maybe more than once: it answers what runs, or comes back another day."""
    day = today
    while day <= today:
        u_notices, u_channel, u_request = _luck_of_look(company, lead)
        if _notices(company, lead, today, u_notices):
            channel = channels.which(company, company.lead[lead].readiness, u_channel)
            _answer(company, lead, today, channel, u_request)
            return
        day = _next_look(company, lead)
    schedule(company, lead, day)


@compiled
def _notices(company, lead, today, u):
    """Whether a look finds us: luck `u` against the chance of it."""
    return u < most_noticed(company, lead) and u < p_notices(company, lead, today)


@compiled
def most_noticed(company, lead):
    """Probability that one look finds us if the message meets the prospect's need.

    Contacts to be expected in a window, over looks in a window: they grow with spending to a limit, with Marketing's
    hours, and with the share of the segment that knows us. Worked number: 0.7 contacts at 2 looks are 0.35.
    """
    row, pull = company.lead[lead], company.reach[0].pull
    contacts = pull[row.readiness] * company.effort[0].effort_factor * channels.response(company, row.segment)
    return contacts / company.rules[0].market.looks


@compiled
def p_notices(company, lead, today):
    """Probability that one look finds us today; lower the less the running message fits, unless it never fits."""
    most = most_noticed(company, lead)
    if company.lead[lead].readiness == NEVER_FIT:
        return most
    weight = company.rules[0].behaviour.attention.message_weight
    return most * (1.0 - weight + weight * campaigns.relevance_for(company, lead, today))


@compiled
def act(company, lead, today):
    """What a lead does on a day it set for itself; which, depends on where it stands."""
    row = company.lead[lead]
    if row.status == Status.CUSTOMER:
        customers.come_due(company, lead, today)
    elif today >= row.day_window_end:
        buy_elsewhere(company, lead, today)
    elif row.status == Status.PROSPECT:
        look_around(company, lead, today)
    elif row.status == Status.INQUIRY or row.status == Status.RECYCLED:
        hand_off.queue_for_marketing(company, lead, today)
    elif row.status == Status.MQL:
        _reach_desk_or_rot(company, lead, today)
    elif row.status == Status.ACCEPTED:
        hand_off.put_on_desk(company, lead, today)
    elif row.status == Status.OPPORTUNITY:
        hand_off.ask_for_next_step(company, lead, today)


@compiled
def _answer(company, lead, today, channel, u_request):
    """The prospect answers a campaign: it becomes an inquiry, maybe one that asks for a call."""
    reach(company, lead, Status.INQUIRY, channel, today)
    set_interest(company, lead, today, company.channel[channel].first_interest)
    hand_off.give_to_marketing(company, lead)
    campaigns.answered(company, lead)
    if u_request < p_request(company, lead, today):
        set_interest(company, lead, today, 1.0)  # nobody wants to talk more than a buyer who asks
        hand_off.ask_for_a_call(company, lead, today)
    else:
        hand_off.queue_for_marketing(company, lead, today)


@compiled
def p_request(company, lead, today):
    """Probability that a buyer who answers asks for a call: with a project, as far as the message meets its need.

    Worked number: 0.2 and a message that meets half of the need make it 0.1.
    """
    if not has_project(company, lead, today):
        return 0.0
    return company.rules[0].behaviour.attention.p_request * campaigns.relevance_for(company, lead, today)


@compiled
def _reach_desk_or_rot(company, lead, today):
    """A handed-over lead arrives on the rep's desk, or comes up again; if it has lain too long, it is given up."""
    row = company.lead[lead]
    if row.day_on_desk == NEVER:
        hand_off.put_on_desk(company, lead, today)
    elif today < row.day_on_desk + company.rules[0].behaviour.work.shelf_d:
        hand_off.lay_back_on_desk(company, lead)
    else:
        rot(company, lead, today)


@compiled
def rot(company, lead, today):
    """A marketing lead nobody contacted is given up; the marketer notices who let it lie."""
    row = company.lead[lead]
    if row.day_contacted == NEVER:
        close_lead(company, lead, Status.NEVER_WORKED, today)
        company.book[today].n_never_worked += 1
        causes.remember_handling(company, 1.0)
    else:
        close_lead(company, lead, Status.LOST, today)  # worked once, given back, and left to lie the second time
    if row.day_on_desk != NEVER:
        trust.lead_rotted(company, lead)
        goodwill.marketer_is_treated(company, row.marketer, row.owner, 0.0)


@compiled
def buy_elsewhere(company, lead, today):
    """The prospect's window has closed."""
    row = company.lead[lead]
    if row.status == Status.PROSPECT:  # nobody knows it, so it stands in no list
        part(company, lead, Status.GONE, today)
        return
    if row.status == Status.MQL:
        rot(company, lead, today)
        return
    if row.status == Status.OPPORTUNITY:
        lose(company, lead, today)
        return
    close_lead(company, lead, Status.LOST, today)


@compiled
def add_installed_base(company):
    """Customers of the first day: drawn like prospects, signed at list price in the year before."""
    rules = company.rules[0]
    weight, n_segments = total(company.segment.weight), company.segment.shape[0]
    for lead in range(rules.customers.installed_base):
        u = uniform(company.world[0].seed, Purpose.FIRST_CUSTOMER, lead, 0)
        segment, mark = 0, u * weight
        while segment < n_segments - 1 and mark >= company.segment[segment].weight:
            mark -= company.segment[segment].weight
            segment += 1
        _draw_nature(company, lead, segment, 0)
        company.lead[lead].day_window_end = NEVER
        company.arrived[0].n_arrived += 1
        customers.inherit(company, lead)


__getattr__ = handle.late("Lead")
