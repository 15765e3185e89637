"""What spending does: it fills channels quickly (activation) and makes the company known slowly (brand)."""

import math

import numpy as np

from scenarios.run_length import DAYS_PER_WEEK
from simulation.averages import total
from simulation.compiled import compiled
from simulation.elementary import exp2, power
from simulation.quality import N_READINESS
from simulation.relevance import relevance

FLOW = np.dtype(
    [
        ("activation_eur", "f8"),  # spent today to harvest, EUR per prospect
        ("brand_eur", "f8"),  # spent today to become known, EUR per prospect
        ("adstock", "f8"),  # activation money still at work, EUR per prospect and day
        ("saturation", "f8"),  # share of the channel's greatest effect that it buys
    ],
    align=True,
)
REACH = np.dtype(
    [
        ("pull", "f8", (N_READINESS,)),  # contacts of a prospect in its window that our channels now make
        ("widest_doors", "f8"),  # factor by which being known helps cold calls, in the segment that knows us best
    ]
)
SETTLED = 1e-12  # EUR per prospect; nearer to the day's spend an adstock has nowhere to go


@compiled
def open_channels(company):
    """Channels on the first morning: as if the first day's money had been spent for years, unless history differs."""
    _spread_the_money(company)
    for channel in range(company.channel.shape[0]):
        flow = company.flow[channel]
        flow.adstock = flow.activation_eur
        flow.saturation = saturation(company, channel, flow.adstock)
    for segment in range(company.segment.shape[0]):
        known = company.rules[0].behaviour.brand.start
        company.awareness[segment] = awareness_aim(company, segment, 0) if math.isnan(known) else known
    _open_doors(company)
    _sum_up_pull(company)


@compiled
def run(company, today):
    """At the end of the day: what was spent goes on working; once a week people have come to know or forgotten us."""
    _spread_the_money(company)
    is_moving = False
    for channel in range(company.channel.shape[0]):
        flow, way = company.flow[channel], company.channel[channel]
        if abs(flow.activation_eur - flow.adstock) > SETTLED:
            kept = power(way.retention_per_week, 1.0 / DAYS_PER_WEEK)
            flow.adstock = kept * flow.adstock + (1.0 - kept) * flow.activation_eur
            flow.saturation = saturation(company, channel, flow.adstock)
            is_moving = True
    if is_moving:
        _sum_up_pull(company)
    if today % DAYS_PER_WEEK == DAYS_PER_WEEK - 1:
        _become_known(company, today)


@compiled
def _spread_the_money(company):
    """The day's programme money per prospect over channels, and within each over brand and activation, EUR.

    Money that brand does not get (`brand_kept` below 1, or harvested) goes to activation, by what is there.
    """
    budget = company.budget[0]
    per_prospect = budget.programme_per_day / company.rules[0].market.prospects_per_day
    shares = total(company.channel.spend_share)
    brand, activation = 0.0, 0.0
    for channel in range(company.channel.shape[0]):
        way, flow = company.channel[channel], company.flow[channel]
        spend = per_prospect * way.spend_share / shares if shares > 0.0 else 0.0
        flow.brand_eur = spend * way.brand_share
        flow.activation_eur = spend - flow.brand_eur
        brand += flow.brand_eur
        activation += flow.activation_eur
    kept = budget.brand_kept * (1.0 - budget.harvested)
    if kept >= 1.0 or activation <= 0.0:
        return
    more = 1.0 + (1.0 - kept) * brand / activation
    for channel in range(company.channel.shape[0]):
        company.flow[channel].brand_eur *= kept
        company.flow[channel].activation_eur *= more


@compiled
def saturation(company, channel, adstock):
    """Share 0 to 1 of a channel's greatest effect at an `adstock` in EUR per prospect: a Hill curve (facts 4).

    A channel that costs nothing is full. Worked number: at half_spend_eur it is 0.5, whatever the slope.
    """
    way = company.channel[channel]
    if way.half_spend_eur <= 0.0:
        return 1.0
    if adstock <= 0.0:
        return 0.0
    return 1.0 / (1.0 + power(way.half_spend_eur / adstock, way.hill_slope))


