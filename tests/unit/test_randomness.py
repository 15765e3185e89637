"""Luck by key: the published known answers, the shape of every distribution, and the independence of every key."""

import itertools
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numba import njit
from scipy import stats
from scipy.special import ndtri

from simulation.randomness import (
    Purpose,
    exponential_at,
    exponential_from,
    index_from,
    normal_from,
    normals_from,
    philox4x32,
    poisson_from,
    uniform,
    uniforms4,
)

N = 50_000
SMALLEST_U = 2.0**-53
LARGEST_U = 1.0 - 2.0**-53
WIDE_US = np.concatenate([np.logspace(-15.9, -2, 300), np.linspace(0.01, 0.99, 981), 1 - np.logspace(-15.9, -2, 300)])
KEY_PARTS = ("seed", "purpose", "entity", "occasion")
open_unit_interval = st.floats(min_value=SMALLEST_U, max_value=LARGEST_U)


@njit
def draws(start, along, n):
    """n uniforms for keys that start at `start` and count up in part `along` of the key."""
    key = start.copy()
    values = np.empty(n)
    for i in range(n):
        values[i] = uniform(key[0], key[1], key[2], key[3])
        key[along] += 1
    return values


@njit
def draws_for_enum(n):
    values = np.empty(n)
    for i in range(n):
        values[i] = uniform(5, Purpose.ARRIVALS, i, 3)
    return values


@njit
def draws_four(n):
    values = np.empty((n, 4))
    for i in range(n):
        values[i] = uniforms4(5, Purpose.ARRIVALS, i, 3)
    return values


def key(seed=11, purpose=4, entity=1000, occasion=63):
    return np.array([seed, purpose, entity, occasion], dtype=np.int64)


def p_value_uniform(values):
    """The smaller of the p-values of Kolmogorov-Smirnov (large shape) and chi-square in 256 bins (fine shape)."""
    counts = np.bincount((values * 256).astype(int), minlength=256)
    return min(stats.kstest(values, "uniform").pvalue, stats.chisquare(counts).pvalue)


# --- the generator ---


@pytest.mark.parametrize(
    ("counter", "words_of_key", "answer"),
    [
        ((0, 0, 0, 0), (0, 0), "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
        ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, "408f276d 41c83b0e a20bc7c6 6d5451fd"),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            "d16cfe09 94fdcceb 5001e420 24126ea1",
        ),
    ],
    ids=["zeros", "ones", "pi"],
)
def test_philox_gives_the_published_known_answers(counter, words_of_key, answer):
    assert " ".join(f"{int(word):08x}" for word in philox4x32(counter, words_of_key)) == answer


def test_uniform_is_made_of_the_first_two_words_of_the_block_of_its_key():
    seed, entity, occasion = 0x1234_5678_9ABC_DEF0, 77, 88
    first, second, _, _ = philox4x32((entity, occasion, int(Purpose.CLIMATE), 0), (seed & 0xFFFFFFFF, seed >> 32))
    high_52_bits = (int(first) << 32 | int(second)) >> 12
    assert uniform(seed, Purpose.CLIMATE, entity, occasion) == (2 * high_52_bits + 1) / 2**53


def test_draws_never_move():
    """A change here changes every result of every model ever run."""
    assert uniform(0, Purpose.NEED_DRIFT, 0, 0) == 0.5166791607485287
    assert uniform(2**63 - 1, Purpose.NEED_DRIFT, 2**31, 2**31) == 0.280391018589227
    assert uniforms4(0, Purpose.CLIMATE, 1, 2)[3] == pytest.approx(0.23068095243070275, abs=0)


def test_a_uniform_is_never_0_or_1_and_so_is_its_complement():
    values = draws(key(), 2, N)
    odd_numerators = values * 2.0**53
    assert np.all(odd_numerators % 2 == 1)  # an odd number of 2**-53: neither 0 nor 1 can be written so
    assert 0 < SMALLEST_U <= values.min() < 1e-3
    assert 1 - 1e-3 < values.max() <= LARGEST_U
    assert np.all(1.0 - (1.0 - values) == values)


def test_compiled_code_and_plain_python_get_the_same_number():
    compiled = draws_for_enum(50)
    assert [uniform(5, Purpose.ARRIVALS, i, 3) for i in range(50)] == list(compiled)
    assert [uniform(5, int(Purpose.ARRIVALS), np.int32(i), np.int64(3)) for i in range(50)] == list(compiled)


def test_largest_keys_raise_no_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert 0 < uniform(2**63 - 1, max(Purpose), 2**47 - 1, 2**47 - 1) < 1
        assert all(0 < u < 1 for u in uniforms4(2**63 - 1, max(Purpose), 2**47 - 1, 2**47 - 1))


@pytest.mark.parametrize(("part", "n_bits"), [("seed", 63), ("purpose", 31), ("entity", 47), ("occasion", 47)])
def test_every_bit_of_the_key_counts(part, n_bits):
    plain = uniform(*key())
    flipped = {uniform(*key(**{part: int(key()[KEY_PARTS.index(part)]) ^ (1 << bit)})) for bit in range(n_bits)}
    assert len(flipped) == n_bits
    assert plain not in flipped


def test_purposes_have_different_numbers():
    assert len({int(purpose) for purpose in Purpose.__members__.values()}) == len(Purpose.__members__)


# --- uniformity and independence ---


@pytest.mark.parametrize("along", range(4), ids=KEY_PARTS)
@pytest.mark.parametrize("seed", [0, 1, 2**62 + 12345])
def test_draws_are_uniform_along_every_part_of_the_key(along, seed):
    assert p_value_uniform(draws(key(seed=seed), along, N)) > 1e-4


