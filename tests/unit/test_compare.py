"""A comparison runs the right variants in common worlds and reads the tables right."""

from functools import cache

import numpy as np
import pandas as pd
import pytest

import scenarios
from experiments.execution.runner import Settings
from experiments.execution.worker import outcomes_of
from experiments.questions.compare.ask import TYPES, Plan, Variants, compare, compare_variants, variants_of
from experiments.questions.compare.result import Comparison
from experiments.statistics.sequential import Precision
from scenarios import ScenarioError
from scenarios.input_errors import InputError
from tests import stand_in_company as stand_in

QUICK = Settings(workers=1, simulate=stand_in.simulate_scenario)


@cache
def found() -> Comparison:
    return compare("reference", Plan(runs=30, seed=5), QUICK)


@pytest.fixture
def company(tmp_path):
    def written(text: str) -> str:
        path = tmp_path / "mine.yaml"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return written


# --- variants ---


def test_all_types_are_the_practice_presets():
    assert tuple(scenarios.presets()) == TYPES


def test_each_type_lays_its_preset_over_the_company():
    variants = variants_of("reference", Plan())
    assert tuple(variants.scenarios) == TYPES
    assert all(variants.scenarios[name] == scenarios.load("reference", practices=name) for name in TYPES)


def test_the_present_practices_are_the_type_the_company_names():
    assert variants_of("reference", Plan()).today == "defined"


def test_a_company_that_says_nothing_about_practices_has_the_loosest(company):
    assert variants_of(company("question: What now?"), Plan()).today == "undefined"


def test_practices_of_its_own_are_an_arm_of_their_own(company):
    variants = variants_of(company("preset: defined\npractices: {meeting_every_d: 7}"), Plan())
    assert variants.today == "today"
    assert tuple(variants.scenarios) == (*TYPES, "today")
    assert variants.scenarios["today"].practices.meeting_every_d == 7


def test_today_can_be_asked_for_by_name(company):
    mine = company("preset: defined\npractices: {meeting_every_d: 7}")
    assert tuple(variants_of(mine, Plan(types=("today", "aligned"))).scenarios) == ("aligned", "today")
    assert variants_of(mine, Plan(types=("defined", "aligned"))).today is None


