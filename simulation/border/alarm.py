"""What reps notice in talks: buyers who need something other than what the campaign says."""

from simulation.compiled import compiled
from simulation.relevance import distance


@compiled
def note_talk(company, segment, x, y):
    """A rep has talked to a buyer of `segment` who needs (x, y), need units: Sales' picture of the last talks moves.

    Old talks fade: the picture is a mean in which a talk weighs the less the more came after it.
    """
    campaign, memory = company.campaign[segment], company.rules[0].behaviour.alarm.memory
    campaign.n_talks = memory * campaign.n_talks + 1.0
    campaign.talked_x += (x - campaign.talked_x) / campaign.n_talks
    campaign.talked_y += (y - campaign.talked_y) / campaign.n_talks
    campaign.news = 1.0 - memory * (1.0 - campaign.news)


@compiled
def tell(company, segment, heard):
    """Marketing is told of it, and hears the share `heard` 0 to 1: so much less of it is news."""
    company.campaign[segment].news *= 1.0 - heard


@compiled
def room(company, days_since):
    """Share 0 to 1 of what has gathered in `days_since` the last meeting for which a meeting has room.

    Worked number: with room for 21 days of news a meeting after 63 has room for a third.
    """
    return min(1.0, company.rules[0].behaviour.alarm.room_d / max(1, days_since))


@compiled
def gap(company, segment):
    """How far the running message is from what buyers said in the last talks, need units."""
    campaign = company.campaign[segment]
    return distance(campaign.talked_x, campaign.talked_y, campaign.message_x, campaign.message_y)


@compiled
def credibility(company, segment):
    """Share 0 to 1 to which an alarm sounds like more than chance: a gap large for so few talks, and not told before.

    The squared gap is set against what it would be if buyers of a well-aimed campaign had been met by chance.
    Worked number: ten talks, a gap of 1.5 at a spread of 0.5 are 45 times chance: at a doubt of 8, 45 / 53 = 0.85.
    """
    campaign, rules = company.campaign[segment], company.rules[0]
    chance = 2.0 * rules.market.need_spread**2
    if campaign.n_talks <= 0.0 or campaign.news <= 0.0:
        return 0.0
    if chance <= 0.0:
        return campaign.news
    signal = campaign.n_talks * gap(company, segment) ** 2 / chance
    return campaign.news * signal / (signal + rules.behaviour.alarm.doubt)
