"""A pattern passes only on numbers that are there, lie where they should, and are known well enough."""

import math

import numpy as np
import pytest
from scipy.stats import ttest_rel

from experiments.questions.validate.patterns.arm import Arm
from experiments.questions.validate.patterns.evidence import Evidence, NotMeasurable
from experiments.questions.validate.patterns.pattern import Check, Pattern, judge
from experiments.questions.validate.patterns.readings import (
    Apart,
    Elasticity,
    Gap,
    Growth,
    Less,
    Mean,
    MeanOver,
    Quotient,
    ShareWithin,
    Times,
    TimesAsElastic,
)
from experiments.questions.validate.patterns.searches import (
    LIKELY,
    SURE,
    PeakInside,
    PeakShift,
    TypesThatWin,
    clear_winners,
    doubts_of_best,
    peaks,
)
from experiments.questions.validate.patterns.targets import Above, Below, Between, Estimate
from experiments.statistics.paired import UNKNOWN, Interval

A, B, C = Arm("a"), Arm("b"), Arm("c")
NAMES = {A: "a", B: "b", C: "c"}


def estimate(value: float, low: float, high: float) -> Estimate:
    return Estimate(value, Interval(low, high), 10)


def evidence(**columns: object) -> Evidence:
    """Columns named like a_money: arm a, measure money."""
    table: dict[str, dict[str, np.ndarray]] = {}
    for name, values in columns.items():
        arm, measure = name.split("_", 1)
        table.setdefault(arm, {})[measure] = np.array(values, dtype=float)
    return Evidence(table, NAMES)


@pytest.mark.parametrize(
    ("target", "found", "is_met"),
    [
        (Between(0.6, 0.8), estimate(0.7, 0.65, 0.75), True),
        (Between(0.6, 0.8), estimate(0.61, 0.55, 0.67), True),  # the estimate decides, the interval may reach out
        (Between(0.6, 0.8), estimate(0.59, 0.55, 0.63), False),
        (Between(0.6, 0.8), estimate(0.81, 0.79, 0.83), False),
        (Between(0.6, 0.8), estimate(0.7, 0.5, 0.9), False),  # an interval wider than the range says nothing
        (Between(0.6, 0.8), estimate(math.nan, math.nan, math.nan), False),
        (Between(0.6, 0.8), Estimate(0.7, UNKNOWN, 1), False),
        (Above(0), estimate(1, 0.1, 1.9), True),
        (Above(0), estimate(1, -0.1, 2.1), False),
        (Above(0), estimate(-1, -1.9, -0.1), False),
        (Above(0), Estimate(1, UNKNOWN, 1), False),
        (Above(0), estimate(math.nan, 1, 2), False),
        (Below(0.01), estimate(-0.01, -0.02, 0.005), True),
        (Below(0.01), estimate(-0.01, -0.04, 0.02), False),
        (Below(0), Estimate(-1, UNKNOWN, 1), False),
        (Below(0), estimate(math.nan, math.nan, math.nan), False),
    ],
)
def test_a_target_is_met_by_what_meets_it_and_by_nothing_else(target, found, is_met):
    assert target.is_met(found) is is_met


def test_a_sign_at_exactly_the_limit_is_not_met():
    assert not Above(0).is_met(estimate(0, 0, 0))
    assert not Below(0).is_met(estimate(0, 0, 0))


def pattern(*checks: Check) -> Pattern:
    return Pattern("X1", "Something is so.", "facts 0", checks)


GOOD = Check("money", "EUR", Above(0), Mean(A, "money"))
MISSING = Check("joy", "-", Above(0), Mean(A, "joy"))


def test_a_pattern_holds_if_all_its_checks_do():
    known = evidence(a_money=[1, 2, 3, 2], b_money=[9, 9, 9, 8])
    assert judge(pattern(GOOD), known).verdict == "pass"
    assert judge(pattern(GOOD, Check("less", "EUR", Above(0), Gap(A, B, "money"))), known).verdict == "FAIL"


@pytest.mark.parametrize("values", [[math.nan] * 4, [1.0, math.nan, math.nan, math.nan]])
def test_nothing_passes_by_unknown_numbers(values):
    finding = judge(pattern(GOOD), evidence(a_money=values))
    assert not finding.passes
    assert finding.verdict == "not measurable"
    assert "known in only" in finding.judged[0].problem


