"""Names of months and days of the week in the languages that CRM systems are used in."""

from functools import cache

_LANGUAGES = (
    *("en", "de", "fr", "es", "it", "pt", "nl", "ru", "uk", "pl", "cs", "sv", "da", "nb", "fi", "tr", "hu", "ro", "bg"),
    "el",
)
_OWN = {"mrz": 3, "sept": 9, "сент": 9, "нояб": 11, "февр": 2}
_YEAR_IN_RUSSIAN = ("\u0433", "\u0433\u043e\u0434", "\u0433\u043e\u0434\u0430")
_OF = ("of", "de", "del", "di", "den", "der", "am", "the")
_FILLERS = frozenset((*_OF, "st", "nd", "rd", "th", "er", *_YEAR_IN_RUSSIAN))
_SHORTEST = 3


@cache
def months() -> dict[str, int]:
    """Every name of a month, short or long, in small letters and without a full stop: its number.

    A name that means two months in two languages is left out.
    """
    from babel.dates import get_month_names

    meant: dict[str, set[int]] = {}
    for language in _LANGUAGES:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in get_month_names(width, context, language).items():
                    meant.setdefault(_bare(name), set()).add(number)
    known = {name: numbers.pop() for name, numbers in meant.items() if len(numbers) == 1 and not name.isdigit()}
    return known | _OWN


@cache
def month_of(word: str) -> int | None:
    """The month a word names, in full or by at least three letters that no other month begins with."""
    bare = _bare(word)
    if bare in months():
        return months()[bare]
    found = {number for name, number in months().items() if len(bare) >= _SHORTEST and name.startswith(bare)}
    return found.pop() if len(found) == 1 else None


@cache
def says_nothing(word: str) -> bool:
    """Whether a word in a date tells neither day, month nor year: a day of the week, `of`."""
    return _bare(word) in _FILLERS or _bare(word) in _weekdays()


@cache
def _weekdays() -> frozenset[str]:
    from babel.dates import get_day_names

    names = (
        get_day_names(width, context, language).values()
        for language in _LANGUAGES
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated", "short")
    )
    return frozenset(_bare(name) for some in names for name in some)


def _bare(word: str) -> str:
    return word.casefold().strip().rstrip(".")
