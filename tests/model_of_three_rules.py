"""A package with a compiled function and two that it calls, written anew as a test wants it, each run in a process."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.repository import ROOT

RULES = """
from simulation.compiled import compiled

FACTOR = {factor}


@compiled
def grown(x):
    return {grown}


@compiled
def aside(x):
    return max(x - 1.0, 0.0) ** 2


@compiled
def total(n):
    sum = 0.0
    for one in range(n):
        sum += grown(one) + aside(1.0 * one)
    return sum
"""
RUN = """
import json, sys
from simulation import compiled
made, compile = [], compiled._Ready
def noticed(name, *others, **more):
    made.append(name)
    return compile(name, *others, **more)
revive, revived = compiled._Inner._revived, []
def noticed_again(self, *found):
    rule = revive(self, *found)
    if rule:
        revived.append(self.name)
    return rule
compiled._Ready, compiled._Inner._revived = noticed, noticed_again
import rules
print(json.dumps([rules.total(4), sorted(set(made) - set(revived)), sorted(revived)]))
"""


def write(folder: Path, factor: float = 2.0, grown: str = "FACTOR * x") -> Path:
    """The package, in a folder."""
    folder.mkdir(exist_ok=True)
    (folder / "rules.py").write_text(RULES.format(factor=factor, grown=grown))
    return folder


def start(folder: Path, cache: Path) -> "subprocess.Popen[str]":
    """A process that runs the function of the package in `folder`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NUMBA_", "REVENUE_TOGETHER_"))}
    around = {**kept, "REVENUE_TOGETHER_CACHE": str(cache), "PYTHONPATH": os.pathsep.join([str(ROOT), str(folder)])}
    command = [sys.executable, "-c", RUN]
    return subprocess.Popen(command, env=around, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def run(folder: Path, cache: Path) -> tuple[float, list[str], list[str], str]:
    """What it gives, which rules were compiled, which served again, and what was said."""
    return result(start(folder, cache))


def result(process: "subprocess.Popen[str]") -> tuple[float, list[str], list[str], str]:
    """The same of a process that was started."""
    out, said = process.communicate(timeout=120)
    assert process.returncode == 0, said
    value, made, again = json.loads(out)
    return value, [name.removeprefix("rules.") for name in made], [name.removeprefix("rules.") for name in again], said
