"""What is measured of leads is what can be counted by hand, on an equal footing, on both sides by the same function."""

from datetime import date

import numpy as np
import pytest

from experiments.crm.known_leads import OWN, REFERRAL, KnownLeads
from experiments.crm.window import Window, window_of
from experiments.questions.calibrate.run_leads import leads_of_run
from experiments.questions.calibrate.target import FITTED, HELD_OUT, Target, measure, measure_with_error, targets_of
from scenarios.input_errors import InputError
from tests import stand_in_sales

WINDOW = Window(date(2024, 1, 1), date(2024, 4, 30), date(2024, 6, 30), date(2024, 3, 1), (30,))
SPAN = (date(2024, 1, 1), date(2024, 3, 1), date(2024, 3, 1))


def table(*rows: tuple[str, int, str | None, int, float]) -> KnownLeads:
    """Rows of first contact, channel, won, rep, value."""
    contacted, channel, won, rep, value = zip(*rows, strict=True)
    return KnownLeads(
        ("web", "fair"),
        np.array(contacted, "datetime64[D]"),
        np.array(channel),
        np.array([day or "NaT" for day in won], "datetime64[D]"),
        np.array(rep),
        np.array(value, float),
    )


LEADS = table(
    ("2024-01-02", 0, "2024-01-12", 1, 100.0),
    ("2024-01-10", 0, None, -1, np.nan),
    ("2024-01-20", 1, "2024-02-18", 1, 400.0),  # after 29 days
    ("2024-01-21", 1, "2024-02-20", 2, 900.0),  # after 30: not within 30
    ("2024-02-10", 0, "2024-02-12", 2, 200.0),  # cannot be followed for 30 days before March
    ("2024-02-28", 1, "2024-03-02", 1, 300.0),  # won when nothing is known any more
)


def value_of(kind: str, leads: KnownLeads = LEADS, **more: object) -> float:
    return float(measure(leads, [Target(kind, FITTED, *SPAN, **more)])[0])


def test_counts_and_shares_are_those_counted_by_hand():
    assert value_of("leads") == 6
    assert value_of("leads", channel="fair") == 3
    assert value_of("won") == 4
    assert value_of("won_share", horizon_d=30) == 2 / 4
    assert value_of("won_share", horizon_d=31) == 3 / 4
    assert value_of("won_share", horizon_d=30, channel="fair") == 1 / 2
    assert value_of("days_p50", horizon_d=31) == 29  # of 10, 29 and 30
    assert value_of("deals_a_rep") == 2
    assert value_of("top_rep_share") == 1 / 2
    assert value_of("value_median") == 300  # of 100, 200, 400 and 900


def test_what_cannot_be_measured_is_unknown():
    nobody = LEADS.part(np.zeros(len(LEADS), bool))
    assert value_of("leads", nobody) == 0
    assert np.isnan([value_of(kind, nobody, horizon_d=30) for kind in ("won_share", "days_p50")]).all()
    assert np.isnan([value_of(kind, nobody) for kind in ("value_median", "value_sigma", "deals_a_rep")]).all()


def test_sampling_errors_are_those_of_resampling():
    rng = np.random.default_rng(1)
    n = 2000
    days = np.datetime64("2024-01-01") + rng.integers(0, 30, n)
    won = np.where(rng.random(n) < 0.3, days + rng.integers(0, 30, n), np.datetime64("NaT"))
    leads = KnownLeads(("web",), days, np.zeros(n, int), won, rng.integers(0, 9, n), rng.lognormal(8, 0.6, n))
    targets = [
        Target("won_share", FITTED, *SPAN, horizon_d=30),
        Target("days_p50", FITTED, *SPAN, horizon_d=30),
        Target("value_median", FITTED, *SPAN),
        Target("value_sigma", FITTED, *SPAN),
        Target("deals_a_rep", FITTED, *SPAN),
    ]
    told = [one.error for one in measure_with_error(leads, targets)]
    again = np.array([measure(leads.part(rng.integers(0, n, n)), targets) for _ in range(300)]).std(axis=0)
    assert told[:4] == pytest.approx(again[:4], rel=0.25)
    counted = measure_with_error(leads, [Target("leads", FITTED, *SPAN)])[0]
    assert (counted.value, counted.error) == (n, pytest.approx(n**0.5))


