"""The states of deals: which mean won, lost or open, and which columns tell them."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from experiments.crm.unsure import UnsureError
from experiments.crm.word_lists import word_lists
from experiments.crm.yaml_words import yaml_list
from scenarios.input_errors import in_a_row

if TYPE_CHECKING:
    import pandas as pd

WON, LOST, OPEN = "won", "lost", "open"
_NUMBERED = re.compile(r"^(?:c\d+:|[\W\d_]+)")
_PARTS = re.compile(r"\s+[-\u2013\u2014]+\s+|\s*[/:|>]+\s*|\s*[(\[,]|[)\]]")
_IN_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*$")
_FEWEST_KNOWN = 0.5  # share of rows whose state is known, for a column of states that is not called so
_MOST_STATES = 60


@dataclass(frozen=True)
class StateWords:
    """Which states a mapping says are won, lost and open."""

    won: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    open: tuple[str, ...] = ()

    def meaning(self, state: str) -> str | None:
        """What the mapping says of a state, capitals and blanks aside."""
        for meant, words in ((WON, self.won), (LOST, self.lost), (OPEN, self.open)):
            if _plain(state) in map(_plain, words):
                return meant
        return None


@dataclass(frozen=True)
class States:
    """Won, lost or open for each deal, and how many deals have which state."""

    meant: npt.NDArray[Any]
    counts: Mapping[str, tuple[str, int]]


@dataclass(frozen=True)
class StateKeys:
    """What a mapping would say of a column of states: under which key of `deals`, and which of them mean won."""

    key: str
    column: str
    won: tuple[str, ...] = ()


@cache
def _data() -> dict[str, Any]:
    return {key: tuple(_plain(word) for word in words) for key, words in word_lists("states").items()}


@cache
def _known() -> dict[str, str]:
    return {word: meant for meant in (OPEN, LOST, WON) for word in _data()[meant]}


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", str(text)).replace("_", " ").split()).casefold()


def meaning_of(state: str, column: str) -> str | None:
    """What a state usually means in a column of that name; None if nobody knows. A blank is open."""
    plain, name = _plain(state), _plain(column)
    if not plain:
        return OPEN
    if name in _data()["probability"]:
        chance = plain.rstrip("% ").removesuffix(".0")
        return {"100": WON, "0": LOST, "1": None}.get(chance, OPEN if chance.replace(".", "").isdigit() else None)
    if name in _data()["won_flags"]:
        if plain in _data()["said_yes"]:
            return WON
        if plain in _data()["said_no"]:
            return OPEN
    for text in (plain, _NUMBERED.sub("", plain), _NUMBERED.sub("", _IN_BRACKETS.sub("", plain))):
        if text.strip() in _known():
            return _known()[text.strip()]
    return _by_parts(_NUMBERED.sub("", plain))


def _by_parts(plain: str) -> str | None:
    """The meaning of `won - renewal`, `closed/won` or `sales: lost`: of what stands first, or after `closed`.

    None if another part says anything else.
    """
    first, *others = [part.strip() for part in _PARTS.split(plain) if part.strip()] or [""]
    if others and first in _data()["before_states"]:
        first, *others = others
    elif not others:
        return None
    meant = _known().get(first)
    said = {_known().get(other) for other in others if other not in _data()["kinds_of_deal"]}
    return meant if said <= {meant, None} else None


def read_states(texts: "pd.Series[str]", said: StateWords, where: tuple[str, str]) -> States:
    """What each state means; `where` is the file and the name of the column.

    With `won_is` alone all others are not won. Raises UnsureError for states nobody knows, for one that by its name is
    won though `won_is` leaves it out, and if none is won.
    """
    import pandas as pd

    file, column = where
    places, different = pd.factorize(texts)
    names = [str(text) for text in different]
    meant = [said.meaning(name) or meaning_of(name, column) for name in names]
    if said.won and not said.open and not said.lost:
        meant = [one or OPEN for one in meant]
    n_of = np.bincount(places, minlength=len(names))
    unknown = [name for name, one in zip(names, meant, strict=True) if one is None]
    if unknown:
        shown = in_a_row([f'"{name}" ({n_of[names.index(name)]:,})' for name in unknown], longest=120)
        question = f"{file}, {column}: nobody knows whether {shown} means won, lost or open"
        won = [name for name, one in zip(names, meant, strict=True) if one == WON]
        lines = [f"{key}: {yaml_list(unknown)}" for key in ("open_is", "lost_is")]
        raise UnsureError(question, [*lines, f"won_is: {yaml_list([*won, *unknown])}"])
    forgotten = [n for n in names if said.won and not said.meaning(n) and meaning_of(n, column) == WON]
    if forgotten:
        question = f'{file}, {column}: "{forgotten[0]}" looks won but is not in won_is'
        lines = [f"won_is: {yaml_list([*said.won, *forgotten])}", f"open_is: {yaml_list(forgotten)}"]
        raise UnsureError(question, lines)
    if WON not in meant:
        shown = in_a_row([f'"{name}"' for name in names], longest=120)
        raise UnsureError(f"{file}, {column}: none of the states means won ({shown})", ["won_is: [STATE]"])
    counts = {name: (str(one), int(n)) for name, one, n in zip(names, meant, n_of, strict=True)}
    return States(np.array(meant, object)[places], dict(sorted(counts.items(), key=lambda item: -item[1][1])))


def keys_for(column: str, counts: Mapping[str, int], *, is_won_date: bool) -> StateKeys | None:
    """What a mapping would say of a column that tells that some of these deals were not won; else None.

    `counts`: how often it has which value among deals with a day of winning, which by its name only won deals have if
    `is_won_date`. A column tells that if some of its states are lost; if it is called one of states, and has others
    than won; if it says whether deals were won, and not all were; if it is filled for lost deals only.
    """
    name, filled = _plain(column), {value: n for value, n in counts.items() if value.strip()}
    if not filled:
        return None
    if name in _data()["lost_flags"]:
        return None if all(map(is_said_no, filled)) else StateKeys("lost", column)
    if len(filled) > _MOST_STATES:
        return None
    meant = {value: meaning_of(value, column) for value in filled}
    known = sum(n for value, n in filled.items() if meant[value]) / sum(filled.values())
    others = set(meant.values()) - {WON}
    if name in _data()["probability"]:
        tells = {WON, LOST} <= set(meant.values())
    elif name in _data()["won_flags"]:
        tells = bool(others) and WON in meant.values()
    elif name in _data()["state_columns"]:
        tells = LOST in others or (bool(others) and not is_won_date and len(filled) > 1)
    else:
        tells = LOST in others and known >= _FEWEST_KNOWN
    won = tuple(value for value, one in meant.items() if one == WON)
    return StateKeys("stage", column, won) if tells else None


def tells_by_name(column: str) -> str | None:
    """Whether a column of days is filled for won deals only (won) or for lost ones too (open), by its name."""
    name = _plain(column)
    if any(word in name for word in _data()["winning_words"]):
        return WON
    return OPEN if any(word in name for word in _data()["closing_words"]) else None


def is_said_no(text: str) -> bool:
    """Whether a text says no, as `false` and `0` do."""
    return _plain(text) in _data()["said_no"]


def is_state_column(column: str) -> bool:
    """Whether a column is called like one of states."""
    return _plain(column) in _data()["state_columns"]


def is_flag_of_winning(column: str) -> bool:
    """Whether a column is called like one that says yes or no to having won."""
    return _plain(column) in _data()["won_flags"]
