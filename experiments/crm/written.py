"""Dates and numbers as people and programs write them: `31-01-2018 19:58`, `1/31/18`, `1.234,50`."""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from experiments.crm.mapping import ORDERS
from experiments.crm.window import Days
from scenarios.input_errors import InputError

_THREE_NUMBERS = r"^(\d{1,4})[-./ ](\d{1,2})[-./ ](\d{1,4})(?!\d)"
_ISO = r"^\d{4}[-./ ]\d"
_PLACES = {"year-month-day": (0, 1, 2), "day-month-year": (2, 1, 0), "month-day-year": (2, 0, 1)}
_CENTURY = 2000  # of a year written with two digits
_BLANKS = re.compile(r"[\s'\u2019]")  # the Swiss write 1'234
_NUMBER = re.compile(r"[-+]?[.,\d]*\d[.,\d]*(?:[eE][-+]?\d+)?")
_WRITTEN = {
    sign: re.compile(
        rf"[-+]?(?:\d{{1,3}}(?:{mark}\d{{2,3}})*{mark}\d{{3}}|\d+)?(?:{re.escape(sign)}\d*)?(?:[eE][-+]?\d+)?"
    )
    for sign, mark in ((".", ","), (",", r"\."))
}
_CLEARLY = 10  # times as many numbers that can only be read one way as those that can only be read the other way


def read_dates(texts: "pd.Series[str]", ways: Sequence[str], where: str) -> Days:
    """The day each text says; NaT where there is none. Raises InputError where the order of day and month is open.

    `ways` are orders or formats, tried one after the other; without any the texts themselves have to tell. A year with
    four digits that comes first always means year-month-day. The time of day is left aside.
    """
    codes, different = pd.factorize(texts)
    words = pd.Series(different, dtype=object).astype(str)
    ways = ways or [_order_of(words, where)]
    days = np.full(len(words), np.datetime64("NaT"), "datetime64[D]")
    for way in ("year-month-day", *ways):
        is_open = np.isnat(days)
        if way == "year-month-day":
            is_open &= words.str.contains(_ISO).to_numpy(bool)
        if is_open.any():
            days[is_open] = _in_order(words[is_open], way) if way in ORDERS else _in_format(words[is_open], way)
    return np.asarray(days[codes]) if len(words) else np.empty(len(texts), "datetime64[D]")


def read_numbers(texts: "pd.Series[str]", decimal: str | None, where: str) -> npt.NDArray[np.float64]:
    """The number each text says, NaN where there is none; signs of currency and blanks are left out.

    With a decimal comma `1.234,50 EUR` is 1234.5. Without `decimal` the texts themselves have to tell; raises
    InputError where they do not: `1.234` may be one and a bit, or more than a thousand.
    """
    codes, different = pd.factorize(texts)
    words = [_digits(str(text)) for text in different]
    sign = decimal or _decimal_of(words, where)
    numbers = np.array([_number(word, sign) for word in words])
    return np.asarray(numbers[codes]) if len(numbers) else np.full(len(texts), np.nan)


def _digits(text: str) -> str:
    """The one number in a text as it stands there; nothing where there are several."""
    numbers = _NUMBER.findall(_BLANKS.sub("", text))
    minus = "-" if text.strip().startswith("(") else ""  # as bookkeepers write it
    return minus + numbers[0] if len(numbers) == 1 else ""


def _number(word: str, decimal: str) -> float:
    """A number written with this decimal sign, NaN for any other; thousands come in threes (or, in India, in twos)."""
    if not word or not _WRITTEN[decimal].fullmatch(word):
        return np.nan
    return float(word.replace("," if decimal == "." else ".", "").replace(decimal, "."))


def _decimal_of(words: Sequence[str], where: str) -> str:
    """The decimal sign that numbers give away; a point where none has a sign at all. Raises InputError."""
    signed = [word for word in words if "." in word or "," in word]
    by_point, by_comma = ([bool(_WRITTEN[sign].fullmatch(word)) for word in signed] for sign in (".", ","))
    n_point = sum(one and not other for one, other in zip(by_point, by_comma, strict=True))
    n_comma = sum(other and not one for one, other in zip(by_point, by_comma, strict=True))
    if n_point > _CLEARLY * n_comma or not signed:
        return "."
    if n_comma > _CLEARLY * n_point:
        return ","
    raise InputError(
        f'{where}: the decimal sign cannot be told (e.g. "{signed[0]}"); say `decimal: "."` or `decimal: ","` in the '
        "mapping"
    )


def _order_of(words: "pd.Series[str]", where: str) -> str:
    """The order of three numbers that the texts themselves give away; raises InputError if they do not."""
    parts = words.str.extract(_THREE_NUMBERS).dropna()
    if parts.empty or words.str.contains(_ISO).all():
        return ORDERS[0]
    parts = parts[parts[0].str.len() < 4].astype(int)
    is_day_first, is_month_first = bool((parts[0] > 12).any()), bool((parts[1] > 12).any())
    if is_day_first != is_month_first:
        return ORDERS[1] if is_day_first else ORDERS[2]
    if not len(parts):
        return ORDERS[0]
    found = "days and months both come first" if is_day_first else f'e.g. "{words[parts.index[0]]}"'
    raise InputError(
        f"{where}: the order of day and month cannot be told ({found}); say `dates: {ORDERS[1]}` or "
        f"`dates: {ORDERS[2]}` in the mapping"
    )


def _in_order(words: "pd.Series[str]", order: str) -> Days:
    parts = words.str.extract(_THREE_NUMBERS)
    year, month, day = (pd.to_numeric(parts[place], errors="coerce") for place in _PLACES[order])
    year = year.where(year >= 100, year + _CENTURY)
    days = pd.to_datetime(pd.DataFrame({"year": year, "month": month, "day": day}), errors="coerce")
    return np.asarray(days.to_numpy().astype("datetime64[D]"))


def _in_format(words: "pd.Series[str]", way: str) -> Days:
    return np.asarray(pd.to_datetime(words, format=way, errors="coerce").to_numpy().astype("datetime64[D]"))
