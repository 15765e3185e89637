"""A roadmap finds the values it must find in a company of known values, and says them in words."""

import json
from functools import cache, partial
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import run
import scenarios
import simulation
from experiments.designs.practice_bundles import label_of, practice_of, practices_between
from experiments.designs.variant import laid_on
from experiments.execution.runner import Settings
from experiments.questions.roadmap.ask import RoadmapQuestion
from experiments.questions.roadmap.result import Roadmap
from experiments.questions.roadmap.text import advice, sum_check
from experiments.reporting.report import text_of
from experiments.studies.greedy_path import most_runs
from scenarios.input_errors import InputError
from scenarios.practices import Practices
from tests.asking import kept, page_of, parts_of, result_of
from tests.stand_in_company import Run


def worth(scenario: scenarios.Scenario) -> float:
    """SLA 100 and meetings 40 alone, 60 more together; joint training loses 30: Shapley 130, 70, -30 (EUR k a run)."""
    practices = scenario.practices
    sla, meets = float(practices.sla), float(practices.meeting_every_d is not None)
    return 1e3 * (100 * sla + 40 * meets + 60 * sla * meets - 15 * practices.joint_training_h_per_quarter)


def known_values(scenario: scenarios.Scenario, seed: int) -> Run:
    """A company with known values, luck of the world (sd 50 k) and of the run (sd 5 k)."""
    key = round(worth(scenario)) % 2**31
    luck = 50e3 * np.random.default_rng([seed, 1]).normal() + 5e3 * np.random.default_rng([seed, 2, key]).normal()
    cost = 2e3 if scenario.practices.sla else 0.0
    return Run({"contribution_eur": 1e6 + worth(scenario) + luck, "coordination_cost_eur": cost})


def sometimes(scenario: scenarios.Scenario, seed: int) -> Run:
    if seed == 1 and scenario.practices.sla:
        raise ZeroDivisionError("world 1")
    return known_values(scenario, seed)


def asked(simulate=known_values, on_progress=None, **options) -> Roadmap:
    return result_of(RoadmapQuestion(**options), Settings(workers=1, simulate=simulate), on_progress)


@cache
def roadmap(simulate=known_values, runs: int = 30) -> Roadmap:
    return asked(simulate, start="undefined", goal="defined", runs=runs)


def test_known_values_are_found():
    table = roadmap().table.set_index("practice")
    a_year = 0.5e3  # runs of two years, k EUR
    for practice, value in {"sla": 130, "meetings": 70, "joint_training": -30}.items():
        row = table.loc[practice]
        half = (row["value_high"] - row["value_low"]) / 2
        assert row["value"] == pytest.approx(value * a_year, abs=1.5 * half)  # 3 standard errors
        assert half < 4e3
    assert table.loc["sla", "alone"] == pytest.approx(100 * a_year, abs=3e3)
    assert table.loc["sla", "last"] == pytest.approx(160 * a_year, abs=3e3)
    assert table.loc["sla", "cost"] == pytest.approx(1e3)


def test_the_values_add_up_to_the_total_difference():
    check = sum_check(roadmap())
    assert check.total == pytest.approx(check.same, rel=1e-9)
    assert check.errors_apart < 3
    assert check.fresh == pytest.approx(0.5 * 170e3, abs=6e3)
    sums = roadmap().shapley().sum(axis=1)
    whole = (1 << len(roadmap().practices)) - 1
    gap = roadmap().lived.values(whole, roadmap().seeds) - roadmap().lived.values(0, roadmap().seeds)
    assert sums == pytest.approx(gap)


def test_the_path_takes_the_best_step_first_and_is_measured_in_other_worlds():
    steps = roadmap().path.steps
    assert [roadmap().practices[step.part].name for step in steps[:2]] == ["sla", "meetings"]
    assert "joint_training" not in [roadmap().practices[step.part].name for step in steps]
    assert not set(roadmap().path.seeds) & set(roadmap().seeds)
    assert steps[1].gain.mean == pytest.approx(100e3, abs=6e3)
    assert steps[1].gain_so_far.mean == pytest.approx(200e3, abs=6e3)


