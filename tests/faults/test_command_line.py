"""The command line keeps its promises: exit codes, one sentence for a mistake, JSON alone on stdout, quick start."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pandas as pd
import pytest

import run
import scenarios
import simulation
from experiments.statistics.sequential import Precision
from tests import stand_in_company as stand_in
from tests.repository import ROOT


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty current folder, and the made-up simulation in place of the compiled one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("experiments.execution.engine.get_ready", lambda tell, n_runs: None)
    monkeypatch.setattr(simulation, "simulate", stand_in.simulate_scenario)
    return tmp_path


def compare(*words: str) -> int:
    return run.main(["compare", "--workers", "1", "--runs", "10", "--quick", *words])


# --- what it says ---


def test_compare_ends_with_a_table_the_answer_and_the_report(here, capsys):
    assert compare() == 0
    said = capsys.readouterr()
    lines = said.out.strip().splitlines()
    assert lines[0].startswith("Type")
    assert lines[2].startswith("Integrated")
    assert "Integrated earns most: recognised revenue of " in said.out
    assert "of 10 replications, and earns most of all types in above 91 %" in said.out
    assert Path(lines[-1]) == Path("results/reference-compare/report.html")
    assert Path(lines[-1]).stat().st_size > 1e6
    assert said.err.startswith("compare: reference, 4 types, 80 runs")


def test_quiet_says_nothing_but_the_result(here, capsys):
    assert compare("--quiet") == 0
    said = capsys.readouterr()
    assert "Integrated earns most" in said.out
    assert said.err == ""


def test_a_dry_run_says_what_would_be_run_and_runs_nothing(here, monkeypatch, capsys):
    monkeypatch.setattr(simulation, "simulate", None)
    assert compare("--runs", "4", "--dry-run") == 0
    assert capsys.readouterr().out == "compare: reference, 4 types, 16 runs\n"
    assert compare("--runs", "4", "--dry-run", "--json", "--out", "x") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["n_runs"], said["seconds"], said["folder"]) == (16, None, "x")
    assert not list(here.iterdir())


def test_a_dry_run_compiles_first_and_is_refused_where_the_run_would_be(here, monkeypatch, capsys):
    assert compare("--out", "x") == 0
    for word in ("--dry-run", "--quiet"):
        assert compare("--out", "x", "--seed", "7", word) == 2
    refused = capsys.readouterr().err.splitlines()
    assert refused[-1] == refused[-2]
    assert "x holds the result of another question" in refused[-1]
    steps = []
    monkeypatch.setattr("experiments.execution.engine.get_ready", lambda tell, n_runs: steps.append("compile"))
    monkeypatch.setattr("experiments.cli.forecast.seconds_a_run", lambda scenario: steps.append("time") or 1.0)
    assert run.main(["compare", "--dry-run", "--runs", "50", "--workers", "1"]) == 0
    assert steps[:2] == ["compile", "time"]


def test_json_is_alone_on_stdout(here, capsys):
    assert compare("--json", "--out", "x") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["company"] == "reference"
    assert next(row["variant"] for row in said["types"]) == "integrated"
    assert said["folder"] == "x"
    assert 3 <= len(said["conclusion"]) <= 10


def test_another_question_goes_to_a_folder_of_its_own_and_replaces_nothing(here, capsys):
    assert compare() == 0
    assert compare("--seed", "7") == 0
    assert capsys.readouterr().out.strip().endswith("results/reference-compare-2/report.html")
    first, second = (
        json.loads(Path(f"results/reference-compare{number}/manifest.json").read_text()) for number in ("", "-2")
    )
    assert (first["seeds"][0], second["seeds"][0]) == (0, 7)
    assert compare("--out", "results/reference-compare", "--seed", "9") == 2
    assert "--replace" in capsys.readouterr().err
    assert compare("--out", "results/reference-compare", "--seed", "9", "--replace") == 0
    assert json.loads(Path("results/reference-compare/manifest.json").read_text())["seeds"][0] == 9


def test_the_same_question_again_runs_nothing_again(here, monkeypatch):
    assert compare() == 0
    before = Path("results/reference-compare/runs.parquet").read_bytes()
    monkeypatch.setattr(simulation, "simulate", stand_in.failing_in_every_type)
    assert compare() == 0
    assert Path("results/reference-compare/runs.parquet").read_bytes() == before
    assert [path.name for path in Path("results").iterdir()] == ["reference-compare"]


def test_changes_reach_every_type_and_the_manifest(here):
    assert compare("--set", "market.turbulence=0.7", "--set", "people.marketers=3", "--types", "defined,aligned") == 0
    manifest = json.loads(Path("results/reference-compare/manifest.json").read_text(encoding="utf-8"))
    assert {variant["market"]["turbulence"] for variant in manifest["variants"].values()} == {0.7}
    assert list(manifest["variants"]) == ["defined", "aligned"]


def test_run_prints_outcomes_with_their_units(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run.main(["run", "reference", "--practices", "aligned", "--set", "run.quarters=1", "--out", "one"]) == 0
    out = capsys.readouterr().out
    assert "contribution_eur" in out
    assert "€" in out
    assert {"days.csv", "leads.parquet", "segments.csv", "people.csv"} <= {path.name for path in Path("one").iterdir()}
    assert run.main(["run", "reference", "--json", "--seed", "3"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["seed"] == 3
    assert told["units"]["win_rate"] == "share"


def test_list_schema_and_explain(capsys):
    assert run.main(["list"]) == 0
    assert "small_firm" in capsys.readouterr().out
    assert run.main(["list", "--json"]) == 0
    assert "aligned" in json.loads(capsys.readouterr().out)["presets"]
    assert run.main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["type"] == "object"
    assert run.main(["explain", "market.turbulence"]) == 0
    assert "source" in capsys.readouterr().out
    assert run.main(["explain", "share_never_worked"]) == 0
    assert "of leads handed over" in capsys.readouterr().out


def test_no_command_shows_the_help(capsys):
    assert run.main([]) == 0
    assert "compare" in capsys.readouterr().out


# --- how it ends ---


def test_failed_runs_end_with_3_and_the_results(here, monkeypatch, capsys):
    monkeypatch.setattr(simulation, "simulate", stand_in.failing_in_worlds_3_and_4)
    assert compare() == 3
    assert "2 runs failed, e.g. integrated in world 3: ZeroDivisionError: world 3" in capsys.readouterr().err
    assert Path("results/reference-compare/failures.json").exists()


def test_failing_always_ends_with_3_and_says_so_in_the_report(here, monkeypatch, capsys):
    monkeypatch.setattr(simulation, "simulate", stand_in.failing_in_every_type)
    assert compare() == 3
    assert "Nothing can be compared" in capsys.readouterr().out
    assert "Nothing can be compared" in Path("results/reference-compare/report.html").read_text()
    assert Path("results/reference-compare/failures.json").exists()


def test_an_interruption_ends_with_130_keeps_what_is_done_and_goes_on(here, monkeypatch, capsys):
    lived = []

    def interrupted(scenario, seed):
        if len(lived) == 8:
            lived.append(seed)
            raise KeyboardInterrupt
        lived.append(seed)
        return stand_in.simulate_scenario(scenario, seed)

    monkeypatch.setattr(simulation, "simulate", interrupted)
    assert compare() == 130
    said = capsys.readouterr()
    assert "what was done lies in results/reference-compare, and the same command goes on from there" in said.err
    assert "interrupted before all runs were made" in said.out
    assert compare() == 0
    assert len(lived) == 80 + 1
    assert len(pd.read_csv("results/reference-compare/runs.csv")) == 40


@pytest.mark.parametrize(
    ("where", "says"),
    [
        ("experiments.questions.compare.ask.company_today", "interrupted\n"),
        (
            "experiments.questions.answer.files_of",
            "interrupted; the same command goes on from there (finished runs lie",
        ),
    ],
)
def test_ctrl_c_before_or_after_the_runs_is_told_too(where, says, here, monkeypatch, capsys):
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(where, interrupted)
    assert compare("--quiet") == 130
    said = capsys.readouterr().err
    assert said.startswith(says)
    assert len(said.splitlines()) == 1


def test_a_report_that_fails_still_prints_the_conclusion_and_ends_with_4(here, monkeypatch, capsys):
    def broken(*_: object) -> None:
        raise OverflowError("math range error")

    monkeypatch.setattr("experiments.questions.compare.report.exhibits", broken)
    assert compare() == 4
    said = capsys.readouterr()
    assert said.out.startswith("Integrated earns most: ")
    assert "the report could not be made: OverflowError: math range error" in said.err
    trace = Path(said.err.split(" is written in ")[1].strip())
    assert "math range error" in trace.read_text()
    trace.unlink()


def test_agree_ends_with_1_where_figures_do_not(here, monkeypatch, capsys):
    first = 63 * scenarios.load("olist_signup").run.warm_up_quarters
    leads = [(0, first + 1, first + 5), (1, first + 1, -1)]
    monkeypatch.setattr(simulation, "simulate", lambda scenario, seed: stand_in.simulate_leads(leads, scenario, seed))
    assert run.main(["agree", "--runs", "2", "--workers", "1"]) == 1
    assert "Not all figures are within" in capsys.readouterr().out
    assert run.main(["agree", "--runs", "2", "--workers", "1", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["runs"] == 2


def test_a_fault_of_ours_is_not_blamed_on_the_user(here, monkeypatch, capsys):
    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("experiments.questions.compare.ask.company_today", broken)
    assert compare() == 4
    said = capsys.readouterr().err
    assert said.startswith("something went wrong that is no fault of yours: RuntimeError: a bug; where it happened")
    trace = Path(said.split(" is written in ")[1].strip())
    assert "in broken" in trace.read_text()
    trace.unlink()


# --- mistakes ---


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("compair", "Did you mean 'compare'?"),
        ("zebra", "No such command 'zebra'; there are: compare, brief, what-if"),
        ("compare a b", "unexpected extra argument"),
        ("compare --rnus 3", "No such option: --rnus"),
        ("compare --runs", "requires an argument"),
        ("compare --runs 2.5", "--runs"),
        ("compare --runs 0", "runs must be at least 1, not 0"),
        ("compare --seed -1", "seed must be at least 0"),
        ("compare --seed 99999999999999999999", "seed must be at least 0 and less than 2**62"),
        ("compare --workers 0", "workers must be at least 1, not 0"),
        ("compare --precision much", 'written like 2%, not "much"'),
        ("compare --precision 0%", "between 0 and 1, not 0.0"),
        ("compare --precision 120%", "between 0 and 1, not 1.2"),
        ("compare --precision nan", "between 0 and 1, not nan"),
        ("compare --precision 2% --runs 10", "either --precision or --runs"),
        ("compare --types aligned", "at least two types"),
        ("compare --types aligned,aligned", "named twice"),
        ("compare --types=", "at least two types"),
        ("compare --types today,defined", "name another type to compare them with"),
        ("compare --out taken", "holds files that are no results of ours"),
        ("compare --out taken/file", "is a file; give a folder"),
        ("compare --out taken/file/below", "is a file, not a folder"),
        ("run", "Missing argument"),
        ("run reference --seed -3", "seed must be at least 0"),
        ("run reference --out taken", "holds files that are no results of ours"),
        ("what-if", "Missing argument"),
        ("what-if reference", "say what to change"),
        ("what-if reference --set practices.liaison=false --practices undefined", "the change changes nothing"),
        ("what-if reference --set run.quarters=3", "set it for both worlds with --given"),
        ("what-if reference --set practices.liason=true", "did you mean practices.liaison?"),
        ("what-if reference --set practices.liaison=perhaps", "it must be true or false"),
        ("what-if reference --set practices.liaison=true --practices alined", "did you mean aligned?"),
        ("what-if reference --set practices.liaison=true --runs 0", "runs must be at least 1, not 0"),
        ("what-if reference --set practices.liaison=true --seed -1", "seed must be at least 0"),
        ("what-if reference --set practices.liaison=true --runs 2 --precision 2%", "either --precision or --runs"),
        ("what-if reference --set practices.liaison=true --out taken", "holds files that are no results of ours"),
        ("lead", "Missing argument"),
        ("lead reference", "say how the second world differs"),
        ("lead reference --against aligned --set practices.liaison=true", "say how the second world differs"),
        ("lead reference --practices aligned --against aligned", "both worlds are the same"),
        ("lead reference --against alined", "did you mean aligned?"),
        ("lead reference --against aligned --lead -1", "leads are numbered from 0, not -1"),
        ("lead reference --against aligned --lead many", "Invalid value for '--lead'"),
        ("lead reference --against aligned --seed -1", "seed must be at least 0"),
        ("lead reference --set run.quarters=3", "the length of a run is no change"),
        ("lead reference --against aligned --out taken", "holds files that are no results of ours"),
        ("agree zebra", 'no published figures for "zebra"'),
        ("agree --runs 0", "runs must be at least 1, not 0"),
        ("explain no_such_thing", "nothing is called"),
        ("bench --fast", "No such option: --fast"),
    ],
)
def test_a_mistake_gets_one_sentence_and_code_2(words, says, here, capsys):
    Path("taken").mkdir()
    Path("taken/file").write_text("mine")
    assert run.main(words.split(" ")) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "Traceback" not in said.err
    assert says in said.err
    assert len(said.err.strip().splitlines()) == 1
    assert [path.name for path in here.iterdir()] == ["taken"]


def test_a_precision_can_be_written_in_three_ways():
    shares = [Precision.parse(text).share for text in ("2%", " 2 % ", "0.02")]
    assert shares == [0.02, 0.02, 0.02]


# --- processes of their own ---


def ended(words: list[str], **options) -> subprocess.CompletedProcess:
    command = [sys.executable, str(ROOT / "run.py"), *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=240, check=False, **options)


def test_names_and_mistakes_are_answered_at_once(tmp_path):
    """Nothing heavy is loaded: no Numba, pandas, SciPy or Plotly."""
    heavy = ("numba", "pandas", "scipy", "plotly", "simulation")
    code = f"import sys, run; run.main(['list']); print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_terminal_without_the_euro_sign_loses_no_sign():
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    said = "\\N{MINUS SIGN}\\N{EURO SIGN}480 k \\N{RIGHTWARDS ARROW} caf\\u00e9"
    code = f"from experiments.reporting.terminal import say\nsay('{said}')"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=environment, check=True)
    assert done.stdout == "-EUR 480 k -> caf?\n"


def test_the_real_thing_from_start_to_end(tmp_path):
    words = ["compare", "small_firm", "--runs", "3", "--set", "run.quarters=2", "--json", "--out", "out"]
    done = ended(words, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert {row["variant"] for row in told["types"]} >= {"undefined", "defined", "aligned", "integrated"}
    assert all(row["n"] == 3 and row["n_unknown"] == 0 for row in told["types"])
    assert (tmp_path / "out" / "report.html").exists()


SLOW = """
    import pathlib, sys, time
    sys.path.insert(0, {root!r})
    import run, simulation
    from experiments.execution import engine
    from tests import stand_in_company as stand_in

    def slow(scenario, seed):
        pathlib.Path("started").touch()
        time.sleep(0.05)
        return stand_in.simulate_scenario(scenario, seed)

    engine.get_ready = lambda tell, n_runs: None
    simulation.simulate = slow
    sys.exit(run.main(["compare", "--quiet", "--runs", "5000", "--fixed", "--quick", "--workers", "1"]))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no process groups for Ctrl-C to reach")
@pytest.mark.usefixtures("ctrl_c")
def test_ctrl_c_in_a_terminal_ends_soon_and_quietly(tmp_path):
    code = textwrap.dedent(SLOW).format(root=str(ROOT))
    command = [sys.executable, "-c", code]
    process = subprocess.Popen(
        command, cwd=tmp_path, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 60
    while not (tmp_path / "started").exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    time.sleep(0.5)
    os.killpg(process.pid, signal.SIGINT)
    try:
        _, said = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 130
    assert "Traceback" not in said
    assert "interrupted; what was done lies in" in said
