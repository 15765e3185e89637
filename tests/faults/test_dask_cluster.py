"""A sweep on a Dask cluster of two worker processes gives what it gives here, and survives the death of a worker."""

import json
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import replace

import pandas as pd
import pytest

import run
import scenarios
from experiments.designs.run_table import DECISION, PlannedRun
from experiments.designs.variant import Variant
from experiments.execution import dask_pool
from experiments.execution.process_pool import NoWorkers
from experiments.execution.runner import Settings
from experiments.execution.worker import Task
from experiments.observation.kept_outcomes import KeptOutcomes
from experiments.studies.adaptive_study import AskedRows
from experiments.studies.study import run_study
from scenarios.input_errors import InputError
from tests.repository import ROOT
from tests.small_study import QUICK, small_study
from tests.stand_in_company import Run
from tests.stand_in_scenario import slow

pytest.importorskip("distributed")


def simulate_nothing(scenario: None, seed: int) -> Run:
    return Run({"seed": float(seed)})


@contextmanager
def process(*words: str):
    """A Python program of Dask's, which knows this repository."""
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
    started = subprocess.Popen(
        [sys.executable, "-m", *words], env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield started
    finally:
        started.kill()
        started.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """The address of a scheduler on this machine, and its two worker processes."""
    try:
        socket.create_server(("127.0.0.1", 0)).close()
    except OSError:
        pytest.skip("no socket can be opened here")
    told = tmp_path_factory.mktemp("dask") / "scheduler.json"
    here = ("--host", "127.0.0.1", "--port", "0", "--dashboard-address", "127.0.0.1:0")
    joined = ("distributed.cli.dask_worker", "--scheduler-file", str(told), "--nthreads", "1", "--no-nanny")
    own = ("--no-dashboard", "--host", "127.0.0.1", "--local-directory", str(told.parent))
    with process("distributed.cli.dask_scheduler", "--scheduler-file", str(told), *here):
        for _ in range(300):
            if told.exists() and told.stat().st_size:
                break
            time.sleep(0.1)
        with process(*joined, *own) as one, process(*joined, *own) as two:
            yield json.loads(told.read_text())["address"], one, two


def test_the_table_is_the_same_as_on_this_machine(cluster, tmp_path):
    address, *_ = cluster
    settings = Settings(scheduler=address, batch_s=0.0, pool_s=-1.0)
    runs = run_study(small_study(), tmp_path / "s", settings)
    assert not runs.failures
    pd.testing.assert_frame_equal(runs.table, run_study(small_study(), settings=QUICK).table, check_exact=True)


def test_the_command_line_runs_on_the_cluster(cluster, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    small = ["--set", "run.quarters=1", "--set", "market.prospects_per_day=4", "--vary", "market.turbulence=0,1"]
    words = ["sweep", *small, "--runs", "3", "--json", "--out"]
    assert run.main([*words, "here", "--workers", "1"]) == 0
    here = json.loads(capsys.readouterr().out)
    assert run.main([*words, "there", "--backend", "dask", "--scheduler", cluster[0]]) == 0
    there = json.loads(capsys.readouterr().out)
    assert here | {"folder": ""} == there | {"folder": ""}


def test_a_question_in_steps_is_the_same_as_on_this_machine(cluster):
    """Workers get the companies that are found out later with the rows."""
    settings = Settings(scheduler=cluster[0], batch_s=0.0, pool_s=-1.0)
    base, found = scenarios.load("reference"), []
    for where in (settings, QUICK):
        with AskedRows("roadmap", "reference", KeptOutcomes((DECISION,)), replace(where, simulate=slow)) as rows:
            for turbulence in (0.5, 1.5):
                variant = Variant(base, (("market.turbulence", turbulence),))
                table = rows.run([variant], [(0, seed) for seed in range(6)])
                assert not table.failures
                found.append([(done.planned, done.outcomes) for done in table.results])
    assert found[:2] == found[2:]
    assert found[0] != found[1]


def test_a_worker_of_another_version_that_comes_late_is_refused(cluster, monkeypatch):
    address, *_ = cluster
    pool = dask_pool.DaskPool(Task({"one": None}, simulate_nothing), address)
    try:
        assert pool.submit([PlannedRun(0, "one", 3)]).result(60).results[0].outcomes == {"seed": 3.0}
        monkeypatch.setattr(dask_pool, "made_with", lambda: "another model")
        with pytest.raises(NoWorkers, match=r"another version of the model.* here is another model"):
            pool.submit([PlannedRun(0, "one", 3)]).result(60)
    finally:
        pool.close()


def test_a_worker_that_dies_costs_nothing(cluster, tmp_path):
    """The last test with this cluster: one of its two workers is gone after it."""
    address, one, _ = cluster

    def kill_one(n_done: int, n_rows: int) -> None:
        if n_done > 20 and one.poll() is None:
            one.kill()

    runs = run_study(small_study(), tmp_path / "s", Settings(scheduler=address, batch_s=0.0, pool_s=-1.0), kill_one)
    assert one.wait() != 0
    assert not runs.failures
    pd.testing.assert_frame_equal(runs.table, run_study(small_study(), settings=QUICK).table, check_exact=True)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--backend", "dusk"], "there is no backend"),
        (["--backend", "dask"], "needs the address of a scheduler"),
        (["--scheduler", "tcp://127.0.0.1:1"], "belongs to --backend dask"),
    ],
)
def test_a_backend_that_cannot_be_is_told(words, sentence, capsys):
    assert run.main(["sweep", *words]) == 2
    assert sentence in capsys.readouterr().err


class Bare:
    """A client of a cluster whose workers have never heard of this project."""

    def wait_for_workers(self, n_workers: int, timeout: float) -> None: ...

    def run(self, function: object) -> None:
        raise Exception("ModuleNotFoundError(\"No module named 'experiments'\")")  # as Dask passes it on

    def close(self) -> None: ...


def test_workers_without_the_project_are_told(monkeypatch):
    monkeypatch.setattr("distributed.Client", lambda *_, **__: Bare())
    with pytest.raises(
        InputError, match=r"workers cannot load this project .*No module named 'experiments'.*install it"
    ):
        dask_pool.check_scheduler("tcp://127.0.0.1:9")


def test_a_scheduler_that_does_not_answer_is_told(monkeypatch):
    monkeypatch.setattr(dask_pool, "_PATIENCE", "1s")
    with pytest.raises(InputError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9"):
        dask_pool.check_scheduler("tcp://127.0.0.1:9")
