"""The mapping: which columns of a CRM export hold what, how dates and money are written, which days count."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from experiments.crm.currencies import meanings
from experiments.crm.date_order import ORDERS
from experiments.crm.mapping_values import group, number, one_of, per_file, text, texts, wrong
from experiments.crm.money import RATE, MoneyForm
from experiments.crm.states import StateWords
from experiments.crm.table_file import Form
from experiments.crm.word_lists import plain_value
from experiments.crm.written_dates import DateForm
from scenarios.input_errors import did_you_mean, shown
from scenarios.yaml_file import Document, read_yaml

LEADS, DEALS = "leads", "deals"
LEAD_COLUMNS = {
    "id": "what tells a lead from the others",
    "contacted": "the day of first contact",
    "channel": "where the lead came from",
    "deal": "the deal a lead became, where deals do not name their lead",
}
DEAL_COLUMNS = {
    "lead": "the lead of the deal",
    "id": "what tells a deal from the others, where leads name their deal",
    "won": "the day the deal was won",
    "rep": "whose deal it is",
    "value": "what it is worth a year",
    "currency": "the currency of the value",
    "stage": "its state: won, lost or open",
    "lost": "what only lost deals have, e.g. a reason",
}
LEAVE_OUT = "leave_out"
"""Under `channels`, values whose leads do not count; for `deals_without_lead`, that they do not."""
_WINDOW_DAYS = ("closing_from", "leads_from", "leads_until", "deals_until", "fitted_until")
_LENGTH_OF_A_CODE = 3
_STATES = ("won_is", "lost_is", "open_is")
_SECTIONS = (
    *(LEADS, DEALS, "dates", "time_zone", "decimal", "currency", *_STATES, "all_won", "deals_without_lead", "nothing"),
    *("channels", "encoding", "separator", "header_row", "sheet", "window", "horizons_d", "fit"),
)


@dataclass(frozen=True)
class CrmMapping:
    """What a mapping file says; what it leaves open is found out, or asked for.

    `leads` and `deals` map what we need to the names of columns. `channels` maps values of the channel column to the
    company's channels (the empty text is a lead without a channel). `dates` are orders or formats, for both files or by
    file. `rates` are euros for one of each currency. `forms` say by file how it is written. `window` has days by name,
    and `horizons_d`. `fit` are wishes like `--fit`.
    """

    leads: Mapping[str, str] = field(default_factory=dict)
    deals: Mapping[str, str] = field(default_factory=dict)
    dates: tuple[str, ...] | Mapping[str, tuple[str, ...]] = ()
    time_zone: str | None = None
    decimal: str | None = None
    rates: Mapping[str, float | None] = field(default_factory=dict)
    states: StateWords = field(default_factory=StateWords)
    all_won: bool = False
    deals_without_lead: str | None = None
    nothing: tuple[str, ...] = ()
    forms: Mapping[str, Form] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)
    window: Mapping[str, Any] = field(default_factory=dict)
    fit: tuple[str, ...] = ()

    def form(self, file: str) -> Form:
        """How one of the files is written."""
        return self.forms.get(file, Form())

    def date_form(self, file: str) -> DateForm:
        """How dates are written in one of the files."""
        ways = self.dates if isinstance(self.dates, tuple) else self.dates.get(file, ())
        return DateForm(tuple(ways), self.time_zone)

    @property
    def money_form(self) -> MoneyForm:
        """How money is written."""
        return MoneyForm(self.decimal, self.rates)

    @property
    def names_all_leads_need(self) -> bool:
        """Whether the columns of the leads are named, so that none has to be proposed."""
        return {"id", "contacted"} <= set(self.leads)

    @property
    def names_all_deals_need(self) -> bool:
        """Whether the columns of the deals are named, so that none has to be proposed."""
        return "won" in self.deals and ("lead" in self.deals or ("id" in self.deals and "deal" in self.leads))


def read_mapping(path: Path) -> CrmMapping:
    """Read a mapping file; raises ScenarioError if it is no YAML, InputError for what it should not say."""
    document = read_yaml(path)
    for key in document.values:
        if key not in _SECTIONS:
            raise wrong(document, (key,), f"unknown key {key}{did_you_mean(key, _SECTIONS)}")
    return CrmMapping(
        leads=_columns(document, LEADS, LEAD_COLUMNS),
        deals=_columns(document, DEALS, DEAL_COLUMNS),
        dates=_dates(document),
        time_zone=_time_zone(document),
        decimal=one_of(document, "decimal", (".", ",")),
        rates=_rates(document),
        states=_states(document),
        all_won=_yes(document, "all_won"),
        deals_without_lead=one_of(document, "deals_without_lead", (LEAVE_OUT,)),
        nothing=tuple(word.casefold() for word in texts(document, "nothing")),
        forms=_forms(document),
        channels=_channels(document),
        window=_window(document),
        fit=tuple(texts(document, "fit")),
    )


def _columns(document: Document, section: str, known: Mapping[str, str]) -> dict[str, str]:
    """The columns of one file: what we need, by the name it has there."""
    columns = {}
    for key, column in group(document, section).items():
        if key not in known:
            raise wrong(document, (section, key), f"unknown key {section}.{key}{did_you_mean(key, known)}")
        if isinstance(column, bool | dict | list) or column is None or column == "":
            raise wrong(document, (section, key), f"{section}.{key} is {shown(column)}; it must name a column")
        columns[key] = str(column)
    return columns


def _dates(document: Document) -> tuple[str, ...] | dict[str, tuple[str, ...]]:
    if not isinstance(document.values.get("dates"), dict):
        return _ways(document, "dates")
    for key in document.values["dates"]:
        if key not in (LEADS, DEALS):
            raise wrong(document, ("dates", key), f"unknown key dates.{key}; there are: {LEADS}, {DEALS}")
    return {key: _ways(document, "dates", key) for key in document.values["dates"]}


def _ways(document: Document, *path: str) -> tuple[str, ...]:
    ways = texts(document, *path)
    for way in ways:
        if way not in ORDERS and "%" not in way:
            allowed = f"{', '.join(ORDERS)}, or a format like %d %b %Y"
            raise wrong(document, path, f"{'.'.join(path)} is {shown(way)}; it must be one of {allowed}")
    return tuple(ways)


def _time_zone(document: Document) -> str | None:
    zone = text(document, "time_zone")
    if zone is None:
        return None
    try:
        return ZoneInfo(zone).key
    except (OSError, ValueError, KeyError):
        raise wrong(
            document, ("time_zone",), f"time_zone is {shown(zone)}; it must be one like Europe/Berlin"
        ) from None


def _rates(document: Document) -> dict[str, float | None]:
    """Euros for one of each currency; a currency alone has no rate yet."""
    said = document.values.get("currency", {})
    if not isinstance(said, dict):
        said = {text(document, "currency"): None}
    rates: dict[str, float | None] = {}
    for code, rate in said.items():
        is_of_its_own = isinstance(code, str) and len(code) > _LENGTH_OF_A_CODE and rate is not None
        if not is_of_its_own and not meanings(code):
            raise wrong(
                document, ("currency", code), f"currency: {shown(code)} is none; write a code like USD, or its sign"
            )
        if code != "EUR" and rate is not None:
            problem = (
                f"currency.{code} is {shown(rate)}; it must be a number above 0, the euros that one {code} is worth"
            )
            rate = number(document, ("currency", code), None if rate == RATE else rate, problem)
        rates[code if code == "EUR" else code.upper() if len(code) == 3 else code] = rate
    if rates.get("EUR") not in (None, 1):
        raise wrong(document, ("currency", "EUR"), "currency.EUR is 1, as the model counts in euros; leave it out")
    return rates


def _states(document: Document) -> StateWords:
    words = {key: tuple(texts(document, key)) for key in _STATES}
    key_of: dict[str, str] = {}
    for key, states in words.items():
        for state in states:
            other = key_of.setdefault(state.casefold(), key)
            if other != key:
                raise wrong(document, (key,), f"{shown(state)} is in {other} and in {key}")
    return StateWords(*words.values())


def _yes(document: Document, key: str) -> bool:
    value = document.values.get(key, False)
    if not isinstance(value, bool):
        raise wrong(document, (key,), f"{key} is {shown(value)}; it must be true or false")
    return value


def _forms(document: Document) -> dict[str, Form]:
    """How each of the files is written."""
    said = {key: per_file(document, key) for key in ("encoding", "separator", "header_row", "sheet")}
    forms = {}
    for file in (LEADS, DEALS):
        one = {key: values.get(file) for key, values in said.items()}
        row, separator = one["header_row"], one["separator"]
        if row is not None and (type(row) is not int or row < 1):
            raise wrong(document, ("header_row",), f"header_row is {shown(row)}; it must be a number from 1 on")
        separator = {"tab": "\t", "\\t": "\t"}.get(str(separator), separator)
        for key, value in one.items():
            if key != "header_row" and value is not None and (not isinstance(value, str) or not value):
                raise wrong(document, (key,), f"{key} is {shown(value)}; it must be text, in quotes if need be")
        if separator is not None and (len(separator) != 1 or separator in '"\r\n'):
            raise wrong(document, ("separator",), f'separator is {shown(separator)}; it must be one sign like ";"')
        forms[file] = Form(one["encoding"], separator, row, one["sheet"])
    return forms


def _channels(document: Document) -> dict[str, str]:
    """CRM value to the company's channel; the file says it the other way round, with a list for each channel."""
    channel_of: dict[str, str] = {}
    plain: dict[str, str] = {}
    for channel in group(document, "channels"):
        for value in texts(document, "channels", channel):
            other = plain.setdefault(plain_value(value), channel)
            if other != channel:
                raise wrong(
                    document,
                    ("channels", channel),
                    f"{shown(value)} is in {other} and in {channel}, capital letters aside",
                )
            channel_of[value] = channel
    return channel_of


def _window(document: Document) -> dict[str, Any]:
    mapped: dict[str, Any] = {}
    for key, value in group(document, "window").items():
        if key not in _WINDOW_DAYS:
            problem = f"unknown key window.{key}{did_you_mean(key, _WINDOW_DAYS)}"
            raise wrong(document, ("window", key), problem)
        try:
            mapped[key] = date.fromisoformat(str(value))
        except ValueError:
            problem = f"window.{key} is {shown(value)}; it must be a day like 2018-01-31"
            raise wrong(document, ("window", key), problem) from None
    if "horizons_d" in document.values:
        days = document.values["horizons_d"]
        if not isinstance(days, list) or not days or not all(type(day) is int and 0 < day <= 3660 for day in days):
            raise wrong(document, ("horizons_d",), "horizons_d must be a list of days like [30, 60, 90]")
        mapped["horizons_d"] = days
    return mapped
