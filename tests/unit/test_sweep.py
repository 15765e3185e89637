"""A sweep finds the effects that were put in, ranks settings in the same markets, and goes on where it stopped."""

import json
import os
import signal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import run
import scenarios
import simulation
from experiments.designs.design import variants_of
from experiments.execution.runner import Settings
from experiments.questions.sweep.ask import SweepQuestion
from experiments.questions.sweep.figures import curve
from experiments.questions.sweep.result import Sweep
from experiments.questions.sweep.text import headline, thing
from scenarios.input_errors import InputError
from tests import stand_in_scenario
from tests.asking import kept, result_of

HEIGHTS = np.array([100.0 * ((seed * 7919) % 31) / 31 for seed in range(12)])
LINE = Settings(workers=1, simulate=stand_in_scenario.simulate)


def swept(*vary: str, company="reference", **options) -> Sweep:
    return result_of(SweepQuestion(company, vary, **{"runs": 12, "points": 16, "fixed": True, **options}), LINE)


def of(table: pd.DataFrame, path: str):
    return table.set_index("path").loc[path]


@pytest.mark.parametrize("design", ["grid", "latin-hypercube", "sobol", "one-at-a-time"])
def test_effects_are_those_of_the_known_function(design):
    """A run of two years loses 20 a unit of turbulence, and gains 50 (1 + height / 100) by the CRM's coverage."""
    sweep = swept("practices.crm_coverage=0:1:3", "market.turbulence=0:2:3", design=design)
    table = sweep.effects
    turbulence, coverage = of(table, "market.turbulence"), of(table, "practices.crm_coverage")
    assert (turbulence["worst"], turbulence["best"]) == (2.0, 0.0)
    assert turbulence["change"] == pytest.approx(20.0)
    assert (coverage["worst"], coverage["best"]) == (0.0, 1.0)
    assert coverage["change"] == pytest.approx(25 * (1 + HEIGHTS.mean() / 100))
    assert coverage["low"] < coverage["change"] < coverage["high"]
    assert (table["p_holm"] < 0.05).all()


def test_what_does_nothing_is_not_found_to_do_something():
    sweep = swept("practices.liaison", "practices.meeting_every_d=null,5,21", "market.turbulence=0:2")
    table = sweep.effects
    assert table["path"].iloc[0] == "market.turbulence"
    assert abs(of(table, "practices.liaison")["change"]) < 1e-6
    assert "practices.liaison" not in " ".join(sweep.conclusion)


def test_settings_are_ranked_over_the_same_markets():
    sweep = swept("practices.crm_coverage=0.2,0.8", "practices.liaison", "market.turbulence=0:2")
    ranked = sweep.settings
    assert len(ranked) == 4
    assert ranked[0].values["practices.crm_coverage"] == 0.8
    turbulence = sweep.plan.points["market.turbulence"].unique().mean()
    wanted = 1000 + HEIGHTS.mean() + 40 * (1 + HEIGHTS.mean() / 100) - 20 * turbulence
    assert ranked[0].standing.mean.mean == pytest.approx(wanted / 2)
    assert "CRM coverage 0.8" in headline(sweep)
    assert not any(one.is_today for one in ranked)


def test_todays_setting_is_known_and_compared_with():
    sweep = swept("practices=aligned,defined", "market.turbulence=0,1", design="grid")
    assert [one.values["practices"] for one in sweep.settings if one.is_today] == ["defined"]
    coverage = [scenarios.load("reference", name).practices.crm_coverage for name in ("aligned", "defined")]
    gain = 25 * (1 + HEIGHTS.mean() / 100) * (coverage[0] - coverage[1])
    assert f"against today's the best brings +€{gain:.0f}" in " ".join(sweep.conclusion)


