"""A folder of results can be read without us, appears whole or not at all, and never swallows other people's files."""

import errno
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import scenarios
from experiments.designs.run_table import PlannedRun
from experiments.execution.runner import RunTable, Settings
from experiments.execution.worker import Batch, FinishedRun
from experiments.questions.compare.ask import CompareQuestion
from experiments.questions.compare.result import Comparison
from experiments.reporting.run_files import write_run
from experiments.store import results_folder
from experiments.store.folder_lock import is_being_written
from experiments.store.manifest import StorageError, check_folder, default_folder, plain, read_manifest
from experiments.store.provenance import provenance
from experiments.store.results_folder import open_usual
from experiments.store.run_archive import RunArchive, present_in, runs_of
from scenarios.input_errors import InputError
from simulation import OUTCOMES, simulate
from tests import stand_in_company as stand_in
from tests.asking import QUICK, kept, result_of

QUESTION = CompareQuestion("reference", runs=6, seed=2)


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return result_of(QUESTION)


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> Path:
    """A folder with a report, to be copied."""
    return saved(tmp_path_factory.mktemp("store") / "r")


def saved(folder: Path, simulate=stand_in.simulate_scenario) -> Path:
    assert kept(QUESTION, folder, Settings(workers=1, simulate=simulate)).trouble is None
    return folder


@pytest.fixture
def folder(written, tmp_path) -> Path:
    return Path(shutil.copytree(written, tmp_path / "r"))


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in listing(folder)}


def listing(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_everything_is_there_and_listed(tmp_path, comparison):
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
    assert {f"figures/{name}.csv" for name in comparison.figures()} <= files
    own = {name for name in files if not name.startswith("runs/") and name != ".writing"}
    assert set(json.loads((folder / "manifest.json").read_text())["files"]) == own
    assert [path.name for path in folder.parent.iterdir()] == ["results"]


def test_parquet_and_csv_hold_the_same_runs(folder, comparison):
    parquet, csv = pd.read_parquet(folder / "runs.parquet"), pd.read_csv(folder / "runs.csv")
    numbers = ["variant", "seed", *(name for name in OUTCOMES if name in parquet)]
    pd.testing.assert_frame_equal(parquet[numbers], comparison.runs[numbers], check_exact=True)
    pd.testing.assert_frame_equal(parquet[numbers], csv[numbers], rtol=1e-12)


def test_the_manifest_is_enough_to_make_it_again(folder, comparison):
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    again = {variant: scenarios.from_resolved(values) for variant, values in manifest["variants"].items()}
    assert again == dict(comparison.variants)
    assert manifest["seeds"] == [2, 3, 4, 5, 6, 7]
    assert manifest["conclusion"] == list(comparison.conclusion)
    assert manifest["question"] == "compare"


def test_failures_lie_beside_with_their_trace(tmp_path):
    folder = saved(tmp_path / "r", stand_in.failing_in_worlds_3_and_4)
    failures = json.loads((folder / "failures.json").read_text())
    assert [one["planned"]["seed"] for one in failures] == [3, 4]
    assert "ZeroDivisionError" in failures[0]["error"]
    assert "stand_in_company.py" in failures[0]["traceback"]


def test_the_same_question_writes_its_report_anew_and_other_files_stay(folder):
    (folder / "notes.txt").write_text("mine")
    (folder / "more").mkdir()
    (folder / "more" / "x.csv").write_text("mine too")
    (folder / "report.html").write_text("old")
    saved(folder)
    assert (folder / "notes.txt").read_text() == "mine"
    assert (folder / "more" / "x.csv").read_text() == "mine too"
    assert (folder / "report.html").read_text() != "old"


def test_another_question_replaces_nothing_unless_it_may(folder):
    before = contents(folder)
    other = CompareQuestion("reference", runs=6, seed=3)
    with pytest.raises(InputError, match="holds the result of another question"):
        kept(other, folder)
    assert contents(folder) == before
    kept(other, folder, may_replace=True)
    assert json.loads((folder / "manifest.json").read_text())["seeds"][0] == 3


def test_agents_of_ones_own_make_it_another_question(folder):
    with pytest.raises(InputError, match="holds the result of another question"):
        saved(folder, stand_in.failing_in_worlds_3_and_4)


def test_two_questions_at_once_take_a_folder_each(tmp_path, monkeypatch):
    """Also where the folder is taken between the look at it and the attempt to hold it."""
    monkeypatch.chdir(tmp_path)
    looks = iter([False, False])
    monkeypatch.setattr(
        results_folder, "is_being_written", lambda folder: next(looks, True) and is_being_written(folder)
    )
    with open_usual("mine", "compare", "one", {}) as first, open_usual("mine", "compare", "two", {}) as second:
        assert [first.folder.name, second.folder.name] == ["mine-compare", "mine-compare-2"]
        with pytest.raises(InputError, match="is being written by process"), open_usual("mine", "compare", "one", {}):
            pass


@pytest.mark.parametrize("is_complete", [True, False])
def test_a_result_of_a_part_of_the_runs_does_not_call_itself_complete(tmp_path, comparison, is_complete):
    part = replace(comparison, is_interrupted=not is_complete)
    assert read_manifest(part.report(tmp_path / "r"))["is_complete"] == is_complete


@pytest.mark.parametrize("content", ["thesis.docx", "manifest.json"])
def test_a_folder_of_somebody_else_is_refused(tmp_path, content):
    (tmp_path / content).write_text('{"kind": "something else"}')
    for attempt in (check_folder, saved):
        with pytest.raises(InputError, match="holds files that are no results of ours"):
            attempt(tmp_path)
    assert listing(tmp_path) == {content}


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "x").write_text("")
    with pytest.raises(InputError, match="is a file"):
        check_folder(tmp_path / "x")
    with pytest.raises(InputError, match="is a file, not a folder"):
        check_folder(tmp_path / "x" / "below")