def test_nothing_of_the_held_out_part_is_fitted():
    later = LEADS.part(np.ones(len(LEADS), bool))
    moved = KnownLeads(later.channels, later.contacted, later.channel, later.won + 0, later.rep, later.value)
    moved.won[5] = np.datetime64("2024-05-05")
    targets = targets_of(WINDOW, LEADS.channels, has_reps=True, has_values=True)
    fitted = [target for target in targets if target.role != HELD_OUT and target.known_until == WINDOW.fitted_until]
    assert measure(LEADS, fitted).tolist() == pytest.approx(measure(moved, fitted).tolist(), nan_ok=True)
    assert all(target.first >= WINDOW.fitted_until for target in targets if target.role == HELD_OUT)


def test_every_target_has_a_name_of_its_own():
    targets = targets_of(WINDOW, LEADS.channels, has_reps=True, has_values=True)
    assert len({target.name for target in targets}) == len(targets)


def test_a_fitted_part_too_short_to_follow_any_lead_is_a_mistake():
    short = Window(date(2024, 1, 1), date(2024, 4, 30), date(2024, 6, 30), date(2024, 2, 1), (60,))
    with pytest.raises(InputError, match="too few can be followed for 60 days; fit a longer part"):
        targets_of(short, LEADS.channels, has_reps=False, has_values=False)


def test_windows_are_whole_months_of_the_data_unless_told():
    days = np.array(["2024-01-03", "2024-05-29"], "datetime64[D]")
    found = window_of({}, days, np.array(["2024-06-15"], "datetime64[D]"))
    assert (found.leads_from, found.leads_until) == (date(2024, 1, 1), date(2024, 5, 31))
    assert (found.fitted_until, found.deals_until) == (date(2024, 4, 1), date(2024, 6, 15))
    late = window_of({}, np.array(["2024-01-20", "2024-05-10"], "datetime64[D]"), days[:0])
    assert (late.leads_from, late.leads_until) == (date(2024, 2, 1), date(2024, 4, 30))


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        ({"leads_from": date(2024, 4, 20)}, "fewer than 2 whole months of leads"),
        ({"fitted_until": date(2025, 1, 1)}, "the window is out of order"),
        ({"deals_until": date(2024, 2, 1)}, "the window is out of order"),
    ],
)
def test_a_window_that_cannot_be_is_a_mistake(told, problem):
    days = np.array(["2024-01-03", "2024-05-29"], "datetime64[D]")
    with pytest.raises(InputError, match=problem):
        window_of(told, days, days)


def test_simulated_days_are_the_weekdays_from_the_first_day_on():
    assert WINDOW.calendar(6).astype(str).tolist()[:6] == [
        *("2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04", "2024-01-05"),
        "2024-01-08",
    ]
    assert WINDOW.quarters == 3  # 130 weekdays until the end of June


def test_a_run_is_seen_as_a_crm_would_see_it():
    company = stand_in_sales.company()
    run = stand_in_sales.simulate(company, 1)
    first, names = run.first_day, tuple(company.channels)
    lead = np.zeros(6, stand_in_sales.LEAD)
    lead["day_won"] = -1
    lead["day_reached"] = [first - 1, first, first + 1, first + 2, first + 3, first + 200]
    lead["channel"] = [0, 0, 0, -1, -2, 0]
    lead["day_won"][1], lead["owner"][1], lead["price"][1] = first + 5, 3, 70.0
    run.company.lead = lead
    seen = leads_of_run(run, names, WINDOW)
    assert seen.contacted.tolist() == [date(2024, 1, 1), date(2024, 1, 2)]
    assert seen.won.tolist() == [date(2024, 1, 8), None]
    assert (seen.rep.tolist(), seen.value[0]) == ([3, -1], 70.0)
    all_ways = leads_of_run(run, (*names, OWN, REFERRAL), WINDOW)
    assert [all_ways.channels[place] for place in all_ways.channel] == [names[0], names[0], OWN, REFERRAL]


def test_a_month_that_is_fitted_only_in_part_is_no_target():
    """Its leads until the end of the month would be looked at, those of the held-out part with them."""
    window = Window(date(2024, 1, 1), date(2024, 4, 30), date(2024, 6, 30), date(2024, 3, 15), (30,))
    found = targets_of(window, ("web",), has_reps=False, has_values=False)
    assert {f"{one.month:%m}" for one in found if one.month and one.role == FITTED} == {"01", "02"}
    assert all(one.end <= window.fitted_until for one in found if one.role == FITTED)
