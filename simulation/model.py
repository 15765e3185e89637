"""The readable path: the same company as a Mesa model, every lead, rep, marketer and manager an agent."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import mesa
import numpy as np

from scenarios import Scenario
from simulation import day
from simulation.company import build
from simulation.finished_run import Run, finished
from simulation.mesa_agents import Handle, Lead, Manager, Marketer, Rep
from simulation.queues import CALENDAR, NOBODY, take_first
from simulation.tape import make_room_for_today

Agent = TypeVar("Agent", bound=Handle)
Kind = type[Agent] | Callable[[int], type[Agent]]
"""A class of agents for all rows of a table, or a function that says for each row which."""


class CompanyModel(mesa.Model):
    """A company in its market, one step a working day.

    Agents are handles on the columns in `company`, so AgentSet and DataCollector work as in any Mesa model. To change
    how they act, pass a subclass as `lead`, `rep`, `marketer` or `manager`, or a function from a row to a class:

        CompanyModel(scenario, rng=1, rep=lambda row: Hunter if row < 2 else Rep).run()
    """

    def __init__(  # noqa: PLR0913  # one keyword for each kind of agent
        self,
        scenario: Scenario,
        rng: int = 0,
        *,
        lead: Kind[Lead] = Lead,
        rep: Kind[Rep] = Rep,
        marketer: Kind[Marketer] = Marketer,
        manager: Kind[Manager] = Manager,
        tape: bool = False,
    ) -> None:
        """Set up the first morning; `rng` is the seed. With a `tape` it writes down what happens, for `Run.tape`.

        Raises ValueError for a seed outside 0 .. 2**63 - 1, TypeError for an agent that is no subclass of its kind.
        """
        super().__init__(rng=np.random.default_rng(rng))  # for users; the model itself draws by key
        self._company_scenario, self.seed, self.company, self.today = scenario, rng, build(scenario, rng, tape=tape), 0
        self._lead = lead
        self.leads: list[Lead] = []
        self.reps = _agents(self, Rep, rep, range(len(self.company.rep)))
        self.marketers = _agents(self, Marketer, marketer, range(len(self.company.marketer)))
        self.managers = _agents(self, Manager, manager, range(len(self.company.manager)))
        self._welcome()

    @property
    def scenario(self) -> Scenario:
        """The company and its market."""
        return self._company_scenario

    @scenario.setter
    def scenario(self, its_own: Any) -> None:
        """From 3.5 on Mesa gives every model a scenario of its own kind, and writes into it: it has no use here."""

    def step(self) -> None:
        """One working day, step by step of `day.DAY`; after the last day of the run nothing happens any more."""
        if not self.running:
            return
        make_room_for_today(self.company)
        for step in day.DAY:
            if step.do in BY_AGENTS:
                BY_AGENTS[step.do](self)
            else:
                step.do(self.company, self.today)
            self._welcome()
        self.today += 1
        self.running = self.today < self.scenario.days

    def let_leads_act(self) -> None:
        """Every lead that set itself this day acts."""
        while (row := take_first(self.company, CALENDAR, self.today)) != NOBODY:
            self.leads[row].step()
            self._welcome()

    def _welcome(self) -> None:
        """Whoever has become known is an agent from now on."""
        if (n_leads := self.company.known["n_leads"].item()) > len(self.leads):
            self.leads.extend(_agents(self, Lead, self._lead, range(len(self.leads), n_leads)))

    def run(self) -> Run:
        """Live all days that are left; returns the run, equal to `simulate(scenario, seed)` to the last bit."""
        while self.running:
            self.step()
        return finished(self.scenario, self.seed, self.company)

    def release(self) -> None:
        """Let go of all agents, so that the model's memory can be freed (Mesa keeps models alive otherwise)."""
        self.remove_all_agents()
        getattr(mesa.Agent, "_ids", {}).pop(self, None)  # before 3.4
        self.leads, self.reps, self.marketers, self.managers = [], [], [], []


def _agents(model: CompanyModel, usual: type[Agent], kind: Kind[Agent], rows: range) -> list[Agent]:
    """An agent for each row, of the class that is `kind`, or that `kind` names for the row."""
    classes = [kind if isinstance(kind, type) else kind(row) for row in rows]
    for row, chosen in zip(rows, classes, strict=True):
        if not (isinstance(chosen, type) and issubclass(chosen, usual)):
            raise TypeError(f"row {row} is to be {chosen!r}: it must be {usual.__name__} or a subclass of it")
    return [chosen(model, row) for row, chosen in zip(rows, classes, strict=True)]


def _act(agents: Iterable[mesa.Agent]) -> None:
    for agent in agents:
        agent.step()


BY_AGENTS: dict[Any, Callable[[CompanyModel], None]] = {
    day.let_leads_act: CompanyModel.let_leads_act,
    day.let_managers_work: lambda model: _act(model.managers),
    day.let_marketers_work: lambda model: _act(model.marketers),
    day.let_reps_work: lambda model: _act(model.reps),
}
"""Steps of the day that agents do themselves; all others are the compiled ones."""
