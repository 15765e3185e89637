"""A search finds what is best in a company whose best is known, and tells figures that luck has not chosen."""

import json
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import run
import scenarios
from experiments.execution.runner import Settings
from experiments.questions.optimise.against_today import AgainstToday
from experiments.questions.optimise.ask import OptimiseQuestion, usual_levers
from experiments.questions.optimise.result import Optimum
from experiments.questions.optimise.text import design_in_words
from experiments.questions.optimise.tried import Tried, comparable, recommend
from experiments.reporting.report import record_of
from experiments.statistics.pareto import unbeaten
from scenarios.input_errors import InputError
from tests.asking import page_of, result_of
from tests.stand_in_company import Run

BASE = scenarios.load("reference")
LEVERS = ("money.programme_eur_per_year=400000:1600000", "practices.meeting_h=0:2")


def peak(scenario: scenarios.Scenario, seed: int) -> Run:
    """Contribution peaks at a budget of 1.2 M (1 M above today's 0.8 M); hours of meetings bring trust for money."""
    budget, hours = scenario.money.programme_eur_per_year / 1e6, scenario.practices.meeting_h
    luck = 1e6 * np.random.default_rng([seed, 1]).normal() + 2e4 * np.random.default_rng([seed, 2]).normal()
    gain = -6.25e6 * (budget - 1.2) ** 2 - 2e5 * hours
    return Run({"contribution_eur": 5e6 + gain + luck, "relationship_score": 40 + 10 * hours})


def luck_only(scenario: scenarios.Scenario, seed: int) -> Run:
    """Nothing helps: every design has its own luck in every world."""
    key = [seed, round(scenario.money.programme_eur_per_year), round(1e6 * scenario.practices.meeting_h)]
    return Run({"contribution_eur": 1e6 * np.random.default_rng(key).normal(), "relationship_score": 50.0})


def asked(simulate=peak, on_progress=None, **options) -> Optimum:
    return result_of(OptimiseQuestion(**options), Settings(workers=1, simulate=simulate), on_progress)


@cache
def optimum(simulate=peak) -> Optimum:
    return asked(simulate, vary=LEVERS, generations=6, population=16, worlds=4, fresh=60)


def test_how_many_runs_there_will_be_is_bounded_from_the_beginning():
    seen = []
    options = {"vary": LEVERS, "generations": 2, "population": 8, "worlds": 3, "fresh": 6}
    asked(on_progress=lambda *now: seen.append(now), **options)
    totals = [total for _, total in seen]
    assert [done for done, _ in seen] == list(range(1, len(seen) + 1))
    assert totals[0] <= OptimiseQuestion(**options).plan().n_runs
    assert all(later <= earlier for earlier, later in pairwise(totals))
    assert totals[-1] == len(seen)


def test_the_known_best_is_found():
    best = max(optimum().again, key=lambda one: one.goals[0])
    assert best.values["money.programme_eur_per_year"] == pytest.approx(1.2e6, abs=1e5)
    assert best.values["practices.meeting_h"] < 0.6
    # Today has one hour of meetings; the peak without any is 1 M + 0.2 M above it, over the two years of a run.
    assert best.goals[0] == pytest.approx(0.6e6, abs=1e5)


def test_the_front_trades_money_for_the_relationship():
    by_gain = sorted(optimum().again, key=lambda one: one.goals[0])
    assert by_gain[0].goals[2] > by_gain[-1].goals[2] + 5
    assert 1 < len(optimum().again) <= 9


def test_a_design_that_was_tried_twice_is_told_once():
    """Three designs to choose from, tried 24 times."""
    search = asked(vary=("practices.meeting_h=0,1,2",), generations=3, population=8, worlds=2, fresh=4)
    hours = [search.tried[place].values["practices.meeting_h"] for place in search.front]
    assert sorted(hours) == [0, 1, 2]


def test_the_design_that_gains_most_where_it_is_chosen_is_recommended():
    gains = (np.full(10, 4.0), np.r_[np.full(5, 20.0), np.full(5, -2.0)], np.full(10, np.nan), np.full(10, -9.0))
    lived = [Tried({}, one, np.full(10, 50.0)) for one in gains]
    assert recommend(lived) == 1
    assert recommend(lived[2:]) == 1
    assert recommend(lived[2:3]) is None
    search = optimum()
    best = max(range(len(search.front)), key=lambda k: search.choosing[k].goals[0])
    assert search.recommended == search.front[best]
    assert search.choosing[best].goals[0] == max(one.goals[0] for one in search.choosing)


