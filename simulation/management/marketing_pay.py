"""What marketers are paid for, and what a lead or an hour is worth to one of them."""

from scenarios.pay import MarketingPay
from scenarios.practices import Practices
from scenarios.run_length import DAYS_PER_YEAR, QUARTERS_PER_YEAR
from simulation.compiled import compiled
from simulation.management.common_reward import common_attainment, individual_share
from simulation.parameters import choice

LONG_RUN = choice(Practices, "upstream_measure", "long_run")
MQL = choice(MarketingPay, "scheme", "mql")
ACCEPTED = choice(MarketingPay, "scheme", "accepted")
PIPELINE = choice(MarketingPay, "scheme", "pipeline")
REVENUE = choice(MarketingPay, "scheme", "revenue")
MIX = choice(MarketingPay, "scheme", "mix")
NEXT_TO_NOTHING = 1e-6  # of a weight; a mix of nothing pays nothing


@compiled
def weights(company):
    """How a marketer's variable pay is split over leads handed over, projects among them, pipeline and revenue."""
    pay, own = company.rules[0].pay.marketing, individual_share(company)
    scheme = pay.scheme
    if scheme == MIX:
        part = own / max(NEXT_TO_NOTHING, pay.mix_mql + pay.mix_accepted + pay.mix_pipeline + pay.mix_revenue)
        return part * pay.mix_mql, part * pay.mix_accepted, part * pay.mix_pipeline, part * pay.mix_revenue
    return (
        own if scheme == MQL else 0.0,
        own if scheme == ACCEPTED else 0.0,
        own if scheme == PIPELINE else 0.0,
        own if scheme == REVENUE else 0.0,
    )


@compiled
def variable_per_hour(company):
    """Variable pay of a marketer on target, EUR for each hour that administration leaves."""
    people = company.rules[0].people
    hours = DAYS_PER_YEAR * people.hours_per_day * (1.0 - people.admin_share_marketing)
    return max(1.0, company.rules[0].pay.marketing.variable_eur) / hours


@compiled
def stake_in(company, value):
    """Own pay, EUR, of a marketer if a lead worth `value` EUR becomes a project, an opportunity and a signature."""
    rules, target, n = company.rules[0], company.target[0], company.marketer.shape[0]
    quarter = rules.pay.marketing.variable_eur / QUARTERS_PER_YEAR
    _, w_project, w_pipeline, w_revenue = weights(company)
    stake = w_project * quarter / max(1.0, target.mql_target / n * rules.pay.marketing.project_share_target)
    if target.sales_target > 0.0:
        stake += w_pipeline * quarter * value / (rules.pay.marketing.pipeline_target * target.sales_target / n)
        stake += (w_revenue + rules.practices.shared_reward) * quarter * value / target.sales_target
    return stake


@compiled
def is_for_tomorrow(company, marketer):
    """Whether a marketer is paid by what is prepared for tomorrow: upstream people measured by the long run."""
    practices = company.rules[0].practices
    return company.marketer[marketer].is_upstream == 1 and practices.upstream_measure == LONG_RUN


@compiled
def share_for_common_results(company):
    """Part 0 to 1 of what marketers have earned this quarter by what Sales is paid for too: revenue, the pool.

    Pipeline and projects count in part.
    """
    laws, own, n = company.rules[0].behaviour.conflict, individual_share(company), company.marketer.shape[0]
    pool, earned, common = (1.0 - own) * common_attainment(company), 0.0, 0.0
    for marketer in range(n):
        by_number, by_projects, by_pipeline, by_revenue = earned_by(company, marketer)
        earned += by_number + by_projects + by_pipeline + by_revenue + pool
        common += laws.projects_in_common * by_projects + laws.pipeline_in_common * by_pipeline + by_revenue + pool
    return common / earned if earned > 0.0 else 0.0


@compiled
def earned_by(company, marketer):
    """Attainment of a marketer this quarter by leads, projects, pipeline and revenue, each by its weight in the pay."""
    rules, target, row = company.rules[0], company.target[0], company.marketer[marketer]
    pay, cap = rules.pay.marketing, rules.pay.marketing.attainment_max
    w_mql, w_project, w_pipeline, w_revenue = weights(company)
    due = target.mql_target / company.marketer.shape[0]
    pipeline_due = pay.pipeline_target * target.sales_target / company.marketer.shape[0]
    return (
        w_mql * min(cap, row.n_mql / due),
        w_project * min(cap, row.n_good / (due * pay.project_share_target)),
        w_pipeline * min(cap, row.pipeline / pipeline_due),
        w_revenue * common_attainment(company),
    )


@compiled
def earned(company, marketer):
    """A marketer's own variable pay for this quarter, EUR: each measure relative to its target, by its weight."""
    rules, row = company.rules[0], company.marketer[marketer]
    pay, cap = rules.pay.marketing, rules.pay.marketing.attainment_max
    if is_for_tomorrow(company, marketer):
        earned = individual_share(company) * min(cap, row.upstream_h / pay.upstream_target_h)
        return earned * pay.variable_eur / QUARTERS_PER_YEAR
    by_number, by_projects, by_pipeline, by_revenue = earned_by(company, marketer)
    return (by_number + by_projects + by_pipeline + by_revenue) * pay.variable_eur / QUARTERS_PER_YEAR
