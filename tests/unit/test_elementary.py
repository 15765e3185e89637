"""Exponentials, logarithms, powers, sine and cosine of our own: right to the last place, exact where that is known."""

import itertools
import math
import sys

import mpmath
import numpy as np
import pytest
from numba.core.errors import TypingError

from simulation.elementary import cos, exp, exp2, expm1, exps_of, log, log1p, power, sin, take_logs, whole_power

N = 10_000  # points of each range
DIGITS = mpmath.mp.clone()
DIGITS.prec = 140  # bits, against 53 of a number
TINY = 5e-324  # the smallest number
HUGE = sys.float_info.max
GOLDEN = (math.sqrt(5.0) - 1.0) / 2.0
SILVER = math.sqrt(2.0) - 1.0


def along(low, high, step=GOLDEN):
    """Points that fill a range evenly, in an order without a pattern."""
    return low + (high - low) * ((0.5 + step * np.arange(N)) % 1.0)


def over_sizes(low, high, step=GOLDEN):
    """Numbers of all sizes between two powers of 10."""
    return 10.0 ** along(low, high, step)


def near_quarters():
    """The numbers next to quarters of a turn, where a sine or a cosine is all rest."""
    return np.arange(1, N) * (math.pi / 2.0)


POINTS = {
    "exp": (exp, DIGITS.exp, {"usual": along(-40, 10), "all": along(-745.2, 709.8), "tiny": -over_sizes(-20, 0)}),
    "expm1": (
        expm1,
        DIGITS.expm1,
        {"usual": along(-2, 2), "all": along(-45, 709.8), "tiny": over_sizes(-320, 0), "below": -over_sizes(-20, 1)},
    ),
    "exp2": (exp2, lambda x: DIGITS.power(2, x), {"usual": along(-30, 2), "all": along(-1075, 1024)}),
    "log": (
        log,
        DIGITS.log,
        {
            "usual": along(0, 1),
            "above": along(1, 3),
            "all": over_sizes(-323, 308.2),
            "near 1": 1 + over_sizes(-16, -2),
            "below 1": 1 - over_sizes(-16, -2),
        },
    ),
    "log1p": (
        log1p,
        DIGITS.log1p,
        {
            "usual": along(-1, 1),
            "all": over_sizes(-323, 308),
            "tiny": -over_sizes(-20, 0),
            "last": over_sizes(-17, -14),
        },
    ),
    "sin": (sin, DIGITS.sin, {"usual": along(-10, 10), "all": along(-(2**20), 2**20), "quarters": near_quarters()}),
    "cos": (cos, DIGITS.cos, {"usual": along(-10, 10), "all": along(-(2**20), 2**20), "quarters": near_quarters()}),
}
RANGES = [(name, where) for name, (_, _, ranges) in POINTS.items() for where in ranges]


def of_exponents(bases, results):
    """Bases, each with the exponent that makes e to the power of a result of it."""
    return bases, results / np.log(bases)


POWERS = {
    "usual": (along(0, 1), along(0, 20, SILVER)),
    "roots": (over_sizes(-5, 5), along(0, 1, SILVER)),
    "all": of_exponents(over_sizes(-300, 299), along(-745, 709.7, SILVER)),
    "above 1": of_exponents(1 + over_sizes(-12, -1), along(-745, 709.7, SILVER)),
    "below 1": of_exponents(1 - over_sizes(-12, -1), along(-745, 709.7, SILVER)),
}


def error_ulp(value, true):
    """How far a value lies from the true one, in units of the last place of the true one."""
    nearest = float(true)
    if math.isinf(nearest) or math.isinf(value):
        return 0.0 if value == nearest else math.inf
    return float(abs(DIGITS.mpf(value) - true) / DIGITS.mpf(math.ulp(nearest)))


@pytest.mark.parametrize(("name", "where"), RANGES)
def test_a_result_lies_within_one_unit_in_the_last_place(name, where):
    function, true, ranges = POINTS[name]
    errors = [error_ulp(function(x), true(DIGITS.mpf(x))) for x in ranges[where].tolist()]
    assert 0.4 < max(errors) <= 1.0


