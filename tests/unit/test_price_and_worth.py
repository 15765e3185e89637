"""List price against worth: with new buyers and with those who renew, and what delivery costs and can do."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import scenarios
from scenarios import Scenario
from simulation import customers, ledger, products
from simulation.company import build
from simulation.engine import live_days
from simulation.pricing import p_win
from simulation.status import Status

SMALL = {"run.quarters": 3, "run.warm_up_quarters": 0, "segments.buyers.p_bad_debt": 0.0}


def company_with(changes=None):
    return build(scenarios.with_changes(Scenario(), {**SMALL, **(changes or {})}), 3)


def chances_at(prices, worth=1.0):
    """Mean chance of a win over the open deals of a company, were its product sold at these prices."""
    company = company_with()
    live_days(company, 0, 100)
    deals = np.flatnonzero(company.lead["status"] == Status.OPPORTUNITY)[:30]
    company.product["worth"] = worth
    found = []
    for price in prices:
        company.product["price"] = price
        found.append(np.mean([p_win(company, company.lead["owner"][one], one, 100, (0.0, False)) for one in deals]))
    return np.array(found)


def test_demand_falls_with_the_list_price():
    chances = chances_at([0.8, 0.9, 1.0, 1.1, 1.25])
    assert np.all(np.diff(chances) < 0.0)


def test_only_the_price_against_the_worth_counts():
    assert chances_at([1.2], worth=1.2) == pytest.approx(chances_at([1.0], worth=1.0))


def test_a_dearer_product_of_more_worth_costs_more_to_deliver_and_a_dearer_one_alone_does_not():
    company = company_with({"products.standard.gross_margin": 0.75})
    company.lead["value"][0], company.lead["product"][0] = 10_000.0, 0
    costs = []
    for price, worth in ((1.0, 1.0), (1.3, 1.0), (1.3, 1.3)):
        company.product["price"], company.product["worth"] = price, worth
        costs.append(products.delivery_cost(company, 0))
    assert costs == pytest.approx([2_500.0, 2_500.0, 3_250.0])


@given(st.floats(0.01, 0.99), st.floats(0.0, 5.0))
def test_who_has_overpaid_renews_less_often_and_who_has_not_as_usual(p, logits):
    assert customers.if_overpaid(p, 0.0) == pytest.approx(p)
    assert 0.0 <= customers.if_overpaid(p, logits) <= p + 1e-12


@pytest.mark.parametrize(("paid", "overpaid"), [(0.7, 0.0), (1.0, 0.0), (1.2, np.log(1.2))])
def test_a_discount_below_worth_is_not_held_against_us(paid, overpaid):
    company = company_with()
    company.lead["value"][0], company.lead["product"][0], company.lead["price"][0] = 8_000.0, 0, paid * 8_000.0
    assert products.overpaid(company, 0) == pytest.approx(overpaid)


def renewals(paid):
    """Share of the installed base that renews, having paid so much relative to its worth."""
    company = company_with({"customers.installed_base": 300, "customers.complaints": 0.0})
    base = slice(0, 300)
    company.lead["price"][base] = paid * company.lead["value"][base]
    for lead in range(300):
        customers._decide_on_renewal(company, lead, 10)
    return company.book["n_renewed"][10] / 300


def test_those_who_overpaid_leave_more_often_when_they_can():
    dear, fair, cheap = renewals(1.3), renewals(1.0), renewals(0.8)
    assert dear < fair - 0.05
    assert cheap == fair


# Delivery.


def contracts_for(company, eur_per_year):
    ledger.count_contract(company, eur_per_year / 252, 0.0)


@pytest.mark.parametrize(("most", "kept"), [(None, 1.0), (30e6, 1.0), (5e6, 0.5)])
def test_a_customer_beyond_what_can_be_delivered_is_served_worse(most, kept):
    laws = {"customers.weight_match": 0.5, "customers.weight_story": 0.2, "customers.installed_base": 0}
    company = company_with({"money.delivery_eur_per_year": most, **laws})
    live_days(company, 0, 60)
    lead = int(np.flatnonzero(company.lead["status"] == Status.OPPORTUNITY)[0])
    company.lead["price"][lead] = 1000.0
    contracts_for(company, 10e6 - 252 * company.ledger["revenue_per_day"][0])
    customers.welcome(company, lead, 60, 0.8, 0.5)
    assert company.lead["satisfaction"][lead] == pytest.approx(kept * (0.5 * 0.8 + 0.2 * 0.5))


def test_delivery_suffers_in_proportion_and_never_below_nothing():
    company = company_with({"money.delivery_eur_per_year": 6e6, "customers.installed_base": 0})
    shares = []
    for _ in range(4):
        contracts_for(company, 4e6)
        shares.append(customers.delivered_well(company))
    assert shares == pytest.approx([1.0, 0.75, 0.5, 0.375])
