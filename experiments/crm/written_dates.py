"""The days that a column of dates says, however people and programs write them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from experiments.crm.date_forms import Kind, Parts, parts_of
from experiments.crm.date_order import ORDERS, ordered
from experiments.crm.machine_dates import Days, calendar_days, read_machine_dates
from scenarios.input_errors import InputError

if TYPE_CHECKING:
    import pandas as pd

_TIME = r"(?:[T\s,]+(?:[^\d\s:]{1,5}\s*)?|(?:上午|下午|\s)+)\d{1,2}(?::\d{2}|时|時|h\d{2}).*$"
_ZONED = r"\d:\d{2}.*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})\s*$"
_NOT_MIDNIGHT = r"[1-9]:\d{2}|0:\d?[1-9]|1\d:"
_COMPACT_TIME = r"^(\d{8})T\d{4,6}.*$"
_WRAPPED = r"^/Date\((\d+)(?:[+-]\d{4})?\)/$"
_PLAIN_DAY = r"(?:\d{4}-\d{2}-\d{2})?"
_FIRST = 3  # values that are looked at before all are
_PLAIN_TIME = r"\d{4}-\d{2}-\d{2}[T ].*"
_LOOKED_AT = 2000
_SWAPPED_FROM = 12  # the first of three numbers from which a program does not take it for a month
_FEWEST_SWAPPED = 3


@dataclass(frozen=True)
class DateForm:
    """What a mapping says of dates: orders or formats (none: found out), and the time zone whose days count."""

    ways: tuple[str, ...] = ()
    zone: str | None = None


@dataclass(frozen=True)
class Dates:
    """A day for each text, NaT where there is none; how they are written, whether they are months only, and notes."""

    days: Days
    way: str
    is_months: bool = False
    notes: tuple[str, ...] = ()


def read_dates(texts: "pd.Series[str]", form: DateForm, where: str) -> Dates:
    """The day each text says. Raises UnsureError where the order of day and month is open.

    Order is decided on the whole column, never date by date; a year with four digits that comes first, a month that is
    a word and dates of machines are plain by themselves. The time of day is left aside, unless a time zone is given.
    """
    import pandas as pd

    plainest = None if any("%" in way for way in form.ways) else _plainest(texts)
    if plainest is not None:
        return Dates(plainest, ORDERS[0])
    notes = [] if form.zone else _offset_noted(texts.head(_LOOKED_AT), where)
    places, different = pd.factorize(texts if form.zone else _without_plain_times(texts))
    words = pd.Series(different, dtype=str)
    plain = words.str.normalize("NFKC").str.strip().str.lstrip("'").str.replace(_WRAPPED, r"\1", regex=True)
    plain = plain.str.replace(_COMPACT_TIME, r"\1", regex=True)
    days = np.full(len(words), np.datetime64("NaT"), "datetime64[D]")
    if form.zone:
        _put_in_zone(days, plain, form.zone)
    ways = _formats(days, plain, form.ways)
    days_of_machines, read, is_six = read_machine_dates(plain.where(np.isnat(days), ""), where, form.zone)
    days = np.where(np.isnat(days), days_of_machines, days)
    is_open = np.isnat(days) & (plain != "").to_numpy(bool)
    of_people, order, is_months = _of_people(plain[is_open], form.ways, where)
    days[is_open] = of_people
    _refuse_swapped(plain, days, where)
    months = is_six or is_months or any("%d" not in way for way in ways)
    name = ", ".join([*ways, *read, *([order] if order else [])]) or ORDERS[0]
    return Dates(days[places] if len(words) else days, name, months, tuple(notes))


def _formats(days: Days, words: "pd.Series[str]", ways: Sequence[str]) -> list[str]:
    """Read by the formats of the mapping; of those that tell day and month by their place, one is for the column."""
    import pandas as pd

    formats = [way for way in ways if "%" in way]
    found = {}
    for way in formats:
        try:
            read = pd.to_datetime(words, format=way, errors="coerce")
        except ValueError as error:
            raise InputError(f"dates: {way} is no format of dates ({error})") from None
        found[way] = np.asarray(read.to_numpy().astype("datetime64[D]"))
    numbered = [way for way in formats if "%d" in way and "%m" in way]
    best = max(numbered, key=lambda way: int((~np.isnat(found[way])).sum()), default=None)
    used = []
    for way in formats:
        fills = np.isnat(days) & ~np.isnat(found[way])
        if (way not in numbered or way == best) and fills.any():
            days[fills] = found[way][fills]
            used.append(way)
    return used


def _of_people(words: "pd.Series[str]", ways: Sequence[str], where: str) -> tuple[Days, str, bool]:
    """Dates of people: the days, in which order, and whether most are months only."""
    import pandas as pd

    without_time = words.str.replace(_TIME, "", regex=True).str.strip(" ,")
    places, different = pd.factorize(without_time)
    parts = [parts_of(str(text)) for text in different]
    days = np.full(len(parts), np.datetime64("NaT"), "datetime64[D]")
    plain = [place for place, one in enumerate(parts) if one and one.kind is not Kind.THREE]
    days[plain] = _days_of([one for one in (parts[place] for place in plain) if one])
    open_places = [place for place, one in enumerate(parts) if one and one.kind is Kind.THREE]
    order = ORDERS[0] if plain else ""
    orders = [way for way in ways if way in ORDERS]
    if open_places and (orders or not ways):
        three = [one for one in (parts[place] for place in open_places) if one]
        days[open_places], order = ordered(three, orders, (where, str(different[open_places[0]])))
    n_months = sum(one is not None and one.kind is Kind.MONTH for one in parts)
    return days[places] if len(parts) else days, order, n_months > len(parts) / 2


def _days_of(parts: list[Parts]) -> Days:
    numbers = np.array([(one.first, one.second, one.third) for one in parts], np.int64).reshape(-1, 3)
    return calendar_days(numbers[:, 0], numbers[:, 1], numbers[:, 2])


def _plainest(texts: "pd.Series[str]") -> Days | None:
    """The days of a column in which all are written like 2024-01-31 or blank; None for any other."""
    import pandas as pd

    if not texts.head(_FIRST).str.fullmatch(_PLAIN_DAY).all() or not texts.str.fullmatch(_PLAIN_DAY).all():
        return None
    places, different = pd.factorize(texts)
    words = pd.Series(different, dtype=str).replace("", "0000-00-00")
    parts = ((0, 4), (5, 7), (8, 10))
    year, month, day = (np.asarray(words.str.slice(*part).astype(int), np.int64) for part in parts)
    days = calendar_days(year, month, day)
    return days[places] if len(days) else np.full(len(texts), np.datetime64("NaT"), "datetime64[D]")


def _without_plain_times(texts: "pd.Series[str]") -> "pd.Series[str]":
    """Cut the time of day off the plainest dates, so that few different ones are left to read."""
    is_plain = texts.str.fullmatch(_PLAIN_TIME).fillna(False)
    return texts.where(~is_plain, texts.str.slice(0, 10)) if is_plain.any() else texts


def _offset_noted(texts: "pd.Series[str]", where: str) -> list[str]:
    """A note that days are as written where times name their offset from Greenwich."""
    late = texts[texts.str.contains(_ZONED).to_numpy(bool) & texts.str.contains(_NOT_MIDNIGHT).to_numpy(bool)]
    said = 'days are taken as written (e.g. "{}"); `time_zone: Europe/Berlin` would count the days there'
    return [f"{where}: {said.format(late.iloc[0])}"] if len(late) else []


def _put_in_zone(days: Days, words: "pd.Series[str]", zone: str) -> None:
    """Put in the days, in a time zone, of moments that name their offset from Greenwich."""
    import pandas as pd

    has_offset = words.str.contains(_ZONED).to_numpy(bool)
    if has_offset.any():
        moments = pd.to_datetime(words[has_offset], utc=True, errors="coerce", format="mixed").dt.tz_convert(zone)
        days[has_offset] = moments.dt.tz_localize(None).to_numpy().astype("datetime64[D]")


def _refuse_swapped(words: "pd.Series[str]", days: Days, where: str) -> None:
    """Raise InputError for a column of which a spreadsheet took one part for dates, with day and month changed."""
    texts = words.str.extract(r"^(\d{1,2})[-./](\d{1,2})[-./]\d{4}", expand=True).dropna()
    if len(texts) < _FEWEST_SWAPPED or (texts[0].astype(int) <= _SWAPPED_FROM).any():
        return
    others = ~np.isnat(days) & ~words.index.isin(texts.index)
    in_month = (days[others] - days[others].astype("datetime64[M]").astype("datetime64[D]")).astype(np.int64) + 1
    if others.sum() >= _FEWEST_SWAPPED and (in_month <= _SWAPPED_FROM).all():
        raise InputError(
            f'{where}: a spreadsheet has taken some dates for others: "{words[texts.index[0]]}" is left as text, no '
            f"other date lies after day {_SWAPPED_FROM} of a month; export the file again and open it as text"
        )
