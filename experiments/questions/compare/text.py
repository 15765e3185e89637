"""The conclusion in plain English: who earns most, where it comes from, how sure that is."""

from typing import TYPE_CHECKING

from experiments.designs.run_table import TODAY
from experiments.reporting.movers import movers, runs_left
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
    from experiments.questions.compare.result import Comparison


def in_sentences(comparison: "Comparison") -> tuple[str, str, str]:
    """Who earns most and by how much; where it comes from; how sure it is."""
    if not comparison.n_replications:
        nothing = "Nothing can be compared: no world was run to its end with every type."
        return nothing, "", f"{counted(len(comparison.failures), 'run')} failed." if comparison.failures else ""
    return who(comparison), why(comparison), how_sure(comparison)


def headline(comparison: "Comparison") -> str:
    """The finding in a few words, for a title."""
    if not comparison.n_replications:
        return "No answer: no world was run to its end"
    if not _is_settled(comparison):
        return sentence(f"{_variant(comparison.best)} leads, but cannot be told from {_variant(comparison.second)} yet")
    gap = comparison.difference(comparison.best, comparison.reference)
    against = "today" if comparison.reference == comparison.today else "the next best"
    return sentence(f"{_variant(comparison.best)} earns most: {_by_how_much(gap)} more than {against}")


def who(comparison: "Comparison") -> str:
    """The best type with its margins over the next best and over the present practices."""
    standing = comparison.standings[0]
    span = f"in {counted(comparison.quarters_measured, 'quarter')}"
    earns = f"{euro(standing.mean.mean)} contribution {span}"
    if comparison.best == comparison.today and comparison.best != TODAY:
        earns = f"already practised today, {earns}"
    gap = comparison.difference(comparison.best, comparison.second)
    verb = "earns most" if _is_settled(comparison) else "is ahead"
    is_today = " and today's practices" if comparison.second == comparison.today != TODAY else ""
    parts = [_margin(gap, f"{_variant(comparison.second)}, the next best{is_today}")]
    if comparison.today not in (None, comparison.best, comparison.second):
        parts.append(_margin(comparison.difference(comparison.best, str(comparison.today)), _today(comparison)))
    return sentence(f"{_variant(comparison.best)} {verb}: {earns}, {', and '.join(parts)}.")


def why(comparison: "Comparison") -> str:
    """Money first (margin against coordination), then what moved most in the funnel."""
    against = comparison.reference
    margin = comparison.difference(comparison.best, against, "gross_margin_eur").mean
    talk = comparison.difference(comparison.best, against, "coordination_cost_eur").mean
    parts = [f"gross margin {euro(margin, signed=True)}, cost of coordination {euro(talk, signed=True)}"]
    moves = movers(comparison.effects(comparison.best, comparison.reference))
    for words, moved in zip(("behind it", "against it"), moves, strict=True):
        parts += [f"{words}: {listed(moved)}"] if moved else []
    hours = comparison.difference(comparison.best, against, "hours_meeting")
    parts += [f"hours with the other side {number(hours.mean, signed=True)}"] if hours.is_clear else []
    label = _today(comparison) if against == comparison.today else _variant(against)
    return f"Where it comes from, against {label}: {'; '.join(parts)}."


def how_sure(comparison: "Comparison") -> str:
    """Runs, the chance that the best is best, what common worlds saved, and the doubt that is left."""
    gap = comparison.difference(comparison.best, comparison.second)
    if gap.n < 2:
        return "How sure: one run of each says nothing about luck; make more runs."
    chance = probability(comparison.standings[0].probability_best)
    parts = [f"{gap.n:,} paired runs; chance that {_variant(comparison.best)} is best: {chance}"]
    parts.append(f"running all in the same worlds was worth {number(gap.variance_reduction)} times as many runs")
    said = f"How sure: {'; '.join(parts)}."
    return " ".join([said, *_doubts(comparison, gap)])


def _doubts(comparison: "Comparison", gap: Difference) -> list[str]:
    doubts = []
    if not _is_settled(comparison):
        doubts.append(f"It cannot be told from {_variant(comparison.second)}: {runs_left(gap)}.")
    wished = comparison.question.precision
    if wished is not None and comparison.is_precise_enough is False and not comparison.is_interrupted:
        doubts.append(f"The wished precision of {percent(wished.share)} was not reached.")
    if comparison.failures:
        doubts.append(f"{counted(len(comparison.failures), 'run')} failed and left out.")
    if comparison.is_interrupted:
        doubts.append("It was interrupted before all runs were made.")
    return doubts


def _is_settled(comparison: "Comparison") -> bool:
    return comparison.difference(comparison.best, comparison.second).is_clear


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


def _today(comparison: "Comparison") -> str:
    return "today's practices" if comparison.today == TODAY else f"today's practices, {comparison.today}"
