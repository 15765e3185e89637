"""What others need for the same: a textbook model on Mesa for a run, joblib and EMA Workbench for many runs.

`python -m benchmarks.peers` prints the table. Everything is timed in turns in one process, so ratios stay where times
do not. joblib and EMA Workbench come with the extra `bench`; a peer that is not there is named, not left out in
silence.
"""

import io
import os
import warnings
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr
from functools import cache
from importlib.util import find_spec
from typing import Any

import scenarios
import simulation
from benchmarks import textbook_model
from benchmarks.timed_run import timed
from benchmarks.timing import time_in_turns
from experiments.designs.design import Design, planned_runs, variants_of
from experiments.designs.dimension import parse_vary
from experiments.designs.factorial import make
from experiments.designs.variant import laid_on
from experiments.execution.runner import Settings, run_design
from scenarios import Scenario
from simulation import world

Figure = tuple[str, float, str]
Point = Mapping[str, float]
N_WORKERS = 2
LEVERS = {"market.turbulence": (0.0, 2.0), "practices.crm_coverage": (0.0, 0.9), "market.drift_per_quarter": (0.1, 0.6)}
_MISSING = "{} is not here (pip install -e '.[bench]')"


def figures(times: int, n_runs: int) -> list[Figure]:
    """All lines of the benchmark: (what, value, unit)."""
    return [*textbook(times), *runners(n_runs)]


def textbook(times: int) -> list[Figure]:
    """Whole runs of the reference company, ours and the textbook's in turns; the quickest of each."""
    scenario = scenarios.load("reference")

    def fresh(seed: int) -> Any:
        """A run in a world of its own."""
        world.forget()
        return simulation.simulate(scenario, seed)

    def shared(seed: int) -> Any:
        """A run in the world of the one before."""
        return simulation.simulate(scenario, seed)

    ours, lines = {"fresh world": fresh, "shared world": shared}, []
    orders = {"shuffled every day": textbook_model.run, "in a fixed order": textbook_model.run_in_order}
    told = [one.least for one in time_in_turns([*ours.values(), *orders.values()], times)]
    for order, theirs in zip(orders, told[len(ours) :], strict=True):
        lines.append((f"textbook Mesa model, leads {order}", theirs, "s"))
        for kind, quick in zip(ours, told, strict=False):
            lines.append((f"the same against our run in a {kind}", theirs / quick, "x"))
    return lines


def runners(n_runs: int) -> list[Figure]:
    """Processor time beyond the simulations that many runs take on two workers, ours kept nowhere, and others'."""
    design = design_of(n_runs)
    ways: dict[str, Callable[[Design], list[dict[str, float]]]] = {"joblib": by_joblib, "ema_workbench": by_ema}
    timed(design.base, 0)  # from here on this process counts as started
    ours = _overhead_s(by_runner, design)
    lines: list[Figure] = [("overhead of a run, our runner, 2 workers", 1e3 * ours, "ms")]
    for name, way in ways.items():
        if find_spec(name) is None:
            lines.append((f"overhead of a run, {_MISSING.format(name)}", float("nan"), "x"))
        else:
            theirs = _overhead_s(way, design)
            ours = min(ours, _overhead_s(by_runner, design))
            lines.append((f"overhead of a run, {name} against our runner", theirs / ours, "x"))
    return lines


def design_of(n_runs: int) -> Design:
    """So many points of a Latin hypercube around the reference company, each in the same world."""
    base = scenarios.load("reference")
    vary = [f"{path}={low}:{high}" for path, (low, high) in LEVERS.items()]
    return Design(base, make("latin-hypercube", parse_vary(vary, base), n_runs, base), (0,))


def _overhead_s(way: Callable[[Design], list[dict[str, float]]], design: Design) -> float:
    """Seconds of the processor a run, in this process and its workers, beyond the start of workers and simulations."""
    before = _processor_s()
    outcomes = way(design)
    beyond = _processor_s() - before - sum(one["cpu_s"] + one["start_s"] for one in outcomes)
    return beyond / len(outcomes)


def _processor_s() -> float:
    told = os.times()
    return told.user + told.system + told.children_user + told.children_system


def by_runner(design: Design) -> list[dict[str, float]]:
    """Outcomes of every run, by our runner."""
    variants = {str(place): one for place, one in enumerate(variants_of(design))}
    settings = Settings(workers=N_WORKERS, simulate=timed, pool_s=-1.0)
    return [dict(done.outcomes) for done in run_design(variants, planned_runs(design), settings).results]


@cache
def _base() -> Scenario:
    return scenarios.load("reference")


def lived(point: Point) -> dict[str, float]:
    """What others call in their workers: the reference company with some values changed, lived through."""
    return timed(laid_on(_base(), point), 0).outcomes


def by_joblib(design: Design) -> list[dict[str, float]]:
    """The same by joblib."""
    from joblib import Parallel, delayed
    from joblib.externals.loky import get_reusable_executor

    points = design.points.to_dict("records")
    try:
        return list(Parallel(n_jobs=N_WORKERS)(delayed(lived)(point) for point in points))
    finally:
        get_reusable_executor().shutdown(wait=True)  # what workers have used is known once they have ended


def by_ema(design: Design) -> list[dict[str, float]]:
    """The same by EMA Workbench."""
    with warnings.catch_warnings(action="ignore"):  # it tells what else could be installed
        from ema_workbench import Model, MultiprocessingEvaluator, RealParameter, ScalarOutcome, perform_experiments
        from ema_workbench import Scenario as Sample

    model = Model("reference", function=_of_levers)
    names = {path.replace(".", "_"): path for path in design.points.columns}
    model.uncertainties = [RealParameter(name, *LEVERS[path]) for name, path in names.items()]
    model.outcomes = [ScalarOutcome(name) for name in lived({})]
    rows = design.points.rename(columns={path: name for name, path in names.items()}).to_dict("records")
    points = [Sample(str(number), **{str(name): row[name] for name in names}) for number, row in enumerate(rows)]
    quiet = redirect_stderr(io.StringIO())  # it draws a bar
    with quiet, MultiprocessingEvaluator(model, n_processes=N_WORKERS) as evaluator:
        _, outcomes = perform_experiments(model, points, evaluator=evaluator)
    columns = {name: values.tolist() for name, values in outcomes.items()}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _of_levers(**levers: float) -> dict[str, float]:
    return lived({path: levers[path.replace(".", "_")] for path in LEVERS})


if __name__ == "__main__":
    for what, value, unit in figures(3, 300):
        print(f"{what:<75} {value:10.3g} {unit}")
