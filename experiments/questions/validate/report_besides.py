"""Knock-outs and the survey in a validation's report: their tables and figures."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from experiments.designs.company_today import TYPES
from experiments.questions.validate import survey
from experiments.questions.validate.knock_outs import KNOCK_OUTS, OUTCOMES, KnockedOut
from experiments.questions.validate.survey import Survey
from experiments.reporting import charts
from experiments.reporting.figure_style import TOTAL, Exhibit, colour, exhibit, label, mark, rows_of
from experiments.reporting.report import Section, ShownTable
from experiments.reporting.terminal import columns
from experiments.statistics.paired import Interval
from experiments.wording.numbers import MINUS, NOT_KNOWN, amount, counted, from_to, joined, percent

_PUBLISHED_R = 0.30
_MAIN = next(iter(OUTCOMES))


def knock_outs_table(found: KnockedOut) -> ShownTable:
    """A row a knock-out and type: the change of both outcomes, in euros and as a share of the type's own."""
    effects, rows = found.effects, list[tuple[str, ...]]()
    for one in KNOCK_OUTS:
        rows.append((f"{one.name}: {one.says}",))
        for kind in TYPES:
            of_it = effects[(effects["knock_out"] == one.name) & (effects["type"] == kind)].set_index("outcome")
            cells = [cell for outcome in OUTCOMES for cell in _change(of_it.loc[outcome])]
            rows.append((kind, *cells, f"{int(of_it['n'].iloc[0])}"))
    heads = ("Type", "Revenue (95 %)", "Of its own", "Contribution (95 %)", "Of its own", "Worlds")
    return ShownTable(heads, rows)


_HOW_TO_READ = (
    "What the knock-out changes: recognised revenue of the last four quarters and contribution of the whole run, less "
    "what they are with everything in place, in the same worlds. Below zero: the part earned that much."
)


def _change(row: Any) -> tuple[str, str]:
    """A change with its interval, in euros and as a share of the type's own."""
    return (
        _with_interval(float(row["change"]), float(row["low"]), float(row["high"]), "EUR"),
        _with_interval(float(row["relative"]), float(row["relative_low"]), float(row["relative_high"]), "share"),
    )


def _with_interval(value: float, low: float, high: float, unit: str) -> str:
    return f"{amount(value, unit, signed=True)} ({from_to(Interval(low, high), unit, signed=True)})"


def knock_outs_section(found: KnockedOut) -> Section:
    """The table with what was held, and where."""
    table = knock_outs_table(found)
    return Section(
        "knock-outs", "What each part of the relationship is worth", (_HOW_TO_READ, held_in_words(found)), table
    )


def held_in_words(found: KnockedOut) -> str:
    """`Company reference. Trust is frozen at 0.42, ...`."""
    levels = found.levels[TYPES[0]]
    depths = ", ".join(f"{found.levels[kind]['depth']:.2f} in {kind}" for kind in TYPES)
    return (
        f"Company {found.company}. Trust is frozen at {levels['trust']:.2f}, accounts at {levels['account']:.2f}, "
        f"which is what they are in undefined; depth at the mean of each type: {depths}."
    )


def knock_outs_figure(found: KnockedOut) -> Exhibit:
    """A panel a knock-out would be too many: one row each, a mark a type, revenue as a share of the type's own."""
    table = found.effects[found.effects["outcome"] == _MAIN]
    names = [one.name for one in KNOCK_OUTS]
    figure = charts.blank(height=170 + 58 * len(names))
    for place, kind in enumerate(TYPES):
        rows = table[table["type"] == kind].set_index("knock_out").loc[names].reset_index()
        shift = 0.18 * (place - (len(TYPES) - 1) / 2)
        charts.dots(
            figure,
            rows["relative"],
            np.arange(len(names)) + shift,
            {"size": 9, "color": colour(kind), "symbol": mark(kind)},
            name=label(kind),
            error_x=charts.interval(rows, "relative", "relative_low", "relative_high", thickness=1.5, width=3),
        )
    charts.zero(figure)
    figure.update_xaxes(title="Change of recognised revenue, last four quarters, of the type's own", tickformat="+.0%")
    figure.update_yaxes(tickvals=list(range(len(names))), ticktext=names, autorange="reversed", zeroline=False)
    title = f"Most revenue hangs on: {_largest(table)}"
    return exhibit("knock-outs", title, "Mean over worlds with its 95 % interval, paired.", figure, table)


