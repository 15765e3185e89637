"""Patterns share their runs, and what is reported of them is whole: one page, one figure a pattern."""

import re
from dataclasses import replace
from functools import cache
from html import unescape

import numpy as np
import pandas as pd
import pytest
from plotly.offline import get_plotlyjs

from experiments.designs.company_today import TYPES
from experiments.designs.ensembles import ensemble_of
from experiments.designs.run_table import PlannedRun
from experiments.designs.variant import laid_on
from experiments.execution.code_identity import code_of
from experiments.execution.runner import Settings
from experiments.execution.worker import FailedRun
from experiments.questions.question import StudyInterrupted
from experiments.questions.validate import ablation, knock_outs, reach, survey
from experiments.questions.validate.ask import ValidateQuestion
from experiments.questions.validate.condition_runs import runs_for
from experiments.questions.validate.knock_outs import KNOCK_OUTS
from experiments.questions.validate.mechanisms import MECHANISMS
from experiments.questions.validate.patterns.condition import Condition, identity
from experiments.questions.validate.patterns.evidence import Evidence
from experiments.questions.validate.patterns.observed import Observed, observed
from experiments.questions.validate.patterns.pattern import (
    Finding,
    Judged,
    judge,
    measures_wanted,
    worlds_by_condition,
)
from experiments.questions.validate.patterns.register import PATTERNS, chosen
from experiments.questions.validate.patterns.targets import Above, Estimate
from experiments.questions.validate.result import Validation
from experiments.questions.validate.survey import ANSWERS
from experiments.reporting.report import record_of, text_of
from experiments.statistics.paired import Interval
from experiments.statistics.proportions import wilson
from scenarios import parameters
from scenarios.input_errors import InputError
from tests.asking import page_of, result_of

WANTED = [
    *(f"S{n}" for n in range(1, 13)),
    *(f"V{n}" for n in (1, 2, 4, 5, 6, 7, 10, 13, 14, 16, 17, 18, 19, 20)),
    *(f"G{n}" for n in range(1, 14)),
]
DEFINED = Condition("reference", "defined")


def stand_in_besides() -> dict[str, pd.DataFrame]:
    """Knock-outs without effect, and a survey of companies that answer by chance."""
    rng = np.random.default_rng(1)
    effects = pd.DataFrame(
        [(one.name, kind, "late_revenue_eur", 0.0, -0.01, 0.01, 6) for one in KNOCK_OUTS for kind in TYPES],
        columns=["knock_out", "type", "outcome", "relative", "relative_low", "relative_high", "n"],
    )
    answers = pd.DataFrame({name: rng.random(30) for name in (*ANSWERS, "rules", "interdependence")})
    return {"knock-outs": effects, "answers of a survey": answers}


@cache
def made_up(is_whole: bool = True) -> Validation:
    """A validation on numbers out of thin air; the last pattern's are missing unless it is whole."""
    rng = np.random.default_rng(0)
    conditions = {one for pattern in PATTERNS for one in pattern.conditions}
    names = {one: str(place) for place, one in enumerate(conditions)}
    columns = {name: np.zeros(6) for name in measures_wanted(PATTERNS)}
    table = {name: {key: 1 + 0.1 * rng.random(6) for key in columns} for name in names.values()}
    missing = {} if is_whole else dict.fromkeys(PATTERNS[-1].conditions, "there is no practices.<magic>")
    known = Evidence(table, names, missing, stand_in_besides())
    findings = [judge(pattern, known) for pattern in PATTERNS]
    question = ValidateQuestion(is_quick=True)
    return Validation(question, question.plan(), pd.DataFrame({"seed": [0]}), findings, known)


def test_a_small_company_is_met_in_more_worlds_and_looked_at_in_no_more_than_that():
    (pattern,) = chosen(["V14"])
    small, large = (
        next(one for one in pattern.conditions if one.company == name) for name in ("small_firm", "enterprise")
    )
    worlds = worlds_by_condition([pattern], lambda one: 10)
    assert (worlds[small], worlds[large]) == (80, 10)
    table = {name: {"m": np.arange(200.0)} for name in ("a", "b")}
    seen = Evidence(table, {small: "a", large: "b"}).first(worlds)
    assert [len(seen.values(one, "m")) for one in (small, large)] == [80, 10]
    assert [len(values) for values in seen.together((small, "m"), (large, "m"))] == [10, 10]


def test_all_patterns_are_there_each_with_statement_source_and_checks():
    assert [pattern.id for pattern in PATTERNS] == WANTED
    for pattern in PATTERNS:
        assert pattern.says.endswith(".")
        assert re.match(r"facts \d|model", pattern.source)
        assert pattern.checks
        assert pattern.worlds >= 30