def test_worlds_that_choose_tell_no_figures():
    question = OptimiseQuestion(worlds=4, fresh=7, seed=10)
    assert (question.choosing, question.telling) == (range(14, 17), range(17, 21))
    search = optimum(luck_only)
    gaps = [(one.goals[0], other.goals[0]) for one, other in zip(search.choosing, search.again, strict=True)]
    assert all(one != other for one, other in gaps)
    worlds = search.content.tables["fresh_worlds"]
    by_half = worlds.groupby("worlds")["seed"].agg(["min", "max", "nunique"])
    assert by_half.loc["choosing"].tolist() == [4, 33, 30]
    assert by_half.loc["telling"].tolist() == [34, 63, 30]


def test_luck_that_chose_a_design_is_not_told_as_its_gain():
    """Without any effect the best of 96 designs looks good where it was chosen, and like nothing in fresh worlds."""
    search = optimum(luck_only)
    promised = search.tried[search.recommended].gains.mean()
    fresh = search.fresh_gain(search.lived_again(search.recommended))
    assert promised > 2e5
    assert abs(fresh.mean) < 3 * fresh.sd / np.sqrt(fresh.n)
    assert "No design can be told to be better" in search.content.headline


def test_the_answer_says_what_to_choose_and_what_the_search_had_promised():
    choose, brings, sure, hangs, else_ = optimum().conclusion
    assert choose.startswith("What to choose: programme EUR per year ")
    assert "in 30 fresh worlds that had no part in choosing it: " in brings
    assert "contribution +€" in brings
    assert "in the search, one of 96 designs, it had +€" in sure
    assert "in the 30 other fresh worlds that chose it +€" in sure
    assert "with a probability of" in sure
    assert hangs == "What it hangs on: no single assumption can be told apart in 30 replications."  # peak looks at none
    assert else_.startswith("What else: the best relationship score comes with ")
    html = page_of(optimum())
    assert 'id="figure-pareto"' in html
    assert "<h1>The recommended design brings €0 revenue and +" in html  # its books are empty


def test_every_run_carries_its_levers_and_every_world_has_its_draw():
    runs = optimum().runs
    levers = [text.split("=")[0] for text in LEVERS]
    assert list(runs.columns[:3]) == ["seed", *levers]
    today = runs[runs[levers].isna().all(axis=1)]
    assert len(today) == 4 + 60
    lived = {}

    def looked_at(scenario, seed):
        lived.setdefault(seed, set()).add(scenario.market.turbulence)
        return peak(scenario, seed)

    options = {"vary": LEVERS, "generations": 1, "population": 4, "worlds": 3, "fresh": 6}
    drawn = asked(looked_at, **options).plan.assumptions
    assert lived == {seed: {drawn.draw(seed)["market.turbulence"]} for seed in range(9)}
    lived.clear()
    assert asked(looked_at, fixed=True, **options).plan.assumptions is None
    assert set.union(*lived.values()) == {BASE.market.turbulence}


def test_levers_are_not_drawn_and_draws_met_twice_are_told():
    search = asked(vary=("behaviour.trust.start=0.2:0.8", "practices.meeting_h=0:2"), worlds=2, fresh=40, generations=1)
    drawn = search.plan.assumptions
    assert "behaviour.trust.start" not in drawn.paths
    assert search.meets_draws_again is (drawn.n_draws < 42)
    assert search.meets_draws_again is any("a little too good" in said for said in search.content.doubt)


def trusting(scenario: scenarios.Scenario, seed: int) -> Run:
    """Budget pays the more the more people trust each other to begin with."""
    budget, trust = scenario.money.programme_eur_per_year / 1e6, scenario.behaviour.trust.start
    return Run({"contribution_eur": 5e6 + 2e6 * budget * trust, "relationship_score": 50.0})


def test_what_the_gain_hangs_on_is_named():
    options = {"vary": LEVERS[:1], "generations": 1, "population": 8, "worlds": 4, "fresh": 80}
    search = asked(trusting, **options)
    assert search.hangs_on["parameter"].iloc[0] == "behaviour.trust.start"
    assert "What it hangs on most: start" in " ".join(search.conclusion)
    assert asked(trusting, fixed=True, **options).hangs_on.empty


def test_what_may_bring_nothing_is_not_recommended():
    search = optimum(luck_only)
    assert not search.is_better
    assert search.conclusion[0].startswith("What to choose: nothing yet; this did best where it was chosen, but may")
    assert search.content.main.heads[1] == "Best where it was chosen"
    assert not record_of(search.content)["is_better"]
    assert optimum().is_better
    assert optimum().content.main.heads[1] == "Recommended"


