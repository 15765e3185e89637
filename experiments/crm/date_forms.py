"""One date as it is written, taken apart: year, month and day, or three numbers whose order is open."""

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from experiments.crm.date_words import month_of, says_nothing

_YEAR_FIRST = re.compile(r"(\d{4,5})\s?[-./ _]\s?(\d{1,2})\s?[-./ _]\s?(\d{1,2})(?!\d)\D*")
_THREE = re.compile(
    r"(\d{1,2})\s?[-./ ]\s?(\d{1,2})\s?[-./ ]\s?(\d{4}|\d{2})(?:\s?(?:\u0433|\u0433\u043e\u0434|\u0440)\.?)?"
)
_YEAR_MONTH = re.compile(r"(\d{4})\s?[-./ ]\s?(\d{1,2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})\s?[-./ ]\s?(\d{4})")
_EAST = re.compile(r"(\d{2}|\d{4})\s*[年년]\s*(\d{1,2})\s*[月월](?:\s*(\d{1,2})\s*[日号號일]?)?\D*")
_YEAR_0 = {
    "令和": 2018,
    "平成": 1988,
    "昭和": 1925,
    "R": 2018,
    "H": 1988,
    "S": 1925,
    "民國": 1911,
    "民国": 1911,
    "中華民國": 1911,
}
_FIRST_YEAR = "元"
_ERA = re.compile(r"^(?:(令和|平成|昭和|中華民國|民國|民国)\s?|([RHSrhs])\.?\s?)(元|\d{1,3})\s?([年./-])")
_PIECES = re.compile(r"\d+|[^\W\d_]+\.?")
_CENTURY, _LAST_CENTURY, _PIVOT = 2000, 1900, 70  # of a year written with two digits


class Kind(Enum):
    """What can be said of a date by itself: all of it, its month, or three numbers."""

    DAY = auto()
    MONTH = auto()
    THREE = auto()


@dataclass(frozen=True)
class Parts:
    """Year, month and day; or of `THREE` the numbers as they stand there."""

    kind: Kind
    first: int
    second: int
    third: int
    has_long_year: bool = True


@cache
def parts_of(text: str) -> Parts | None:
    """A date without a time of day; None if it is none. `3. Januar 2024` is Parts(DAY, 2024, 1, 3)."""
    text = _ERA.sub(_in_our_years, text)
    if found := _YEAR_FIRST.fullmatch(text):
        return Parts(Kind.DAY, int(found[1]), int(found[2]), int(found[3]))
    if found := _THREE.fullmatch(text):
        return Parts(Kind.THREE, int(found[1]), int(found[2]), int(found[3]), has_long_year=len(found[3]) == 4)
    if found := _EAST.fullmatch(text):
        year, month = full_year(int(found[1])), int(found[2])
        return Parts(Kind.DAY, year, month, int(found[3])) if found[3] else Parts(Kind.MONTH, year, month, 1)
    if found := _YEAR_MONTH.fullmatch(text):
        return Parts(Kind.MONTH, int(found[1]), int(found[2]), 1)
    if found := _MONTH_YEAR.fullmatch(text):
        return Parts(Kind.MONTH, int(found[2]), int(found[1]), 1)
    return _with_a_word(text)


def _in_our_years(found: re.Match[str]) -> str:
    """The year of an emperor or of the Republic of China as ours, with the sign behind it: `R6.` is `2024.`."""
    name, year = found[1] or found[2], found[3]
    return f"{_YEAR_0[name.upper()] + (1 if year == _FIRST_YEAR else int(year))}{found[4]}"


def _with_a_word(text: str) -> Parts | None:
    """A date whose month is a word; the day comes before a year of two digits."""
    pieces = _PIECES.findall(text)
    numbers, words = [one for one in pieces if one.isdigit()], [one for one in pieces if not one.isdigit()]
    months = {word: month_of(word) for word in words if not says_nothing(word)}
    months = months or {word: month_of(word) for word in words if month_of(word)}  # mar is March, and mardi
    month = next(iter(months.values()), None)
    if len(months) != 1 or month is None or not 1 <= len(numbers) <= 2:
        return None
    years = [place for place, number in enumerate(numbers) if len(number) == 4]
    if len(years) > 1 or any(len(number) not in (1, 2, 4) for number in numbers):
        return None
    if len(numbers) == 1:
        return Parts(Kind.MONTH, int(numbers[0]), month, 1) if years else None
    place = years[0] if years else 1
    year, day = int(numbers[place]), int(numbers[1 - place])
    return Parts(Kind.DAY, year if years else full_year(year), month, day)


def full_year(year: int) -> int:
    """A year of two digits in full: 24 is 2024, 98 is 1998."""
    if year >= 100:
        return year
    return year + (_CENTURY if year < _PIVOT else _LAST_CENTURY)
