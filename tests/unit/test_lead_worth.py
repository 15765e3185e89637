"""What a marketing lead seems worth to a rep, and when it is taken up."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import scenarios
from scenarios import Scenario
from simulation.agents.rep import _takes_up, follow_up_leads
from simulation.border import lead_worth
from simulation.company import build
from simulation.queues import CALENDAR, DESK, join, lead_desk
from simulation.status import Status

SMALL = {
    "run.quarters": 1,
    "run.warm_up_quarters": 0,
    "people.account_executives": 2,
    "people.sdrs": 0,
    "people.marketers": 2,
    "practices.sla": False,
    "customers.installed_base": 40,
}
chances = st.floats(0.01, 0.97)


def company_with(changes=None):
    return build(scenarios.with_changes(Scenario(), {**SMALL, **(changes or {})}), 5)


COMPANY = company_with({"behaviour.work.promise": 1.0})


def after(chance, seen):
    """The chance of a lead of a sender whose leads have this chance, after it was seen like this."""
    COMPANY.trust_in_marketer[0, 0], COMPANY.lead["marketer"][0] = chance, 0
    COMPANY.lead["evidence"][0] = lead_worth.evidence(COMPANY, seen)
    return lead_worth.chance_after_glance(COMPANY, 0, 0)


@given(chances, st.floats(-4.0, 4.0), st.floats(-4.0, 4.0))
def test_the_better_a_lead_looks_the_likelier_it_has_a_project(chance, one, other):
    worse, better = sorted((one, other))
    assert 0.0 <= after(chance, worse) <= after(chance, better) <= 1.0


@given(chances, chances, st.floats(-3.0, 3.0))
def test_the_better_its_sender_the_likelier_too(one, other, seen):
    worse, better = sorted((one, other))
    assert after(worse, seen) <= after(better, seen) + 1e-12


@given(st.floats(0.0, 0.97), st.floats(-3.0, 3.0))
def test_a_glance_that_tells_nothing_changes_nothing(chance, seen):
    noise = COMPANY.rules["behaviour"]["work"]["glance_noise"].copy()
    try:
        COMPANY.rules["behaviour"]["work"]["glance_noise"] = 1e6
        assert after(chance, seen) == pytest.approx(chance, abs=1e-6)
    finally:
        COMPANY.rules["behaviour"]["work"]["glance_noise"] = noise


def test_a_chance_after_many_glances_is_what_becomes_of_the_leads():
    """Bayes: of leads that are given the chance p by an honest sender and a glance, the share p has a project."""
    company, rng = company_with(), np.random.default_rng(0)
    market, noise = company.rules[0]["market"], company.rules[0]["behaviour"]["work"]["glance_noise"]
    is_good = rng.random(40_000) < 0.3
    other = 0.5 * (market["quality_later"] + market["quality_never_fit"])
    quality = np.where(is_good, market["quality_ready"], other) + market["quality_spread"] * rng.normal(size=40_000)
    seen = quality + noise * rng.normal(size=40_000)
    odds = 0.3 / 0.7 * np.array([lead_worth.evidence(company, look) for look in seen])
    p = odds / (1 + odds)
    for low in np.arange(0.0, 0.9, 0.15):
        among = (p >= low) & (p < low + 0.15)
        assert is_good[among].mean() == pytest.approx(p[among].mean(), abs=0.03)


def desk_with_a_lead(company):
    """Lead 0, of marketer 1, on the desk of rep 0."""
    row = company.lead[0:1]
    row["status"], row["owner"], row["marketer"], row["n_handed"], row["day_window_end"] = Status.MQL, 0, 1, 1, 60
    join(company, DESK, lead_desk(company, 0), 0)
    lead_worth.look_at(company, 0, 3)
    return 0


@pytest.mark.parametrize("margin", [0.999, 1.0, 1.001])
def test_a_lead_is_taken_up_exactly_when_it_pays_at_least_the_best_other_use(margin):
    company = company_with()
    lead = desk_with_a_lead(company)
    company.rep["project_worth"], company.rep["project_h"] = 900.0, 12.0
    promised = lead_worth.pay_per_hour(company, 0, lead_worth.chance_after_glance(company, 0, lead))
    company.rep["other_pay_per_h"][0] = margin * promised
    assert lead_worth.pays_more_than_other_work(company, 0, lead) == (margin <= 1.0)
    assert _takes_up(company, 0, lead) == (margin <= 1.0)


def test_who_passes_a_lead_over_loses_a_glance_and_it_comes_up_once_more():
    company = company_with()
    desk_with_a_lead(company)
    company.rep["other_pay_per_h"], company.rep["project_worth"] = 1e9, 900.0
    left = follow_up_leads(company, 0, 8.0, 4.0, 3)
    assert left == pytest.approx(8.0 - company.rules["behaviour"]["work"]["glance_h"][0])
    assert company.book["n_passed_over"][3] == 1
    assert company.lead["n_put_aside"][0] == 1
    assert company.link[CALENDAR, 0]["place"] == 3 + company.rules["behaviour"]["work"]["put_aside_d"][0]


@pytest.mark.parametrize("trust", [0.0, 1.0])
def test_trust_is_no_gate(trust):
    """Who trusts nobody works leads that have proved good; who trusts everybody passes over those that have not."""
    company = company_with()
    company.trust_in_marketer[:] = trust
    for _ in range(300):
        lead_worth.remember_hours(company, 0, 1.4)
        lead_worth.remember_lead(company, 0, 1, 1.0 - trust)
    company.rep["project_worth"], company.rep["project_h"], company.lead["evidence"] = 900.0, 12.0, 1.0
    company.lead["marketer"][0], company.rep["other_pay_per_h"] = 1, 50.0
    assert lead_worth.pays_more_than_other_work(company, 0, 0) == (trust == 0.0)


@given(st.lists(st.booleans(), max_size=60))
def test_a_belief_goes_from_trust_to_what_was_found(found):
    company = COMPANY
    lead_worth.begin(company, 1)
    company.trust_in_marketer[1] = 0.4
    for is_good in found:
        lead_worth.remember_lead(company, 1, 0, float(is_good))
    chance = lead_worth.believed_chance(company, 1, 0)
    ends = sorted((0.4, *([np.mean(found)] if found else [])))
    assert min(0.0, ends[0]) <= chance <= 1.0
    if all(found):
        assert chance >= 0.4 - 1e-12
    if not any(found):
        assert chance <= 0.4 + 1e-12
    assert lead_worth.believed_chance(company, 1, 1) == pytest.approx(0.4)  # of another sender nothing was found
