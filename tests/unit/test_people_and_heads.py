"""Who leaves and who leads: pay, coaching, promotion, personas, quotas, and forecasts that are remembered."""

import copy

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import scenarios
from scenarios import Scenario
from simulation import channels, experience
from simulation.agents.manager import look_after_people
from simulation.agents.staffing import p_leave
from simulation.border import meetings
from simulation.company import build
from simulation.ledger import Hours
from simulation.management import targets
from simulation.management.pay import paid_less_than_elsewhere

SMALL = {"run.quarters": 2, "run.warm_up_quarters": 0, "behaviour.goodwill.start": 0.5}


def company_with(changes=None):
    return build(scenarios.with_changes(Scenario(), {**SMALL, **(changes or {})}), 3)


# Leaving.


def leaving(changes=None, is_sdr=False, **row):
    company = company_with({"people.turnover_per_year": 0.3, **(changes or {})})
    rep = company.rep.shape[0] - 1 if is_sdr else 0  # SDRs stand after the account executives
    assert company.rep["is_sdr"][rep] == is_sdr
    for name, value in row.items():
        company.rep[name][rep] = value
    return p_leave(company, rep, 21)


def test_who_is_paid_less_than_elsewhere_leaves_sooner_and_who_is_paid_more_stays():
    going = Scenario().people.going_pay_eur
    half = {f"pay.sales.account_executive_{part}_eur": going / 4 for part in ("base", "variable")}
    more = {f"pay.sales.account_executive_{part}_eur": going * 0.6 for part in ("base", "variable")}
    assert leaving(more) < leaving() < leaving(half)
    rate = -np.log1p(-leaving())
    assert -np.log1p(-leaving(half)) / rate == pytest.approx(2 ** Scenario().people.quit_pay)
    assert leaving(half, is_sdr=True) == leaving(is_sdr=True)  # an SDR's going pay is another


@given(st.floats(1.0, 1e6), st.floats(1.0, 1e6))
@settings(max_examples=30)
def test_pay_elsewhere_weighs_as_its_logarithm_within_bounds(base, going):
    company = company_with()
    pay = company.rules["pay"]["sales"]
    pay["account_executive_base_eur"], pay["account_executive_variable_eur"] = base, 0.0
    company.rules["people"]["going_pay_eur"] = going
    assert paid_less_than_elsewhere(company) == pytest.approx(np.clip(np.log(going / base), -0.5, np.log(100)))


def test_who_feels_badly_treated_or_falls_short_leaves_sooner():
    assert leaving(account=0.9) < leaving(account=0.5) < leaving(account=0.1)
    assert leaving(results=1.2) < leaving(results=0.8) < leaving(results=0.3)


# Coaching.


def coached(changes=None, n_managers=3):
    """Share of the coaching that Sales and Marketing need which they get on a quiet day."""
    company = company_with({"people.managers": n_managers, **(changes or {})})
    for manager in range(n_managers):
        look_after_people(company, manager, 8.0, 1)
    return company


def test_a_head_of_few_coaches_all_and_a_head_of_many_some():
    few = coached({"people.account_executives": 4, "people.sdrs": 0})
    many = coached({"people.account_executives": 60, "people.sdrs": 20})
    assert few.oversight["coached"][0] == 1.0
    assert 0.0 < many.oversight["coached"][0] < 0.5


def test_what_is_not_coached_is_skill_not_brought_to_bear():
    company = company_with({"people.coaching_lift": 0.2})
    skills = []
    for share in (1.0, 0.5, 0.0):
        company.oversight["coached"] = share
        skills.append(experience.skill_now(company, 0))
    assert np.array(skills) / skills[0] == pytest.approx([1.0, 0.9, 0.8])
    company.oversight["coached_marketing"] = 0.5
    assert experience.skill_of_marketer(company, 0) == pytest.approx(0.9 * company.marketer["skill"][0])


def test_coaching_takes_the_hours_of_heads():
    company = coached({"people.account_executives": 4, "people.sdrs": 0, "people.marketers": 5})
    weekly = company.rules["people"]["coaching_all_h_per_week"][0]
    new = company.rules["people"]["coaching_h_per_week"][0] * company.newcomers["n_new"][0]
    assert company.book["hours_managers"][1, Hours.TRAINING] == pytest.approx(((4 + 5) * weekly + new) / 5)


# The head of Sales.


def test_the_best_seller_made_head_is_a_seller_lost_and_a_head_unproved():
    outside = company_with({"practices.head_of_sales_from": "outside"})
    inside = company_with({"practices.head_of_sales_from": "best_seller"})
    executives = outside.rep["is_sdr"] == 0
    best = int(np.argmax(np.where(executives, outside.rep["skill"], 0.0)))
    others = np.arange(len(outside.rep)) != best
    assert (inside.rep["skill"][others] == outside.rep["skill"][others]).all()
    assert (inside.rep["key"][others] == outside.rep["key"][others]).all()
    assert inside.rep["key"][best] != outside.rep["key"][best]
    assert inside.rep["experience"][best] == 0.0
    assert outside.oversight["coach"][0] == 1.0
    assert inside.oversight["coach"][0] == Scenario().people.promoted_coach
    hired = inside.book["hiring"][0] - outside.book["hiring"][0]
    assert hired == Scenario().people.hiring_eur


