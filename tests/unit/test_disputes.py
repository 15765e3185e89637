"""Disputes: causes build up tension, tension breaks out or is argued out, managers rule, misses breed blame."""

import numpy as np
import pytest

import scenarios
from scenarios import Scenario
from simulation.border import causes, disputes
from simulation.border.causes import Topic
from simulation.company import build

QUIET = {
    "run.quarters": 2,
    "run.warm_up_quarters": 0,
    "people.account_executives": 2,
    "people.sdrs": 0,
    "people.marketers": 2,
    "behaviour.trust.start_sd": 0.0,
    "behaviour.trust.start": 0.4,
    "customers.installed_base": 0,
}


def company_with(changes=None):
    return build(scenarios.with_changes(Scenario(), {**QUIET, **(changes or {})}), 5)


def cause_of(topic, changes=None):
    company = company_with(changes)
    causes.look_for(company, 0)
    return float(company.dispute["cause"][topic])


@pytest.mark.parametrize(
    ("topic", "cure"),
    [
        (Topic.STATUS, {"practices.marketing_status": 0.5, "practices.leading_side": "neither"}),
        (Topic.PAY, {"practices.credit_shared": 1.0}),
        (Topic.METRICS, {"practices.one_head": True}),
        (Topic.METRICS, {"pay.marketing.scheme": "revenue"}),
        (Topic.TASKS, {"practices.sla": True, "practices.lead_definition": "joint"}),
        (Topic.MONEY, {"practices.shared_numbers": 1.0}),
        (Topic.STYLE, {"practices.informal_contact_h_per_week": 1.0}),
        (Topic.STYLE, {"practices.customer_contact_h_per_week": 4.0}),
    ],
)
def test_each_practice_takes_the_cause_of_its_topic_away(topic, cure):
    bad = {
        "practices.marketing_status": 0.1,
        "practices.leading_side": "sales",
        "practices.credit_shared": 0.0,
        "pay.marketing.scheme": "mql",
    }
    assert cause_of(topic, {**bad, **cure}) < cause_of(topic, bad)


def test_causes_stay_between_none_and_the_worst():
    company = company_with({"practices.marketing_status": 0.0, "practices.leading_side": "sales"})
    company.impression["poor_leads"], company.impression["recent_discount"] = 1.0, 0.9
    company.budget["budget_moved"] = -1.0
    company.conflict["attainment_sales"], company.conflict["disputes_open"] = 5.0, 12
    causes.look_for(company, 40)
    assert company.dispute["cause"].min() >= 0
    assert company.dispute["cause"].max() == 1


def live_weeks(company, weeks):
    for day in range(5 * weeks):
        disputes.live_with(company, day)


def test_tension_grows_while_its_cause_lasts_and_fades_without():
    laws = {"behaviour.conflict.outbreaks": 0.0, "behaviour.conflict.aired_at_work": 0.0}
    company = company_with(laws)
    live_weeks(company, 20)
    style, status = company.dispute["tension"][[Topic.STYLE, Topic.STATUS]]
    assert style > 0.4  # nobody sees the other's work
    assert status == 0  # equals, and no side is taken
    faded = company_with({**laws, "practices.informal_contact_h_per_week": 1.0})
    faded.dispute["tension"][Topic.STYLE] = 0.5
    live_weeks(faded, 10)
    assert faded.dispute["tension"][Topic.STYLE] == pytest.approx(0.5 * (1 - 0.04) ** 10)


def test_what_breaks_out_costs_hours_and_trust_and_what_is_argued_out_does_not():
    company = company_with({"behaviour.conflict.outbreaks": 20.0, "behaviour.trust.start": 0.1})
    before = company.trust_in_marketer.mean()
    live_weeks(company, 12)
    n_open = company.conflict["disputes_open"][0]
    assert n_open > 0
    assert disputes.hours_today(company) == pytest.approx(n_open * 0.5 / 5)
    assert company.trust_in_marketer.mean() < before
    peaceful = company_with({"behaviour.conflict.outbreaks": 0.0})
    live_weeks(peaceful, 12)
    tension = peaceful.dispute["tension"].sum()
    disputes.argue(peaceful, 0.5, disputes.AT_WORK, 60)
    assert peaceful.dispute["tension"].sum() == pytest.approx(0.5 * tension)
    assert peaceful.book["argued"].sum() == pytest.approx(0.5 * tension)
    assert disputes.hours_today(peaceful) == 0


