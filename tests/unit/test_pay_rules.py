"""What one deal pays, scheme by scheme, from what the schemes promise."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import scenarios
from scenarios import Scenario
from simulation.company import build
from simulation.management import marketing_pay
from simulation.management.pay import deal_pay, deal_worth, sdr_rate

QUOTA, VARIABLE = 150_000.0, 80_000.0
RATE = VARIABLE / 4 / QUOTA
SCHEMES = ("salary", "commission", "margin_commission", "quota_bonus", "accelerator")
BASE = scenarios.with_changes(
    Scenario(),
    {
        "run.quarters": 1,
        "run.warm_up_quarters": 0,
        "pay.sales.quota_eur_per_quarter": QUOTA,
        "pay.sales.account_executive_variable_eur": VARIABLE,
        "pay.sales.quota_bonus_share": 0.5,
        "pay.sales.accelerator": 2.0,
        "products.standard.gross_margin": 0.6,
        "money.over_assigned": 1.0,
    },
)
COMPANIES = {scheme: build(scenarios.set_value(BASE, "pay.sales.scheme", scheme), 0) for scheme in SCHEMES}
prices = st.lists(st.floats(1.0, 2 * QUOTA), min_size=1, max_size=12)


PARTS = {
    "all at once": {
        "pay.sales.scheme": "quota_bonus",
        "pay.sales.margin_share": 0.5,
        "pay.sales.bonus_and_accelerator": True,
    },
    "half by margin": {"pay.sales.scheme": "commission", "pay.sales.margin_share": 0.5},
    "bonus and accelerator": {"pay.sales.scheme": "quota_bonus", "pay.sales.bonus_and_accelerator": True},
}
COMPANIES |= {parts: build(scenarios.with_changes(BASE, changes), 0) for parts, changes in PARTS.items()}


def pay(scheme, achieved, price, list_price=None):
    return deal_pay(COMPANIES[scheme], 0, achieved, price, 0.4 * (list_price or price))


def earned(scheme, deals):
    """Pay of a quarter with these deals, one after the other."""
    achieved = np.concatenate([[0.0], np.cumsum(deals)[:-1]])
    return sum(pay(scheme, before, price) for before, price in zip(achieved, deals, strict=True))


@given(prices)
def test_commission_is_a_share_of_revenue_whatever_the_order(deals):
    assert earned("commission", deals) == pytest.approx(RATE * sum(deals))
    assert earned("salary", deals) == 0.0


@given(prices)
def test_the_bonus_is_paid_once_and_only_for_the_quota(deals):
    bonus = 0.5 * VARIABLE / 4 if sum(deals) >= QUOTA else 0.0
    assert earned("quota_bonus", deals) == pytest.approx(0.5 * RATE * sum(deals) + bonus)


@given(prices)
def test_the_accelerator_pays_more_only_above_quota(deals):
    above = max(0.0, sum(deals) - QUOTA)
    assert earned("accelerator", deals) == pytest.approx(RATE * (sum(deals) + above))


@given(prices)
def test_components_add(deals):
    """At list prices margin and revenue pay alike; half of variable pay is commission, accelerated above quota."""
    above, bonus = max(0.0, sum(deals) - QUOTA), 0.5 * VARIABLE / 4 if sum(deals) >= QUOTA else 0.0
    for parts in ("all at once", "bonus and accelerator"):
        assert earned(parts, deals) == pytest.approx(0.5 * RATE * (sum(deals) + above) + bonus)


@given(st.floats(0.0, 0.9), st.floats(100.0, 1e6))
def test_half_by_margin_pays_the_mean_of_both(discount, list_price):
    price = list_price * (1.0 - discount)
    both = [pay(scheme, 0.0, price, list_price) for scheme in ("commission", "margin_commission")]
    assert pay("half by margin", 0.0, price, list_price) == pytest.approx(np.mean(both))


def test_a_mix_weighs_its_parts():
    mixed = {"pay.marketing.scheme": "mix", "pay.marketing.mix_mql": 0.0, "pay.marketing.mix_revenue": 2.0}
    assert marketing_pay.weights(build(scenarios.with_changes(BASE, mixed), 0)) == pytest.approx((0, 0.25, 0.25, 0.5))
    nothing = {f"pay.marketing.mix_{part}": 0.0 for part in ("mql", "accepted", "pipeline", "revenue")}
    assert marketing_pay.weights(build(scenarios.with_changes(BASE, {**mixed, **nothing}), 0)) == (0.0, 0.0, 0.0, 0.0)


def test_every_scheme_by_results_pays_the_declared_part_exactly_at_quota():
    for scheme in (*SCHEMES[1:], *PARTS):
        assert earned(scheme, [QUOTA / 4] * 4) == pytest.approx(VARIABLE / 4)


@given(st.floats(0.0, 0.9), st.floats(100.0, 1e6))
def test_margin_pay_follows_the_margin_and_never_falls_below_nothing(discount, list_price):
    margin = list_price * (1.0 - discount) - list_price * 0.4
    expected = RATE * max(0.0, margin) / 0.6
    assert pay("margin_commission", 0.0, list_price * (1.0 - discount), list_price) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_deal_is_worth_less_to_a_rep_than_duty(scheme):
    """Duty is for all pay on target, base included: half of both, as much as the variable pay where they are alike."""
    sales = BASE.pay.sales
    whole = 0.5 * (sales.account_executive_base_eur + sales.account_executive_variable_eur)
    company, duty = COMPANIES[scheme], BASE.behaviour.work.duty * whole / VARIABLE
    for price in (100.0, 20_000.0, 400_000.0):
        assert deal_worth(company, 0, price, 0.4 * price, 30) >= duty * RATE * price * (1 - 1e-12)


def test_the_bonus_is_worth_striving_for_while_there_is_time():
    company = COMPANIES["quota_bonus"]
    early, late = (deal_worth(company, 0, 20_000.0, 8_000.0, today) for today in (0, 62))
    reached = company.rep["achieved"][0]
    try:
        company.rep["achieved"][0] = QUOTA - 10_000.0
        decisive = deal_worth(company, 0, 20_000.0, 8_000.0, 62)
    finally:
        company.rep["achieved"][0] = reached
    assert late < early < decisive
    assert decisive == pytest.approx(0.5 * RATE * 20_000.0 + 0.5 * VARIABLE / 4)


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_what_is_shared_is_not_paid_for_one_s_own_results(share):
    for scheme in SCHEMES:
        changes = {"pay.sales.scheme": scheme, "practices.shared_reward": share}
        company = build(scenarios.with_changes(BASE, changes), 0)
        assert deal_pay(company, 0, 0.0, 9_000.0, 3_600.0) == pytest.approx((1.0 - share) * pay(scheme, 0.0, 9_000.0))
        assert sum(marketing_pay.weights(company)) == pytest.approx(1.0 - share)
        assert sdr_rate(company) == pytest.approx((1.0 - share) * sdr_rate(COMPANIES[scheme]))


@pytest.mark.parametrize(
    ("scheme", "weights"),
    [
        ("fixed", (0, 0, 0, 0)),
        ("mql", (1, 0, 0, 0)),
        ("accepted", (0, 1, 0, 0)),
        ("pipeline", (0, 0, 1, 0)),
        ("revenue", (0, 0, 0, 1)),
        ("mix", (0.25, 0.25, 0.25, 0.25)),
    ],
)
def test_marketing_is_weighed_by_its_scheme(scheme, weights):
    company = build(scenarios.set_value(BASE, "pay.marketing.scheme", scheme), 0)
    assert marketing_pay.weights(company) == weights
