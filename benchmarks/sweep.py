"""What a kept sweep on two workers costs beyond its simulations, and whether the parent's memory stays flat.

`python -m benchmarks.sweep RUNS` and `figures(runs)` measure in a process of its own, whose workers load nothing but
what a run needs; the first prints one line of JSON.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from statistics import mean

import scenarios
import simulation
from benchmarks.timed_run import timed
from experiments.designs.design import Design, variants_of
from experiments.designs.dimension import parse_vary
from experiments.designs.factorial import make
from experiments.designs.variant import laid_on
from experiments.execution.runner import OnProgress, Settings
from experiments.store.results_folder import open_results
from experiments.studies.study import DesignRuns, Study, StudyPlan

ROOT = Path(__file__).resolve().parent.parent
N_WORKERS = 2
VARY = ("market.turbulence=0:2", "practices.crm_coverage=0:1", "practices.meeting_every_d=1:63")
_N_ALONE = 30
_MEASURE = """
import json, sys
from benchmarks.sweep import measured
print(json.dumps(measured(int(sys.argv[1]))))
"""


def measured(n_runs: int) -> dict[str, float]:
    """Sweep so many points of a Latin hypercube around the reference company, each in one world, into a new folder."""
    base = scenarios.load("reference")
    points = make("latin-hypercube", parse_vary(VARY, base), n_runs, base)
    design = Design(base, points, (0,))
    simulation.compile_engine()
    alone_s = _alone(design)
    with tempfile.TemporaryDirectory(dir=ROOT) as folder:  # so that everything is loaded
        _kept(replace(design, points=points.head(3)), Path(folder) / "sweep", Settings(workers=1))
    memory: dict[int, float] = {}

    def watch(n_done: int, n_runs: int | None) -> None:
        """Note what the parent holds after so many runs."""
        memory[n_done] = _resident_mib()

    cpu, clock = _cpu_s(), time.perf_counter()
    with tempfile.TemporaryDirectory(dir=ROOT) as folder:
        runs = _kept(design, Path(folder) / "sweep", Settings(workers=N_WORKERS), watch)
    clock_s, cpu_s = time.perf_counter() - clock, _cpu_s() - cpu
    alone_s = (alone_s + _alone(design)) / 2
    return {**_told(runs, cpu_s, clock_s), "efficiency": n_runs * alone_s / (N_WORKERS * clock_s), **growth(memory)}


def _kept(design: Design, folder: Path, settings: Settings, on_progress: OnProgress | None = None) -> DesignRuns:
    """The runs of a design, kept in a folder as a sweep keeps them."""
    plan = StudyPlan("sweep", "reference", simulate=timed)
    with (
        open_results(folder, "a benchmark", {}) as results,
        Study(plan, settings, on_progress, results.archive(print, settings.batch_s / 2)) as study,
    ):
        return study.run_design(design)


def figures(n_runs: int) -> list[tuple[str, float, str]]:
    """The measurement as lines of the benchmark: (what, value, unit)."""
    told = told_apart(n_runs)
    what = f"kept sweep of {n_runs:,} runs, {N_WORKERS} workers"
    return [
        (f"{what}: overhead per run", told["overhead_ms"], "ms"),
        (f"{what}: the parent's part of it", told["parent_ms"], "ms"),
        (f"{what}: start of a worker", told["start_s"], "s"),
        (f"{what}: share of the workers' time simulating", told["share_simulating"], "share"),
        (f"{what}: parallel efficiency against a run alone", told["efficiency"], "share"),
        (f"{what}: growth of the parent's memory after the first fifth", told["growth_mib"], "MiB"),
    ]


def _told(runs: DesignRuns, cpu_s: "_Cpu", clock_s: float) -> dict[str, float]:
    n_runs = len(runs.table)
    start_s = float(runs.table["start_s"].sum())
    beyond = cpu_s.parent + cpu_s.workers - start_s - float(runs.table["cpu_s"].sum())
    return {
        "overhead_ms": 1e3 * beyond / n_runs,
        "start_s": start_s / N_WORKERS,
        "parent_ms": 1e3 * cpu_s.parent / n_runs,
        "share_simulating": float(runs.table["clock_s"].sum()) / (N_WORKERS * clock_s),
        "clock_s": clock_s,
    }


def _alone(design: Design) -> float:
    """Seconds of one run by the clock, in this process, while nothing else of ours runs."""
    variants = variants_of(design)[:_N_ALONE]
    companies = [laid_on(variant.scenario, dict(variant.changes)) for variant in variants]
    return mean(timed(company, 0).outcomes["clock_s"] for company in companies)


def growth(memory: dict[int, float]) -> dict[str, float]:
    """How much more memory the parent had at the end of the runs than after a fifth of them."""
    last = max(memory)
    early = memory[min(n_done for n_done in memory if n_done >= last / 5)]
    return {"growth_mib": memory[last] - early}


class _Cpu:
    """Processor seconds of this process and of its workers that have ended."""

    def __init__(self, parent: float, workers: float) -> None:
        self.parent, self.workers = parent, workers

    def __sub__(self, other: "_Cpu") -> "_Cpu":
        return _Cpu(self.parent - other.parent, self.workers - other.workers)


def _cpu_s() -> _Cpu:
    told = os.times()
    return _Cpu(told.user + told.system, told.children_user + told.children_system)


def _resident_mib() -> float:
    """Memory this process holds now; NaN where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return float("nan")
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def told_apart(n_runs: int) -> dict[str, float]:
    """Measure with as many runs in a process of its own."""
    command = [sys.executable, "-c", _MEASURE, str(n_runs)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


if __name__ == "__main__":
    print(json.dumps(told_apart(int(sys.argv[1]))))
