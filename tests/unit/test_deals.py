"""Products, credit, the finance gate and what follows a signature: rule by rule, on a company that stands still."""

import math

import numpy as np
import pytest

import scenarios
from scenarios import Scenario
from simulation import credit, products, quarter_end
from simulation.buying_stage import Stage, buying_stage
from simulation.company import build
from simulation.engine import live_days
from simulation.ledger import Hours
from simulation.management import finance_gate, pay
from simulation.pricing import is_worth_the_risk, needs_approval
from simulation.quarter_end import holds_off
from simulation.referral import REFERRAL
from simulation.selling import choose_product
from simulation.status import Status
from tests.worlds import meet_everybody

SHORT = {"run.quarters": 2, "run.warm_up_quarters": 0, "market.prospects_per_day": 6.0}
TWO = {
    "products": {
        "easy": {"gross_margin": 0.4},
        "strategic": {"gross_margin": 0.9, "untrained_loss": 1.0},
    }
}


def company_with(**changes):
    base = Scenario.model_validate({**Scenario().model_dump(), **TWO})
    return build(scenarios.with_changes(base, {**SHORT, **{k.replace("__", "."): v for k, v in changes.items()}}), 3)


def pitched(company):
    """Which of many buyers are offered the strategic product by the first rep."""
    meet_everybody(company)
    chosen = []
    for lead in range(150, 400):
        company.lead["buyers"][lead], company.lead["value"][lead] = 1, 20_000.0
        company.lead["credit"][lead] = 0.5
        choose_product(company, 0, lead, 0)
        chosen.append(int(company.lead["product"][lead]))
    return np.mean(chosen)


def test_pay_by_margin_pitches_the_product_with_the_margin():
    shares = [pitched(company_with(pay__sales__scheme=scheme)) for scheme in ("commission", "margin_commission")]
    assert shares[1] > shares[0] + 0.1


def test_training_makes_the_harder_product_worth_pitching():
    shares = []
    for training in (0.0, 1.0):
        company = company_with(pay__sales__scheme="commission")
        company.rep["training"] = training
        shares.append(pitched(company))
    assert shares[1] > shares[0] + 0.1


def test_one_product_needs_no_choice():
    company = build(scenarios.with_changes(Scenario(), SHORT), 3)
    meet_everybody(company)
    choose_product(company, 0, 160, 0)
    assert company.lead["product"][160] == products.EASY
    assert company.lead["taste"][160] == 0.0


def test_bad_debt_is_spread_as_declared_and_is_on_average_what_it_is_for_ordinary_credit():
    company = company_with(segments__buyers__p_bad_debt=0.02, behaviour__deals__credit_spread=9.0)
    ranks = (np.arange(20_000) + 0.5) / 20_000
    p = np.array([credit.p_bad_debt(company, 0, rank) for rank in ranks])
    assert -np.log1p(-p).mean() == pytest.approx(-math.log1p(-0.02), rel=1e-3)
    assert p[ranks < 0.1].sum() / p.sum() == pytest.approx(1 - 0.9**10, abs=0.04)


def test_only_who_has_own_pay_at_risk_walks_away_from_a_doubtful_buyer():
    for scheme, walks in (("commission", False), ("quota_bonus", False), ("margin_commission", True)):
        company = company_with(pay__sales__scheme=scheme)
        company.lead["value"][0], company.lead["product"][0] = 20_000.0, 0
        for risk, is_doubtful in ((0.0, False), (0.9, True)):
            company.lead["risk_seen"][0] = risk
            assert is_worth_the_risk(company, 0, 0, 10) == (not (walks and is_doubtful))


def test_a_bad_debt_is_taken_back_from_pay_by_margin_only():
    for scheme, falls in (("commission", False), ("margin_commission", True)):
        company = company_with(pay__sales__scheme=scheme)
        company.lead["owner"][0], company.lead["price"][0], company.lead["seller"][0] = (
            0,
            10_000.0,
            company.rep["key"][0],
        )
        pay.take_back(company, 0)
        assert (company.rep["variable_pay"][0] < 0.0) == falls


