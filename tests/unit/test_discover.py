"""Boxes are where the cases are, in spaces whose cases are known, and are judged on points they have not seen."""

import json
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import run
import scenarios
from experiments.execution.runner import Settings
from experiments.questions.discover.ask import DiscoverQuestion, usual_dimensions
from experiments.questions.discover.result import Discovery
from experiments.statistics import prim_cart as scenario_boxes
from experiments.statistics.prim_cart import Box, cart_boxes, prim_box
from scenarios.input_errors import InputError
from tests.asking import page_of, result_of
from tests.stand_in_company import Run

VARIED = ("market.turbulence=0:3", "people.account_executives=4:24", "market.looks=1:4", "segments.*.complexity=0.2:2")


def loses_in_small_calm_companies(scenario: scenarios.Scenario, seed: int) -> Run:
    """Closeness (coverage of the CRM) costs where needs move by less than 1.2 and there are at most 12 reps."""
    is_small_and_calm = scenario.market.turbulence < 1.2 and scenario.people.account_executives <= 12
    gain = scenario.practices.crm_coverage * (-1e5 if is_small_and_calm else 1e5)
    own = np.random.default_rng(
        [seed, round(1e6 * scenario.market.looks), round(100 * scenario.practices.crm_coverage)]
    )
    return Run({"contribution_eur": 1e6 + gain + 2e4 * own.normal()})


@cache
def discovery(simulate=loses_in_small_calm_companies) -> Discovery:
    question = DiscoverQuestion(against="undefined", vary=VARIED, points=300, runs=1, fixed=True)
    return result_of(question, Settings(workers=1, simulate=simulate))


def test_prim_finds_the_known_box_and_nothing_else():
    limits = discovery().box.limits
    assert set(limits) == {"market.turbulence", "people.account_executives"}
    assert limits["market.turbulence"] == (-np.inf, pytest.approx(1.2, abs=0.15))
    assert limits["people.account_executives"] == (-np.inf, pytest.approx(12, abs=1))
    assert max(discovery().box.quasi_p.values()) < 0.001
    cover = discovery().fresh(discovery().box)
    assert cover.density > 0.85
    assert cover.coverage > 0.85


def test_a_leaf_of_the_tree_is_that_box_too():
    best = max(discovery().leaves, key=lambda leaf: discovery().fresh(leaf).coverage)
    assert set(best.limits) >= {"market.turbulence", "people.account_executives"}
    assert discovery().fresh(best).density > 0.8


def test_the_same_points_give_the_same_boxes_whatever_luck_others_have_used():
    rng = np.random.default_rng(9)
    inputs = pd.DataFrame({name: rng.random(60).round(1) for name in "abcdef"})
    cases = rng.random(60) < 0.4  # nothing explains them: many splits are equally good
    found = []
    for seed in range(6):
        np.random.seed(seed)
        before = np.random.get_state()[1].tolist()
        found.append((prim_box(inputs, cases), cart_boxes(inputs, cases)))
        assert np.random.get_state()[1].tolist() == before
    assert all(one == found[0] for one in found)


def by_luck(scenario: scenarios.Scenario, seed: int) -> Run:
    values = [seed, round(1e6 * scenario.market.turbulence), round(100 * scenario.practices.crm_coverage)]
    return Run({"contribution_eur": np.random.default_rng(values).normal()})


def test_where_luck_decides_unseen_points_show_it():
    cover = discovery(by_luck).fresh(discovery(by_luck).box)
    assert cover.low < discovery(by_luck).share_lost < cover.high or not discovery(by_luck).box.limits


def test_the_answer_tells_the_box_in_words():
    often, where, sure = discovery().conclusion
    assert often.startswith("How often: integrated against undefined loses in ")
    assert "integrated loses mostly where" in where
    assert "turbulence is at most 1." in where
    assert "account executives is at most" in where
    assert "quasi-p-values: " in sure
    html = page_of(discovery())
    assert 'id="figure-box"' in html


def always_better(scenario: scenarios.Scenario, seed: int) -> Run:
    return Run({"contribution_eur": scenario.practices.crm_coverage})


def test_without_losses_no_box_is_made_up():
    assert not discovery(always_better).has_boxes
    assert discovery(always_better).conclusion[-1].startswith("Where: no box says where integrated gains least")
    assert not discovery(always_better).figures()


def rarely_worse(scenario: scenarios.Scenario, seed: int) -> Run:
    """Closeness always pays, the more the faster needs move."""
    return Run({"contribution_eur": 1e5 * scenario.practices.crm_coverage * (1 + scenario.market.turbulence)})


