"""The figures of an assessment: both sides' answers against what is usual, and what each step brings."""

from experiments.questions.assess.questionnaire import questionnaire
from experiments.questions.assess.result import Assessment
from experiments.questions.assess.text import step_words
from experiments.reporting import charts
from experiments.reporting.figure_style import GAIN, LOSS, TOTAL, Exhibit, exhibit, rows_of
from experiments.reporting.page_parts import COMES_FROM, TO_DO
from experiments.wording.language import say
from experiments.wording.numbers import counted, euro, sentence, written

_SALES, _MARKETING, _USUAL = "#0072B2", "#E69F00", "#C9D1D9"
_SHORT = 46
_MOST_STEPS = 12


def exhibits(assessment: Assessment) -> list[Exhibit]:
    """What each step brings; both sides' answers."""
    steps = [_steps(assessment).in_part(TO_DO)] if assessment.tried is not None else []
    return [*steps, _answers(assessment).in_part(COMES_FROM)]


def _answers(assessment: Assessment) -> Exhibit:
    """Sales and Marketing by statement; a grey line is where Marketing would usually lie from Sales."""
    table = assessment.answers[assessment.answers["statement"] > 0].sort_values("statement", ascending=False)
    names = [f"{row.statement}. {_short(questionnaire().statement(row.statement))}" for row in rows_of(table)]
    figure = charts.blank(height=190 + 26 * len(table))
    for name, row in zip(names, rows_of(table), strict=True):
        ends = [min(5.0, max(1.0, row.sales - one)) for one in (row.usual_high, row.usual_low)]
        charts.span(figure, name, ends, _USUAL, 9, showlegend=False)
    shades = (
        ("sales", say("Sales"), "circle", _SALES),
        ("marketing", say("Marketing"), "diamond", _MARKETING),
    )
    for column, what, mark, shade in shades:
        marker = {"symbol": mark, "size": 10, "color": shade}
        hover = [f"{what}: {written(value, '.1f')}" for value in table[column]]
        charts.dots(figure, table[column], names, marker, name=what, hovertext=hover, hoverinfo="text")
    figure.update_xaxes(title=say("Answer, 1 not at all to 5 fully"), range=[0.8, 5.2], dtick=1)
    n = len([one for one in assessment.unusual if one.statement > 0])
    title = say("Both sides differ no more than in other companies")
    if n:
        title = say("Both sides differ more than usual in {statements}", statements=counted(n, "statement"))
    note = say("Grey: where Marketing's answer lies in 90 % of simulated companies, given that of Sales.")
    return exhibit("answers", title, note, figure, table)


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 3]}..."


def _steps(assessment: Assessment) -> Exhibit:
    table = assessment.steps[assessment.steps["n"] > 1].head(_MOST_STEPS)
    names = [sentence(step_words(row)) for row in rows_of(table)]
    figure = charts.blank(height=170 + 30 * len(table))
    charts.zero(figure)
    for name, row in zip(names, rows_of(table), strict=True):
        shade = GAIN if row.low > 0 else LOSS if row.high < 0 else TOTAL
        charts.span(figure, name, [row.low, row.high], shade, 7, showlegend=False)
    hover = [f"{name}: {euro(gain, signed=True)}" for name, gain in zip(names, table["gain"], strict=True)]
    marker = {"symbol": "circle", "size": 10, "color": TOTAL}
    charts.dots(
        figure, table["gain"], names, marker, name=say("gain"), hovertext=hover, hoverinfo="text", showlegend=False
    )
    figure.update_yaxes(autorange="reversed")
    figure.update_xaxes(title=say("Contribution a year, alone, after its cost (EUR)"), **charts.EURO_AXIS)
    clear = [row for row in rows_of(table) if row.is_again and row.low > 0]
    title = say("No step clearly pays")
    if clear:
        title = say("{step} pays most in the plausible companies", step=sentence(step_words(clear[0])))
    note = say(
        "Dot: mean over plausible companies that do not have it yet, with its 95 % interval (green: above zero)."
    )
    return exhibit("steps", title, note, figure, table)
