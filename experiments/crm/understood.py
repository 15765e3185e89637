"""What was understood of an export: the six things that matter first, then the details."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from experiments.crm.export import Export
from experiments.crm.files import Files
from experiments.crm.import_files import Import
from experiments.crm.money import EURO
from experiments.crm.states import LOST, OPEN, WON, is_flag_of_winning
from experiments.crm.table_file import Table
from scenarios.input_errors import InputError, in_a_row

FIRST_ROWS = 3
_LONGEST = 110
_WIDEST_CELL = 22
_MOST_HAVE_VALUES = 0.95  # of the won deals; where fewer have one, it is said beside their number
_MOST_COLUMNS = 8
_WINDOW = ("leads_from", "leads_until", "deals_until", "fitted_until")


@dataclass(frozen=True)
class Understood:
    """What an export says, as records; `main` and `details` say it in lines of a name and a text each."""

    record: Mapping[str, Any]
    main: Sequence[tuple[str, str]]
    details: Sequence[tuple[str, str]] = field(default_factory=tuple)


def understood(export: Export) -> Understood:
    """What was understood of files that could be read."""
    record: dict[str, Any] = {
        "system": export.system,
        "rows": {"leads": export.n_leads, "deals": export.n_deals},
        "states": [{"state": state, "means": means, "n": n} for state, (means, n) in export.of_deals.states.items()],
        "dates": {
            "contacted": _dates(export, "leads", "contacted"),
            "won": _dates(export, "deals", "won"),
        },
        "money": _money(export),
        "channels": {way: dict(values) for way, values in export.of_leads.channels.items()},
        "joined": {"won": export.n_won, "with_lead": export.n_joined},
        "window": {name: str(getattr(export.window, name)) for name in _WINDOW},
        "columns": {"leads": dict(export.mapping.leads), "deals": dict(export.mapping.deals)},
    }
    main = (
        ("Rows", _rows(export)),
        ("States", _states(export)),
        ("Dates", _dates_in_words(record["dates"])),
        ("Money", _money_in_words(record["money"])),
        ("Channels", _channels_in_words(export)),
        ("Joined", _joined_in_words(export)),
    )
    return Understood(record, main, tuple(_details(record)))


def columns_in_words(mapping: Mapping[str, str]) -> str:
    """Which column holds what: `id "Record ID", contacted "Create Date"`."""
    return ", ".join(f'{key} "{column}"' for key, column in mapping.items()) or "none found"


def first_rows(table: Table) -> list[list[str]]:
    """The header and the first rows of a file, as far as they can be read."""
    try:
        sample, _ = table.file.read(range(len(table.columns)), FIRST_ROWS)
    except InputError:
        return [list(table.columns)]
    return [list(table.columns), *([str(cell) for cell in row] for row in sample.itertuples(index=False))]


def first_rows_in_words(table: Table) -> list[str]:
    """The first rows as lines, cut to a fair width."""
    rows = [[_cut(" ".join(cell.split())) for cell in row[:_MOST_COLUMNS]] for row in first_rows(table)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    more = len(table.columns) - _MOST_COLUMNS
    return [*lines, *([f"... and {more} more columns"] if more > 0 else [])]


def _cut(text: str) -> str:
    return text if len(text) <= _WIDEST_CELL else f"{text[: _WIDEST_CELL - 3]}..."


def files_in_words(files: Files) -> str:
    """`leads.csv and deals.csv`."""
    return files.leads.name if files.is_one else f"{files.leads.name} and {files.deals.name}"


def of_unread(found: Import) -> Understood:
    """What is known of files that could not be read yet: the columns."""
    columns = {"leads": dict(found.mapping.leads), "deals": dict(found.mapping.deals)}
    record = {"system": found.proposed.system, "columns": columns}
    main = [(f"{file.capitalize()}", columns_in_words(names)) for file, names in columns.items()]
    return Understood(record, [("System", found.proposed.system or "not known by its columns"), *main])


def _rows(export: Export) -> str:
    by = f" (the columns are those of {export.system})" if export.system else ""
    n = len(export.leads)
    count = "which all count" if n == export.n_leads else f"of which {n:,} count"
    return f"{export.n_leads:,} leads, {count}, and {export.n_deals:,} deals{by}"


def _states(export: Export) -> str:
    states, mapping = export.of_deals.states, export.mapping
    if not states:
        column = mapping.deals["won"]
        by = f', and has no "{mapping.deals["lost"]}"' if "lost" in mapping.deals else ""
        return f'{export.n_won:,} won: every deal that has a day in "{column}"{by}; no column of states is used'
    parts = []
    for means in (WON, LOST, OPEN):
        names = {state or "nothing": n for state, (one, n) in states.items() if one == means}
        if names:
            shown = in_a_row([f"{name} {n:,}" if len(names) > 1 else name for name, n in names.items()], longest=60)
            word = "not won" if means == OPEN and is_flag_of_winning(mapping.deals["stage"]) else means
            parts.append(f"{sum(names.values()):,} {word} ({shown})")
    return f'{", ".join(parts)}; by "{mapping.deals["stage"]}"'


def _dates(export: Export, file: str, role: str) -> dict[str, Any]:
    read = export.of_leads.dates if file == "leads" else export.of_deals.dates
    days = read.days[~np.isnat(read.days)]
    span = {"first": str(days.min()), "last": str(days.max())} if len(days) else {"first": None, "last": None}
    return {"column": getattr(export.mapping, file)[role], **span, "written": read.way, "months_only": read.is_months}


def _dates_in_words(dates: Mapping[str, Mapping[str, Any]]) -> str:
    parts = []
    for role, name in (("contacted", "first contact"), ("won", "won")):
        one = dates[role]
        parts.append(f'{name} {one["first"]} to {one["last"]} ("{one["column"]}", {one["written"]})')
    return "; ".join(parts)


def _money(export: Export) -> dict[str, Any] | None:
    column = export.mapping.deals.get("value")
    if column is None:
        return None
    values = export.leads.value[~np.isnan(export.leads.value)]
    rates = {code: rate for code, rate in export.mapping.rates.items() if code in export.of_deals.currencies and rate}
    return {
        "column": column,
        "currencies": dict(export.of_deals.currencies),
        "is_assumed": export.of_deals.is_currency_assumed,
        "rates": rates,
        "n": len(values),
        "won": int((~np.isnat(export.leads.won)).sum()),
        "median_eur": float(np.median(values)) if len(values) else None,
    }


def _money_in_words(money: Mapping[str, Any] | None) -> str:
    if money is None:
        return "no column of values is used"
    if not money["n"]:
        return f'no value in "{money["column"]}" can be used'
    codes = [f"{code} at {money['rates'][code]:g}" if code in money["rates"] else code for code in money["currencies"]]
    codes = ["EUR (no currency is named)"] if money["is_assumed"] else codes
    of_won = f" for {money['won']:,} deals" if money["n"] < _MOST_HAVE_VALUES * money["won"] else ""
    taken = f'{of_won} ("{money["column"]}")'
    return f"{in_a_row(codes) or EURO}; {money['n']:,} values{taken}, half above EUR {money['median_eur']:,.0f}"


def _channels_in_words(export: Export) -> str:
    ways = export.of_leads.channels
    if not ways:
        return "none: no column of channels is used, all leads count together"
    parts = []
    for way, values in sorted(ways.items(), key=lambda item: -sum(item[1].values())):
        names = in_a_row([value or "nothing" for value in values], longest=40)
        parts.append(f"{way} {sum(values.values()):,}{'' if names == way else f' ({names})'}")
    return in_a_row(parts, longest=_LONGEST * 2)


def _joined_in_words(export: Export) -> str:
    mapping = export.mapping
    by = f'"{mapping.deals["lead"]}"' if "lead" in mapping.deals else f'"{mapping.leads["deal"]}" of the leads'
    share = export.n_joined / export.n_won if export.n_won else 0.0
    return f"{export.n_joined:,} of {export.n_won:,} won deals have their lead ({share:.0%}), by {by}"


def _details(record: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    window = record["window"]
    days = f"leads from {window['leads_from']} to {window['leads_until']}, deals until {window['deals_until']}"
    return [
        ("Leads", columns_in_words(record["columns"]["leads"])),
        ("Deals", columns_in_words(record["columns"]["deals"])),
        ("Days", f"{days}; fitted until {window['fitted_until']}"),
    ]