def test_settings_within_the_indifference_zone_are_as_good():
    """A coverage of 0.8 is 12 to 25 EUR a year ahead of one of 0.3, and that 2 to 5 ahead of one of 0.2."""
    vary = ("practices.crm_coverage=0.2,0.3,0.8",)

    def said(runs: int, zone: float) -> str:
        return " ".join(swept(*vary, runs=runs, indifference=zone).conclusion)

    narrow = "surely within €5.00 a year of the best: CRM coverage 0.8; it took 20 of 30 worlds to settle on"
    assert f"{narrow} CRM coverage 0.8" in said(30, 5.0)
    assert "of the best: CRM coverage 0.8, CRM coverage 0.3 (today) and CRM coverage 0.2;" in said(30, 100.0)
    assert "still in the race after 12 worlds: give more --runs" in said(12, 5.0)
    assert "as good" not in said(12, 0.0)
    assert "as good" not in said(5, 5.0)
    assert "5 replications in 1 market say too little; at least 10 of either are needed" in said(5, 5.0)


def test_todays_practices_may_compete_with_types(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("extends: reference\npractices: {crm_coverage: 0.77}\n")
    sweep = swept("practices=null,aligned", company=path, runs=12)
    assert [one.is_today for one in sweep.settings] == [True, False]
    assert headline(sweep).startswith("Type today's practices (today) does best")


def test_settings_that_met_different_markets_are_not_ranked():
    sweep = swept("practices.crm_coverage=0:1", "market.turbulence=0:2")
    assert sweep.settings == []
    assert "more than anything else" in headline(sweep)


def test_too_few_points_are_said_not_to_tell():
    sweep = swept("practices.crm_coverage=0:1", "market.turbulence=0:2", points=2)
    assert sweep.effects.empty
    assert "too few" in " ".join(sweep.conclusion)


def test_the_curve_of_a_parameter_is_its_own():
    sweep = swept("market.turbulence=0:2:5", "practices.crm_coverage=0,1", design="grid")
    table = curve(sweep, sweep.plan.dimensions[0])
    assert table["value"].tolist() == [0.0, 0.5, 1.0, 1.5, 2.0]
    assert np.diff(table["mean"]).tolist() == pytest.approx([-5.0] * 4)


def test_points_hold_their_means_and_runs():
    sweep = swept("market.turbulence=0,1")
    table = sweep.points
    assert table["n"].tolist() == [12, 12]
    assert (table["contribution_eur"] / 2).tolist() == pytest.approx(table["contribution_mean"].tolist())
    assert len(sweep.figures()) == 2


def test_what_is_set_by_hand_stays_on_top_of_the_types():
    design = SweepQuestion(vary=("practices",), changes={"practices.crm_coverage": 0.33}).plan().design
    assert {variant.scenario.practices.crm_coverage for variant in variants_of(design)} == {0.33}


def test_what_an_experiment_sets_everywhere_holds_for_the_types_too(tmp_path):
    path = tmp_path / "e.yaml"
    path.write_text("company: reference\nset: {practices: {crm_coverage: 0.33}}\ntypes: [undefined, aligned]\n")
    variants = [variant.scenario for variant in variants_of(SweepQuestion(path).plan().design)]
    assert [variant.practices.crm_coverage for variant in variants] == [0.33, 0.33]
    assert variants[1] == scenarios.load("reference", "aligned", {"practices.crm_coverage": 0.33})


def test_types_are_those_of_the_companys_file_also_where_it_repeats_what_its_type_says(tmp_path):
    """A value of the company's own that its type happens to have too stays its own under another type."""
    own = scenarios.load("reference", "defined").practices.sla_follow_up_h
    path = tmp_path / "mine.yaml"
    path.write_text(f"extends: reference\npreset: defined\npractices: {{sla_follow_up_h: {own}}}\n")
    variants = [variant.scenario for variant in variants_of(SweepQuestion(path, ("practices",)).plan().design)]
    assert variants == [scenarios.load(path, name) for name in scenarios.presets()]


def test_nobody_says_what_varies_gives_the_types_in_calm_and_moving_markets():
    plan = SweepQuestion().plan()
    assert len(plan.points) == 20
    assert [one.path for one in plan.dimensions] == ["practices", "market.turbulence"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"vary": ("market.turbulence=0:1",), "design": "gird"}, "did you mean grid"),
        ({"runs": 0}, "runs must be at least 1"),
        ({"indifference": -1.0}, "indifference must be 0 or more EUR"),
        ({"runs": 10**6}, "20,000,000 runs are too many"),
        ({"seed": -1}, "seed must be at least 0"),
        ({"design": "list"}, "--points-file"),
        ({"vary": ("practices",), "points_file": Path("x.csv")}, "leave out --design and what varies"),
        (
            {"vary": ("market.turbulence=0:1",), "design": "morris", "constraints": ("people.sdrs > 1",)},
            "needs all its points",
        ),
        ({"constraints": ("people.sdrs > 100",)}, "none of 20 points meets"),
        ({"constraints": ("people.sdrs +",)}, "is no condition"),
    ],
)
def test_impossible_sweeps_are_refused(options, sentence):
    with pytest.raises(InputError, match=sentence):
        SweepQuestion(**options).plan()


