"""What is asked of each side: the sales target from three forecasts, quotas, and the number of leads due."""

import numpy as np

from scenarios.practices import Practices
from scenarios.run_length import DAYS_PER_QUARTER, DAYS_PER_YEAR, QUARTERS_PER_YEAR
from simulation import experience, tape
from simulation.compiled import compiled
from simulation.management import capacity, standing, tally
from simulation.parameters import choice
from simulation.queues import NOBODY
from simulation.tape import Event

TARGETS = np.dtype(
    [
        ("n_contactors", "i8"),  # reps who contact marketing leads: SDRs, or else everybody
        ("coordination_per_day", "f8"),  # EUR of practices that cost the same every day
        ("mql_target", "f8"),  # MQL of all Marketing this quarter
        ("sales_target", "f8"),  # EUR of all Sales this quarter
        ("reached", "f8"),  # EUR of new contracts a quarter, as they are remembered: the last one counts half
        ("forecast_sales", "f8"),  # EUR this quarter, by Sales' own feel
        ("forecast_finance", "f8"),  # EUR held to be feasible
        ("forecast_marketing", "f8"),  # EUR by the growth of the market
        ("heard_marketing", "f8"),  # how much Marketing's forecast counts next to each other one, 0..1
        ("plan", "f8"),  # EUR this quarter, of the plan of the year
    ]
)
CAPACITY = choice(Practices, "lead_target", "capacity")


@compiled
def set_first_targets(company):
    """Targets of the first quarter come from the scenario; so do costs that are the same every day."""
    target, rules = company.target[0], company.rules[0]
    people = rules.people
    target.n_contactors = people.sdrs if people.sdrs > 0 else people.account_executives
    target.sales_target = people.account_executives * rules.pay.sales.quota_eur_per_quarter
    target.forecast_sales = target.forecast_finance = target.forecast_marketing = target.sales_target
    target.reached, target.heard_marketing = target.sales_target, 1.0
    plan_the_year(company, 0)
    target.mql_target = rules.pay.marketing.mql_target_per_quarter
    _heed_capacity(company)
    _share_out(company)
    count_daily_costs(company)


@compiled
def count_daily_costs(company):
    """Costs of practices that are the same every day."""
    target, rules = company.target[0], company.rules[0]
    people, practices, money = rules.people, rules.practices, rules.money
    licences = money.crm_eur_per_year * (company.rep.shape[0] + people.marketers)
    per_year = practices.crm_coverage * (licences + money.crm_upkeep_eur_per_year)
    if practices.sla and practices.sla_tracked:
        per_year += money.tracking_eur_per_year
    if practices.automation:
        per_year += money.automation_eur_per_year
    if practices.joint_planning:
        per_year += money.joint_planning_eur_per_year
    target.coordination_per_day = per_year / DAYS_PER_YEAR


@compiled
def set_targets(company, today):
    """At the start of a quarter: the mean of three forecasts is shared out, and the lead target follows.

    Marketing's counts as far as it is believed, and as its standing goes.
    """
    target, rules = company.target[0], company.rules[0]
    growth = 1.0 + rules.money.target_growth
    _remember_forecast(company)
    target.reached += 0.5 * (company.tally[0].bookings_quarter - target.reached)
    target.forecast_sales = target.reached * rules.behaviour.work.sales_caution
    target.forecast_finance = target.sales_target * growth
    target.forecast_marketing = target.reached * growth * market_growth(company, today)
    heard = target.heard_marketing * standing.kept(company, today)
    all_three = target.forecast_sales + target.forecast_finance + heard * target.forecast_marketing
    target.sales_target = all_three / (2.0 + heard)
    tape.write(company, today, Event.TARGET, (NOBODY, NOBODY), target.sales_target)
    plan_the_year(company, today)
    tally.begin_quarter(company)
    target.mql_target *= growth
    _heed_capacity(company)
    _share_out(company)


@compiled
def _remember_forecast(company):
    """A forecast of Marketing's that was far out is remembered in the whole house; a good one makes up for it slowly.

    Worked number: missed by a half and a law of 1 leave half of what it counted.
    """
    target, money = company.target[0], company.rules[0].money
    if target.forecast_marketing <= 0.0:
        return
    missed = abs(company.tally[0].bookings_quarter / target.forecast_marketing - 1.0)
    if missed > money.forecast_forgiven:
        target.heard_marketing *= 1.0 - min(1.0, money.forecast_remembered * missed)
    else:
        target.heard_marketing += money.forecast_regained * (1.0 - target.heard_marketing)


