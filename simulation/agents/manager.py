"""A manager: attention goes to obligations by priority, as far as the day lasts; the rest is leading.

Meetings come first, then quarrels, the follow-up of leads, new people, the rules by which leads are shared out, and
joint work. Where one person heads both departments, only half of that person's attention is Sales'.
"""

from enum import IntEnum

import numpy as np

from scenarios.practices import Practices
from scenarios.run_length import DAYS_PER_QUARTER, DAYS_PER_WEEK
from simulation.agents import handle, staffing
from simulation.border import disputes, hand_off, meetings
from simulation.compiled import compiled
from simulation.ledger import Hours, manager_spends
from simulation.management import budget, capacity, finance_gate, targets
from simulation.parameters import choice

BEST_SELLER = choice(Practices, "head_of_sales_from", "best_seller")
OVERSIGHT = np.dtype(
    [
        ("tracking", "f8"),  # share of reps whose follow-up is tracked, 0..1
        ("coach", "f8"),  # what an hour of coaching in Sales is worth, 0..1
        ("coached", "f8"),  # share of the coaching people in Sales need that they get, 0..1
        ("coached_marketing", "f8"),  # the same of Marketing
    ]
)


class Role(IntEnum):
    """What a manager heads."""

    SALES = 0
    MARKETING = 1
    COMPANY = 2
    BOTH = 3


MANAGER = np.dtype(
    [
        ("role", "i4"),  # Role
        ("hours", "f8", (len(Hours),)),  # hours spent so far, by what on
    ],
    align=True,
)


@compiled
def take_roles(company):
    """The first heads Sales, the second Marketing, the third the company; further ones lead teams in turn.

    Under one head, or if there is one manager, the first heads both sides, the second the company, and further ones
    teams in turn; the last one helps both if nobody stands against it. Who was the best seller coaches worse.
    """
    rules = company.rules[0]
    is_best_seller = rules.practices.head_of_sales_from == BEST_SELLER
    company.oversight[0].coach = rules.people.promoted_coach if is_best_seller else 1.0
    n_managers = company.manager.shape[0]
    is_one_head = rules.practices.one_head or n_managers == 1
    for manager in range(n_managers):
        row = company.manager[manager]
        is_alone = manager % 2 == 0 and manager == n_managers - 1  # leads no team that another one stands against
        if is_one_head and (manager == 0 or is_alone):
            row.role = Role.BOTH
        elif is_one_head and manager == 1:
            row.role = Role.COMPANY
        else:
            row.role = manager if manager < Role.BOTH and not is_one_head else manager % 2


@compiled
def work_the_day(company, manager, today):
    """A manager's day: meet, rule, follow up, look after people, support joint work, and lead with the rest."""
    hours = begin_the_day(company, manager, today)
    hours = follow_up(company, manager, hours, today)
    hours = finance_gate.work_off(company, manager, hours, today)
    hours = look_after_people(company, manager, hours, today)
    hours = keep_rules(company, manager, hours, today)
    hours = support_joint_work(company, manager, hours, today)
    lead_on(company, manager, hours, today)


@compiled
def begin_the_day(company, manager, today):
    """Joint meetings and training come first, then quarrels; returns the hours that are free."""
    hours = company.rules[0].people.hours_per_day
    met = min(hours, meetings.hours_today(company, today) + meetings.upkeep_hours(company, manager))
    manager_spends(company, manager, Hours.MEETING, met, today)
    trained = min(hours - met, meetings.training_hours(company, today))
    manager_spends(company, manager, Hours.TRAINING, trained, today)
    most = company.rules[0].behaviour.conflict.ruling_h_per_day
    ruled = disputes.rule(company, min(hours - met - trained, most), today)
    manager_spends(company, manager, Hours.DISPUTES, ruled, today)
    return hours - met - trained - ruled


@compiled
def attention_for_sales(company, manager):
    """Share of a manager's attention that belongs to Sales: all of a head of Sales', half of a head of both."""
    role = company.manager[manager].role
    if role == Role.BOTH:
        return 0.5
    return 1.0 if role == Role.SALES else 0.0


