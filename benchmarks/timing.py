"""Processor time of repeated runs, and how it grows."""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import linear_regression, median

import simulation
from scenarios import Scenario
from simulation import world

Run = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of repeated runs. The least is what the machine can do, the median what it does while it is also busy."""

    least: float
    median: float


def time_in_turns(runs: Sequence[Run], repetitions: int) -> list[Times]:
    """Time several things in turns, each with the numbers 0, 1, 2, ...; a first round is not counted.

    Processor seconds of this process: what else the machine does tells least where all are timed under the same.
    """
    taken = [[_seconds(run, number) for run in runs] for number in (0, *range(repetitions))][1:]
    return [Times(min(one), median(one)) for one in zip(*taken, strict=True)]


def _seconds(run: Run, number: int) -> float:
    start = time.process_time()
    run(number)
    return time.process_time() - start


def time_fast(scenario: Scenario, repetitions: int) -> Times:
    """Time whole compiled runs of a company, each in a world of its own."""

    def fresh(seed: int) -> object:
        """Draw the world, too."""
        world.forget()
        return simulation.simulate(scenario, seed)

    return time_in_turns([fresh], repetitions)[0]


def exponent(sizes: Sequence[float], seconds: Sequence[float]) -> float:
    """Return b of the power law seconds = a * size**b that fits best (least squares of the logarithms).

    1 is growth in proportion. Worked number: sizes 1, 2, 4 and seconds 1, 4, 16 give 2.
    """
    return linear_regression([math.log(size) for size in sizes], [math.log(second) for second in seconds]).slope
