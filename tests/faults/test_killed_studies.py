"""A study that is killed at any instant goes on to the same table, with nothing lost and nothing double."""

import multiprocessing
import os
import random
import signal
import time
from pathlib import Path

import pandas as pd
import pytest

from experiments.execution.runner import Settings
from experiments.store.run_archive import present_in
from experiments.store.run_parts import parts_in
from tests.nursery import nursery
from tests.small_study import N_RUNS, QUICK, real_study, run_in, run_real_in, run_study, search_in, small_study

N_KILLS = 30

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs a process that forks")


@pytest.fixture(scope="module")
def uninterrupted() -> pd.DataFrame:
    return run_study(small_study(), settings=QUICK).table


@pytest.fixture(scope="module", name="nursery")
def started_nursery():
    return nursery()


def started(nursery, folder: Path):
    process = nursery.Process(target=run_in, args=(folder,))
    process.start()
    return process


def n_present(folder: Path) -> int:
    """Runs that a study's folder holds so far."""
    return len(present_in(folder)) if (folder / "runs").exists() else 0


def assert_same(found: pd.DataFrame, wanted: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(found, wanted, check_exact=True)


def test_killed_at_thirty_instants_it_ends_with_the_same_table(nursery, uninterrupted, tmp_path):
    chance = random.Random(1)
    process = started(nursery, tmp_path / "whole")
    began = time.perf_counter()
    process.join()
    duration = time.perf_counter() - began
    n_killed, n_finished, mid_way = 0, 0, 0
    while n_killed < N_KILLS:
        folder = tmp_path / str(n_finished)
        process = started(nursery, folder)
        process.join(chance.uniform(0, duration))
        process.kill()
        process.join()
        if process.exitcode == 0:
            assert_same(run_in(folder).table, uninterrupted)
            n_finished += 1
        else:
            n_killed += 1
            mid_way += 0 < n_present(folder) < N_RUNS
    assert mid_way >= 5, "the kills did not meet the study at work"
    assert_same(run_in(folder).table, uninterrupted)


def test_killed_with_the_real_engine_it_ends_with_the_same_table(nursery, tmp_path):
    wanted = run_study(real_study(), settings=QUICK).table
    for share in (0.3, 0.7):
        process = nursery.Process(target=run_real_in, args=(tmp_path / "s",))
        process.start()
        while process.is_alive() and n_present(tmp_path / "s") < share * len(wanted):
            time.sleep(0.002)
        process.kill()
        process.join()
    assert len(present_in(tmp_path / "s")) >= 0.7 * len(wanted)
    assert_same(run_real_in(tmp_path / "s").table, wanted)


def test_a_question_in_steps_ends_with_the_same_answer_however_often_it_is_killed(nursery, tmp_path):
    """Its steps lie in one folder, and the later ones are chosen by what the earlier ones have found."""
    wanted, chance, folder, n_seen = search_in(None), random.Random(3), tmp_path / "s", [0]
    while True:
        process, further = nursery.Process(target=search_in, args=(folder,)), chance.randint(2, 14)
        process.start()
        while process.is_alive() and n_present(folder) < n_seen[-1] + further:
            time.sleep(0.002)
        process.kill()
        process.join()
        if process.exitcode == 0:
            break
        assert process.exitcode == -signal.SIGKILL
        n_seen.append(n_present(folder))
    assert len(n_seen) >= 4, "the kills did not meet the search at work"
    assert n_seen == sorted(n_seen)
    found = search_in(folder)
    assert [one.values for one in found.tried] == [one.values for one in wanted.tried]
    assert found.front == wanted.front
    for one, other in zip([*found.tried, *found.again], [*wanted.tried, *wanted.again], strict=True):
        assert one.gains.tolist() == other.gains.tolist()


def test_nothing_is_run_twice_after_a_kill(nursery, uninterrupted, tmp_path):
    folder = tmp_path / "killed"
    process = started(nursery, folder)
    while n_present(folder) < 20 and process.is_alive():
        time.sleep(0.005)
    process.kill()
    process.join()
    kept = present_in(folder)
    seen: list[int] = []
    runs = run_study(small_study(), folder, QUICK, lambda n_done, n_rows: seen.append(n_done))
    assert seen[0] == len(kept) >= 20
    assert_same(runs.table, uninterrupted)
    assert len(present_in(folder)) == N_RUNS == sum(part.rows.num_rows for part in parts_in(folder / "runs"))


def test_killed_workers_cost_nothing(uninterrupted, tmp_path):
    """Workers die at random instants while the study goes on; the rows they had are run again.

    A row whose worker is killed again while it is tried alone counts as failed, until the study is resumed.
    """
    chance = random.Random(2)
    instants = sorted(chance.sample(range(5, N_RUNS - 15), 3))
    killed: list[int | None] = []

    def kill_now_and_then(n_done: int, n_rows: int) -> None:
        workers = multiprocessing.active_children()
        if workers and instants and n_done >= instants[0]:
            instants.pop(0)
            time.sleep(chance.uniform(0, 0.004))
            victim = chance.choice(workers)
            victim.kill()
            killed.append(victim.pid)

    settings = Settings(workers=2, batch_s=0.0, pool_s=-1.0)
    runs = run_study(small_study(), tmp_path / "study", settings, kill_now_and_then)
    assert len(killed) == 3
    assert len(runs.table) + len(runs.failures) == N_RUNS
    assert all("died twice" in failure.error for failure in runs.failures)
    again = run_in(tmp_path / "study")
    assert not again.failures
    assert_same(again.table, uninterrupted)


@pytest.mark.usefixtures("ctrl_c")
def test_ctrl_c_keeps_what_is_done(uninterrupted, tmp_path):
    def interrupt(n_done: int, n_rows: int) -> None:
        if n_done == 25:
            os.kill(os.getpid(), signal.SIGINT)

    runs = run_study(small_study(), tmp_path / "s", QUICK, interrupt)
    assert runs.is_interrupted
    assert 24 <= len(runs.table) < N_RUNS
    assert len(present_in(tmp_path / "s")) == len(runs.table)
    again = run_in(tmp_path / "s")
    assert not again.is_interrupted
    assert_same(again.table, uninterrupted)