def test_only_the_seller_pays_for_a_bad_debt_and_only_the_own_part():
    lost = []
    for credit_shared, key in ((0.0, 0), (0.5, 0), (0.0, 77)):
        company = company_with(
            pay__sales__scheme="margin_commission",
            practices__credit_shared=credit_shared,
            pay__marketing__win_share=0.2,
        )
        company.lead["owner"][0], company.lead["price"][0], company.lead["marketer"][0] = 0, 10_000.0, 0
        company.lead["seller"][0] = key  # 77 has left
        pay.take_back(company, 0)
        lost.append(-company.rep["variable_pay"][0])
    assert lost == pytest.approx([lost[0], 0.9 * lost[0], 0.0])
    assert lost[0] > 0.0


def test_a_purchase_of_one_step_is_checked_before_it():
    one_step = {"segments__buyers__steps": 1, "segments__buyers__buyers": 1.0, "money__credit_check": 1.0}
    company = company_with(**one_step, behaviour__deals__check_d=3.0)
    live_days(company, 0, 126)
    assert company.book["n_credit_checks"].sum() == company.book["n_opportunities"].sum() > 20
    assert company.book["n_refused"].sum() > 0
    won = company.lead[company.lead["day_won"] >= 0]
    assert (won["cleared_from"] >= won["day_opportunity"] + 3).all()
    assert (won["day_won"] >= won["cleared_from"]).all()


# The quarter's end.


def one_to_press(**changes):
    """A company on the quarter's last day, and a rep who is one deal short of the bonus; returns them and the deal."""
    changes = {"pay__sales__scheme": "quota_bonus", "behaviour__attention__p_sign_early": 1.0, **changes}
    company = company_with(**changes)
    live_days(company, 0, 62)
    lead = int(np.flatnonzero(company.lead["status"] == Status.OPPORTUNITY)[0])
    rep = int(company.lead["owner"][lead])
    company.lead["steps_left"][lead], company.lead["h_left"][lead] = 1, 5.0
    company.lead["ask_from"][lead] = company.lead["cleared_from"][lead] = 0
    company.rep["achieved"][rep] = company.rep["quota"][rep] - 1.0
    return company, rep, lead


def test_a_buyer_is_asked_to_sign_when_the_work_is_done_and_not_before():
    company, rep, lead = one_to_press()
    sold = company.rep["hours"][rep, Hours.OPPORTUNITIES]
    assert quarter_end._press(company, rep, lead, 3.0, 61) == 3.0
    assert company.lead["status"][lead] == Status.OPPORTUNITY
    assert company.lead["h_left"][lead] == 2.0
    press_h = Scenario().behaviour.deals.press_h
    assert quarter_end._press(company, rep, lead, 2.0 + 0.5 * press_h, 61) == 2.0
    assert company.lead["status"][lead] == Status.OPPORTUNITY
    assert quarter_end._press(company, rep, lead, 8.0, 62) == press_h
    assert company.lead["status"][lead] in (Status.CUSTOMER, Status.LOST)
    assert company.rep["hours"][rep, Hours.OPPORTUNITIES] - sold == pytest.approx(5.0 + press_h)


def test_nobody_is_pressed_before_finance_or_a_manager_has_answered():
    company, rep, lead = one_to_press()
    company.lead["cleared_from"][lead] = 63
    assert quarter_end._press(company, rep, lead, 8.0, 62) == 0.0
    authority = {"money__discount_max": 0.0, "money__discount_approved_max": 0.3, "behaviour__deals__approval_d": 1}
    company, rep, lead = one_to_press(**authority, segments__buyers__price_sensitivity=20.0)
    assert quarter_end._press(company, rep, lead, 8.0, 61) == 0.0
    assert company.lead["approved"][lead] > 0.0
    assert company.lead["cleared_from"][lead] == 62
    assert quarter_end._press(company, rep, lead, 8.0, 62) > 5.0


