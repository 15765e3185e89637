"""The history of one prospect in two worlds: what happened to it day by day, with and without a change.

The company is lived day by day and the prospect's row is looked at every evening; what has changed in it since the
evening before is what happened that day.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

import scenarios
from experiments.observation.lead_events import Evening, events_between
from experiments.observation.lead_fates import (
    FATE_WORDS,
    Fate,
    customers_of,
    fates,
    fates_of,
    fates_table,
    same_prospects,
)
from experiments.questions.what_if.ask import baseline
from experiments.reporting.provenance_section import in_words
from experiments.wording.numbers import counted
from scenarios import Scenario
from scenarios.input_errors import InputError, check_seed

if TYPE_CHECKING:
    import pandas as pd

EXAMPLES = 5  # leads named for each kind of pair of fates


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


@dataclass(frozen=True)
class LeadStory:
    """One prospect in two worlds. `kinds` counts the fates of all prospects in both, with a few examples of each."""

    company: str
    seed: int
    lead: int
    prospect: str
    first: History
    second: History
    kinds: "pd.DataFrame"


def worlds_of(
    company: str, practices: str | None, against: str | None, changes: Mapping[str, Any]
) -> list[tuple[str, Scenario]]:
    """The two worlds to look at, each (name, scenario): the second has another type's practices, or these changes.

    Raises InputError, also unless they differ in exactly one of these ways.
    """
    if (against is None) == (not changes):
        raise InputError(
            "say how the second world differs: either --against aligned, or --set practices.recycling=true"
        )
    first = baseline(company, practices, {})
    second = scenarios.with_changes(first, changes) if against is None else baseline(company, against, {})
    if first == second:
        raise InputError("both worlds are the same: the company already has these practices")
    if first.run != second.run:
        raise InputError("the length of a run is no change of the company; set it in a company file")
    said = ", ".join(f"{path.split('.')[-1].replace('_', ' ')} = {in_words(value)}" for path, value in changes.items())
    return [(practices or "today's practices", first), (against or said, second)]


def check_number(seed: int, lead: int | None) -> None:
    """Raise InputError for a seed or a number of a prospect that no world has."""
    check_seed(seed)
    if lead is not None and lead < 0:
        raise InputError(f"leads are numbered from 0, not {lead}")


def lead_story(worlds: Sequence[tuple[str, Scenario]], seed: int, lead: int | None = None) -> LeadStory:
    """The history of a prospect in two worlds, each (name, scenario); without `lead` a telling one is picked.

    Raises InputError if there is no such prospect, or if it is not the same in both worlds.
    """
    import simulation

    check_number(seed, lead)
    runs = [simulation.simulate(scenario, seed) for _, scenario in worlds]
    same = same_prospects(runs[0].company.lead, runs[1].company.lead)
    table = fates(*runs)
    if lead is None:
        lead = telling_lead(table)
    if not 0 <= lead < len(same):
        raise InputError(f"there is no lead {lead}; the prospects of this world are numbered 0 to {len(same) - 1:,}")
    if not same[lead]:
        raise InputError(f"lead {lead} is not the same prospect in both worlds: the change concerns the market itself")
    first, second = (_history(name, run, lead) for (name, _), run in zip(worlds, runs, strict=True))
    prospect = describe(runs[0], lead)
    return LeadStory(runs[0].scenario.name, seed, lead, prospect, first, second, kinds_of(table))


def telling_lead(table: "pd.DataFrame") -> int:
    """A prospect that tells most about the difference: of the most frequent kind won in one world only, the largest.

    Where no deal differs, the prospect with the largest difference in margin; raises InputError if nothing differs at
    all.
    """
    one_sided = table[(table["fate_before"] == Fate.WON) != (table["fate_after"] == Fate.WON)]
    in_hand = one_sided[(one_sided[["fate_before", "fate_after"]] != Fate.NOT_REACHED).all(axis=1)]
    one_sided = in_hand if len(in_hand) else one_sided  # who was never reached has no history to tell
    if len(one_sided):
        kinds = one_sided.groupby(["fate_before", "fate_after"])["lead"].transform("size")
        commonest = one_sided[kinds == kinds.max()]
        return int(commonest.sort_values("value_eur", ascending=False)["lead"].iloc[0])
    apart = table[table["fate_before"] != table["fate_after"]]
    if apart.empty:
        raise InputError("every prospect meets the same fate in both worlds; name one with --lead")
    return int(apart.sort_values("value_eur", ascending=False)["lead"].iloc[0])


def kinds_of(table: "pd.DataFrame") -> "pd.DataFrame":
    """How many prospects met which fates in the two worlds, with the numbers of a few; those alike in both come last.

    Columns: before, after (words), n, margin_eur, examples (numbers of leads, the largest deals first).
    """
    counted_kinds = fates_table(table)
    by_value = table.sort_values("value_eur", ascending=False)
    words = {int(fate): told for fate, told in FATE_WORDS.items()}
    named = by_value.assign(one=by_value["fate_before"].map(words), two=by_value["fate_after"].map(words))
    groups = {
        pair: ", ".join(str(lead) for lead in group["lead"].head(EXAMPLES))
        for pair, group in named.groupby(["one", "two"])
    }
    pairs = list(zip(counted_kinds["before"], counted_kinds["after"], strict=True))
    won = FATE_WORDS[Fate.WON]
    rank = [0 if (one == won) != (two == won) else 1 if one != two else 2 for one, two in pairs]
    kinds = counted_kinds.assign(examples=[groups[pair] for pair in pairs], rank=rank)
    return kinds.sort_values(["rank", "n"], ascending=[True, False]).drop(columns="rank").reset_index(drop=True)


def describe(run: Any, lead: int) -> str:
    """What the prospect is, in a sentence; the same in both worlds."""
    row = run.company.lead[lead]
    segment = list(run.scenario.segments)[row["segment"]]
    project = ["has a project", "will have a project", "never fits"][row["readiness"]]
    if row["readiness"] == 1:
        project += f" from day {row['day_project']}"
    end = f", and waits until day {row['day_window_end']}" if row["day_window_end"] >= 0 else ""
    buyers = counted(int(row["buyers"]), "person").replace("persons", "people")
    return (
        f"Prospect {lead} of segment {segment} {project}{end}; {buyers} decide{'s' if row['buyers'] == 1 else ''} "
        f"on about €{row['value']:,.0f} a year."
    )


def _history(name: str, run: Any, lead: int) -> History:
    """Live the world of a finished run once more, evening by evening."""
    from simulation.company import build
    from simulation.engine import live_days

    company, days = build(run.scenario, run.seed), run.scenario.days
    first = max(0, int(np.searchsorted(company.first_lead, lead, side="right")) - 1)
    live_days(company, 0, first)
    evening = Evening.of(company, run.scenario, lead, first - 1)
    events: list[tuple[int, str]] = []
    evenings = []
    for today in range(first, days):
        live_days(company, today, today + 1)
        before, evening = evening, Evening.of(company, run.scenario, lead, today)
        events += [(today, words) for words in events_between(before, evening)]
        evenings.append(evening)
    brought = customers_of(run)
    return History(
        world=name,
        fate=Fate(int(fates_of(run.company.lead[lead : lead + 1])[0])),
        margin_eur=float(brought.new[lead] + brought.renewed[lead]),
        events=events,
        first_day=first,
        status=[one.status for one in evenings],
        interest=[one.interest for one in evenings],
        trust=[one.trust for one in evenings],
    )


def side_by_side(story: LeadStory) -> Iterator[tuple[int, str, str]]:
    """Each day on which something happened in either world: the day, what happened in the first, in the second."""
    days = sorted({day for history in (story.first, story.second) for day, _ in history.events})
    for day in days:
        told = [
            "; ".join(words for when, words in history.events if when == day) for history in (story.first, story.second)
        ]
        yield day, told[0], told[1]
