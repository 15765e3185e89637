"""A liaison, and people who change places for a while: who they are, and what they leave to others."""

import numpy as np
import pytest
from scipy.stats import chisquare

import scenarios
from scenarios import Scenario
from simulation.border.go_betweens import go_between, share_living_with_sales
from simulation.border.hand_off import marketer_for
from simulation.company import build
from simulation.engine import live_days
from simulation.queues import NOBODY
from tests.worlds import meet_everybody

SMALL = {"run.quarters": 2, "run.warm_up_quarters": 0, "people.account_executives": 2, "people.sdrs": 0}


def company_with(changes=None):
    return build(scenarios.with_changes(Scenario(), {**SMALL, "people.marketers": 2, **(changes or {})}), 5)


@pytest.mark.parametrize("n_marketers", [4, 6, 9])
@pytest.mark.parametrize("upstream", [0.0, 0.25, 0.33, 0.5, 1.0])
def test_the_liaison_designs_no_campaign_where_somebody_does_not(n_marketers, upstream):
    company = in_three_segments(n_marketers, upstream)
    liaison, works_upstream = company.go_between["liaison"][0], company.marketer["is_upstream"] == 1
    free = ~np.isin(np.arange(n_marketers), company.campaign["owner"])
    assert free[liaison]
    assert not works_upstream[liaison] or works_upstream[free].all()


@pytest.mark.parametrize(
    ("n_marketers", "upstream", "liaison"), [(1, 0.0, 0), (2, 0.0, 1), (3, 0.0, 2), (3, 0.33, 1), (3, 1.0, 0)]
)
def test_with_fewer_marketers_the_last_who_works_downstream_is_the_liaison_too(n_marketers, upstream, liaison):
    assert in_three_segments(n_marketers, upstream).go_between["liaison"][0] == liaison


@pytest.mark.parametrize("away", [0.0, 0.3, 1.0])
def test_colleagues_take_as_much_of_the_liaisons_desk_as_goes_to_sales(away):
    """All of them alike: were it always the same one, that one's campaign would be left alone."""
    company = in_three_segments(9, 0.0, away)
    liaison = company.go_between["liaison"][0]
    n = np.bincount(who_takes(company), minlength=9)
    taken = 4000 / 3 * away / 8  # by each colleague
    expected = np.where(np.arange(9) % 3 == liaison % 3, 4000 / 3 + taken, taken)
    expected[liaison] = 4000 / 3 * (1.0 - away)
    assert (n[expected == 0.0] == 0).all()
    assert chisquare(n[expected > 0.0], expected[expected > 0.0]).pvalue > 0.001


def test_a_lead_that_leaves_the_liaisons_desk_goes_to_the_same_colleague_however_many_leave():
    """Another share of the liaison's time is another company in the same world: only the leads between move."""
    few, many = (who_takes(in_three_segments(9, 0.0, away)) for away in (0.4, 0.6))
    liaison = in_three_segments(9, 0.0).go_between["liaison"][0]
    gone, moved = few != liaison, few != many
    assert (few[gone] == many[gone]).all()
    assert (many[moved] != liaison).all()
    assert moved.sum() == pytest.approx(0.2 * 4000 / 3, abs=60)


@pytest.mark.parametrize("n_marketers", [5, 7, 8])
def test_marketers_of_a_segment_look_after_as_many_leads_each(n_marketers):
    """Also where they are not alike many in every segment: whose are more would have no time for them."""
    company = build(scenarios.load("reference", changes={"people.marketers": n_marketers}), 5)
    meet_everybody(company)
    for segment in range(3):
        company.lead["segment"][:4000] = segment
        n = np.bincount([marketer_for(company, lead) for lead in range(4000)], minlength=n_marketers)[segment::3]
        assert n.sum() == 4000
        assert len(n) == 1 or chisquare(n).pvalue > 0.001


def test_who_is_alone_keeps_the_whole_desk():
    company = in_three_segments(1, 0.0, 1.0)
    assert {marketer_for(company, lead) for lead in range(100)} == {0}


@pytest.mark.parametrize("away", [0.3, 0.7, 0.9, 0.95, 1.0])
@pytest.mark.parametrize("preset", ["defined", "integrated"])
def test_leads_do_not_wait_in_vain_for_the_liaison(preset, away):
    """However much of the free time goes to Sales, and however many meetings there are."""
    company = in_three_segments(6, 0.0, away, preset)
    live_days(company, 0, company.needs.shape[0])
    lead, liaison = company.lead, company.go_between["liaison"][0]
    of_liaison = lead["marketer"] == liaison
    seen = (lead["n_scored"] > 0) | (lead["n_handed"] > 0)
    asked = (lead["day_asked"] >= 0) & (lead["day_asked"] < company.needs.shape[0] - 60)
    colleagues = (lead["day_reached"] >= 0) & (lead["marketer"] >= 0) & ~of_liaison
    assert colleagues.sum() > 500
    if away == 1.0:
        assert not of_liaison[lead["day_reached"] >= 0].any()
        return
    assert of_liaison.sum() > 80 * (1.0 - away)
    assert seen[of_liaison].mean() > seen[colleagues].mean() - 0.05
    unanswered, asked_liaison = asked & (lead["n_handed"] == 0), (asked & of_liaison).sum()
    usual = (unanswered & ~of_liaison).sum() / (asked & ~of_liaison).sum()
    assert (unanswered & of_liaison).sum() <= (usual + 0.1) * asked_liaison + 0.5


def who_takes(company):
    """The marketers who look after 4,000 leads of the liaison's segment."""
    meet_everybody(company)
    company.lead["segment"][:4000] = company.go_between["liaison"][0] % 3
    return np.array([marketer_for(company, lead) for lead in range(4000)])


def in_three_segments(n_marketers, upstream, away=0.5, preset="defined"):
    """The reference company with a liaison, who spends the share `away` of the free hours with Sales."""
    changes = {"people.marketers": n_marketers, "practices.liaison": True, "practices.upstream_share": upstream}
    changes |= {"behaviour.together.liaison_share": away}
    return build(scenarios.load("reference", preset, changes=changes), 5)


def test_without_the_practice_nobody_lives_with_sales():
    company = company_with()
    assert company.go_between["liaison"][0] == NOBODY
    assert all(share_living_with_sales(company, marketer) == 0.0 for marketer in range(2))


def test_only_people_change_places_and_who_quits_ends_the_exchange():
    company = company_with({"practices.rotations_per_year": 6.0})
    company.rep["is_vacant"][0], company.rep["day_back"][0], company.vacancy["n_vacant_executives"] = 1, 10_000, 1
    every = 252 // 6
    for turn in range(1, 3):
        go_between(company, turn * every - 1)
        assert company.go_between["exchanged_rep"][0] == 1
    company.rep["is_vacant"][1] = 1
    before = company.trust_in_rep.copy()
    go_between(company, 2 * every)
    assert company.go_between["exchanged_rep"][0] == company.go_between["exchanged_marketer"][0] == -1
    assert (company.trust_in_rep == before).all()
