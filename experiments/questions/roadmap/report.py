"""A roadmap as a note: values, path, figures, doubt."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from experiments.questions.roadmap.ask import Roadmap
from experiments.questions.roadmap.text import a_year, ends_in_words, headline, in_sentences, sum_check
from experiments.reporting import figures
from experiments.reporting.figure_style import GAIN, LOSS, TOTAL, Exhibit, exhibit, rows_of
from experiments.reporting.html import Card
from experiments.reporting.report import LUCK, Note, Shown, Subject
from experiments.statistics.paired import Interval
from experiments.wording.numbers import counted, euro, from_to, probability, sentence

if TYPE_CHECKING:
    import pandas as pd

METHOD = (
    "The value of a practice is what it adds on average over all orders in which the practices could be put in place "
    "(its Shapley value): alone it adds something else than on top of all others, because practices help or replace "
    "each other. In each world one order was drawn and lived through forwards and backwards. The values add up to goal "
    "minus start in every world. Levers that only make sense together move together.",
    "The path takes at each step the practice that gains most on top of those before it. It was chosen in the worlds "
    "of the values and measured in other worlds, so its figures do not owe anything to the luck it was chosen by.",
)


def note_of(found: Roadmap) -> Note:
    """Everything there is to say of a roadmap."""
    way = ends_in_words(found)
    return Note(
        question="roadmap",
        title="What should change next?",
        subject=Subject(
            found.ends.start.name,
            found.source,
            found.question.changes,
            {found.question.start or "today": found.ends.start, found.ends.goal_name: found.ends.goal},
        ),
        headline=headline(found),
        byline=f"{way} · {counted(found.n_worlds, 'world')}, {counted(len(found.lived.outcomes), 'run')}",
        answer=in_sentences(found),
        main=_values(found) if found.n_worlds else Shown((), ()),
        cards=_cards(found),
        more={"The path, step by step": _steps(found)} if found.path.steps else {},
        exhibits=exhibits(found),
        method=METHOD,
        doubt=list(_doubt(found)),
        tables=_tables(found),
        told=_told(found),
        seeds=[*found.seeds, *found.path.seeds],
        failures=found.failures,
        is_interrupted=found.is_interrupted,
    )


def _values(found: Roadmap) -> Shown:
    heads = ("Practice", "Value a year", "95 % interval", "Alone", "Last", "Coordination a year")
    rows = [
        (
            sentence(row.label),
            euro(row.value, signed=True),
            from_to(Interval(row.value_low, row.value_high), "EUR", signed=True),
            euro(row.alone, signed=True),
            euro(row.last, signed=True),
            euro(row.cost, signed=True),
        )
        for row in rows_of(found.table)
    ]
    note = (
        "Value: average over all orders. Alone: on top of the start. Last: on top of all others. All after its cost; "
        "the last column says how much of that is coordination (hours with the other side, and money for practices)."
    )
    return Shown(heads, rows, note=note)


def _cards(found: Roadmap) -> list[Card]:
    if not found.n_worlds:
        return []
    total = a_year(found, found.total())
    cards = [Card("The whole way, a year", euro(total.mean, signed=True), from_to(total.interval, "EUR", signed=True))]
    if found.path.steps:
        first, last = found.path.steps[0], found.path.steps[-1]
        start, path = a_year(found, first.gain), a_year(found, last.gain_so_far)
        label = found.practices[first.part].label
        steps = counted(len(found.path.steps), "step")
        cards = [
            Card(f"First: {label}", euro(start.mean, signed=True), from_to(start.interval, "EUR", signed=True)),
            Card(f"The path, {steps}", euro(path.mean, signed=True), from_to(path.interval, "EUR", signed=True)),
            *cards,
        ]
    return cards


def _steps(found: Roadmap) -> Shown:
    heads = ("Step", "What changes", "Gain a year", "95 % interval", "Pays in", "All so far", "Coordination so far")
    rows = [
        (
            f"{row.step}. {sentence(row.label)}",
            row.change,
            euro(row.gain, signed=True),
            from_to(Interval(row.low, row.high), "EUR", signed=True),
            f"{probability(row.share_of_worlds)} of worlds",
            euro(row.gain_so_far, signed=True),
            euro(row.cost_so_far, signed=True),
        )
        for row in rows_of(path_table(found))
    ]
    return Shown(heads, rows, words=2, note=f"Measured in {counted(len(found.path.seeds), 'world')} of its own.")


def path_table(found: Roadmap) -> "pd.DataFrame":
    """A row a step, EUR a year: gain with interval, all so far with interval, coordination cost of it and so far."""
    import pandas as pd

    rows = []
    for number, step in enumerate(found.path.steps, 1):
        one = found.practices[step.part]
        gain, so_far = a_year(found, step.gain), a_year(found, step.gain_so_far)
        costs = [cost.mean * found.per_year for cost in (step.cost, step.cost_so_far)]
        ends = (gain.mean, gain.interval.low, gain.interval.high, step.gain.share_a_higher)
        all_so_far = (so_far.mean, so_far.interval.low, so_far.interval.high)
        rows.append((number, one.name, one.label, one.in_words, *ends, *all_so_far, *costs, step.gain.n))
    columns = ["step", "practice", "label", "change", "gain", "low", "high", "share_of_worlds", "gain_so_far"]
    return pd.DataFrame(rows, columns=[*columns, "low_so_far", "high_so_far", "cost", "cost_so_far", "n"])


def exhibits(found: Roadmap) -> list[Exhibit]:
    """What each practice is worth, and how the path rises."""
    shown = [_values_figure(found)] if found.n_worlds else []
    return [*shown, _path_figure(found)] if found.path.steps else shown


def _values_figure(found: Roadmap) -> Exhibit:
    import plotly.graph_objects as go

    table = found.table
    figure = go.Figure()
    figure.add_vline(x=0, line={"color": "#7B8794", "width": 1.5})
    for row in rows_of(table.iloc[::-1]):
        name = sentence(row.label)
        shade = GAIN if row.value_low > 0 else LOSS if row.value_high < 0 else TOTAL
        line = {"mode": "lines", "line": {"color": shade, "width": 7}, "hoverinfo": "skip", "showlegend": False}
        figure.add_scatter(x=[row.value_low, row.value_high], y=[name, name], **line)
    for what, mark, shade in (
        ("value", "circle", TOTAL),
        ("alone", "circle-open", "#56B4E9"),
        ("last", "x", "#E69F00"),
    ):
        names = [sentence(label) for label in table["label"]]
        hover = [f"{name}, {what}: {euro(value, signed=True)}" for name, value in zip(names, table[what], strict=True)]
        figure.add_scatter(
            x=table[what], y=names, name=what, mode="markers", marker={"symbol": mark, "size": 10, "color": shade},
            hovertext=hover, hoverinfo="text",
        )  # fmt: skip
    figure.update_xaxes(title="Contribution a year (EUR)", **figures.EURO_AXIS)
    figure.update_layout(height=170 + 30 * len(table))
    first, last = table.iloc[0], table.iloc[-1]
    title = f"{sentence(first['label'])} is worth most ({euro(first['value'], signed=True)} a year)"
    if last["value_high"] < 0:
        title += f", {last['label']} costs most ({euro(last['value'], signed=True)})"
    note = (
        f"Dot: value over all orders, with its 95 % interval over {counted(found.n_worlds, 'world')} (green: clearly "
        "above zero, red: clearly below). Circle: alone. Cross: last, on top of all others."
    )
    return exhibit("values", title, note, figure, table)


def _path_figure(found: Roadmap) -> Exhibit:
    import plotly.graph_objects as go

    table = path_table(found)
    names = [f"{row.step}. {sentence(row.label)}" for row in rows_of(table)]
    figure = go.Figure()
    reach = {
        "array": table["high_so_far"] - table["gain_so_far"],
        "arrayminus": table["gain_so_far"] - table["low_so_far"],
        "color": TOTAL,
    }
    figure.add_bar(y=names, x=table["gain_so_far"], name="gain so far", orientation="h",
                   marker={"color": GAIN}, error_x=reach)  # fmt: skip
    figure.add_bar(y=names, x=table["cost_so_far"], name="of it paid for coordination", orientation="h",
                   marker={"color": LOSS})  # fmt: skip
    figure.update_yaxes(autorange="reversed")
    figure.update_xaxes(title="Against the start, a year (EUR)", **figures.EURO_AXIS)
    figure.update_layout(height=170 + 56 * len(table), barmode="group")
    whole = a_year(found, found.path.steps[-1].gain_so_far)
    title = f"{counted(len(table), 'step')} bring {euro(whole.mean, signed=True)} a year"
    if found.path.whole is not None:
        title += f"; all {len(found.practices)} practices {euro(found.path.whole.mean * found.per_year, signed=True)}"
    note = (
        f"Gain in contribution after all costs, with its 95 % interval over {counted(len(found.path.seeds), 'world')} "
        "in which the path was not chosen; and coordination cost, which is already taken off the gain."
    )
    return exhibit("path", title, note, figure, table)


def _doubt(found: Roadmap) -> Iterator[str]:
    yield LUCK
    yield (
        "Those of single practices are not corrected for being many: of 20 practices without any effect one would show "
        "a clear one. Read the large ones."
    )
    yield (
        "A practice is in place from the first day and at the strength the goal has it; half of it, or more of it, may "
        "be better. The order of steps counts what they bring when lived with for a whole run each."
    )
    if found.ends.is_goal_chosen:
        yield (
            f"The goal, {found.ends.goal_name}, is the type that earned most in a few worlds of their own; name "
            "another with --to."
        )
    if found.failures:
        yield f"{counted(len(found.failures), 'run')} failed; the worlds they belong to are left out."


def _tables(found: Roadmap) -> "dict[str, pd.DataFrame]":
    import pandas as pd

    width = len(found.practices)
    runs = [
        {"practices": f"{parts:0{width}b}"[::-1], "seed": seed, **outcomes}
        for (parts, seed), outcomes in sorted(found.lived.outcomes.items(), key=lambda one: (one[0][1], one[0][0]))
    ]
    order = pd.DataFrame([(one.name, one.label, one.in_words) for one in found.practices])
    order.columns = pd.Index(["practice", "label", "change"])
    tables = {"runs": pd.DataFrame(runs), "practices_in_order": order}
    if found.n_worlds:
        tables |= {"practices": found.table, "path": path_table(found)}
    return tables


def _told(found: Roadmap) -> dict[str, Any]:
    told: dict[str, Any] = {"from": found.question.start or "today", "to": found.ends.goal_name}
    if found.n_worlds:
        told |= {
            "practices": found.table.to_dict("records"),
            "path": path_table(found).to_dict("records"),
            "sum_of_values": asdict(sum_check(found)),
        }
    return told | {"unit": "EUR a year", "n_worlds": found.n_worlds}
