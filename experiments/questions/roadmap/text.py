"""A roadmap in plain sentences: where to start, what next, what to leave, and how sure that is."""

import math
from dataclasses import dataclass

from experiments.questions.roadmap.result import Roadmap
from experiments.reporting.figure_style import rows_of
from experiments.statistics.doubt import FEWEST, says_something
from experiments.statistics.paired import Difference, Interval, Mean
from experiments.studies.greedy_path import Step
from experiments.wording.language import say, term
from experiments.wording.numbers import (
    counted,
    euro,
    euro_known,
    from_to,
    listed,
    probability,
    with_semicolons,
    written,
)

_MOST_NAMED = 3


def in_sentences(roadmap: Roadmap) -> tuple[str, ...]:
    """What a head of sales should do; what the whole way brings; how the path compares with it; whether it adds up."""
    if not roadmap.n_replications:
        return (say("Nothing can be said: no world was lived to its end with every set of practices."),)
    return advice(roadmap), whole_way(roadmap), path_against_whole(roadmap), adds_up(roadmap)


def headline(roadmap: Roadmap) -> str:
    """The finding in a few words."""
    if not roadmap.n_replications:
        return say("No answer: no world was lived to its end")
    if not says_something(roadmap.n_replications):
        return say("No answer yet: {worlds} say too little", worlds=counted(roadmap.n_replications, "world"))
    if not roadmap.path.steps or not roadmap.path.steps[0].gain.mean > 0:
        return say("No single practice can be told to pay yet")
    first = roadmap.path.steps[0]
    gain = a_year(roadmap, first.gain)
    size = euro_known(gain.mean, gain.interval.half_width, signed=True)
    return say("Start with {practice}: {gain} contribution a year", practice=_label(roadmap, first), gain=size)


def whole_way(roadmap: Roadmap) -> str:
    """What the goal brings against the start."""
    total = a_year(roadmap, roadmap.total())
    return say(
        "The whole way: {ends} changes contribution by {gain} a year (95 % interval {interval}), with {practices} "
        "changed.",
        ends=ends_in_words(roadmap),
        gain=euro(total.mean, signed=True),
        interval=from_to(total.interval, "EUR", signed=True),
        practices=counted(len(roadmap.practices), "practice"),
    )


def path_against_whole(roadmap: Roadmap) -> str:
    """What the path brings against all practices of the goal, in the same fresh worlds; `compare` shows the latter."""
    steps, whole, revenue = roadmap.path.steps, roadmap.path.whole, roadmap.path.whole_revenue
    if not steps or whole is None or revenue is None:
        return ""
    path = a_year(roadmap, steps[-1].gain_so_far)
    doubt, last = path.interval.half_width, steps[-1].revenue_so_far
    told = {
        "path": _bring(len(steps)),
        "gain": euro_known(path.mean, doubt, signed=True),
        "revenue": euro_known(last.mean, last.interval.half_width, signed=True),
        "whole_gain": euro_known(whole.mean * roadmap.per_year, doubt, signed=True),
        "whole_revenue": euro_known(revenue.mean, revenue.interval.half_width, signed=True),
        "goal": term(roadmap.ends.goal_name),
    }
    apart = roadmap.path.against_whole
    if apart is None or not apart.interval.excludes(0):
        return say(
            "The path against the whole: {path} {gain} contribution and {revenue} revenue a year, not to be told from "
            "the {whole_gain} and {whole_revenue} of {goal} as a whole; `compare` shows whole types only.",
            **told,
        )
    if apart.mean > 0:
        return say(
            "The path against the whole: {path} {gain} contribution and {revenue} revenue a year, more than the "
            "{whole_gain} and {whole_revenue} of {goal} as a whole; `compare` shows whole types only.",
            **told,
        )
    return say(
        "The path against the whole: {path} {gain} contribution and {revenue} revenue a year, less than the "
        "{whole_gain} and {whole_revenue} of {goal} as a whole; `compare` shows whole types only.",
        **told,
    )


def _bring(n_steps: int) -> str:
    steps = counted(n_steps, "step")
    return say("{steps} brings", steps=steps) if n_steps == 1 else say("{steps} bring", steps=steps)


def path_pays(roadmap: Roadmap) -> str:
    """In how many of its worlds the path earns more than it costs."""
    share = roadmap.gain_of_path().share_above
    if share != share:
        return ""
    return say(
        "The path earns more than it costs in {chance} of {worlds}.",
        chance=probability(share),
        worlds=counted(len(roadmap.path.seeds), "world"),
    )


