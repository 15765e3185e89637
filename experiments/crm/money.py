"""Money as people and programs write it, in euros: `$4.93K`, `(1,234.50)`, `0.49万`."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from experiments.crm.currencies import MONTHS, Marks, marks_around, marks_in_name, meanings, strange_in_name
from experiments.crm.decimal_sign import decimal_of, numbers_of
from experiments.crm.unsure import UnsureError
from experiments.wording.numbers import counted
from scenarios.input_errors import InputError, in_a_row

if TYPE_CHECKING:
    import pandas as pd

EURO = "EUR"
RATE = "RATE"
"""What a line of the mapping says where only its owner knows the number."""
_DIGITS = {first + digit: str(digit) for first in (0x0660, 0x06F0, 0x0966) for digit in range(10)}
_ARABIC = {**_DIGITS, 0x066B: ".", 0x066C: ","}
_NUMBER = r"(?:[.,])?\d(?:[\d.,]*\d)?(?:[eE][-+]?\d+)?"
_BETWEEN_DIGITS = r"(\d)[\s'\u2019_](\d)"


@dataclass(frozen=True)
class MoneyForm:
    """What a mapping says of money: the decimal sign, euros for one of each currency (None: not said)."""

    decimal: str | None = None
    rates: Mapping[str, float | None] | None = None


@dataclass(frozen=True)
class Money:
    """Values in EUR, NaN where there is none; `counts` by currency, `notes` on how they were read.

    `is_assumed`: nothing names a currency, so they are taken for euros.
    """

    eur: npt.NDArray[np.float64]
    counts: Mapping[str, int]
    notes: tuple[str, ...]
    is_assumed: bool = False


def read_money(
    texts: "pd.Series[str]", form: MoneyForm, where: tuple[str, str], codes: "pd.Series[str] | None" = None
) -> Money:
    """The value each text says, in EUR; `where` is the file and the name of the column, `codes` a column of currencies.

    Raises UnsureError where decimal sign, currency or rate cannot be told. Worked number: `$4.93K` at 0.9 is 4437.
    """
    import pandas as pd

    file, column = where
    places, different = pd.factorize(texts)
    marks, around, numbers = _taken_apart(pd.Series(different, dtype=str))
    decimal = form.decimal or decimal_of(numbers[numbers != ""], f"{file}, {column}")
    times = np.array([one.times * (-1) ** one.is_negative for one in marks], np.float64)
    values = (numbers_of(numbers, decimal) * times[around])[places]
    head = marks_in_name(column)
    if head.times not in (1, MONTHS) and any(one.times not in (1, MONTHS) for one in marks):
        raise InputError(
            f'{file}: the name of the column "{column}" multiplies its values, and so do values in it; have it one way'
        )
    own = np.array([one.currency or "" for one in marks], object)[around][places]
    sign_places, signs = pd.factorize(_signs(own, codes, head.currency))
    n_of = np.bincount(sign_places[~np.isnan(values)], minlength=len(signs))
    counts = {str(sign): int(n) for sign, n in zip(signs, n_of, strict=True) if n}
    rate_of, notes = _rates(counts, form.rates or {}, f"{file}, {column}")
    euros = np.array([rate_of.get(sign, np.nan) for sign in signs], np.float64)
    told = _told(marks, np.bincount(around[places], minlength=len(marks)), head, where)
    is_assumed = set(counts) == {""} and not form.rates
    in_euros = values * head.times * euros[sign_places]
    return Money(in_euros, _by_code(counts, form.rates or {}), (*told, *notes), is_assumed)


def _taken_apart(words: "pd.Series[str]") -> "tuple[list[Marks], npt.NDArray[np.int64], pd.Series[str]]":
    """What stands around numbers, which of these it is for each text, and the numbers as they are written.

    A number is blank where what stands around it is not understood.
    """
    import pandas as pd

    plain = words.str.normalize("NFKC").str.strip().str.translate(_ARABIC)
    for _ in range(2):  # a digit may stand between two blanks
        plain = plain.str.replace(_BETWEEN_DIGITS, r"\1\2", regex=True)
    numbers = plain.str.extract(f"({_NUMBER})", expand=False).fillna("")
    around, rests = pd.factorize(plain.str.replace(_NUMBER, "#", regex=True))
    understood = [marks_around(rest) if rest.count("#") == 1 else None for rest in rests]
    is_known = np.array([one is not None for one in understood], bool)[around]
    return [one or Marks() for one in understood], around, numbers.where(is_known, "").astype(str)


def _signs(own: npt.NDArray[Any], codes: "pd.Series[str] | None", head: str | None) -> npt.NDArray[Any]:
    """The currency of each value: of its own sign, else of the currency column, else of the column's name."""
    beside = codes.fillna("").to_numpy(object) if codes is not None else np.full(len(own), "", object)
    beside = np.where(beside == "", head or "", beside)
    return np.where(own == "", beside, own)


