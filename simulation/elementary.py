"""Exponentials, logarithms, powers, sine and cosine of our own: the same bits on every machine and in plain Python.

The functions of a C library differ in their last bit from library to library, and with the instructions of the
processor. These use nothing but + - * / and the bits of a number, which the standard for floating point (IEEE 754)
fixes; the rules call them instead of `math`. What rules still take from `math` is exact anyhow: `sqrt`, `isnan`.

Every result lies within 1 unit in the last place (ulp) of the true value, most are the number nearest to it. The
special cases are those of IEEE 754: exp(-inf) = 0, log(0) = -inf, power(x, 0) = 1, NaN where there is no number.

Sources of the methods: Tang (1989, 1990) for exponentials and logarithms by a table and a short series for what is
left; Cody and Waite (1980) for taking away a multiple of a constant in parts; Dekker (1971) for sums and products in
two parts, a number and what rounding took from it. All constants are worked out here, to 60 decimal digits.
"""

import math
from decimal import Context, Decimal

import numpy as np

from simulation.compiled import apart, compiled, in_place

_EXACTLY = Context(prec=60)  # the same digits on every machine
_HALF_PI = Decimal("1.57079632679489661923132169163975144209858469968755291048747229615390820314310449931401741267")


def _parts(value: Decimal, n: int) -> list[float]:
    """`n` numbers that add up to `value`: to 32 bits after the point, to 64 and so on; the last is all that is left."""
    parts = []
    for place in range(1, n):
        unit = 2 ** (32 * place)
        parts.append(int(_EXACTLY.multiply(value, unit)) / unit)
        value = _EXACTLY.subtract(value, Decimal(parts[-1]))
    return [*parts, float(value)]


_STEPS = 128  # of the tables, between 1 and 2
_LN2 = _EXACTLY.ln(Decimal(2))
_LN2_HIGH, _LN2_LOW = _parts(_LN2, 2)
_NODE = 1.0 + np.arange(_STEPS + 1) / _STEPS
_INVERSE = 1.0 / _NODE
_LOG_HIGH, _LOG_LOW = np.array([_parts(_EXACTLY.ln(Decimal(float(node))), 2) for node in _NODE]).T.copy()
_ROOTS = [_EXACTLY.power(Decimal(2), Decimal(n / _STEPS)) for n in range(_STEPS)]  # 2**(n / 128)
_ROOT_BITS = np.array([float(root) for root in _ROOTS]).view(np.int64)
_ROOT_LOST = np.array([float(_EXACTLY.divide(_EXACTLY.subtract(root, Decimal(float(root))), root)) for root in _ROOTS])
_STEP_HIGH, _STEP_LOW = _LN2_HIGH / _STEPS, _LN2_LOW / _STEPS
_PER_STEP = _STEPS / float(_LN2)
_HALF_PI_1, _HALF_PI_2, _HALF_PI_3, _HALF_PI_4 = _parts(_HALF_PI, 4)
_PER_HALF_PI = 1.0 / float(_HALF_PI)
_OVER = tuple(1.0 / math.factorial(n) for n in range(20))  # 1 / n!, of Taylor's series
_THIRD, _FIFTH, _SIXTH, _SEVENTH = 1.0 / 3.0, 1.0 / 5.0, 1.0 / 6.0, 1.0 / 7.0
_TO_WHOLE = 1.5 * 2.0**52  # adding and taking it away again rounds to a whole number
_SPLIT = 2.0**27 + 1.0
_MUCH = 2.0**64  # every power of this size is 0, 1 or infinite
_ONLY_EVEN = 2.0**53  # from here on all numbers are whole and even
_SMALLEST_NORMAL = 2.0**-1022
_LARGEST_ANGLE = 2.0**20
_FRACTION = (1 << 52) - 1  # the bits of a number after its leading 1
_ONE = 1023 << 52  # the bits of 1.0


@in_place
def exp(x):
    """Exponential of x. Worked number: exp(1.0) = 2.718281828459045."""
    if not abs(x) < 708.0:
        return _exp_at_the_ends(x, 0.0)
    n = _steps(x)
    return _grown(n, (x - n * _STEP_HIGH) - n * _STEP_LOW)


