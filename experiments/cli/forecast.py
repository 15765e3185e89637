"""What will be run, and about how long that takes: said before it starts."""

import time
from typing import TYPE_CHECKING, Any

from experiments.wording.numbers import counted, duration

if TYPE_CHECKING:
    from experiments.execution.runner import Settings
    from experiments.questions.question import Question
    from scenarios import Scenario

_FEW = 20  # runs that are over before anybody wonders


def forecast(question: "Question", plan: Any, settings: "Settings") -> str:
    """`compare: reference, 4 types, 800 runs, about 9 seconds on 2 cores`."""
    what = f"{question.name}: {question.what(plan)}"
    if plan.n_runs is None:
        return f"{what}, as many runs as the wished precision takes"
    said = f"{what}, {counted(plan.n_runs, 'run')}{'' if plan.is_exact else ' at most'}"
    if plan.n_runs <= _FEW or settings.scheduler or not plan.companies:
        return said
    from experiments.execution.runner import n_cores

    workers = settings.workers or n_cores()
    seconds = _seconds(plan) / workers
    return f"{said}, {duration(seconds)} on {counted(workers, 'core')}"


def _seconds(plan: Any) -> float:
    """What all runs take, one after the other."""
    each = {name: seconds_a_run(one) for name, one in plan.companies.items()}
    if plan.lives:
        return sum((n * each[name] for name, n in plan.lives.items()), 0.0)
    return float(plan.n_runs * max(each.values()))


def seconds_a_run(scenario: "Scenario") -> float:
    """Seconds of a run, from a run of one quarter."""
    from simulation.engine import simulate

    run = scenario.run
    short = scenario.model_copy(update={"run": run.model_copy(update={"quarters": 1, "warm_up_quarters": 0})})
    simulate(short, 0)  # the first loads machine code
    began = time.perf_counter()
    simulate(short, 0)
    return (time.perf_counter() - began) * (run.quarters + run.warm_up_quarters)