def test_few_fresh_worlds_recommend_nothing():
    search = asked(vary=LEVERS, generations=1, population=8, worlds=2, fresh=18)
    assert search.content.headline == "No answer yet: 9 fresh worlds are too few"
    (only,) = search.conclusion
    assert only.startswith("9 fresh worlds say too little to recommend a design: in them programme EUR per year ")
    assert "%" not in only
    assert not search.content.cards


def test_who_is_unbeaten():
    assert unbeaten([[1, 3], [2, 2], [1, 2], [np.nan, 9]]).tolist() == [True, True, False, False]
    assert unbeaten([[1, 1], [1, 1]]).tolist() == [True, True]


@pytest.mark.parametrize("company", scenarios.companies())
def test_every_company_has_its_usual_levers(company):
    paths = [lever.path for lever in usual_levers(scenarios.load(company))]
    assert {"money.programme_eur_per_year", "practices.meeting_every_d", "pay.sales.scheme"} <= set(paths)


def test_a_design_that_is_no_company_ends_no_search():
    vary = ("customers.weight_match=0:1", "customers.weight_story=0:1")
    search = asked(vary=vary, generations=2, population=8, worlds=2, fresh=4)
    sums = [sum(one.values.values()) for one in search.tried]
    assert min(sums) < 1 < max(sums)
    assert [bool(np.isnan(one.gains).all()) for one in search.tried] == [total > 1 for total in sums]
    assert all(sums[place] <= 1 for place in search.front)


CHOOSING, TELLING = 13, 25
"""The last world of each half, of two worlds that search and 24 fresh ones."""
THREE = ("money.programme_eur_per_year=800000,1200000", "practices.meeting_h=0,1,2")


def search_where(monkeypatch, void: tuple[int, ...], last: int) -> Optimum:
    """Hours from 0 to 2 at the best budget are unbeaten; `void` hours are no company under the draw of a world."""

    def allows(self, design, seeds):
        return design.get("practices.meeting_h") not in void or last not in seeds

    monkeypatch.setattr(AgainstToday, "allows", allows)
    return asked(vary=THREE, generations=4, population=8, worlds=2, fresh=24)


@pytest.mark.parametrize("half", [CHOOSING, TELLING])
def test_a_design_that_is_no_company_in_one_fresh_world_is_not_chosen_in_either_half(monkeypatch, half):
    """No hours gain most, 0.6 M a year; void, they leave one hour as the best, which gains 0.5 M by its budget."""
    search = search_where(monkeypatch, (0,), half)
    assert search.n_void == 1
    hours = [search.tried[place].values["practices.meeting_h"] for place in search.front]
    assert sorted(hours) == [1, 2]
    chosen = search.lived_again(search.recommended)
    assert chosen.values["practices.meeting_h"] == 1
    assert chosen.gains == pytest.approx(np.full(12, 5e5))
    sure = search.conclusion[2]
    assert "Left out: 1 design that no other beats in the search, but no allowed company in some fresh world." in sure
    assert "the highest of the 2 designs" in sure
    assert record_of(search.content)["n_left_out"] == 1


def test_where_every_design_is_void_the_headline_says_so(monkeypatch):
    search = search_where(monkeypatch, (0, 1, 2), TELLING)
    assert (search.n_void, search.front, search.recommended) == (3, (), None)
    report = search.content
    assert report.headline == "No answer: no design of the front is an allowed company in every fresh world"
    assert "the search left 3 designs that no other beats" in report.conclusion[0]
    assert "in the 24 fresh worlds" in report.conclusion[0]


def lived(*gains: float, score: float = 50.0, **values: float) -> Tried:
    """A design with these gains."""
    return Tried(values, np.array(gains), np.full(len(gains), score))


NEVER = float("nan")


def test_a_design_that_failed_in_a_bad_world_does_not_look_better_for_it():
    """In the worlds both know, the second gains 11 and the first 10; the second's mean over all it knows is -4.25."""
    both = [lived(10, 10, 10, NEVER), lived(11, 11, 11, -50)]
    assert recommend(both) == 1
    assert {k: one.gains.tolist() for k, one in comparable(both).items()} == {0: [10, 10, 10], 1: [11, 11, 11]}