def test_nothing_passes_without_a_measure_an_arm_or_a_check():
    known = evidence(a_money=[1, 2, 3])
    assert judge(pattern(GOOD, MISSING), known).verdict == "not measurable"
    assert judge(pattern(Check("b", "EUR", Above(0), Mean(B, "money"))), known).verdict == "not measurable"
    assert judge(pattern(GOOD), Evidence({}, {})).verdict == "not measurable"
    assert not judge(pattern(), known).passes
    assert not judge(pattern(GOOD), evidence(a_money=[1.0])).passes  # one world: no interval


def test_an_arm_the_model_does_not_know_says_why():
    known = Evidence({}, {}, {A: "there is no practices.magic"})
    assert judge(pattern(GOOD), known).judged[0].problem == "there is no practices.magic"


def test_without_its_doubt_a_check_is_asked_for_its_direction():
    check = Check("gain", "share", Between(0.1, 0.4), Growth(A, B, "money"), direction=Above(0))
    finding = judge(pattern(check), evidence(a_money=[101, 103], b_money=[100, 100]))
    assert finding.is_shown is True
    assert not finding.passes
    assert judge(pattern(MISSING), evidence(a_money=[1, 2])).is_shown is None


def test_readings_are_what_they_say():
    known = evidence(a_x=[12, 24, 36], b_x=[10, 20, 30], a_y=[6, 12, 18])
    assert Mean(A, "x")(known).value == 24
    assert MeanOver((A, B), "x")(known).value == 22
    assert Gap(A, B, "x")(known).value == 4
    assert Growth(A, B, "x")(known).value == pytest.approx(0.2)
    assert Times(A, B, "x")(known).value == pytest.approx(1.2)
    assert Quotient(A, "x", "y")(known).value == pytest.approx(2)
    assert Apart(A, "y", "x")(known).value == 12
    assert Less(A, "y", "x")(known).value == -12
    assert Elasticity(A, B, "x", factor=1.44)(known).value == pytest.approx(0.5)


def test_one_elasticity_is_told_as_a_multiple_of_another():
    known = evidence(a_x=[12, 24, 36], b_x=[10, 20, 30], a_y=[144, 288, 432], b_y=[100, 200, 300])
    soon, late = (Elasticity(A, B, name, factor=1.3) for name in ("x", "y"))
    found = TimesAsElastic(late, soon)(known)
    assert (found.value, found.interval.low, found.interval.high) == pytest.approx((2, 2, 2))
    nothing = evidence(a_x=[10, 20, 30], b_x=[10, 20, 30], a_y=[144, 288, 432], b_y=[100, 200, 300])
    with pytest.raises(NotMeasurable):
        TimesAsElastic(late, soon)(nothing)


def test_the_interval_of_a_gap_is_paired():
    known = evidence(a_x=[101, 201, 301, 401], b_x=[100, 200, 300, 400])
    assert Gap(A, B, "x")(known).interval == Interval(1, 1)


def test_arms_with_unequal_worlds_are_compared_in_those_they_share():
    known = evidence(a_x=[1, 2, 3, 400], b_x=[0, 1, 2])
    found = Gap(A, B, "x")(known)
    assert (found.value, found.n) == (1, 3)


