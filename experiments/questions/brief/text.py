"""A brief in sentences, for a terminal and for a page."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from experiments.observation.yearly import CONTRIBUTION, REVENUE
from experiments.questions.brief.kept import SIDES
from experiments.reporting.figure_style import rows_of
from experiments.reporting.what_it_hangs_on import hanging_words
from experiments.statistics.doubt import Spread
from experiments.wording.language import say, term
from experiments.wording.numbers import (
    amount,
    counted,
    euro,
    euro_known,
    from_to_known,
    in_brackets,
    listed,
    name_of,
    probability,
    with_commas,
    with_semicolons,
    written,
)

if TYPE_CHECKING:
    from experiments.questions.brief.result import Brief

_WORTH_NAMING_H = 0.1
_FIRM, _OPEN = 0.8, 0.5


def headline(brief: "Brief") -> str:
    """What to do first, and what it is worth."""
    if not brief.steps:
        return say("No step towards {best} can be told to pay yet: leave things as they are", best=term(brief.best))
    gain = _gain(brief.gain_of_steps(1))
    return say("Begin with {step}: {gain} contribution a year", step=term(brief.steps[0].label), gain=gain)


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
    lives = say("worlds") if brief.plan.assumptions is None else say("draws of the assumptions")
    return say(
        "Today: revenue {revenue} and contribution {contribution} a year (the middle 80 % of {n} {lives}; so "
        "everywhere below).",
        revenue=_level(revenue),
        contribution=_level(contribution),
        n=written(brief.question.n_runs),
        lives=lives,
    )


def step_words(brief: "Brief", place: int) -> str:
    """A step: what changes, what all steps so far bring, who gives hours, what it costs, how soon it pays."""
    one: Any = list(rows_of(brief.what_steps_take))[place]
    gain = brief.gain_of_steps(place + 1)
    return say(
        "Step {step}, {practice}: {so_far} {revenue} revenue and {gain} contribution a year, more than it costs in "
        "{chance}; {effort}; {pays_back}.",
        step=one.step,
        practice=term(one.label),
        so_far=say("it brings") if place == 0 else say("with the steps before it brings"),
        revenue=_gain(brief.gain_of_steps(place + 1, REVENUE)),
        gain=_gain(gain),
        chance=probability(gain.share_above, gain.n),
        effort=effort(one),
        pays_back=pays_back(one),
    )


def effort(step: Any) -> str:
    """Hours a week by side and money of a step."""
    hours = {side: getattr(step, f"hours_{side}") for side in SIDES}
    named = [f"{term(side)} {written(value, '+.1f')}" for side, value in hours.items() if abs(value) >= _WORTH_NAMING_H]
    spent = say("hardly an hour a week")
    if named:
        spent = say("hours a week with the other side: {hours}", hours=listed(named))
    return say("{spent}, {money} a year in money", spent=spent, money=euro(step.money)) if step.money >= 1 else spent


def pays_back(step: Any) -> str:
    """How long people learn it, and when all so far has paid back."""
    learn = say("most people work that way after {n} months", n=written(step.months_to_learn, ".0f"))
    return with_commas([learn, paid_back(step)])


def paid_back(step: Any) -> str:
    """When a step, and those before it, have earned more than they cost."""
    months = step.months_to_pay_back
    if months != months:
        return say("not paid back within the run")
    return say("paid back within {months}", months=counted(int(months), "month"))


def how_sure(brief: "Brief") -> str:
    """In how many replications the first step, all steps and the whole way pay."""
    whole = probability(brief.gain_of_best().share_above)
    parts = [say("the whole way, {best}, in {chance}", best=term(brief.best), chance=whole)]
    n_steps = len(brief.steps)
    if n_steps > 1:
        chance = probability(brief.gain_of_steps(n_steps).share_above)
        parts.insert(0, say("all {n} steps in {chance}", n=n_steps, chance=chance))
    if n_steps:
        parts.insert(0, say("the first step in {chance}", chance=probability(brief.gain_of_steps(1).share_above)))
    return say(
        "How sure: of {n} {lives} more is earned than it costs with {parts}.",
        n=written(brief.question.n_runs),
        lives=say("worlds") if brief.plan.assumptions is None else say("draws of the assumptions"),
        parts=listed(parts),
    )


def what_it_hangs_on(brief: "Brief") -> str:
    """The assumptions on which the best type's gain hangs; nothing where none are drawn."""
    if brief.plan.assumptions is None:
        return ""
    return hanging_words(brief.hangs_on, brief.gain_of_best().middle.half_width, brief.question.n_runs)


def best(brief: "Brief") -> str:
    """The best type as a whole, and whether a few steps are as good."""
    whole, apart = brief.gain_of_best(), brief.steps_against_whole()
    said = say(
        "The whole way, {best}: {revenue} revenue and {gain} contribution a year against today, more than it costs in "
        "{chance}",
        best=term(brief.best),
        revenue=_gain(brief.gain_of_best(REVENUE)),
        gain=_gain(whole),
        chance=probability(whole.share_above, whole.n),
    )
    if apart is None:
        return say("{said}.", said=said)
    if not apart.interval.excludes(0):
        return say("{said}; the steps alone bring about as much as the whole.", said=said)
    if apart.mean > 0:
        return say("{said}; the steps alone bring more than the whole.", said=said)
    return say("{said}; the steps alone bring less than the whole.", said=said)


def stress(brief: "Brief") -> str:
    """Where the answer holds if the market turns, and where not."""
    parts = []
    for market, some in brief.under_stress.groupby("market", sort=False):
        ways = {row.way: row for row in rows_of(some)}
        way = ways["steps"] if brief.steps else ways["best"]
        parts.append(_under(str(market), way))
    what = say("the steps") if brief.steps else term(brief.best)
    return say("Under stress, {what}: {parts}.", what=what, parts=with_semicolons(parts))


def _under(market: str, way: Any) -> str:
    """What a market under stress does to the answer."""
    told = {"market": term(market), "gain": euro_known(way.mean, _half(way), signed=True)}
    if way.share_above >= _FIRM:
        return say("with {market} it holds ({gain})", **told)
    if way.share_above >= _OPEN:
        return say("with {market} it is open ({gain})", **told)
    return say("with {market} it turns ({gain})", **told)


def check(brief: "Brief") -> str:
    """Figures that a reader can hold against the own company."""
    units = {"cycle_days_median": "calendar days", "n_won": "in the run"}
    parts = [
        f"{name_of(row.figure)} {amount(row.median, units.get(row.figure, 'share'))}" for row in rows_of(brief.known)
    ]
    return say(
        "Is it your company? Here today: {figures}. If yours differ much, calibrate.", figures=with_commas(parts)
    )


def _gain(gap: Spread) -> str:
    """`+€0.9 M (€0.2 M to €1.9 M)`."""
    return in_brackets(euro_known(gap.mean, gap.middle.half_width, signed=True), from_to_known(gap.middle, signed=True))


def _level(of: Spread) -> str:
    return in_brackets(euro_known(of.mean, of.middle.half_width), from_to_known(of.middle))


def _half(row: Any) -> float:
    return float(row.high - row.low) / 2
