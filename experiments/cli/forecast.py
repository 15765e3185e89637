"""What will be run, and about how long that takes: said before it starts."""

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from experiments.wording.numbers import counted, duration

if TYPE_CHECKING:
    from experiments.execution.runner import Settings
    from experiments.questions.question import Question
    from scenarios import Scenario

_FEW = 20  # runs that are over before anybody wonders


@dataclass(frozen=True)
class Forecast:
    """`n_runs` None: as many as the precision takes; `seconds` None: over at once, or nobody knows."""

    question: str
    what: str
    n_runs: int | None
    is_exact: bool
    workers: int | None = None
    seconds: float | None = None

    def __str__(self) -> str:
        """`compare: reference, 4 types, 800 runs, about 9 seconds on 2 cores`."""
        what = f"{self.question}: {self.what}"
        if self.n_runs is None:
            return f"{what}, as many runs as the wished precision takes"
        said = f"{what}, {counted(self.n_runs, 'run')}{'' if self.is_exact else ' at most'}"
        if self.seconds is None or self.workers is None:
            return said
        return f"{said}, {duration(self.seconds)} on {counted(self.workers, 'core')}"


def forecast(question: "Question", plan: Any, settings: "Settings") -> Forecast:
    """What will be run; the model must be compiled, for how long a run takes is measured."""
    runs = Forecast(question.name, question.what(plan), plan.n_runs, plan.n_runs is not None and plan.is_exact)
    if plan.n_runs is None or plan.n_runs <= _FEW or settings.scheduler or not plan.companies:
        return runs
    from experiments.execution.runner import n_cores

    workers = settings.workers or n_cores()
    return replace(runs, workers=workers, seconds=_seconds(plan) / workers)


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
