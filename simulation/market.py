"""The market: how many prospects come, how their needs drift and jump. Nothing here knows the company."""

import math

from scenarios.run_length import DAYS_PER_QUARTER, DAYS_PER_YEAR
from simulation.averages import total
from simulation.compiled import compiled
from simulation.elementary import cos, exp, exp2, expm1, power, sin
from simulation.randomness import Purpose, normal_from, poisson_from, uniform


@compiled
def draw_climate(seed, rules, climate):
    """Fill `climate` (days,) with the factor on the number of prospects: mean 1, fading memory (AR(1) in logs).

    Worked number: a climate 20 % up is 10 % up, in logs, after one half-life.
    """
    memory = exp2(-1.0 / rules.market.climate_half_life_d)
    sd = rules.market.climate_sd
    mood = sd * normal_from(uniform(seed, Purpose.CLIMATE, 0, 0))
    for day in range(climate.shape[0]):
        climate[day] = exp(mood - 0.5 * sd * sd)
        shock = normal_from(uniform(seed, Purpose.CLIMATE, 0, day + 1))
        mood = memory * mood + math.sqrt(1.0 - memory * memory) * sd * shock


@compiled
def draw_rivals(seed, rules, rivals):
    """Fill `rivals` (days, segments) with what rivals' latest moves take from the log-odds of a win: AR(1) around 0.

    Worked number: 0.2 is back at 0.1, on average, after one half-life.
    """
    memory = exp2(-1.0 / rules.market.rivals_half_life_d)
    for segment in range(rivals.shape[1]):
        move = rules.market.rivals_sd * normal_from(uniform(seed, Purpose.RIVALS, segment, 0))
        for day in range(rivals.shape[0]):
            rivals[day, segment] = move
            shock = normal_from(uniform(seed, Purpose.RIVALS, segment, day + 1))
            move = memory * move + math.sqrt(1.0 - memory * memory) * rules.market.rivals_sd * shock


@compiled
def draw_arrivals(seed, rules, segments, climate, arrivals):
    """Fill `arrivals` (days, segments) with the number of prospects that appear.

    Poisson around prospects per day, share of the segment, its growth so far, its season and the climate;
    `segments` are their records.
    """
    all_weight = total(segments.weight)
    for day in range(arrivals.shape[0]):
        for segment in range(arrivals.shape[1]):
            mean = rules.market.prospects_per_day * segments[segment].weight / all_weight * climate[day]
            mean *= season(segments[segment], day) * growth(segments[segment], day)
            arrivals[day, segment] = poisson_from(uniform(seed, Purpose.ARRIVALS, segment, day), mean)


@compiled
def growth(kind, day):
    """Factor on the number of prospects of one segment since the first day.

    Worked number: a growth of 0.5 a year gives 1.5 after a year and 2.25 after two.
    """
    return power(1.0 + kind.growth_per_year, day / DAYS_PER_YEAR)


@compiled
def season(kind, day):
    """Factor on the number of prospects of one segment, a wave over the year around 1.

    Worked number: an amplitude of 0.3 gives 1.3 on the day of the peak and 0.7 half a year later.
    """
    if kind.season_amplitude == 0.0:
        return 1.0
    return 1.0 + kind.season_amplitude * cos(2.0 * math.pi * (day - kind.season_peak_d) / DAYS_PER_YEAR)


@compiled
def draw_needs(seed, rules, needs):
    """Fill `needs` (days, segments, 2) with the position of each segment's need, in need units.

    The first is a standard normal position; then it drifts each day and now and then jumps in a random direction.
    """
    n_days, n_segments, _ = needs.shape
    step = rules.market.turbulence * rules.market.drift_per_quarter / math.sqrt(DAYS_PER_QUARTER)
    p_jump = -expm1(-rules.market.turbulence * rules.market.jumps_per_year / DAYS_PER_YEAR)
    for segment in range(n_segments):
        for axis in range(2):
            needs[0, segment, axis] = normal_from(uniform(seed, Purpose.NEED_START, 2 * segment + axis, 0))
        for day in range(1, n_days):
            for axis in range(2):
                drift = normal_from(uniform(seed, Purpose.NEED_DRIFT, 2 * segment + axis, day))
                needs[day, segment, axis] = needs[day - 1, segment, axis] + step * drift
            u = uniform(seed, Purpose.NEED_JUMP, segment, day)
            if u < p_jump:  # given a jump, u / p_jump is uniform again: it gives the direction
                direction = 2.0 * math.pi * u / p_jump
                needs[day, segment, 0] += rules.market.jump_size * cos(direction)
                needs[day, segment, 1] += rules.market.jump_size * sin(direction)
