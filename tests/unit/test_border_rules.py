"""Rules of the border, each against what it promises in words: sharing beliefs, telling, trusting, answering."""

import numpy as np
import pytest

import scenarios
from scenarios import Scenario
from simulation.agents.marketer import do_research, meet_buyers
from simulation.agents.rep import begin_the_job
from simulation.border.beliefs import exchange, hear_buyer, mean_of_reps
from simulation.border.content import make
from simulation.border.feedback import read_crm, tell_outcome, willingness
from simulation.border.follow_up import give_back_or_drop, response_hours
from simulation.border.meetings import is_meeting_day
from simulation.border.trust import EARLY, GOOD, JUNK, lead_judged, lead_rotted, lead_worked
from simulation.campaigns import look_for_error
from simulation.company import build
from simulation.engine import live_days
from simulation.ledger import Hours
from simulation.management.targets import behind_target
from simulation.queues import CALENDAR
from simulation.status import Status
from tests.veterans import AT_PEACE, VETERANS

SMALL = {
    "run.quarters": 2,
    "run.warm_up_quarters": 0,
    "people.account_executives": 2,
    "people.sdrs": 0,
    "people.marketers": 2,
    "behaviour.trust.start_sd": 0.0,
    "behaviour.trust.start": 0.4,
    "customers.installed_base": 40,
}


def company_with(changes=None):
    return build(scenarios.with_changes(Scenario(), {**SMALL, **(changes or {})}), 5)


def marketing_lead(company, status=Status.MQL, day_mql=0):
    """Turn row 0 into a lead that marketer 1 handed over to rep 0."""
    row = company.lead[0:1]
    row["status"], row["owner"], row["marketer"], row["day_mql"], row["n_handed"] = status, 0, 1, day_mql, 1
    row["day_window_end"] = 1000
    return 0


# Beliefs.


def with_beliefs(reps, marketers, trust, reps_listen=1.0):
    company = company_with({"behaviour.learning.reps_listen": reps_listen, "behaviour.goodwill.fixed_telling": 1.0})
    company.rep_belief[:, 0, 0], company.marketer_belief[:, 0, 0] = reps, marketers
    company.trust_in_rep[:], company.trust_in_marketer[:] = trust, trust
    return company


def test_in_an_exchange_all_look_first_and_move_then():
    company = with_beliefs([0.0, 2.0], [10.0, 30.0], trust=1.0)
    exchange(company, 1.0)
    assert company.marketer_belief[:, 0, 0].tolist() == [1.0, 1.0]  # the mean of what reps thought before
    assert company.rep_belief[:, 0, 0].tolist() == [20.0, 20.0]


def test_reps_listen_less_and_marketers_as_before():
    company = with_beliefs([0.0, 2.0], [10.0, 30.0], trust=1.0, reps_listen=0.5)
    exchange(company, 1.0)
    assert company.marketer_belief[:, 0, 0].tolist() == [1.0, 1.0]
    assert company.rep_belief[:, 0, 0].tolist() == [10.0, 11.0]  # half of the way to 20


@pytest.mark.parametrize(
    ("trust", "share", "moved"), [(1.0, 0.25, 0.25), (0.5, 1.0, 0.5), (0.5, 0.5, 0.25), (0.0, 1.0, 0.0)]
)
def test_how_far_one_moves_is_the_share_times_the_trust(trust, share, moved):
    company = with_beliefs([0.0, 0.0], [8.0, 8.0], trust)
    exchange(company, share)
    assert company.rep_belief[:, 0, 0] == pytest.approx([8.0 * moved] * 2)
    assert company.marketer_belief[:, 0, 0] == pytest.approx([8.0 * (1.0 - moved)] * 2)


def test_only_those_are_heard_who_are_trusted():
    company = with_beliefs([0.0, 0.0], [4.0, 100.0], trust=0.0)
    company.trust_in_marketer[0, 0] = 1.0  # rep 0 trusts marketer 0 and nobody else
    exchange(company, 1.0)
    assert company.rep_belief[:, 0, 0].tolist() == [2.0, 0.0]  # half way: one of two is trusted


def test_a_talk_moves_one_rep_towards_one_buyer():
    company = company_with({"behaviour.learning.from_talk": 0.25})
    lead, before = marketing_lead(company), company.rep_belief.copy()
    company.lead["need_x"][lead], company.lead["need_y"][lead] = 2.0, -1.0
    hear_buyer(company, 1, company.lead[lead], 7)
    target = company.needs[7, 0] + [2.0, -1.0]
    assert company.rep_belief[1, 0] == pytest.approx(before[1, 0] + 0.25 * (target - before[1, 0]))
    assert (company.rep_belief[0] == before[0]).all()
    assert mean_of_reps(company, 0) == pytest.approx(company.rep_belief[:, 0].mean(axis=0))