@compiled
def expm1(x):
    """Exponential of x, less 1, with all digits for small x too. Worked number: expm1(1e-10) = 1.00000000005e-10."""
    if x == 0.0:
        return x  # with its sign
    if abs(x) < 0.0625:
        return x + x * x * _series_of_exp(x)
    if not abs(x) < 40.0:
        return exp(x) if not x < 0.0 else -1.0
    n = _steps(x)
    root, part = _root(n), _part(n, (x - n * _STEP_HIGH) - n * _STEP_LOW)
    near, lost = _difference(root, 1.0)
    return near + (lost + root * part)


@in_place
def exp2(x):
    """2 to the power of x, exact for whole x. Worked number: exp2(-0.5) = 0.7071067811865476."""
    if not abs(x) < 1021.0:
        return _exp2_at_the_ends(x)
    n = (x * _STEPS + _TO_WHOLE) - _TO_WHOLE
    return _grown(n, (x - n / _STEPS) * (_LN2_HIGH + _LN2_LOW))


@compiled
def log(x):
    """Natural logarithm; -inf for 0, NaN below. Worked number: log(10.0) = 2.302585092994046."""
    if not 0.0 < x < math.inf:
        return _log_at_the_ends(x)
    high, low = _log(x)
    return high + low


@compiled
def log1p(x):
    """Logarithm of 1 + x, with all digits for small x too. Worked number: log1p(1e-5) = 9.999950000333332e-06."""
    if x == 0.0:
        return x  # with its sign
    if not -1.0 < x < math.inf:
        return _log_at_the_ends(1.0 + x)
    near = 1.0 + x
    lost = x - (near - 1.0) if x < 1.0 else 1.0 - (near - x)
    high, low = _log(near)
    return high + (low + lost / near)


