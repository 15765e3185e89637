"""The answer in plain English: who earns most, where it comes from, how sure that is."""

from typing import TYPE_CHECKING

from experiments.designs.run_table import TODAY
from experiments.statistics.paired import Difference, Interval, runs_to_tell_apart
from experiments.wording.numbers import (
    NOT_KNOWN,
    amount,
    counted,
    euro,
    from_to,
    joined,
    listed,
    name_of,
    number,
    percent,
    probability,
    sentence,
)

if TYPE_CHECKING:
    import pandas as pd

    from experiments.questions.compare.result import Comparison

DRIVERS = (
    "share_never_worked",
    "response_h_median",
    "win_rate",
    "cycle_days_median",
    "retention",
    "discount_mean",
    "selling_share",
    "share_reps_at_quota",
)
"""Outcomes that explain money: rates and times along the funnel, not the counts and sums that follow from them."""
_MOST_GOOD, _MOST_BAD = 3, 1


def in_three_lines(found: "Comparison") -> tuple[str, str, str]:
    """Who earns most and by how much; where it comes from; how sure it is."""
    if not found.n_worlds:
        nothing = "Nothing can be compared: no world was run to its end with every type."
        return nothing, "", f"{counted(len(found.failures), 'run')} failed." if found.failures else ""
    return who(found), why(found), how_sure(found)


def headline(found: "Comparison") -> str:
    """The finding in a few words, for a title."""
    if not found.n_worlds:
        return "No answer: no world was run to its end"
    if not _is_settled(found):
        return sentence(f"{_variant(found.best)} leads, but cannot be told from {_variant(found.second)} yet")
    gap = found.difference(found.best, found.reference)
    against = "today" if found.reference == found.today else "the next best"
    return sentence(f"{_variant(found.best)} earns most: {_by_how_much(gap)} more than {against}")


def who(found: "Comparison") -> str:
    """The best type with its margins over the next best and over the present practices."""
    standing = found.standings[0]
    span = f"in {found.quarters_measured} quarters"
    earns = f"{euro(standing.mean.mean)} contribution {span}"
    if found.best == found.today and found.best != TODAY:
        earns = f"already practised today, {earns}"
    gap = found.difference(found.best, found.second)
    verb = "earns most" if _is_settled(found) else "is ahead"
    is_today = " and today's practices" if found.second == found.today != TODAY else ""
    parts = [_margin(gap, f"{_variant(found.second)}, the next best{is_today}")]
    if found.today not in (None, found.best, found.second):
        parts.append(_margin(found.difference(found.best, str(found.today)), _today(found)))
    return sentence(f"{_variant(found.best)} {verb}: {earns}, {', and '.join(parts)}.")


def why(found: "Comparison") -> str:
    """Money first (margin against coordination), then what moved most in the funnel."""
    against = found.reference
    margin = found.difference(found.best, against, "gross_margin_eur").mean
    talk = found.difference(found.best, against, "coordination_cost_eur").mean
    parts = [f"gross margin {euro(margin, signed=True)}, cost of coordination {euro(talk, signed=True)}"]
    moves = movers(found.effects(found.best, found.reference))
    for words, moved in zip(("behind it", "against it"), moves, strict=True):
        parts += [f"{words}: {listed(moved)}"] if moved else []
    hours = found.difference(found.best, against, "hours_meeting")
    parts += [f"hours with the other side {number(hours.mean, signed=True)}"] if hours.is_clear else []
    label = _today(found) if against == found.today else _variant(against)
    return f"Where it comes from, against {label}: {'; '.join(parts)}."


def movers(effects: "pd.DataFrame") -> tuple[list[str], list[str]]:
    """The drivers that clearly changed most for the better and for the worse, the largest relative change first.

    `effects` has a row an outcome with columns before, after, change, unit, better and is_clear.
    Each in words: `win rate 18.0 % → 24.1 %`.
    """
    effects = effects.set_index("outcome")
    clear = effects[effects["is_clear"] & effects.index.isin(DRIVERS)]
    ratio = (
        (clear["change"] / clear["before"].abs().clip(lower=1e-12)).abs().sort_values(ascending=False, kind="stable")
    )
    is_good = (clear["change"] > 0) == (clear["better"] == "up")
    good = [name for name in ratio.index if is_good[name]][:_MOST_GOOD]
    bad = [name for name in ratio.index if not is_good[name]][:_MOST_BAD]
    return [_move(clear, str(name)) for name in good], [_move(clear, str(name)) for name in bad]


def _move(effects: "pd.DataFrame", name: str) -> str:
    unit = str(effects["unit"][name])
    before, after = (amount(effects[column][name], unit) for column in ("before", "after"))
    return f"{name_of(name)} {joined(before, after, ' → ')}"


def how_sure(found: "Comparison") -> str:
    """Runs, the chance that the best is best, what common worlds saved, and the doubt that is left."""
    gap = found.difference(found.best, found.second)
    if gap.n < 2:
        return "How sure: one run of each says nothing about luck; make more runs."
    chance = probability(found.standings[0].probability_best)
    parts = [f"{gap.n:,} paired runs; chance that {_variant(found.best)} is best: {chance}"]
    parts.append(f"running all in the same worlds was worth {number(gap.variance_reduction)} times as many runs")
    said = f"How sure: {'; '.join(parts)}."
    return " ".join([said, *_doubts(found, gap)])


def _doubts(found: "Comparison", gap: Difference) -> list[str]:
    doubts = []
    if not _is_settled(found):
        doubts.append(f"It cannot be told from {_variant(found.second)}: {runs_left(gap)}.")
    if found.is_precise_enough is False and not found.is_interrupted:
        doubts.append(f"The wished precision of {percent(found.wished_precision or 0)} was not reached.")
    if found.failures:
        doubts.append(f"{counted(len(found.failures), 'run')} failed and left out.")
    if found.is_interrupted:
        doubts.append("It was interrupted before all runs were made.")
    return doubts


def runs_left(gap: Difference) -> str:
    """How many more runs would probably settle it."""
    needed = runs_to_tell_apart(gap.mean, gap.sd)
    if needed is None:
        return "for every practical purpose the two earn the same"
    more = max(needed - gap.n, gap.n // 2, 1)  # the observed gap is itself uncertain: never promise a handful
    return f"about {number(more)} more runs would probably settle it"


def _is_settled(found: "Comparison") -> bool:
    return found.difference(found.best, found.second).is_clear


def _margin(gap: Difference, than: str) -> str:
    """`€480 k (4.1 %) more than defined (95 % interval €310 k to €650 k)`."""
    more = "more" if gap.mean >= 0 else "less"
    share = "" if gap.relative != gap.relative else f" ({percent(abs(gap.relative))})"
    span = gap.interval if gap.mean >= 0 else Interval(-gap.interval.high, -gap.interval.low, gap.interval.level)
    sure = f" (95 % interval {from_to(span, 'EUR')})" if gap.interval.is_known else ""
    return f"{euro(abs(gap.mean))}{share} {more} than {than}{sure}"


def _by_how_much(gap: Difference) -> str:
    share = percent(gap.relative)
    return euro(gap.mean) if share == NOT_KNOWN else f"{share} ({euro(gap.mean)})"


def _variant(variant: str) -> str:
    return "what the company does today" if variant == TODAY else variant


def _today(found: "Comparison") -> str:
    return "today's practices" if found.today == TODAY else f"today's practices, {found.today}"
