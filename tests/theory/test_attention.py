"""How buyers answer, against closed forms: fading interest, the chance to connect, the log-odds of a win."""

import math

import numpy as np
import pytest

import scenarios
from scenarios import Scenario
from simulation import CompanyModel
from simulation.border.follow_up import p_connect, pitch_fit
from simulation.company import build
from simulation.engine import live_days
from simulation.interest import interest_now, raise_interest
from simulation.pricing import p_win, story
from simulation.status import Status
from tests.veterans import VETERANS

BASE = scenarios.with_changes(
    Scenario(), {"run.quarters": 2, "run.warm_up_quarters": 0, "segments.buyers.complexity": 1.7, **VETERANS}
)
TODAY = 100


@pytest.fixture(scope="module")
def company():
    """A company after some months, with opportunities under way."""
    company = build(BASE, 3)
    live_days(company, 0, TODAY)
    return company


def opportunity(company):
    """A marketing lead that is being sold to, its rep, and its row."""
    is_open = (company.lead["status"] == Status.OPPORTUNITY) & (company.lead["marketer"] >= 0)
    lead = int(np.flatnonzero(is_open)[0])
    return lead, int(company.lead["owner"][lead])


def logit(p):
    return math.log(p / (1.0 - p))


@pytest.mark.parametrize("days", [0, 1, 30, 45, 90])
def test_interest_fades_exponentially(company, days):
    lead, _ = opportunity(company)
    half_life = BASE.market.interest_half_life_d
    first, day = float(company.lead["interest"][lead]), int(company.lead["day_interest"][lead])
    assert first > 0.05
    assert interest_now(company, lead, day + days) == pytest.approx(first * math.exp(-math.log(2) * days / half_life))


def test_talks_at_even_intervals_hold_interest_at_the_known_level():
    """Decay by d and lift by the share s of what is missing has the fixed point s / (1 - (1 - s) d)."""
    company, lead, lift = build(BASE, 1), 0, 0.3
    for today in range(0, 2000, 15):
        raise_interest(company, lead, today, lift)
    decay = 0.5 ** (15 / BASE.market.interest_half_life_d)
    assert company.lead["interest"][lead] == pytest.approx(lift / (1.0 - (1.0 - lift) * decay), rel=1e-5)


def test_a_mesa_lead_tells_the_same_interest():
    model = CompanyModel(BASE, rng=3)
    for _ in range(TODAY):
        model.step()
    lead, _ = opportunity(model.company)
    agent = model.leads[lead]
    assert agent.interest_today == interest_now(model.company, lead, TODAY)
    assert 0 < agent.interest_today <= agent.interest
    model.release()


# The response kernel: f + (1 - f) exp(-t / tau), and the published odds it was fitted to (facts 1.3).


def kernel_company(floor, tau):
    changes = {"behaviour.attention.speed_floor": floor, "behaviour.attention.speed_tau_h": tau}
    return build(scenarios.with_changes(BASE, {**changes, "behaviour.attention.p_connect": 0.5}), 0)


@pytest.mark.parametrize(
    ("floor", "tau", "early", "late", "ratio"),
    [
        (0.006, 0.49, 0.5, 1.5, 6.9),  # within the hour against an hour later: about 7 times
        (0.006, 0.49, 0.5, 36.0, 61.0),  # against after a day: more than 60 times
        (0.30, 8.0, 0.5, 48.0, 53 / 17),  # the milder version: 53 % within an hour, 17 % after a day
    ],
)
def test_speed_pays_as_much_as_published(floor, tau, early, late, ratio):
    company = kernel_company(floor, tau)
    assert p_connect(company, early, 1.0) / p_connect(company, late, 1.0) == pytest.approx(ratio, rel=0.03)


def test_the_chance_to_connect_has_the_limits_of_its_kernel():
    company = kernel_company(0.3, 8.0)
    assert p_connect(company, 0.0, 1.0) == pytest.approx(0.5)
    assert p_connect(company, 1e6, 1.0) == pytest.approx(0.5 * 0.3)
    assert p_connect(company, 5.0, 0.0) == pytest.approx(0.5 * p_connect(company, 5.0, 1.0))
    slopes = [logit(p_connect(company, t, 1.0)) for t in np.linspace(0, 40, 50)]
    assert (np.diff(slopes) < 0).all()


# The log-odds of a win are a sum: each part moves them by its declared weight, whatever the others are.


def log_odds(company, offer=(0.0, False)):
    lead, rep = opportunity(company)
    return logit(p_win(company, rep, lead, TODAY, offer))


