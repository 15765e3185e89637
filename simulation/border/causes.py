"""What there is to quarrel about: ten standing topics, price and product, each with its cause in the state of things.

Source: the ten standing disagreements and the notes on price and product mix of facts 9.
"""

from enum import IntEnum

import numpy as np

from scenarios.practices import Practices
from scenarios.run_length import DAYS_PER_QUARTER
from simulation.border import beliefs
from simulation.compiled import compiled
from simulation.management import pay
from simulation.parameters import choice
from simulation.relevance import distance

IMPRESSIONS = np.dtype(
    [
        ("poor_leads", "f8"),  # share of marketing leads lately judged to be no projects
        ("recent_discount", "f8"),  # running mean of discounts
        ("recent_easy", "f8"),  # running share of the easy product
    ]
)
SALES_LEADS = choice(Practices, "leading_side", "sales")
MARKETING_LEADS = choice(Practices, "leading_side", "marketing")
NOBODY_LEADS = choice(Practices, "leading_side", "neither")
JOINT = choice(Practices, "lead_definition", "joint")


class Topic(IntEnum):
    """What a dispute is about."""

    SEPARATE = 0
    """Whether to be separate departments at all."""
    STATUS = 1
    """Who ranks above whom."""
    PAY = 2
    """Whose pay follows the own efforts better, and who gets the credit."""
    PRESSURE = 3
    """Who carries the pressure of the target."""
    METRICS = 4
    """Hard against soft numbers."""
    MARKET = 5
    """Who really knows the market."""
    TASKS = 6
    """Who does what."""
    MONEY = 7
    """Who spends which money."""
    CAMPAIGNS = 8
    """Whether campaigns work."""
    STYLE = 9
    """Desk work against field work."""
    PRICE = 10
    """Special prices against the price list."""
    PRODUCT = 11
    """The easy product against the strategic one."""


N_TOPICS = len(Topic)


@compiled
def look_for(company, today):
    """Write down how bad the cause of each topic is this week, 0 (none) to 1."""
    practices, row = company.rules[0].practices, company.dispute
    apart = 1.0 - practices.one_head
    row[Topic.SEPARATE].cause = apart * (1.0 - practices.shared_responsibility) * _share_open(company)
    row[Topic.STATUS].cause = _status(practices)
    row[Topic.PAY].cause = _pay_gap(company)
    row[Topic.PRESSURE].cause = _pressure(company, today)
    row[Topic.METRICS].cause = apart * measures_apart(company)
    row[Topic.MARKET].cause = views_apart(company)
    row[Topic.TASKS].cause = unclear_tasks(practices)
    row[Topic.MONEY].cause = _money(company)
    row[Topic.CAMPAIGNS].cause = _poor_leads(company)
    row[Topic.STYLE].cause = _strangers(practices)
    row[Topic.PRICE].cause = _discounts(company, today) * (1.0 - practices.solution_aids)
    row[Topic.PRODUCT].cause = _easy_sales(company, today) * (1.0 - practices.solution_aids)


@compiled
def _share_open(company):
    """The more is open, the more people ask whether it can work at all: half of the topics is the worst."""
    return min(1.0, 2.0 * company.conflict[0].disputes_open / company.dispute.shape[0])


@compiled
def _status(practices):
    """Unequal standing of the two sides, or a chief executive who takes one side."""
    unequal = 2.0 * abs(practices.marketing_status - 0.5)
    return min(1.0, unequal + (0.5 if practices.leading_side != NOBODY_LEADS else 0.0))


@compiled
def _pay_gap(company):
    """What both sides made of their variable pay last quarter, unless it is shared; unfair credit, unequal base pay."""
    conflict, practices = company.conflict[0], company.rules[0].practices
    gap = min(1.0, abs(conflict.attainment_sales - conflict.attainment_marketing)) * (1.0 - practices.shared_reward)
    unequal = max(0.0, base_pay_gap(company) - company.rules[0].behaviour.conflict.fair_pay_gap)
    return min(1.0, gap + 0.3 * (1.0 - practices.credit_shared) + unequal)