def test_talks_of_the_same_day_have_luck_of_their_own():
    settled = set()
    for way in range(disputes.N_WAYS):
        company = company_with()
        company.dispute["is_open"] = 1
        disputes.argue(company, 0.5, way, 4)
        settled.add(tuple(company.dispute["is_open"]))
    assert len(settled) == disputes.N_WAYS


def test_people_are_called_together_only_where_that_is_the_way():
    for way in (False, True):
        company = company_with({"practices.meets_ad_hoc": way})
        disputes.open_one(company, Topic.PRICE, 3)
        assert company.conflict["is_called"][0] == way


def open_dispute(changes=None):
    company = company_with({"behaviour.conflict.ruling_prompt_h": 0.0, **(changes or {})})
    disputes.open_one(company, Topic.MONEY, 0)
    return company


def test_a_manager_rules_after_the_wait_and_no_longer_than_there_are_hours():
    company = open_dispute({"practices.ruling_days": 10.0})
    assert disputes.rule(company, 8.0, 9) == 0
    assert disputes.rule(company, 2.0, 10) == 2.0
    assert company.dispute["is_open"][Topic.MONEY]
    assert disputes.rule(company, 2.0, 11) == 1.0  # three hours in all
    assert not company.dispute["is_open"][Topic.MONEY]
    assert company.dispute["tension"][Topic.MONEY] == 0


def test_one_head_rules_sooner():
    company = open_dispute({"practices.ruling_days": 15.0, "practices.one_head": True})
    assert disputes.rule(company, 8.0, 4) == 0
    assert disputes.rule(company, 8.0, 5) == 3.0


def test_a_ruling_that_takes_sides_is_resented_by_the_other():
    company = open_dispute({"practices.leading_side": "sales", "practices.ruling_days": 1.0})
    reps, marketers = company.trust_in_marketer.copy(), company.trust_in_rep.copy()
    disputes.rule(company, 8.0, 5)
    assert np.array_equal(company.trust_in_marketer, reps)
    assert (company.trust_in_rep < marketers).all()


@pytest.mark.parametrize(
    ("shared", "lost"), [({}, 0.15 * 0.5 * (1 - 0.2 / 3)), ({"practices.shared_numbers": 1.0}, 0.0)]
)
def test_a_missed_target_breeds_blame_less_where_results_are_shared(shared, lost):
    changes = {"practices.shared_responsibility": 0.2, "behaviour.conflict.blame": 0.15, **shared}
    if shared:
        changes |= {"practices.shared_responsibility": 1.0, "practices.shared_reward": 0.5}
    company = company_with(changes)
    company.tally["bookings_quarter"] = 0.5 * company.target["sales_target"]
    disputes.blame(company, 62)
    assert company.trust_in_marketer.mean() == pytest.approx(0.4 * (1 - lost))


def test_nobody_is_blamed_for_a_target_that_was_met():
    company = company_with()
    company.tally["bookings_quarter"] = 1.5 * company.target["sales_target"]
    disputes.blame(company, 62)
    assert company.trust_in_marketer.mean() == pytest.approx(0.4)
    assert company.book["blame"].sum() == 0


def test_unequal_base_pay_is_a_cause_only_beyond_what_is_thought_fair():
    sales = {"pay.sales.account_executive_base_eur": 80_000.0}
    usual, fair, unfair = (
        cause_of(Topic.PAY, {**sales, "pay.marketing.base_eur": base}) for base in (80_000.0, 60_000.0, 30_000.0)
    )
    assert usual == fair
    assert unfair == pytest.approx(fair + 0.625 - 0.3)


def test_arguing_about_the_market_brings_views_together_and_about_pay_does_not():
    def gap(topic):
        """How far the two sides' views are apart after arguing one full tension out."""
        company = company_with({"behaviour.conflict.argued_teaches": 1.0})
        company.marketer_belief[:], company.rep_belief[:] = 0.0, 2.0
        company.trust_in_rep[:], company.trust_in_marketer[:] = 1.0, 1.0
        company.dispute["tension"][topic] = 1.0
        disputes.argue(company, 0.5, disputes.AT_WORK, 0)
        return float(company.rep_belief.mean() - company.marketer_belief.mean())

    assert gap(Topic.PAY) == 2.0
    assert gap(Topic.MARKET) < 1.5
    assert gap(Topic.CAMPAIGNS) == gap(Topic.MARKET)
