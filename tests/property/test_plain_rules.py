"""Rules as plain Python give the bits that compiled ones give, and can be looked into."""

import json
import math
import os
import subprocess
import sys

import pytest

from simulation import plain
from simulation.compiled import compiled

# What two other processes are told, one plain and one compiled: the same random companies, a digest of each.
ELSEWHERE = """
import json, sys
from hypothesis import Phase, given, settings
from simulation import CompanyModel, simulate
from tests.scenario_strategies import SEEDS, companies, scenario_of
from tests.tables import digest

digests = []

@settings(max_examples=int(sys.argv[1]), phases=[Phase.generate], derandomize=True, deadline=None)
@given(changes=companies(), seed=SEEDS)
def live(changes, seed):
    run = simulate(scenario_of(changes), seed)
    digests.append([digest(run.company), str(run.outcomes)])
    if len(digests) == 1:
        model = CompanyModel(scenario_of(changes), rng=seed)
        digests.append([digest(model.run().company), str(run.outcomes)])

live()
print(json.dumps(digests))
"""
N_COMPANIES = 12


def python(root, text, *arguments, is_plain=True):
    environment = {**os.environ, "PYTHONPATH": str(root), "REVENUE_TOGETHER_PLAIN": "1" if is_plain else "0"}
    command = [sys.executable, "-c", text, *arguments]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_plain_rules_give_the_same_bits(root):
    one, other = (json.loads(python(root, ELSEWHERE, str(N_COMPANIES), is_plain=kind)) for kind in (True, False))
    assert len(one) == N_COMPANIES + 1
    assert [place for place, (here, there) in enumerate(zip(one, other, strict=True)) if here != there] == []


def test_plain_rules_can_be_looked_into(root):
    """A rule is a Python function on the lines of its file, and a row prints itself with its columns."""
    text = """
import inspect
from scenarios import Scenario
from simulation.agents import rep
from simulation.company import build
company = build(Scenario(), 0)
lines = inspect.getsource(rep.rest)
print(lines.splitlines()[-1].strip())
print(company.rep[0].is_sdr, type(company.rep[0].quota).__name__, company.rep["quota"].shape == company.rep.quota.shape)
print(company.rep[0])
"""
    last_line, a_row, all_columns = python(root, text).splitlines()
    assert last_line == "rep_spends(company, rep, Hours.IDLE, min(hours, wanted), today)"
    assert a_row == "0 float True"
    assert all_columns.startswith("key=0, is_sdr=0, is_vacant=0, skill=")


def over(a, b):
    a /= b
    return a


def squared(a, b):
    return a**2 + b**-1


def cubed(a, b):
    return a**3 + b**-2


def to_the_seventh(a, b):
    return a**7 + b**0


def of_roots(a, b):
    return math.sqrt(a) + math.pi * b


def result(function, a, b):
    try:
        return repr(function(a, b))
    except ZeroDivisionError:
        return "no result"


NUMBERS = (0.0, -0.0, 1.0, -1.0, 0.1, -2.5, 3.7, 800.0, 1e300, math.inf, -math.inf, math.nan)


@pytest.mark.parametrize("function", [over, squared, cubed, to_the_seventh, of_roots])
def test_arithmetic_is_that_of_compiled_code(function):
    plainly, fast = plain.as_rule(function), compiled(function)
    for a in NUMBERS:
        for b in NUMBERS:
            assert result(plainly, a, b) == result(fast, a, b), (a, b)
