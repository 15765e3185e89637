"""Knock-outs: what is held still stays, levels are measured first, effects are paired and have known answers."""

import numpy as np
import pytest

import scenarios
import simulation
from experiments.designs.company_today import TYPES
from experiments.designs.variant import laid_on
from experiments.execution.runner import Settings
from experiments.questions.validate import knock_outs
from experiments.questions.validate.ask import ValidateQuestion
from experiments.questions.validate.knock_outs import KNOCK_OUTS, KnockOut
from experiments.questions.validate.patterns.evidence import Evidence, NotMeasurable
from experiments.questions.validate.patterns.observed import observed
from experiments.questions.validate.patterns.readings_besides import KnockOutChange
from experiments.questions.validate.relation_held import held
from experiments.reporting.report import record_of, text_of
from scenarios.input_errors import InputError
from tests.asking import page_of, result_of

MIDDLE = {"trust": 0.5, "account": 0.5, "depth": 0.5}
CONDITIONS = knock_outs.types_of("reference")


def evidence(revenue, **levels):
    """What each type had: revenue by world, and the levels by type."""
    table = {}
    for place, kind in enumerate(TYPES):
        measured = {name: np.full(4, values[place]) for name, values in levels.items()}
        money = {name: revenue[place] + np.arange(4.0) for name in knock_outs.OUTCOMES}
        table[kind] = money | measured
    return Evidence(table, {condition: kind for kind, condition in CONDITIONS.items()})


AS_IT_IS = evidence(
    [98.5, 198.5, 298.5, 398.5],
    mean_trust=[0.3, 0.4, 0.6, 0.8],
    mean_account=[0.2, 0.4, 0.6, 0.8],
    mean_depth=[0.1, 0.3, 0.5, 0.9],
)


@pytest.mark.parametrize("one", KNOCK_OUTS, ids=lambda one: one.name)
def test_each_is_done_by_parameters_there_are_in_every_type(one: KnockOut):
    for kind in TYPES:
        laid_on(scenarios.load("reference", kind), dict(one.changes(MIDDLE)))


def test_levels_are_those_of_undefined_and_depth_is_each_types_own():
    levels = knock_outs.levels_of("reference", AS_IT_IS)
    assert {kind: levels[condition] for kind, condition in CONDITIONS.items()} == {
        kind: {"trust": pytest.approx(0.3), "account": pytest.approx(0.2), "depth": pytest.approx(depth)}
        for kind, depth in zip(TYPES, (0.1, 0.3, 0.5, 0.9), strict=True)
    }
    frozen = next(one for one in KNOCK_OUTS if one.name == "trust frozen")
    assert dict(frozen.changes(levels[CONDITIONS["integrated"]]))["behaviour.trust.start"] == pytest.approx(0.3)


def test_effects_are_paired_differences_in_euros_and_of_the_types_own():
    after = evidence([88.5, 198.5, 328.5, 398.5])
    table = knock_outs.effects("reference", AS_IT_IS, {"no disputes": after})
    rows = table[table["outcome"] == "contribution_eur"].set_index("type")
    assert rows["change"].tolist() == [-10, 0, 30, 0]
    assert rows["relative"].tolist() == pytest.approx([-0.1, 0, 0.1, 0])
    assert rows["as_it_is"].tolist() == [100, 200, 300, 400]
    assert (rows["low"] == rows["high"]).all()  # the same in every world: no doubt
    assert set(rows["n"]) == {4}
    found = KnockOutChange("no disputes", "aligned")(Evidence({}, {}, None, {"knock-outs": table}))
    assert (found.value, found.n) == (pytest.approx(0.1), 4)


def test_what_was_not_tried_cannot_be_measured():
    table = knock_outs.effects("reference", AS_IT_IS, {"no disputes": AS_IT_IS})
    with pytest.raises(NotMeasurable, match="trust frozen was not tried in integrated"):
        KnockOutChange("trust frozen", "integrated")(Evidence({}, {}, None, {"knock-outs": table}))
    with pytest.raises(NotMeasurable, match="no knock-outs"):
        KnockOutChange("trust frozen", "integrated")(Evidence({}, {}))


@pytest.mark.parametrize("level", [0.25, 0.75])
def test_what_is_held_stays_where_it_is_held(level):
    changes = {**held(level), "people.turnover_per_year": 0.0}
    run = simulation.simulate(laid_on(scenarios.load("reference", "integrated"), changes), 3)
    numbers = observed(run)
    assert numbers["mean_trust"] == pytest.approx(level, abs=0.03)
    assert numbers["mean_account"] == pytest.approx(level, abs=0.01)
    for column in ("trust_in_marketers", "trust_in_reps", "account_sales"):
        assert np.ptp(run.daily[column][10:]) < 0.05


def test_the_question_measures_first_and_tells_all(monkeypatch):
    few = tuple(one for one in KNOCK_OUTS if one.name in ("accounts frozen", "no disputes"))
    monkeypatch.setattr(knock_outs, "KNOCK_OUTS", few)
    monkeypatch.setattr("experiments.questions.validate.report_besides.KNOCK_OUTS", few)
    monkeypatch.setattr(knock_outs, "QUICK_WORLDS", 3)
    question = ValidateQuestion(knock_outs=True, is_quick=True, company="small_firm")
    plan = question.plan()
    assert plan.n_runs == plan.lives["small_firm"] == 3 * 4 * 3
    result = result_of(question, Settings(workers=1))
    assert len(result.runs) == plan.n_runs
    assert len(result.knock_outs.effects) == 2 * 4 * 2
    levels = result.knock_outs.levels
    assert levels["integrated"]["account"] == levels["undefined"]["account"]
    assert [one.pattern.id for one in result.findings] == ["G5"]
    said = text_of(result.content)
    assert "Company small_firm. Trust is frozen at" in said
    assert "no disputes: tension never breaks out" in said
    assert "knock-outs" in result.figures()
    assert len(record_of(result.content)["knock_outs"]) == 16
    assert 'id="knock-outs"' in page_of(result)


def test_two_companies_are_two_questions():
    one, other = (ValidateQuestion(knock_outs=True, company=name) for name in ("reference", "small_firm"))
    assert one.identity(one.plan()) != other.identity(other.plan())


def test_a_company_there_is_not_is_refused():
    with pytest.raises(InputError, match="nowhere"):
        ValidateQuestion(knock_outs=True, company="nowhere")
