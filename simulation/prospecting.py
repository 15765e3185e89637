"""Finding buyers on one's own: whom a rep comes upon, whether they answer, and what comes of the talk."""

from scenarios.run_length import DAYS_PER_QUARTER
from simulation import acquaintance, channels, contacts, territories
from simulation.border import beliefs, follow_up, hand_off
from simulation.compiled import compiled
from simulation.elementary import whole_power
from simulation.interest import set_interest
from simulation.ledger import reach
from simulation.management import tally
from simulation.queues import NOBODY
from simulation.randomness import Purpose, index_from, uniforms4
from simulation.relevance import relevance
from simulation.status import Status

TURNS_PER_DAY = 4096  # more than anybody can try in a day


@compiled
def approach(company, rep, today, turn):
    """Approach somebody who appeared in the last quarter; returns the hours of the talk, if there is one.

    Whoever has been approached before by any rep answers less readily (facts 1.2, attempts). The name may turn out to
    be in Marketing's hands already, or gone: that time is lost. Whom a rep comes upon at the `turn`-th try of a day
    does not depend on how the company is organised, only whether there is time for that try.
    """
    seed, key = company.world[0].seed, company.rep[rep].key
    u_who, u_answer, u_judge, _ = uniforms4(seed, Purpose.APPROACH, key, TURNS_PER_DAY * today + turn)
    first = company.first_prospect[max(0, today - DAYS_PER_QUARTER)]
    n_listed = company.first_prospect[today + 1] - first
    rules = company.rules[0]
    p_connect = rules.behaviour.attention.p_connect_cold
    if n_listed <= 0:
        return 0.0
    prospect = territories.next_in_patch(company, rep, first + index_from(u_who, n_listed), (first, n_listed))
    before = company.n_approached[prospect]
    company.n_approached[prospect] = before + 1
    if u_answer >= p_connect * company.reach[0].widest_doors:  # most tries end here, before the prospect is looked at
        return 0.0
    it = company.prospect[prospect]
    doors = channels.open_doors(company, it.segment)
    if today >= it.day_window_end or not acquaintance.is_unknown(company, prospect) or u_answer >= p_connect * doors:
        return 0.0
    p_connect *= doors * whole_power(rules.behaviour.attention.next_attempt, before)
    belief, need = company.rep_belief[rep, it.segment], company.needs[today, it.segment]
    fit = relevance(belief[0], belief[1], need[0] + it.need_x, need[1] + it.need_y)
    if u_answer >= p_connect * fit:
        return 0.0
    beliefs.hear_buyer(company, rep, it, today)
    if follow_up.judged(company, rep, it, today, (u_judge, 1.0)):
        _win_over(company, rep, acquaintance.meet(company, prospect), today)
    return rules.behaviour.work.talk_h


@compiled
def _win_over(company, rep, lead, today):
    """A prospect found on one's own has a project: it becomes a lead and goes to an account executive."""
    reach(company, lead, Status.ACCEPTED, NOBODY, today)
    hand_off.give_to(company, lead, rep, today)
    follow_up.note_contact(company, lead, today)
    set_interest(company, lead, today, company.rules[0].behaviour.attention.talk_lift)
    follow_up.learn_need(company, lead, company.rules[0].behaviour.goodwill.by_talk)
    contacts.engage(company, lead, company.rules[0].behaviour.deals.engaged_by_talk)
    tally.count_found(company, rep)
    hand_off.pass_to_executive(company, lead, today)
