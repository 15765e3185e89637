"""The price of a deal: the chance of a win at each discount, and the discount that pays the rep best."""

from simulation import campaigns, channels, contacts, credit, experience, offers, products
from simulation.border import depth
from simulation.border.follow_up import pitch_fit
from simulation.border.help_for_sales import better_fit
from simulation.compiled import compiled, in_place
from simulation.elementary import exp
from simulation.interest import interest_now
from simulation.management import pay
from simulation.queues import NOBODY
from simulation.relevance import relevance

NOW, PRESSED, LATER = 0, 1, 2  # ways to bring a deal to its signature


@in_place
def best_price(company, rep, lead, today, way):
    """The discount that pays this rep best, and what the rep then expects to earn, EUR; `way` NOW, PRESSED or LATER.

    Weighs the better chance of a win against the lower price, by own pay; at most what the rep may give alone, or, at
    the price of some days' delay, with approval.
    """
    best_discount, best_worth, leaning = 0.0, -1.0, leaning_at_list(company, rep, lead, today)
    for step in range(n_prices(company)):
        discount = discount_at(company, step)
        worth = _worth_at(company, rep, lead, today, (discount, way, leaning))
        if worth > best_worth:
            best_discount, best_worth = discount, worth
    return best_discount, best_worth


@compiled
def n_prices(company):
    """How many discounts a rep considers."""
    money, deals = company.rules[0].money, company.rules[0].behaviour.deals
    return deals.price_steps + 1 + (deals.approved_steps if money.discount_approved_max > money.discount_max else 0)


@compiled
def discount_at(company, step):
    """The discount of one `step` from nothing: up to the rep's authority, then up to what can be approved.

    Worked number: five steps to an authority of 0.2 and three on to 0.35 give 0, 0.04 ... 0.2, 0.25, 0.3, 0.35.
    """
    money, deals = company.rules[0].money, company.rules[0].behaviour.deals
    if step <= deals.price_steps:
        return money.discount_max * step / deals.price_steps
    beyond = money.discount_approved_max - money.discount_max
    return money.discount_max + beyond * (step - deals.price_steps) / deals.approved_steps


@compiled
def price_worth(company, rep, lead, today, offer):
    """What naming a price brings this rep on average, EUR of own pay; `offer` is the discount and the way to sign."""
    discount, way = offer
    return _worth_at(company, rep, lead, today, (discount, way, leaning_at_list(company, rep, lead, today)))


@in_place
def _worth_at(company, rep, lead, today, offer):
    """The same where the buyers' leaning at list price, the last of the `offer`, is known: it is for every discount."""
    discount, way, leaning = offer
    price = products.list_price(company, lead) * (1.0 - discount)
    cost = cost_and_risk(company, lead, price)
    if way == LATER:
        worth = pay.deal_worth_later(company, rep, price, cost, today)
    else:
        worth = pay.deal_worth(company, rep, price, cost, today)
    worth *= _p_choose(company, lead, leaning, (discount, way == PRESSED))
    if way == PRESSED:
        return worth * p_sign_early(company, lead, discount)
    if needs_approval(company, lead, discount):
        worth *= 1.0 - company.rules[0].behaviour.work.wait_loss
    return worth


@compiled
def needs_approval(company, lead, discount):
    """Whether a discount is more than a rep may give alone, and not approved of yet."""
    return discount > company.rules[0].money.discount_max and discount > company.lead[lead].approved


@compiled
def cost_and_risk(company, lead, price):
    """What a rep who is paid by margin has to deduct, EUR: the cost of delivery, and the price if it is never paid."""
    return products.delivery_cost(company, lead) + company.lead[lead].risk_seen * price


@compiled
def is_worth_the_risk(company, rep, lead, today):
    """Whether a rep deals with a doubtful buyer at all: not if own pay is at risk for too large a share."""
    price = products.list_price(company, lead)
    sure = pay.deal_worth(company, rep, price, products.delivery_cost(company, lead), today)
    at_risk = sure - pay.deal_worth(company, rep, price, cost_and_risk(company, lead, price), today)
    return at_risk < company.rules[0].behaviour.deals.risk_to_walk * sure


@compiled
def p_sign_early(company, lead, discount):
    """Probability that buyers one step from deciding decide at once when asked at quarter's end for a discount.

    Buyers who have waited for the quarter's end are asked at the right moment.
    """
    row = company.lead[lead]
    p = company.rules[0].behaviour.attention.p_sign_early
    p += company.segment[row.segment].price_sensitivity * discount
    return 1.0 if row.holds_off else min(1.0, p)


@compiled
def p_win(company, rep, lead, today, offer):
    """Probability that deciding buyers choose us: a logit of pitch, story, interest, skill, product, price and rivals.

    The `offer` is the discount, 0 to 1, and whether the buyers are pressed to sign at once.
    """
    return _p_choose(company, lead, leaning_at_list(company, rep, lead, today), offer)


@in_place
def leaning_at_list(company, rep, lead, today):
    """Log-odds that buyers choose us at list price and in their own time."""
    row, weights = company.lead[lead], company.rules[0].behaviour.attention
    kind = company.segment[row.segment]
    fit = better_fit(company, lead, pitch_fit(company, rep, lead, today), False)
    logit = weights.win_base - kind.competition - company.rivals[today, row.segment]
    logit -= weights.list_price_weight * kind.price_sensitivity * products.dearness(company, lead)
    logit += weights.understanding_weight * kind.complexity * (fit - 1.0)
    logit += weights.consistency_weight * (story(company, rep, lead, today) - 1.0)
    logit += weights.interest_weight * (interest_now(company, lead, today) - 0.5)
    logit += weights.skill_weight * (experience.skill_now(company, rep) - 1.0)
    logit += products.attraction(company, rep, lead) + contacts.leaning(company, lead)
    logit += credit.eagerness(company, lead)
    logit += channels.reputation(company, row.segment) + offers.win_logit(company, row.segment)
    return logit


@in_place
def _p_choose(company, lead, leaning, offer):
    """Probability that buyers who lean to us so far at list price choose us at this offer (see `p_win`)."""
    discount, is_pressed = offer
    row, weights = company.lead[lead], company.rules[0].behaviour.attention
    logit = leaning + company.segment[row.segment].price_sensitivity * discount
    if is_pressed and not row.holds_off:
        logit -= weights.hurry_loss
    return 1.0 / (1.0 + exp(-logit))


@in_place
def story(company, rep, lead, today):
    """How well the rep's pitch agrees with what the campaign promised, 0 to 1; 1 if no campaign promised anything.

    A rep who was told what that was, in the note, and believes it, takes it up.
    """
    row = company.lead[lead]
    if row.marketer == NOBODY:
        return 1.0
    belief = company.rep_belief[rep, row.segment]
    known = campaigns.tell_the_same_story(company, lead, today)
    read = company.trust_in_marketer[rep, row.marketer] * depth.effect(0.0, row.note)
    x, y = belief[0] + read * (row.promise_x - belief[0]), belief[1] + read * (row.promise_y - belief[1])
    return known * relevance(x, y, row.promise_x, row.promise_y)
