"""Sensitivity finds the known indices of a known function through the path that real questions take."""

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import run
import scenarios
from experiments.designs.uncertain_inputs import possible, uncertain_inputs
from experiments.execution.runner import Settings
from experiments.questions.sensitivity.ask import SensitivityQuestion
from experiments.questions.sensitivity.result import Sensitivity, luck_share
from experiments.questions.sensitivity.text import share_in_words
from experiments.reporting.report import text_of
from experiments.statistics.sobol_morris import sobol_indices
from scenarios.input_errors import InputError
from tests.asking import page_of, result_of
from tests.stand_in_company import Run

BASE = scenarios.load("reference")
INPUTS = ("market.turbulence=0:1", "market.need_spread=0:1", "market.climate_sd=0:1", "market.jump_size=0:1")


def ishigami(scenario: scenarios.Scenario, seed: int) -> Run:
    """Ishigami and Homma (1990) with a = 7, b = 0.1 of three parameters of the market; the fourth does nothing."""
    market = scenario.market
    x = [2 * np.pi * share - np.pi for share in (market.turbulence, market.need_spread, market.climate_sd)]
    value = np.sin(x[0]) + 7 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0])
    return Run({"contribution_eur": float(value)})


FIRST, TOTAL = [0.3139, 0.4424, 0.0], [0.5576, 0.4424, 0.2437]  # by integration; Saltelli et al. (2008), section 4


def asked(simulate=ishigami, on_progress=None, **options) -> Sensitivity:
    return result_of(SensitivityQuestion(**options), Settings(workers=1, simulate=simulate), on_progress)


def test_how_many_runs_there_will_be_is_known_from_the_beginning():
    seen = []
    options = {"vary": INPUTS, "trajectories": 2, "keep": 3, "points": 9, "runs": 2}
    asked(on_progress=lambda *now: seen.append(now), **options)
    assert [done for done, _ in seen] == list(range(1, len(seen) + 1))
    assert {total for _, total in seen} == {len(seen)} == {SensitivityQuestion(**options).plan().n_runs}


@cache
def known() -> Sensitivity:
    return asked(vary=INPUTS, trajectories=12, keep=3, points=512, runs=1, seed=1)


def test_the_indices_of_ishigami_are_found():
    assert known().sobol.names == [text.split("=")[0] for text in INPUTS[:3]]
    assert known().indices.first == pytest.approx(FIRST, abs=0.06)
    assert known().indices.total == pytest.approx(TOTAL, abs=0.06)
    assert (np.abs(known().indices.first - FIRST) < 2 * known().indices.first_error + 0.01).all()
    assert (np.abs(known().indices.total - TOTAL) < 2 * known().indices.total_error + 0.01).all()


def test_the_same_runs_give_the_same_intervals():
    """Also with the seed 0, which SALib takes for none."""
    again = sobol_indices(known().sobol.output, known().sobol.names, seed=0)
    once_more = sobol_indices(known().sobol.output, known().sobol.names, seed=0)
    assert again.total_error.tolist() == once_more.total_error.tolist()
    assert again.first_error.tolist() == known().indices.first_error.tolist()


def test_what_does_nothing_does_not_survive_the_screening():
    effects = dict(zip(known().screening.names, known().effects.size, strict=True))
    assert effects["market.jump_size"] == 0
    assert min(size for name, size in effects.items() if name != "market.jump_size") > 1


def test_half_of_the_sample_is_held_against_the_whole():
    assert known().half_indices.n == known().indices.n // 2 == 256
    assert 0 < known().moved_by_half < 0.1
    assert known().is_converged
    assert "which is enough" in known().conclusion[-1]


def test_a_small_sample_is_said_not_to_be_enough():
    few = asked(vary=INPUTS[:3], trajectories=4, keep=3, points=16, runs=1)
    assert not few.is_converged
    assert "not enough; give more --points" in few.conclusion[-1]


@pytest.mark.parametrize(
    ("share", "error", "words"),
    [
        (0.45, 0.1, "35 % to 55 % of the variance"),
        (0.98, 0.1, "88 % to 100 % of the variance"),
        (1.1, 0.88, "a share of the variance that is not known yet"),
        (np.nan, np.nan, "a share of the variance that is not known yet"),
    ],
)
def test_a_share_is_told_with_its_doubt_or_not_at_all(share, error, words):
    assert share_in_words(share, error) == words


def test_a_constant_outcome_is_moved_by_nothing_and_an_undefined_one_says_so():
    options = {"vary": INPUTS[:3], "trajectories": 2, "keep": 2, "points": 8, "runs": 1}
    same = asked(lambda scenario, seed: Run({"contribution_eur": 7.0}), **options)
    assert same.conclusion == ("Contribution is the same at every point: nothing moves it.",)
    assert not same.content.exhibits
    unknown = asked(lambda scenario, seed: Run({"contribution_eur": float("nan")}), **options)
    assert unknown.conclusion == ("Nothing can be said: contribution is not defined in these runs.",)
    assert unknown.content.headline == "No answer: contribution is not defined in these runs"


def test_too_few_points_to_be_halved_say_so():
    few = asked(vary=INPUTS[:3], trajectories=2, keep=2, points=8, runs=1)
    assert few.conclusion[-1] == "How sure: half of 8 base points says nothing; give more --points."


