"""The conclusion in plain English: what earns most, how sure, where it comes from, what it hangs on, for less."""

from typing import TYPE_CHECKING

from experiments.designs.run_table import TODAY
from experiments.observation.attribution import PARTS
from experiments.observation.yearly import CONTRIBUTION, NEW_BUSINESS, REVENUE
from experiments.reporting.figure_style import rows_of
from experiments.reporting.movers import runs_left
from experiments.reporting.what_it_hangs_on import hanging_words
from experiments.statistics.doubt import FEWEST
from experiments.statistics.paired import mean_of
from experiments.wording.numbers import (
    MINUS,
    about_share,
    counted,
    euro_known,
    from_to_known,
    listed,
    percent,
    probability,
    sentence,
)

if TYPE_CHECKING:
    from experiments.questions.compare.result import Comparison

_MOST_CAUSES = 3
_MOST_LEFT_OUT = 4


def in_sentences(comparison: "Comparison") -> tuple[str, ...]:
    """What earns most; how sure; where it comes from; what it hangs on; what is nearly as good for less; what next."""
    if not comparison.n_replications:
        nothing = "Nothing can be compared: no world was run to its end with every type."
        return nothing, f"{counted(len(comparison.failures), 'run')} failed." if comparison.failures else ""
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
        return "No answer: no world was run to its end"
    if not comparison.says_something:
        return f"No answer yet: {counted(comparison.n_replications, 'replication')} are too few"
    best, revenue = comparison.best, comparison.gap(comparison.best, comparison.reference, REVENUE)
    gain = f"{_euros(revenue.mean, revenue.middle.half_width)} revenue a year against {against_words(comparison)}"
    chance = probability(comparison.shares_best[best], comparison.n_replications)
    return sentence(f"{variant_words(best)} earns most in {chance} of {_replications(comparison)}: {gain}")


def too_few(comparison: "Comparison") -> str:
    """What is said below the fewest replications that say anything."""
    return (
        f"{counted(comparison.n_replications, 'replication')} say too little to tell which type earns most: the "
        f"figures above are what happened in them. At least {FEWEST} are needed; 200 are usual (--runs)."
    )


def who(comparison: "Comparison") -> str:
    """The best type: revenue, new business and contribution a year against today, each with its spread."""
    best = comparison.best
    is_today = " (already practised today)" if best == comparison.today and best != TODAY else ""
    revenue = mean_of(comparison.values(best, REVENUE))
    parts = [
        f"recognised revenue of {euro_known(revenue.mean, revenue.interval.half_width)} a year, "
        f"{_gap(comparison, REVENUE, with_share=True)} against {against_words(comparison)}",
        f"new business {_gap(comparison, NEW_BUSINESS, with_share=True)}",
        f"contribution {_gap(comparison, CONTRIBUTION)} (80 % of {_replications(comparison)} in brackets)",
    ]
    leads = _how_it_leads(comparison)
    return sentence(f"{variant_words(best)} {leads}{is_today}: {'; '.join(parts)}.")


def _how_it_leads(comparison: "Comparison") -> str:
    """That it earns most is said only where both rivals are clearly behind."""
    best = comparison.best
    if not comparison.difference(best, comparison.reference).is_clear:
        return "has the highest mean"
    return "earns most" if comparison.difference(best, comparison.second).is_clear else "earns more than today"


def how_sure(comparison: "Comparison") -> str:
    """In how many replications it pays and is the best of all; what part of the spread is luck."""
    best = comparison.best
    pays = comparison.gap(best, comparison.reference).share_above
    others = sorted(comparison.shares_best.items(), key=lambda one: -one[1])
    rivals = [
        f"{variant_words(name)} {probability(share, comparison.n_replications)}"
        for name, share in others
        if name != best
    ]
    said = (
        f"How sure, {_on_what(comparison)}: it pays more than it costs against {against_words(comparison)} in "
        f"{probability(pays, comparison.n_replications)} of {comparison.n_replications:,} replications, "
        "and earns most of all types in "
        f"{probability(comparison.shares_best[best], comparison.n_replications)} ({', '.join(rivals)})"
    )
    luck = comparison.share_of_luck
    return (
        f"{said}; {about_share(luck)} of that spread is luck, the rest the assumptions." if luck == luck else f"{said}."
    )