def test_where_losses_are_too_rare_it_says_where_least_is_gained():
    rare = discovery(rarely_worse)
    assert rare.share_lost == 0
    assert rare.below == pytest.approx(0.85e5 * (1 + 0.6) / 2, rel=0.05)  # a fifth of 0 to 3; a run is two years
    assert set(rare.box.limits) == {"market.turbulence"}
    assert rare.box.limits["market.turbulence"][1] == pytest.approx(0.6, abs=0.1)
    often, where, _ = rare.conclusion
    assert often.endswith("That is too rare for a box, so it is told where it gains least.")
    assert where.startswith("Where: integrated gains least mostly where turbulence is at most 0.")


def test_what_is_set_by_hand_holds_for_both_designs():
    changes = {"practices.crm_coverage": 0.5}
    question = DiscoverQuestion(against="undefined", vary=VARIED, points=30, runs=1, changes=changes)
    with pytest.raises(InputError, match="earn the same everywhere"):
        result_of(question, Settings(workers=1, simulate=rarely_worse))


def test_every_run_carries_its_company_and_its_type():
    runs = discovery().runs
    assert list(runs.columns[:2]) == ["point", "seed"]
    assert {"market.turbulence", "market.looks", "practices"} <= set(runs)
    assert runs["practices"].value_counts().to_dict() == {"integrated": 300, "undefined": 300}


def test_every_company_has_worlds_and_draws_of_its_own_and_both_designs_share_them():
    seen = {}

    def looked_at(scenario, seed):
        seen.setdefault(seed, []).append((scenario.market.turbulence, scenario.behaviour.trust.start))
        return rarely_worse(scenario, seed)

    question = DiscoverQuestion(against="undefined", vary=VARIED, points=30, runs=2)
    found = result_of(question, Settings(workers=1, simulate=looked_at))
    drawn = found.plan.assumptions
    assert not {"market.turbulence", "market.looks"} & set(drawn.paths)
    assert sorted(seen) == list(range(60))
    for seed, lived in seen.items():
        assert len(lived) == 2
        assert set(lived) == {
            (found.plan.inputs["market.turbulence"][seed // 2], drawn.draw(seed)["behaviour.trust.start"])
        }
    closer = [scenarios.load("reference", name).practices.crm_coverage for name in ("integrated", "undefined")]
    gain = 1e5 * (closer[0] - closer[1]) * (1 + found.plan.inputs["market.turbulence"]) / 2
    assert found.gain == pytest.approx(gain.to_numpy())


def test_few_unseen_points_in_the_box_tell_no_share():
    question = DiscoverQuestion(against="undefined", vary=VARIED, points=90, runs=1, fixed=True)
    few = result_of(question, Settings(workers=1, simulate=loses_in_small_calm_companies))
    n = few.fresh(few.box).n
    assert 0 < n < 10
    *_, where = few.conclusion
    assert where.endswith(f"How often cannot be told: {n} of the unseen points lie there.")


def test_coverage_and_density_by_hand():
    inputs = pd.DataFrame({"a": [0.0, 1.0, 2.0, 3.0]})
    cover = Box({"a": (-np.inf, 1.5)}).cover(inputs, np.array([True, False, True, False]))
    assert (cover.n, cover.coverage, cover.density) == (2, 0.5, 0.5)


def test_whole_numbers_and_few_points_do_not_upset_the_workbench():
    rng = np.random.default_rng(8)
    inputs = pd.DataFrame({"n": rng.integers(1, 9, 60), "x": rng.random(60)})
    cases = (inputs["n"] <= 3).to_numpy()
    assert prim_box(inputs, cases).limits["n"][1] == pytest.approx(3, abs=0.5)
    assert any(set(box.limits) == {"n"} for box in cart_boxes(inputs, cases))


def test_a_missing_workbench_is_said_with_what_to_do(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "ema_workbench", None)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"pip install .* '\.\[discover\]'"):
        scenario_boxes.check_installed()
    assert run.main(["discover"]) == 2
    assert "not installed" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"points": 5}, "points must be at least 30"),
        ({"against": "integrated"}, "name two types"),
        ({"design": "integratd"}, "did you mean integrated"),
        ({"vary": ("pay.sales.scheme",)}, "boxes are drawn over numbers"),
    ],
)
def test_an_impossible_question_is_refused(wrong, sentence):
    with pytest.raises(InputError, match=sentence):
        DiscoverQuestion(**wrong).plan()


@pytest.mark.parametrize("company", scenarios.companies())
def test_every_company_has_its_usual_dimensions(company):
    assert len(usual_dimensions(scenarios.load(company))) == 12


def test_the_command_lives_the_real_model(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    words = [
        "discover",
        "--vary",
        "market.turbulence=0:3",
        "--vary",
        "market.looks=1:4",
        "--points",
        "40",
        "--runs",
        "1",
    ]
    small = ["--set", "run.quarters=1", "--set", "market.prospects_per_day=4", "--workers", "1"]
    assert run.main([*words, *small, "--out", "x", "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["n_points"] == 40
    assert 0 <= record["share_lost"] <= 1
    assert {"report.html", "points.csv", "boxes.csv", "manifest.json"} <= {path.name for path in Path("x").iterdir()}
