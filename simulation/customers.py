"""Customers: onboarding, satisfaction, bad debt, complaints, renewal, expansion and churn."""

from scenarios.run_length import DAYS_PER_QUARTER
from simulation import credit, offers, products, queues, referral
from simulation.compiled import compiled
from simulation.ledger import move
from simulation.management import pay
from simulation.queues import NEVER, join, leave, schedule
from simulation.randomness import Purpose, uniform, uniforms4
from simulation.status import Status

ONBOARDING, QUIET, UPSET, COMPLAINING = 0, 1, 2, 3  # what a customer is about


@compiled
def inherit(company, lead):
    """A customer of the installed base: signed at list price some day in the year before, onboarded and content."""
    state, rules, row = company.state[0], company.rules[0], company.lead[lead]
    u_day = uniform(state.seed, Purpose.INHERITED, lead, 0)
    days_left = 1 + int(u_day * rules.customers.contract_d)
    row.product, row.volume = products.EASY, 1.0
    row.price, row.owner = products.list_price(company, lead), lead % rules.people.account_executives
    row.satisfaction = rules.customers.installed_satisfaction
    row.day_window_end = NEVER
    row.day_renewal = days_left
    move(company, lead, Status.CUSTOMER)
    state.revenue_per_day += row.price / rules.customers.contract_d
    state.backlog += row.price / rules.customers.contract_d * days_left
    _live_on(company, lead, 0)


@compiled
def welcome(company, lead, today, match, story):
    """A new customer: revenue begins, and the rep should onboard it.

    `match` 0 to 1: how well what was sold meets the need; `story` 0 to 1: how well it agrees with what was promised.
    """
    state, rules, row = company.state[0], company.rules[0], company.lead[lead]
    customers = rules.customers
    row.satisfaction = customers.weight_match * match + customers.weight_story * story
    row.satisfaction = min(1.0, max(0.0, row.satisfaction + company.product[row.product].satisfaction))
    row.h_left, row.volume, row.care = customers.onboarding_h, 1.0, ONBOARDING
    row.day_renewal = today + customers.contract_d
    move(company, lead, Status.CUSTOMER)
    state.revenue_per_day += row.price / customers.contract_d
    state.backlog += row.price
    join(company, queues.DESK, queues.customer_desk(company, row.owner), lead)
    schedule(company, lead, min(today + customers.onboarding_window_d, row.day_renewal))


@compiled
def come_due(company, lead, today):
    """The time for onboarding is over, something has gone wrong, a complaint has waited, or the contract ends."""
    row = company.lead[lead]
    if row.care == COMPLAINING:
        _end_complaint(company, lead)
    if row.day_renewal <= today:
        _decide_on_renewal(company, lead, today)
    elif row.care == ONBOARDING:
        _end_onboarding(company, lead, today)
    elif row.care == UPSET:
        _complain(company, lead, today)
    else:
        schedule(company, lead, row.day_renewal)


@compiled
def _end_onboarding(company, lead, today):
    """Satisfaction gets its last part from the share of onboarding that was done; a few never pay."""
    rules, row = company.rules[0], company.lead[lead]
    customers = rules.customers
    done = 1.0 - row.h_left / customers.onboarding_h if customers.onboarding_h > 0.0 else 1.0
    row.satisfaction = min(1.0, row.satisfaction + (1.0 - customers.weight_match - customers.weight_story) * done)
    company.book[today].onboarding_share += done
    leave(company, queues.DESK, lead)
    p = credit.p_bad_debt(company, row.segment, row.credit)
    if uniform(company.state[0].seed, Purpose.BAD_DEBT, lead, 0) < p:
        company.book[today].bad_debt += row.price
        company.book[today].n_bad_debts += 1
        company.state[0].bad_debt_quarter += row.price
        pay.take_back(company, lead)
        _end_contract(company, lead, today)
        return
    referral.recommend(company, lead, today)
    _live_on(company, lead, today)


