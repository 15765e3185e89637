"""The answer to a what-if question in plain sentences: what the change is worth, where it arose, what it costs."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from experiments.designs.run_table import DECISION
from experiments.observation.attribution import COSTS, PARTS
from experiments.questions.compare.text import movers, runs_left
from experiments.questions.what_if.ask import WhatIf
from experiments.reporting.figure_style import rows_of
from experiments.reporting.figures_funnel import ACTIVITIES
from experiments.reporting.provenance_section import in_words
from experiments.statistics.paired import Difference, Interval
from experiments.wording.numbers import (
    NOT_KNOWN,
    counted,
    euro,
    from_to,
    listed,
    number,
    percent,
    probability,
    sentence,
)

if TYPE_CHECKING:
    import pandas as pd

TOGETHER = ("meeting", "disputes", "training")
"""Activities whose hours go to the other side, not to buyers."""
_MOST_NAMED = 2
_MONEY = {"pay": "pay", "programme": "for programmes", "hiring": "for hiring", "coordination": "for practices"}
_SHORT = {
    "sla": "SLA",
    "mql": "MQL",
    "crm": "CRM",
    "sdr": "SDR",
    "sdrs": "SDRs",
    "eur": "EUR",
    "h": "hours",
    "d": "days",
}


def in_sentences(found: WhatIf) -> tuple[str, ...]:
    """What it is worth; where it arose; what it costs; how sure it is."""
    if not found.n_worlds:
        return ("Nothing can be said: no world was lived to its end with and without the change.",)
    return worth(found), arose(found), costs(found), how_sure(found)


def headline(found: WhatIf) -> str:
    """The finding in a few words, for a title."""
    if not found.n_worlds:
        return "No answer: no world was lived to its end"
    gain = found.gain()
    what = change_in_words(found)
    if not gain.is_clear:
        return sentence(f"{what}: cannot be told from no difference yet")
    share = percent(abs(gain.relative))
    size = euro(abs(gain.mean)) if share == NOT_KNOWN else f"{share} ({euro(abs(gain.mean))})"
    return sentence(f"{what} {'adds' if gain.mean > 0 else 'takes away'} {size} of contribution")


def change_in_words(found: WhatIf) -> str:
    """`liaison = yes instead of no`, several changes joined."""
    return listed([f"{name} = {new} instead of {old}" for name, old, new in changes(found)])


def changes(found: WhatIf) -> list[tuple[str, str, str]]:
    """Each change: the parameter in words, its value before and after."""
    return [
        (parameter_words(path), in_words(_at(found.pair.before, path)), in_words(_at(found.pair.after, path)))
        for path in found.question.changes
    ]


def parameter_words(path: str) -> str:
    """A parameter in words: `practices.hand_off_delay_d` is hand off delay days."""
    words = path.split(".")
    group = f" of {words[1]}" if words[0] in ("segments", "channels") and len(words) > 2 and words[1] != "*" else ""
    return " ".join(_SHORT.get(word, word) for word in words[-1].split("_")) + group


def _at(scenario: Any, path: str) -> Any:
    """The value at a dotted path; of the first segment or channel where all are meant."""
    value = scenario
    for name in path.split("."):
        if isinstance(value, Mapping):
            value = next(iter(value.values())) if name == "*" else value.get(name)
        else:
            value = getattr(value, name, None)
    return value


def worth(found: WhatIf) -> str:
    """The difference in contribution and revenue with their intervals."""
    gain, revenue = found.gain(), found.gain("revenue_eur")
    where = "same world" if found.n_worlds == 1 else f"same {found.n_worlds:,} worlds"
    said = f"In the {where}, {change_in_words(found)} is worth {_by_how_much(gain)} of contribution"
    return (
        f"{said}, and {_by_how_much(revenue)} of revenue recognised, in {counted(found.quarters_measured, 'quarter')}."
    )


def _by_how_much(gain: Difference) -> str:
    """`+1.2 % (0.3 to 2.1 %), €+120 k`; in euros alone where there is no base."""
    if gain.relative != gain.relative:
        return f"{euro(gain.mean, signed=True)} ({_between(gain.interval, 'EUR')})"
    span = _between(gain.relative_interval, "share")
    return f"{percent(gain.relative, signed=True)} ({span}), {euro(gain.mean, signed=True)},"


def _between(interval: Interval, unit: str) -> str:
    return from_to(interval, unit) if interval.is_known else "interval not known"


def arose(found: WhatIf) -> str:
    """The parts that made the difference, the largest first; then what works against it."""
    parts = found.parts.iloc[:-1]
    parts = parts[~parts["part"].isin(COSTS)]
    total = found.gain().mean
    with_it = parts[(parts["change"] > 0) == (total > 0)]
    against = parts[(parts["change"] > 0) != (total > 0)]
    named = [_listed(side, found) for side in (with_it, against)]
    if not any(named):
        return "Where it arose: no deal was won, lost or priced differently; all of it is costs."
    said = [f"most from {named[0]}"] if named[0] else []
    said += [f"against it {named[1]}"] if named[1] else []
    good, bad = movers(found.effects)
    said += [f"what moved: {listed([*good, *bad])}"] if good or bad else []
    return f"Where it arose: {'; '.join(said)}."


def _listed(parts: Any, found: WhatIf) -> str:
    """The largest parts of one sign in words, those that luck may have made marked as such."""
    order = parts["change"].abs().sort_values(ascending=False).index[:_MOST_NAMED]
    words = []
    for place in order:
        row = parts.loc[place]
        known = PARTS[str(row["part"])]
        is_clear = row["low"] > 0 or row["high"] < 0
        name = known.gain if row["change"] > 0 else known.loss
        words.append(f"{name} ({euro(row['change'], signed=True)}{'' if is_clear else ', may be luck'})")
    return listed(words)


def costs(found: WhatIf) -> str:
    """What the change costs in hours a week and in money, and what it costs beyond."""
    table = found.hours
    together = float(table[table["activity"].isin(TOGETHER)]["change"].sum())
    said = [_hours(together)] if abs(together) >= 0.05 else []
    said += moved_hours(table)
    said += [
        f"{euro(abs(change))} {'more' if change < 0 else 'less'} {words}"
        for part, words in _MONEY.items()
        if abs(change := found.part(part).mean) >= 0.5
    ]
    return f"What it costs: {'; '.join(said) if said else 'no hours and no money'}."


def _hours(change: float) -> str:
    words = "goes" if round(abs(change), 1) == 1 else "go"
    if change > 0:
        return f"{number(change)} hours a week of all people together {words} to the other side"
    return f"it frees {number(-change)} hours a week that went to the other side"


def moved_hours(hours: "pd.DataFrame") -> list[str]:
    """For Sales and for Marketing what clearly gets more and fewer hours, the most moved each; office work left out."""
    import pandas as pd

    working = hours[~hours["activity"].isin((*TOGETHER, "idle", "admin"))]
    clear = working[((working["low"] > 0) | (working["high"] < 0)) & (working["change"].abs() >= 0.5)]
    said = []
    for name in ("sales", "marketing"):
        side = clear[clear["side"] == name]
        ends = pd.concat(
            [side[side["change"] > 0].nlargest(1, "change"), side[side["change"] < 0].nsmallest(1, "change")]
        )
        words = [
            f"{number(abs(row.change))} {'more' if row.change > 0 else 'less'} to {activity(name, row.activity)}"
            for row in rows_of(ends)
        ]
        said += [f"hours of {sentence(name)} a week: {listed(words)}"] if words else []
    return said


def activity(side: str, kind: str) -> str:
    """What a kind of hour is for a side, in words."""
    of_reps, of_marketers = ACTIVITIES.get(kind, (kind, kind))
    if side == "managers":
        return {"reports": "following up", "admin": "leading"}.get(kind, kind)
    return of_marketers if side == "marketing" else of_reps


def how_sure(found: WhatIf) -> str:
    """In how many worlds it pays, whether that is clear, and what is left to doubt."""
    gain = found.gain()
    if gain.n < 2:
        return "How sure: one world says nothing about luck; make more runs."
    said = [f"it pays in {probability(gain.share_a_higher)} of {gain.n:,} worlds"]
    if not gain.is_clear:
        said.append(f"it cannot be told from no difference: {runs_left(gain)}")
    if found.is_precise_enough is False and not found.is_interrupted:
        said.append("the wished precision was not reached")
    if found.failures:
        said.append(f"{counted(len(found.failures), 'world')} failed and left out")
    if found.is_interrupted:
        said.append("it was interrupted before all worlds were lived")
    return f"How sure: {'; '.join(said)}."


def part_rows(found: WhatIf) -> list[tuple[str, ...]]:
    """The table of parts in words: label, change, interval, deals gained and lost a run; last the total."""
    rows: list[tuple[str, ...]] = []
    for row in found.parts.to_dict("records"):
        is_total = row["part"] == DECISION
        label = "Contribution" if is_total else PARTS[row["part"]].label
        span = from_to(Interval(row["low"], row["high"]), "EUR", signed=True)
        has_deals = not is_total and (row["gained"] or row["lost"])
        deals = (number(row["gained"]), number(row["lost"])) if has_deals else ("", "")
        rows.append((label, euro(row["change"], signed=True), span, *deals))
    return rows