# Trust.


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [(GOOD, 0.4 + 0.1 * 0.6), (JUNK, 0.4 * (1 - 0.2)), (EARLY, 0.4 * (1 - 0.05))],
)
def test_a_verdict_moves_one_rep_s_trust_in_one_marketer(verdict, expected):
    company = company_with({f"behaviour.trust.{name}": x for name, x in (("up", 0.1), ("down", 0.2), ("early", 0.25))})
    lead_judged(company, marketing_lead(company), verdict)
    assert company.trust_in_marketer == pytest.approx(np.array([[0.4, expected], [0.4, 0.4]]))
    assert company.trust_in_rep == pytest.approx(0.4)


def test_what_a_rep_does_with_a_lead_moves_its_marketer_s_trust():
    company = company_with({"behaviour.trust.worked": 0.1, "behaviour.trust.rotted": 0.5})
    lead = marketing_lead(company)
    lead_worked(company, lead)
    assert company.trust_in_rep == pytest.approx(np.array([[0.4, 0.4], [0.46, 0.4]]))
    lead_rotted(company, lead)
    assert company.trust_in_rep == pytest.approx(np.array([[0.4, 0.4], [0.23, 0.4]]))
    assert company.trust_in_marketer == pytest.approx(0.4)


# Telling.


def willing(owed, bonus=0.0, culture=0.0):
    laws = {"behaviour.trust.willing": 0.6, "behaviour.work.report_h": 0.2, "behaviour.goodwill.culture": 0.5}
    practices = {"practices.feedback_bonus_eur": bonus, "practices.shared_responsibility": culture}
    company = company_with({**laws, **practices, "behaviour.goodwill.start": owed})
    company.rep["best_pay_per_h"] = 50.0
    return willingness(company, 0, 0)


def test_a_report_takes_goodwill_a_culture_or_a_bonus():
    assert [willing(owed) for owed in (0.0, 0.25, 0.5, 1.0)] == pytest.approx([0.0, 0.3, 0.6, 0.6])
    assert willing(0.0, culture=0.5) == pytest.approx(0.6 * 2 * 0.25)
    assert willing(0.0, bonus=50.0 * 0.2) == pytest.approx(0.5)  # as much as the rep earns while writing
    assert willing(0.0, bonus=1000.0) > 0.98
    assert willing(0.5, bonus=50.0 * 0.2) == pytest.approx(0.8)


@pytest.mark.parametrize(("coverage", "untold"), [(1.0, 0), (0.0, 1)])
def test_an_outcome_is_seen_in_the_crm_or_waits_for_a_meeting(coverage, untold):
    crm = {"practices.crm_coverage": coverage, "practices.crm_accuracy": 1.0, "practices.crm_delay_d": 0}
    company = company_with({**crm, "behaviour.learning.score_learning": 0.5})
    before = company.campaign["score_accuracy"][0]
    tell_outcome(company, marketing_lead(company, Status.ACCEPTED), 3, 0, True)
    read_crm(company, 3)
    learning = Scenario().behaviour.learning
    learnt = before + 0.5 * (learning.score_best - before)
    assert company.campaign["n_untold"][0] == untold
    assert company.campaign["score_accuracy"][0] == pytest.approx(before if untold else learnt)
    assert company.marketer["known_good"].tolist() == [0.0, 1.0 - untold]


def test_what_waits_in_the_crm_counts_when_it_is_read_and_a_report_at_once():
    def known(changes):
        company = company_with({"practices.crm_delay_d": 3, "behaviour.trust.start": 1.0, **changes})
        tell_outcome(company, marketing_lead(company, Status.ACCEPTED), 3, 0, True)
        counts = [(company.marketer["known"][1], company.book["n_outcomes_known"].sum())]
        for _ in range(2):
            read_crm(company, 3)
            counts.append((company.marketer["known_good"][1], company.book["n_outcomes_known"].sum()))
        return [float(told) for pair in counts for told in pair]

    full = {"practices.crm_coverage": 1.0, "practices.crm_accuracy": 1.0}
    assert known(full) == pytest.approx([0.0, 0.0, 0.25, 0.25, 0.4375, 0.4375], abs=0.01)
    asked = {"practices.crm_coverage": 0.0, "practices.feedback_asked": 1.0, "behaviour.trust.willing": 1.0}
    assert known(asked) == [1.0] * 6


