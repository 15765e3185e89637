"""An assessment in plain sentences: the type, what to change next, where both sides differ, what is told, how sure."""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from experiments.designs.practice_bundles import label_of, practice_of
from experiments.observation.survey_answers import GOODWILL
from experiments.questions.assess.gaps import Cause, Gap
from experiments.questions.assess.held_out import HeldOut
from experiments.questions.assess.questionnaire import questionnaire
from experiments.questions.assess.result import KNOWN, RARELY_OPEN, Assessment
from experiments.reporting.figure_style import rows_of
from experiments.statistics.doubt import FEWEST, says_something
from experiments.statistics.paired import Interval
from experiments.wording.language import say, term
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
    whole_percent,
    with_commas,
    with_semicolons,
    written,
)
from experiments.wording.parameters import declared, in_words, parameter_words, rounded

_MOST_NAMED, _MOST_GAPS = 6, 2
_SURE, _LIKELY = 0.9, 0.5
_RARE = 0.015
_BANDS = ((0.0, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 1.01))


def in_sentences(assessment: Assessment) -> tuple[str, ...]:
    """The type, what to change, gaps, what is told, how sure; then what a reader should know of the answers."""
    found = (which_type(assessment), advice(assessment), where_apart(assessment), what_is_told(assessment))
    return (*found, how_sure(assessment.evidence), *cautions(assessment))


def headline(assessment: Assessment) -> str:
    """The finding in a few words."""
    first, second = sorted(assessment.chances, key=lambda one: -assessment.chances[one])[:2]
    told = {"first": term(first), "chance": probability(assessment.chances[first])}
    what = say("Most likely {first} ({chance})", **told)
    if assessment.chances[first] < _LIKELY:
        told |= {"second": term(second), "other": probability(assessment.chances[second])}
        what = say("Between {first} ({chance}) and {second} ({other})", **told)
    row = _first_step(assessment)
    if row is None:
        return what
    return say(
        "{what}; next: {step}, {gain} contribution a year", what=what, step=step_words(row), gain=gain_in_words(row)
    )


def which_type(assessment: Assessment) -> str:
    """Each type with its probability, and the score."""
    order = sorted(assessment.chances, key=lambda one: -assessment.chances[one])
    types = [(term(one), assessment.chances[one]) for one in order if assessment.chances[one] > _RARE]
    score, span = assessment.score
    return say(
        "Which type: {types}. The relationship score is {score} of 20 to 100 (90 % interval {low} to {high}, for who "
        "happened to answer): {sales} by Sales, {marketing} by Marketing.",
        types=listed([in_brackets(name, probability(chance)) for name, chance in types]),
        score=written(score, ".0f"),
        low=written(span.low, ".0f"),
        high=written(span.high, ".0f"),
        sales=written(assessment.scores[0], ".0f"),
        marketing=written(assessment.scores[1], ".0f"),
    )


def advice(assessment: Assessment) -> str:
    """The first step with its doubt, and what may come after it."""
    if assessment.tried is None:
        return say("What to do: nothing can be said yet; the same command goes on from here.")
    row = _first_step(assessment)
    if row is None:
        return say("What to do: no single practice can be told to pay in the plausible companies.")
    clauses = [
        say(
            "start with {step} as {goal} has it ({changes}); in plausible companies that do not do so yet it brings "
            "{gain} contribution a year (95 % interval {interval})",
            step=step_words(row),
            goal=term(assessment.goal or ""),
            changes=change_in_words(assessment, row.practice),
            gain=gain_in_words(row),
            interval=from_to_known(Interval(row.low, row.high), signed=True),
        )
    ]
    if says_something(row.n):
        clauses.append(say("it pays in {share} of them", share=probability(row.share_pays, row.n)))
    if row.share_open < _SURE:
        open_in = probability(row.share_open)
        clauses.append(say("look first whether you have it already: it is open in {share} of all", share=open_in))
    others = [
        in_brackets(step_words(one), gain_in_words(one))
        for one in rows_of(assessment.steps)
        if one.is_again and one.practice != row.practice and one.low > 0 and one.share_open >= RARELY_OPEN
    ]
    if others:
        clauses.append(say("also {steps}", steps=listed(others)))
    return say("What to do: {clauses}.", clauses=with_semicolons(clauses))


def _first_step(assessment: Assessment) -> Any:
    """The best of the steps that were measured twice; None where its gain is not clear of zero."""
    for row in rows_of(assessment.steps):
        if row.is_again and row.low > 0:
            return row
    return None


