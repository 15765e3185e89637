"""What a sweep shows, in a sentence and in a few."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pandas as pd

from experiments.designs.dimension import TYPE
from experiments.questions.sweep.effects import in_words
from experiments.questions.sweep.ranked_settings import Setting, is_by_market
from experiments.reporting.figure_style import rows_of
from experiments.statistics.doubt import FEWEST
from experiments.statistics.paired import Difference, Interval, difference, mean_of
from experiments.statistics.ranking import SURE, good_enough, select
from experiments.wording.numbers import counted, euro, euro_known, from_to_known, listed, probability, sentence

if TYPE_CHECKING:
    from experiments.questions.sweep.result import Sweep

LEVEL = 0.05
_MOST_NAMED = 3
_ACRONYMS = {"crm", "sla", "mql", "sdr", "sdrs", "sql"}
_UNITS = {"d": "(days)", "h": "(hours)", "eur": "(EUR)"}


def headline(sweep: "Sweep") -> str:
    """The finding in one sentence."""
    if not sweep.n_known:
        return "No answer: contribution is not known of any run"
    if sweep.is_constant:
        return "Contribution is the same at every point: nothing that varied moves it"
    ranked = sweep.settings
    if ranked and ranked[0].says_something:
        return f"{sentence(setting_in_words(ranked[0]))} {_leads(ranked)}: {_money(ranked[0])}"
    clear = clear_effects(sweep)
    if not clear.empty:
        most = ", more than anything else that varied" if len(sweep.plan.dimensions) > 1 else ""
        return sentence(f"{_moved(sweep, next(rows_of(clear)))}{most}")
    if is_known(sweep):
        return "Nothing that varied moves contribution clearly"
    return f"No answer yet: {_how_few(sweep)} are too few"


def in_sentences(sweep: "Sweep") -> Iterator[str]:
    """The answer in a few sentences, each with a lead before a colon."""
    yield f"Answer: {headline(sweep)}."
    if not sweep.n_known:
        return
    ranked = sweep.settings
    if sweep.is_constant:
        pass
    elif ranked and ranked[0].says_something:
        yield f"How the settings differ: {_ranking(sweep, ranked)}."
        if sweep.plan.indifference > 0:
            yield f"What is as good: {_as_good(sweep, ranked)}."
    elif ranked:
        yield f"How the settings differ: {_how_few(sweep)} say too little; at least {FEWEST} of either are needed."
    if not sweep.is_constant:
        yield f"What stands out: {_standing_out(sweep)}."
    yield f"How sure: {_doubt(sweep)}."


def is_known(sweep: "Sweep") -> bool:
    """Whether worlds or points are enough to tell an effect from none."""
    return bool(sweep.effects["p_value"].notna().any())


def _how_few(sweep: "Sweep") -> str:
    n_markets = len(sweep.plan.points) // max(1, len(sweep.settings))
    counts = counted(len(sweep.plan.seeds), "replication")
    return f"{counts} in {counted(n_markets, 'market')}" if sweep.settings else counts


def _leads(ranked: list[Setting]) -> str:
    return "does best" if behind(ranked[1], ranked[0]).is_clear else "has the highest mean"


def _money(setting: Setting) -> str:
    """`€7.1 M revenue and €2.3 M contribution a year`."""
    contribution = f"{euro(setting.standing.mean.mean)} contribution a year"
    unknown = setting.revenue != setting.revenue
    return contribution if unknown else f"{euro(setting.revenue)} revenue and {contribution}"


def clear_effects(sweep: "Sweep") -> pd.DataFrame:
    """The effects that luck does not explain, after Holm's correction for their number."""
    table = sweep.effects
    return table[table["p_holm"] < LEVEL]


def setting_in_words(setting: Setting) -> str:
    """`type aligned, liaison yes`, with a note if it is today's."""
    said = ", ".join(f"{thing(path)} {in_words(path, value)}" for path, value in setting.values.items())
    return f"{said} (today)" if setting.is_today else said


def behind(setting: Setting, best: Setting) -> Difference:
    """A setting against the best one, in the same worlds or markets."""
    return difference(setting.means, best.means)


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
    last = f"the last is {setting_in_words(ranked[-1])} ({_gap(ranked[-1], ranked[0])})"
    return (
        f"{len(ranked)} settings of the levers were tried{over}; the first earns most in "
        f"{probability(best.share_of_worlds)} of {counted(best.mean.n, _unit(sweep))}, the next is "
        f"{setting_in_words(ranked[1])} ({_gap(ranked[1], ranked[0])}), {last}{_against_today(ranked)}"
    )


