"""The Mesa side of people and leads: agents that are handles on one row of the company's columns.

How each acts stands in the file of its kind, in `simulation/agents/`; here it is put together, verb by verb.
"""

from typing import Any

import mesa
import numpy as np

from simulation import quarter_end
from simulation.agents import lead, manager, marketer, rep
from simulation.interest import interest_now
from simulation.ledger import Hours
from simulation.management import finance_gate


def _column(name: str) -> property:
    """A property that reads and writes one column of the agent's row."""

    def read(agent: Any) -> Any:
        return getattr(agent.company, agent.table)[name][agent.row]

    def write(agent: Any, value: Any) -> None:
        getattr(agent.company, agent.table)[name][agent.row] = value

    return property(read, write, doc=f"Column `{name}` of this agent's row.")


class Handle(mesa.Agent):
    """An agent whose state is one row of a table of the company; every column is a property of the same name.

    Subclass an agent and override a verb to change how it acts; only the Mesa path runs such agents.
    """

    table: str

    def __init_subclass__(cls, table: str = "", columns: np.dtype | None = None, **options: Any) -> None:
        super().__init_subclass__(**options)
        if columns is not None:
            cls.table = table
            for name in columns.names or ():
                setattr(cls, name, _column(name))

    def __init__(self, model: mesa.Model, row: int) -> None:
        """Take the row number `row` of this kind of agent."""
        super().__init__(model)
        self.company: Any = model.company  # type: ignore[attr-defined]
        self.row = row

    @property
    def today(self) -> int:
        """The model's present working day."""
        return self.model.today  # type: ignore[attr-defined,no-any-return]


class Lead(Handle, table="lead", columns=lead.LEAD):
    """One lead and later customer, as a Mesa agent."""

    @property
    def interest_today(self) -> float:
        """Interest 0 to 1 on the model's present day."""
        return float(interest_now(self.company, self.row, self.today))

    def step(self) -> None:
        """Do what this lead set itself for today."""
        lead.act(self.company, self.row, self.today)


class Rep(Handle, table="rep", columns=rep.REP):
    """A sales rep as a Mesa agent; override a verb to change how it acts."""

    def step(self) -> None:
        """Work a day, exactly as `work_the_day`, verb by verb."""
        if self.is_vacant:
            rep.stay_empty(self.company, self.row, self.today)
            return
        hours = rep.begin_the_day(self.company, self.row, self.today)
        hours = self.press_for_signatures(hours)
        share = self.plan_the_day()
        left = self.follow_up_leads(hours, hours * share[Hours.LEADS])
        left = self.sell(left, hours * share[Hours.OPPORTUNITIES])
        left = self.onboard(left, hours * share[Hours.CUSTOMERS])
        slack = hours * share[Hours.IDLE]
        rep.rest(self.company, self.row, left, slack, self.today)
        self.prospect(left - min(left, slack))

    def press_for_signatures(self, hours: float) -> float:
        """Ask buyers near their decision to sign at quarter's end; returns the hours left of the day."""
        if self.is_sdr:
            return hours
        return quarter_end.press_for_signatures(self.company, self.row, hours, self.today)  # type: ignore[no-any-return]

    def plan_the_day(self) -> np.ndarray:
        """Shares (11,) of the free hours for each use of `Hours`."""
        rep.plan_the_day(self.company, self.row, self.today)
        return self.share  # type: ignore[attr-defined,no-any-return]

    def follow_up_leads(self, hours: float, wanted: float) -> float:
        """Contact marketing leads; returns the hours left of the day."""
        return rep.follow_up_leads(self.company, self.row, hours, wanted, self.today)  # type: ignore[no-any-return]

    def sell(self, hours: float, wanted: float) -> float:
        """Work on opportunities; returns the hours left of the day."""
        return rep.sell(self.company, self.row, hours, wanted, self.today)  # type: ignore[no-any-return]

    def onboard(self, hours: float, wanted: float) -> float:
        """Onboard new customers; returns the hours left of the day."""
        return rep.onboard(self.company, self.row, hours, wanted, self.today)  # type: ignore[no-any-return]

    def prospect(self, hours: float) -> None:
        """Look for buyers on one's own."""
        rep.prospect(self.company, self.row, hours, self.today)


