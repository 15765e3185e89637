"""What there is to quarrel about: ten standing topics, price and product, each with its cause in what has happened.

Practices do not quieten people; they change what happens, and so what there is to quarrel about. Source: the ten
standing disagreements and the notes on price and product mix of facts 9.
"""

from enum import IntEnum

import numpy as np

from scenarios.practices import Practices
from scenarios.run_length import DAYS_PER_WEEK
from simulation.border import beliefs
from simulation.compiled import compiled
from simulation.ledger import Hours
from simulation.management import marketing_pay, standing, targets
from simulation.parameters import choice
from simulation.relevance import distance

IMPRESSIONS = np.dtype(
    [
        ("poor_leads", "f8"),  # share of marketing leads lately judged to be no projects
        ("left_to_lie", "f8"),  # share of marketing leads that nobody has called lately
        ("credit_taken", "f8"),  # of wins from marketing leads, the credit Marketing lately did not get, share
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
    row, impression, laws = company.dispute, company.impression[0], company.rules[0].behaviour.conflict
    row[Topic.SEPARATE].cause = _share_open(company)
    row[Topic.STATUS].cause = _status(company, today)
    row[Topic.PAY].cause = _pay_gap(company)
    row[Topic.PRESSURE].cause = _pressure(company, today)
    row[Topic.METRICS].cause = measures_apart(company)
    row[Topic.MARKET].cause = views_apart(company)
    row[Topic.TASKS].cause = impression.left_to_lie
    row[Topic.MONEY].cause = min(1.0, abs(company.budget[0].budget_moved) / laws.money_moved)
    row[Topic.CAMPAIGNS].cause = _poor_leads(company)
    row[Topic.STYLE].cause = _strangers(company, today)
    row[Topic.PRICE].cause = min(1.0, impression.recent_discount / laws.worst_discount)
    row[Topic.PRODUCT].cause = max(0.0, 2.0 * impression.recent_easy - 1.0)


@compiled
def _share_open(company):
    """The more is open, the more people ask whether it can work at all: half of the topics is the worst."""
    return min(1.0, 2.0 * company.conflict[0].disputes_open / company.dispute.shape[0])


@compiled
def _status(company, today):
    """Unequal standing of the two sides, or a chief executive who takes one side."""
    unequal = 2.0 * abs(standing.of_marketing(company, today) - 0.5)
    return min(1.0, unequal + (0.5 if company.rules[0].practices.leading_side != NOBODY_LEADS else 0.0))


@compiled
def _pay_gap(company):
    """What both sides made of their variable pay last quarter, credit for wins that was taken, unequal base pay."""
    conflict, laws = company.conflict[0], company.rules[0].behaviour.conflict
    gap = min(1.0, abs(conflict.attainment_sales - conflict.attainment_marketing))
    unequal = max(0.0, base_pay_gap(company) - laws.fair_pay_gap)
    return min(1.0, gap + laws.credit_counts * company.impression[0].credit_taken + unequal)


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
    """Sales is behind target while Marketing made what it is paid for: half of the target missing is the worst."""
    marketings = max(0.0, 1.0 - company.conflict[0].attainment_marketing)
    return min(1.0, 2.0 * max(0.0, targets.behind_target(company, today) - marketings))


@compiled
def measures_apart(company):
    """Share of Marketing's variable pay that follows something Sales isn't paid for, 0 to 1.

    Pipeline is nearly what Sales is paid for, projects half of it.
    """
    _, w_project, w_pipeline, w_revenue = marketing_pay.weights(company)
    laws = company.rules[0].behaviour.conflict
    common = company.rules[0].practices.shared_reward + w_revenue
    return max(0.0, 1.0 - common - laws.pipeline_in_common * w_pipeline - laws.projects_in_common * w_project)


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
def _poor_leads(company):
    """Share of marketing leads that reps lately found to be no projects, from what seems fine to the worst."""
    laws = company.rules[0].behaviour.conflict
    beyond = company.impression[0].poor_leads - laws.poor_leads_fine
    return min(1.0, max(0.0, beyond / (laws.poor_leads_worst - laws.poor_leads_fine)))


@compiled
def _strangers(company, today):
    """How little the two sides saw of each other last week, 0 to 1: so many hours each are enough to see no strangers.

    Hours in meetings and with each other's work, of Marketing with customers too.
    """
    seen = 0.0
    for day in range(max(0, today - DAYS_PER_WEEK), today):
        book = company.book[day]
        seen += book.hours_marketing[Hours.MEETING] + book.hours_marketing[Hours.CUSTOMERS]
        seen += book.hours_marketing[Hours.OPPORTUNITIES] + book.hours_marketing[Hours.TRAINING]
    return max(0.0, 1.0 - seen / company.marketer.shape[0] / company.rules[0].behaviour.conflict.seen_enough_h)


@compiled
def remember_verdict(company, is_good):
    """Reps tell each other what marketing leads are worth: a running share of poor ones; this one was called."""
    impression, share = company.impression[0], company.rules[0].behaviour.conflict.talked_of_leads
    impression.poor_leads += share * ((0.0 if is_good else 1.0) - impression.poor_leads)


@compiled
def remember_handling(company, is_left):
    """Marketers tell each other what becomes of their leads: a running share of those left to lie."""
    impression, share = company.impression[0], company.rules[0].behaviour.conflict.talked_of_leads
    impression.left_to_lie += share * (is_left - impression.left_to_lie)


@compiled
def remember_deal(company, discount, is_easy):
    """Everybody sees at what discount deals go out, and of which product."""
    impression, share = company.impression[0], company.rules[0].behaviour.conflict.talked_of_deals
    impression.recent_discount += share * (discount - impression.recent_discount)
    impression.recent_easy += share * ((1.0 if is_easy else 0.0) - impression.recent_easy)


@compiled
def remember_credit(company):
    """Marketers see how much of the credit for a win from their leads they get."""
    impression, share = company.impression[0], company.rules[0].behaviour.conflict.talked_of_deals
    impression.credit_taken += share * (1.0 - company.rules[0].practices.credit_shared - impression.credit_taken)
