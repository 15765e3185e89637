"""Calibration finds what made the data, says what it cannot find, and its intervals hold what they promise."""

from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from scipy.stats import norm

import scenarios
import simulation
from experiments.crm.window import Window
from experiments.execution.runner import Settings
from experiments.questions.calibrate import identifiability
from experiments.questions.calibrate.abc_step import abc, draws
from experiments.questions.calibrate.adjustment import moved
from experiments.questions.calibrate.ask import CalibrateQuestion
from experiments.questions.calibrate.distance import yardstick
from experiments.questions.calibrate.prediction import coverage, interval, predicted, unrest, with_unrest
from experiments.questions.calibrate.result import Calibration
from experiments.questions.calibrate.search import search
from experiments.questions.calibrate.target import FITTED, HELD_OUT, Measured, Target
from experiments.questions.calibrate.uncertain import Times, parse_wishes, usual_wishes
from scenarios import ScenarioError
from scenarios.input_errors import InputError
from tests import stand_in_sales
from tests.asking import result_of

TRUTH = {"market.prospects_per_day": 45.0, "market.share_ready": 0.35}
NOW = {"market.prospects_per_day": 30.0, "market.share_ready": 0.22, "market.project_lag_d": 15.0}
WISHES = ("market.prospects_per_day=x0.5:x2.5", "market.share_ready=0.1:0.6", "market.turbulence=0:1")
WORLDS = range(2)
HERE = Settings(workers=1, simulate=stand_in_sales.simulate)


def question_of(folder: Path, **options) -> CalibrateQuestion:
    """About the export in a folder."""
    files = (folder / name for name in ("leads.csv", "deals.csv", "mapping.yaml"))
    return CalibrateQuestion("fast_simple_market", *files, **options)


@cache
def calibration(world: int) -> Calibration:
    """Fit two parameters, and one that does nothing, to data made by the stand-in with the truth."""
    truth = scenarios.load("fast_simple_market", changes=NOW | TRUTH | {"run.quarters": 3})
    with TemporaryDirectory() as folder:
        stand_in_sales.write_export(stand_in_sales.simulate(truth, 1000 + world), Path(folder))
        return result_of(question_of(Path(folder), fit=WISHES, runs=200, seed=world, changes=NOW), HERE)


# --- the whole way ---


def test_how_many_runs_there_will_be_is_known_from_the_beginning(tmp_path):
    truth = scenarios.load("fast_simple_market", changes=NOW | TRUTH | {"run.quarters": 3})
    stand_in_sales.write_export(stand_in_sales.simulate(truth, 7), tmp_path)
    question, seen = question_of(tmp_path, fit=WISHES, runs=120, changes=NOW), []
    result_of(question, HERE, lambda *now: seen.append(now))
    assert [done for done, _ in seen] == list(range(1, question.n_in_all + 1))
    assert {total for _, total in seen} == {question.n_in_all} == {question.plan().n_runs}


def test_what_made_the_data_is_found_again():
    errors = []
    for world in WORLDS:
        table = calibration(world).parameters.set_index("parameter")
        true = {"market.prospects_per_day": 1.5, "market.share_ready": 0.35}
        for name, value in true.items():
            row = table.loc[name]
            reach = (row["high"] - row["low"]) / 2 / norm.ppf(0.95)
            errors.append((row["median"] - value) / reach)
            assert row["verdict"] == "told"
            assert row["median"] == pytest.approx(value, rel=0.1)
    assert np.sqrt(np.mean(np.square(errors))) < 2


def test_what_does_nothing_is_not_told():
    widths = [
        calibration(world).parameters.set_index("parameter").loc["market.turbulence", "width"] for world in WORLDS
    ]
    assert np.median(widths) > identifiability.OPEN