class Marketer(Handle, table="marketer", columns=marketer.MARKETER):
    """A marketer as a Mesa agent; override a verb to change how it acts."""

    def step(self) -> None:
        """Work a day, exactly as `work_the_day`, verb by verb."""
        hours = marketer.begin_the_day(self.company, self.row, self.today)
        hours = self.do_research(hours)
        hours = self.meet_buyers(hours)
        hours = marketer.live_with_sales(self.company, self.row, hours, self.today)
        self.mind_the_bar()
        hours = marketer.correct_campaigns(self.company, self.row, hours, self.today)
        hours = self.work_inquiries(hours)
        share = self.plan_the_day()
        self.make_content(hours * share[Hours.CONTENT])
        self.work_upstream(hours * share[Hours.REPORTS])
        self.campaign(hours * share[Hours.PROSPECTING])

    def do_research(self, hours: float) -> float:
        """Survey the market when it is due; returns the hours left."""
        return marketer.do_research(self.company, self.row, hours, self.today)  # type: ignore[no-any-return]

    def meet_buyers(self, hours: float) -> float:
        """Talk to buyers in person; returns the hours left."""
        return marketer.meet_buyers(self.company, self.row, hours, self.today)  # type: ignore[no-any-return]

    def mind_the_bar(self) -> None:
        """Bend the qualification bar by what pays."""
        marketer.mind_the_bar(self.company, self.row, self.today)

    def work_inquiries(self, hours: float) -> float:
        """See to leads: hand over who asks for a call, score and nurture others; returns the hours left."""
        return marketer.work_inquiries(self.company, self.row, hours, self.today)  # type: ignore[no-any-return]

    def plan_the_day(self) -> np.ndarray:
        """Shares (11,) of the hours that inquiries leave, for each use of `Hours`."""
        marketer.plan_the_day(self.company, self.row)
        return self.share  # type: ignore[attr-defined,no-any-return]

    def make_content(self, hours: float) -> None:
        """Make content."""
        marketer.make_content(self.company, self.row, hours, self.today)

    def work_upstream(self, hours: float) -> None:
        """Prepare tomorrow's business."""
        marketer.work_upstream(self.company, self.row, hours, self.today)

    def campaign(self, hours: float) -> None:
        """Run and redesign campaigns."""
        marketer.campaign(self.company, self.row, hours, self.today)


class Manager(Handle, table="manager", columns=manager.MANAGER):
    """A manager as a Mesa agent; override a verb to change how it acts."""

    def step(self) -> None:
        """Work a day, exactly as `work_the_day`, verb by verb."""
        hours = manager.begin_the_day(self.company, self.row, self.today)
        hours = self.follow_up(hours)
        hours = self.check_and_approve(hours)
        hours = self.look_after_people(hours)
        hours = self.keep_rules(hours)
        hours = self.support_joint_work(hours)
        self.lead_on(hours)

    def follow_up(self, hours: float) -> float:
        """See that leads are followed up as promised; returns the hours left."""
        return manager.follow_up(self.company, self.row, hours, self.today)  # type: ignore[no-any-return]

    def check_and_approve(self, hours: float) -> float:
        """Check buyers' credit and approve of discounts; returns the hours left."""
        return finance_gate.work_off(self.company, self.row, hours, self.today)  # type: ignore[no-any-return]

    def look_after_people(self, hours: float) -> float:
        """Find and coach new reps; returns the hours left."""
        return manager.look_after_people(self.company, self.row, hours, self.today)  # type: ignore[no-any-return]

    def keep_rules(self, hours: float) -> float:
        """Keep the list by which leads are shared out; returns the hours left."""
        return manager.keep_rules(self.company, self.row, hours, self.today)  # type: ignore[no-any-return]

    def support_joint_work(self, hours: float) -> float:
        """Give time to joint work; returns the hours left."""
        return manager.support_joint_work(self.company, self.row, hours, self.today)  # type: ignore[no-any-return]

    def lead_on(self, hours: float) -> None:
        """Lead, and set targets when it is time."""
        manager.lead_on(self.company, self.row, hours, self.today)