def test_who_has_not_learnt_to_coach_helps_less_by_the_same_hours():
    inside, outside = (
        company_with({"practices.head_of_sales_from": who, "people.coaching_lift": 0.2})
        for who in ("best_seller", "outside")
    )
    rep = int(np.flatnonzero(inside.rep["key"] == outside.rep["key"])[0])
    inside.oversight["coached"] = outside.oversight["coached"] = 1.0
    assert experience.skill_now(inside, rep) == pytest.approx(
        (1 - 0.2 * (1 - Scenario().people.promoted_coach)) * experience.skill_now(outside, rep)
    )


# Personas.


def test_personas_spare_contacts_with_those_who_never_fit_and_take_a_marketers_time():
    without, with_them = company_with(), company_with({"practices.personas": True})
    ready, later, never = with_them.reach["pull"][0] / without.reach["pull"][0]
    assert (ready, later) == (1.0, 1.0)
    assert never == pytest.approx(1 - Scenario().behaviour.together.personas_spare)
    hours = [meetings.directory_hours(with_them, marketer) for marketer in range(2)]
    assert hours == pytest.approx([Scenario().behaviour.together.personas_h_per_week / 5, 0.0])
    assert channels.N_READINESS == 3


# Quotas.


@pytest.mark.parametrize("planned", [False, True])
@pytest.mark.parametrize("over", [1.0, 1.2])
def test_all_quotas_together_are_the_target_over_assigned(planned, over):
    company = company_with({"practices.joint_planning": planned, "money.over_assigned": over, "people.sdrs": 2})
    executives = company.rep["is_sdr"] == 0
    company.rep["results"][executives] = np.linspace(0.5, 1.5, executives.sum())
    targets._share_out(company)
    assert company.rep["quota"][executives].sum() == pytest.approx(over * company.target["sales_target"][0], rel=0.01)
    assert (company.rep["quota"][~executives] == company.rules["pay"]["sales"]["sdr_target_per_quarter"]).all()


def test_quotas_follow_what_was_sold_or_what_one_is_able_to_sell():
    plain = company_with({"money.quota_by_history": 1.0})
    executives = np.flatnonzero(plain.rep["is_sdr"] == 0)
    results = np.linspace(0.5, 1.5, len(executives))
    plain.rep["results"][executives], plain.rep["quota"][executives] = results, 100_000.0
    targets._share_out(plain)
    assert plain.rep["quota"][executives] / plain.rep["quota"][executives[0]] == pytest.approx(results / 0.5)
    planned = company_with({"practices.joint_planning": True})
    skill = np.array([experience.skill_now(planned, rep) for rep in executives])
    quota = planned.rep["quota"][executives]
    assert quota / quota[0] == pytest.approx(skill / skill[0])


# Forecasts.


@given(st.lists(st.floats(0.2, 2.0), min_size=1, max_size=12))
@settings(max_examples=30)
def test_a_wrong_forecast_is_remembered_and_a_good_one_makes_up_slowly(quarters):
    laws = {"money.forecast_forgiven": 0.2, "money.forecast_remembered": 1.0, "money.forecast_regained": 0.15}
    company, heard = company_with(laws), 1.0
    for reached in quarters:
        company.target["forecast_marketing"], company.tally["bookings_quarter"] = 100.0, 100.0 * reached
        targets._remember_forecast(company)
        missed = abs(reached - 1.0)
        heard = heard * (1.0 - min(1.0, missed)) if missed > 0.2 else heard + 0.15 * (1.0 - heard)
        assert company.target["heard_marketing"][0] == pytest.approx(heard, abs=1e-9)
    assert 0.0 <= heard <= 1.0


def test_who_has_no_credit_is_not_heard_when_the_target_is_set():
    heard, unheard = (copy.deepcopy(company_with()) for _ in range(2))  # with worlds of their own
    for company, credit in ((heard, 1.0), (unheard, 0.0)):
        company.tally["bookings_quarter"] = company.target["sales_target"]
        company.target["heard_marketing"], company.rules["money"]["forecast_regained"] = credit, 0.0
        company.first_prospect[[0, 63]] = 0, 10
        targets.set_targets(company, 63)
    of = unheard.target
    assert of["sales_target"][0] == pytest.approx(0.5 * (of["forecast_sales"][0] + of["forecast_finance"][0]))
    three = [heard.target[f"forecast_{who}"][0] for who in ("sales", "finance", "marketing")]
    assert heard.target["sales_target"][0] == pytest.approx(np.mean(three))