def _largest(table: pd.DataFrame) -> str:
    """`for form's sake, -12 % in integrated`."""
    row = max(rows_of(table), key=lambda one: abs(one.relative))
    return f"{row.knock_out}, {percent(row.relative, signed=True)} in {row.type}"


def survey_section(found: Survey) -> Section:
    """Correlations with their intervals, beside what was published."""
    how = (
        f"{counted(len(found.answers), 'company')}, each lived through once in a world of its own. answers.csv has a "
        "row a company, correlations.csv and paths.csv what is computed of them."
    )
    asked = tuple(f"{name.replace('_', ' ').capitalize()}: {says}." for name, says in survey.ANSWERS.items())
    return Section(
        "survey", "A survey of companies, as the studies made theirs", (how,), correlations_table(found), asked
    )


def paths_section(found: Survey) -> Section:
    """Standardised coefficients of each path."""
    how = "Standard deviations of what is explained for one standard deviation of each cause, the others held."
    return Section("paths", "What goes with what, all else held", (how,), paths_table(found))


def correlations_table(found: Survey) -> ShownTable:
    """A row a pair."""
    rows = [
        (row.what.replace("_", " "), row.published, _r(row.r), _ends(row), _r(row.rank_r), f"{row.n}")
        for row in rows_of(found.correlations)
    ]
    return ShownTable(("Correlation", "Published", "r", "95 %", "By rank", "Companies"), rows, words=2)


def paths_table(found: Survey) -> ShownTable:
    """A row a cause, under the path it belongs to."""
    rows = list[tuple[str, ...]]()
    for path, some in found.paths.groupby("path", sort=False):
        rows.append((f"{path}: {some['explained'].iloc[0]}",))
        rows += [(row.by, _r(row.beta), _ends(row), f"{row.n}") for row in rows_of(some)]
    return ShownTable(("By", "Beta", "95 %", "Companies"), rows)


def survey_figure(found: Survey) -> Exhibit:
    """Every company's trust and performance, the line through them, and the line of the published correlation."""
    answers = found.answers
    figure = charts.blank(height=480)
    marker = {"size": 7, "color": TOTAL, "opacity": 0.45}
    charts.dots(figure, answers["trust"], answers["performance"], marker, name="a company")
    r = survey.correlation_of(answers, "trust", "performance").r
    for slope, name, dash in ((r, f"here, r = {_r(r)}", "solid"), (_PUBLISHED_R, "published, r = 0.30", "dash")):
        x, y = _line(answers, slope)
        figure.add_scatter(x=x, y=y, mode="lines", name=name, line={"dash": dash, "color": colour("integrated")})
    figure.update_xaxes(title="Trust of both sides in each other (0 to 1)")
    figure.update_yaxes(title="Performance against the market's average company", tickformat="+.0%")
    title = f"Trust and performance go together with r = {_r(r)} over {counted(len(answers), 'company')}"
    return exhibit("survey", title, "Mark: a company, one run. Lines go through the means.", figure, answers)


def _line(answers: pd.DataFrame, r: float) -> tuple[list[float], list[float]]:
    """Ends of the regression line of a correlation, within what was seen."""
    x, y = answers["trust"].to_numpy(), answers["performance"].to_numpy()
    ends = np.array([x.min(), x.max()])
    return ends.tolist(), (y.mean() + r * y.std() / x.std() * (ends - x.mean())).tolist()


def _r(value: float) -> str:
    """`0.12`, with the sign as elsewhere."""
    return NOT_KNOWN if np.isnan(value) else f"{value:.2f}".replace("-", MINUS)


def _ends(row: Any) -> str:
    return NOT_KNOWN if np.isnan(row.low) else joined(_r(row.low), _r(row.high), " to ")


def in_terminal(knocked_out: KnockedOut | None, surveyed: Survey | None) -> Iterator[str]:
    """Both as text."""
    if knocked_out:
        table = knock_outs_table(knocked_out)
        yield "\n".join([_HOW_TO_READ, held_in_words(knocked_out), "", columns(table.heads, table.rows)])
    if surveyed:
        for table in (correlations_table(surveyed), paths_table(surveyed)):
            yield columns(table.heads, table.rows)