def _as_good(sweep: "Sweep", ranked: list[Setting]) -> str:
    """Which settings are within the indifference zone of the best, and whether that is settled."""
    zone, n = sweep.plan.indifference, ranked[0].standing.mean.n
    variants = {setting_in_words(one): one.means for one in ranked}
    chances = good_enough(variants, zone)
    surely = [name for name, chance in chances.items() if chance >= SURE]
    named = [*surely[:_MOST_NAMED], *([f"{len(surely) - _MOST_NAMED} more"] if len(surely) > _MOST_NAMED else [])]
    near = f"surely within {euro(zone)} a year of the best: {listed(named) or 'none yet'}"
    race = select(variants, zone)
    if race.is_settled:
        return f"{near}; it took {race.n_worlds} of {counted(n, _unit(sweep))} to settle on {race.left[0]}"
    return f"{near}; {len(race.left)} settings are still in the race after {counted(n, _unit(sweep))}: give more --runs"


def _unit(sweep: "Sweep") -> str:
    """What settings are compared by: world by world, or market by market."""
    n_worlds = len(sweep.plan.seeds)
    return "market" if is_by_market(n_worlds, len(sweep.plan.points) // len(sweep.settings)) else "world"


def _against_today(ranked: list[Setting]) -> str:
    today = next((setting for setting in ranked[1:] if setting.is_today), None)
    if today is None:
        return "; today's is the best" if ranked[0].is_today else ""
    return f"; against today's the best brings {_gap(ranked[0], today)}"


def _gap(one: Setting, other: Setting) -> str:
    gap = behind(one, other)
    return f"{euro_known(gap.mean, gap.interval.half_width, signed=True)}, {from_to_known(gap.interval, signed=True)}"


def _standing_out(sweep: "Sweep") -> str:
    table = sweep.effects
    if table.empty:
        return "the points are too few, or too alike, to tell apart what each thing that varied does"
    if not is_known(sweep):
        return "the points are as few as the lines through them, and the worlds too few to say what is luck"
    explained = sweep.explained
    together = (
        f"; in straight lines all that varied explains {100 * explained:.0f} % of how points differ"
        if explained == explained
        else ""
    )
    clear = clear_effects(sweep)
    if clear.empty:
        return f"none of the things that varied moves contribution by more than chance does{together}"
    rest = len(table) - len(clear)
    said = listed([_moved(sweep, row) for row in list(rows_of(clear))[:_MOST_NAMED]])
    return f"{said}{f'; {rest} of {len(table)} cannot be told from no effect' if rest else ''}{together}"


def _moved(sweep: "Sweep", row: Any) -> str:
    worst, best = (in_words(row.path, value) for value in (row.worst, row.best))
    interval = Interval(row.low, row.high)
    brought = f"{euro_known(row.change, interval.half_width, signed=True)} contribution a year"
    revenue = sweep.revenue_effects
    if not revenue.empty:
        other = revenue.set_index("path").loc[row.path]
        change = other["change"] if other["best"] == row.best else -other["change"]
        brought = f"{euro_known(change, (other['high'] - other['low']) / 2, signed=True)} revenue and {brought}"
    return f"{thing(row.path)} from {worst} to {best} brings {brought} ({from_to_known(interval, signed=True)})"


def _doubt(sweep: "Sweep") -> str:
    plan = sweep.plan
    every = mean_of(sweep.values().ravel())
    failed = f"; {counted(len(sweep.failures), 'run')} failed" if sweep.failures else ""
    drawn = "" if plan.assumptions is None else f" with a draw of {len(plan.assumptions.paths)} assumptions each"
    return (
        f"{counted(len(plan.points), 'point')} ({plan.design_name}), each in the same "
        f"{counted(len(plan.seeds), 'world')}{drawn}{failed}; contribution is {euro(every.mean)} a year on average, "
        f"with a standard deviation of {euro(every.sd)} over points and worlds; {_over_what(sweep)}"
    )


def _over_what(sweep: "Sweep") -> str:
    if sweep.is_over_worlds:
        return "intervals are 95 %, over worlds"
    return (
        "so few worlds say nothing of others: intervals are 95 %, over points, and hold what was lived in these worlds"
    )
