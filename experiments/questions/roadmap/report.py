"""A roadmap as a report: values, path, figures, doubt."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pandas as pd

from experiments.designs.run_table import DECISION
from experiments.observation.yearly import NEW_BUSINESS, REVENUE
from experiments.questions.roadmap.result import Roadmap
from experiments.questions.roadmap.text import (
    a_year,
    adds_up,
    advice,
    ends_in_words,
    headline,
    path_against_whole,
    path_pays,
    sum_check,
)
from experiments.reporting import charts
from experiments.reporting.figure_style import GAIN, LOSS, TOTAL, Exhibit, exhibit, rows_of
from experiments.reporting.page_parts import COMES_FROM, SURE, TO_DO
from experiments.reporting.report import Card, Report, Section, ShownTable
from experiments.reporting.slide import Slide, in_short, money
from experiments.statistics.doubt import says_something
from experiments.statistics.paired import Difference, Interval
from experiments.wording.language import say, term
from experiments.wording.numbers import counted, euro, from_to, probability, sentence, with_commas


def _method() -> tuple[str, ...]:
    """How values and path are found, for the reader."""
    return (
        say(
            "The value of a practice is what it adds on average over all orders in which the practices could be put in "
            "place (its Shapley value): alone it adds something else than on top of all others, because practices help "
            "or replace each other. In each world one order was drawn and lived through forwards and backwards. The "
            "values add up to goal minus start in every world. Levers that only make sense together move together."
        ),
        say(
            "The path takes at each step the practice that gains most on top of those before it. It was chosen in the "
            "worlds of the values and measured in other worlds, so its figures do not owe anything to the luck it was "
            "chosen by."
        ),
    )


def report_of(roadmap: Roadmap) -> Report:
    """Everything there is to say of a roadmap."""
    question, ends, is_known = roadmap.question, roadmap.ends, roadmap.n_replications > 0
    worlds, runs = counted(roadmap.n_replications, "world"), counted(len(roadmap.lived.outcomes), "run")
    return Report(
        title=say("What should change next?"),
        headline=headline(roadmap),
        byline=f"{ends_in_words(roadmap)} · {with_commas([worlds, runs])}",
        main=_values(roadmap) if is_known else ShownTable((), ()),
        main_part=COMES_FROM,
        cards=_cards(roadmap),
        sections=list(_sections(roadmap)) if is_known else (),
        exhibits=exhibits(roadmap),
        method=_method(),
        doubt=list(_doubt(roadmap)),
        changes=question.changes,
        variants={question.start or "today": ends.start, ends.goal_name: ends.goal},
        tables=_tables(roadmap),
        record=_record(roadmap),
        slide=_slide(roadmap) if roadmap.path.steps else None,
        seeds=[*roadmap.seeds, *roadmap.path.seeds],
        assumptions=roadmap.plan.assumptions,
    )


def _sections(roadmap: Roadmap) -> Iterator[Section]:
    """What to do, and how sure."""
    yield Section("first", "", [advice(roadmap)], _steps(roadmap) if roadmap.path.steps else None, part=TO_DO)
    yield Section("sure", "", [adds_up(roadmap)], part=SURE)


def _slide(roadmap: Roadmap) -> Slide:
    """All steps of the path against the start, in the worlds in which it was measured."""
    n_steps = len(roadmap.path.steps)
    return Slide(
        figures=[
            money(say("Revenue"), roadmap.gain_of_path(REVENUE)),
            money(say("New business"), roadmap.gain_of_path(NEW_BUSINESS)),
            money(say("Contribution"), roadmap.gain_of_path(DECISION, roadmap.per_year)),
        ],
        against=say(
            "{start}, with {steps}",
            start=term(roadmap.question.start) if roadmap.question.start else say("today"),
            steps=counted(n_steps, "step"),
        ),
        says=[
            (say("What to do"), in_short(advice(roadmap))),
            (say("How sure"), path_pays(roadmap)),
            (say("The path against the whole"), in_short(_closed(path_against_whole(roadmap).partition("; `")[0]))),
        ],
    )


def _closed(words: str) -> str:
    return f"{words}." if words else ""


def _values(roadmap: Roadmap) -> ShownTable:
    heads = (
        say("Practice"),
        say("Value a year"),
        say("95 % interval"),
        say("Alone"),
        say("Last"),
        say("Coordination a year"),
    )
    rows = [
        (
            sentence(term(row.label)),
            euro(row.value, signed=True),
            from_to(Interval(row.value_low, row.value_high), "EUR", signed=True),
            euro(row.alone, signed=True),
            euro(row.last, signed=True),
            euro(row.cost, signed=True),
        )
        for row in rows_of(roadmap.table)
    ]
    note = say(
        "Value: average over all orders. Alone: on top of the start. Last: on top of all others. All after its cost; "
        "the last column says how much of that is coordination (hours with the other side, and money for practices)."
    )
    return ShownTable(heads, rows, note=note)


def _cards(roadmap: Roadmap) -> list[Card]:
    if not roadmap.n_replications:
        return []
    cards = []
    if steps := roadmap.path.steps:
        cards = [
            _card(
                roadmap, say("First: {practice}", practice=term(roadmap.practices[steps[0].part].label)), steps[0].gain
            ),
            _card(roadmap, say("The path, {steps}", steps=counted(len(steps), "step")), steps[-1].gain_so_far),
        ]
    return [*cards, _card(roadmap, say("The whole way, a year"), roadmap.total())]


def _card(roadmap: Roadmap, what: str, gain: Difference) -> Card:
    yearly = a_year(roadmap, gain)
    return Card(what, euro(yearly.mean, signed=True), from_to(yearly.interval, "EUR", signed=True))


def _steps(roadmap: Roadmap) -> ShownTable:
    heads = (
        say("Step"),
        say("What changes"),
        say("Gain a year"),
        say("95 % interval"),
        say("Pays in"),
        say("All so far"),
        say("Revenue"),
    )
    rows = [
        (
            f"{row.step}. {sentence(term(row.label))}",
            row.change,
            euro(row.gain, signed=True),
            from_to(Interval(row.low, row.high), "EUR", signed=True),
            probability(row.share_of_worlds) if says_something(row.n) else say("too few worlds"),
            euro(row.gain_so_far, signed=True),
            euro(row.revenue_so_far, signed=True),
        )
        for row in rows_of(path_table(roadmap))
    ]
    note = say(
        "Measured in {worlds} of its own, in which share of them a step pays. The last two columns are of all steps so "
        "far.",
        worlds=counted(len(roadmap.path.seeds), "world"),
    )
    return ShownTable(heads, rows, words=2, note=note)


def path_table(roadmap: Roadmap) -> pd.DataFrame:
    """A row a step, EUR a year: gain with interval, all so far with interval, coordination cost of it and so far."""
    rows = []
    for number, step in enumerate(roadmap.path.steps, 1):
        one = roadmap.practices[step.part]
        gain, so_far = (a_year(roadmap, one).with_ends for one in (step.gain, step.gain_so_far))
        costs = [cost.mean * roadmap.per_year for cost in (step.cost, step.cost_so_far)]
        words = (number, one.name, one.label, one.in_words)
        rows.append((*words, *gain, step.gain.share_a_higher, *so_far, *costs, step.revenue_so_far.mean, step.gain.n))
    columns = ["step", "practice", "label", "change", "gain", "low", "high", "share_of_worlds", "gain_so_far"]
    return pd.DataFrame(
        rows, columns=[*columns, "low_so_far", "high_so_far", "cost", "cost_so_far", "revenue_so_far", "n"]
    )


def exhibits(roadmap: Roadmap) -> list[Exhibit]:
    """What each practice is worth, and how the path rises."""
    shown = [_values_figure(roadmap).in_part(COMES_FROM)] if roadmap.n_replications else []
    return [*shown, _path_figure(roadmap).in_part(TO_DO)] if roadmap.path.steps else shown


def _values_figure(roadmap: Roadmap) -> Exhibit:
    table = roadmap.table
    figure = charts.blank(height=170 + 30 * len(table))
    charts.zero(figure)
    for row in rows_of(table.iloc[::-1]):
        shade = GAIN if row.value_low > 0 else LOSS if row.value_high < 0 else TOTAL
        ends = [row.value_low, row.value_high]
        charts.span(figure, sentence(term(row.label)), ends, shade, 7, showlegend=False)
    names = [sentence(term(label)) for label in table["label"]]
    for column, what, mark, shade in (
        ("value", say("value"), "circle", TOTAL),
        ("alone", say("alone"), "circle-open", "#56B4E9"),
        ("last", say("last"), "x", "#E69F00"),
    ):
        hover = [
            say("{name}, {what}: {value}", name=name, what=what, value=euro(value, signed=True))
            for name, value in zip(names, table[column], strict=True)
        ]
        marker = {"symbol": mark, "size": 10, "color": shade}
        charts.dots(figure, table[column], names, marker, name=what, hovertext=hover, hoverinfo="text")
    figure.update_xaxes(title=say("Contribution a year (EUR)"), **charts.EURO_AXIS)
    figure.update_xaxes(range=charts.around(table[["value_low", "value_high", "alone", "last"]], 0.05))
    note = say(
        "Dot: value over all orders, with its 95 % interval over {worlds} (green: clearly above zero, red: clearly "
        "below). Circle: alone. Cross: last, on top of all others.",
        worlds=counted(roadmap.n_replications, "world"),
    )
    return exhibit("values", _title_of_values(table), note, figure, table)


def _title_of_values(table: pd.DataFrame) -> str:
    first, last = table.iloc[0], table.iloc[-1]
    told = {"practice": sentence(term(first["label"])), "gain": euro(first["value"], signed=True)}
    if last["value_high"] < 0:
        told |= {"other": term(last["label"]), "loss": euro(last["value"], signed=True)}
        return say("{practice} is worth most ({gain} a year), {other} costs most ({loss})", **told)
    return say("{practice} is worth most ({gain} a year)", **told)


def _path_figure(roadmap: Roadmap) -> Exhibit:
    table = path_table(roadmap)
    names = [f"{row.step}. {sentence(term(row.label))}" for row in rows_of(table)]
    figure = charts.blank(height=170 + 56 * len(table), barmode="group")
    reach = charts.interval(table, "gain_so_far", "low_so_far", "high_so_far", color=TOTAL)
    charts.bars(figure, names, table["gain_so_far"], GAIN, name=say("gain so far"), error_x=reach)
    charts.bars(figure, names, table["cost_so_far"], LOSS, name=say("of it paid for coordination"))
    figure.update_yaxes(autorange="reversed")
    figure.update_xaxes(title=say("Against the start, a year (EUR)"), **charts.EURO_AXIS)
    note = say(
        "Gain in contribution after all costs, with its 95 % interval over {worlds} in which the path was not chosen; "
        "and coordination cost, which is already taken off the gain.",
        worlds=counted(len(roadmap.path.seeds), "world"),
    )
    return exhibit("path", _title_of_path(roadmap), note, figure, table)


def _title_of_path(roadmap: Roadmap) -> str:
    steps = roadmap.path.steps
    gain = euro(a_year(roadmap, steps[-1].gain_so_far).mean, signed=True)
    told = {"steps": counted(len(steps), "step"), "gain": gain}
    title = say("{steps} brings {gain} a year", **told)
    if len(steps) != 1:
        title = say("{steps} bring {gain} a year", **told)
    if roadmap.path.whole is None:
        return title
    total = euro(roadmap.path.whole.mean * roadmap.per_year, signed=True)
    return say("{said}; all {n} practices {total}", said=title, n=len(roadmap.practices), total=total)


def _doubt(roadmap: Roadmap) -> Iterator[str]:
    if roadmap.plan.assumptions is None:
        yield say("Intervals are 95 % each, by Student's t, and are those of a mean over worlds.")
    else:
        yield say(
            "Intervals are 95 % each, by Student's t, and are those of a mean over worlds, each with its own draw of "
            "the assumptions."
        )
    yield say(
        "Those of single practices are not corrected for being many: of 20 practices without any effect one would show "
        "a clear one. Read the large ones."
    )
    yield say(
        "A practice is in place from the first day and at the strength the goal has it; half of it, or more of it, may "
        "be better. The order of steps counts what they bring when lived with for a whole run each."
    )
    if roadmap.ends.is_goal_chosen:
        yield say(
            "The goal, {goal}, is the type that earned most in a few worlds of their own; name another with --to.",
            goal=term(roadmap.ends.goal_name),
        )
    if roadmap.failures:
        yield say("{runs} failed; the worlds they belong to are left out.", runs=counted(len(roadmap.failures), "run"))


def _tables(roadmap: Roadmap) -> dict[str, pd.DataFrame]:
    practices = [(one.name, one.label, one.in_words) for one in roadmap.practices]
    order = pd.DataFrame(practices, columns=["practice", "label", "change"])
    if not roadmap.n_replications:
        return {"practices_in_order": order}
    return {"practices_in_order": order, "practices": roadmap.table, "path": path_table(roadmap)}


def _record(roadmap: Roadmap) -> dict[str, Any]:
    record: dict[str, Any] = {"from": roadmap.question.start or "today", "to": roadmap.ends.goal_name}
    if roadmap.n_replications:
        record |= {
            "practices": roadmap.table.to_dict("records"),
            "path": path_table(roadmap).to_dict("records"),
            "sum_of_values": asdict(sum_check(roadmap)),
        }
    return record | {"unit": "EUR a year", "n_worlds": roadmap.n_replications}
