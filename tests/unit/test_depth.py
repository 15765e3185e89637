"""Depth of effort: how well people do what nobody can measure, what that costs and what it brings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import scenarios
from scenarios import Scenario
from simulation.border import depth, goodwill, hand_off
from simulation.company import build

SMALL = {"run.quarters": 1, "run.warm_up_quarters": 0, "people.marketers": 2, "customers.installed_base": 4}
shares = st.floats(0.0, 1.0)
euros = st.floats(0.0, 1e4)


def company_with(changes=None):
    return build(scenarios.with_changes(Scenario(), {**SMALL, **(changes or {})}), 3)


COMPANY = company_with()


def gain(own, owed, hours, worth, deep):
    """What a depth brings its doer, less what its hours would bring elsewhere."""
    norm = COMPANY.rules["behaviour"]["goodwill"]["norm"][0]
    elsewhere, usual = worth
    return (own + owed * norm * hours * usual) * deep * (2 - deep) - hours * elsewhere * deep


@given(euros, shares, st.floats(0.01, 8.0), st.floats(0.0, 500.0), st.floats(1e-3, 500.0))
def test_nobody_gains_by_another_depth_than_the_chosen_one(own, owed, hours, elsewhere, usual):
    worth = (elsewhere, usual)
    chosen = depth.choose(COMPANY, own, owed, hours, worth)
    assert 0.0 <= chosen <= 1.0
    best = gain(own, owed, hours, worth, chosen)
    for step in range(11):
        other = gain(own, owed, hours, worth, step / 10)
        assert best >= other - 1e-9 * (1 + abs(best))


@given(shares, shares, st.floats(0.05, 4.0), st.floats(1.0, 200.0), euros, euros)
def test_more_pay_and_more_goodwill_never_make_work_shallower(less, more, hours, usual, pay, more_pay):
    less, more = sorted((less, more))
    pay, more_pay = sorted((pay, more_pay))
    worth = (usual, usual)
    assert depth.choose(COMPANY, pay, less, hours, worth) <= depth.choose(COMPANY, pay, more, hours, worth)
    assert depth.choose(COMPANY, pay, less, hours, worth) <= depth.choose(COMPANY, more_pay, less, hours, worth)


@given(st.floats(0.05, 4.0), st.floats(1.0, 200.0))
def test_what_nobody_pays_and_nobody_owes_is_done_for_form_s_sake(hours, usual):
    assert depth.choose(COMPANY, 0.0, 0.0, hours, (usual, usual)) == 0.0


def test_who_is_paid_for_it_goes_deep_without_goodwill_and_a_busy_hour_makes_it_shallower():
    assert depth.choose(COMPANY, 1e4, 0.0, 0.5, (50.0, 50.0)) > 0.99
    calm, busy = (depth.choose(COMPANY, 0.0, 0.5, 0.5, (now, 50.0)) for now in (50.0, 100.0))
    assert busy < calm


@given(shares, shares, shares)
def test_an_effect_lies_between_form_and_full_and_grows_with_depth(bare, one, other):
    shallow, deep = sorted((one, other))
    assert bare - 1e-12 <= depth.effect(bare, shallow) <= depth.effect(bare, deep) + 1e-12 <= 1.0 + 2e-12
    assert depth.effect(bare, 0.0) == bare
    assert depth.effect(bare, 1.0) == pytest.approx(1.0)


@given(st.floats(0.0, 10.0), shares)
def test_hours_are_those_of_form_and_of_what_is_beyond(hours, deep):
    form = COMPANY.rules["behaviour"]["goodwill"]["form"][0]
    beyond = depth.beyond_form(COMPANY, hours)
    assert depth.hours_of(COMPANY, hours, deep) == pytest.approx(form * hours + deep * beyond)
    assert depth.hours_of(COMPANY, hours, 1.0) == pytest.approx(hours)


@pytest.mark.parametrize("fixed", [0.0, 0.3, 1.0])
def test_a_fixed_depth_holds_whatever_is_paid_or_owed(fixed):
    company = company_with({"behaviour.goodwill.fixed_depth": fixed})
    assert depth.choose(company, 1e6, 1.0, 1.0, (1.0, 1.0)) == fixed
    assert depth.choose(company, 0.0, 0.0, 1.0, (100.0, 1.0)) == fixed
    assert hand_off._depth_of_note(company, 0) == fixed


@pytest.mark.parametrize(("fixed", "told"), [(0.0, 0.0), (0.5, 0.75), (1.0, 1.0)])
def test_telling_can_be_fixed_alone(fixed, told):
    free = {"behaviour.goodwill.start": 0.7}
    company, other = company_with({**free, "behaviour.goodwill.fixed_telling": fixed}), company_with(free)
    for one in (company, other):
        one.lead["marketer"][0] = one.lead["owner"][0] = 0
    assert goodwill.told_by_rep(company, 0) == goodwill.told_by_marketer(company, 0) == told
    assert hand_off._depth_of_note(company, 0) == hand_off._depth_of_note(other, 0)
