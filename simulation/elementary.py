"""Exponentials, logarithms, powers, sine and cosine of our own: the same bits on every machine and in plain Python.

The functions of a C library differ in their last bit from library to library, and with the instructions of the
processor. These use nothing but + - * / and the bits of a number, which the standard for floating point (IEEE 754)
fixes; the rules call them instead of `math`. What is left in `math` for rules is exact anyhow: `sqrt`, `isnan`.

Every result lies within 1 unit in the last place (ulp) of the true value, most are its nearest number. The special
cases are those of IEEE 754: exp(-inf) = 0, log(0) = -inf, power(x, 0) = 1, NaN where there is no number.

Sources of the methods: Dekker (1971) for sums and products in two parts, a number and what rounding took from it;
Cody and Waite (1980) for a reduction by a constant in parts; Tang (1990) for logarithms by a table and
log(y) - log(z) = 2 artanh((y - z) / (y + z)); the exponential, sine and cosine of the small rest by Taylor's series.
"""

import math
from collections.abc import Iterator
from decimal import Context, Decimal

import numpy as np

from simulation.compiled import compiled

_EXACTLY = Context(prec=60)  # decimal digits; the same on every machine
_LN2 = _EXACTLY.ln(Decimal(2))
_HALF_PI = Decimal("1.57079632679489661923132169163975144209858469968755291048747229615390820314310449931401741267")


def _parts(value: Decimal, n: int) -> Iterator[float]:
    """Yield `n` numbers that add up to `value`: all but the last hold 32 bits after the point of the one before."""
    for place in range(1, n):
        part = int(value.scaleb(0, _EXACTLY) * 2 ** (32 * place)) / 2 ** (32 * place)
        yield part
        value = _EXACTLY.subtract(value, Decimal(part))
    yield float(value)


_LN2_HIGH, _LN2_LOW = _parts(_LN2, 2)
_PER_LN2 = 1.0 / float(_LN2)
_HALF_PI_1, _HALF_PI_2, _HALF_PI_3, _HALF_PI_4 = _parts(_HALF_PI, 4)
_PER_HALF_PI = 1.0 / float(_HALF_PI)
_LOGS = [tuple(_parts(_EXACTLY.ln(1 + Decimal(place) / 32), 2)) for place in range(33)]
_LOG_HIGH, _LOG_LOW = np.array(_LOGS).T.copy()  # of 1, 1 + 1/32 .. 2
_OVER = tuple(1.0 / math.factorial(n) for n in range(20))  # 1 / n!, of Taylor's series
_LARGEST_EXP = 710.0  # beyond, exp is more than the largest number
_SMALLEST_EXP = -746.0  # below, exp is nearer to 0 than to the smallest number
_LARGEST_ANGLE = 2.0**20
_SMALLEST_NORMAL = 2.0**-1022
_MUCH = 2.0**64  # every power of this size is 0, 1 or infinite
_ONLY_EVEN = 2.0**53  # from here on all numbers are whole and even
_TO_WHOLE = 1.5 * 2.0**52  # adding and taking it away again rounds to a whole number
_TO_20_BITS = 1.5 * 2.0**32  # the same, to a multiple of 2**-20
_SPLIT = 2.0**27 + 1.0
_FRACTION = (1 << 52) - 1  # the bits of a number after its leading 1
_ONE = 1023 << 52  # the bits of 1.0


@compiled
def exp(x):
    """e to the power of x. Worked number: exp(1.0) = 2.718281828459045."""
    if not _SMALLEST_EXP < x < _LARGEST_EXP:
        return _beyond_exp(x)
    k, r, rest = _reduced(x, 0.0)
    return _scaled(_in_one(1.0, r, rest), k)


@compiled
def expm1(x):
    """e to the power of x, less 1, with all digits for small x too. Worked number: expm1(1e-10) = 1.00000000005e-10."""
    if x == 0.0:
        return x  # with its sign
    if x < -40.0:
        return -1.0
    if not x < _LARGEST_EXP:
        return _beyond_exp(x)
    k, r, rest = _reduced(x, 0.0)
    if k == 0:
        return r + rest
    if k > 50:
        return _scaled(_in_one(1.0, r, rest - _two_to(-min(k, 100))), k)
    return _scaled(_in_one(1.0 - _two_to(-k), r, rest), k)


@compiled
def exp2(x):
    """2 to the power of x, exact for whole x. Worked number: exp2(-0.5) = 0.7071067811865476."""
    if not -1080.0 < x < 1024.0:
        return _beyond_exp(x)
    k = (x + _TO_WHOLE) - _TO_WHOLE
    part = x - k
    coarse = (part + _TO_20_BITS) - _TO_20_BITS
    high, low = coarse * _LN2_HIGH, coarse * _LN2_LOW + (part - coarse) * (_LN2_HIGH + _LN2_LOW)
    r = high + low
    return _scaled(_in_one(1.0, r, _rest_of_exp(r, (high - r) + low)), int(k))


