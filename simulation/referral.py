"""Referral: a customer who is more than satisfied tells somebody who is looking for just this."""

from scenarios.run_length import DAYS_PER_QUARTER
from simulation import acquaintance, campaigns, tape
from simulation.border import hand_off
from simulation.compiled import compiled
from simulation.interest import set_interest
from simulation.ledger import reach
from simulation.queues import NEVER, NOBODY
from simulation.randomness import Purpose, index_from, uniforms4
from simulation.status import Status
from simulation.tape import Event

REFERRAL = -2  # in place of a channel: a customer has recommended us; NOBODY means that a rep found the prospect


@compiled
def advocacy(company, satisfaction):
    """How much of an advocate a customer of this satisfaction is, 0 to 1.

    Worked number: half of the way from advocate_from to 1 is half an advocate.
    """
    start = company.rules[0].customers.advocate_from
    return max(0.0, (satisfaction - start) / (1.0 - start)) if start < 1.0 else 0.0


@compiled
def recommend(company, lead, today):
    """After onboarding and at each renewal an advocate may recommend us to a prospect with a project."""
    row, world = company.lead[lead], company.world[0]
    p = company.rules[0].customers.referrals * advocacy(company, row.satisfaction)
    if p <= 0.0:
        return
    u_whether, u_who, _, _ = uniforms4(world.seed, Purpose.REFERRAL, row.prospect, row.n_renewals)
    if u_whether >= p:
        return
    other = _acquaintance(company, lead, today, u_who)
    if other != NOBODY:
        _arrive(company, acquaintance.meet(company, other), lead, today)


@compiled
def _acquaintance(company, lead, today, u_who):
    """Somebody of the same segment who appeared in the last quarter, has a project and has not been reached yet.

    Where the search begins among them is the customer's own luck. NOBODY if it finds none.
    """
    first, beyond = company.first_prospect[max(0, today - DAYS_PER_QUARTER)], company.first_prospect[today + 1]
    if beyond <= first:
        return NOBODY
    one = first + index_from(u_who, beyond - first)
    for _ in range(company.rules[0].customers.acquaintances):
        if one >= beyond:
            break
        it = company.prospect[one]
        is_looking = acquaintance.is_unknown(company, one) and NEVER < it.day_project <= today < it.day_window_end
        if is_looking and it.segment == company.lead[lead].segment:
            return one
        one += 1
    return NOBODY


@compiled
def _arrive(company, lead, customer, today):
    """The prospect calls: it expects what the customer told of, which is what the rep says, and wants to talk."""
    row, rules = company.lead[lead], company.rules[0]
    row.referred_by = customer
    reach(company, lead, Status.INQUIRY, REFERRAL, today)
    set_interest(company, lead, today, rules.customers.referral_interest)
    belief = company.rep_belief[company.lead[customer].owner, row.segment]
    campaigns.expect(company, lead, belief[0], belief[1])
    hand_off.give_to_marketing(company, lead, today)
    company.book[today].n_referrals += 1
    tape.write(company, today, Event.RECOMMENDED, (row.prospect, company.lead[customer].prospect), 0.0)
    hand_off.ask_for_a_call(company, lead, today)
