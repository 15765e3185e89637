"""A liaison, and people who change places for a while: who they are, and what they leave to others."""

import numpy as np
import pytest
from scipy.stats import chisquare

import scenarios
from scenarios import Scenario
from simulation.border.go_betweens import go_between, share_living_with_sales
from simulation.border.hand_off import marketer_for
from simulation.company import build
from simulation.queues import NOBODY

SMALL = {"run.quarters": 2, "run.warm_up_quarters": 0, "people.account_executives": 2, "people.sdrs": 0}


def company_with(changes=None):
    return build(scenarios.with_changes(Scenario(), {**SMALL, "people.marketers": 2, **(changes or {})}), 5)


@pytest.mark.parametrize("n_marketers", [4, 6, 9])
@pytest.mark.parametrize("upstream", [0.0, 0.25, 0.33, 0.5, 1.0])
def test_the_liaison_designs_no_campaign_where_somebody_does_not(n_marketers, upstream):
    company = in_three_segments(n_marketers, upstream)
    liaison, works_upstream = company.state["liaison"][0], company.marketer["is_upstream"] == 1
    free = ~np.isin(np.arange(n_marketers), company.campaign["owner"])
    assert free[liaison]
    assert not works_upstream[liaison] or works_upstream[free].all()


@pytest.mark.parametrize("n_marketers", [1, 2, 3])
def test_with_fewer_marketers_a_designer_is_the_liaison_too(n_marketers):
    company = in_three_segments(n_marketers, 0.0)
    assert 0 <= company.state["liaison"][0] < n_marketers


def test_colleagues_take_what_the_liaison_has_no_time_for():
    """All of them alike: were it always the same one, that one's campaign would be left alone."""
    company = in_three_segments(9, 0.0)
    liaison, away = company.state["liaison"][0], Scenario().behaviour.together.liaison_share
    company.lead["segment"][:4000] = liaison % 3
    n = np.bincount([marketer_for(company, lead) for lead in range(4000)], minlength=9)
    taken = 4000 / 3 * away / 8  # by each colleague
    expected = np.where(np.arange(9) % 3 == liaison % 3, 4000 / 3 + taken, taken)
    expected[liaison] = 4000 / 3 * (1.0 - away)
    assert chisquare(n, expected).pvalue > 0.001


def in_three_segments(n_marketers, upstream):
    """The reference company with a liaison."""
    changes = {"people.marketers": n_marketers, "practices.liaison": True, "practices.upstream_share": upstream}
    return build(scenarios.load("reference", changes=changes), 5)


def test_without_the_practice_nobody_lives_with_sales():
    company = company_with()
    assert company.state["liaison"][0] == NOBODY
    assert all(share_living_with_sales(company, marketer) == 0.0 for marketer in range(2))


def test_only_people_change_places_and_who_quits_ends_the_exchange():
    company = company_with({"practices.rotations_per_year": 6.0})
    company.rep["is_vacant"][0], company.rep["day_back"][0], company.state["n_vacant_executives"] = 1, 10_000, 1
    every = 252 // 6
    for turn in range(1, 3):
        go_between(company, turn * every - 1)
        assert company.state["exchanged_rep"][0] == 1
    company.rep["is_vacant"][1] = 1
    before = company.trust_in_rep.copy()
    go_between(company, 2 * every)
    assert company.state["exchanged_rep"][0] == company.state["exchanged_marketer"][0] == -1
    assert (company.trust_in_rep == before).all()
