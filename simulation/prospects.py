"""Prospects: who comes to the market, what they are, and when they look around. Nothing here knows the company."""

import numpy as np

from simulation.averages import total
from simulation.compiled import compiled
from simulation.quality import LATER, NEVER_FIT, READY
from simulation.queues import NEVER
from simulation.randomness import (
    Purpose,
    exponential_from,
    lognormal_at,
    normals_from,
    poisson_from,
    uniform,
    uniforms4,
    word_of,
)

LONGEST = 1e8  # days; beyond any run, and within a 4-byte day
# Luck of what a prospect is: numbers between 0 and 1, and below them the normal values of the last five.
U_READY, U_LAG, U_BUYERS, U_PATIENCE, U_X, U_Y, U_VALUE, U_FIT, PATIENCE, X, Y, VALUE, FIT = range(13)
N_LUCK, PROSPECTS_AT_ONCE = 13, 256
U_WAIT, U_NOTICES, U_CHANNEL, U_REQUEST = range(4)  # luck of a look
N_LOOK_LUCK, LOOKS_AT_ONCE = 4, 4

PROSPECT = np.dtype(
    [
        ("segment", "i4"),  # row of `segment`
        ("readiness", "i4"),  # READY, LATER or NEVER_FIT
        ("day_arrived", "i4"),  # enters the market; a customer of the first day: 0
        ("day_project", "i4"),  # its project starts; NEVER if it never fits
        ("day_window_end", "i4"),  # it has bought elsewhere, or stopped listening; NEVER of a customer of the first day
        ("buyers", "i4"),  # people in the buying group
        ("need_x", "f4"),  # its own need relative to its segment's, need units
        ("need_y", "f4"),  # the same on the second axis
        ("value", "f8"),  # what a first contract of an ordinary product would cost it, EUR/year
        ("fit", "f4"),  # part of its quality that does not depend on the project, standard deviations
    ],
    align=True,
)
LOOK = np.dtype(
    [
        ("prospect", "i4"),  # who looks around for suppliers
        ("segment", "i2"),  # its segment and readiness stand here too: most looks need to know no more of it
        ("readiness", "i2"),
        ("notices", "u4"),  # its luck: of noticing us, as a word of 32 bits
        ("channel", "u4"),  # of the channel by which it does
        ("request", "u4"),  # of asking for a call
    ]
)


@compiled
def draw_appearances(arrivals, prospect):
    """Let the prospects of all days into `prospect` (N,), in the order in which they appear, its last rows."""
    one = prospect.shape[0]
    for day in range(arrivals.shape[0] - 1, -1, -1):
        for segment in range(arrivals.shape[1] - 1, -1, -1):
            for _ in range(arrivals[day, segment]):
                one -= 1
                prospect[one].segment, prospect[one].day_arrived = segment, day


@compiled
def draw_first_customers(seed, segments, n, prospect):
    """Choose the segments of the `n` customers of the first day, the first rows of `prospect`."""
    weight, n_segments = total(segments.weight), segments.shape[0]
    for one in range(n):
        segment, mark = 0, uniform(seed, Purpose.FIRST_CUSTOMER, one, 0) * weight
        while segment < n_segments - 1 and mark >= segments[segment].weight:
            mark -= segments[segment].weight
            segment += 1
        prospect[one].segment, prospect[one].day_arrived = segment, 0


@compiled
def draw_natures(seed, rules, segments, prospect, luck):
    """Draw what each prospect is: project, patience, size, own need. A customer of the first day has no window.

    `luck` (13, 256) is room to work in.
    """
    for one in range(prospect.shape[0]):
        if one % PROSPECTS_AT_ONCE == 0:
            _draw_luck(seed, one, luck)
        _draw_nature(rules, segments[prospect[one].segment], luck, prospect, one)
    for one in range(rules.customers.installed_base):
        prospect[one].day_window_end = NEVER


@compiled
def _draw_luck(seed, first, luck):
    """Luck of what `first` and the prospects after it are, the same in every organisation.

    For many at once: a processor does one thing to eight numbers nearly as fast as to one.
    """
    for one in range(PROSPECTS_AT_ONCE):
        u = uniforms4(seed, Purpose.LEAD_PROJECT, first + one, 0)
        luck[U_READY, one], luck[U_LAG, one], luck[U_PATIENCE, one], luck[U_BUYERS, one] = u
    for one in range(PROSPECTS_AT_ONCE):
        u = uniforms4(seed, Purpose.LEAD_NATURE, first + one, 0)
        luck[U_X, one], luck[U_Y, one], luck[U_VALUE, one], luck[U_FIT, one] = u
    for kind in range(PATIENCE, N_LUCK):
        normals_from(luck[kind + U_PATIENCE - PATIENCE], luck[kind])


