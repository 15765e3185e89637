"""Figures of patterns: what was measured against its target, with its doubt.

A pattern that has no figure of its own shows each check on an axis of its own (`against_targets`). The functions here
make such figures; each takes what it draws and gives a function of a finding and its evidence.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from experiments.questions.compare.ask import TYPES
from experiments.questions.validate.patterns.arm import Arm
from experiments.questions.validate.patterns.evidence import Evidence, NotMeasurable, Reading, mean_estimate
from experiments.questions.validate.patterns.observed import WEEKS
from experiments.questions.validate.patterns.pattern import Draw, Finding, Judged
from experiments.questions.validate.patterns.readings import Mean
from experiments.questions.validate.patterns.searches import SURE, complete, doubts_of_best, over_all_cells
from experiments.questions.validate.patterns.targets import Above, Between, Target
from experiments.reporting.figure_style import GAIN, LOSS, TOTAL, Exhibit, colour, exhibit, label, mark, veil
from experiments.wording.numbers import amount, euro, percent, sentence

_TARGET_COLOUR = "rgba(0,158,115,0.16)"
_ROW_PX, _FRAME_PX = 74, 110
_MAPS_A_ROW, _DARK = 2, 320  # dark: a colour that white can be read on, sum of red, green and blue
_MEANING = "Green: the target. Mark: mean over worlds, with its 95 % interval; hollow where the target is not met."


def against_targets(finding: Finding, evidence: Evidence) -> Exhibit:
    """Each check in a row of its own: target, estimate, interval."""
    from plotly.subplots import make_subplots

    rows = list(finding.judged)
    titles = [_row_title(one) for one in rows]
    figure = make_subplots(rows=len(rows), cols=1, subplot_titles=titles, vertical_spacing=min(0.5 / len(rows), 0.25))
    figure.update_annotations(x=0, xanchor="left", font_size=13)
    for place, one in enumerate(rows, start=1):
        _row(figure, one, place)
    figure.update_yaxes(visible=False, range=[-1, 1])
    figure.update_layout(height=_FRAME_PX + _ROW_PX * len(rows), showlegend=False)
    return _shown(finding, _MEANING, figure, checks_table([finding]))


def by_arm(arms: Sequence[Arm], measure: str, axis: str, target: Between) -> Draw:
    """One mark per arm on a common axis, with the target of their mean or of the first."""

    def draw(finding: Finding, evidence: Evidence) -> Exhibit:
        """The figure of one finding, with the table behind it."""
        import pandas as pd
        import plotly.graph_objects as go

        found = [(str(arm), mean_estimate(evidence.values(arm, measure))) for arm in arms]
        rows = [(name, one.value, one.interval.low, one.interval.high, one.n) for name, one in found]
        table = pd.DataFrame(rows, columns=["what", "mean", "low", "high", "n"])
        figure = go.Figure()
        figure.add_vrect(x0=target.low, x1=target.high, fillcolor=_TARGET_COLOUR, line_width=0)
        figure.add_scatter(**_marks(table["mean"], table["what"], table["low"], table["high"]))
        figure.update_xaxes(title=axis, tickformat=".0%", rangemode="tozero")
        figure.update_yaxes(autorange="reversed")
        figure.update_layout(height=150 + 42 * len(table))
        return _shown(finding, "Green: the target. Mark: mean with its 95 % interval.", figure, table)

    return draw


def weeks_of_the_quarter(arm: Arm) -> Draw:
    """New contracts a day by week of the quarter."""

    def draw(finding: Finding, evidence: Evidence) -> Exhibit:
        """The figure of one finding, with the table behind it."""
        import pandas as pd
        import plotly.graph_objects as go

        rows = []
        for back in range(WEEKS, 0, -1):
            found = mean_estimate(evidence.values(arm, f"closings/week/{back}"))
            rows.append((back, found.value, found.interval.low, found.interval.high, found.n))
        table = pd.DataFrame(rows, columns=["weeks_to_end", "contracts_a_day", "low", "high", "n"])
        names = [f"{back}" for back in table["weeks_to_end"]]
        normal = mean_estimate(evidence.values(arm, "closings/normal")).value
        figure = go.Figure()
        figure.add_bar(
            x=names,
            y=table["contracts_a_day"],
            marker_color=[LOSS if name == "1" else TOTAL for name in names],
            error_y=_error(table["contracts_a_day"], table["low"], table["high"]),
        )
        figure.add_hline(y=normal, line={"dash": "dot", "color": GAIN}, annotation_text="normal day")
        figure.update_xaxes(title="Weeks left in the quarter", type="category")
        figure.update_yaxes(title="New contracts a day")
        figure.update_layout(height=380)
        return _shown(finding, f"Mean over quarters and worlds with its 95 % interval; {arm}.", figure, table)

    return draw


def weeks_needed(arm: Arm) -> tuple[Reading, ...]:
    """What that figure needs."""
    return tuple(Mean(arm, f"closings/week/{back}") for back in range(1, WEEKS + 1))


def ladder(groups: Mapping[str, Sequence[Arm]], measure: str, rungs: Sequence[str]) -> Draw:
    """A measure along a ladder of practices, one curve a group, each relative to its first rung."""

    def draw(finding: Finding, evidence: Evidence) -> Exhibit:
        """The figure of one finding, with the table behind it."""
        import pandas as pd
        import plotly.graph_objects as go

        figure, rows = go.Figure(), []
        for (name, arms), tone in zip(groups.items(), (colour("aligned"), colour("undefined")), strict=False):
            table = complete(evidence, arms, measure)
            gains = [
                mean_estimate(table[:, place] / table[:, 0].mean() - table[:, 0] / table[:, 0].mean())
                for place in range(len(arms))
            ]
            value = np.array([one.value for one in gains])
            low, high = (np.array([getattr(one.interval, end) for one in gains]) for end in ("low", "high"))
            figure.add_scatter(
                x=list(rungs),
                y=value,
                name=name,
                mode="lines+markers",
                line_color=tone,
                error_y=_error(value, low, high),
            )
            rows += [(name, *row, len(table)) for row in zip(rungs, value, low, high, strict=True)]
        figure.update_xaxes(title="Joint meetings: days from one to the next", type="category")
        figure.update_yaxes(title="Bookings against never meeting", tickformat="+.1%")
        figure.update_layout(height=420)
        columns = ["group", "rung", "gain", "low", "high", "n"]
        note = "Mean paired difference from never meeting, same worlds, with its 95 % interval."
        return _shown(finding, note, figure, pd.DataFrame(rows, columns=columns))

    return draw


def maps(cells: Mapping[str, Mapping[tuple[float, float], Sequence[Arm]]], measure: str) -> Draw:
    """Which type is best over turbulence and complexity, one map a company."""

    def draw(finding: Finding, evidence: Evidence) -> Exhibit:
        """The figure of one finding, with the table behind it."""
        import pandas as pd
        from plotly.subplots import make_subplots

        names = [sentence(company.replace("_", " ")) for company in cells]
        n_rows = -(-len(cells) // _MAPS_A_ROW)
        figure = make_subplots(rows=n_rows, cols=_MAPS_A_ROW, subplot_titles=names, vertical_spacing=0.16)
        places = [(company, *place) for company, grid in cells.items() for place in grid]
        tables = [complete(evidence, arms, measure) for grid in cells.values() for arms in grid.values()]
        doubts = over_all_cells(np.array([doubts_of_best(table) for table in tables]))
        rows: list[tuple[Any, ...]] = []
        for place, table, doubt in zip(places, tables, doubts, strict=True):
            means = table.mean(axis=0)
            best, (second, first) = int(np.argmax(means)), np.sort(means)[-2:]
            rows.append((*place, TYPES[best], float(doubt), float(first), float(first - second), len(table)))
        for number, company in enumerate(cells):
            _map(figure, [row for row in rows if row[0] == company], number)
        figure.update_xaxes(title="Turbulence of needs", type="category")
        figure.update_yaxes(type="category")
        figure.update_yaxes(title="Complexity", col=1)
        figure.update_layout(height=420 * n_rows, showlegend=False)
        columns = ["company", "turbulence", "complexity", "best", "p_holm", "best_eur", "lead_eur", "n"]
        note = (
            "The best type by mean contribution, and how far the second is behind; pale where that may be luck: where "
            f"it brings as much, to any place at all, in more than {percent(SURE)} of cases. A loss: there every type "
            "loses money."
        )
        return _shown(finding, note, figure, pd.DataFrame(rows, columns=columns))

    return draw


def over_quarters(arms: Mapping[str, Arm], measure: str, axis: str) -> Draw:
    """A measure quarter by quarter, one line a type."""

    def draw(finding: Finding, evidence: Evidence) -> Exhibit:
        """The figure of one finding, with the table behind it."""
        import pandas as pd
        import plotly.graph_objects as go

        figure, rows = go.Figure(), []
        for name, arm in arms.items():
            quarters = range(1, arm.scenario().run.quarters + 1)
            found = [mean_estimate(evidence.values(arm, f"quarter/{n}/{measure}")) for n in quarters]
            low, high = ([getattr(one.interval, end) for one in found] for end in ("low", "high"))
            figure.add_scatter(
                x=[*quarters, *reversed(quarters)],
                y=[*low, *high[::-1]],
                fill="toself",
                fillcolor=veil(name),
                line_width=0,
                mode="lines",
                hoverinfo="skip",
                showlegend=False,
            )
            figure.add_scatter(
                x=list(quarters),
                y=[one.value for one in found],
                name=label(name),
                mode="lines+markers",
                line={"color": colour(name), "width": 2.5},
                marker={"symbol": mark(name), "size": 8},
            )
            rows += [
                (name, n, one.value, one.interval.low, one.interval.high, one.n)
                for n, one in zip(quarters, found, strict=True)
            ]
        figure.update_xaxes(title="Quarter after the warm-up", dtick=1)
        figure.update_yaxes(title=axis)
        figure.update_layout(height=420)
        table = pd.DataFrame(rows, columns=["arm", "quarter", "mean", "low", "high", "n"])
        return _shown(finding, "Line: mean over worlds; band: its 95 % interval.", figure, table)

    return draw


def quarters_needed(arms: Mapping[str, Arm], measure: str, quarters: int = 8) -> tuple[Reading, ...]:
    """What that figure needs."""
    return tuple(Mean(arm, f"quarter/{n}/{measure}") for arm in arms.values() for n in range(1, quarters + 1))


def drawn(finding: Finding, evidence: Evidence) -> Exhibit:
    """The figure of a finding; against its targets where it has none of its own or lacks what that needs."""
    if finding.pattern.draw is not None:
        try:
            return finding.pattern.draw(finding, evidence)
        except NotMeasurable:
            pass
    return against_targets(finding, evidence)


def checks_table(findings: Sequence[Finding]) -> Any:
    """One row a check: what, target, value with interval, worlds, verdict."""
    import pandas as pd

    rows = []
    for finding in findings:
        for one in finding.judged:
            found, unit = one.found, one.check.unit
            numbers = (found.value, found.interval.low, found.interval.high, found.n) if found else (np.nan,) * 3 + (0,)
            verdict = "not measurable" if found is None else "met" if one.is_met else "not met"
            rows.append((finding.pattern.id, one.check.what, unit, one.check.target.words(unit), *numbers, verdict))
    return pd.DataFrame(rows, columns=["pattern", "what", "unit", "target", "value", "low", "high", "n", "verdict"])


def _shown(finding: Finding, note: str, figure: Any, table: Any) -> Exhibit:
    """With the pattern's sentence as title, and what the pattern adds to the note."""
    words = {"pass": "holds", "FAIL": "fails", "not measurable": "cannot be measured yet"}[finding.verdict]
    title = f"{finding.pattern.id} {words}: {finding.pattern.says}"
    return exhibit(finding.pattern.id, title, f"{note} {finding.pattern.note}".strip(), figure, table)


