"""Rules of selling, targets and customers, against what they promise in words."""

import copy

import numpy as np
import pytest

import scenarios
from scenarios import Scenario
from simulation import simulate
from simulation.company import build
from simulation.customers import come_due, welcome
from simulation.engine import live_days
from simulation.management import marketing_pay
from simulation.management.common_reward import common_attainment
from simulation.management.pay import deal_worth
from simulation.management.targets import leads_sales_can_handle, market_growth, set_targets
from simulation.pricing import NOW, best_price, cost_and_risk, p_win
from simulation.queues import DESK, deal_desk, join, leave
from simulation.selling import choose_deal
from simulation.status import Status

BASE = scenarios.with_changes(Scenario(), {"run.quarters": 3, "run.warm_up_quarters": 0})
MOST, STEPS = BASE.money.discount_max, BASE.behaviour.deals.price_steps


@pytest.fixture(scope="module")
def company():
    """A company after some months, with opportunities under way; tests may not change it."""
    company = build(BASE, 3)
    live_days(company, 0, 100)
    return company


@pytest.mark.parametrize("scheme", ["commission", "margin_commission", "quota_bonus"])
def test_a_rep_names_the_price_that_pays_best(scheme):
    company = build(scenarios.set_value(BASE, "pay.sales.scheme", scheme), 3)
    live_days(company, 0, 100)
    offers = [MOST * step / STEPS for step in range(STEPS + 1)]
    for lead in np.flatnonzero(company.lead["status"] == Status.OPPORTUNITY)[:20]:
        rep, value = company.lead["owner"][lead], company.lead["value"][lead]
        prices = [(offer, value * (1 - offer)) for offer in offers]
        worth = [
            deal_worth(company, rep, price, cost_and_risk(company, lead, price), 100)
            * p_win(company, rep, lead, 100, (offer, False))
            for offer, price in prices
        ]
        discount, expected = best_price(company, rep, lead, 100, NOW)
        assert expected == pytest.approx(max(worth))
        assert discount == pytest.approx(offers[int(np.argmax(worth))])


def test_a_rep_turns_to_the_deal_that_rewards_the_next_hour_best():
    company = build(scenarios.set_value(BASE, "behaviour.work.deals_in_view", 3), 3)
    live_days(company, 0, 100)
    desk = deal_desk(company, 0)
    deals = np.flatnonzero(company.lead["status"] == Status.OPPORTUNITY)[:4]
    for lead in deals:
        leave(company, DESK, lead)
    while (first := company.place["first"][desk]) != -1:
        leave(company, DESK, first)
    for lead, value in zip(deals, (1.0, 5.0, 3.0, 100.0), strict=True):
        company.lead["value"][lead], company.lead["interest"][lead] = value, 1.0
        company.lead["day_interest"][lead], company.lead["steps_left"][lead] = 100, 1
        company.lead["h_left"][lead] = 2.0
        join(company, DESK, desk, lead)
    assert choose_deal(company, desk, 100) == deals[1]  # the best of three in view; the fourth is out of sight
    assert company.place["last"][desk] == deals[0]  # what was put off comes again after all others
    company.lead["h_left"][deals[1]] = 20.0
    assert choose_deal(company, desk, 100) == deals[3]  # now in view, and less work than the best before


# Targets.


def test_the_sales_target_is_the_mean_of_three_forecasts():
    company = copy.deepcopy(build(scenarios.set_value(BASE, "money.target_growth", 0.1), 0))  # with a world of its own
    sold, last = 1_000_000.0, company.target["sales_target"][0]
    company.tally["bookings_quarter"][0] = sold
    company.first_prospect[[0, 63, 126]] = 0, 126, 315  # 2 a day and then 3
    assert market_growth(company, 126) == 1.5
    leads = company.target["mql_target"][0]
    set_targets(company, 126)
    reached = 0.5 * (last + sold)  # as it is remembered: the last quarter counts half
    forecasts = (0.95 * reached, 1.1 * last, 1.1 * 1.5 * reached)  # Sales' caution, finance's growth, the market's
    assert company.target["sales_target"][0] == pytest.approx(np.mean(forecasts))
    assert company.target["mql_target"][0] == pytest.approx(1.1 * leads)
    executives = company.rep["is_sdr"] == 0
    over = BASE.money.over_assigned
    assert company.rep["quota"][executives].sum() == pytest.approx(over * np.mean(forecasts))
    assert np.ptp(company.rep["quota"][executives]) == pytest.approx(0.0)  # nobody has sold more than others yet
    assert company.tally["bookings_quarter"][0] == 0.0


def test_nobody_is_asked_for_next_to_nothing():
    company = build(BASE, 0)
    for today in (126, 126, 126, 126, 126, 126):
        company.tally["bookings_quarter"][0] = 0.0
        set_targets(company, today)
    assert company.rep["quota"][0] == pytest.approx(0.2 * BASE.pay.sales.quota_eur_per_quarter)


