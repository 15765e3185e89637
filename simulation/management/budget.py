"""How the money that is free to spend is split: between channels and support for Sales, between harvest and brand."""

import numpy as np

from scenarios.practices import Practices
from scenarios.run_length import DAYS_PER_QUARTER, DAYS_PER_YEAR
from simulation.averages import mean_of_table, total
from simulation.compiled import compiled
from simulation.management import standing, targets
from simulation.parameters import choice

BUDGET = np.dtype(
    [
        ("free_money_per_day", "f8"),  # EUR that can be split between channels and support for Sales
        ("programme_per_day", "f8"),  # EUR spent on channels each day
        ("share_for_sales", "f8"),  # of it, 0..1
        ("support_per_day", "f8"),  # EUR spent on assistants, data and tools for Sales each day
        ("admin_kept", "f8"),  # share of reps' administration that this leaves to them, 0..1
        ("brand_kept", "f8"),  # share of the brand money of the first day's mix that is still spent on brand, 0..1
        ("harvested", "f8"),  # share of the brand money that Sales turns into leads at once, 0..1
        ("budget_moved", "f8"),  # share of the budget that last moved to Sales (negative: to Marketing)
        ("work_waits", "f8"),  # share of the last month in which work waited for Sales, 0..1
        ("reps_hungry", "f8"),  # share in which none did, 0..1
    ]
)
HISTORY = choice(Practices, "budget_rule", "history")
POLITICS = choice(Practices, "budget_rule", "politics")
EVIDENCE = choice(Practices, "budget_rule", "evidence")
FLEXIBLE = choice(Practices, "budget_rule", "flexible")
SALES_LEADS = choice(Practices, "leading_side", "sales")
MARKETING_LEADS = choice(Practices, "leading_side", "marketing")
DAYS_PER_MONTH = 21
A_LITTLE = 0.01  # of what takes over half, to see what the last EUR brings


@compiled
def open_budget(company):
    """The split of the first day is the scenario's."""
    plan_anew(company, 0.0)


@compiled
def plan_anew(company, moved):
    """The money there is, and who gets it: as planned, but for the share of it that has `moved` to Sales since."""
    money = company.rules[0].money
    whole = money.programme_eur_per_year + money.sales_support_eur_per_year
    company.budget[0].free_money_per_day = whole / DAYS_PER_YEAR
    _spend_by(company, planned_for_sales(company) + moved)


@compiled
def planned_for_sales(company):
    """Share 0 to 1 of the money that is planned for Sales."""
    money = company.rules[0].money
    whole = money.programme_eur_per_year + money.sales_support_eur_per_year
    return money.sales_support_eur_per_year / whole if whole > 0.0 else 0.0


@compiled
def moved_from_plan(company):
    """Share of the money by which Sales now gets more than is planned; below 0 if less."""
    return company.budget[0].share_for_sales - planned_for_sales(company)


@compiled
def _spend_by(company, share_for_sales):
    """From now on Sales gets this share 0 to 1 of the money."""
    budget, share_for_sales = company.budget[0], min(1.0, max(0.0, share_for_sales))
    budget.share_for_sales = share_for_sales
    budget.support_per_day = budget.free_money_per_day * share_for_sales
    budget.programme_per_day = budget.free_money_per_day - budget.support_per_day
    budget.admin_kept = 1.0 - admin_saved(company, budget.support_per_day * DAYS_PER_YEAR / company.rep.shape[0])


@compiled
def admin_saved(company, eur_per_rep):
    """Share 0 to 1 of reps' administration that assistants, data and tools for so many EUR a rep and year take over.

    Worked number: 12,000 EUR at a half_support of 12,000 and at most a quarter save an eighth.
    """
    money = company.rules[0].money
    return money.support_saves_most * eur_per_rep / (eur_per_rep + money.half_support_eur) if eur_per_rep > 0.0 else 0.0


@compiled
def revise(company, today):
    """Split the money anew when the rule asks for it: each quarter, or each month where it is flexible."""
    rule, budget = company.rules[0].practices.budget_rule, company.budget[0]
    if today % DAYS_PER_MONTH == 0:
        behind = min(1.0, 2.0 * targets.behind_target(company, today))
        budget.harvested = company.rules[0].practices.sales_use_of_campaigns * behind
    if rule == FLEXIBLE:
        _watch_work(company)
        if today % DAYS_PER_MONTH == 0 and today > 0:
            _move(company, (budget.work_waits - budget.reps_hungry) * DAYS_PER_MONTH / DAYS_PER_QUARTER)
    elif today % DAYS_PER_QUARTER == 0 and today > 0 and rule != HISTORY:
        if rule == POLITICS:
            _argue(company, today)
        else:
            _compare_returns(company)