def test_the_first_sentence_says_where_to_start_and_what_to_leave():
    said = advice(roadmap())
    assert said.startswith("What to do: Start with the SLA (SLA yes instead of no), it brings about €")
    assert "a year (95 % interval €" in said
    assert "; next joint meetings (+€" in said
    assert "; leave joint training" in said
    assert roadmap().conclusion[0] == said
    assert said in text_of(roadmap().content)


def test_the_company_starts_from_its_own_state_and_the_goal_is_the_best_other_type():
    ends = asked(runs=3).ends
    assert ends.start == scenarios.load("reference")
    assert ends.is_goal_chosen
    assert ends.goal_name == "aligned"  # less joint training than integrated


@pytest.mark.parametrize(("goal", "most_steps"), [("defined", 1), ("defined", 2), ("defined", 8), (None, 2)])
def test_how_many_runs_there_will_be_is_bounded_from_the_beginning(goal, most_steps):
    seen = []
    options = {"start": "undefined", "goal": goal, "runs": 5, "most_steps": most_steps}
    asked(on_progress=lambda *now: seen.append(now), **options)
    totals = [total for _, total in seen]
    assert [done for done, _ in seen] == list(range(1, len(seen) + 1))
    assert totals[0] <= RoadmapQuestion(**options).plan().n_runs
    assert all(later <= earlier for earlier, later in pairwise(totals))
    assert totals[-1] == len(seen)
    assert most_runs(3, 8, 10, 20) == 110  # two candidates, then one, in 10 worlds; none to three in 20 others


def test_a_goal_is_sought_in_runs_that_are_kept(tmp_path):
    question, settings = RoadmapQuestion(runs=2), Settings(workers=1, simulate=known_values)
    whole = kept(question, tmp_path / "x", settings).result
    made = set(tmp_path.glob("x/runs/*"))
    again = kept(question, tmp_path / "x", settings).result
    assert set(tmp_path.glob("x/runs/*")) == made
    assert again.table.equals(whole.table)
    n_sought = 3 * 2
    assert len(pd.read_parquet(tmp_path / "x" / "design.parquet")) == len(whole.runs) + n_sought


def test_ctrl_c_while_a_goal_is_sought_ends_it(tmp_path, monkeypatch, capsys):
    """What was seen of the types until then is no reason to choose one of them, nor to go on."""
    made = []

    def until_the_tenth(scenario, seed):
        if len(made) == 9:
            raise KeyboardInterrupt
        made.append(seed)
        return known_values(scenario, seed)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(simulation, "simulate", until_the_tenth)
    assert run.main(["roadmap", "--runs", "3", "--workers", "1", "--out", "x"]) == 130
    assert len(made) == 9
    assert "interrupted" in capsys.readouterr().err


@pytest.mark.parametrize(("outcome", "why"), [(float("nan"), "no run had a known contribution"), (None, "KeyError")])
def test_a_goal_that_cannot_be_sought_is_to_be_named(outcome, why):
    def nothing_known(scenario, seed):
        if outcome is None:
            raise KeyError("contribution")
        return Run({"contribution_eur": outcome})

    with pytest.raises(InputError, match=f"{why}.*name one with --to"):
        asked(nothing_known, runs=2)


def test_a_world_with_a_failed_run_is_left_out():
    lacking = roadmap(sometimes, 4)
    assert lacking.seeds == [0, 2, 3]
    assert "failed; the worlds they belong to are left out" in " ".join(lacking.content.doubt)


def test_runs_say_which_practices_were_in_place():
    runs = roadmap().runs
    names = [one.name for one in roadmap().practices]
    assert list(runs.columns[: 2 + len(names)]) == ["practices", "seed", *names]
    assert set(runs[names].to_numpy().ravel()) == {0, 1}
    lone = runs[(runs["seed"] == 0) & (runs[names].sum(axis=1) == 1) & (runs["sla"] == 1)].iloc[0]
    assert lone["contribution_eur"] == roadmap().lived.value(1 << names.index("sla"), 0)


