"""How much work waits for Sales: what a head of Sales sees in the morning."""

import numpy as np

from scenarios.run_length import DAYS_PER_WEEK
from simulation import queues
from simulation.averages import mean
from simulation.compiled import compiled

PILES = np.dtype(
    [
        ("lead_pile", "f8"),  # work on marketing leads that waits this morning, 0 (a day's) to 1 (two days')
        ("deal_pile", "f8"),  # work on opportunities that waits, 0 (a week's) to 1 (two weeks')
    ]
)


@compiled
def executives_here(company):
    """Account executives whose seat is not vacant."""
    return company.rules[0].people.account_executives - company.vacancy[0].n_vacant_executives


@compiled
def sdrs_here(company):
    """SDRs whose seat is not vacant."""
    return company.rules[0].people.sdrs - company.vacancy[0].n_vacant_sdrs


@compiled
def contactors_here(company):
    """People who contact marketing leads: SDRs where there are any, else account executives; at least 1."""
    here = sdrs_here(company) if company.rules[0].people.sdrs > 0 else executives_here(company)
    return max(1, here)


@compiled
def look_at_desks(company, today):
    """Write down how far Sales lags behind this morning, 0 (not) to 1 (far), for leads and for deals.

    Contacts wait at whoever follows up leads: one day's work is not too much, two are far too much, as leads go stale.
    Deals wait at the account executives: a week's work is not too much, two are. A waiting deal is taken to need half
    the hours of an average one. Worked number: 7.5 days of work on deals are 0.5.
    """
    rules, pile = company.rules[0], company.pile[0]
    people, work = rules.people, rules.behaviour.work
    leads, deals = 0, 0
    for rep in range(company.rep.shape[0]):
        leads += queues.length(company, queues.lead_desk(company, rep))
        deals += queues.length(company, queues.deal_desk(company, rep))
    hours = people.hours_per_day * (1.0 - people.admin_share_sales)
    lead_days = leads * (work.contact_h + 0.5 * work.talk_h) / (hours * contactors_here(company))
    deal_days = deals * 0.5 * mean(company.segment.selling_h) / (hours * max(1, executives_here(company)))
    pile.lead_pile = max(0.0, min(1.0, lead_days - 1.0))
    pile.deal_pile = max(0.0, min(1.0, deal_days / DAYS_PER_WEEK - 1.0))