@pytest.mark.parametrize("where", POWERS)
def test_a_power_lies_within_one_unit_in_the_last_place(where):
    pairs = zip(*(numbers.tolist() for numbers in POWERS[where]), strict=True)
    errors = [error_ulp(power(a, b), DIGITS.power(DIGITS.mpf(a), DIGITS.mpf(b))) for a, b in pairs]
    assert 0.4 < max(errors) <= 1.0


def test_the_measure_of_errors_can_fail():
    assert error_ulp(math.e + 2.0 * math.ulp(math.e), DIGITS.e) > 1.0
    assert error_ulp(math.inf, DIGITS.mpf(1)) == math.inf


EXACT = [
    *((function, 0.0, 0.0) for function in (expm1, log1p, sin)),
    *((function, -0.0, -0.0) for function in (expm1, log1p, sin)),
    *((function, 0.0, 1.0) for function in (exp, exp2, cos)),
    *((function, math.inf, math.inf) for function in (exp, exp2, expm1, log, log1p)),
    *((function, HUGE, math.inf) for function in (exp, exp2, expm1)),
    *((function, -math.inf, 0.0) for function in (exp, exp2)),
    *((function, -HUGE, 0.0) for function in (exp, exp2)),
    *((function, -math.inf, math.nan) for function in (log, log1p, sin, cos)),
    *((function, math.nan, math.nan) for function in (exp, exp2, expm1, log, log1p, sin, cos)),
    *((function, math.inf, math.nan) for function in (sin, cos)),
    *((function, TINY, TINY) for function in (expm1, log1p, sin)),
    (expm1, -math.inf, -1.0),
    (log, 1.0, 0.0),
    (log, 0.0, -math.inf),
    (log, -0.0, -math.inf),
    (log, -TINY, math.nan),
    (log1p, -1.0, -math.inf),
    (log1p, math.nextafter(-1.0, -2.0), math.nan),
    (exp, 709.782712893384, 1.7976931348622732e308),
    (exp, 709.7827128933841, math.inf),
    (exp, -745.1332191019411, TINY),
    (exp, -745.1332191019412, 0.0),
    (exp2, -1075.0, 0.0),
    (exp2, math.nextafter(-1075.0, 0.0), TINY),
    (sin, 2.0**20 + 1.0, math.nan),
]


@pytest.mark.parametrize(("function", "x", "said"), EXACT)
def test_special_cases_are_exact(function, x, said):
    assert repr(function(x)) == repr(said)


EXACT_POWERS = [
    *((x, 0.0, 1.0) for x in (0.0, 2.5, -3.0, math.inf, -math.inf, math.nan)),
    *((1.0, y, 1.0) for y in (3.7, -math.inf, math.nan)),
    *((x, math.nan, math.nan) for x in (0.0, 2.0, -2.0, math.inf)),
    *((math.nan, y, math.nan) for y in (1.0, -0.5, math.inf)),
    *((0.0, y, 0.0) for y in (TINY, 0.5, 3.0, math.inf)),
    *((0.0, y, math.inf) for y in (-TINY, -2.0, -math.inf)),
    *((math.inf, y, math.inf) for y in (0.1, 2.0, math.inf)),
    *((math.inf, y, 0.0) for y in (-0.1, -math.inf)),
    *((x, math.inf, math.inf) for x in (1.5, math.nextafter(1.0, 2.0), HUGE, -2.0)),
    *((x, math.inf, 0.0) for x in (0.5, math.nextafter(1.0, 0.0), TINY, -0.5)),
    *((x, -math.inf, 0.0) for x in (1.5, HUGE)),
    *((x, -math.inf, math.inf) for x in (0.5, TINY)),
    (-2.0, 3.0, -8.0),
    (-2.0, -2.0, 0.25),
    (-2.0, 0.5, math.nan),
    (-2.0, 2.0**60, math.inf),
    (2.0, 0.5, math.sqrt(2.0)),
    (4.0, 0.5, 2.0),
    (3.0, 2.0, 9.0),
    (2.0, -1074.0, TINY),
    (2.0, -1076.0, 0.0),
    (2.0, 1024.0, math.inf),
    (10.0, 15.0, 1e15),
]


