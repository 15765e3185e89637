"""The conclusion in plain words: what earns most, how sure, where it comes from, what it hangs on, for less."""

from typing import TYPE_CHECKING

from experiments.designs.run_table import TODAY
from experiments.observation.attribution import PARTS
from experiments.observation.yearly import CONTRIBUTION, NEW_BUSINESS, REVENUE
from experiments.reporting.figure_style import rows_of
from experiments.reporting.movers import runs_left
from experiments.reporting.what_it_hangs_on import hanging_words
from experiments.statistics.doubt import FEWEST
from experiments.statistics.paired import mean_of
from experiments.wording.language import say, term
from experiments.wording.numbers import (
    about_share,
    counted,
    euro_known,
    from_to_known,
    in_brackets,
    listed,
    percent,
    probability,
    sentence,
    whole_percent,
    with_commas,
    with_semicolons,
    written,
)

if TYPE_CHECKING:
    from experiments.questions.compare.result import Comparison

_MOST_CAUSES = 3
_MOST_LEFT_OUT = 4


def in_sentences(comparison: "Comparison") -> tuple[str, ...]:
    """What earns most; how sure; where it comes from; what it hangs on; what is nearly as good for less; what next."""
    if not comparison.n_replications:
        nothing = say("Nothing can be compared: no world was run to its end with every type.")
        return nothing, _failed(comparison)
    if not comparison.says_something:
        return too_few(comparison), *_doubts(comparison)
    return (
        who(comparison),
        how_sure(comparison),
        by_family(comparison),
        causes(comparison),
        what_it_hangs_on(comparison),
        for_less(comparison),
        next_step(comparison),
        *_doubts(comparison),
    )


def headline(comparison: "Comparison") -> str:
    """The finding in a few words, for a title."""
    if not comparison.n_replications:
        return say("No answer: no world was run to its end")
    if not comparison.says_something:
        few = counted(comparison.n_replications, "replication")
        return say("No answer yet: {replications} are too few", replications=few)
    best, revenue = comparison.best, comparison.gap(comparison.best, comparison.reference, REVENUE)
    return sentence(
        say(
            "{best} earns most in {chance} of {lives}: {gain} revenue a year against {other}",
            best=variant_words(best),
            chance=probability(comparison.shares_best[best], comparison.n_replications),
            lives=_replications(comparison),
            gain=_euros(revenue.mean, revenue.middle.half_width),
            other=against_words(comparison),
        )
    )


def too_few(comparison: "Comparison") -> str:
    """What is said below the fewest replications that say anything."""
    return say(
        "{replications} say too little to tell which type earns most: the figures above are what happened in them. "
        "At least {fewest} are needed; 200 are usual (--runs).",
        replications=counted(comparison.n_replications, "replication"),
        fewest=FEWEST,
    )


def who(comparison: "Comparison") -> str:
    """The best type: revenue, new business and contribution a year against today, each with its spread."""
    revenue = mean_of(comparison.values(comparison.best, REVENUE))
    parts = [
        say(
            "recognised revenue of {revenue} a year, {gain} against {other}",
            revenue=euro_known(revenue.mean, revenue.interval.half_width),
            gain=_gap(comparison, REVENUE, with_share=True),
            other=against_words(comparison),
        ),
        say("new business {gain}", gain=_gap(comparison, NEW_BUSINESS, with_share=True)),
        say(
            "contribution {gain} (80 % of {lives} in brackets)",
            gain=_gap(comparison, CONTRIBUTION),
            lives=_replications(comparison),
        ),
    ]
    return say("{finding}: {parts}.", finding=sentence(_how_it_leads(comparison)), parts=with_semicolons(parts))


def so_far(comparison: "Comparison") -> str:
    """The finding as it will stand in the answer, told while where it comes from is still to be run."""
    return say(
        "Known so far, {drawn}: {finding} Where it comes from follows.",
        drawn=_on_what(comparison),
        finding=who(comparison),
    )


def _how_it_leads(comparison: "Comparison") -> str:
    """That the best earns most is said only where both rivals are clearly behind."""
    best = variant_words(comparison.best)
    if not comparison.difference(comparison.best, comparison.reference).is_clear:
        said = say("{best} has the highest mean", best=best)
    elif comparison.difference(comparison.best, comparison.second).is_clear:
        said = say("{best} earns most", best=best)
    else:
        said = say("{best} earns more than {other}", best=best, other=variant_words(comparison.reference))
    is_today = comparison.best == comparison.today and comparison.best != TODAY
    return say("{said} (already practised today)", said=said) if is_today else said


def how_sure(comparison: "Comparison") -> str:
    """In how many replications it pays and is the best of all; what part of the spread is luck."""
    best, luck = comparison.best, comparison.share_of_luck
    others = sorted(comparison.shares_best.items(), key=lambda one: -one[1])
    said = say(
        "How sure, {drawn}: it pays more than it costs against {other} in {pays} of {n} replications, and earns most "
        "of all types in {chance} ({rivals})",
        drawn=_on_what(comparison),
        other=against_words(comparison),
        pays=probability(comparison.gap(best, comparison.reference).share_above, comparison.n_replications),
        n=written(comparison.n_replications),
        chance=probability(comparison.shares_best[best], comparison.n_replications),
        rivals=with_commas(
            [
                f"{variant_words(one)} {probability(share, comparison.n_replications)}"
                for one, share in others
                if one != best
            ]
        ),
    )
    if luck != luck:
        return say("{said}.", said=said)
    return say("{said}; {luck} of that spread is luck, the rest the assumptions.", said=said, luck=about_share(luck))


