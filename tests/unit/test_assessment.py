"""The survey: twenty statements from 1 to 5, answered by what was to be seen, trust and who did the work."""

import numpy as np
import pytest

import scenarios
from scenarios import Scenario
from simulation import assessment
from simulation.company import build
from simulation.engine import live_days

SURE = {
    "run.quarters": 1,
    "run.warm_up_quarters": 0,
    "behaviour.assessment.noise": 0.0,
    "behaviour.trust.start_sd": 0.0,
    "customers.installed_base": 0,
}


def company_with(changes=None):
    return build(scenarios.with_changes(Scenario(), {**SURE, **(changes or {})}), 1)


def answers_to(seen, changes):
    """Mean answers (20, 2) where every statement was seen to the share `seen`."""
    company = company_with(changes)
    company.survey["seen"] = seen
    for rep in range(len(company.rep)):
        person = (company.rep["key"][rep], assessment.SALES, company.rep["account"][rep])
        assessment._answer(company, 0, person, 1 / len(company.rep))
    return company.survey["answers"][0, :, assessment.SALES]


def test_nothing_seen_and_no_goodwill_is_twenty_and_everything_a_hundred():
    without = {"behaviour.trust.start": 0.0, "behaviour.assessment.slight": 0.0}
    assert answers_to(0.0, without).sum() == pytest.approx(20)
    assert answers_to(1.0, {**without, "behaviour.trust.start": 1.0}).sum() == pytest.approx(100)


def test_how_one_is_treated_colours_every_answer():
    low, high = (answers_to(0.5, {"behaviour.trust.start": trust}).sum() for trust in (0.1, 0.9))
    assert high > low


def test_the_others_work_is_overlooked():
    even, slighted = (
        answers_to(1.0, {"behaviour.trust.start": 1.0, "behaviour.assessment.slight": slight}) for slight in (0.0, 0.5)
    )
    lower = np.flatnonzero(slighted < even)
    assert lower.tolist() == [2, 3, 4, 6, 12, 14]  # what Marketing does for Sales


def test_nobody_answers_for_an_empty_seat():
    company = company_with({"behaviour.assessment.slight": 0.0})
    company.rep["account"] = 1.0
    company.rep["account"][0], company.rep["is_vacant"][0], company.vacancy["n_vacant_executives"] = 0.0, 1, 1
    assessment.ask(company, 62)
    sales, everybody = company.survey["answers"][0, :, assessment.SALES], company_with()
    everybody.rep["account"] = 1.0
    assessment.ask(everybody, 62)
    assert sales.sum() >= everybody.survey["answers"][0, :, assessment.SALES].sum() - 1e-9
    company.rep["is_vacant"], company.vacancy["n_vacant_executives"] = 1, (company.rep["is_sdr"] == 0).sum()
    company.vacancy["n_vacant_sdrs"] = (company.rep["is_sdr"] == 1).sum()
    assessment.ask(company, 62)
    assert np.isnan(company.survey["answers"][0, :, assessment.SALES]).all()


def test_there_is_a_topic_for_every_statement():
    assert len(assessment.TOPICS) == assessment.N_STATEMENTS


@pytest.mark.parametrize(
    ("change", "statement"),
    [
        ({"practices.one_head": True}, 17),
        ({"practices.joint_training_h_per_quarter": 8.0}, 19),
        ({"practices.rotations_per_year": 12.0}, 18),
        ({"practices.feedback_asked": 0.5}, 6),
        ({"practices.content_input": 0.5}, 4),
        ({"practices.upstream_share": 0.3}, 11),
        ({"practices.senior_support": 0.9}, 8),
        ({"pay.marketing.scheme": "revenue"}, 12),
        ({"practices.marketing_in_funnel": True}, 14),
        ({"practices.customer_contact_h_per_week": 2.0}, 3),
    ],
)
def test_each_practice_is_seen_in_its_statement(change, statement):
    assert seen_in_a_quarter(change)[statement - 1] > seen_in_a_quarter({})[statement - 1]


def seen_in_a_quarter(changes):
    """What was to be seen of each statement (20,) after a quarter."""
    company = company_with(changes)
    live_days(company, 0, 63)
    return company.survey["seen"][0]


def seen_after(company, statement):
    assessment.look_back(company, 0)
    return company.survey["seen"][0, statement - 1]


def test_plans_are_made_and_told_together_as_far_as_there_were_any():
    company = company_with({"practices.joint_planning": True, "practices.meeting_every_d": 20})
    assert [seen_after(company, statement) for statement in (4, 20)] == [0.0, 0.0]  # nothing was launched
    company.book["n_redesigns"][5], company.book["n_planned_jointly"][5] = 4, 3
    company.book["told_beforehand"][5] = 2.0
    assert [seen_after(company, statement) for statement in (4, 20)] == [0.75, 0.5]


def test_both_rise_or_fall_together_if_they_earned_alike_and_get_on():
    company = company_with({"behaviour.goodwill.start": 0.25})
    company.conflict["attainment_sales"], company.conflict["attainment_marketing"] = 0.9, 0.7
    assert seen_after(company, 16) == pytest.approx(0.8 * 0.5)


def test_both_are_measured_alike_as_far_as_marketing_earned_by_what_sales_is_paid_for():
    shares = []
    for scheme, common in (("mql", 0.0), ("mql", 0.5), ("revenue", 0.0)):
        company = company_with({"pay.marketing.scheme": scheme, "practices.shared_reward": common})
        company.tally["bookings_quarter"], company.marketer["n_mql"] = company.target["sales_target"], 1000
        shares.append(seen_after(company, 12))
    assert shares[0] == 0.0 < shares[1] < shares[2] == 1.0


def test_feedback_is_what_came_back_of_what_was_asked():
    company = company_with()
    company.book["n_asked"][3], company.book["n_reports"][3], company.book["n_outcomes"][3] = 8, 6, 40
    assessment.look_back(company, 0)
    assert company.survey["seen"][0, 5] == 0.75


def test_a_greater_miss_is_blamed_more():
    shares = []
    for blame in (0.0, 0.1, 0.2):
        company = company_with()
        company.book["blame"][62] = blame
        assessment.look_back(company, 0)
        shares.append(company.survey["seen"][0, 1])
    assert np.diff(shares) == pytest.approx([-0.2, -0.2])