def test_the_same_scenario_is_run_once_however_it_is_asked_for():
    again = DEFINED.but({"practices.sla_tracked": False})  # what defined has anyway
    as_today = Condition("reference")  # today's practices are defined
    assert identity(DEFINED.scenario()) == identity(again.scenario()) == identity(as_today.scenario())
    other = DEFINED.but({"practices.sla_tracked": True})
    runs = runs_for({DEFINED: 3, again: 5, as_today: 2, other: 1})
    assert len(runs.variants) == 2
    assert runs.names[DEFINED] == runs.names[again] == runs.names[as_today] != runs.names[other]
    assert runs.n_worlds == {runs.names[DEFINED]: 5, runs.names[other]: 1}
    assert (runs.n_runs, runs.lives) == (6, {"reference": 6})


def test_patterns_share_conditions():
    wanted = worlds_by_condition(PATTERNS, lambda pattern: pattern.worlds)
    asked = sum(sum(worlds_by_condition([one], lambda pattern: pattern.worlds).values()) for one in PATTERNS)
    made = runs_for(wanted).n_runs
    plan = ValidateQuestion(robustness=0).plan()
    beside = knock_outs.n_runs_of(knock_outs.WORLDS) + survey.n_runs_of(survey.COMPANIES)
    assert made + beside == plan.n_runs == sum(plan.lives.values())
    assert made < asked
    assert made <= 35_000  # half of them of the small firm, which take a quarter of the time


def test_worlds_start_at_the_seed_and_every_run_says_what_it_is_of():
    result = result_of(ValidateQuestion("V17", is_quick=True, seed=40), Settings(workers=1))
    assert result.runs["seed"].tolist() == list(range(40, 46))
    assert set(result.runs["setting"] + result.runs["condition"]) == {"as it isreference, defined"}
    assert result.runs["share_reps_at_quota"].between(0, 1).all()


def test_a_lever_the_model_lacks_makes_a_condition_missing_not_the_whole():
    runs = runs_for({DEFINED: 1, DEFINED.but({"practices.magic": 1}): 1})
    assert runs.n_runs == 1
    assert "there is no practices.magic" in next(iter(runs.missing.values()))


def test_what_is_measured_has_the_same_name_in_every_process():
    """Its name is part of a run's identity: in any other order, finished runs would not be found again."""
    names = measures_wanted(PATTERNS)
    assert list(names) == sorted(set(names))
    assert code_of(Observed(names)) != code_of(Observed(names[::-1]))


def test_only_what_is_asked_for_is_looked_at():
    assert [pattern.id for pattern in chosen(["v10", "S4"])] == ["S4", "V10"]
    with pytest.raises(InputError, match='there is no pattern "V99"; there are: S1, S2, '):
        chosen(["S4", "V99"])
    with pytest.raises(InputError, match="no pattern is named; there are: S1"):
        chosen(["", ""])


def test_the_page_is_one_file_with_one_figure_a_pattern():
    assert list(made_up().figures()) == WANTED
    text = page_of(made_up()).replace(get_plotlyjs(), "the whole of Plotly")
    for name in WANTED:
        assert text.count(f'id="figure-{name}"') == 1
    assert text.index('id="answer"') < text.index('id="evidence"') < text.index('id="made"')
    assert not re.search(r'(?:src|href)="(?:https?:)?//', text)
    assert "default-src 'none'" in unescape(text)


def test_what_cannot_be_measured_is_said_and_escaped():
    validation = made_up(is_whole=False)
    assert not validation.holds
    text = page_of(validation)
    assert "Could not be measured: G13: there is no practices.&lt;magic&gt;" in text
    assert "practices.<magic>" not in text
    assert "G13: there is no practices.<magic>" in text_of(validation.content)
    record = record_of(validation.content)
    assert record["patterns"][-1]["verdict"] == "not measurable"
    assert record["patterns"][-1]["checks"][0]["value"] is None


def test_the_terminal_shows_every_pattern_with_its_source():
    said = text_of(made_up().content)
    for pattern in PATTERNS:
        assert f"{pattern.id} " in said
        assert f"[{pattern.source}]" in said
    assert said.splitlines()[-1].endswith("1 run.")


def test_failed_runs_are_counted():
    whole = replace(made_up(), failures=[FailedRun(PlannedRun(0, "x", 0), "ValueError: no", "")])
    record = record_of(whole.content)
    assert (record["n_failed"], record["runs"]) == (1, 2)
    assert record["failures"] == [{"variant": "x", "seed": 0, "error": "ValueError: no"}]


def test_too_few_draws_are_refused():
    with pytest.raises(InputError, match="at least 2 draws, or 0 for none, not 1"):
        ValidateQuestion(robustness=1)


