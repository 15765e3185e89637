"""An opportunity from opening to signature: steps at the buyer's pace, the price, the win, the quarter's end."""

import math

from scenarios.run_length import DAYS_PER_QUARTER
from simulation import campaigns, channels, customers, experience, queues
from simulation.agents.lead import has_project
from simulation.border import beliefs, causes, content, feedback, help_for_sales, trust
from simulation.border.follow_up import pitch_fit
from simulation.compiled import compiled
from simulation.interest import interest_now, raise_interest
from simulation.ledger import move
from simulation.lost_deals import lose, remember_deal
from simulation.management import pay
from simulation.queues import NOBODY, join, leave, schedule
from simulation.randomness import Purpose, exponential_from, uniform
from simulation.relevance import relevance
from simulation.status import Status

PRICE_STEPS = 5  # discounts a rep considers: nothing, and five even steps up to the limit
NOW, PRESSED, LATER = 0, 1, 2  # ways to bring a deal to its signature
DONE = 1e-6  # hours; less is nothing left to do


@compiled
def work_opportunities(company, rep, hours, today):
    """Work on opportunities that wait for this rep, the most rewarding first; returns the hours left over."""
    desk = queues.deal_desk(company, rep)
    while hours > DONE:
        lead = choose_deal(company, desk, today)
        if lead == NOBODY:
            break
        row = company.lead[lead]
        if row.status == Status.SQL:
            open_opportunity(company, rep, lead, today)
        spent = min(hours, row.h_left)
        row.h_left -= spent
        row.h_spent += spent
        hours -= spent
        if row.h_left <= DONE:
            finish_step(company, rep, lead, today)
    return hours


@compiled
def choose_deal(company, desk, today):
    """The deal a rep turns to: of a few that come to mind, the one that promises most per hour it still takes.

    Promise is list price times interest: buyers gone cold rarely sign. What came to mind and was put off comes to mind
    again after all the others. Returns NOBODY if none waits.
    """
    lead, best, best_rate = queues.first(company, desk), NOBODY, -1.0
    first = lead
    for _ in range(company.rules[0].behaviour.work.deals_in_view):
        if lead == NOBODY:
            break
        rate = company.lead[lead].value * interest_now(company, lead, today) / hours_to_go(company, lead)
        if rate > best_rate:
            best, best_rate = lead, rate
        lead = company.link[lead, queues.DESK].after
    if best != first:
        join(company, queues.DESK, desk, first)
    return best


@compiled
def hours_to_go(company, lead):
    """Selling hours a deal still takes until the buyers decide."""
    row = company.lead[lead]
    if row.status == Status.SQL:
        return deal_hours(company, lead)
    return row.h_left + (row.steps_left - 1) * step_hours(company, lead)


@compiled
def open_opportunity(company, rep, lead, today):
    """The first hour of selling: how many steps and hours this purchase takes depends on the buying group."""
    row, book = company.lead[lead], company.book[today]
    row.steps_left = company.segment[row.segment].steps + row.buyers - 1
    row.steps_done = 0
    help_for_sales.prepare_case(company, lead, today)
    row.h_left = step_hours(company, lead)
    row.day_opportunity = today
    join(company, queues.PORTFOLIO, queues.portfolio(company, rep), lead)
    move(company, lead, Status.OPPORTUNITY)
    book.n_opportunities += 1
    if row.marketer == NOBODY:
        book.n_own_opportunities += 1
    else:
        company.marketer[row.marketer].pipeline += row.value


@compiled
def step_hours(company, lead):
    """Rep's hours for one step: the deal's hours spread evenly over its steps, one more with each further buyer.

    Worked number: 16.8 h with three buyers and 2 steps for the first are 4.2 h for each of 4 steps.
    """
    row = company.lead[lead]
    return deal_hours(company, lead) / (company.segment[row.segment].steps + row.buyers - 1)


@compiled
def deal_hours(company, lead):
    """Rep's hours for a whole deal: they grow by a fifth with each further buyer.

    Worked number: 12 h with one buyer are 16.8 h with three.
    """
    row = company.lead[lead]
    hours = company.segment[row.segment].selling_h * (1.0 + 0.2 * (row.buyers - 1))
    return hours * (1.0 - help_for_sales.hours_saved(company, lead))


