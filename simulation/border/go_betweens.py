"""People between the departments: a liaison who lives with Sales, and exchanges of a marketer and a rep."""

import numpy as np

from scenarios.run_length import DAYS_PER_WEEK, DAYS_PER_YEAR
from simulation import campaigns, tape
from simulation.border import beliefs, disputes, feedback, goodwill, trust
from simulation.border.hand_off import next_here
from simulation.compiled import compiled
from simulation.queues import NOBODY
from simulation.tape import Event

GO_BETWEENS = np.dtype(
    [
        ("liaison", "i8"),  # the marketer who lives with Sales for part of the time, or NOBODY
        ("exchanged_rep", "i8"),  # who is on exchange, or NOBODY
        ("exchanged_marketer", "i8"),  # likewise
        ("exchange_ends", "i8"),  # day
    ]
)


@compiled
def choose_liaison(company, first_upstream):
    """The liaison, if there is one: who designs no campaign, downstream rather than upstream; else the last downstream.

    The campaigns of the segments are designed by the first marketers, those hired for upstream work stand last.
    """
    n_people, n_designers = company.marketer.shape[0], company.segment.shape[0]
    is_idle = first_upstream <= n_designers < n_people
    chosen = n_people - 1 if is_idle else max(0, first_upstream - 1)
    company.go_between[0].liaison = chosen if company.rules[0].practices.liaison else NOBODY


@compiled
def share_living_with_sales(company, marketer):
    """Share of the hours left after research and talks that a liaison spends with Sales, unless on exchange; 0 to 1."""
    if marketer != company.go_between[0].liaison or company.go_between[0].exchanged_marketer == marketer:
        return 0.0
    return company.rules[0].behaviour.together.liaison_share


@compiled
def share_of_marketer_away(company, marketer):
    """Share of a marketer's day that goes to an exchange with Sales, 0 to 1."""
    away = company.rules[0].behaviour.together.rotation_away
    return away if company.go_between[0].exchanged_marketer == marketer else 0.0


@compiled
def share_of_rep_away(company, rep):
    """Share of a rep's day that goes to an exchange with Marketing, 0 to 1."""
    away = company.rules[0].behaviour.together.rotation_away
    return away if company.go_between[0].exchanged_rep == rep else 0.0


@compiled
def go_between(company, today):
    """What a week with a liaison brings, and exchanges that begin and end."""
    practices = company.rules[0].practices
    if practices.liaison and today % DAYS_PER_WEEK == DAYS_PER_WEEK - 1:
        _carry_news(company, today)
    _exchange_people(company, today, practices.rotations_per_year)


@compiled
def _carry_news(company, today):
    """The liaison hears what reps think and how leads ended, tells both sides, and knows everybody."""
    together, liaison = company.rules[0].behaviour.together, company.go_between[0].liaison
    share = together.from_liaison
    for segment in range(company.segment.shape[0]):
        x, y = beliefs.mean_of_reps(company, segment)
        beliefs.marketer_hears(company, liaison, segment, (x, y), share)
        told = company.marketer_belief[liaison, segment]
        for marketer in range(company.marketer.shape[0]):
            if marketer != liaison:
                beliefs.marketer_hears(company, marketer, segment, (told[0], told[1]), share)
    feedback.hear_outcomes(company, share)
    campaigns.brief(company, share)
    disputes.argue(company, share * disputes.warmth_between(company), disputes.BY_THE_LIAISON, today)
    for rep in range(company.rep.shape[0]):
        _come_closer(company, rep, liaison, together.liaison_trust)


@compiled
def _exchange_people(company, today, per_year):
    """Begin an exchange when its turn comes; end it when its time is over."""
    go_between, length = company.go_between[0], company.rules[0].behaviour.together.rotation_d
    if go_between.exchanged_rep != NOBODY:
        if company.rep[go_between.exchanged_rep].is_vacant:
            _end_exchange(company, today)  # who has quit brings nothing home
        elif today >= go_between.exchange_ends:
            _come_home(company, today)
    if per_year <= 0.0:
        return
    never = company.book.shape[0] + 1
    every = max(length + 1, int(min(never, DAYS_PER_YEAR / per_year)))
    if today % every == every - 1:
        turn = today // every
        rep = next_here(company, turn % company.rep.shape[0])
        if rep != NOBODY:
            go_between.exchanged_rep, go_between.exchanged_marketer = rep, turn % company.marketer.shape[0]
            go_between.exchange_ends = today + length
            pair = (rep, go_between.exchanged_marketer)
            tape.write(company, today, Event.EXCHANGE_BEGINS, pair, go_between.exchange_ends)


@compiled
def _come_home(company, today):
    """Two people come back: they know the other side's people and how it sees the market."""
    go_between, together = company.go_between[0], company.rules[0].behaviour.together
    rep, marketer = go_between.exchanged_rep, go_between.exchanged_marketer
    for other in range(company.marketer.shape[0]):
        _come_closer(company, rep, other, together.rotation_trust)
    for other in range(company.rep.shape[0]):
        _come_closer(company, other, marketer, together.rotation_trust)
    for segment in range(company.segment.shape[0]):
        of_reps = beliefs.mean_of_reps(company, segment)
        of_marketers = beliefs.mean_of_marketers(company, segment)
        beliefs.marketer_hears(company, marketer, segment, of_reps, together.from_rotation)
        beliefs.rep_hears(company, rep, segment, of_marketers, together.from_rotation)
    _end_exchange(company, today)


@compiled
def _end_exchange(company, today):
    """Nobody is on exchange any more."""
    away = company.go_between[0]
    tape.write(company, today, Event.EXCHANGE_ENDS, (away.exchanged_rep, away.exchanged_marketer), 0.0)
    away.exchanged_rep = away.exchanged_marketer = NOBODY


@compiled
def _come_closer(company, rep, marketer, share):
    """Two people get to know each other: trust and accounts grow by the `share` of what is missing, both ways."""
    trust.pair_moves(company, rep, marketer, share)
    goodwill.rep_feels(company, rep, marketer, share, 0.0)
    goodwill.marketer_feels(company, marketer, rep, share, 0.0)
