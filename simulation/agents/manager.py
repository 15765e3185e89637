"""A manager: follows up what was agreed as far as attention goes, sets targets, settles what was earned."""

from enum import IntEnum

import numpy as np

from scenarios.run_length import DAYS_PER_QUARTER
from simulation.agents.handle import Handle
from simulation.border import disputes, meetings
from simulation.compiled import compiled
from simulation.ledger import Hours
from simulation.management import finance_gate, targets


class Role(IntEnum):
    """What a manager heads."""

    SALES = 0
    MARKETING = 1
    COMPANY = 2


MANAGER = np.dtype(
    [
        ("role", "i4"),  # Role
        ("hours", "f8", (len(Hours),)),  # hours spent so far, by what on
    ],
    align=True,
)


MOST_RULING_H = 2.0  # hours a day a manager gives to quarrels; the rest of the company has to be led too


@compiled
def hire_managers(company):
    """The first heads Sales, the second Marketing, the third the company; further ones lead teams in turn.

    Where there are fewer, the first does the rest.
    """
    for manager in range(company.manager.shape[0]):
        company.manager[manager].role = manager if manager < 3 else manager % 2


@compiled
def work_the_day(company, manager, today):
    """A manager's day: meet, follow up, and lead with the rest."""
    hours = begin_the_day(company, manager, today)
    hours = follow_up(company, manager, hours, today)
    hours = finance_gate.work_off(company, manager, hours, today)
    lead_on(company, manager, hours, today)


@compiled
def spend(company, manager, purpose, hours, today):
    """Book hours of a manager."""
    company.book[today].hours_managers[purpose] += hours
    company.manager[manager].hours[purpose] += hours


@compiled
def begin_the_day(company, manager, today):
    """Joint meetings come first; returns the hours that are free."""
    hours = company.rules[0].people.hours_per_day
    met = meetings.hours_today(company, today) + meetings.training_hours(company, today)
    met = min(hours, met + meetings.openness_hours(company, manager))
    spend(company, manager, Hours.MEETING, met, today)
    ruled = disputes.rule(company, min(hours - met, MOST_RULING_H), today)
    spend(company, manager, Hours.DISPUTES, ruled, today)
    return hours - met - ruled


@compiled
def follow_up(company, manager, hours, today):
    """Heads of Sales look after the promised follow-up of leads, with at most half their time; returns the hours left.

    What they can't reach stays untracked.
    """
    rules, state = company.rules[0], company.state[0]
    if manager == 0:
        state.tracking = 0.0
    if company.manager[manager].role != Role.SALES or not (rules.practices.sla and rules.practices.sla_tracked):
        return hours
    needed = rules.people.tracking_h_per_rep * state.n_contactors
    used = min(0.5 * hours, needed * (1.0 - state.tracking))
    state.tracking = state.tracking + used / needed if needed > 0.0 else 1.0
    spend(company, manager, Hours.REPORTS, used, today)
    return hours - used


@compiled
def lead_on(company, manager, hours, today):
    """The rest of the day is leading; the manager at the top sets targets when a quarter begins."""
    spend(company, manager, Hours.ADMIN, hours, today)
    is_top = manager == min(company.manager.shape[0], Role.COMPANY + 1) - 1
    if is_top and today > 0 and today % DAYS_PER_QUARTER == 0:
        targets.set_targets(company, today)


class Manager(Handle, table="manager", columns=MANAGER):
    """A manager as a Mesa agent; override a verb to change how it acts."""

    def step(self) -> None:
        """Work a day, exactly as `work_the_day`, verb by verb."""
        hours = begin_the_day(self.company, self.row, self.today)
        hours = self.follow_up(hours)
        hours = self.check_and_approve(hours)
        self.lead_on(hours)

    def follow_up(self, hours: float) -> float:
        """See that leads are followed up as promised; returns the hours left."""
        return follow_up(self.company, self.row, hours, self.today)  # type: ignore[no-any-return]

    def check_and_approve(self, hours: float) -> float:
        """Check buyers' credit and approve of discounts; returns the hours left."""
        return finance_gate.work_off(self.company, self.row, hours, self.today)  # type: ignore[no-any-return]

    def lead_on(self, hours: float) -> None:
        """Lead, and set targets when it is time."""
        lead_on(self.company, self.row, hours, self.today)
