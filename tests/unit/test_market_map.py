"""A map finds who wins where, and puts the border where it is, in a company whose map is known."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import run
import scenarios
from experiments.execution.runner import Settings
from experiments.questions.market_map.ask import MapQuestion
from experiments.questions.market_map.result import MarketMap, crossing
from experiments.reporting.report import text_of
from scenarios.input_errors import InputError
from tests.asking import page_of, result_of
from tests.stand_in_company import Run

BORDER = 1.4  # turbulence from which on closeness pays; 0.4 of the way from the second cell to the third


def pays_where_needs_move(scenario: scenarios.Scenario, seed: int) -> Run:
    """Closeness (coverage of the CRM) brings 100 k for each unit of turbulence above the border; own luck sd 20 k."""
    closeness = scenario.practices.crm_coverage
    rng = np.random.default_rng([seed, round(100 * closeness), round(100 * scenario.market.turbulence)])
    world = np.random.default_rng(seed).normal()
    gain = 1e5 * closeness * (scenario.market.turbulence - BORDER)
    return Run({"contribution_eur": 1e6 + gain + 3e5 * world + 2e4 * rng.normal()})


def mapped(x: str, y: str, simulate=pays_where_needs_move, **options) -> MarketMap:
    return result_of(MapQuestion(x=x, y=y, **({"fixed": True} | options)), Settings(workers=1, simulate=simulate))


@cache
def known_map() -> MarketMap:
    types = ("undefined", "defined", "integrated")
    return mapped("market.turbulence=0,1,2,3", "segments.*.complexity=0.5:1.5:2", types=types, runs=60)


def test_the_winners_are_those_of_the_known_map():
    assert [[known_map().best(row, column) for column in range(4)] for row in range(2)] == 2 * [
        ["undefined", "undefined", "integrated", "integrated"]
    ]
    far = known_map().table.query("x in (0, 3)")
    assert (far["share_best"] > 0.75).all()  # defined, the second at 0, is 35 k behind; luck of the gap sd 28 k
    margin = known_map().margin(0, 3)  # integrated has 95 % coverage, defined 30 %
    a_year = 0.65 * 1e5 * (3 - BORDER) / 2  # of a run of two years
    assert margin.mean == pytest.approx(a_year, abs=4 * 1e4 * np.sqrt(2 / 60))


def test_types_within_the_indifference_zone_are_good_enough():
    at_one = known_map().table.query("x == 1 and y == 0.5")  # integrated 19 k a year behind, defined 6 k
    assert at_one["good_enough"].item() == "undefined"
    wide = replace(known_map(), question=replace(known_map().question, indifference=12e3))
    assert wide.table.query("x == 1 and y == 0.5")["good_enough"].item() == "undefined defined"
    assert "(its mean is within €12.0 k a year of the highest" in wide.conclusion[1]


def test_the_border_is_where_it_is():
    assert {(border.along, border.before, border.after) for border in known_map().borders} == {
        ("x", "undefined", "integrated")
    }
    for border in known_map().borders:
        assert border.low <= 1.4 <= border.high  # in cells: the second is at 1, the third at 2
        assert border.is_known
        assert border.high - border.low < 0.5


def test_the_interval_of_a_border_holds_it():
    rng = np.random.default_rng(4)
    held = []
    for _ in range(300):
        world = rng.normal(0, 1, 50)
        before, after = 3 + world + rng.normal(0, 2, 50), -2 + world + rng.normal(0, 2, 50)
        _, low, high = crossing(before, after)
        held.append(low <= 0.6 <= high)
    assert np.mean(held) == pytest.approx(0.95, abs=0.04)  # 3 standard errors are 3.8 points


def test_a_border_that_may_lie_beyond_a_cell_says_so():
    rng = np.random.default_rng(5)
    luck = rng.normal(0, 5, (2, 50))
    before, after = luck - luck.mean(axis=1, keepdims=True) + [[0.1], [-0.1]]
    _, low, high = crossing(before, after)
    assert (low, high) == (0, 1)


def test_few_worlds_settle_nothing():
    few = mapped("practices.meeting_every_d=null,5", "market.turbulence=0,3", runs=3)
    (only,) = few.conclusion
    assert only.startswith("3 replications say too little to tell who wins where:")
    assert few.content.headline == "No answer yet: 3 replications are too few"
    assert not few.content.cards
    assert "%" not in text_of(few.content)
    assert few.table["share_best"].isna().all()
    assert not any(border.is_known for border in few.borders)
    assert not few.table["good_enough"].any()


def test_every_cell_of_a_world_lives_the_same_draw_and_what_the_axes_say_is_not_drawn():
    seen = {}

    def looked_at(scenario, seed):
        seen.setdefault(seed, []).append((scenario.behaviour.trust.start, scenario.market.turbulence))
        return pays_where_needs_move(scenario, seed)

    made = mapped("market.turbulence=0.5,2", "market.looks=1,3", looked_at, runs=4, fixed=False)
    drawn = made.plan.assumptions
    assert not {"market.turbulence", "market.looks"} & set(drawn.paths)
    for seed, lived in seen.items():
        assert {trust for trust, _ in lived} == {drawn.draw(seed)["behaviour.trust.start"]}
        assert {turbulence for _, turbulence in lived} == {0.5, 2.0}
    assert len({lived[0][0] for lived in seen.values()}) == 4
    assert made.content.assumptions is drawn


def test_what_is_not_settled_is_not_called_a_win():
    unsure = mapped("market.turbulence=1.2,1.6", "market.looks=1,3", types=("undefined", "defined"), runs=10)
    assert not unsure.is_settled
    headline, said = unsure.content.headline, " ".join(unsure.conclusion)
    assert "wins" not in headline
    assert "has the highest mean" in headline
    assert f"{len(unsure.settled) or 'none'} of 4 cells settled" in headline
    assert said.startswith("Who has the highest mean: of 4 cells, ")


def test_the_answer_names_winners_with_their_cells():
    first, second = known_map().conclusion
    assert first.startswith("Who wins: of 8 cells, integrated in 4 (turbulence 2 to 3, complexity 0.50 to 1.50;")
    assert "undefined in 4 (turbulence 0 to 1," in first
    assert "integrated and undefined surely win somewhere" in second
    assert "Who wins" in text_of(known_map().content)
    html = page_of(known_map())
    assert "<h1>Integrated wins in 4 of 8 cells, undefined in the others</h1>" in html


def test_what_is_set_by_hand_holds_for_every_type():
    options = {"types": ("undefined", "aligned"), "runs": 2, "changes": {"practices.crm_coverage": 0.33}}
    made = mapped(
        "market.turbulence=0,1", "market.looks=1,3", lambda scenario, seed: Run(coverage(scenario)), **options
    )
    assert set(made.runs["contribution_eur"]) == {0.33}
    assert {"point", "seed", "market.turbulence", "market.looks", "practices"} <= set(made.runs)


def coverage(scenario: scenarios.Scenario) -> dict[str, float]:
    return {"contribution_eur": scenario.practices.crm_coverage}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"indifference": -1.0}, "indifference must be 0 or more"),
        ({"runs": 1}, "runs must be at least 2"),
        ({"types": ("defined",)}, "at least two types"),
        ({"y": "market.turbulence=1,2"}, "name two dimensions"),
        ({"y": "practices"}, "practices is what competes"),
    ],
)
def test_an_impossible_map_is_refused(wrong, sentence):
    with pytest.raises(InputError, match=sentence):
        MapQuestion(**({"x": "market.turbulence=0:3:3", "y": "market.looks=1:3:2"} | wrong)).plan()


WORDS = [
    "map",
    "--x",
    "market.turbulence=0.5,2",
    "--y",
    "segments.*.complexity=0.5,1.5",
    "--types",
    "undefined,aligned",
]
WORDS += ["--runs", "2", "--workers", "1", "--out", "x"]


def test_the_command_lives_the_real_model(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run.main([*WORDS, "--set", "run.quarters=1", "--set", "market.prospects_per_day=4", "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert len(record["cells"]) == 4
    written = {path.name for path in Path("x").iterdir()}
    assert {"report.html", "cells.csv", "borders.csv", "runs.csv", "points.csv", "manifest.json"} <= written
    assert run.main([*WORDS[:2], "market.turbulense=1:2"]) == 2
    assert "did you mean" in capsys.readouterr().err


def test_a_map_that_is_cut_short_goes_on_with_the_same_command(tmp_path, monkeypatch, capsys):
    import simulation

    monkeypatch.chdir(tmp_path)
    real, made = simulation.simulate, []

    def until_the_fourth(scenario, seed):
        if len(made) == 3:
            raise KeyboardInterrupt
        made.append(seed)
        return real(scenario, seed)

    words = [*WORDS, "--set", "run.quarters=1", "--set", "market.prospects_per_day=4"]
    monkeypatch.setattr(simulation, "simulate", until_the_fourth)
    assert run.main(words) == 130
    assert "the same command goes on from there" in capsys.readouterr().err
    monkeypatch.setattr(simulation, "simulate", lambda scenario, seed: made.append(seed) or real(scenario, seed))
    assert run.main(words) == 0
    assert len(made) == 16  # every run once: 4 cells, 2 types, 2 worlds
    assert json.loads(Path("x/manifest.json").read_text(encoding="utf-8"))["is_complete"]