def test_the_current_folder_is_not_pulled_away(tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    for folder in (Path(), tmp_path):
        with pytest.raises(InputError, match=r"is the current folder|holds files"):
            check_folder(folder)


def test_an_empty_folder_is_used(tmp_path):
    check_folder(tmp_path)
    (tmp_path / "r").mkdir()
    assert "manifest.json" in listing(saved(tmp_path / "r"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_place_that_cannot_be_written_is_refused(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(InputError, match="cannot be written"):
        check_folder(tmp_path / "r")


def full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_report_that_cannot_be_written_leaves_the_old_one_and_costs_no_result(folder, monkeypatch):
    before = contents(folder)
    monkeypatch.setattr(results_folder.tempfile, "mkdtemp", full)
    answered = kept(QUESTION, folder)
    assert isinstance(answered.trouble, StorageError)
    assert "finished runs are safe" in str(answered.trouble)
    assert answered.result.best == "integrated"
    changed = {name for name, content in contents(folder).items() if before.get(name) != content}
    assert changed <= {"manifest.json", ".writing"}  # it says when and by which command it was last asked


def test_a_fault_in_the_report_costs_neither_runs_nor_result(tmp_path, monkeypatch):
    def broken(*_: object) -> None:
        raise OverflowError("math range error")

    monkeypatch.setattr("experiments.questions.compare.report.exhibits", broken)
    answered = kept(QUESTION, tmp_path / "r")
    assert isinstance(answered.trouble, OverflowError)
    assert answered.result.conclusion[0].startswith("6 replications say too little")
    monkeypatch.undo()
    seen: list[int] = []
    kept(QUESTION, tmp_path / "r", QUICK, lambda n_done, n_runs: seen.append(n_done))
    assert seen == [24]  # nothing was run again


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
    assert default_folder(company, "compare") == Path("results") / folder


def test_unknown_and_infinite_numbers_become_null():
    odd = {"a": np.nan, "b": (np.inf, np.float64(1.5)), "c": np.int64(3), 4: None, "d": np.bool_(True)}
    assert plain(odd) == {"a": None, "b": [None, 1.5], "c": 3, "4": None, "d": True}


def test_the_conclusion_for_programs_is_valid_json(folder):
    record = json.loads((folder / "conclusion.json").read_text())
    assert record["types"][0]["variant"] == "integrated"
    assert len(record["pairs"]) == 6


def test_one_run_can_be_kept(tmp_path):
    run = simulate(scenarios.load("reference", changes={"run.quarters": 1, "market.prospects_per_day": 6}), 3)
    folder = tmp_path / "run"
    write_run(run, folder, ["run"], replace=False)
    days = pd.read_parquet(folder / "days.parquet")
    assert len(days) == run.scenario.days
    assert list(days["day"][:2]) == [0, 1]
    assert days["n_won"].sum() == run.daily["n_won"].sum()
    assert len(pd.read_csv(folder / "segments.csv")) == len(run.scenario.segments)
    assert pd.read_csv(folder / "run.csv")["n_won"].iloc[0] == run.outcomes["n_won"]
    assert json.loads((folder / "outcomes.json").read_text())["win_rate"] == run.outcomes["win_rate"]
    assert json.loads((folder / "manifest.json").read_text())["seed"] == 3
    check_folder(folder)
    with pytest.raises(InputError, match="another question"):
        kept(QUESTION, folder)


def test_provenance_names_command_versions_and_model():
    made = provenance(["compare", "my company.yaml"])
    assert made.command == "python run.py compare 'my company.yaml'"
    assert {"python", "numpy", "mesa", "numba"} <= set(made.versions)
    assert made.model


def test_a_long_study_is_written_in_larger_parts_and_little_is_ever_unwritten(tmp_path):
    n, kept_s = 400, []
    design = pd.DataFrame({"run": [f"{k:032x}" for k in range(n)], "point": range(n), "seed": 0})
    planned = [PlannedRun(k, str(k), 0) for k in range(n)]

    def run(missing, on_progress, keep):
        for k, one in enumerate(missing):
            keep(Batch([FinishedRun(one, {"contribution_eur": float(k)})], seconds=1.0))
            kept_s.append(len(present_in(tmp_path)))
        return RunTable()

    archive = RunArchive(tmp_path, print, part_s=0.5)
    assert not archive.complete(design, planned, run, lambda *_: None, lambda _: {})
    assert all(made - written <= max(1.0, 0.05 * made) for made, written in enumerate(kept_s, 1))
    assert len(list(tmp_path.glob("runs/part-*"))) < n / 4
    assert runs_of(tmp_path, design)["contribution_eur"].tolist() == [float(k) for k in range(n)]
