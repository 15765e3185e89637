"""Parameters and their values as a reader says them."""

from collections.abc import Mapping
from typing import Any

import scenarios
from experiments.wording.numbers import number
from scenarios import Parameter
from scenarios.calendar import is_planned

_SHORT = {
    "sla": "SLA",
    "mql": "MQL",
    "crm": "CRM",
    "sdr": "SDR",
    "sdrs": "SDRs",
    "eur": "EUR",
    "h": "hours",
    "d": "days",
}


def in_words(value: Any) -> str:
    """A value as a reader says it."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.10g}"
    if isinstance(value, list | tuple):
        return ", ".join(in_words(item) for item in value)
    return str(value).replace("_", " ")


def rounded(value: Any) -> str:
    """A value as a reader says it, numbers that are not whole with three digits."""
    if value != value:
        return "none"
    return number(value) if isinstance(value, float) else in_words(value)


def in_unit(path: str, value: Any) -> str:
    """A value for a table of its own unit: shares in percent."""
    parameter = declared(path)
    is_share = parameter is not None and parameter.unit == "share" and isinstance(value, float)
    return f"{100 * value:.3g} %" if is_share else in_words(value)


def meaning(path: str) -> str:
    """What a parameter means, with its unit; its path where it has no meaning of its own."""
    parameter = declared(path)
    if parameter is None:
        return path
    unit = f" ({parameter.unit})" if parameter.unit not in ("-", "share") else ""
    return f"{parameter.meaning.split('; ')[0].rstrip('.')}{unit}"


def declared(path: str) -> Parameter | None:
    """The declaration of a parameter; `segments.x.complexity` is that of every segment's, and a day changes nothing."""
    path = path.removeprefix("calendar.").partition("@")[0]
    keys = path.split(".")
    pattern = ".".join([keys[0], "*", *keys[2:]]) if keys[0] in ("segments", "channels", "products") else path
    return next((parameter for parameter in scenarios.parameters() if parameter.path == pattern), None)


def parameter_words(path: str) -> str:
    """A parameter in words: `practices.crm_delay_d` is CRM delay days, `practices.sla@9` SLA from day 9 on."""
    path, _, day = path.partition("@")
    words = path.split(".")
    group = f" of {words[1]}" if words[0] in ("segments", "channels") and len(words) > 2 and words[1] != "*" else ""
    begins = f" from day {day} on" if day else ""
    return " ".join(_SHORT.get(word, word) for word in words[-1].split("_")) + group + begins


def value_at(scenario: Any, path: str) -> Any:
    """The value at a dotted path; of the first segment or channel where all are meant.

    Of a change on the way (`practices.sla@63`) its value, or that of the first day where nothing is changed.
    """
    if is_planned(path):
        planned = scenario.calendar
        return planned[path] if path in planned else value_at(scenario, path.partition("@")[0])
    value = scenario
    for name in path.split("."):
        if isinstance(value, Mapping):
            value = next(iter(value.values())) if name == "*" else value.get(name)
        else:
            value = getattr(value, name, None)
    return value
