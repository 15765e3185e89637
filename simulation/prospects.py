"""Prospects: who comes to the market, what they are, and when they look around. Nothing here knows the company."""

import numpy as np

from simulation.averages import total
from simulation.compiled import compiled
from simulation.elementary import exps_of, log, take_logs
from simulation.quality import LATER, N_READINESS, NEVER_FIT, READY
from simulation.queues import NEVER
from simulation.randomness import (
    Purpose,
    exponential_at,
    normals_from,
    poisson_from,
    uniform,
    uniforms4,
    word_of,
)

LONGEST = 1e8  # days; beyond any run, and within a 4-byte day
# Luck of what a prospect is: numbers between 0 and 1, and below them the normal values of the last five. Of what is
# exponential the logarithm of the share of larger values; of what is log-normal, in the end, the value's to its median.
U_READY, LOG_LAG, U_BUYERS, U_PATIENCE, U_X, U_Y, U_VALUE, U_FIT, PATIENCE, X, Y, VALUE, FIT = range(13)
TO_PATIENCE, TO_VALUE = U_PATIENCE, U_VALUE  # where there was what is needed no more
N_LUCK, PROSPECTS_AT_ONCE = 13, 256
LOG_WAIT, U_NOTICES = range(2)  # luck of a look
N_LOOK_LUCK, LOOKS_AT_ONCE = 2, 4

PROSPECT = np.dtype(
    [
        ("segment", "i2"),  # row of `segment`
        ("readiness", "i2"),  # READY, LATER or NEVER_FIT
        ("day_arrived", "i4"),  # enters the market; a customer of the first day: 0
        ("day_project", "i4"),  # its project starts; NEVER if it never fits
        ("day_window_end", "i4"),  # it has bought elsewhere, or stopped listening; NEVER of a customer of the first day
        ("buyers", "i4"),  # people in the buying group
        ("need_x", "f4"),  # its own need relative to its segment's, need units
        ("need_y", "f4"),  # the same on the second axis
        ("fit", "f4"),  # part of its quality that does not depend on the project, standard deviations
        ("value", "f8"),  # what a first contract of an ordinary product would cost it, EUR/year
    ],
    align=True,
)
LOOK = np.dtype(
    [
        ("prospect", "i4"),  # who looks around for suppliers
        ("number", "i2"),  # of the look among all of this prospect, from 1
        ("kind", "i2"),  # of the prospect: see `kind_of`; most looks need to know no more of it
        ("notices", "u4"),  # the luck of noticing us, as a word of 32 bits
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
            _spread_luck(rules, segments, prospect, one, luck)
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
        luck[U_READY, one], luck[LOG_LAG, one], luck[U_PATIENCE, one], luck[U_BUYERS, one] = u
        luck[LOG_LAG, one] = 1.0 - luck[LOG_LAG, one]
    for one in range(PROSPECTS_AT_ONCE):
        u = uniforms4(seed, Purpose.LEAD_NATURE, first + one, 0)
        luck[U_X, one], luck[U_Y, one], luck[U_VALUE, one], luck[U_FIT, one] = u
    for kind in range(PATIENCE, N_LUCK):
        normals_from(luck[kind + U_PATIENCE - PATIENCE], luck[kind])
    take_logs(luck[LOG_LAG])


@compiled
def _spread_luck(rules, segments, prospect, first, luck):
    """Turn the normal values of patience and deal value into factors on their medians, for `first` and those after."""
    for one in range(min(PROSPECTS_AT_ONCE, prospect.shape[0] - first)):
        luck[PATIENCE, one] *= rules.behaviour.attention.patience_sigma
        luck[VALUE, one] *= segments[prospect[first + one].segment].deal_value_sigma
    exps_of(luck[PATIENCE], luck[TO_PATIENCE])
    exps_of(luck[VALUE], luck[TO_VALUE])


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
        lag = exponential_at(luck[LOG_LAG, one], rules.market.project_lag_d)
        row.day_project = row.day_arrived + int(min(LONGEST, lag))
    patience = min(LONGEST, kind.patience_d * luck[TO_PATIENCE, one])
    row.day_window_end = max(row.day_project, row.day_arrived) + 1 + int(patience)
    row.buyers = 1 + poisson_from(luck[U_BUYERS, one], kind.buyers - 1.0)
    row.need_x, row.need_y = rules.market.need_spread * luck[X, one], rules.market.need_spread * luck[Y, one]
    row.value = kind.deal_value_eur * luck[TO_VALUE, one]
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
            u_wait, u_notices, _, _ = luck_of_look(seed, first + one, look)
            luck[LOG_WAIT, look, one], luck[U_NOTICES, look, one] = 1.0 - u_wait, u_notices
        take_logs(luck[LOG_WAIT, look])


@compiled
def luck_of_look(seed, prospect, look):
    """Luck of one look: how long it is from then to the next one, of noticing us, of the channel, and of a request.

    Look 0 is none: from then the first one is waited for.
    """
    return uniforms4(seed, Purpose.LEAD_NOTICES, prospect, look)


@compiled
def kind_of(segment, readiness):
    """One number for what the chance of noticing us depends on: segment 2 and readiness 1 make 7."""
    return N_READINESS * segment + readiness


@compiled
def _draw_looks_of(seed, looks, n_days, who, where):
    """All looks of one prospect; returns how many looks there are now."""
    (row, one, luck), ((days, drawn), n) = who, where
    mean_wait, looked, place = (row.day_window_end - row.day_arrived - 1) / looks, 0.0, one % PROSPECTS_AT_ONCE
    end, look, at = min(row.day_window_end, n_days), 0, 0
    while True:
        looked += exponential_at(luck[LOG_WAIT, at, place], mean_wait)
        day = row.day_arrived + 1 + int(min(LONGEST, looked))
        if day >= end:
            return n
        look += 1
        at = min(look, LOOKS_AT_ONCE)
        if at == LOOKS_AT_ONCE:  # beyond those drawn at once
            u_wait, luck[U_NOTICES, at, place], _, _ = luck_of_look(seed, one, look)
            luck[LOG_WAIT, at, place] = log(1.0 - u_wait)
        if n < days.shape[0]:
            it, days[n] = drawn[n], day
            it.prospect, it.number, it.kind = one, look, kind_of(row.segment, row.readiness)
            it.notices = word_of(luck[U_NOTICES, at, place])
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
        one.prospect, one.number, one.kind, one.notices = it.prospect, it.number, it.kind, it.notices
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
