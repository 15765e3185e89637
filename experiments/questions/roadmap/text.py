"""A roadmap in plain sentences: where to start, what next, what to leave, and how sure that is."""

import math
from dataclasses import dataclass

from experiments.questions.roadmap.result import Roadmap
from experiments.reporting.figure_style import rows_of
from experiments.statistics.doubt import FEWEST, says_something
from experiments.statistics.paired import Difference, Interval, Mean
from experiments.studies.greedy_path import Step
from experiments.wording.numbers import counted, euro, euro_known, from_to, listed, probability

_MOST_NAMED = 3


def in_sentences(roadmap: Roadmap) -> tuple[str, ...]:
    """What a head of sales should do; what the whole way brings; how the path compares with it; whether it adds up."""
    if not roadmap.n_replications:
        return ("Nothing can be said: no world was lived to its end with every set of practices.",)
    return advice(roadmap), whole_way(roadmap), path_against_whole(roadmap), adds_up(roadmap)


def headline(roadmap: Roadmap) -> str:
    """The finding in a few words."""
    if not roadmap.n_replications:
        return "No answer: no world was lived to its end"
    if not says_something(roadmap.n_replications):
        return f"No answer yet: {counted(roadmap.n_replications, 'world')} say too little"
    if not roadmap.path.steps or not roadmap.path.steps[0].gain.mean > 0:
        return "No single practice can be told to pay yet"
    first = roadmap.path.steps[0]
    gain = a_year(roadmap, first.gain)
    size = euro_known(gain.mean, gain.interval.half_width, signed=True)
    return f"Start with {_label(roadmap, first)}: {size} contribution a year"


def whole_way(roadmap: Roadmap) -> str:
    """What the goal brings against the start."""
    total, whole = a_year(roadmap, roadmap.total()), ends_in_words(roadmap)
    return (
        f"The whole way: {whole} changes contribution by {euro(total.mean, signed=True)} a year (95 % interval "
        f"{from_to(total.interval, 'EUR', signed=True)}), with {counted(len(roadmap.practices), 'practice')} changed."
    )


def path_against_whole(roadmap: Roadmap) -> str:
    """What the path brings against all practices of the goal, in the same fresh worlds; `compare` shows the latter."""
    steps, whole, revenue = roadmap.path.steps, roadmap.path.whole, roadmap.path.whole_revenue
    if not steps or whole is None or revenue is None:
        return ""
    path = a_year(roadmap, steps[-1].gain_so_far)
    doubt, last = path.interval.half_width, steps[-1].revenue_so_far
    verb = "brings" if len(steps) == 1 else "bring"
    apart = roadmap.path.against_whole
    verdict = "not to be told from"
    if apart is not None and apart.interval.excludes(0):
        verdict = "more than" if apart.mean > 0 else "less than"
    return (
        f"The path against the whole: {counted(len(steps), 'step')} {verb} {euro_known(path.mean, doubt, signed=True)} "
        f"contribution and {euro_known(last.mean, last.interval.half_width, signed=True)} revenue a year, {verdict} "
        f"the {euro_known(whole.mean * roadmap.per_year, doubt, signed=True)} and "
        f"{euro_known(revenue.mean, revenue.interval.half_width, signed=True)} of {roadmap.ends.goal_name} as a whole; "
        "`compare` shows whole types only."
    )


def path_pays(roadmap: Roadmap) -> str:
    """In how many of its worlds the path earns more than it costs."""
    share = roadmap.gain_of_path().share_above
    if share != share:
        return ""
    return f"The path earns more than it costs in {probability(share)} of {counted(len(roadmap.path.seeds), 'world')}."


def adds_up(roadmap: Roadmap) -> str:
    """The sum of the values against the difference in the same worlds and in fresh ones."""
    check = sum_check(roadmap)
    said = (
        f"The values of all practices add up to {euro(check.total, signed=True)} a year, as goal minus start in the "
        f"same {counted(roadmap.n_replications, 'world')}"
    )
    if not math.isnan(check.fresh):
        said += (
            f"; in {counted(len(roadmap.path.seeds), 'other world')} that is {euro(check.fresh, signed=True)}, "
            f"{check.errors_apart:.1f} standard errors away"
        )
    return f"How sure: {said}."


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
        few = counted(roadmap.n_replications, "world")
        return f"What to do: {few} say too little to name a practice; {FEWEST} are the fewest, 40 are usual (--runs)."
    if not steps or not steps[0].gain.mean > 0:
        return f"What to do: no practice can be told to pay yet; make more runs (--runs){_leave(roadmap)}."
    first, later = steps[0], [step for step in steps[1:] if step.gain.mean > 0]
    worth = _worth(roadmap, first.gain)
    said = f"Start with {_label(roadmap, first)} ({_what(roadmap, first)}), it brings about {worth}"
    if later:
        said += f"; next {listed([_next(roadmap, step) for step in later[:_MOST_NAMED]])}"
    return f"What to do: {said}{_leave(roadmap)}."


def _what(roadmap: Roadmap, step: Step) -> str:
    """What changes with a step; only the first levers of many."""
    changes = roadmap.practices[step.part].in_words.split("; ")
    return "; ".join(changes[:_MOST_NAMED]) + ("; ..." if len(changes) > _MOST_NAMED else "")


def _next(roadmap: Roadmap, step: Step) -> str:
    return f"{_label(roadmap, step)} ({euro(step.gain.mean * roadmap.per_year, signed=True)} a year)"


def _leave(roadmap: Roadmap) -> str:
    """Practices that take away on average over all orders, clearly; else those the path never took."""
    taken = {_label(roadmap, step) for step in roadmap.path.steps}
    bad = [row.label for row in rows_of(roadmap.table.iloc[::-1]) if row.value_high < 0 and row.label not in taken]
    if bad:
        return f"; leave {listed(bad[:_MOST_NAMED])}: more is lost than gained"
    return "; leave the rest until it can be told to pay"


def _worth(roadmap: Roadmap, gain: Difference) -> str:
    worth = a_year(roadmap, gain)
    doubt = "" if gain.is_clear else ", so it may still be nothing"
    return f"{euro(worth.mean)} a year (95 % interval {from_to(worth.interval, 'EUR')}{doubt})"


def a_year(roadmap: Roadmap, gain: Difference) -> Mean:
    """A difference of a whole run as a year's."""
    mean, low, high, sd = (number * roadmap.per_year for number in (*gain.with_ends, gain.sd))
    return Mean(gain.n, gain.n_unknown, mean, sd, Interval(low, high))


def ends_in_words(roadmap: Roadmap) -> str:
    """`from today's practices to aligned`."""
    start = roadmap.question.start or "today's practices"
    return f"from {start} to {roadmap.ends.goal_name}"


def _label(roadmap: Roadmap, step: Step) -> str:
    return roadmap.practices[step.part].label
