"""The market against the distributions it is drawn from. It knows no company, so known answers are exact."""

import math

import numpy as np
import pytest

import scenarios
from scenarios import Scenario, Segment
from scenarios.run_length import DAYS_PER_QUARTER, DAYS_PER_YEAR
from simulation import simulate
from simulation.market import draw_arrivals, draw_climate, draw_needs
from simulation.parameters import record, table
from tests.standard_errors import assert_agrees, mean_and_error, share_error

DAYS = 20 * DAYS_PER_YEAR
SEGMENTS = 100


def rules_with(**market):
    """The market's rules as compiled code sees them."""
    return record(scenarios.with_changes(Scenario(), {f"market.{name}": value for name, value in market.items()}))[0]


def climate_of(seed, **market):
    climate = np.zeros(DAYS)
    draw_climate(seed, rules_with(**market), climate)
    return climate


def arrivals_of(seed, weight, **market):
    arrivals = np.zeros((DAYS, len(weight)), np.int64)
    climate = climate_of(seed, **market)
    segments = table({str(place): Segment(weight=one) for place, one in enumerate(weight)})
    draw_arrivals(seed, rules_with(**market), segments, climate, arrivals)
    return arrivals


def needs_of(seed, days=DAYS_PER_YEAR, **market):
    needs = np.zeros((days, SEGMENTS, 2))
    draw_needs(seed, rules_with(**market), needs)
    return needs


def test_without_climate_arrivals_are_poisson():
    arrivals = arrivals_of(3, [1.0, 3.0], climate_sd=0.0, prospects_per_day=12.0)
    for column, mean in enumerate([3.0, 9.0]):
        counts = arrivals[:, column]
        assert_agrees(counts.mean(), mean, math.sqrt(mean / DAYS), notices=0.1)
        dispersion = counts.var(ddof=1) / counts.mean()  # 1 for a Poisson law, with error sqrt(2 / (n - 1))
        assert_agrees(dispersion, 1.0, math.sqrt(2 / (DAYS - 1)), notices=0.15)
    together = np.corrcoef(arrivals.T)[0, 1]
    assert abs(together) < 3.5 / math.sqrt(DAYS)
    echo = np.corrcoef(arrivals[1:, 1], arrivals[:-1, 1])[0, 1]
    assert abs(echo) < 3.5 / math.sqrt(DAYS)


def test_the_climate_has_mean_one_and_the_spread_it_is_given():
    starts = np.array([climate_of(seed, climate_sd=0.5)[0] for seed in range(400)])
    mean, error = mean_and_error(starts)
    assert_agrees(mean, 1.0, error, notices=0.25)
    logs = np.log(starts)
    assert_agrees(logs.std(ddof=1), 0.5, 0.5 / math.sqrt(2 * 399), notices=0.25)


def test_the_climate_forgets_half_in_a_half_life():
    half_life, sd = 10, 0.3
    products = []
    for seed in range(20):
        logs = np.log(climate_of(seed, climate_sd=sd, climate_half_life_d=float(half_life))) + 0.5 * sd**2
        products.append((logs[half_life:] * logs[:-half_life]).mean())
    observed, error = mean_and_error(np.array(products))
    assert_agrees(observed, 0.5 * sd**2, error, notices=0.4)


def test_needs_drift_by_the_square_root_of_time():
    drift = 0.35
    for quarters in (1, 4):
        needs = needs_of(
            7, quarters * DAYS_PER_QUARTER + 1, jumps_per_year=0.0, drift_per_quarter=drift, turbulence=2.0
        )
        moved = (needs[-1] - needs[0]).ravel()
        expected = quarters * (2.0 * drift) ** 2
        assert_agrees((moved**2).mean(), expected, expected * math.sqrt(2 / len(moved)), notices=0.75)


