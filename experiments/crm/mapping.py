"""The mapping: which columns of a CRM export hold what, how dates and numbers are written, which days count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from scenarios.input_errors import InputError, did_you_mean, shown
from scenarios.yaml_file import Document, read_yaml

ORDERS = ("year-month-day", "day-month-year", "month-day-year")
"""How a date of three numbers may be written; another format is given as in `%d %b %Y`."""
LEAD_COLUMNS = {"id": True, "contacted": True, "channel": True}
DEAL_COLUMNS = {"lead": True, "won": True, "rep": False, "value": False}
_WINDOW_DAYS = ("closing_from", "leads_from", "leads_until", "deals_until", "fitted_until")
_SECTIONS = ("leads", "deals", "dates", "decimal", "encoding", "separator", "channels", "window", "horizons_d", "fit")


@dataclass(frozen=True)
class CrmMapping:
    """What a mapping file says.

    `leads` and `deals` map what we need to the names of columns. `channels` maps values of the channel column to the
    company's channels (the empty text is a lead without a channel). `dates` are orders or formats, tried one after the
    other, none to find out; `decimal` is found out too. `window` has days by name, and `horizons_d`. `fit` are wishes
    like `--fit`.
    """

    leads: Mapping[str, str]
    deals: Mapping[str, str]
    dates: tuple[str, ...] = ()
    decimal: str | None = None
    encoding: str | None = None
    separator: str | None = None
    channels: Mapping[str, str] = field(default_factory=dict)
    window: Mapping[str, Any] = field(default_factory=dict)
    fit: tuple[str, ...] = ()


def read_mapping(path: Path) -> CrmMapping:
    """Read a mapping file; raises ScenarioError if it is no YAML, InputError for what it should not say."""
    document = read_yaml(path)
    for key in document.values:
        if key not in _SECTIONS:
            raise _wrong(document, (key,), f"unknown key {key}{did_you_mean(key, _SECTIONS)}")
    return CrmMapping(
        leads=_columns(document, "leads", LEAD_COLUMNS),
        deals=_columns(document, "deals", DEAL_COLUMNS),
        dates=_dates(document),
        decimal=_one_of(document, "decimal", (".", ",")),
        encoding=_text(document, "encoding"),
        separator=_text(document, "separator"),
        channels=_channels(document),
        window=_window(document),
        fit=tuple(_texts(document, "fit")),
    )


def _columns(document: Document, section: str, known: Mapping[str, bool]) -> dict[str, str]:
    """The columns of one file: what we need, by the name it has there."""
    columns = _group(document, section)
    for key, column in columns.items():
        if key not in known:
            raise _wrong(document, (section, key), f"unknown key {section}.{key}{did_you_mean(key, known)}")
        if not isinstance(column, str) or not column:
            raise _wrong(document, (section, key), f"{section}.{key} is {shown(column)}; it must name a column")
    for key, is_needed in known.items():
        if is_needed and key not in columns:
            raise _wrong(document, (section,), f"{section}.{key} is missing; name the column that holds it")
    return columns


def _dates(document: Document) -> tuple[str, ...]:
    orders = _texts(document, "dates")
    for way in orders:
        if way not in ORDERS and "%" not in way:
            allowed = f"{', '.join(ORDERS)}, or a format like %d %b %Y"
            raise _wrong(document, ("dates",), f"dates is {shown(way)}; it must be one of {allowed}")
    return tuple(orders)


def _channels(document: Document) -> dict[str, str]:
    """CRM value to the company's channel; the file says it the other way round, with a list for each channel."""
    channel_of: dict[str, str] = {}
    for channel in _group(document, "channels"):
        for value in _texts(document, "channels", channel):
            if value in channel_of:
                raise _wrong(
                    document, ("channels", channel), f"{shown(value)} is in {channel_of[value]} and in {channel}"
                )
            channel_of[value] = channel
    return channel_of


def _window(document: Document) -> dict[str, Any]:
    mapped: dict[str, Any] = {}
    for key, value in _group(document, "window").items():
        if key not in _WINDOW_DAYS:
            raise _wrong(document, ("window", key), f"unknown key window.{key}{did_you_mean(key, _WINDOW_DAYS)}")
        try:
            mapped[key] = date.fromisoformat(str(value))
        except ValueError:
            problem = f"window.{key} is {shown(value)}; it must be a day like 2018-01-31"
            raise _wrong(document, ("window", key), problem) from None
    if "horizons_d" in document.values:
        days = document.values["horizons_d"]
        if not isinstance(days, list) or not days or not all(type(day) is int and day > 0 for day in days):
            raise _wrong(document, ("horizons_d",), "horizons_d must be a list of days like [30, 60, 90]")
        mapped["horizons_d"] = days
    return mapped


def _group(document: Document, section: str) -> dict[str, Any]:
    group = document.values.get(section, {})
    if not isinstance(group, dict):
        raise _wrong(document, (section,), f"{section} is {shown(group)}; it must be keys with values")
    return group


def _text(document: Document, key: str) -> str | None:
    text = document.values.get(key)
    if text is not None and not isinstance(text, str):
        raise _wrong(document, (key,), f"{key} is {shown(text)}; it must be text, in quotes if need be")
    return text


def _texts(document: Document, *path: str) -> Sequence[str]:
    """A text or a list of texts at a path; none if nothing is there."""
    texts: Any = document.values
    for key in path:
        texts = texts.get(key)
        if texts is None:
            return []
    texts = texts if isinstance(texts, list) else [texts]
    for item in texts:
        if isinstance(item, bool | dict | list) or item is None:
            raise _wrong(document, path, f"{'.'.join(path)} holds {shown(item)}; it must be a text or a list of texts")
    return [str(item) for item in texts]


def _one_of(document: Document, key: str, allowed: Sequence[str]) -> str | None:
    text = _text(document, key)
    if text is not None and text not in allowed:
        quoted = " or ".join(f'"{sign}"' for sign in allowed)
        raise _wrong(document, (key,), f"{key} is {shown(text)}; it must be {quoted}")
    return text


def _wrong(document: Document, path: tuple[str, ...], problem: str) -> InputError:
    return InputError(f"{document.places.get(path) or document.file}: {problem}")
