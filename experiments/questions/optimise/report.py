"""A search as a report: what is recommended, what it brings in fresh worlds, what else."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from experiments.observation.yearly import NEW_BUSINESS, REVENUE
from experiments.questions.optimise.result import Optimum
from experiments.questions.optimise.text import design_in_words, headline, known, lever_in_words, with_interval
from experiments.questions.optimise.tried import WORST
from experiments.reporting import charts
from experiments.reporting.figure_style import GAIN, TOTAL, Exhibit, exhibit
from experiments.reporting.report import Card, Report, ShownTable
from experiments.reporting.what_intervals_hold import what_intervals_hold
from experiments.wording.numbers import counted, euro, from_to_known, number, percent, sentence
from experiments.wording.parameters import rounded

_MOST_SHOWN = 3
_OTHER_MONEY = {"Revenue": REVENUE, "New business": NEW_BUSINESS}
RULE = (
    "recommended is the design of the front with the highest mean gain in one half of the fresh worlds; the other "
    "half, which had no part in the choice, tells its figures"
)
METHOD = (
    "Every design meets the same worlds. Each world has its own draw of the assumptions (how people act, how the "
    "market behaves, what customers do) and its own luck; a gain is over the company as it is, in the same world. "
    "NSGA-II searched for three goals at once: mean gain in contribution, gain in the worst tenth of worlds, and "
    "relationship score.",
    "The best of many designs in the worlds of the search has been lucky there too. So the best of those that no other "
    f"beats were lived again in fresh worlds: {RULE}. So its interval needs no correction for having "
    "been chosen among several. Only designs that are an allowed company in all fresh worlds take part, and they are "
    "compared in worlds that all of them were lived in to the end.",
)


def report_of(optimum: Optimum) -> Report:
    """Everything there is to say of a search."""
    question, plan = optimum.question, optimum.plan
    drawn, n_tried = plan.assumptions, counted(len(optimum.tried), "design")
    lives = "assumptions as they stand" if drawn is None else f"{counted(len(drawn.paths), 'assumption')} drawn"
    return Report(
        title="Which budget, cadence and pay?",
        headline=headline(optimum),
        byline=f"{n_tried} in {counted(question.worlds, 'world')} · {lives}",
        main=_side_by_side(optimum) if optimum.chosen else ShownTable((), ()),
        folded={"Designs that no other beats, lived again": _front(optimum)} if optimum.again else {},
        cards=_cards(optimum),
        exhibits=[_pareto_figure(optimum)] if optimum.says_something else (),
        method=METHOD,
        doubt=list(_doubt(optimum)),
        changes=question.changes,
        variants={"company": plan.base},
        tables=_tables(optimum),
        record=_record(optimum),
        seeds=range(question.seed, question.telling.stop),
        assumptions=drawn,
    )


def _side_by_side(optimum: Optimum) -> ShownTable:
    """The recommended design and some others of the front, a column each."""
    measured = [place for place, one in zip(optimum.front, optimum.again, strict=True) if one.is_measured]
    places = [place for place in measured if place != optimum.recommended]
    picks = [places[round(k)] for k in np.linspace(0, len(places) - 1, min(_MOST_SHOWN, len(places)))]
    order = [place for place in (optimum.recommended, *picks) if place is not None]
    shown = [one for place in order if (one := optimum.lived_again(place)) is not None]
    rows = [
        (f"{what} a year", *(with_interval(optimum.fresh_money(one, name)) for one in shown))
        for what, name in _OTHER_MONEY.items()
        if all(optimum.fresh_money(one, name).n for one in shown)
    ]
    rows += [
        ("Contribution a year", *(with_interval(optimum.fresh_gain(one)) for one in shown)),
        ("Contribution, four of five", *(from_to_known(optimum.spread_of(one).middle, signed=True) for one in shown)),
        ("Contribution, worst tenth", *(euro(one.goals[1], signed=True) for one in shown)),
        ("Relationship score", *(number(one.goals[2]) for one in shown)),
    ]
    rows += [
        (sentence(lever_in_words(lever.path)), *(rounded(one.values[lever.path]) for one in shown))
        for lever in optimum.plan.levers
    ]
    first = "Recommended" if optimum.is_better else "Best where it was chosen"
    heads = ("", first, *(f"Another, {k}" for k in range(2, len(shown) + 1)))
    note = (
        f"In {_where(optimum)}, more than today's company has in the same world; in brackets the 95 % interval of the "
        "mean."
    )
    return ShownTable(heads, rows, note=note)


def _where(optimum: Optimum) -> str:
    return f"the {counted(len(optimum.question.telling), 'fresh world')} that had no part in the choice"


def _front(optimum: Optimum) -> ShownTable:
    heads = ("Design", "Contribution a year", "Revenue", "Worst tenth", "Score", "Where chosen", "In the search")
    rows = []
    for k, (place, one) in enumerate(zip(optimum.front, optimum.again, strict=True)):
        gain, goals = optimum.fresh_gain(one), one.goals
        mark = "" if one is not optimum.chosen else "Recommended: " if optimum.is_better else "Best where chosen: "
        rows.append(
            (
                f"{mark}{design_in_words(one)}",
                with_interval(gain),
                known(optimum.fresh_money(one, REVENUE)),
                euro(goals[1], signed=True),
                number(goals[2]),
                euro(optimum.choosing_gain(k), signed=True),
                euro(optimum.tried[place].goals[0], signed=True),
            )
        )
    note = (
        f"Designs that no other one beats in all goals, lived again in {_where(optimum)}. Worst tenth: the gain that "
        f"{percent(1 - WORST)} of worlds exceed. The last two columns are means in the "
        f"{counted(len(optimum.question.choosing), 'world')} that chose and in those of the search."
    )
    return ShownTable(heads, rows, note=note)


def _cards(optimum: Optimum) -> list[Card]:
    chosen = optimum.chosen
    if chosen is None or not optimum.says_something:
        return []
    money = [(f"{what} a year", optimum.fresh_money(chosen, name)) for what, name in _OTHER_MONEY.items()]
    money.append(("Contribution a year", optimum.fresh_gain(chosen)))
    return [
        *(Card(what, known(mean), from_to_known(mean.interval, signed=True)) for what, mean in money if mean.n),
        Card("Contribution, worst tenth", euro(chosen.goals[1], signed=True), "a year, against today"),
        Card("Relationship score", number(chosen.goals[2]), "of 20 to 100"),
    ]


def _pareto_figure(optimum: Optimum) -> Exhibit:
    table = optimum.designs
    figure = charts.blank(height=520)
    figure.add_hline(y=0, line={"color": charts.ZERO_COLOUR, "width": 1})
    figure.add_vline(x=0, line={"color": charts.ZERO_COLOUR, "width": 1})
    shade = {"color": table["score"], "colorscale": "Viridis", "size": 7, "opacity": 0.45, "showscale": True}
    shade |= {"colorbar": {"title": {"text": "score"}}}
    charts.dots(figure, table["gain"], table["worst"], shade, name="tried", hoverinfo="x+y")
    again = table[table["fresh_gain"].notna()] if "fresh_gain" in table else table.iloc[:0]
    reach = charts.interval(again, "fresh_gain", "fresh_low", "fresh_high", color=TOTAL)
    diamond = {"size": 11, "color": TOTAL, "symbol": "diamond"}
    name = "front, in fresh worlds"
    charts.dots(figure, again["fresh_gain"], again["fresh_worst"], diamond, name=name, error_x=reach)
    chosen, star = again[again["is_recommended"]], {"size": 17, "color": GAIN, "symbol": "star"}
    charts.dots(
        figure,
        chosen["fresh_gain"],
        chosen["fresh_worst"],
        star,
        name="recommended, in fresh worlds" if optimum.is_better else "best where chosen",
    )
    figure.update_xaxes(title="Mean gain over today, a year (EUR)", **charts.EURO_AXIS)
    figure.update_yaxes(title="Gain in the worst tenth of worlds (EUR)", **charts.EURO_AXIS)
    note = (
        f"Pale dots: {counted(len(optimum.tried), 'design')} in the {counted(optimum.question.worlds, 'world')} of the "
        "search, coloured by relationship score. Diamonds and star: designs that no other beats, lived again in "
        f"{_where(optimum)}, with 95 % intervals. To the right and up is better."
    )
    return exhibit("pareto", headline(optimum), note, figure, table)


def _doubt(optimum: Optimum) -> Iterator[str]:
    yield (
        f"{what_intervals_hold(optimum.plan.assumptions)} The worst tenth has no interval: it is the least sure figure."
    )
    yield (
        f"{counted(len(optimum.tried), 'design')} are a thin search of {counted(len(optimum.plan.levers), 'lever')}: "
        "there may be better ones. Levers that do little take chance values; try the recommended design with one of "
        "them put back (what-if) before changing them all."
    )
    if optimum.meets_draws_again and optimum.plan.assumptions is not None:
        yield (
            f"There are {counted(optimum.plan.assumptions.n_draws, 'draw')} of the assumptions: worlds that tell share "
            "draws, though no luck, with worlds that searched and chose, so the figures are a little too good."
        )
    if optimum.failures:
        yield f"{counted(len(optimum.failures), 'run')} failed, e.g. {optimum.failures[0].error}; they are left out."


def _tables(optimum: Optimum) -> dict[str, pd.DataFrame]:
    tables = {"designs": optimum.designs}
    tables |= {"hangs_on": optimum.hangs_on} if len(optimum.hangs_on) else {}
    if optimum.again:
        halves = zip(("choosing", "telling"), optimum.question.halves, (optimum.choosing, optimum.again), strict=True)
        rows = [
            {"design": place, "worlds": half, "seed": seed, "gain": gain, "score": score}
            | {name: float(values[world]) for name, values in one.more.items()}
            for half, seeds, lived in halves
            for place, one in zip(optimum.front, lived, strict=True)
            for world, (seed, gain, score) in enumerate(zip(seeds, one.gains, one.scores, strict=True))
        ]
        tables["fresh_worlds"] = pd.DataFrame(rows)
    return tables


def _record(optimum: Optimum) -> dict[str, Any]:
    chosen = optimum.chosen
    record: dict[str, Any] = {
        "unit": "EUR a year",
        "n_designs": len(optimum.tried),
        "is_fixed": optimum.plan.assumptions is None,
        "n_drawn": 0 if optimum.plan.assumptions is None else len(optimum.plan.assumptions.paths),
        "n_left_out": optimum.n_void,
    }
    if chosen is None or optimum.recommended is None:
        return record
    gain = optimum.fresh_gain(chosen)
    return record | {
        "recommended": dict(chosen.values),
        "says_something": optimum.says_something,
        "is_better": optimum.is_better,
        "gain": gain.mean,
        "low": gain.interval.low,
        "high": gain.interval.high,
        "revenue": optimum.fresh_money(chosen, REVENUE).mean,
        "new_business": optimum.fresh_money(chosen, NEW_BUSINESS).mean,
        "worst_tenth": chosen.goals[1],
        "relationship_score": chosen.goals[2],
        "hangs_on": optimum.hangs_on.to_dict("records"),
        "rule": RULE,
        "gain_in_search": optimum.tried[optimum.recommended].goals[0],
        "designs": optimum.designs.to_dict("records"),
    }
