"""Disputes: causes build up tension, tension breaks out or is argued out, managers rule, misses breed blame."""

import numpy as np
import pytest

import scenarios
from scenarios import Scenario
from simulation.border import causes, disputes
from simulation.border.causes import Topic
from simulation.company import build
from simulation.ledger import Hours

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


def cause_of(topic, changes=None, event=None):
    """How bad the cause of a topic is after something has happened."""
    company = company_with(changes)
    if event:
        event(company)
    causes.look_for(company, 5)
    return float(company.dispute["cause"][topic])


@pytest.mark.parametrize(
    ("topic", "cure"),
    [
        (Topic.STATUS, {"practices.marketing_status": 0.5, "practices.leading_side": "neither"}),
        (Topic.METRICS, {"practices.shared_reward": 0.5}),
        (Topic.METRICS, {"pay.marketing.scheme": "revenue"}),
        (Topic.METRICS, {"pay.marketing.scheme": "accepted"}),
    ],
)
def test_what_is_laid_down_is_a_cause_while_it_lasts(topic, cure):
    bad = {"practices.marketing_status": 0.1, "practices.leading_side": "sales", "pay.marketing.scheme": "mql"}
    assert cause_of(topic, {**bad, **cure}) < cause_of(topic, bad)


def half_of_the_topics_open(company):
    company.conflict["disputes_open"] = 6


def sales_earned_twice_as_much(company):
    company.conflict["attainment_sales"], company.conflict["attainment_marketing"] = 1.4, 0.7


def credit_was_taken(company):
    for _ in range(20):
        causes.remember_credit(company)


def nobody_called(company):
    for _ in range(50):
        causes.remember_handling(company, 1.0)


def leads_were_junk(company):
    for _ in range(200):
        causes.remember_verdict(company, False)


def money_was_moved(company):
    company.budget["budget_moved"] = -0.1


def views_came_apart(company):
    company.rep_belief[:] += 1.0


def everything_went_at_a_discount(company):
    for _ in range(20):
        causes.remember_deal(company, 0.2, True)


@pytest.mark.parametrize(
    ("topic", "event"),
    [
        (Topic.SEPARATE, half_of_the_topics_open),
        (Topic.PAY, sales_earned_twice_as_much),
        (Topic.PAY, credit_was_taken),
        (Topic.TASKS, nobody_called),
        (Topic.CAMPAIGNS, leads_were_junk),
        (Topic.MONEY, money_was_moved),
        (Topic.MARKET, views_came_apart),
        (Topic.PRICE, everything_went_at_a_discount),
        (Topic.PRODUCT, everything_went_at_a_discount),
    ],
)
def test_what_happens_is_what_there_is_to_quarrel_about(topic, event):
    quiet = {"behaviour.learning.belief_noise": 0.0}
    assert cause_of(topic, quiet, event) > cause_of(topic, quiet)


def test_pressure_is_a_cause_while_only_one_side_is_behind():
    def behind(marketing):
        def event(company):
            company.conflict["attainment_marketing"] = marketing

        return cause_of(Topic.PRESSURE, None, event)  # nothing has been sold yet

    assert [behind(marketing) for marketing in (1.0, 0.75, 0.0)] == [1.0, 1.0, 0.0]
    assert behind(0.25) == pytest.approx(0.5)


def test_credit_that_is_shared_is_forgotten_as_a_cause():
    taken = cause_of(Topic.PAY, {"practices.credit_shared": 0.0}, credit_was_taken)
    shared = cause_of(Topic.PAY, {"practices.credit_shared": 1.0}, credit_was_taken)
    assert shared < taken


def test_people_who_see_enough_of_each_other_are_no_strangers():
    def met(hours):
        def event(company):
            company.book["hours_marketing"][:5, Hours.MEETING] = hours * len(company.marketer) / 5

        return event

    laws = {"behaviour.conflict.seen_enough_h": 2.0}
    assert [cause_of(Topic.STYLE, laws, met(hours)) for hours in (0.0, 1.0, 2.0, 4.0)] == [1.0, 0.5, 0.0, 0.0]


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
    company.dispute["tension"][Topic.STATUS] = 0.5
    live_weeks(company, 10)
    fading = Scenario().behaviour.conflict.tension_fading
    assert company.dispute["tension"][Topic.STATUS] == pytest.approx(0.5 * (1 - fading) ** 10)


def test_what_breaks_out_costs_hours_and_goodwill_and_what_is_argued_out_does_not():
    hours = {"behaviour.conflict.dispute_h_per_week": 0.5}
    company = company_with({"behaviour.conflict.outbreaks": 20.0, "behaviour.trust.start": 0.1, **hours})
    before = company.account_of_rep.mean()
    live_weeks(company, 12)
    n_open = company.conflict["disputes_open"][0]
    assert n_open > 0
    assert disputes.hours_today(company) == pytest.approx(n_open * 0.5 / 5)
    assert company.account_of_rep.mean() < before
    peaceful = company_with({"behaviour.conflict.outbreaks": 0.0})
    live_weeks(peaceful, 12)
    tension, before = peaceful.dispute["tension"].sum(), peaceful.book["argued"].sum()
    disputes.argue(peaceful, 0.5, disputes.AT_WORK, 60)
    assert peaceful.dispute["tension"].sum() == pytest.approx(0.5 * tension)
    assert peaceful.book["argued"].sum() - before == pytest.approx(0.5 * tension)
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
    reps, marketers = company.account_of_rep.copy(), company.account_of_marketer.copy()
    disputes.rule(company, 8.0, 5)
    assert np.array_equal(company.account_of_rep, reps)
    assert (company.account_of_marketer < marketers).all()


@pytest.mark.parametrize("account", [0.0, 0.4, 1.0])
def test_a_missed_target_breeds_blame_the_less_the_better_people_get_on(account):
    company = company_with({"behaviour.conflict.blame": 0.15, "behaviour.goodwill.start": account})
    company.tally["bookings_quarter"] = 0.5 * company.target["sales_target"]
    disputes.blame(company, 62)
    assert company.book["blame"].sum() == pytest.approx(0.5 * (1 - account))
    assert company.account_of_rep.mean() == pytest.approx(account * (1 - 0.15 * 0.5 * (1 - account)))


def test_nobody_is_blamed_for_a_target_that_was_met():
    company = company_with()
    company.tally["bookings_quarter"] = 1.5 * company.target["sales_target"]
    disputes.blame(company, 62)
    assert company.account_of_rep.mean() == pytest.approx(0.4)
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
        company = company_with({"behaviour.conflict.argued_teaches": 1.0, "behaviour.goodwill.fixed_telling": 1.0})
        company.marketer_belief[:], company.rep_belief[:] = 0.0, 2.0
        company.trust_in_rep[:], company.trust_in_marketer[:] = 1.0, 1.0
        company.dispute["tension"][topic] = 1.0
        disputes.argue(company, 0.5, disputes.AT_WORK, 0)
        return float(company.rep_belief.mean() - company.marketer_belief.mean())

    assert gap(Topic.PAY) == 2.0
    assert gap(Topic.MARKET) < 1.5
    assert gap(Topic.CAMPAIGNS) == gap(Topic.MARKET)
