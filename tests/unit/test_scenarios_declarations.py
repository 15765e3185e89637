"""Every parameter we ship says what it is, and a scenario out of defaults alone is a usual one."""

import pytest

import scenarios
from scenarios.registry import Parameter

ALL = scenarios.parameters()


@pytest.mark.parametrize("parameter", ALL, ids=str)
def test_a_parameter_says_what_it_is(parameter: Parameter):
    assert parameter.meaning.endswith(".")
    assert parameter.unit
    assert parameter.source.reference
    assert parameter.allowed
    is_choice = bool(parameter.choices)
    assert (parameter.unit == "-") or not is_choice
    assert (parameter.plausible is None) == is_choice


def test_numbers_have_bounds_on_both_sides():
    for parameter in ALL:
        if not parameter.choices:
            limits = parameter.bounds
            assert limits.ge is not None or limits.gt is not None, parameter.path
            assert limits.le is not None or limits.lt is not None, parameter.path


def test_paths_are_unique():
    assert len({parameter.path for parameter in ALL}) == len(ALL)


def test_the_defaults_are_plausible():
    assert scenarios.implausible(scenarios.Scenario()) == []


def test_a_strange_value_is_noted_but_allowed():
    strange = scenarios.set_value(scenarios.Scenario(), "market.turbulence", 15)
    assert scenarios.implausible(strange) == ["market.turbulence is 15.0, outside the plausible range 0 to 5 x"]


def test_a_strange_value_of_a_segment_is_noted_with_its_name():
    strange = scenarios.set_value(scenarios.Scenario(), "segments.*.buyers", 40)
    [name] = strange.segments
    assert scenarios.implausible(strange)[0].startswith(f"segments.{name}.buyers is 40.0")


def test_resolved_values_give_the_same_scenario_back():
    scenario = scenarios.set_value(scenarios.Scenario(), "market.turbulence", 0.3)
    assert scenarios.from_resolved(scenarios.resolved(scenario)) == scenario
