"""The tables of a run agree with its books, with each other, and with what is written about their columns."""

from functools import cache

import numpy as np
import pytest

import scenarios
import simulation
from simulation.measured import described, tables_of
from simulation.measured.days import undescribed
from simulation.measured.groups import OWN_PROSPECTING, buys_elsewhere
from tests.constructed_worlds import FIRST, SCENARIO, WON, lead, run_of

SHORT = {"run.quarters": 3, "market.prospects_per_day": 15.0}


@cache
def run_made():
    return simulation.simulate(scenarios.load("reference", practices="defined", changes=SHORT), 1)


@cache
def tables():
    return tables_of(run_made())


def measured(column: str) -> float:
    return float(run_made().daily[column][run_made().first_day :].sum())


@pytest.mark.parametrize("name", described())
def test_a_table_has_exactly_the_columns_described(name):
    assert list(tables()[name].columns) == [column.name for column in described()[name].columns]
    for column in described()[name].columns:
        assert column.unit
        assert len(column.meaning) > 2


def test_every_column_of_the_books_is_described():
    assert undescribed() == [], "describe them in experiments/tables/days.py"


@pytest.mark.parametrize("name", ["segments", "channels"])
def test_groups_add_up_to_the_books(name):
    table = tables()[name]
    assert table["n_won"].sum() == measured("n_won")
    assert table["n_lost"].sum() == measured("n_lost")
    assert table["n_opportunities"].sum() == measured("n_opportunities")
    assert table["n_leads"].sum() == measured("n_leads")
    assert table["bookings_new_eur"].sum() == pytest.approx(measured("bookings_new"))


def test_segments_hold_every_prospect_and_all_the_margin():
    segments = tables()["segments"]
    assert segments["n_prospects"].sum() == measured("n_arrived")
    assert segments["margin_eur"].sum() == pytest.approx(run_made().outcomes["gross_margin_eur"])
    assert 0 < tables()["run"]["market_share"].iloc[0] < 1


def test_own_finds_stand_apart_from_channels():
    channels = tables()["channels"].set_index("channel")
    assert channels.loc[OWN_PROSPECTING, "n_opportunities"] == measured("n_own_opportunities")
    assert channels.loc[OWN_PROSPECTING, "n_mql"] == 0


def test_quarters_add_up_to_the_run():
    quarters = tables()["quarters"]
    counted = quarters[quarters["is_measured"]]
    assert len(counted) == 3
    assert counted["n_won"].sum() == run_made().outcomes["n_won"]
    assert counted["contribution"].sum() == pytest.approx(run_made().outcomes["contribution_eur"])
    assert quarters["trust_in_reps"].between(0, 1).all()


def test_people_account_for_all_hours():
    people = tables()["people"]
    hours = people[[name for name in people.columns if name.startswith("hours_")]].to_numpy().sum()
    books = sum(run_made().daily[f"hours_{side}"].sum() for side in ("sales", "marketing", "managers"))
    assert hours == pytest.approx(books)
    executives = people[people["role"] == "account executive"]
    assert executives["n_won"].sum() == measured("n_won")


def test_leads_say_in_words_where_everybody_stands():
    leads = tables()["leads"]
    assert len(leads) == run_made().daily["n_leads"].sum() + run_made().scenario.customers.installed_base
    assert (leads["status"] == "customer").sum() == run_made().daily["in_state"][-1][7]
    assert leads["day_won"].notna().sum() == (run_made().company.lead["day_won"] >= 0).sum()
    assert leads.loc[leads["day_reached"].isna(), "channel"].isna().all()
    assert leads["lead"].is_monotonic_increasing


def test_campaigns_follow_each_other():
    campaigns = tables()["campaigns"]
    for _, own in campaigns.groupby("segment"):
        assert (own["day_replaced"].to_numpy()[:-1] == own["day_running"].to_numpy()[1:]).all()
        assert own["day_replaced"].iloc[-1] == run_made().scenario.days


def test_who_buys_elsewhere_has_a_project_and_a_window_that_ends():
    elsewhere = lead(day_project=70, day_window_end=100)
    before = lead(day_project=10, day_window_end=FIRST - 1)
    never_fits = lead(day_project=-1, day_window_end=100)
    too_late = lead(day_project=150, day_window_end=100)
    ours = lead(**WON | {"day_project": 70, "day_window_end": 100})
    run = run_of(elsewhere, before, never_fits, too_late, ours)
    assert buys_elsewhere(run, FIRST, SCENARIO.days).tolist() == [True, False, False, False, False]


def test_payback_is_cac_over_a_month_of_margin():
    row = tables()["run"].iloc[0]
    booked = row["bookings_new_eur"] / row["n_won"]
    margin = row["gross_margin_eur"] / row["bookings_eur"]
    assert row["payback_months"] == pytest.approx(row["cac_eur"] / (booked * margin / 12), rel=1e-6)


def test_conversion_stays_between_nothing_and_all():
    row = tables()["run"].iloc[0]
    for name in ("leads_per_prospect", "mql_per_lead", "won_per_lead", "market_share", "churn", "cost_of_sales"):
        assert 0 <= row[name] <= 1 or np.isnan(row[name]), name
