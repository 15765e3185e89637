"""The speed of the model: one run on both paths, growth with the company, the runner, compilation, memory.

`python run.py bench` prints the table. Absolute times belong to the machine; ratios and exponents do not.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

import scenarios
import simulation
from benchmarks import elementary, sweep
from experiments.designs.run_table import common_worlds
from experiments.execution.runner import Settings, run_design
from scenarios import Scenario

ROOT = Path(__file__).parents[1]
Figure = tuple[str, float, str]
MILLION_A_YEAR = {
    "market.prospects_per_day": 1_000_000 / 252,
    "people.account_executives": 700,
    "people.sdrs": 300,
    "people.marketers": 200,
    "people.managers": 60,
    "money.programme_eur_per_year": 100_000_000.0,
}


def main(quick: bool = False) -> list[Figure]:
    """Measure everything; returns (what, value, unit). `quick` leaves out compilation and the large company."""
    reference = scenarios.load("reference")
    simulation.compile_engine()
    figures = [*_paths(reference, 5 if quick else 40), *_growth(reference, 2 if quick else 5)]
    figures += elementary.figures(5 if quick else 15)
    figures += _runner(reference, 40 if quick else 400)
    figures += sweep.figures(300 if quick else 10_000)
    figures.append(("memory of one reference run", _alone({})["peak_mib"], "MiB"))
    if not quick:
        large = _alone(MILLION_A_YEAR)
        figures += [
            ("1,000 reps, a million prospects a year: time", large["run_s"], "s"),
            ("1,000 reps, a million prospects a year: memory", large["peak_mib"] / 1024, "GiB"),
            *_compilation(),
        ]
    return figures


def _seconds(action: Callable[[], Any], times: int) -> np.ndarray:
    """How long each of some repetitions took, processor seconds of this process."""
    taken = []
    for _ in range(times):
        began = time.process_time()
        action()
        taken.append(time.process_time() - began)
    return np.array(taken)


def _paths(scenario: Scenario, times: int) -> list[Figure]:
    """One run compiled and the same through Mesa, in this process."""
    run = simulation.simulate(scenario, 0)
    fast = _seconds(lambda: simulation.simulate(scenario, 0), times)

    def through_mesa() -> None:
        """One run by the agents."""
        model = simulation.CompanyModel(scenario, rng=0)
        model.run()
        model.release()

    through_mesa()
    slow = _seconds(through_mesa, max(2, times // 10))
    n_prospects = len(run.company.prospect)
    lead_days = float(run.daily["in_state"][:, 1:8].sum())  # everybody who is neither gone nor still to come
    middle = float(np.median(fast))
    return [
        ("reference run, compiled and warm, median", 1e3 * middle, "ms"),
        ("reference run, compiled and warm, best", 1e3 * float(fast.min()), "ms"),
        ("reference run through Mesa, median", 1e3 * float(np.median(slow)), "ms"),
        ("Mesa against compiled", float(np.median(slow)) / middle, "x"),
        ("time per prospect", 1e6 * middle / n_prospects, "us"),
        ("time per lead-day", 1e9 * middle / lead_days, "ns"),
    ]


def _growth(scenario: Scenario, times: int) -> list[Figure]:
    """Exponents of time over size: 1 is proportional."""
    rate, people = scenario.market.prospects_per_day, scenario.people

    def taken(changes: dict[str, Any]) -> float:
        """Seconds of a run of the company so changed."""
        grown = scenarios.with_changes(scenario, changes)
        return float(_seconds(lambda: simulation.simulate(grown, 0), times).min())

    def staff(factor: int) -> dict[str, Any]:
        """So many times the people."""
        counts = {name: getattr(people, name) * factor for name in ("account_executives", "sdrs", "marketers")}
        return {f"people.{name}": count for name, count in counts.items()}

    sizes = (1, 4, 16)
    prospects = [taken({"market.prospects_per_day": rate * size}) for size in sizes]
    reps = [taken(staff(size)) for size in sizes]
    both = [taken({"market.prospects_per_day": rate * size, **staff(size)}) for size in sizes]
    return [
        ("growth with prospects, exponent", _exponent(sizes, prospects), "-"),
        ("growth with staff, exponent", _exponent(sizes, reps), "-"),
        ("growth with prospects and staff, exponent", _exponent(sizes, both), "-"),
    ]


def _exponent(sizes: tuple[int, ...], taken: list[float]) -> float:
    return float(np.polyfit(np.log(sizes), np.log(taken), 1)[0])


def _runner(scenario: Scenario, runs: int) -> list[Figure]:
    """Runs a second of the experiment runner on one and two workers, and what it adds to a run."""
    rows = common_worlds(["today"], range(runs))
    began = time.perf_counter()
    for row in rows[: max(10, runs // 10)]:
        simulation.simulate(scenario, row.seed)
    alone_s = (time.perf_counter() - began) / max(10, runs // 10)
    figures, taken = [], {}
    for workers in (1, 2):
        began = time.perf_counter()
        run_design({"today": scenario}, rows, Settings(workers=workers))
        taken[workers] = time.perf_counter() - began
        figures.append((f"runner, {workers} worker{'s' * (workers > 1)}", runs / taken[workers], "runs/s"))
    return [
        *figures,
        ("runner's part of a run, 1 worker", 1e3 * (taken[1] / runs - alone_s), "ms"),
        ("two workers against one, start-up included", taken[1] / taken[2], "x"),
    ]


_ALONE = """
import json, resource, sys, time
import scenarios, simulation
changes = json.loads(sys.argv[1])
began = time.perf_counter()
simulation.compile_engine()
compiled = time.perf_counter()
run = simulation.simulate(scenarios.load("reference", changes=changes), 0)
done = time.perf_counter()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"compile_s": compiled - began, "run_s": done - compiled, "peak_mib": peak}))
"""


def _alone(changes: dict[str, Any], cache: str | None = None, root: Path = ROOT) -> dict[str, float]:
    """One run of the reference company in a process of its own: seconds to compile and to run, peak MiB."""
    surroundings = {**os.environ, "PYTHONPATH": str(root)}
    if cache:
        surroundings["REVENUE_TOGETHER_CACHE"] = cache
    command = [sys.executable, "-c", _ALONE, json.dumps(changes)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root, env=surroundings)
    told: dict[str, float] = json.loads(done.stdout)
    return told


def _compilation() -> list[Figure]:
    """Compiling into an empty cache, what a second process needs that finds the machine code, and one after an edit."""
    with tempfile.TemporaryDirectory() as cache, tempfile.TemporaryDirectory() as copy:
        first, second = _alone({}, cache), _alone({}, cache)
        edited = _alone({}, cache, _edited(Path(copy)))
    return [
        ("first compilation", first["compile_s"], "s"),
        ("the same from disk", second["compile_s"], "s"),
        ("the same after an edit of one rule", edited["compile_s"], "s"),
    ]


def _edited(copy: Path) -> Path:
    """A copy of the model in which one rule that every lead follows has a line more."""
    for package in ("scenarios", "simulation"):
        shutil.copytree(ROOT / package, copy / package)
    file = copy / "simulation" / "agents" / "lead.py"
    text = file.read_text(encoding="utf-8")
    before, rule, after = text.partition("def act(company, lead, today):\n")
    said, line, rest = after.partition('"""\n')
    file.write_text(f"{before}{rule}{said}{line}    today = today + 0\n{rest}", encoding="utf-8")
    return copy


if __name__ == "__main__":
    for what, value, unit in main("--quick" in sys.argv):
        print(f"{what:<50} {value:10.3g} {unit}")
