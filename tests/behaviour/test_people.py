"""Who comes and goes, who gets a lead, and for what managers have time: each by what it must change and must not."""

import numpy as np
import pytest

import scenarios
from scenarios import Scenario
from simulation import simulate
from simulation.agents import manager
from simulation.agents.manager import Role
from simulation.company import build
from simulation.engine import live_days
from simulation.ledger import Hours
from simulation.queues import customer_desk, deal_desk, lead_desk, portfolio
from simulation.status import Status
from simulation.territories import patch_of, serves
from tests.paired import change, z
from tests.veterans import VETERANS

COMPANY = scenarios.with_changes(Scenario(), {"run.quarters": 4})
STAYING = scenarios.with_changes(COMPANY, {"people.turnover_per_year": 0.0})
RESTLESS = scenarios.with_changes(COMPANY, {"people.turnover_per_year": 1.5})


def yearly_turnover(run):
    seats = len(run.company.rep) * len(run.daily) - run.daily["vacant_days"].sum()
    return run.daily["n_left"].sum() / seats * 252


def test_about_as_many_leave_as_said():
    calm = {"people.quit_results": 0.0, "people.quit_conflict": 0.0, "people.account_executives": 100}
    run = simulate(scenarios.with_changes(COMPANY, {**calm, "people.managers": 30}), 0)
    expected = 0.3 * len(run.company.rep) * len(run.daily) / 252
    assert abs(run.daily["n_left"].sum() - expected) < 4 * np.sqrt(expected)


def test_leavers_cost_sales_money_and_managers_time():
    more_left, contribution, hired = z(STAYING, {"people.turnover_per_year": 1.5}, yearly_turnover, "contribution_eur",
                                       lambda run: run.daily["hiring"].sum(), n=16)  # fmt: skip
    assert more_left > 3
    assert contribution < -3
    assert hired > 3

    def hours(run):
        return run.daily["hours_managers"][:, Hours.TRAINING].sum()

    assert z(STAYING, {"people.turnover_per_year": 1.5}, hours, n=12)[0] > 3


@pytest.mark.parametrize("path", ["people.quit_results", "people.quit_conflict"])
def test_poor_results_and_conflict_drive_people_away(path):
    hopeless = scenarios.with_changes(
        COMPANY, {path: 0.0, "pay.sales.quota_eur_per_quarter": 1e6, "behaviour.trust.start": 0.1}
    )
    change_of_leavers, error = change(hopeless, {path: 2.0}, yearly_turnover, n=8)[0]
    assert change_of_leavers > 2 * error


def test_a_seat_changes_hands():
    company = build(RESTLESS, 4)
    days = len(company.book)
    for today in range(days):
        left = company.book["n_left"][:today].sum()
        live_days(company, today, today + 1)
        rep = company.rep
        if company.book["n_left"][today] == 1 and company.book["n_left"].sum() == 1 and left == 0:
            empty = int(np.flatnonzero(rep["is_vacant"])[0])
            for desk in (lead_desk, deal_desk, customer_desk, portfolio):
                assert company.place["length"][desk(company, empty)] == 0
            held = company.lead["owner"] == empty
            assert not (held & (company.lead["status"] == Status.OPPORTUNITY)).any()
            key, skill = rep["key"][empty], rep["skill"][empty]
    here = rep["is_vacant"] == 0
    assert rep["key"][empty] > key or not here[empty]
    assert not here[empty] or rep["skill"][empty] != skill
    assert company.book["n_hired"].sum() > 3
    came = here & (rep["day_came"] > days - 40)
    assert (rep["experience"][came] < 0.8).all()


def test_nobody_comes_before_somebody_looked_for_them():
    busy = scenarios.with_changes(RESTLESS, {"people.hiring_h": 500.0})
    assert z(RESTLESS, {"people.hiring_h": 500.0}, lambda run: run.daily["vacant_days"].sum(), n=4)[0] > 3
    assert simulate(busy, 0).daily["n_hired"].sum() < simulate(RESTLESS, 0).daily["n_hired"].sum()


def test_who_is_new_sells_less():
    veterans = scenarios.with_changes(STAYING, VETERANS)
    never_learnt = {"people.ramp_executive_d": 2520.0, "people.ramp_sdr_d": 2520.0, "people.tenure_start_d": 1.0}
    assert max(z(veterans, never_learnt, "n_won", "win_rate", "n_own_opportunities", n=24)) < -3


