"""Luck by key: every random number is a pure function of (seed, purpose, entity, occasion).

There is no stream and no state. The luck of prospect 17 on day 40 is the same number whatever else
happens in the company, so two organisations with the same seed face the same prospects and the same
luck, and one more rep disturbs nobody else's draws.

How to draw, in compiled code and in plain Python alike::

    u = uniform(seed, Purpose.NEED_DRIFT, segment, today)   # a number strictly between 0 and 1
    shift = normal_from(u)                                  # turned into the distribution we want

Every distribution is the inverse of its distribution function at ONE uniform. That keeps paired runs
paired: a larger u never gives a smaller result, so if a practice changes a mean, luck stays luck.

Source of the generator: Salmon, Moraes, Dror and Shaw (2011), "Parallel random numbers: as easy as
1, 2, 3", Philox 4x32 with 10 rounds. Source of the normal quantile: Wichura (1988), algorithm AS 241.
"""

import math
from enum import IntEnum

import numpy as np

from simulation.compiled import apart, compiled, in_place
from simulation.elementary import exp, log, log1p

WORLD = np.dtype([("seed", "i8")])  # of the run's world


class Purpose(IntEnum):
    """What a draw is for. Each purpose is drawn in one place only (a test holds this).

    A number, once given, is never given to another purpose: changing one changes every result.
    """

    NEED_START = 0
    """Where a segment's need is on the first day; entity = segment and axis, occasion = 0."""
    NEED_DRIFT = 1
    """How far a segment's need moves in a day; entity = segment (and axis), occasion = day."""
    NEED_JUMP = 2
    """Whether and where a segment's need jumps; entity = segment, occasion = day."""
    CLIMATE = 3
    """The mood of the whole market; entity = 0, occasion = day."""
    ARRIVALS = 4
    """How many prospects appear; entity = segment, occasion = day."""
    LEAD_PROJECT = 5
    """A prospect's project, patience and buying group; entity = lead."""
    LEAD_NATURE = 6
    """A prospect's own need, deal value and fit; entity = lead."""
    LEAD_NOTICES = 7
    """When a prospect looks around, whether it notices us and asks us, and where; entity = lead, occasion = look."""
    FIRST_CUSTOMER = 8
    """Segment of a customer of the installed base; entity = lead."""
    INHERITED = 9
    """When the contract of such a customer ends; entity = lead."""
    FIRST_TRUST = 10
    """Trust of a pair when they meet, most on the first day; entity = rep and marketer."""
    FIRST_BELIEF = 11
    """Error of a person's first idea of a need; entity = person, occasion = segment."""
    REP_SKILL = 12
    """Skill of a rep; entity = rep."""
    MARKETER_SKILL = 13
    """Skill of a marketer; entity = marketer."""
    SURVEY = 14
    """Error of a survey; entity = marketer and segment, occasion = day."""
    MARKETER_HEARS = 30
    """What one buyer tells a marketer; entity = marketer, occasion = week and talk."""
    PASSED_ON = 31
    """Whether a rep mentions an early lead to the marketer; entity = lead, occasion = how often handed over."""
    ALLOCATION = 32
    """Who gets a lead; entity = lead, occasion = step of its way."""
    TENURE = 45
    """How long a rep of the first day has been here; entity = rep."""
    LEAVING = 46
    """Whether a rep quits; entity = rep, occasion = month."""
    REGION = 48
    """The region a prospect lives in; entity = lead."""
    MIXED_NEED = 49
    """Whether a buyer needs more than one product; entity = lead."""
    STAND_IN = 47
    """Which colleague takes over a lead from an empty seat; entity = lead, occasion = day."""
    LEAD_SCORE = 15
    """Noise of the project signs a lead is scored by; entity = lead, occasion = how often scored."""
    OBLIGATION = 16
    """Whether a lead is worked as the agreement asks; entity = lead, occasion = how often handed over."""
    PURSUIT = 17
    """How a lead looks at a glance; entity = lead, occasion = how often handed over and passed over."""
    RESPONSE_HOUR = 18
    """Hour a lead comes and hour the rep looks; entity = lead, occasion = how often handed over."""
    CONNECT = 19
    """Whether an attempt reaches a lead; entity = lead, occasion = attempt."""
    JUDGEMENT = 20
    """Error of a rep's judgement after a talk; entity = lead, occasion = how often handed over."""
    OUTCOME_TOLD = 21
    """Whether Marketing hears an outcome, by CRM or report; entity = lead, occasion = outcome."""
    APPROACH = 22
    """Whom a rep approaches, whether they answer, how they are judged; entity = rep, occasion = day and turn."""
    BUYER_PACE = 23
    """How long buyers take to their next step; entity = lead, occasion = step."""
    STALL = 24
    """Whether a purchase dies at a step; entity = lead, occasion = step."""
    SIGN_EARLY = 25
    """Whether buyers decide at quarter's end when asked; entity = lead, occasion = quarter."""
    WIN = 26
    """Whether deciding buyers choose us; entity = lead."""
    BAD_DEBT = 27
    """Whether a customer never pays; entity = lead."""
    LEAD_HABITS = 29
    """How much a lead clicks and visits whatever it needs; entity = lead."""
    RENEWAL = 28
    """Whether a customer renews; entity = lead, occasion = contract."""
    DISPUTE = 70
    """Whether tension about a topic breaks out this week; entity = topic, occasion = day."""
    DISPUTE_FADES = 71
    """How long a dispute that nobody rules lasts; entity = topic, occasion = day it broke out."""
    DISPUTE_TALKED_OUT = 72
    """Whether an open dispute is settled by talking; entity = topic, occasion = 4 x day + way to talk."""
    SOLUTION_AID = 73
    """Whether help with a deal is asked for; entity = lead."""
    JOINT_CALL = 74
    """Whether a marketer is asked along; entity = lead, occasion = step."""
    CONTENT = 75
    """What kind of item comes out; entity = marketer, occasion = number of the item."""
    CONTENT_PICKED = 76
    """Which item a rep comes upon; entity = lead, occasion = step."""
    CONTENT_TRUSTED = 77
    """Whether a rep trusts it enough; entity = lead, occasion = step."""
    SURVEY_ANSWER = 78
    """How a person answers a statement; entity = person, occasion = quarter and statement."""
    TASTE = 33
    """How much a buyer likes a product; entity = lead, occasion = product."""
    CREDIT = 34
    """A prospect's credit, and the errors of those who judge it; entity = lead."""
    COMPLAINT = 36
    """Whether and when a customer has something to complain of; entity = lead, occasion = contract."""
    EXPANSION = 37
    """Whether a customer who renews buys more; entity = lead, occasion = contract."""
    REFERRAL = 38
    """Whether a customer recommends us, and to whom; entity = lead, occasion = contract."""
    RIVALS = 50
    """What rivals' moves take; entity = segment, occasion = day."""
    PRESSED = 52
    """Whether buyers who are pressed resent it; entity = lead, occasion = quarter."""
    LEAVES_EARLY = 51
    """Whether a customer gives up before its first success; entity = lead."""
    HOLD_OFF = 35
    """Whether deciding buyers wait for the quarter's end; entity = lead, occasion = quarter."""


