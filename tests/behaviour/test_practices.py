"""What each practice does, alone and in paired worlds, by more than three standard errors; and what it costs."""

import numpy as np
import pytest

import scenarios
from scenarios import Scenario
from simulation import simulate
from simulation.ledger import Hours
from tests.paired import change, z
from tests.veterans import AT_PEACE, VETERANS

COMPANY = scenarios.with_changes(Scenario(), {"run.quarters": 4})
N = 8
PRACTICE = "practices."
AGREED = {PRACTICE + "sla": True}
TRACKED = {**AGREED, PRACTICE + "sla_tracked": True}


# A market in which most come long before they buy.
EARLY = {"market.share_ready": 0.05, "market.share_never_fit": 0.05, "market.project_lag_d": 60.0}


def won_late(run):
    """Deals with prospects whose project began only after they had come to us."""
    lead = run.company.lead
    won = (lead["day_won"] >= run.first_day) & (lead["marketer"] >= 0)
    return (won & (lead["day_project"] > lead["day_reached"])).sum()


def won_from_marketing(run):
    """Deals with leads that Marketing handed over."""
    return ((run.company.lead["day_won"] >= run.first_day) & (run.company.lead["day_mql"] >= 0)).sum()


def test_a_tracked_agreement_shortens_the_answer_and_lets_fewer_leads_lie():
    """Among leads that are there the same day: nights and weekends on the way would hide the hours of an answer."""
    at_once = scenarios.with_changes(COMPANY, {PRACTICE + "hand_off_delay_d": 0})
    measures = ("response_h_median", "share_never_worked", "n_sal", "trust_marketing_in_sales")
    faster, fewer, more, trust = z(at_once, {**TRACKED, PRACTICE + "sla_follow_up_h": 1.0}, *measures, n=N)
    assert faster < -3
    assert fewer < -3
    assert more > 3
    assert trust > 3


def test_an_agreement_nobody_tracks_does_something_but_less():
    (agreed, error) = change(COMPANY, AGREED, "share_never_worked", n=N)[0]
    assert agreed < -3 * error
    half_way = scenarios.with_changes(COMPANY, AGREED)
    assert z(half_way, {PRACTICE + "sla_tracked": True}, "share_never_worked", n=N)[0] < -3


def test_a_manager_can_track_only_so_many():
    tracked = scenarios.with_changes(COMPANY, TRACKED)
    assert z(tracked, {"people.tracking_h_per_rep": 8.0}, "share_never_worked", n=N)[0] > 3


def test_the_tighter_the_promise_the_sooner_the_answer_and_the_more_looks_it_costs():
    tracked = scenarios.with_changes(COMPANY, {**TRACKED, PRACTICE + "sla_follow_up_h": 8.0})

    def hours_on_leads(run):
        return run.daily["hours_sales"][:, Hours.LEADS].sum()

    sooner, hours = z(tracked, {PRACTICE + "sla_follow_up_h": 0.5}, "response_h_median", hours_on_leads, n=N)
    assert sooner < -3
    assert hours > 3


@pytest.mark.parametrize("way", ["feedback_asked", "crm_coverage"])
def test_outcomes_that_are_told_teach_the_score(way):
    small, large = (z(COMPANY, {PRACTICE + way: share}, "lead_score_accuracy", n=N)[0] for share in (0.3, 1.0))
    assert small > 3
    assert large > 3
    some = scenarios.with_changes(COMPANY, {PRACTICE + way: 0.3})
    assert z(some, {PRACTICE + way: 1.0}, "lead_score_accuracy", n=N)[0] > 3


def test_reports_cost_the_reps_time():
    in_full = {"behaviour.goodwill.fixed_depth": 1.0}
    run = simulate(scenarios.with_changes(COMPANY, {**VETERANS, **in_full, PRACTICE + "feedback_asked": 1.0}), 1)
    spent = run.daily["hours_sales"][:, Hours.REPORTS].sum() + run.company.rep["owed_report_h"].sum()
    assert run.daily["n_reports"].sum() > 30
    assert spent == pytest.approx(run.daily["n_reports"].sum() * COMPANY.behaviour.work.report_h)


def test_nurture_brings_those_whose_time_comes_later():
    early = scenarios.with_changes(COMPANY, {**EARLY, PRACTICE + "lead_definition": "joint", "run.quarters": 8})
    late, handed = z(early, {PRACTICE + "nurture_every_d": 11}, won_late, "n_mql", n=2 * N)
    assert late > 3
    assert handed > 3


def test_leads_that_come_back_get_a_second_chance():
    by_the_book = {"behaviour.goodwill.discretion": 0.0}  # else reps give some leads back though no rule asks for it
    early = scenarios.with_changes(COMPANY, {**EARLY, **by_the_book, PRACTICE + "nurture_every_d": 11})
    assert z(early, {PRACTICE + "recycling": True}, won_late, n=2 * N)[0] > 3


def test_meetings_bring_beliefs_together_and_people_too():
    measures = ("belief_error_marketing", "trust_sales_in_marketing", "trust_marketing_in_sales", "lead_score_accuracy")
    meet = {PRACTICE + "meeting_every_d": 10, PRACTICE + "meeting_discipline": 0.9}
    error, sales, marketing, score = z(COMPANY, meet, *measures, n=2 * N)
    assert error < -3
    assert min(sales, marketing, score) > 3


