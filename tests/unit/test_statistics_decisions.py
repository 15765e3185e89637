"""Who is best, how sure that is, and how many more runs it takes."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.statistics.paired import holm, runs_for_half_width, runs_to_tell_apart, standings, t_interval
from experiments.statistics.sequential import Precision, look, next_batch

RNG = np.random.default_rng(8)
WORLD = RNG.normal(0, 30, 200)
ARMS = {name: 100 + gain + WORLD + RNG.normal(0, 5, 200) for name, gain in {"c": 0, "a": 8, "b": 7.5}.items()}


def test_standings_are_by_mean_best_first():
    assert [row.variant for row in standings(ARMS)][-1] == "c"
    means = [row.mean.mean for row in standings(ARMS)]
    assert means == sorted(means, reverse=True)


def test_probabilities_and_worlds_are_shared_out_whole():
    rows = standings(ARMS)
    assert sum(row.probability_best for row in rows) == pytest.approx(1)
    assert sum(row.share_of_worlds for row in rows) == pytest.approx(1)


def test_what_is_surely_best_has_no_regret():
    rows = {row.variant: row for row in standings({"low": WORLD, "high": WORLD + 3})}
    assert (rows["high"].probability_best, rows["high"].share_of_worlds, rows["high"].expected_regret) == (1, 1, 0)
    assert rows["low"].expected_regret == pytest.approx(3)


def test_equal_arms_share_probability_and_worlds():
    rows = standings({"x": WORLD, "y": WORLD})
    assert [(row.probability_best, row.share_of_worlds, row.expected_regret) for row in rows] == [(0.5, 0.5, 0)] * 2


def test_a_world_unknown_for_one_arm_is_no_race():
    x, y = np.array([9.0, np.nan, 9.0]), np.array([1.0, 1e9, 1.0])
    assert {row.variant: row.share_of_worlds for row in standings({"x": x, "y": y})} == {"x": 1, "y": 0}


def test_an_arm_that_failed_in_bad_worlds_does_not_look_good_for_it():
    good, bad = np.full(5, 100.0), np.full(5, 10.0)
    rows = standings({"fails": np.r_[good - 1, bad * np.nan], "never": np.r_[good, bad]})
    assert [row.variant for row in rows] == ["never", "fails"]
    assert [(row.mean.n, row.mean.n_unknown) for row in rows] == [(5, 5), (5, 5)]
    assert [row.mean.mean for row in rows] == [100, 99]


def test_one_world_names_its_winner():
    assert [row.probability_best for row in standings({"x": np.array([1.0]), "y": np.array([2.0])})] == [1, 0]


def test_without_a_common_world_nothing_is_known():
    rows = standings({"x": np.array([np.nan]), "y": np.array([1.0])})
    assert all(math.isnan(row.probability_best) for row in rows)


def test_no_arms_are_refused():
    with pytest.raises(ValueError, match="no variants"):
        standings({})


def test_holms_worked_number():
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([]) == []


def test_an_unknown_comparison_still_counts():
    assert holm([0.01, math.nan])[0] == pytest.approx(0.02)
    assert math.isnan(holm([0.01, math.nan])[1])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_holm_never_lowers_a_p_value_nor_changes_the_order(p_values):
    adjusted = holm(p_values)
    assert all(p <= q <= 1 for p, q in zip(p_values, adjusted, strict=True))
    assert [adjusted[i] for i in np.argsort(p_values)] == sorted(adjusted)
    assert all(q <= min(1, p * len(p_values)) or q in adjusted for p, q in zip(p_values, adjusted, strict=True))


def test_the_worked_numbers_of_runs_needed():
    assert runs_for_half_width(10, 2) == 99
    assert runs_to_tell_apart(1, 5) == 197


@given(st.floats(0.01, 1e4), st.floats(0.5, 1e3))
def test_runs_needed_are_just_enough(sd, half_width):
    runs = runs_for_half_width(sd, half_width)
    assert t_interval(0, sd, runs).half_width <= half_width * (1 + 1e-9)
    assert runs == 2 or t_interval(0, sd, runs - 1).half_width > half_width


@pytest.mark.parametrize("mean", [0.0, math.nan, 1e-9])
def test_no_number_of_runs_tells_equals_apart(mean):
    assert runs_to_tell_apart(mean, 5) is None


def test_a_half_width_of_nothing_is_refused():
    with pytest.raises(ValueError, match="must be positive, not 0"):
        runs_for_half_width(1, 0)


# --- stopping ---


def first(n: int) -> dict[str, np.ndarray]:
    return {variant: values[:n] for variant, values in ARMS.items()}


def test_it_stops_when_the_leaders_gap_is_narrow_enough_and_not_before():
    wide, narrow = look(first(200), Precision(0.001)), look(first(200), Precision(0.05))
    assert {wide.best, wide.second} == {"a", "b"}
    assert not wide.is_reached
    assert narrow.is_reached
    assert wide.half_width_share == pytest.approx(
        max(wide.gap.interval.half_width, wide.gap.bootstrap.half_width) / ARMS[wide.second].mean()
    )


def test_it_never_stops_before_the_fewest_runs():
    assert not look(first(40), Precision(0.5)).is_reached
    assert look(first(40), Precision(0.5, fewest=40)).is_reached


def test_it_ends_at_the_cap_reached_or_not():
    precision = Precision(0.001, fewest=50, most=200)
    assert next_batch(look(first(200), precision), precision) == 0
    assert next_batch(look(first(199), precision), precision) == 1


def test_a_batch_aims_at_the_precision_but_at_most_doubles():
    near, far = Precision(0.0085), Precision(0.0001)
    assert 0 < next_batch(look(first(150), near), near) < 150
    assert next_batch(look(first(150), far), far) == 150


def test_a_runner_up_that_earns_nothing_gives_no_share():
    zero = {"x": np.array([1.0, -1.0] * 50), "y": np.zeros(100) - 5}
    assert look(zero, Precision(0.1)).second == "y"
    nothing = {"x": np.array([2.0, 3.0] * 50), "y": np.zeros(100)}
    seen = look(nothing, Precision(0.1))
    assert seen.half_width_share == math.inf
    assert next_batch(seen, Precision(0.1)) == 100


def test_a_constant_gap_is_reached_at_once():
    assert look({"x": np.full(50, 2.0), "y": np.full(50, 1.0)}, Precision(0.01)).is_reached


def test_unknown_outcomes_everywhere_never_reach_it():
    nothing = {"x": np.full(60, np.nan), "y": np.full(60, np.nan)}
    precision = Precision(0.1, most=100)
    assert not look(nothing, precision).is_reached
    assert next_batch(look(nothing, precision), precision) == 40


@pytest.mark.parametrize("share", [0, 1, -0.1, math.nan])
def test_a_precision_is_a_share(share):
    with pytest.raises(ValueError, match="a share between 0 and 1"):
        Precision(share)


def test_the_fewest_runs_fit_under_the_cap():
    with pytest.raises(ValueError, match="at most 20"):
        Precision(0.1, most=20)
