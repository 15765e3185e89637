"""A lead: a company that may buy and whom we know. How it comes to notice us, when it acts, and what it does."""

import numpy as np

from simulation import acquaintance, campaigns, channels, customers
from simulation.agents import handle
from simulation.border import causes, goodwill, hand_off, trust
from simulation.compiled import compiled
from simulation.interest import set_interest
from simulation.ledger import close_lead, reach
from simulation.lost_deals import lose
from simulation.prospects import kind_of, luck_of_look
from simulation.quality import N_READINESS, NEVER_FIT, has_project
from simulation.queues import NEVER
from simulation.randomness import luck_in
from simulation.status import Status

LEAD = np.dtype(
    [
        ("prospect", "i4"),  # its number among all prospects, by which its luck is drawn
        # what it is by nature, and where it stands: what is looked at most lies together
        ("segment", "i2"),  # row of `segment`
        ("readiness", "i2"),  # READY, LATER or NEVER_FIT
        ("day_arrived", "i4"),  # enters the market
        ("day_window_end", "i4"),  # it has bought elsewhere, or stopped listening
        ("need_x", "f4"),  # its own need relative to its segment's, need units
        ("need_y", "f4"),  # the same on the second axis
        ("status", "i2"),  # Status
        ("channel", "i2"),  # how it came to us; NOBODY if a rep found it, REFERRAL if a customer sent it
        ("marketer", "i2"),  # who looks after it in Marketing
        ("day_lost", "i4"),  # lost, given up or gone
        ("day_reached", "i4"),  # somebody of ours has reached it
        ("day_project", "i4"),  # its project starts; NEVER if it never fits
        ("fit", "f4"),  # part of its quality that does not depend on the project, standard deviations
        # what else it is: drawn, never changed by the company
        ("value", "f8"),  # what a first contract of an ordinary product would cost it, EUR/year
        ("buyers", "i2"),  # people in the buying group
        # what Marketing and those who follow up look at
        ("owner", "i2"),  # rep who has it
        ("interest", "f4"),  # 0..1, as it was on day_interest
        ("day_interest", "i4"),  # when interest was last set
        ("promise_x", "f4"),  # the message that brought it, need units
        ("promise_y", "f4"),  # the same on the second axis
        ("n_scored", "i2"),  # times Marketing has scored it
        ("n_nurtured", "i2"),  # nurturing touches so far
        ("clicks", "f8"),  # how much it clicks and visits whatever it needs, standard deviations, once it is scored
        ("run", "i2"),  # the campaign it answered, a row of `campaign_run`; NOBODY if none
        ("day_asked", "i4"),  # asked for a call; NEVER if it did not
        ("day_mql", "i4"),  # last handed over to Sales
        ("day_contacted", "i4"),  # last taken up by a rep
        ("day_won", "i4"),  # signed
        ("response_h", "f4"),  # hours from the hand-over to the first attempt after it
        ("day_on_desk", "i4"),  # on the rep's desk since; NEVER while it travels
        ("n_handed", "i2"),  # to Sales
        ("n_put_aside", "i2"),  # by the rep it was handed to
        ("n_tries", "i2"),  # attempts since it was last handed over
        ("n_attempts", "i2"),  # attempts in all
        ("look", "f4"),  # how it looks to its rep at a glance, standard deviations of quality
        ("evidence", "f4"),  # what that says of a project, factor on the odds
        ("note", "f4"),  # depth 0..1 of the note it was handed over with
        ("contact", "f4"),  # depth 0..1 of the last contact
        ("known", "f4"),  # share of what sets its need apart that its rep knows
        ("help", "f4"),  # depth 0..1 of Marketing's help with the deal
        ("engaged", "f4"),  # share 0..1 of the buying group, beyond the first, that talks with us
        ("engaged_house", "f4"),  # the part of it that a marketer has met
        # the purchase
        ("steps_left", "i2"),  # steps of the purchase still to go
        ("steps_done", "i2"),  # steps of the purchase so far
        ("product", "i2"),  # that is pitched or sold; NOBODY before
        ("is_aided", "i2"),  # Marketing has prepared its case and price
        ("holds_off", "i2"),  # the buyers wait for the quarter's end
        ("h_left", "f4"),  # rep's hours the present step (or onboarding) still needs
        ("h_spent", "f4"),  # selling hours so far
        ("taste", "f4"),  # how much the buyers like that product, log-odds of a win
        ("credit", "f4"),  # standing by credit, 0 (worst) to 1, once a rep deals with it
        ("risk_seen", "f4"),  # probability that it never pays, as the rep sees it
        ("approved", "f4"),  # discount a manager has approved of
        ("cleared_from", "i4"),  # day from which finance and managers have answered what they were asked
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
        ("care", "i2"),  # of a customer: onboarding, quiet, upset or complaining
        ("n_renewals", "i2"),  # contracts renewed so far
        ("day_renewal", "i4"),  # end of the running contract
        ("referred_by", "i4"),  # customer who has recommended us; NOBODY if none
    ],
    align=True,
)