@pytest.mark.parametrize("n_runs", [3, 8])
def test_what_is_cut_short_is_told_as_far_as_it_was_judged(n_runs):
    """Six runs judge the pattern; those after them are without a mechanism."""
    import simulation

    n_made = 0

    def so_far(scenario, seed):
        """Ctrl-C comes after so many runs."""
        nonlocal n_made
        n_made += 1
        if n_made > n_runs:
            raise KeyboardInterrupt
        return simulation.simulate(scenario, seed)

    question, settings = ValidateQuestion("V17", is_quick=True, ablate=True), Settings(workers=1, simulate=so_far)
    if n_runs < 6:
        with pytest.raises(StudyInterrupted):
            result_of(question, settings)
        return
    result = result_of(question, settings)
    assert result.is_interrupted
    assert result.ablation is None
    assert [one.verdict for one in result.findings] == ["pass"]
    assert record_of(result.content)["is_complete"] is False


# --- what is observed of a run ---


def test_observed_numbers_follow_from_the_books():
    import simulation

    run = simulation.simulate(DEFINED.scenario(), 0)
    numbers = observed(run)
    measured = run.daily[run.first_day :]
    assert sum(numbers[f"response/{name}"] for name in ("within_1h", "within_24h", "later", "never")) == pytest.approx(
        1
    )
    quarters = [numbers[f"quarter/{n}/bookings_eur"] for n in range(1, 9)]
    assert sum(quarters) == pytest.approx(run.outcomes["bookings_eur"])
    assert numbers["closings/last_week"] == pytest.approx(
        np.mean([measured["n_won"][end - 5 : end].mean() for end in range(63, 505, 63)])
    )
    weeks = [numbers[f"closings/week/{back}"] for back in range(1, 14)]
    days = [5] * 12 + [3]
    assert 8 * np.dot(weeks, days) == pytest.approx(run.outcomes["n_won"])
    assert Observed(("win_rate", "nothing"))(run) == {"win_rate": run.outcomes["win_rate"]}


def test_changes_laid_on_where_it_runs_are_those_of_a_file():
    base = DEFINED.scenario()
    changed = laid_on(base, {"segments.*.complexity": 2.0, "behaviour.work.push_days": 0})
    assert changed == DEFINED.but({"segments.*.complexity": 2.0, "behaviour.work.push_days": 0}).scenario()
    assert base == DEFINED.scenario()


# --- switched off, and drawn at random ---


def test_every_mechanism_is_switched_off_by_parameters_there_are():
    known = {parameter.path for parameter in parameters()}
    for mechanism in MECHANISMS:
        assert [path for path, _ in mechanism.off if path not in known] == []
        assert mechanism.breaks <= set(WANTED)
        laid_on(DEFINED.scenario(), dict(mechanism.off))


def test_what_switching_off_did():
    whole, broken = made_up().findings[-1], made_up(is_whole=False).findings[-1]
    assert ablation.result(whole, broken) == ablation.UNKNOWN
    shown = next(one for one in made_up().findings if one.is_shown)
    hidden = next(one for one in made_up().findings if one.is_shown is False)
    assert ablation.result(shown, hidden) == ablation.BREAKS
    assert ablation.result(shown, shown) == ablation.HOLDS
    assert ablation.result(hidden, shown) == ablation.WAS_NOT_THERE


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ((0.10, 0.08, 0.12), (0.03, 0.01, 0.05), ablation.WEAKENS),
        ((0.10, 0.08, 0.12), (0.06, 0.05, 0.07), ablation.HOLDS),  # less, but more than half
        ((0.10, 0.02, 0.18), (0.03, -0.01, 0.07), ablation.HOLDS),  # half, but it may be luck
        ((0.10, 0.08, 0.12), (-0.01, -0.03, 0.01), ablation.BREAKS),
        ((0.03, 0.01, 0.05), (0.10, 0.08, 0.12), ablation.HOLDS),  # more than before
    ],
)
def test_a_pattern_weakens_that_loses_most_of_its_way_from_no_effect(before, after, said):
    def finding(value, low, high):
        """A pattern whose one number should lie above zero."""
        pattern = chosen(["S12"])[0]
        check = replace(pattern.checks[0], target=Above(0))
        return Finding(pattern, (Judged(check, Estimate(value, Interval(low, high), 12)),))

    assert ablation.result(finding(*before), finding(*after)) == said