def failing_now_and_then(scenario: scenarios.Scenario, seed: int) -> Run:
    if round(scenario.market.turbulence * 1e6) % 37 == 0 and scenario.market.turbulence > 0:
        raise ZeroDivisionError("no market")
    return ishigami(scenario, seed)


def test_base_points_with_a_failed_run_are_left_out():
    some = asked(failing_now_and_then, vary=INPUTS[:3], trajectories=8, keep=3, points=128, runs=1)
    assert some.sobol.made.failures
    assert 64 < some.indices.n < 128
    assert some.indices.total == pytest.approx(TOTAL, abs=0.25)
    assert "failed; the paths and base points" in " ".join(some.content.doubt)


def gain_of_closeness(scenario: scenarios.Scenario, seed: int) -> Run:
    """Both types earn more with more prospects; closeness pays only where needs move."""
    market = scenario.market
    return Run({"contribution_eur": 10 * market.need_spread + scenario.practices.crm_coverage * market.turbulence})


def test_the_gain_of_one_type_over_another_may_hang_on_something_else():
    common = {
        "vary": ("market.turbulence=0:1", "market.need_spread=0:1"),
        "trajectories": 4,
        "keep": 2,
        "points": 16,
        "runs": 1,
    }
    own = asked(gain_of_closeness, **common)
    assert own.table.iloc[0]["parameter"] == "market.need_spread"
    gain = asked(gain_of_closeness, practices="integrated", against="undefined", **common)
    assert gain.table.set_index("parameter")["size"].to_dict() == pytest.approx(
        {"market.turbulence": 0.85, "market.need_spread": 0.0}, abs=1e-9
    )


def test_what_is_set_by_hand_holds_for_both_types():
    """With the same coverage by hand the two types earn the same, whatever the market does."""
    common = {
        "vary": ("market.turbulence=0:1", "market.need_spread=0:1"),
        "trajectories": 4,
        "keep": 2,
        "points": 8,
        "runs": 1,
    }
    changes = {"practices.crm_coverage": 0.5}
    gain = asked(gain_of_closeness, practices="integrated", against="undefined", changes=changes, **common)
    assert gain.table["size"].tolist() == [0.0, 0.0]


def test_ranges_that_exclude_each_other_are_refused():
    ranges = ("customers.weight_match=0:1", "customers.weight_story=0:1")
    with pytest.raises(InputError, match=r"\d+ of 24 points are no possible company.*name narrower ones"):
        asked(vary=ranges, trajectories=8, keep=2, points=8, runs=1)


def test_luck_is_told_from_what_the_inputs_do():
    rng = np.random.default_rng(6)
    points, worlds = rng.normal(0, 3, (400, 1)), rng.normal(0, 10, (1, 4))
    assert luck_share(points + worlds) == pytest.approx(0)
    assert luck_share(points + worlds + rng.normal(0, 2, (400, 4))) == pytest.approx(1 / 10, rel=0.15)  # 4/4 of 9 + 1


def test_everything_uncertain_has_its_plausible_range_and_draws_are_possible_companies():
    inputs = uncertain_inputs(BASE)
    assert len(inputs) > 100
    rng = np.random.default_rng(7)
    for _ in range(2):
        values = {one.path: one.at(rng.random(1))[0] for one in inputs}
        possible(BASE, values)
    pulled, n_pulls = possible(BASE, {"market.share_ready": 0.9, "market.share_never_fit": 0.5})
    assert n_pulls == 1
    assert pulled["market.share_ready"] == pytest.approx((0.9 + BASE.market.share_ready) / 2)


def test_the_answer_says_what_it_hangs_on():
    first, *_ = known().conclusion
    assert first.startswith("What it hangs on: turbulence from 0 to 1")
    assert "% of the variance" in first
    assert "What it hangs on" in text_of(known().content)
    html = page_of(known())
    assert 'id="figure-effects"' in html
    assert 'id="figure-shares"' in html


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"points": 4}, "points must be at least 8"),
        ({"outcome": "contribution"}, "did you mean contribution_eur"),
        ({"practices": "aligned", "against": "aligned"}, "name two types"),
        ({"vary": ("market.turbulence",)}, "name at least two"),
        ({"vary": ("market.turbulence", "practices")}, "name them with --practices"),
    ],
)
def test_an_impossible_question_is_refused(wrong, sentence):
    with pytest.raises(InputError, match=sentence):
        SensitivityQuestion(**wrong).plan()


WORDS = [
    "sensitivity",
    "--vary",
    "market.turbulence",
    "--vary",
    "market.looks=1:3",
    "--trajectories",
    "2",
    "--keep",
    "2",
]
WORDS += ["--points", "8", "--runs", "1", "--workers", "1", "--out", "x"]


def test_the_command_lives_the_real_model(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run.main([*WORDS, "--set", "run.quarters=1", "--set", "market.prospects_per_day=4", "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert {one["parameter"] for one in record["inputs"]} == {"market.turbulence", "market.looks"}
    written = {path.name for path in Path("x").iterdir()}
    assert {"report.html", "inputs.csv", "sobol_runs.csv", "screening_points.csv", "manifest.json"} <= written