def test_a_target_from_capacity_asks_for_no_more_leads_than_reps_can_handle():
    changes = {"practices.lead_target": "capacity", "pay.marketing.mql_target_per_quarter": 1e6}
    company = build(scenarios.with_changes(BASE, changes), 0)
    assert company.target["mql_target"][0] == pytest.approx(leads_sales_can_handle(company))
    free = 4 * 8.0 * 0.6 * 63  # hours of four SDRs in a quarter
    work = BASE.behaviour.work
    per_lead = work.own_attempts * work.contact_h + 0.5 * work.talk_h
    assert leads_sales_can_handle(company) == pytest.approx(free / per_lead)
    company = build(scenarios.with_changes(BASE, {**changes, "people.sdrs": 0}), 0)
    n_executives = BASE.people.account_executives
    assert leads_sales_can_handle(company) == pytest.approx(0.5 * n_executives / 4 * free / per_lead)


def test_joint_planning_alone_asks_for_as_many_leads_as_ever():
    changes = {"practices.joint_planning": True, "pay.marketing.mql_target_per_quarter": 1e6}
    assert build(scenarios.with_changes(BASE, changes), 0).target["mql_target"][0] == 1e6


def test_the_plan_of_a_year_grows_as_asked_and_is_not_softened_by_a_bad_quarter():
    company = build(scenarios.with_changes(BASE, {"money.target_growth": 0.1, "run.quarters": 6}), 0)
    first = company.target["sales_target"][0]
    plans = []
    for quarter in range(5):
        if quarter > 0:
            company.tally["bookings_quarter"][0] = 0.0
            set_targets(company, 63 * quarter)
        plans.append(company.target["plan"][0])
    year = np.array(plans[:4])
    assert year == pytest.approx(year[0] * 1.1 ** np.arange(4))
    assert company.target["sales_target"][0] < year[0]
    assert plans[4] < year[3]  # the next year's plan is made anew
    assert plans[0] == first


def test_a_quarter_is_written_down_when_it_ends():
    run = simulate(scenarios.with_changes(BASE, {"run.quarters": 2, "run.warm_up_quarters": 0}), 1)
    for number, row in enumerate(run.company.quarter):
        days = run.daily[63 * number : 63 * number + 63]
        assert row["bookings"] == pytest.approx(days["bookings_new"].sum())
        assert row["mql_delivered"] == days["n_mql"].sum()
        assert row["forecast_error"] == pytest.approx(abs(row["bookings"] / row["target"] - 1))
        assert row["plan_attainment"] == pytest.approx(row["bookings"] / row["plan"])
    first, second = run.company.quarter
    assert first["target"] == first["plan"] == first["forecast_finance"]
    forecasts = [second["forecast_" + who] for who in ("sales", "finance", "marketing")]
    heard = (1.0, 1.0, run.company.target["heard_marketing"][0])
    assert second["target"] == pytest.approx(np.average(forecasts, weights=heard))
    assert second["mql_due"] == pytest.approx(first["mql_due"] * (1 + BASE.money.target_growth))


# Marketing's pay.


@pytest.mark.parametrize(
    ("scheme", "share"),
    [
        ("fixed", 0.0),
        ("mql", 0.5),
        ("accepted", 2.0),
        ("pipeline", 0.25),
        ("revenue", 0.8),
        ("mix", (0.5 + 2 + 0.25 + 0.8) / 4),
    ],
)
def test_a_marketer_is_paid_by_what_the_scheme_measures(scheme, share):
    changes = {"pay.marketing.scheme": scheme, "pay.marketing.attainment_max": 2.0}
    company = build(scenarios.with_changes(BASE, changes), 0)
    pay, n = BASE.pay.marketing, len(company.marketer)
    due = company.target["mql_target"][0] / n
    row = company.marketer[:1]
    row["n_mql"] = round(0.5 * due)
    row["n_good"] = round(10 * due * pay.project_share_target)  # far above what is paid for
    row["pipeline"] = 0.25 * pay.pipeline_target * company.target["sales_target"][0] / n
    company.tally["bookings_quarter"][0] = 0.8 * company.target["sales_target"][0]
    assert common_attainment(company) == pytest.approx(0.8)
    assert marketing_pay.earned(company, 0) == pytest.approx(share * pay.variable_eur / 4)


# Customers.


@pytest.mark.parametrize(("done_h", "onboarding"), [(0.0, 0.0), (3.0, 0.5), (6.0, 1.0)])
def test_satisfaction_is_made_of_match_story_and_onboarding(done_h, onboarding):
    changes = {"customers.weight_match": 0.5, "customers.weight_story": 0.2, "customers.onboarding_h": 6.0}
    company = build(scenarios.with_changes(BASE, {**changes, "segments.buyers.p_bad_debt": 0.0}), 3)
    live_days(company, 0, 60)
    lead = int(np.flatnonzero(company.lead["status"] == Status.OPPORTUNITY)[0])
    company.lead["price"][lead] = 1000.0
    per_day, backlog = company.ledger["revenue_per_day"][0], company.ledger["backlog"][0]
    welcome(company, lead, 60, 0.8, 0.5)
    assert company.lead["satisfaction"][lead] == pytest.approx(0.5 * 0.8 + 0.2 * 0.5)
    assert company.ledger["revenue_per_day"][0] - per_day == pytest.approx(1000.0 / BASE.customers.contract_d)
    assert company.ledger["backlog"][0] - backlog == pytest.approx(1000.0)
    company.lead["h_left"][lead] -= done_h
    come_due(company, lead, 60 + BASE.customers.onboarding_window_d)
    assert company.lead["satisfaction"][lead] == pytest.approx(0.5 * 0.8 + 0.2 * 0.5 + 0.3 * onboarding)
