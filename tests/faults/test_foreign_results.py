"""Folders, parts, manifests and links of somebody else in place of ours."""

import hashlib
import io
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from experiments.store.folder_lock import LOCK, is_being_written, sole_writer
from experiments.store.manifest import StorageError, read_manifest
from experiments.store.results_folder import open_results
from scenarios.input_errors import InputError
from tests.small_study import N_RUNS, QUICK, parts, rewrite, run_in, run_study, small_study


@pytest.fixture(scope="module")
def whole() -> pd.DataFrame:
    return run_study(small_study()).table


def assert_same(found: pd.DataFrame, wanted: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(found, wanted, check_exact=True)


def test_a_folder_of_somebody_else_is_refused(tmp_path):
    (tmp_path / "thesis.docx").write_text("x")
    with pytest.raises(InputError, match="no results of ours"):
        run_in(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


# --- files that are not what they say ---


def put(folder, name: str, content: bytes) -> None:
    """A file of somebody else whose name says that it is whole."""
    stem, kind = name.split(".")
    (folder / f"{stem}-{hashlib.sha256(content).hexdigest()[:16]}.{kind}").write_bytes(content)


def parquet_of(**columns) -> bytes:
    table = pd.DataFrame(columns)
    content = io.BytesIO()
    table.to_parquet(content, index=False)
    return content.getvalue()


ROW = {"run": ["x"], "seed": [1], "contribution_eur": [0.5], "win_rate": [0.5], "zeal": [0.5]}


def twice_the_same_column() -> bytes:
    content = io.BytesIO()
    pq.write_table(pa.table([*ROW.values(), [0.5]], [*ROW, "win_rate"]), content)
    return content.getvalue()


def with_broken_pages() -> bytes:
    """Its footer is whole, and what it speaks of is not."""
    content = parquet_of(**ROW)
    n_footer = int.from_bytes(content[-8:-4], "little") + 8
    return content[:4] + b"\x55" * (len(content) - n_footer - 4) + content[-n_footer:]


@pytest.mark.parametrize(
    ("inside", "name", "content"),
    [
        ("runs", "part-000900.parquet", b"no parquet at all"),
        ("runs", "part-000900.parquet", parquet_of(seed=[1], win_rate=[0.5])),
        ("runs", "part-000900.parquet", parquet_of(run=["x"], seed=[1], win_rate=["high"])),
        ("runs", "part-000900.parquet", parquet_of(run=["x"], seed=[1], another=[0.5])),
        ("runs", "part-000900.parquet", parquet_of(**ROW | {"win_rate": np.float32([0.5])})),
        ("runs", "part-000900.parquet", parquet_of(**ROW, point=[0.5])),
        ("runs", "part-000900.parquet", twice_the_same_column()),
        ("runs", "part-000900.parquet", with_broken_pages()),
        ("failures", "part-000900.json", b"{"),
        ("failures", "part-000900.json", b'{"run": "x"}'),
        ("failures", "part-000900.json", b'[{"run": 3}]'),
        ("failures", "part-000900.json", b"[" * 100_000),
    ],
)
def test_a_part_of_somebody_else_is_named_and_removed(tmp_path, whole, inside, name, content):
    run_in(tmp_path / "s")
    (tmp_path / "s" / inside).mkdir(exist_ok=True)
    put(tmp_path / "s" / inside, name, content)
    said: list[str] = []
    runs = run_study(small_study(), tmp_path / "s", QUICK, tell=said.append)
    assert len(said) == 1
    assert "part-000900" in said[0]
    assert_same(runs.table, whole)


def test_a_part_that_lacks_a_column_does_not_become_unknown_numbers(tmp_path, whole):
    run_in(tmp_path / "s")
    victim = parts(tmp_path / "s")[1]
    short = pd.read_parquet(victim).drop(columns="win_rate")
    victim.unlink()
    put(tmp_path / "s" / "runs", "part-000001.parquet", parquet_of(**short))
    said: list[str] = []
    assert_same(run_study(small_study(), tmp_path / "s", QUICK, tell=said.append).table, whole)
    assert "lacks what was measured" in said[0]


@pytest.mark.parametrize("measured", [3, [[1]], ["zzz"], {"win_rate": 1}, None])
def test_a_manifest_that_is_wrong_about_what_is_measured_costs_no_runs(tmp_path, whole, measured):
    run_in(tmp_path / "s")
    rewrite(tmp_path / "s", measured=measured)
    progress: list[int] = []
    runs = run_study(small_study(), tmp_path / "s", QUICK, lambda n_done, n_rows: progress.append(n_done))
    assert progress[0] == N_RUNS
    assert_same(runs.table, whole)


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000, "manifest.json/x", "\ud800", ".", "..", ""])
def test_a_manifest_with_names_that_no_file_can_have_is_put_up_with(tmp_path, name):
    run_in(tmp_path / "s")
    rewrite(tmp_path / "s", files=[name])
    with open_results(tmp_path / "s", repr(small_study()), {}) as results:
        results.write({"report.html": b"<p>"}, {}, is_complete=True)
    assert read_manifest(tmp_path / "s")["files"] == ["design.parquet", "manifest.json", "report.html"]


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo])
def test_a_folder_or_a_pipe_in_place_of_a_part_is_left_alone(tmp_path, whole, make):
    run_in(tmp_path / "s")
    make(tmp_path / "s" / "runs" / f"part-000700-{'0' * 16}.parquet")
    assert_same(run_in(tmp_path / "s").table, whole)


