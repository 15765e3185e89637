"""Sampled Shapley values are those of the definition, add up, and say how far they may be off."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.statistics.paired import mean_of
from experiments.statistics.shapley import alone_and_last, chain, contributions, exact, orders, sets_met


def glove_game(parts: int) -> float:
    """One left glove (part 0), two right ones: a pair is worth 1. Shapley values 2/3, 1/6, 1/6 (by hand)."""
    return float(parts & 1 and parts & 0b110 and 1)


def with_pairs(parts: int) -> float:
    """Four parts worth 1, 2, 3, 4; parts 0 and 1 together 10 more, 2 and 3 together 6 less: 6, 7, 0, 1."""
    own = sum(part + 1 for part in range(4) if parts >> part & 1)
    return own + 10.0 * (parts & 0b11 == 0b11) - 6.0 * (parts & 0b1100 == 0b1100)


def test_all_orders_give_the_values_of_the_definition():
    every = np.mean([contributions(order, glove_game) for order in permutations(range(3))], axis=0)
    assert every == pytest.approx([2 / 3, 1 / 6, 1 / 6])


def test_an_order_with_its_reversal_is_exact_where_parts_only_act_in_pairs():
    assert contributions([2, 0, 3, 1], with_pairs) == pytest.approx([6, 7, 0, 1])


def test_in_every_order_the_parts_add_up_to_the_whole():
    rng = np.random.default_rng(1)
    worth = rng.normal(size=2**6)
    for order in orders(6, 20):
        assert contributions(order, lambda parts: worth[parts]).sum() == pytest.approx(worth[-1] - worth[0])


def test_exact_values_are_those_of_the_definition():
    assert exact(3, glove_game) == pytest.approx([2 / 3, 1 / 6, 1 / 6])
    assert exact(4, with_pairs) == pytest.approx([6, 7, 0, 1])
    assert exact(2, lambda parts: float(parts == 3)).tolist() == [0.5, 0.5]
    assert exact(0, lambda parts: 7.0).tolist() == []


@given(st.integers(1, 5), st.integers(0, 10_000))
def test_exact_values_add_up_to_the_whole_and_do_not_hang_on_the_order_of_parts(n_parts, seed):
    worth = np.random.default_rng(seed).normal(size=2**n_parts)
    values = exact(n_parts, worth.__getitem__)
    assert values.sum() == pytest.approx(worth[-1] - worth[0])
    turned = [
        sum(1 << n_parts - 1 - part for part in range(n_parts) if parts >> part & 1) for parts in range(2**n_parts)
    ]
    assert exact(n_parts, lambda parts: worth[turned[parts]])[::-1] == pytest.approx(values)


def test_the_sets_needed_are_those_met():
    asked = set()

    def value(parts: int) -> float:
        asked.add(parts)
        return 0.0

    contributions([2, 0, 1], value)
    assert asked == sets_met([2, 0, 1]) == {0, 4, 5, 7, 2, 3}
    assert chain([1, 0]) == [0, 2, 3]
    assert alone_and_last(3) == {1, 2, 4, 6, 5, 3}


def test_the_intervals_hold_the_values_of_the_definition():
    """Random worth of every set and luck of every world: 95 % intervals hold the true values as often as they say."""
    rng = np.random.default_rng(2)
    n_parts, n_worlds, held = 4, 40, []
    for trial in range(150):
        worth = rng.normal(size=2**n_parts)
        truth = np.mean([contributions(order, worth.__getitem__) for order in permutations(range(n_parts))], axis=0)
        worlds = [worth + rng.normal(0, 0.5, size=worth.size) for _ in range(n_worlds)]
        drawn = orders(n_parts, n_worlds, seed=trial)
        found = np.array([contributions(o, w.__getitem__) for o, w in zip(drawn, worlds, strict=True)])
        intervals = [mean_of(found[:, part]).interval for part in range(n_parts)]
        held += [one.low <= true <= one.high for one, true in zip(intervals, truth, strict=True)]
    assert np.mean(held) == pytest.approx(0.95, abs=0.03)  # 600 intervals: 3 standard errors are 2.7 points
