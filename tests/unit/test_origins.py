"""A difference in contribution is taken apart exactly, and every part goes where it belongs."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

import scenarios
import simulation
from experiments.observation.attribution import PARTS, Origins, origins
from simulation.measured.lead_fates import Fate, fates, fates_of, fates_table
from simulation.status import Status
from tests.constructed_worlds import FOUND, HANDED, OPENED, REACHED, WON, WORKED, lead, run_of

NOTHING = lead()
STEPS = {
    "reached": NOTHING,
    "handed_over": lead(**REACHED),
    "taken_up": lead(**HANDED),
    "recognised": lead(**WORKED),
    "opened": lead(**FOUND),
    "won": lead(**OPENED),
    "sooner": lead(**OPENED | {"status": Status.OPPORTUNITY}),
}
DEAL = lead(**WON)


def other_than(found: Origins, *parts: str) -> dict[str, float]:
    """The parts that are not zero, without these."""
    return {name: eur for name, eur in found.eur.items() if eur and name not in parts}


# --- where a deal goes ---


@pytest.mark.parametrize("step", STEPS)
def test_a_deal_won_in_one_world_is_booked_where_the_other_lost_it(step):
    found = origins(run_of(STEPS[step]), run_of(DEAL))
    assert other_than(found) == {step: 7_500.0}
    assert found.gained[step] == 1
    assert sum(found.lost.values()) == 0


@pytest.mark.parametrize("step", STEPS)
def test_exchanging_the_worlds_turns_the_sign(step):
    found = origins(run_of(DEAL), run_of(STEPS[step]))
    assert other_than(found) == {step: -7_500.0}
    assert found.lost[step] == 1


def test_a_buyer_a_rep_finds_is_no_lead_of_marketings():
    own = lead(**WON | {"channel": -1, "day_mql": -1})
    assert other_than(origins(run_of(NOTHING), run_of(own))) == {"found": 7_500.0}


def test_the_worked_example_of_the_module_nets_to_zero():
    found = origins(run_of(STEPS["taken_up"], DEAL), run_of(DEAL, STEPS["won"]))
    assert other_than(found) == {"taken_up": 7_500.0, "won": -7_500.0}
    assert found.total == 0


def test_renewals_follow_the_deal_that_one_world_never_made():
    renewed = lead(**WON | {"n_renewals": 1, "day_renewal": 280})
    assert other_than(origins(run_of(STEPS["won"]), run_of(renewed))) == {"won": 15_000.0}


def test_renewals_of_a_customer_of_both_worlds_are_retention():
    renewed, churned = (
        lead(**WON | {"n_renewals": 1, "day_renewal": 280}),
        lead(**WON | {"status": Status.CHURNED}),
    )
    assert other_than(origins(run_of(churned), run_of(renewed))) == {"retention": 7_500.0}


def test_a_lower_discount_is_a_better_price():
    cheap = lead(**WON | {"price": 9_000.0})
    assert other_than(origins(run_of(cheap), run_of(DEAL))) == pytest.approx({"prices": 1_000.0})


def test_a_larger_contract_at_the_same_discount_is_another_product():
    large = lead(**WON | {"price": 20_000.0, "value": 20_000.0})
    assert other_than(origins(run_of(DEAL), run_of(large))) == pytest.approx({"products": 7_500.0})


def test_a_deal_signed_in_the_warm_up_comes_too_soon_to_count():
    early = lead(**WON | {"day_won": 50, "day_renewal": 150})
    found = origins(run_of(early), run_of(DEAL))
    assert other_than(found) == {"sooner": 7_500.0}


def test_costs_come_from_the_books():
    costs = {"pay_sales": 300.0, "pay_managers": 50.0, "programme": 20.0, "coordination": 7.0, "bad_debt": 1.0}
    found = origins(run_of(DEAL), run_of(DEAL, **costs))
    assert other_than(found) == {"pay": -350.0, "programme": -20.0, "coordination": -7.0, "bad_debt": -1.0}


def test_what_no_part_names_is_shown_as_such():
    before, after = run_of(DEAL), run_of(DEAL)
    after.outcomes["contribution_eur"] += 42.0
    assert other_than(origins(before, after)) == pytest.approx({"other": 42.0})


def test_other_prospects_are_not_compared_lead_by_lead():
    stranger = lead(**WON | {"segment": 1})
    assert other_than(origins(run_of(NOTHING), run_of(stranger))) == {"other_prospects": 7_500.0}
    assert other_than(origins(run_of(NOTHING), run_of(NOTHING, DEAL))) == {"other_prospects": 7_500.0}


# --- laws ---


@given(
    st.lists(
        st.sampled_from([*STEPS.values(), DEAL, lead(**WON | {"price": 8_000.0})]), min_size=1, max_size=8
    ).flatmap(lambda leads: st.tuples(st.just(leads), st.permutations(leads))),
    st.floats(0, 1e6),
)
def test_the_parts_always_add_up(worlds, pay):
    before, after = run_of(*worlds[0]), run_of(*worlds[1], pay_sales=pay)
    found, turned = origins(before, after), origins(after, before)
    assert found.total == pytest.approx(after.outcomes["contribution_eur"] - before.outcomes["contribution_eur"])
    assert found.eur["other"] == pytest.approx(0, abs=1e-6)
    for part in PARTS:
        assert turned.eur[part] == pytest.approx(-found.eur[part], abs=1e-6)
        assert turned.gained[part] == found.lost[part]


SMALL = {"run.quarters": 3, "market.prospects_per_day": 12.0}
CHANGES = [
    {"practices.sla": True, "practices.sla_tracked": True},
    {"practices.meeting_every_d": 5},
    {"practices.recycling": True, "practices.qualification_bar": 0.0},
    {"people.account_executives": 6},
    {"money.discount_max": 0.05},
]


@pytest.mark.parametrize(("change", "seed"), list(product(CHANGES, (0, 1))), ids=str)
def test_the_parts_of_real_runs_add_up_and_leave_nothing_over(change, seed):
    before = scenarios.load("reference", practices="undefined", changes=SMALL)
    after = scenarios.with_changes(before, change)
    runs = simulation.simulate(before, seed), simulation.simulate(after, seed)
    found = origins(*runs)
    gap = runs[1].outcomes["contribution_eur"] - runs[0].outcomes["contribution_eur"]
    assert found.total == pytest.approx(gap, abs=0.01)
    assert found.eur["other"] == 0
    assert found.eur["other_prospects"] == 0


def test_no_change_gives_zero_everywhere():
    scenario = scenarios.load("reference", changes=SMALL)
    run = simulation.simulate(scenario, 3)
    assert not any(origins(run, simulation.simulate(scenario, 3)).eur.values())


# --- fates ---


@pytest.mark.parametrize(
    ("columns", "fate"),
    [
        (NOTHING, Fate.NOT_REACHED),
        (lead(status=Status.PROSPECT), Fate.NOT_REACHED),
        (STEPS["handed_over"], Fate.NOT_HANDED_OVER),
        (STEPS["taken_up"], Fate.NEVER_WORKED),
        (STEPS["recognised"], Fate.NO_PROJECT_FOUND),
        (STEPS["opened"], Fate.NEVER_OPENED),
        (STEPS["won"], Fate.LOST),
        (STEPS["sooner"], Fate.STILL_OPEN),
        (lead(**REACHED | {"status": Status.RECYCLED}), Fate.STILL_OPEN),
        (DEAL, Fate.WON),
        (lead(**WON | {"status": Status.CHURNED}), Fate.WON),
        (lead(status=Status.CUSTOMER, price=1.0), Fate.CUSTOMER_BEFORE),
        (lead(status=Status.TO_COME), Fate.TO_COME),
    ],
)
def test_every_lead_has_one_fate(columns, fate):
    assert fates_of(run_of(columns).company.lead).tolist() == [fate]


def test_fates_of_two_runs_count_every_prospect_once():
    scenario = scenarios.load("reference", practices="defined", changes=SMALL)
    runs = [simulation.simulate(one, 0) for one in (scenario, scenarios.with_changes(scenario, CHANGES[0]))]
    table = fates(*runs)
    assert len(table) == len(runs[0].company.prospect)
    counted = fates_table(table)
    assert counted["n"].sum() == len(runs[0].company.prospect)
    margin = sum(run.outcomes["gross_margin_eur"] * sign for run, sign in zip(runs, (-1, 1), strict=True))
    assert counted["margin_eur"].sum() == pytest.approx(margin)
