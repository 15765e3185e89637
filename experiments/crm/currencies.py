"""What signs and words of money mean: currencies, and what multiplies a number (K, тыс., 万)."""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from experiments.crm.word_lists import word_lists

_LETTER = r"[^\W\d_]"
_SHORTEST_NAME = 3
_HARMLESS = set(" .,:+~|#")
_IN_FORMAT = re.compile(r'\[\$([^\]\-]*)(?:-[^\]]*)?\]|"([^"]*)"|([€$£¥₽₹])')


@dataclass(frozen=True)
class Marks:
    """What stands around a number: by how much it counts, in which currency (its sign or code), and below zero or not.

    `words` are those that multiply, as written.
    """

    times: float = 1.0
    currency: str | None = None
    is_negative: bool = False
    words: tuple[str, ...] = ()


@dataclass
class _Known:
    """Every sign and word in small letters: the currencies it may be, the number it multiplies by."""

    currencies: dict[str, tuple[str, ...]] = field(default_factory=dict)
    times: dict[str, float] = field(default_factory=dict)
    nothing: set[str] = field(default_factory=set)
    pattern: re.Pattern[str] = field(default_factory=lambda: re.compile(""))


@cache
def _known() -> _Known:
    data: dict[str, Any] = word_lists("money")
    known = _Known(nothing={_small(word) for word in data["nothing"]})
    for code, words in data["currencies"].items():
        known.currencies |= {_small(word): (code,) for word in words}
    known.currencies |= {_small(word): tuple(codes) for word, codes in data["several"].items()}
    known.times = {_small(word): float(times) for times, words in data["times"].items() for word in words}
    for word, (times, code) in data["times_and_currency"].items():
        known.times[_small(word)], known.currencies[_small(word)] = float(times), (code,)
    words = sorted({*known.currencies, *known.times, *known.nothing}, key=len, reverse=True)
    known.pattern = re.compile("|".join([*map(_bounded, words), rf"(?<!{_LETTER})[a-z]{{3}}(?!{_LETTER})"]))
    return known


@cache
def codes() -> frozenset[str]:
    """All codes of ISO 4217 that were ever in use."""
    from babel.numbers import list_currencies

    return frozenset(list_currencies())


def _small(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold()


def _bounded(word: str) -> str:
    """A word that stands alone; Chinese, Japanese and Korean ones may stand beside letters."""
    escaped = re.escape(word)
    if any(ord(sign) > 0x2E80 for sign in word):
        return escaped
    first = rf"(?<!{_LETTER})" if word[0].isalpha() else ""
    last = rf"(?!{_LETTER})" if word[-1].isalpha() else ""
    return f"{first}{escaped}{last}"


@cache
def marks_around(rest: str) -> Marks | None:
    """What is said by the text around a number, which stands there as `#`; None if any of it is not understood."""
    text = _small(rest).strip()
    is_negative = text.startswith("(") and text.endswith(")")
    text = text[1:-1].strip() if is_negative else text
    text = re.sub(r"#\s*[.,]\s*[-\u2013\u2014]{1,2}", "#", text)  # 120,- as shops write it
    currency, times, words = None, 1.0, []
    for found in _known().pattern.finditer(text):
        word = found.group()
        meant = meanings(word)
        if word not in _known().times and not meant and word not in _known().nothing:
            return None
        if meant:
            sign = meant[0] if len(meant) == 1 else word
            if currency not in (None, sign) and not set(meanings(str(currency))) & set(meant):
                return None
            currency = sign if currency is None or len(meant) == 1 else currency
        if word in _known().times:
            times *= _known().times[word]
            words.append(word)
    left = _known().pattern.sub(" ", text)
    dashes = [sign for sign in left if sign in "-\u2212\u2013"]
    if any(sign not in _HARMLESS and sign not in "-\u2212\u2013" for sign in left) or len(dashes) > 1:
        return None
    return Marks(times, currency, is_negative or bool(dashes), tuple(words))


def meanings(sign: str) -> tuple[str, ...]:
    """The currencies that a sign, a word or a code may stand for; none if it stands for none."""
    known = _known().currencies.get(_small(sign))
    if known:
        return known
    if len(sign) == 3 and sign.upper() in codes():
        return (sign.upper(),)
    begins = re.match(r"([A-Z]{3})\b", sign.strip())  # USD - U.S. Dollar
    if begins and begins[1] in codes():
        return (begins[1],)
    return (_names()[_small(sign)],) if len(sign) > _SHORTEST_NAME and _small(sign) in _names() else ()


@cache
def _names() -> dict[str, str]:
    """Currencies by their names in the languages of most systems."""
    from babel.numbers import get_currency_name

    languages = ("en", "de", "fr", "es", "ru", "zh")
    return {
        _small(get_currency_name(code, count, language)): code
        for language in languages
        for code in sorted(_usual_codes())
        for count in (None, 1, 5)
    }


@cache
def marks_in_name(column: str) -> Marks:
    """What the name of a column says of its numbers: `Amount, TEUR` counts in thousands of euros."""
    text = unicodedata.normalize("NFKC", column)
    parts = re.findall(r"[(\[]([^)\]]*)[)\]]", text)
    parts += [part for split in (",", " in ", " в ") for part in text.split(split)[1:]]
    for part in parts:
        marks = marks_around(f"# {part.strip()}") if part.strip() else None
        if marks and (marks.currency or marks.times != 1) and not marks.is_negative:
            return marks
    for word in re.findall(r"[A-Z]{3}(?![a-zA-Z])|[€$£¥₽₹₴₸]", text):
        if word in _usual_codes() or (meanings(word) and not word.isalpha()):
            meant = meanings(word)
            return Marks(currency=meant[0] if len(meant) == 1 else word)
    return Marks()


@cache
def _usual_codes() -> frozenset[str]:
    return frozenset(code for meant in _known().currencies.values() for code in meant)


@cache
def code_in_format(how: str) -> str | None:
    """The currency in the number format of a spreadsheet's cell, e.g. `"$"#,##0.00`; None if there is none."""
    for groups in _IN_FORMAT.findall(how):
        text = next((group for group in groups if group.strip()), "").strip()
        meant = meanings(text) if text else ()
        if meant:
            return meant[0] if len(meant) == 1 else text
    return None
