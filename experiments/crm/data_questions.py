"""What values leave open though their columns are known: each doubt as a question, none hides another."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from experiments.crm.channels import UNKNOWN, by_name, proposed, read_channels, ways_of
from experiments.crm.files import Files
from experiments.crm.mapping import DEALS, LEADS, LEAVE_OUT, CrmMapping
from experiments.crm.money import read_money
from experiments.crm.nothing import blanked
from experiments.crm.states import WON, read_states
from experiments.crm.table_file import Table
from experiments.crm.unsure import UnsureError
from experiments.crm.unused_columns import unused_currency, unused_states
from experiments.crm.word_lists import plain_value
from experiments.crm.written_dates import read_dates
from experiments.crm.yaml_words import yaml_list
from scenarios.input_errors import in_a_row

if TYPE_CHECKING:
    import pandas as pd

ROWS_LOOKED_AT = 20_000
_FEW = 0.02  # of the leads may have a channel nobody knows before it is asked


def with_channels(files: Files, mapping: CrmMapping, channels: Sequence[str]) -> CrmMapping:
    """The mapping with the channels that the words of its values tell."""
    column = mapping.leads.get("channel")
    if column is None:
        return mapping
    values = _column(files.leads, column, mapping, kept=(*map(str.casefold, mapping.channels), *by_name(channels)))
    said = {plain_value(value) for value in mapping.channels}
    open_values = [value for value in values.unique() if value and plain_value(value) not in said]
    names = by_name(channels)
    found = {value: way for value, way in proposed(open_values, channels).items() if plain_value(value) not in names}
    return replace(mapping, channels={**mapping.channels, **found})


def data_questions(files: Files, mapping: CrmMapping, channels: Sequence[str]) -> Iterator[UnsureError]:
    """Questions on dates, states, money and channels; raises InputError for what no mapping could mend."""
    sample = files.deals.sample(ROWS_LOOKED_AT)
    doubts: list[Callable[[], UnsureError | None]] = [
        lambda: _of_states(files, mapping),
        lambda: unused_currency(files.deals, mapping, sample),
        lambda: _of_money(files, mapping),
        lambda: _of_channels(files, mapping, channels),
    ]
    if "won" in mapping.deals:
        doubts.insert(0, lambda: unused_states(files.deals, mapping, sample))
        doubts.append(lambda: _of_dates(files.deals, mapping, DEALS, "won"))
    if "contacted" in mapping.leads:
        doubts.append(lambda: _of_dates(files.leads, mapping, LEADS, "contacted"))
    for doubt in doubts:
        try:
            question = doubt()
        except UnsureError as error:
            question = error
        if question:
            yield question


def _of_states(files: Files, mapping: CrmMapping) -> None:
    column = mapping.deals.get("stage")
    if column:
        said = mapping.states
        kept = [word.casefold() for word in (*said.won, *said.lost, *said.open)]
        read_states(_column(files.deals, column, mapping, kept=kept), said, (files.deals.name, column))


def _of_dates(table: Table, mapping: CrmMapping, file: str, role: str) -> None:
    column = getattr(mapping, file)[role]
    values = _column(table, column, mapping, are_dates=True)
    read_dates(values, mapping.date_form(file), f"{table.name}, {column}")


def _of_money(files: Files, mapping: CrmMapping) -> None:
    column = mapping.deals.get("value")
    if not column:
        return
    values = _column(files.deals, column, mapping)
    codes = _column(files.deals, mapping.deals["currency"], mapping) if "currency" in mapping.deals else None
    if "stage" in mapping.deals:
        states = _column(files.deals, mapping.deals["stage"], mapping)
        with suppress(UnsureError):  # which is asked by itself
            is_won = read_states(states, mapping.states, ("", mapping.deals["stage"])).meant == WON
            values, codes = values[is_won], codes[is_won] if codes is not None else None
    read_money(values, mapping.money_form, (files.deals.name, column), codes)


def _of_channels(files: Files, mapping: CrmMapping, channels: Sequence[str]) -> UnsureError | None:
    """The question which channel values mean that no word tells."""
    column = mapping.leads.get("channel")
    if column is None:
        return None
    values = _column(files.leads, column, mapping, kept=(*map(str.casefold, mapping.channels), *by_name(channels)))
    unknown = values[read_channels(values, mapping.channels, channels) == UNKNOWN]
    if len(unknown) <= _FEW * len(values):
        return None
    counts = unknown.value_counts()
    if counts.get("", 0) <= _FEW * len(values):
        counts = counts.drop("", errors="ignore")  # these are told when they are left out
    if counts.empty:
        return None
    shown = in_a_row(
        [f'"{value}" ({n:,})' if value else f"nothing ({n:,})" for value, n in counts.items()], longest=120
    )
    question = f"{files.leads.name}, {column}: which channel is {shown}? There are {in_a_row(ways_of(channels))}"
    said: dict[str, list[str]] = {}
    for value, way in mapping.channels.items():
        said.setdefault(way, []).append(value)
    names = [str(value) for value in counts.index]

    def line(way: str) -> str:
        """The whole section, with the unknown values under one way."""
        every = {**said, way: [*said.get(way, []), *names]}
        return f"channels: {{{', '.join(f'{key}: {yaml_list(texts, most=99)}' for key, texts in every.items())}}}"

    return UnsureError(question, [line(LEAVE_OUT), line("CHANNEL")])


def _column(
    table: Table, column: str, mapping: CrmMapping, *, kept: Sequence[str] = (), are_dates: bool = False
) -> "pd.Series[str]":
    place = table.place(column)
    texts = table.sample(ROWS_LOOKED_AT)[place].str.strip()
    return blanked(texts, mapping.nothing, kept, are_dates=are_dates)[0]
