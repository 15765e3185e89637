"""A roadmap in plain sentences: where to start, what next, what to leave, and how sure that is."""

import math
from dataclasses import dataclass

from experiments.questions.roadmap.ask import Roadmap
from experiments.reporting.figure_style import rows_of
from experiments.statistics.paired import Difference, Interval
from experiments.studies.greedy_path import Step
from experiments.wording.numbers import counted, euro, from_to, listed

_MOST_NAMED = 3


def in_sentences(found: Roadmap) -> tuple[str, ...]:
    """How sure; what the whole way brings; and last what a head of sales should do."""
    if not found.n_worlds:
        return ("Nothing can be said: no world was lived to its end with every set of practices.",)
    return whole_way(found), adds_up(found), advice(found)


def headline(found: Roadmap) -> str:
    """The finding in a few words."""
    if not found.n_worlds:
        return "No answer: no world was lived to its end"
    if not found.path.steps:
        return "No single practice can be told to pay yet"
    first = found.path.steps[0]
    return f"Start with {_label(found, first)}: about {euro(first.gain.mean * found.per_year, signed=True)} a year"


def whole_way(found: Roadmap) -> str:
    """What the goal brings against the start."""
    total, whole = a_year(found, found.total()), ends_in_words(found)
    return (
        f"The whole way: {whole} changes contribution by {euro(total.mean, signed=True)} a year (95 % interval "
        f"{from_to(total.interval, 'EUR', signed=True)}), with {counted(len(found.practices), 'practice')} changed."
    )


def adds_up(found: Roadmap) -> str:
    """The sum of the values against the difference in the same worlds and in fresh ones."""
    check = sum_check(found)
    said = (
        f"The values of all practices add up to {euro(check.total, signed=True)} a year, as goal minus start in the "
        f"same {counted(found.n_worlds, 'world')}"
    )
    if not math.isnan(check.fresh):
        said += (
            f"; in {counted(len(found.path.seeds), 'other world')} that is {euro(check.fresh, signed=True)}, "
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


def sum_check(found: Roadmap) -> SumCheck:
    """Whether the values add up to goal minus start, also in worlds they were not measured in."""
    sums = found.shapley().sum(axis=1)
    same, whole = found.total(), found.path.whole
    if whole is None or whole.n < 2 or len(sums) < 2:
        return SumCheck(sums.mean() * found.per_year, same.mean * found.per_year, math.nan, math.nan)
    error = math.hypot(float(sums.std(ddof=1)) / math.sqrt(len(sums)), whole.sd / math.sqrt(whole.n))
    apart = abs(float(sums.mean()) - whole.mean) / error if error > 0 else 0.0
    return SumCheck(sums.mean() * found.per_year, same.mean * found.per_year, whole.mean * found.per_year, apart)


def advice(found: Roadmap) -> str:
    """One sentence for a head of sales: start with, next, leave."""
    steps = list(found.path.steps)
    if not steps:
        return f"What to do: no practice can be told to pay yet; make more runs (--runs).{_leave(found)}"
    first, later = steps[0], [step for step in steps[1:] if step.gain.mean > 0]
    said = f"Start with {_label(found, first)} ({_what(found, first)}), it brings about {_worth(found, first.gain)}"
    if later:
        said += f"; next {listed([_next(found, step) for step in later[:_MOST_NAMED]])}"
    return f"What to do: {said}{_leave(found)}."


def _what(found: Roadmap, step: Step) -> str:
    """What changes with a step; only the first levers of many."""
    changes = found.practices[step.part].in_words.split("; ")
    return "; ".join(changes[:_MOST_NAMED]) + ("; ..." if len(changes) > _MOST_NAMED else "")


def _next(found: Roadmap, step: Step) -> str:
    return f"{_label(found, step)} ({euro(step.gain.mean * found.per_year, signed=True)} a year)"


def _leave(found: Roadmap) -> str:
    """Practices that take away on average over all orders, clearly; else those the path never took."""
    bad = [row.label for row in rows_of(found.table.iloc[::-1]) if row.value_high < 0]
    taken = {found.practices[step.part].label for step in found.path.steps}
    bad = [label for label in bad if label not in taken]
    if bad:
        return f"; leave {listed(bad[:_MOST_NAMED])}: more is lost than gained"
    return "; leave the rest until it can be told to pay"


def _worth(found: Roadmap, gain: Difference) -> str:
    told = a_year(found, gain)
    doubt = "" if gain.is_clear else ", so it may still be nothing"
    return f"{euro(told.mean)} a year (95 % interval {from_to(told.interval, 'EUR')}{doubt})"


def a_year(found: Roadmap, gain: Difference) -> "PerYear":
    """A difference of a whole run as a year's."""
    ends = Interval(gain.interval.low * found.per_year, gain.interval.high * found.per_year)
    return PerYear(gain.mean * found.per_year, ends)


@dataclass(frozen=True)
class PerYear:
    """EUR a year with its interval."""

    mean: float
    interval: Interval


def ends_in_words(found: Roadmap) -> str:
    """`from today's practices to aligned`."""
    start = found.question.start or "today's practices"
    return f"from {start} to {found.ends.goal_name}"


def _label(found: Roadmap, step: Step) -> str:
    return found.practices[step.part].label
