"""Intervals hold the truth as often as they say, tried on worlds whose truth is known.

With 500 trials a true 95 % shows as 93 to 97 % in 95 of 100 tries; the tolerances below are 3 standard errors.
The trials are fixed, so a failure here is a change of the method.
"""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest

from experiments.statistics.paired import Interval, difference, holm, standings
from experiments.statistics.sequential import Precision, look, next_batch

TRIALS = 500
THREE_ERRORS = 3 * np.sqrt(0.95 * 0.05 / TRIALS)  # 2.9 points

Draw = Callable[[np.random.Generator, int], tuple[np.ndarray, np.ndarray]]


def alike(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Common luck sd 3, own luck sd 1 each; a is better by 0.5. Variance reduction 20 / 2 = 10."""
    world = rng.normal(0, 3, n)
    return 10.5 + world + rng.normal(0, 1, n), 10 + world + rng.normal(0, 1, n)


def skewed(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
    """A gap with a long tail, mean exp(0.18)."""
    world = rng.normal(10, 3, n)
    return world + rng.lognormal(0, 0.6, n), world


def coverage(intervals: list[Interval], truth: float) -> float:
    return float(np.mean([interval.low <= truth <= interval.high for interval in intervals]))


@pytest.mark.parametrize(("draw", "truth"), [(alike, 0.5), (skewed, np.exp(0.18))], ids=["alike", "skewed"])
def test_intervals_of_a_difference_hold_the_truth(draw: Draw, truth: float):
    rng = np.random.default_rng(11)
    found = [difference(*draw(rng, 120), n_resamples=400) for _ in range(TRIALS)]
    assert coverage([one.interval for one in found], truth) == pytest.approx(0.95, abs=THREE_ERRORS)
    assert coverage([one.bootstrap for one in found], truth) == pytest.approx(0.95, abs=THREE_ERRORS)


def test_the_interval_of_a_relative_difference_holds_the_truth():
    rng = np.random.default_rng(12)
    found = [difference(*alike(rng, 60), n_resamples=0).relative_interval for _ in range(TRIALS)]
    assert coverage(found, 0.05) == pytest.approx(0.95, abs=THREE_ERRORS)


def test_the_interval_of_the_variance_reduction_holds_the_truth():
    rng = np.random.default_rng(13)
    found = [difference(*alike(rng, 150), n_resamples=400).variance_reduction_interval for _ in range(TRIALS)]
    assert coverage(found, 10.0) == pytest.approx(0.95, abs=THREE_ERRORS)


def test_pairs_need_as_many_fewer_runs_as_the_variance_reduction_says():
    rng = np.random.default_rng(14)
    paired = np.var([np.mean(np.subtract(*alike(rng, 25))) for _ in range(4000)])
    apart = np.var([np.mean(alike(rng, 25)[0]) - np.mean(alike(rng, 25)[1]) for _ in range(4000)])
    assert apart / paired == pytest.approx(10, rel=0.1)


def test_stopping_at_a_precision_leaves_the_interval_honest():
    rng = np.random.default_rng(15)
    precision = Precision(0.035, fewest=30, most=1000)
    holds, n_runs = [], []
    for _ in range(TRIALS):
        a, b = alike(rng, 1000)
        n = precision.fewest
        while more := next_batch(seen := look({"a": a[:n], "b": b[:n]}, precision, n_resamples=100), precision):
            n += more
        truth = 0.5 if seen.best == "a" else -0.5
        holds.append(seen.gap.interval.low <= truth <= seen.gap.interval.high)
        n_runs.append(n)
    assert np.mean(holds) == pytest.approx(0.95, abs=THREE_ERRORS)
    assert precision.fewest < np.mean(n_runs) < max(n_runs) < 1000


def test_naming_a_winner_among_equals_is_rarely_called_clear():
    """Picking the best two of four after the fact does not make a clear gap out of luck."""
    rng = np.random.default_rng(16)
    clear = []
    for _ in range(TRIALS):
        variants = {name: rng.normal(0, 1, 60) for name in "abcd"}
        best, second = standings(variants, n_resamples=1)[:2]
        clear.append(difference(variants[best.variant], variants[second.variant], n_resamples=0).is_clear)
    assert np.mean(clear) <= 0.05 + THREE_ERRORS


def test_holm_keeps_one_false_alarm_in_twenty_over_all_comparisons():
    rng = np.random.default_rng(17)
    alarms = []
    for _ in range(TRIALS):
        variants = [rng.normal(0, 1, 40) for _ in range(4)]
        p_values = [difference(after, before, n_resamples=0).p_value for before, after in pairwise(variants)]
        alarms.append(min(holm(p_values)) < 0.05)
    assert np.mean(alarms) <= 0.05 + THREE_ERRORS


def test_the_probability_of_being_best_is_calibrated():
    """Of the variants said to be best with 70 to 90 %, about that share are."""
    rng = np.random.default_rng(18)
    said, came_true = [], []
    for _ in range(TRIALS):
        gains = {"a": rng.normal(0, 0.15), "b": rng.normal(0, 0.15)}  # a prior as wide as the data are vague
        rows = standings({variant: gain + rng.normal(0, 1, 100) for variant, gain in gains.items()}, n_resamples=300)
        said.append(rows[0].probability_best)
        came_true.append(gains[rows[0].variant] == max(gains.values()))
    picked = (np.array(said) > 0.7) & (np.array(said) < 0.9)
    assert np.mean(np.array(came_true)[picked]) == pytest.approx(np.mean(np.array(said)[picked]), abs=0.1)