@compiled
def base_pay_gap(company):
    """How much less base salary the lower paid side gets than the other, 0 to 1; SDRs are left out.

    Worked number: 60,000 EUR in Marketing against 75,000 EUR of account executives is a gap of 0.2.
    """
    marketing, sales = company.rules[0].pay.marketing.base_eur, company.rules[0].pay.sales.account_executive_base_eur
    highest = max(marketing, sales)
    return 1.0 - min(marketing, sales) / highest if highest > 0.0 else 0.0


@compiled
def _pressure(company, today):
    """Sales is behind target and Marketing does not carry it: half of the target missing is the worst."""
    common = company.rules[0].practices.shared_reward + pay.marketing_weights(company)[3]
    return min(1.0, 2.0 * behind_target(company, today)) * max(0.0, 1.0 - common)


@compiled
def behind_target(company, today):
    """How far new contracts of this quarter lag behind the sales target, 0 (on target) to 1 (nothing sold)."""
    due = company.target[0].sales_target * ((today % DAYS_PER_QUARTER) + 1) / DAYS_PER_QUARTER
    return min(1.0, max(0.0, 1.0 - company.tally[0].bookings_quarter / due)) if due > 0.0 else 0.0


@compiled
def measures_apart(company):
    """Share of Marketing's variable pay that follows something Sales isn't paid for, unless numbers are shared."""
    _, w_project, w_pipeline, w_revenue = pay.marketing_weights(company)
    practices = company.rules[0].practices
    common = practices.shared_reward + w_revenue + 0.7 * w_pipeline + 0.5 * w_project
    return max(0.0, 1.0 - common) * (1.0 - 0.5 * practices.shared_numbers)


@compiled
def views_apart(company):
    """Distance between what both sides believe is needed, mean over segments; one need unit is the worst."""
    gap, n_segments = 0.0, company.segment.shape[0]
    for segment in range(n_segments):
        x, y = beliefs.mean_of_reps(company, segment)
        mx, my = beliefs.mean_of_marketers(company, segment)
        gap += distance(x, y, mx, my)
    return min(1.0, gap / n_segments)


@compiled
def unclear_tasks(practices):
    """What no agreement (better one that is followed up), joint definition or directory settles, 0 to 1."""
    agreed = practices.sla * (0.4 + 0.1 * practices.sla_tracked)
    return max(0.0, 1.0 - agreed - 0.3 * (practices.lead_definition == JOINT) - 0.2 * practices.directory)


@compiled
def _money(company):
    """Money that has lately moved from one side to the other, and a split nobody can check."""
    practices = company.rules[0].practices
    return min(1.0, 0.4 * (1.0 - practices.shared_numbers) + 5.0 * abs(company.budget[0].budget_moved))


@compiled
def _poor_leads(company):
    """Share of marketing leads that reps lately found to be no projects: a fifth is no cause, four fifths the worst."""
    impression = company.impression[0]
    return min(1.0, max(0.0, impression.poor_leads - 0.2) / 0.6)


@compiled
def _strangers(practices):
    """How little the two sides see of each other's work: an hour a week together, or with customers, is enough."""
    seen = practices.informal_contact_h_per_week + 0.25 * practices.customer_contact_h_per_week
    return max(0.0, 1.0 - seen - practices.joint_calls - 0.5 * practices.liaison - 0.1 * practices.rotations_per_year)


@compiled
def _discounts(company, today):
    """Mean discount lately, relative to a discount of a fifth."""
    return min(1.0, 5.0 * company.impression[0].recent_discount)


@compiled
def _easy_sales(company, today):
    """Share of the easy product in recent sales beyond a half."""
    return min(1.0, max(0.0, 2.0 * company.impression[0].recent_easy - 1.0))


@compiled
def remember_verdict(company, is_good):
    """Reps tell each other what marketing leads are worth: a running share of poor ones."""
    impression = company.impression[0]
    impression.poor_leads += 0.02 * ((0.0 if is_good else 1.0) - impression.poor_leads)


@compiled
def remember_deal(company, discount, is_easy):
    """Everybody sees at what discount deals go out, and of which product."""
    impression = company.impression[0]
    impression.recent_discount += 0.05 * (discount - impression.recent_discount)
    impression.recent_easy += 0.05 * ((1.0 if is_easy else 0.0) - impression.recent_easy)