@compiled
def _live_on(company, lead, today):
    """The contract runs; the less satisfied a customer is, the likelier it has a complaint some day before its end."""
    row = company.lead[lead]
    u_whether, u_when, _, _ = uniforms4(company.state[0].seed, Purpose.COMPLAINT, lead, row.n_renewals)
    if u_whether >= company.rules[0].customers.complaints * (1.0 - row.satisfaction):
        row.care = QUIET
        schedule(company, lead, row.day_renewal)
        return
    row.care = UPSET
    schedule(company, lead, today + 1 + int(u_when * (row.day_renewal - today - 1)))


@compiled
def _complain(company, lead, today):
    """A disappointed customer wants the rep's time, soon."""
    row, customers = company.lead[lead], company.rules[0].customers
    row.care, row.h_left = COMPLAINING, customers.complaint_h
    company.book[today].n_complaints += 1
    join(company, queues.DESK, queues.customer_desk(company, row.owner), lead)
    schedule(company, lead, min(today + customers.complaint_window_d, row.day_renewal))


@compiled
def _end_complaint(company, lead):
    """A complaint that was looked after mends part of what is missing; one that was left costs satisfaction."""
    row, customers = company.lead[lead], company.rules[0].customers
    left = row.h_left / customers.complaint_h if customers.complaint_h > 0.0 else 0.0
    row.satisfaction += customers.complaint_mended * (1.0 - left) * (1.0 - row.satisfaction)
    row.satisfaction *= 1.0 - customers.complaint_loss * left
    row.care, row.h_left = QUIET, 0.0
    leave(company, queues.DESK, lead)


@compiled
def p_renewal(company, satisfaction):
    """Probability of renewal, rising in a line with satisfaction 0 to 1 from worst to best."""
    customers = company.rules[0].customers
    return customers.renewal_at_worst + (customers.renewal_at_best - customers.renewal_at_worst) * satisfaction


@compiled
def _decide_on_renewal(company, lead, today):
    """At the end of its contract a customer renews at its price, for as much as before or more, or leaves."""
    rules, row, book = company.rules[0], company.lead[lead], company.book[today]
    book.n_due_renewal += 1
    leave(company, queues.DESK, lead)
    u = uniform(company.state[0].seed, Purpose.RENEWAL, lead, row.n_renewals)
    p = p_renewal(company, row.satisfaction * offers.loyalty_kept(company, row.segment))
    book.renewal_chance += p
    if u >= p:
        _end_contract(company, lead, today)
        return
    _expand(company, lead, today)
    row.n_renewals += 1
    row.day_renewal = today + rules.customers.contract_d
    price, cost = row.price * row.volume, products.delivery_cost(company, lead) * row.volume
    company.state[0].backlog += price
    book.n_renewed += 1
    book.bookings_renewal += price
    book.cost_of_delivery += cost
    row.renewed_eur += price
    row.renewal_cost_eur += cost
    if today >= rules.run.warm_up_quarters * DAYS_PER_QUARTER:
        row.renewed_margin_eur += price - cost
    pay.reward_renewal(company, row.owner, price)
    referral.recommend(company, lead, today)
    _live_on(company, lead, today)


@compiled
def _expand(company, lead, today):
    """A satisfied customer buys more of it, at its price."""
    customers, row, book = company.rules[0].customers, company.lead[lead], company.book[today]
    u = uniform(company.state[0].seed, Purpose.EXPANSION, lead, row.n_renewals)
    if u >= customers.expansion_at_best * row.satisfaction:
        return
    more = row.price * row.volume * customers.expansion_share
    row.volume *= 1.0 + customers.expansion_share
    company.state[0].revenue_per_day += more / customers.contract_d
    book.n_expansions += 1
    book.bookings_expansion += more


@compiled
def _end_contract(company, lead, today):
    """No more revenue from this customer; what was booked and not yet recognised is written off."""
    state, rules, row = company.state[0], company.rules[0], company.lead[lead]
    per_day = row.price * row.volume / rules.customers.contract_d
    state.revenue_per_day -= per_day
    left = per_day * (row.day_renewal - today)
    state.backlog -= left
    company.book[today].written_off += left
    move(company, lead, Status.CHURNED)
