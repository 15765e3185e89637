"""Numbers and names as a reader wants them: three digits, a unit, and the sign where it matters."""

import math
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from experiments.statistics.paired import Interval

NOT_KNOWN = "not known"
MINUS = "\N{MINUS SIGN}"
_MOST_DIGITS = 3  # after the first
_STEPS = ((1e9, " bn"), (1e6, " M"), (1e3, " k"))
_NAMES = {
    "contribution_eur": "contribution",
    "bookings_eur": "bookings",
    "bookings_new_eur": "new bookings",
    "revenue_eur": "recognised revenue",
    "gross_margin_eur": "gross margin",
    "pay_eur": "pay",
    "programme_eur": "programme spending",
    "coordination_cost_eur": "cost of coordination",
    "bad_debt_eur": "bad debt",
    "cac_eur": "cost of winning a customer",
    "n_mql": "MQL",
    "n_sal": "SAL",
    "n_sql": "SQL",
    "n_won": "deals won",
    "n_lost": "opportunities lost",
    "n_own_opportunities": "opportunities reps found themselves",
    "n_reports": "reports on leads",
    "share_never_worked": "marketing leads never worked",
    "response_h_median": "first response to a lead",
    "cycle_days_median": "time from first contact to signature",
    "discount_mean": "discount",
    "quota_attainment_mean": "quota attainment",
    "share_reps_at_quota": "reps making quota",
    "selling_share": "share of rep hours spent selling",
    "hours_meeting": "hours with the other side",
    "belief_error_marketing": "error of Marketing's beliefs",
    "belief_error_sales": "error of Sales' beliefs",
    "trust_sales_in_marketing": "trust of Sales in Marketing",
    "trust_marketing_in_sales": "trust of Marketing in Sales",
}
_SHARE_UNITS = ("share", "probability")


def name_of(outcome: str) -> str:
    """An outcome in words: `share_never_worked` is marketing leads never worked; an unlisted name loses its unit."""
    plain = outcome.removeprefix("n_").removesuffix("_eur").replace("_", " ")
    return _NAMES.get(outcome, plain)


def euro(value: float, *, signed: bool = False) -> str:
    """`euro(1_234_567)` is €1.23 M, `euro(-480_000)` is €480 k with a minus sign before it."""
    if math.isnan(value):
        return NOT_KNOWN
    if math.isinf(value):
        return f"{_sign(value, signed)}€∞"
    size = _three_digits(abs(value))
    for step, suffix in _STEPS:
        if size >= step:
            return f"{_sign(value, signed)}€{_decimals(size / step)}{suffix}"
    return f"{_sign(value, signed)}€{_decimals(size)}"


def euro_known(value: float, doubt: float, *, signed: bool = False) -> str:
    """Euros with no more digits than the doubt about them allows: `euro_known(923_456, 850_000)` is €0.9 M.

    The last digit shown is worth at most half the doubt (EUR, half of an interval); without one, as `euro`. However
    small the doubt is, there are no more than four digits.
    """
    if not math.isfinite(value) or not math.isfinite(doubt) or doubt <= 0:
        return euro(value, signed=signed)
    finest = abs(value) * 10**-_MOST_DIGITS or doubt
    step = 10.0 ** math.floor(math.log10(max(doubt / 2, finest)))
    rounded = round(value / step) * step
    if rounded == 0:
        return "about €0"
    size, (unit, suffix) = (
        abs(rounded),
        next((one for one in _STEPS if max(abs(rounded), step * 10) >= one[0]), (1.0, "")),
    )
    digits = max(0, round(math.log10(unit / step)))
    return f"{_sign(rounded, signed)}€{size / unit:,.{digits}f}{suffix}"


def from_to_known(interval: "Interval", *, signed: bool = False) -> str:
    """Both ends of an interval of euros, with no more digits than its width allows."""
    if not interval.is_known:
        return "interval not known"
    low, high = (euro_known(end, interval.half_width, signed=signed) for end in (interval.low, interval.high))
    return f"{low} to {high}"


def more_runs(n: int) -> str:
    """A number of runs to come, rounded up to two digits: 89 is 89, 1,234 is 1,300."""
    step = 10 ** max(0, len(str(n)) - 2)
    return f"{-(-n // step) * step:,}"