def test_what_varies_may_be_typed_or_a_mapping():
    typed = SweepQuestion(vary=("market.turbulence=0:2:5", "practices.liaison"), design="grid").plan()
    mapped = SweepQuestion(vary={"market.turbulence": "0:2:5", "practices.liaison": None}, design="grid").plan()
    alone = SweepQuestion(vary="market.turbulence=0:2:5", design="grid").plan()
    assert mapped.dimensions == typed.dimensions
    assert mapped.points.equals(typed.points)
    assert alone.dimensions == typed.dimensions[:1]


def test_every_run_carries_what_went_in(tmp_path):
    sweep = swept("market.turbulence=0,1", "practices.liaison", runs=2)
    assert list(sweep.runs.columns[:4]) == ["point", "seed", "market.turbulence", "practices.liaison"]
    expected = sweep.points.set_index("point")["market.turbulence"].reindex(sweep.runs["point"])
    assert sweep.runs["market.turbulence"].tolist() == expected.tolist()
    kept(sweep.question, tmp_path / "s", LINE)
    assert "market.turbulence" in pd.read_parquet(tmp_path / "s" / "runs.parquet")


def test_another_list_of_points_is_another_question(tmp_path):
    path = tmp_path / "points.csv"
    path.write_text("market.turbulence\n0\n1\n")
    question = SweepQuestion(points_file=path)
    before = question.identity(question.plan())
    assert before == question.identity(question.plan())
    path.write_text("market.turbulence\n0\n2\n")
    assert question.identity(question.plan()) != before


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("practices.crm_coverage", "CRM coverage"),
        ("practices.meeting_every_d", "meeting every (days)"),
        ("market.turbulence", "turbulence"),
        ("practices", "type"),
    ],
)
def test_paths_in_words(path, words):
    assert thing(path) == words


# --- the command ---


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty current folder, and a made-up simulation."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("experiments.execution.engine.get_ready", lambda tell, n_runs: None)
    monkeypatch.setattr(simulation, "simulate", stand_in_scenario.simulate)
    return tmp_path


def sweep(*words: str) -> int:
    return run.main(["sweep", "--workers", "1", "--runs", "3", "--vary", "market.turbulence=0,1,2", *words])


def test_the_command_writes_a_report_and_says_the_answer(here, capsys):
    assert sweep() == 0
    said = capsys.readouterr()
    assert "turbulence from 2 to 0 brings" in said.out
    page = Path(said.out.strip().splitlines()[-1]).read_text()
    assert "3 worlds are too few for chances or ranks" in page
    assert said.err == "sweep: reference, 3 points, 9 runs\n"
    folder = Path(said.out.strip().splitlines()[-1]).parent
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {"report.html", "points.csv", "effects.csv", "runs.parquet", "design.parquet", "manifest.json"} <= names
    page = (folder / "report.html").read_text()
    assert page.index("turbulence from 2 to 0") < page.index(">Evidence</h2>")
    assert page.index("What varied") < page.index("Multiplies how fast needs drift")
    assert "Beside this page lie conclusion.json, runs.csv, points.csv, effects.csv, runs.parquet, " in page
    assert len(pd.read_parquet(folder / "runs.parquet")) == 9