@compiled
def plan_the_year(company, today):
    """The plan of a quarter, EUR: what finance held feasible when the year began, growing as finance asks.

    The first plan is made before the first day and holds until a year after the warm-up; then years follow each other.
    Unlike the target, the plan of a year is not softened by what the quarters bring.
    Worked number: 100 at 5 % growth is 100, 105, 110.25, 115.76.
    """
    target, rules = company.target[0], company.rules[0]
    quarter = today // DAYS_PER_QUARTER - rules.run.warm_up_quarters
    if today == 0 or (quarter > 0 and quarter % QUARTERS_PER_YEAR == 0):
        target.plan = target.forecast_finance
    else:
        target.plan *= 1.0 + rules.money.target_growth


@compiled
def behind_target(company, today):
    """How far new contracts of this quarter lag behind the sales target, 0 (on target) to 1 (nothing sold)."""
    due = company.target[0].sales_target * ((today % DAYS_PER_QUARTER) + 1) / DAYS_PER_QUARTER
    return min(1.0, max(0.0, 1.0 - company.tally[0].bookings_quarter / due)) if due > 0.0 else 0.0


@compiled
def _heed_capacity(company):
    """Where the lead target follows from capacity, no more leads are asked for than the reps can handle."""
    if company.rules[0].practices.lead_target == CAPACITY:
        company.target[0].mql_target = min(company.target[0].mql_target, leads_sales_can_handle(company))


@compiled
def market_growth(company, today):
    """Prospects of the last quarter relative to the one before, as Marketing sees it; 1 when it can't tell yet."""
    if today < 2 * DAYS_PER_QUARTER:
        return 1.0
    last = _n_arrived(company, today - DAYS_PER_QUARTER, today)
    before = _n_arrived(company, today - 2 * DAYS_PER_QUARTER, today - DAYS_PER_QUARTER)
    return last / before if before > 0 else 1.0


@compiled
def _n_arrived(company, first, last):
    """Prospects that came from day `first` up to, not including, `last`."""
    return company.first_prospect[last] - company.first_prospect[first]


@compiled
def leads_sales_can_handle(company):
    """Marketing leads that those who are there could follow up in a quarter: SDRs all day, others half of it."""
    people, work = company.rules[0].people, company.rules[0].behaviour.work
    hours = people.hours_per_day * (1.0 - people.admin_share_sales) * DAYS_PER_QUARTER
    hours *= 1.0 if people.sdrs > 0 else 0.5
    return hours * capacity.contactors_here(company) / (work.own_attempts * work.contact_h + 0.5 * work.talk_h)


@compiled
def _share_out(company):
    """Quotas of account executives follow partly what each has sold, or, planned jointly, what each is able to sell.

    Together they are more than the target: somebody always falls short, or leaves. SDRs keep their number of leads.
    """
    rules, sales = company.rules[0], company.rules[0].pay.sales
    n_executives, by_history = rules.people.account_executives, rules.money.quota_by_history
    ability, sold = 0.0, 0.0
    for rep in range(n_executives):
        ability += experience.skill_now(company, rep)
        sold += _has_sold(company, rep)
    for rep in range(company.rep.shape[0]):
        row = company.rep[rep]
        if row.is_sdr:
            row.quota = sales.sdr_target_per_quarter
        else:
            share = (1.0 - by_history) / n_executives + by_history * _has_sold(company, rep) / sold
            if rules.practices.joint_planning:
                share = experience.skill_now(company, rep) / ability
            quota = rules.money.over_assigned * company.target[0].sales_target * share
            row.quota = max(quota, rules.money.least_quota * sales.quota_eur_per_quarter)


@compiled
def _has_sold(company, rep):
    """What a rep has lately sold a quarter, EUR; on the first day all the same."""
    row = company.rep[rep]
    return max(company.rules[0].money.least_quota, row.results) * (row.quota if row.quota > 0.0 else 1.0)