def rebuilt(changes):
    """The same company on the same day, with other weights."""
    company = build(scenarios.with_changes(BASE, changes), 3)
    live_days(company, 0, TODAY)
    return company


@pytest.mark.parametrize("discount", [0.05, 0.1, 0.2])
def test_a_discount_moves_the_log_odds_in_proportion(company, discount):
    sensitivity = BASE.segments["buyers"].price_sensitivity
    moved = log_odds(company, (discount, False)) - log_odds(company)
    assert moved == pytest.approx(sensitivity * discount)


def test_hurry_costs_what_is_declared(company):
    hurry = BASE.behaviour.attention.hurry_loss
    assert log_odds(company) - log_odds(company, (0.0, True)) == pytest.approx(hurry)
    assert log_odds(company, (0.1, False)) - log_odds(company, (0.1, True)) == pytest.approx(hurry)


def test_skill_and_interest_move_the_log_odds_by_their_weights(company):
    lead, rep = opportunity(company)
    weights, before = BASE.behaviour.attention, log_odds(company)
    skill = company.rep["skill"][rep]
    try:
        company.rep["skill"][rep] = skill + 0.5
        assert log_odds(company) - before == pytest.approx(0.5 * weights.skill_weight)
    finally:
        company.rep["skill"][rep] = skill
    kept = company.lead[lead].copy()
    odds = {}
    for interest in (0.0, 1.0):
        company.lead["interest"][lead], company.lead["day_interest"][lead] = interest, TODAY
        odds[interest] = log_odds(company)
    company.lead[lead] = kept
    assert odds[1.0] - odds[0.0] == pytest.approx(weights.interest_weight)


def test_understanding_and_story_count_from_nothing_to_their_weights(company):
    lead, rep = opportunity(company)
    weights, segment = BASE.behaviour.attention, int(company.lead["segment"][lead])
    complexity = BASE.segments["buyers"].complexity
    belief = company.rep_belief[rep, segment].copy()
    try:
        fit, told = pitch_fit(company, rep, lead, TODAY), story(company, rep, lead, TODAY)
        expected = weights.understanding_weight * complexity * (fit - 1.0) + weights.consistency_weight * (told - 1.0)
        company.rep_belief[rep, segment] = company.needs[TODAY, segment] + [1e9, 0.0]  # neither fits nor agrees
        worst = log_odds(company)
        assert pitch_fit(company, rep, lead, TODAY) == 0.0
    finally:
        company.rep_belief[rep, segment] = belief
    lost = -weights.understanding_weight * complexity - weights.consistency_weight
    assert log_odds(company) - worst == pytest.approx(expected - lost)


def test_all_parts_together_are_the_declared_sum(company):
    """With every weight at zero only the base and the rivals are left."""
    weightless = {
        f"behaviour.attention.{name}": 0.0
        for name in ("understanding_weight", "consistency_weight", "interest_weight", "skill_weight", "hurry_loss")
    }
    weightless |= {
        "behaviour.brand.win": 0.0,
        "behaviour.upstream.win_weight": 0.0,
        "behaviour.deals.eager_debtors": 0.0,
        "behaviour.deals.contacts_weight": 0.0,
        "products.standard.appeal": 0.0,
        "products.standard.untrained_loss": 0.0,
    }
    bare = rebuilt({**weightless, "behaviour.attention.win_base": 0.7, "segments.buyers.competition": 0.3})
    left = 0.7 - 0.3 - bare.rivals[TODAY, 0]  # and what rivals do now
    assert abs(bare.rivals[TODAY, 0]) > 0.01
    assert log_odds(bare) == pytest.approx(left)
    assert log_odds(bare, (0.1, True)) == pytest.approx(left + 0.1 * BASE.segments["buyers"].price_sensitivity)


def test_demand_answers_to_the_list_price_by_its_weight(company):
    """Log-odds fall by weight and price sensitivity for each log point by which the price exceeds the worth."""
    kind = BASE.segments["buyers"].price_sensitivity * BASE.behaviour.attention.list_price_weight
    before, price = log_odds(company), company.product["price"].copy()
    try:
        company.product["price"] = company.product["worth"] * 1.1
        assert log_odds(company) - before == pytest.approx(-kind * math.log(1.1))
        company.product["price"] = company.product["worth"] * 0.9
        assert log_odds(company) - before == pytest.approx(-kind * math.log(0.9))
    finally:
        company.product["price"] = price
