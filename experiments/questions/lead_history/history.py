"""One prospect in one world, evening by evening.

The company is lived day by day and the prospect's row is looked at every evening; what has changed in it since the
evening before is what happened that day.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from experiments.observation.lead_events import Evening, events_between
from experiments.wording.numbers import counted
from simulation.measured.lead_fates import Fate, customers_of, fates_of_all


@dataclass(frozen=True)
class History:
    """One prospect in one world: `events` as (day, words), and its evenings from the day it appeared.

    `status`, `interest` and `trust` (of its rep in its marketer, NaN without one) have one value an evening from
    `first_day` on; `margin_eur` is what it brought in the measured days.
    """

    world: str
    fate: Fate
    margin_eur: float
    events: Sequence[tuple[int, str]]
    first_day: int
    status: Sequence[int] = field(default_factory=list)
    interest: Sequence[float] = field(default_factory=list)
    trust: Sequence[float] = field(default_factory=list)


def history_of(world: str, run: Any, prospect: int) -> History:
    """Live the world of a finished run once more, evening by evening."""
    from simulation.company import build
    from simulation.engine import live_days
    from simulation.queues import NOBODY

    company, days = build(run.scenario, run.seed), run.scenario.days
    first = int(company.prospect["day_arrived"][prospect])
    live_days(company, 0, first)
    evening = Evening.of(company, run.scenario, prospect, first - 1)
    events: list[tuple[int, str]] = []
    evenings = []
    for today in range(first, days):
        live_days(company, today, today + 1)
        before, evening = evening, Evening.of(company, run.scenario, prospect, today)
        events += [(today, words) for words in events_between(before, evening)]
        evenings.append(evening)
    brought, lead = customers_of(run), int(run.company.known_as[prospect])
    return History(
        world=world,
        fate=Fate(int(fates_of_all(run)[prospect])),
        margin_eur=float(brought.new[lead] + brought.renewed[lead]) if lead != NOBODY else 0.0,
        events=events,
        first_day=first,
        status=[one.status for one in evenings],
        interest=[one.interest for one in evenings],
        trust=[one.trust for one in evenings],
    )


def describe(run: Any, prospect: int) -> str:
    """What the prospect is, in a sentence; the same in both worlds."""
    row = run.company.prospect[prospect]
    segment = list(run.scenario.segments)[row["segment"]]
    project = ["has a project", "will have a project", "never fits"][row["readiness"]]
    if row["readiness"] == 1:
        project += f" from day {row['day_project']}"
    end = f", and waits until day {row['day_window_end']}" if row["day_window_end"] >= 0 else ""
    buyers = counted(int(row["buyers"]), "person").replace("persons", "people")
    return (
        f"Prospect {prospect} of segment {segment} {project}{end}; {buyers} decide{'s' if row['buyers'] == 1 else ''} "
        f"on about €{row['value']:,.0f} a year."
    )
