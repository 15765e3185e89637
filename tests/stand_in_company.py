"""A stand-in for the simulation: a company of three numbers, fast, keyed by seed, with ways to misbehave."""

import os
import time
from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True)
class Company:
    """`gain` is what the arm adds to contribution; the rest makes single runs misbehave."""

    gain: float = 0.0
    seconds: float = 0.0
    fails_on: frozenset[int] = frozenset()
    dies_on: frozenset[int] = frozenset()
    unknown_on: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Run:
    """What a simulation returns, as far as experiments look at it."""

    outcomes: dict[str, float] = field(default_factory=dict)


def simulate(company: Company, seed: int) -> Run:
    """World luck is common to all arms (sd 30), own luck is small (sd 5)."""
    time.sleep(company.seconds)
    if seed in company.fails_on:
        raise ValueError(f"no market in world {seed}")
    if seed in company.dies_on:
        os._exit(9)
    luck = np.random.default_rng([seed, 1]).normal()
    own = np.random.default_rng([seed, round(company.gain * 1000)]).normal()
    contribution = float("nan") if seed in company.unknown_on else 100.0 + company.gain + 30 * luck + 5 * own
    return Run({"contribution_eur": contribution, "win_rate": 0.2 + company.gain / 1000})
