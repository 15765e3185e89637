"""What few replications may not say, where one more would lie, what part is luck, and what an answer hangs on."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.statistics.doubt import FEWEST, MIDDLE, says_something, share_of_luck, shares_best, spread
from experiments.statistics.hanging import SURE, hangs_on
from experiments.statistics.lines import fitted_lines
from experiments.statistics.paired import Values

NUMBERS = st.floats(-1e6, 1e6)


def numbers(n: int) -> Values:
    return np.arange(1.0, n + 1)


# --- few and many ---


def test_nine_replications_say_nothing_and_ten_do():
    assert [says_something(n) for n in (0, 9, 10)] == [False, False, True]
    few, enough = spread(numbers(9)), spread(numbers(10))
    assert (few.n, few.mean) == (9, 5)
    assert not few.middle.is_known
    assert np.isnan([few.median, few.share_above]).all()
    assert enough.middle.is_known
    assert np.isnan(shares_best(np.column_stack([numbers(9), -numbers(9)]))).all()


def test_the_middle_of_the_numbers_from_1_to_19():
    """Of n values the k-th stands for the share k / (n + 1): of 19 the 2nd for 10 %, the 10th for half."""
    found = spread(numbers(19))
    assert (found.middle.low, found.median, found.middle.high) == pytest.approx((2, 10, 18))
    assert found.middle.level == MIDDLE


def test_what_is_unknown_is_left_out_and_zero_is_half_above():
    found = spread(np.array([np.nan, *[1.0] * 5, *[0.0] * 2, *[-1.0] * 5]))
    assert (found.n, found.share_above) == (12, 0.5)


@pytest.mark.parametrize("n", [10, 25, 100])
def test_one_more_lies_in_the_middle_as_often_as_it_says(n):
    """Of a skewed distribution; weibull's quantiles are exact wherever both ends are order statistics."""
    rng = np.random.default_rng(n)
    held = []
    for _ in range(2000):
        drawn = rng.lognormal(size=n + 1)
        middle = spread(drawn[:-1]).middle
        held.append(middle.low <= drawn[-1] <= middle.high)
    assert np.mean(held) == pytest.approx(MIDDLE, abs=0.035)  # 3 standard errors are 2.7 points


@given(st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), min_size=FEWEST, max_size=40))
def test_shares_of_the_best_are_shared_out_whole(rows):
    table = np.array(rows)
    shares = shares_best(table)
    assert shares.sum() == pytest.approx(1)
    assert shares_best(table[:, ::-1]) == pytest.approx(shares[::-1])


def test_ties_are_shared_and_unknown_replications_left_out():
    table = np.array([[1.0, 1.0]] * 10 + [[2.0, 1.0]] * 10 + [[np.nan, 9.0]] * 5)
    assert shares_best(table).tolist() == [0.75, 0.25]


# --- luck and assumptions ---


def by_draw(values):
    return dict(enumerate(values.tolist()))


def test_twins_are_paired_by_their_draw():
    values, twins = by_draw(np.arange(20.0)), by_draw(np.arange(20.0) + 1)
    assert share_of_luck(values, twins) == pytest.approx(0.5 / 35)
    del twins[3]
    assert share_of_luck(values, twins) == pytest.approx(0.5 / 35)


def test_half_of_the_spread_is_luck_where_draws_and_luck_move_it_alike():
    rng = np.random.default_rng(1)
    draws, luck, other_luck = rng.normal(size=(3, 4000))
    found = share_of_luck(by_draw(draws + luck), by_draw(draws + other_luck))
    assert found == pytest.approx(0.5, abs=0.04)
    assert share_of_luck(by_draw(draws), by_draw(draws)) == 0
    assert share_of_luck(by_draw(luck), by_draw(other_luck)) == pytest.approx(1, abs=0.05)


def test_luck_by_hand():
    """Twins differ by 2 each, so luck's variance is 2; 20 values of +-2 have a variance of 4 x 20 / 19."""
    values = np.array([2.0, -2.0] * 10)
    assert share_of_luck(by_draw(values), by_draw(values + 2)) == pytest.approx(2 / (4 * 20 / 19))


def test_luck_is_not_known_of_few_twins_nor_of_what_never_varies():
    assert np.isnan(share_of_luck(by_draw(numbers(30)), by_draw(numbers(9))))
    assert np.isnan(share_of_luck(by_draw(np.ones(30)), by_draw(np.ones(30))))


# --- what it hangs on ---


