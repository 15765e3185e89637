"""The speed of the model: one run on both paths and beside its peers, growth, many runs, compilation, memory.

`python run.py bench` prints the table. Absolute times belong to the machine; ratios, shares and exponents do not.
"""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import simulation
from benchmarks import elementary, own_process, peers, sweep
from benchmarks.companies import Size, company
from benchmarks.own_process import ROOT, measured
from benchmarks.timing import exponent, time_fast, time_in_turns
from scenarios import Scenario
from simulation import world

Figure = tuple[str, float, str]
_SIZES = (1.0, 4.0, 16.0)


def main(quick: bool = False) -> list[Figure]:
    """Measure everything; returns (what, value, unit). `quick` leaves out compilation and the large company."""
    simulation.compile_engine()
    figures = [*_paths(company(), 5 if quick else 30), *_growth(2 if quick else 5)]
    figures += elementary.figures(5 if quick else 15)
    figures += peers.figures(1 if quick else 5, 200 if quick else 1_000)
    figures += sweep.figures(300 if quick else 10_000)
    return [*figures, *_memory(), *([] if quick else [*_large(), *_compilation()])]


def _paths(scenario: Scenario, times: int) -> list[Figure]:
    """A run in a world of its own, one in a world that is there, and one through Mesa, in turns in this process."""

    def fresh(seed: int) -> Any:
        """Draw the world, too."""
        world.forget()
        return simulation.simulate(scenario, seed)

    def shared(seed: int) -> Any:
        """As a further company in the world of the last run."""
        return simulation.simulate(scenario, seed)

    def through_mesa(seed: int) -> None:
        """By the agents, in the world of the last run."""
        model = simulation.CompanyModel(scenario, rng=seed)
        model.run()
        model.release()

    alone, further = time_in_turns([fresh, shared], times)
    beside, slow = time_in_turns([shared, through_mesa], max(2, times // 10))
    run = fresh(0)
    lead_days = float(run.daily["in_state"][:, 1:8].sum())  # everybody who is neither gone nor still to come
    return [
        ("reference run in a fresh world, median", 1e3 * alone.median, "ms"),
        ("reference run in a fresh world, best", 1e3 * alone.least, "ms"),
        ("reference run in a shared world, best", 1e3 * further.least, "ms"),
        ("shared world against fresh world, best against best", further.least / alone.least, "x"),
        ("reference run through Mesa in a shared world, best", 1e3 * slow.least, "ms"),
        ("Mesa against compiled, both in a shared world", slow.least / beside.least, "x"),
        ("time per prospect, fresh world", 1e6 * alone.least / len(run.company.prospect), "us"),
        ("time per lead-day, fresh world", 1e9 * alone.least / lead_days, "ns"),
    ]


def _growth(times: int) -> list[Figure]:
    """Exponents of time over size, worlds drawn anew: 1 is proportional."""
    ways = {
        "prospects": [Size(prospects=size) for size in _SIZES],
        "staff": [Size(staff=size) for size in _SIZES],
        "prospects and staff": [Size(prospects=size, staff=size) for size in _SIZES],
    }
    return [
        (f"growth with {way}, exponent", exponent(_SIZES, [time_fast(company(one), times).least for one in sizes]), "-")
        for way, sizes in ways.items()
    ]


def _memory() -> list[Figure]:
    """What a process of its own holds at most."""
    told = measured("memory")
    return [
        ("memory of a process before a run", told["before_mb"], "MB"),
        ("memory of a process with a reference run", told["peak_mb"], "MB"),
    ]


def _large() -> list[Figure]:
    told = measured("large")
    return [
        ("1,000 reps, a million prospects a year: time", told["seconds"], "s"),
        ("1,000 reps, a million prospects a year: memory", told["peak_mb"], "MB"),
    ]


def _compilation() -> list[Figure]:
    """Compiling into an empty cache, what a second process needs that finds the machine code, and one after an edit."""
    with tempfile.TemporaryDirectory() as cache, tempfile.TemporaryDirectory() as copy:
        first = measured("start", Path(cache))
        n_bytes = sum(file.stat().st_size for file in Path(cache).rglob("*") if file.is_file())
        second = measured("start", Path(cache))
        edited = measured("start", Path(cache), _edited(Path(copy)))
    return [
        ("first compilation, processor time of the start", first["processor_s"], "s"),
        ("the same from disk", second["processor_s"], "s"),
        ("the same after an edit of one rule", edited["processor_s"], "s"),
        ("machine code of one version on disk", n_bytes / own_process.MEGABYTE, "MB"),
    ]


def _edited(copy: Path) -> Path:
    """A copy of the model in which one rule that every lead follows has a line more."""
    for package in ("scenarios", "simulation", "benchmarks"):
        shutil.copytree(ROOT / package, copy / package)
    file = copy / "simulation" / "agents" / "lead.py"
    text = file.read_text(encoding="utf-8")
    before, rule, after = text.partition("def act(company, lead, today):\n")
    said, line, rest = after.partition('"""\n')
    if not line:
        raise RuntimeError("the rule to edit is not where it was")
    file.write_text(f"{before}{rule}{said}{line}    today = today + 0\n{rest}", encoding="utf-8")
    return copy


if __name__ == "__main__":
    for what, value, unit in main("--quick" in sys.argv):
        print(f"{what:<75} {value:10.3g} {unit}")
