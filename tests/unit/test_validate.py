"""Patterns share their runs, and what is reported of them is whole: one page, one figure a pattern."""

import re
from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest
from plotly.offline import get_plotlyjs

from experiments.designs.run_table import PlannedRun
from experiments.designs.variant import Variant, laid_on
from experiments.execution.runner import RunTable
from experiments.execution.worker import FailedRun, FinishedRun
from experiments.questions.validate import ablation, robustness
from experiments.questions.validate import report as validate_report
from experiments.questions.validate.ask import Plan, Validation, design_of
from experiments.questions.validate.ask_all import Answers, Asked
from experiments.questions.validate.patterns.arm import Arm, identity
from experiments.questions.validate.patterns.evidence import Evidence
from experiments.questions.validate.patterns.observed import Observed, observed
from experiments.questions.validate.patterns.pattern import Finding, Judged, judge, measures_wanted, worlds_by_arm
from experiments.questions.validate.patterns.register import PATTERNS, chosen
from experiments.questions.validate.patterns.targets import Above, Estimate
from experiments.questions.validate.report import exhibits_of, page, short, terminal_text
from experiments.statistics.paired import Interval
from experiments.store.provenance import PROJECT, Provenance
from scenarios import parameters
from scenarios.input_errors import InputError

MADE = Provenance("python run.py validate", "2026-11-22T10:00:00+00:00", "abc123", None, {PROJECT: "0.1.0"})
WANTED = [*(f"S{n}" for n in range(1, 13)), *(f"V{n}" for n in (1, 2, 4, 5, 6, 7, 10, 13, 14, 16, 17, 18, 19, 20))]
DEFINED = Arm("reference", "defined")


@cache
def made_up(is_whole: bool = True) -> Validation:
    """A validation on numbers out of thin air; the last pattern's are missing unless it is whole."""
    rng = np.random.default_rng(0)
    names = {arm: str(place) for place, arm in enumerate({arm for one in PATTERNS for arm in one.arms})}
    columns = {name: np.zeros(6) for name in measures_wanted(PATTERNS)}
    table = {name: {key: 1 + 0.1 * rng.random(6) for key in columns} for name in names.values()}
    missing = {} if is_whole else dict.fromkeys(PATTERNS[-1].arms, "there is no practices.<magic>")
    known = Evidence(table, names, missing)
    findings = [judge(pattern, known) for pattern in PATTERNS]
    return Validation(Plan(is_quick=True), findings, known, RunTable([FinishedRun(PlannedRun(0, "0", 0), {})]))


def test_a_small_company_is_met_in_more_worlds_and_looked_at_in_no_more_than_that():
    (pattern,) = chosen("V14")
    small, large = (next(arm for arm in pattern.arms if arm.company == name) for name in ("small_firm", "enterprise"))
    worlds = worlds_by_arm([pattern], lambda one: 10)
    assert (worlds[small], worlds[large]) == (80, 10)
    table = {name: {"m": np.arange(200.0)} for name in ("a", "b")}
    seen = Evidence(table, {small: "a", large: "b"}).first(worlds)
    assert [len(seen.values(arm, "m")) for arm in (small, large)] == [80, 10]
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
    as_today = Arm("reference")  # today's practices are defined
    assert identity(DEFINED.scenario()) == identity(again.scenario()) == identity(as_today.scenario())
    other = DEFINED.but({"practices.sla_tracked": True})
    design = design_of({DEFINED: 3, again: 5, as_today: 2, other: 1})
    assert len(design.runs) == 2
    assert design.names[DEFINED] == design.names[again] == design.names[as_today] != design.names[other]
    assert len(design.rows) == 5 + 1
    assert [row.number for row in design.rows] == list(range(6))
    assert {row.seed for row in design.rows if row.variant == design.names[DEFINED]} == set(range(5))


def test_patterns_share_arms():
    wanted = worlds_by_arm(PATTERNS, lambda pattern: pattern.worlds)
    asked = sum(sum(worlds_by_arm([one], lambda pattern: pattern.worlds).values()) for one in PATTERNS)
    made = len(design_of(wanted).rows)
    assert made < asked
    assert made <= 27_000  # half of them of the small firm, which take a quarter of the time


def test_worlds_start_at_the_seed():
    assert {row.seed for row in design_of({DEFINED: 2}, seed=40).rows} == {40, 41}


def test_a_lever_the_model_lacks_makes_an_arm_missing_not_the_whole():
    design = design_of({DEFINED: 1, DEFINED.but({"practices.magic": 1}): 1})
    assert len(design.rows) == 1
    assert "there is no practices.magic" in next(iter(design.missing.values()))