@compiled
def _move(company, by):
    """Move the split by a share `by` -1 to 1 of one step."""
    budget = company.budget[0]
    share = budget.share_for_sales + company.rules[0].money.budget_step * by
    share = min(company.rules[0].money.most_for_sales, max(0.0, share))
    budget.budget_moved = share - budget.share_for_sales
    _spend_by(company, share)


@compiled
def can_show(company):
    """Share 0 to 1 of its results that Marketing can show: what the CRM has right, and what reps report.

    Worked number: a coverage of 0.5 at 0.8 accuracy, and nothing reported, show 0.4.
    """
    practices, laws = company.rules[0].practices, company.rules[0].behaviour.trust
    seen = practices.crm_coverage * practices.crm_accuracy
    told = practices.feedback_asked * laws.willing * mean_of_table(company.trust_in_marketer)
    return seen + (1.0 - seen) * min(1.0, told)


@compiled
def _argue(company, today):
    """Each side asks for money by the results it can show; the chief goes part of the way, and leans to a side.

    Sales shows every signature, but for credit it shares; Marketing what it can show of the ones it began.
    """
    practices, so_far = company.rules[0].practices, company.tally[0]
    if so_far.bookings_quarter <= 0.0:
        return
    shown = can_show(company) * so_far.sourced_quarter
    status = standing.of_marketing(company, today)
    marketing = status * _lean(practices.leading_side) * shown
    sales = (1.0 - status) * (so_far.bookings_quarter - practices.credit_shared * shown)
    if marketing + sales > 0.0:
        _move(company, sales / (marketing + sales) - company.budget[0].share_for_sales)
    _trim_brand(company, can_show(company) ** 2)  # what pays late needs to be shown over years, not for one quarter


@compiled
def _lean(leading_side):
    """How much more than its results the chief hears of Marketing."""
    if leading_side == SALES_LEADS:
        return 0.5
    return 2.0 if leading_side == MARKETING_LEADS else 1.0


@compiled
def _compare_returns(company):
    """Money moves to where the last EUR brought more, as far as it can be measured; what can't be stays."""
    shown = can_show(company)
    marketing, sales = return_on_programme(company), return_on_support(company)
    if marketing + sales > 0.0:
        _move(company, shown * (sales - marketing) / (sales + marketing))
    _trim_brand(company, shown)


@compiled
def return_on_programme(company):
    """EUR signed this quarter by the last EUR spent on channels: average return, less the more channels are full."""
    spent = company.budget[0].programme_per_day * DAYS_PER_QUARTER
    if spent <= 0.0:
        return 0.0
    room, shares = 0.0, total(company.channel.spend_share)
    for channel in range(company.channel.shape[0]):
        room += company.channel[channel].spend_share * (1.0 - company.flow[channel].saturation)
    return company.tally[0].sourced_quarter / spent * room / shares if shares > 0.0 else 0.0


@compiled
def return_on_support(company):
    """EUR signed this quarter by the last EUR of support: hours it frees, at what reps' free hours bring.

    Hours bring as much as others where work waits, and half as much where it does not.
    """
    rules = company.rules[0]
    per_rep = company.budget[0].support_per_day * DAYS_PER_YEAR / company.rep.shape[0]
    a_little = A_LITTLE * rules.money.half_support_eur
    saved = (admin_saved(company, per_rep + a_little) - admin_saved(company, per_rep)) / a_little
    admin = rules.people.admin_share_sales
    gained = saved * admin / (1.0 - admin * company.budget[0].admin_kept)  # of the free hours, by 1 EUR a rep and year
    busy = 0.5 + 0.5 * max(company.pile[0].lead_pile, company.pile[0].deal_pile)
    return busy * gained * company.tally[0].bookings_quarter * (DAYS_PER_YEAR / DAYS_PER_QUARTER) / company.rep.shape[0]


@compiled
def _trim_brand(company, aim):
    """Money for brand goes part of the way to the share 0 to 1 that the rule leaves it."""
    budget, step = company.budget[0], company.rules[0].money.budget_step
    budget.brand_kept += 2.0 * step * (aim - budget.brand_kept) if step < 0.5 else aim - budget.brand_kept


@compiled
def _watch_work(company):
    """A running month of how much work waits for reps, and how often they wait for work; both 0 to 1."""
    budget = company.budget[0]
    waiting = max(company.pile[0].lead_pile, company.pile[0].deal_pile)
    budget.work_waits += (waiting - budget.work_waits) / DAYS_PER_MONTH
    budget.reps_hungry += ((1.0 if waiting <= 0.0 else 0.0) - budget.reps_hungry) / DAYS_PER_MONTH
