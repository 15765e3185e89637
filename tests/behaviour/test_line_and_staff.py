"""Where Marketing comes from and what it may decide, in paired worlds, by more than three standard errors."""

import numpy as np
import pytest

import scenarios
from scenarios import Scenario
from scenarios.run_length import DAYS_PER_YEAR
from simulation import simulate
from simulation.border import causes
from simulation.company import build
from simulation.engine import live_days
from tests.paired import z

COMPANY = scenarios.with_changes(Scenario(), {"run.quarters": 4, "market.turbulence": 3.0})
GREW = {"practices.marketing_out_of_sales": True}
N = 8


def staffed(structure, **laws):
    changes = {f"behaviour.standing.{name}": value for name, value in laws.items()}
    return {"practices.marketing_structure": structure, **changes}


def on_the_first_day(*changes):
    return [build(scenarios.with_changes(COMPANY, {**one, "people.turnover_per_year": 0.0}), 0) for one in changes]


def test_old_colleagues_trust_each_other_and_resent_the_parting():
    apart, grew = on_the_first_day({}, GREW)
    assert grew.trust_in_marketer.mean() > apart.trust_in_marketer.mean() + 0.05
    assert grew.trust_in_rep.mean() > apart.trust_in_rep.mean() + 0.05
    assert grew.account_of_rep.mean() < apart.account_of_rep.mean()
    assert grew.account_of_marketer.mean() < apart.account_of_marketer.mean()


def test_the_standing_it_lacks_is_a_cause_that_fades_over_the_years():
    (grew,) = on_the_first_day(GREW)
    cause = [causes._status(grew, today) for today in (0, 2 * DAYS_PER_YEAR, 10 * DAYS_PER_YEAR)]
    assert cause[0] == pytest.approx(0.5)
    assert cause[0] > cause[1] > cause[2] > 0.0


def test_money_is_split_by_standing_where_it_is_split_by_politics():
    politics = scenarios.with_changes(
        COMPANY, {"practices.budget_rule": "politics", "practices.crm_coverage": 1.0, "money.budget_step": 0.2}
    )

    def for_sales(run):
        return run.company.budget["share_for_sales"][0]

    assert z(politics, {**GREW, "behaviour.standing.carved_out": 0.8}, for_sales, n=2 * N)[0] > 3


def test_its_forecast_counts_less():
    """Without any standing the target is the mean of the other two forecasts."""
    targets = []
    for changes in ({}, {**GREW, "behaviour.standing.carved_out": 1.0, "behaviour.standing.half_life_d": 1e5}):
        company = on_the_first_day(changes)[0]
        live_days(company, 0, 126)
        targets.append(company.target[0])
    apart, grew = targets
    others = 0.5 * (grew["forecast_sales"] + grew["forecast_finance"])
    assert abs(grew["sales_target"] - others) < 0.01 * others
    assert abs(apart["sales_target"] - 0.5 * (apart["forecast_sales"] + apart["forecast_finance"])) > 0.01 * others


def away_from_sales(run):
    """Distance of the running messages from what reps on average believe, at the end, need units."""
    company = run.company
    said = np.stack([company.campaign["message_x"], company.campaign["message_y"]], axis=1)
    return float(np.hypot(*(said - company.rep_belief.mean(axis=0)).T).mean())


def test_the_more_say_sales_has_the_nearer_is_the_message_to_what_it_believes():
    closer = [z(COMPANY, staffed(structure), away_from_sales, n=3 * N)[0] for structure in ("mixed", "staff")]
    assert closer[1] < -3
    assert closer[0] < -2


def test_consent_takes_hours_and_waits_for_sales():
    """With much to explain, and Sales looking at campaigns once a quarter, there are fewer designs."""

    def designs(run):
        return run.daily["n_redesigns"].sum()

    free = scenarios.with_changes(COMPANY, staffed("staff", consent_h=0.0, consent_every_d=1))
    assert z(free, staffed("staff", consent_h=0.0, consent_every_d=63), designs, n=N)[0] < -3
    one = simulate(scenarios.with_changes(COMPANY, staffed("staff", consent_h=40.0)), 0).company
    assert one.campaign["h_left"].max() <= COMPANY.behaviour.work.redesign_h + 40.0


def test_sales_is_not_surprised_by_what_it_has_decided():
    def surprise(run):
        return run.company.campaign_run["surprise"].sum()

    assert z(COMPANY, staffed("staff"), surprise, n=N)[0] < -3


def test_who_only_advises_has_less_of_a_standing():
    line, mixed, staff = (causes._status(one, 0) for one in on_the_first_day({}, staffed("mixed"), staffed("staff")))
    assert line == 0.0 < mixed < staff