@compiled
def finish_step(company, rep, lead, today):
    """A step is done: the buyers have heard us; they stall, go on in their own time, or are ready to decide."""
    row = company.lead[lead]
    row.steps_done += 1
    row.steps_left -= 1
    is_accompanied = help_for_sales.come_along(company, lead, today)
    fit = max(pitch_fit(company, rep, lead, today), content.help_from(company, rep, lead, today))
    fit = help_for_sales.better_fit(company, lead, fit, is_accompanied)
    beliefs.hear_buyer(company, rep, lead, today)
    raise_interest(company, lead, today, company.rules[0].behaviour.attention.talk_lift * fit)
    leave(company, queues.DESK, lead)
    if _stalls(company, lead, fit, today):
        lose(company, lead, today)
    elif row.steps_left <= 0:
        decide(company, rep, lead, today)
    else:
        row.h_left = step_hours(company, lead)
        u = uniform(company.state[0].seed, Purpose.BUYER_PACE, lead, row.steps_done)
        pause = 1 + int(exponential_from(u, company.segment[row.segment].buyer_pace_d))
        schedule(company, lead, min(today + pause, row.day_window_end))


@compiled
def _stalls(company, lead, fit, today):
    """Whether the purchase dies without a decision at this step; likelier without a project and with a poor pitch."""
    row, attention = company.lead[lead], company.rules[0].behaviour.attention
    p = attention.p_stall if has_project(company, lead, today) else attention.p_stall_no_project
    p = min(1.0, p * (2.0 - fit))
    return uniform(company.state[0].seed, Purpose.STALL, lead, row.steps_done) < p


@compiled
def decide(company, rep, lead, today):
    """The buyers are ready: the rep names a price, or waits for the next quarter if that pays better."""
    if _had_better_wait(company, rep, lead, today):
        row = company.lead[lead]
        row.steps_left, row.h_left = 1, 0.25 * step_hours(company, lead)  # the buyers want to be talked to once more
        schedule(company, lead, today + DAYS_PER_QUARTER - today % DAYS_PER_QUARTER)
        return
    discount, _ = best_price(company, rep, lead, today, NOW)
    settle(company, rep, lead, today, (discount, False))


@compiled
def _had_better_wait(company, rep, lead, today):
    """Whether, in the last days of a quarter, a deal pays the rep more if it is signed in the next."""
    row = company.lead[lead]
    days_left = DAYS_PER_QUARTER - today % DAYS_PER_QUARTER
    if days_left > company.rules[0].behaviour.work.push_days or today + days_left >= row.day_window_end:
        return False
    now = pay.deal_worth(company, rep, row.value, row.value, today)
    return pay.deal_worth_later(company, rep, row.value, row.value) > now


@compiled
def best_price(company, rep, lead, today, way):
    """The discount that pays this rep best, and what the rep then expects to earn, EUR; `way` NOW, PRESSED or LATER.

    Weighs the better chance of a win against the lower price, by own pay; at most the discount authority.
    """
    row, most = company.lead[lead], company.rules[0].money.discount_max
    best_discount, best_worth = 0.0, -1.0
    for step in range(PRICE_STEPS + 1):
        discount = most * step / PRICE_STEPS
        price = row.value * (1.0 - discount)
        if way == LATER:
            worth = pay.deal_worth_later(company, rep, price, row.value)
        else:
            worth = pay.deal_worth(company, rep, price, row.value, today)
        worth *= p_win(company, rep, lead, today, (discount, way == PRESSED))
        if way == PRESSED:
            worth *= p_sign_early(company, lead, discount)
        if worth > best_worth:
            best_discount, best_worth = discount, worth
    return best_discount, best_worth


@compiled
def p_sign_early(company, lead, discount):
    """Probability that buyers one step from deciding decide at once when asked at quarter's end for a discount."""
    sensitivity = company.segment[company.lead[lead].segment].price_sensitivity
    return min(1.0, company.rules[0].behaviour.attention.p_sign_early + sensitivity * discount)


@compiled
def p_win(company, rep, lead, today, offer):
    """Probability that deciding buyers choose us: a logit of pitch, story, interest, skill, price, hurry and rivals.

    The `offer` is the discount, 0 to 1, and whether the buyers are pressed to sign at once.
    """
    discount, is_pressed = offer
    row, weights = company.lead[lead], company.rules[0].behaviour.attention
    kind = company.segment[row.segment]
    fit = help_for_sales.better_fit(company, lead, pitch_fit(company, rep, lead, today), False)
    logit = weights.win_base - kind.competition
    logit += weights.understanding_weight * kind.complexity * (fit - 1.0)
    logit += weights.consistency_weight * (story(company, rep, lead, today) - 1.0)
    logit += weights.interest_weight * (interest_now(company, lead, today) - 0.5)
    logit += weights.skill_weight * (experience.skill_now(company, rep) - 1.0)
    logit += kind.price_sensitivity * discount
    logit += channels.reputation(company, row.segment)
    if is_pressed:
        logit -= weights.hurry_loss
    return 1.0 / (1.0 + math.exp(-logit))


