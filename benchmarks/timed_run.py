"""One run with its own clock, for whoever adds up what runs cost: it loads nothing that a worker does not need."""

import time
from dataclasses import dataclass

import simulation
from scenarios import Scenario

_has_run = False


@dataclass(frozen=True)
class Timed:
    """What is kept of a run."""

    outcomes: dict[str, float]


def timed(scenario: Scenario, seed: int) -> Timed:
    """A run from its first to its last byte: its outcomes, and `cpu_s` of the processor and `clock_s` by the clock.

    `start_s` is what this process had needed of the processor until it had the machine code and could begin its first
    run, 0 for its others.
    """
    global _has_run
    start_s = 0.0 if _has_run else _ready_s()
    _has_run = True
    clock, cpu = time.perf_counter(), time.process_time()
    outcomes = simulation.simulate(scenario, seed).outcomes
    taken = {"cpu_s": time.process_time() - cpu, "clock_s": time.perf_counter() - clock, "start_s": start_s}
    return Timed({**outcomes, **taken})


def _ready_s() -> float:
    simulation.compile_engine()
    return time.process_time()
