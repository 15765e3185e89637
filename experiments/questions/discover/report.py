"""Where a design loses, as a report: the box, how well it holds on points it has not seen, and the tree."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import numpy as np
import pandas as pd

from experiments.questions.discover.result import Discovery
from experiments.questions.discover.text import (
    by_weight,
    case_in_words,
    headline,
    in_words,
    p_in_words,
    versus,
)
from experiments.reporting import charts
from experiments.reporting.figure_style import GAIN, LOSS, Exhibit, exhibit
from experiments.reporting.report import Card, Report, ShownTable
from experiments.statistics.doubt import says_something
from experiments.wording.numbers import counted, number, percent
from experiments.wording.parameters import meaning

METHOD = (
    "Markets and companies were drawn by Latin hypercube over the ranges below; in each both designs lived the same "
    "worlds, which are others for each company, with other draws of the assumptions. A case is a company for which the "
    "design earns less; where that is too rare or too common for a box, one "
    "of the fifth in which it gains least.",
    "PRIM peels the space until a box is left in which cases are dense; of the boxes on the way the one with the best "
    "balance of coverage (share of all cases inside) and density (share of cases among those inside) was taken. A "
    "limit is kept only if chance would make one as good with a probability of 5 % or less (quasi-p-value). CART "
    "splits the space into leaves instead.",
    "Boxes were found on two thirds of the points. Coverage and density are told of the other third, which had no part "
    "in it.",
)


def report_of(discovery: Discovery) -> Report:
    """Everything there is to say of a discovery."""
    question, plan = discovery.question, discovery.plan
    return Report(
        title="Where does it lose?",
        headline=headline(discovery),
        byline=f"{versus(discovery)} · {counted(len(discovery.known), 'sampled company')}",
        main=_box_table(discovery),
        cards=_cards(discovery),
        folded={"The leaves of the tree": _leaves(discovery), "What was varied": _ranges(discovery)},
        exhibits=[_box_figure(discovery)] if discovery.box.limits else (),
        method=METHOD,
        doubt=list(_doubt(discovery)),
        changes=question.changes,
        variants={"company": plan.base},
        tables={"points": discovery.to_frame(), "boxes": _boxes(discovery)},
        record=_record(discovery),
        seeds=discovery.made.design.seeds,
        assumptions=plan.assumptions,
    )


def _box_table(discovery: Discovery) -> ShownTable:
    heads = ("Input", "What it is", "From", "To", "Quasi-p")
    rows = [
        (path, meaning(path), _end(low), _end(high), p_in_words(discovery.box.quasi_p.get(path, float("nan"))))
        for path, (low, high) in by_weight(discovery.box)
    ]
    return ShownTable(heads, rows, words=2)


def _end(value: float) -> str:
    return "" if np.isinf(value) else number(value)


def _leaves(discovery: Discovery) -> ShownTable:
    heads = ("Leaf", "Cases there", "Of all cases", "Points", "95 % interval")
    rows = []
    for leaf in discovery.leaves:
        cover = discovery.fresh(leaf)
        span = f"{percent(cover.low)} to {percent(cover.high)}"
        rows.append((in_words(leaf), percent(cover.density), percent(cover.coverage), str(cover.n), span))
    return ShownTable(heads, rows, note="On the points that had no part in finding the leaves.")


def _ranges(discovery: Discovery) -> ShownTable:
    rows = [
        (str(path), meaning(str(path)), number(float(column.min())), number(float(column.max())))
        for path, column in discovery.plan.inputs.items()
    ]
    return ShownTable(("Input", "What it is", "From", "To"), rows, words=2)


def _cards(discovery: Discovery) -> list[Card]:
    if not len(discovery.known):
        return []
    cards = [Card("Loses in", percent(discovery.share_lost), f"of {len(discovery.known)} sampled companies")]
    if discovery.box.limits:
        cover = discovery.fresh(discovery.box)
        cards += (
            []
            if not says_something(cover.n)
            else [
                Card("Cases in the box", percent(cover.coverage), "coverage, on unseen points"),
                Card(
                    "Of those inside, cases", percent(cover.density), f"{percent(cover.low)} to {percent(cover.high)}"
                ),
            ]
        )
    return cards


def _box_figure(discovery: Discovery) -> Exhibit:
    """The two inputs with the least chancy limits; every point, and the box."""
    table = discovery.points.assign(gain=discovery.gain[discovery.known])
    ordered = [path for path, _ in by_weight(discovery.box)]
    x, y = list(dict.fromkeys([*ordered, *map(str, discovery.points)]))[:2]
    figure = charts.blank(height=520)
    for name, shade, some in ((case_in_words(discovery), LOSS, discovery.cases), ("does not", GAIN, ~discovery.cases)):
        look = {"size": 7, "color": shade, "opacity": 0.65, "symbol": "circle" if name == "does not" else "x"}
        charts.dots(figure, table[x][some], table[y][some], look, name=name)
    (x0, x1), (y0, y1) = (_ends(discovery.box.limits.get(path), table[path]) for path in (x, y))
    look = {"line": {"color": "black", "width": 2}, "fillcolor": "rgba(0,0,0,0.06)"}
    figure.add_shape(type="rect", x0=x0, x1=x1, y0=y0, y1=y1, **look)
    figure.update_xaxes(title=x)
    figure.update_yaxes(title=y)
    note = (
        f"Every sampled company: a cross where {discovery.question.design} {case_in_words(discovery)}, a dot where it "
        "does not; the box is PRIM's, seen along the two inputs shown. It may have further limits: "
        f"{in_words(discovery.box)}."
    )
    return exhibit("box", headline(discovery), note, figure, table)


def _ends(limits: tuple[float, float] | None, column: Any) -> tuple[float, float]:
    low, high = limits or (-np.inf, np.inf)
    return max(low, float(column.min())), min(high, float(column.max()))


def _doubt(discovery: Discovery) -> Iterator[str]:
    yield (
        f"With {counted(discovery.question.runs, 'world')} a company luck decides some of the cases near the border; a "
        "box is a summary of where losses are frequent, not a law."
    )
    yield "The shares hold for companies drawn evenly over the ranges, not for how frequent such companies are."
    if n_pulled := discovery.plan.n_pulled:
        yield f"{counted(n_pulled, 'point')} were pulled towards the company's own values because none may be so."
    if discovery.failures:
        yield f"{counted(len(discovery.failures), 'run')} failed; their companies are left out."


def _boxes(discovery: Discovery) -> pd.DataFrame:
    boxes = [("prim", discovery.box)] if discovery.box.limits else []
    rows = []
    for name, box in [*boxes, *((f"leaf {k}", leaf) for k, leaf in enumerate(discovery.leaves, 1))]:
        ends = [(path, low, high, box.quasi_p.get(path)) for path, (low, high) in box.limits.items()]
        rows += [(name, *end, *asdict(discovery.fresh(box)).values()) for end in ends]
    columns = ["box", "input", "from", "to", "quasi_p", "n", "coverage", "density", "density_low", "density_high"]
    return pd.DataFrame(rows, columns=columns)


def _record(discovery: Discovery) -> dict[str, Any]:
    box, question = discovery.box, discovery.question
    record: dict[str, Any] = {
        "design": question.design,
        "against": question.against or "today",
        "is_fixed": discovery.plan.assumptions is None,
        "n_points": len(discovery.known),
        "share_lost": discovery.share_lost,
        "gain_below": discovery.below,
        "box": {
            path: {"from": low, "to": high, "quasi_p": box.quasi_p.get(path)}
            for path, (low, high) in box.limits.items()
        },
    }
    return record | ({"on_unseen_points": asdict(discovery.fresh(box))} if box.limits else {})
