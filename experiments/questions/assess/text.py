"""An assessment in plain sentences: the type, what to change next, where both sides differ, what is told, how sure."""

import math
from typing import Any

import numpy as np

from experiments.designs.practice_bundles import label_of, practice_of
from experiments.observation.survey_answers import GOODWILL
from experiments.questions.assess.gaps import Cause, Gap
from experiments.questions.assess.held_out import HeldOut
from experiments.questions.assess.questionnaire import questionnaire
from experiments.questions.assess.result import KNOWN, RARELY_OPEN, Assessment
from experiments.reporting.figure_style import rows_of
from experiments.statistics.doubt import says_something
from experiments.statistics.paired import Interval
from experiments.wording.language import say
from experiments.wording.numbers import (
    counted,
    euro,
    euro_known,
    from_to_known,
    in_brackets,
    listed,
    number,
    percent,
    probability,
    sentence,
    whole_percent,
    with_semicolons,
    written,
)
from experiments.wording.parameters import declared, in_words, parameter_words, rounded

_MOST_NAMED, _MOST_GAPS = 6, 2
_SURE = 0.9
_RARE = 0.015
_BANDS = ((0.0, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 1.01))


def in_sentences(assessment: Assessment) -> tuple[str, ...]:
    """The type, what to change, gaps, what is told, how sure; then what a reader should know of the answers."""
    found = (which_type(assessment), advice(assessment), where_apart(assessment), what_is_told(assessment))
    return (*found, how_sure(assessment.evidence), *cautions(assessment))


def headline(assessment: Assessment) -> str:
    """The finding in a few words."""
    chance = assessment.chances[assessment.type]
    what = f"Most likely {assessment.type} ({probability(chance)})"
    if chance < 0.5:
        first, second = sorted(assessment.chances, key=lambda one: -assessment.chances[one])[:2]
        what = f"Between {first} and {second} ({probability(chance)} and {probability(assessment.chances[second])})"
    row = _first_step(assessment)
    if row is None:
        return what
    gain = euro_known(row.gain, _half(row), signed=True)
    return f"{what}; next: {row.label}, {gain} contribution a year"


def which_type(assessment: Assessment) -> str:
    """Each type with its probability, and the score."""
    order = sorted(assessment.chances, key=lambda one: -assessment.chances[one])
    types = [in_brackets(one, probability(assessment.chances[one])) for one in order if assessment.chances[one] > _RARE]
    score, span = assessment.score
    return (
        f"Which type: {listed(types)}. The relationship score is {score:.0f} of 20 to 100 (90 % interval "
        f"{span.low:.0f} to {span.high:.0f}, for who happened to answer): {assessment.scores[0]:.0f} by Sales, "
        f"{assessment.scores[1]:.0f} by Marketing."
    )


def advice(assessment: Assessment) -> str:
    """The first step with its doubt, and what may come after it."""
    if assessment.tried is None:
        return "What to do: nothing can be said yet; the same command goes on from here."
    row = _first_step(assessment)
    if row is None:
        return "What to do: no single practice can be told to pay in the plausible companies."
    pays = (
        f"it pays in {probability(row.share_pays, row.n)} of them" if says_something(row.n) else "too few to say more"
    )
    said = (
        f"What to do: start with {row.label} ({change_in_words(assessment, row.practice)}); in plausible companies "
        f"that do not have it yet it brings {gain_in_words(row)} contribution a year (95 % interval "
        f"{from_to_known(Interval(row.low, row.high), signed=True)}), {pays}"
    )
    if row.share_open < _SURE:
        said += f"; whether it is still open is not sure ({probability(row.share_open)}), so look first"
    others = [
        f"{one.label} ({euro_known(one.gain, _half(one), signed=True)})"
        for one in rows_of(assessment.steps)
        if one.is_again and one.practice != row.practice and one.low > 0 and one.share_open >= RARELY_OPEN
    ]
    return f"{said}; also {listed(others)}." if others else f"{said}."


def _first_step(assessment: Assessment) -> Any:
    """The best of the steps that were measured twice; None where its gain is not clear of zero."""
    for row in rows_of(assessment.steps):
        if row.is_again and row.low > 0:
            return row
    return None


def _half(row: Any) -> float:
    return float(row.high - row.low) / 2


def change_in_words(assessment: Assessment, practice: str) -> str:
    """What a step sets, the first levers of many."""
    assert assessment.tried is not None
    step = next(one for one in assessment.tried.steps if one.name == practice)
    parts = [f"{lever_words(path)} {rounded(value)}" for path, value in step.changes]
    return with_semicolons([*parts[:3], *(["..."] if len(parts) > 3 else [])])


def where_apart(assessment: Assessment) -> str:
    """The gaps that are unusual, or that none is."""
    whole, unusual = assessment.gaps[0], assessment.unusual
    if not unusual:
        return (
            f"Where both sides differ: nowhere more than usual. {_whose(whole)}, and in 90 % of simulated companies "
            f"Sales less Marketing is between {whole.usual[0]:+.0f} and {whole.usual[1]:+.0f} points."
        )
    said = [gap_in_words(one) for one in unusual[:_MOST_GAPS]]
    more = f"; {len(unusual) - _MOST_GAPS} more below" if len(unusual) > _MOST_GAPS else ""
    return f"Where both sides differ more than usual: {with_semicolons(said)}{more}."


def _whose(gap: Gap) -> str:
    if abs(gap.size) < 0.5:
        return "Both sides' scores are alike"
    higher = "Sales" if gap.size > 0 else "Marketing"
    n = round(abs(gap.size))
    return f"{higher} scores {n} {'point' if n == 1 else 'points'} higher"


