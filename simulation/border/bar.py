"""How a marketer qualifies leads: the bar agreed on once, bent by the own pay, and the care that this pay leaves."""

from scenarios.practices import Practices
from scenarios.run_length import DAYS_PER_QUARTER, DAYS_PER_WEEK
from simulation.border import goodwill
from simulation.compiled import compiled
from simulation.management import pay
from simulation.parameters import choice
from simulation.queues import NOBODY

BOTH = choice(Practices, "bar_set_by", "both")
CAPACITY = choice(Practices, "lead_target", "capacity")


@compiled
def agree(company, marketer):
    """On the first day the bar is the agreed one, and signs are read with all care."""
    row = company.marketer[marketer]
    row.bar, row.care = company.rules[0].practices.qualification_bar, 1.0


@compiled
def mind_the_bar(company, marketer, today):
    """Once a week a marketer asks whether the agreed bar serves the own pay.

    Who is paid by the number of leads lowers it as long as more leads pay more; who has agreed to a number, when behind
    it. Hearing that too few are real projects, who is paid for projects, pipeline or revenue, or is held to an
    agreement, raises it. Where the target follows from capacity the bar also rises when work piles up in Sales.
    """
    if today % DAYS_PER_WEEK != 0:
        return
    rules, row = company.rules[0], company.marketer[marketer]
    w_mql, w_project, w_pipeline, w_revenue = pay.marketing_weights(company)
    if pay.is_for_tomorrow(company, marketer):
        w_mql, w_project, w_pipeline, w_revenue = 0.0, 0.0, 0.0, 0.0
    duty = company.oversight[0].tracking if rules.practices.sla else 0.0
    owed = goodwill.owed_by_marketer(company, marketer, NOBODY)
    row.care = care_for_quality(company, w_mql, w_project + w_pipeline + w_revenue + 0.5 * duty, owed)
    pull = w_mql * short_of_leads(company, marketer, today, rules.pay.marketing.attainment_max)
    pull = min(1.0, pull + 0.5 * duty * short_of_leads(company, marketer, today, 1.0))
    push = min(1.0, w_project + w_pipeline + w_revenue + 0.5 * duty) * short_of_projects(company, marketer)
    if rules.practices.lead_target == CAPACITY:
        push += 0.5 * max(company.pile[0].lead_pile, company.pile[0].deal_pile)
    if rules.practices.bar_set_by == BOTH:
        pull = 0.0  # Sales does not sign a lower bar
    row.bar = rules.practices.qualification_bar + rules.behaviour.work.bar_bend * (push - pull)


@compiled
def care_for_quality(company, for_number, for_quality, owed):
    """Care 0 to 1 with which a marketer reads the signs of a lead, by what is paid `for_number` and `for_quality`.

    Strong pay for what is counted drains effort from what is not (facts 3, Holmstrom and Milgrom 1991); what is felt to
    be `owed` to Sales remains. Worked number: a duty of 0.25 leaves 0.2 of it to somebody whose whole pay counts leads
    and who owes half of everything.
    """
    quality = 2.0 * owed * company.rules[0].behaviour.work.duty + for_quality
    return quality / (quality + for_number) if for_number > 0.0 else 1.0


@compiled
def short_of_leads(company, marketer, today, goal):
    """How far a marketer's leads lag behind `goal` times those due by now: 1 none yet, 0 there, -0.5 well ahead.

    Worked number: on target is a third short of a goal of 1.5 times the target.
    """
    due = goal * company.target[0].mql_target / company.marketer.shape[0]
    due *= ((today % DAYS_PER_QUARTER) + DAYS_PER_WEEK) / DAYS_PER_QUARTER
    return max(-0.5, min(1.0, 1.0 - company.marketer[marketer].n_mql / due))


@compiled
def short_of_projects(company, marketer):
    """How far the share of real projects among leads, as far as told, falls short of the promise; -0.5 to 0.5.

    Where nobody has signed an agreement nothing was promised.
    """
    row, promised = company.marketer[marketer], company.rules[0].practices.sla_accepted_share
    if row.known < company.rules[0].behaviour.expectations.told_enough or not company.rules[0].practices.sla:
        return 0.0
    return max(-0.5, min(0.5, promised - row.known_good / row.known))
