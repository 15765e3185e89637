"""Customers: onboarding, satisfaction, bad debt, complaints, renewal, expansion and churn."""

import math

from scenarios.run_length import DAYS_PER_QUARTER, DAYS_PER_YEAR
from simulation import credit, lead_hours, ledger, offers, products, queues, referral, tape
from simulation.border import hand_off
from simulation.compiled import compiled
from simulation.elementary import exp
from simulation.ledger import move
from simulation.management import finance_gate, pay
from simulation.queues import join, leave, schedule
from simulation.randomness import Purpose, uniform, uniforms4
from simulation.status import Status
from simulation.tape import Event

ONBOARDING, QUIET, UPSET, COMPLAINING = 0, 1, 2, 3  # what a customer is about


@compiled
def inherit(company, lead):
    """A customer of the installed base: signed at list price some day in the year before, onboarded and content."""
    rules, row = company.rules[0], company.lead[lead]
    u_day = uniform(company.world[0].seed, Purpose.INHERITED, row.prospect, 0)
    days_left = 1 + int(u_day * rules.customers.contract_d)
    products.pitch(company, lead, products.EASY, 0.0)
    sign(company, lead, products.list_price(company, lead))
    hand_off.give_to(company, lead, row.prospect % rules.people.account_executives, 0)
    row.satisfaction, row.volume = rules.customers.installed_satisfaction, 1.0
    row.day_renewal = days_left
    move(company, lead, Status.CUSTOMER, 0)
    per_day = row.price / rules.customers.contract_d
    ledger.count_contract(company, per_day, per_day * days_left)
    _live_on(company, lead, 0)


@compiled
def sign(company, lead, price):
    """A buyer signs at a `price`, EUR/year."""
    company.lead[lead].price = price


@compiled
def welcome(company, lead, today, match, story):
    """A new customer: revenue begins, and the rep should onboard it.

    `match` 0 to 1: how well what was sold meets the need; `story` 0 to 1: how well it agrees with what was promised.
    """
    rules, row = company.rules[0], company.lead[lead]
    customers = rules.customers
    row.satisfaction = customers.weight_match * match + customers.weight_story * story
    row.satisfaction = min(1.0, max(0.0, row.satisfaction + company.product[row.product].satisfaction))
    row.satisfaction *= delivered_well(company)
    row.volume, row.care = 1.0, ONBOARDING
    lead_hours.need(company, lead, customers.onboarding_h)
    row.day_renewal = today + customers.contract_d
    move(company, lead, Status.CUSTOMER, today)
    ledger.count_contract(company, row.price / customers.contract_d, row.price)
    join(company, queues.DESK, queues.customer_desk(company, row.owner), lead)
    schedule(company, lead, min(today + customers.onboarding_window_d, row.day_renewal))


@compiled
def delivered_well(company):
    """Share 0 to 1 of what was sold that production and services can deliver well, with all contracts that run.

    Worked number: contracts of 12 m a year where 9 m can be delivered leave 0.75.
    """
    most, running = company.rules[0].money.delivery_eur_per_year, company.ledger[0].revenue_per_day * DAYS_PER_YEAR
    return 1.0 if math.isnan(most) or running <= most else most / running


@compiled
def come_due(company, lead, today):
    """The time for onboarding is over, something has gone wrong, a complaint has waited, or the contract ends."""
    row = company.lead[lead]
    if row.care == COMPLAINING:
        _end_complaint(company, lead, today)
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
    """Satisfaction gets its last part from the share of onboarding that was done; a few never pay, or give it up."""
    rules, row, book = company.rules[0], company.lead[lead], company.book[today]
    customers = rules.customers
    done = 1.0 - row.h_left / customers.onboarding_h if customers.onboarding_h > 0.0 else 1.0
    row.satisfaction = min(1.0, row.satisfaction + (1.0 - customers.weight_match - customers.weight_story) * done)
    company.book[today].onboarding_share += done
    tape.write(company, today, Event.ONBOARDING_OVER, (row.prospect, row.owner), row.satisfaction)
    leave(company, queues.DESK, lead)
    p = credit.p_bad_debt(company, row.segment, row.credit)
    if uniform(company.world[0].seed, Purpose.BAD_DEBT, row.prospect, 0) < p:
        company.book[today].bad_debt += row.price
        company.book[today].n_bad_debts += 1
        tape.write(company, today, Event.NOT_PAID, (row.prospect, row.owner), row.price)
        finance_gate.note_bad_debt(company, row.price)
        pay.take_back(company, lead)
        _end_contract(company, lead, today)
        return
    u = uniform(company.world[0].seed, Purpose.LEAVES_EARLY, row.prospect, 0)
    if u < customers.leaves_early * (1.0 - row.satisfaction):
        book.n_left_early += 1
        _end_contract(company, lead, today)
        return
    referral.recommend(company, lead, today)
    _live_on(company, lead, today)


