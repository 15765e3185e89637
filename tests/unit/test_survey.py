"""The simulated survey: companies that differ, answers as studies ask them, and statistics with known answers."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy.stats import pearsonr

from experiments.designs.variant import laid_on
from experiments.execution.runner import Settings
from experiments.questions.validate import survey
from experiments.questions.validate.ask import ValidateQuestion
from experiments.questions.validate.patterns.evidence import Evidence
from experiments.questions.validate.patterns.pattern import judge
from experiments.questions.validate.patterns.register import chosen
from experiments.questions.validate.report_besides import correlations_table
from experiments.questions.validate.surveyed_companies import AVERAGE, HISTORIES, HISTORY, RULES, surveyed
from experiments.reporting.report import record_of, text_of
from experiments.statistics.correlations import (
    Correlation,
    correlation,
    correlations_apart,
    paths,
    rank_correlation,
)
from experiments.statistics.paired import Interval
from scenarios import parameters
from scenarios.input_errors import InputError
from tests.asking import page_of, result_of

RNG = np.random.default_rng(3)


# --- statistics ---


def test_a_correlation_has_fishers_interval():
    x = RNG.normal(size=200)
    y = 0.4 * x + RNG.normal(size=200)
    found, known = correlation(x, y), pearsonr(x, y)
    assert found.r == pytest.approx(known.statistic)
    spread = known.confidence_interval()
    assert (found.interval.low, found.interval.high) == pytest.approx((spread.low, spread.high), abs=1e-6)
    holes = x.copy()
    holes[:50] = np.nan
    assert correlation(holes, y).n == 150


def test_what_never_varies_goes_with_nothing():
    assert math.isnan(correlation(np.ones(50), RNG.normal(size=50)).r)
    assert not correlation(np.arange(4.0), np.arange(4.0)).interval.is_known  # too few to tell


def test_one_wild_case_does_not_move_ranks():
    x = np.arange(40.0)
    y = x.copy()
    y[0] = 1e6
    assert correlation(x, y).r < 0
    assert rank_correlation(x, y).r > 0.8


def test_two_correlations_are_told_apart_by_fishers_z():
    one, other = (Correlation(r, Interval(r - 0.1, r + 0.1), 103) for r in (0.5, 0.2))
    apart, interval = correlations_apart(one, other)
    assert (apart, interval.low, interval.high) == pytest.approx((0.347, 0.069, 0.624), abs=0.001)


def test_a_path_with_one_cause_is_its_correlation_and_others_are_held():
    a, b = RNG.normal(size=(2, 5000))
    y = a + b
    alone = paths(y, {"a": a})["a"]
    assert alone.beta == pytest.approx(correlation(a, y).r)
    both = paths(y, {"a": a, "copy of a, blurred": a + RNG.normal(size=5000), "b": b})
    assert both["copy of a, blurred"].beta == pytest.approx(0, abs=1e-9)
    assert both["a"].beta == pytest.approx(a.std() / y.std())
    with pytest.raises(ValueError, match="too few"):
        paths(y[:4], {"a": a[:4]})


# --- companies ---


def test_companies_differ_in_size_market_practices_history_and_people():
    companies = surveyed(24, seed=5)
    assert {one.base for one in companies} == {"reference", "small_firm", "fast_simple_market", "enterprise"}
    histories = sorted(one.history for one in companies)
    assert HISTORIES[0] <= histories[0] < 0.25
    assert 0.75 < histories[-1] <= HISTORIES[1]
    assert len({one.heads for one in companies if one.base == "enterprise"}) > 3
    assert len({dict(one.asked.changes)["practices.shared_responsibility"] for one in companies if one.rules}) > 2
    assert all(0 <= one.rules <= 1 for one in companies)
    assert [one.asked.changes for one in surveyed(24, seed=5)] == [one.asked.changes for one in companies]
    assert surveyed(24, seed=6)[0].asked.changes != companies[0].asked.changes


def test_the_average_company_shares_the_market_and_nothing_of_how_the_sides_work_together():
    for one in surveyed(8):
        own, average = dict(one.asked.changes), dict(one.average.changes)
        assert average.pop(HISTORY) == 0.45
        assert not [path for path in average if path.startswith("practices.")]
        assert all(own[path] == value for path, value in average.items())
        there = laid_on(one.average.scenario, average)
        assert there.preset == AVERAGE or there.practices.sla
        assert there.people.account_executives == own["people.account_executives"]
        laid_on(one.asked.scenario, own)


def test_every_rule_is_a_lever():
    assert set(RULES) <= {parameter.path for parameter in parameters() if parameter.lever}


# --- answers ---


def outcomes(contribution, revenue=100.0, win_rate=0.2, trust=0.5):
    """Of one run."""
    asked = dict.fromkeys(survey.ASKED_OF_A_RUN, trust)
    return {**asked, "contribution_eur": contribution, "revenue_eur": revenue, "win_rate": win_rate}


def test_performance_is_held_against_the_average_company_of_the_same_years():
    companies = surveyed(2)
    runs = {
        0: [outcomes(30.0, win_rate=0.3, trust=0.7)],
        1: [outcomes(20.0), *[outcomes(50.0, revenue=200.0)] * 3],
        2: [outcomes(1.0)],  # the average company beside it failed in a world
        3: [outcomes(1.0)],
    }
    (row,) = survey.answers_of(companies, runs).to_dict("records")
    assert row["company"] == 0
    assert row["trust"] == 0.7
    assert row["win_rate"] == pytest.approx(0.1)
    assert row["performance"] == pytest.approx(0.1)
    assert row["performance_with_luck"] == pytest.approx(-0.1)


def answers(n=400, slope=0.0, slope_if_interdependent=0.0, quarrels=0.0, together=0.0):
    """Companies in which performance follows trust, quarrels, and rules with trust, as said."""
    rng = np.random.default_rng(11)
    table = pd.DataFrame(rng.normal(size=(n, len(survey.ANSWERS))), columns=list(survey.ANSWERS))
    table["rules"], table["interdependence"] = rng.normal(size=n), rng.random(n)
    of_trust = np.where(table["interdependence"] > 0.5, slope + slope_if_interdependent, slope)
    table["performance"] += of_trust * table["trust"] + quarrels * table["disputes"]
    table["performance"] += together * table["trust"] * table["rules"]
    table["win_rate"] += 0.3 * table["trust"]
    return table


def found(name, **links):
    """A pattern judged on such companies."""
    (pattern,) = chosen([name])
    return judge(pattern, Evidence({}, {}, None, {"answers of a survey": answers(**links)}))


def test_the_patterns_see_what_is_there():
    assert found("G1", slope=0.3).verdict == "pass"
    assert found("G1", slope=1.5).verdict == "FAIL"  # far more than in published teams
    assert found("G1").verdict == "FAIL"
    assert found("G2", quarrels=-0.25).verdict == "pass"
    assert found("G2", quarrels=0.25).verdict == "FAIL"
    assert found("G3", slope_if_interdependent=0.6).verdict == "pass"
    assert found("G3", slope=0.6, slope_if_interdependent=-0.6).verdict == "FAIL"
    of_survey = found("G4", together=0.4).judged[1]
    assert of_survey.is_met
    assert not found("G4").judged[1].is_met


def test_without_a_survey_they_cannot_be_measured():
    (pattern,) = chosen(["G1"])
    finding = judge(pattern, Evidence({}, {}))
    assert finding.verdict == "not measurable"
    assert "no answers of a survey" in finding.judged[0].problem


def test_everything_computed_is_told():
    made = survey.surveyed_by(answers(slope=0.4))
    first = made.correlations.iloc[0]
    assert first["what"] == "trust and performance"
    assert first["r"] == pytest.approx(pearsonr(made.answers["trust"], made.answers["performance"]).statistic)
    table = correlations_table(made)
    told = dict(zip(table.heads, table.rows[0], strict=True))
    assert told["Published"].startswith("0.30 over 112 studies")
    assert float(told["r"]) == pytest.approx(first["r"], abs=0.005)
    assert set(made.paths["path"]) == set(survey.PATHS)
    assert made.paths["beta"].notna().all()


# --- the question ---


def test_a_survey_is_asked_through_the_same_study_and_told_whole():
    question = ValidateQuestion("G1", is_quick=True, survey=True, companies=20)
    plan = question.plan()
    assert plan.n_runs == sum(plan.lives.values()) == survey.n_runs_of(20)
    seen = []
    result = result_of(question, Settings(workers=1), lambda n_done, n_runs: seen.append((n_done, n_runs)))
    assert len(result.runs) == plan.n_runs == seen[-1][0] == seen[-1][1]
    assert result.survey.answers["company"].tolist() == list(range(20))
    assert result.survey.answers[list(survey.ANSWERS)].notna().all().all()
    assert {"answers", "correlations", "paths"} <= set(result.content.tables)
    assert {"survey", "G1"} == set(result.figures())
    said = text_of(result.content)
    assert "trust and performance" in said
    assert "rules x trust" in said
    assert record_of(result.content)["correlations"][0]["n"] == 20
    assert 'id="survey"' in page_of(result)


def test_a_survey_alone_judges_the_patterns_read_off_it():
    assert [one.id for one in ValidateQuestion(survey=True).patterns] == ["G1", "G2", "G3", "G4"]
    assert ValidateQuestion(survey=True, is_quick=True).n_surveyed == survey.QUICK_COMPANIES
    assert ValidateQuestion("V1").n_surveyed == 0
    assert ValidateQuestion("G3").n_surveyed == survey.COMPANIES


def test_too_few_companies_are_refused():
    with pytest.raises(InputError, match="at least 20 companies, not 3"):
        ValidateQuestion(survey=True, companies=3)
