"""What must be measured in a process of its own: first compilation, a start from stored code, memory.

`python -m benchmarks.own_process WHAT` measures and prints one line of JSON; `measured(WHAT)` does both from here.
"""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MEGABYTE = 1e6


def measured(what: str, machine_code: Path | None = None, root: Path = ROOT) -> dict[str, float]:
    """Measure `what` ("start", "memory" or "large") in a fresh process; `machine_code` is where it keeps compiled code.

    `root` is where the project lies. Raises RuntimeError with what the process said if it fails.
    """
    environment: Mapping[str, str] = os.environ
    if machine_code is not None:
        environment = {**os.environ, "REVENUE_TOGETHER_CACHE": str(machine_code)}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.own_process", what],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"measuring {what} failed: {done.stderr.strip()[-500:]}")
    values: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return values


def _start() -> dict[str, float]:
    """From nothing to a first run of the reference company: imports, compilation or loading, the run."""
    clock, work = time.perf_counter(), time.process_time()
    import simulation
    from benchmarks.companies import company

    imported, imported_mb = time.perf_counter(), _peak_megabytes()
    simulation.compile_engine()
    compiled = time.perf_counter()
    simulation.simulate(company(), 0)
    return {
        "import_s": imported - clock,
        "import_mb": imported_mb,
        "compile_s": compiled - imported,
        "whole_s": time.perf_counter() - clock,
        "processor_s": time.process_time() - work,
    }


def _memory() -> dict[str, float]:
    """Megabytes the process needs at most, before and after a run of the reference company."""
    import simulation
    from benchmarks.companies import company

    scenario = company()
    simulation.compile_engine()
    before = _peak_megabytes()
    simulation.simulate(scenario, 0)
    return {"before_mb": before, "peak_mb": _peak_megabytes()}


def _large() -> dict[str, float]:
    """Seconds and megabytes of one run of the large company."""
    import simulation
    from benchmarks.companies import large_company

    scenario = large_company()
    simulation.compile_engine()
    start = time.perf_counter()
    run = simulation.simulate(scenario, 0)
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "peak_mb": _peak_megabytes(), "prospects": float(len(run.company.prospect))}


def _peak_megabytes() -> float:
    """Most memory this program has held at any time; NaN where the system does not tell."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return _peak_of_process_megabytes()
    return int(re.findall(r"VmHWM:\s*(\d+) kB", status)[0]) * 1024 / MEGABYTE


def _peak_of_process_megabytes() -> float:
    """The same where it cannot be told from what the process held while it was still a copy of its parent."""
    try:
        import resource
    except ImportError:  # Windows
        return float("nan")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # kilobytes, on macOS bytes
    return peak / MEGABYTE if sys.platform == "darwin" else peak * 1024 / MEGABYTE


MEASURES = {"start": _start, "memory": _memory, "large": _large}

if __name__ == "__main__":
    print(json.dumps(MEASURES[sys.argv[1]]()))
