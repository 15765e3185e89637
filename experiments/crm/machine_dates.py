"""Dates as machines count them: 20240131, days of a spreadsheet, seconds or milliseconds since 1970."""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from experiments.crm.unsure import UnsureError

if TYPE_CHECKING:
    import pandas as pd

Days = npt.NDArray[np.datetime64]
_SPREADSHEET_DAY_0 = np.datetime64("1899-12-30")
_LAST_YEAR = 9999  # of a calendar; that itself means never
_SERIALS = (20_000, 73_051)  # from 1954 to the end of the century
_SECONDS = (631_152_000, 4_102_444_800)  # from 1990 to the end of the century
_DIVISORS = {1: "seconds", 1_000: "milliseconds", 1_000_000: "microseconds", 1_000_000_000: "nanoseconds"}


def calendar_days(year: npt.NDArray[np.int64], month: npt.NDArray[np.int64], day: npt.NDArray[np.int64]) -> Days:
    """Days of the calendar; NaT where there is no such day, as on 31 February."""
    is_month = (month >= 1) & (month <= 12) & (year >= 1) & (year < _LAST_YEAR)
    months = (np.where(is_month, year, 1970) - 1970).astype("datetime64[Y]").astype("datetime64[M]")
    months = months + np.where(is_month, month - 1, 0)
    first, after = months.astype("datetime64[D]"), (months + 1).astype("datetime64[D]")
    is_day = is_month & (day >= 1) & (day <= (after - first).astype(np.int64))
    return np.where(is_day, first + (np.where(is_day, day, 1) - 1), np.datetime64("NaT")).astype("datetime64[D]")


def read_machine_dates(words: "pd.Series[str]", where: str, zone: str | None) -> tuple[Days, tuple[str, ...], bool]:
    """The days that bare numbers say, what they were read as, and whether they are months only.

    NaT for other words. Raises UnsureError for six digits that may be a month or a day.
    """
    import pandas as pd

    days = np.full(len(words), np.datetime64("NaT"), "datetime64[D]")
    is_number = words.str.fullmatch(r"\d{5,19}(?:[.,]\d*)?").to_numpy(bool)
    if not is_number.any():
        return days, (), False
    digits = words.where(pd.Series(is_number, index=words.index), "").str.replace(r"[.,].*$", "", regex=True)
    sizes = digits.str.len().to_numpy(np.int64)
    read: list[str] = []
    whole = pd.to_numeric(digits, errors="coerce").fillna(0).to_numpy(np.float64)
    is_serial = is_number & (sizes == 5) & (whole >= _SERIALS[0]) & (whole < _SERIALS[1])
    if is_serial.any():
        days[is_serial] = _SPREADSHEET_DAY_0 + whole[is_serial].astype(np.int64)
        read.append("days of a spreadsheet")
    for size in (8, 12, 14):
        _fill(days, is_number & (sizes == size), _compact(digits), "year, month and day without signs", read)
    for divisor, name in _DIVISORS.items():
        _fill(days, is_number, _since_1970(whole / divisor, zone), f"{name} since 1970", read)
    is_month = _read_six(days, digits.where(pd.Series(is_number & (sizes == 6), index=words.index), ""), where)
    return days, (*read, *(["year and month without signs"] if is_month else [])), is_month


def _fill(days: Days, which: npt.NDArray[np.bool_], found: Days, name: str, read: list[str]) -> None:
    """Put in the days that are found where there is none yet, and note how they were read."""
    which = which & np.isnat(days) & ~np.isnat(found)
    days[which] = found[which]
    if which.any():
        read.append(name)


def _compact(digits: "pd.Series[str]") -> Days:
    """20240131, also with a time of day behind it."""
    year, month, day = (_slice(digits, start, stop) for start, stop in ((0, 4), (4, 6), (6, 8)))
    days = calendar_days(year, month, day)
    return np.where((year >= 1900) & (year < 2100), days, np.datetime64("NaT")).astype("datetime64[D]")


def _slice(digits: "pd.Series[str]", start: int, stop: int) -> npt.NDArray[np.int64]:
    import pandas as pd

    return pd.to_numeric(digits.str.slice(start, stop), errors="coerce").fillna(0).to_numpy(np.int64)


def _since_1970(seconds: npt.NDArray[np.float64], zone: str | None) -> Days:
    """Days of moments, in a time zone (UTC if none is given)."""
    import pandas as pd

    is_moment = (seconds >= _SECONDS[0]) & (seconds < _SECONDS[1])
    whole = np.where(is_moment, seconds, 0).astype(np.int64)
    moments = pd.Series(whole.astype("datetime64[s]"))
    if zone is not None:
        moments = moments.dt.tz_localize("UTC").dt.tz_convert(zone).dt.tz_localize(None)
    days = moments.to_numpy().astype("datetime64[D]")
    return np.where(is_moment, days, np.datetime64("NaT")).astype("datetime64[D]")


def _read_six(days: Days, digits: "pd.Series[str]", where: str) -> bool:
    """Six digits: 202401 is a month, 240131 a day; raises UnsureError if all could be either."""
    is_six = (digits != "").to_numpy(bool)
    if not is_six.any():
        return False
    first, second, third = (_slice(digits, start, start + 2) for start in (0, 2, 4))
    ones = np.ones(len(digits), np.int64)
    months = calendar_days(first * 100 + second, third, ones)
    months[(first != 20) & (first != 19)] = np.datetime64("NaT")
    whole = calendar_days(first + np.where(first < 70, 2000, 1900), second, third)
    n_months, n_days = (int((~np.isnat(one[is_six])).sum()) for one in (months, whole))
    if n_months == n_days and n_months:
        example = digits[is_six].iloc[0]
        raise UnsureError(f'{where}: "{example}" may be a month or a day', ['dates: "%Y%m"', 'dates: "%y%m%d"'])
    days[is_six] = (months if n_months > n_days else whole)[is_six]
    return n_months > n_days