def percent(share: float, *, signed: bool = False) -> str:
    """`percent(0.0412)` is 4.1 %; from 100 % on without decimals, and never 0.0 % for what is not zero."""
    if math.isnan(share):
        return NOT_KNOWN
    size = abs(100 * share)
    if 0 < size < 0.05:
        return f"{_sign(share, signed)}<0.1 %"
    return f"{_sign(share, signed)}{size:,.{0 if size >= 99.95 else 1}f} %"


def probability(value: float, n: int | None = None) -> str:
    """`probability(0.987)` is 99 %; certainty is never claimed: above 99 %, below 1 %.

    Of a share of `n` cases no more is claimed than so many can show: 10 of 10 are above 91 %.
    """
    if math.isnan(value):
        return NOT_KNOWN
    least = max(0.01, 1 / (n + 1)) if n else 0.01
    if value > 1 - least:
        return f"above {100 * (1 - least):.0f} %"
    return f"below {max(1, round(100 * least))} %" if value < least else f"{100 * value:.0f} %"


def about_share(share: float) -> str:
    """A share that is known roughly: `about 30 %`, `nearly all`, `hardly any`."""
    if share >= 0.9:
        return "nearly all"
    return "hardly any" if share < 0.1 else f"about {round(10 * share) * 10} %"


def amount(value: float, unit: str, *, signed: bool = False) -> str:
    """A value with its unit: euros and shares in their own way, other numbers with three digits."""
    if math.isnan(value):
        return NOT_KNOWN
    if unit == "EUR" or unit.startswith("EUR/"):
        return euro(value, signed=signed) + unit[3:].replace("/", " a ")
    if unit in _SHARE_UNITS:
        return percent(value, signed=signed)
    return f"{number(value, signed=signed)} {_UNIT_WORDS.get(unit, unit)}".rstrip()


_UNIT_WORDS = {"-": "", "x": "times", "correlation": ""}


def duration(seconds: float) -> str:
    """`duration(4000)` is about 1 h 7 min."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return "less than a minute"
    return f"about {minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"about {minutes} min"


def number(value: float, *, signed: bool = False) -> str:
    """Three digits, thousands apart: `number(12345.6)` is 12,300."""
    if not math.isfinite(value):
        return NOT_KNOWN if math.isnan(value) else f"{_sign(value, signed)}∞"
    return f"{_sign(value, signed)}{_decimals(_three_digits(abs(value)))}"


def from_to(interval: "Interval", unit: str, *, signed: bool = False) -> str:
    """`€310 k to €650 k`, or `more than €310 k` where nothing bounds it; says so where the interval is not known."""
    if not interval.is_known or interval.low == math.inf or interval.high == -math.inf:
        return "interval not known"
    low, high = (amount(end, unit, signed=signed) for end in (interval.low, interval.high))
    if math.isinf(interval.high):
        return "interval not known" if math.isinf(interval.low) else f"more than {low}"
    if math.isinf(interval.low):
        return f"less than {high}"
    return joined(low, high, " to ")


def joined(first: str, second: str, between: str) -> str:
    """Two amounts with their unit said once: `20.0 → 24.0 %`; euros keep theirs, since thousands may meet millions."""
    unit = second.removeprefix(second.split(" ")[0])
    return f"{first if '€' in first else first.removesuffix(unit)}{between}{second}"


def counted(n: int, what: str) -> str:
    """`1 run`, `1,200 runs`, `2 companies`."""
    many = f"{what[:-1]}ies" if re.search("[^aeiou]y$", what) else f"{what}s"
    return f"{n:,} {what if n == 1 else many}"


def listed(parts: list[str]) -> str:
    """`a, b and c`."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def sentence(text: str) -> str:
    """With a capital first letter."""
    return text[:1].upper() + text[1:]


def _sign(value: float, signed: bool) -> str:
    if value < 0:
        return MINUS
    return "+" if signed and value > 0 else ""


def _three_digits(size: float) -> float:
    return float(f"{size:.3g}")


def _decimals(size: float) -> str:
    """Digits after the point so that three are shown: 1.23, 12.3, 123, 1,230."""
    digits = 0 if size >= 100 or size == 0 else 1 if size >= 10 else 2
    return f"{size:,.{digits}f}"