def test_only_what_is_asked_for_is_looked_at():
    assert [pattern.id for pattern in chosen("v10, S4")] == ["S4", "V10"]
    with pytest.raises(InputError, match='there is no pattern "V99"; there are: S1, S2, '):
        chosen("S4,V99")
    with pytest.raises(InputError, match="no pattern is named; there are: S1"):
        chosen(" , ")


def test_the_page_is_one_file_with_one_figure_a_pattern():
    found = Answers(made_up())
    exhibits = exhibits_of(found.validation)
    assert [exhibit.name for exhibit in exhibits] == WANTED
    text = page(found, exhibits, MADE).replace(get_plotlyjs(), "the whole of Plotly")
    for name in WANTED:
        assert text.count(f'id="figure-{name}"') == 1
    assert text.index('id="verdicts"') < text.index('id="figures"') < text.index('id="origin"')
    assert not re.search(r'(?:src|href)="(?:https?:)?//', text)
    assert "default-src 'none'" in text


def test_what_cannot_be_measured_is_said_and_escaped():
    found = Answers(made_up(is_whole=False))
    assert not found.validation.passes
    text = page(found, exhibits_of(found.validation), MADE)
    assert "there is no practices.&lt;magic&gt;" in text
    assert "practices.<magic>" not in text
    assert "V20: there is no practices.<magic>" in terminal_text(found)
    assert short(found)["patterns"][-1]["verdict"] == "not measurable"
    assert short(found)["patterns"][-1]["checks"][0]["value"] is None


def test_the_terminal_shows_every_pattern_with_its_source():
    said = terminal_text(Answers(made_up()))
    for pattern in PATTERNS:
        assert f"{pattern.id} " in said
        assert f"[{pattern.source}]" in said
    assert said.splitlines()[-1].endswith("1 run.")


def test_failed_runs_are_counted():
    table = RunTable(failures=[FailedRun(PlannedRun(0, "x", 0), "ValueError: no", "")])
    whole = Validation(Plan(), made_up().findings, made_up().evidence, table)
    assert validate_report.failed(Answers(whole)) == "1 run failed, e.g. ValueError: no"


def test_too_few_draws_are_refused():
    with pytest.raises(InputError, match="at least 2 draws, not 1"):
        Asked(n_draws=1)


# --- what is observed of a run ---


def test_observed_numbers_follow_from_the_books():
    import simulation

    run = simulation.simulate(DEFINED.scenario(), 0)
    told = observed(run)
    measured = run.daily[run.first_day :]
    assert sum(told[f"response/{name}"] for name in ("within_1h", "within_24h", "later", "never")) == pytest.approx(1)
    quarters = [told[f"quarter/{n}/bookings_eur"] for n in range(1, 9)]
    assert sum(quarters) == pytest.approx(run.outcomes["bookings_eur"])
    assert told["closings/last_week"] == pytest.approx(
        np.mean([measured["n_won"][end - 5 : end].mean() for end in range(63, 505, 63)])
    )
    weeks = [told[f"closings/week/{back}"] for back in range(1, 14)]
    days = [5] * 12 + [3]
    assert 8 * np.dot(weeks, days) == pytest.approx(run.outcomes["n_won"])
    assert Observed(frozenset({"win_rate", "nothing"}))(run) == {"win_rate": run.outcomes["win_rate"]}


def test_changes_laid_on_where_it_runs_are_those_of_a_file():
    base = DEFINED.scenario()
    changed = laid_on(base, {"segments.*.complexity": 2.0, "behaviour.work.push_days": 0})
    assert changed == DEFINED.but({"segments.*.complexity": 2.0, "behaviour.work.push_days": 0}).scenario()
    assert base == DEFINED.scenario()


# --- switched off, and drawn at random ---


def test_every_mechanism_is_switched_off_by_parameters_there_are():
    known = {parameter.path for parameter in parameters()}
    for mechanism in ablation.MECHANISMS:
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
        pattern = chosen("S12")[0]
        check = replace(pattern.checks[0], target=Above(0))
        return Finding(pattern, (Judged(check, Estimate(value, Interval(low, high), 12)),))

    assert ablation.result(finding(*before), finding(*after)) == said