def leads_per_rep(run, first, n):
    owner = run.company.lead["owner"][run.company.lead["day_mql"] >= 0]
    return np.bincount(owner[owner >= first], minlength=first + n)[first:]


@pytest.mark.parametrize(("rule", "column"), [("by_experience", "experience"), ("by_results", "results")])
def test_leads_go_by_merit_where_that_is_the_rule(rule, column):
    base = scenarios.with_changes(
        STAYING, {"people.account_executives": 10, "people.sdrs": 0, "people.ramp_executive_d": 2520.0}
    )
    shares = []
    for allocation in ("even", rule):
        company = build(scenarios.with_changes(base, {"practices.lead_allocation": allocation}), 2)
        for column in ("experience", "results"):
            company.rep[column] = np.repeat([0.0, 1.0], 5)
        live_days(company, 0, 40)
        owner = company.lead["owner"][company.lead["day_mql"] >= 0]
        shares.append((owner < 5).sum() / (owner >= 0).sum())
    assert shares[1] < 0.7 * shares[0]
    hours = Hours.REPORTS
    told = z(base, {"practices.lead_allocation": rule}, lambda run: run.daily["hours_managers"][:, hours].sum(), n=3)
    assert told[0] > 3


@pytest.mark.parametrize("structure", ["region", "customer_type", "product"])
@pytest.mark.parametrize("sdrs", [0, 2])
def test_everybody_sells_in_the_own_patch(structure, sdrs):
    changes = {"practices.sales_structure": structure, "people.account_executives": 5, "people.sdrs": sdrs}
    base = scenarios.load("reference", None, {**changes, "run.quarters": 1, "people.turnover_per_year": 0.0})
    company = simulate(base, 3).company
    deals = np.flatnonzero(np.isin(company.lead["status"], (Status.OPPORTUNITY, Status.SQL)))
    assert len(deals) > 20
    rows = company.lead[deals]
    own = [serves(company, int(row["owner"]), patch_of(company, int(row["prospect"]))) for row in rows]
    assert np.mean(own) > 0.98  # a list may hold nobody of one's own patch


@pytest.mark.parametrize("n_managers", range(1, 8))
def test_one_head_gives_both_sides_the_same_attention(n_managers):
    base = scenarios.with_changes(COMPANY, {"practices.one_head": True, "people.managers": n_managers})
    company = build(base, 0)
    heads = range(n_managers)
    for_sales = sum(manager.attention_for_sales(company, head) for head in heads)
    assert for_sales == sum(manager.attention_for_marketing(company, head) for head in heads)


def test_one_head_has_half_the_attention_for_sales():
    roles = build(scenarios.with_changes(COMPANY, {"practices.one_head": True, "people.managers": 4}), 0).manager
    assert roles["role"].tolist() == [Role.BOTH, Role.COMPANY, Role.SALES, Role.MARKETING]
    tracked = {"practices.sla": True, "practices.sla_tracked": True, "people.tracking_h_per_rep": 0.8}

    def followed_up(run):
        return run.daily["hours_managers"][:, Hours.REPORTS].sum()

    few = scenarios.with_changes(STAYING, {**tracked, "people.sdrs": 40, "people.managers": 2, "run.quarters": 1})
    assert change(few, {"practices.one_head": True}, followed_up, n=2)[0][0] < 0


def test_a_wide_span_of_control_leaves_leads_unworked():
    tracked = {"practices.sla": True, "practices.sla_tracked": True, "people.tracking_h_per_rep": 0.8}
    many = {"people.sdrs": 12, "people.turnover_per_year": 0.0, "people.managers": 7, "run.quarters": 4}
    narrow = scenarios.load("reference", "defined", {**tracked, **many})
    followed_up, unworked = z(
        narrow,
        {"people.managers": 1},
        lambda run: run.daily["hours_managers"][:, Hours.REPORTS].sum(),
        "share_never_worked",
        n=8,
    )
    assert followed_up < -3
    assert unworked > 3


def test_senior_support_takes_leading_time():
    for share, expected in ((0.0, 0.0), (0.5, 0.5)):
        run = simulate(scenarios.with_changes(STAYING, {"practices.senior_support": share, "run.quarters": 1}), 0)
        hours = run.daily["hours_managers"].sum(axis=0)
        assert hours[Hours.MEETING] / (hours[Hours.MEETING] + hours[Hours.ADMIN]) == pytest.approx(expected, abs=0.02)