def _row_title(one: Judged) -> str:
    said = "not measurable" if one.found is None else amount(one.found.value, one.check.unit)
    return f"{sentence(one.check.what)}: <b>{said}</b>, target {one.check.target.words(one.check.unit)}"


def _row(figure: Any, one: Judged, place: int) -> None:
    """Target and estimate of one check on its own axis."""
    found, (low, high) = one.found, _reach(one)
    start, end = _ends(one.check.target, low, high)
    figure.add_scatter(
        x=[start, end, end, start],
        y=[-1, -1, 1, 1],
        fill="toself",
        fillcolor=_TARGET_COLOUR,
        mode="lines",
        line_width=0,
        hoverinfo="skip",
        row=place,
        col=1,
    )
    figure.update_xaxes(range=[low, high], row=place, col=1, tickformat=".0%" if one.check.unit == "share" else None)
    if found is None:
        return
    tone = GAIN if one.is_met else LOSS
    if found.interval.is_known:
        line = {"color": tone, "width": 7}
        figure.add_scatter(
            x=[found.interval.low, found.interval.high], y=[0, 0], mode="lines", line=line, row=place, col=1
        )
    marker = {"size": 13, "color": tone if one.is_met else "white", "line": {"width": 2.5, "color": tone}}
    figure.add_scatter(x=[found.value], y=[0], mode="markers", marker=marker, row=place, col=1)