@pytest.mark.parametrize(("a", "b", "said"), EXACT_POWERS)
def test_special_powers_are_exact(a, b, said):
    assert repr(power(a, b)) == repr(said)


def test_a_number_to_the_power_of_1_stays():
    numbers = [*over_sizes(-323, 308).tolist(), TINY, HUGE, sys.float_info.min]
    assert [x for x in numbers if power(x, 1.0) != x] == []


def test_whole_powers_of_2_are_exact():
    assert [n for n in range(-1074, 1024) if exp2(float(n)) != math.ldexp(1.0, n)] == []


@pytest.mark.parametrize("n", range(-3, 9))
def test_a_whole_power_is_a_product(n):
    for x in (0.3, -1.7, 12.0):
        product = math.prod([x] * abs(n))
        assert whole_power(x, n) == pytest.approx(product if n >= 0 else 1.0 / product, rel=1e-15)
    assert whole_power(2.0, n) == 2.0**n
    assert whole_power(0.0, n) == (1.0 if n == 0 else 0.0 if n > 0 else math.inf)


def test_a_part_of_a_whole_power_is_refused():
    with pytest.raises(TypingError):
        whole_power(2.0, 0.5)


def test_exponentials_and_logarithms_of_many_are_those_of_each_to_the_last_bit():
    xs = np.concatenate([along(-40, 10), along(-760, 760), [0.0, 708.0, -708.0, math.inf, -math.inf]])
    many = np.empty(len(xs))
    exps_of(xs, many)
    assert many.tolist() == [exp(x) for x in xs]
    numbers = np.concatenate([along(1e-10, 1), over_sizes(-300, 300), over_sizes(-323, -308), [1.0]])
    many = numbers.copy()
    take_logs(many)
    assert many.tolist() == [log(number) for number in numbers]


SEAMS = {
    "exp": (exp, (0.0, 1.0, -1.0, 708.0, -708.0, -745.0, 709.7, 0.5 * math.log(2) / 128, 100.5 * math.log(2) / 128)),
    "expm1": (expm1, (0.0, 0.0625, -0.0625, -40.0, 40.0, -36.7, 0.5, -0.5)),
    "exp2": (exp2, (0.0, 1.0, -1.0, 1021.0, -1021.0, -1074.0, 0.5 / 128, 100.5 / 128)),
    "log": (log, (1.0, 2.0, 0.5, 2.0**-1022, 1 + 0.5 / 128, 1 + 77.5 / 128, 1e300)),
    "log1p": (log1p, (0.0, 1.0, -0.5, -0.999, 2.0**-53, 0.5 / 128, 1e16)),
    "square": (lambda x: power(x, 2.5), (1.0, 0.01, 1 + 0.5 / 128, 2.0)),
}


@pytest.mark.parametrize(("name", "where"), [(name, where) for name, (_, seams) in SEAMS.items() for where in seams])
def test_a_larger_number_never_gives_less(name, where):
    """Across zero, across the seams between two ways to the result, and where the table's next entry takes over."""
    steps = [where]
    for _ in range(300):
        steps.append(math.nextafter(steps[-1], math.inf))
        steps.insert(0, math.nextafter(steps[0], -math.inf))
    values = [SEAMS[name][0](x) for x in steps]
    assert [x for x, (one, next_one) in zip(steps, itertools.pairwise(values), strict=False) if next_one < one] == []


def test_worked_numbers_of_the_docstrings():
    assert exp(1.0) == 2.718281828459045
    assert expm1(1e-10) == 1.00000000005e-10
    assert exp2(-0.5) == 0.7071067811865476
    assert log(10.0) == 2.302585092994046
    assert log1p(1e-5) == 9.999950000333332e-06
    assert power(2.0, 0.5) == 1.4142135623730951
    assert whole_power(0.5, 3) == 0.125
    assert sin(1.0) == 0.8414709848078965
    assert cos(1.0) == 0.5403023058681398
