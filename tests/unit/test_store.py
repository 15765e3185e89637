"""A folder of results can be read without us, appears whole or not at all, and never swallows other people's files."""

import json
import os
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import scenarios
from experiments.execution.runner import Settings
from experiments.questions.compare.ask import Plan, compare
from experiments.questions.compare.figures import exhibits
from experiments.questions.compare.result import Comparison
from experiments.reporting import results_folder as store
from experiments.reporting.figure_style import Exhibit
from experiments.store.provenance import Provenance, provenance
from scenarios.input_errors import InputError
from simulation import simulate
from tests import stand_in_company as stand_in

MADE = Provenance("python run.py compare", "2026-11-22T10:00:00+00:00", "abc", None, {"numpy": "2"})


@cache
def found(simulate=stand_in.simulate_scenario) -> Comparison:
    return compare("reference", Plan(runs=6, seed=2), Settings(workers=1, simulate=simulate))


@cache
def drawn(simulate=stand_in.simulate_scenario) -> list[Exhibit]:
    return exhibits(found(simulate))


def saved(folder: Path, simulate=stand_in.simulate_scenario) -> Path:
    return store.save(found(simulate), drawn(simulate), "<html>", MADE, folder)


def listing(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_everything_is_there_and_listed(tmp_path):
    folder = saved(tmp_path / "a" / "results")
    files = listing(folder)
    assert {
        "manifest.json",
        "runs.csv",
        "runs.parquet",
        "types.csv",
        "summary.csv",
        "pairs.csv",
        "report.html",
    } <= files
    assert {f"figures/{exhibit.name}.csv" for exhibit in drawn()} <= files
    assert set(json.loads((folder / "manifest.json").read_text())["files"]) == files
    assert [path.name for path in folder.parent.iterdir()] == ["results"]


def test_parquet_and_csv_hold_the_same_runs(tmp_path):
    folder = saved(tmp_path / "r")
    parquet, csv = pd.read_parquet(folder / "runs.parquet"), pd.read_csv(folder / "runs.csv")
    pd.testing.assert_frame_equal(parquet, found().runs)
    pd.testing.assert_frame_equal(parquet, csv, rtol=1e-12)


def test_the_manifest_is_enough_to_make_it_again(tmp_path):
    told = json.loads((saved(tmp_path / "r") / "manifest.json").read_text(encoding="utf-8"))
    again = {variant: scenarios.from_resolved(values) for variant, values in told["variants"].items()}
    assert again == dict(found().variants)
    assert told["seeds"] == [2, 3, 4, 5, 6, 7]
    assert told["command"] == "python run.py compare"
    assert told["answer"] == list(found().answer)
    assert told["outcomes"]["win_rate"]["unit"] == "share"


def test_failures_lie_beside_with_their_trace(tmp_path):
    folder = saved(tmp_path / "r", stand_in.failing_in_worlds_3_and_4)
    failures = json.loads((folder / "failures.json").read_text())
    assert [one["planned"]["seed"] for one in failures] == [3, 4]
    assert "ZeroDivisionError" in failures[0]["error"]
    assert "stand_in_company.py" in failures[0]["traceback"]


def test_results_of_ours_are_replaced_but_other_files_stay(tmp_path):
    folder = saved(tmp_path / "r", stand_in.failing_in_worlds_3_and_4)
    (folder / "notes.txt").write_text("mine")
    (folder / "more").mkdir()
    (folder / "more" / "x.csv").write_text("mine too")
    saved(folder)
    assert (folder / "notes.txt").read_text() == "mine"
    assert (folder / "more" / "x.csv").read_text() == "mine too"
    assert not (folder / "failures.json").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["r"]


@pytest.mark.parametrize("content", ["thesis.docx", "manifest.json"])
def test_a_folder_of_somebody_else_is_refused(tmp_path, content):
    (tmp_path / content).write_text('{"kind": "something else"}')
    for attempt in (store.check_folder, saved):
        with pytest.raises(InputError, match="holds files that are no results of ours"):
            attempt(tmp_path)
    assert listing(tmp_path) == {content}


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "x").write_text("")
    with pytest.raises(InputError, match="is a file"):
        store.check_folder(tmp_path / "x")
    with pytest.raises(InputError, match="is a file, not a folder"):
        store.check_folder(tmp_path / "x" / "below")


def test_the_current_folder_is_not_pulled_away(tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    for folder in (Path(), tmp_path):
        with pytest.raises(InputError, match=r"is the current folder|holds files"):
            store.check_folder(folder)


def test_an_empty_folder_is_used(tmp_path):
    store.check_folder(tmp_path)
    (tmp_path / "r").mkdir()
    assert "manifest.json" in listing(saved(tmp_path / "r"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_place_that_cannot_be_written_is_refused(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(InputError, match="cannot be written"):
        store.check_folder(tmp_path / "r")


def test_a_writer_that_fails_half_way_leaves_the_old_results_and_nothing_else(tmp_path, monkeypatch):
    folder = saved(tmp_path / "r")
    before = {name: (folder / name).read_bytes() for name in listing(folder)}

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("experiments.reporting.results_folder._write_json", full)
    with pytest.raises(InputError, match="No space left on device"):
        saved(folder)
    assert {name: (folder / name).read_bytes() for name in listing(folder)} == before
    assert [path.name for path in tmp_path.iterdir()] == ["r"]


@pytest.mark.parametrize(
    ("company", "folder"),
    [
        ("reference", "reference-compare"),
        ("A & B / c", "A-B-c-compare"),
        ("..", "company-compare"),
        ("", "company-compare"),
    ],
)
def test_the_default_folder_is_named_after_the_company(company, folder):
    assert store.default_folder(company) == Path("results") / folder


def test_unknown_and_infinite_numbers_become_null():
    odd = {"a": np.nan, "b": (np.inf, np.float64(1.5)), "c": np.int64(3), 4: None, "d": np.bool_(True)}
    assert store.plain(odd) == {"a": None, "b": [None, 1.5], "c": 3, "4": None, "d": True}


def test_in_short_is_valid_json():
    told = json.loads(json.dumps(store.plain(store.in_short(found())), allow_nan=False))
    assert told["types"][0]["variant"] == "integrated"
    assert len(told["pairs"]) == 6


def test_one_run_can_be_kept(tmp_path):
    run = simulate(scenarios.load("reference", changes={"run.quarters": 1, "market.prospects_per_day": 6}), 3)
    folder = store.save_run(run, MADE, tmp_path / "run")
    days = pd.read_parquet(folder / "days.parquet")
    assert len(days) == run.scenario.days
    assert list(days["day"][:2]) == [0, 1]
    assert days["n_won"].sum() == run.daily["n_won"].sum()
    assert len(pd.read_csv(folder / "segments.csv")) == len(run.scenario.segments)
    assert pd.read_csv(folder / "run.csv")["n_won"].iloc[0] == run.outcomes["n_won"]
    assert json.loads((folder / "outcomes.json").read_text())["win_rate"] == run.outcomes["win_rate"]
    assert json.loads((folder / "manifest.json").read_text())["seed"] == 3
    store.check_folder(folder)


def test_provenance_names_command_versions_and_model():
    made = provenance(["compare", "my company.yaml"])
    assert made.command == "python run.py compare 'my company.yaml'"
    assert {"python", "numpy", "mesa", "numba"} <= set(made.versions)
    assert made.model
