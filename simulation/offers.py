"""What the company offers each segment: it ages as needs move on, unless somebody works upstream."""

import numpy as np

from scenarios.run_length import DAYS_PER_WEEK
from simulation import experience
from simulation.border import beliefs
from simulation.compiled import compiled
from simulation.elementary import exp2
from simulation.relevance import relevance

OFFER = np.dtype(
    [
        ("x", "f8"),  # the need it is made for, need units
        ("y", "f8"),  # the same on the second axis
        ("prepared", "f8"),  # 0..1, how well the company is prepared to serve this segment at all
        ("fit", "f8"),  # 0..1, how well it serves the need of last evening
        ("n_customers", "i8"),  # customers of the segment
        ("heard", "f8"),  # share of its customers with whom Marketing has talked of late
    ],
    align=True,
)


@compiled
def open_offers(company):
    """Offers of the first day: made for what Marketing then believes each segment to need."""
    for segment in range(company.segment.shape[0]):
        offer = company.offer[segment]
        offer.x, offer.y = beliefs.mean_of_marketers(company, segment)
        offer.prepared = company.segment[segment].prepared
    look_at_offers(company, 0)


@compiled
def look_at_offers(company, today):
    """Write down how well each offer serves its segment today; once a week product development follows by itself."""
    for segment in range(company.segment.shape[0]):
        offer, need = company.offer[segment], company.needs[today, segment]
        if today % DAYS_PER_WEEK == DAYS_PER_WEEK - 1:
            x, y = beliefs.mean_of_marketers(company, segment)
            step = 1.0 - exp2(-DAYS_PER_WEEK / company.rules[0].behaviour.upstream.product_half_life_d)
            offer.x, offer.y = offer.x + step * (x - offer.x), offer.y + step * (y - offer.y)
            offer.heard *= exp2(-DAYS_PER_WEEK / company.rules[0].behaviour.upstream.heard_half_life_d)
        wide = company.rules[0].behaviour.upstream.breadth
        served = relevance(offer.x / wide, offer.y / wide, need[0] / wide, need[1] / wide)
        offer.fit = offer.prepared * served


@compiled
def work_upstream(company, marketer, hours, today):
    """Hours of sensing, positioning and speaking for buyers in product development, for the segments in turn.

    Turns go round by day, whatever a segment may bring: nobody can tell yet what tomorrow's will be worth.
    The offer moves to what the marketer believes is needed, and the company gets ready for the segment.
    Worked number: offer_h hours of an average marketer make good half of what is missing in one segment.
    """
    if hours <= 0.0:
        return
    segment = (today + marketer) % company.segment.shape[0]
    offer, belief = company.offer[segment], company.marketer_belief[marketer, segment]
    done = hours * experience.skill_of_marketer(company, marketer) / company.rules[0].behaviour.upstream.offer_h
    step = 1.0 - exp2(-done)
    offer.x, offer.y = offer.x + step * (belief[0] - offer.x), offer.y + step * (belief[1] - offer.y)
    offer.prepared += step * (1.0 - offer.prepared)


@compiled
def hear_customer(company, segment):
    """Marketing has talked to one customer of the segment: one more of those whom it has heard of late.

    A segment without customers has nobody to hear. Worked number: half of 50 customers are heard, then 51 %.
    """
    offer = company.offer[segment]
    if offer.n_customers > 0:
        offer.heard += (1.0 - offer.heard) / offer.n_customers


@compiled
def win_logit(company, segment):
    """Log-odds of a win, 0 or less: what an offer that misses the need costs, more where needs are complex.

    Worked number: a fit of 0.6 at a weight of 1.5 and complexity 1 costs 0.6.
    """
    weight = company.rules[0].behaviour.upstream.win_weight * company.segment[segment].complexity
    return weight * (company.offer[segment].fit - 1.0)


@compiled
def satisfaction_kept(company, segment):
    """Share 0 to 1 of satisfaction that the present offer leaves. Worked number: fit 0.6 and weight 0.3 leave 0.88."""
    return 1.0 - company.rules[0].behaviour.upstream.satisfaction_weight * (1.0 - company.offer[segment].fit)


@compiled
def loyalty_kept(company, segment):
    """The same of customers: to those whom Marketing has heard it can say how what they have meets their new needs.

    Worked number: 0.88 of satisfaction is kept unheard; half of them heard, at 0.5, keep 0.91.
    """
    spared = company.rules[0].behaviour.upstream.spared * company.offer[segment].heard
    return 1.0 - (1.0 - satisfaction_kept(company, segment)) * (1.0 - spared)


@compiled
def mean_fit(company):
    """Mean fit 0 to 1 of the company's offers, by segments."""
    whole = 0.0
    for segment in range(company.segment.shape[0]):
        whole += company.offer[segment].fit
    return whole / company.segment.shape[0]
