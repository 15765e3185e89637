"""Files of a study that were cut, changed or could not be written: noticed, named, and made again."""

import errno
import os
import shutil
import subprocess
from contextlib import contextmanager

import pandas as pd
import pytest

import scenarios
from experiments.designs.variant import Variant
from experiments.observation.kept_outcomes import KeptOutcomes
from experiments.store import atomic_files, run_parts
from experiments.store.folder_lock import LOCK, is_being_written, sole_writer
from experiments.store.manifest import StorageError, check_folder, read_manifest
from experiments.store.results_folder import open_results
from experiments.studies.study import Study, StudyPlan
from scenarios.input_errors import InputError
from tests.small_study import N_RUNS, POINTS, QUICK, SEEDS, parts, rewrite, run_in, run_study, small_study
from tests.stand_in_scenario import failing_while_told, simulate


@pytest.fixture(scope="module")
def whole() -> pd.DataFrame:
    return run_study(small_study()).table


def assert_same(found: pd.DataFrame, wanted: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(found, wanted, check_exact=True)


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def one_bit_changed(content: bytes) -> bytes:
    return bytes([*content[:60], content[60] ^ 1, *content[61:]])


@pytest.mark.parametrize("cripple", [cut, one_bit_changed, lambda content: b"", lambda content: content + b"x"])
def test_a_damaged_part_is_named_and_its_runs_are_made_again(tmp_path, whole, cripple):
    run_in(tmp_path / "s")
    victim = parts(tmp_path / "s")[1]
    n_lost = len(pd.read_parquet(victim))
    victim.write_bytes(cripple(victim.read_bytes()))
    said, progress = [], []
    runs = run_study(small_study(), tmp_path / "s", QUICK, lambda n_done, n_rows: progress.append(n_done), said.append)
    assert len(said) == 1
    assert str(victim) in said[0]
    assert "is damaged" in said[0]
    assert progress[0] == N_RUNS - n_lost
    assert_same(runs.table, whole)
    assert all(part.rows for part in run_parts.parts_in(tmp_path / "s" / "runs"))


def test_a_lost_part_is_made_again(tmp_path, whole):
    run_in(tmp_path / "s")
    parts(tmp_path / "s")[0].unlink()
    assert_same(run_in(tmp_path / "s").table, whole)


@pytest.mark.parametrize("name", ["design.parquet", "manifest.json"])
@pytest.mark.parametrize("is_there", [True, False])
def test_a_lost_or_emptied_design_or_manifest_is_no_loss(tmp_path, whole, name, is_there):
    run_in(tmp_path / "s")
    (tmp_path / "s" / name).write_text("") if is_there else (tmp_path / "s" / name).unlink()
    progress: list[int] = []
    runs = run_study(small_study(), tmp_path / "s", QUICK, lambda n_done, n_rows: progress.append(n_done))
    assert progress[0] == N_RUNS
    assert_same(runs.table, whole)
    assert pd.read_parquet(tmp_path / "s" / "design.parquet").shape == (N_RUNS, 6)


def test_what_a_killed_writer_leaves_behind_is_cleared(tmp_path, whole):
    folder = tmp_path / "s"
    (folder / "runs").mkdir(parents=True)
    for place in (folder, folder / "runs"):
        (place / f"{atomic_files.UNFINISHED}abc").write_bytes(b"half")
    with pytest.raises(InputError, match="no results of ours"):
        check_folder(folder)  # a folder named runs may be anybody's
    (folder / "runs" / f"{atomic_files.UNFINISHED}abc").unlink()
    (folder / "runs").rmdir()
    assert_same(run_in(folder).table, whole)
    assert not list(folder.rglob(f"{atomic_files.UNFINISHED}*"))


def test_a_full_disk_is_told_and_what_was_done_stays(tmp_path, whole, monkeypatch):
    n_written = 0

    def full(path, content):
        nonlocal n_written
        n_written += 1
        if n_written > 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        atomic_files.write_whole(path, content)

    with monkeypatch.context() as patched:
        patched.setattr(run_parts, "write_whole", full)
        with pytest.raises(
            StorageError, match=r"No space left on device\); the \d+ finished runs that lie there are whole"
        ):
            run_in(tmp_path / "s")
    assert len(parts(tmp_path / "s")) == 3
    assert not is_being_written(tmp_path / "s")
    assert_same(run_in(tmp_path / "s").table, whole)


@contextmanager
def mounted(folder, size: str):
    """A disk of so many bytes, where this process may mount one."""
    folder.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], capture_output=True)
    if done.returncode != 0:
        pytest.skip("no disk can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


@pytest.mark.skipif(shutil.which("mount") is None, reason="no disk can be mounted here")
def test_a_disk_that_is_really_full_is_told_and_goes_on_when_there_is_room(tmp_path, whole):
    with mounted(tmp_path / "disk", "60k") as disk:
        with pytest.raises(StorageError, match="No space left on device"):
            run_in(disk / "s")
        assert all(part.rows for part in run_parts.parts_in(disk / "s" / "runs"))
        n_kept = len(parts(disk / "s"))
        assert n_kept > 0
        subprocess.run(["mount", "-o", "remount,size=20m", disk], check=True)
        assert_same(run_in(disk / "s").table, whole)
        assert len(parts(disk / "s")) > n_kept


def test_a_disk_that_fills_up_half_way_through_a_file_leaves_nothing_of_it(tmp_path, monkeypatch):
    def full(handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(atomic_files.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        atomic_files.write_whole(tmp_path / "x", b"1")
    assert list(tmp_path.iterdir()) == []


def test_a_second_writer_is_told_who_the_first_is(tmp_path):
    folder = tmp_path / "s"
    run_in(folder)
    with sole_writer(folder):
        assert is_being_written(folder)
        with pytest.raises(InputError, match=r"is being written by process \d+ on .*; wait for it"):
            run_in(folder)
    assert not is_being_written(folder)


def test_failed_runs_are_kept_with_their_company_and_tried_again(tmp_path, monkeypatch):
    study = small_study(failing_while_told)
    monkeypatch.setenv("WORLD_3_FAILS", "1")
    runs = run_study(study, tmp_path / "s", QUICK)
    assert len(runs.failures) == len(POINTS)
    assert {one.planned.seed for one in runs.failures} == {3}
    assert "nothing to divide by" in runs.failures[0].error
    assert "stand_in_scenario.py" in runs.failures[0].traceback
    (record, *_) = next(run_parts.parts_in(tmp_path / "s" / "failures")).rows
    assert scenarios.from_resolved(record["company"]).practices.crm_coverage == 0.0
    assert record["values"] == {"practices": "defined", "market.turbulence": 0.0, "practices.crm_coverage": 0.0}
    monkeypatch.delenv("WORLD_3_FAILS")
    again = run_study(study, tmp_path / "s", QUICK)
    assert not again.failures
    assert not list((tmp_path / "s" / "failures").iterdir())
    assert_same(again.table, run_study(study).table)


def test_failures_of_another_design_in_the_folder_stay_until_they_are_tried_again(tmp_path, monkeypatch):
    first, second = small_study(failing_while_told), small_study(failing_while_told, seeds=(20, 21))
    monkeypatch.setenv("WORLD_3_FAILS", "1")
    run_study(first, tmp_path / "s", QUICK)
    run_study(second, tmp_path / "s", QUICK)
    kept = [one for part in run_parts.parts_in(tmp_path / "s" / "failures") for one in part.rows]
    assert {one["seed"] for one in kept} == {3}
    assert len(kept) == len(POINTS)
    monkeypatch.delenv("WORLD_3_FAILS")
    run_study(first, tmp_path / "s", QUICK)
    assert not list((tmp_path / "s" / "failures").iterdir())


def test_a_failed_run_of_a_question_in_steps_is_kept_with_its_whole_company(tmp_path, monkeypatch):
    monkeypatch.setenv("WORLD_3_FAILS", "1")
    plan = StudyPlan("roadmap", "reference", KeptOutcomes(("win_rate",)), failing_while_told)
    changed = Variant(scenarios.load("reference"), (("market.turbulence", 1.75),))
    with (
        open_results(tmp_path / "s", "a question", {}) as results,
        Study(plan, QUICK, None, results.archive(print)) as study,
    ):
        table = study.run([changed], [(0, 2), (0, 3)])
    assert (len(table.results), len(table.failures)) == (1, 1)
    (record,) = next(run_parts.parts_in(tmp_path / "s" / "failures")).rows
    again = scenarios.from_resolved(record["company"])
    assert again.market.turbulence == 1.75
    with pytest.raises(ZeroDivisionError):
        failing_while_told(again, record["seed"])


def test_a_study_that_shares_runs_with_an_earlier_one_finds_them(tmp_path):
    run_study(small_study(simulate), tmp_path / "s", QUICK)
    more = pd.concat([POINTS.iloc[[4, 2]], POINTS.assign(**{"market.turbulence": 9.0})], ignore_index=True)
    wider, progress = small_study(simulate, more, (*SEEDS, 77)), []
    runs = run_study(wider, tmp_path / "s", QUICK, lambda n_done, n_rows: progress.append(n_done))
    assert progress[0] == 2 * len(SEEDS)
    assert_same(runs.table, run_study(wider).table)


def test_a_company_that_stands_there_twice_is_run_once(tmp_path):
    twice = pd.concat([POINTS, POINTS], ignore_index=True)
    progress = []
    runs = run_study(
        small_study(simulate, twice), tmp_path / "s", QUICK, lambda n_done, n_rows: progress.append(n_done)
    )
    assert progress[0] == N_RUNS
    assert len(runs.table) == 2 * N_RUNS
    first, second = runs.table.query("point < 6"), runs.table.query("point >= 6")
    assert first["contribution_eur"].tolist() == second["contribution_eur"].tolist()


def reported(folder, small) -> None:
    """The study with a report beside its runs."""
    run_study(small, folder, QUICK)
    with open_results(folder, repr(small), {}) as results:
        results.write({"report.html": b"<p>", "runs.csv": b"1"}, {"conclusion": ["yes"]}, is_complete=True)


def test_a_report_lies_beside_the_runs_and_goes_when_it_is_replaced(tmp_path):
    folder = tmp_path / "s"
    reported(folder, small_study())
    manifest = read_manifest(folder)
    assert (manifest["conclusion"], manifest["question"], manifest["is_complete"]) == (["yes"], "sweep", True)
    assert {"report.html", "runs.csv", "design.parquet"} <= set(manifest["files"])
    run_in(folder)
    assert (folder / "report.html").exists()
    other = small_study(seeds=(1,))
    with open_results(folder, repr(other), {}, replace=True):
        pass
    assert not (folder / "report.html").exists()
    assert "conclusion" not in read_manifest(folder)


def test_the_result_of_another_question_is_not_replaced_in_silence(tmp_path):
    reported(tmp_path / "s", small_study())
    before = {path: path.read_bytes() for path in (tmp_path / "s").rglob("*") if path.is_file() and path.name != LOCK}
    with pytest.raises(InputError, match=r"holds the result of another question \(sweep\).*--replace"):
        run_study(small_study(seeds=(1,)), tmp_path / "s", QUICK)
    assert {path: path.read_bytes() for path in before} == before


def test_a_file_of_somebody_else_in_the_folder_stays(tmp_path):
    run_in(tmp_path / "s")
    (tmp_path / "s" / "notes.txt").write_text("mine")
    run_study(small_study(seeds=(1,)), tmp_path / "s", QUICK)
    reported(tmp_path / "s", small_study(seeds=(1,)))
    assert (tmp_path / "s" / "notes.txt").read_text() == "mine"


def test_a_manifest_cannot_have_files_elsewhere_removed(tmp_path):
    run_in(tmp_path / "s")
    (tmp_path / "thesis.docx").write_text("mine")
    (tmp_path / "s" / "way").symlink_to(tmp_path)
    rewrite(tmp_path / "s", files=["../thesis.docx", str(tmp_path / "thesis.docx"), "way/thesis.docx"])
    run_study(small_study(seeds=(1,)), tmp_path / "s", QUICK)
    assert (tmp_path / "thesis.docx").read_text() == "mine"


@pytest.mark.parametrize("name", ["runs", "failures", "figures"])
def test_a_link_out_of_the_folder_is_refused(tmp_path, name):
    run_in(tmp_path / "s")
    (tmp_path / "elsewhere").mkdir()
    shutil.rmtree(tmp_path / "s" / name, ignore_errors=True)
    (tmp_path / "s" / name).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(InputError, match=f"{name} is a link to elsewhere"):
        run_in(tmp_path / "s")


def test_a_report_of_a_part_of_the_runs_is_not_replaced_in_silence(tmp_path):
    with open_results(tmp_path / "s", "one", {}) as results:
        results.write({"report.html": b"<p>"}, {}, is_complete=False)
    with pytest.raises(InputError, match="another question"), open_results(tmp_path / "s", "another", {}):
        pass
    assert (tmp_path / "s" / "report.html").exists()


@pytest.mark.parametrize("n_moved", [0, 1, 2])
def test_a_report_killed_half_way_leaves_no_file_that_the_manifest_does_not_know(tmp_path, monkeypatch, n_moved):
    class Killed(BaseException):
        """As of a kill: nothing that comes after is done."""

    def replace(old, new, real=os.replace):
        if new.name in "abc" and len(list((tmp_path / "s").glob("?"))) > n_moved:
            raise Killed
        real(old, new)

    with open_results(tmp_path / "s", "one", {}) as results:
        results.write({"old": b"1", "x": b""}, {}, is_complete=True)
        monkeypatch.setattr(os, "replace", replace)
        with pytest.raises(Killed):
            results.write({"a": b"2", "b": b"2", "c": b"2"}, {}, is_complete=True)
    told = read_manifest(tmp_path / "s")
    assert {path.name for path in (tmp_path / "s").glob("[!.]*")} <= {*told["files"]}
    assert not told["is_complete"]


@pytest.mark.parametrize(
    ("code", "said"), [(errno.ENOSPC, "make room and give"), (errno.EACCES, "design.parquet cannot be written")]
)
def test_room_is_only_asked_for_where_it_is_lacking(tmp_path, monkeypatch, code, said):
    def refused(path, content):
        raise OSError(code, os.strerror(code), str(path))

    monkeypatch.setattr("experiments.store.run_archive.write_whole", refused)
    with pytest.raises(StorageError, match=said) as caught:
        run_in(tmp_path / "s")
    assert ("make room" in str(caught.value)) == (code == errno.ENOSPC)
