"""The runner gives the same table for any number of workers, and survives what single runs do."""

import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import scenarios
from experiments.designs.run_table import PlannedRun, common_worlds
from experiments.designs.variant import Variant
from experiments.execution import worker
from experiments.execution.process_pool import NoWorkers, ProcessPool
from experiments.execution.runner import Runner, RunTable, Settings, _Work, run_design
from experiments.execution.worker import Batch, FailedRun, FinishedRun
from tests.stand_in_company import Company, simulate, simulate_scenario

ARMS = {"low": Company(gain=0.0), "high": Company(gain=10.0)}
ROWS = common_worlds(ARMS, range(6), seed=3)


def settings(workers: int) -> Settings:
    """Small batches, and a pool at once, so that few rows exercise it."""
    return Settings(workers=workers, batch_s=0.0, pool_s=-1.0, simulate=simulate)


def content(table: RunTable) -> list[tuple[PlannedRun, dict[str, float]]]:
    return [(done.planned, dict(done.outcomes)) for done in table.results]


def test_common_worlds_give_run_k_the_same_seed_in_every_variant() -> None:
    assert [(row.variant, row.seed) for row in ROWS[:4]] == [("low", 3), ("high", 3), ("low", 4), ("high", 4)]
    assert [row.number for row in ROWS] == list(range(12))


def test_the_table_does_not_depend_on_the_number_of_workers() -> None:
    alone = run_design(ARMS, ROWS, settings(1))
    assert content(alone) == content(run_design(ARMS, ROWS, settings(2)))
    assert [row for row, _ in content(alone)] == ROWS


def test_the_order_of_the_rows_given_does_not_matter() -> None:
    assert content(run_design(ARMS, ROWS[::-1], settings(1))) == content(run_design(ARMS, ROWS, settings(1)))


@given(st.lists(st.integers(0, 5), max_size=30), st.integers(1, 9))
def test_rows_of_one_seed_stay_together_and_none_is_lost(seeds, size) -> None:
    rows = [PlannedRun(number, "low", seed) for number, seed in enumerate(sorted(seeds))]
    work, batches = _Work(deque(rows), len(rows), lambda *_: None, lambda _: None), []
    while work.waiting:
        batches.append(work.take(len(work.first(size))))
    assert [row for batch in batches for row in batch] == rows
    assert all(1 <= len(batch) <= size for batch in batches)
    for batch, after in pairwise(batches):
        begins_in_batch = batch[0].seed != batch[-1].seed
        assert not (begins_in_batch and batch[-1].seed == after[0].seed)


numbers = st.floats(allow_nan=True)
outcomes = st.dictionaries(st.text(max_size=9), numbers, max_size=4)


@given(st.lists(outcomes, max_size=5), outcomes, st.booleans())
def test_a_batch_arrives_as_it_was_sent(several, one, are_alike) -> None:
    measured = [dict(zip(one, each.values(), strict=False)) for each in several] if are_alike else several
    results = [FinishedRun(PlannedRun(n, str(n), 3 * n), each) for n, each in enumerate([*measured, one, one])]
    sent = Batch(results, [FailedRun(PlannedRun(99, "low", 1), "ValueError: no", "")], 1.5)
    arrived = pickle.loads(pickle.dumps(sent))
    assert [done.planned for done in arrived.results] == [done.planned for done in results]
    assert [list(done.outcomes) for done in arrived.results] == [list(done.outcomes) for done in results]
    for ours, theirs in zip(results, arrived.results, strict=True):
        np.testing.assert_array_equal([*ours.outcomes.values()], [*theirs.outcomes.values()])
    assert (arrived.failures, arrived.seconds) == (sent.failures, 1.5)


def test_a_company_that_cannot_be_put_together_fails_its_own_runs_only() -> None:
    base = scenarios.load("reference")
    companies = {"fine": Variant(base), "odd": Variant(base, (("practices.crm_coverage", 7.0),))}
    rows = common_worlds(companies, range(3))
    table = run_design(companies, rows, Settings(workers=1, simulate=simulate_scenario))
    assert [done.planned.variant for done in table.results] == ["fine"] * 3
    assert [failure.planned.variant for failure in table.failures] == ["odd"] * 3
    assert all("crm_coverage" in failure.error for failure in table.failures)


LEAVING = """
import atexit, os
from experiments.execution.worker import _leave
atexit.register(os.write, 1, b"never told")
atexit.register(_leave)
atexit.register(print, "what came later is told")
print("what was said is written", end=" ")
"""


def test_a_worker_that_leaves_at_once_loses_nothing_it_has_said() -> None:
    done = subprocess.run([sys.executable, "-c", LEAVING], capture_output=True, text=True, check=True)
    assert done.stdout == "what was said is written what came later is told\n"


def test_a_second_call_adds_to_the_first() -> None:
    with Runner(ARMS, settings(1)) as runner:
        table = runner.run(ROWS[6:])
        table.add(runner.run(ROWS[:6]))
    assert content(table) == content(run_design(ARMS, ROWS, settings(1)))