def test_what_breaks_in_few_worlds_is_asked_again_in_all(monkeypatch):
    """Luck that breaks a pattern in few worlds is undone; what is whole in few is not asked again."""
    asked, plan = [], Plan("S12,V19")
    found = replace(made_up(), plan=plan)

    def answered(_, wanted, n_worlds, *__):
        """Everything is broken without trust when first asked, nothing when asked again."""
        asked.append({one.name: [(it.id, n_worlds(it)) for it in patterns] for one, patterns in wanted.items()})
        broken = {"trust"} if len(asked) == 1 else set()
        cells = [
            ablation.Cell(it.id, one.name, "breaks" if one.name in broken else "holds", False, n_worlds(it), "", "")
            for one, patterns in wanted.items()
            for it in patterns
        ]
        return {(cell.pattern, cell.mechanism): cell for cell in cells}, RunTable(
            [FinishedRun(PlannedRun(0, "0", 0), {})]
        )

    monkeypatch.setattr(ablation, "_asked", answered)
    cells = ablation.ablate(found).cells
    assert [sum(map(len, one.values())) for one in asked] == [2 * len(ablation.MECHANISMS), 2]
    assert asked[1]["trust"] == [(pattern.id, pattern.worlds) for pattern in plan.patterns]
    assert set(cells["result"]) == {"holds"}
    assert len(cells) == 2 * len(ablation.MECHANISMS)
    assert set(cells[cells["mechanism"] != "trust"]["n_worlds"]) < set(range(10, 60))


def test_draws_cover_every_plausible_range_once():
    uncertain = robustness.uncertain()
    assert len(uncertain) > 80
    assert not any(parameter.path.startswith(("practices", "pay", "money", "people")) for parameter in uncertain)
    draws = robustness.draws_of(uncertain, 10, seed=1)
    for parameter in uncertain:
        low, high = parameter.plausible
        values = sorted(draw[parameter.path] for draw in draws)
        assert low <= values[0]
        assert values[-1] <= high
    half_life = sorted(draw["market.interest_half_life_d"] for draw in draws)  # 10 to 60, ten equal parts
    assert [int((value - 10) / 5) for value in half_life] == list(range(10))
    assert draws == robustness.draws_of(uncertain, 10, seed=1)


def test_the_table_of_draws_tells_with_which_values_each_pattern_shows(tmp_path):
    drawn = [(values, 0) for values in robustness.draws_of(robustness.uncertain(), 3, seed=1)]
    found = {0: made_up().findings, 2: made_up(is_whole=False).findings}  # draw 1 was no possible company
    table = robustness.draws_table(drawn, found)
    assert table["draw"].tolist() == [0, 2]
    assert table["market.turbulence"].tolist() == [drawn[0][0]["market.turbulence"], drawn[2][0]["market.turbulence"]]
    n_checks = sum(len(pattern.checks) for pattern in PATTERNS)
    assert len(table.columns) == 2 + len(drawn[0][0]) + len(PATTERNS) + n_checks
    assert table[f"{WANTED[0]}: shown"].tolist() == [made_up().findings[0].is_shown] * 2
    assert table[f"{WANTED[-1]}: shown"].isna().tolist() == [False, True]
    shares = robustness._shares(list(found.values()), PATTERNS)
    assert shares["n"].iloc[[0, -1]].tolist() == [2, 1]
    asked = robustness.Robustness(shares, table, 3, len(drawn[0][0]), 0, 1, RunTable())
    validate_report.save(Answers(made_up(), robustness=asked), MADE, tmp_path / "v")
    again = pd.read_csv(tmp_path / "v" / "draws.csv")
    assert again.columns.tolist() == table.columns.tolist()
    assert again["market.turbulence"].tolist() == pytest.approx(table["market.turbulence"].tolist())
    assert "draws.csv beside this page" in (tmp_path / "v" / "validation.html").read_text(encoding="utf-8")


def test_a_company_keeps_what_its_own_file_says():
    design = robustness._design([chosen("S6")[0]], {"market.share_ready": 0.2, "market.need_spread": 0.9}, 0, 0)
    for arm in design.runs.values():
        assert isinstance(arm, Variant)
        assert dict(arm.changes) == {"market.need_spread": 0.9}  # the small firm says how many are ready


def test_what_an_arm_sets_itself_is_not_drawn():
    design = robustness._design([chosen("V19")[0]], {"behaviour.trust.start": 0.7, "behaviour.trust.up": 0.05}, 0, 0)
    changes = {tuple(arm.changes) for arm in design.runs.values()}
    usual = (("behaviour.trust.start", 0.7), ("behaviour.trust.up", 0.05))  # arms without bad blood
    assert changes == {(("behaviour.trust.up", 0.05),), usual}


def test_a_draw_no_company_may_have_is_pulled_to_our_numbers():
    values = {"market.share_ready": 0.36, "customers.renewal_at_worst": 0.99, "customers.renewal_at_best": 0.8}
    pulled, n_pulls = robustness._allowed(values, [chosen("V1")[0]])
    assert n_pulls > 0
    assert pulled["customers.renewal_at_worst"] <= pulled["customers.renewal_at_best"]


def test_wilson_on_a_worked_number():
    assert robustness.wilson(0.5, 100) == pytest.approx((0.404, 0.596), abs=0.001)
    assert robustness.wilson(1.0, 10)[1] == pytest.approx(1)
    assert np.isnan(robustness.wilson(0.5, 0)).all()
