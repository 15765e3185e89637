"""What follows the results of the whole company: how much of everybody's pay, and how far it is earned."""

from scenarios.run_length import QUARTERS_PER_YEAR
from simulation.compiled import compiled


@compiled
def individual_share(company):
    """Part 0 to 1 of variable pay that depends on a person's own results; the rest is shared."""
    return 1.0 - company.rules[0].practices.shared_reward


@compiled
def common_attainment(company):
    """New contracts of the whole company this quarter relative to the sales target, at most attainment_max."""
    target = company.target[0].sales_target
    if target <= 0.0:
        return 0.0
    return min(company.rules[0].pay.marketing.attainment_max, company.tally[0].bookings_quarter / target)


@compiled
def pool_of_rep(company, rep, value):
    """What a signature of `value` EUR brings a rep through the common pool, EUR."""
    sales, target = company.rules[0].pay.sales, company.target[0].sales_target
    variable = sales.sdr_variable_eur if company.rep[rep].is_sdr else sales.account_executive_variable_eur
    shared = company.rules[0].practices.shared_reward
    return shared * variable / QUARTERS_PER_YEAR * value / target if target > 0.0 else 0.0