def test_json_is_alone_on_stdout_and_status_tells_where_it_stands(here, capsys):
    assert sweep("--json", "--out", "x") == 0
    record = json.loads(capsys.readouterr().out)
    assert (record["n_points"], record["n_runs"], record["is_complete"]) == (3, 9, True)
    assert run.main(["status", "x"]) == 0
    assert "9 of 9 runs done, 0 missing, 0 failed\nIt is complete." in capsys.readouterr().out
    next(iter((here / "x" / "runs").glob("part-*"))).write_bytes(b"")
    assert run.main(["status", "x", "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert (record["n_done"], record["n_missing"], len(record["damaged"])) == (0, 9, 1)
    assert sweep("--out", "x") == 0
    said = capsys.readouterr()
    assert "is damaged" in said.err
    assert "part-" in said.err


@pytest.mark.usefixtures("ctrl_c")
def test_an_interrupted_sweep_says_so_and_goes_on(here, capsys, monkeypatch):
    def interrupted(scenario, seed):
        if seed == 1:
            os.kill(os.getpid(), signal.SIGINT)
        return stand_in_scenario.simulate(scenario, seed)

    monkeypatch.setattr(simulation, "simulate", interrupted)
    assert sweep("--out", "x") == 130
    assert "the same command goes on from there (finished runs lie in x)" in capsys.readouterr().err
    assert run.main(["status", "x"]) == 0
    assert "To go on, give the command again" in capsys.readouterr().out
    monkeypatch.setattr(simulation, "simulate", stand_in_scenario.simulate)
    assert sweep("--out", "x") == 0


def test_failures_give_exit_code_3(here, capsys, monkeypatch):
    monkeypatch.setenv("WORLD_3_FAILS", "1")
    monkeypatch.setattr(simulation, "simulate", stand_in_scenario.failing_while_told)
    assert sweep("--runs", "5", "--out", "x", "--json") == 3
    said = capsys.readouterr()
    assert "3 runs failed" in said.err
    assert [(one["point"], one["seed"]) for one in json.loads(said.out)["failures"]] == [(0, 3), (1, 3), (2, 3)]
    run.main(["status", "x"])
    assert "failed: point 0 in world 3: ZeroDivisionError: nothing to divide by" in capsys.readouterr().out


def test_status_of_a_folder_without_a_study_is_a_mistake(here, capsys):
    assert run.main(["status", "nowhere"]) == 2
    assert "there is no study in nowhere" in capsys.readouterr().err


EXPERIMENT = """
question: Does a full CRM pay where needs move fast?
company: reference
set:
  run:
    quarters: 2
types: [defined, aligned]
levers:
  practices:
    crm_coverage: [0.1, 0.9]
uncertainties:
  market:
    turbulence: 0:2
constraints:
  - practices.crm_coverage <= 1
points: 4
runs: 2
"""


def test_an_experiment_file_is_a_sweep_and_the_command_line_goes_before_it(here, capsys):
    (here / "experiment.yaml").write_text(EXPERIMENT)
    words = ["sweep", "experiment.yaml", "--workers", "1", "--json", "--out", "x"]
    assert run.main(words) == 0
    record = json.loads(capsys.readouterr().out)
    assert (record["n_points"], record["runs_per_point"]) == (2 * 2 * 4, 2)
    assert record["settings"][0]["values"]["practices.crm_coverage"] == 0.9
    assert "Does a full CRM pay" in (here / "x" / "report.html").read_text()
    page = (here / "x" / "report.html").read_text()
    assert "run.quarters" in page[page.index("Changed for this question") :]
    assert run.main([*words, "--points", "2", "--runs", "1"]) == 2
    assert "holds the result of another question" in capsys.readouterr().err
    assert run.main([*words, "--points", "2", "--runs", "1", "--replace"]) == 0
    assert json.loads(capsys.readouterr().out)["n_runs"] == 2 * 2 * 2


def test_an_experiment_may_lie_in_another_folder_with_its_company(here, capsys):
    (here / "lab").mkdir()
    (here / "lab" / "mine.yaml").write_text("extends: reference\nmarket: {turbulence: 0.7}\n")
    (here / "lab" / "e.yaml").write_text("company: mine.yaml\ntypes: [defined, aligned]\nruns: 2\n")
    assert run.main(["sweep", "lab/e.yaml", "--workers", "1", "--out", "x"]) == 0
    assert "Company: mine" in (here / "x" / "report.html").read_text()
