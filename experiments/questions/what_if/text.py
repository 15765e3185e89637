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
from experiments.wording.language import say, term
from experiments.wording.numbers import (
    about_share,
    counted,
    euro,
    euro_known,
    from_to_known,
    in_brackets,
    listed,
    number,
    probability,
    sentence,
    whole_percent,
    with_commas,
    with_semicolons,
    written,
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
        return (say("Nothing can be said: no world was lived to its end with and without the change."),)
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
        return say("No answer: no world was lived to its end")
    what, gain = change_in_words(whatif), whatif.gain()
    if not whatif.says_something:
        few = counted(whatif.n_replications, "replication")
        return sentence(say("{change}: {replications} are too few to tell", change=what, replications=few))
    if not gain.is_clear:
        return sentence(say("{change}: cannot be told from no difference yet", change=what))
    size = euro_known(abs(gain.mean), gain.interval.half_width)
    if gain.mean > 0:
        return sentence(say("{change} adds {size} of contribution a year", change=what, size=size))
    return sentence(say("{change} takes away {size} of contribution a year", change=what, size=size))


def change_in_words(whatif: "WhatIf") -> str:
    """`liaison = yes instead of no`, several changes joined."""
    return listed(
        [
            say(
                "{lever} = {new} instead of {old}",
                lever=parameter_words(path),
                new=in_words(value_at(whatif.after, path)),
                old=in_words(value_at(whatif.before, path)),
            )
            for path in whatif.question.changes
        ]
    )


def worth(whatif: "WhatIf") -> str:
    """The difference in revenue, new business and contribution by the year, each with its spread."""
    n = whatif.n_replications
    parts = with_commas([f"{term(what)} {_by_how_much(whatif, measure)}" for what, measure in _MEASURES.items()])
    told = {
        "where": say("In the same world") if n == 1 else say("In the same {n} worlds", n=written(n)),
        "change": change_in_words(whatif),
        "parts": parts,
    }
    if not whatif.says_something:
        return say("{where}, {change} is worth a year: {parts}.", **told)
    return say("{where}, {change} is worth a year: {parts} (the middle 80 % of worlds in brackets).", **told)


def _by_how_much(whatif: "WhatIf", measure: str) -> str:
    """`+€0.9 M (+12 %; €0.2 M to €1.9 M)`; percent only where there is a base that is no loss."""
    gap, base = whatif.gap(measure), float(np.nanmean(whatif.values(f"{BEFORE}/{measure}")))
    if not whatif.says_something:
        return euro(gap.mean, signed=True)
    inside = [from_to_known(gap.middle, signed=True)]
    if measure != CONTRIBUTION and base > 0:
        inside.insert(0, whole_percent(gap.mean / base, signed=True, digits=1))
    gained = euro_known(gap.mean, whatif.gain(measure).interval.half_width, signed=True)
    return in_brackets(gained, with_semicolons(inside))


def arose(whatif: "WhatIf") -> str:
    """The parts that made the difference, the largest first; then what works against it."""
    parts = whatif.parts.iloc[:-1]
    parts = parts[~parts["part"].isin(COSTS)]
    total = whatif.gain().mean
    with_it = parts[(parts["change"] > 0) == (total > 0)]
    against = parts[(parts["change"] > 0) != (total > 0)]
    named = [_listed(side) for side in (with_it, against)]
    if not any(named):
        return say("Where it comes from: no deal was won, lost or priced differently; all of it is costs.")
    clauses = [say("most from {parts}", parts=named[0])] if named[0] else []
    clauses += [say("against it {parts}", parts=named[1])] if named[1] else []
    return say("Where it comes from: {clauses}.", clauses=with_semicolons(clauses))


def _listed(parts: pd.DataFrame) -> str:
    """The largest parts of one sign in words, those that luck may have made marked as such."""
    order = parts["change"].abs().sort_values(ascending=False).index[:_MOST_NAMED]
    words = []
    for place in order:
        row = parts.loc[place]
        part = PARTS[str(row["part"])]
        is_clear = row["low"] > 0 or row["high"] < 0
        what = term(part.gain if row["change"] > 0 else part.loss)
        size = euro_known(row["change"], (row["high"] - row["low"]) / 2, signed=True)
        words.append(in_brackets(what, size if is_clear else say("{size}, may be luck", size=size)))
    return listed(words)


def costs(whatif: "WhatIf") -> str:
    """What the change costs in hours a week and in money, and what it costs beyond."""
    table = whatif.hours
    together = float(table[table["activity"].isin(TOGETHER)]["change"].sum())
    clauses = [_hours(together)] if abs(together) >= 0.05 else []
    clauses += moved_hours(table)
    clauses += [_spent(change, words) for part, words in _MONEY.items() if abs(change := whatif.part(part).mean) >= 0.5]
    return say("What it costs: {clauses}.", clauses=with_semicolons(clauses or [say("no hours and no money")]))


def _spent(change: float, what: str) -> str:
    told = {"size": euro(abs(change)), "what": term(what)}
    return say("{size} a year more {what}", **told) if change < 0 else say("{size} a year less {what}", **told)


def _hours(change: float) -> str:
    if change < 0:
        return say("it frees {hours} hours a week that went to the other side", hours=number(-change))
    if round(change, 1) == 1:
        return say("{hours} hours a week of all people together goes to the other side", hours=number(change))
    return say("{hours} hours a week of all people together go to the other side", hours=number(change))


def moved_hours(hours: pd.DataFrame) -> list[str]:
    """For Sales and for Marketing what clearly gets more and fewer hours, the most moved each; office work left out."""
    working = hours[~hours["activity"].isin((*TOGETHER, "idle", "admin"))]
    clear = working[((working["low"] > 0) | (working["high"] < 0)) & (working["change"].abs() >= 0.5)]
    clauses = []
    for who, side_words in (("sales", say("hours of Sales a week")), ("marketing", say("hours of Marketing a week"))):
        side = clear[clear["side"] == who]
        ends = pd.concat(
            [side[side["change"] > 0].nlargest(1, "change"), side[side["change"] < 0].nsmallest(1, "change")]
        )
        words = [_moved(row.change, activity(who, row.activity)) for row in rows_of(ends)]
        clauses += [say("{side}: {hours}", side=side_words, hours=listed(words))] if words else []
    return clauses


def _moved(change: float, what: str) -> str:
    told = {"hours": number(abs(change)), "what": what}
    return say("{hours} more to {what}", **told) if change > 0 else say("{hours} less to {what}", **told)


def activity(side: str, kind: str) -> str:
    """What a kind of hour is for a side, in words."""
    of_reps, of_marketers = ACTIVITIES.get(kind, (kind, kind))
    if side == "managers":
        return term({"reports": "following up", "admin": "leading"}.get(kind, kind))
    return term(of_marketers if side == "marketing" else of_reps)


def how_sure(whatif: "WhatIf") -> str:
    """In how many worlds it pays, what is luck of it, whether it is clear, and what is left to doubt."""
    gain = whatif.gain()
    if whatif.says_something:
        clauses = _how_often(whatif)
    else:
        few = counted(gain.n, "replication")
        clauses = [
            say(
                "{replications} say too little; at least {fewest} are needed, 200 are usual",
                replications=few,
                fewest=FEWEST,
            )
        ]
    if whatif.is_precise_enough is False and not whatif.is_interrupted:
        clauses.append(say("the wished precision was not reached"))
    if whatif.failures:
        clauses.append(say("{worlds} failed and left out", worlds=counted(len(whatif.failures), "world")))
    if whatif.is_interrupted:
        clauses.append(say("it was interrupted before all worlds were lived"))
    return say("How sure: {clauses}.", clauses=with_semicolons(clauses))


def _how_often(whatif: "WhatIf") -> list[str]:
    """In how many worlds it pays, what part of the spread is luck, and whether the mean is clear."""
    gain, drawn = whatif.gain(), whatif.plan.assumptions
    told = {"chance": probability(gain.share_a_higher, gain.n), "n": written(gain.n)}
    if drawn is None:
        clauses = [say("it pays in {chance} of {n} worlds, luck alone", **told)]
    else:
        clauses = [say("it pays in {chance} of {n} worlds, {drawn} assumptions drawn", drawn=len(drawn.paths), **told)]
    luck = whatif.share_of_luck
    if luck == luck:
        clauses.append(say("{luck} of that spread is luck, the rest the assumptions", luck=about_share(luck)))
    if not gain.is_clear:
        clauses.append(
            say(
                "on average it cannot be told from no difference: {runs}",
                runs=runs_left(gain, drawn.n_draws if drawn is not None else None),
            )
        )
    return clauses
