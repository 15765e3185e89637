"""What a company changes on its way: nothing before its day, learnt over weeks, paid for at once."""

import copy
import pickle

import numpy as np
import pytest

import scenarios
from scenarios import Scenario, ScenarioError
from simulation import CompanyModel, parameters, simulate
from simulation.border import meetings
from simulation.calendar import keep_calendar
from simulation.company import build
from simulation.engine import live_days
from simulation.ledger import Hours

SMALL = {
    "run.quarters": 2,
    "run.warm_up_quarters": 0,
    "people.account_executives": 4,
    "people.sdrs": 2,
    "people.marketers": 4,
    "market.prospects_per_day": 8.0,
    "behaviour.goodwill.start": 0.5,
    "behaviour.change.learnt_d": 20.0,
}


def scenario_with(changes=None):
    return scenarios.with_changes(Scenario(), {**SMALL, **(changes or {})})


def company_with(changes=None):
    return build(scenario_with(changes), 5)


def rule(company, path):
    """The value of a rule as the company now has it."""
    record = company.rules
    for name in path.split("."):
        record = record[name]
    return record[0]


def tables(company):
    """All tables but the rules and the timetable themselves."""
    return {name: getattr(company, name).tobytes() for name in company.layout if name not in ("rules", "timetable")}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("practices.sla", True),
        ("practices.lead_definition", "joint"),
        ("practices.meeting_every_d", 5),
        ("practices.upstream_share", 0.5),
        ("pay.sales.scheme", "commission"),
        ("money.programme_eur_per_year", 100_000.0),
    ],
)
def test_a_change_changes_nothing_before_its_day_and_something_after(path, value):
    usual, changed = company_with(), company_with({f"{path}@40": value})
    for company in (usual, changed):
        live_days(company, 0, 40)
    assert tables(usual) == tables(changed)
    for company in (usual, changed):
        live_days(company, 40, 126)
    assert tables(usual) != tables(changed)


def test_the_day_counts_from_the_end_of_the_warm_up():
    company = company_with({"run.warm_up_quarters": 1, "practices.sla@10": True})
    assert company.timetable["day"].tolist() == [73]


def kept(company, path, days):
    """The rule after each of the first days, the calendar kept and nothing else."""
    values = []
    for today in range(days):
        keep_calendar(company, today)
        values.append(float(rule(company, path)))
    return values


def test_a_number_glides_to_its_new_value_and_gets_there():
    values = kept(company_with({"practices.content_input@5": 0.8}), "practices.content_input", 126)
    assert values[:5] == [0.0] * 5
    assert values[5] == pytest.approx(0.8 / 20)
    assert np.all(np.diff(values) >= 0.0)
    assert values[5 + 20] == pytest.approx(0.8 * (1 - 0.95**21))
    assert values[-1] == 0.8


def test_what_is_yes_or_no_changes_when_half_is_learnt():
    values = kept(company_with({"practices.sla@5": True}), "practices.sla", 60)
    half = int(np.ceil(np.log(0.5) / np.log(0.95)))
    assert values == [0.0] * (5 + half - 1) + [1.0] * (60 - 5 - half + 1)


@pytest.mark.parametrize(
    ("path", "value", "stored"),
    [
        ("practices.lead_definition", "joint", 1.0),
        ("practices.sla_attempts", 7, 7.0),
        ("practices.meeting_every_d", 10, 10.0),  # from never: there is nothing in between
    ],
)
def test_so_do_choices_whole_numbers_and_what_was_off(path, value, stored):
    values = kept(company_with({f"{path}@0": value}), path, 80)
    seen = {v for v in values if not np.isnan(v)}
    before = rule(company_with(), path)
    assert seen == {stored} | (set() if np.isnan(float(before)) else {float(before)})
    assert values[-1] == stored


def test_people_who_get_on_and_train_together_learn_faster():
    def days(changes):
        company = company_with({"practices.sla@0": True, **changes})
        return int(np.flatnonzero(kept(company, "practices.sla", 120))[0])

    usual = days({})
    assert days({"behaviour.goodwill.start": 1.0}) < usual < days({"behaviour.goodwill.start": 0.0})
    assert days({"practices.joint_training_h_per_quarter": 8.0}) < usual


def test_the_next_change_of_a_lever_begins_where_the_last_one_went():
    company = company_with({"practices.content_input@0": 0.8, "practices.content_input@100": 0.2})
    values = kept(company, "practices.content_input", 126)
    assert values[99] == pytest.approx(0.8, abs=0.01)
    assert values[99] > values[-1] > 0.2
    assert np.all(np.diff(values[100:]) < 0.0)


def test_and_where_that_one_has_got_to_if_it_is_not_done():
    company = company_with({"practices.content_input@0": 0.8, "practices.content_input@10": 0.1})
    values = kept(company, "practices.content_input", 126)
    assert 0.1 < values[9] < 0.5
    assert abs(values[10] - values[9]) < 0.02
    assert np.all(np.diff(values[10:]) <= 0.0)
    assert values[-1] == 0.1


