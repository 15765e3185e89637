"""Parameters and their values as a reader says them."""

from collections.abc import Mapping
from typing import Any

import scenarios
from experiments.wording.language import ENGLISH, language, parameter_name, say, term
from experiments.wording.numbers import number, sentence, with_commas, written
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
        return say("none")
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, float):
        return written(value, ",.10g")
    if isinstance(value, list | tuple):
        return with_commas([in_words(item) for item in value])
    return term(str(value).replace("_", " "))


def rounded(value: Any) -> str:
    """A value as a reader says it, numbers that are not whole with three digits."""
    if value != value:
        return say("none")
    return number(value) if isinstance(value, float) else in_words(value)


def in_unit(path: str, value: Any) -> str:
    """A value for a table of its own unit: shares in percent."""
    parameter = declared(path)
    is_share = parameter is not None and parameter.unit == "share" and isinstance(value, float)
    return language().share.format(written(100 * value, ".3g")) if is_share else in_words(value)


def meaning(path: str) -> str:
    """What a parameter means, with its unit; its path where it has no meaning of its own."""
    parameter = declared(path)
    if parameter is None:
        return path
    if language() is not ENGLISH:
        return sentence(parameter_words(path))
    unit = f" ({parameter.unit})" if parameter.unit not in ("-", "share") else ""
    return f"{parameter.meaning.split('; ')[0].rstrip('.')}{unit}"


def declared(path: str) -> Parameter | None:
    """The declaration of a parameter; `segments.x.complexity` is that of every segment's, and a day changes nothing."""
    path = path.removeprefix("calendar.").partition("@")[0]
    return next((parameter for parameter in scenarios.parameters() if parameter.path == _of_all(path)), None)


def _of_all(path: str) -> str:
    """`segments.smb.complexity` as it is declared: `segments.*.complexity`."""
    keys = path.split(".")
    return ".".join([keys[0], "*", *keys[2:]]) if keys[0] in ("segments", "channels", "products") else path


def parameter_words(path: str) -> str:
    """A parameter in words: `practices.hand_off_delay_d` is hand off delay days; with `@9` behind it from day 9 on."""
    path, _, day = path.partition("@")
    keys = path.split(".")
    words = parameter_name(_of_all(path)) or " ".join(_SHORT.get(word, word) for word in keys[-1].split("_"))
    if keys[0] in ("segments", "channels") and len(keys) > 2 and keys[1] != "*":
        words = say("{words} of {group}", words=words, group=keys[1])
    return say("{words} from day {day} on", words=words, day=day) if day else words


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
