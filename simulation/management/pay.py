"""What people earn for what they do: the schemes, what a deal is worth to a rep, and the settlement of a quarter."""

import math

import numpy as np

from scenarios.pay import MarketingPay, SalesPay
from scenarios.run_length import DAYS_PER_QUARTER, DAYS_PER_YEAR, QUARTERS_PER_YEAR
from simulation import products
from simulation.averages import mean
from simulation.compiled import compiled, in_place
from simulation.elementary import log
from simulation.management import capacity, finance_gate, marketing_pay, tally
from simulation.management.common_reward import common_attainment, individual_share
from simulation.parameters import choice
from simulation.queues import NOBODY

PERIOD = np.dtype([("quarters_left", "i8")])  # of the time over which quotas are counted, this one included
SALARY = choice(SalesPay, "scheme", "salary")
MARGIN_COMMISSION = choice(SalesPay, "scheme", "margin_commission")
QUOTA_BONUS = choice(SalesPay, "scheme", "quota_bonus")
ACCELERATOR = choice(SalesPay, "scheme", "accelerator")
YEAR = choice(SalesPay, "bonus_period", "year")
FIXED = choice(MarketingPay, "scheme", "fixed")
NEXT_TO_NOTHING = 0.01  # of the going pay; who is paid nothing at all has no logarithm


@compiled
def rate_on_target(company, rep):
    """Share of a deal's price that pays the whole variable pay of an account executive exactly at quota."""
    return company.rules[0].pay.sales.account_executive_variable_eur / QUARTERS_PER_YEAR / company.rep[rep].quota


@compiled
def duty_rate(company, rep):
    """Share of a deal's price that somebody feels to owe the company in work for all pay on target, base included.

    Half of base and variable pay: as much as the variable pay where both are alike.
    """
    sales = company.rules[0].pay.sales
    whole = sales.account_executive_base_eur + sales.account_executive_variable_eur
    return 0.5 * whole / QUARTERS_PER_YEAR / company.rep[rep].quota


@compiled
def paid_less_than_elsewhere(company):
    """How much less than elsewhere account executives are paid on target, in logs; below 0 if more, -0.5 at least.

    Worked number: half the going pay is 0.69.
    """
    sales, going = company.rules[0].pay.sales, company.rules[0].people.going_pay_eur
    whole = max(NEXT_TO_NOTHING * going, sales.account_executive_base_eur + sales.account_executive_variable_eur)
    return max(-0.5, log(going / whole))


@compiled
def sdr_duty(company):
    """What one lead passed on is worth to an SDR by duty alone, EUR."""
    sales = company.rules[0].pay.sales
    whole = 0.5 * (sales.sdr_base_eur + sales.sdr_variable_eur)
    return company.rules[0].behaviour.work.duty * whole / QUARTERS_PER_YEAR / sales.sdr_target_per_quarter


@compiled
def begin_period(company):
    """The time over which quotas are counted begins anew: a quarter, or a year of four."""
    company.period[0].quarters_left = quarters_in_period(company)


@compiled
def quarters_in_period(company):
    """Over how many quarters quotas, bonuses and caps are counted."""
    return DAYS_PER_YEAR // DAYS_PER_QUARTER if company.rules[0].pay.sales.bonus_period == YEAR else 1


@compiled
def goal(company, rep):
    """Quota of the whole period, EUR: the quarters that are over, and the present quota for those to come.

    Worked number: a quarter of 100,000 gone and a quota of 120,000 now make 460,000 a year.
    """
    row = company.rep[rep]
    return row.past_quota + row.quota * company.period[0].quarters_left


@compiled
def standing(company, rep):
    """What a rep has signed so far in this period, EUR."""
    return company.rep[rep].past_achieved + company.rep[rep].achieved


@compiled
def quota_bonus(company):
    """Lump sum for reaching the quota of a period, EUR."""
    sales = company.rules[0].pay.sales
    return (
        sales.account_executive_variable_eur / QUARTERS_PER_YEAR * quarters_in_period(company) * sales.quota_bonus_share
    )


@compiled
def below_cap(company, rep, achieved, price):
    """The part of a price, EUR, that still counts for pay after `achieved`; all of it where there is no cap.

    Worked number: quota 100,000, a cap of 1.2 and 110,000 achieved leave 10,000 of a deal of 30,000.
    """
    cap = company.rules[0].pay.sales.cap
    if math.isnan(cap):
        return price
    return min(price, max(0.0, cap * goal(company, rep) - achieved))


