"""Parameters whose values are not known, and between which limits they are looked for."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

import scenarios
from experiments.statistics.paired import Values
from scenarios import Scenario
from scenarios.input_errors import InputError
from scenarios.plausibility import values_at

_FACTOR = "x"
_WIDE = 10.0  # a range of positive numbers that spans so many times itself is searched in logarithms
_MIX = "x0.33:x3"
_LEAST, _MOST = 0.25, 4.0  # of the market and of deal values, as multiples of what the company has
_BESIDES = 2.0  # times what the data say directly, up and down


@dataclass(frozen=True)
class Times:
    """The data's figures as multiples of the company's, NaN where that is not known."""

    value: float = math.nan
    leads: float = math.nan


@dataclass(frozen=True)
class Uncertain:
    """A parameter and its prior: evenly spread from `low` to `high`, in logarithms if `is_log`.

    With `is_factor` its values are multiples of what the company has (`own`: that by path, several with a `*`).
    Values are passed round as places from 0 (low) to 1 (high).
    """

    path: str
    low: float
    high: float
    is_factor: bool
    is_log: bool
    own: Mapping[str, float]
    is_whole: bool = False

    def value(self, place: float) -> float:
        """The value at a place, e.g. the middle of 1 to 100 in logarithms is 10."""
        if self.is_log:
            return float(self.low * (self.high / self.low) ** place)
        return float(self.low + (self.high - self.low) * place)

    def place(self, value: float) -> float:
        """The place of a value, cut to 0..1."""
        if self.is_log:
            place = math.log(max(value, self.low) / self.low) / math.log(self.high / self.low)
        else:
            place = (value - self.low) / (self.high - self.low)
        return min(1.0, max(0.0, place))

    @property
    def own_value(self) -> float:
        """What the company has now: 1 for a factor."""
        return 1.0 if self.is_factor else float(np.mean(list(self.own.values())))

    def changes(self, place: float) -> dict[str, float]:
        """What to change in the company, path by path."""
        value = self.value(place)
        changes = {path: own * value if self.is_factor else value for path, own in self.own.items()}
        return {path: round(new) for path, new in changes.items()} if self.is_whole else changes


def changes_at(uncertain: Sequence[Uncertain], places: Values) -> dict[str, float]:
    """All changes at one point."""
    changes: dict[str, float] = {}
    for one, place in zip(uncertain, places, strict=True):
        changes |= one.changes(float(place))
    return changes


def parse_wishes(texts: Sequence[str], company: Scenario) -> list[Uncertain]:
    """`["market.share_ready=0.1:0.4", "channels.*.contacts_max=x0.5:x2"]` for a company; raises InputError.

    A range with x is of multiples of what the company has.
    """
    uncertain: dict[str, Uncertain] = {}
    for text in texts:
        one = _parsed(text, company)
        for path in one.own:
            if other := next((known for known in uncertain.values() if path in known.own), None):
                raise InputError(f"{path} is to be fitted twice, by {other.path} and by {one.path}; name it once")
        uncertain[one.path] = one
    if not uncertain:
        raise InputError("there is nothing to fit; say --fit PATH=LOW:HIGH")
    return list(uncertain.values())


def usual_wishes(company: Scenario, channels: Sequence[str], times: Times) -> Iterator[str]:
    """What is fitted if nothing is said, as texts like those of `--fit`.

    How many prospects there are, how many each channel reaches and how many of these will never fit; how fast buyers
    move; how soon the projects of early leads start; what rivals take from a win (or, of several segments, how many
    prospects are ready); and what deals are worth, if the data say it. Limits are the plausible ranges, widened to hold
    what the company has and what the data say directly (`times`).
    """
    yield f"market.prospects_per_day={_around(times.leads)}"
    for channel in channels:
        if channel in company.channels and company.channels[channel].contacts_max > 0:
            yield f"channels.{channel}.contacts_max={_MIX}"
            yield _plausible(company, f"channels.{channel}.pull_never_fit", "channels.*.pull_never_fit")
    yield f"segments.*.buyer_pace_d={_MIX}"
    yield _plausible(company, "market.project_lag_d")
    if len(company.segments) == 1:
        segment = next(iter(company.segments))
        yield _plausible(company, f"segments.{segment}.competition", "segments.*.competition")
    else:
        yield _plausible(company, "market.share_ready")
    if not math.isnan(times.value):
        yield f"segments.*.deal_value_eur={_around(times.value)}"


def _around(times: float) -> str:
    """A range of multiples that holds what the company has, and what the data say if they do."""
    said = 1.0 if math.isnan(times) or times <= 0 else times
    return f"x{min(_LEAST, said / _BESIDES):.3g}:x{max(_MOST, said * _BESIDES):.3g}"


def _plausible(company: Scenario, path: str, declared: str | None = None) -> str:
    parameter = next(parameter for parameter in scenarios.parameters() if parameter.path == (declared or path))
    assert parameter.plausible is not None
    _, own = next(values_at(company, tuple(path.split("."))))
    return f"{path}={min(parameter.plausible[0], own):g}:{max(parameter.plausible[1], own):g}"


def _parsed(text: str, company: Scenario) -> Uncertain:
    path, equals, span = text.partition("=")
    path = path.strip()
    low_text, colon, high_text = (part.strip() for part in span.partition(":"))
    is_factor = low_text.startswith(_FACTOR) and high_text.startswith(_FACTOR)
    try:
        low, high = (float(end.removeprefix(_FACTOR) if is_factor else end) for end in (low_text, high_text))
    except ValueError:
        equals = ""
    if not equals or not colon:
        raise InputError(
            f'"{text}" is no range to fit; write it like market.share_ready=0.1:0.4, or with multiples of '
            "what the company has like channels.*.contacts_max=x0.5:x2"
        )
    if not low < high or not math.isfinite(high - low):
        raise InputError(f"{path}: the range {low:g} to {high:g} is upside down or empty")
    own = _own_values(path, company)
    if is_factor and (low <= 0 or any(value == 0 for value in own.values())):
        raise InputError(f"{path}: multiples must be above 0, and so must what the company has")
    is_whole = all(type(value) is int for value in own.values())
    parsed = Uncertain(path, low, high, is_factor, low > 0 and (is_factor or high >= _WIDE * low), own, is_whole)
    for place in (0.0, 1.0):
        scenarios.with_changes(company, parsed.changes(place))
    return parsed


def _own_values(path: str, company: Scenario) -> dict[str, float]:
    """What the company has at a path, several values with a `*`; raises InputError."""
    try:
        own = {".".join(keys): value for keys, value in values_at(company, tuple(path.split(".")))}
    except (KeyError, AttributeError, TypeError):
        scenarios.with_changes(company, {path: 0})  # says what is wrong with it
        raise
    for name, value in own.items():
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise InputError(f"{name} is no number; only numbers can be fitted")
    if not own:
        raise InputError(f"{path} stands for nothing in {company.name}")
    return own