def test_what_a_meeting_is_worth_grows_with_what_happened_since_the_last():
    """Trust gained per meeting falls with their number: twice the meetings, less than twice the gain."""
    gains = {}
    for every in (2, 4, 8):
        changes = {**AT_PEACE, PRACTICE + "meeting_every_d": every, PRACTICE + "meeting_discipline": 1.0}
        unmoved = scenarios.with_changes(COMPANY, {**changes, "behaviour.trust.met": 0.0})
        gains[every] = change(unmoved, {"behaviour.trust.met": 0.002}, "trust_sales_in_marketing", n=N)[0][0]
    assert gains[8] > 0
    assert gains[4] / gains[8] < 1.9
    assert gains[2] / gains[4] < gains[4] / gains[8]


def test_undisciplined_meetings_behind_target_breed_blame():
    behind = {PRACTICE + "meeting_every_d": 10, "pay.sales.quota_eur_per_quarter": 1e7}
    loose = scenarios.with_changes(COMPANY, {**behind, PRACTICE + "meeting_discipline": 0.0})
    no_blame = {"behaviour.trust.blamed": 0.0}
    assert min(z(loose, no_blame, "goodwill_of_sales", "goodwill_of_marketing", n=N)) > 3
    tight = scenarios.with_changes(COMPANY, {**behind, PRACTICE + "meeting_discipline": 1.0})
    assert z(tight, no_blame, "goodwill_of_sales", n=3)[0] == 0


def test_informal_contact_builds_trust_and_costs_hours():
    trust, hours = z(
        COMPANY, {PRACTICE + "informal_contact_h_per_week": 2.0}, "trust_sales_in_marketing", "hours_meeting", n=N
    )
    assert trust > 3
    assert hours > 3


@pytest.mark.parametrize("way", [{PRACTICE + "joint_planning": True}, {PRACTICE + "customer_contact_h_per_week": 5.0}])
def test_listening_to_sales_or_to_buyers_corrects_campaigns(way):
    moving = scenarios.with_changes(COMPANY, {"market.turbulence": 3.0})
    assert z(moving, way, "belief_error_marketing", n=2 * N)[0] < -3


def test_planning_together_costs_those_who_are_asked_time():
    planned = scenarios.with_changes(COMPANY, {**VETERANS, PRACTICE + "joint_planning": True})
    run = simulate(planned, 1)
    hours = run.daily["hours_sales"][:, Hours.MEETING].sum() + run.company.rep["owed_planning_h"].sum()
    designs = hours / (COMPANY.behaviour.work.planning_reps * COMPANY.behaviour.work.planning_h)
    assert designs == pytest.approx(round(designs), abs=1e-6)
    assert abs(designs - run.daily["n_redesigns"].sum()) <= 1


def test_a_slow_hand_off_cools_leads_down():
    fewer, later = z(COMPANY, {PRACTICE + "hand_off_delay_d": 20}, won_from_marketing, "response_h_median", n=2 * N)
    assert fewer < -3
    assert later > 3


def test_more_money_reaches_more_prospects_and_more_hands_sell_more():
    assert z(COMPANY, {"money.programme_eur_per_year": 2e6}, "n_leads", n=N)[0] > 3
    busy = scenarios.with_changes(COMPANY, {"market.prospects_per_day": 90.0})  # hands are short
    assert z(busy, {"people.account_executives": 12}, "n_won", n=N)[0] > 3


def test_too_few_hands_leave_leads_lying():
    """Among people who trust each other and agree, so that nothing but time is short."""
    willing = {**AT_PEACE, **TRACKED, "behaviour.trust.start": 1.0, "behaviour.trust.down": 0.0}
    willing |= {"market.prospects_per_day": 90.0, "behaviour.work.contact_h": 1.0}
    assert z(scenarios.with_changes(COMPANY, willing), {"people.sdrs": 1}, "share_never_worked", n=4)[0] > 3


def test_trust_decides_what_is_worked():
    start = {"behaviour.trust.start_sd": 0.0}
    low = scenarios.with_changes(COMPANY, {**start, "behaviour.trust.start": 0.2})
    assert z(low, {"behaviour.trust.start": 0.8}, "share_never_worked", n=N)[0] < -3


@pytest.mark.parametrize(("quarrels", "left"), [(AT_PEACE, 0.5), ({"run.quarters": 8}, 0.6)])
def test_bad_blood_lasts_where_nobody_talks_and_heals_where_people_meet(quarrels, left):
    """The gap between a bad start and a good one closes with regular meetings, and stays without.

    It takes longer where quarrels keep it open.
    """
    gaps = {}
    for every in (None, 5):
        company = {PRACTICE + "meeting_every_d": every, PRACTICE + "meeting_discipline": 0.9}
        last = []
        for start in (0.2, 0.6):
            changes = {**company, **quarrels, "behaviour.trust.start": start}
            runs = [simulate(scenarios.with_changes(COMPANY, changes), seed) for seed in range(4)]
            last.append(np.mean([run.daily["trust_in_marketers"][-1] for run in runs]))
        gaps[every] = last[1] - last[0]
    assert gaps[None] > 0.1
    assert gaps[5] < left * gaps[None]