def _reach(one: Judged) -> tuple[float, float]:
    """From where to where the axis of a check goes: target, zero of a sign, estimate and interval, with some air."""
    target = one.check.target
    marks = [target.low, target.high] if isinstance(target, Between) else [target.limit]
    if one.found is not None:
        marks += [one.found.value, one.found.interval.low, one.found.interval.high]
    known = [value for value in marks if np.isfinite(value)]
    air = 0.15 * (max(known) - min(known)) or 0.5 * max(abs(known[0]), 1e-3)
    return min(known) - air, max(known) + air


def _ends(target: Target, low: float, high: float) -> tuple[float, float]:
    if isinstance(target, Between):
        return target.low, target.high
    return (target.limit, high) if isinstance(target, Above) else (low, target.limit)


def _map(figure: Any, rows: Sequence[tuple[Any, ...]], place: int) -> None:
    from plotly.colors import hex_to_rgb

    for _, turbulence, complexity, best, p_holm, best_eur, lead_eur, _ in rows:
        is_sure = p_holm <= SURE
        told = euro(lead_eur, signed=True) + ("<br>a loss" if best_eur < 0 else "")
        figure.add_scatter(
            x=[str(turbulence)],
            y=[str(complexity)],
            mode="markers+text",
            marker={
                "symbol": "square",
                "size": 78,
                "color": colour(best) if is_sure else veil(best, 0.35),
            },
            textfont={"size": 12, "color": "white" if is_sure and sum(hex_to_rgb(colour(best))) < _DARK else None},
            text=[f"<b>{label(best)}</b><br>{told}"],
            hovertemplate=f"{label(best)} {euro(best_eur)}, p = {p_holm:.3f}<extra></extra>",
            row=1 + place // _MAPS_A_ROW,
            col=1 + place % _MAPS_A_ROW,
        )


def _marks(x: Any, y: Any, low: Any, high: Any) -> dict[str, Any]:
    marker = {"size": 12, "color": TOTAL}
    return {"x": x, "y": y, "mode": "markers", "marker": marker, "error_x": _error(x, low, high), "showlegend": False}


def _error(value: Any, low: Any, high: Any) -> dict[str, Any]:
    """Error bars that reach from low to high."""
    return {"type": "data", "array": high - value, "arrayminus": value - low, "thickness": 1.5, "width": 3}