def test_predictions_of_what_is_held_out_hold_what_they_promise():
    inside = {level: [calibration(world).share(level) for world in WORLDS] for level in (0.5, 0.8, 0.95)}
    shares = {level: sum(one.n_inside for one in each) / sum(one.n for one in each) for level, each in inside.items()}
    assert 0.35 < shares[0.5] < 0.75
    assert 0.65 <= shares[0.8] <= 0.95
    assert shares[0.95] > 0.85


def test_the_fit_is_nearer_to_the_data_than_the_company_was():
    assert calibration(0).choice.after < 1.0 < 1.5 < calibration(0).choice.before
    fitted = calibration(0).fit[calibration(0).fit["role"] == FITTED]
    assert fitted["is_inside_95"].mean() > 0.85


def test_the_same_seed_gives_the_same_answer():
    again = calibration.__wrapped__(0)
    assert again.parameters.equals(calibration(0).parameters)
    assert again.held_out.equals(calibration(0).held_out)
    assert calibration(0).n_runs == calibration(0).question.n_in_all


def test_the_model_itself_is_found_again(tmp_path):
    """The real engine, small: half as many prospects again as the company file says.

    Half a year of a small company tells little, so five such companies are taken together.
    """
    now = {"market.prospects_per_day": 12.0, "run.quarters": 2}
    truth = scenarios.load("fast_simple_market", changes=now | {"market.prospects_per_day": 18.0})
    rows = []
    for world in range(5):
        stand_in_sales.write_export(simulation.simulate(truth, world), tmp_path)
        question = question_of(tmp_path, fit=("market.prospects_per_day=x0.5:x3",), runs=200, changes=now)
        found = result_of(question, Settings(workers=1))
        assert found.choice.after <= found.choice.before
        rows.append(found.parameters.iloc[0])
    assert sum(row["low"] < 1.5 < row["high"] for row in rows) >= 4
    assert np.median([row["median"] for row in rows]) > 1.2
    assert np.median([row["width"] for row in rows]) < 0.8


def test_the_mapping_may_say_what_to_fit_and_the_command_line_comes_first(tmp_path):
    stand_in_sales.write_export(stand_in_sales.simulate(stand_in_sales.company(prospects_per_day=12.0), 1), tmp_path)
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(mapping.read_text() + "fit: [market.share_ready=0.1:0.5]\n")

    def fitted(*fit: str) -> list[str]:
        return [one.path for one in question_of(tmp_path, fit=fit).plan().uncertain]

    assert fitted() == ["market.share_ready"]
    assert fitted("market.turbulence=0:1") == ["market.turbulence"]


def test_other_data_in_the_same_files_are_another_question(tmp_path):
    stand_in_sales.write_export(stand_in_sales.simulate(stand_in_sales.company(prospects_per_day=12.0), 1), tmp_path)
    question = question_of(tmp_path, fit=WISHES)
    before = question.identity(question.plan())
    assert question.identity(question.plan()) == before
    leads = tmp_path / "leads.csv"
    leads.write_text(leads.read_text() + "L99999,01-01-2022,search\n")
    assert question.identity(question.plan()) != before


def test_every_run_carries_what_was_tried_and_what_it_measured():
    runs = calibration(0).runs
    assert {"seed", "market.prospects_per_day", "market.share_ready", "leads/2023-01"} <= set(runs)
    assert runs["market.share_ready"].between(0.1, 0.6).all()


@pytest.fixture
def export(tmp_path, monkeypatch):
    """A folder with the export of a small company, whose model is the stand-in."""
    monkeypatch.setattr(simulation, "simulate", stand_in_sales.simulate)
    truth = scenarios.load("small_firm", changes={"run.quarters": 3, "market.prospects_per_day": 6.0})
    stand_in_sales.write_export(stand_in_sales.simulate(truth, 5), tmp_path)
    return tmp_path


def test_nearest_begins_with_the_shipped_company_nearest_to_the_data(export):
    files = (export / name for name in ("leads.csv", "deals.csv", "mapping.yaml"))
    plan = CalibrateQuestion("nearest", *files, runs=120).plan()
    assert plan.company == plan.begins_with == plan.compared[0][0] == "small_firm"
    assert [distance for _, distance in plan.compared] == sorted(distance for _, distance in plan.compared)
    assert plan.times.leads == pytest.approx(1.2, rel=0.15)


