"""One prospect in one world: what happened to it is read from the tape, how it stood every evening from its row."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from experiments.observation.lead_events import Evening, Story
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
    """Live the world of a finished run once more, evening by evening, with a tape."""
    from simulation.company import build
    from simulation.engine import live_days
    from simulation.queues import NOBODY
    from simulation.tape import make_room_for_today

    company, evenings = build(run.scenario, run.seed, tape=True), []
    first = max(0, int(company.prospect["day_arrived"][prospect]))
    for today in range(run.scenario.days):
        make_room_for_today(company)
        live_days(company, today, today + 1)
        if today >= first:
            evenings.append(Evening.of(company, prospect, today))
    brought, lead = customers_of(run), int(run.company.known_as[prospect])
    return History(
        world=world,
        fate=Fate(int(fates_of_all(run)[prospect])),
        margin_eur=float(brought.new[lead] + brought.renewed[lead]) if lead != NOBODY else 0.0,
        events=list(Story(company, run.scenario, prospect, evenings).events()),
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