def test_without_a_gate_nothing_is_checked_and_nothing_costs():
    company = company_with()
    live_days(company, 0, 126)
    assert company.book["n_credit_checks"].sum() == company.book["n_refused"].sum() == 0
    assert company.finance["finance_h"][0] == 0.0


def test_a_strict_gate_refuses_mostly_bad_and_a_few_good_credits():
    company = company_with(money__credit_check=1.0)
    limit = company.rules["behaviour"]["deals"]["check_limit"][0]
    answers = np.array([finance_gate.check(company, lead, 0) for lead in range(len(company.lead))])
    ranks = np.array([credit.standing(company, lead)[0] for lead in range(len(company.lead))])
    refused = answers == finance_gate.REFUSED
    assert refused[ranks < 0.5 * limit].mean() > 0.9
    assert 0 < refused[ranks > limit].mean() < 0.1
    assert company.book["n_credit_checks"][0] == len(company.lead)
    assert company.finance["finance_h"][0] == pytest.approx(
        len(company.lead) * company.rules["behaviour"]["deals"]["check_h"][0]
    )


def test_managers_work_off_checks_with_part_of_their_day():
    company = company_with()
    company.finance["finance_h"] = 3.0
    left = finance_gate.work_off(company, 0, 8.0, 0)
    assert left == pytest.approx(8.0 - 8.0 * Scenario().behaviour.deals.checks_share)
    assert company.finance["finance_h"][0] + 8.0 - left == pytest.approx(3.0)


def test_discounts_beyond_authority_need_approval_once():
    company = company_with(money__discount_max=0.1, money__discount_approved_max=0.3)
    assert not needs_approval(company, 0, 0.1)
    assert needs_approval(company, 0, 0.2)
    company.lead["approved"][0] = 0.25
    assert not needs_approval(company, 0, 0.2)
    assert needs_approval(company, 0, 0.3)


# Pay.


def test_a_yearly_bonus_is_paid_once_for_four_quotas():
    company = company_with(pay__sales__scheme="quota_bonus", pay__sales__bonus_period="year")
    quota = company.rep["quota"][0]
    lump = pay.quota_bonus(company)
    assert lump == pytest.approx(0.5 * Scenario().pay.sales.account_executive_variable_eur)
    plain = pay.deal_pay(company, 0, 0.0, quota, 0.0)
    assert pay.deal_pay(company, 0, 3.0 * quota, quota, 0.0) == pytest.approx(plain + lump)
    assert pay.deal_pay(company, 0, 4.0 * quota, quota, 0.0) == pytest.approx(plain)


def test_above_the_cap_a_deal_pays_nothing_and_pulls_as_little_as_duty():
    company = company_with(pay__sales__scheme="commission", pay__sales__cap=1.2)
    quota = company.rep["quota"][0]
    assert pay.deal_pay(company, 0, 1.2 * quota, 10_000.0, 0.0) == 0.0
    company.rep["achieved"][0] = 1.5 * quota
    assert pay.pull_of_today(company, 0, 30) == pytest.approx(Scenario().behaviour.work.duty)
    assert pay.pull_of_today(company, 1, 30) == pytest.approx(1.0)


def test_the_bonus_pulls_harder_as_its_day_comes_near():
    company = company_with(pay__sales__scheme="quota_bonus")
    quota = company.rep["quota"][0]
    company.rep["achieved"][0], company.rep["within_reach"][0] = 0.75 * quota, quota
    pulls = [pay.pull_of_today(company, 0, today) for today in (0, 40, 62)]
    assert pulls == sorted(pulls)
    assert pulls[2] > 1.0


