"""Another processor gives the same bits: with and without fused and wide instructions, and as plain Python."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest
from numba import njit

from tests.other_processors import FOUND, fused_or_called_elsewhere, lived, of_what, plainest

N = 3_000
FUNCTIONS = ("exp", "expm1", "exp2", "log", "log1p", "sin", "cos", "power", "whole_power")

# What another process is told: arguments of functions, read from the input; it prints the bits of the results.
RESULTS = """
import json, sys
from simulation import elementary
given = json.load(sys.stdin)
results = {name: [getattr(elementary, name)(*one).hex() for one in arguments] for name, arguments in given.items()}
found = {}
if "code" in sys.argv:
    from tests.other_processors import fused, fused_or_called_elsewhere
    for name in given:
        function = getattr(elementary, name)
        found[name] = fused(function) + fused_or_called_elsewhere(function)
print(json.dumps([results, found]))
"""


def arguments():
    """For each function the same numbers of all sizes, with those that are special."""
    u, v = ((0.5 + step * np.arange(N)) % 1.0 for step in (0.6180339887498949, 0.41421356237309503))
    special = [0.0, -0.0, 1.0, -1.0, 0.5, 3.0, -745.0, 5e-324, 1e308, -1e308, np.inf, -np.inf, np.nan]
    sized = u * 10.0 ** np.round(600.0 * v - 300.0)
    numbers = [*special, *(4.0 * u - 2.0), *(1500.0 * u - 750.0), *sized, *(1.0 - 1e-8 * u)]
    pairs = [*((a, b) for a in special for b in special), *zip(u, 30.0 * v, strict=True), *zip(sized, u, strict=True)]
    given = {name: [(float(x),) for x in numbers] for name in FUNCTIONS}
    given["power"] = [(float(a), float(b)) for a, b in pairs]
    given["whole_power"] = [(float(x), place % 40 - 20) for place, x in enumerate(u)]
    return given


def told(root, text, environment, given=None, words=()):
    """What another process prints."""
    done = subprocess.run(
        [sys.executable, "-c", text, *words],
        cwd=root,
        env={**environment, "PYTHONPATH": os.pathsep.join([str(root), os.environ.get("PYTHONPATH", "")])},
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def processes(root, tmp_path_factory):
    """Results and findings of three processes: as here, as on the plainest processor, as plain Python."""
    given = arguments()
    own, plain = {**os.environ}, {**os.environ, "REVENUE_TOGETHER_PLAIN": "1"}
    return {
        name: told(
            root, RESULTS, {**kind, "NUMBA_CACHE_DIR": str(tmp_path_factory.mktemp(name))}, given, words=("code",) * n
        )
        for name, kind, n in (("here", own, 1), ("plainest", plainest(), 1), ("plain", plain, 0))
    }


@pytest.mark.parametrize("other", ["plainest", "plain"])
@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions_give_the_same_bits(processes, name, other):
    (here, _), (there, _) = processes["here"], processes[other]
    assert len(here[name]) >= N
    different = [
        given for given, one, two in zip(arguments()[name], here[name], there[name], strict=True) if one != two
    ]
    assert different == []


@pytest.mark.parametrize("where", ["here", "plainest"])
def test_no_code_is_fused_or_calls_a_library(processes, where):
    """Neither for this processor, nor for arm64, nor for a browser's WebAssembly."""
    _, found = processes[where]
    assert found == {name: [] for name in FUNCTIONS}


def test_fused_code_and_calls_are_found():
    @njit(fastmath=True)
    def loose(a, b, c):
        return a * b + np.exp(c)

    loose(1.0, 2.0, 3.0)
    assert {"fmadd", "exp"} <= set(fused_or_called_elsewhere(loose))


def test_a_whole_run_gives_the_same_bits_as_on_the_plainest_processor():
    found = json.loads(FOUND.read_text(encoding="utf-8"))
    about = of_what()
    assert {key: found[key] for key in about} == about, "the model has changed: python -m tests.other_processors"
    assert found["run"] == json.loads(json.dumps(lived()))
    assert found["fused_or_called"] == []  # nor would it call a library's mathematics on arm64 or in a browser
