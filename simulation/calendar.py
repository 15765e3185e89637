"""What a company changes on its way: when it begins, what it costs, and how people come to do it.

A number glides from the old value to the new one as people learn; what is yes or no, or a choice, changes when half is
learnt. People who get on with each other learn faster, and so do those who train together. What was laid down on the
first day (roles, and what practices cost every day) is laid down anew.
"""

from typing import Any

import numpy as np

from scenarios import Scenario
from scenarios.calendar import planned
from scenarios.run_length import DAYS_PER_QUARTER
from simulation import ledger, parameters, tape
from simulation.agents import manager, marketer
from simulation.border import goodwill, meetings
from simulation.compiled import compiled
from simulation.management import budget, targets
from simulation.queues import NOBODY
from simulation.tables import overwrite
from simulation.tape import Event

TIMETABLE = np.dtype(
    [
        ("day", "i8"),  # from which on
        ("word", "i8"),  # where in `rules` the lever stands
        ("is_number", "i8"),  # glides from the old value to the new one
        ("before", "f8"),  # its old value; of what is no number, the bits of it
        ("after", "f8"),  # its new value
        ("use", "f8"),  # how far it is done, 0..1
    ]
)
LEARNING = np.dtype([("setup_h", "f8")])  # hours that everybody still has to give to what is changed


def timetable(scenario: Scenario, rules: np.ndarray) -> np.ndarray:
    """The changes of a scenario in the order of their days; `rules` is its record."""
    rows: list[tuple[Any, ...]] = []
    now = {}
    changes = sorted((planned(key, value) for key, value in scenario.calendar.items()), key=lambda one: one.day)
    for change in changes:
        word, kind = parameters.word_of(Scenario, change.path)
        changed = parameters.record(scenario.with_lever(change.path, change.value))
        after = _bits(changed, word)
        before = now.get(word, _bits(rules, word))
        glides = kind == np.float64 and not np.isnan([before, after]).any()
        day = scenario.run.warm_up_quarters * DAYS_PER_QUARTER + change.day
        rows.append((day, word, int(glides), before, after, 0.0))
        now[word] = after
    return np.array(rows, TIMETABLE)


def _bits(rules: np.ndarray, word: int) -> float:
    return float(np.asarray(rules).view(np.float64).reshape(-1)[word])


@compiled
def keep_calendar(company, today):
    """In the morning: what is decided for today begins, and people do more of what is new."""
    company.learning[0].setup_h -= meetings.setup_hours_today(company)  # what everybody gave to it yesterday
    laws, moved, is_any = company.rules[0].behaviour.change, budget.moved_from_plan(company), False
    for place in range(company.timetable.shape[0]):
        row = company.timetable[place]
        if today < row.day or row.use >= 1.0:
            continue
        was, is_any = row.use, True
        if today == row.day:
            company.learning[0].setup_h += laws.setup_h
            ledger.coordinate(company, laws.setup_eur, today)
            _take_over(company, place)
            tape.write(company, today, Event.PRACTICE_CHANGES, (place, NOBODY), 0.0)
        row.use += learning_rate(company) * (1.0 - row.use)
        if row.use > laws.learnt_enough:
            row.use = 1.0
        if row.is_number:
            overwrite(company.rules, 0, row.word, row.before + row.use * (row.after - row.before))
        elif was < 0.5 <= row.use:
            overwrite(company.rules, 0, row.word, row.after)
    if is_any:
        _lay_down_anew(company, moved)


@compiled
def _take_over(company, place):
    """A change of a number begins where an earlier one has got to by then, and ends it."""
    row = company.timetable[place]
    for other in range(place):
        earlier = company.timetable[other]
        if row.is_number and earlier.is_number and earlier.word == row.word and earlier.use < 1.0:
            row.before = earlier.before + earlier.use * (earlier.after - earlier.before)
            earlier.use = 1.0


@compiled
def _lay_down_anew(company, moved):
    """What follows from practices and is laid down on the first day: roles, daily costs, and the money there is."""
    manager.take_roles(company)
    marketer.take_roles(company)
    targets.count_daily_costs(company)
    budget.plan_anew(company, moved)


@compiled
def learning_rate(company):
    """Share of what people do not do yet of something new that they come to do in a day.

    Worked number: an account of 0.5, no training and 42 days give 0.024: half of it after 29 days.
    """
    laws, practices = company.rules[0].behaviour.change, company.rules[0].practices
    faster = (0.5 + goodwill.mean_of_both(company)) * (
        1.0 + laws.by_training_h * practices.joint_training_h_per_quarter
    )
    return min(1.0, faster / laws.learnt_d)