def test_the_page_says_the_answer_first():
    html = page_of(roadmap())
    assert parts_of(html) == ["answer", "to-do", "comes-from", "sure", "evidence", "compared", "made"]
    assert "<h1>Start with the SLA" in html
    assert 'id="figure-values"' in html
    assert 'id="figure-path"' in html


@pytest.mark.parametrize(("one", "other"), list(combinations(scenarios.presets(), 2)))
def test_any_practices_may_be_in_place_without_the_others(one, other):
    start, goal = scenarios.load("reference", one), scenarios.load("reference", other)
    practices = practices_between(start, goal)
    assert len(practices) >= 8
    rng = np.random.default_rng(3)
    for _ in range(20):
        some = [change for practice in practices if rng.random() < 0.5 for change in practice.changes]
        laid_on(start, dict(some))
    whole = laid_on(start, dict(change for practice in practices for change in practice.changes))
    assert whole.practices == goal.practices
    assert whole.pay == goal.pay


def test_every_lever_belongs_to_a_practice():
    named = {practice_of(f"practices.{lever}") for lever in Practices.model_fields}
    assert all(label_of(name) for name in named)
    assert practice_of("pay.marketing.scheme") == "marketing_pay"
    with pytest.raises(InputError, match=r"market\.turbulence is no practice"):
        practice_of("market.turbulence")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"start": "defined", "goal": "defined"}, "nothing to change"),
        ({"goal": "alined"}, "did you mean aligned"),
        ({"runs": 1}, "runs must be at least 2"),
        ({"seed": -1}, "seed must be"),
    ],
)
def test_a_road_to_nowhere_is_refused(options, sentence):
    with pytest.raises((InputError, scenarios.ScenarioError), match=sentence):
        asked(**options)


WORDS = ["roadmap", "--from", "defined", "--to", "aligned", "--runs", "2", "--workers", "1", "--out", "x"]
WORDS += ["--set", "run.quarters=1", "--set", "market.prospects_per_day=4"]


def test_failed_runs_end_with_3_and_the_rest_is_told(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(simulation, "simulate", sometimes)
    words = ["roadmap", "--from", "undefined", "--to", "defined", "--runs", "3", "--workers", "1", "--json"]
    assert run.main(words) == 3
    said = capsys.readouterr()
    assert json.loads(said.out)["n_worlds"] == 2
    assert "in world 1: ZeroDivisionError: world 1 (all lie in results/reference-roadmap/failures" in said.err
    records = [json.loads(path.read_text()) for path in Path("results/reference-roadmap/failures").iterdir()]
    assert all(one["company"]["practices"]["sla"] for part in records for one in part)


def test_a_wrong_type_ends_with_2(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run.main(["roadmap", "--from", "undefind"]) == 2
    assert "did you mean undefined" in capsys.readouterr().err


def test_the_command_lives_the_real_model(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run.main([*WORDS, "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["n_worlds"] == 2
    assert record["sum_of_values"]["total"] == pytest.approx(record["sum_of_values"]["same"], rel=1e-9)
    assert Path("x/report.html").exists()


def test_a_roadmap_that_is_cut_short_goes_on_with_the_same_command(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    made = []

    def living(scenario, seed, most=10**9):
        if len(made) == most:
            raise KeyboardInterrupt
        made.append(seed)
        return known_values(scenario, seed)

    monkeypatch.setattr(simulation, "simulate", living)
    assert run.main([*WORDS, "--out", "whole"]) == 0
    n_runs = len(made)
    monkeypatch.setattr(simulation, "simulate", partial(living, most=n_runs + 30))
    assert run.main(WORDS) == 130
    assert "the same command goes on from there" in capsys.readouterr().err
    monkeypatch.setattr(simulation, "simulate", living)
    assert run.main(WORDS) == 0
    assert len(made) == 2 * n_runs  # no run twice
    for table in ("practices.csv", "path.csv", "runs.csv"):
        assert Path("x", table).read_bytes() == Path("whole", table).read_bytes()
