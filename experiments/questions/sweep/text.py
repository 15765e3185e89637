"""What a sweep shows, in a sentence and in a few."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pandas as pd

from experiments.designs.dimension import TYPE
from experiments.questions.sweep.effects import Setting, in_words
from experiments.reporting.figure_style import rows_of
from experiments.statistics.paired import FEWEST_FOR_BOOTSTRAP, Difference, Interval, difference, mean_of
from experiments.statistics.ranking import SURE, good_enough, select
from experiments.wording.numbers import counted, euro, from_to, listed, probability, sentence

if TYPE_CHECKING:
    from experiments.questions.sweep.result import Sweep

LEVEL = 0.05
_MOST_NAMED = 3
_ACRONYMS = {"crm", "sla", "mql", "sdr", "sdrs", "sql"}
_UNITS = {"d": "(days)", "h": "(hours)", "eur": "(EUR)"}


def headline(sweep: "Sweep") -> str:
    """The finding in one sentence."""
    if not sweep.n_known:
        return "No run came to its end"
    ranked = sweep.settings
    if ranked:
        return f"{sentence(setting_in_words(ranked[0]))} does best: {euro(ranked[0].standing.mean.mean)} contribution"
    clear = clear_effects(sweep)
    if not clear.empty:
        most = ", more than anything else that varied" if len(sweep.plan.dimensions) > 1 else ""
        return sentence(f"{_moved(next(rows_of(clear)))}{most}")
    return "Nothing that varied moves contribution clearly"


def in_sentences(sweep: "Sweep") -> Iterator[str]:
    """The answer in a few sentences, each with a lead before a colon."""
    yield f"Answer: {headline(sweep)}."
    if not sweep.n_known:
        return
    ranked = sweep.settings
    if ranked:
        yield f"How the settings differ: {_ranking(sweep, ranked)}."
        if sweep.plan.indifference > 0:
            yield f"What is as good: {_as_good(sweep, ranked)}."
    yield f"What stands out: {_standing_out(sweep)}."
    yield f"How sure: {_doubt(sweep)}."


def clear_effects(sweep: "Sweep") -> pd.DataFrame:
    """The effects that luck does not explain, after Holm's correction for their number."""
    table = sweep.effects
    return table[table["p_holm"] < LEVEL]


def setting_in_words(setting: Setting) -> str:
    """`type aligned, liaison yes`, with a note if it is today's."""
    said = ", ".join(f"{thing(path)} {in_words(path, value)}" for path, value in setting.values.items())
    return f"{said} (today)" if setting.is_today else said


def behind(setting: Setting, best: Setting) -> Difference:
    """A setting against the best one, in the same worlds."""
    return difference(setting.worlds, best.worlds)


def thing(path: str) -> str:
    """A path as a reader says it: `practices.meeting_every_d` is meeting every (days); the type is type."""
    if path == TYPE:
        return "type"
    *words, last = path.split(".")[-1].split("_")
    words = [*words, _UNITS.get(last, last) if words else last]
    return " ".join(word.upper() if word in _ACRONYMS else word for word in words)


def _ranking(sweep: "Sweep", ranked: list[Setting]) -> str:
    best = ranked[0].standing
    others = sweep.plan.of_role("uncertainty")
    over = f" on average over {counted(len(sweep.plan.points) // len(ranked), 'market')}" if others else ""
    return (
        f"{len(ranked)} settings of the levers were tried{over}; the best has the highest mean with a probability of "
        f"{probability(best.probability_best)}, the next is {setting_in_words(ranked[1])} "
        f"({_gap(ranked[1], ranked[0])}), the last is {setting_in_words(ranked[-1])} ({_gap(ranked[-1], ranked[0])})"
        f"{_against_today(ranked)}"
    )


def _as_good(sweep: "Sweep", ranked: list[Setting]) -> str:
    """Which settings are within the indifference zone of the best, and whether that is settled."""
    zone, n = sweep.plan.indifference, len(sweep.plan.seeds)
    variants = {setting_in_words(one): one.worlds for one in ranked}
    chances = good_enough(variants, zone) if n >= FEWEST_FOR_BOOTSTRAP else {}
    surely = [name for name, chance in chances.items() if chance >= SURE]
    named = [*surely[:_MOST_NAMED], *([f"{len(surely) - _MOST_NAMED} more"] if len(surely) > _MOST_NAMED else [])]
    near = f"surely within {euro(zone)} of the best: {listed(named) or 'none yet'}"
    race = select(variants, zone)
    if race.is_settled:
        return f"{near}; it took {race.n_worlds} of {counted(n, 'world')} to settle on {race.left[0]}"
    return f"{near}; {len(race.left)} settings are still in the race after {counted(n, 'world')}: give more --runs"


def _against_today(ranked: list[Setting]) -> str:
    today = next((setting for setting in ranked[1:] if setting.is_today), None)
    if today is None:
        return "; today's is the best" if ranked[0].is_today else ""
    return f"; against today's the best brings {_gap(ranked[0], today)}"


def _gap(one: Setting, other: Setting) -> str:
    gap = behind(one, other)
    return f"{euro(gap.mean, signed=True)}, {from_to(gap.interval, 'EUR', signed=True)}"


def _standing_out(sweep: "Sweep") -> str:
    table = sweep.effects
    if table.empty:
        return "the points are too few, or too alike, to tell apart what each thing that varied does"
    clear = clear_effects(sweep)
    if clear.empty:
        return "none of the things that varied moves contribution by more than luck does"
    rest = len(table) - len(clear)
    said = listed([_moved(row) for row in list(rows_of(clear))[:_MOST_NAMED]])
    return f"{said}{f'; {rest} of {len(table)} cannot be told from no effect' if rest else ''}"


def _moved(row: Any) -> str:
    worst, best = (in_words(row.path, value) for value in (row.worst, row.best))
    interval = from_to(Interval(row.low, row.high), "EUR", signed=True)
    return f"{thing(row.path)} from {worst} to {best} brings {euro(row.change, signed=True)} ({interval})"


def _doubt(sweep: "Sweep") -> str:
    plan = sweep.plan
    every = mean_of(sweep.values().ravel())
    failed = f"; {counted(len(sweep.failures), 'run')} failed" if sweep.failures else ""
    return (
        f"{counted(len(plan.points), 'point')} ({plan.design_name}), each in the same "
        f"{counted(len(plan.seeds), 'world')}{failed}; contribution is {euro(every.mean)} on average with a standard "
        f"deviation of {euro(every.sd)} over points and worlds; intervals are 95 %, over worlds"
    )
