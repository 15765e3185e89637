"""Joint planning: a few reps at a time say what a campaign should tell; the others hear of it where people meet."""

from simulation.border import goodwill, owed_hours
from simulation.compiled import compiled


@compiled
def ask_reps(company, segment):
    """The next reps in turn give hours to the new design of a segment's campaign; returns how many there are.

    Empty seats give none. The segments begin with different reps.
    """
    campaign, work, n_reps = company.campaign[segment], company.rules[0].behaviour.work, company.rep.shape[0]
    campaign.first_asked = (campaign.first_asked + _n_seats(company)) % n_reps
    n_asked = 0
    for turn in range(_n_seats(company)):
        rep = _seat(company, segment, turn)
        if not company.rep[rep].is_vacant:
            owed_hours.owe_planning(company, rep, work.planning_h)
            n_asked += 1
    return n_asked


@compiled
def view_of_asked(company, segment):
    """What those reps who are there on average believe to be needed, and how far they tell it and are believed.

    Position x and y, need units; a weight 0 to 1, and 0 if nobody is there.
    """
    owner, x, y, trust, n_asked = company.campaign[segment].owner, 0.0, 0.0, 0.0, 0
    for turn in range(_n_seats(company)):
        rep = _seat(company, segment, turn)
        if not company.rep[rep].is_vacant:
            belief = company.rep_belief[rep, segment]
            x, y = x + belief[0], y + belief[1]
            trust += company.trust_in_rep[owner, rep] * goodwill.told_by_rep(company, rep)
            n_asked += 1
    n = max(1, n_asked)
    return x / n, y / n, trust / n


@compiled
def _n_seats(company):
    """How many reps plan one campaign; a small company has no more than all."""
    return min(company.rules[0].behaviour.work.planning_reps, company.rep.shape[0])


@compiled
def _seat(company, segment, turn):
    """The rep whose turn it is."""
    n_reps = company.rep.shape[0]
    apart = segment * n_reps // company.segment.shape[0]
    return (company.campaign[segment].first_asked + apart + turn) % n_reps
