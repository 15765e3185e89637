"""Times of repeated runs, and how they grow."""

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import linear_regression, median

import simulation
from scenarios import Scenario


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of repeated runs. The least is what the machine can do, the median what it does while it is also busy."""

    least: float
    median: float


def time_repeated(run: Callable[[int], object], repetitions: int) -> Times:
    """Time `run(0)`, `run(1)`, ...; whatever has to be loaded or compiled should have been before."""
    seconds = list(_seconds(run, repetitions))
    return Times(min(seconds), median(seconds))


def _seconds(run: Callable[[int], object], repetitions: int) -> Iterator[float]:
    for number in range(repetitions):
        start = time.perf_counter()
        run(number)
        yield time.perf_counter() - start


def time_fast(scenario: Scenario, repetitions: int) -> Times:
    """Time whole compiled runs of a company, each with a seed of its own, after one that is not counted."""
    simulation.simulate(scenario, repetitions)
    return time_repeated(lambda seed: simulation.simulate(scenario, seed), repetitions)


def time_mesa(scenario: Scenario, repetitions: int) -> Times:
    """Time whole runs of the Mesa model, each with a seed of its own, after a few days that are not counted."""
    warm = simulation.CompanyModel(scenario, rng=repetitions)
    for _ in range(scenario.days // 4):  # long enough to meet, report, settle a quarter
        warm.step()
    warm.release()
    return time_repeated(lambda seed: _run_mesa(scenario, seed), repetitions)


def _run_mesa(scenario: Scenario, seed: int) -> None:
    model = simulation.CompanyModel(scenario, rng=seed)
    model.run()
    model.release()


def exponent(sizes: Sequence[float], seconds: Sequence[float]) -> float:
    """Return b of the power law seconds = a * size**b that fits best (least squares of the logarithms).

    1 is growth in proportion. Worked number: sizes 1, 2, 4 and seconds 1, 4, 16 give 2.
    """
    return linear_regression([math.log(size) for size in sizes], [math.log(second) for second in seconds]).slope
