"""The history of a prospect in words: both fates in a line, both histories side by side for a terminal."""

import io
import shutil
from collections.abc import Sequence
from typing import TYPE_CHECKING

from experiments.reporting.figure_style import rows_of
from experiments.wording.numbers import euro, sentence
from simulation.measured.lead_fates import FATE_WORDS

if TYPE_CHECKING:
    from experiments.questions.lead_history.history import History
    from experiments.questions.lead_history.result import LeadHistory

_WIDEST, _NARROWEST = 160, 80  # characters of a terminal
_MOST_KINDS = 12
ABOUT = (
    "Both worlds have the same prospects with the same luck, so what differs between the two columns was caused by "
    "what differs between the two companies, and by nothing else."
)


def headline(leads: "LeadHistory") -> str:
    """Both fates in a line: `aligned: won for €124 k; defined: handed over, never worked`."""
    return sentence(f"lead {leads.lead}, {_fate(leads.first)}; {_fate(leads.second)}")


def _fate(history: "History") -> str:
    brought = f" (margin {euro(history.margin_eur)})" if history.margin_eur else ""
    return f"{history.world}: {FATE_WORDS[history.fate]}{brought}"


def in_sentences(leads: "LeadHistory") -> tuple[str, ...]:
    """What became of it in both worlds, who it is, and what made the difference."""
    return f"{headline(leads)}.", leads.prospect, ABOUT


def kinds_worth_showing(leads: "LeadHistory") -> list[tuple[str, str, str, str]]:
    """The fates in both worlds where they differ, how many prospects met them, and which for example."""
    apart = leads.kinds[leads.kinds["before"] != leads.kinds["after"]].head(_MOST_KINDS)
    return [(row.before, row.after, f"{row.n:,}", row.examples) for row in rows_of(apart)]


def on_a_terminal(leads: "LeadHistory") -> str:
    """Both histories side by side, then how many prospects met which fates."""
    width = max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size((_WIDEST, 24)).columns))
    days = [(str(day), first, second) for day, first, second in leads.side_by_side()]
    history = _wrapped(("day", *leads.plan.companies), days, width)
    kinds = [(n, first, second, examples) for first, second, n, examples in kinds_worth_showing(leads)]
    counts = _wrapped(("prospects", *leads.plan.companies, "e.g. leads"), kinds, width)
    return f"{history}\n\nAll prospects whose fates differ:\n\n{counts}"


def _wrapped(heads: Sequence[str], rows: Sequence[tuple[str, ...]], width: int) -> str:
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
