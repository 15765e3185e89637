"""Law 4: behaviour is written once. Compiled days and Mesa model agree in every bit of every table, every day."""

import ast

import pytest
from hypothesis import Phase, given, settings

import scenarios
from scenarios import Scenario
from simulation import CompanyModel, day, simulate
from simulation.agents.lead import Lead
from simulation.agents.manager import Manager
from simulation.agents.marketer import Marketer
from simulation.agents.rep import Rep
from simulation.company import build
from simulation.day import DAY
from simulation.engine import live_days
from tests.scenario_strategies import SEEDS, companies, scenario_of
from tests.tables import different_tables

SMALL = Scenario.model_validate({"run": {"quarters": 1}, "market": {"prospects_per_day": 10.0}})


def first_difference(model, company):
    """The first day after which the two paths differ, and in what; None if they never do."""
    for today in range(len(company.book)):
        live_days(company, today, today + 1)
        model.step()
        if where := different_tables(company, model.company):
            return today, where
        assert len(model.leads) == company.known["n_leads"][0]
    return None


@settings(max_examples=90, phases=[Phase.generate])
@given(changes=companies(), seed=SEEDS)
def test_both_paths_agree_in_every_bit_every_day(changes, seed):
    scenario = scenario_of(changes)
    model, company = CompanyModel(scenario, rng=seed), build(scenario, seed)
    assert first_difference(model, company) is None
    whole = simulate(scenario, seed)  # all days in one call, too
    assert different_tables(whole.company, company) == []
    assert str(whole.outcomes) == str(model.run().outcomes)
    model.release()


def test_both_paths_agree_where_people_go_between():
    """With a liaison, exchanges, and every practice of working together, on a desk of its own."""
    changes = {"practices.liaison": True, "practices.rotations_per_year": 6.0, "practices.upstream_share": 0.3}
    scenario = scenarios.load("reference", "integrated", changes={**changes, "run.quarters": 1})
    assert first_difference(CompanyModel(scenario, rng=1), build(scenario, 1)) is None


@pytest.mark.parametrize("left_out", DAY, ids=lambda step: step.do.__name__)
def test_both_paths_walk_one_list(left_out, monkeypatch):
    """Whatever step the Mesa model finds missing in the list, it leaves out."""
    monkeypatch.setattr(day, "DAY", tuple(step for step in DAY if step is not left_out))
    changes = {"practices.meeting_every_d": 5, "practices.crm_coverage": 0.5, "practices.directory@2": True}
    changes |= {"run.quarters": 1}
    scenario = scenarios.load("reference", "defined", changes=changes)
    assert first_difference(CompanyModel(scenario, rng=1), build(scenario, 1)) is not None


def test_the_order_stands_nowhere_else(sources):
    """Only the list names its steps: no function calls one of them, but for the model, where agents do."""
    names = {step.do.__name__ for step in DAY}
    called = {
        (path, node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id)
        for path, text in sources.items()
        if path.startswith("simulation/") and path.endswith(".py")
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name)
    }
    again = {(path, name) for path, name in called if name in names}
    assert again == {
        ("simulation/agents/manager.py", "look_after_people"),  # finding and coaching, not who comes and goes
        ("simulation/mesa_agents.py", "look_after_people"),  # the same
    }


class IdleRep(Rep):
    def prospect(self, hours):
        """Looks for nobody, and forgets to book the time."""


class PatientRep(Rep):
    def press_for_signatures(self, hours):
        """Presses nobody, and has all hours left."""
        return hours


class DeafMarketer(Marketer):
    def do_research(self, hours):
        return hours


class BlindMarketer(Marketer):
    def mind_the_bar(self):
        """Never asks what pays."""


class LazyManager(Manager):
    def lead_on(self, hours):
        """Sets no targets."""


class SilentLead(Lead):
    def step(self):
        """Never acts."""


KINDS = {"lead": Lead, "rep": Rep, "marketer": Marketer, "manager": Manager}


@pytest.mark.parametrize("rebel", [IdleRep, PatientRep, DeafMarketer, BlindMarketer, LazyManager, SilentLead])
@pytest.mark.parametrize("only_some", [False, True])
def test_an_agent_who_acts_otherwise_shows(rebel, only_some):
    name, usual = next((name, kind) for name, kind in KINDS.items() if issubclass(rebel, kind))
    chosen = (lambda row: usual if row % 3 else rebel) if only_some else rebel
    model = CompanyModel(SMALL, rng=1, **{name: chosen})
    assert first_difference(model, build(SMALL, 1)) is not None
    assert (len(model.agents_by_type.get(usual, ())) > 0) == only_some


def test_the_same_agents_under_another_name_do_not_show():
    mine = {name: type(f"My{kind.__name__}", (kind,), {}) for name, kind in KINDS.items()}
    assert first_difference(CompanyModel(SMALL, rng=1, **mine), build(SMALL, 1)) is None


@pytest.mark.parametrize("wrong", [Lead, lambda row: Lead, lambda row: None])
def test_an_agent_of_another_kind_is_refused(wrong):
    with pytest.raises(TypeError, match="must be Rep or a subclass of it"):
        CompanyModel(SMALL, rng=1, rep=wrong)


def test_agents_read_and_write_their_row():
    model = CompanyModel(SMALL, rng=1)
    rep = model.reps[2]
    assert rep.skill == model.company.rep["skill"][2]
    rep.skill = 1.5
    assert model.company.rep["skill"][2] == 1.5
    assert len(model.agents_by_type[Rep]) == len(model.company.rep)
