"""What a marketing lead seems worth to a rep: learnt of its sender, trust where little is known, and a glance at it."""

import math

import numpy as np

from simulation import queues
from simulation.border import trust
from simulation.compiled import compiled
from simulation.elementary import exp
from simulation.quality import quality_now
from simulation.queues import NOBODY
from simulation.randomness import Purpose, normal_from, uniform

SENDER = np.dtype(
    [
        ("n_worked", "f8"),  # leads of a marketer that a rep has worked, older ones fading
        ("n_good", "f8"),  # of them with a project
    ]
)


@compiled
def begin(company, rep):
    """Who is new knows nobody's leads yet."""
    row = company.rep[rep]
    row.leads_worked, row.leads_h, row.leads_found = 0.0, 0.0, 0.0
    for marketer in range(company.marketer.shape[0]):
        sender = company.sender[rep, marketer]
        sender.n_worked, sender.n_good = 0.0, 0.0


@compiled
def remember_hours(company, rep, hours):
    """So many hours of work on marketing leads, glances at those passed over included."""
    company.rep[rep].leads_h += hours


@compiled
def remember_lead(company, rep, marketer, is_good):
    """A rep has done with a lead: one more of its sender's, and whether it had a project."""
    row, sender, memory = company.rep[rep], company.sender[rep, marketer], company.rules[0].behaviour.work.memory
    row.leads_worked = memory * row.leads_worked + 1.0
    row.leads_found = memory * row.leads_found + is_good
    row.leads_h *= memory
    sender.n_worked = memory * sender.n_worked + 1.0
    sender.n_good = memory * sender.n_good + is_good


@compiled
def believed_chance(company, rep, marketer):
    """Probability, as a rep believes, that a lead of this marketer turns out to have a project.

    Worked number: nothing known, a trust of 0.5 and a promise of 0.6 give 0.3; ten leads worked with five projects,
    and a prior worth ten leads, give 0.4.
    """
    laws, sender = company.rules[0].behaviour.work, company.sender[rep, marketer]
    prior = laws.promise * company.trust_in_marketer[rep, marketer]
    return (sender.n_good + laws.prior_leads * prior) / (sender.n_worked + laws.prior_leads)


@compiled
def hours_of_a_lead(company, rep):
    """Hours of working one marketing lead to its end, as a rep has found them to be."""
    row, work = company.rep[rep], company.rules[0].behaviour.work
    usual = work.own_attempts * work.contact_h + 0.5 * work.talk_h
    return (row.leads_h + work.prior_leads * usual) / (row.leads_worked + work.prior_leads)


@compiled
def look_at(company, lead, today):
    """A lead comes to a rep's desk: how it looks at a glance, standard deviations of quality, the truth with an error.

    It looks the same at every look until it is handed over again.
    """
    row = company.lead[lead]
    u = uniform(company.world[0].seed, Purpose.PURSUIT, lead, row.n_handed)
    row.look = quality_now(company, lead, today) + company.rules[0].behaviour.work.glance_noise * normal_from(u)
    row.evidence = evidence(company, row.look)


@compiled
def evidence(company, seen):
    """How much likelier a lead that is `seen` like this is to have a project than before: factor on the odds.

    Worked number: with an error so large that a glance tells nothing it is 1.
    """
    market, noise = company.rules[0].market, company.rules[0].behaviour.work.glance_noise
    other = 0.5 * (market.quality_later + market.quality_never_fit)
    variance = market.quality_spread**2 + noise * noise
    if variance <= 0.0:
        return 1.0
    return exp(((seen - other) ** 2 - (seen - market.quality_ready) ** 2) / (2.0 * variance))


@compiled
def chance_after_glance(company, rep, lead):
    """Probability, as a rep believes who has glanced at it, that a lead has a project.

    Worked number: even odds, and a sight that is three times as likely of a project, make 0.75.
    """
    row = company.lead[lead]
    chance = believed_chance(company, rep, row.marketer)
    odds = chance / (1.0 - min(company.rules[0].behaviour.expectations.surest, chance)) * row.evidence
    return odds / (1.0 + odds)


@compiled
def most_promising(company, rep, desk):
    """The waiting lead a rep turns to: of the first few in view the one that looks best; NOBODY if none waits."""
    lead, best, best_look = queues.first(company, desk), NOBODY, -math.inf
    for _ in range(company.rules[0].behaviour.work.leads_in_view):
        if lead == NOBODY:
            break
        if company.lead[lead].look > best_look:
            best, best_look = lead, company.lead[lead].look
        lead = company.link[queues.DESK, lead].after
    return best


@compiled
def pay_per_hour(company, rep, chance):
    """Own pay, EUR an hour, of a lead that has a project with this `chance`, over the hours of finding and selling."""
    row = company.rep[rep]
    return chance * row.project_worth / (hours_of_a_lead(company, rep) + chance * row.project_h)


@compiled
def pays_more_than_other_work(company, rep, lead):
    """Whether a lead that looks like this promises at least what the best other use of the hour does."""
    return pay_per_hour(company, rep, chance_after_glance(company, rep, lead)) >= company.rep[rep].other_pay_per_h


@compiled
def pay_of_leads(company, rep):
    """Own pay, EUR an hour, that a rep expects of the marketing leads that are worth taking up."""
    row, laws = company.rep[rep], company.rules[0].behaviour.work
    prior = laws.promise * trust.mean_in_marketers(company, rep)
    return pay_per_hour(
        company, rep, (row.leads_found + laws.prior_leads * prior) / (row.leads_worked + laws.prior_leads)
    )
