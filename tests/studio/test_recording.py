"""A recording holds all that the page shows: replayed, it gives the books; packed and unpacked, it is the same."""

import dataclasses
import json

import numpy as np
import pytest
from hypothesis import Phase, given, settings

import scenarios
from scenarios import Scenario
from simulation import simulate
from simulation.ledger import N_STATUS
from simulation.measured.days import quarters
from simulation.status import Status
from simulation.tape import Event
from studio.recording import LEFT_OUT, Recording, contribution
from tests.scenario_strategies import SEEDS, companies, scenario_of


def states_replayed(recording):
    """Prospects in each state every evening (D, states), from what the recording says and nothing else."""
    head, column = recording.head, recording.columns()
    moved = np.zeros((head["days"], N_STATUS))
    moved[0, Status.TO_COME] = head["n_prospects"] - head["installed_base"]
    moved[0, Status.PROSPECT] = head["installed_base"]
    moved[:, Status.TO_COME] -= column["came"]
    moved[:, Status.PROSPECT] += column["came"] - column["went"]
    moved[:, Status.GONE] += column["went"]
    status = column["what"] == Event.STATUS
    day, after, before = (column[name][status] for name in ("day", "about", "value"))
    np.add.at(moved, (day, after), 1)
    np.add.at(moved, (day, before.astype(int)), -1)
    return moved.cumsum(axis=0)


@settings(max_examples=20, phases=[Phase.generate])
@given(changes=companies(), seed=SEEDS)
def test_replayed_it_gives_the_books_counts(changes, seed):
    run = simulate(scenario_of(changes), seed, tape=True)
    recording = Recording.of(run)
    assert (states_replayed(recording) == run.daily["in_state"]).all()
    assert (recording.columns()["in_state"] == run.daily["in_state"]).all()


@pytest.fixture(scope="module")
def run():
    return simulate(scenarios.load("small_firm", "undefined"), 3, tape=True)


def test_packed_and_unpacked_it_is_the_same(run):
    recording = Recording.of(
        run, practices="undefined", title="A firm", changes=[{"path": "practices.sla", "value": 1}]
    )
    head = json.loads(json.dumps(recording.head, allow_nan=False))
    assert Recording.unpacked(head, recording.packed()) == recording
    assert hash(Recording.unpacked(head, recording.packed())) == hash(recording)
    assert recording != Recording.of(run)
    assert (head["title"], head["practices"], head["changes"][0]["path"]) == ("A firm", "undefined", "practices.sla")
    assert (head["days"], head["first_day"]) == (567, 63)


def test_the_tape_is_kept_but_for_what_is_not_shown(run):
    tape, column = run.company.tape, Recording.of(run).columns()
    kept = tape[~np.isin(tape["what"], LEFT_OUT)]
    for name in ("day", "what", "who", "about", "value"):
        assert (column[name] == kept[name]).all()
    assert (column["worth"] == run.company.prospect["value"].astype("f4")).all()
    assert (column["segment"] == run.company.prospect["segment"]).all()


def test_what_is_earned_is_what_the_outcome_says(run):
    earned = Recording.of(run).columns()["contribution"]
    assert earned[-1] - earned[run.first_day - 1] == pytest.approx(run.outcomes["contribution_eur"], rel=1e-5)
    assert contribution(run.daily).sum() == pytest.approx(quarters(run)["contribution"].sum())


def test_the_worked_number():
    book = np.zeros(1, [(name, "f8") for name in run_columns()])
    book["bookings_new"], book["bookings_renewal"], book["pay_sales"], book["coordination"] = 1000, 300, 400, 100
    assert contribution(book)[0] == 800


def run_columns():
    from simulation.measured.days import COSTS

    return ("bookings_new", "bookings_renewal", "coordination", *COSTS)


def test_columns_stand_where_numbers_can_be_read(run):
    assert all(at % 8 == 0 for _, _, _, at in Recording.of(run).head["columns"])


def test_it_cannot_be_changed(run):
    with pytest.raises(dataclasses.FrozenInstanceError):
        Recording.of(run).block = b""


def test_a_run_without_a_tape_is_refused():
    quick = Scenario.model_validate({"run": {"quarters": 1}})
    with pytest.raises(ValueError, match="ask for it with simulate"):
        Recording.of(simulate(quick, 0))
