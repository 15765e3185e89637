"""Where a design loses, as a note: the box in words, how well it holds on points it has not seen, and the tree."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.questions.discover.ask import Discovered
from experiments.questions.what_if.text import parameter_words
from experiments.reporting.figure_style import GAIN, LOSS, Exhibit, exhibit
from experiments.reporting.html import Card
from experiments.reporting.provenance_section import meaning
from experiments.reporting.report import Note, Shown, Subject, lived
from experiments.statistics.prim_cart import Box, Cover
from experiments.wording.numbers import counted, euro, listed, number, percent, sentence

if TYPE_CHECKING:
    import pandas as pd

METHOD = (
    "Markets and companies were drawn by Latin hypercube over the ranges below; in each both designs lived the same "
    "worlds. A case is a company for which the design earns less; where that is too rare or too common for a box, one "
    "of the fifth in which it gains least.",
    "PRIM peels the space until a box is left in which cases are dense; of the boxes on the way the one with the best "
    "balance of coverage (share of all cases inside) and density (share of cases among those inside) was taken. A "
    "limit is kept only if chance would make one as good with a probability of 5 % or less (quasi-p-value). CART "
    "splits the space into leaves instead.",
    "Boxes were found on two thirds of the points. Coverage and density are told of the other third, which had no part "
    "in it.",
)


def note_of(found: Discovered) -> Note:
    """Everything there is to say of a discovery."""
    return Note(
        question="discover",
        title="Where does it lose?",
        subject=Subject(found.company.name, found.source, found.question.changes, {"company": found.company}),
        headline=headline(found),
        byline=f"{versus(found)} · {counted(len(found.known), 'sampled company')}",
        answer=in_sentences(found),
        main=_box_table(found),
        cards=_cards(found),
        more={"The leaves of the tree": _leaves(found), "What was varied": _ranges(found)},
        exhibits=[_box_figure(found)] if len(found.box.limits) >= 1 else (),
        method=METHOD,
        doubt=list(_doubt(found)),
        tables=_tables(found),
        told=_told(found),
        **lived(found.runs),
    )


def versus(found: Discovered) -> str:
    """`integrated against today's practices`."""
    other = found.question.against or "today's practices"
    return f"{found.question.design} against {other}"


def fresh(found: Discovered, box: Box) -> Cover:
    """A box on the points that had no part in finding it."""
    unseen = ~found.is_trained_on
    return box.cover(found.points[unseen], found.cases[unseen])


def headline(found: Discovered) -> str:
    """The finding in a few words."""
    if not len(found.known):
        return "No answer: no company was lived to its end with both designs"
    if not found.box.limits:
        return sentence(
            f"{found.question.design} loses in {percent(found.share_lost)} of companies, in no special place"
        )
    return sentence(f"{found.question.design} {_does(found)} mostly where {in_words(found.box)}")


def _does(found: Discovered) -> str:
    """What makes a case: it loses, or gains least."""
    return "loses" if not found.below else "loses most" if found.below < 0 else "gains least"


def _case_in_words(found: Discovered) -> str:
    """`loses`, or what it does where losses are too rare or too common for a box."""
    if not found.below:
        return "loses"
    least = f"{euro(abs(found.below))} a run"
    return f"loses more than {least}" if found.below < 0 else f"gains less than {least}"


def in_words(box: Box) -> str:
    """`turbulence is below 0.8 and buyers are above 3.1`."""
    return listed([_limit(path, low, high) for path, (low, high) in _by_weight(box)])


def _by_weight(box: Box) -> list[tuple[str, tuple[float, float]]]:
    """Limits, the least likely by chance first."""
    return sorted(box.limits.items(), key=lambda one: box.quasi_p.get(one[0], 1.0))


def _limit(path: str, low: float, high: float) -> str:
    name = parameter_words(path)
    if np.isinf(low):
        return f"{name} is at most {number(high)}"
    if np.isinf(high):
        return f"{name} is at least {number(low)}"
    return f"{name} is from {number(low)} to {number(high)}"


def in_sentences(found: Discovered) -> tuple[str, ...]:
    """How often it loses; where; how sure that is."""
    if not len(found.known):
        return ("Nothing can be said: no sampled company was lived to its end with both designs.",)
    design = found.question.design
    n, lost = len(found.known), int(found.loses.sum())
    often = f"How often: {versus(found)} loses in {lost} of {n} sampled companies ({percent(found.share_lost)})"
    size = euro(-_mean(found.gain[found.known][found.loses])) if lost else ""
    said = [f"{often}, by {size} a run on average where it does." if lost else f"{often}."]
    if found.below:
        rare = "rare" if found.below > 0 else "common"
        said[0] += f" That is too {rare} for a box, so it is told where it {_does(found)}."
    if not found.box.limits:
        return (*said, f"Where: no box says where {design} {_does(found)}; no limit is better than chance.")
    cover, case = fresh(found, found.box), _case_in_words(found)
    said.append(
        f"Where: {design} {_does(found)} mostly where {in_words(found.box)}; of all companies where it {case}, "
        f"{percent(cover.coverage)} lie there (coverage), and it {case} in {percent(cover.density)} of the companies "
        f"there (density), against {percent(_mean(found.cases))} anywhere."
    )
    chances = listed([f"{parameter_words(path)} {_p(p)}" for path, p in found.box.quasi_p.items()])
    said.append(
        f"How sure: both are told of {counted(int((~found.is_trained_on).sum()), 'point')} that had no part in finding "
        f"the box, {cover.n} of them inside (95 % interval of the density {percent(cover.low)} to "
        f"{percent(cover.high)}); quasi-p-values: {chances}."
    )
    return tuple(said)


def _mean(values: Any) -> float:
    return float(np.mean(values)) if len(values) else float("nan")


def _p(value: float) -> str:
    return "below 0.001" if value < 0.001 else f"{value:.3f}"


def _box_table(found: Discovered) -> Shown:
    heads = ("Input", "What it is", "From", "To", "Quasi-p")
    rows = [
        (path, meaning(path), _end(low), _end(high), _p(found.box.quasi_p.get(path, float("nan"))))
        for path, (low, high) in _by_weight(found.box)
    ]
    return Shown(heads, rows, words=2)


def _end(value: float) -> str:
    return "" if np.isinf(value) else number(value)


def _leaves(found: Discovered) -> Shown:
    heads = ("Leaf", "Cases there", "Of all cases", "Points", "95 % interval")
    rows = []
    for leaf in found.leaves:
        cover = fresh(found, leaf)
        span = f"{percent(cover.low)} to {percent(cover.high)}"
        rows.append((in_words(leaf), percent(cover.density), percent(cover.coverage), str(cover.n), span))
    return Shown(heads, rows, note="On the points that had no part in finding the leaves.")


def _ranges(found: Discovered) -> Shown:
    rows = [
        (str(path), meaning(str(path)), number(float(column.min())), number(float(column.max())))
        for path, column in found.inputs.items()
    ]
    return Shown(("Input", "What it is", "From", "To"), rows, words=2)


def _cards(found: Discovered) -> list[Card]:
    if not len(found.known):
        return []
    cards = [Card("Loses in", percent(found.share_lost), f"of {len(found.known)} sampled companies")]
    if found.box.limits:
        cover = fresh(found, found.box)
        cards += [
            Card("Cases in the box", percent(cover.coverage), "coverage, on unseen points"),
            Card("Of those inside, cases", percent(cover.density), f"{percent(cover.low)} to {percent(cover.high)}"),
        ]
    return cards


def _box_figure(found: Discovered) -> Exhibit:
    """The two inputs with the least chancy limits; every point, and the box."""
    import plotly.graph_objects as go

    table = found.points.assign(gain=found.gain[found.known])
    ordered = [path for path, _ in _by_weight(found.box)]
    rest = [str(path) for path in found.points.columns if path not in ordered]
    x, y = [*ordered, *rest][:2]
    figure = go.Figure()
    for name, shade, some in ((_case_in_words(found), LOSS, found.cases), ("does not", GAIN, ~found.cases)):
        look = {"size": 7, "color": shade, "opacity": 0.65, "symbol": "circle" if name == "does not" else "x"}
        figure.add_scatter(x=table[x][some], y=table[y][some], mode="markers", name=name, marker=look)
    ends = {path: _ends(found.box.limits.get(path), table[path]) for path in (x, y)}
    box = {"x0": ends[x][0], "x1": ends[x][1], "y0": ends[y][0], "y1": ends[y][1]}
    figure.add_shape(type="rect", **box, line={"color": "black", "width": 2}, fillcolor="rgba(0,0,0,0.06)")
    figure.update_xaxes(title=x)
    figure.update_yaxes(title=y)
    figure.update_layout(height=520)
    note = (
        f"Every sampled company: a cross where {found.question.design} {_case_in_words(found)}, a dot where it does "
        f"not; the box is PRIM's, seen along the two inputs shown. It may have further limits: {in_words(found.box)}."
    )
    return exhibit("box", headline(found), note, figure, table)


def _ends(limits: tuple[float, float] | None, column: Any) -> tuple[float, float]:
    low, high = limits or (-np.inf, np.inf)
    return max(low, float(column.min())), min(high, float(column.max()))


def _doubt(found: Discovered) -> Iterator[str]:
    yield (
        f"With {counted(found.question.runs, 'world')} a company luck decides some of the cases near the border; a box "
        "is a summary of where losses are frequent, not a law."
    )
    yield "The shares hold for companies drawn evenly over the ranges, not for how frequent such companies are."
    if found.n_pulled:
        yield f"{counted(found.n_pulled, 'point')} were pulled towards the company's own values because none may be so."
    if found.runs.failures:
        yield f"{counted(len(found.runs.failures), 'run')} failed; their companies are left out."


def _tables(found: Discovered) -> "dict[str, pd.DataFrame]":
    import pandas as pd

    tables = {"points": found.points.assign(gain=found.gain[found.known], loses=found.loses, is_case=found.cases)}
    boxes = [("prim", found.box)] if found.box.limits else []
    rows = []
    for name, box in [*boxes, *((f"leaf {k}", leaf) for k, leaf in enumerate(found.leaves, 1))]:
        ends = [(path, low, high, box.quasi_p.get(path)) for path, (low, high) in box.limits.items()]
        rows += [(name, *end, *asdict(fresh(found, box)).values()) for end in ends]
    columns = ["box", "input", "from", "to", "quasi_p", "n", "coverage", "density", "density_low", "density_high"]
    return tables | {"boxes": pd.DataFrame(rows, columns=columns)}


def _told(found: Discovered) -> dict[str, Any]:
    limits: Mapping[str, Any] = {
        path: {"from": low, "to": high, "quasi_p": found.box.quasi_p.get(path)}
        for path, (low, high) in found.box.limits.items()
    }
    told: dict[str, Any] = {"design": found.question.design, "against": found.question.against or "today"}
    told |= {"n_points": len(found.known), "share_lost": found.share_lost, "gain_below": found.below, "box": limits}
    return told | ({"on_unseen_points": asdict(fresh(found, found.box))} if found.box.limits else {})
