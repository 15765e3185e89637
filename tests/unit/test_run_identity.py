"""The identity of a run changes whenever its result could, and not otherwise."""

import importlib
import subprocess
import sys
from functools import partial

import numpy as np
import pytest

import scenarios
from experiments.designs.variant import Variant
from experiments.execution import code_identity
from experiments.observation.kept_outcomes import KeptOutcomes
from experiments.store.run_identity import Identities
from tests.repository import ROOT
from tests.stand_in_scenario import simulate, slow

BASE = scenarios.load("reference")


def identity(of_simulate=None, of_measure=None, scenario=BASE, seed=0) -> str:
    (found,) = Identities(of_simulate, of_measure).of(Variant(scenario), [seed])
    return found


def adding(number):
    return lambda scenario, seed: number


def test_functions_that_do_different_things_are_told_apart():
    """Also those of the same name in the same file, and long arrays that look alike when printed."""
    long = np.arange(5000)
    other = long.copy()
    other[2500] = 0
    found = [
        identity(),
        identity(simulate),
        identity(slow),
        identity(adding(1)),
        identity(adding(2)),
        identity(partial(simulate, 1)),
        identity(partial(simulate, factor=1)),
        identity(partial(simulate, factor=2)),
        identity(partial(simulate, long)),
        identity(partial(simulate, other)),
        identity(of_measure=KeptOutcomes(("win_rate",))),
        identity(of_measure=KeptOutcomes(("win_rate", "contribution_eur"))),
        identity(seed=1),
    ]
    assert len(set(found)) == len(found)
    assert identity(adding(1)) == identity(adding(1))


FACTOR = 1
OF_A_NOTEBOOK = """
RATES, LOW, KINDS = {"win": [0.1, 0.2]}, 1, {"a", "b", "c"}
class Rep:
    pay = 3
    @property
    def hours(self):
        return self.pay * 8
rep = Rep()
def half(x):
    return [half(one) for one in x] if x in {"a", "b"} else x / 2
def simulate(scenario, seed):
    return max(half(one) for one in RATES["win"]), (lambda: LOW)(), Rep().hours, rep, KINDS
"""


def of_a_notebook(change: str = "") -> str:
    """The identity of a run with functions that lie in no file, `change` being run after they have been declared."""
    cells = {"__name__": "__main__"}
    exec(OF_A_NOTEBOOK + change, cells)
    return identity(cells["simulate"])


@pytest.mark.parametrize(
    "change",
    [
        "def half(x): return x / 3",
        "RATES['win'][1] = 0.3",
        "LOW = 2",
        "Rep.pay = 4",
        "rep.name = 'Ann'",
        "Rep.hours = property(lambda self: 7)",
        "import numpy; LOW = numpy.arange(5000); LOW[2500] = 0",
    ],
)
def test_whatever_a_function_of_a_notebook_uses_counts(change):
    """Its functions lie in no file whose text could tell."""
    assert of_a_notebook(change) != of_a_notebook() == of_a_notebook("\nUNUSED = 1")


def test_a_global_that_was_changed_since_it_was_read_from_a_file_counts(monkeypatch):
    def simulate(scenario, seed):
        return FACTOR

    before = identity(simulate)
    monkeypatch.setattr(f"{__name__}.FACTOR", 2)
    assert identity(simulate) != before


@pytest.fixture
def own_modules(tmp_path, monkeypatch):
    """A module with a measure, and one that it uses."""
    (tmp_path / "my_measure.py").write_text("from my_helper import half\n\ndef kept(run):\n    return half(run)\n")
    (tmp_path / "my_helper.py").write_text("def half(run):\n    return {'half': 0.5}\n")
    monkeypatch.syspath_prepend(tmp_path)
    code_identity._of_module.cache_clear()
    yield tmp_path
    for name in ("my_measure", "my_helper"):
        sys.modules.pop(name, None)


@pytest.mark.parametrize("name", ["my_measure.py", "my_helper.py"])
def test_changed_code_of_a_measure_or_of_what_it_uses_is_another_run(own_modules, name):
    kept = importlib.import_module("my_measure").kept
    before = identity(of_measure=kept)
    code_identity._of_module.cache_clear()
    assert identity(of_measure=kept) == before
    (own_modules / name).write_text((own_modules / name).read_text() + "\nMORE = 1\n")
    code_identity._of_module.cache_clear()
    assert identity(of_measure=kept) != before


def test_the_measure_of_a_calibration_is_known_by_all_the_code_that_measures():
    names = {file.name for file in code_identity._files("experiments.questions.calibrate.measured_run")}
    assert {"measured_run.py", "known_leads.py", "target.py", "window.py"} <= names
    assert "report.py" not in names


@pytest.mark.parametrize("what", ["numpy", "numba", "llvmlite", "python", "machine"])
def test_another_library_python_or_machine_is_another_run(monkeypatch, what):
    before = identity()
    real = code_identity.version
    monkeypatch.setattr(code_identity, "version", lambda name: "9.9" if name == what else real(name))
    if what == "python":
        monkeypatch.setattr("platform.python_version_tuple", lambda: ("3", "99", "0"))
    if what == "machine":
        monkeypatch.setattr("platform.machine", lambda: "abacus")
    code_identity.made_with.cache_clear()
    after = identity()
    monkeypatch.undo()
    code_identity.made_with.cache_clear()
    assert after != before
    assert identity() == before


def test_every_value_of_a_company_counts_and_its_name_does_not():
    before, seen = identity(), set()
    for parameter in scenarios.parameters():
        if isinstance(parameter.default, bool) or not isinstance(parameter.default, int | float):
            continue
        for value in (parameter.plausible or ())[:2]:
            try:
                seen.add(identity(scenario=scenarios.with_changes(BASE, {parameter.path: value})))
            except scenarios.ScenarioError:
                continue  # does not fit the rest of the company
    assert len(seen) > 300
    named = BASE.model_copy(update={"name": "another", "question": "why?", "preset": None})
    assert identity(scenario=named) == before


def identities() -> str:
    return identity(slow, KeptOutcomes(("win_rate",))) + of_a_notebook()


def test_another_process_finds_the_same_identity():
    program = "from tests.unit.test_run_identity import *; print(identities())"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT), "PATH": ""},
    )
    assert done.stdout.strip() == identities()
