"""The installed base against renewal theory: with constant satisfaction it decays geometrically."""

import math

import numpy as np
import pytest

import scenarios
from scenarios import Scenario
from simulation import simulate
from simulation.customers import p_renewal
from simulation.status import Status
from tests.standard_errors import assert_agrees, share_error

N = 4000
CONTRACT_D = 42
ONLY_CUSTOMERS = {
    "run.quarters": 4,
    "run.warm_up_quarters": 0,
    "market.prospects_per_day": 0.001,
    "customers.installed_base": N,
    "customers.contract_d": CONTRACT_D,
    "customers.onboarding_window_d": 5,
    "customers.renewal_at_worst": 0.4,
    "customers.renewal_at_best": 0.9,
    "customers.complaints": 0.0,
    "customers.expansion_at_best": 0.0,
    "behaviour.upstream.satisfaction_weight": 0.0,
}


def customers_by_day(satisfaction, seed=2):
    changes = {**ONLY_CUSTOMERS, "customers.installed_satisfaction": satisfaction}
    run = simulate(scenarios.with_changes(Scenario(), changes), seed)
    return run, run.daily["in_state"][:, Status.CUSTOMER]


@pytest.mark.parametrize("satisfaction", [0.0, 0.5, 1.0])
def test_the_installed_base_decays_geometrically(satisfaction):
    p = 0.4 + 0.5 * satisfaction
    run, customers = customers_by_day(satisfaction)
    for n_contracts in range(1, 5):
        last_day = n_contracts * CONTRACT_D  # by then every contract has ended that often, and not once more
        share = p**n_contracts
        assert_agrees(customers[last_day] / N, share, share_error(share, N), notices=0.9)
    due, renewed = run.daily["n_due_renewal"].sum(), run.daily["n_renewed"].sum()
    assert_agrees(renewed / due, p, share_error(p, int(due)), notices=0.12)


def test_contracts_end_evenly_over_the_first_term():
    run, _ = customers_by_day(0.5)
    ends = run.daily["n_due_renewal"][1 : CONTRACT_D + 1]
    assert ends.sum() == N
    chi_square = ((ends - N / CONTRACT_D) ** 2 / (N / CONTRACT_D)).sum()
    assert abs(chi_square - (CONTRACT_D - 1)) < 3.5 * math.sqrt(2 * (CONTRACT_D - 1))


def test_revenue_of_a_contract_is_its_price():
    """Nobody renews: all that is ever recognised is what the contracts of the first day still owed."""
    changes = {**ONLY_CUSTOMERS, "customers.renewal_at_worst": 0.0, "customers.renewal_at_best": 0.0}
    run = simulate(scenarios.with_changes(Scenario(), changes), 2)
    lead = run.company.lead[:N]
    owed = lead["price"] * lead["day_renewal"] / CONTRACT_D
    assert run.daily["revenue"].sum() == pytest.approx(owed.sum(), rel=1e-9)
    assert run.daily["revenue"][CONTRACT_D:] == pytest.approx(np.zeros(len(run.daily) - CONTRACT_D), abs=1e-4)


def test_renewal_rises_in_a_line_with_satisfaction():
    company = simulate(scenarios.with_changes(Scenario(), {**ONLY_CUSTOMERS, "customers.installed_base": 1}), 0).company
    line = [p_renewal(company, satisfaction) for satisfaction in (0.0, 0.25, 0.5, 0.75, 1.0)]
    assert line == pytest.approx(np.linspace(0.4, 0.9, 5))


def test_bad_debt_is_as_frequent_as_declared():
    changes = {
        "segments.buyers.p_bad_debt": 0.2,
        "behaviour.deals.credit_spread": 0.0,
        "behaviour.attention.win_base": 10.0,
        "customers.contract_d": 252,
        "customers.onboarding_window_d": 10,
        "customers.installed_base": 0,
        "market.prospects_per_day": 60.0,
        "segments.buyers.deal_value_sigma": 0.0,
        "money.discount_max": 0.0,
    }
    run = simulate(scenarios.with_changes(Scenario(), changes), 4)
    settled = run.company.lead["day_won"] >= 0
    settled &= run.company.lead["day_won"] < run.scenario.days - 10
    never_paid = run.daily["bad_debt"].sum() / run.scenario.segments["buyers"].deal_value_eur
    n = int(settled.sum())
    assert_agrees(never_paid / n, 0.2, share_error(0.2, n), notices=0.8)
