"""The history of a prospect in two worlds for readers: as text, as one figure, as a page."""

import io
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.observation.lead_fates import FATE_WORDS, Fate
from experiments.questions.lead_history.ask import History, LeadStory, side_by_side
from experiments.reporting import html as parts
from experiments.reporting import results_folder as store
from experiments.reporting.figure_style import Exhibit, exhibit, rows_of
from experiments.reporting.html import text
from experiments.reporting.provenance_section import how_made
from experiments.store.provenance import PROJECT, Provenance
from experiments.wording.numbers import euro, number, sentence

if TYPE_CHECKING:
    import pandas as pd

_WIDEST, _NARROWEST = 160, 80  # characters of a terminal
_MOST_KINDS = 12
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
ABOUT = (
    "Both worlds have the same prospects with the same luck, so what differs between the two columns was caused by "
    "what differs between the two companies, and by nothing else."
)


def headline(story: LeadStory) -> str:
    """Both fates in a line: `aligned: won for €124 k; defined: handed over, never worked`."""
    told = [_fate(history) for history in (story.first, story.second)]
    return sentence(f"lead {story.lead}, {told[0]}; {told[1]}")


def _fate(history: History) -> str:
    brought = f" (margin {euro(history.margin_eur)})" if history.margin_eur else ""
    return f"{history.world}: {FATE_WORDS[history.fate]}{brought}"


def story_text(story: LeadStory) -> str:
    """Both histories side by side for a terminal, then how many prospects met which fates."""
    columns = shutil.get_terminal_size((_WIDEST, 24)).columns
    width = max(_NARROWEST, min(_WIDEST, columns))
    days = [(str(day), first, second) for day, first, second in side_by_side(story)]
    history = _as_text(("day", story.first.world, story.second.world), days, width)
    kinds = [(str(row.n), row.before, row.after, row.examples) for row in rows_of(_kinds_worth_showing(story))]
    heads = ("prospects", story.first.world, story.second.world, "e.g. leads")
    counts = _as_text(heads, kinds, width)
    return f"{story.prospect}\n{headline(story)}.\n\n{history}\n\nAll prospects whose fates differ:\n\n{counts}"


def _as_text(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], width: int) -> str:
    """Rows in wrapped columns, as wide as the terminal."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(*heads, box=box.SIMPLE_HEAD, pad_edge=False, expand=False)
    table.columns[0].justify = "right"
    table.columns[0].no_wrap = True
    for row in rows:
        table.add_row(*row)
    paper = io.StringIO()
    Console(file=paper, width=width, no_color=True, highlight=False, markup=False, emoji=False).print(table)
    return "\n".join(line.rstrip() for line in paper.getvalue().splitlines()).strip("\n")


def _kinds_worth_showing(story: LeadStory) -> "pd.DataFrame":
    return story.kinds[story.kinds["before"] != story.kinds["after"]].head(_MOST_KINDS)


def story_exhibit(story: LeadStory) -> Exhibit:
    """Where the prospect stood, its interest and its rep's trust, day by day in both worlds on one time axis."""
    from plotly.subplots import make_subplots

    histories = (story.first, story.second)
    titles = [sentence(history.world) for history in histories]
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.12, subplot_titles=titles)
    named: set[str] = set()
    for place, history in enumerate(histories, start=1):
        _draw_states(figure, history, place, named)
        _draw_lines(figure, history, place)
        _draw_events(figure, history, place)
    figure.update_yaxes(range=[-0.16, 1.05], tickvals=[0, 0.5, 1], title="0 to 1")
    figure.update_xaxes(title="Working day of the run", row=2)
    figure.update_layout(height=680, barmode="overlay", hovermode="closest")
    note = (
        "Line: interest of the prospect; dotted: trust of its rep in its marketer; the band below: where it stood; "
        "marks: what happened (point at them)."
    )
    shown = exhibit("history", headline(story), note, figure, days_table(story))
    figure.update_layout(legend={"y": -0.14, "yanchor": "top"})  # below, clear of the worlds' names
    return shown


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
    found: list[tuple[int, int, int]] = []
    for day, state in enumerate(history.status, start=history.first_day):
        if found and found[-1][2] == state:
            found[-1] = (found[-1][0], day + 1, state)
        else:
            found.append((day, day + 1, state))
    return found


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
    told = ["<br>".join(_escaped(words) for when, words in history.events if when == day) for day in days]
    heights = [history.interest[day - history.first_day] for day in days]
    figure.add_scatter(
        x=days,
        y=[0.0 if height != height else height for height in heights],
        mode="markers",
        name="What happened",
        legendgroup="events",
        showlegend=place == 1,
        marker={"size": 9, "color": "#1F2933", "line": {"color": "white", "width": 1}},
        text=told,
        hovertemplate="Day %{x}<br>%{text}<extra></extra>",
        row=place,
        col=1,
    )


