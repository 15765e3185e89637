"""Figures of patterns: what was measured against its target, with its doubt.

A pattern that has no chart of its own shows each check on an axis of its own (`against_targets`). The charts here are
declared with a pattern: what they show are their fields, what they need besides the checks they say themselves.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from experiments.designs.company_today import TYPES
from experiments.questions.validate.patterns.condition import Condition
from experiments.questions.validate.patterns.evidence import Evidence, NotMeasurable, mean_estimate
from experiments.questions.validate.patterns.observed import WEEKS
from experiments.questions.validate.patterns.pattern import Finding, Judged
from experiments.questions.validate.patterns.readings import Mean
from experiments.questions.validate.patterns.searches import SURE, complete, doubts_of_best, over_all_cells
from experiments.questions.validate.patterns.targets import Above, Between, Estimate, Target
from experiments.reporting import charts
from experiments.reporting.figure_style import GAIN, LOSS, TOTAL, Exhibit, colour, exhibit, label, mark, rows_of, veil
from experiments.wording.numbers import amount, euro, percent, sentence

_TARGET_COLOUR = "rgba(0,158,115,0.16)"
_WHISKERS: dict[str, Any] = {"type": "data", "thickness": 1.5, "width": 3}
_ROW_PX, _FRAME_PX = 74, 110
_MAPS_A_ROW, _DARK = 2, 320  # dark: a colour that white can be read on, sum of red, green and blue
_MEANING = "Green: the target. Mark: mean over worlds, with its 95 % interval; hollow where the target is not met."


@dataclass(frozen=True)
class _Chart(ABC):
    """The numbers of a chart, and how they are drawn; `note` says how to read it, with fields in braces."""

    note: ClassVar[str]

    @property
    def needs(self) -> tuple[Mean, ...]:
        """What it reads off the runs, if that is more than the checks of its pattern do."""
        return ()

    @abstractmethod
    def _numbers(self, evidence: Evidence) -> pd.DataFrame:
        """What is drawn; raises NotMeasurable."""

    @abstractmethod
    def _figure(self, table: pd.DataFrame, evidence: Evidence) -> Any:
        """The drawing."""

    def __call__(self, finding: Finding, evidence: Evidence) -> Exhibit:
        """The figure of one finding, with the table behind it."""
        table = self._numbers(evidence)
        return _shown(finding, self.note.format_map(vars(self)), self._figure(table, evidence), table)


@dataclass(frozen=True)
class ByCondition(_Chart):
    """One mark per condition on a common axis, with the target of their mean or of the first."""

    conditions: Sequence[Condition]
    measure: str
    axis: str
    target: Between
    note = "Green: the target. Mark: mean with its 95 % interval."

    def _numbers(self, evidence: Evidence) -> pd.DataFrame:
        rows = [(str(one), Mean(one, self.measure)(evidence)) for one in self.conditions]
        return _table(rows, "what", "mean")

    def _figure(self, table: pd.DataFrame, evidence: Evidence) -> Any:
        figure = charts.blank(height=150 + 42 * len(table))
        figure.add_vrect(x0=self.target.low, x1=self.target.high, fillcolor=_TARGET_COLOUR, line_width=0)
        whiskers = charts.interval(table, **_WHISKERS)
        marker = {"size": 12, "color": TOTAL}
        charts.dots(figure, table["mean"], table["what"], marker, error_x=whiskers, showlegend=False)
        figure.update_xaxes(title=self.axis, tickformat=".0%", rangemode="tozero")
        figure.update_yaxes(autorange="reversed")
        return figure


@dataclass(frozen=True)
class WeeksOfTheQuarter(_Chart):
    """New contracts a day by week of the quarter."""

    condition: Condition
    note = "Mean over quarters and worlds with its 95 % interval; {condition}."

    @property
    def needs(self) -> tuple[Mean, ...]:
        """Every week, the last one last."""
        return tuple(Mean(self.condition, f"closings/week/{back}") for back in range(WEEKS, 0, -1))

    def _numbers(self, evidence: Evidence) -> pd.DataFrame:
        weeks = [(WEEKS - place, mean(evidence)) for place, mean in enumerate(self.needs)]
        return _table(weeks, "weeks_to_end", "contracts_a_day")

    def _figure(self, table: pd.DataFrame, evidence: Evidence) -> Any:
        figure, names = charts.blank(height=380), [f"{back}" for back in table["weeks_to_end"]]
        figure.add_bar(
            x=names,
            y=table["contracts_a_day"],
            marker_color=[LOSS if name == "1" else TOTAL for name in names],
            error_y=charts.interval(table, "contracts_a_day", **_WHISKERS),
        )
        normal = Mean(self.condition, "closings/normal")(evidence).value
        figure.add_hline(y=normal, line={"dash": "dot", "color": GAIN}, annotation_text="normal day")
        figure.update_xaxes(title="Weeks left in the quarter", type="category")
        figure.update_yaxes(title="New contracts a day")
        return figure


@dataclass(frozen=True)
class Ladder(_Chart):
    """A measure along a ladder of practices, one curve a group, each relative to its first rung."""

    groups: Mapping[str, Sequence[Condition]]
    measure: str
    rungs: Sequence[str]
    note = "Mean paired difference from never meeting, same worlds, with its 95 % interval."

    def _numbers(self, evidence: Evidence) -> pd.DataFrame:
        rows: list[tuple[Any, ...]] = []
        for name, conditions in self.groups.items():
            lived = complete(evidence, conditions, self.measure)
            first = lived[:, 0].mean()
            gains = [mean_estimate(lived[:, place] / first - lived[:, 0] / first) for place in range(len(conditions))]
            rows += [(name, rung, one) for rung, one in zip(self.rungs, gains, strict=True)]
        return _table(rows, "group", "rung", "gain")

    def _figure(self, table: pd.DataFrame, evidence: Evidence) -> Any:
        figure = charts.blank(height=420)
        for name, tone in zip(self.groups, (colour("aligned"), colour("undefined")), strict=False):
            rows = table[table["group"] == name]
            figure.add_scatter(
                x=list(self.rungs),
                y=rows["gain"],
                name=name,
                mode="lines+markers",
                line_color=tone,
                error_y=charts.interval(rows, "gain", **_WHISKERS),
            )
        figure.update_xaxes(title="Joint meetings: days from one to the next", type="category")
        figure.update_yaxes(title="Bookings against never meeting", tickformat="+.1%")
        return figure


@dataclass(frozen=True)
class Maps(_Chart):
    """Which type is best over turbulence and complexity, one map a company."""

    cells: Mapping[str, Mapping[tuple[float, float], Sequence[Condition]]]
    measure: str
    note = (
        "The best type by mean contribution, and how far the second is behind; pale where that may be luck: where "
        f"it brings as much, to any place at all, in more than {percent(SURE)} of cases. A loss: there every type "
        "loses money."
    )

    def _numbers(self, evidence: Evidence) -> pd.DataFrame:
        places = [(company, *place) for company, grid in self.cells.items() for place in grid]
        tables = [complete(evidence, each, self.measure) for grid in self.cells.values() for each in grid.values()]
        doubts = over_all_cells(np.array([doubts_of_best(table) for table in tables]))
        rows: list[tuple[Any, ...]] = []
        for place, table, doubt in zip(places, tables, doubts, strict=True):
            means = table.mean(axis=0)
            best, (second, first) = int(np.argmax(means)), np.sort(means)[-2:]
            rows.append((*place, TYPES[best], float(doubt), float(first), float(first - second), len(table)))
        columns = ["company", "turbulence", "complexity", "best", "p_holm", "best_eur", "lead_eur", "n"]
        return pd.DataFrame(rows, columns=columns)

    def _figure(self, table: pd.DataFrame, evidence: Evidence) -> Any:
        names = [sentence(company.replace("_", " ")) for company in self.cells]
        n_rows = -(-len(self.cells) // _MAPS_A_ROW)
        figure = charts.panels(n_rows, 420 * n_rows, _MAPS_A_ROW, subplot_titles=names, vertical_spacing=0.16)
        for place, company in enumerate(self.cells):
            for row in rows_of(table[table["company"] == company]):
                figure.add_scatter(**_cell(row), row=1 + place // _MAPS_A_ROW, col=1 + place % _MAPS_A_ROW)
        figure.update_xaxes(title="Turbulence of needs", type="category")
        figure.update_yaxes(type="category")
        figure.update_yaxes(title="Complexity", col=1)
        return figure.update_layout(showlegend=False)


@dataclass(frozen=True)
class OverQuarters(_Chart):
    """A measure quarter by quarter, one line a type."""

    conditions: Mapping[str, Condition]
    measure: str
    axis: str
    quarters: int = 8
    note = "Line: mean over worlds; band: its 95 % interval."

    @property
    def needs(self) -> tuple[Mean, ...]:
        """Every quarter of each."""
        quarters = range(1, self.quarters + 1)
        return tuple(Mean(one, f"quarter/{n}/{self.measure}") for one in self.conditions.values() for n in quarters)

    def _numbers(self, evidence: Evidence) -> pd.DataFrame:
        places = product(self.conditions, range(1, self.quarters + 1))
        rows = [(*place, mean(evidence)) for place, mean in zip(places, self.needs, strict=True)]
        return _table(rows, "variant", "quarter", "mean")

    def _figure(self, table: pd.DataFrame, evidence: Evidence) -> Any:
        figure = charts.blank(height=420)
        for name in self.conditions:
            rows = table[table["variant"] == name]
            charts.band(figure, rows["quarter"], rows["low"], rows["high"], veil(name), showlegend=False)
            figure.add_scatter(
                x=rows["quarter"],
                y=rows["mean"],
                name=label(name),
                mode="lines+markers",
                line={"color": colour(name), "width": 2.5},
                marker={"symbol": mark(name), "size": 8},
            )
        figure.update_xaxes(title="Quarter after the warm-up", dtick=1)
        figure.update_yaxes(title=self.axis)
        return figure


def drawn(finding: Finding, evidence: Evidence) -> Exhibit:
    """The figure of a finding; against its targets where it has none of its own or lacks what that needs."""
    if finding.pattern.chart is not None:
        try:
            return finding.pattern.chart(finding, evidence)
        except NotMeasurable:
            pass
    return against_targets(finding, evidence)


def against_targets(finding: Finding, evidence: Evidence) -> Exhibit:
    """Each check in a row of its own: target, estimate, interval."""
    n_rows, titles = len(finding.judged), [_row_title(one) for one in finding.judged]
    spacing = min(0.5 / n_rows, 0.25)
    figure = charts.panels(n_rows, _FRAME_PX + _ROW_PX * n_rows, subplot_titles=titles, vertical_spacing=spacing)
    figure.update_annotations(x=0, xanchor="left", font_size=13)
    for place, one in enumerate(finding.judged, start=1):
        _row(figure, one, place)
    figure.update_yaxes(visible=False, range=[-1, 1])
    figure.update_layout(showlegend=False)
    return _shown(finding, _MEANING, figure, checks_table([finding]))


def checks_table(findings: Sequence[Finding]) -> pd.DataFrame:
    """One row a check: what, target, value with interval, worlds, verdict."""
    rows = []
    for finding in findings:
        for one in finding.judged:
            unit, numbers = one.check.unit, _ends(one.estimate) if one.estimate else (np.nan, np.nan, np.nan, 0)
            verdict = "not measurable" if one.estimate is None else "met" if one.is_met else "not met"
            rows.append((finding.pattern.id, one.check.what, unit, one.check.target.words(unit), *numbers, verdict))
    return pd.DataFrame(rows, columns=["pattern", "what", "unit", "target", "value", "low", "high", "n", "verdict"])


def _shown(finding: Finding, note: str, figure: Any, table: Any) -> Exhibit:
    """With the pattern's sentence as title, and what the pattern adds to the note."""
    words = {"pass": "holds", "FAIL": "fails", "not measurable": "cannot be measured yet"}[finding.verdict]
    title = f"{finding.pattern.id} {words}: {finding.pattern.says}"
    return exhibit(finding.pattern.id, title, f"{note} {finding.pattern.note}".strip(), figure, table)


