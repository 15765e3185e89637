"""The order of day, month and year: one for a whole column, told by its dates or by the mapping."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from experiments.crm.date_forms import Parts, full_year
from experiments.crm.machine_dates import Days, calendar_days
from experiments.crm.unsure import UnsureError

YEAR_FIRST, DAY_FIRST, MONTH_FIRST = ORDERS = ("year-month-day", "day-month-year", "month-day-year")
"""How a date of three numbers may be written."""
_PLACES = {YEAR_FIRST: (0, 1, 2), DAY_FIRST: (2, 1, 0), MONTH_FIRST: (2, 0, 1)}
_MOST_YEARS = 15  # that a column of dates spans, where another order would make more of them


def ordered(parts: Sequence[Parts], allowed: Sequence[str], where: tuple[str, str]) -> tuple[Days, str]:
    """The days of three numbers each in the one order that fits them all best; `where` says place and an example.

    `allowed` are the orders of the mapping, none if it has none. Raises UnsureError where the order is open.
    """
    numbers = np.array([(one.first, one.second, one.third) for one in parts], np.int64).reshape(-1, 3)
    is_long = np.array([one.has_long_year for one in parts], bool)
    orders = list(allowed) or ([DAY_FIRST, MONTH_FIRST] if is_long.all() else list(ORDERS))
    days = {order: _in_order(numbers, is_long, order) for order in orders}
    return _chosen(days, is_said=bool(allowed), where=where)


def _in_order(numbers: npt.NDArray[np.int64], is_long: npt.NDArray[np.bool_], order: str) -> Days:
    year, month, day = (numbers[:, place] for place in _PLACES[order])
    full = np.array([full_year(int(one)) for one in year], np.int64)
    days = calendar_days(full, month, day)
    if order == YEAR_FIRST:
        days[is_long] = np.datetime64("NaT")  # the long number is the year
    return days


def _chosen(days: dict[str, Days], *, is_said: bool, where: tuple[str, str]) -> tuple[Days, str]:
    """The one order that reads what no other does and nothing less; raises UnsureError if there is none."""
    counts = {order: int((~np.isnat(one)).sum()) for order, one in days.items()}
    if is_said:
        most = max(counts.values(), default=0)
        best = [order for order, n in counts.items() if n == most]
        if len(best) == 1 or all(np.array_equal(days[best[0]], days[one], equal_nan=True) for one in best):
            return days[best[0]], best[0]
        raise _open(where, best)
    if not any(counts.values()):
        return next(iter(days.items()))[1], DAY_FIRST
    likely = _of_few_years(days)
    ahead = [one for one in likely if all(_reads_more(days[one], days[other]) for other in likely if other != one)]
    if len(ahead) == 1:
        return days[ahead[0]], ahead[0]
    mixed = (
        len(likely) > 1
        and all(counts[one] for one in likely)
        and not any(n == len(next(iter(days.values()))) for n in counts.values())
    )
    raise _open(where, likely, is_mixed=mixed)


def _of_few_years(days: dict[str, Days]) -> list[str]:
    """The orders by which there are few years, if by others there are many; else all."""
    years = {order: len(np.unique(one[~np.isnat(one)].astype("datetime64[Y]"))) for order, one in days.items()}
    few = [order for order, n in years.items() if 0 < n <= _MOST_YEARS]
    return few if few and any(n > _MOST_YEARS for n in years.values()) else list(days)


def _reads_more(one: Days, other: Days) -> bool:
    """Whether the first reads dates that the second does not, and none the other way round."""
    only_one, only_other = ~np.isnat(one) & np.isnat(other), ~np.isnat(other) & np.isnat(one)
    return bool(only_one.any()) and not bool(only_other.any())


def _open(where: tuple[str, str], orders: Sequence[str], *, is_mixed: bool = False) -> UnsureError:
    place, example = where
    found = "days and months both come first" if is_mixed else f'e.g. "{example}"'
    lines = [f"dates: {order}" for order in sorted(orders, key=(DAY_FIRST, MONTH_FIRST, YEAR_FIRST).index)]
    return UnsureError(f"{place}: the order of day and month cannot be told ({found})", lines)
