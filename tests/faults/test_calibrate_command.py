"""`run.py calibrate` keeps the promises of the command line: one sentence for a mistake, exit codes, JSON alone."""

import json
import os
from pathlib import Path

import pandas as pd
import pytest

import run
import scenarios
import simulation
from experiments.store.run_archive import present_in
from tests import stand_in_sales
from tests.repository import ROOT

SMALL = ("--runs", "120", "--workers", "1", "--set", "market.prospects_per_day=12")
LAST_SENTENCES = ("What the data cannot tell", "What it rests on")
STEPS_AFTER = ("distance from the data", "prediction")
FIT = ("--fit", "market.prospects_per_day=x0.5:x2", "--fit", "market.share_ready=0.1:0.5")


@pytest.fixture
def files(tmp_path, monkeypatch):
    """An empty current folder with a CRM export, and the stand-in for the compiled model; words of the command line."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("experiments.execution.engine.get_ready", lambda tell, n_runs: None)
    monkeypatch.setattr("experiments.cli.forecast.seconds_a_run", lambda scenario: 0.01)
    monkeypatch.setattr(simulation, "simulate", stand_in_sales.simulate)
    truth = scenarios.load("fast_simple_market", changes={"market.prospects_per_day": 12.0, "run.quarters": 2})
    return stand_in_sales.write_export(stand_in_sales.simulate(truth, 99), tmp_path)


def calibrate(*words: str, company: str = "fast_simple_market") -> int:
    return run.main(["calibrate", company, *words])


def test_it_ends_with_parameters_the_answer_and_the_files(files, capsys):
    assert calibrate(*files, *SMALL, *FIT, "--out", "fit") == 0
    said = capsys.readouterr()
    steps = [line.split(":")[0] for line in said.err.splitlines()]
    assert steps == ["calibrate", "luck", "search", *(f"round {n} of 3" for n in (1, 2, 3)), "choice", *STEPS_AFTER]
    lines = said.out.strip().splitlines()
    assert lines[0].split()[:2] == ["Parameter", "Now"]
    starts = [line.split(":")[0].split(",")[0] for line in lines[-9:-4]]
    assert starts == ["Trust it", "How well it fits", "What it predicts", *LAST_SENTENCES]
    assert lines[-3:] == ["fit/report.html", "fit/fitted_company.yaml", "fit/fitted_company.ensemble.csv"]
    page = Path("fit/report.html").read_text(encoding="utf-8")
    assert page.index("How well it fits") < page.index(">Evidence</h2>")
    manifest = json.loads(Path("fit/manifest.json").read_text(encoding="utf-8"))
    assert manifest["question"] == "calibrate"
    assert set(manifest["files"]) >= {"report.html", "fitted_company.yaml", "targets.csv", "posterior.csv"}
    assert len(pd.read_csv("fit/posterior.csv").columns) == 2


def test_the_fitted_company_can_be_used_like_any_other(files):
    Path("mine.yaml").write_text("extends: fast_simple_market\nmarket: {turbulence: 0.7}\n")
    assert calibrate(*files, *SMALL, *FIT, "--out", "deep/fit", company="mine.yaml") == 0
    fitted = scenarios.load(Path("deep/fit/fitted_company.yaml"))
    values = pd.read_csv("deep/fit/parameters.csv").set_index("parameter")["fitted"]
    assert fitted.market.turbulence == 0.7
    assert fitted.market.share_ready == pytest.approx(values["market.share_ready"], rel=0.02)
    assert fitted.market.prospects_per_day == pytest.approx(12 * values["market.prospects_per_day"], rel=0.02)
    assert fitted.name == "mine_fitted"


def test_a_bad_fit_says_so_first_and_wherever_its_company_is_used(files, capsys):
    far = ("--set", "market.prospects_per_day=200", "--fit", "market.project_lag_d=5:40")
    assert calibrate(*files, *SMALL, *far, "--json", "--out", "fit") == 0
    record = json.loads(capsys.readouterr().out)
    assert not record["is_good"]
    assert record["conclusion"][0].startswith("Do not trust it: ")
    assert "fitted figures cannot be met by the model" in record["conclusion"][0]
    assert {"leads/2023-02", "leads/2023-03"} <= set(record["cannot_be_met"])
    assert any(line.startswith("What cannot be met: leads a month, 2023-01") for line in record["conclusion"])
    assert "told" not in {one["verdict"] for one in record["parameters"]}
    assert "DO NOT TRUST IT" in Path("fit/fitted_company.yaml").read_text(encoding="utf-8")
    assert run.main(["compare", "fit/fitted_company.yaml", "--dry-run"]) == 0
    assert "do not trust fast_simple_market_fitted: the fit to its own data is bad" in capsys.readouterr().err


def test_json_is_alone_on_stdout(files, capsys):
    assert calibrate(*files, *SMALL, *FIT, "--json") == 0
    record = json.loads(capsys.readouterr().out)
    assert {one["level"] for one in record["coverage"]} == {0.5, 0.8, 0.95}
    assert [one["parameter"] for one in record["parameters"]] == ["market.prospects_per_day", "market.share_ready"]
    stays = record["fitted_is"] == "the company as it is"
    assert set(record["fitted_changes"]) == (set() if stays else {"market.prospects_per_day", "market.share_ready"})
    assert record["distance"]["after"] <= min(record["distance"][key] for key in ("before", "best_of_search"))


def test_without_wishes_the_usual_parameters_are_fitted(files, capsys):
    assert calibrate(*files, *SMALL, "--json") == 0
    names = [one["parameter"] for one in json.loads(capsys.readouterr().out)["parameters"]]
    assert {"market.prospects_per_day", "channels.search.contacts_max", "segments.*.deal_value_eur"} <= set(names)


def test_only_read_says_what_is_in_the_files_and_runs_nothing(files, monkeypatch, capsys):
    monkeypatch.setattr(simulation, "simulate", None)
    Path("leads.csv").write_text(Path("leads.csv").read_text() + "L0,01-01-2023,search\n")
    assert calibrate(*files, "--only-read") == 0
    out = capsys.readouterr().out
    starts = [line.split()[0] for line in out.splitlines()[:6]]
    assert starts == ["Rows", "States", "Dates", "Money", "Channels", "Joined"]
    assert "leads/2023-02" not in out
    assert "1 row left out: a lead that is there twice; its first contact counts" in out
    assert calibrate(*files, "--only-read", "--all") == 0
    assert "leads/2023-02" in capsys.readouterr().out
    assert calibrate(*files, "--only-read", "--json") == 0
    record = json.loads(capsys.readouterr().out)
    assert set(record) == {"company", "understood", "targets", "left_out", "notes"}
    assert record["left_out"][0]["n"] == 1


def test_after_ctrl_c_the_same_command_goes_on_to_the_same_answer(files, monkeypatch, capsys):
    lived = []

    def simulate(scenario, seed):
        if seed == 40 and seed not in lived:
            lived.append(seed)
            raise KeyboardInterrupt
        lived.append(seed)
        return stand_in_sales.simulate(scenario, seed)

    monkeypatch.setattr(simulation, "simulate", simulate)
    assert calibrate(*files, *SMALL, *FIT, "--out", "fit") == 130
    assert "the same command goes on from there" in capsys.readouterr().err
    assert present_in(Path("fit"))
    assert not Path("fit/report.html").exists()
    assert calibrate(*files, *SMALL, *FIT, "--out", "fit") == 0
    assert not Path("fit-runs").exists()
    before = lived[: lived.index(40)]
    assert not set(before) & set(lived[lived.index(40) + 1 :]) - {0, 1}  # nothing was run twice
    assert calibrate(*files, *SMALL, *FIT, "--out", "uninterrupted") == 0
    for name in ("posterior.csv", "predictions.csv"):
        assert Path("fit", name).read_bytes() == Path("uninterrupted", name).read_bytes()


def test_nothing_is_left_elsewhere_whatever_ends_it(files, monkeypatch):
    """A folder for the time being among those of the system would stay there after a kill: there is none."""
    monkeypatch.setattr("tempfile.tempdir", "/no/such/folder")
    before = set(Path.cwd().iterdir())
    assert calibrate(*files, *SMALL, *FIT, "--out", "fit") == 0
    assert set(Path.cwd().iterdir()) - before == {Path.cwd() / "fit"}


def test_runs_are_kept_until_the_answer_is_written(files, monkeypatch, capsys):
    moved = os.replace

    def full(source: str | Path, target: str | Path) -> None:
        if Path(target).name == "report.html":
            raise OSError(28, "No space left on device")
        moved(source, target)

    with monkeypatch.context() as patched:
        patched.setattr("os.replace", full)
        assert calibrate(*files, *SMALL, *FIT, "--out", "fit") == 4
    said = capsys.readouterr()
    assert "No space left on device" in said.err
    assert "How well it fits" in said.out
    assert len(present_in(Path("fit"))) >= 120
    assert run.main(["status", "fit"]) == 0
    assert "no answer is written; give the command again" in capsys.readouterr().out
    monkeypatch.setattr(simulation, "simulate", None)  # nothing is run again
    assert calibrate(*files, *SMALL, *FIT, "--out", "fit") == 0


def test_other_data_in_the_same_files_do_not_replace_an_answer(files, capsys):
    assert calibrate(*files, *SMALL, *FIT, "--out", "fit") == 0
    Path("leads.csv").write_text(Path("leads.csv").read_text() + "L0,01-01-2023,search\n")
    capsys.readouterr()
    assert calibrate(*files, *SMALL, *FIT, "--out", "fit") == 2
    assert "holds the result of another question" in capsys.readouterr().err


def test_failed_runs_are_told_and_the_rest_counts(files, monkeypatch, capsys):
    def simulate(scenario, seed):
        if seed % 10 == 3:
            raise RuntimeError("no luck")
        return stand_in_sales.simulate(scenario, seed)

    monkeypatch.setattr(simulation, "simulate", simulate)
    assert calibrate(*files, *SMALL, *FIT, "--out", "fit") == 3
    said = capsys.readouterr().err
    assert "runs failed, e.g." in said
    assert "(all lie in fit/failures)" in said
    records = [one for path in Path("fit/failures").iterdir() for one in json.loads(path.read_text())]
    companies = [scenarios.from_resolved(one["company"]) for one in records]  # the one as it is, and fitted ones
    assert len({company.market.share_ready for company in companies}) > 2
    assert all("RuntimeError" in one["traceback"] for one in records)
    assert Path("fit/report.html").exists()


def test_a_company_in_which_nothing_ever_works_is_a_mistake(files, monkeypatch, capsys):
    def simulate(scenario, seed):
        raise RuntimeError("no luck")

    monkeypatch.setattr(simulation, "simulate", simulate)
    assert calibrate(*files, *SMALL, *FIT) == 2
    assert "cannot be fitted" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("--leads", "gone.csv"), "gone.csv cannot be read: No such file or directory"),
        (("--map", "gone.yaml"), "there is no such file"),
        (("--map", "leads.csv"), "leads.csv"),
        (("--deals", "leads.csv"), 'leads.csv has no column "won"'),
        (("--runs", "5"), "runs must be at least 120, not 5"),
        (("--seed", "-1"), "seed must be at least 0"),
        (("--workers", "0"), "workers must be at least 1"),
        (("--fit", "market.share_ready=lots"), "is no range to fit"),
        (("--fit", "market.share_redy=0.1:0.2"), "did you mean market.share_ready"),
        (("--set", "market.share_ready=2"), "at least 0 and at most 1"),
        (("--out", "leads.csv"), "is a file; give a folder"),
        (("--nonsense",), "No such option"),
    ],
)
def test_a_mistake_gets_one_sentence_and_exit_code_2(files, capsys, words, problem):
    assert calibrate(*files, *words) == 2
    said = capsys.readouterr()
    assert problem in said.err
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 1


def test_a_company_that_is_not_there_is_a_mistake(files, capsys):
    assert calibrate(*files, company="fast_simple") == 2
    assert "did you mean fast_simple_market" in capsys.readouterr().err


def test_the_data_of_olist_are_read_as_they_were_counted(capsys):
    """Set OLIST_DATA to the folder with the two files of "Marketing Funnel by Olist" to run this."""
    folder = os.environ.get("OLIST_DATA")
    if not folder:
        pytest.skip("OLIST_DATA does not name the folder with the Olist data")
    words = ["--leads", f"{folder}/olist_marketing_qualified_leads_dataset.csv"]
    words += ["--deals", f"{folder}/olist_closed_deals_dataset.csv"]
    words += ["--map", str(ROOT / "docs/examples/olist_mapping.yaml"), "--only-read", "--json"]
    assert calibrate(*words, company="olist_signup") == 0
    record = json.loads(capsys.readouterr().out)
    counted = {one["target"]: one["value"] for one in record["targets"]}
    assert counted["leads/2018-01"] == 1141
    assert counted["won/2018-02"] == 108
    assert counted["won_share/90d/2018-04"] == pytest.approx(171 / 1352)
    assert {one["reason"]: one["n"] for one in record["left_out"]}["before the window"] == 2002
