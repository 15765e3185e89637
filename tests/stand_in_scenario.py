"""A stand-in for the simulation of a scenario that loads nothing: for worker processes that start again and again."""

import os
import time

from scenarios import Scenario
from tests.stand_in_company import Run


def simulate(scenario: Scenario, seed: int) -> Run:
    """Turbulence costs, a full CRM brings; every world has a height of its own."""
    height = 100.0 * ((seed * 7919) % 31) / 31
    coverage, turbulence = scenario.practices.crm_coverage, scenario.market.turbulence
    contribution = 1000.0 + height + 50.0 * coverage * (1 + height / 100) - 20.0 * turbulence
    return Run({"contribution_eur": contribution, "win_rate": 0.2 + coverage / 10, "zeal": turbulence / 3})


def slow(scenario: Scenario, seed: int) -> Run:
    """A run of three milliseconds."""
    time.sleep(0.003)
    return simulate(scenario, seed)


def failing_while_told(scenario: Scenario, seed: int) -> Run:
    """A run that fails in world 3 as long as the environment says so."""
    if seed == 3 and os.environ.get("WORLD_3_FAILS"):
        raise ZeroDivisionError("nothing to divide by")
    return simulate(scenario, seed)