@compiled
def _live_on(company, lead, today):
    """The contract runs; the less satisfied a customer is, the likelier it has a complaint some day before its end."""
    row = company.lead[lead]
    u_whether, u_when, _, _ = uniforms4(company.world[0].seed, Purpose.COMPLAINT, row.prospect, row.n_renewals)
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
    row.care = COMPLAINING
    lead_hours.need(company, lead, customers.complaint_h)
    company.book[today].n_complaints += 1
    tape.write(company, today, Event.COMPLAINT, (row.prospect, row.owner), 0.0)
    join(company, queues.DESK, queues.customer_desk(company, row.owner), lead)
    schedule(company, lead, min(today + customers.complaint_window_d, row.day_renewal))


@compiled
def _end_complaint(company, lead, today):
    """A complaint that was looked after mends part of what is missing; one that was left costs satisfaction."""
    row, customers = company.lead[lead], company.rules[0].customers
    left = row.h_left / customers.complaint_h if customers.complaint_h > 0.0 else 0.0
    row.satisfaction += customers.complaint_mended * (1.0 - left) * (1.0 - row.satisfaction)
    row.satisfaction *= 1.0 - customers.complaint_loss * left
    row.care = QUIET
    tape.write(company, today, Event.COMPLAINT_OVER, (row.prospect, row.owner), row.satisfaction)
    lead_hours.need(company, lead, 0.0)
    leave(company, queues.DESK, lead)


@compiled
def p_renewal(company, satisfaction):
    """Probability of renewal, rising in a line with satisfaction 0 to 1 from worst to best."""
    customers = company.rules[0].customers
    return customers.renewal_at_worst + (customers.renewal_at_best - customers.renewal_at_worst) * satisfaction


@compiled
def _price_weight(company, lead):
    """Log-odds that a price dearer by one log point costs with this customer, as with new buyers."""
    kind = company.segment[company.lead[lead].segment]
    return company.rules[0].behaviour.attention.list_price_weight * kind.price_sensitivity


@compiled
def if_overpaid(p, logits):
    """Probability `p` less so many log-odds. Worked number: 0.8 is odds of 4; less ln 4 it is a half."""
    odds = p * exp(-logits)
    return odds / (odds + 1.0 - p)


@compiled
def _decide_on_renewal(company, lead, today):
    """At the end of its contract a customer renews at its price, for as much as before or more, or leaves."""
    rules, row, book = company.rules[0], company.lead[lead], company.book[today]
    book.n_due_renewal += 1
    leave(company, queues.DESK, lead)
    u = uniform(company.world[0].seed, Purpose.RENEWAL, row.prospect, row.n_renewals)
    p = p_renewal(company, row.satisfaction * offers.loyalty_kept(company, row.segment))
    p = if_overpaid(p, _price_weight(company, lead) * products.overpaid(company, lead))
    book.renewal_chance += p
    if u >= p:
        _end_contract(company, lead, today)
        return
    _expand(company, lead, today)
    row.n_renewals += 1
    row.day_renewal = today + rules.customers.contract_d
    price, cost = row.price * row.volume, products.delivery_cost(company, lead) * row.volume
    ledger.count_contract(company, 0.0, price)
    book.n_renewed += 1
    tape.write(company, today, Event.RENEWED, (row.prospect, row.owner), price)
    book.bookings_renewal += price
    ledger.deliver(company, cost, today)
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
    u = uniform(company.world[0].seed, Purpose.EXPANSION, row.prospect, row.n_renewals)
    if u >= customers.expansion_at_best * row.satisfaction:
        return
    more = row.price * row.volume * customers.expansion_share
    row.volume *= 1.0 + customers.expansion_share
    ledger.count_contract(company, more / customers.contract_d, 0.0)
    book.n_expansions += 1
    book.bookings_expansion += more


@compiled
def _end_contract(company, lead, today):
    """No more revenue from this customer; what was booked and not yet recognised is written off."""
    row = company.lead[lead]
    per_day = row.price * row.volume / company.rules[0].customers.contract_d
    left = per_day * (row.day_renewal - today)
    ledger.count_contract(company, -per_day, -left)
    company.book[today].written_off += left
    move(company, lead, Status.CHURNED, today)