def adds_up(roadmap: Roadmap) -> str:
    """The sum of the values against the difference in the same worlds and in fresh ones."""
    check = sum_check(roadmap)
    said = say(
        "The values of all practices add up to {total} a year, as goal minus start in the same {worlds}",
        total=euro(check.total, signed=True),
        worlds=counted(roadmap.n_replications, "world"),
    )
    if math.isnan(check.fresh):
        return say("How sure: {said}.", said=said)
    return say(
        "How sure: {said}; in {worlds} that is {fresh}, {n} standard errors away.",
        said=said,
        worlds=counted(len(roadmap.path.seeds), "other world"),
        fresh=euro(check.fresh, signed=True),
        n=written(check.errors_apart, ".1f"),
    )


@dataclass(frozen=True)
class SumCheck:
    """EUR a year: the sum of the values, goal minus start in the same worlds, and in fresh ones.

    `errors_apart`: sum minus fresh, in standard errors of that difference.
    """

    total: float
    same: float
    fresh: float
    errors_apart: float


def sum_check(roadmap: Roadmap) -> SumCheck:
    """Whether the values add up to goal minus start, also in worlds they were not measured in."""
    sums, whole = roadmap.shapley().sum(axis=1), roadmap.path.whole
    total, same = sums.mean() * roadmap.per_year, roadmap.total().mean * roadmap.per_year
    if whole is None or whole.n < 2 or len(sums) < 2:
        return SumCheck(total, same, math.nan, math.nan)
    error = math.hypot(float(sums.std(ddof=1)) / math.sqrt(len(sums)), whole.sd / math.sqrt(whole.n))
    apart = abs(float(sums.mean()) - whole.mean) / error if error > 0 else 0.0
    return SumCheck(total, same, whole.mean * roadmap.per_year, apart)


def advice(roadmap: Roadmap) -> str:
    """One sentence for a head of sales: start with, next, leave."""
    steps = list(roadmap.path.steps)
    if not says_something(roadmap.n_replications):
        return say(
            "What to do: {worlds} say too little to name a practice; {fewest} are the fewest, 40 are usual (--runs).",
            worlds=counted(roadmap.n_replications, "world"),
            fewest=FEWEST,
        )
    if not steps or not steps[0].gain.mean > 0:
        return say(
            "What to do: no practice can be told to pay yet; make more runs (--runs); {leave}.", leave=_leave(roadmap)
        )
    first, later = steps[0], [step for step in steps[1:] if step.gain.mean > 0]
    said = say(
        "Start with {practice} ({what}), it brings about {worth}",
        practice=_label(roadmap, first),
        what=_what(roadmap, first),
        worth=_worth(roadmap, first.gain),
    )
    clauses = [said, _leave(roadmap)]
    if later:
        clauses.insert(1, say("next {steps}", steps=listed([_next(roadmap, step) for step in later[:_MOST_NAMED]])))
    return say("What to do: {clauses}.", clauses=with_semicolons(clauses))


def _what(roadmap: Roadmap, step: Step) -> str:
    """What changes with a step; only the first levers of many."""
    changes = roadmap.practices[step.part].levers_in_words
    return with_semicolons([*changes[:_MOST_NAMED], *(["..."] if len(changes) > _MOST_NAMED else [])])


def _next(roadmap: Roadmap, step: Step) -> str:
    gain = euro(step.gain.mean * roadmap.per_year, signed=True)
    return say("{practice} ({gain} a year)", practice=_label(roadmap, step), gain=gain)


def _leave(roadmap: Roadmap) -> str:
    """Practices that take away on average over all orders, clearly; else those the path never took."""
    taken = {_label(roadmap, step) for step in roadmap.path.steps}
    clear = [term(row.label) for row in rows_of(roadmap.table.iloc[::-1]) if row.value_high < 0]
    bad = [label for label in clear if label not in taken]
    if bad:
        return say("leave {practices}: more is lost than gained", practices=listed(bad[:_MOST_NAMED]))
    return say("leave the rest until it can be told to pay")


def _worth(roadmap: Roadmap, gain: Difference) -> str:
    worth = a_year(roadmap, gain)
    told = {"gain": euro(worth.mean), "interval": from_to(worth.interval, "EUR")}
    if gain.is_clear:
        return say("{gain} a year (95 % interval {interval})", **told)
    return say("{gain} a year (95 % interval {interval}, so it may still be nothing)", **told)


def a_year(roadmap: Roadmap, gain: Difference) -> Mean:
    """A difference of a whole run as a year's."""
    mean, low, high, sd = (number * roadmap.per_year for number in (*gain.with_ends, gain.sd))
    return Mean(gain.n, gain.n_unknown, mean, sd, Interval(low, high))


def ends_in_words(roadmap: Roadmap) -> str:
    """`from today's practices to aligned`."""
    start = term(roadmap.question.start) if roadmap.question.start else say("today's practices")
    return say("from {start} to {goal}", start=start, goal=term(roadmap.ends.goal_name))


def _label(roadmap: Roadmap, step: Step) -> str:
    return term(roadmap.practices[step.part].label)
