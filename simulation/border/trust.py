"""Trust between each rep and each marketer, both ways, 0 to 1: slow to grow, quick to fall."""

from simulation.averages import mean
from simulation.compiled import compiled
from simulation.queues import NOBODY
from simulation.randomness import Purpose, normal_from, uniforms4

GOOD, EARLY, JUNK = 0, 1, 2  # what a rep finds a marketing lead to be


@compiled
def draw_first_trust(company):
    """Trust of the first day: the company's history, with differences between pairs."""
    rules, seed = company.rules[0].behaviour.trust, company.state[0].seed
    for rep in range(company.rep.shape[0]):
        for marketer in range(company.marketer.shape[0]):
            pair = company.rep[rep].key * 1_000_000 + marketer
            u, v, _, _ = uniforms4(seed, Purpose.FIRST_TRUST, pair, 0)
            company.trust_in_marketer[rep, marketer] = _share(rules.start + rules.start_sd * normal_from(u))
            company.trust_in_rep[marketer, rep] = _share(rules.start + rules.start_sd * normal_from(v))


@compiled
def _share(value):
    return min(1.0, max(0.0, value))


@compiled
def grown(trust, share):
    """Trust after good evidence: the `share` of what is missing is restored. Worked number: 0.4, 0.5 give 0.7."""
    return trust + share * (1.0 - trust)


@compiled
def shrunk(trust, share):
    """Trust after bad evidence: the `share` of it is destroyed. Worked number: 0.4, 0.5 give 0.2."""
    return trust * (1.0 - share)


@compiled
def lead_judged(company, lead, verdict):
    """A rep has talked to a marketing lead and found it GOOD, EARLY or JUNK: trust in the marketer moves."""
    row, rules = company.lead[lead], company.rules[0].behaviour.trust
    if row.marketer == NOBODY:
        return
    trust = company.trust_in_marketer[row.owner, row.marketer]
    if verdict == GOOD:
        trust = grown(trust, rules.up)
    else:
        trust = shrunk(trust, rules.down if verdict == JUNK else 0.25 * rules.down)
    company.trust_in_marketer[row.owner, row.marketer] = trust


@compiled
def lead_worked(company, lead):
    """The marketer sees that the rep has taken up a lead."""
    row = company.lead[lead]
    _trust_rep_more(company, row.marketer, row.owner, company.rules[0].behaviour.trust.worked)


@compiled
def outcome_told(company, lead):
    """The marketer gets a report from the rep."""
    row = company.lead[lead]
    _trust_rep_more(company, row.marketer, row.owner, company.rules[0].behaviour.trust.told)


@compiled
def _trust_rep_more(company, marketer, rep, share):
    company.trust_in_rep[marketer, rep] = grown(company.trust_in_rep[marketer, rep], share)


@compiled
def lead_rotted(company, lead):
    """The marketer sees that the rep has let a lead lie."""
    row = company.lead[lead]
    trust = company.trust_in_rep[row.marketer, row.owner]
    company.trust_in_rep[row.marketer, row.owner] = shrunk(trust, company.rules[0].behaviour.trust.rotted)


@compiled
def all_move(company, up, down):
    """Everybody's trust in everybody of the other side grows by the share `up` and shrinks by the share `down`."""
    reps_move(company, up, down)
    marketers_move(company, up, down)


@compiled
def reps_move(company, up, down):
    """Every rep's trust in every marketer grows by the share `up` and shrinks by the share `down`."""
    for rep in range(company.rep.shape[0]):
        for marketer in range(company.marketer.shape[0]):
            company.trust_in_marketer[rep, marketer] = shrunk(grown(company.trust_in_marketer[rep, marketer], up), down)


@compiled
def marketers_move(company, up, down):
    """Every marketer's trust in every rep grows by the share `up` and shrinks by the share `down`."""
    for marketer in range(company.marketer.shape[0]):
        for rep in range(company.rep.shape[0]):
            company.trust_in_rep[marketer, rep] = shrunk(grown(company.trust_in_rep[marketer, rep], up), down)


@compiled
def pair_moves(company, rep, marketer, up):
    """A rep's and a marketer's trust in each other grows by the share `up`."""
    company.trust_in_marketer[rep, marketer] = grown(company.trust_in_marketer[rep, marketer], up)
    company.trust_in_rep[marketer, rep] = grown(company.trust_in_rep[marketer, rep], up)


@compiled
def win_credited(company, lead):
    """A win from a marketing lead: shared credit warms the marketer towards the rep, grabbed credit cools."""
    row, rules = company.lead[lead], company.rules[0]
    if row.marketer == NOBODY:
        return
    weight, shared = rules.behaviour.together.credit, rules.practices.credit_shared
    trust = company.trust_in_rep[row.marketer, row.owner]
    company.trust_in_rep[row.marketer, row.owner] = shrunk(grown(trust, weight * shared), weight * (1.0 - shared))


@compiled
def surprised(company, marketer):
    """A launch that Sales was not told of: every rep trusts its marketer less."""
    down = company.rules[0].behaviour.together.surprise
    for rep in range(company.rep.shape[0]):
        company.trust_in_marketer[rep, marketer] = shrunk(company.trust_in_marketer[rep, marketer], down)


@compiled
def mean_in_marketers(company, rep):
    """Mean trust of one rep in all marketers, 0 to 1."""
    return mean(company.trust_in_marketer[rep])