_LOW_32 = np.uint64(0xFFFFFFFF)
_LOW_16 = np.uint64(0xFFFF)
_BITS_32 = np.uint64(32)
_BITS_16 = np.uint64(16)
_BITS_12 = np.uint64(12)
_MULTIPLY_0 = np.uint64(0xD2511F53)
_MULTIPLY_1 = np.uint64(0xCD9E8D57)
_WEYL_0 = np.uint64(0x9E3779B9)  # golden ratio
_WEYL_1 = np.uint64(0xBB67AE85)  # square root of 3, less 1
_FOUR_AT_ONCE = np.uint64(0x80000000)  # keeps the blocks of uniforms4 apart from those of uniform
_TWO_TO_MINUS_52 = 2.0**-52
_TWO_TO_MINUS_32 = 2.0**-32
_WEIGHTLESS = 2.0**-56  # a probability that no longer changes a sum near 1


@in_place
def philox4x32(counter, key):
    """Scramble a counter of four words under a key of two words, into four random words.

    Both are tuples of whole numbers 0 .. 2**32 - 1; so is the result, as uint64.
    Source: Salmon et al. 2011. Worked number: counter and key all zero give
    6627e8d5 e169c58d bc57ac4c 9b00dbd8 (in hexadecimal).
    """
    c0, c1, c2, c3 = np.uint64(counter[0]), np.uint64(counter[1]), np.uint64(counter[2]), np.uint64(counter[3])
    k0, k1 = np.uint64(key[0]), np.uint64(key[1])
    for _ in range(10):
        product_0 = _MULTIPLY_0 * c0
        product_1 = _MULTIPLY_1 * c2
        c0 = (product_1 >> _BITS_32) ^ (c1 ^ k0)  # what is in brackets is known while the product is worked out
        c1 = product_1 & _LOW_32
        c2 = (product_0 >> _BITS_32) ^ (c3 ^ k1)
        c3 = product_0 & _LOW_32
        k0 = (k0 + _WEYL_0) & _LOW_32
        k1 = (k1 + _WEYL_1) & _LOW_32
    return c0, c1, c2, c3


