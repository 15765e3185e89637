"""A comparison runs the right variants in common worlds and reads the tables right."""

from contextlib import nullcontext
from functools import cache

import numpy as np
import pandas as pd
import pytest

import scenarios
from experiments.designs.company_today import TYPES
from experiments.execution.runner import Settings
from experiments.observation.yearly import CONTRIBUTION, COORDINATION, REVENUE
from experiments.questions.answer import answer
from experiments.questions.compare.ask import CompareQuestion
from experiments.questions.compare.result import Comparison
from experiments.statistics.sequential import Precision
from scenarios import ScenarioError
from scenarios.input_errors import InputError
from tests import stand_in_company as stand_in
from tests.asking import QUICK, result_of


@cache
def comparison() -> Comparison:
    return result_of(CompareQuestion("reference", runs=30, seed=5, is_quick=True))


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
    variants = CompareQuestion("reference").plan()
    assert tuple(variants.companies) == TYPES
    assert all(variants.companies[name] == scenarios.load("reference", practices=name) for name in TYPES)


def test_the_present_practices_are_the_type_the_company_names():
    assert CompareQuestion("reference").plan().today == "defined"


def test_a_company_that_says_nothing_about_practices_has_the_loosest(company):
    assert CompareQuestion(company("question: What now?")).plan().today == "undefined"


def test_practices_of_its_own_are_an_arm_of_their_own(company):
    variants = CompareQuestion(company("preset: defined\npractices: {meeting_every_d: 7}")).plan()
    assert variants.today == "today"
    assert tuple(variants.companies) == (*TYPES, "today")
    assert variants.companies["today"].practices.meeting_every_d == 7


def test_today_can_be_asked_for_by_name(company):
    mine = company("preset: defined\npractices: {meeting_every_d: 7}")
    assert tuple(CompareQuestion(mine, types=("today", "aligned")).plan().companies) == ("aligned", "today")
    assert CompareQuestion(mine, types=("defined", "aligned")).plan().today is None


def test_changes_hold_for_every_type():
    variants = CompareQuestion("reference", changes={"market.turbulence": 0.123}).plan()
    assert {variant.market.turbulence for variant in variants.companies.values()} == {0.123}
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
        CompareQuestion(**wrong)


def test_today_and_the_type_it_is_are_nothing_to_compare():
    with pytest.raises(InputError, match="today's practices of reference are defined; name another type"):
        CompareQuestion("reference", types=("today", "defined")).plan()


def test_an_unknown_type_is_refused():
    with pytest.raises(ScenarioError, match="did you mean aligned"):
        CompareQuestion("reference", types=("alined", "defined")).plan()


# --- worlds ---


def test_run_k_has_the_same_seed_in_every_variant():
    seeds = comparison().runs.groupby("variant")["seed"].apply(list)
    assert all(own == list(range(5, 35)) for own in seeds)
    assert list(comparison().runs["variant"][:4]) == list(TYPES)


def test_the_same_question_has_the_same_answer_for_any_number_of_workers():
    question = CompareQuestion("reference", runs=6, seed=5, types=("defined", "aligned"))
    one, two = (result_of(question, Settings(workers, 0.0, -1.0, stand_in.simulate_scenario)) for workers in (1, 2))
    pd.testing.assert_frame_equal(one.runs, two.runs)
    pd.testing.assert_frame_equal(one.pairs, two.pairs)
    pd.testing.assert_frame_equal(one.types, two.types)


def test_every_run_carries_the_values_in_which_the_variants_differ():
    runs = comparison().runs
    loose = runs[runs["variant"] == "undefined"]
    assert set(loose["practices.lead_definition"]) == {"separate"}
    assert runs.groupby("variant")["practices.crm_coverage"].nunique().eq(1).all()


# --- tables ---


def test_the_best_the_next_and_today():
    assert (comparison().best, comparison().second, comparison().today, comparison().reference) == (
        "integrated",
        "aligned",
        "defined",
        "defined",
    )
    assert list(comparison().types["variant"]) == ["integrated", "aligned", "defined", "undefined"]


def test_summary_and_runs_say_the_same():
    row = comparison().summary.set_index(["variant", "outcome"]).loc["aligned", "win_rate"]
    own = comparison().runs.query("variant == 'aligned'")["win_rate"]
    assert row["mean"] == pytest.approx(own.mean())
    assert (row["n"], row["unit"]) == (30, "share")
    assert row["low"] < row["mean"] < row["high"]


