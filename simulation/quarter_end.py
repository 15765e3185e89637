"""The quarter's end: reps ask buyers to sign now, or put signatures off; buyers wait for it if that has paid."""

import numpy as np

from scenarios.run_length import DAYS_PER_QUARTER
from simulation import lead_hours, ledger, products, queues
from simulation.closing import settle
from simulation.compiled import compiled
from simulation.ledger import Hours
from simulation.management import finance_gate, pay
from simulation.pricing import LATER, PRESSED, best_price, cost_and_risk, needs_approval, p_sign_early, p_win
from simulation.queues import DONE, NOBODY, leave
from simulation.randomness import Purpose, uniform

DISCOUNTS = np.dtype(
    [
        ("discount_usual", "f8"),  # discount buyers have lately been offered, share
        ("discount_pressed", "f8"),  # the same at quarter's end
    ]
)


@compiled
def days_left(today):
    """Working days of the quarter that are left, today included: 63 on its first day, 1 on its last."""
    return DAYS_PER_QUARTER - today % DAYS_PER_QUARTER


@compiled
def had_better_wait(company, rep, lead, today):
    """Whether, near a quarter's end, a deal pays the rep more if it is signed in the next quarter."""
    behaviour, left = company.rules[0].behaviour, days_left(today)
    if behaviour.work.push_days == 0 or left > max(behaviour.work.push_days, behaviour.deals.hold_days):
        return False
    if today + left >= company.lead[lead].day_window_end:
        return False
    price = products.list_price(company, lead)
    cost = cost_and_risk(company, lead, price)
    return pay.deal_worth_later(company, rep, price, cost, today) > pay.deal_worth(company, rep, price, cost, today)


@compiled
def holds_off(company, lead, today):
    """Whether deciding buyers wait for the quarter's end: the likelier the more it has lately brought in discount.

    Worked number: an expected 5 % more discount and a price sensitivity of 2 make 10 % of buyers wait.
    """
    behaviour, row, left = company.rules[0].behaviour, company.lead[lead], days_left(today)
    if left > behaviour.deals.hold_days or left <= behaviour.work.push_days or today + left >= row.day_window_end:
        return False
    gain = company.discount[0].discount_pressed - company.discount[0].discount_usual
    p = behaviour.deals.hold_off * company.segment[row.segment].price_sensitivity * max(0.0, gain)
    return uniform(company.world[0].seed, Purpose.HOLD_OFF, row.prospect, today // DAYS_PER_QUARTER) < p


@compiled
def remember_discount(company, discount, is_pressed):
    """Word gets about: what discounts buyers have lately been offered, at quarter's end and otherwise."""
    of_late, memory = company.discount[0], company.rules[0].behaviour.work.memory
    if is_pressed:
        of_late.discount_pressed = memory * of_late.discount_pressed + (1.0 - memory) * discount
    else:
        of_late.discount_usual = memory * of_late.discount_usual + (1.0 - memory) * discount


@compiled
def press_for_signatures(company, rep, hours, today):
    """In the last days of a quarter a rep asks buyers near their decision to sign now, where that pays better.

    Each buyer is asked once, from a day of its own within the last days on. Returns the hours left of the day.
    """
    push_days, left = company.rules[0].behaviour.work.push_days, days_left(today)
    company.rep[rep].within_reach = 0.0
    if left > push_days:
        return hours
    company.rep[rep].within_reach = _within_reach(company, rep, today)
    lead, quarter = queues.first(company, queues.portfolio(company, rep)), today // DAYS_PER_QUARTER
    while lead != NOBODY and hours > 0.0:
        following, row = company.link[queues.PORTFOLIO, lead].after, company.lead[lead]
        if row.steps_left == 1 and row.ask_from <= quarter and row.prospect % push_days >= left - 1:
            hours -= _press(company, rep, lead, hours, today)
        lead = following
    return hours


@compiled
def give_up(company, rep):
    """Nothing is within reach any more of a rep who leaves."""
    company.rep[rep].within_reach = 0.0


@compiled
def _within_reach(company, rep, today):
    """List price of deals one step from deciding, each by the chance that its buyers sign early and choose us, EUR."""
    reach, lead = 0.0, queues.first(company, queues.portfolio(company, rep))
    while lead != NOBODY:
        if company.lead[lead].steps_left == 1:
            p = p_sign_early(company, lead, 0.0) * p_win(company, rep, lead, today, (0.0, True))
            reach += products.list_price(company, lead) * p
        lead = company.link[queues.PORTFOLIO, lead].after
    return reach


@compiled
def _press(company, rep, lead, hours, today):
    """Ask one buyer to sign now, if what that brings beats waiting for the buyer's own decision next quarter.

    The rep first does what the deal still needs, over several days if it must be, and waits for finance's or a
    manager's answer. Returns the hours it took, 0 if the rep does not care to ask.
    """
    row, quarter = company.lead[lead], today // DAYS_PER_QUARTER
    if today < row.cleared_from:
        return 0.0
    discount, worth_now = best_price(company, rep, lead, today, PRESSED)
    _, worth_wait = best_price(company, rep, lead, today, LATER)
    p_now = p_sign_early(company, lead, discount)
    if worth_now <= p_now * worth_wait:
        return 0.0
    if needs_approval(company, lead, discount):
        finance_gate.approve(company, lead, discount, today)
        if today < row.cleared_from:
            return 0.0
    asking = company.rules[0].behaviour.deals.press_h
    worked = lead_hours.work_on(company, lead, hours)
    if row.h_left > DONE or hours - worked < asking:
        _book_selling(company, rep, lead, worked, today)
        return worked
    _book_selling(company, rep, lead, worked + asking, today)
    row.ask_from = quarter + 1
    company.book[today].n_pressed += 1
    remember_discount(company, discount, True)
    if uniform(company.world[0].seed, Purpose.SIGN_EARLY, row.prospect, quarter) < p_now:
        leave(company, queues.DESK, lead)
        leave(company, queues.CALENDAR, lead)
        settle(company, rep, lead, today, (discount, True))
    return worked + asking


@compiled
def _book_selling(company, rep, lead, hours, today):
    """Book a rep's hours of selling to one lead."""
    lead_hours.count_selling(company, lead, hours)
    ledger.rep_spends(company, rep, Hours.OPPORTUNITIES, hours, today)
