"""The model is got ready: as machine code, or by WebAssembly while there is none and few runs are asked for."""

import subprocess
import sys

import pytest

from experiments.execution import engine
from simulation import engine as days
from simulation import webassembly
from tests.repository import ROOT


@pytest.fixture
def done(monkeypatch) -> list[str]:
    """What was done, in a process in which nothing has been compiled yet."""
    steps: list[str] = []
    monkeypatch.setattr(engine, "FEW_RUNS", 100)
    monkeypatch.setattr(engine, "_compile_meanwhile", lambda: steps.append("compiled meanwhile"))
    monkeypatch.setattr(days, "compile_engine", lambda: steps.append("compiled"))
    monkeypatch.setattr(days, "is_compiled", lambda: False)
    monkeypatch.setattr(webassembly, "use", lambda is_used: steps.append(f"by WebAssembly: {is_used}"))
    return steps


def test_few_runs_wait_for_no_compiler(done):
    said: list[str] = []
    engine.get_ready(said.append, 100)
    assert done == ["by WebAssembly: True", "compiled meanwhile"]
    assert "WebAssembly" in said[0]


@pytest.mark.parametrize("n_runs", [101, None])
def test_for_many_runs_or_nobody_knows_how_many_the_model_is_compiled_first(done, n_runs):
    said: list[str] = []
    engine.get_ready(said.append, n_runs)
    assert done == ["compiled"]
    assert "minute" in said[0]


def test_what_is_compiled_is_loaded_in_silence(done, monkeypatch):
    monkeypatch.setattr(days, "is_compiled", lambda: True)
    engine.get_ready(pytest.fail, 1)
    assert done == ["compiled"]


@pytest.mark.skipif(not engine._AUTOGROUP.exists(), reason="this system shares cores out between processes alone")
def test_who_compiles_meanwhile_gives_way_with_its_whole_session():
    code = (
        "from experiments.execution import engine; engine.give_way(); print(engine._AUTOGROUP.read_text().split()[-1])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, start_new_session=True, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "19"