def by_family(comparison: "Comparison") -> str:
    """Which families of practices the gain comes from."""
    table = comparison.families
    if table is None or table.empty:
        return ""
    parts = [
        f"{term(row.family)} {euro_known(row.value, (row.high - row.low) / 2, signed=True)}" for row in rows_of(table)
    ]
    return say(
        "Where it comes from, contribution a year by family of practices, in the first {n} replications: {parts}.",
        n=int(table["n"].iloc[0]),
        parts=with_commas(parts),
    )


def causes(comparison: "Comparison") -> str:
    """At which steps the money is made, by exact euros."""
    table = comparison.causes
    if table is None or table.empty:
        return ""
    parts = []
    for row in rows_of(table.head(_MOST_CAUSES)):
        words = PARTS[row.part].gain if row.change > 0 else PARTS[row.part].loss
        parts.append(f"{term(words)} {euro_known(row.change, (row.high - row.low) / 2, signed=True)}")
    return say("How it is earned there: {parts} a year.", parts=with_commas(parts))


def what_it_hangs_on(comparison: "Comparison") -> str:
    """The assumptions on which the gain hangs most, and what another value would make of the answer."""
    if comparison.plan.assumptions is None:
        return ""
    doubt = comparison.gap(comparison.best, comparison.reference).middle.half_width
    return hanging_words(comparison.hangs_on, doubt, comparison.n_replications, comparison.best)


def for_less(comparison: "Comparison") -> str:
    """What could be left out without earning less."""
    lean = comparison.leaner
    if lean is None:
        return ""
    if not lean.is_as_good or lean.loss is None or lean.saved is None:
        return say(
            "For less: no leaner bundle was found that keeps what {best} gains.", best=variant_words(comparison.best)
        )
    names = [term(one.label) for one in lean.left_out]
    rest = len(names) - _MOST_LEFT_OUT
    return say(
        "For less: {best} without {practices} loses little on average ({loss} a year, 95 % interval "
        "{interval}), for {saved} a year less coordination.",
        best=variant_words(comparison.best),
        practices=listed([*names[:_MOST_LEFT_OUT], say("{n} more", n=rest)] if rest > 0 else names),
        loss=euro_known(lean.loss.mean, lean.loss.interval.half_width, signed=True),
        interval=from_to_known(lean.loss.interval, signed=True),
        saved=euro_known(lean.saved.mean, lean.saved.interval.half_width),
    )


def next_step(comparison: "Comparison") -> str:
    """What to ask next, where another type is better than today's practices."""
    if comparison.best == comparison.today:
        return ""
    return say("Next: types are whole bundles; `roadmap` finds the steps there, and single steps may beat the whole.")


def told_apart(comparison: "Comparison") -> str:
    """That the best cannot be told from the next best; nothing if it can."""
    gap = comparison.difference(comparison.best, comparison.second)
    if not comparison.says_something or gap.is_clear:
        return ""
    return say(
        "On average it cannot be told from {second}, the next best: {runs}.",
        second=variant_words(comparison.second),
        runs=runs_left(gap, comparison.n_draws),
    )


def _doubts(comparison: "Comparison") -> list[str]:
    doubts = [told_apart(comparison)]
    wished = comparison.question.precision
    if wished is not None and comparison.is_precise_enough is False and not comparison.is_interrupted:
        doubts.append(say("The wished precision of {share} was not reached.", share=percent(wished.share)))
    if comparison.failures:
        doubts.append(say("{runs} failed and left out.", runs=counted(len(comparison.failures), "run")))
    if comparison.is_interrupted:
        doubts.append(say("It was interrupted before all runs were made."))
    return doubts


def _failed(comparison: "Comparison") -> str:
    n_failed = len(comparison.failures)
    return say("{runs} failed.", runs=counted(n_failed, "run")) if n_failed else ""


def _gap(comparison: "Comparison", measure: str, *, with_share: bool = False) -> str:
    """`+€0.9 M (+12 %; €0.2 M to €1.9 M)`."""
    gap = comparison.gap(comparison.best, comparison.reference, measure)
    base = mean_of(comparison.values(comparison.reference, measure)).mean
    inside = [from_to_known(gap.middle, signed=True)]
    if with_share and base > 0:
        inside.insert(0, whole_percent(gap.mean / base, signed=True))
    return in_brackets(_euros(gap.mean, gap.middle.half_width), with_semicolons(inside))


def _euros(value: float, doubt: float) -> str:
    return euro_known(value, doubt, signed=True)


def variant_words(variant: str) -> str:
    """A variant as a reader says it."""
    return say("what the company does today") if variant == TODAY else term(variant)


def against_words(comparison: "Comparison") -> str:
    """What the best is held against."""
    if comparison.reference != comparison.today:
        return say("{variant}, the next best", variant=variant_words(comparison.reference))
    if comparison.today == TODAY:
        return say("today's practices")
    return say("today's practices, {variant}", variant=term(comparison.today))


def _replications(comparison: "Comparison") -> str:
    return say("worlds") if comparison.plan.assumptions is None else say("draws of the assumptions")


def _on_what(comparison: "Comparison") -> str:
    drawn = comparison.plan.assumptions
    if drawn is None:
        return say("with the assumptions as they stand, luck alone")
    return say("with {n} assumptions drawn", n=len(drawn.paths))
