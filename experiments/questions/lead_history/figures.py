"""The figure of a history: where the prospect stood, its interest and its rep's trust, day by day in both worlds."""

from typing import TYPE_CHECKING, Any

from experiments.questions.lead_history.history import History
from experiments.questions.lead_history.text import headline
from experiments.reporting import charts
from experiments.reporting.figure_style import Exhibit, exhibit
from experiments.reporting.html import words
from experiments.wording.numbers import sentence

if TYPE_CHECKING:
    from experiments.questions.lead_history.result import LeadHistory

# from sand (nobody knows it) over blue (in hand) to green (won) and grey (gone)
STATUS_COLOURS = {
    "PROSPECT": "#EEE8D5",
    "INQUIRY": "#DDCC77",
    "MQL": "#CC6677",
    "ACCEPTED": "#AA4499",
    "SQL": "#88CCEE",
    "OPPORTUNITY": "#332288",
    "CUSTOMER": "#117733",
    "RECYCLED": "#999933",
    "LOST": "#DDDDDD",
    "NEVER_WORKED": "#882255",
    "GONE": "#F5F5F5",
    "CHURNED": "#BBBBBB",
}


def exhibits(leads: "LeadHistory") -> list[Exhibit]:
    """Where the prospect stood, its interest and its rep's trust, day by day in both worlds on one time axis."""
    histories = (leads.first, leads.second)
    titles = [sentence(history.world) for history in histories]
    figure = charts.panels(2, 680, shared_xaxes=True, vertical_spacing=0.12, subplot_titles=titles)
    named: set[str] = set()
    for place, history in enumerate(histories, start=1):
        _draw_states(figure, history, place, named)
        _draw_lines(figure, history, place)
        _draw_events(figure, history, place)
    figure.update_yaxes(range=[-0.16, 1.05], tickvals=[0, 0.5, 1], title="0 to 1")
    figure.update_xaxes(title="Working day of the run", row=2)
    figure.update_layout(barmode="overlay", hovermode="closest")
    note = (
        "Line: interest of the prospect; dotted: trust of its rep in its marketer; the band below: where it stood; "
        "marks: what happened (point at them)."
    )
    shown = exhibit("history", headline(leads), note, figure, leads.to_frame())
    figure.update_layout(legend={"y": -0.14, "yanchor": "top"})  # below, clear of the worlds' names
    return [shown]


def _draw_states(figure: Any, history: History, place: int, named: set[str]) -> None:
    """The band of states: one bar for each stretch of days in one state."""
    from simulation.status import Status

    for start, end, number_of_state in _stretches(history):
        name = Status(number_of_state).name
        if name not in STATUS_COLOURS:
            continue
        figure.add_bar(
            x=[end - start],
            base=[start],
            y=[-0.1],
            width=0.08,
            orientation="h",
            name=sentence(name.lower().replace("_", " ")) if name not in ("MQL", "SQL") else name,
            legendgroup=name,
            showlegend=name not in named,
            marker={"color": STATUS_COLOURS[name], "line": {"width": 0}},
            hovertemplate=f"{name}: days {start} to {end - 1}<extra></extra>",
            row=place,
            col=1,
        )
        named.add(name)


def _stretches(history: History) -> list[tuple[int, int, int]]:
    """(first day, day after the last, state) of each stretch of days in one state."""
    stretches: list[tuple[int, int, int]] = []
    for day, state in enumerate(history.status, start=history.first_day):
        if stretches and stretches[-1][2] == state:
            stretches[-1] = (stretches[-1][0], day + 1, state)
        else:
            stretches.append((day, day + 1, state))
    return stretches


def _draw_lines(figure: Any, history: History, place: int) -> None:
    days = list(range(history.first_day, history.first_day + len(history.status)))
    for name, values, dash, ink in (
        ("Interest", history.interest, "solid", "#0072B2"),
        ("Trust of its rep", history.trust, "dot", "#D55E00"),
    ):
        figure.add_scatter(
            x=days,
            y=values,
            name=name,
            legendgroup=name,
            showlegend=place == 1,
            mode="lines",
            line={"dash": dash, "color": ink, "width": 2},
            hovertemplate=f"{name} %{{y:.2f}} on day %{{x}}<extra></extra>",
            row=place,
            col=1,
        )


def _draw_events(figure: Any, history: History, place: int) -> None:
    days = sorted({day for day, _ in history.events})
    marked = ["<br>".join(words(event) for when, event in history.events if when == day) for day in days]
    heights = [history.interest[day - history.first_day] for day in days]
    charts.dots(
        figure,
        days,
        [0.0 if height != height else height for height in heights],
        {"size": 9, "color": "#1F2933", "line": {"color": "white", "width": 1}},
        name="What happened",
        legendgroup="events",
        showlegend=place == 1,
        text=marked,
        hovertemplate="Day %{x}<br>%{text}<extra></extra>",
        row=place,
        col=1,
    )
