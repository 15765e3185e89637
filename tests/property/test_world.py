"""A world is drawn from its key alone, shared by all who live in it, and written by nobody."""

import hashlib

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import scenarios
from scenarios import Scenario
from simulation import parameters, simulate, world
from simulation.company import build
from tests.scenario_strategies import PARAMETERS, SEEDS, companies, scenario_of, values_of
from tests.tables import different_tables

OURS_TO_CHOOSE = sorted(path for path in PARAMETERS if path.split(".")[0] in ("practices", "pay", "money", "people"))
BASE = scenarios.with_changes(Scenario(), {"run.quarters": 1, "run.warm_up_quarters": 0})
PRACTICES = ("undefined", "defined", "aligned", "integrated")


def key_of(scenario, seed=0):
    return world.key_of(scenario, seed, parameters.record(scenario), parameters.table(scenario.segments))


def world_of(scenario, seed=0):
    return world.world_of(scenario, seed, parameters.record(scenario), parameters.table(scenario.segments))


def digest(one):
    return hashlib.sha256(b"".join(table.tobytes() for _, table in one.tables())).hexdigest()


@pytest.fixture(autouse=True)
def _no_worlds():
    world._kept.clear()


@settings(max_examples=25, phases=[Phase.generate])
@given(changes=companies(), seed=SEEDS, data=st.data())
def test_who_lives_in_a_shared_world_lives_as_in_one_of_its_own_and_leaves_it_as_it_was(changes, seed, data):
    ours = data.draw(st.lists(st.sampled_from(OURS_TO_CHOOSE), unique=True, min_size=1, max_size=20))
    choices = {path: data.draw(values_of(PARAMETERS[path])) for path in ours}
    one, other = scenario_of(changes), scenario_of(changes | choices)
    assert key_of(one, seed) == key_of(other, seed)
    world._kept.clear()
    shared = world_of(one, seed)
    before = digest(shared)
    first, second = simulate(one, seed), simulate(other, seed)
    assert first.company.prospect.ctypes.data == second.company.prospect.ctypes.data == shared.prospect.ctypes.data
    assert digest(shared) == before
    world._kept.clear()
    own = simulate(other, seed)
    assert own.company.prospect.ctypes.data != shared.prospect.ctypes.data
    assert different_tables(own.company, second.company) == []
    assert str(own.outcomes) == str(second.outcomes)


def test_runs_in_any_order_have_the_same_bits():
    wanted = [(name, seed) for name in PRACTICES for seed in (3, 4)]
    short = {"run.quarters": 1, "run.warm_up_quarters": 0}

    def made(rows):
        world._kept.clear()
        found = {(name, seed): simulate(scenarios.load("reference", name, short), seed) for name, seed in rows}
        return {key: run.daily.tobytes() for key, run in found.items()}

    by_company, by_seed = made(wanted), made(sorted(wanted, key=lambda row: row[1]))
    assert by_company == by_seed == made(wanted[::-1])


def test_tables_of_a_world_cannot_be_written():
    company = build(BASE, 0)
    for name, _ in world_of(BASE).tables():
        assert not getattr(company, name).flags.writeable
    with pytest.raises(ValueError, match="read-only"):
        company.prospect["value"][0] = 1.0


@pytest.mark.parametrize("path", sorted(path for path in PARAMETERS if path.startswith(("market.", "run."))))
def test_what_moves_the_market_makes_another_world(path):
    """A number of the market that is not read makes no other world; one that is does, and the world is another."""
    given_now = PARAMETERS[path].default
    changed = scenarios.with_changes(
        BASE, {path: given_now + 1 if isinstance(given_now, int) else given_now * 0.9 + 0.01}
    )
    is_read = path.split(".")[1] in (*world.READ_OF_MARKET, "quarters", "warm_up_quarters")
    assert (key_of(changed) != key_of(BASE)) == is_read


def test_another_first_customer_or_seed_is_another_world():
    more = scenarios.set_value(BASE, "customers.installed_base", BASE.customers.installed_base + 1)
    assert len({key_of(BASE), key_of(BASE, 1), key_of(more)}) == 3


def test_worlds_are_kept_as_long_as_there_is_room(monkeypatch):
    first = world_of(BASE)
    assert world_of(BASE) is first
    monkeypatch.setattr(world, "MOST_BYTES", 2.5 * first.n_bytes)
    for seed in range(1, 4):
        world_of(BASE, seed)
    assert len(world._kept) == 2
    assert world_of(BASE) is not first
    monkeypatch.setattr(world, "MOST_BYTES", 0.0)
    assert world_of(BASE, 9) is world_of(BASE, 9)


def test_looks_lie_in_the_order_of_days_and_inside_windows():
    one = world_of(BASE)
    day = np.repeat(np.arange(BASE.days), np.diff(one.first_look))
    who = one.prospect[one.look["prospect"]]
    assert len(day) == len(one.look) > 100
    assert ((day > who["day_arrived"]) & (day < who["day_window_end"])).all()
    same_day = np.diff(day) == 0
    assert (np.diff(one.look["prospect"])[same_day] >= 0).all()
