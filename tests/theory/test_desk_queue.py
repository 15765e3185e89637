"""The desk of one SDR against queueing theory, under conditions in which a known formula holds exactly.

Leads reach the desk as a Poisson stream (every prospect notices us after an independent wait, which leaves a Poisson
stream a Poisson stream, and is handed over at once). Each contact takes a fixed time that fits a whole number of times
into the day, and nothing else pays. With one contact a day, the queue just before a contact is the queue that an M/D/1
server leaves behind, so the leads that lie overnight are M/D/1's customers in the waiting line: rho^2 / (2 (1 - rho)).
"""

import numpy as np
import pytest
from scipy.stats import poisson

import scenarios
from scenarios import Scenario
from scenarios.run_length import DAYS_PER_QUARTER
from simulation.company import build
from simulation.engine import live_days
from simulation.ledger import Hours
from simulation.queues import lead_desk
from tests.standard_errors import assert_agrees, mean_and_error
from tests.veterans import AT_PEACE, VETERANS

QUARTERS, WARM_UP = 60, 8
SEEDS = range(10)
SIZE = 250  # of the chain; the line is hardly ever longer
DAY_H, TALK_H = 8.0, 0.01
ONE_SDR = {
    **VETERANS,
    **AT_PEACE,
    "run.warm_up_quarters": WARM_UP,
    "people.account_executives": 1,
    "people.sdrs": 1,
    "people.hours_per_day": DAY_H,
    "people.admin_share_sales": 0.0,
    "customers.installed_base": 0,
    "market.climate_sd": 0.0,
    "market.share_ready": 1.0,
    "market.share_never_fit": 0.0,
    "market.turbulence": 0.0,
    # everybody looks around every 10 days, answers the first time, and waits for a thousand
    "segments.buyers.patience_d": 1000.0,
    "market.looks": 100.0,
    "behaviour.attention.patience_sigma": 0.0,
    "behaviour.attention.message_weight": 0.0,
    "behaviour.attention.effort_elasticity": 0.0,
    "channels.web.contacts_max": 100.0,
    "channels.web.half_spend_eur": 0.0,
    "channels.web.first_interest": 1.0,
    "market.interest_half_life_d": 1000.0,  # so that fewer than one attempt in a thousand fails
    # everybody is handed over on the same day, and nobody's pay bends the bar
    "practices.qualification_bar": -5.0,
    "practices.hand_off_delay_d": 0,
    "pay.marketing.scheme": "fixed",
    # the SDR trusts, tries once, and knows after some weeks that nothing but leads pays
    "behaviour.trust.start": 1.0,
    "behaviour.trust.start_sd": 0.0,
    "behaviour.trust.down": 0.0,
    "behaviour.goodwill.fixed_depth": 1.0,  # every contact takes its time, and nothing is done beyond what is asked
    "behaviour.goodwill.discretion": 0.0,
    "behaviour.work.own_attempts": 1,
    "behaviour.work.shelf_d": 500,
    "behaviour.work.talk_h": TALK_H,
    "behaviour.work.opening_bar": -5.0,
    "behaviour.work.busy_bar": 0.0,
    "behaviour.work.choice_sharpness": 20.0,
    "behaviour.work.idle_worth_eur": 0.0,
    "behaviour.attention.p_connect": 1.0,
    "behaviour.attention.p_connect_cold": 0.0,
    "behaviour.attention.speed_floor": 1.0,
}


def nights(rho, per_day, seed, quarters=QUARTERS):
    """After warm-up: leads on the desk each night, the SDR's share of hours on leads, and nights each lead waited."""
    changes = {"market.prospects_per_day": rho * per_day, "behaviour.work.contact_h": DAY_H / per_day - TALK_H}
    assert changes["behaviour.work.contact_h"] + TALK_H == DAY_H / per_day
    scenario = scenarios.with_changes(Scenario(), {**ONE_SDR, **changes, "run.quarters": quarters})
    company, first = build(scenario, seed), WARM_UP * DAYS_PER_QUARTER
    live_days(company, 0, first)
    worked = company.rep["hours"][1, Hours.LEADS]
    waiting = []
    for today in range(first, scenario.days):
        live_days(company, today, today + 1)
        waiting.append(company.place["length"][lead_desk(company, 1)])
    busy = (company.rep["hours"][1, Hours.LEADS] - worked) / (DAY_H * len(waiting))
    lead = company.lead
    served = lead[(lead["day_contacted"] >= 0) & (lead["day_on_desk"] >= first)]
    return np.array(waiting), busy, served["day_contacted"] - served["day_on_desk"]


def stationary(rho, per_day, size=SIZE):
    """Distribution of leads left at night: Q' = max(0, Q + A - c), A Poisson, solved as a Markov chain."""
    arrives = poisson.pmf(np.arange(2 * size), rho * per_day)
    chain = np.zeros((size, size))
    for here in range(size):
        after = np.maximum(0, here + np.arange(2 * size) - per_day).clip(max=size - 1)
        np.add.at(chain[here], after, arrives)
    balance = np.vstack([chain.T - np.eye(size), np.ones(size)])
    target = np.zeros(size + 1)
    target[-1] = 1.0
    return np.linalg.lstsq(balance, target, rcond=None)[0]


@pytest.mark.parametrize("rho", [0.5, 0.7])
def test_a_single_sdr_is_an_m_d_1_queue(rho):
    runs = [nights(rho, 1, seed) for seed in SEEDS]
    waiting, error = mean_and_error(np.array([line.mean() for line, _, _ in runs]))
    expected = rho**2 / (2.0 * (1.0 - rho))
    assert_agrees(waiting, expected, error, notices=0.35)
    busy, error = mean_and_error(np.array([share for _, share, _ in runs]))
    assert_agrees(busy, rho, error, notices=0.1)
    delay, error = mean_and_error(np.array([waits.mean() for _, _, waits in runs]))
    assert_agrees(delay, expected / rho, error, notices=0.35)  # Little's law


def test_the_formula_and_the_chain_are_one_theory():
    for rho in (0.5, 0.7):
        mean = stationary(rho, 1) @ np.arange(SIZE)
        assert mean == pytest.approx(rho**2 / (2.0 * (1.0 - rho)), rel=1e-6)


def test_several_contacts_a_day_are_a_bulk_queue():
    rho, per_day = 0.8, 4
    distribution = stationary(rho, per_day)
    lines = [nights(rho, per_day, seed)[0] for seed in SEEDS]
    waiting, error = mean_and_error(np.array([line.mean() for line in lines]))
    assert_agrees(waiting, distribution @ np.arange(SIZE), error, notices=0.35)
    empty, error = mean_and_error(np.array([(line == 0).mean() for line in lines]))
    assert_agrees(empty, distribution[0], error, notices=0.1)


def test_beyond_its_capacity_the_desk_grows_by_the_difference():
    """For a year: longer, and leads would begin to outlive their shelf life of 500 days."""
    runs = [nights(1.5, 1, seed, quarters=4) for seed in SEEDS]
    growth, error = mean_and_error(np.array([(line[-1] - line[0]) / (len(line) - 1) for line, _, _ in runs]))
    assert_agrees(growth, 0.5, error, notices=0.6)
    assert [busy for _, busy, _ in runs] == pytest.approx([1.0] * len(runs), abs=1e-6)