def test_a_change_takes_its_hours_of_everybody_and_its_money_at_once():
    laws = {"behaviour.change.setup_h": 3.0, "behaviour.change.setup_h_per_day": 1.0, "behaviour.change.setup_eur": 5e3}
    usual, changed = company_with(laws), company_with({**laws, "practices.directory@10": True})
    for company in (usual, changed):
        live_days(company, 0, 30)
    extra = changed.book["coordination"] - usual.book["coordination"]
    assert np.flatnonzero(extra).tolist() == [10]
    assert extra[10] == pytest.approx(5e3)
    for side, table in (("sales", "rep"), ("marketing", "marketer")):
        hours = (changed.book[f"hours_{side}"] - usual.book[f"hours_{side}"])[:14, Hours.MEETING]
        assert hours[:10].max() == 0.0
        assert hours[10:13] == pytest.approx([len(getattr(changed, table))] * 3)
        assert hours[13] == pytest.approx(0.0)


def test_two_changes_at_once_take_twice_the_time():
    company = company_with({"behaviour.change.setup_h": 3.0, "practices.sla@0": True, "practices.directory@0": True})
    given = 0.0
    for today in range(20):
        keep_calendar(company, today)
        given += meetings.setup_hours_today(company)
    assert given == pytest.approx(6.0)


def test_costs_of_every_day_follow():
    company = company_with({"practices.crm_coverage@0": 0.5})
    costs = []
    for today in range(126):
        keep_calendar(company, today)
        costs.append(company.target["coordination_per_day"][0])
    whole = company_with({"practices.crm_coverage": 0.5}).target["coordination_per_day"][0]
    assert np.all(np.diff(costs) >= 0.0)
    assert costs[-1] == pytest.approx(whole)


def test_roles_and_money_are_laid_down_anew():
    changes = {"practices.upstream_share": 0.5, "money.programme_eur_per_year": 400_000.0}
    company = company_with({f"{path}@0": value for path, value in changes.items()})
    for today in range(126):
        keep_calendar(company, today)
    other = company_with(changes)
    assert company.marketer["is_upstream"].tolist() == other.marketer["is_upstream"].tolist() == [0, 0, 1, 1]
    assert company.budget["programme_per_day"][0] == pytest.approx(other.budget["programme_per_day"][0])


def test_money_that_had_moved_stays_where_it_was_moved_to():
    company = company_with({"money.sales_support_eur_per_year": 100_000.0, "practices.sla@0": True})
    company.budget["share_for_sales"] += 0.1
    share = company.budget["share_for_sales"][0]
    keep_calendar(company, 0)
    assert company.budget["share_for_sales"][0] == pytest.approx(share)


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("practices.sla@x", True, "is no change; write it like practices.sla@252"),
        ("market.turbulence@10", 2.0, "is no change; write it like practices.sla@252, of practices, pay, money"),
        ("practices.slaa@10", True, "there is no practices.slaa"),
        ("practices.sla@10", "perhaps", "cannot be 'perhaps'"),
        ("practices.content_input@10", 1.5, "cannot be 1.5: must be at least 0 and at most 1"),
        ("practices.sla@126", True, "comes after the run of 126 working days"),
        ("practices.head_of_sales_from@10", "best_seller", "would change nothing: who heads Sales"),
        ("pay.sales.quota_eur_per_quarter@10", 1.0, "would change nothing: later quotas follow"),
    ],
)
def test_an_entry_that_cannot_be_kept_is_refused_with_a_sentence(key, value, said):
    written = {**scenarios.resolved(scenario_with()), "calendar": {key: value}}
    with pytest.raises(ScenarioError, match="calendar") as refused:
        scenarios.from_resolved(written)
    assert said in str(refused.value)


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda company: pickle.loads(pickle.dumps(company))])
def test_a_copy_of_a_company_is_on_its_own_and_lives_the_same_life(copied):
    company = company_with({"practices.content_input@5": 0.8, "practices.sla@20": True})
    live_days(company, 0, 30)
    other = copied(company)
    live_days(company, 30, 100)
    assert rule(other, "practices.sla") == 0  # what happens to one happens to one
    live_days(other, 30, 100)
    assert all(same(getattr(company, name), getattr(other, name)) for name in company.layout)


def same(one, other):
    """Whether two tables hold the same, whatever lies between their columns."""
    if one.dtype.names:
        return all(same(one[name], other[name]) for name in one.dtype.names)
    return np.array_equal(one, other, equal_nan=one.dtype.kind == "f")


def test_both_paths_keep_the_same_calendar():
    scenario = scenario_with(
        {"practices.content_input@5": 0.8, "practices.sla@20": True, "practices.meeting_every_d@9": 5}
    )
    model = CompanyModel(scenario, rng=3)
    slow, fast = model.run(), simulate(scenario, 3)
    model.release()
    assert slow.outcomes == fast.outcomes


def test_a_value_has_its_place_in_the_record():
    word, kind = parameters.word_of(Scenario, "practices.content_input")
    record = parameters.record(scenario_with({"practices.content_input": 0.37}))
    assert kind == np.float64
    assert record.view(np.float64).reshape(-1)[word] == 0.37
