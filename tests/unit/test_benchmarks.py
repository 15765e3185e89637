"""The benchmarks measure what they say; how fast anything is, no test asks."""

import pytest

from benchmarks import elementary
from benchmarks.companies import Size, company, large_company
from benchmarks.own_process import measured
from benchmarks.sweep import growth
from benchmarks.timing import exponent, time_repeated


@pytest.mark.parametrize(("power", "seconds"), [(0, [3, 3, 3]), (1, [1, 2, 4]), (2, [1, 4, 16])])
def test_the_exponent_of_a_power_law_is_its_power(power, seconds):
    assert exponent([1, 2, 4], seconds) == pytest.approx(power)


def test_every_repetition_is_timed_with_a_number_of_its_own():
    seen = []
    times = time_repeated(seen.append, 3)
    assert seen == [0, 1, 2]
    assert 0 < times.least <= times.median


def test_a_larger_market_has_the_money_to_reach_as_many_of_its_prospects():
    one, four = company(), company(Size(prospects=4))
    assert four.market.prospects_per_day == 4 * one.market.prospects_per_day
    assert four.money.programme_eur_per_year == 4 * one.money.programme_eur_per_year
    assert four.people == one.people


def test_more_staff_meets_the_same_market():
    one, two = company(), company(Size(staff=2))
    assert two.people.account_executives == 2 * one.people.account_executives
    assert two.market == one.market


def test_the_large_company_is_as_large_as_promised():
    large = large_company()
    assert large.people.account_executives + large.people.sdrs == 1000
    assert large.market.prospects_per_day * 252 == pytest.approx(1e6)
    assert large.run.quarters == company().run.quarters


def test_memory_that_grows_after_the_first_fifth_is_told():
    assert growth({0: 10.0, 100: 50.0, 200: 51.0, 1000: 51.5})["growth_mib"] == 0.5


def test_a_measurement_that_fails_says_why():
    with pytest.raises(RuntimeError, match=r"(?s)measuring nothing failed: .*KeyError"):
        measured("nothing")


def test_every_function_of_our_own_is_timed_beside_the_librarys():
    lines = elementary.figures(1)
    assert {what.split(",")[0] for what, _, _ in lines} == {
        "exp",
        "expm1",
        "exp2",
        "log",
        "log1p",
        "sin",
        "cos",
        "power",
        "whole_power",
    }
    assert all(value > 0.0 for _, value, _ in lines)