def test_what_an_answer_hangs_on_is_found_in_its_order():
    rng = np.random.default_rng(2)
    drawn = rng.random((200, 60))
    answer = 3 * drawn[:, 7] - 2 * drawn[:, 30] + rng.normal(0, 0.3, 200)
    first, second = hangs_on(drawn, answer)
    assert (first.place, second.place) == (7, 30)
    assert first.correlation > 0 > second.correlation
    assert drawn[first.in_lower, 7].max() <= first.low < first.high <= drawn[first.in_upper, 7].min()
    assert np.mean(first.in_lower) == pytest.approx(1 / 3, abs=0.01)


def test_where_nothing_matters_something_is_named_as_seldom_as_it_says():
    rng = np.random.default_rng(3)
    named = [bool(hangs_on(rng.random((40, 30)), rng.normal(size=40), seed=k)) for k in range(200)]
    assert np.mean(named) <= 1 - SURE + 3 * np.sqrt(SURE * (1 - SURE) / 200)


def test_few_replications_constants_and_no_assumptions_hang_on_nothing():
    drawn = np.column_stack([numbers(9), np.ones(9)])
    assert hangs_on(drawn, numbers(9)) == []
    assert hangs_on(np.zeros((20, 0)), numbers(20)) == []
    assert hangs_on(np.ones((20, 3)), numbers(20)) == []
    drawn = np.random.default_rng(1).random((20, 3))
    assert hangs_on(drawn, np.ones(20)) == []
    assert hangs_on(drawn, 5e5 + 1e-9 * drawn[:, 0]) == []  # rounding of a sum follows whatever went into it


@given(st.integers(0, 1000))
def test_monotone_changes_of_an_assumption_change_nothing(seed):
    rng = np.random.default_rng(seed)
    drawn = rng.random((30, 4))
    answer = drawn[:, 1] + 0.1 * rng.normal(size=30)
    bent = drawn.copy()
    bent[:, 1] = np.exp(5 * bent[:, 1])
    assert [one.place for one in hangs_on(bent, answer)] == [one.place for one in hangs_on(drawn, answer)]


# --- lines through points ---


def test_a_line_through_points_by_hand():
    """Means 0, 1, 2, 5 at 0, 1, 2, 3: the slope is 1.6, what it misses .4, -.2, -.8, .6."""
    columns = np.column_stack([np.ones(4), np.arange(4.0)])
    change = fitted_lines(columns, np.array([[0.0], [1], [2], [5]])).change(np.array([0.0, 1.0]))
    assert change.mean == pytest.approx(1.6)
    reach = 4.302653 * np.sqrt(1.2 / 2 / 5)  # Student's factor for two degrees of freedom
    assert (change.interval.low, change.interval.high) == pytest.approx((1.6 - reach, 1.6 + reach), rel=1e-4)


def test_as_many_lines_as_points_leave_no_doubt_known_and_alike_points_no_line():
    columns = np.column_stack([np.ones(2), [0.0, 1.0]])
    few = fitted_lines(columns, np.array([[1.0, 2.0], [3.0, 5.0]]))
    assert np.isnan(few.change(np.array([0.0, 1.0])).p_value)
    assert not few.change(np.array([0.0, 1.0])).interval.is_known
    assert np.isnan(few.explained)
    assert fitted_lines(np.ones((5, 2)), np.ones((5, 3))) is None


@given(st.integers(0, 10_000), st.sampled_from([2, 30]))
def test_what_never_varies_is_moved_by_nothing(seed, n_replications):
    rng = np.random.default_rng(seed)
    columns = np.column_stack([np.ones(12), rng.random((12, 2))])
    found = fitted_lines(columns, np.full((12, n_replications), 1e6 / 3) + rng.normal(0, 9, n_replications))
    change = found.change(np.array([0.0, 1.0, 0.0]))
    assert (change.mean, change.p_value) == (0, 1)


@pytest.mark.parametrize("n_replications", [2, 12])
def test_intervals_of_lines_hold_the_slope_as_often_as_they_say(n_replications):
    """Every run and every replication has luck: over points where replications are few, else over them."""
    rng = np.random.default_rng(n_replications)
    columns = np.column_stack([np.ones(15), rng.random(15)])
    held = []
    for _ in range(600):
        outcomes = columns @ np.array([[1.0], [3.0]]) + rng.normal(0, 5, n_replications)
        outcomes = outcomes + rng.normal(0, 1, (15, n_replications))
        interval = fitted_lines(columns, outcomes).change(np.array([0.0, 1.0])).interval
        held.append(interval.low <= 3 <= interval.high)
    assert np.mean(held) == pytest.approx(0.95, abs=0.03)
