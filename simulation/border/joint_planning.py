"""Joint planning: a few reps at a time say what a campaign should tell buyers, and tell the others what comes."""

from simulation.compiled import compiled


@compiled
def ask_reps(company, segment):
    """The next reps in turn give hours to the new design of a segment's campaign; empty seats give none."""
    campaign, work = company.campaign[segment], company.rules[0].behaviour.work
    campaign.first_asked = (campaign.first_asked + _n_asked(company)) % company.rep.shape[0]
    for turn in range(_n_asked(company)):
        rep = company.rep[_asked(company, segment, turn)]
        if not rep.is_vacant:
            rep.owed_planning_h += work.planning_h


@compiled
def view_of_asked(company, segment):
    """What those reps on average believe to be needed: position x and y, need units."""
    x, y, n_asked = 0.0, 0.0, _n_asked(company)
    for turn in range(n_asked):
        belief = company.rep_belief[_asked(company, segment, turn), segment]
        x += belief[0]
        y += belief[1]
    return x / n_asked, y / n_asked


@compiled
def _n_asked(company):
    """How many reps plan one campaign; a small company has no more than all."""
    return min(company.rules[0].behaviour.work.planning_reps, company.rep.shape[0])


@compiled
def _asked(company, segment, turn):
    """The rep whose turn it is."""
    return (company.campaign[segment].first_asked + turn) % company.rep.shape[0]