@in_place
def power(a, b):
    """A to the power of b, with power(a, 1) = a; for a below 0 only where b is a whole number, else NaN.

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
    """A to the power of a whole number n, multiplied out. Worked number: whole_power(0.5, 3) = 0.125."""
    product, square, left = 1.0, a, abs(n)
    while left > 0:
        if left & 1:  # of a whole number only: anything else is refused
            product *= square
        square *= square
        left >>= 1
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
def _power_of_size(a, b):
    """A to the power of b for a from 0."""
    if b == 0.0 or a == 1.0:
        return 1.0
    if b != b:
        return math.nan
    if a == 0.0 or a == math.inf:
        return math.inf if (a > 1.0) == (b > 0.0) else 0.0
    high, low = _log(a)
    near = high + low
    b = max(-_MUCH, min(b, _MUCH))
    x = b * near
    rest = _lost(b, near, x) + b * ((high - near) + low)
    if not abs(x) < 708.0:
        return _exp_at_the_ends(x, rest)
    n = _steps(x)
    return _grown(n, (x - n * _STEP_HIGH) - (n * _STEP_LOW - rest))


@apart
def _exp_at_the_ends(x, rest):
    """Exponential of x + rest where it may leave the range of numbers: infinite above, in small steps or 0 below."""
    if x != x:
        return math.nan
    if abs(x) > 750.0:
        return math.inf if x > 0.0 else 0.0
    n = _steps(x)
    return _grown_beyond(n, (x - n * _STEP_HIGH) - (n * _STEP_LOW - rest))


@apart
def _exp2_at_the_ends(x):
    """2 to the power of x where it may leave the range of numbers."""
    if x != x:
        return math.nan
    if abs(x) > 1080.0:
        return math.inf if x > 0.0 else 0.0
    n = (x * _STEPS + _TO_WHOLE) - _TO_WHOLE
    return _grown_beyond(n, (x - n / _STEPS) * (_LN2_HIGH + _LN2_LOW))


@compiled
def exps_of(xs, results):
    """Fill `results` (n,) with the exponentials of `xs` (n,), to the last bit those of `exp`; several at a time."""
    for place in range(xs.shape[0]):
        x = max(-708.0, min(xs[place], 708.0))
        n = _steps(x)
        results[place] = _grown(n, (x - n * _STEP_HIGH) - n * _STEP_LOW)
    for place in range(xs.shape[0]):
        if not abs(xs[place]) < 708.0:
            results[place] = _exp_at_the_ends(xs[place], 0.0)


@compiled
def take_logs(xs):
    """Put their logarithms in the place of `xs` (n,), all above 0 and finite, to the last bit those of `log`."""
    for place in range(xs.shape[0]):
        high, low = _log(xs[place])
        xs[place] = high + low


@apart
def _log_at_the_ends(x):
    """What a logarithm is of 0, of infinity, and of what has none."""
    if x == 0.0:
        return -math.inf
    return math.inf if x > 0.0 else math.nan


@compiled
def _steps(x):
    """The whole number of steps of log(2) / 128 that lies next to x."""
    return (x * _PER_STEP + _TO_WHOLE) - _TO_WHOLE


@compiled
def _grown(n, r):
    """2**(n / 128) exp(r) for a whole n and an r within 2**-8; n / 128 is -1021 .. 1022."""
    root = _root(n)
    return root + root * _part(n, r)


@compiled
def _root(n):
    """2**(n / 128), a number whose bits are those of the table's, moved by as many powers of 2."""
    n = int(n)
    return float(np.int64(int(_ROOT_BITS[n % _STEPS]) + (n // _STEPS << 52)).view(np.float64))


@compiled
def _part(n, r):
    """What is to be added to _root(n) for 2**(n / 128) exp(r), as a part of it: exp(r) - 1 and what the table lost."""
    return (float(_ROOT_LOST[int(n) % _STEPS]) + r) + r * r * (
        (_OVER[2] + r * _OVER[3]) + r * r * (_OVER[4] + r * _OVER[5])
    )


@compiled
def _grown_beyond(n, r):
    """_grown for all n: near 1, then in two steps to its size, of which only the second may leave the range."""
    k = int(n) // _STEPS
    return _grown(n - k * _STEPS, r) * _two_to(k // 2) * _two_to(k - k // 2)


@compiled
def _two_to(k):
    """2**k for a whole k -1022 .. 1023."""
    return float(np.int64((k + 1023) << 52).view(np.float64))


@compiled
def _series_of_exp(x):
    """(exp(x) - 1 - x) / x**2 for x within 1/16, by Taylor's series; what is left of it lies below 2**-57."""
    x2 = x * x
    second = (_OVER[2] + x * _OVER[3]) + x2 * (_OVER[4] + x * _OVER[5])
    sixth = (_OVER[6] + x * _OVER[7]) + x2 * (_OVER[8] + x * _OVER[9])
    return second + x2 * x2 * sixth


@compiled
def _log(x):
    """log(x) for x above 0, as a number and what rounding took from it: right to 2**-65 of itself.

    x = 2**k y with y within 1 .. 2, z is the multiple of 1/128 next to y, r = (y - z) / z: log(x) is k log(2) + log(z),
    from the table, and r - r**2 / 2 + r**3 / 3 ... Half of the bits of r are taken apart: their square is exact.
    """
    k = -1023
    if x < _SMALLEST_NORMAL:
        x, k = x * _ONLY_EVEN, -1076
    bits = int(np.float64(x).view(np.int64))
    k += bits >> 52
    y = float(np.int64((bits & _FRACTION) | _ONE).view(np.float64))
    place = (((bits >> 44) & 255) + 1) >> 1
    z, inverse = float(_NODE[place]), float(_INVERSE[place])
    r = (y - z) * inverse
    first = _first_half(r)
    second = ((y - z) - first * z) * inverse
    half_square = 0.5 * first * first
    series = r * r * r * ((_THIRD - 0.25 * r) + r * r * ((_FIFTH - r * _SIXTH) + r * r * (_SEVENTH - 0.125 * r)))
    whole = k * _LN2_HIGH + float(_LOG_HIGH[place])
    near = whole + first
    high = near - half_square
    lost = ((whole - near) + first) + ((near - high) - half_square)
    return high, lost + ((k * _LN2_LOW + float(_LOG_LOW[place])) + (second - second * (first + 0.5 * second) + series))


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
    """A - b, and what rounding took from it."""
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
