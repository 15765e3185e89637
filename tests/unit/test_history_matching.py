"""What runs rule out of a space of parameters, where it is known what is left."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.statistics.history_matching import (
    FEWEST_POINTS,
    KEPT,
    Band,
    Cut,
    cut_from,
    draws_left,
    inside,
    stand_in,
    told,
)

UPPER_TENTH = Band(0.9, 2.0)


def even(n: int, n_parameters: int = 3, seed: int = 1):
    return np.random.default_rng(seed).random((n, n_parameters))


def test_a_band_holds_its_ends_and_nothing_unknown():
    values = np.array([0.9, 1.0, 2.0, 2.1, 0.8, np.nan])
    assert UPPER_TENTH.holds(values).tolist() == [True, True, True, False, False, False]
    assert inside(np.column_stack([values, values]), (UPPER_TENTH, Band(0, 1))).tolist() == [True, True] + [False] * 4


def test_a_stand_in_learns_a_linear_figure_and_how_far_off_it_is():
    points = even(400)
    values = 5 + points @ [2.0, -1.0, 0.0] + np.random.default_rng(2).normal(0, 0.1, 400)
    values[7] = np.nan
    learnt = stand_in(points, values)
    assert learnt.slopes == pytest.approx([2, -1, 0], abs=0.06)
    assert learnt.mean == pytest.approx(5.5, abs=0.03)
    assert learnt.error == pytest.approx(0.1, rel=0.15)
    assert learnt.explained > 0.95


def test_a_stand_in_of_luck_explains_nothing():
    learnt = stand_in(even(200), np.random.default_rng(3).normal(size=200))
    assert learnt.explained < 0.05
    assert learnt.error == pytest.approx(1, rel=0.15)


def test_few_runs_teach_nothing():
    with pytest.raises(ValueError, match=f"a stand-in needs {FEWEST_POINTS} runs"):
        stand_in(even(60), np.r_[np.full(11, np.nan), np.zeros(49)])


@given(st.floats(-50, 50), st.floats(0.01, 10), st.floats(0, 100))
def test_the_chance_to_lie_in_a_band_is_that_of_the_normal_distribution(shift, error, width):
    from scipy.stats import norm

    points = even(60)
    learnt = stand_in(points, points[:, 0])
    known = type(learnt)(0.5, np.array([1.0, 0, 0]), error, 1.0)
    found = np.exp(known.log_chance(points, Band(shift, shift + width)))
    wanted = norm.cdf(shift + width, points[:, 0], error) - norm.cdf(shift, points[:, 0], error)
    assert found == pytest.approx(wanted, abs=1e-9)
    assert not np.isnan(known.log_chance(points, Band(1e9, 2e9))).any()


def test_about_the_upper_tenth_is_left_where_the_figure_is_the_first_share():
    """The known answer of the module."""
    points = even(500)
    cut = cut_from(points, points[:, :1], [UPPER_TENTH], even(4000, seed=5))
    left = draws_left(2000, 3, [cut], np.random.default_rng(7))
    assert left.share_left == pytest.approx(0.1, abs=0.03)
    assert (left.points[:, 0] > 0.85).all()
    by_place = {place: (distance, p) for place, distance, p in told(left.points)}
    assert by_place[0][0] > 0.8
    assert min(by_place[place][1] for place in (1, 2)) > 1e-3


def test_what_is_left_holds_most_of_what_would_be_accepted():
    """A figure with luck: of all points whose figure lies in the band nearly all are left, and most others are not."""
    rng = np.random.default_rng(9)

    def figure(points):
        return points[:, 0] + points[:, 1] + rng.normal(0, 0.1, len(points))

    points, band = even(600), Band(1.6, 2.5)
    cut = cut_from(points, figure(points)[:, None], [band], even(4000, seed=6))
    fresh = even(20_000, seed=8)
    accepted = band.holds(figure(fresh))
    assert cut.leaves(fresh)[accepted].mean() == pytest.approx(KEPT, abs=0.04)
    assert cut.leaves(fresh).mean() < 0.4


@given(st.integers(0, 100))
def test_later_cuts_leave_part_of_what_earlier_ones_left(seed):
    points = even(100, seed=seed)
    cuts = [Cut((stand_in(points, points[:, k]),), (Band(0.3, 2),), -0.7) for k in range(2)]
    one, both = (draws_left(200, 3, cuts[:n], np.random.default_rng(seed)) for n in (1, 2))
    assert both.share_left <= one.share_left
    assert all(cut.leaves(both.points).all() for cut in cuts)
    assert len(both.points) == 200