def test_every_pair_once_and_holm_for_neighbours_only():
    pairs = comparison().pairs.set_index(["a", "b"])
    assert len(pairs) == 6
    neighbours = [("defined", "undefined"), ("aligned", "defined"), ("integrated", "aligned")]
    assert list(pairs.index[pairs["p_holm"].notna()]) == sorted(neighbours, key=list(pairs.index).index)
    assert (pairs["p_holm"].dropna() >= pairs["p_value"][pairs["p_holm"].notna()]).all()


def test_the_bridge_adds_up_to_the_difference():
    parts = comparison().bridge("integrated", "defined").set_index("part")["change"]
    assert parts.iloc[:-1].sum() == pytest.approx(parts[CONTRIBUTION])
    assert parts[CONTRIBUTION] == pytest.approx(comparison().difference("integrated", "defined").mean)
    assert parts["coordination_cost_eur"] < 0 < parts["gross_margin_eur"]


def test_hours_are_shared_out_whole_and_quarters_are_all_there():
    shares = comparison().hours.groupby(["variant", "side"])["share"].sum()
    assert np.allclose(shares, 1)
    assert set(comparison().quarters["quarter"]) == set(range(1, 9))
    assert set(comparison().quarters["measure"]) == {
        "bookings_eur",
        "trust_sales_in_marketing",
        "trust_marketing_in_sales",
    }


# --- failures and precision ---


def test_a_failed_run_is_left_out_in_pairs_and_counted():
    settings = Settings(workers=1, simulate=stand_in.failing_in_worlds_3_and_4)
    broken = result_of(CompareQuestion("reference", runs=20, is_quick=True), settings)
    assert [(one.planned.variant, one.planned.seed) for one in broken.failures] == [
        ("integrated", 3),
        ("integrated", 4),
    ]
    assert broken.n_replications == 18
    pairs = broken.pairs.set_index(["a", "b"])
    assert (pairs.loc[("integrated", "aligned"), "n"], pairs.loc[("aligned", "defined"), "n"]) == (18, 20)
    assert pairs.loc[("integrated", "aligned"), "n_unknown"] == 2
    assert "2 runs failed and left out." in broken.conclusion


def test_an_arm_that_always_fails_leaves_nothing_to_compare():
    broken = result_of(CompareQuestion("reference", runs=3), Settings(workers=1, simulate=stand_in.failing_always))
    assert broken.n_replications == 0
    assert broken.conclusion[0].startswith("Nothing can be compared")


def test_precision_goes_on_until_the_gap_is_known():
    wide = result_of(CompareQuestion("reference", precision=Precision(0.05, fewest=10, most=400), is_quick=True))
    narrow = result_of(CompareQuestion("reference", precision=Precision(0.01, fewest=10, most=400), is_quick=True))
    assert wide.n_replications == 10
    assert 10 < narrow.n_replications < 400
    assert narrow.is_precise_enough
    gap = narrow.difference(narrow.best, narrow.second)
    assert gap.interval.half_width / narrow.standings[1].mean.mean <= 0.01


def test_a_precision_out_of_reach_ends_at_the_cap_and_says_so():
    capped = result_of(CompareQuestion("reference", precision=Precision(0.0001, fewest=10, most=40), is_quick=True))
    assert capped.n_replications == 40
    assert not capped.is_precise_enough
    assert any("was not reached" in line for line in capped.conclusion)


def test_precision_gives_up_when_everything_fails():
    question = CompareQuestion("reference", types=("aligned", "integrated"), precision=Precision(0.01, fewest=5))
    nothing = result_of(question, Settings(workers=1, simulate=stand_in.failing_in_every_type))
    assert len(nothing.failures) == 10


def test_progress_counts_on_over_batches():
    seen = []
    question = CompareQuestion("reference", precision=Precision(0.005, fewest=10, most=30), is_quick=True)
    result_of(question, on_progress=lambda *now: seen.append(now))
    assert [done for done, _ in seen] == list(range(1, len(seen) + 1))
    assert {total for _, total in seen} == {None}  # how many it takes shows only as they come


def test_ctrl_c_leaves_what_is_done():
    def interrupting(n_done: int, _: int) -> None:
        if n_done == 30:
            raise KeyboardInterrupt

    cut = result_of(CompareQuestion("reference", runs=20), on_progress=interrupting)
    assert cut.is_interrupted
    assert cut.n_replications == 7
    assert "interrupted" in cut.conclusion[-1]
    assert "7 replications say too little" in cut.conclusion[0]


# --- assumptions, and what the gain is made of ---