def test_shared_credit_pays_the_marketer_what_the_rep_gives_up():
    company = company_with(pay__sales__scheme="commission", practices__credit_shared=0.5, pay__marketing__win_share=0.2)
    company.lead["marketer"][0], company.lead["marketer"][1] = 0, -1
    for lead in (0, 1):
        pay.reward_deal(company, 0, lead, 10_000.0, 0.0)
    whole = pay.deal_pay(company, 0, 0.0, 10_000.0, 0.0)
    assert company.marketer["win_pay"][0] == pytest.approx(0.1 * whole)
    assert company.rep["variable_pay"][0] == pytest.approx(1.9 * whole)


# Buyers and customers.


def test_buyers_wait_only_for_what_they_have_learnt_to_expect():
    company = company_with(behaviour__deals__hold_off=20.0, behaviour__deals__hold_days=15)
    meet_everybody(company)
    company.lead["day_window_end"] = 1000
    assert not any(holds_off(company, lead, 50) for lead in range(150, 400))
    company.discount["discount_pressed"] = 0.1
    assert all(holds_off(company, lead, 50) for lead in range(150, 400))
    assert not any(holds_off(company, lead, 20) for lead in range(150, 400))


def test_customers_expand_complain_and_recommend_by_satisfaction():
    events = {}
    for satisfaction in (0.0, 1.0):
        changes = {"installed_satisfaction": satisfaction, "contract_d": 63, "referrals": 1.0}
        changes |= {"renewal_at_worst": 1.0, "renewal_at_best": 1.0, "installed_base": 300}
        company = company_with(**{f"customers__{name}": value for name, value in changes.items()})
        live_days(company, 0, 64)
        events[satisfaction] = {
            name: company.book[name].sum() for name in ("n_expansions", "n_complaints", "n_referrals")
        }
    assert events[0.0]["n_expansions"] == events[0.0]["n_referrals"] == 0 < events[0.0]["n_complaints"]
    assert events[1.0]["n_complaints"] == 0 < min(events[1.0]["n_expansions"], events[1.0]["n_referrals"])


def test_who_was_recommended_is_a_lead_of_marketing_from_no_channel():
    company = company_with(customers__referrals=1.0, customers__installed_satisfaction=1.0, customers__contract_d=50)
    live_days(company, 0, 60)
    referred = company.lead[company.lead["referred_by"] >= 0]
    assert len(referred) > 5
    assert (referred["channel"] == REFERRAL).all()
    assert (referred["marketer"] >= 0).all()
    assert (referred["day_asked"] == referred["day_reached"]).all()
    assert (referred["n_handed"] > 0).any()
    assert (referred["n_scored"] == 0)[referred["n_handed"] == 1].all()
    assert np.isin(company.lead["status"][referred["referred_by"]], (Status.CUSTOMER, Status.CHURNED)).all()


def test_buying_stages_follow_status_interest_and_satisfaction():
    company = company_with()
    row = company.lead[:1]

    def stage(status, **columns):
        row["status"] = status
        for name, value in {"interest": 0.0, "day_interest": 0, **columns}.items():
            row[name] = value
        return buying_stage(company, 0, 0)

    assert stage(Status.PROSPECT) == Stage.UNAWARE
    assert [stage(Status.INQUIRY, interest=warm) for warm in (0.1, 0.9)] == [Stage.AWARE, Stage.CONSIDERING]
    assert [stage(Status.SQL, interest=warm) for warm in (0.1, 0.9)] == [Stage.CONSIDERING, Stage.PREFERRING]
    assert stage(Status.OPPORTUNITY, interest=0.9, steps_left=1) == Stage.INTENDING
    assert stage(Status.CUSTOMER, satisfaction=0.5, n_renewals=0) == Stage.CUSTOMER
    assert stage(Status.CUSTOMER, satisfaction=0.5, n_renewals=1) == Stage.LOYAL
    assert stage(Status.CUSTOMER, satisfaction=0.95, n_renewals=0) == Stage.ADVOCATE
    assert stage(Status.LOST, interest=0.9) == Stage.AWARE
