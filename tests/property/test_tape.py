"""The tape says what the books say: replayed, it gives every state; kept or not, the run is the same."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import Phase, given, settings

import scenarios
from scenarios import Scenario
from simulation import CompanyModel, simulate, tape
from simulation.company import build
from simulation.engine import live_days
from simulation.ledger import N_STATUS
from simulation.measured.tape_in_words import WORDS
from simulation.status import Status
from simulation.tape import Ending, Event, Gathering
from tests.scenario_strategies import SEEDS, companies, scenario_of
from tests.tables import different_tables

# People who come, go, change places and quarrel, in every step of the day.
BUSY = {
    "run.quarters": 2,
    "run.warm_up_quarters": 1,
    "people.turnover_per_year": 0.9,
    "practices.rotations_per_year": 6.0,
    "practices.meeting_every_d": 5,
    "practices.brainstorm_every_d": 20,
    "practices.deal_review_every_d": 20,
    "practices.recycling": True,
    "practices.directory@20": True,
}


def busy(practices="undefined", **changes):
    return scenarios.load("reference", practices, changes={**BUSY, **changes})


def of(run, *events):
    return run.company.tape[np.isin(run.company.tape["what"], events)]


def states_by_the_tape(run):
    """Prospects in each state every evening (D, states), from the tape alone and what there was before it."""
    n = len(run.company.prospect)
    moved, base = np.zeros((run.scenario.days, N_STATUS)), run.scenario.customers.installed_base
    moved[0, Status.TO_COME], moved[0, Status.PROSPECT] = n - base, base
    for row in of(run, Event.PROSPECTS_COME):
        moved[row["day"], [Status.TO_COME, Status.PROSPECT]] += -row["value"], row["value"]
    for row in of(run, Event.PROSPECTS_GO):
        moved[row["day"], [Status.PROSPECT, Status.GONE]] += -row["value"], row["value"]
    status = of(run, Event.STATUS)
    np.add.at(moved, (status["day"], status["about"]), 1)
    np.add.at(moved, (status["day"], status["value"].astype(int)), -1)
    return moved.cumsum(axis=0)


def last_about(rows):
    return dict(zip(rows["who"].tolist(), rows["about"].tolist(), strict=True))


def per_day(run, rows):
    return np.bincount(rows["day"], minlength=run.scenario.days)


def check_that_it_replays(run):
    company, book = run.company, run.daily
    assert (states_by_the_tape(run) == book["in_state"]).all()
    lead = company.lead
    known = dict.fromkeys(lead["prospect"].tolist(), -1)
    assert known | last_about(of(run, Event.OWNER)) == dict(zip(lead["prospect"], lead["owner"], strict=True))
    assert known | last_about(of(run, Event.MARKETER)) == dict(zip(lead["prospect"], lead["marketer"], strict=True))
    assert last_about(of(run, Event.STATUS)) == dict(zip(lead["prospect"], lead["status"], strict=True))
    last_interest = {row["who"]: (row["day"], np.float32(row["value"])) for row in of(run, Event.INTEREST)}
    talked_to = lead[lead["day_interest"] != -1]
    assert last_interest == {row["prospect"]: (row["day_interest"], row["interest"]) for row in talked_to}
    for events, column in COUNTED.items():
        assert (per_day(run, of(run, *events)) == book[column]).all(), column
    status = of(run, Event.STATUS)
    assert len(np.unique(status["who"][status["about"] == Status.MQL])) == book["n_mql"].sum()
    assert (per_day(run, of(run, Event.DISPUTE_OPENED)) == book["n_disputes"]).all()
    opened, closed = (of(run, event) for event in (Event.DISPUTE_OPENED, Event.DISPUTE_CLOSED))
    n_open = np.bincount(opened["who"], minlength=12) - np.bincount(closed["who"], minlength=12)
    assert (n_open == company.dispute["is_open"]).all()
    assert (np.diff(company.tape["day"]) >= 0).all()


COUNTED = {
    (Event.REACHED,): "n_leads",
    (Event.ASKED,): "n_requests",
    (Event.ATTEMPT,): "n_contacts",
    (Event.PUT_ASIDE,): "n_passed_over",
    (Event.SIGNED,): "n_won",
    (Event.COMPLAINT,): "n_complaints",
    (Event.RENEWED,): "n_renewed",
    (Event.RECOMMENDED,): "n_referrals",
    (Event.NOT_PAID,): "n_bad_debts",
    (Event.REP_LEFT,): "n_left",
    (Event.REP_CAME,): "n_hired",
}


@settings(max_examples=20, phases=[Phase.generate])
@given(changes=companies(), seed=SEEDS)
def test_it_replays_what_the_books_say(changes, seed):
    check_that_it_replays(simulate(scenario_of(changes), seed, tape=True))


@pytest.mark.parametrize("practices", ["undefined", "integrated"])
def test_it_replays_a_busy_company(practices):
    run = simulate(busy(practices), 1, tape=True)
    check_that_it_replays(run)
    happened = {Event(what) for what in np.unique(run.company.tape["what"])}
    assert {Event.REP_LEFT, Event.REP_CAME, Event.EXCHANGE_BEGINS, Event.EXCHANGE_ENDS} <= happened
    assert {Event.PRACTICE_CHANGES, Event.CAMPAIGN_RUNS, Event.DESIGN_BEGUN, Event.TARGET} <= happened
    met = set(of(run, Event.MEETING)["who"].tolist())
    assert met | {Gathering.CALLED_MEETING} == set(Gathering)


def test_a_dispute_is_closed_as_it_ended():
    runs = [simulate(busy("undefined", **{"practices.ruling_days": days}), 1, tape=True) for days in (1, 60)]
    ended = [set(of(run, Event.DISPUTE_CLOSED)["about"].tolist()) for run in runs]
    assert Ending.RULED in ended[0]
    assert Ending.RULED not in ended[1]
    assert Ending.DIED_DOWN in ended[1]


@settings(max_examples=10, phases=[Phase.generate])
@given(changes=companies(), seed=SEEDS)
def test_it_takes_part_in_nothing(changes, seed):
    scenario = scenario_of(changes)
    plain, told = simulate(scenario, seed), simulate(scenario, seed, tape=True)
    assert len(plain.company.tape) == plain.company.tape_head["n_entries"][0] == 0
    assert different_tables(plain.company, told.company) == ["tape", "tape_head.n_entries", "tape_head.room"]
    assert str(plain.outcomes) == str(told.outcomes)


def test_the_mesa_path_writes_the_same_rows():
    model = CompanyModel(busy(), rng=1, tape=True)
    run = model.run()
    model.release()
    assert different_tables(run.company, simulate(busy(), 1, tape=True).company) in ([], ["tape_head.room"])


PLAIN = """
import json, sys
import scenarios
from simulation import simulate
from tests.tables import digest
run = simulate(scenarios.load("reference", "undefined", json.loads(sys.argv[1])), 1, tape=True)
print(len(run.company.tape), digest(run.company))
"""


def test_plain_rules_write_the_same_rows(root):
    changes = json.dumps({**BUSY, "run.quarters": 1, "run.warm_up_quarters": 0, "market.prospects_per_day": 8.0})
    said = []
    for is_plain in ("0", "1"):
        environment = {**os.environ, "PYTHONPATH": str(root), "REVENUE_TOGETHER_PLAIN": is_plain}
        command = [sys.executable, "-c", PLAIN, changes]
        said.append(subprocess.run(command, cwd=root, capture_output=True, text=True, env=environment, check=True))
    assert said[0].stdout == said[1].stdout
    assert int(said[0].stdout.split()[0]) > 1000


def test_trust_is_told_once_a_week_pair_by_pair():
    company = build(busy(), 1, tape=True)
    live_days(company, 0, 1)
    told = company.tape[: company.tape_head["n_entries"][0]]
    one = told[told["what"] == Event.TRUST_IN_MARKETER]
    other = told[told["what"] == Event.TRUST_IN_REP]
    assert (company.trust_in_marketer[one["who"], one["about"]].astype("f4") == one["value"]).all()
    assert (company.trust_in_rep[other["who"], other["about"]].astype("f4") == other["value"]).all()
    assert len(one) == len(other) == company.trust_in_rep.size


def test_of_very_many_pairs_only_means_are_told():
    people = {"people.account_executives": 700, "people.sdrs": 0, "people.marketers": 6}
    company = build(busy(**people), 1, tape=True)
    live_days(company, 0, 1)
    told = company.tape[: company.tape_head["n_entries"][0]]
    one = told[told["what"] == Event.TRUST_IN_MARKETER]
    assert len(one) == 700
    assert (one["about"] == -1).all()
    assert one["value"] == pytest.approx(company.trust_in_marketer.mean(axis=1))


def test_a_run_for_which_there_is_too_little_room_is_lived_again(monkeypatch):
    """A row without room is counted and never written."""
    scenario = busy(**{"run.quarters": 1, "run.warm_up_quarters": 0})
    whole = simulate(scenario, 1, tape=True).company
    monkeypatch.setattr(tape, "ENTRIES_PER_PROSPECT", 1)
    monkeypatch.setattr(tape, "ENTRIES_A_DAY", 1)
    company = build(scenario, 1, tape=True)
    room = len(company._growing["tape"])
    live_days(company, 0, scenario.days)
    assert len(company.tape) == room < tape.entries(company) == len(whole.tape)
    assert company.tape.tobytes() == whole.tape[:room].tobytes()
    again = simulate(scenario, 1, tape=True).company
    assert different_tables(again, whole) == ["tape_head.room"]


def test_day_by_day_room_grows_with_what_happens():
    scenario = busy(**{"run.quarters": 1, "run.warm_up_quarters": 0})
    company = build(scenario, 1, tape=True)
    company.tape_head["room"] = tape.entries(company) + 1
    for today in range(scenario.days):
        tape.make_room_for_today(company)
        live_days(company, today, today + 1)
    assert company.tape.tobytes() == simulate(scenario, 1, tape=True).company.tape.tobytes()


def test_a_day_beyond_all_room_is_an_error():
    company = build(busy(), 1, tape=True)
    company.tape_head["room"] = 1
    with pytest.raises(RuntimeError, match="more than there was room for"):
        tape.make_room_for_today(company)


def test_every_event_has_words():
    assert set(WORDS) == set(Event)


def test_the_tape_in_words():
    run = simulate(busy(), 1, tape=True)
    said = run.tape()
    assert list(said) == ["day", "event", "who", "about", "value", "unit"]
    assert len(said) == len(run.company.tape)
    assert (said["event"] != "").all()
    won = said[said["event"] == "signed"].iloc[0]
    price = run.company.lead["price"][run.company.known_as[int(won["who"].split()[1])]]
    assert (won["value"], won["unit"]) == (np.float32(price), "EUR/year")
    assert won["about"].startswith("rep ")
    moved = said[said["event"] == "status"]
    assert "never worked" in set(moved["about"])
    assert set(said.loc[said["event"] == "practice changes", "who"]) == {"practices.directory"}
    assert said.loc[said["event"] == "owner", "about"].str.fullmatch(r"(rep|SDR) \d+|nobody").all()
    assert set(said.loc[said["event"] == "reached", "about"]) <= {
        *run.scenario.channels,
        "a rep's own prospecting",
        "a customer's recommendation",
    }


def test_without_a_tape_there_is_nothing_to_say():
    assert simulate(Scenario.model_validate({"run": {"quarters": 1}}), 0).tape().empty
