"""Which days of the data count: from when leads and closings are looked at, until when, and what is held out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from scenarios.input_errors import InputError
from scenarios.run_length import DAYS_PER_QUARTER

Days = npt.NDArray[np.datetime64]
"""Calendar days (`datetime64[D]`)."""
HORIZONS_D = (30, 60, 90)
FITTED_SHARE = 0.6  # of the months of leads, if nothing is said
_FEWEST_MONTHS = 2
_A_WEEK = timedelta(days=7)
_LONGEST_GAP = np.timedelta64(366, "D")
_MOST_QUARTERS = 80  # as many as a run may have


@dataclass(frozen=True)
class Window:
    """The days that count, all inclusive but `fitted_until`, the first day of what is held out.

    Leads first contacted from `leads_from` to `leads_until` are looked at, and their deals until `deals_until`.
    `horizons_d`: calendar days after first contact within which conversions are compared.
    """

    leads_from: date
    leads_until: date
    deals_until: date
    fitted_until: date
    horizons_d: tuple[int, ...] = HORIZONS_D

    def __post_init__(self) -> None:
        if not self.leads_from < self.fitted_until <= self.deals_until or self.leads_until > self.deals_until:
            raise InputError(
                f"the window is out of order: leads from {self.leads_from} to {self.leads_until}, fitted until "
                f"{self.fitted_until}, deals until {self.deals_until}; each must come after the one before, and "
                "fitted_until after leads_from"
            )
        if not self.horizons_d or min(self.horizons_d) < 1:
            raise InputError(f"horizons_d are days after first contact, at least 1, not {list(self.horizons_d)}")

    @property
    def months_of_leads(self) -> tuple[date, ...]:
        """First days of the months that lie whole in the days of leads."""
        return _whole_months(self.leads_from, self.leads_until)

    @property
    def months_of_deals(self) -> tuple[date, ...]:
        """First days of the months that lie whole between the first lead and the last deal."""
        return _whole_months(self.leads_from, self.deals_until)

    @property
    def quarters(self) -> int:
        """Quarters of a run that hold all days."""
        n_days = int(np.busday_count(self.leads_from, self.deals_until + timedelta(days=1)))
        return max(1, -(-n_days // DAYS_PER_QUARTER))

    def calendar(self, n_days: int) -> Days:
        """The date of each of `n_days` simulated working days: Mondays to Fridays from the first day of leads on."""
        return np.asarray(np.busday_offset(np.datetime64(self.leads_from), np.arange(n_days), roll="forward"))


def window_of(mapped: dict[str, Any], contacted: Days, won: Days, place: Callable[[Any], str] | None = None) -> Window:
    """The window, as far as it is `mapped`, completed from the data; raises InputError if too little of it is left.

    What that leaves open: leads from the first day deals could close, or else the months in which leads came from the
    first week to the last; deals until the last one; fitted on the first 60 % of the whole months of leads. Leads that
    came before deals could close waited for nobody knows what, so they never count. `place` tells where a day stands.
    """
    if not len(contacted):
        raise InputError("no lead has an id and a date of first contact that can be read")
    place = place or (lambda day: "leads" if day in contacted.astype("datetime64[D]") else "deals")
    known_won = won[~np.isnat(won)]
    starts = [day for day in (mapped.get("leads_from"), mapped.get("closing_from")) if day]
    first, last = _day(contacted.min()), _day(contacted.max())
    latest_lead = last
    leads_from = max(starts) if starts else _first_month(first)
    leads_until = mapped.get("leads_until") or month_after(_last_month(last)) - timedelta(days=1)
    last = _day(known_won.max()) if len(known_won) else leads_until
    deals_until = mapped.get("deals_until") or max(last, leads_until)
    months = _whole_months(leads_from, leads_until)
    if len(months) < _FEWEST_MONTHS:
        raise InputError(
            f"first contacts lie from {first} to {latest_lead} ({place(contacted.min())}); the days that count have "
            f"fewer than {_FEWEST_MONTHS} whole months of leads; one is needed to fit and one to hold out"
        )
    latest = leads_until if mapped.get("leads_until") else latest_lead  # a wild date may lie behind the whole months
    _refuse_gaps(np.concatenate([contacted, known_won]), leads_from, max(leads_until, deals_until, latest), place)
    n_fitted = min(len(months) - 1, max(1, round(FITTED_SHARE * len(months))))
    fitted_until = mapped.get("fitted_until") or months[n_fitted]
    horizons = tuple(sorted(mapped.get("horizons_d") or HORIZONS_D))
    window = Window(leads_from, leads_until, deals_until, fitted_until, horizons)
    if window.quarters > _MOST_QUARTERS:
        raise InputError(
            f"the days that count, {leads_from} to {deals_until}, are {window.quarters} quarters, a run has at most "
            f"{_MOST_QUARTERS}; say which days count (window.leads_from, leads_until, deals_until) in the mapping"
        )
    return window


def _refuse_gaps(days: Days, first: date, last: date, place: Callable[[Any], str]) -> None:
    """Raise InputError for more than a year without any lead or deal: a single wrong date makes a window of decades."""
    days = np.sort(days.astype("datetime64[D]"))
    days = days[(days >= np.datetime64(first)) & (days <= np.datetime64(last))]
    gaps = np.diff(days)
    if len(gaps) and gaps.max() > _LONGEST_GAP:
        before, after = days[gaps.argmax() :][:2]
        odd = before if gaps.argmax() < len(gaps) / 2 else after
        raise InputError(
            f"{place(odd)}: between {before} and {after} there is no lead and no deal; that date must be wrong, or say "
            "in the mapping which days count (window.leads_from, leads_until, deals_until)"
        )


def month_after(month: date) -> date:
    """The first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _whole_months(first: date, last: date) -> tuple[date, ...]:
    month = first if first.day == 1 else month_after(first)
    months = []
    while month_after(month) - timedelta(days=1) <= last:
        months.append(month)
        month = month_after(month)
    return tuple(months)


def _first_month(first: date) -> date:
    """The first day of the first month that has leads from its first week on."""
    month = first.replace(day=1)
    return month if first - month < _A_WEEK else month_after(month)


def _last_month(last: date) -> date:
    """The first day of the last month that has leads until its last week."""
    month = last.replace(day=1)
    return month if month_after(month) - last <= _A_WEEK else (month - timedelta(days=1)).replace(day=1)


def _day(day: Any) -> date:
    as_date = day.astype("datetime64[D]").item()
    assert isinstance(as_date, date)
    return as_date