def test_a_company_that_is_as_near_as_any_stays_as_it_is_and_a_range_without_the_data_is_told(export):
    wishes = ("market.turbulence=0:1", "segments.*.deal_value_eur=x2:x4")  # neither does anything in the stand-in
    now = {"market.prospects_per_day": 6.0}
    found = result_of(question_of(export, fit=wishes, runs=120, changes=now), HERE)
    assert found.choice.after <= found.choice.before
    assert (found.fitted_changes == {}) == found.choice.is_as_it_was
    outside = [one.parameter.path for one in found.said if one.is_outside]
    said = " ".join(found.conclusion)
    assert outside == ["segments.*.deal_value_eur"]
    assert "by the data, and was looked for in x2.00 to x4.00 only: widen its range" in said


# --- the search ---


def test_the_search_starts_with_the_company_and_comes_near_the_best():
    aim = np.array([0.2, 0.7])
    starts = np.array([[0.5, 0.5], [0.9, 0.9]])
    tried = search(starts, 80, 1, lambda points: np.abs(points - aim).sum(axis=1))
    assert tried.points[:2].tolist() == starts.tolist()
    assert np.abs(tried.best - aim).sum() < 0.15
    assert len(tried.points) == 80


def test_the_search_lives_with_points_that_fail():
    tried = search(np.array([[0.5]]), 24, 1, lambda points: np.where(points[:, 0] > 0.4, np.inf, points[:, 0]))
    assert tried.best[0] < 0.4


# --- the posterior ---


def test_the_posterior_of_a_known_problem_is_the_known_one():
    """A value known with an error of 0.05, and a sum of two others with 0.02."""

    def live(points):
        noise = np.random.default_rng(len(points)).normal(size=(len(points), 2))
        seen = np.column_stack([points[:, 0], points[:, 1] + points[:, 2]]) + noise * [0.05, 0.02]
        return (seen - [0.4, 1.0]) / [0.05, 0.02]

    left = abc(np.array([0.5, 0.5, 0.5]), live, (300, 300, 600), np.random.default_rng(0))
    first, sums = left.points[:, 0], left.points[:, 1] + left.points[:, 2]
    assert first.mean() == pytest.approx(0.4, abs=0.01)
    assert first.std() == pytest.approx(0.05, rel=0.25)
    assert sums.mean() == pytest.approx(1.0, abs=0.02)
    assert left.points[:, 1].std() > 0.2
    assert np.corrcoef(left.points[:, 1], left.points[:, 2])[0, 1] < -0.9


@pytest.mark.parametrize("n", [40, 100, 1000])
def test_few_runs_make_the_posterior_wide_never_falsely_narrow(n):
    rng = np.random.default_rng(2)
    values = rng.normal(size=(n, 1))
    deviations = values @ rng.normal(0, 0.2, (1, 40)) + rng.normal(size=(n, 40))
    left = moved(values, deviations, np.ones(n))[0].std()
    assert 0.5 < left < 1.1
    useless = moved(values, rng.normal(size=(n, 40)), np.ones(n))[0].std()
    assert useless > 0.9


def test_weighted_points_are_drawn_as_often_as_they_weigh():
    chosen = draws(np.arange(3.0), np.array([1.0, 2.0, 1.0]), 400, np.random.default_rng(0))
    assert np.unique(chosen, return_counts=True)[1].tolist() == [100, 200, 100]


def test_distance_is_in_units_of_sampling_and_luck_together():
    lucky = (10 + np.random.default_rng(0).normal(0, 0.4, (2000, 1))) ** 2
    stick = yardstick([Measured(100.0, 100, 6.0)], np.array([True]), lucky)
    assert stick.doubt[0] == pytest.approx(0.5, rel=0.05)  # 0.3 of the data's root, 0.4 of luck
    assert stick.summaries(np.array([[121.0]])).tolist() == [[pytest.approx(2.0, rel=0.05)]]
    assert stick.distances(np.array([[np.nan]])).tolist() == [np.inf]


