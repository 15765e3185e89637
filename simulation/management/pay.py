"""What people earn for what they do: the schemes, what a deal is worth to a rep, and the settlement of a quarter."""

from scenarios.pay import MarketingPay, SalesPay
from scenarios.run_length import DAYS_PER_QUARTER, DAYS_PER_YEAR
from simulation.compiled import compiled
from simulation.parameters import choice

SALARY = choice(SalesPay, "scheme", "salary")
COMMISSION = choice(SalesPay, "scheme", "commission")
MARGIN_COMMISSION = choice(SalesPay, "scheme", "margin_commission")
QUOTA_BONUS = choice(SalesPay, "scheme", "quota_bonus")
ACCELERATOR = choice(SalesPay, "scheme", "accelerator")
FIXED = choice(MarketingPay, "scheme", "fixed")
MQL = choice(MarketingPay, "scheme", "mql")
ACCEPTED = choice(MarketingPay, "scheme", "accepted")
PIPELINE = choice(MarketingPay, "scheme", "pipeline")
REVENUE = choice(MarketingPay, "scheme", "revenue")
MIX = choice(MarketingPay, "scheme", "mix")
QUARTERS_PER_YEAR = 4.0


@compiled
def rate_on_target(company, rep):
    """Share of a deal's price that pays the whole variable pay of an account executive exactly at quota."""
    return company.rules[0].pay.sales.account_executive_variable_eur / QUARTERS_PER_YEAR / company.rep[rep].quota


@compiled
def individual_share(company):
    """Part 0 to 1 of variable pay that depends on a person's own results; the rest is shared."""
    return 1.0 - company.rules[0].practices.shared_reward


@compiled
def quota_bonus(company):
    """Lump sum for reaching the quarter's quota, EUR."""
    sales = company.rules[0].pay.sales
    return sales.account_executive_variable_eur / QUARTERS_PER_YEAR * sales.quota_bonus_share


@compiled
def deal_pay(company, rep, achieved, price, list_price):
    """Own pay, EUR, for one deal signed at `price` after `achieved` EUR this quarter; prices in EUR.

    Worked number: quota 150,000 a quarter and 75,000 a year variable give a rate of 12.5 %; on plain commission a deal
    of 10,000 pays 1,250.
    """
    rules, quota = company.rules[0], company.rep[rep].quota
    scheme, pay = rules.pay.sales.scheme, rate_on_target(company, rep) * price
    if scheme == MARGIN_COMMISSION:
        margin = price - list_price * (1.0 - rules.money.gross_margin)
        pay = max(0.0, rate_on_target(company, rep) * margin / rules.money.gross_margin)
    elif scheme == QUOTA_BONUS:
        pay *= 1.0 - rules.pay.sales.quota_bonus_share
        if achieved < quota <= achieved + price:
            pay += quota_bonus(company)
    elif scheme == ACCELERATOR:
        above = min(price, max(0.0, achieved + price - quota))
        pay += (rules.pay.sales.accelerator - 1.0) * rate_on_target(company, rep) * above
    elif scheme != COMMISSION:
        pay = 0.0
    return pay * individual_share(company)


@compiled
def deal_worth(company, rep, price, list_price, today):
    """What a deal signed today is worth to a rep, EUR: own pay, progress towards the bonus, duty where nothing is paid.

    Progress counts by the share of the gap it closes and by the chance to close the rest: the square of what the rest
    of the quarter may yet bring (the pace of the quota, and deals that could be signed at its end) relative to the gap.
    """
    rules, row = company.rules[0], company.rep[rep]
    worth = deal_pay(company, rep, row.achieved, price, list_price)
    gap = row.quota - row.achieved
    if rules.pay.sales.scheme == QUOTA_BONUS and gap > price:
        days_left = DAYS_PER_QUARTER - today % DAYS_PER_QUARTER
        chance = min(1.0, (row.quota * days_left / DAYS_PER_QUARTER + row.within_reach) / gap) ** 2
        worth += quota_bonus(company) * individual_share(company) * price / gap * chance
    return max(worth, rules.behaviour.work.duty * rate_on_target(company, rep) * price)


@compiled
def deal_worth_later(company, rep, price, list_price):
    """What the same deal is worth today if it is signed at the start of the next quarter, EUR.

    Everybody begins that quarter at nothing, with an even chance of the bonus. What has to wait may be lost, and where
    there is a quota the head of Sales asks for signatures now.
    """
    rules, work = company.rules[0], company.rules[0].behaviour.work
    scheme = rules.pay.sales.scheme
    worth = deal_pay(company, rep, 0.0, price, list_price)
    if scheme == QUOTA_BONUS and price < company.rep[rep].quota:
        worth += quota_bonus(company) * individual_share(company) * price / company.rep[rep].quota * 0.5
    worth = max(worth, work.duty * rate_on_target(company, rep) * price) * (1.0 - work.wait_loss)
    return worth * work.quota_pressure if scheme in (QUOTA_BONUS, ACCELERATOR) else worth