@compiled
def look_at_chances(company):
    """Write down for each kind of prospect how likely a look finds us today, if the message meets its need."""
    for segment in range(company.segment.shape[0]):
        for readiness in range(N_READINESS):
            company.chance[kind_of(segment, readiness)] = most_noticed(company, segment, readiness)


@compiled
def look_around(company, place, today):
    """A prospect nobody here knows looks for suppliers today: it answers what runs, or stays unknown.

    `place` is that of the look among all. Most end before the prospect is looked at: the luck of noticing us has to be
    below the chance of it.
    """
    look = company.look[place]
    u = luck_in(look.notices)
    if u >= company.chance[look.kind] or not acquaintance.is_unknown(company, look.prospect):
        return
    it = company.prospect[look.prospect]
    if u < p_notices(company, it, today):
        _, _, u_channel, u_request = luck_of_look(company.world[0].seed, look.prospect, look.number)
        channel = channels.which(company, it.readiness, u_channel)
        _answer(company, acquaintance.meet(company, look.prospect), today, channel, u_request)


@compiled
def most_noticed(company, segment, readiness):
    """Probability that one look finds us if the message meets the prospect's need.

    Contacts to be expected in a window, over looks in a window: they grow with spending to a limit, with Marketing's
    hours, and with the share of the segment that knows us. Worked number: 0.7 contacts at 2 looks are 0.35.
    """
    contacts = company.reach[0].pull[readiness] * company.effort[0].effort_factor * channels.response(company, segment)
    return contacts / company.rules[0].market.looks


@compiled
def p_notices(company, it, today):
    """Probability that one look finds us today; lower the less the running message fits, unless it never fits."""
    most = most_noticed(company, it.segment, it.readiness)
    if it.readiness == NEVER_FIT:
        return most
    weight = company.rules[0].behaviour.attention.message_weight
    return most * (1.0 - weight + weight * campaigns.relevance_for(company, it, today))


@compiled
def act(company, lead, today):
    """What a lead does on a day it set for itself; which, depends on where it stands."""
    row = company.lead[lead]
    if row.status == Status.CUSTOMER:
        customers.come_due(company, lead, today)
    elif today >= row.day_window_end:
        buy_elsewhere(company, lead, today)
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
    hand_off.give_to_marketing(company, lead, today)
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
    relevance = campaigns.relevance_for(company, company.lead[lead], today)
    return company.rules[0].behaviour.attention.p_request * relevance


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
    """The lead's window has closed."""
    row = company.lead[lead]
    if row.status == Status.MQL:
        rot(company, lead, today)
        return
    if row.status == Status.OPPORTUNITY:
        lose(company, lead, today)
        return
    close_lead(company, lead, Status.LOST, today)


@compiled
def add_installed_base(company):
    """Customers of the first day: the first of all prospects, signed at list price in the year before."""
    for prospect in range(company.rules[0].customers.installed_base):
        customers.inherit(company, acquaintance.meet(company, prospect))


__getattr__ = handle.late("Lead")