@compiled
def _counter(purpose, entity, occasion):
    """The four words that are scrambled for one draw; all inputs uint64 (see `uniform` for their ranges)."""
    high_bits = (((entity >> _BITS_32) & _LOW_16) << _BITS_16) | ((occasion >> _BITS_32) & _LOW_16)
    return entity & _LOW_32, occasion & _LOW_32, purpose & _LOW_32, high_bits


@compiled
def _key(seed):
    """The two words of a run's seed, a uint64."""
    return seed & _LOW_32, seed >> _BITS_32


@in_place
def uniform(seed, purpose, entity, occasion):
    """Draw the number strictly between 0 and 1 that belongs to this key.

    `seed` 0 .. 2**63 - 1; `purpose` a `Purpose`; `entity` (who) and `occasion` (when, which time)
    0 .. 2**47 - 1: within these ranges different keys never share a block of random bits.
    The result is a multiple of 2**-52 plus 2**-53, so 1 - u is exact and is never 0 or 1.
    Worked number: uniform(0, Purpose.NEED_DRIFT, 0, 0) = 0.5166791607485287.
    """
    counter = _counter(np.uint64(purpose), np.uint64(entity), np.uint64(occasion))
    w0, w1, _, _ = philox4x32(counter, _key(np.uint64(seed)))
    return (float(np.int64(((w0 << _BITS_32) | w1) >> _BITS_12)) + 0.5) * _TWO_TO_MINUS_52


@in_place
def uniforms4(seed, purpose, entity, occasion):
    """Draw four independent numbers strictly between 0 and 1 for one key, at the price of one.

    Inputs as for `uniform`, whose numbers are independent of these. Coarser: each is a multiple of
    2**-32 plus 2**-33 (smallest 1.2e-10), enough for choices, too coarse for the far tail of a distribution.
    """
    counter = _counter(np.uint64(purpose) | _FOUR_AT_ONCE, np.uint64(entity), np.uint64(occasion))
    block = philox4x32(counter, _key(np.uint64(seed)))
    return (
        (float(np.int64(block[0])) + 0.5) * _TWO_TO_MINUS_32,
        (float(np.int64(block[1])) + 0.5) * _TWO_TO_MINUS_32,
        (float(np.int64(block[2])) + 0.5) * _TWO_TO_MINUS_32,
        (float(np.int64(block[3])) + 0.5) * _TWO_TO_MINUS_32,
    )


@compiled
def word_of(u):
    """The 32 random bits of which `uniforms4` made a number. Worked number: 0.5 + 2**-33 came of 2**31."""
    return int(u / _TWO_TO_MINUS_32)


@compiled
def luck_in(word):
    """The number that `uniforms4` makes of 32 random bits, a whole number 0 .. 2**32 - 1."""
    return (float(np.int64(word)) + 0.5) * _TWO_TO_MINUS_32


@in_place
def normal_from(u):
    """Standard normal value whose share of smaller values is `u`, 0 < u < 1; increases with u.

    Source: Wichura 1988, AS 241 (PPND16), relative error about 1e-16.
    Worked number: normal_from(0.975) = 1.959964.
    """
    q = u - 0.5
    return q * _normal_middle(0.180625 - q * q) if abs(q) <= 0.425 else _normal_from_tail(u)


@compiled
def normals_from(us, normals):
    """Fill `normals` (n,) with the normal values of `us` (n,), to the last bit those of `normal_from`; twice as fast.

    First the formula for the middle of the distribution for all, several at a time; then the tails.
    """
    for place in range(us.shape[0]):
        q = us[place] - 0.5
        normals[place] = q * _normal_middle(0.180625 - q * q)
    for place in range(us.shape[0]):
        if abs(us[place] - 0.5) > 0.425:
            normals[place] = _normal_from_tail(us[place])


@compiled
def _normal_middle(r):
    """AS 241's ratio of polynomials for the middle 85 % of the distribution."""
    above = 2.5090809287301226727e3 * r + 3.3430575583588128105e4
    above = (above * r + 6.7265770927008700853e4) * r + 4.5921953931549871457e4
    above = (above * r + 1.3731693765509461125e4) * r + 1.9715909503065514427e3
    above = (above * r + 1.3314166789178437745e2) * r + 3.3871328727963666080e0
    below = 5.2264952788528545610e3 * r + 2.8729085735721942674e4
    below = (below * r + 3.9307895800092710610e4) * r + 2.1213794301586595867e4
    below = (below * r + 5.3941960214247511077e3) * r + 6.8718700749205790830e2
    below = (below * r + 4.2313330701600911252e1) * r + 1.0
    return above / below