def _escaped(words: str) -> str:
    return str(text(words))


def days_table(story: LeadStory) -> "pd.DataFrame":
    """What happened, one row an event: world, day, what happened, interest and trust that evening."""
    import pandas as pd

    rows = [
        (
            history.world,
            day,
            words,
            history.interest[day - history.first_day],
            history.trust[day - history.first_day],
        )
        for history in (story.first, story.second)
        for day, words in history.events
    ]
    return pd.DataFrame(rows, columns=["world", "day", "event", "interest", "trust"])


def story_page(story: LeadStory, shown: Exhibit, made: Provenance) -> str:
    """The whole history as one HTML page that needs nothing else."""
    day = datetime.fromisoformat(made.made_at)
    line = f"Company: {story.company} · world {story.seed} · {day.day} {day:%B %Y}"
    head = (
        f'<header><p class="kicker">One prospect in two worlds</p><h1>{text(headline(story))}</h1>'
        f'<p class="question">{text(story.prospect)}</p><p class="byline">{text(line)}</p>'
        '<nav><a href="#answer">What happened</a><a href="#evidence">Day by day</a><a href="#kinds">All prospects</a>'
        '<a href="#origin">Where it comes from</a></nav></header>'
    )
    days = [(number(when), first, second) for when, first, second in side_by_side(story)]
    heads = ("Day", story.first.world, story.second.world)
    kinds = [(row.before, row.after, f"{row.n:,}", row.examples) for row in rows_of(_kinds_worth_showing(story))]
    worlds = (sentence(story.first.world), sentence(story.second.world))
    body = (
        f'<main>{head}<section id="answer"><h2>What happened</h2><p>{text(ABOUT)}</p>{parts.figure(shown)}</section>'
        f'<section id="evidence"><h2>Day by day</h2>{parts.table(heads, days, words=3)}</section>'
        '<section id="kinds"><h2>All prospects whose fates differ</h2>'
        "<p>This is the exact effect of the difference, prospect by prospect: nothing is estimated.</p>"
        f"{parts.table((*worlds, 'Prospects', 'For example leads'), kinds, words=2)}</section>"
        f"{how_made([story.seed], 'Beside this page lie history.csv and fates.csv.', made)}</main>"
        f"<footer>{text(f'Made with {PROJECT} {made.versions[PROJECT]}, model {made.model}, {made.made_at}.')}</footer>"
    )
    return parts.page(headline(story), body, with_figures=True)


def in_short(story: LeadStory) -> dict[str, Any]:
    """The story for programs."""
    return {
        "company": story.company,
        "seed": story.seed,
        "lead": story.lead,
        "prospect": story.prospect,
        "worlds": [
            {
                "world": history.world,
                "fate": Fate(history.fate).name.lower(),
                "margin_eur": history.margin_eur,
                "events": [{"day": day, "what": words} for day, words in history.events],
            }
            for history in (story.first, story.second)
        ],
        "kinds": story.kinds.to_dict("records"),
    }


def save(story: LeadStory, made: Provenance, folder: Path) -> Path:
    """Write page, tables and manifest; returns the folder. Raises InputError."""
    shown = story_exhibit(story)
    about = {"question": "lead", "company": story.company, **asdict(made), "seeds": [story.seed], "lead": story.lead}
    tables = {"history": shown.table, "fates": story.kinds}
    return store.save_pages({"report.html": story_page(story, shown, made)}, tables, [shown], about, folder)