@compiled
def commission_share(company):
    """Part 0 to 1 of variable pay on target that is commission: none of a salary, and what a bonus leaves of it."""
    sales = company.rules[0].pay.sales
    if sales.scheme == SALARY:
        return 0.0
    return 1.0 - sales.quota_bonus_share if sales.scheme == QUOTA_BONUS else 1.0


@compiled
def margin_share(company):
    """Part 0 to 1 of the commission that is counted by margin instead of revenue."""
    sales = company.rules[0].pay.sales
    return 1.0 if sales.scheme == MARGIN_COMMISSION else sales.margin_share


@compiled
def _is_accelerated(company):
    """Whether the rate is higher above quota."""
    sales = company.rules[0].pay.sales
    return sales.scheme == ACCELERATOR or (sales.scheme == QUOTA_BONUS and sales.bonus_and_accelerator)


@compiled
def _by_revenue_and_margin(company, by_revenue, share, price, cost):
    """A commission of `by_revenue` EUR on revenue, as it is where the `share` 0 to 1 of it is counted by margin.

    Worked number: half of it by margin, and half of the planned margin left, make three quarters.
    """
    if share <= 0.0:
        return by_revenue
    by_margin = by_revenue * (max(0.0, price - cost) / price / products.plan_margin(company))
    return (1.0 - share) * by_revenue + share * by_margin


@in_place
def deal_pay(company, rep, achieved, price, cost):
    """Own pay, EUR, for one deal signed at `price` after `achieved` EUR this period, with `cost` EUR to be deducted.

    Worked number: quota 150,000 a quarter and 75,000 a year variable give a rate of 12.5 %; on plain commission a deal
    of 10,000 pays 1,250. Components add: commission on revenue and on margin, a higher rate above quota, a bonus.
    """
    sales, target, rate = company.rules[0].pay.sales, goal(company, rep), rate_on_target(company, rep)
    counted = below_cap(company, rep, achieved, price)
    pay = _by_revenue_and_margin(company, rate * counted, margin_share(company), price, cost)
    if _is_accelerated(company):
        above = min(counted, max(0.0, achieved + counted - target))
        pay += (sales.accelerator - 1.0) * rate * above
    pay *= commission_share(company)
    if sales.scheme == QUOTA_BONUS and achieved < target <= achieved + price:
        pay += quota_bonus(company)
    return pay * individual_share(company)


@compiled
def usual_pay(company, rep, price, cost):
    """What such a deal is worth to a rep in the long run, EUR: full commission, wherever this period stands."""
    rules = company.rules[0]
    pay = rate_on_target(company, rep) * price
    duty = rules.behaviour.work.duty * duty_rate(company, rep) * price
    if rules.pay.sales.scheme == SALARY:
        return duty
    by_margin = margin_share(company) * commission_share(company)  # a bonus counts revenue
    return max(duty, _by_revenue_and_margin(company, pay, by_margin, price, cost) * individual_share(company))


@compiled
def pull_of_today(company, rep, today):
    """Worth of an ordinary deal to a rep as this period stands, relative to its usual worth.

    Below 1 for who has reached the cap or given up the quota, far above it for who is one deal short of the bonus.
    """
    price = mean(company.segment.deal_value_eur)
    cost = price * (1.0 - products.plan_margin(company))
    usual = usual_pay(company, rep, price, cost)
    return deal_worth(company, rep, price, cost, today) / usual if usual > 0.0 else 1.0


@compiled
def nearness(company, days_left):
    """Weight 0 to 1 of a reward `days_left` days away: what is far off counts less than what is near.

    Worked number: half at deadline_d days.
    """
    return 1.0 / (1.0 + days_left / company.rules[0].behaviour.deals.deadline_d)


@compiled
def days_to_settlement(company, today):
    """Working days until quotas of this period are settled, today included."""
    return DAYS_PER_QUARTER * company.period[0].quarters_left - today % DAYS_PER_QUARTER


