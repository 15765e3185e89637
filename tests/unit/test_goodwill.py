"""Accounts of how one is treated, and what is felt to be owed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import scenarios
from scenarios import Scenario
from simulation.border import goodwill
from simulation.company import build
from simulation.engine import live_days
from simulation.queues import NOBODY

SMALL = {
    "run.quarters": 2,
    "run.warm_up_quarters": 0,
    "people.account_executives": 3,
    "people.sdrs": 1,
    "people.marketers": 2,
    "practices.shared_responsibility": 0.0,
    "customers.installed_base": 10,
}
shares = st.floats(0.0, 1.0)
ACTS = (
    lambda company, rep, marketer, how: goodwill.rep_is_treated(company, rep, marketer, how),
    lambda company, rep, marketer, how: goodwill.marketer_is_treated(company, marketer, rep, how),
    lambda company, rep, marketer, how: goodwill.rep_feels(company, rep, marketer, how, 0.0),
    lambda company, rep, marketer, how: goodwill.marketer_feels(company, marketer, rep, 0.0, how),
    lambda company, rep, marketer, how: goodwill.all_feel(company, 0.1 * how, 0.1 * (1 - how)),
    lambda company, rep, marketer, how: goodwill.meet(company, rep),
)


def company_with(changes=None):
    return build(scenarios.with_changes(Scenario(), {**SMALL, **(changes or {})}), 4)


def means_are_true(company):
    assert company.rep["account"] == pytest.approx(company.account_of_rep.mean(axis=1))
    assert company.marketer["account"] == pytest.approx(company.account_of_marketer.mean(axis=1))
    for accounts in (company.account_of_rep, company.account_of_marketer):
        assert accounts.min() >= 0.0
        assert accounts.max() <= 1.0


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 3), st.integers(0, 1), shares), max_size=25))
def test_the_mean_that_is_kept_is_the_mean_of_all_accounts(acts):
    company = company_with()
    for act, rep, marketer, how in acts:
        act(company, rep, marketer, how)
    means_are_true(company)


def test_the_means_are_true_after_a_life_with_people_who_come_and_go():
    company = build(scenarios.load("reference", "aligned", {"run.quarters": 4, "people.turnover_per_year": 2.0}), 1)
    live_days(company, 0, company.book.shape[0])
    assert company.book["n_hired"].sum() > 0
    means_are_true(company)


FAST_DOWN = company_with({"behaviour.goodwill.seen": 0.1, "behaviour.goodwill.worse": 3.0})


@given(st.floats(0.05, 0.95), shares)
def test_an_account_moves_to_what_was_seen_and_falls_faster_than_it_rises(start, how):
    FAST_DOWN.account_of_rep[0, 0], FAST_DOWN.account_of_marketer[0, 0] = start, start
    goodwill.rep_is_treated(FAST_DOWN, 0, 0, how)
    goodwill.marketer_is_treated(FAST_DOWN, 0, 0, how)
    share = 0.3 if how < start else 0.1
    assert FAST_DOWN.account_of_rep[0, 0] == pytest.approx(start + share * (how - start))
    assert FAST_DOWN.account_of_marketer[0, 0] == pytest.approx(start + share * (how - start))


def test_accounts_can_be_frozen():
    company = company_with({"behaviour.goodwill.pace": 0.0})
    before = company.account_of_rep.copy(), company.account_of_marketer.copy()
    goodwill.rep_is_treated(company, 0, 0, 0.0)
    goodwill.all_feel(company, 0.3, 0.5)
    assert np.array_equal(company.account_of_rep, before[0])
    assert np.array_equal(company.account_of_marketer, before[1])


def test_people_expect_to_be_treated_as_well_as_they_trust_unless_it_is_said():
    company = company_with()
    assert np.array_equal(company.account_of_rep, company.trust_in_marketer)
    assert np.array_equal(company.account_of_marketer, company.trust_in_rep)
    assert (company_with({"behaviour.goodwill.start": 0.3}).account_of_rep == 0.3).all()


def owing(person, side, **changes):
    """What rep 0 owes marketer 0, whose account stands at `person`, that of the side at `side`."""
    company = company_with({f"behaviour.goodwill.{name}": value for name, value in changes.items()})
    company.account_of_rep[0, 0], company.rep["account"][0] = person, side
    return company


@given(shares, shares)
@settings(max_examples=20)
def test_what_is_owed_is_part_to_the_person_and_part_to_the_side(person, side):
    company = owing(person, side, to_side=0.25)
    assert goodwill.owed_by_rep(company, 0, 0) == pytest.approx(0.75 * person + 0.25 * side)
    assert goodwill.owed_by_rep(company, 0, NOBODY) == pytest.approx(side)


def test_a_culture_adds_to_it_and_open_disputes_take_from_it():
    company = owing(0.4, 0.4, culture=0.5, quarrel=0.6)
    company.rules["practices"]["shared_responsibility"] = 0.5
    assert goodwill.owed_by_rep(company, 0, 0) == pytest.approx(0.4 + 0.25 * 0.6)
    company.conflict["disputes_open"] = len(company.dispute) // 2
    assert goodwill.owed_by_rep(company, 0, 0) == pytest.approx(0.55 * 0.4)
    company.conflict["disputes_open"] = len(company.dispute)  # more than half is no worse than half
    assert goodwill.owed_by_rep(company, 0, 0) == pytest.approx(0.55 * 0.4)


def test_who_feels_well_treated_tells_more():
    told = []
    for account in (0.0, 0.4, 0.8):
        company = company_with({"behaviour.goodwill.start": account})
        told.append(goodwill.told_by_rep(company, 0))
        assert goodwill.told_by_marketer(company, 0) == told[-1]
    assert told[0] == 0.0
    assert told[0] <= told[1] < told[2] < 1.0


@pytest.mark.parametrize(("shared", "sign"), [(0.0, -1), (1.0, 1)])
def test_a_win_s_credit_warms_or_cools_the_marketer(shared, sign):
    company = company_with({"practices.credit_shared": shared, "behaviour.goodwill.start": 0.5})
    company.lead["marketer"][0], company.lead["owner"][0] = 1, 2
    goodwill.credit_win(company, 0)
    moved = company.account_of_marketer - 0.5
    assert np.sign(moved[1, 2]) == sign
    assert np.count_nonzero(moved) == 1