def test_what_breaks_in_few_worlds_is_asked_again_in_all(monkeypatch):
    """Luck that breaks a pattern in few worlds is undone; what is whole in few is not asked again."""
    asked, question = [], ValidateQuestion("S12,V19")
    findings = [one for one in made_up().findings if one.pattern in question.patterns]

    def answered(wanted, n_worlds, *_):
        """Everything is broken without trust when first asked, nothing when asked again."""
        asked.append({one.name: [(it.id, n_worlds(it)) for it in patterns] for one, patterns in wanted.items()})
        broken = {"trust"} if len(asked) == 1 else set()
        cells = [
            ablation.Cell(it.id, one.name, "breaks" if one.name in broken else "holds", False, n_worlds(it), "", "")
            for one, patterns in wanted.items()
            for it in patterns
        ]
        return {(cell.pattern, cell.mechanism): cell for cell in cells}

    monkeypatch.setattr(ablation, "_cells", answered)
    cells = ablation.ablate(findings, made_up().evidence, question.worlds, lambda settings: {}).cells
    assert [sum(map(len, one.values())) for one in asked] == [2 * len(MECHANISMS), 2]
    assert asked[1]["trust"] == [(pattern.id, pattern.worlds) for pattern in question.patterns]
    assert set(cells["result"]) == {"holds"}
    assert len(cells) == 2 * len(MECHANISMS)
    assert set(cells[cells["mechanism"] != "trust"]["n_worlds"]) < set(range(10, 60))


def test_a_mechanism_is_told_with_what_was_expected_of_it():
    rows = [
        ("V1", "trust", ablation.HOLDS, True),
        ("V13", "trust", ablation.WAS_NOT_THERE, True),
        ("V16", "trust", ablation.WEAKENS, True),
        ("V17", "trust", ablation.HOLDS, False),
        ("V19", "trust", ablation.BREAKS, True),
    ]
    cells = [ablation.Cell(pattern, name, result, expected, 6, "", "") for pattern, name, result, expected in rows]
    told_of = ablation.Ablation(pd.DataFrame(cells, columns=ablation.Cell._fields), ["pay: the model lacks it"])
    assert told_of.in_words == [
        "trust: breaks V19; weakens V16; was expected to break V1 too; cannot tell for V13",
        "pay: the model lacks it",
    ]


def test_the_table_of_draws_tells_with_which_values_each_pattern_shows(tmp_path):
    ensemble = ensemble_of("reference").assumptions
    findings = [made_up().findings, made_up(is_whole=False).findings]
    table = reach.draws_table([ensemble, ensemble], findings)
    assert table["draw"].tolist() == [0, 1]
    assert table["market.turbulence"].tolist() == [ensemble.draw(number)["market.turbulence"] for number in (0, 1)]
    n_checks = sum(len(pattern.checks) for pattern in PATTERNS)
    assert len(table.columns) == 1 + len(ensemble.paths) + len(PATTERNS) + n_checks
    assert table[f"{WANTED[0]}: shown"].tolist() == [made_up().findings[0].is_shown] * 2
    assert table[f"{WANTED[-1]}: shown"].isna().tolist() == [False, True]
    shares = reach.shares_of(PATTERNS, findings)
    assert shares["n"].iloc[[0, -1]].tolist() == [2, 1]
    asked = reach.Reach(shares, table, 2, len(ensemble.paths))
    replace(made_up(), reach=asked).report(tmp_path / "v")
    again = pd.read_csv(tmp_path / "v" / "draws.csv")
    assert again.columns.tolist() == table.columns.tolist()
    assert again["market.turbulence"].tolist() == pytest.approx(table["market.turbulence"].tolist())
    assert "draws.csv beside this page" in (tmp_path / "v" / "report.html").read_text(encoding="utf-8")


def test_ensembles_of_several_companies_are_told_apart_in_the_table_of_draws():
    one = ensemble_of("reference").assumptions
    other = replace(one, name="another", values=one.values[::-1])
    table = reach.draws_table([one, other], [made_up().findings])
    last = one.draw(one.n_draws - 1)["market.turbulence"]
    assert table["reference: market.turbulence"].tolist() == [one.draw(0)["market.turbulence"]]
    assert table["another: market.turbulence"].tolist() == [last]


def test_few_draws_have_no_share():
    def said(n: int) -> str:
        shares = reach.shares_of(PATTERNS[:1], [made_up().findings[:1]] * n)
        return text_of(replace(made_up(), reach=reach.Reach(shares, pd.DataFrame(), n, 7)).content)

    assert re.search(r"S1  shown in \d of 9 draws", said(9))
    assert re.search(r"S1  shown in [\d.]+ % of 10 draws", said(10))
    assert "Under 9 draws of 7 parameters that agree with what is published:" in said(9)


def test_wilson_on_a_worked_number():
    assert wilson(0.5, 100) == pytest.approx((0.404, 0.596), abs=0.001)
    assert wilson(1.0, 10)[1] == pytest.approx(1)
    assert np.isnan(wilson(0.5, 0)).all()