def test_needs_jump_as_often_and_as_far_as_declared():
    size, per_year = 1.5, 3.0
    needs = needs_of(
        9, 4 * DAYS_PER_YEAR, drift_per_quarter=0.0, jumps_per_year=per_year, jump_size=size, turbulence=1.0
    )
    steps = np.diff(needs, axis=0).reshape(-1, 2)
    jumped = np.hypot(steps[:, 0], steps[:, 1]) > 0
    p = 1.0 - math.exp(-per_year / DAYS_PER_YEAR)
    assert_agrees(jumped.mean(), p, share_error(p, len(steps)), notices=0.25)
    assert np.hypot(*steps[jumped].T) == pytest.approx(size)
    direction = steps[jumped] / size  # evenly around the circle: mean 0, half the variance on each axis
    for axis in range(2):
        assert abs(direction[:, axis].mean()) < 3.5 * math.sqrt(0.5 / jumped.sum())
        assert_agrees((direction[:, axis] ** 2).mean(), 0.5, math.sqrt(0.125 / jumped.sum()), notices=0.25)


def test_a_market_without_turbulence_stands_still():
    assert np.ptp(needs_of(1, turbulence=0.0), axis=0).max() == 0.0
    assert np.ptp(needs_of(1, turbulence=0.1), axis=0).max() > 0.0


@pytest.fixture(scope="module")
def prospects():
    """About 17,000 prospects of the default company, and its scenario; all but the installed base."""
    run = simulate(Scenario(), 11)
    return run.scenario, run.company.prospect[run.scenario.customers.installed_base :]


def test_prospects_are_ready_later_or_never_as_declared(prospects):
    scenario, lead = prospects
    market, n = scenario.market, len(lead)
    never, ready = market.share_never_fit, market.share_ready
    for readiness, share in ((0, ready), (1, 1.0 - ready - never), (2, never)):
        assert_agrees((lead["readiness"] == readiness).mean(), share, share_error(share, n), notices=0.2)
    lag = (lead["day_project"] - lead["day_arrived"])[lead["readiness"] == 1] + 0.5  # whole days of an exponential wait
    assert_agrees(lag.mean(), market.project_lag_d, market.project_lag_d / math.sqrt(len(lag)), notices=0.1)
    assert (lead["day_project"] == lead["day_arrived"])[lead["readiness"] == 0].all()


def test_patience_size_and_need_are_as_declared(prospects):
    scenario, lead = prospects
    kind, n = scenario.segments["buyers"], len(lead)
    patience = (lead["day_window_end"] - np.maximum(lead["day_project"], lead["day_arrived"])) - 0.5
    columns = {
        "patience": (np.log(patience), math.log(kind.patience_d), scenario.behaviour.attention.patience_sigma),
        "value": (np.log(lead["value"]), math.log(kind.deal_value_eur), kind.deal_value_sigma),
    }
    for logs, centre, sigma in columns.values():
        assert_agrees(logs.mean(), centre, sigma / math.sqrt(n), notices=0.02)
        assert_agrees(logs.std(ddof=1), sigma, sigma / math.sqrt(2 * n), notices=0.06)
    assert_agrees(lead["buyers"].mean() - 1.0, kind.buyers - 1.0, math.sqrt((kind.buyers - 1.0) / n), notices=0.05)
    for axis in ("need_x", "need_y"):
        assert_agrees(lead[axis].std(ddof=1), scenario.market.need_spread, 0.5 / math.sqrt(2 * n), notices=0.06)


def test_quality_over_all_prospects_has_the_mean_and_spread_of_its_mixture(prospects):
    """The declarations promise mean 0 and deviation 1 with the default shares; the mixture's formula says how near."""
    scenario, lead = prospects
    market = scenario.market
    levels = np.array([market.quality_ready, market.quality_later, market.quality_never_fit])
    shares = np.array([market.share_ready, 1.0 - market.share_ready - market.share_never_fit, market.share_never_fit])
    mean = float(shares @ levels)
    deviation = math.sqrt(float(shares @ levels**2) - mean**2 + market.quality_spread**2)
    assert mean == pytest.approx(0.0, abs=0.1)
    assert deviation == pytest.approx(1.0, abs=0.1)
    quality = levels[lead["readiness"]] + market.quality_spread * lead["fit"]  # on the day they appear
    assert abs(quality.mean() - mean) < 3.5 * deviation / math.sqrt(len(lead))
    assert_agrees(quality.std(ddof=1), deviation, deviation / math.sqrt(2 * len(lead)), notices=0.06)