def _row_title(one: Judged) -> str:
    said = "not measurable" if one.estimate is None else amount(one.estimate.value, one.check.unit)
    return f"{sentence(one.check.what)}: <b>{said}</b>, target {one.check.target.words(one.check.unit)}"


def _row(figure: Any, one: Judged, place: int) -> None:
    """Target and estimate of one check on its own axis."""
    estimate, (low, high) = one.estimate, _reach(one)
    start, end = _reach_of_target(one.check.target, low, high)
    here = {"row": place, "col": 1}
    charts.band(figure, [start, end], [-1, -1], [1, 1], _TARGET_COLOUR, **here)
    figure.update_xaxes(range=[low, high], tickformat=".0%" if one.check.unit == "share" else None, **here)
    if estimate is None:
        return
    tone = GAIN if one.is_met else LOSS
    if estimate.interval.is_known:
        charts.span(figure, 0, [estimate.interval.low, estimate.interval.high], tone, 7, **here)
    marker = {"size": 13, "color": tone if one.is_met else "white", "line": {"width": 2.5, "color": tone}}
    charts.dots(figure, [estimate.value], [0], marker, **here)


def _reach(one: Judged) -> tuple[float, float]:
    """From where to where the axis of a check goes: target, zero of a sign, estimate and interval, with some air."""
    target = one.check.target
    marks = [target.low, target.high] if isinstance(target, Between) else [target.limit]
    if one.estimate is not None:
        marks += [one.estimate.value, one.estimate.interval.low, one.estimate.interval.high]
    known = [value for value in marks if np.isfinite(value)]
    air = 0.15 * (max(known) - min(known)) or 0.5 * max(abs(known[0]), 1e-3)
    return min(known) - air, max(known) + air


