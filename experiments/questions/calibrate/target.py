"""What is compared between data and model: one number each, measured by the same function on both sides."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from experiments.crm.known_leads import KnownLeads
from experiments.crm.window import Window, month_after
from experiments.statistics.paired import Values
from scenarios.input_errors import InputError

FITTED, HELD_OUT, SHOWN = "fitted", "held out", "shown"
FEWEST_LEADS = 30  # of a channel in a month, for the share that was won to say anything
_NEVER = np.iinfo(np.int64).max // 2  # the day an open lead is won
_FIRST_DAY = date(1970, 1, 1).toordinal()  # day 0 of numpy
_FAIR_PART = 0.25  # of the days fitted, whose leads must be followed to the end of a horizon
_QUANTILES = {"days_p25": 0.25, "days_p50": 0.50, "days_p75": 0.75}
_UNITS = {"leads": "leads", "won": "deals", "won_share": "share", "deals_a_rep": "deals", "top_rep_share": "share"}


@dataclass(frozen=True)
class Target:
    """One number to measure: of leads first contacted from `first` until before `end`, by one `channel` or by all.

    `horizon_d`: calendar days each lead is followed; leads that came too late to be followed so long before
    `known_until` (the first day nothing is known of) do not count. `month` is set if it is a figure of one month.
    """

    kind: str
    role: str
    first: date
    end: date
    known_until: date
    month: date | None = None
    channel: str | None = None
    horizon_d: int | None = None

    @property
    def name(self) -> str:
        """A short name for tables, e.g. `won_share/30d/2018-01/social`; each target of a list has its own."""
        when = f"{self.month:%Y-%m}" if self.month else f"{self.first}..{self.end}"
        within = [f"{self.horizon_d}d"] if self.horizon_d else []
        return "/".join([self.kind, *within, when, *([self.channel] if self.channel else [])])

    @property
    def unit(self) -> str:
        """What it is counted in."""
        if self.kind in _QUANTILES:
            return "calendar days"
        return _UNITS.get(self.kind, "EUR" if self.kind == "value_median" else "log points")


@dataclass(frozen=True)
class Measured:
    """What was found for a target: the value, of how many it is made, and its sampling error (one standard error)."""

    value: float
    n: int
    error: float


def targets_of(window: Window, channels: Sequence[str], *, has_reps: bool, has_values: bool) -> list[Target]:
    """All targets of a window: those to fit, the monthly ones held out, and some that are only shown.

    Raises InputError if the fitted part is too short to follow any lead for the shortest horizon.
    """
    targets = [*_fitted(window, channels, has_values), *_held_out(window, channels)]
    if has_reps:
        span = (window.leads_from, window.fitted_until, window.fitted_until)
        targets += [Target(kind, SHOWN, *span) for kind in ("deals_a_rep", "top_rep_share")]
    return targets


def measure(leads: KnownLeads, targets: Sequence[Target]) -> Values:
    """The value of each target; NaN where there is nothing to measure it on."""
    known = _InOrder(leads)
    return np.array([_KINDS[target.kind][0](known.sample(target)) for target in targets])


def measure_with_error(leads: KnownLeads, targets: Sequence[Target]) -> list[Measured]:
    """The value of each target with its sampling error.

    Counts are taken as Poisson, shares as binomial; of a median or quartile the error is half the distance between the
    values one standard error of rank to either side.
    """
    measured, known = [], _InOrder(leads)
    for target in targets:
        value, error = _KINDS[target.kind]
        sample = known.sample(target)
        measured.append(Measured(value(sample), len(sample), error(sample)))
    return measured


def _fitted(window: Window, channels: Sequence[str], has_values: bool) -> Iterator[Target]:
    span = (window.leads_from, window.fitted_until, window.fitted_until)
    months = [month for month in window.months_of_deals if month_after(month) <= window.fitted_until]
    horizons = _horizons_to_fit(window)
    for month in months:
        of_month = (month, month_after(month), window.fitted_until, month)
        yield Target("leads", FITTED, *of_month)
        yield Target("won", FITTED, *of_month)
        for days in horizons:
            if _followed_until(window, days) >= month_after(month):
                yield Target("won_share", FITTED, *of_month, horizon_d=days)
                if days == horizons[0]:
                    yield Target("days_p50", FITTED, *of_month, horizon_d=days)
                for channel in channels if days == horizons[0] else ():
                    yield Target("won_share", SHOWN, *of_month, channel=channel, horizon_d=days)
        yield from (Target("leads", SHOWN, *of_month, channel=channel) for channel in channels)
    for days in horizons:
        yield Target("won_share", FITTED, *span, horizon_d=days)
    for channel in channels:
        yield Target("leads", FITTED, *span, channel=channel)
        yield Target("won_share", FITTED, *span, channel=channel, horizon_d=horizons[0])
    yield from (Target(kind, FITTED, *span, horizon_d=horizons[-1]) for kind in _QUANTILES)
    if has_values:
        yield Target("value_median", FITTED, *span)
        yield Target("value_sigma", SHOWN, *span)


def _horizons_to_fit(window: Window) -> list[int]:
    """Days for which a fair part of the fitted leads can be followed; raises InputError if there are none."""
    enough = window.leads_from + (window.fitted_until - window.leads_from) * _FAIR_PART
    horizons = [days for days in window.horizons_d if _followed_until(window, days) >= enough]
    if not horizons:
        raise InputError(
            f"of the leads from {window.leads_from} to {window.fitted_until} too few can be followed for "
            f"{window.horizons_d[0]} days; fit a longer part (window.fitted_until) or give shorter horizons_d"
        )
    return horizons


def _followed_until(window: Window, days: int) -> date:
    """The first day whose leads cannot be followed for so many days before the held-out part begins."""
    return window.fitted_until - timedelta(days=days)


def _held_out(window: Window, channels: Sequence[str]) -> Iterator[Target]:
    end = window.deals_until + timedelta(days=1)
    for month in window.months_of_deals:
        if month >= window.fitted_until:
            yield Target("won", HELD_OUT, month, month_after(month), end, month)
    for month in window.months_of_leads:
        if month < window.fitted_until:
            continue
        of_month = (month, month_after(month), end, month)
        horizons = [days for days in window.horizons_d if month_after(month) + timedelta(days=days) <= end]
        yield Target("leads", HELD_OUT, *of_month)
        yield from (Target("leads", HELD_OUT, *of_month, channel=channel) for channel in channels)
        yield from (Target("won_share", HELD_OUT, *of_month, horizon_d=days) for days in horizons)
        for channel in channels if horizons else ():
            yield Target("won_share", HELD_OUT, *of_month, channel=channel, horizon_d=horizons[-1])
        if horizons:
            yield Target("days_p50", HELD_OUT, *of_month, horizon_d=horizons[-1])


class _InOrder:
    """Leads by day of first contact as whole numbers of days, so that those of a month are a slice."""

    def __init__(self, leads: KnownLeads) -> None:
        order = np.argsort(leads.contacted, kind="stable")
        self.channels = leads.channels
        self.contacted = leads.contacted[order].astype(np.int64)
        self.won = np.where(np.isnat(leads.won), _NEVER, leads.won.astype(np.int64))[order]
        self.won_in_order = np.sort(self.won)
        self.channel, self.rep, self.value = leads.channel[order], leads.rep[order], leads.value[order]

    def sample(self, target: Target) -> npt.NDArray[Any]:
        """What a target sums up: a mark per lead or deal, whether each lead was won, days to won, and so on."""
        first, end, known_until = (_number(day) for day in (target.first, target.end, target.known_until))
        if target.kind == "won":
            low, high = np.searchsorted(self.won_in_order, [first, min(end, known_until)])
            return self.won_in_order[low:high]
        if target.horizon_d is not None:
            end = min(end, known_until - target.horizon_d)
        low, high = np.searchsorted(self.contacted, [first, end])
        is_in: Any = slice(low, high)
        if target.channel is not None:
            is_in = low + np.flatnonzero(self.channel[is_in] == self.channels.index(target.channel))
        if target.kind == "leads":
            return np.asarray(self.contacted[is_in])
        return self._of_deals(target, is_in, known_until)

    def _of_deals(self, target: Target, is_in: Any, known_until: int) -> npt.NDArray[Any]:
        won = self.won[is_in] < known_until
        days = self.won[is_in] - self.contacted[is_in]
        if target.horizon_d is not None:
            won &= days < target.horizon_d
        if target.kind == "won_share":
            return np.asarray(won)
        if target.kind in _QUANTILES:
            return np.asarray(days[won], np.float64)
        if target.kind.startswith("value_"):
            values = self.value[is_in][won]
            return np.asarray(values[values > 0])
        reps = self.rep[is_in][won]
        return np.unique(reps[reps >= 0], return_counts=True)[1].astype(np.float64)


def _number(day: date) -> int:
    return day.toordinal() - _FIRST_DAY


def _share_error(won: npt.NDArray[Any]) -> float:
    """Binomial, with half a lead more on both sides, so that none of ten is not known for sure."""
    share = (won.sum() + 0.5) / (len(won) + 1)
    return math.sqrt(share * (1 - share) / len(won)) if len(won) else math.nan


def _quantile_error(sample: Values, share: float) -> float:
    if len(sample) < 2:
        return math.nan
    reach = math.sqrt(share * (1 - share) / len(sample))
    low, high = np.quantile(sample, [max(0.0, share - reach), min(1.0, share + reach)])
    return max(float(high - low) / 2, 0.5 / math.sqrt(len(sample)))  # days are counted whole


def _quantile(share: float) -> tuple[Callable[[Values], float], Callable[[Values], float]]:
    return (
        lambda sample: float(np.quantile(sample, share)) if len(sample) else math.nan,
        lambda sample: _quantile_error(sample, share),
    )


def _mean(sample: npt.NDArray[Any]) -> float:
    return float(sample.mean()) if len(sample) else math.nan


def _mean_error(sample: Values) -> float:
    return float(sample.std(ddof=1)) / math.sqrt(len(sample)) if len(sample) > 1 else math.nan


def _log_sd(sample: Values) -> float:
    return float(np.log(sample).std(ddof=1)) if len(sample) > 1 else math.nan


def _top_share(sample: Values) -> float:
    return float(sample.max() / sample.sum()) if len(sample) else math.nan


def _top_error(sample: Values) -> float:
    share = _top_share(sample)
    return math.sqrt(share * (1 - share) / sample.sum()) if len(sample) else math.nan


_COUNT = (lambda sample: float(len(sample)), lambda sample: math.sqrt(max(1, len(sample))))
_KINDS: dict[str, tuple[Callable[[Any], float], Callable[[Any], float]]] = {
    "leads": _COUNT,
    "won": _COUNT,
    "won_share": (_mean, _share_error),
    **{kind: _quantile(share) for kind, share in _QUANTILES.items()},
    "value_median": _quantile(0.5),
    "value_sigma": (_log_sd, lambda sample: _log_sd(sample) / math.sqrt(2 * max(1, len(sample) - 1))),
    "deals_a_rep": (_mean, _mean_error),
    "top_rep_share": (_top_share, _top_error),
}
