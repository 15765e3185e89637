"""What signs and words of money mean: currencies, and what multiplies a number (K, тыс., 万)."""

import re
import unicodedata
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from experiments.crm.word_lists import word_lists

_LETTER = r"[^\W\d_]"
_SHORTEST_NAME = 3
MONTHS = 12
"""By which a value a month is multiplied, as a deal counts by what it is worth a year."""
_THOUSANDS = re.compile(r"(?<![\w.,])['\u2019\u2018x\u00d7*]*(?:1[.,' ]?)?000['\u2019]?s?(?![\w.,])", re.IGNORECASE)
_IN = re.compile(r"^\s*(?:in|в|en|w)\s", re.IGNORECASE)
_EASTERN_END = re.compile(r"[十百千万萬亿億]*[元円圆]$|[十百千万萬亿億]+$")
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
    plain_words: set[str] = field(default_factory=set)
    monthly: tuple[str, ...] = ()
    pattern: re.Pattern[str] = field(default_factory=lambda: re.compile(""))


@cache
def _known() -> _Known:
    data: dict[str, Any] = word_lists("money")
    known = _Known(nothing=set(map(_small, data["nothing"])), plain_words=set(map(_small, data["plain_words"])))
    for code, words in data["currencies"].items():
        known.currencies |= {_small(word): (code,) for word in words}
    known.currencies |= {_small(word): tuple(codes) for word, codes in data["several"].items()}
    known.times = {_small(word): float(times) for times, words in data["times"].items() for word in words}
    for word, (times, code) in data["times_and_currency"].items():
        known.times[_small(word)], known.currencies[_small(word)] = float(times), (code,)
    known.monthly = tuple(word for word, times in known.times.items() if times == MONTHS)
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
    marks = _unit_in_name(column)
    words = f" {' '.join(_small(column.replace('_', ' ')).replace('/', ' /').split())} "
    is_monthly = any(f" {word}{end}" in words for word in _known().monthly for end in " ,)")
    return replace(marks, times=marks.times * MONTHS) if is_monthly and marks.times % MONTHS else marks


def _unit_in_name(column: str) -> Marks:
    text = unicodedata.normalize("NFKC", column)
    parts = re.findall(r"[(\[]([^)\]]*)[)\]]", text)
    parts += [part for split in (",", " in ", " в ", " en ", " w ") for part in text.split(split)[1:]]
    for part in parts:
        marks = _marks_in_part(_IN.sub("", part))
        if marks:
            return marks
    plain = text.replace("_", " ")
    for part in (_EASTERN_END.search(plain), *(_surely_money(plain, n) for n in (3, 2, 1))):
        marks = _marks_in_part(part if isinstance(part, str) else part.group()) if part else None
        if marks:
            return marks
    for word in re.findall(r"[A-Z]{3}(?![a-zA-Z])|[€$£¥₽₹₴₸]", text):
        if word in _usual_codes() or (meanings(word) and not word.isalpha()):
            meant = meanings(word)
            return Marks(currency=meant[0] if len(meant) == 1 else word)
    return Marks()


def _marks_in_part(part: str) -> Marks | None:
    """What the longest piece of a text says that is understood, e.g. `k€` in `k€ HT`; None if nothing is."""
    words = _THOUSANDS.sub(" thousand ", part).replace("/", " /").split()
    for length in range(len(words), 0, -1):
        for first in range(len(words) - length + 1):
            marks = marks_around(f"# {' '.join(words[first : first + length])}")
            if marks and (marks.currency or marks.times != 1) and not marks.is_negative:
                return marks
    return None


@cache
def strange_in_name(column: str) -> str:
    """What stands in the brackets of a name and is not understood: `mil` in `Amount (mil EUR)`."""
    text = " ".join(re.findall(r"[(\[]([^)\]]*)[)\]]", unicodedata.normalize("NFKC", column)))
    words = _THOUSANDS.sub(" ", _IN.sub("", text)).split()
    strange = [one for one in words if marks_around(f"# {one}") is None and _small(one) not in _known().plain_words]
    return " ".join(strange) if marks_around(f"# {text}") is None else ""


def _surely_money(name: str, n: int) -> str | None:
    """The last words of a name if all of them are of money beyond doubt: `$K` of `Value $K`."""
    words = _THOUSANDS.sub(" thousand ", name).split()
    last = words[-n:]
    return " ".join(last) if len(words) > n and all(map(_is_of_money, last)) and any(map(_is_plain, last)) else None


def _is_of_money(word: str) -> bool:
    """Whether a word is a code or sign of a currency, or multiplies."""
    small = _small(word)
    if small in _known().times:
        return True
    marks = marks_around(f"# {word}") if not word.isalpha() or small.upper() in _usual_codes() else None
    return bool(marks and (marks.currency or marks.times != 1))


def _is_plain(word: str) -> bool:
    """Whether a word of money is one beyond doubt: `m`, `b` and the like may be anything by themselves."""
    return len(word) > 1 or word.casefold() == "k" or not word.isascii() or not word.isalpha()


def without_marks(column: str) -> str:
    """The name of a column without what it says of money at its end: `amount_eur` is `amount`."""
    text = re.split(r"\s(?:in|в|en|w)\s", unicodedata.normalize("NFKC", column).replace("_", " "))[0]
    found = _EASTERN_END.search(text)
    if found and found.start():
        return text[: found.start()]
    for n in (3, 2, 1):
        last = _surely_money(text, n)
        if last:
            return " ".join(_THOUSANDS.sub(" thousand ", text).split()[:-n])
    return text


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