def test_a_design_that_failed_often_does_not_take_its_worlds_from_the_others():
    often = [lived(99, NEVER, NEVER, NEVER), *[lived(k, k, k, -k) for k in (3.0, 4.0)], lived(*[NEVER] * 4)]
    assert list(comparable(often)) == [1, 2]
    assert comparable(often)[2].gains.tolist() == [4, 4, 4, -4]
    apart = [lived(9, NEVER, NEVER), lived(NEVER, 8, NEVER), lived(NEVER, NEVER, 7)]
    assert {k: one.gains.tolist() for k, one in comparable(apart).items()} == {0: [9]}
    assert comparable(often[3:]) == {}


def optimum_with(again: tuple[Tried, ...]) -> Optimum:
    """Three designs of the front: the first was chosen, the second has the best score, the third the best worst."""
    values = [{"money.programme_eur_per_year": money, "practices.meeting_h": 1.0} for money in (5e5, 6e5, 7e5)]
    choosing = (lived(*[90, 0] * 6), lived(*[20] * 12, score=80), lived(*[30] * 12))
    tried = tuple(Tried(value, one.gains, one.scores) for value, one in zip(values, choosing, strict=True))
    again = tuple(Tried(value, one.gains, one.scores) for value, one in zip(values, again, strict=True))
    question = OptimiseQuestion(vary=LEVERS, fresh=24)
    return Optimum(question, question.plan(), pd.DataFrame(), tried, (0, 1, 2), 0, choosing, again)


def test_a_design_without_figures_is_no_other_recommendation():
    *_, sure, _, else_ = optimum_with((lived(*[9] * 12), lived(*[8] * 12), lived(*[7] * 12))).conclusion
    assert "the best relationship score comes with" in else_
    assert "the highest of the 3 designs that were lived again with a probability of above 99 %" in sure
    unmeasured = optimum_with((lived(*[9] * 12), lived(*[NEVER] * 12), lived(*[7] * 12)))
    *_, sure, _, else_ = unmeasured.conclusion
    assert "600,000" in design_in_words(unmeasured.tried[1])
    assert "600,000" not in else_
    assert "not known" not in sure + else_
    assert "the highest of the 2 designs that were lived again with a probability of above 99 %" in sure
    assert "Left out of the comparison: 1 design that failed in too many of these worlds." in sure
    assert len(unmeasured.content.main.heads) == 3


def ends_from(seed_of_first_failure: int):
    """As `peak`, but runs fail from a seed on."""

    def simulate(scenario: scenarios.Scenario, seed: int) -> Run:
        if seed >= seed_of_first_failure:
            raise ZeroDivisionError(f"world {seed}")
        return peak(scenario, seed)

    return simulate


@pytest.mark.parametrize(
    ("fails_from", "headline", "said"),
    [
        (0, "no design was lived to its end", "no design was lived to its end in the search"),
        (2, "nothing was measured in fresh worlds", "in the 3 fresh worlds that choose, no design and"),
        (5, "nothing was measured of the design that was chosen", "this did best: programme EUR per year 1"),
    ],
)
def test_where_nothing_was_measured_the_headline_says_so(fails_from, headline, said):
    """The search has worlds 0 and 1; 2 to 4 choose, 5 to 7 tell."""
    nothing = asked(ends_from(fails_from), vary=THREE, generations=2, population=8, worlds=2, fresh=6)
    report = nothing.content
    assert report.headline == f"No answer: {headline}"
    (sentence,) = report.conclusion
    assert said in sentence
    assert not report.cards
    assert not report.main.rows
    assert "recommended" not in report.record
    assert not report.tables["designs"]["is_recommended"].any()
    assert headline in page_of(nothing)


def test_types_as_a_whole_are_no_lever():
    with pytest.raises(InputError, match="name single levers, or use sweep"):
        OptimiseQuestion(vary=("practices", "practices.liaison")).plan()


@pytest.mark.parametrize("wrong", [{"worlds": 1}, {"population": 2}, {"generations": 0}, {"fresh": 3}, {"seed": -1}])
def test_an_impossible_search_is_refused(wrong):
    with pytest.raises(InputError, match=next(iter(wrong))):
        OptimiseQuestion(**wrong)


WORDS = ["optimise", "--generations", "1", "--population", "4", "--worlds", "2", "--fresh", "4", "--workers", "1"]


def test_the_command_lives_the_real_model(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    small = ["--set", "run.quarters=1", "--set", "market.prospects_per_day=4"]
    assert run.main([*WORDS, *small, "--out", "x", "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["n_designs"] == 4
    assert not record["says_something"]
    assert set(record["recommended"]) == {lever.path for lever in usual_levers(BASE)}
    assert {"report.html", "designs.csv", "fresh_worlds.csv", "manifest.json"} <= {p.name for p in Path("x").iterdir()}
