"""The patterns the comparison stands on, in few enough runs for every test; `compare` and `agree` show them in full.

A pattern fails here if it is gone, not if luck made it a little smaller: each is asked at three standard errors.
"""

from functools import cache

import numpy as np
import pytest

import scenarios
import simulation
from experiments.execution.runner import Settings
from experiments.questions.agreement.ask import agree
from experiments.statistics.paired import variance_reduction

WORLDS = {"reference": 160, "small_firm": 200}  # what common worlds are worth takes many to tell


@cache
def contributions(company: str, practices: str) -> np.ndarray:
    """Contribution of one company under one bundle of practices, in each world."""
    scenario = scenarios.load(company, practices)
    return np.array(
        [simulation.simulate(scenario, world).outcomes["contribution_eur"] for world in range(WORLDS[company])]
    )


def gain(company: str, better: str, worse: str) -> tuple[float, float]:
    """Mean paired difference in contribution, EUR, and its standard error."""
    differences = contributions(company, better) - contributions(company, worse)
    return float(differences.mean()), float(differences.std(ddof=1) / len(differences) ** 0.5)


@pytest.mark.parametrize(("better", "worse"), [("defined", "undefined"), ("aligned", "defined")])
def test_reference_company_earns_more_with_closer_practices(better: str, worse: str) -> None:
    mean, error = gain("reference", better, worse)
    assert mean > 3 * error


def test_small_firm_does_not_gain_from_integrated() -> None:
    mean, error = gain("small_firm", "integrated", "aligned")
    assert mean + 2 * error < 0.01 * contributions("small_firm", "aligned").mean()


@pytest.mark.parametrize(
    ("one", "other"), [("undefined", "defined"), ("defined", "aligned"), ("aligned", "integrated")]
)
def test_common_worlds_are_worth_at_least_four_times_the_runs(one: str, other: str) -> None:
    ours, theirs = contributions("reference", one), contributions("reference", other)
    assert variance_reduction(ours, theirs) >= 4
    assert variance_reduction(ours, np.roll(theirs, 1)) < 2  # what different worlds are worth: nothing


def test_olist_funnel_agrees_with_the_published_figures() -> None:
    found = agree("olist_signup", runs=6, settings=Settings(workers=1))
    assert found.is_within, [line for line in found.lines if line.is_within is False]