@compiled
def log(x):
    """Natural logarithm; -inf for 0, NaN below. Worked number: log(10.0) = 2.302585092994046."""
    if not 0.0 < x < math.inf:
        return _beyond_log(x)
    high, low = _log(x)
    return high + low


@compiled
def log1p(x):
    """Logarithm of 1 + x, with all digits for small x too. Worked number: log1p(1e-10) = 9.9999999995e-11."""
    if x == 0.0:
        return x  # with its sign
    if not -1.0 < x < math.inf:
        return _beyond_log(1.0 + x)
    near = 1.0 + x
    lost = x - (near - 1.0) if x < 1.0 else 1.0 - (near - x)
    high, low = _log(near)
    return high + (low + lost / near)


@compiled
def power(a, b):
    """a to the power of b, with power(a, 1) = a; for a below 0 only where b is a whole number, else NaN.

    For a whole `b` that is counted in a variable `whole_power` is faster, and for a constant one `a ** 2`.
    Worked number: power(2.0, 0.5) = 1.4142135623730951.
    """
    if a >= 0.0:
        return _power_of_size(a, b)
    if b == 0.0:
        return 1.0
    if a != a or b != b or (abs(b) < _ONLY_EVEN and b != int(b)):
        return math.nan
    is_odd = abs(b) < _ONLY_EVEN and int(b) % 2 != 0
    return -_power_of_size(-a, b) if is_odd else _power_of_size(-a, b)


@compiled
def whole_power(a, n):
    """a to the power of a whole number n, multiplied out. Worked number: whole_power(0.5, 3) = 0.125."""
    product, square, left = 1.0, a, abs(n)
    while left > 0:
        if left % 2 == 1:
            product *= square
        square *= square
        left //= 2
    return 1.0 / product if n < 0 else product


@compiled
def sin(x):
    """Sine of an angle in radians, -2**20 .. 2**20; beyond, NaN. Worked number: sin(1.0) = 0.8414709848078965."""
    if not abs(x) <= _LARGEST_ANGLE:
        return math.nan
    if x == 0.0:
        return x  # with its sign
    quarters, r, lost = _within_a_quarter(x)
    return _along_the_circle(quarters, r, lost)


@compiled
def cos(x):
    """Cosine of an angle in radians, -2**20 .. 2**20; beyond, NaN. Worked number: cos(1.0) = 0.5403023058681398."""
    if not abs(x) <= _LARGEST_ANGLE:
        return math.nan
    quarters, r, lost = _within_a_quarter(x)
    return _along_the_circle(quarters + 1, r, lost)


@compiled
def _beyond_exp(x):
    """What an exponential ends up at, above and below where it is a number."""
    if x > 0.0:
        return math.inf
    return 0.0 if x < 0.0 else math.nan


@compiled
def _beyond_log(x):
    """What a logarithm is of 0, of infinity, and of what has none."""
    if x == 0.0:
        return -math.inf
    return math.inf if x > 0.0 else math.nan


@compiled
def _power_of_size(a, b):
    """a to the power of b for a from 0."""
    if b == 0.0 or a == 1.0:
        return 1.0
    if b != b:
        return math.nan
    if a == 0.0 or a == math.inf:
        return math.inf if (a > 1.0) == (b > 0.0) else 0.0
    high, low = _log(a)
    b = max(-_MUCH, min(b, _MUCH))
    x = b * high
    if not _SMALLEST_EXP < x < _LARGEST_EXP:
        return _beyond_exp(x)
    k, r, rest = _reduced(x, _lost(b, high, x) + b * low)
    return _scaled(_in_one(1.0, r, rest), k)


@compiled
def _reduced(x, low):
    """A whole k, r and rest with exp(x + low) = 2**k (1 + r + rest); r within half of log(2)."""
    k = (x * _PER_LN2 + _TO_WHOLE) - _TO_WHOLE
    high = x - k * _LN2_HIGH  # exact
    low = low - k * _LN2_LOW
    r = high + low
    return int(k), r, _rest_of_exp(r, (high - r) + low)


@compiled
def _rest_of_exp(r, lost):
    """exp(r + lost) - 1 - r for r within half of log(2) and a `lost` that is nothing beside it.

    Taylor's series up to r**13, what is left of it lies below 2**-57. In pairs, which a processor works on at once.
    """
    r2 = r * r
    r4 = r2 * r2
    second = (_OVER[2] + r * _OVER[3]) + r2 * (_OVER[4] + r * _OVER[5])
    sixth = (_OVER[6] + r * _OVER[7]) + r2 * (_OVER[8] + r * _OVER[9])
    tenth = (_OVER[10] + r * _OVER[11]) + r2 * (_OVER[12] + r * _OVER[13])
    return (lost + lost * r) + r2 * (second + r4 * (sixth + r4 * tenth))