@compiled
def reward_deal(company, rep, price, list_price):
    """Credit a signed deal to its rep: pay and progress."""
    row = company.rep[rep]
    row.variable_pay += deal_pay(company, rep, row.achieved, price, list_price)
    row.achieved += price


@compiled
def reward_renewal(company, rep, price):
    """Credit a renewal to the customer's rep, unless pay is all salary."""
    if company.rules[0].pay.sales.scheme == SALARY:
        return
    share = company.rules[0].customers.renewal_pay_share * individual_share(company)
    company.rep[rep].variable_pay += share * rate_on_target(company, rep) * price


@compiled
def sdr_rate(company):
    """What an SDR earns for one lead passed to an account executive, EUR."""
    sales = company.rules[0].pay.sales
    if sales.scheme == SALARY:
        return 0.0
    return sales.sdr_variable_eur / QUARTERS_PER_YEAR / sales.sdr_target_per_quarter * individual_share(company)


@compiled
def marketing_weights(company):
    """How a marketer's variable pay is split over leads handed over, projects among them, pipeline and revenue."""
    scheme, own = company.rules[0].pay.marketing.scheme, individual_share(company)
    if scheme == MIX:
        return 0.25 * own, 0.25 * own, 0.25 * own, 0.25 * own
    return (
        own if scheme == MQL else 0.0,
        own if scheme == ACCEPTED else 0.0,
        own if scheme == PIPELINE else 0.0,
        own if scheme == REVENUE else 0.0,
    )


@compiled
def pay_salaries(company, today):
    """A day's base pay of everybody, with on-costs; schemes of fixed pay pay all of the pay on target as salary."""
    rules, book = company.rules[0], company.book[today]
    people, daily = rules.people, rules.pay.on_cost / DAYS_PER_YEAR
    sales = rules.pay.sales
    book.pay_sales += daily * people.account_executives * sales.account_executive_base_eur
    book.pay_sales += daily * people.sdrs * sales.sdr_base_eur
    if sales.scheme == SALARY:
        own = daily * individual_share(company)
        book.pay_sales += own * people.account_executives * sales.account_executive_variable_eur
        book.pay_sales += own * people.sdrs * sales.sdr_variable_eur
    if rules.pay.marketing.scheme == FIXED:
        own = daily * individual_share(company)
        book.pay_marketing += own * people.marketers * rules.pay.marketing.variable_eur
    book.pay_marketing += daily * people.marketers * rules.pay.marketing.base_eur
    book.pay_managers += daily * people.managers * rules.pay.manager_eur


@compiled
def settle_quarter(company, today):
    """On the last day of a quarter: variable pay of both sides, attainment noted, everybody's count back to nothing."""
    rules, book = company.rules[0], company.book[today]
    shared = rules.practices.shared_reward * common_attainment(company) / QUARTERS_PER_YEAR
    for rep in range(company.rep.shape[0]):
        row = company.rep[rep]
        variable = rules.pay.sales.sdr_variable_eur if row.is_sdr else rules.pay.sales.account_executive_variable_eur
        row.attainment = (row.n_found if row.is_sdr else row.achieved) / row.quota
        if row.is_sdr:
            row.variable_pay += sdr_rate(company) * min(row.n_found, 1.5 * row.quota)
        if today >= rules.run.warm_up_quarters * DAYS_PER_QUARTER:
            row.attainment_sum += row.attainment
            row.quarters_made += row.attainment >= 1.0
        book.pay_sales += (row.variable_pay + shared * variable) * rules.pay.on_cost
        row.pay_total += row.variable_pay + shared * variable
        row.variable_pay, row.achieved, row.n_found = 0.0, 0.0, 0
    for marketer in range(company.marketer.shape[0]):
        pay = marketing_pay(company, marketer) + shared * rules.pay.marketing.variable_eur
        book.pay_marketing += pay * rules.pay.on_cost
        company.marketer[marketer].pay_total += pay


@compiled
def common_attainment(company):
    """New contracts of the whole company this quarter relative to the sales target, at most attainment_max."""
    state = company.state[0]
    if state.sales_target <= 0.0:
        return 0.0
    return min(company.rules[0].pay.marketing.attainment_max, state.bookings_quarter / state.sales_target)


@compiled
def marketing_pay(company, marketer):
    """A marketer's own variable pay for this quarter, EUR: each measure relative to its target, by its weight."""
    rules, state, row = company.rules[0], company.state[0], company.marketer[marketer]
    pay, cap = rules.pay.marketing, rules.pay.marketing.attainment_max
    w_mql, w_project, w_pipeline, w_revenue = marketing_weights(company)
    due = state.mql_target / company.marketer.shape[0]
    pipeline_due = pay.pipeline_target * state.sales_target / company.marketer.shape[0]
    earned = w_mql * min(cap, row.n_mql / due)
    earned += w_project * min(cap, row.n_good / (due * pay.project_share_target))
    earned += w_pipeline * min(cap, row.pipeline / pipeline_due)
    earned += w_revenue * common_attainment(company)
    return earned * pay.variable_eur / QUARTERS_PER_YEAR