def test_nobody_is_told_of_a_lead_that_marketing_never_had():
    company = company_with({"practices.crm_coverage": 1.0})
    lead = marketing_lead(company)
    company.lead["marketer"][lead] = -1
    accuracy = company.campaign["score_accuracy"].copy()
    tell_outcome(company, lead, 3, 0, True)
    assert (company.campaign["score_accuracy"] == accuracy).all()
    assert company.campaign["n_untold"].sum() == 0


# Answering.


@pytest.mark.parametrize(
    ("qualified", "answered", "least", "most"),
    [
        (0, 0, 0.0, 32.0),  # the same Monday, or over night
        (0, 1, 16.0, 32.0),  # Monday to Tuesday
        (4, 5, 64.0, 80.0),  # Friday to Monday
        (0, 5, 160.0, 176.0),  # Monday to Monday
        (3, 10, 256.0, 272.0),  # Thursday to Monday over two weekends: 11 days
    ],
)
def test_buyers_wait_through_nights_and_weekends(qualified, answered, least, most):
    company, waits = company_with(), []
    for lead in range(40):
        company.lead["day_mql"][lead] = qualified
        waits.append(response_hours(company, lead, answered, 0.5))
    assert least <= min(waits) < max(waits) <= most
    assert max(waits) - min(waits) > 3.0  # the hour of the day differs from lead to lead


@pytest.mark.parametrize(
    ("recycles", "is_worth_keeping", "status"),
    [(True, True, Status.RECYCLED), (True, False, Status.LOST), (False, True, Status.LOST)],
)
def test_a_lead_that_is_not_ready_comes_back_or_is_dropped(recycles, is_worth_keeping, status):
    laws = {"behaviour.work.recycle_rest_d": 9, "behaviour.goodwill.discretion": 0.0}
    company = company_with({"practices.recycling": recycles, **laws})
    lead = marketing_lead(company, Status.ACCEPTED)
    give_back_or_drop(company, lead, 20, is_worth_keeping)
    assert company.lead["status"][lead] == status
    assert company.link[CALENDAR, lead]["place"] == (29 if status == Status.RECYCLED else -1)
    assert (company.lead["day_lost"][lead] == 20) == (status == Status.LOST)


def test_who_is_owed_much_gets_leads_back_that_no_rule_asks_for():
    shares = []
    for owed in (0.0, 0.5, 1.0):
        company = company_with({"behaviour.goodwill.start": owed, "behaviour.goodwill.discretion": 0.6})
        for lead in range(40):
            row = company.lead[lead : lead + 1]
            row["status"], row["owner"], row["marketer"], row["day_window_end"] = Status.ACCEPTED, 0, 1, 1000
            give_back_or_drop(company, lead, 20, True)
        shares.append((company.lead["status"][:40] == Status.RECYCLED).mean())
    assert shares[0] == 0.0
    assert shares[0] < shares[1] < shares[2] < 0.9


# Meeting.


@pytest.mark.parametrize(("every", "days"), [(None, []), (1, list(range(20))), (5, [4, 9, 14, 19]), (63, [])])
def test_meetings_come_at_their_cadence(every, days):
    company = company_with({"practices.meeting_every_d": every})
    assert [today for today in range(20) if is_meeting_day(company, today)] == days


CALLED = {
    "practices.meets_ad_hoc": True,
    "practices.senior_support": 0.0,
    "practices.shared_responsibility": 0.0,
    "behaviour.conflict.dispute_h_per_week": 0.0,
    "practices.budget_rule": "history",
}


def hours_met(company, today):
    """Hours of each rep, marketer and manager in meetings on a day."""
    sides = {"sales": "rep", "marketing": "marketer", "managers": "manager"}
    booked = {people: company.book[f"hours_{side}"][today, Hours.MEETING] for side, people in sides.items()}
    return [hours / len(getattr(company, people)) for people, hours in booked.items()]


def test_who_is_called_together_meets_and_pays_for_it_the_next_morning():
    company = company_with({**CALLED, "behaviour.conflict.outbreaks": 20.0})
    company.dispute["tension"] = 1.0
    live_days(company, 0, 3)
    assert company.book["n_disputes"][0] > 0
    assert [hours_met(company, today) for today in range(3)] == [[0.0] * 3, [1.0] * 3, [0.0] * 3]
    assert company.diary["day_met"][0] == 1


def test_there_is_one_meeting_a_day_and_a_planned_one_comes_first():
    company = company_with({**CALLED, "practices.meeting_every_d": 2, "practices.meeting_discipline": 0.0})
    company.conflict["is_called"] = 1
    live_days(company, 0, 1)
    company.conflict["is_called"] = 1
    live_days(company, 1, 3)
    assert [hours_met(company, today) for today in range(3)] == [[1.0] * 3, [1.0] * 3, [0.0] * 3]


# Training and exchanges.