# --- intervals and coverage ---


def month_targets(n: int, kind: str = "leads") -> list[Target]:
    months = [date(2024 + k // 12, k % 12 + 1, 1) for k in range(n + 1)]
    return [Target(kind, HELD_OUT, months[k], months[k + 1], months[-1], months[k]) for k in range(n)]


def test_coverage_of_a_known_distribution_is_the_level():
    rng = np.random.default_rng(3)
    n = 1000
    targets = [month_targets(1)[0]] * n
    runs = rng.normal(100, 10, (200, n))
    measured = [Measured(value, 1, 1.0) for value in rng.normal(100, 10, n)]
    shares = {one.level: one.share for one in coverage(predicted(runs, targets, measured)) if not one.kind}
    for level, share in shares.items():
        assert share == pytest.approx(level, abs=0.035)
    too_narrow = predicted(100 + (runs - 100) / 2, targets, measured)
    assert coverage(too_narrow)[0].share < 0.35


def test_an_interval_holds_one_more_value_as_often_as_it_says():
    known = np.arange(1.0, 20.0)  # 19 values leave 20 places for the next one
    assert interval(known, 0.8) == pytest.approx((2.0, 18.0))
    assert np.isnan(interval(known[:0], 0.8)).all()


def test_figures_unknown_on_either_side_are_not_counted():
    table = predicted(np.full((30, 2), np.nan), month_targets(2), [Measured(1.0, 1, 1.0)] * 2)
    assert coverage(table)[0].n == 0


def test_unrest_is_what_months_wander_beyond_sampling():
    rng = np.random.default_rng(5)
    targets = month_targets(120)
    level = 100 * np.exp(np.cumsum(rng.normal(0, 0.2, 120)))  # 0.1 a month in roots
    data = rng.poisson(level * 100) / 1.0
    measured = [Measured(value, 1, value**0.5) for value in data]
    runs = np.full((50, 120), 10_000.0)
    found = unrest(runs, targets, measured, rng)["leads"]
    relative = np.diff(np.sqrt(data / 10_000))
    assert found.mean() == pytest.approx(np.sqrt(np.mean(relative**2)), rel=0.3)
    calm = [Measured(value, 1, value**0.5) for value in rng.poisson(10_000, 120) / 1.0]
    assert unrest(runs, targets, calm, rng)["leads"].mean() < 0.003


def test_few_months_leave_open_how_much_they_wander():
    rng = np.random.default_rng(6)
    runs, targets = np.full((500, 3), 1000.0), month_targets(3)
    same = [Measured(1000.0, 1, 1000**0.5)] * 3
    calm = unrest(runs, targets, same, rng)["leads"]
    assert np.quantile(calm, 0.5) < 0.03 < np.quantile(calm, 0.95)
    wild = [Measured(value, 1, value**0.5) for value in (1000.0, 1500.0, 900.0)]
    assert np.quantile(unrest(runs, targets, wild, rng)["leads"], 0.25) > 0.1


def test_unrest_grows_from_month_to_month():
    targets = month_targets(6)
    window = Window(date(2024, 1, 1), date(2024, 6, 30), date(2024, 6, 30), date(2024, 4, 1))
    unrest_of = {"leads": np.full(4000, 0.05)}
    runs = with_unrest(np.full((4000, 6), 400.0), targets, unrest_of, window, np.random.default_rng(0))
    spread = np.sqrt(runs).std(axis=0)[3:] / 20
    assert spread == pytest.approx(0.05 * np.sqrt(np.array([1, 2, 3]) + 10 / 18), rel=0.05)
    calm = with_unrest(np.full((10, 6), 400.0), targets, {}, window, np.random.default_rng(0))
    assert calm == pytest.approx(400.0)


# --- what the data cannot tell ---


def test_told_and_not_told_and_only_together_are_told_apart():
    company = stand_in_sales.company()
    three = parse_wishes(["market.share_ready=0:0.4", "market.turbulence=0:1", "market.need_spread=0:1"], company)
    rng = np.random.default_rng(0)
    middle = np.clip(rng.normal(0.5, 0.02, 500), 0, 1)
    wide = rng.random(500)
    points = np.column_stack([middle, wide, np.clip(1 - wide + rng.normal(0, 0.02, 500), 0, 1)])
    table = identifiability.told(three, points)
    assert list(table["verdict"]) == ["told", "not told", "not told"]
    assert table["median"][0] == pytest.approx(0.2, abs=0.01)
    assert table["width"][1] == pytest.approx(1.0, abs=0.05)
    pair = identifiability.pairs(identifiability.correlations(three, points))
    assert [(one.first, one.second) for one in pair] == [("market.turbulence", "market.need_spread")]
    assert pair[0].correlation < -0.9
    at_the_end = identifiability.told(three, np.clip(points + np.array([0.5, 0, 0]), 0, 1))
    assert at_the_end["verdict"][0] == "at the edge of its range"


# --- what is uncertain ---


def test_a_range_is_of_values_or_of_multiples():
    company = scenarios.load("reference")
    value, factor = parse_wishes(["market.share_ready=0.1:0.4", "segments.*.buyer_pace_d=x0.5:x2"], company)
    assert value.changes(0.5) == {"market.share_ready": pytest.approx(0.25)}
    assert factor.value(0.5) == pytest.approx(1.0)  # the middle of a half and twice
    own = {f"segments.{name}.buyer_pace_d": segment.buyer_pace_d for name, segment in company.segments.items()}
    assert factor.changes(1.0) == pytest.approx({path: 2 * now for path, now in own.items()})
    assert factor.place(factor.value(0.3)) == pytest.approx(0.3)
    whole = parse_wishes(["people.sdrs=1:9"], company)[0]
    assert whole.changes(0.31) == {"people.sdrs": 3}


@pytest.mark.parametrize(
    ("wish", "problem"),
    [
        ("market.share_ready", "is no range to fit; write it like"),
        ("market.share_ready=0.1", "is no range to fit"),
        ("market.share_ready=x0.5:0.7", "is no range to fit"),
        ("market.share_ready=0.4:0.1", "upside down"),
        ("practices.recycling=0:1", "is no number"),
        ("market.share_ready=x0:x2", "multiples must be above 0"),
    ],
)
def test_a_range_that_cannot_be_is_a_mistake(wish, problem):
    with pytest.raises(InputError, match=problem):
        parse_wishes([wish], scenarios.load("reference"))


def test_unknown_parameters_and_values_out_of_bounds_are_told_as_everywhere():
    company = scenarios.load("reference")
    with pytest.raises(ScenarioError, match=r"did you mean market\.share_ready"):
        parse_wishes(["market.share_redy=0:1"], company)
    with pytest.raises(ScenarioError, match="at least 0 and at most 1"):
        parse_wishes(["market.share_ready=0:2"], company)
    with pytest.raises(InputError, match="fitted twice"):
        parse_wishes(["segments.*.buyer_pace_d=x0.5:x2", "segments.small.buyer_pace_d=1:9"], company)
    with pytest.raises(InputError, match="nothing to fit"):
        parse_wishes([], company)


@pytest.mark.parametrize("name", scenarios.companies())
def test_what_is_usually_fitted_can_be_fitted_to_every_company_we_ship(name):
    company = scenarios.load(name)
    wishes = list(usual_wishes(company, list(company.channels), Times(value=0.05, leads=30.0)))
    for one in parse_wishes(wishes, company):
        assert one.low <= one.own_value * (1 + 1e-9)
        assert one.own_value <= one.high * (1 + 1e-9)
