"""Differences between variants: known answers, and what happens at the edges."""

import math

import numpy as np
import pytest
from scipy import stats

from experiments.statistics.paired import Interval, difference, mean_of, resampled_means, t_interval, variance_reduction

RNG = np.random.default_rng(5)
WORLD = RNG.normal(0, 30, 60)
A = 110 + WORLD + RNG.normal(0, 5, 60)
B = 100 + WORLD + RNG.normal(0, 5, 60)


def test_a_difference_is_the_paired_t_test_of_scipy():
    found, known = difference(A, B), stats.ttest_rel(A, B)
    assert found.mean == pytest.approx(np.mean(A - B))
    assert found.p_value == pytest.approx(known.pvalue)
    assert (found.interval.low, found.interval.high) == pytest.approx(known.confidence_interval(0.95))


def test_the_bootstrap_is_scipys():
    known = stats.bootstrap((A - B,), np.mean, n_resamples=20_000, rng=np.random.default_rng(1)).confidence_interval
    found = difference(A, B, n_resamples=20_000).bootstrap
    assert (found.low, found.high) == pytest.approx((known.low, known.high), abs=0.05)


def test_the_bootstrap_of_a_skewed_difference_leans_to_the_long_tail():
    skewed = np.random.default_rng(3).lognormal(0, 1, 80)
    found = difference(skewed, np.zeros(80))
    assert found.bootstrap.high - found.mean > found.mean - found.bootstrap.low


def test_the_worked_number_of_students_interval():
    found = t_interval(10, 2, 4)
    assert (round(found.low, 2), round(found.high, 2)) == (6.82, 13.18)


def test_the_same_numbers_give_the_same_answer():
    assert difference(A, B) == difference(A, B)


def test_swapping_the_arms_mirrors_the_difference():
    there, back = difference(A, B), difference(B, A)
    assert back.mean == -there.mean
    assert (back.interval.low, back.interval.high) == pytest.approx((-there.interval.high, -there.interval.low))
    assert back.share_a_higher == pytest.approx(1 - there.share_a_higher)
    assert back.variance_reduction == pytest.approx(there.variance_reduction)


def test_the_relative_difference_is_of_the_means():
    found = difference(A, B)
    assert found.relative == pytest.approx(A.mean() / B.mean() - 1)
    assert found.relative_interval.low < found.relative < found.relative_interval.high


def test_a_relative_interval_is_tight_where_arms_are_proportional():
    found = difference(1.2 * B, B)
    assert found.relative_interval.half_width == pytest.approx(0, abs=1e-12)
    assert found.interval.half_width > 1


@pytest.mark.parametrize("base", [0.0, -5.0])
def test_there_is_no_share_of_nothing_or_of_a_loss(base):
    found = difference(np.full(20, 3.0), np.full(20, base))
    assert math.isnan(found.relative)
    assert not found.relative_interval.is_known


def test_common_luck_is_the_variance_saved():
    assert variance_reduction(A, B) == pytest.approx(
        (A.var(ddof=1) + B.var(ddof=1)) / (A - B).var(ddof=1),
    )
    assert variance_reduction(A, B) > 20
    assert variance_reduction(A, -A) == pytest.approx(0.5)


def test_the_bootstrap_of_the_variance_reduction_holds_the_estimate():
    found = difference(A, B)
    assert found.variance_reduction_interval.low < found.variance_reduction < found.variance_reduction_interval.high


def test_unknown_outcomes_are_dropped_in_pairs_and_counted():
    a, b = A.copy(), B.copy()
    a[3], b[3], b[7] = np.nan, np.nan, np.nan
    known = np.ones(60, dtype=bool)
    known[[3, 7]] = False
    found = difference(a, b)
    assert (found.n, found.n_unknown) == (58, 2)
    assert found.mean == pytest.approx(np.mean((A - B)[known]))
    assert (mean_of(b).n, mean_of(b).n_unknown) == (58, 2)


def test_one_pair_has_a_difference_but_no_interval():
    found = difference(np.array([3.0]), np.array([1.0]))
    assert (found.n, found.mean) == (1, 2.0)
    assert not found.interval.is_known
    assert not found.bootstrap.is_known
    assert math.isnan(found.p_value)
    assert math.isnan(found.variance_reduction)
    assert not found.is_clear


@pytest.mark.parametrize("values", [np.array([]), np.array([np.nan])])
def test_no_pair_is_unknown_everywhere(values):
    found = difference(values, values)
    assert found.n == 0
    assert math.isnan(found.mean)
    assert not found.interval.is_known
    assert not found.is_clear


def test_a_constant_gap_is_certain():
    found = difference(B + 2, B)
    assert found.mean == pytest.approx(2)
    found = difference(np.full(30, 5.0), np.full(30, 3.0))
    assert found.interval == Interval(2.0, 2.0)
    assert found.bootstrap == Interval(2.0, 2.0)
    assert found.p_value == 0
    assert found.is_clear


def test_equal_arms_do_not_differ():
    found = difference(A, A)
    assert found.p_value == 1
    assert not found.is_clear
    assert found.share_a_higher == 0.5
    assert found.variance_reduction == math.inf
    assert math.isnan(variance_reduction(np.ones(5), np.ones(5)))


def test_a_difference_is_clear_only_if_both_intervals_say_so():
    assert difference(A, B).is_clear
    assert not difference(A, A + np.where(np.arange(60) % 2, 20, -20)).is_clear


def test_few_pairs_get_no_bootstrap():
    assert not difference(A[:9], B[:9]).bootstrap.is_known
    assert difference(A[:10], B[:10]).bootstrap.is_known
    assert not difference(A, B, n_resamples=0).bootstrap.is_known


def test_arms_of_different_length_are_no_pairs():
    with pytest.raises(ValueError, match="one value per common world"):
        difference(A, B[:-1])


def test_resampled_means_do_not_depend_on_how_many_are_held_at_a_time(monkeypatch):
    columns = np.column_stack([A, B])
    whole = resampled_means(columns, 50)
    monkeypatch.setattr("experiments.statistics.paired._NUMBERS_AT_ONCE", 60 * 7)
    assert resampled_means(columns, 50) == pytest.approx(whole)