@in_place
def deal_worth(company, rep, price, cost, today):
    """What a deal signed today is worth to a rep, EUR: own pay, progress towards the bonus, duty where nothing is paid.

    Progress counts by the share of the gap it closes, by how near the day is, and by the chance to close the rest: the
    square of what the period may yet bring (the pace of the quota, and deals that could be signed at its end) relative
    to the gap.
    """
    rules, row = company.rules[0], company.rep[rep]
    worth = deal_pay(company, rep, standing(company, rep), price, cost)
    gap = goal(company, rep) - standing(company, rep)
    if rules.pay.sales.scheme == QUOTA_BONUS and gap > price:
        days_left = days_to_settlement(company, today)
        chance = min(1.0, (row.quota * days_left / DAYS_PER_QUARTER + row.within_reach) / gap) ** 2
        chance *= nearness(company, days_left)
        worth += quota_bonus(company) * individual_share(company) * price / gap * chance
    return max(worth, rules.behaviour.work.duty * duty_rate(company, rep) * price)


@compiled
def deal_worth_later(company, rep, price, cost, today):
    """What the same deal is worth today if it is signed at the start of the next quarter, EUR.

    What has to wait may be lost. If the period ends with this quarter, everybody begins the next at nothing, with an
    even chance of the bonus, and where there is a quota the head of Sales asks for signatures now.
    """
    rules, work = company.rules[0], company.rules[0].behaviour.work
    scheme = rules.pay.sales.scheme
    if company.period[0].quarters_left > 1:
        return deal_worth(company, rep, price, cost, today) * (1.0 - work.wait_loss)
    worth = deal_pay(company, rep, 0.0, price, cost)
    n_quarters = quarters_in_period(company)
    target = company.rep[rep].quota * n_quarters
    if scheme == QUOTA_BONUS and price < target:
        chance = 0.5 * nearness(company, DAYS_PER_QUARTER * n_quarters)
        worth += quota_bonus(company) * individual_share(company) * price / target * chance
    worth = max(worth, work.duty * duty_rate(company, rep) * price) * (1.0 - work.wait_loss)
    return worth * work.quota_pressure if scheme in (QUOTA_BONUS, ACCELERATOR) else worth


@compiled
def marketers_part(company, lead):
    """Part 0 to 1 of the pay for a win that goes to the lead's marketer, where the company shares the credit."""
    if company.lead[lead].marketer == NOBODY:
        return 0.0
    return company.rules[0].practices.credit_shared * company.rules[0].pay.marketing.win_share


@compiled
def reward_deal(company, rep, lead, price, cost):
    """Credit a signed deal to its rep: pay and progress; and to its marketer what is due there."""
    row = company.rep[rep]
    paid, part = deal_pay(company, rep, standing(company, rep), price, cost), marketers_part(company, lead)
    company.lead[lead].seller = row.key
    row.variable_pay += (1.0 - part) * paid
    tally.count_signed(company, rep, price)
    if part > 0.0:
        company.marketer[company.lead[lead].marketer].win_pay += part * paid


@compiled
def take_back(company, lead):
    """A contract is never paid: who has sold it, is paid by margin and still here loses the own part of the price."""
    row, by_margin = company.lead[lead], margin_share(company) * commission_share(company)
    rep = company.rep[row.owner]
    if by_margin <= 0.0 or rep.is_vacant or rep.key != row.seller:
        return
    loss = rate_on_target(company, row.owner) * row.price / products.plan_margin(company) * individual_share(company)
    rep.variable_pay -= (1.0 - marketers_part(company, lead)) * loss * by_margin


@compiled
def reward_renewal(company, rep, price):
    """Credit a renewal to the customer's rep, if there is one, unless pay is all salary."""
    if company.rules[0].pay.sales.scheme == SALARY or company.rep[rep].is_vacant:
        return
    share = company.rules[0].customers.renewal_pay_share * individual_share(company)
    company.rep[rep].variable_pay += share * rate_on_target(company, rep) * price


@compiled
def reward_report(company, rep):
    """Credit a report to its rep."""
    company.rep[rep].variable_pay += company.rules[0].practices.feedback_bonus_eur


@compiled
def sdr_rate(company):
    """What an SDR earns for one lead passed to an account executive, EUR."""
    sales = company.rules[0].pay.sales
    if sales.scheme == SALARY:
        return 0.0
    return sales.sdr_variable_eur / QUARTERS_PER_YEAR / sales.sdr_target_per_quarter * individual_share(company)


