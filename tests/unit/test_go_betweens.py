"""A liaison, and people who change places for a while: who they are, and what they leave to others."""

import scenarios
from scenarios import Scenario
from simulation.border.go_betweens import go_between, share_living_with_sales
from simulation.border.hand_off import marketer_for
from simulation.company import build
from simulation.queues import NOBODY

SMALL = {"run.quarters": 2, "run.warm_up_quarters": 0, "people.account_executives": 2, "people.sdrs": 0}


def company_with(changes=None):
    return build(scenarios.with_changes(Scenario(), {**SMALL, "people.marketers": 2, **(changes or {})}), 5)


def test_the_liaison_designs_no_campaign_and_keeps_no_desk_where_a_colleague_can():
    company = company_with({"people.marketers": 9, "practices.liaison": True, "practices.upstream_share": 0.33})
    liaison = company.state["liaison"][0]
    assert not company.marketer["is_upstream"][liaison]
    assert liaison not in company.campaign["owner"]
    company.lead["segment"] = liaison % len(company.segment)
    helpers = {marketer_for(company, lead) for lead in range(200)}
    assert helpers == {one for one in range(9) if one % len(company.segment) == liaison % len(company.segment)} - {
        liaison
    }


def test_a_liaison_alone_does_everything():
    company = company_with({"people.marketers": 1, "practices.liaison": True})
    assert company.state["liaison"][0] == 0
    assert marketer_for(company, 0) == 0


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