@compiled
def attention_for_marketing(company, manager):
    """The same of Marketing."""
    role = company.manager[manager].role
    if role == Role.BOTH:
        return 0.5
    return 1.0 if role == Role.MARKETING else 0.0


@compiled
def follow_up(company, manager, hours, today):
    """Heads of Sales look after the promised follow-up of leads, with at most half their time; returns the hours left.

    What they can't reach stays untracked.
    """
    rules, oversight = company.rules[0], company.oversight[0]
    if manager == 0:
        oversight.tracking = 0.0
    if not (rules.practices.sla and rules.practices.sla_tracked):
        return hours
    needed = rules.people.tracking_h_per_rep * capacity.contactors_here(company)
    used = min(0.5 * attention_for_sales(company, manager) * hours, needed * (1.0 - oversight.tracking))
    oversight.tracking = oversight.tracking + used / needed if needed > 0.0 else 1.0
    manager_spends(company, manager, Hours.REPORTS, used, today)
    return hours - used


@compiled
def look_after_people(company, manager, hours, today):
    """Heads look for new reps and coach their people, who is new most, as far as time goes; returns the hours left."""
    oversight, people = company.oversight[0], company.rules[0].people
    if manager == 0:
        oversight.coached, oversight.coached_marketing = 0.0, 0.0
    hours_free = (1.0 - people.admin_share_managers) * hours
    free = attention_for_sales(company, manager) * hours_free
    sought = min(free, company.vacancy[0].hiring_h)
    staffing.look_for_people(company, sought)
    here = capacity.executives_here(company) + capacity.sdrs_here(company)
    needed = people.coaching_h_per_week * company.newcomers[0].n_new + people.coaching_all_h_per_week * here
    coached = min(free - sought, needed / DAYS_PER_WEEK * (1.0 - oversight.coached))
    oversight.coached = _more_covered(oversight.coached, coached, needed / DAYS_PER_WEEK)
    needed = people.coaching_all_h_per_week / DAYS_PER_WEEK * company.marketer.shape[0]
    free = attention_for_marketing(company, manager) * hours_free
    with_marketers = min(free, needed * (1.0 - oversight.coached_marketing))
    oversight.coached_marketing = _more_covered(oversight.coached_marketing, with_marketers, needed)
    manager_spends(company, manager, Hours.TRAINING, sought + coached + with_marketers, today)
    return hours - sought - coached - with_marketers


@compiled
def _more_covered(covered, hours, needed):
    """Share 0 to 1 of the hours needed that is covered after so many more; all of it where none are needed."""
    return covered + hours / needed if needed > 0.0 else 1.0


@compiled
def keep_rules(company, manager, hours, today):
    """Where leads go by experience or results, heads of Sales keep the list and hear complaints; returns hours left."""
    if not hand_off.is_by_merit(company):
        return hours
    n_heads = 0
    for other in range(company.manager.shape[0]):
        n_heads += attention_for_sales(company, other) > 0.0
    needed = company.rules[0].people.merit_h_per_rep * capacity.contactors_here(company) / n_heads
    used = min(attention_for_sales(company, manager) * hours, needed)
    manager_spends(company, manager, Hours.REPORTS, used, today)
    return hours - used


@compiled
def support_joint_work(company, manager, hours, today):
    """Give a share of the time that is left to joint work: being seen there, clearing the way; returns hours left."""
    used = company.rules[0].practices.senior_support * hours
    manager_spends(company, manager, Hours.MEETING, used, today)
    return hours - used


@compiled
def lead_on(company, manager, hours, today):
    """The rest of the day is leading; the manager at the top sets targets when a quarter begins."""
    manager_spends(company, manager, Hours.ADMIN, hours, today)
    chief = 1 if company.rules[0].practices.one_head else 2
    if manager != min(company.manager.shape[0] - 1, chief):
        return
    budget.revise(company, today)
    if today > 0 and today % DAYS_PER_QUARTER == 0:
        targets.set_targets(company, today)


__getattr__ = handle.late("Manager")