def step_words(row: Any) -> str:
    """A step by its practice, or less of that where the goal does without."""
    what = term(row.label)
    return say("less of {what}", what=what) if row.is_less else what


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
        return say(
            "Where both sides differ: nowhere more than usual. Over all, Sales less Marketing is {size} points; in "
            "90 % of simulated companies it is between {low} and {high}.",
            size=written(whole.size, "+.0f"),
            low=written(whole.usual[0], "+.0f"),
            high=written(whole.usual[1], "+.0f"),
        )
    said = [gap_in_words(one) for one in unusual[:_MOST_GAPS]]
    if len(unusual) > _MOST_GAPS:
        said.append(say("{n} more below", n=len(unusual) - _MOST_GAPS))
    return say("Where both sides differ more than usual: {gaps}.", gaps=with_semicolons(said))


def gap_in_words(gap: Gap) -> str:
    """`"Both sides learn ..." (Sales 2, Marketing 4.5; as far apart in 1 % of simulated companies)`."""
    what = say("the whole score") if gap.statement == 0 else f'"{questionnaire().statement(gap.statement)}"'
    clauses = [
        say("Sales {sales}, Marketing {marketing}", sales=number(gap.sales), marketing=number(gap.marketing)),
        say("as far apart in none of the simulated companies")
        if gap.share == 0
        else say("as far apart in {share} of simulated companies", share=percent(gap.share)),
    ]
    if gap.causes:
        clauses.append(say("what sets those nearest to it apart: {causes}", causes=causes_in_words(gap)))
    return in_brackets(what, with_semicolons(clauses))


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
    if len(named) > _MOST_NAMED:
        named = [*named[:_MOST_NAMED], say("{n} more below", n=len(named) - _MOST_NAMED)]
    levers = counted(int((table["verdict"] == "not told").sum()), "lever")
    said = say(
        "What the answers tell of practices: {practices}. They do not tell {levers} of {n}.",
        practices=with_semicolons(named) if named else say("nothing for sure"),
        levers=levers,
        n=len(table),
    )
    facts = [one.name for one in questionnaire().facts if one.path not in assessment.plan.facts]
    if not facts:
        return said
    return say("{said} Said outright, these would be known: {facts}.", said=said, facts=with_commas(facts))


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
    near = evidence.is_near
    right = evidence.chances.argmax(axis=1) == evidence.types
    clauses = [
        say(
            "of {companies} read the same way, with the truth known, the likeliest type was right in {right} ({near} "
            "of those near a type)",
            companies=counted(len(evidence.types), "simulated company"),
            right=whole_percent(evidence.accuracy),
            near=whole_percent(float(np.mean(right[near]))) if near.any() else "-",
        )
    ]
    for low, high in _BANDS:
        mean, came, n = evidence.accuracy_where(low, high)
        if n >= FEWEST:
            told = {"mean": whole_percent(mean), "came": whole_percent(came), "n": n}
            clauses.append(say("said {mean}, right in {came} of {n}", **told))
    covered, n_intervals = evidence.coverage()
    if n_intervals:
        clauses.append(
            say(
                "90 % intervals of told numbers held the truth in {share} of {n} cases",
                share=whole_percent(covered),
                n=written(n_intervals),
            )
        )
    return say("How sure: {clauses}.", clauses=with_semicolons(clauses))


def cautions(assessment: Assessment) -> tuple[str, ...]:
    """What a reader should know of the answers."""
    said = [say("Note: {note}.", note=note) for note in _notes(assessment)]
    if assessment.is_unlike:
        care = say("Take care: hardly any simulated company answers like that; the model may not hold for this one.")
        said.insert(0, care)
    return tuple(said)


def _notes(assessment: Assessment) -> Iterator[str]:
    survey = assessment.plan.survey
    for side, missing in zip((say("Sales"), say("Marketing")), survey.missing, strict=True):
        if missing:
            numbers = listed([str(one) for one in missing])
            yield say("{side} has not answered {numbers}; that is left out", side=side, numbers=numbers)
    if survey.is_count_unknown:
        yield say("how many people answered is not said; the answers count as one person's on each side")


def gain_in_words(row: Any) -> str:
    """What a step brings, with no more digits than its doubt allows."""
    if math.isnan(row.gain):
        return "-"
    return euro(row.gain, signed=True) if math.isnan(row.low) else euro_known(row.gain, _half(row), signed=True)


def lever_words(path: str) -> str:
    """A lever in words; ways to pay by their practice."""
    return term(label_of(practice_of(path))) if path.startswith("pay.") else parameter_words(path)