@compiled
def contacts(company, channel, readiness):
    """Contacts that a prospect of this `readiness` is to expect from one channel in its window, all else being usual.

    All else: a message that meets its need, the usual hours of Marketing, nobody made known by brand money.
    """
    way = company.channel[channel]
    reached = way.contacts_max * company.flow[channel].saturation
    if readiness == 0:
        return reached
    if readiness == 1:
        return reached * way.pull_later
    rules = company.rules[0]
    return reached * way.pull_never_fit * (1.0 - rules.practices.personas * rules.behaviour.together.personas_spare)


@compiled
def _sum_up_pull(company):
    pull = company.reach[0].pull
    for readiness in range(N_READINESS):
        pull[readiness] = 0.0
        for channel in range(company.channel.shape[0]):
            pull[readiness] += contacts(company, channel, readiness)


@compiled
def which(company, readiness, u):
    """The channel by which a prospect of this readiness has noticed us; luck `u` 0 to 1, in proportion to contacts."""
    mark, last = u * company.reach[0].pull[readiness], company.channel.shape[0] - 1
    for channel in range(last):
        mark -= contacts(company, channel, readiness)
        if mark < 0.0:
            return channel
    return last


@compiled
def brand_eur(company):
    """Brand money per prospect today, EUR."""
    return total(company.flow.brand_eur)


@compiled
def awareness_aim(company, segment, today):
    """Share 0 to 1 of a segment that would know us if today's brand money and message went on for ever.

    Some know us anyway; money adds to it with diminishing returns, and less if its message misses the need.
    Worked number: 0.15 unpaid, spending at half_spend and a fitting message give 0.15 + 0.85 / 2 = 0.575.
    """
    brand, weight = company.rules[0].behaviour.brand, company.rules[0].behaviour.attention.message_weight
    spend = brand_eur(company) * company.effort[0].effort_factor  # money does nothing by itself
    if spend <= 0.0:
        return brand.unpaid
    campaign, need = company.campaign[segment], company.needs[today, segment]
    fit = relevance(campaign.message_x, campaign.message_y, need[0], need[1])
    bought = spend / (spend + brand.half_spend_eur) * (1.0 - weight + weight * fit)
    return brand.unpaid + (1.0 - brand.unpaid) * bought


@compiled
def _become_known(company, today):
    """A week of brand money: awareness goes its part of the way to where it would end up."""
    step = 1.0 - exp2(-DAYS_PER_WEEK / company.rules[0].behaviour.brand.half_life_d)
    for segment in range(company.segment.shape[0]):
        company.awareness[segment] += step * (awareness_aim(company, segment, today) - company.awareness[segment])
    _open_doors(company)


@compiled
def _open_doors(company):
    """Write down how far doors are open where they are open widest."""
    reach = company.reach[0]
    reach.widest_doors = open_doors(company, 0)
    for segment in range(1, company.segment.shape[0]):
        reach.widest_doors = max(reach.widest_doors, open_doors(company, segment))


@compiled
def known_beyond(company, segment):
    """Share 0 to 1 of a segment that knows us beyond those who would without brand money."""
    return company.awareness[segment] - company.rules[0].behaviour.brand.unpaid


@compiled
def response(company, segment):
    """Factor, 1 or more, by which being known raises the answers to activation.

    Worked number: 0.3 more who know us, and a response of 1, give 1.3.
    """
    return 1.0 + company.rules[0].behaviour.brand.response * known_beyond(company, segment)


@compiled
def open_doors(company, segment):
    """Factor, 1 or more, by which being known raises the chance that a cold call is answered."""
    return 1.0 + company.rules[0].behaviour.brand.cold_calls * known_beyond(company, segment)


@compiled
def reputation(company, segment):
    """Log-odds of a win that being known adds."""
    return company.rules[0].behaviour.brand.win * known_beyond(company, segment)
