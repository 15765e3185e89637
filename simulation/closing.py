"""The end of a deal: the buyers decide, and a win goes into the books and to the rep's credit."""

from scenarios.run_length import DAYS_PER_QUARTER
from simulation import campaigns, customers, lead_hours, ledger, offers, products, queues, tape
from simulation.border import causes, feedback, goodwill
from simulation.border.follow_up import pitch_fit
from simulation.compiled import compiled
from simulation.lost_deals import lose, remember_deal
from simulation.management import pay
from simulation.pricing import p_win, story
from simulation.queues import NOBODY, leave, schedule
from simulation.randomness import Purpose, uniform
from simulation.tape import Event


@compiled
def settle(company, rep, lead, today, offer):
    """The buyers decide about an offer (see `p_win`): they sign, or choose somebody else.

    Who is pressed and would choose us in their own time says neither, but not now.
    """
    price, cost = products.list_price(company, lead) * (1.0 - offer[0]), products.delivery_cost(company, lead)
    u = uniform(company.world[0].seed, Purpose.WIN, company.lead[lead].prospect, 0)
    tape.write(company, today, Event.DECISION, (company.lead[lead].prospect, rep), offer[0])
    if u < p_win(company, rep, lead, today, offer):
        win(company, rep, lead, today, offer[0])
        remember_deal(company, lead, pay.usual_pay(company, rep, price, cost))
    elif u < _p_only_put_off(company, rep, lead, today, offer):
        company.book[today].n_not_now += 1
        left = DAYS_PER_QUARTER - today % DAYS_PER_QUARTER
        put_off(company, lead, today, left, company.rules[0].behaviour.deals.press_h)
    else:
        lose(company, lead, today)


@compiled
def _p_only_put_off(company, rep, lead, today, offer):
    """Probability that buyers would choose us in their own time; 0 if they are not pressed, or resent it and go."""
    u = uniform(company.world[0].seed, Purpose.PRESSED, company.lead[lead].prospect, today // DAYS_PER_QUARTER)
    if not offer[1] or u < company.rules[0].behaviour.deals.pressed_away:
        return 0.0
    return p_win(company, rep, lead, today, (offer[0], False))


@compiled
def put_off(company, lead, today, days, hours):
    """The decision waits so many days; then the buyers want to be talked to once more, for so many hours."""
    row = company.lead[lead]
    lead_hours.one_step_left(company, lead)
    lead_hours.need(company, lead, hours)
    schedule(company, lead, min(today + days, row.day_window_end))


@compiled
def win(company, rep, lead, today, discount):
    """Signed: into the books, to the rep's credit, and on to onboarding."""
    row, book = company.lead[lead], company.book[today]
    listed, cost = products.list_price(company, lead), products.delivery_cost(company, lead)
    customers.sign(company, lead, listed * (1.0 - discount))
    row.day_won = today
    tape.write(company, today, Event.SIGNED, (row.prospect, rep), row.price)
    leave(company, queues.PORTFOLIO, lead)
    book.n_won += 1
    if row.product == products.EASY:
        book.n_won_easy += 1
        book.bookings_easy += row.price
    book.bookings_new += row.price
    book.list_price_new += listed
    ledger.deliver(company, cost, today)
    pay.reward_deal(company, rep, lead, row.price, cost)
    campaigns.won(company, lead)
    feedback.tell_outcome(company, lead, today, 1, True)
    goodwill.credit_win(company, lead)
    if row.marketer != NOBODY:
        causes.remember_credit(company)
    causes.remember_deal(company, discount, company.product.shape[0] > 1 and row.product == products.EASY)
    match = pitch_fit(company, rep, lead, today) * offers.satisfaction_kept(company, row.segment)
    customers.welcome(company, lead, today, match, story(company, rep, lead, today))
