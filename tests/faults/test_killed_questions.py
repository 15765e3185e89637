"""Whole questions killed at random instants go on to the same answer as if nothing had happened."""

import os
import random
import signal
import time
from pathlib import Path

import pandas as pd
import pytest

from experiments.execution.runner import Settings
from experiments.questions.question import Question
from experiments.store.run_archive import present_in
from tests.asking import kept
from tests.nursery import nursery

N_KILLS = 10
REAL = Settings(workers=1, batch_s=0.02)
SMALL = {"run.quarters": 1, "run.warm_up_quarters": 0, "market.prospects_per_day": 4.0}

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs a process that forks")


def question_of(name: str) -> Question:
    """A small question of each kind; made anew in each process."""
    if name == "compare":
        from experiments.questions.compare.ask import CompareQuestion

        return CompareQuestion("reference", runs=40, changes=SMALL)
    if name == "what-if":
        from experiments.questions.what_if.ask import WhatIfQuestion

        return WhatIfQuestion("reference", {"practices.liaison": True}, given=SMALL, runs=60)
    from experiments.questions.validate.ask import ValidateQuestion

    return ValidateQuestion("S2,S5", is_quick=True)


def ask_in(name: str, folder: Path) -> None:
    """Ask it in a folder."""
    kept(question_of(name), folder, REAL)


@pytest.fixture(scope="module", name="nursery")
def started_nursery():
    return nursery()


def n_present(folder: Path) -> int:
    return len(present_in(folder)) if (folder / "runs").exists() else 0


def started(nursery, name: str, folder: Path):
    process = nursery.Process(target=ask_in, args=(name, folder))
    process.start()
    return process


@pytest.mark.parametrize("name", ["compare", "what-if", "validate"])
def test_killed_at_ten_random_instants_it_ends_with_the_same_answer(name, nursery, tmp_path):
    """The first half of the kills meet the question once some more runs are there, the others at any moment."""
    chance, whole = random.Random(name), tmp_path / "whole"
    began = time.perf_counter()
    started(nursery, name, whole).join()
    duration, n_runs = time.perf_counter() - began, n_present(whole)
    folders, n_killed, mid_way = [tmp_path / "0"], 0, 0
    while n_killed < N_KILLS:
        folder, before = folders[-1], n_present(folders[-1])
        left = 1 - before / n_runs
        process = started(nursery, name, folder)
        if n_killed >= N_KILLS // 2:
            process.join(chance.uniform(0, duration * (1 + left) / 2))  # the report takes about half of the time
        else:
            enough = before + chance.randint(1, max(1, n_runs // 8))
            while process.is_alive() and n_present(folder) < enough:
                time.sleep(0.005)
        process.kill()
        process.join()
        if process.exitcode == -signal.SIGKILL:
            n_killed += 1
            assert before <= n_present(folder)
            mid_way += before < n_present(folder) < n_runs
        else:
            folders.append(tmp_path / str(len(folders)))
    assert mid_way >= 3, "the kills did not meet the question at work"
    ask_in(name, folders[-1])
    for folder in folders:
        assert_same(folder, whole)


def assert_same(folder: Path, whole: Path) -> None:
    assert n_present(folder) == n_present(whole)
    for file in ("runs.parquet", "conclusion.json"):
        assert (folder / file).read_bytes() == (whole / file).read_bytes()
    for table in whole.glob("*.csv"):
        pd.testing.assert_frame_equal(pd.read_csv(folder / table.name), pd.read_csv(table), check_exact=True)
