"""Content: made in hours, put on a shelf, found, trusted and used or left lying."""

import pytest

import scenarios
from scenarios import Scenario
from simulation.border import content
from simulation.company import build

SMALL = {"run.quarters": 1, "run.warm_up_quarters": 0, "people.marketers": 2, "customers.installed_base": 4}
CERTAIN = {
    "behaviour.content.p_for_selling": 0.5,
    "behaviour.content.p_found": 0.5,
    "behaviour.trust.start": 1.0,
    "behaviour.trust.start_sd": 0.0,
    "behaviour.learning.belief_noise": 0.0,
    "behaviour.goodwill.fixed_depth": 1.0,
}


FULLY_MINDED = {"behaviour.goodwill.fixed_depth": 1.0}


def company_with(changes=None):
    return build(scenarios.with_changes(Scenario(), {**SMALL, **(changes or {})}), 3)


def test_items_take_their_hours_and_no_hour_is_lost():
    company = company_with({"behaviour.content.item_h": 14.0})
    for day in range(20):
        content.make(company, 0, 3.0, day)
    assert company.library["n_items"][0] == 4  # 60 h
    assert company.marketer["content_h"][0] == pytest.approx(4.0)


def test_asking_makes_items_serve_and_takes_a_reps_time():
    shares = []
    for asked in (0.0, 1.0):
        company = company_with({"practices.content_input": asked, "run.quarters": 8, **FULLY_MINDED})
        content.make(company, 0, 14.0 * 200, 0)
        items = company.item[: company.library["n_items"][0]]
        shares.append(items["is_for_selling"].mean())
        assert items["is_asked"].mean() == asked
        assert company.rep["owed_planning_h"].sum() == pytest.approx(asked * 0.5 * len(items))
    assert shares[0] < 0.6 < 0.8 < shares[1]


def stocked(changes=None):
    """A company with one perfect item on the shelf, and lead 0 of its segment in front of rep 0."""
    company = company_with({**CERTAIN, **(changes or {})})
    content.make(company, 0, 14.0, 0)
    item = company.item[0:1]
    item["is_for_selling"], item["u_found"] = 1, 0.0
    company.lead["segment"][0] = item["segment"][0]
    return company


def test_an_item_that_is_found_and_trusted_helps_and_is_counted():
    company = stocked()
    assert content.help_from(company, 0, 0, 0) == pytest.approx(1.0)  # its message is what is needed
    assert company.item["n_used"][0] == 1
    assert company.rep["owed_content_h"][0] == pytest.approx(Scenario().behaviour.content.search_h)


@pytest.mark.parametrize("flaw", ["not for selling", "not found", "not trusted", "beside the need"])
def test_an_item_is_left_lying_for_each_of_its_flaws(flaw):
    company = stocked()
    if flaw == "not for selling":
        company.item["is_for_selling"][0] = 0
    elif flaw == "not found":
        company.item["u_found"][0] = 0.99
    elif flaw == "not trusted":
        company.trust_in_marketer[:] = 0.0
    else:
        company.item["message_x"][0] += 3.0
    assert content.help_from(company, 0, 0, 0) == 0.0
    assert company.item["n_used"][0] == 0
    laws = Scenario().behaviour.content
    assert company.rep["owed_content_h"][0] == pytest.approx(laws.search_h + laws.improvise_h)


def test_order_lets_more_be_found():
    plain, shared, listed = (
        content.share_found(company_with(changes))
        for changes in ({}, {"practices.crm_coverage": 0.9}, {"practices.directory": True})
    )
    assert plain < shared < listed


def test_newer_items_push_older_ones_off_the_shelf():
    company = company_with({"behaviour.content.shelf": 4})
    content.make(company, 0, 14.0 * 9, 0)
    segment = company.item["segment"][0]
    assert sorted(company.shelf[segment][:4]) == [5, 6, 7, 8]


def test_what_is_made_for_form_s_sake_serves_less_often():
    shares = []
    for depth in (0.0, 1.0):
        laws = {"behaviour.goodwill.fixed_depth": depth, "behaviour.goodwill.bare_item": 0.5}
        company = company_with({**laws, "behaviour.content.p_for_selling": 0.5, "run.quarters": 8})
        content.make(company, 0, 14.0 * 200, 0)
        shares.append(company.item["is_for_selling"][: company.library["n_items"][0]].mean())
        assert company.book["depth_items"][0] == depth * company.book["n_items_made"][0]
    assert shares == pytest.approx([0.25, 0.5], abs=0.08)