def _reach_of_target(target: Target, low: float, high: float) -> tuple[float, float]:
    if isinstance(target, Between):
        return target.low, target.high
    return (target.limit, high) if isinstance(target, Above) else (low, target.limit)


def _cell(row: Any) -> dict[str, Any]:
    """The best type of a cell as a coloured square with its lead."""
    from plotly.colors import hex_to_rgb

    is_sure = row.p_holm <= SURE
    words = euro(row.lead_eur, signed=True) + ("<br>a loss" if row.best_eur < 0 else "")
    tone = colour(row.best)
    return {
        "x": [str(row.turbulence)],
        "y": [str(row.complexity)],
        "mode": "markers+text",
        "marker": {"symbol": "square", "size": 78, "color": tone if is_sure else veil(row.best, 0.35)},
        "textfont": {"size": 12, "color": "white" if is_sure and sum(hex_to_rgb(tone)) < _DARK else None},
        "text": [f"<b>{label(row.best)}</b><br>{words}"],
        "hovertemplate": f"{label(row.best)} {euro(row.best_eur)}, p = {row.p_holm:.3f}<extra></extra>",
    }


def _ends(estimate: Estimate) -> tuple[float, float, float, int]:
    return estimate.value, estimate.interval.low, estimate.interval.high, estimate.n


def _table(rows: Iterable[tuple[Any, ...]], *columns: str) -> pd.DataFrame:
    """Rows of labels and an estimate; `columns` are those of the labels and of the estimate's value."""
    return pd.DataFrame([(*labels, *_ends(one)) for *labels, one in rows], columns=[*columns, "low", "high", "n"])
