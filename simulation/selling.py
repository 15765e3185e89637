"""An opportunity from opening to decision: which product, whose turn, steps at the buyer's pace."""

from scenarios.run_length import DAYS_PER_QUARTER
from simulation import contacts, credit, lead_hours, products, queues, tape, territories
from simulation.border import beliefs, content, help_for_sales
from simulation.border.follow_up import learn_need, pitch_fit
from simulation.closing import put_off, settle
from simulation.compiled import compiled, in_place
from simulation.interest import interest_now, raise_interest
from simulation.ledger import move
from simulation.lost_deals import lose, refuse, walk_away
from simulation.management import finance_gate, tally
from simulation.pricing import NOW, best_price, is_worth_the_risk, needs_approval, price_worth
from simulation.quality import has_project
from simulation.quarter_end import days_left, had_better_wait, holds_off, remember_discount
from simulation.queues import DONE, NOBODY, join, leave, schedule
from simulation.randomness import Purpose, exponential_from, uniform
from simulation.status import Status
from simulation.tape import Event


@compiled
def work_opportunities(company, rep, hours, today):
    """Work on opportunities that wait for this rep, the most rewarding first; returns the hours left over."""
    desk = queues.deal_desk(company, rep)
    while hours > DONE:
        lead = choose_deal(company, desk, today)
        if lead == NOBODY:
            break
        row = company.lead[lead]
        if row.status == Status.SQL and not open_opportunity(company, rep, lead, today):
            continue
        spent = lead_hours.work_on(company, lead, hours)
        lead_hours.count_selling(company, lead, spent)
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
        rate = products.list_price(company, lead) * interest_now(company, lead, today) / hours_to_go(company, lead)
        if rate > best_rate:
            best, best_rate = lead, rate
        lead = company.link[queues.DESK, lead].after
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
    """The first hour of selling: the rep looks at the buyer and picks a product. Returns whether to go on today.

    How many steps and hours this purchase takes depends on the buying group.
    """
    row, book = company.lead[lead], company.book[today]
    credit.look(company, lead)
    choose_product(company, rep, lead, today)
    if not is_worth_the_risk(company, rep, lead, today):
        walk_away(company, lead, today)
        return False
    lead_hours.begin_steps(company, lead, company.segment[row.segment].steps + row.buyers - 1)
    help_for_sales.prepare_case(company, lead, today)
    lead_hours.need(company, lead, step_hours(company, lead))
    row.day_opportunity = today
    join(company, queues.PORTFOLIO, queues.portfolio(company, rep), lead)
    move(company, lead, Status.OPPORTUNITY, today)
    book.n_opportunities += 1
    if row.marketer == NOBODY:
        book.n_own_opportunities += 1
    else:
        tally.count_pipeline(company, row.marketer, products.list_price(company, lead))
    return row.steps_left > 1 or _is_cleared(company, lead, today)


@compiled
def _is_cleared(company, lead, today):
    """Buyers who decide at their first step: finance looks at their credit before it. Returns whether that is done."""
    days = finance_gate.check(company, lead, today)
    if days == finance_gate.REFUSED:
        refuse(company, lead, today)
    elif days > 0:
        leave(company, queues.DESK, lead)
        schedule(company, lead, min(today + days, company.lead[lead].day_window_end))
    return days == 0


@compiled
def choose_product(company, rep, lead, today):
    """The rep picks the product that promises most own pay per selling hour with this buyer, as it stands today."""
    best, best_rate, prospect = products.EASY, -1.0, company.lead[lead].prospect
    if company.product.shape[0] == 1:
        products.pitch(company, lead, best, 0.0)
        return
    for product in range(company.product.shape[0]):
        if not territories.offers(company, rep, product):
            continue
        products.pitch(company, lead, product, products.taste(company, prospect, product))
        rate = price_worth(company, rep, lead, today, (0.0, NOW)) / deal_hours(company, lead)
        if rate > best_rate:
            best, best_rate = product, rate
    products.pitch(company, lead, best, products.taste(company, prospect, best))


@compiled
def step_hours(company, lead):
    """Rep's hours for one step: the deal's hours spread evenly over its steps, one more with each further buyer.

    Worked number: 16.8 h with three buyers and 2 steps for the first are 4.2 h for each of 4 steps.
    """
    row = company.lead[lead]
    return deal_hours(company, lead) / (company.segment[row.segment].steps + row.buyers - 1)


