"""A brief in sentences, for a terminal and for a page."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from experiments.observation.yearly import CONTRIBUTION, REVENUE
from experiments.questions.brief.kept import SIDES
from experiments.reporting.figure_style import rows_of
from experiments.reporting.what_it_hangs_on import hanging_words
from experiments.statistics.doubt import Spread
from experiments.wording.numbers import (
    amount,
    counted,
    euro,
    euro_known,
    from_to_known,
    listed,
    name_of,
    probability,
    sentence,
)

if TYPE_CHECKING:
    from experiments.questions.brief.result import Brief

_WORTH_NAMING_H = 0.1
_FIRM, _OPEN = 0.8, 0.5


def headline(brief: "Brief") -> str:
    """What to do first, and what it is worth."""
    if not brief.steps:
        return f"No step towards {brief.best} can be told to pay yet: leave things as they are"
    gain = brief.gain_of_steps(1)
    return f"Begin with {brief.steps[0].label}: {_gain(gain)} contribution a year"


def in_sentences(brief: "Brief") -> Iterator[str]:
    """Today, next step, best; each step; what would overturn it; whether it is the reader's company at all."""
    yield today(brief)
    for step in range(len(brief.steps)):
        yield step_words(brief, step)
    yield best(brief)
    yield what_it_hangs_on(brief)
    yield stress(brief)
    yield check(brief)


def today(brief: "Brief") -> str:
    """What the company earns as it is, in a year."""
    revenue, contribution = brief.today(REVENUE), brief.today(CONTRIBUTION)
    lives = "worlds" if brief.plan.assumptions is None else "draws of the assumptions"
    return (
        f"Today: revenue {_level(revenue)} and contribution {_level(contribution)} a year (the middle 80 % of "
        f"{brief.question.runs:,} {lives}; so everywhere below)."
    )


def step_words(brief: "Brief", place: int) -> str:
    """A step: what changes, what all steps so far bring, who gives hours, what it costs, how soon it pays."""
    one: Any = list(rows_of(brief.what_steps_take))[place]
    revenue, gain = brief.gain_of_steps(place + 1, REVENUE), brief.gain_of_steps(place + 1)
    so_far = "it brings" if place == 0 else "with the steps before it brings"
    return (
        f"Step {one.step}, {one.label}: {so_far} {_gain(revenue)} revenue and {_gain(gain)} contribution a year, more "
        f"than it costs in {probability(gain.share_above, gain.n)}; {effort(one)}; {pays_back(one)}."
    )


def effort(step: Any) -> str:
    """Hours a week by side and money of a step."""
    hours = {side: getattr(step, f"hours_{side}") for side in SIDES}
    named = [f"{side} {value:+.1f}" for side, value in hours.items() if abs(value) >= _WORTH_NAMING_H]
    spent = f"hours a week with the other side: {listed(named)}" if named else "hardly an hour a week"
    return f"{spent}, {euro(step.money)} a year in money" if step.money >= 1 else spent


def pays_back(step: Any) -> str:
    """How long people learn it, and when all so far has paid back."""
    return f"most people work that way after {step.months_to_learn:.0f} months, {paid_back(step)}"


def paid_back(step: Any) -> str:
    """When a step, and those before it, have earned more than they cost."""
    months = step.months_to_pay_back
    return "not paid back within the run" if months != months else f"paid back within {counted(int(months), 'month')}"


def how_sure(brief: "Brief") -> str:
    """In how many replications the first step, all steps and the whole way pay."""
    lives = "worlds" if brief.plan.assumptions is None else "draws of the assumptions"
    parts = [f"the whole way, {brief.best}, in {probability(brief.gain_of_best().share_above)}"]
    n_steps = len(brief.steps)
    if n_steps > 1:
        parts.insert(0, f"all {n_steps} steps in {probability(brief.gain_of_steps(n_steps).share_above)}")
    if n_steps:
        parts.insert(0, f"the first step in {probability(brief.gain_of_steps(1).share_above)}")
    return f"How sure: of {brief.question.runs:,} {lives} more is earned than it costs with {listed(parts)}."


def what_it_hangs_on(brief: "Brief") -> str:
    """The assumptions on which the best type's gain hangs; nothing where none are drawn."""
    if brief.plan.assumptions is None:
        return ""
    return hanging_words(brief.hangs_on, brief.gain_of_best().middle.half_width, brief.question.runs)


def best(brief: "Brief") -> str:
    """The best type as a whole, and whether a few steps are as good."""
    whole, apart = brief.gain_of_best(), brief.steps_against_whole()
    said = (
        f"The whole way, {brief.best}: {_gain(brief.gain_of_best(REVENUE))} revenue and {_gain(whole)} contribution a "
        f"year against today, more than it costs in {probability(whole.share_above, whole.n)}"
    )
    if apart is None:
        return f"{said}."
    verdict = "more than" if apart.mean > 0 else "less than"
    if not apart.interval.excludes(0):
        verdict = "about as much as"
    return f"{said}; the steps alone bring {verdict} the whole."


def stress(brief: "Brief") -> str:
    """Where the answer holds if the market turns, and where not."""
    parts = []
    for market, some in brief.under_stress.groupby("market", sort=False):
        ways = {row.way: row for row in rows_of(some)}
        way = ways["steps"] if brief.steps else ways["best"]
        firm = "holds" if way.share_above >= _FIRM else "is open" if way.share_above >= _OPEN else "turns"
        parts.append(f"with {market} it {firm} ({euro_known(way.mean, _half(way), signed=True)})")
    return f"Under stress, {'the steps' if brief.steps else brief.best}: {'; '.join(parts)}."


def check(brief: "Brief") -> str:
    """Figures that a reader can hold against the own company."""
    units = {"cycle_days_median": "calendar days", "n_won": "in the run"}
    parts = [
        f"{name_of(row.figure)} {amount(row.median, units.get(row.figure, 'share'))}" for row in rows_of(brief.known)
    ]
    return sentence(f"is it your company? Here today: {', '.join(parts)}. If yours differ much, calibrate.")


def _gain(gap: Spread) -> str:
    """`+€0.9 M (€0.2 M to €1.9 M)`."""
    return f"{euro_known(gap.mean, gap.middle.half_width, signed=True)} ({from_to_known(gap.middle, signed=True)})"


def _level(of: Spread) -> str:
    return f"{euro_known(of.mean, of.middle.half_width)} ({from_to_known(of.middle)})"


def _half(row: Any) -> float:
    return float(row.high - row.low) / 2