def by_family(comparison: "Comparison") -> str:
    """Which families of practices the gain comes from."""
    table = comparison.families
    if table is None or table.empty:
        return ""
    parts = [f"{row.family} {euro_known(row.value, (row.high - row.low) / 2, signed=True)}" for row in rows_of(table)]
    return (
        f"Where it comes from, contribution a year by family of practices, in the first {int(table['n'].iloc[0])} "
        f"replications: {', '.join(parts)}."
    )


def causes(comparison: "Comparison") -> str:
    """At which steps the money is made, by exact euros."""
    table = comparison.causes
    if table is None or table.empty:
        return ""
    parts = []
    for row in rows_of(table.head(_MOST_CAUSES)):
        words = PARTS[row.part].gain if row.change > 0 else PARTS[row.part].loss
        parts.append(f"{words} {euro_known(row.change, (row.high - row.low) / 2, signed=True)}")
    return f"How it is earned there: {', '.join(parts)} a year."


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
        return f"For less: no leaner bundle was found that keeps what {variant_words(comparison.best)} gains."
    names = [one.label for one in lean.left_out]
    rest = len(names) - _MOST_LEFT_OUT
    named = listed([*names[:_MOST_LEFT_OUT], f"{rest} more"] if rest > 0 else names)
    saved = euro_known(lean.saved.mean, lean.saved.interval.half_width)
    loss = euro_known(lean.loss.mean, lean.loss.interval.half_width, signed=True)
    return (
        f"For less: {variant_words(comparison.best)} without {named} keeps most of the gain for sure ({loss} a year, "
        f"95 % interval {from_to_known(lean.loss.interval, signed=True)}), for {saved} a year less coordination."
    )


def next_step(comparison: "Comparison") -> str:
    """What to ask next, where another type is better than today's practices."""
    if comparison.best == comparison.today:
        return ""
    return "Next: types are whole bundles; `roadmap` finds the steps there, and single steps may beat the whole."


def told_apart(comparison: "Comparison") -> str:
    """That the best cannot be told from the next best; nothing if it can."""
    gap = comparison.difference(comparison.best, comparison.second)
    if not comparison.says_something or gap.is_clear:
        return ""
    return f"On average it cannot be told from {variant_words(comparison.second)}, the next best: {runs_left(gap)}."


def _doubts(comparison: "Comparison") -> list[str]:
    doubts = [told_apart(comparison)]
    wished = comparison.question.precision
    if wished is not None and comparison.is_precise_enough is False and not comparison.is_interrupted:
        doubts.append(f"The wished precision of {percent(wished.share)} was not reached.")
    if comparison.failures:
        doubts.append(f"{counted(len(comparison.failures), 'run')} failed and left out.")
    if comparison.is_interrupted:
        doubts.append("It was interrupted before all runs were made.")
    return doubts


def _gap(comparison: "Comparison", measure: str, *, with_share: bool = False) -> str:
    """`+€0.9 M (+12 %; €0.2 M to €1.9 M)`."""
    gap = comparison.gap(comparison.best, comparison.reference, measure)
    base = mean_of(comparison.values(comparison.reference, measure)).mean
    share = f"{percent_words(gap.mean / base, signed=True)}; " if with_share and base > 0 else ""
    return f"{_euros(gap.mean, gap.middle.half_width)} ({share}{from_to_known(gap.middle, signed=True)})"


def _euros(value: float, doubt: float) -> str:
    return euro_known(value, doubt, signed=True)


def percent_words(share: float, *, signed: bool = False) -> str:
    """A share with no more digits than anybody needs: `34 %`, `+7 %`."""
    rounded = round(100 * share)
    return f"{'+' if signed and rounded > 0 else MINUS if rounded < 0 else ''}{abs(rounded)} %"


def variant_words(variant: str) -> str:
    """A variant as a reader says it."""
    return "what the company does today" if variant == TODAY else variant


def against_words(comparison: "Comparison") -> str:
    """What the best is held against."""
    if comparison.reference != comparison.today:
        return f"{variant_words(comparison.reference)}, the next best"
    return "today's practices" if comparison.today == TODAY else f"today's practices, {comparison.today}"


def _replications(comparison: "Comparison") -> str:
    return "worlds" if comparison.plan.assumptions is None else "draws of the assumptions"


def _on_what(comparison: "Comparison") -> str:
    drawn = comparison.plan.assumptions
    return (
        "with the assumptions as they stand, luck alone"
        if drawn is None
        else f"with {len(drawn.paths)} assumptions drawn"
    )
