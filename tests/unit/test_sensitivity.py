"""Sensitivity finds the known indices of a known function through the path that real questions take."""

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import run
import scenarios
from experiments.designs.dimension import parse_vary
from experiments.execution.runner import Settings
from experiments.questions.sensitivity.ask import (
    Question,
    Sensitivity,
    luck_share,
    possible,
    sensitivity,
    uncertain_inputs,
)
from experiments.questions.sensitivity.report import in_sentences, note_of
from experiments.reporting.report import page, terminal_text
from experiments.statistics.sobol_morris import sobol_indices
from experiments.store.provenance import PROJECT, Provenance
from scenarios.input_errors import InputError
from tests.stand_in_company import Run

MADE = Provenance("python run.py sensitivity", "2026-11-22T10:00:00+00:00", "abc", None, {PROJECT: "0.1.0"})
BASE = scenarios.load("reference")
INPUTS = ("market.turbulence=0:1", "market.need_spread=0:1", "market.climate_sd=0:1", "market.jump_size=0:1")


def ishigami(scenario: scenarios.Scenario, seed: int) -> Run:
    """Ishigami and Homma (1990) with a = 7, b = 0.1 of three parameters of the market; the fourth does nothing."""
    market = scenario.market
    x = [2 * np.pi * share - np.pi for share in (market.turbulence, market.need_spread, market.climate_sd)]
    value = np.sin(x[0]) + 7 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0])
    return Run({"contribution_eur": float(value)})


FIRST, TOTAL = [0.3139, 0.4424, 0.0], [0.5576, 0.4424, 0.2437]  # by integration; Saltelli et al. (2008), section 4


def test_how_many_runs_there_will_be_is_known_from_the_beginning():
    told = []
    question = Question(inputs=tuple(parse_vary(INPUTS, BASE)), trajectories=2, keep=3, points=9, runs=2)
    sensitivity("reference", question, Settings(workers=1, simulate=ishigami), lambda *now: told.append(now))
    assert [done for done, _ in told] == list(range(1, len(told) + 1))
    assert {total for _, total in told} == {len(told)}


@cache
def found() -> Sensitivity:
    question = Question(inputs=tuple(parse_vary(INPUTS, BASE)), trajectories=12, keep=3, points=512, runs=1, seed=1)
    return sensitivity("reference", question, Settings(workers=1, simulate=ishigami))


def test_the_indices_of_ishigami_are_found():
    assert found().sobol.names == [text.split("=")[0] for text in INPUTS[:3]]
    assert found().indices.first == pytest.approx(FIRST, abs=0.06)
    assert found().indices.total == pytest.approx(TOTAL, abs=0.06)
    assert (np.abs(found().indices.first - FIRST) < 2 * found().indices.first_error + 0.01).all()
    assert (np.abs(found().indices.total - TOTAL) < 2 * found().indices.total_error + 0.01).all()


def test_the_same_runs_give_the_same_intervals():
    """Also with the seed 0, which SALib takes for none."""
    again = sobol_indices(found().sobol.output, found().sobol.names, seed=0)
    once_more = sobol_indices(found().sobol.output, found().sobol.names, seed=0)
    assert again.total_error.tolist() == once_more.total_error.tolist()
    assert again.first_error.tolist() == found().indices.first_error.tolist()


def test_what_does_nothing_does_not_survive_the_screening():
    effects = dict(zip(found().screening.names, found().effects.size, strict=True))
    assert effects["market.jump_size"] == 0
    assert min(size for name, size in effects.items() if name != "market.jump_size") > 1


def test_half_of_the_sample_is_held_against_the_whole():
    assert found().half_indices.n == found().indices.n // 2 == 256
    assert 0 < found().moved_by_half < 0.1
    assert found().is_converged
    assert "which is enough" in in_sentences(found())[-1]


def test_a_small_sample_is_said_not_to_be_enough():
    question = Question(inputs=tuple(parse_vary(INPUTS[:3], BASE)), trajectories=4, keep=3, points=16, runs=1)
    few = sensitivity("reference", question, Settings(workers=1, simulate=ishigami))
    assert not few.is_converged
    assert "not enough; give more --points" in in_sentences(few)[-1]


def test_too_few_points_to_be_halved_say_so():
    question = Question(inputs=tuple(parse_vary(INPUTS[:3], BASE)), trajectories=2, keep=2, points=8, runs=1)
    few = sensitivity("reference", question, Settings(workers=1, simulate=ishigami))
    assert in_sentences(few)[-1] == "How sure: half of 8 base points says nothing; give more --points."


