"""What Marketing does for open deals: joint calls on key accounts, prepared cases and prices, buyers kept warm.

Help is owed to Sales the day it is promised and worked off by the marketer from the next day on. A marketer who owes
too much already refuses, so help is as scarce as marketers' hours.
"""

from simulation import campaigns, contacts
from simulation.border import beliefs, depth, goodwill, hand_off, owed_hours
from simulation.compiled import compiled
from simulation.queues import NOBODY
from simulation.randomness import Purpose, uniform


@compiled
def helper_of(company, lead):
    """The marketer who helps with a deal: whose lead it was, else who would look after one of its segment."""
    marketer = company.lead[lead].marketer
    return marketer if marketer != NOBODY else hand_off.marketer_for(company, lead)


@compiled
def ask(company, lead, hours):
    """Ask for help that takes a marketer so many hours; returns whether it is promised."""
    marketer = helper_of(company, lead)
    if company.marketer[marketer].owed_help_h >= company.rules[0].behaviour.together.help_backlog_h:
        return False
    owed_hours.owe_help(company, marketer, hours)
    return True


@compiled
def prepare_case(company, lead, today):
    """When a deal is opened: whether Marketing prepares its case and price; written down with the deal."""
    rules, row = company.rules[0], company.lead[lead]
    u = uniform(company.world[0].seed, Purpose.SOLUTION_AID, company.lead[lead].prospect, 0)
    marketer, hours = helper_of(company, lead), rules.behaviour.together.aid_h
    row.help = goodwill.depth_of_marketer(company, marketer, row.owner, row.value, hours)
    takes = depth.hours_of(company, hours, row.help)
    row.is_aided = u < rules.practices.solution_aids and ask(company, lead, takes)
    if row.is_aided:
        company.book[today].depth_help += row.help
        goodwill.rep_is_treated(company, row.owner, marketer, row.help)
    company.book[today].n_aided += row.is_aided


@compiled
def _effect(company, lead):
    """What Marketing's help with this deal brings, relative to help in full."""
    return depth.effect(company.rules[0].behaviour.goodwill.bare_help, company.lead[lead].help)


@compiled
def come_along(company, lead, today):
    """Whether a marketer comes along to a step of a key account's purchase; one who does hears the buyer."""
    rules, row = company.rules[0], company.lead[lead]
    if row.value < rules.behaviour.together.key_account_eur:
        return False
    company.book[today].n_key_steps += 1
    if rules.practices.joint_calls <= 0.0:
        return False
    u = uniform(company.world[0].seed, Purpose.JOINT_CALL, row.prospect, row.steps_done)
    if u >= rules.practices.joint_calls or not ask(company, lead, rules.behaviour.work.talk_h):
        return False
    company.book[today].n_accompanied += 1
    beliefs.marketer_hears_buyer(company, helper_of(company, lead), lead, today)
    contacts.meet_together(company, lead, _effect(company, lead))
    return True


@compiled
def better_fit(company, lead, fit, is_accompanied):
    """How well the pitch meets the need, 0 to 1, with the help there is; `fit` 0 to 1 is what the rep does alone.

    Worked number: 0.5 with a case that makes good 25 % of what is missing is 0.625.
    """
    together = company.rules[0].behaviour.together
    if company.lead[lead].is_aided:
        fit += _effect(company, lead) * together.aid_fit * (1.0 - fit)
    if is_accompanied:
        fit += _effect(company, lead) * together.call_fit * (1.0 - fit)
    return fit


@compiled
def hours_saved(company, lead):
    """Share 0 to 1 of the rep's hours on a deal that a prepared case saves."""
    if not company.lead[lead].is_aided:
        return 0.0
    return _effect(company, lead) * company.rules[0].behaviour.together.aid_saves


@compiled
def shorten_pause(company, lead, today):
    """Share 0 to 1 of their pause that buyers need to whom Marketing sends what is of use, if that is the practice.

    Those who were not in the room hear what they would ask. Worked number: a message that meets the need, and a saving
    of 0.2, leave 0.8.
    """
    rules = company.rules[0]
    if not rules.practices.marketing_in_funnel or not ask(company, lead, rules.behaviour.work.nurture_h):
        return 1.0
    saved = _effect(company, lead) * rules.behaviour.together.warm_saves
    return 1.0 - saved * campaigns.relevance_for(company, company.lead[lead], today)