def test_replications_live_a_draw_each_and_twins_the_same_draw_elsewhere():
    plan, drawn = comparison().plan, comparison().plan.assumptions
    assert drawn is not None
    assert len(comparison().twins) == 10 * len(plan.companies)
    twins = sorted(set(comparison().twins["seed"]))
    assert [drawn.number_of(seed) for seed in twins] == [drawn.number_of(seed) for seed in range(5, 15)]
    assert not set(twins) & set(comparison().seeds)
    assert CompareQuestion("reference", fixed=True).plan().assumptions is None


def test_what_the_user_sets_is_not_drawn():
    drawn = CompareQuestion("reference", changes={"market.turbulence": 0.123}).plan().assumptions
    assert drawn is not None
    assert "market.turbulence" not in drawn.paths
    assert "market.drift_per_quarter" in drawn.paths


def test_below_ten_replications_nothing_is_called_likely_or_ahead():
    few = result_of(CompareQuestion("reference", runs=9, is_quick=True))
    said = " ".join([few.content.headline, *few.conclusion, *few.content.doubt])
    assert "too little" in said
    assert not any(word in said for word in ("ahead", "chance that", "more runs would", "earns most in"))
    assert few.content.cards == ()
    assert all("%" not in cell for row in few.content.main.rows for cell in row)


@cache
def explained() -> Comparison:
    """Ten replications of a short year of the small firm, taken apart."""
    changes = {"run.quarters": 2, "market.prospects_per_day": 3.0}
    result: Comparison = result_of(
        CompareQuestion("small_firm", types=("today", "aligned"), runs=10, changes=changes), Settings(workers=1)
    )
    return result


def test_families_and_causes_add_up_to_the_gain():
    result = explained()
    gain = result.difference(result.best, result.reference).mean
    assert result.families is not None
    assert result.causes is not None
    assert result.families["value"].sum() == pytest.approx(gain, rel=1e-6, abs=1e-3)
    assert result.causes["change"].sum() == pytest.approx(gain, rel=1e-6, abs=1e-3)
    assert result.causes["change"].abs().is_monotonic_decreasing


@pytest.fixture
def without_causes(monkeypatch):
    """Runs of the stand-in hold no prospects to look at one by one."""
    monkeypatch.setattr("experiments.questions.compare.explained._causes", lambda *_: None)


@pytest.mark.usefixtures("without_causes")
def test_the_finding_is_told_before_where_it_comes_from_and_stands_so_in_the_answer():
    question, told, n_told_at = CompareQuestion("reference", runs=10), [], []
    seen: list[int] = []

    def tell(line: str) -> None:
        told.append(line)
        n_told_at.append(seen[-1])

    answered = answer(question, QUICK, None, lambda what: nullcontext(lambda n, of: seen.append(n)), tell)
    assert len(told) == 1
    assert answered.result.conclusion[0] in told[0]
    assert "so far, with" in told[0]
    assert n_told_at == [len(answered.result.runs) + len(answered.result.twins)]
    assert seen[-1] > n_told_at[0]


@pytest.mark.usefixtures("without_causes")
def test_nothing_is_told_on_the_way_without_progress_or_without_more_to_come():
    assert answer(CompareQuestion("reference", runs=10), QUICK, tell=pytest.fail).result.families is not None
    quick = CompareQuestion("reference", runs=10, is_quick=True)
    answer(quick, QUICK, None, lambda what: nullcontext(lambda n, of: None), pytest.fail)


def test_what_can_be_left_out_is_measured_in_worlds_of_its_own():
    lean = explained().leaner
    assert lean is not None
    names = set(lean.table["practice"])
    gone, kept = ({one.name for one in some} for some in (lean.left_out, lean.kept))
    assert gone <= names
    assert not gone & kept
    if lean.loss is not None:
        assert lean.loss.n == 40
        assert gone | kept == names


def test_money_is_by_the_year_and_against_one_base():
    result = explained()
    table = result.money.set_index(["variant", "measure"])
    assert (table.loc[result.reference, "difference"] == 0).all()
    years = result.quarters_measured / 4
    runs = result.runs[result.runs["variant"] == result.best]
    assert table.loc[(result.best, CONTRIBUTION), "mean"] == pytest.approx(runs["contribution_eur"].mean() / years)
    assert runs[COORDINATION].to_numpy() == pytest.approx(runs["coordination_cost_eur"].to_numpy() / years)
    assert table.loc[(result.best, REVENUE), "mean"] == pytest.approx(runs[REVENUE].mean())
