"""The status of a study is read off its files, also while somebody writes them."""

import math
import os

import pandas as pd
import pytest

from experiments.store.folder_lock import LOCK, sole_writer
from experiments.store.results_folder import ResultsFolder
from experiments.studies.study_status import as_record, in_text, seconds_left, status
from experiments.wording.numbers import duration
from scenarios.input_errors import InputError
from tests.small_study import N_RUNS, QUICK, parts, rewrite, run_in


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
        os.utime(tmp_path / "s" / LOCK, (2e9, 2e9))  # the parts are of an earlier attempt: nothing is known of the pace
        assert status(tmp_path / "s").left_s is None
        os.utime(tmp_path / "s" / LOCK, (0, 0))
        seen = status(tmp_path / "s")
        assert seen.is_running
        assert 0 < seen.n_done < N_RUNS == seen.n_done + seen.n_missing
        assert "It is running, less than a minute left." in in_text(seen)
    record = as_record(status(tmp_path / "s"))
    assert not record["is_running"]
    assert record["seconds_left"] is None


def test_runs_that_are_all_done_are_no_answer(tmp_path):
    """A question may decide by what it has seen what to run next, or have been killed before it wrote its report."""
    run_in(tmp_path / "s", QUICK)
    assert "no answer is written; give the command again" in in_text(status(tmp_path / "s"))
    ResultsFolder(tmp_path / "s").write({"report.html": b"<p>"}, {}, is_complete=True)
    assert in_text(status(tmp_path / "s")).endswith("It is complete.")


def test_a_part_that_goes_while_it_is_looked_at_is_no_fault(tmp_path, monkeypatch):
    run_in(tmp_path / "s", QUICK)
    gone = parts(tmp_path / "s")[1]
    real = type(gone).read_bytes

    def read_bytes(path):
        if path == gone:
            path.unlink(missing_ok=True)
        return real(path)

    monkeypatch.setattr(type(gone), "read_bytes", read_bytes)
    assert 0 < status(tmp_path / "s").n_done < N_RUNS


def test_a_study_of_another_model_says_that_all_is_made_again(tmp_path):
    run_in(tmp_path / "s", QUICK)
    rewrite(tmp_path / "s", made_with="another")
    assert "The model, Python or a library has changed since" in in_text(status(tmp_path / "s"))


def test_a_study_cut_short_before_its_design_was_written_is_all_missing(tmp_path):
    run_in(tmp_path / "s", QUICK)
    (tmp_path / "s" / "design.parquet").write_bytes(b"")
    seen = status(tmp_path / "s")
    assert (seen.n_done, seen.n_missing) == (0, N_RUNS)


@pytest.mark.parametrize("n_runs", ["many", [1], {}, 1e400])
def test_a_number_of_runs_that_is_none_is_put_up_with(tmp_path, n_runs):
    run_in(tmp_path / "s", QUICK)
    rewrite(tmp_path / "s", n_runs=n_runs)
    assert status(tmp_path / "s").n_runs == N_RUNS


@pytest.mark.parametrize(
    "columns",
    [
        {"run": [["x"]], "point": [0], "seed": [0]},
        {"run": ["x"], "point": [[0]], "seed": [0]},
        {"run": ["x"], "point": [0], "seed": [math.nan]},
        {"seed": [0]},
    ],
)
def test_a_design_of_somebody_else_is_put_up_with(tmp_path, columns):
    run_in(tmp_path / "s", QUICK)
    pd.DataFrame(columns).to_parquet(tmp_path / "s" / "design.parquet")
    seen = status(tmp_path / "s")
    assert (seen.n_done, seen.n_runs) == (0, N_RUNS)


def test_an_answered_question_lacks_no_runs_that_it_might_have_asked_for(tmp_path):
    run_in(tmp_path / "s", QUICK)
    rewrite(tmp_path / "s", n_runs=500)
    assert status(tmp_path / "s").n_missing == 500 - N_RUNS
    rewrite(tmp_path / "s", is_complete=True)
    assert status(tmp_path / "s").n_missing == 0


def test_a_study_that_grows_does_not_say_how_long_it_will_take(tmp_path):
    run_in(tmp_path / "s", QUICK)
    rewrite(tmp_path / "s", n_runs=None)
    with sole_writer(tmp_path / "s"):
        os.utime(tmp_path / "s" / LOCK, (0, 0))
        said = in_text(status(tmp_path / "s"))
    assert "60 of the 60 runs so far done" in said
    assert "how many more runs the wished precision takes is not known" in said


def test_a_folder_without_a_study_is_a_mistake(tmp_path):
    with pytest.raises(InputError, match="there is no study in"):
        status(tmp_path)
