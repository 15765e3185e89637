"""The readable path: the same company as a Mesa model, every lead, rep, marketer and manager an agent."""

from typing import Any

import mesa
import numpy as np

from scenarios import Scenario
from simulation import day
from simulation.agents.lead import Lead
from simulation.agents.manager import Manager
from simulation.agents.marketer import Marketer
from simulation.agents.rep import Rep
from simulation.border import meetings, qualification
from simulation.company import build
from simulation.management import capacity, staffing
from simulation.outcomes import Run, sum_up
from simulation.queues import CALENDAR, NOBODY, take_first


class CompanyModel(mesa.Model):
    """A company in its market, one step a working day.

    Agents are handles on the columns in `company`, so AgentSet and DataCollector work as in any Mesa model. Pass
    subclasses as `lead`, `rep`, `marketer` or `manager` to change how they act.
    """

    def __init__(
        self,
        scenario: Scenario,
        rng: int = 0,
        *,
        lead: type[Lead] = Lead,
        people: tuple[type[Rep], type[Marketer], type[Manager]] = (Rep, Marketer, Manager),
    ) -> None:
        """Set up the first morning; `rng` is the seed. Raises ValueError for a seed outside 0 .. 2**63 - 1."""
        super().__init__(rng=np.random.default_rng(rng))  # for users; the model itself draws by key
        self.scenario, self.seed, self.company, self.today = scenario, rng, build(scenario, rng), 0
        rep, marketer, manager = people
        self._lead = lead
        self.leads = [lead(self, row) for row in range(scenario.customers.installed_base)]
        self.reps = [rep(self, row) for row in range(len(self.company.rep))]
        self.marketers = [marketer(self, row) for row in range(len(self.company.marketer))]
        self.managers = [manager(self, row) for row in range(len(self.company.manager))]

    def step(self) -> None:
        """One working day, in the order of `day.live_a_day`; after the last day of the run nothing happens any more."""
        if not self.running:
            return
        company, today = self.company, self.today
        qualification.grow_stale(company, today)
        self.let_prospects_appear()
        self.let_leads_act()
        qualification.read_crm(company, today)
        staffing.look_after_people(company, today)
        meetings.open_diary(company, today)
        capacity.look_at_desks(company)
        for manager in self.managers:
            manager.step()
        meetings.hold(company, today)
        day.live_side_by_side(company, today)
        for marketer in self.marketers:
            marketer.step()
        for rep in self.reps:
            rep.step()
        day.end_the_day(company, today)
        self.today += 1
        self.running = self.today < self.scenario.days

    def let_prospects_appear(self) -> None:
        """The prospects of the day become agents."""
        day.let_prospects_appear(self.company, self.today)
        arrived = int(self.company.state["n_arrived"][0])
        self.leads.extend(self._lead(self, row) for row in range(len(self.leads), arrived))

    def let_leads_act(self) -> None:
        """Every lead that set itself this day acts."""
        while (row := take_first(self.company, CALENDAR, self.today)) != NOBODY:
            self.leads[row].step()

    def run(self) -> Run:
        """Live all days that are left; returns the run, equal to `simulate(scenario, seed)` to the last bit."""
        while self.running:
            self.step()
        return sum_up(self.scenario, self.seed, self.company)

    def release(self) -> None:
        """Let go of all agents, so that the model's memory can be freed (Mesa keeps every model alive otherwise)."""
        agents: Any = mesa.Agent._ids
        self.remove_all_agents()
        agents.pop(self, None)
        self.leads, self.reps, self.marketers, self.managers = [], [], [], []