@pytest.mark.parametrize("workers", [1, 2])
def test_arms_found_out_later_are_run_by_the_workers_that_are_there(workers) -> None:
    known = content(run_design(ARMS, ROWS, settings(1)))
    with Runner({}, settings(workers)) as runner:
        runner.take_up({"low": ARMS["low"]})
        table = runner.run([row for row in ROWS if row.variant == "low"])
        pool = runner._pool
        runner.take_up({"high": ARMS["high"], "low": Company(dies_on=frozenset({3}))})
        table.add(runner.run([row for row in ROWS if row.variant == "high"]))
        assert runner._pool is pool
        assert (pool is not None) == (workers > 1)
    assert content(table) == known


def test_a_run_that_raises_is_recorded_and_the_rest_goes_on() -> None:
    variants = {**ARMS, "high": Company(gain=10.0, fails_on=frozenset({4}))}
    for workers in (1, 2):
        table = run_design(variants, ROWS, settings(workers))
        (failure,) = table.failures
        assert (failure.planned.variant, failure.planned.seed) == ("high", 4)
        assert failure.error == "ValueError: no market in world 4"
        assert "stand_in_company.py" in failure.traceback
        assert len(table.results) == 11


def test_a_run_that_kills_its_worker_is_the_only_one_lost() -> None:
    variants = {**ARMS, "high": Company(gain=10.0, dies_on=frozenset({6}))}
    table = run_design(variants, ROWS, settings(2))
    assert [(failure.planned.variant, failure.planned.seed) for failure in table.failures] == [("high", 6)]
    assert "died twice" in table.failures[0].error
    healthy = [
        item
        for item in content(run_design(ARMS, ROWS, settings(1)))
        if item[0].number != table.failures[0].planned.number
    ]
    assert content(table) == healthy


class DyingPool:
    """Its workers die with the first batch; then there are none any more."""

    def __init__(self, task: object, n_workers: int) -> None: ...

    def n_workers(self) -> int:
        return 2

    def submit(self, rows: list[PlannedRun], variants: object = None) -> Future:
        future: Future = Future()
        DyingPool.submitted += 1
        future.set_exception(BrokenProcessPool("died") if DyingPool.submitted < 4 else NoWorkers("nobody is left"))
        return future

    def stop(self) -> None: ...

    def close(self, *, wait_for_workers: bool = True) -> None: ...

    submitted = 0


def test_every_row_is_accounted_for_where_workers_die_and_none_comes_back(monkeypatch) -> None:
    monkeypatch.setattr("experiments.execution.runner.ProcessPool", DyingPool)
    table = run_design(ARMS, ROWS, settings(2))
    dealt_with = [*(done.planned for done in table.results), *(one.planned for one in table.failures)]
    assert sorted(dealt_with) == ROWS
    assert "nobody is left" in table.failures[-1].error


class CountedPool:
    """Runs rows here, and remembers which pools there were and whether they were closed."""

    made: list["CountedPool"]

    def __init__(self, task: worker.Task, n_workers: int) -> None:
        self.size, self.is_closed = n_workers, False
        self._task = worker.ready(task)
        self.made.append(self)

    def n_workers(self) -> int:
        return self.size

    def submit(self, rows: list[PlannedRun], variants: object = None) -> Future:
        assert not self.is_closed
        future: Future = Future()
        future.set_result(worker.run_rows_of(self._task, rows))
        return future

    def stop(self) -> None: ...

    def close(self, *, wait_for_workers: bool = True) -> None:
        self.is_closed = True


@pytest.fixture
def pools(monkeypatch) -> list[CountedPool]:
    """The pools that are made in a test, none of them with processes."""
    monkeypatch.setattr(CountedPool, "made", [], raising=False)
    monkeypatch.setattr("experiments.execution.runner.ProcessPool", CountedPool)
    return CountedPool.made


def test_a_later_call_with_more_to_do_gets_the_workers_that_were_asked_for(pools) -> None:
    """Of 5 rows two are run here and three have a worker each; 100 rows may have all eight, and they stay."""
    rows = common_worlds({"low": ARMS["low"]}, range(205))
    with Runner(ARMS, settings(8)) as runner:
        table = runner.run(rows[:5])
        assert [(pool.size, pool.is_closed) for pool in pools] == [(3, False)]
        table.add(runner.run(rows[5:105]))
        assert [(pool.size, pool.is_closed) for pool in pools] == [(3, True), (8, False)]
        for part in (rows[105:109], rows[109:]):
            table.add(runner.run(part))
        assert len(pools) == 2
    assert all(pool.is_closed for pool in pools)
    assert content(table) == content(run_design(ARMS, rows, settings(1)))