@in_place
def deal_hours(company, lead):
    """Rep's hours for a whole deal: they grow with each further buyer, and by the product.

    Worked number: a fifth for each further buyer makes 16.8 h with three of 12 h with one.
    """
    row = company.lead[lead]
    hours = company.segment[row.segment].selling_h * company.product[max(products.EASY, row.product)].selling_h
    hours *= territories.callers_hours(company, lead)
    more = company.rules[0].behaviour.deals.further_buyer_h * (row.buyers - 1)
    return hours * (1.0 + more) * (1.0 - help_for_sales.hours_saved(company, lead))


@compiled
def finish_step(company, rep, lead, today):
    """A step is done: the buyers have heard us; they stall, go on in their own time, or are ready to decide."""
    row = company.lead[lead]
    lead_hours.end_step(company, lead)
    tape.write(company, today, Event.STEP, (row.prospect, rep), row.steps_left)
    is_accompanied = help_for_sales.come_along(company, lead, today)
    fit = max(pitch_fit(company, rep, lead, today), content.help_from(company, rep, lead, today))
    fit = help_for_sales.better_fit(company, lead, fit, is_accompanied)
    beliefs.hear_buyer(company, rep, row, today)
    learn_need(company, lead, company.rules[0].behaviour.goodwill.by_step)
    contacts.engage(company, lead, company.rules[0].behaviour.deals.engaged_by_step)
    raise_interest(company, lead, today, company.rules[0].behaviour.attention.talk_lift * fit)
    leave(company, queues.DESK, lead)
    if _stalls(company, lead, fit, today):
        lose(company, lead, today)
    elif row.steps_left <= 0:
        decide(company, rep, lead, today)
    else:
        lead_hours.need(company, lead, step_hours(company, lead))
        _wait_for_buyers(company, lead, fit, today)


@compiled
def _wait_for_buyers(company, lead, fit, today):
    """The buyers prepare their next step; before the last one finance looks at their credit meanwhile.

    The less of what they need they have heard (`fit` 0 to 1), the longer they take to agree among themselves; what
    Marketing sends them meanwhile makes it shorter.
    """
    row, days = company.lead[lead], 0
    if row.steps_left == 1:
        days = finance_gate.check(company, lead, today)
    if days == finance_gate.REFUSED:
        refuse(company, lead, today)
        return
    u = uniform(company.world[0].seed, Purpose.BUYER_PACE, row.prospect, row.steps_done)
    pace = company.segment[row.segment].buyer_pace_d * confused(company, fit)
    pace *= help_for_sales.shorten_pause(company, lead, today)
    pause = 1 + int(exponential_from(u, pace))
    schedule(company, lead, min(today + max(pause, days), row.day_window_end))


@compiled
def confused(company, fit):
    """How many times as long buyers take who have heard what fits their need to the share `fit` 0 to 1; 1 or more.

    Worked number: half of the need missed, and a confusion of 0.8, make it 1.4 times as long.
    """
    return 1.0 + company.rules[0].behaviour.attention.confusion * (1.0 - fit)


@compiled
def _stalls(company, lead, fit, today):
    """Whether the purchase dies without a decision at this step; likelier without a project and with a poor pitch."""
    row, attention = company.lead[lead], company.rules[0].behaviour.attention
    p = attention.p_stall if has_project(company, lead, today) else attention.p_stall_no_project
    p = min(1.0, p * (2.0 - fit))
    return uniform(company.world[0].seed, Purpose.STALL, row.prospect, row.steps_done) < p


@compiled
def decide(company, rep, lead, today):
    """The buyers are ready: the rep names a price, unless one of both sides would rather wait."""
    row = company.lead[lead]
    if had_better_wait(company, rep, lead, today):
        put_off(company, lead, today, days_left(today), _once_more(company, lead))
        return
    if holds_off(company, lead, today):
        row.holds_off = 1
        put_off(
            company, lead, today, DAYS_PER_QUARTER, _once_more(company, lead)
        )  # unless they are asked at quarter's end
        return
    discount, _ = best_price(company, rep, lead, today, NOW)
    if needs_approval(company, lead, discount):
        finance_gate.approve(company, lead, discount, today)
    if today < row.cleared_from:
        put_off(company, lead, today, row.cleared_from - today, _once_more(company, lead))
        return
    remember_discount(company, discount, False)
    settle(company, rep, lead, today, (discount, False))


@compiled
def _once_more(company, lead):
    """Hours that buyers want to be talked to who have had to wait."""
    return company.rules[0].behaviour.deals.once_more * step_hours(company, lead)