def test_a_parabola_peaks_where_it_should():
    curves = np.array([[0, 3, 4, 3, 0], [0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [4, 1, 0, 1, 5]], dtype=float)
    assert peaks(curves) == pytest.approx([2, 4, 0, 4], abs=1e-6)


def ladder(curve: list[float], noise: float, n: int, seed: int = 0) -> tuple[tuple[Arm, ...], Evidence]:
    rng = np.random.default_rng(seed)
    arms = tuple(Arm("r", None, (("x", place),)) for place in range(len(curve)))
    table = {str(place): {"m": 100 + value + noise * rng.normal(size=n)} for place, value in enumerate(curve)}
    return arms, Evidence(table, {arm: str(place) for place, arm in enumerate(arms)})


def test_a_peak_inside_is_found_and_a_slope_is_none():
    arms, known = ladder([0, 4, 6, 4, 0], noise=2, n=60)
    assert Above(0).is_met(PeakInside(arms, "m")(known))
    arms, known = ladder([0, 1, 2, 3, 4], noise=2, n=60)
    assert PeakInside(arms, "m")(known).value < 0


def test_luck_alone_makes_no_peak():
    found = []
    for seed in range(200):
        arms, known = ladder([0] * 6, noise=5, n=40, seed=seed)
        found.append(Above(0).is_met(PeakInside(arms, "m")(known)))
    assert np.mean(found) < 0.06  # one side of a 95 % interval, and choosing costs nothing


def test_the_higher_peak_is_seen():
    arms, _ = ladder([0, 4, 6, 4, 0], noise=1, n=40)
    other = tuple(arm.but({"y": 1}) for arm in arms)
    rng = np.random.default_rng(1)
    curves = dict(zip((*arms, *other), (0, 4, 6, 4, 0, 6, 4, 0, -6, -14), strict=True))
    names = {arm: str(place) for place, arm in enumerate(curves)}
    table = {names[arm]: {"m": 100 + value + rng.normal(size=40)} for arm, value in curves.items()}
    found = PeakShift(arms, other, "m")(Evidence(table, names))
    assert Above(0).is_met(found)
    assert found.value == pytest.approx(2, abs=0.4)


def test_types_that_win_are_counted_once_and_only_if_sure():
    cells = tuple(tuple(Arm("m", f"t{kind}", (("cell", cell),)) for kind in range(3)) for cell in range(3))
    best = (0, 1, 1)  # the third type wins nowhere
    table, names = {}, {}
    for cell, arms in enumerate(cells):
        for kind, arm in enumerate(arms):
            names[arm] = f"{cell}{kind}"
            table[names[arm]] = {"m": np.arange(20.0) + (5 if best[cell] == kind else 0)}
    found = TypesThatWin(cells, "m")(Evidence(table, names))
    assert (found.value, found.interval.low, found.interval.high) == (2, 2, 2)


def test_luck_seldom_makes_a_winner_of_what_has_an_equal():
    """Two types alike, in 26 places: the doubt is the chance that luck counts the one of them that is a hair worse."""
    rng, wins = np.random.default_rng(5), {SURE: 0, LIKELY: 0}
    for _ in range(1000):
        places = [rng.normal(loc=(9.0, 9.0, 0.0, 0.0), size=(12, 4)) for _ in range(26)]
        doubts = np.array([doubts_of_best(one) for one in places])
        assert not clear_winners(doubts, LIKELY) & {2, 3}
        for doubt in wins:
            wins[doubt] += 1 in clear_winners(doubts, doubt)
    for doubt, n in wins.items():
        assert n / 1000 == pytest.approx(doubt, abs=4 * np.sqrt(doubt / 1000))


def test_a_third_type_is_found_where_it_leads_by_more_than_luck():
    """By one and a half standard deviations of the paired difference, in one of 26 places, over twelve worlds."""
    rng = np.random.default_rng(5)
    found = []
    for _ in range(100):
        places = [rng.normal(size=(12, 4)) / np.sqrt(2) + np.eye(4)[place % 2] * 9 for place in range(26)]
        places[7] = rng.normal(size=(12, 4)) / np.sqrt(2) + np.eye(4)[2] * 1.5
        found.append(clear_winners(np.array([doubts_of_best(one) for one in places]), LIKELY) == {0, 1, 2})
    assert np.mean(found) > 0.9


def test_share_of_worlds_in_a_range_counts_its_ends_and_leaves_out_the_unknown():
    arm, values = Arm("m"), np.array([1.0, 2.0, 3.0, 4.0, np.nan])
    found = ShareWithin(arm, "m", Between(2, 3))(Evidence({"a": {"m": values}}, {arm: "a"}))
    assert (found.value, found.n) == (0.5, 4)
    assert 0.1 < found.interval.low < 0.5 < found.interval.high < 0.9


def test_doubt_is_students_one_sided_p_against_the_next():
    table = np.array([[1.0, 0.0, -5.0], [2.0, 0.0, -5.0], [3.0, 0.0, -5.0], [4.0, 0.0, -5.0]])
    doubts = doubts_of_best(table)
    assert doubts[0] == pytest.approx(ttest_rel(table[:, 0], table[:, 1], alternative="greater").pvalue)
    assert doubts[1] == pytest.approx(1 - doubts[0])
    assert doubts_of_best(np.array([[1.0, 2.0]] * 5)).tolist() == [1, 0]
    assert doubts_of_best(np.array([[2.0, 2.0]] * 5)).tolist() == [0.5, 0.5]
