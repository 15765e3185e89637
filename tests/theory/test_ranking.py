"""Ranking with an indifference zone keeps its promises, tried on variants whose truth is known."""

import numpy as np
import pytest

from experiments.statistics.paired import standings
from experiments.statistics.ranking import good_enough, select


def worlds(rng: np.random.Generator, means, n: int, own: float = 1.0) -> dict[str, np.ndarray]:
    """Common luck sd 3, own luck sd `own`."""
    common = rng.normal(0, 3, n)
    return {f"variant {k}": mean + common + rng.normal(0, own, n) for k, mean in enumerate(means)}


def test_the_best_is_selected_as_often_as_promised_where_it_is_hardest():
    """All others are exactly one indifference zone below the best (the least favourable case)."""
    rng = np.random.default_rng(21)
    found = [select(worlds(rng, [0.3, 0, 0, 0], 1500), 0.3) for _ in range(300)]
    assert np.mean([one.is_settled for one in found]) > 0.99
    right = np.mean([one.left == ("variant 0",) for one in found])
    assert right >= 0.95 - 3 * np.sqrt(0.95 * 0.05 / 300)


def test_clear_differences_are_settled_with_fewer_worlds():
    rng = np.random.default_rng(22)
    near = [select(worlds(rng, [0.3, 0], 1500), 0.3).n_worlds for _ in range(60)]
    far = [select(worlds(rng, [3.0, 0], 1500), 0.3).n_worlds for _ in range(60)]
    assert np.mean(far) < 0.7 * np.mean(near)


def test_common_worlds_settle_it_sooner():
    rng = np.random.default_rng(23)
    paired = [select(worlds(rng, [0.5, 0], 3000), 0.5).n_worlds for _ in range(30)]
    apart = []
    for _ in range(30):
        a, b = worlds(rng, [0.5], 3000)["variant 0"], worlds(rng, [0.0], 3000)["variant 0"]
        apart.append(select({"a": a, "b": b}, 0.5).n_worlds)
    assert np.mean(paired) < 0.3 * np.mean(apart)


def test_too_few_worlds_settle_nothing():
    variants = worlds(np.random.default_rng(24), [1.0, 0.0], 10)
    assert select(variants, 0.1, first=20).n_worlds == 10
    assert set(select(variants, 0.1, first=20).left) == {"variant 0", "variant 1"}


def test_good_enough_is_the_chance_to_be_best_without_a_zone_and_certain_in_a_wide_one():
    variants = worlds(np.random.default_rng(25), [0.1, 0.0, -5.0], 50)
    best = {one.variant: one.probability_best for one in standings(variants)}
    assert good_enough(variants, 0.0) == pytest.approx(best)
    wide = good_enough(variants, 2.0)
    assert wide["variant 0"] == wide["variant 1"] == 1.0
    assert wide["variant 2"] == 0.0


def test_the_chance_to_be_good_enough_is_calibrated():
    """Of the variants said to be good enough with a probability, about that share are."""
    rng = np.random.default_rng(26)
    said, true = [], []
    for _ in range(1500):
        means = rng.normal(0, 0.6, 3)
        found = good_enough(worlds(rng, means, 40), 0.2, n_resamples=300)
        said += found.values()
        true += list(means >= means.max() - 0.2)
    reliable(np.array(said), np.array(true))


def test_the_chance_to_be_best_is_calibrated_from_none_to_certain():
    rng = np.random.default_rng(27)
    said, true = [], []
    for _ in range(1500):
        means = rng.normal(0, 0.6, 3)
        rows = standings(worlds(rng, means, 40), n_resamples=300)
        said += [row.probability_best for row in rows]
        true += [int(row.variant.removeprefix("variant ")) == means.argmax() for row in rows]
    reliable(np.array(said), np.array(true))


def reliable(said: np.ndarray, true: np.ndarray) -> None:
    """In each fifth of the probabilities said, as many come true as said: within 3 standard errors and 2 points."""
    for low in (0.0, 0.2, 0.4, 0.6, 0.8):
        some = (said >= low) & (said <= low + 0.2)
        share = said[some].mean()
        error = np.sqrt(share * (1 - share) / some.sum())
        assert some.sum() > 50
        assert true[some].mean() == pytest.approx(share, abs=3 * error + 0.02)


@pytest.mark.parametrize("wrong", [{"indifference": 0.0}, {"indifference": -1.0}, {"indifference": 1.0, "first": 1}])
def test_impossible_wishes_are_refused(wrong):
    with pytest.raises(ValueError, match=r"must be positive|at least 2 worlds"):
        select({"a": np.zeros(5), "b": np.zeros(5)}, **wrong)
