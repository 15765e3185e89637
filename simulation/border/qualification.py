"""What makes a lead worth handing over: a score that tracks the truth as well as Marketing has learnt."""

import math

from scenarios.practices import Practices
from simulation.compiled import compiled
from simulation.elementary import exp, power
from simulation.parameters import choice
from simulation.randomness import Purpose, normal_from, uniforms4
from simulation.relevance import distance

JOINT = choice(Practices, "lead_definition", "joint")


@compiled
def open_scores(company):
    """How well project signs tell on the first day."""
    for segment in range(company.segment.shape[0]):
        company.campaign[segment].score_accuracy = company.rules[0].behaviour.learning.score_start


@compiled
def score(company, lead, quality):
    """Marketing's score of a lead of true `quality`, both in standard deviations.

    A weighted sum of two noisy signs, scaled to deviation 1: Marketing's own signs (clicks, visits), and project signs
    (need, budget, time), which tell more once outcomes have taught how to read them. A joint definition asks for the
    second. Who does not care reads both with less accuracy.
    Worked number: with accuracy 1 and all weight on project signs the score is the quality.
    """
    row, learning = company.lead[lead], company.rules[0].behaviour.learning
    if row.n_scored <= 1:
        row.clicks = _habits(company, lead)  # who clicks a lot always clicks a lot
    _, v, _, _ = uniforms4(company.world[0].seed, Purpose.LEAD_SCORE, lead, row.n_scored)
    seen = attention(company, row.marketer)
    own, accuracy = seen * learning.own_signs, seen * company.campaign[row.segment].score_accuracy
    own_sign = own * quality + math.sqrt(1.0 - own * own) * row.clicks
    project_sign = accuracy * quality + math.sqrt(1.0 - accuracy * accuracy) * normal_from(v)
    weight = project_weight(company)
    variance = (1.0 - weight) ** 2 + weight**2 + 2.0 * weight * (1.0 - weight) * own * accuracy
    return ((1.0 - weight) * own_sign + weight * project_sign) / math.sqrt(variance)


@compiled
def attention(company, marketer):
    """Share 0 to 1 of what signs can tell that a marketer sees in them. Worked number: care 0.5 and 0.4 leave 0.8."""
    return 1.0 - company.rules[0].behaviour.work.careless * (1.0 - company.marketer[marketer].care)


@compiled
def _habits(company, lead):
    """How much a lead clicks and visits whatever it needs, standard deviations."""
    u, _, _, _ = uniforms4(company.world[0].seed, Purpose.LEAD_HABITS, lead, 0)
    return normal_from(u)


@compiled
def project_weight(company):
    """Weight 0 to 1 of project signs in the score, by who wrote the definition."""
    learning = company.rules[0].behaviour.learning
    if company.rules[0].practices.lead_definition == JOINT:
        return learning.project_sign_weight_joint
    return learning.project_sign_weight_separate


@compiled
def qualify_hours(company, marketer):
    """A marketer's hours to score one inquiry: who looks less closely is done sooner."""
    work = company.rules[0].behaviour.work
    hours = work.qualify_h
    if company.rules[0].practices.lead_definition == JOINT:
        hours += work.project_signs_h
    return hours * by_hand(company) * attention(company, marketer)


@compiled
def by_hand(company):
    """Share of the work on leads that people do: all of it, or what software leaves to them; 0 to 1."""
    return 1.0 - company.rules[0].practices.automation * company.rules[0].behaviour.together.automation_saves


@compiled
def learn_outcomes(company, segment, n_outcomes):
    """The score of a segment gets better with every known outcome of a lead.

    Worked number: at 2 % an outcome, 35 outcomes halve the distance to the best possible accuracy.
    """
    learning, campaign = company.rules[0].behaviour.learning, company.campaign[segment]
    missing = learning.score_best - campaign.score_accuracy
    if missing > 0.0:
        campaign.score_accuracy += missing * (1.0 - power(1.0 - learning.score_learning, n_outcomes))


@compiled
def count_projects(company, marketer, n, n_good):
    """A marketer hears of `n` talks with own leads, and that `n_good` of them found a project: running counts."""
    row = company.marketer[marketer]
    kept = power(company.rules[0].behaviour.work.memory, n)
    row.known = kept * row.known + n
    row.known_good = kept * row.known_good + n_good


@compiled
def grow_stale(company, today):
    """As a segment's need moves, old signs mean less."""
    if today == 0:
        return
    learning = company.rules[0].behaviour.learning
    for segment in range(company.segment.shape[0]):
        now, before = company.needs[today, segment], company.needs[today - 1, segment]
        kept = exp(-learning.score_decay * distance(now[0], now[1], before[0], before[1]))
        campaign = company.campaign[segment]
        above = campaign.score_accuracy - learning.score_worst
        if above > 0.0:
            campaign.score_accuracy = learning.score_worst + above * kept