def failing_now_and_then(scenario: scenarios.Scenario, seed: int) -> Run:
    if round(scenario.market.turbulence * 1e6) % 37 == 0 and scenario.market.turbulence > 0:
        raise ZeroDivisionError("no market")
    return ishigami(scenario, seed)


def test_base_points_with_a_failed_run_are_left_out():
    question = Question(inputs=tuple(parse_vary(INPUTS[:3], BASE)), trajectories=8, keep=3, points=128, runs=1)
    some = sensitivity("reference", question, Settings(workers=1, simulate=failing_now_and_then))
    assert some.sobol.runs.failures
    assert 64 < some.indices.n < 128
    assert some.indices.total == pytest.approx(TOTAL, abs=0.25)
    assert "failed; the paths and base points" in " ".join(note_of(some).doubt)


def gain_of_closeness(scenario: scenarios.Scenario, seed: int) -> Run:
    """Both types earn more with more prospects; closeness pays only where needs move."""
    market = scenario.market
    return Run({"contribution_eur": 10 * market.need_spread + scenario.practices.crm_coverage * market.turbulence})


def test_the_gain_of_one_type_over_another_may_hang_on_something_else():
    inputs = tuple(parse_vary(["market.turbulence=0:1", "market.need_spread=0:1"], BASE))
    common = {"inputs": inputs, "trajectories": 4, "keep": 2, "points": 16, "runs": 1}
    own = sensitivity("reference", Question(**common), Settings(workers=1, simulate=gain_of_closeness))
    assert own.table.iloc[0]["parameter"] == "market.need_spread"
    question = Question(practices="integrated", against="undefined", **common)
    gain = sensitivity("reference", question, Settings(workers=1, simulate=gain_of_closeness))
    assert gain.table.set_index("parameter")["size"].to_dict() == pytest.approx(
        {"market.turbulence": 0.85, "market.need_spread": 0.0}, abs=1e-9
    )


def test_what_is_set_by_hand_holds_for_both_types():
    """With the same coverage by hand the two types earn the same, whatever the market does."""
    inputs = tuple(parse_vary(["market.turbulence=0:1", "market.need_spread=0:1"], BASE))
    common = {"inputs": inputs, "trajectories": 4, "keep": 2, "points": 8, "runs": 1}
    question = Question(practices="integrated", against="undefined", changes={"practices.crm_coverage": 0.5}, **common)
    gain = sensitivity("reference", question, Settings(workers=1, simulate=gain_of_closeness))
    assert gain.table["size"].tolist() == [0.0, 0.0]


def test_ranges_that_exclude_each_other_are_refused():
    ranges = ["customers.weight_match=0:1", "customers.weight_story=0:1"]
    question = Question(inputs=tuple(parse_vary(ranges, BASE)), trajectories=8, keep=2, points=8, runs=1)
    with pytest.raises(InputError, match=r"\d+ of 24 points are no possible company.*name narrower ones"):
        sensitivity("reference", question, Settings(workers=1, simulate=ishigami))


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
    first, *_ = in_sentences(found())
    assert first.startswith("What it hangs on: turbulence from 0 to 1")
    assert "% of the variance" in first
    assert "What it hangs on" in terminal_text(note_of(found()))
    html = page(note_of(found()), MADE)
    assert 'id="figure-effects"' in html
    assert 'id="figure-shares"' in html


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"points": 4}, "points must be at least 8"),
        ({"outcome": "contribution"}, "did you mean contribution_eur"),
        ({"practices": "aligned", "against": "aligned"}, "name two types"),
        ({"inputs": tuple(parse_vary(["market.turbulence"], BASE))}, "name at least two"),
        ({"inputs": tuple(parse_vary(["market.turbulence", "practices"], BASE))}, "name them with --practices"),
    ],
)
def test_an_impossible_question_is_refused(wrong, sentence):
    with pytest.raises(InputError, match=sentence):
        Question(**wrong)


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
    told = json.loads(capsys.readouterr().out)
    assert {one["parameter"] for one in told["inputs"]} == {"market.turbulence", "market.looks"}
    written = {path.name for path in Path("x").iterdir()}
    assert {"report.html", "inputs.csv", "sobol_runs.csv", "screening_points.csv", "manifest.json"} <= written
