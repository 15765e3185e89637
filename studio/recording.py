"""A run as the page shows it: a head that says what it is, and columns of what happened and how things stood.

The same contract, Recording v1, is made here from a run of Python and, in the page, by the engine itself; the page only
places it. Columns, in this order and little-endian, each padded to a multiple of 8 bytes:

- the tape, all but INTEREST and SCORED, whose like is seen in what follows from them, and but for comings and goings:
  day u16, what u8 (`simulation.tape.Event`), who i32, about i32, value f32;
- every prospect of the run: segment u8, worth f32 (EUR/year);
- every day: contribution f32 (EUR, summed since day 0), revenue f32 (EUR of the day), trust_in_marketers and
  trust_in_reps f32 (0..1), disputes_open f32, came and went f32 (prospects who entered or left the market unreached),
  in_state u32 (one number for each `Status`).

Replayed, the STATUS events give every state on every day: before day 0 the head's `installed_base` stand in PROSPECT
and the rest of its `n_prospects` in TO_COME; `came` moves from TO_COME to PROSPECT, `went` from PROSPECT to GONE.
"""

import base64
import math
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from simulation import FINGERPRINT, Run
from simulation.measured.days import COSTS
from simulation.tape import Event

VERSION = 1
LEFT_OUT = (Event.PROSPECTS_COME, Event.PROSPECTS_GO, Event.INTEREST, Event.SCORED)
"""Events that a recording does without: the books count the first two, nobody sees the others."""
TAPE_KINDS = {"day": "<u2", "what": "|u1", "who": "<i4", "about": "<i4", "value": "<f4"}
OF_THE_BOOKS = ("trust_in_marketers", "trust_in_reps", "disputes_open")
PADDED_TO = 8
OWN = "own"
"""What the practices of a company's own file are called."""

Column = npt.NDArray[Any]


def deflated(content: bytes) -> str:
    """Bytes as a page holds them: deflated, as base64."""
    return base64.b64encode(zlib.compress(content, 9)).decode("ascii")


@dataclass(frozen=True, eq=False)
class Recording:
    """A run as the page shows it; two are equal if the page cannot tell them apart."""

    head: Mapping[str, Any]
    """What it is: company, practices, changes, seed, days, people, names, outcomes, and where each column stands."""
    block: bytes
    """The columns, one after the other."""

    @classmethod
    def of(
        cls, run: Run, *, practices: str = "", title: str = "", changes: Iterable[Mapping[str, Any]] = ()
    ) -> "Recording":
        """The recording of a run that was asked for its tape; raises ValueError if it has none.

        `practices` names those it was loaded with, "own" if not given; `changes` are what was asked for on top of
        company and practices: `path`, `value` and, on its way, `day`.
        """
        if not len(run.company.tape):
            raise ValueError("the run has no tape; ask for it with simulate(scenario, seed, tape=True)")
        columns = {**_tape(run), **_prospects(run), **_days(run)}
        block, layout = b"", []
        for name, column in columns.items():
            layout.append([name, column.dtype.str[1:], column.size, len(block)])
            text = column.tobytes()
            block += text + bytes(-len(text) % PADDED_TO)
        head = {"title": title or run.scenario.name, "practices": practices or OWN, "changes": [*map(dict, changes)]}
        return cls({**_head(run), **head, "columns": layout}, block)

    @classmethod
    def unpacked(cls, head: Mapping[str, Any], packed: str) -> "Recording":
        """The recording that `packed` gave."""
        return cls(head, zlib.decompress(base64.b64decode(packed)))

    def packed(self) -> str:
        """The columns, deflated, in base64."""
        return deflated(self.block)

    def columns(self) -> dict[str, Column]:
        """Every column by its name; `in_state` has a row a day."""
        found: dict[str, Column] = {}
        for name, kind, length, at in self.head["columns"]:
            found[name] = np.frombuffer(self.block, f"<{kind}", length, at)
        found["in_state"] = found["in_state"].reshape(self.head["days"], -1)
        return found

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Recording) and self.head == other.head and self.block == other.block

    def __hash__(self) -> int:
        return hash(self.block)


def _head(run: Run) -> dict[str, Any]:
    scenario, people = run.scenario, run.scenario.people
    return {
        "version": VERSION,
        "fingerprint": FINGERPRINT,
        "company": scenario.name,
        "seed": run.seed,
        "days": scenario.days,
        "first_day": run.first_day,
        "people": {
            "executives": people.account_executives,
            "sdrs": people.sdrs,
            "marketers": people.marketers,
            "managers": people.managers,
        },
        "n_prospects": len(run.company.prospect),
        "installed_base": scenario.customers.installed_base,
        "segments": list(scenario.segments),
        "channels": list(scenario.channels),
        "outcomes": {name: None if math.isnan(value) else value for name, value in run.outcomes.items()},
    }


def _tape(run: Run) -> dict[str, Column]:
    tape = run.company.tape
    kept = tape[~np.isin(tape["what"], LEFT_OUT)]
    return {name: kept[name].astype(kind) for name, kind in TAPE_KINDS.items()}


def _prospects(run: Run) -> dict[str, Column]:
    prospects = run.company.prospect
    return {"segment": prospects["segment"].astype("|u1"), "worth": prospects["value"].astype("<f4")}


def _days(run: Run) -> dict[str, Column]:
    book, tape = run.daily, run.company.tape
    days: dict[str, Column] = {"contribution": contribution(book).cumsum(), "revenue": book["revenue"]}
    days |= {name: book[name] for name in OF_THE_BOOKS}
    for name, event in (("came", Event.PROSPECTS_COME), ("went", Event.PROSPECTS_GO)):
        rows = tape[tape["what"] == event]
        days[name] = np.bincount(rows["day"], rows["value"], len(book))
    return {name: days[name].astype("<f4") for name in days} | {"in_state": book["in_state"].astype("<u4")}


def contribution(book: Column) -> Column:
    """What each day (D,) of the books brings, EUR: gross margin less bad debt, pay, programmes, hiring, practices.

    Worked number: 1,000 signed and 300 renewed, with 400 of pay and 100 for practices, bring 800.
    """
    brought: Column = book["bookings_new"] + book["bookings_renewal"] - book["coordination"]
    for name in COSTS:
        brought = brought - book[name]
    return brought