@compiled
def _in_one(one, r, rest):
    """one + r + rest, rounded once; `one` is no smaller than r, which is larger than `rest`."""
    near = one + r
    return near + (((one - near) + r) + rest)


@compiled
def _scaled(x, k):
    """x times 2**k, for x near 1 and k -1080 .. 1024; in two steps, of which only the second may leave the range."""
    half = k >> 1
    return x * _two_to(half) * _two_to(k - half)


@compiled
def _two_to(k):
    """2**k for a whole k -1022 .. 1023, written as the bits of a number."""
    return float(np.int64((k + 1023) << 52).view(np.float64))


@compiled
def _log(x):
    """log(x) for x above 0, as a number and what rounding took from it: right to 2**-67 of itself.

    x = 2**k y with y within 1 .. 2, and z the multiple of 1/32 next to y: log(x) = k log(2) + log(z) + 2 artanh(q) with
    q = (y - z) / (y + z). All that is large is added without rounding.
    """
    k = -1023
    if x < _SMALLEST_NORMAL:
        x, k = x * 2.0**54, -1077
    bits = int(np.float64(x).view(np.int64))
    k += bits >> 52
    y = float(np.int64((bits & _FRACTION) | _ONE).view(np.float64))
    place = (((bits >> 46) & 63) + 1) >> 1
    q, q_rest = _quotient(y, 1.0 + place * 0.03125)
    q2 = (q + q_rest) * (q + q_rest)
    series = (q + q_rest) * q2 * (2.0 / 3.0 + q2 * (2.0 / 5.0 + q2 * (2.0 / 7.0 + q2 * (2.0 / 9.0))))
    whole = k * _LN2_HIGH + float(_LOG_HIGH[place])
    high = whole + 2.0 * q
    low = ((whole - high) + 2.0 * q) + ((k * _LN2_LOW + float(_LOG_LOW[place])) + (2.0 * q_rest + series))
    total = high + low
    return total, (high - total) + low


@compiled
def _quotient(y, z):
    """(y - z) / (y + z) as a number of 26 bits and the rest, for z near y, both 1 .. 2."""
    above, below = y - z, y + z  # the first is exact
    per_below = 1.0 / below
    q, first = _first_half(above * per_below), _first_half(below)
    second = y - (first - z)
    return q, ((above - q * first) - q * second) * per_below


@compiled
def _first_half(x):
    """The first 26 of the 53 bits of a number; two of them can be multiplied without rounding."""
    wide = x * _SPLIT
    return wide - (wide - x)


@compiled
def _lost(a, b, product):
    """What rounding took from a times b."""
    a_1, b_1 = _first_half(a), _first_half(b)
    a_2, b_2 = a - a_1, b - b_1
    return ((a_1 * b_1 - product) + a_1 * b_2 + a_2 * b_1) + a_2 * b_2


@compiled
def _within_a_quarter(x):
    """An angle as a whole number of quarters of a turn and what is left, within an eighth, in two parts."""
    n = (x * _PER_HALF_PI + _TO_WHOLE) - _TO_WHOLE
    r, lost_2 = _difference(x - n * _HALF_PI_1, n * _HALF_PI_2)
    r, lost_3 = _difference(r, n * _HALF_PI_3)
    lost = (lost_2 + lost_3) - n * _HALF_PI_4
    near = r + lost
    return int(n), near, (r - near) + lost


@compiled
def _difference(a, b):
    """a - b, and what rounding took from it."""
    near = a - b
    gone = a - near
    return near, (a - (near + gone)) + (gone - b)


@compiled
def _along_the_circle(quarters, r, lost):
    """Sine of so many quarters of a turn and r + lost radians, by Taylor's series up to r**18."""
    r2 = r * r
    if quarters % 2 == 0:
        odd = _OVER[11] - r2 * (_OVER[13] - r2 * (_OVER[15] - r2 * _OVER[17]))
        odd = _OVER[3] - r2 * (_OVER[5] - r2 * (_OVER[7] - r2 * (_OVER[9] - r2 * odd)))
        value = r + (lost * (1.0 - 0.5 * r2) - r * r2 * odd)
    else:
        even = _OVER[12] - r2 * (_OVER[14] - r2 * (_OVER[16] - r2 * _OVER[18]))
        even = _OVER[4] - r2 * (_OVER[6] - r2 * (_OVER[8] - r2 * (_OVER[10] - r2 * even)))
        near = 1.0 - 0.5 * r2
        value = near + (((1.0 - near) - 0.5 * r2) + (r2 * r2 * even - r * lost))
    return -value if quarters % 4 >= 2 else value
