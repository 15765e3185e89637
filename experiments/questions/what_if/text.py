"""The conclusion in plain sentences: what the change is worth, where it arose, what it costs."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from experiments.observation.attribution import COSTS, PARTS
from experiments.observation.yearly import CONTRIBUTION, NEW_BUSINESS, REVENUE
from experiments.questions.what_if.both_worlds import BEFORE
from experiments.reporting.figure_style import rows_of
from experiments.reporting.figures_funnel import ACTIVITIES
from experiments.reporting.movers import runs_left
from experiments.reporting.what_it_hangs_on import hanging_words
from experiments.statistics.doubt import FEWEST
from experiments.wording.numbers import (
    about_share,
    counted,
    euro,
    euro_known,
    from_to_known,
    listed,
    number,
    percent,
    probability,
    sentence,
)
from experiments.wording.parameters import in_words, parameter_words, value_at

if TYPE_CHECKING:
    from experiments.questions.what_if.result import WhatIf

TOGETHER = ("meeting", "disputes", "training")
"""Activities whose hours go to the other side, not to buyers."""
_MOST_NAMED = 2
_MEASURES = {"revenue": REVENUE, "new business": NEW_BUSINESS, "contribution": CONTRIBUTION}
_MONEY = {"pay": "pay", "programme": "for programmes", "hiring": "for hiring", "coordination": "for practices"}


def in_sentences(whatif: "WhatIf") -> tuple[str, ...]:
    """What it is worth; how sure it is; where it arose; what it costs; what it hangs on."""
    if not whatif.n_replications:
        return ("Nothing can be said: no world was lived to its end with and without the change.",)
    return (
        worth(whatif),
        how_sure(whatif),
        arose(whatif),
        costs(whatif),
        what_it_hangs_on(whatif),
    )


def what_it_hangs_on(whatif: "WhatIf") -> str:
    """The assumptions on which it hangs most; nothing where none are drawn."""
    if whatif.plan.assumptions is None or not whatif.says_something:
        return ""
    return hanging_words(whatif.hangs_on, whatif.gap().middle.half_width, whatif.n_replications)


def headline(whatif: "WhatIf") -> str:
    """The finding in a few words, for a title."""
    if not whatif.n_replications:
        return "No answer: no world was lived to its end"
    what, gain = change_in_words(whatif), whatif.gain()
    if not whatif.says_something:
        return sentence(f"{what}: {counted(whatif.n_replications, 'replication')} are too few to tell")
    if not gain.is_clear:
        return sentence(f"{what}: cannot be told from no difference yet")
    size = euro_known(abs(gain.mean), gain.interval.half_width)
    return sentence(f"{what} {'adds' if gain.mean > 0 else 'takes away'} {size} of contribution a year")


def change_in_words(whatif: "WhatIf") -> str:
    """`liaison = yes instead of no`, several changes joined."""
    return listed(
        [
            f"{parameter_words(path)} = {in_words(value_at(whatif.after, path))} "
            f"instead of {in_words(value_at(whatif.before, path))}"
            for path in whatif.question.changes
        ]
    )


def worth(whatif: "WhatIf") -> str:
    """The difference in revenue, new business and contribution by the year, each with its spread."""
    where = "same world" if whatif.n_replications == 1 else f"same {whatif.n_replications:,} worlds"
    parts = [f"{what} {_by_how_much(whatif, measure)}" for what, measure in _MEASURES.items()]
    spread = " (the middle 80 % of worlds in brackets)" if whatif.says_something else ""
    return f"In the {where}, {change_in_words(whatif)} is worth a year: {', '.join(parts)}{spread}."


def _by_how_much(whatif: "WhatIf", measure: str) -> str:
    """`+€0.9 M (+12 %; €0.2 M to €1.9 M)`; percent only where there is a base that is no loss."""
    gap, base = whatif.gap(measure), float(np.nanmean(whatif.values(f"{BEFORE}/{measure}")))
    if not whatif.says_something:
        return euro(gap.mean, signed=True)
    share = f"{percent(gap.mean / base, signed=True)}; " if measure != CONTRIBUTION and base > 0 else ""
    gained = euro_known(gap.mean, whatif.gain(measure).interval.half_width, signed=True)
    return f"{gained} ({share}{from_to_known(gap.middle, signed=True)})"


def arose(whatif: "WhatIf") -> str:
    """The parts that made the difference, the largest first; then what works against it."""
    parts = whatif.parts.iloc[:-1]
    parts = parts[~parts["part"].isin(COSTS)]
    total = whatif.gain().mean
    with_it = parts[(parts["change"] > 0) == (total > 0)]
    against = parts[(parts["change"] > 0) != (total > 0)]
    named = [_listed(side) for side in (with_it, against)]
    if not any(named):
        return "Where it comes from: no deal was won, lost or priced differently; all of it is costs."
    clauses = [f"most from {named[0]}"] if named[0] else []
    clauses += [f"against it {named[1]}"] if named[1] else []
    return f"Where it comes from: {'; '.join(clauses)}."


def _listed(parts: pd.DataFrame) -> str:
    """The largest parts of one sign in words, those that luck may have made marked as such."""
    order = parts["change"].abs().sort_values(ascending=False).index[:_MOST_NAMED]
    words = []
    for place in order:
        row = parts.loc[place]
        part = PARTS[str(row["part"])]
        is_clear = row["low"] > 0 or row["high"] < 0
        name = part.gain if row["change"] > 0 else part.loss
        size = euro_known(row["change"], (row["high"] - row["low"]) / 2, signed=True)
        words.append(f"{name} ({size}{'' if is_clear else ', may be luck'})")
    return listed(words)


def costs(whatif: "WhatIf") -> str:
    """What the change costs in hours a week and in money, and what it costs beyond."""
    table = whatif.hours
    together = float(table[table["activity"].isin(TOGETHER)]["change"].sum())
    clauses = [_hours(together)] if abs(together) >= 0.05 else []
    clauses += moved_hours(table)
    clauses += [
        f"{euro(abs(change))} a year {'more' if change < 0 else 'less'} {words}"
        for part, words in _MONEY.items()
        if abs(change := whatif.part(part).mean) >= 0.5
    ]
    return f"What it costs: {'; '.join(clauses) if clauses else 'no hours and no money'}."


def _hours(change: float) -> str:
    words = "goes" if round(abs(change), 1) == 1 else "go"
    if change > 0:
        return f"{number(change)} hours a week of all people together {words} to the other side"
    return f"it frees {number(-change)} hours a week that went to the other side"


def moved_hours(hours: pd.DataFrame) -> list[str]:
    """For Sales and for Marketing what clearly gets more and fewer hours, the most moved each; office work left out."""
    working = hours[~hours["activity"].isin((*TOGETHER, "idle", "admin"))]
    clear = working[((working["low"] > 0) | (working["high"] < 0)) & (working["change"].abs() >= 0.5)]
    clauses = []
    for name in ("sales", "marketing"):
        side = clear[clear["side"] == name]
        ends = pd.concat(
            [side[side["change"] > 0].nlargest(1, "change"), side[side["change"] < 0].nsmallest(1, "change")]
        )
        words = [
            f"{number(abs(row.change))} {'more' if row.change > 0 else 'less'} to {activity(name, row.activity)}"
            for row in rows_of(ends)
        ]
        clauses += [f"hours of {sentence(name)} a week: {listed(words)}"] if words else []
    return clauses


def activity(side: str, kind: str) -> str:
    """What a kind of hour is for a side, in words."""
    of_reps, of_marketers = ACTIVITIES.get(kind, (kind, kind))
    if side == "managers":
        return {"reports": "following up", "admin": "leading"}.get(kind, kind)
    return of_marketers if side == "marketing" else of_reps


def how_sure(whatif: "WhatIf") -> str:
    """In how many worlds it pays, what is luck of it, whether it is clear, and what is left to doubt."""
    gain = whatif.gain()
    if whatif.says_something:
        drawn = whatif.plan.assumptions
        lives = "luck alone" if drawn is None else f"{len(drawn.paths)} assumptions drawn"
        clauses = [f"it pays in {probability(gain.share_a_higher, gain.n)} of {gain.n:,} worlds, {lives}"]
        if whatif.share_of_luck == whatif.share_of_luck:
            clauses.append(f"{about_share(whatif.share_of_luck)} of that spread is luck, the rest the assumptions")
        if not gain.is_clear:
            clauses.append(f"on average it cannot be told from no difference: {runs_left(gain)}")
    else:
        clauses = [f"{counted(gain.n, 'replication')} say too little; at least {FEWEST} are needed, 200 are usual"]
    if whatif.is_precise_enough is False and not whatif.is_interrupted:
        clauses.append("the wished precision was not reached")
    if whatif.failures:
        clauses.append(f"{counted(len(whatif.failures), 'world')} failed and left out")
    if whatif.is_interrupted:
        clauses.append("it was interrupted before all worlds were lived")
    return f"How sure: {'; '.join(clauses)}."
