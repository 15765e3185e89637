"""What all tests share: the repository's own text, repeatable property tests, and a model that is compiled once."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import simulation
from experiments.execution import engine
from scenarios import Scenario
from tests.repository import ROOT, Sources, read_sources

# Compiling on the first example takes longer than any deadline; the same examples every time keep a red run red.
settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.load_profile("repeatable")

engine.FEW_RUNS = 0  # here machine code is there, or tests wait for it

QUICK = {"run": {"quarters": 1, "warm_up_quarters": 0}, "market": {"prospects_per_day": 1.0}}


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(config: pytest.Config) -> None:
    """Compile both paths before the workers start, so that two of them do not compile the same thing at once."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter:
        reporter.write_line("compiling the model (about a minute the first time after a change, then seconds)")
    simulation.compile_engine()
    model = simulation.CompanyModel(Scenario.model_validate(QUICK))
    model.run()
    model.release()


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder that holds run.py and README.md."""
    return ROOT


@pytest.fixture(scope="session")
def sources() -> Sources:
    """The text of every Python file and Markdown page of the repository, by its path from the root."""
    return read_sources()


@pytest.fixture
def ctrl_c() -> Iterator[None]:
    """Ctrl-C is heard here and in processes started here, even if the tests run in the background, which ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def pytest_runtest_setup() -> None:
    """Every test begins in the repository's folder, wherever the one before has left the process."""
    os.chdir(ROOT)
