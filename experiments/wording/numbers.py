"""Numbers and names as a reader wants them: three digits, a unit, and the sign where it matters."""

import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from experiments.wording.language import ENGLISH, counted_form, language, say, term

if TYPE_CHECKING:
    from experiments.statistics.paired import Interval

NOT_KNOWN = "not known"
MINUS = "\N{MINUS SIGN}"
_MOST_DIGITS = 3  # after the first
_MANY = 5  # takes the form of numbers that are not whole
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
    return term(_NAMES.get(outcome, plain))


def euro(value: float, *, signed: bool = False) -> str:
    """`euro(1_234_567)` is €1.23 M, `euro(-480_000)` is €480 k with a minus sign before it."""
    if math.isnan(value):
        return say("not known")
    if math.isinf(value):
        return _sign(value, signed) + _money("∞", "")
    size = _three_digits(abs(value))
    step, suffix = next((one for one in language().steps if size >= one[0]), (1.0, ""))
    return _sign(value, signed) + _money(_decimals(size / step), suffix)


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
        return say("about €0")
    large = max(abs(rounded), step * 10)
    unit, suffix = next((one for one in language().steps if large >= one[0]), (1.0, ""))
    digits = max(0, round(math.log10(unit / step)))
    return _sign(rounded, signed) + _money(written(abs(rounded) / unit, f",.{digits}f"), suffix)


def from_to_known(interval: "Interval", *, signed: bool = False) -> str:
    """Both ends of an interval of euros, with no more digits than its width allows."""
    if not interval.is_known:
        return say("interval not known")
    low, high = (euro_known(end, interval.half_width, signed=signed) for end in (interval.low, interval.high))
    return say("{low} to {high}", low=low, high=high)


def more_runs(n: int) -> str:
    """A number of runs to come, rounded up to two digits: 89 is 89, 1,234 is 1,300."""
    step = 10 ** max(0, len(str(n)) - 2)
    return written(-(-n // step) * step)


def percent(share: float, *, signed: bool = False) -> str:
    """`percent(0.0412)` is 4.1 %; from 100 % on without decimals, and never 0.0 % for what is not zero."""
    if math.isnan(share):
        return say("not known")
    size = abs(100 * share)
    if 0 < size < 0.05:
        return f"{_sign(share, signed)}<{_share(0.1, '.1f')}"
    return _sign(share, signed) + _share(size, f",.{0 if size >= 99.95 else 1}f")


def probability(value: float, n: int | None = None) -> str:
    """`probability(0.987)` is 99 %; certainty is never claimed: above 99 %, below 1 %.

    Of a share of `n` cases no more is claimed than so many can show: 10 of 10 are above 91 %.
    """
    if math.isnan(value):
        return say("not known")
    least = max(0.01, 1 / (n + 1)) if n else 0.01
    if value > 1 - least:
        return say("above {share}", share=whole_percent(1 - least))
    return say("below {share}", share=whole_percent(least)) if value < least else whole_percent(value)


def about_share(share: float) -> str:
    """A share that is known roughly: `about 30 %`, `nearly all`, `hardly any`."""
    if share >= 0.9:
        return say("nearly all")
    return say("hardly any") if share < 0.1 else say("about {share}", share=whole_percent(round(10 * share) / 10))


def whole_percent(share: float, *, signed: bool = False, digits: int = 0) -> str:
    """A share with no more digits than anybody needs: `34 %`, `+7 %`."""
    rounded = round(100 * share, digits)
    return _sign(rounded, signed) + _share(abs(rounded), f".{digits}f")


def amount(value: float, unit: str, *, signed: bool = False) -> str:
    """A value with its unit: euros and shares in their own way, other numbers with three digits."""
    if math.isnan(value):
        return say("not known")
    if unit == "EUR" or unit.startswith("EUR/"):
        each = say(" a {unit}", unit=term(unit[4:])) if len(unit) > 3 else ""
        return euro(value, signed=signed) + each
    if unit in _SHARE_UNITS:
        return percent(value, signed=signed)
    words = counted_form(_MANY, unit) or term(_UNIT_WORDS.get(unit, unit))
    return f"{number(value, signed=signed)}{language().gap}{words}".rstrip()


_UNIT_WORDS = {"-": "", "x": "times", "correlation": ""}


def duration(seconds: float) -> str:
    """`duration(4000)` is about 1 h 7 min."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return say("less than a minute")
    if minutes >= 60:
        return say("about {hours} h {minutes} min", hours=minutes // 60, minutes=minutes % 60)
    return say("about {minutes} min", minutes=minutes)


def number(value: float, *, signed: bool = False) -> str:
    """Three digits, thousands apart: `number(12345.6)` is 12,300."""
    if not math.isfinite(value):
        return say("not known") if math.isnan(value) else f"{_sign(value, signed)}∞"
    return f"{_sign(value, signed)}{_decimals(_three_digits(abs(value)))}"


def from_to(interval: "Interval", unit: str, *, signed: bool = False) -> str:
    """`€310 k to €650 k`, or `more than €310 k` where nothing bounds it; says so where the interval is not known."""
    if not interval.is_known or interval.low == math.inf or interval.high == -math.inf:
        return say("interval not known")
    low, high = (amount(end, unit, signed=signed) for end in (interval.low, interval.high))
    if math.isinf(interval.high):
        return say("interval not known") if math.isinf(interval.low) else say("more than {low}", low=low)
    if math.isinf(interval.low):
        return say("less than {high}", high=high)
    return say("{low} to {high}", low=_without_unit(low, high), high=high)


def joined(first: str, second: str, between: str) -> str:
    """Two amounts with their unit said once: `20.0 → 24.0 %`; euros keep theirs, since thousands may meet millions."""
    return f"{_without_unit(first, second)}{between}{second}"


def _without_unit(first: str, second: str) -> str:
    unit = second.removeprefix(re.split(r"\s", second)[0])
    return first if "€" in first else first.removesuffix(unit)


def counted(n: int, what: str) -> str:
    """`1 run`, `1,200 runs`, `2 companies`."""
    form = counted_form(n, what)
    if form is not None:
        return f"{written(n)}{language().gap}{form}"
    many = f"{what[:-1]}ies" if re.search("[^aeiou]y$", what) else f"{what}s"
    return f"{written(n)} {what if n == 1 else many}"


def listed(parts: list[str]) -> str:
    """`a, b and c`."""
    among, last = language().among, language().last
    return last.join([among.join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def with_commas(parts: Sequence[str]) -> str:
    """`a, b, c`."""
    return language().comma.join(parts)


def with_semicolons(parts: Sequence[str]) -> str:
    """`a; b; c`."""
    return language().semicolon.join(parts)


def in_brackets(amount: str, inside: str) -> str:
    """`+€0.9 M (+12 %)`."""
    return say("{amount} ({inside})", amount=amount, inside=inside)


def written(value: float, how: str = ",") -> str:
    """A number as Python formats it, with the decimal sign and the thousands of the language: `1,234.5`."""
    text, spoken = format(value, how), language()
    if spoken is ENGLISH:
        return text
    return text.translate({ord(","): spoken.thousands, ord("."): spoken.decimal, ord("-"): MINUS})


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
    return written(size, f",.{digits}f")


def _money(digits: str, suffix: str) -> str:
    return language().money.format(digits, suffix)


def _share(size: float, how: str) -> str:
    return language().share.format(written(size, how))