def test_a_larger_pool_is_started_only_where_that_saves_time(pools) -> None:
    """A run takes 0.05 s, a pool must save 0.14 s: 4 rows on 4 workers for 3 save 0.02 s, 40 rows on 8 save 0.4 s."""
    rows = common_worlds({"slow": Company(seconds=0.05)}, range(49))
    asked = Settings(workers=8, batch_s=0.0, pool_s=0.14, simulate=simulate)
    with Runner({"slow": Company(seconds=0.05)}, asked) as runner:
        sizes = []
        for part in (rows[:5], rows[5:9], rows[9:]):
            runner.run(part)
            sizes.append([pool.size for pool in pools])
    assert sizes == [[3], [3], [3, 8]]


def grown(runner: Runner, keep: Callable | None = None) -> RunTable:
    """A call for one worker more than the call before it."""
    with runner:
        runner.run(ROWS[:4])
        assert runner._pool is not None
        assert runner._pool.n_workers() == 2
        table = runner.run(ROWS[4:], keep=keep)
        assert table.is_interrupted or runner._pool.n_workers() == 3
    return table


def test_workers_that_were_outgrown_end() -> None:
    before = multiprocessing.active_children()
    table = grown(Runner(ARMS, settings(3)))
    assert content(table) == content(run_design(ARMS, ROWS[4:], settings(1)))
    assert multiprocessing.active_children() == before


def test_no_worker_is_left_where_keeping_what_came_fails_in_a_larger_pool() -> None:
    def no_room(_: object) -> None:
        raise OSError("disk full")

    before = multiprocessing.active_children()
    with pytest.raises(OSError, match="disk full"):
        grown(Runner(ARMS, settings(3)), no_room)
    assert multiprocessing.active_children() == before


def test_ctrl_c_while_an_outgrown_pool_is_closed_leaves_no_worker(monkeypatch) -> None:
    close, calls = ProcessPool.close, []

    def interrupted_at_first(self: ProcessPool, *, wait_for_workers: bool = True) -> None:
        calls.append(wait_for_workers)
        if len(calls) == 1:
            raise KeyboardInterrupt
        close(self, wait_for_workers=wait_for_workers)

    monkeypatch.setattr(ProcessPool, "close", interrupted_at_first)
    before = multiprocessing.active_children()
    table = grown(Runner(ARMS, settings(3)))
    assert table.is_interrupted
    assert not table.results
    assert len(calls) == 2
    assert multiprocessing.active_children() == before


def test_progress_counts_every_row_once() -> None:
    seen: list[tuple[int, int]] = []
    run_design(ARMS, ROWS, settings(1), lambda done, total: seen.append((done, total)))
    assert seen == [(k, 12) for k in range(1, 13)]


def test_no_rows_is_an_empty_table() -> None:
    assert run_design(ARMS, [], settings(2)) == RunTable()


def test_workers_below_one_are_refused() -> None:
    with pytest.raises(ValueError, match="workers must be at least 1, not 0"):
        Settings(workers=0)


def test_few_short_runs_start_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_pool(*_: object, **__: object) -> None:
        raise AssertionError("a pool was started")

    monkeypatch.setattr("experiments.execution.process_pool.ProcessPoolExecutor", no_pool)
    assert len(run_design(ARMS, ROWS, Settings(workers=2, simulate=simulate)).results) == 12


def test_ctrl_c_keeps_what_is_done_in_this_process() -> None:
    def interrupting(n_done: int, _: int) -> None:
        if n_done == 5:
            raise KeyboardInterrupt

    table = run_design(ARMS, ROWS, settings(1), interrupting)
    assert table.is_interrupted
    assert [done.planned for done in table.results] == ROWS[:5]


@pytest.mark.usefixtures("ctrl_c")
def test_ctrl_c_keeps_what_is_done_in_workers_and_ends_soon() -> None:
    variants = {name: Company(gain=company.gain, seconds=0.05) for name, company in ARMS.items()}
    rows = common_worlds(variants, range(2000))
    timer = threading.Timer(2.5, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    start = time.perf_counter()
    table = run_design(variants, rows, settings(2))
    timer.join()
    assert time.perf_counter() - start < 8
    assert table.is_interrupted
    assert 0 < len(table.results) < 500
    assert not table.failures


SCRIPT_WITHOUT_GUARD = """
    from experiments.designs.run_table import common_worlds
    from experiments.execution.runner import Settings, run_design
    from tests.stand_in_company import Company, simulate

    variants = {"one": Company()}
    table = run_design(variants, common_worlds(variants, range(9)), Settings(2, 0.0, -1.0, simulate))
    print(len(table.results), len(table.failures), table.failures[0].error)
"""


def test_workers_that_cannot_start_are_an_answer_not_a_hang() -> None:
    done = subprocess.run(
        [sys.executable, "-"], input=textwrap.dedent(SCRIPT_WITHOUT_GUARD), capture_output=True, text=True, timeout=60
    )
    assert done.stdout.startswith("2 7 worker processes cannot start"), done.stderr