def _by_code(counts: Mapping[str, int], rates: Mapping[str, float | None]) -> dict[str, int]:
    """How many values are in each currency."""
    named: Counter[str] = Counter()
    for sign, n in counts.items():
        named[_code(sign, rates) if sign else _unsaid(counts, rates)] += n
    return dict(named)


def _code(sign: str, rates: Mapping[str, float | None]) -> str:
    """The currency a sign stands for; of several, the one that the mapping has a rate for, else the usual one."""
    if sign in rates:
        return sign
    meant = meanings(sign) or (sign,)
    given = [code for code in meant if code in rates]
    return given[0] if len(given) == 1 else meant[0]


def _unsaid(counts: Mapping[str, int], rates: Mapping[str, float | None]) -> str:
    """The currency of values without a sign: the only one there is, or the only one the mapping names, else EUR."""
    named = {_code(sign, rates) for sign in counts if sign} or set(rates)
    return next(iter(named)) if len(named) == 1 else EURO


def _rates(
    counts: Mapping[str, int], rates: Mapping[str, float | None], where: str
) -> tuple[dict[str, float], list[str]]:
    """Euros for one unit of each sign that is there, and what should be told; raises UnsureError."""
    named = {_code(sign, rates) for sign in counts if sign}
    strange = [code for code in named if not meanings(code) and code not in rates]
    if strange:
        name = strange[0][:40]
        raise InputError(
            f'{where}: "{name}" is no known currency; say what one is worth, `currency: {{{name}: {RATE}}}`'
        )
    if "" in counts and (len(named) > 1 or (not named and len(rates) > 1)):
        said = in_a_row(sorted(named or rates))
        question = f"{where}: {counted(counts[''], 'value')} without a currency while there are {said}"
        raise UnsureError(question, ["deals: {currency: COLUMN}"], also=", or give each value its sign")
    used = sorted(named | ({_unsaid(counts, rates)} if "" in counts else set()))
    unknown = [code for code in used if code != EURO and rates.get(code) is None]
    if unknown:
        raise _no_rate(used, unknown, counts, where)
    rate_of = {sign: _rate(_code(sign, rates), rates) for sign in counts if sign}
    if "" in counts:
        rate_of[""] = _rate(_unsaid(counts, rates), rates)
    notes = [f"{where}: one {code} counts as EUR {rates[code]:g}" for code in used if code != EURO]
    if "" in counts and named and used != [EURO]:
        notes.append(f"{where}: {counted(counts[''], 'value')} without a sign; they count as {used[0]} like the others")
    return rate_of, notes


def _rate(code: str, rates: Mapping[str, float | None]) -> float:
    return 1.0 if code == EURO else float(rates[code] or np.nan)


def _no_rate(used: list[str], unknown: list[str], counts: Mapping[str, int], where: str) -> UnsureError:
    signs = [f'{n:,} with "{sign}"' if sign else f"{n:,} without a sign" for sign, n in counts.items()]
    signs = [] if list(counts) == [""] else signs
    what = f"values are in {in_a_row(used)} ({in_a_row(signs)})" if signs else f"values are in {in_a_row(used)}"
    line = ", ".join(f"{code}: {RATE}" for code in unknown)
    other = next((meanings(sign) for sign in counts if len(meanings(sign)) > 1), ())
    also = f", with the euros that one of it is worth for {RATE}, e.g. 0.92"
    if other:
        also += f" (the sign may also be {in_a_row(other[1:])})"
    return UnsureError(f"{where}: {what}, and the model counts in EUR", [f"currency: {{{line}}}"], also=also)


def _told(marks: list[Marks], n_of: npt.NDArray[Any], head: Marks, where: tuple[str, str]) -> list[str]:
    """What was multiplied out."""
    file, column = where
    notes = []
    if head.times == MONTHS:
        notes.append(f'{file}: "{column}" is worth a month, as its name says; values are multiplied by 12, for a year')
    elif head.times != 1:
        notes.append(
            f'{file}: "{column}" counts in {head.times:,.10g}, as its name says; values are multiplied by that'
        )
    if strange := strange_in_name(column):
        notes.append(f'{file}: "{strange}" in the name of "{column}" is not understood; values count as they stand')
    of_word: Counter[tuple[str, float]] = Counter()
    for one, n in zip(marks, n_of, strict=True):
        if one.words:
            of_word[(" ".join(one.words), one.times)] += int(n)
    notes += [
        f'{file}, {column}: {counted(n, "value")} written with "{word}", multiplied by {times:,.10g}'
        for (word, times), n in of_word.items()
    ]
    return notes