def gap_in_words(gap: Gap) -> str:
    """`"Both sides learn ..." (Sales 2, Marketing 4.5; as far apart in 1 % of simulated companies)`."""
    what = "the whole score" if gap.statement == 0 else f'"{questionnaire().statement(gap.statement)}"'
    how = "in none of the simulated companies" if gap.share == 0 else f"in {percent(gap.share)} of simulated companies"
    said = f"{what} (Sales {number(gap.sales)}, Marketing {number(gap.marketing)}; as far apart {how}"
    causes = causes_in_words(gap)
    return f"{said}; what sets those nearest to it apart: {causes})" if causes else f"{said})"


def causes_in_words(gap: Gap) -> str:
    """What sets simulated companies with such a gap apart, or nothing."""
    return listed([_cause(one) for one in gap.causes])


def _cause(cause: Cause) -> str:
    if cause.name in GOODWILL:
        return _felt(cause.name == GOODWILL[0], cause.is_more)
    path, _, choice = cause.name.partition("=")
    what = f"{lever_words(path)} {in_words(choice)}" if choice else lever_words(path)
    parameter = declared(path)
    if choice or (parameter is not None and isinstance(parameter.default, bool)):
        return say("{what} more often", what=what) if cause.is_more else say("{what} less often", what=what)
    return say("more of {what}", what=what) if cause.is_more else say("less of {what}", what=what)


def _felt(is_sales: bool, is_better: bool) -> str:
    if is_sales:
        better, worse = say("Sales feels better treated by Marketing"), say("Sales feels worse treated by Marketing")
    else:
        better, worse = say("Marketing feels better treated by Sales"), say("Marketing feels worse treated by Sales")
    return better if is_better else worse


def what_is_told(assessment: Assessment) -> str:
    """What is known of practices by the answers, and what is not."""
    table = assessment.practices
    told = [row for row in rows_of(table) if row.verdict == "told" or (row.chance == row.chance and _is_sure(row))]
    named = [f"{lever_words(row.parameter)}: {value_in_words(row)}" for row in told if row.verdict != KNOWN]
    n_open = int((table["verdict"] == "not told").sum())
    more = f"; {len(named) - _MOST_NAMED} more below" if len(named) > _MOST_NAMED else ""
    said = (
        f"What the answers tell of practices: {with_semicolons(named[:_MOST_NAMED])}{more}"
        if named
        else ("What the answers tell of practices: none for sure")
    )
    facts = [one for one in questionnaire().facts if one.path not in assessment.plan.facts]
    asked = f" Said outright, these would be known: {listed([one.name for one in facts])}." if facts else ""
    return f"{said}. They do not tell {counted(n_open, 'lever')} of {len(table)}.{asked}"


def _is_sure(row: Any) -> bool:
    return bool(row.verdict == "partly told" and row.chance >= _SURE)


def value_in_words(row: Any) -> str:
    """`yes (97 %)`, or `4.2 (90 %: 3 to 6)`; what is known stands alone."""
    if row.verdict == KNOWN:
        return rounded(row.value) if row.value is not None else say("never")
    if not row.is_number:
        return in_brackets(in_words(row.value), probability(row.chance))
    low, value, high = (_digits(one) for one in (row.low, row.value, row.high))
    return say("{value} (90 %: {low} to {high})", value=value, low=low, high=high) if low != high else value


def before_in_words(row: Any) -> str:
    """The same without any answers."""
    if row.verdict == KNOWN:
        return "-"
    if not row.is_number:
        return whole_percent(row.chance_before)
    return say("{low} to {high}", low=_digits(row.low_before), high=_digits(row.high_before))


def _digits(value: float | None) -> str:
    return say("never") if value is None else written(float(f"{value:.2g}"), "g")


def how_sure(evidence: HeldOut) -> str:
    """How well companies left out were read."""
    parts = []
    for low, high in _BANDS:
        mean, came, n = evidence.accuracy_where(low, high)
        if n >= 10:
            parts.append(f"said {whole_percent(mean)}, right in {whole_percent(came)} of {n}")
    near = evidence.is_near
    right = evidence.chances.argmax(axis=1) == evidence.types
    covered, n_intervals = evidence.coverage()
    span = (
        f" The 90 % intervals of told numbers held the truth in {whole_percent(covered)} of {n_intervals:,} cases."
        if n_intervals
        else ""
    )
    like = f" ({whole_percent(float(np.mean(right[near])))} of those near a type)" if near.any() else ""
    return (
        f"How sure: of {counted(len(evidence.types), 'simulated company')} read the same way, with the truth known, "
        f"the likeliest type was right in {whole_percent(evidence.accuracy)}{like}; {with_semicolons(parts)}.{span}"
    )


def cautions(assessment: Assessment) -> tuple[str, ...]:
    """What a reader should know of the answers."""
    said = [f"Note: {sentence(note)}." for note in assessment.plan.survey.notes]
    if assessment.is_unlike:
        said.insert(
            0,
            "Take care: hardly any simulated company answers like that; the model may not hold for this one.",
        )
    return tuple(said)


def gain_in_words(row: Any) -> str:
    """What a step brings, with no more digits than its doubt allows."""
    if math.isnan(row.gain):
        return "-"
    return euro(row.gain, signed=True) if math.isnan(row.low) else euro_known(row.gain, _half(row), signed=True)


def lever_words(path: str) -> str:
    """A lever in words; ways to pay by their practice."""
    return label_of(practice_of(path)) if path.startswith("pay.") else parameter_words(path)