@compiled
def pay_salaries(company, today):
    """A day's base pay of everybody, with on-costs; schemes of fixed pay pay all of the pay on target as salary."""
    rules, book = company.rules[0], company.book[today]
    people, daily = rules.people, rules.pay.on_cost / DAYS_PER_YEAR
    sales = rules.pay.sales
    book.pay_sales += daily * capacity.executives_here(company) * sales.account_executive_base_eur
    book.pay_sales += daily * capacity.sdrs_here(company) * sales.sdr_base_eur
    if sales.scheme == SALARY:
        own = daily * individual_share(company)
        book.pay_sales += own * capacity.executives_here(company) * sales.account_executive_variable_eur
        book.pay_sales += own * capacity.sdrs_here(company) * sales.sdr_variable_eur
    if rules.pay.marketing.scheme == FIXED:
        own = daily * individual_share(company)
        book.pay_marketing += own * people.marketers * rules.pay.marketing.variable_eur
    book.pay_marketing += daily * people.marketers * rules.pay.marketing.base_eur
    book.pay_managers += daily * people.managers * rules.pay.manager_eur


@compiled
def settle_quarter(company, today):
    """On the last day of a quarter: variable pay of both sides, attainment noted, everybody's count back to nothing."""
    rules, period = company.rules[0], company.period[0]
    shared = rules.practices.shared_reward * common_attainment(company) / QUARTERS_PER_YEAR
    is_measured = today >= rules.run.warm_up_quarters * DAYS_PER_QUARTER
    for rep in range(company.rep.shape[0]):
        if not company.rep[rep].is_vacant:
            was_here = company.rep[rep].day_came <= today - DAYS_PER_QUARTER + 1  # all quarter, so with a fair chance
            _settle_rep(company, rep, is_measured and was_here)
            _pay_rep(company, rep, shared, today)
    for marketer in range(company.marketer.shape[0]):
        row = company.marketer[marketer]
        pay = marketing_pay.earned(company, marketer) + shared * rules.pay.marketing.variable_eur + row.win_pay
        company.book[today].pay_marketing += pay * rules.pay.on_cost
        row.pay_total += pay
        row.win_pay = 0.0
    period.quarters_left -= 1
    if period.quarters_left == 0:
        begin_period(company)
    finance_gate.look_back(company)


@compiled
def _settle_rep(company, rep, is_measured):
    """Attainment of the quarter, and what it adds to the period."""
    row, is_over = company.rep[rep], company.period[0].quarters_left == 1
    row.attainment = (row.n_found if row.is_sdr else row.achieved) / row.quota
    if row.is_sdr:
        row.variable_pay += sdr_rate(company) * min(row.n_found, company.rules[0].pay.sales.sdr_cap * row.quota)
    if is_measured:
        row.quarters_measured += 1
        row.attainment_sum += row.attainment
        row.quarters_made += row.attainment >= 1.0
    row.past_quota = 0.0 if is_over else row.past_quota + row.quota
    row.past_achieved = 0.0 if is_over else row.past_achieved + row.achieved
    tally.begin_quarter_of_rep(company, rep)


@compiled
def _pay_rep(company, rep, shared, today):
    """Pay a rep's quarter; who has lost more by bad debts than earned begins the next with the rest of the loss."""
    rules, row = company.rules[0], company.rep[rep]
    variable = rules.pay.sales.sdr_variable_eur if row.is_sdr else rules.pay.sales.account_executive_variable_eur
    pay = max(0.0, row.variable_pay) + shared * variable
    company.book[today].pay_sales += pay * rules.pay.on_cost
    row.pay_total += pay
    row.variable_pay = min(0.0, row.variable_pay)


@compiled
def pay_off(company, rep, today):
    """What a rep who leaves has earned this quarter is paid; a bonus to come is lost, and so are debts."""
    row = company.rep[rep]
    if row.is_sdr:
        row.variable_pay += sdr_rate(company) * min(row.n_found, company.rules[0].pay.sales.sdr_cap * row.quota)
    due = max(0.0, row.variable_pay)
    company.book[today].pay_sales += due * company.rules[0].pay.on_cost
    row.pay_total += due
    row.variable_pay = 0.0
    tally.keep_what_was_signed(company, rep)


@compiled
def begin_account(company, rep):
    """Who is new has nothing to make good, and nothing to build on."""
    company.rep[rep].past_quota, company.rep[rep].past_achieved = 0.0, 0.0
