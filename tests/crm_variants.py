"""One set of 300 leads, written as many programs and people would write it."""

# foreign letters are what is tried

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

CHANNELS = ("search", "events", "content")
CRM_NAMES = {"search": "Google", "events": "Webinar", "content": "Newsletter"}
N_LEADS = 300
Days = np.datetime64


@dataclass(frozen=True)
class Lead:
    """A lead and what became of it: won, lost, open, or no deal at all."""

    number: int
    contacted: Days
    channel: str
    fate: str | None
    closed: Days | None
    rep: str
    eur: float


def leads() -> list[Lead]:
    """The same leads every time."""
    rng = np.random.default_rng(18)
    found = []
    for number in range(N_LEADS):
        contacted = Days("2024-01-01") + int(182 * number / N_LEADS)
        fate = [None, "won", "lost", "open"][int(rng.choice(4, p=[0.4, 0.3, 0.2, 0.1]))]
        closed = contacted + int(rng.integers(5, 60)) if fate in ("won", "lost") else None
        channel = CHANNELS[number % 3]
        rep, eur = f"Rep {number % 4}", round(float(rng.lognormal(8.5, 0.6)), 2)
        found.append(Lead(number, contacted, channel, fate, closed, rep, eur))
    return found


LEADS = leads()
Words = Callable[[Any], str]


def iso(day: Any) -> str:
    """2024-01-31."""
    return str(day)


def as_day(how: str) -> Words:
    """Days in a format."""
    return lambda day: day.item().strftime(how)


def plain_id(number: int) -> str:
    """L00012."""
    return f"L{number:05}"


@dataclass(frozen=True)
class Variant:
    """How the leads are written, and what must come of it.

    `names` are the columns of leads (id, contacted, channel) and deals (lead, won, rep, value, stage; None: left out).
    `states` are the words for won, lost and open. `only_won` deals are in the file, or all. `answer` is what a mapping
    must say to the question `asks`, if one is asked. `keep` are the leads in the file, all if nothing is said.
    """

    names: Sequence[str] = ("Lead ID", "First contact", "Source")
    deal_names: Sequence[str | None] = ("Lead ID", "Won date", "Owner", "Value", None)
    lead_day: Words = iso
    won_day: Words = iso
    value: Words = str
    lead_id: Words = plain_id
    deal_lead: Words | None = None
    channels: Mapping[str, str] = field(default_factory=lambda: CRM_NAMES)
    states: Mapping[str | None, str] = field(default_factory=lambda: {"won": "Won", "lost": "Lost", "open": "Open"})
    only_won: bool = True
    nothing: str = ""
    more: Mapping[str, Callable[[Lead], str]] = field(default_factory=dict)
    encoding: str = "utf-8"
    separator: str = ","
    above: Sequence[str] = ()
    below: Sequence[Sequence[str]] = ()
    end: str = "\n"
    quoted: bool = False
    excel: bool = False
    mapping: str = ""
    asks: str | None = None
    answer: str = ""
    rate: float = 1.0
    keep: Callable[[Lead], bool] = lambda lead: True

    def tables(self) -> tuple[list[list[Any]], list[list[Any]]]:
        """The rows of both files, the header first."""
        of_leads: list[list[Any]] = [list(self.names)]
        of_leads += [
            [self.lead_id(lead.number), self.lead_day(lead.contacted), self.channels[lead.channel]][: len(self.names)]
            for lead in LEADS
            if self.keep(lead)
        ]
        names = [name for name in self.deal_names if name is not None]
        of_deals: list[list[Any]] = [[*names, *self.more]]
        fates = ("won",) if self.only_won else ("won", "lost", "open")
        for lead in LEADS:
            if lead.fate in fates and self.keep(lead):
                of_deals.append(self._deal(lead))
        return of_leads, [*of_deals, *map(list, self.below)]

    def _deal(self, lead: Lead) -> list[Any]:
        cells: list[Any] = [
            (self.deal_lead or self.lead_id)(lead.number),
            self.won_day(lead.closed) if lead.closed is not None else self.nothing,
            lead.rep,
            self.value(lead.eur),
            self.states[lead.fate],
        ]
        kept = [cell for cell, name in zip(cells, self.deal_names, strict=True) if name is not None]
        return [*kept, *(tell(lead) for tell in self.more.values())]

    def write(self, folder: Path) -> tuple[Path, Path]:
        """Write both files."""
        paths = []
        for name, rows in zip(("leads", "deals"), self.tables(), strict=True):
            path = folder / f"{name}.{'xlsx' if self.excel else 'csv'}"
            path.write_bytes(self._workbook(rows) if self.excel else self._text(rows))
            paths.append(path)
        return paths[0], paths[1]

    def _text(self, rows: list[list[Any]]) -> bytes:
        def cell(text: Any) -> str:
            """In quotes if it must be, or all are."""
            text = str(text)
            needs = self.quoted or self.separator in text or '"' in text
            return '"' + text.replace('"', '""') + '"' if needs else text

        lines = [*self.above, *(self.separator.join(map(cell, row)) for row in rows)]
        return (self.end.join(lines) + self.end).encode(self.encoding)

    def _workbook(self, rows: list[list[Any]]) -> bytes:
        import openpyxl

        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        for line in self.above:
            sheet.append([line])
        for row in rows:
            sheet.append(row)
        content = io.BytesIO()
        book.save(content)
        return content.getvalue()


def known(lead: Lead, rate: float) -> tuple[Any, ...]:
    """What must be known of a lead in the end."""
    won = lead.closed if lead.fate == "won" else None
    return (lead.contacted, lead.channel, won, None if won is None else round(lead.eur * rate, 0))