TOGETHER = {**VETERANS, **AT_PEACE, "practices.senior_support": 0.0, "practices.shared_responsibility": 0.0}


def hours_of(company, use):
    return {side: company.book[f"hours_{side}"][:, use].sum() for side in ("sales", "marketing", "managers")}


def test_everybody_s_joint_training_is_booked_as_training():
    company = company_with({**TOGETHER, "practices.joint_training_h_per_quarter": 8.0})
    live_days(company, 0, 63)
    each = {"sales": len(company.rep), "marketing": len(company.marketer), "managers": len(company.manager)}
    assert hours_of(company, Hours.TRAINING) == pytest.approx({side: 8.0 * n for side, n in each.items()})
    assert sum(hours_of(company, Hours.MEETING).values()) == 0.0
    assert company.trained["trained_h"][0] == pytest.approx(8.0)


def test_only_hours_that_the_day_has_are_learnt():
    learnt = []
    for hours in (40.0, 100.0):
        company = company_with({**TOGETHER, "practices.joint_training_h_per_quarter": hours})
        live_days(company, 0, 63)
        learnt.append((company.rep["training"].tolist(), company.trust_in_rep.tolist()))
    given = 40.0 * (1.0 - Scenario().people.admin_share_sales)
    assert hours_of(company, Hours.TRAINING)["sales"] == pytest.approx(given * len(company.rep))
    assert learnt[0] == learnt[1]


def test_both_who_change_places_book_it_under_the_same_use():
    company = company_with({**TOGETHER, "practices.rotations_per_year": 6.0})
    live_days(company, 0, 70)
    hours = hours_of(company, Hours.TRAINING)
    assert hours["sales"] == pytest.approx(hours["marketing"])
    assert hours["sales"] > 0.0
    assert sum(hours_of(company, Hours.MEETING).values()) == 0.0


# Hours that are not there.


def test_research_and_talks_teach_as_far_as_the_days_had_hours_for_them():
    buyers = {"practices.customer_contact_h_per_week": 7.5, "behaviour.work.talk_h": 0.75}
    company = company_with({**buyers, "behaviour.learning.research_every_d": 10, "behaviour.work.research_h": 20.0})
    for today in range(4):
        meet_buyers(company, 0, 1.5 if today < 2 else 0.0, today)
    before = company.marketer_belief[0].copy()
    meet_buyers(company, 0, 0.0, 4)
    assert (company.marketer_belief[0] != before).any()
    assert company.marketer["talks_h"][0] == 0.0  # four talks in the three hours there were
    assert company.marketer["research_h"].tolist() == [0.0, 10.0]  # the second began five days before
    moves = []
    for hours in (2.0, 1.0, 0.0):
        company = company_with({"behaviour.learning.research_every_d": 10, "behaviour.work.research_h": 20.0})
        before = company.marketer_belief[0].copy()
        for today in range(10):
            do_research(company, 0, hours, today)
        moves.append(company.marketer_belief[0] - before)
    assert moves[1] == pytest.approx(0.5 * moves[0])
    assert (moves[2] == 0.0).all()


# Vacant seats.


def company_without_rep_0(changes=None):
    company = company_with(changes)
    company.rep["is_vacant"][0], company.rep["day_back"][0], company.vacancy["n_vacant_executives"] = 1, 10_000, 1
    return company


def test_nobody_plans_with_a_vacant_seat():
    company = company_without_rep_0({"practices.joint_planning": True, "practices.content_input": 1.0})
    company.marketer_belief[:] = 100.0
    look_for_error(company, 0, 10)
    make(company, 0, 500.0, 10)
    assert company.rep["owed_planning_h"][0] == 0.0
    assert company.rep["owed_planning_h"][1] > 0.0
    assert company.item["is_asked"][: company.library["n_items"][0]].all()


def test_a_newcomer_owes_nothing():
    company = company_with()
    names = (
        "owed_report_h",
        "owed_planning_h",
        "owed_content_h",
        "lead_h_ahead",
        "approach_h_ahead",
        "leads_worked",
        "leads_h",
    )
    for name in (*names, "trained_h"):
        company.rep[name] = 3.0
    begin_the_job(company, 0, 20)
    assert all(company.rep[name].tolist() == [0.0, 3.0] for name in (*names, "trained_h"))


def test_how_far_sales_lags_behind_its_target():
    company = company_with()
    target = company.target["sales_target"][0]
    for sold, today, lag in ((0.0, 31, 1.0), (0.25, 31, 1.0 - 0.25 * 63 / 32), (0.5, 62, 0.5), (2.0, 62, 0.0)):
        company.tally["bookings_quarter"][0] = sold * target
        assert behind_target(company, today) == pytest.approx(lag)
