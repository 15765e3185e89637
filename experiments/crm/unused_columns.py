"""Columns that a mapping does not use though they change what its columns mean: states, currencies."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from experiments.crm.column_names import same, usual_names
from experiments.crm.currencies import meanings
from experiments.crm.header import plain
from experiments.crm.mapping import CrmMapping
from experiments.crm.money import RATE
from experiments.crm.nothing import blanked
from experiments.crm.states import OPEN, WON, is_state_column, keys_for, meaning_of, tells_by_name
from experiments.crm.table_file import Table
from experiments.crm.unsure import UnsureError
from experiments.crm.yaml_words import yaml_group, yaml_list
from scenarios.input_errors import in_a_row

if TYPE_CHECKING:
    import pandas as pd

ROWS_LOOKED_AT = 20_000
_OF_THE_COMPANY = ("company currency", "converted", "(base)", "base currency")
_MOST_CURRENCIES = 20
_MANY_WON = 0.6  # of the leads; where so many have a deal, others than won ones are likely among them
_FEWEST_LEADS = 50


def unused_states(deals: Table, mapping: CrmMapping, sample: "pd.DataFrame") -> UnsureError | None:
    """The question whether deals with a date were won, where a column says that some were not; None if all is said."""
    if mapping.all_won or "stage" in mapping.deals or "lost" in mapping.deals:
        return None
    won = deals.place(mapping.deals["won"])
    if doubt := _says_yes_or_no(deals, mapping, sample[won]):
        return doubt
    cleaned = blanked(sample[won].str.strip(), mapping.nothing, (), are_dates=True)[0]
    dated = sample[(cleaned != "").to_numpy(bool)]
    column = deals.columns[won]
    for place, name in enumerate(deals.columns):
        if place == won:
            continue
        counts = _counts(dated[place], mapping)
        keys = keys_for(name, counts, is_won_date=tells_by_name(column) == WON)
        if keys:
            shown = in_a_row([f'"{value}" ({n:,})' for value, n in counts.items() if value.strip()], longest=100)
            question = f'{deals.name}: "{column}" also stands for deals that were not won, as "{name}" tells: {shown}'
            lines = [yaml_group("deals", {**mapping.deals, keys.key: name})]
            if keys.key == "stage":
                lines.append(f"won_is: {yaml_list(keys.won or ['STATE'])}")
            also = "" if keys.key == "stage" else f', if open deals have no "{column}"'
            return UnsureError(question, ["\n".join(lines), "all_won: true"], also=also)
    if tells_by_name(column) == OPEN:
        question = f'{deals.name}: by its name "{column}" may also stand for lost and open deals, no column tells which'
        return UnsureError(question, [yaml_group("deals", {**mapping.deals, "stage": "COLUMN"}), "all_won: true"])
    return None


def _says_yes_or_no(deals: Table, mapping: CrmMapping, values: "pd.Series[str]") -> UnsureError | None:
    """The question for the day of winning, where its column tells states instead."""
    column = deals.columns[deals.place(mapping.deals["won"])]
    counts = {value: n for value, n in _counts(values, mapping).items() if value}
    if not counts or len(counts) > _MOST_CURRENCIES or not all(meaning_of(value, WON) for value in counts):
        return None
    shown = in_a_row([f'"{value}" ({n:,})' for value, n in counts.items()], longest=100)
    keys = {**mapping.deals, "won": "COLUMN", "stage": column}
    return UnsureError(f'{deals.name}: "{column}" holds no days but {shown}', [yaml_group("deals", keys)])


def too_many_won(n_won: int, n_leads: int, deals: Table, mapping: CrmMapping) -> UnsureError | None:
    """The question whether all deals were won, where so many leads have one that this is hard to believe."""
    column = mapping.deals["won"]
    is_said = mapping.all_won or "stage" in mapping.deals or "lost" in mapping.deals or tells_by_name(column) == WON
    if is_said or n_leads < _FEWEST_LEADS or n_won <= _MANY_WON * n_leads:
        return None
    question = (
        f"{deals.name}: {n_won:,} of {n_leads:,} leads would be won ({n_won / n_leads:.0%}), which is more than any"
    )
    return UnsureError(
        f"{question} company wins", [yaml_group("deals", {**mapping.deals, "stage": "COLUMN"}), "all_won: true"]
    )


def _counts(values: "pd.Series[str]", mapping: CrmMapping) -> Mapping[str, int]:
    cleaned = blanked(values.str.strip(), mapping.nothing, ())[0]
    return {str(value): int(n) for value, n in cleaned.value_counts().items()}


def unused_currency(deals: Table, mapping: CrmMapping, sample: "pd.DataFrame") -> UnsureError | None:
    """The question in which currency values are, where a column tells that and is not used; None if all is said."""
    column = mapping.deals.get("value")
    if column is None or "currency" in mapping.deals or mapping.rates:
        return None
    for place in currency_places(deals, sample):
        counts = {value: n for value, n in _counts(sample[place], mapping).items() if value}
        if any(meanings(value) != ("EUR",) for value in counts):
            shown = in_a_row([f'"{value}" ({n:,})' for value, n in counts.items()], longest=100)
            name = deals.columns[place]
            if is_of_company(column):
                question = (
                    f'{deals.name}: "{column}" is in the currency of the company, and nothing tells which; deals are in'
                )
                usual = next(code for value in counts for code in meanings(value) or ("USD",))
                return UnsureError(f"{question} {shown}", ["currency: EUR", f"currency: {{{usual}: {RATE}}}"])
            question = f'{deals.name}: "{column}" is in the currencies that "{name}" tells: {shown}'
            return UnsureError(question, [yaml_group("deals", {**mapping.deals, "currency": name})])
    return None


def is_of_company(column: str) -> bool:
    """Whether a column by its name counts all deals in the currency of the company."""
    return any(word in plain(column) for word in _OF_THE_COMPANY)


def currency_places(deals: Table, sample: "pd.DataFrame") -> list[int]:
    """The columns that tell currencies, by their name or by what stands in them."""
    return [place for place, name in enumerate(deals.columns) if _tells_currencies(name, sample[place])]


def _tells_currencies(name: str, values: "pd.Series[str]") -> bool:
    different = [value.strip() for value in values.head(ROWS_LOOKED_AT).unique() if value.strip()]
    if not different or len(different) > _MOST_CURRENCIES:
        return False
    if same(name) in usual_names()["deals"]["currency"][0]:
        return True
    are_codes = all(len(value) == 3 and value.isupper() and meanings(value) for value in different)
    return are_codes and not is_state_column(name)
