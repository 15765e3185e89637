"""The tape of a run in words: who did what on which day."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from simulation.queues import NOBODY
from simulation.tape import Ending, Event, Gathering

if TYPE_CHECKING:
    import pandas as pd

    from scenarios import Scenario

Words = Callable[["Scenario", int], str]
"""What a number of a row says."""


def _person(kind: str) -> Words:
    return lambda scenario, number: kind if number == NOBODY else f"{kind} {number}"


def _rep(scenario: "Scenario", number: int) -> str:
    sdr = number - scenario.people.account_executives
    return "nobody" if number == NOBODY else f"rep {number}" if sdr < 0 else f"SDR {sdr}"


def _channel(scenario: "Scenario", number: int) -> str:
    from simulation.referral import REFERRAL

    others = {NOBODY: "a rep's own prospecting", REFERRAL: "a customer's recommendation"}
    return others[number] if number in others else list(scenario.channels)[number]


def _status(scenario: "Scenario", number: int) -> str:
    from simulation.status import Status

    return _plain(Status(number).name)


def _topic(scenario: "Scenario", number: int) -> str:
    from simulation.border.causes import Topic

    return _plain(Topic(number).name)


def _plain(name: str) -> str:
    return name if name in ("MQL", "SQL") else name.lower().replace("_", " ")


def _nothing(scenario: "Scenario", number: int) -> str:
    return ""


_prospect, _marketer = _person("prospect"), _person("marketer")


def _segment(scenario: "Scenario", number: int) -> str:
    return list(scenario.segments)[number]


def _change(scenario: "Scenario", number: int) -> str:
    from scenarios.calendar import planned

    changes = [planned(key, value) for key, value in scenario.calendar.items()]
    return sorted(changes, key=lambda change: change.day)[number].path


WORDS: dict[Event, tuple[Words, Words, str]] = {
    Event.PROSPECTS_COME: (_nothing, _nothing, "prospects"),
    Event.PROSPECTS_GO: (_nothing, _nothing, "prospects"),
    Event.REACHED: (_prospect, _channel, ""),
    Event.RECOMMENDED: (_prospect, _prospect, ""),
    Event.STATUS: (_prospect, _status, "number of the status before"),
    Event.OWNER: (_prospect, _rep, "number of the rep before"),
    Event.MARKETER: (_prospect, _marketer, ""),
    Event.INTEREST: (_prospect, _nothing, "0 to 1"),
    Event.ASKED: (_prospect, _marketer, ""),
    Event.NURTURED: (_prospect, _marketer, ""),
    Event.SCORED: (_prospect, _marketer, "standard deviations above the bar"),
    Event.ON_DESK: (_prospect, _rep, "leads on the desk"),
    Event.PUT_ASIDE: (_prospect, _rep, ""),
    Event.ATTEMPT: (_prospect, _rep, "hours from hand-over to first attempt"),
    Event.TALK: (_prospect, _rep, "1 if worth selling"),
    Event.STEP: (_prospect, _rep, "steps left"),
    Event.DECISION: (_prospect, _rep, "discount, 0 to 1"),
    Event.SIGNED: (_prospect, _rep, "EUR/year"),
    Event.ONBOARDING_OVER: (_prospect, _rep, "satisfaction, 0 to 1"),
    Event.COMPLAINT: (_prospect, _rep, ""),
    Event.COMPLAINT_OVER: (_prospect, _rep, "satisfaction, 0 to 1"),
    Event.RENEWED: (_prospect, _rep, "EUR/year"),
    Event.NOT_PAID: (_prospect, _rep, "EUR/year"),
    Event.DISPUTE_OPENED: (_topic, _nothing, "badness of its cause, 0 to 1"),
    Event.DISPUTE_CLOSED: (_topic, lambda scenario, number: _plain(Ending(number).name), "working days open"),
    Event.MEETING: (lambda scenario, number: _plain(Gathering(number).name), _nothing, "share who come, 0 to 1"),
    Event.DESIGN_BEGUN: (_segment, _marketer, ""),
    Event.CAMPAIGN_RUNS: (_segment, _marketer, "need units off the need"),
    Event.REP_LEFT: (_rep, _person("key"), ""),
    Event.REP_CAME: (_rep, _person("key"), ""),
    Event.EXCHANGE_BEGINS: (_rep, _marketer, "day on which it ends"),
    Event.EXCHANGE_ENDS: (_rep, _marketer, ""),
    Event.PRACTICE_CHANGES: (_change, _nothing, ""),
    Event.TARGET: (_nothing, _nothing, "EUR"),
    Event.TRUST_IN_MARKETER: (_rep, _marketer, "0 to 1"),
    Event.TRUST_IN_REP: (_marketer, _rep, "0 to 1"),
}
"""For each event what its numbers stand for: who, about, and the unit of its value."""


def in_words(run: Any) -> "pd.DataFrame":
    """The tape of a run: day, event, who, about, value (NaN where an event has none), unit."""
    import pandas as pd

    tape = run.company.tape
    columns: dict[str, Any] = {name: np.full(len(tape), "", object) for name in ("event", "who", "about", "unit")}
    value = tape["value"].astype(np.float64)
    for event, (who, about, unit) in WORDS.items():
        rows = np.flatnonzero(tape["what"] == event)
        columns["event"][rows], columns["unit"][rows] = _plain(event.name), unit
        columns["who"][rows] = _said(who, run.scenario, tape["who"][rows])
        columns["about"][rows] = _said(about, run.scenario, tape["about"][rows])
        if not unit:
            value[rows] = np.nan
    names = ("day", "event", "who", "about", "value", "unit")
    return pd.DataFrame({"day": tape["day"].copy(), "value": value, **columns})[list(names)]


def _said(words: Words, scenario: "Scenario", numbers: npt.NDArray[np.int32]) -> npt.NDArray[np.object_]:
    """The words of each number; every number is put into words once."""
    different, place = np.unique(numbers, return_inverse=True)
    said: Sequence[str] = [words(scenario, int(number)) for number in different]
    return np.array(said, object)[place]
