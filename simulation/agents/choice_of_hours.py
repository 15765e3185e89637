"""How a rep divides the day: by what an hour of each use is believed to bring in own pay."""

from simulation import queues
from simulation.averages import mean, total
from simulation.border import lead_worth
from simulation.compiled import compiled
from simulation.elementary import power
from simulation.ledger import Hours
from simulation.management import pay


@compiled
def plan_the_day(company, rep, today):
    """Divide the free hours: write down the rep's share of them for each use, adding up to 1.

    A choice with bounded knowledge: the share of a use grows with the own pay per hour it is believed to bring, to the
    power of choice_sharpness. Only uses with work waiting get hours; prospects are always there to be looked for.
    """
    expect_pay(company, rep, today)
    row, sharpness = company.rep[rep], company.rules[0].behaviour.work.choice_sharpness
    worth, share = row.pay_per_h, row.share
    row.best_pay_per_h = 0.0
    for use in range(worth.shape[0]):
        row.best_pay_per_h = max(row.best_pay_per_h, worth[use])
    if row.usual_pay_per_h <= 0.0:
        row.usual_pay_per_h = row.best_pay_per_h
    row.usual_pay_per_h += (1.0 - company.rules[0].behaviour.work.memory) * (row.best_pay_per_h - row.usual_pay_per_h)
    row.other_pay_per_h = max(worth[Hours.PROSPECTING], worth[Hours.IDLE])
    if queues.length(company, queues.deal_desk(company, rep)) > 0:
        row.other_pay_per_h = max(row.other_pay_per_h, worth[Hours.OPPORTUNITIES])
    if queues.length(company, queues.lead_desk(company, rep)) == 0:
        worth[Hours.LEADS] = 0.0
    if queues.length(company, queues.deal_desk(company, rep)) == 0:
        worth[Hours.OPPORTUNITIES] = 0.0
    if queues.length(company, queues.customer_desk(company, rep)) == 0:
        worth[Hours.CUSTOMERS] = 0.0
    for use in range(worth.shape[0]):
        share[use] = power(worth[use], sharpness) if worth[use] > 0.0 else 0.0  # with a sharpness of 0 too
    whole = total(share)
    if whole <= 0.0:
        share[Hours.PROSPECTING] = whole = 1.0
    for use in range(worth.shape[0]):
        share[use] /= whole


@compiled
def expect_pay(company, rep, today):
    """Write down the own pay, EUR, that the rep believes an hour of each use to bring.

    An opportunity: what past ones brought per hour, as far as a deal pays now. A marketing lead or a prospect: the
    chance to find a project, times what a project brings, over the hours of finding and then selling it.
    """
    row = company.rep[rep]
    worth = row.pay_per_h
    row.project_worth, row.project_h = _worth_of_a_project(company, rep)
    approach_rate = row.approaches_found / row.approaches_h
    worth[Hours.LEADS] = lead_worth.pay_of_leads(company, rep)
    worth[Hours.PROSPECTING] = approach_rate * row.project_worth / (1.0 + approach_rate * row.project_h)
    worth[Hours.IDLE] = row.slack_worth
    if not row.is_sdr:
        worth[Hours.OPPORTUNITIES] = row.deals_worth / row.deals_h * pay.pull_of_today(company, rep, today)
        worth[Hours.CUSTOMERS] = _worth_of_onboarding(company, rep)


@compiled
def _worth_of_a_project(company, rep):
    """What one lead with a project brings this rep, EUR, and the selling hours it takes; an SDR passes it on."""
    row = company.rep[rep]
    if row.is_sdr:
        return max(pay.sdr_rate(company), pay.sdr_duty(company)), 0.0
    return row.deals_worth / row.n_deals, row.deals_h / row.n_deals


@compiled
def _worth_of_onboarding(company, rep):
    """What an hour of onboarding brings, EUR: a likelier renewal pays little; duty and a shared reward add to it."""
    rules, customers = company.rules[0], company.rules[0].customers
    if customers.onboarding_h <= 0.0:
        return 0.0
    gain = (1.0 - customers.weight_match - customers.weight_story) * (
        customers.renewal_at_best - customers.renewal_at_worst
    )
    stake = customers.renewal_pay_share + rules.behaviour.work.duty + rules.practices.shared_reward
    price = mean(company.segment.deal_value_eur)
    return stake * gain * pay.duty_rate(company, rep) * price / customers.onboarding_h
