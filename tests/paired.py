"""Paired statements: what a change does to an outcome, in the same worlds, with its standard error."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

import scenarios
from scenarios import Scenario
from simulation import Run, simulate

Measure = str | Callable[[Run], float]


def measured(run: Run, measure: Measure) -> float:
    """An outcome by name, or any number a function reads from a run."""
    return run.outcomes[measure] if isinstance(measure, str) else float(measure(run))


def values(scenario: Scenario, measure: Measure, n: int) -> np.ndarray:
    """A measure in worlds 0 to n - 1."""
    return np.array([measured(simulate(scenario, seed), measure) for seed in range(n)])


def change(scenario: Scenario, changes: Mapping[str, Any], *measures: Measure, n: int) -> list[tuple[float, float]]:
    """For each measure the mean change over n worlds and its standard error, in the same worlds before and after."""
    other = scenarios.with_changes(scenario, changes)
    differences = []
    for seed in range(n):
        before, after = simulate(scenario, seed), simulate(other, seed)
        differences.append([measured(after, one) - measured(before, one) for one in measures])
    table = np.array(differences)
    errors = table.std(0, ddof=1) / np.sqrt(n)
    return [(float(mean), float(error)) for mean, error in zip(table.mean(0), errors, strict=True)]


def z(scenario: Scenario, changes: Mapping[str, Any], *measures: Measure, n: int) -> list[float]:
    """How many standard errors each measure moves; infinite where it moves by the same amount in every world."""
    moves = change(scenario, changes, *measures, n=n)
    return [mean / error if error else float(np.sign(mean) * np.inf) if mean else 0.0 for mean, error in moves]