@compiled
def _draw_nature(rules, kind, luck, prospect, number):
    """What one prospect of a segment (its record is `kind`) is, by the luck of those drawn with it."""
    row, one = prospect[number], number % PROSPECTS_AT_ONCE
    row.readiness, row.day_project = LATER, row.day_arrived
    if luck[U_READY, one] < rules.market.share_ready:
        row.readiness = READY
    elif luck[U_READY, one] > 1.0 - rules.market.share_never_fit:
        row.readiness, row.day_project = NEVER_FIT, NEVER
    else:
        lag = exponential_from(luck[U_LAG, one], rules.market.project_lag_d)
        row.day_project = row.day_arrived + int(min(LONGEST, lag))
    patience = lognormal_at(luck[PATIENCE, one], kind.patience_d, rules.behaviour.attention.patience_sigma)
    row.day_window_end = max(row.day_project, row.day_arrived) + 1 + int(min(LONGEST, patience))
    row.buyers = 1 + poisson_from(luck[U_BUYERS, one], kind.buyers - 1.0)
    row.need_x, row.need_y = rules.market.need_spread * luck[X, one], rules.market.need_spread * luck[Y, one]
    row.value = lognormal_at(luck[VALUE, one], kind.deal_value_eur, kind.deal_value_sigma)
    row.fit = luck[FIT, one]


@compiled
def draw_looks(seed, rules, n_days, prospect, drawn):
    """Draw when each prospect looks around for suppliers before the run's end, and its luck, one prospect by one.

    They look around at random times of their own, market.looks times in a window on average. Those times do not depend
    on what any supplier does; what runs then decides whether we are noticed. Fills `drawn`: days, `LOOK`s, and room for
    luck (4, 5, 256) to work in. Returns how many there are, of which it keeps as many as there is room for.
    """
    (days, looks, luck), n = drawn, 0
    for one in range(rules.customers.installed_base, prospect.shape[0]):
        if one % PROSPECTS_AT_ONCE == 0 or one == rules.customers.installed_base:
            _draw_luck_of_looks(seed, one - one % PROSPECTS_AT_ONCE, luck)
        n = _draw_looks_of(seed, rules.market.looks, n_days, (prospect[one], one, luck), ((days, looks), n))
    return n


@compiled
def _draw_luck_of_looks(seed, first, luck):
    """Luck of the first looks of `first` and the prospects after it."""
    for look in range(LOOKS_AT_ONCE):
        for one in range(PROSPECTS_AT_ONCE):
            _keep_luck(_luck_of_look(seed, first + one, look), luck, look, one)


@compiled
def _luck_of_look(seed, one, look):
    """Luck of one look: for noticing us, the channel, and a request, and first how long it is until the next one.

    Look 0 is none: only the wait for the first one counts.
    """
    return uniforms4(seed, Purpose.LEAD_NOTICES, one, look)


@compiled
def _keep_luck(u, luck, look, one):
    luck[U_WAIT, look, one], luck[U_NOTICES, look, one] = u[U_WAIT], u[U_NOTICES]
    luck[U_CHANNEL, look, one], luck[U_REQUEST, look, one] = u[U_CHANNEL], u[U_REQUEST]


@compiled
def _draw_looks_of(seed, looks, n_days, who, where):
    """All looks of one prospect; returns how many looks there are now."""
    (row, one, luck), ((days, drawn), n) = who, where
    mean_wait, looked, place = (row.day_window_end - row.day_arrived - 1) / looks, 0.0, one % PROSPECTS_AT_ONCE
    end, look, at = min(row.day_window_end, n_days), 0, 0
    while True:
        looked += exponential_from(luck[U_WAIT, at, place], mean_wait)
        day = row.day_arrived + 1 + int(min(LONGEST, looked))
        if day >= end:
            return n
        look += 1
        at = min(look, LOOKS_AT_ONCE)
        if at == LOOKS_AT_ONCE:  # beyond those drawn at once
            _keep_luck(_luck_of_look(seed, one, look), luck, at, place)
        if n < days.shape[0]:
            it, days[n] = drawn[n], day
            it.prospect, it.segment, it.readiness = one, row.segment, row.readiness
            it.notices, it.channel = word_of(luck[U_NOTICES, at, place]), word_of(luck[U_CHANNEL, at, place])
            it.request = word_of(luck[U_REQUEST, at, place])
        n += 1


@compiled
def lay_out_looks(days, drawn, first_look, look):
    """Sort the looks that there are by day into `look`; those of day d stand from `first_look[d]` on, as they came."""
    for place in range(look.shape[0]):
        first_look[days[place] + 1] += 1
    for day in range(first_look.shape[0] - 1):
        first_look[day + 1] += first_look[day]
    for place in range(look.shape[0]):
        day = days[place]
        it, one = drawn[place], look[first_look[day]]
        one.prospect, one.segment, one.readiness = it.prospect, it.segment, it.readiness
        one.notices, one.channel, one.request = it.notices, it.channel, it.request
        first_look[day] += 1
    for day in range(first_look.shape[0] - 1, 0, -1):
        first_look[day] = first_look[day - 1]
    first_look[0] = 0


@compiled
def count_leaving(prospect, leaving):
    """Count in `leaving` (D,) how many prospects' windows end on each day of the run."""
    for one in range(prospect.shape[0]):
        day = prospect[one].day_window_end
        if NEVER < day < leaving.shape[0]:
            leaving[day] += 1
