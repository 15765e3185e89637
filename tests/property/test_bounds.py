"""Every number can be what its declaration allows: at both ends of each, a small company's books stay finite."""

import math

import numpy as np
import pytest

import scenarios
from scenarios import Parameter, Scenario
from simulation import simulate

TINY = scenarios.with_changes(
    Scenario(),
    {
        "run.quarters": 1,
        "run.warm_up_quarters": 0,
        "market.prospects_per_day": 5.0,
        "customers.installed_base": 20,
        "people.account_executives": 2,
        "people.sdrs": 1,
        "people.marketers": 2,
    },
)
SIZES = {
    "run.quarters": 3,
    "run.warm_up_quarters": 3,
    "market.prospects_per_day": 1000.0,
    "customers.installed_base": 10_000,
    "people.account_executives": 30,
    "people.sdrs": 30,
    "people.marketers": 30,
    "people.managers": 30,
    "segments.*.growth_per_year": 50.0,
}
"""Numbers whose upper end takes memory or hours: they are tried at this much."""
NUMBERS = [one for one in scenarios.parameters() if not one.choices and "number" in one.allowed]
GROUPS = {"segments": Scenario().segments, "channels": Scenario().channels, "products": Scenario().products}


def ends(parameter: Parameter) -> list[float]:
    """The least and the most it can be."""
    bounds, whole = parameter.bounds, "whole number" in parameter.allowed
    low, high = bounds.ge, bounds.le
    if low is None and bounds.gt is not None:
        low = bounds.gt + 1 if whole else math.nextafter(bounds.gt, math.inf)
    if high is None and bounds.lt is not None:
        high = bounds.lt - 1 if whole else math.nextafter(bounds.lt, -math.inf)
    return [one for one in (low, SIZES.get(parameter.path, high)) if one is not None]


def at(parameter: Parameter, value: float) -> Scenario:
    """The small company with a number at one end."""
    group, _, rest = parameter.path.partition(".*")
    paths = [f"{group}.{name}{rest}" for name in GROUPS[group]] if rest else [parameter.path]
    return scenarios.with_changes(TINY, dict.fromkeys(paths, value))


def odd_numbers(scenario: Scenario) -> list[str]:
    """Columns of the books and outcomes that are infinite, or no number though they are one in the company as it is."""
    run = simulate(scenario, 1)
    found = [name for name in run.daily.dtype.names or () if not np.isfinite(run.daily[name]).all()]
    return found + [name for name, value in run.outcomes.items() if math.isinf(value)]


@pytest.mark.parametrize("path", sorted({one.path.partition(".")[0] for one in NUMBERS}))
def test_at_both_ends_of_every_number_the_books_are_finite(path):
    odd, tried = {}, 0
    for parameter in (one for one in NUMBERS if one.path.partition(".")[0] == path):
        for value in ends(parameter):
            try:
                scenario = at(parameter, value)
            except scenarios.ScenarioError:  # it has to fit another number, too
                continue
            tried += 1
            if found := odd_numbers(scenario):
                odd[parameter.path, value] = found[:5]
    assert odd == {}
    assert tried


def test_almost_every_end_is_tried():
    refused = []
    for parameter in NUMBERS:
        for value in ends(parameter):
            try:
                at(parameter, value)
            except scenarios.ScenarioError:
                refused.append(parameter.path)
    assert len(refused) < 20, refused


def test_no_number_may_be_as_small_as_one_likes():
    assert [one.path for one in NUMBERS if one.bounds.gt == 0] == []
