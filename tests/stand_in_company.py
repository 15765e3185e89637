"""A stand-in for the simulation: a company of three numbers, fast, keyed by seed, with ways to misbehave."""

import os
import time
from dataclasses import dataclass, field
from functools import partial
from types import SimpleNamespace
from typing import Any

import numpy as np

from scenarios import Scenario
from scenarios.run_length import DAYS_PER_QUARTER, DAYS_PER_YEAR


@dataclass(frozen=True)
class Company:
    """`gain` is what the variant adds to contribution; the rest makes single runs misbehave."""

    gain: float = 0.0
    seconds: float = 0.0
    fails_on: frozenset[int] = frozenset()
    dies_on: frozenset[int] = frozenset()
    unknown_on: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Run:
    """What a simulation returns, as far as experiments look at it."""

    outcomes: dict[str, float] = field(default_factory=dict)
    scenario: Any = None
    seed: int = 0
    daily: Any = field(
        default_factory=lambda: np.zeros(DAYS_PER_YEAR, dtype=[("revenue", "f8"), ("bookings_new", "f8")])
    )
    first_day: int = 0
    company: Any = None


def simulate(company: Company, seed: int) -> Run:
    """World luck is common to all variants (sd 30), own luck is small (sd 5)."""
    time.sleep(company.seconds)
    if seed in company.fails_on:
        raise ValueError(f"no market in world {seed}")
    if seed in company.dies_on:
        os._exit(9)
    contribution = float("nan") if seed in company.unknown_on else 100.0 + company.gain + _luck(seed, company.gain)
    return Run({"contribution_eur": contribution, "win_rate": 0.2 + company.gain / 1000})


def simulate_scenario(scenario: Scenario, seed: int) -> Run:
    """A whole run made up from a scenario: closer contact (coverage of the CRM) brings money and trust."""
    from simulation import OUTCOMES
    from simulation.ledger import BOOK

    closeness = scenario.practices.crm_coverage
    luck = _luck(seed, closeness)
    outcomes = dict.fromkeys(OUTCOMES, 10.0 + closeness) | {
        "contribution_eur": 1e6 + 3e5 * closeness + 1e4 * luck,
        "gross_margin_eur": 3e6 + 4e5 * closeness + 1e4 * luck,
        "coordination_cost_eur": 1e5 * closeness,
        "bad_debt_eur": 1e4,
        "programme_eur": 5e5,
        "share_never_worked": 0.6 - 0.5 * closeness + 0.0001 * luck,
        "win_rate": 0.2 + 0.1 * closeness + 0.0001 * luck,
        "cycle_days_median": 60.0 + 20 * closeness + 0.01 * luck,
        "hours_meeting": 100 * closeness,
    }
    daily = np.zeros(scenario.days, dtype=BOOK)
    daily["bookings_new"] = 1000.0 + luck
    daily["trust_in_marketers"] = daily["trust_in_reps"] = 0.5 + 0.4 * closeness
    for side in ("hours_sales", "hours_marketing", "hours_managers"):
        daily[side] = np.arange(1, 1 + daily[side].shape[1])
    return Run(outcomes, scenario, seed, daily, scenario.run.warm_up_quarters * DAYS_PER_QUARTER)


def simulate_with_failures(scenario: Scenario, seed: int, fails_on: tuple[int, ...] = ()) -> Run:
    """As `simulate_scenario`, but companies with a full CRM fail in some worlds."""
    if seed in fails_on and scenario.practices.crm_coverage > 0.8:
        raise ZeroDivisionError(f"world {seed}")
    return simulate_scenario(scenario, seed)


def failing_in_every_type(scenario: Scenario, seed: int) -> Run:
    """A simulation that never comes to its end."""
    raise ZeroDivisionError(f"world {seed}")


failing_in_worlds_3_and_4 = partial(simulate_with_failures, fails_on=(3, 4))
failing_always = partial(simulate_with_failures, fails_on=tuple(range(1000)))


LEAD = np.dtype([("channel", "i4"), ("day_reached", "i4"), ("day_won", "i4")])


def simulate_leads(leads: list[tuple[int, int, int]], scenario: Scenario, seed: int) -> Run:
    """A run with just these leads: channel, day reached, day won (-1 for never)."""
    rows = np.array(leads, dtype=LEAD)
    first_day = scenario.run.warm_up_quarters * DAYS_PER_QUARTER
    return Run({}, scenario, seed, None, first_day, SimpleNamespace(lead=rows))


def _luck(seed: int, key: float) -> float:
    world = np.random.default_rng([seed, 1]).normal()
    own = np.random.default_rng([seed, 2, round(key * 1000)]).normal()
    return float(30 * world + 5 * own)