@compiled
def story(company, rep, lead, today):
    """How well the rep's pitch agrees with what the campaign promised, 0 to 1; 1 if no campaign promised anything."""
    row = company.lead[lead]
    if row.marketer == NOBODY:
        return 1.0
    belief = company.rep_belief[rep, row.segment]
    known = campaigns.tell_the_same_story(company, lead, today)
    return known * relevance(belief[0], belief[1], row.promise_x, row.promise_y)


@compiled
def settle(company, rep, lead, today, offer):
    """The buyers decide about an offer (see `p_win`)."""
    list_price = company.lead[lead].value
    worth = pay.deal_worth(company, rep, list_price * (1.0 - offer[0]), list_price, today)
    if uniform(company.state[0].seed, Purpose.WIN, lead, 0) < p_win(company, rep, lead, today, offer):
        win(company, rep, lead, today, offer[0])
        remember_deal(company, lead, worth)
    else:
        lose(company, lead, today)


@compiled
def win(company, rep, lead, today, discount):
    """Signed: into the books, to the rep's credit, and on to onboarding."""
    state, row, book = company.state[0], company.lead[lead], company.book[today]
    row.price, row.day_won = row.value * (1.0 - discount), today
    leave(company, queues.PORTFOLIO, lead)
    book.n_won += 1
    book.bookings_new += row.price
    book.list_price_new += row.value
    book.cost_of_delivery += row.value * (1.0 - company.rules[0].money.gross_margin)
    state.bookings_quarter += row.price
    pay.reward_deal(company, rep, row.price, row.value)
    campaigns.won(company, lead)
    feedback.tell_outcome(company, lead, today, 1, True)
    trust.win_credited(company, lead)
    causes.remember_deal(company, discount, True)
    customers.welcome(company, lead, today, pitch_fit(company, rep, lead, today), story(company, rep, lead, today))


@compiled
def press_for_signatures(company, rep, today):
    """In the last days of a quarter a rep asks buyers near their decision to sign now, where that pays better.

    Each buyer is asked once, on a day of its own within the last days.
    """
    push_days = company.rules[0].behaviour.work.push_days
    days_left = DAYS_PER_QUARTER - today % DAYS_PER_QUARTER
    company.rep[rep].within_reach = 0.0
    if days_left > push_days:
        return
    company.rep[rep].within_reach = _within_reach(company, rep, today)
    lead = queues.first(company, queues.portfolio(company, rep))
    while lead != NOBODY:
        following = company.link[lead, queues.PORTFOLIO].after
        if company.lead[lead].steps_left == 1 and lead % push_days == days_left - 1:
            _press(company, rep, lead, today)
        lead = following


@compiled
def _within_reach(company, rep, today):
    """List price of deals one step from deciding, each by the chance that its buyers sign early and choose us, EUR."""
    reach, lead = 0.0, queues.first(company, queues.portfolio(company, rep))
    while lead != NOBODY:
        if company.lead[lead].steps_left == 1:
            p = p_sign_early(company, lead, 0.0) * p_win(company, rep, lead, today, (0.0, True))
            reach += company.lead[lead].value * p
        lead = company.link[lead, queues.PORTFOLIO].after
    return reach


@compiled
def _press(company, rep, lead, today):
    """Ask one buyer to sign now, if what that brings beats waiting for the buyer's own decision next quarter."""
    discount, worth_now = best_price(company, rep, lead, today, PRESSED)
    _, worth_wait = best_price(company, rep, lead, today, LATER)
    p_now = p_sign_early(company, lead, discount)
    if worth_now <= p_now * worth_wait:
        return
    if uniform(company.state[0].seed, Purpose.SIGN_EARLY, lead, today // DAYS_PER_QUARTER) < p_now:
        leave(company, queues.DESK, lead)
        leave(company, queues.CALENDAR, lead)
        settle(company, rep, lead, today, (discount, True))
