"""Worked numbers of what people owe, believe and learn, and of price and delivery; `test_worked_numbers` tries them."""

import math

import numpy as np
import pytest

from simulation import calendar, customers, experience, market, products
from simulation.border import depth, goodwill, lead_worth
from simulation.management import pay, targets
from simulation.queues import DESK, inquiry_desk, join
from tests.unit.market_numbers import company_with

NO_CULTURE = {"practices.shared_responsibility": 0.0, "behaviour.goodwill.culture": 0.0}
EVEN = {**NO_CULTURE, "behaviour.goodwill.start": 0.5}


def half_of_everything_owed():
    return depth.choose(company_with({"behaviour.goodwill.norm": 2.5}), 0.0, 0.5, 1.0, (30.0, 30.0)), 0.6


def between_form_and_full():
    return depth.hours_of(company_with({"behaviour.goodwill.form": 0.4}), 1.0, 0.5), 0.7


def owed_to_person_and_side():
    company = company_with({**NO_CULTURE, "behaviour.goodwill.to_side": 0.5, "behaviour.goodwill.quarrel": 0.5})
    owed = [goodwill._owed(company, 0.6, 0.4)]
    company.conflict["disputes_open"] = len(company.dispute) // 4
    return [*owed, goodwill._owed(company, 0.6, 0.4)], [0.5, 0.375]


def a_busy_marketer():
    company = company_with(
        {"pay.marketing.scheme": "mql", "behaviour.work.qualify_h": 1.0, "people.hours_per_day": 8.0}
    )
    for lead in range(8):
        join(company, DESK, inquiry_desk(company, 0), lead)
    now, usual = goodwill.hour_of_marketer(company, 0)
    return now / usual, 2.0


def known_and_unknown_senders():
    company = company_with({"behaviour.work.promise": 0.6, "behaviour.work.prior_leads": 10.0})
    company.trust_in_marketer[0] = 0.5
    chances = [lead_worth.believed_chance(company, 0, 0)]
    company.sender["n_worked"][0, 0], company.sender["n_good"][0, 0] = 10.0, 5.0
    return [*chances, lead_worth.believed_chance(company, 0, 0)], [0.3, 0.4]


def a_glance_that_tells_nothing():
    company = company_with({})
    company.rules["behaviour"]["work"]["glance_noise"] = 1e6
    return [lead_worth.evidence(company, seen) for seen in (-2.0, 0.0, 3.0)], [1.0, 1.0, 1.0]


def even_odds_times_three():
    company = company_with({"behaviour.work.promise": 1.0})
    company.trust_in_marketer[0, 0], company.lead["marketer"][0], company.lead["evidence"][0] = 0.5, 0, 3.0
    return lead_worth.chance_after_glance(company, 0, 0), 0.75


def half_learnt_in_29_days():
    company = company_with({**EVEN, "behaviour.change.learnt_d": 42.0, "practices.joint_training_h_per_quarter": 0.0})
    rate = calendar.learning_rate(company)
    assert (1 - rate) ** 29 == pytest.approx(0.5, abs=0.01)
    return rate, 0.024


def more_sold_than_delivered():
    company = company_with({"money.delivery_eur_per_year": 9e6})
    company.ledger["revenue_per_day"] = 12e6 / 252
    return customers.delivered_well(company), 0.75


def half_of_the_coaching():
    return experience.brought_to_bear(company_with({"people.coaching_lift": 0.12}), 0.5), 0.94


def average_luck_for_less():
    return experience.skill_by(company_with({}).rules[0], 0.5, 0.1), 0.9


def half_the_going_pay():
    half = {f"pay.sales.account_executive_{part}_eur": 40_000.0 for part in ("base", "variable")}
    return pay.paid_less_than_elsewhere(company_with({**half, "people.going_pay_eur": 160_000.0})), 0.69


def a_forecast_missed_by_half():
    company = company_with({"money.forecast_remembered": 1.0, "money.forecast_forgiven": 0.2})
    company.target["forecast_marketing"], company.tally["bookings_quarter"] = 100.0, 50.0
    targets._remember_forecast(company)
    return company.target["heard_marketing"][0], 0.5


def rivals_after_a_half_life():
    """On average over 400 segments of so many worlds."""
    rules = company_with({"market.rivals_sd": 0.2, "market.rivals_half_life_d": 10.0}).rules[0]
    later, now = [], []
    for seed in range(40):
        moves = np.zeros((60, 40))
        market.draw_rivals(seed, rules, moves)
        now.append(moves[30:50].ravel())
        later.append(moves[40:60].ravel())
    one, other = np.concatenate(now), np.concatenate(later)
    return float((one * other).mean() / (one * one).mean()), pytest.approx(0.5, abs=0.05)


def a_tenth_dearer():
    company = company_with({"products.standard.price": 1.1, "products.standard.worth": 1.0})
    return products.dearness(company, 0), 0.095


def half_by_margin_and_half_of_it_left():
    company = company_with({"products.standard.gross_margin": 0.6})
    return pay._by_revenue_and_margin(company, 1_000.0, 0.5, 100.0, 70.0), 750.0


NUMBERS = {
    "management.pay._by_revenue_and_margin": half_by_margin_and_half_of_it_left,
    "border.depth.choose": half_of_everything_owed,
    "border.depth.effect": lambda: (depth.effect(0.2, 0.5), 0.8),
    "border.depth.hours_of": between_form_and_full,
    "border.goodwill._owed": owed_to_person_and_side,
    "border.goodwill.hour_of_marketer": a_busy_marketer,
    "border.lead_worth.believed_chance": known_and_unknown_senders,
    "border.lead_worth.evidence": a_glance_that_tells_nothing,
    "border.lead_worth.chance_after_glance": even_odds_times_three,
    "calendar.learning_rate": half_learnt_in_29_days,
    "customers.delivered_well": more_sold_than_delivered,
    "customers.if_overpaid": lambda: (customers.if_overpaid(0.8, math.log(4.0)), 0.5),
    "experience.skill_by": average_luck_for_less,
    "experience.brought_to_bear": half_of_the_coaching,
    "management.pay.paid_less_than_elsewhere": half_the_going_pay,
    "management.targets._remember_forecast": a_forecast_missed_by_half,
    "market.draw_rivals": rivals_after_a_half_life,
    "products.dearness": a_tenth_dearer,
}
