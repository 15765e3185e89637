"""Trust between each rep and each marketer, both ways, 0 to 1: slow to grow, quick to fall."""

from simulation.averages import mean
from simulation.compiled import compiled
from simulation.queues import NOBODY
from simulation.randomness import Purpose, normal_from, uniforms4

MARKETERS_AT_MOST = 1_000_000  # more than any company has
GOOD, EARLY, JUNK = 0, 1, 2  # what a rep finds a marketing lead to be


@compiled
def draw_first_trust(company):
    """Trust of the first day: the company's history, with differences between pairs."""
    for rep in range(company.rep.shape[0]):
        for marketer in range(company.marketer.shape[0]):
            _meet(company, rep, marketer)


@compiled
def _meet(company, rep, marketer):
    """Two people who do not work together yet trust each other as the company's history has it, more or less.

    Where Marketing grew out of Sales people know each other of old.
    """
    rules, pair = company.rules[0].behaviour.trust, company.rep[rep].key * MARKETERS_AT_MOST + marketer
    u, v, _, _ = uniforms4(company.world[0].seed, Purpose.FIRST_TRUST, pair, 0)
    known = company.rules[0].practices.marketing_out_of_sales * company.rules[0].behaviour.standing.known_of_old
    company.trust_in_marketer[rep, marketer] = grown(_share(rules.start + rules.start_sd * normal_from(u)), known)
    company.trust_in_rep[marketer, rep] = grown(_share(rules.start + rules.start_sd * normal_from(v)), known)


@compiled
def meet_newcomer(company, rep):
    """A new rep and all marketers: half as strangers do, half as rep colleagues near by trust and are trusted."""
    for marketer in range(company.marketer.shape[0]):
        _meet(company, rep, marketer)
        _hear_colleagues(company, rep, marketer, 0.5)


@compiled
def forget_rep(company, rep):
    """A rep leaves: the trust of the empty seat is that of colleagues near by, so that means stay those of people."""
    for marketer in range(company.marketer.shape[0]):
        _hear_colleagues(company, rep, marketer, 1.0)


@compiled
def _hear_colleagues(company, rep, marketer, share):
    """Move trust of a pair, both ways, by the `share` 0 to 1 towards the mean of the next reps who are there."""
    told, telling, n, n_reps = 0.0, 0.0, 0, company.rep.shape[0]
    for step in range(1, min(n_reps, company.rules[0].behaviour.trust.colleagues + 1)):
        other = (rep + step) % n_reps
        if not company.rep[other].is_vacant:
            told += company.trust_in_marketer[other, marketer]
            telling += company.trust_in_rep[marketer, other]
            n += 1
    if n > 0:
        company.trust_in_marketer[rep, marketer] += share * (told / n - company.trust_in_marketer[rep, marketer])
        company.trust_in_rep[marketer, rep] += share * (telling / n - company.trust_in_rep[marketer, rep])


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
        trust = shrunk(trust, rules.down if verdict == JUNK else rules.early * rules.down)
    company.trust_in_marketer[row.owner, row.marketer] = trust


@compiled
def lead_looked_like_junk(company, lead):
    """A rep has glanced at a marketing lead that does not look worth a call: weak evidence, but there is much of it."""
    row, rules = company.lead[lead], company.rules[0].behaviour.trust
    trust = company.trust_in_marketer[row.owner, row.marketer]
    company.trust_in_marketer[row.owner, row.marketer] = shrunk(trust, rules.glance * rules.down)


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
def mean_in_marketers(company, rep):
    """Mean trust of one rep in all marketers, 0 to 1."""
    return mean(company.trust_in_marketer[rep])
