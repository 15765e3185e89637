"""Input errors, told in one sentence: where, what was found, what is allowed, what was meant."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

Path = tuple[str, ...]  # the keys from the top of a file down to a value; items of a list are counted from "0"


class InputError(ValueError):
    """What was asked for cannot be done; `str()` is one sentence that says why and what is allowed."""


class ScenarioError(InputError):
    """The scenario is wrong; `str()` is one sentence for the user."""


@dataclass(frozen=True)
class Place:
    """Where something was written: `line` counts from 1, None where there are no lines (a value set by a program).

    `note` is the comment at the end of that line, which says where a company's number comes from.
    """

    file: str
    line: int | None = None
    note: str = ""

    def __str__(self) -> str:
        return self.file if self.line is None else f"{self.file}, line {self.line}"


Places = Mapping[Path, Place]


def refuse(place: Place | str, problem: str) -> NoReturn:
    """Raise the ScenarioError that says `problem` at `place`."""
    raise ScenarioError(f"{place}: {problem}")


def nearest_place(places: Places, path: Path) -> Place:
    """Return the place of `path`, or of the closest thing around it that was written."""
    for length in range(len(path), -1, -1):
        if path[:length] in places:
            return places[path[:length]]
    return Place("scenario")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return '; did you mean X?' for the known word nearest to `word`, or the known words if none is near."""
    options = list(known)
    near = difflib.get_close_matches(word, options, n=1, cutoff=0.6)
    if near:
        return f"; did you mean {near[0]}?"
    return f"; there are: {in_a_row(options)}" if options else ""


def in_a_row(words: Iterable[str], longest: int = 200) -> str:
    """Return the words with commas between them; of many, those that fit a sentence, and how many more there are."""
    every = list(words)
    first = next(n for n in range(len(every), -1, -1) if len(", ".join(every[:n])) <= longest)
    rest = f" and {len(every) - first} more" if first < len(every) else ""
    return ", ".join(every[:first]) + rest


def shown(value: Any) -> str:
    """Return `value` as the user would have written it, shortened to fit a sentence."""
    if value is None:
        return "empty (null)"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "a group of keys" if value else "an empty group ({})"
    if isinstance(value, list | tuple):
        return "a list" if value else "an empty list ([])"
    if isinstance(value, str):
        return f'"{_shortened(value)}"'
    if isinstance(value, int) and abs(value) >= 10**30:  # Python refuses to print the very long ones
        return "a number of more than 30 digits"
    return _shortened(str(value))


def _shortened(text: str, longest: int = 40) -> str:
    """Return `text` on one line, cut after `longest` characters."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 3] + "..."


def check_least(name: str, value: int, least: int, why: str = "") -> None:
    """Raise InputError unless a number of what is asked for is large enough; `why` may say what fewer would do."""
    if value < least:
        raise InputError(f"{name} must be at least {least}, not {value}{f': {why}' if why else ''}")


def check_seed(seed: int) -> None:
    """Raise InputError unless worlds may be numbered from `seed` on."""
    if not 0 <= seed < 2**62:
        raise InputError(f"seed must be at least 0 and less than 2**62, not {seed}")
