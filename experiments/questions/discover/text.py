"""Where a design loses, in plain sentences: how often, where, and how sure that is."""

from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.statistics.doubt import says_something
from experiments.statistics.prim_cart import Box, Cover
from experiments.wording.numbers import counted, euro, listed, number, percent, sentence
from experiments.wording.parameters import parameter_words

if TYPE_CHECKING:
    from experiments.questions.discover.result import Discovery


def versus(discovery: "Discovery") -> str:
    """`integrated against today's practices`."""
    other = discovery.question.against or "today's practices"
    return f"{discovery.question.design} against {other}"


def headline(discovery: "Discovery") -> str:
    """The finding in a few words."""
    if not len(discovery.known):
        return "No answer: no company was lived to its end with both designs"
    if not discovery.box.limits:
        return sentence(
            f"{discovery.question.design} loses in {percent(discovery.share_lost)} of companies, in no special place"
        )
    return sentence(f"{discovery.question.design} {_does(discovery)} mostly where {in_words(discovery.box)}")


def _does(discovery: "Discovery") -> str:
    """What makes a case: it loses, or gains least."""
    return "loses" if not discovery.below else "loses most" if discovery.below < 0 else "gains least"


def case_in_words(discovery: "Discovery") -> str:
    """`loses`, or what it does where losses are too rare or too common for a box."""
    if not discovery.below:
        return "loses"
    least = f"{euro(abs(discovery.below))} of contribution a year"
    return f"loses more than {least}" if discovery.below < 0 else f"gains less than {least}"


def in_words(box: Box) -> str:
    """`turbulence is below 0.8 and buyers are above 3.1`."""
    return listed([_limit(path, low, high) for path, (low, high) in by_weight(box)])


def by_weight(box: Box) -> list[tuple[str, tuple[float, float]]]:
    """Limits, the least likely by chance first."""
    return sorted(box.limits.items(), key=lambda one: box.quasi_p.get(one[0], 1.0))


def _limit(path: str, low: float, high: float) -> str:
    name = parameter_words(path)
    if np.isinf(low):
        return f"{name} is at most {number(high)}"
    if np.isinf(high):
        return f"{name} is at least {number(low)}"
    return f"{name} is from {number(low)} to {number(high)}"


def in_sentences(discovery: "Discovery") -> tuple[str, ...]:
    """How often it loses; where; how sure that is."""
    if not len(discovery.known):
        return ("Nothing can be said: no sampled company was lived to its end with both designs.",)
    design = discovery.question.design
    n, lost = len(discovery.known), int(discovery.loses.sum())
    often = f"How often: {versus(discovery)} loses in {lost} of {n} sampled companies ({percent(discovery.share_lost)})"
    said = [f"{often}, by {_lost(discovery)} a year on average where it does." if lost else f"{often}."]
    if discovery.below:
        rare = "rare" if discovery.below > 0 else "common"
        said[0] += f" That is too {rare} for a box, so it is told where it {_does(discovery)}."
    if not discovery.box.limits:
        return (*said, f"Where: no box says where {design} {_does(discovery)}; no limit is better than chance.")
    cover = discovery.fresh(discovery.box)
    if not says_something(cover.n):
        return (*said, f"{_where(discovery)}. How often cannot be told: {cover.n} of the unseen points lie there.")
    return (*said, f"{_where(discovery)}; {_how_often_there(discovery, cover)}.", _how_sure(discovery, cover))


def _where(discovery: "Discovery") -> str:
    return f"Where: {discovery.question.design} {_does(discovery)} mostly where {in_words(discovery.box)}"


def _how_often_there(discovery: "Discovery", cover: Cover) -> str:
    case = case_in_words(discovery)
    return (
        f"of all companies where it {case}, {percent(cover.coverage)} lie there (coverage), and it {case} in "
        f"{percent(cover.density)} of the companies there (density), against {percent(_mean(discovery.cases))} anywhere"
    )


def _how_sure(discovery: "Discovery", cover: Cover) -> str:
    chances = listed([f"{parameter_words(path)} {p_in_words(p)}" for path, p in discovery.box.quasi_p.items()])
    return (
        f"How sure: both are told of {counted(int((~discovery.is_trained_on).sum()), 'point')} that had no part in "
        f"finding the box, {cover.n} of them inside (95 % interval of the density {percent(cover.low)} to "
        f"{percent(cover.high)}); quasi-p-values: {chances}."
    )


def _lost(discovery: "Discovery") -> str:
    """What is lost on average where it loses: revenue, if runs say it, and contribution."""
    revenue, contribution = (
        _mean(gain[discovery.known][discovery.loses]) for gain in (discovery.revenue, discovery.gain)
    )
    lost = f"{euro(-contribution)} contribution"
    return lost if revenue != revenue else f"{lost} (revenue {euro(revenue, signed=True)})"


def _mean(values: Any) -> float:
    return float(np.mean(values)) if len(values) else float("nan")


def p_in_words(value: float) -> str:
    """A quasi-p-value."""
    return "below 0.001" if value < 0.001 else f"{value:.3f}"