@pytest.mark.parametrize("content", ["[" * 100_000, "[]", '{"kind": 3}', '{"kind": "revenue-together results"}'])
def test_a_manifest_of_another_kind_is_none_of_ours(tmp_path, content):
    run_in(tmp_path / "s")
    (tmp_path / "s" / "manifest.json").write_text(content)
    assert read_manifest(tmp_path / "s") == {}
    run_in(tmp_path / "s")
    assert read_manifest(tmp_path / "s")["question"] == "sweep"


def test_a_link_in_place_of_the_lock_is_refused_and_what_it_points_at_stays(tmp_path):
    run_in(tmp_path / "s")
    (tmp_path / "thesis.docx").write_text("mine")
    (tmp_path / "s" / LOCK).unlink()
    (tmp_path / "s" / LOCK).symlink_to(tmp_path / "thesis.docx")
    with pytest.raises(InputError, match="it is a link"):
        run_in(tmp_path / "s")
    assert (tmp_path / "thesis.docx").read_text() == "mine"
    assert not is_being_written(tmp_path / "s")


def test_a_folder_in_place_of_the_lock_is_told(tmp_path):
    run_in(tmp_path / "s")
    (tmp_path / "s" / LOCK).unlink()
    (tmp_path / "s" / LOCK).mkdir()
    with pytest.raises(InputError, match="which keeps others out, cannot be written"):
        run_in(tmp_path / "s")


def test_a_folder_in_place_of_the_manifest_is_told(tmp_path):
    run_in(tmp_path / "s")
    (tmp_path / "s" / "manifest.json").unlink()
    (tmp_path / "s" / "manifest.json").mkdir()
    with pytest.raises(StorageError, match="cannot be written"):
        run_in(tmp_path / "s")


def test_whoever_comes_second_takes_nothing_away(tmp_path):
    """Another command for a folder in which a study is under way: its manifest and its runs stay."""
    run_in(tmp_path / "s")
    before = (tmp_path / "s" / "manifest.json").read_bytes()
    with sole_writer(tmp_path / "s"), pytest.raises(InputError, match="is being written by process"):
        run_study(small_study(seeds=(1,)), tmp_path / "s", QUICK)
    assert (tmp_path / "s" / "manifest.json").read_bytes() == before
