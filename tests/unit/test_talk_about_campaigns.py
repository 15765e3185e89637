"""Who is asked about a campaign, who is told of it, and what talking it over again costs."""

import numpy as np
import pytest

import scenarios
from scenarios import Scenario
from simulation import campaigns
from simulation.border import joint_planning
from simulation.company import build
from simulation.engine import live_days

FIVE_REPS = {"people.account_executives": 5, "people.sdrs": 0, "behaviour.work.planning_h": 2.0}


def company_with(changes=None):
    return build(scenarios.load("reference", None, {**FIVE_REPS, **(changes or {})}), 5)


def asked(company):
    """Rows of the reps who are asked for the next design of segment 0."""
    before = company.rep["owed_planning_h"].copy()
    n_asked = joint_planning.ask_reps(company, 0)
    found = set(np.flatnonzero(company.rep["owed_planning_h"] > before))
    assert len(found) == n_asked
    return found


def test_reps_take_turns_in_planning():
    company = company_with({"behaviour.work.planning_reps": 2})
    assert [asked(company) for _ in range(3)] == [{2, 3}, {4, 0}, {1, 2}]
    assert company.rep["owed_planning_h"].sum() == 3 * 2 * 2.0


def test_a_small_firm_asks_everybody_once():
    company = company_with({"behaviour.work.planning_reps": 9})
    assert asked(company) == {0, 1, 2, 3, 4}
    assert company.rep["owed_planning_h"].max() == 2.0


def test_an_empty_seat_plans_nothing():
    company = company_with({"behaviour.work.planning_reps": 2})
    company.rep["is_vacant"][2] = 1
    assert asked(company) == {3}


def test_segments_begin_with_different_reps():
    """Where there are enough of them for all segments, nobody plans two campaigns at once."""
    company = company_with({"behaviour.work.planning_reps": 2, "people.account_executives": 8})
    n_segments = len(company.segment)
    for segment in range(n_segments):
        joint_planning.ask_reps(company, segment)
    hours = company.rep["owed_planning_h"]
    assert n_segments > 1
    assert (hours > 0).sum() == 2 * n_segments
    assert hours.max() == company.rules[0]["behaviour"]["work"]["planning_h"]


def test_what_those_who_are_asked_believe_goes_in_as_far_as_they_tell_it_and_are_trusted():
    company = company_with({"behaviour.work.planning_reps": 2, "behaviour.goodwill.fixed_telling": 1.0})
    company.rep_belief[:, 0, 0] = [0.0, 10.0, 20.0, 30.0, 40.0]
    company.trust_in_rep[company.campaign["owner"][0]] = [0.0, 0.0, 0.2, 0.6, 0.0]
    joint_planning.ask_reps(company, 0)
    x, _, trust = joint_planning.view_of_asked(company, 0)
    assert (x, trust) == pytest.approx((25.0, 0.4))
    company.rep["is_vacant"][2] = 1
    x, _, trust = joint_planning.view_of_asked(company, 0)
    assert (x, trust) == pytest.approx((30.0, 0.6))
    company.rules["behaviour"]["goodwill"]["fixed_telling"] = 0.5
    assert joint_planning.view_of_asked(company, 0)[2] == pytest.approx(0.75 * 0.6)
    company.rep["is_vacant"][:] = 1
    assert joint_planning.view_of_asked(company, 0)[2] == 0.0


def designing(changes=None):
    """A company in which Marketing has begun to design a campaign that says what no rep expects."""
    company = company_with({"practices.joint_planning": False, **(changes or {})})
    company.campaign_run["day_running"][:, 0] = -100
    company.marketer_belief[:, :, 0] += 5.0
    for segment in range(company.segment.shape[0]):
        campaigns.look_for_error(company, segment, 1)
    assert (company.campaign["h_left"] > 0.0).all()
    return company


def launched(company):
    """How far each new campaign surprises Sales."""
    for segment in range(company.segment.shape[0]):
        campaigns.go_on_designing(company, 0, segment, 1_000.0, 2)
    return surprises(company)


def surprises(company):
    """The same of the campaigns that run now."""
    return company.campaign_run["surprise"][np.arange(company.campaign.shape[0]), company.campaign["run"]]


def test_who_is_told_beforehand_is_not_surprised():
    silent, told = designing(), designing()
    campaigns.brief(told, 0.75)
    surprised = launched(silent)
    assert (surprised > 0.9).all()
    assert launched(told) == pytest.approx(0.25 * surprised)
    planned = {"practices.joint_planning": True, "behaviour.work.planning_reps": 2}
    assert (launched(designing(planned)) < 0.7 * surprised).all()  # two of five reps know


def test_who_is_told_afterwards_knows_what_the_campaign_says():
    company = designing()
    before = launched(company)
    campaigns.brief(company, 0.5)
    assert surprises(company) == pytest.approx(0.5 * before)


def test_repetition_opens_designs_again_but_never_more_than_all_of_them():
    company = designing({"behaviour.work.redesign_h": 10.0, "behaviour.work.talked_over": 0.1})
    company.campaign["h_left"][:] = [4.0, 9.8, 0.0]
    campaigns.talk_over_again(company, 0.5)
    assert company.campaign["h_left"] == pytest.approx([4.5, 10.0, 0.0])


def test_no_design_is_done_more_than_twice_however_often_people_meet():
    company = designing({"behaviour.work.redesign_h": 10.0, "behaviour.work.talked_over": 1.0})
    worked = 0.0
    while company.campaign["h_left"][0] > 0.0:
        worked += 1.0 / float(company.marketer["skill"][0])
        campaigns.go_on_designing(company, 0, 0, 1.0 / float(company.marketer["skill"][0]), 2)
        campaigns.talk_over_again(company, 1.0)
    assert worked * float(company.marketer["skill"][0]) == pytest.approx(20.0, abs=1.0)


def test_daily_meetings_hold_designs_up():
    """From noticing to launch it takes longer where everything is talked over every day."""
    days = {}
    for talked_over in (0.0, 0.3):
        daily = {"practices.meeting_every_d": 1, "practices.meeting_attendance": 1.0, "run.quarters": 4}
        scenario = scenarios.with_changes(
            Scenario(), {**daily, "behaviour.work.talked_over": talked_over, "market.turbulence": 2.0}
        )
        waits = []
        for seed in range(3):
            company = build(scenario, seed)
            live_days(company, 0, company.book.shape[0])
            runs = company.campaign_run[company.campaign_run["day_running"] > 0]
            waits.extend(runs["day_running"] - runs["day_begun"])
        days[talked_over] = np.mean(waits)
    assert days[0.3] > days[0.0]