def test_changes_hold_for_every_type():
    variants = variants_of("reference", Plan(changes={"market.turbulence": 0.123}))
    assert {variant.market.turbulence for variant in variants.scenarios.values()} == {0.123}
    assert variants.today == "defined"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"types": ("aligned",)}, "at least two types"),
        ({"types": ("aligned", "aligned")}, "named twice in aligned, aligned"),
        ({"runs": 0}, "runs must be at least 1, not 0"),
        ({"seed": -1}, "seed must be at least 0"),
        ({"seed": 2**63}, "seed must be at least 0"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(wrong, sentence):
    with pytest.raises(InputError, match=sentence):
        Plan(**wrong)


def test_today_and_the_type_it_is_are_nothing_to_compare():
    with pytest.raises(InputError, match="today's practices of reference are defined; name another type"):
        variants_of("reference", Plan(types=("today", "defined")))


def test_an_unknown_type_is_refused():
    with pytest.raises(ScenarioError, match="did you mean aligned"):
        variants_of("reference", Plan(types=("alined", "defined")))


# --- worlds ---


def test_run_k_has_the_same_seed_in_every_variant():
    seeds = found().runs.groupby("variant")["seed"].apply(list)
    assert all(own == list(range(5, 35)) for own in seeds)
    assert list(found().runs["variant"][:4]) == list(TYPES)


def test_the_same_question_has_the_same_answer_for_any_number_of_workers():
    variants = Variants("mine", {"low": stand_in.Company(), "high": stand_in.Company(gain=10.0)}, "low")
    one, two = (
        compare_variants(variants, Plan(runs=6, seed=5), Settings(workers, 0.0, -1.0, stand_in.simulate, outcomes_of))
        for workers in (1, 2)
    )
    pd.testing.assert_frame_equal(one.runs, two.runs)
    pd.testing.assert_frame_equal(one.pairs, two.pairs)
    pd.testing.assert_frame_equal(one.types, two.types)


# --- tables ---


def test_the_best_the_next_and_today():
    assert (found().best, found().second, found().today, found().reference) == (
        "integrated",
        "aligned",
        "defined",
        "defined",
    )
    assert list(found().types["variant"]) == ["integrated", "aligned", "defined", "undefined"]


def test_summary_and_runs_say_the_same():
    row = found().summary.set_index(["variant", "outcome"]).loc["aligned", "win_rate"]
    own = found().runs.query("variant == 'aligned'")["win_rate"]
    assert row["mean"] == pytest.approx(own.mean())
    assert (row["n"], row["unit"]) == (30, "share")
    assert row["low"] < row["mean"] < row["high"]


def test_every_pair_once_and_holm_for_neighbours_only():
    pairs = found().pairs.set_index(["a", "b"])
    assert len(pairs) == 6
    neighbours = [("defined", "undefined"), ("aligned", "defined"), ("integrated", "aligned")]
    assert list(pairs.index[pairs["p_holm"].notna()]) == sorted(neighbours, key=list(pairs.index).index)
    assert (pairs["p_holm"].dropna() >= pairs["p_value"][pairs["p_holm"].notna()]).all()


def test_the_bridge_adds_up_to_the_difference():
    parts = found().bridge("integrated", "defined").set_index("part")["change"]
    assert parts.iloc[:-1].sum() == pytest.approx(parts["contribution_eur"])
    assert parts["contribution_eur"] == pytest.approx(found().difference("integrated", "defined").mean)
    assert parts["coordination_cost_eur"] < 0 < parts["gross_margin_eur"]


def test_hours_are_shared_out_whole_and_quarters_are_all_there():
    shares = found().hours.groupby(["variant", "side"])["share"].sum()
    assert np.allclose(shares, 1)
    assert set(found().quarters["quarter"]) == set(range(1, 9))
    assert set(found().quarters["measure"]) == {
        "bookings_eur",
        "trust_sales_in_marketing",
        "trust_marketing_in_sales",
    }


# --- failures and precision ---


def test_a_failed_run_is_left_out_in_pairs_and_counted():
    settings = Settings(workers=1, simulate=stand_in.failing_in_worlds_3_and_4)
    broken = compare("reference", Plan(runs=20), settings)
    assert [(one.planned.variant, one.planned.seed) for one in broken.failures] == [
        ("integrated", 3),
        ("integrated", 4),
    ]
    assert broken.n_worlds == 18
    pairs = broken.pairs.set_index(["a", "b"])
    assert (pairs.loc[("integrated", "aligned"), "n"], pairs.loc[("aligned", "defined"), "n"]) == (18, 20)
    assert pairs.loc[("integrated", "aligned"), "n_unknown"] == 2
    assert "2 runs failed and left out" in broken.answer[2]


def test_an_arm_that_always_fails_leaves_nothing_to_compare():
    broken = compare("reference", Plan(runs=3), Settings(workers=1, simulate=stand_in.failing_always))
    assert broken.n_worlds == 0
    assert broken.answer[0].startswith("Nothing can be compared")


def test_precision_goes_on_until_the_gap_is_known():
    wide = compare("reference", Plan(precision=Precision(0.05, fewest=10, most=400)), QUICK)
    narrow = compare("reference", Plan(precision=Precision(0.01, fewest=10, most=400)), QUICK)
    assert wide.n_worlds == 10
    assert 10 < narrow.n_worlds < 400
    assert narrow.is_precise_enough
    gap = narrow.difference(narrow.best, narrow.second)
    assert gap.interval.half_width / narrow.standings[1].mean.mean <= 0.01


def test_a_precision_out_of_reach_ends_at_the_cap_and_says_so():
    capped = compare("reference", Plan(precision=Precision(0.0001, fewest=10, most=40)), QUICK)
    assert capped.n_worlds == 40
    assert not capped.is_precise_enough
    assert "was not reached" in capped.answer[2]


def test_precision_gives_up_when_everything_fails():
    variants = variants_of("reference", Plan(types=("aligned", "integrated")))
    variants.scenarios.pop("aligned")
    settings = Settings(workers=1, simulate=stand_in.failing_always)
    nothing = compare_variants(variants, Plan(precision=Precision(0.01, fewest=5)), settings)
    assert len(nothing.failures) == 5


def test_progress_counts_on_over_batches():
    seen = []
    compare("reference", Plan(precision=Precision(0.005, fewest=10, most=30)), QUICK, lambda *now: seen.append(now))
    assert [done for done, _ in seen] == list(range(1, len(seen) + 1))
    assert {total for _, total in seen} == {None}  # how many it takes shows only as they come


def test_ctrl_c_leaves_what_is_done():
    def interrupting(n_done: int, _: int) -> None:
        if n_done == 30:
            raise KeyboardInterrupt

    cut = compare("reference", Plan(runs=20), QUICK, interrupting)
    assert cut.is_interrupted
    assert cut.n_worlds == 7
    assert "interrupted" in cut.answer[2]