@apart
def _normal_from_tail(u):
    """The normal value of a `u` below 0.075 or above 0.925."""
    distance = _normal_tail(math.sqrt(-log(min(u, 1.0 - u))))
    return -distance if u < 0.5 else distance


@compiled
def _normal_tail(r):
    """AS 241's ratios of polynomials for the tails; r = sqrt(-log(smaller tail))."""
    if r <= 5.0:
        r -= 1.6
        above = 7.74545014278341407640e-4 * r + 2.27238449892691845833e-2
        above = (above * r + 2.41780725177450611770e-1) * r + 1.27045825245236838258e0
        above = (above * r + 3.64784832476320460504e0) * r + 5.76949722146069140550e0
        above = (above * r + 4.63033784615654529590e0) * r + 1.42343711074968357734e0
        below = 1.05075007164441684324e-9 * r + 5.47593808499534494600e-4
        below = (below * r + 1.51986665636164571966e-2) * r + 1.48103976427480074590e-1
        below = (below * r + 6.89767334985100004550e-1) * r + 1.67638483018380384940e0
        below = (below * r + 2.05319162663775882187e0) * r + 1.0
        return above / below
    r -= 5.0
    above = 2.01033439929228813265e-7 * r + 2.71155556874348757815e-5
    above = (above * r + 1.24266094738807843860e-3) * r + 2.65321895265761230930e-2
    above = (above * r + 2.96560571828504891230e-1) * r + 1.78482653991729133580e0
    above = (above * r + 5.46378491116411436990e0) * r + 6.65790464350110377720e0
    below = 2.04426310338993978564e-15 * r + 1.42151175831644588870e-7
    below = (below * r + 1.84631831751005468180e-5) * r + 7.86869131145613259100e-4
    below = (below * r + 1.48753612908506148525e-2) * r + 1.36929880922735805310e-1
    below = (below * r + 5.99832206555887937690e-1) * r + 1.0
    return above / below


@compiled
def exponential_from(u, mean):
    """Exponential value with the given `mean` (same unit as the result); increases with u, of which 1 - u is exact.

    Worked number: exponential_from(0.5, 10.0) = 6.931472 (the median is 0.69 times the mean).
    """
    return exponential_at(log(1.0 - u), mean)


@compiled
def exponential_at(log_of_larger, mean):
    """Exponential value with the given `mean` (same unit as the result); of the share of larger values the logarithm.

    Worked number: exponential_at(-1.0, 10.0) = 10: a share of 0.37 is larger.
    """
    return -mean * log_of_larger


@compiled
def index_from(u, n):
    """A whole number 0 .. n - 1, each equally likely; n >= 1. Worked number: index_from(0.5, 3) = 1."""
    return min(int(u * n), n - 1)


@compiled
def poisson_from(u, mean):
    """Count of events when `mean` (>= 0, finite) are expected: the smallest k with P(count <= k) >= u.

    Never falls when u rises. Exact, except where u is within 1e-11 of a step of the distribution function.
    Cost: about `mean` steps below 50, 17 * sqrt(mean) above. Right up to a mean of 1e5 at least.
    Worked number: poisson_from(0.5, 30.0) = 30.
    """
    k = 0
    p_k = exp(-mean)
    if mean > 50.0:
        # Left of 8.6 standard deviations lies less than 2**-53, the smallest u (Chernoff bound): start there.
        k = max(0, int(mean - 8.6 * math.sqrt(mean)))
        p_k = _poisson_probability(k, mean)
    p_up_to_k = p_k
    # Rounding may keep the sum below the very largest u; beyond the last count of any weight the search ends.
    while p_up_to_k < u and (k < mean or p_k > _WEIGHTLESS):
        k += 1
        p_k *= mean / k
        p_up_to_k += p_k
    return k


@compiled
def _poisson_probability(k, mean):
    """P(count = k) for a mean above 50, reached from the most likely count, where it can be had exactly.

    There Stirling's series for log(k!) has converged to the last digit; log(k!) itself would lose ten.
    """
    mode = int(mean)
    gap = (mean - mode) / mode
    stirling = (1.0 / 12.0 - (1.0 / 360.0 - 1.0 / (1260.0 * mode * mode)) / (mode * mode)) / mode
    p = exp(mode * (log1p(gap) - gap) - stirling) / math.sqrt(2.0 * math.pi * mode)
    for j in range(mode, k, -1):
        p *= j / mean
    return p