def test_the_uniformity_check_can_fail():
    values = draws(key(), 2, N)
    assert p_value_uniform(values**1.03) < 1e-4
    assert p_value_uniform(np.round(values * 300) / 300.0001) < 1e-4


@pytest.mark.parametrize("along", range(4), ids=KEY_PARTS)
@pytest.mark.parametrize("other", range(4), ids=KEY_PARTS)
def test_neighbouring_keys_are_independent(along, other):
    """The next key in `other` tells nothing about this one, over keys that count up in `along`."""
    neighbour = key()
    neighbour[other] += 1 if other != along else N
    correlation = np.corrcoef(draws(key(), along, N), draws(neighbour, along, N))[0, 1]
    assert abs(correlation) < 4.5 / np.sqrt(N)


@pytest.mark.parametrize("lag", [1, 2, 7, 256])
def test_successive_draws_are_independent(lag):
    values = draws(key(), 3, N)
    assert abs(np.corrcoef(values[lag:], values[:-lag])[0, 1]) < 4.5 / np.sqrt(N)
    pairs = (values[lag:] * 16).astype(int) * 16 + (values[:-lag] * 16).astype(int)
    assert stats.chisquare(np.bincount(pairs, minlength=256)).pvalue > 1e-4


def test_four_at_once_are_uniform_and_independent_of_each_other_and_of_uniform():
    four = draws_four(N)
    assert min(p_value_uniform(column) for column in four.T) > 1e-4
    together = np.corrcoef(np.column_stack([four, draws_for_enum(N)]).T)
    assert np.abs(together[np.triu_indices(5, k=1)]).max() < 4.5 / np.sqrt(N)
    assert four.min() > 0
    assert four.max() < 1


# --- distributions ---


def test_worked_numbers_of_the_docstrings():
    assert normal_from(0.975) == pytest.approx(1.959964, abs=5e-7)
    assert exponential_from(0.5, 10.0) == pytest.approx(6.931472, abs=5e-7)
    assert exponential_at(-1.0, 10.0) == 10.0
    assert index_from(0.5, 3) == 1
    assert poisson_from(0.5, 30.0) == 30


def test_normal_is_the_inverse_of_the_normal_distribution_function():
    assert max(abs(normal_from(u) - ndtri(u)) for u in WIDE_US) < 1e-13


def test_normals_of_many_are_those_of_each_to_the_last_bit():
    many = np.empty(len(WIDE_US))
    normals_from(WIDE_US, many)
    assert many.tolist() == [normal_from(u) for u in WIDE_US]


def test_normal_is_symmetric():
    assert all(normal_from(1.0 - u) == -normal_from(u) for u in draws(key(), 2, 200))


@pytest.mark.parametrize("mean", [0.01, 1.0, 250.0])
def test_exponential_is_the_inverse_of_its_distribution_function(mean):
    expected = stats.expon.ppf(WIDE_US, scale=mean)
    assert [exponential_from(u, mean) for u in WIDE_US] == pytest.approx(list(expected), rel=1e-12)


@pytest.mark.parametrize("mean", [1e-9, 0.01, 0.5, 3, 30, 49.99, 50, 50.01, 73.9, 74.1, 300, 1e3, 1e4, 99_999.7, 1e5])
def test_poisson_is_the_smallest_count_whose_share_reaches_u(mean):
    k = np.array([poisson_from(u, float(mean)) for u in WIDE_US])
    rounding = 1e-11
    assert np.all(stats.poisson.cdf(k, mean) >= WIDE_US - rounding)
    assert np.all(stats.poisson.cdf(k - 1, mean) < WIDE_US + rounding)
    assert np.all(k[300:-300] == stats.poisson.ppf(WIDE_US[300:-300], mean))


@pytest.mark.parametrize("mean", [0.5, 30.0, 60.0, 1e3, 1e5])
def test_poisson_ends_at_both_ends_of_luck(mean):
    spread = np.sqrt(mean)
    assert max(0, mean - 9 * spread) - 1 <= poisson_from(SMALLEST_U, mean) <= mean - 0.7 * spread
    assert mean + 6 * spread <= poisson_from(LARGEST_U, mean) <= mean + 9 * spread + 15


def test_poisson_of_nothing_is_nothing():
    assert poisson_from(LARGEST_U, 0.0) == 0


@pytest.mark.parametrize("n", [1, 2, 7, 1000, 2**40])
def test_index_stays_inside_at_both_ends(n):
    assert index_from(SMALLEST_U, n) == 0
    assert index_from(LARGEST_U, n) == n - 1


def test_index_gives_each_place_the_same_chance():
    counts = np.bincount([index_from(u, 7) for u in draws(key(), 2, N)], minlength=7)
    assert stats.chisquare(counts).pvalue > 1e-4


@given(u=open_unit_interval, v=open_unit_interval, mean=st.floats(0, 2000))
def test_more_luck_never_gives_less(u, v, mean):
    low, high = sorted((u, v))
    assert normal_from(low) <= normal_from(high)
    assert exponential_from(low, mean) <= exponential_from(high, mean)
    assert poisson_from(low, mean) <= poisson_from(high, mean)
    assert index_from(low, 12) <= index_from(high, 12)


@pytest.mark.parametrize("where", [0.075, 0.5, 0.925, 1e-11, 1 - 1e-11], ids=str)
def test_normal_rises_across_the_seams_of_its_approximation(where):
    steps = [where]
    for _ in range(200):
        steps.append(np.nextafter(steps[-1], 1))
        steps.insert(0, np.nextafter(steps[0], 0))
    values = [normal_from(u) for u in steps]
    fallen = max(earlier - later for earlier, later in itertools.pairwise(values))
    assert fallen < 1e-14
