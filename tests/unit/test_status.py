"""The status of a study is read off its files, also while somebody writes them."""

import json

import pytest

from experiments.folder_lock import sole_writer
from experiments.mistakes import Mistake
from experiments.status import duration, in_short, in_text, seconds_left, status
from tests.small_study import N_RUNS, QUICK, parts, run_in


def test_the_time_left_follows_the_pace_of_the_last_parts():
    assert seconds_left([(0.0, 10), (2.0, 10), (4.0, 10)], 100) == 20
    slow_then_fast = [(100.0 * k, 10) for k in range(5)] + [(500.0 + k, 10) for k in range(30)]
    assert seconds_left(slow_then_fast, 100) == pytest.approx(10)
    assert seconds_left([(0.0, 10), (2.0, 10)], 100) is None


@pytest.mark.parametrize(
    ("seconds", "words"), [(20, "less than a minute"), (200, "about 3 min"), (4000, "about 1 h 7 min")]
)
def test_durations_in_words(seconds, words):
    assert duration(seconds) == words


def test_a_study_under_way_is_seen_from_outside(tmp_path):
    run_in(tmp_path / "s", QUICK)
    for part in parts(tmp_path / "s")[3:]:
        part.unlink()
    with sole_writer(tmp_path / "s"):
        found = status(tmp_path / "s")
        assert found.is_running
        assert 0 < found.n_done < N_RUNS == found.n_done + found.n_missing
        assert "It is running, less than a minute left." in in_text(found)
    told = in_short(status(tmp_path / "s"))
    assert not told["is_running"]
    assert told["seconds_left"] is None


def test_a_study_of_another_model_says_that_all_is_made_again(tmp_path):
    run_in(tmp_path / "s", QUICK)
    manifest = tmp_path / "s" / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"model": "another"}))
    assert "The model has changed since" in in_text(status(tmp_path / "s"))


def test_a_study_cut_short_before_its_design_was_written_is_all_missing(tmp_path):
    run_in(tmp_path / "s", QUICK)
    (tmp_path / "s" / "design.parquet").write_bytes(b"")
    found = status(tmp_path / "s")
    assert (found.n_done, found.n_missing) == (0, N_RUNS)


def test_a_folder_without_a_study_is_a_mistake(tmp_path):
    with pytest.raises(Mistake, match="there is no study in"):
        status(tmp_path)
