"""A mapping proposed for files whose columns nobody has named, and what has to be asked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from experiments.crm.column_names import System, bare, is_price_of_a_piece, same, system_of, tiers_of
from experiments.crm.files import Files
from experiments.crm.guesses import Check, Surveyed
from experiments.crm.link_guess import link_guess
from experiments.crm.mapping import DEALS, LEADS, CrmMapping
from experiments.crm.state_guess import state_column
from experiments.crm.states import StateWords
from experiments.crm.table_file import Table
from experiments.crm.unsure import UnsureError
from experiments.crm.unused_columns import currency_places, is_of_company
from experiments.crm.written_dates import read_dates
from experiments.crm.yaml_words import yaml_group
from scenarios.input_errors import InputError, in_a_row


@dataclass(frozen=True)
class Proposal:
    """A mapping, completed as far as it can be told; the system whose export it is, and questions that are open.

    `guessed` are its keys that no mapping had said, as `leads.id`.
    """

    mapping: CrmMapping
    system: str | None
    questions: tuple[UnsureError, ...]
    guessed: tuple[str, ...]


def proposal(files: Files, mapping: CrmMapping) -> Proposal:
    """Name the columns that `mapping` leaves open. Raises InputError for columns it names that are not there."""
    everywhere = {*files.leads.columns, *files.deals.columns}
    for table in (files.leads, files.deals):
        if table.sample(1).empty:
            raise InputError(f"{table.name} has a header but no rows; export it again")
    system = system_of(everywhere)
    guess = _Guess(files, mapping, system)
    guess.refuse_other_order()
    guess.links()
    guess.leads_columns()
    guess.deals_columns()
    completed = replace(mapping, leads=guess.found[LEADS], deals=guess.found[DEALS], states=guess.states())
    said = {f"{file}.{key}" for file, keys in ((LEADS, mapping.leads), (DEALS, mapping.deals)) for key in keys}
    names = tuple(f"{file}.{key}" for file, keys in guess.found.items() for key in keys if f"{file}.{key}" not in said)
    return Proposal(completed, system.name if system else None, tuple(guess.asked()), names)


class _Guess:
    """The columns found so far, and what is unsure."""

    def __init__(self, files: Files, mapping: CrmMapping, system: System | None) -> None:
        self.mapping, self.system = mapping, system
        self.surveyed = {
            LEADS: Surveyed(LEADS, files.leads, system, mapping.date_form(LEADS)),
            DEALS: Surveyed(DEALS, files.deals, system, mapping.date_form(DEALS)),
        }
        self.found: dict[str, dict[str, str]] = {LEADS: dict(mapping.leads), DEALS: dict(mapping.deals)}
        self.questions: list[UnsureError] = []
        self.open: dict[tuple[str, str], tuple[list[str], str]] = {}

    def refuse_other_order(self) -> None:
        """Raise InputError where the file of leads looks like deals, and that of deals like leads."""
        first, second = self.surveyed[LEADS].table, self.surveyed[DEALS].table
        if first is second or self.mapping.leads or self.mapping.deals:
            return
        if _looks_like_deals(first, self.system) > 0 > _looks_like_deals(second, self.system):
            raise InputError(f"{first.name} looks like deals, and {second.name} like leads; give the leads first")

    def links(self) -> None:
        """Which column tells a lead, and how deals and leads name each other."""
        leads, deals = self.surveyed[LEADS], self.surveyed[DEALS]
        said = self.found[LEADS].get("id")
        if "lead" in self.found[DEALS] and said:
            return
        link = link_guess(leads, deals, leads.place(said) if said else None)
        if link is None:
            what = f"nothing in {deals.table.name} names a lead of {leads.table.name}"
            columns = f"their columns are {in_a_row(leads.table.columns)}, and {in_a_row(deals.table.columns)}"
            lines = [yaml_group(LEADS, {**self.found[LEADS], "id": "COLUMN"})]
            lines = ["\n".join([*lines, yaml_group(DEALS, {**self.found[DEALS], "lead": "COLUMN"})])]
            also = ", or `header_row:` if these are not the names of columns"
            self.questions.append(UnsureError(f"{what}; {columns}", lines, also=also))
            return
        self.found[LEADS].setdefault("id", leads.name(link.lead_id))
        if link.deal_lead is not None:
            self.found[DEALS].setdefault("lead", deals.name(link.deal_lead))
        elif link.lead_deal is not None and link.deal_id is not None and "lead" not in self.found[DEALS]:
            self.found[LEADS].setdefault("deal", leads.name(link.lead_deal))
            self.found[DEALS].setdefault("id", deals.name(link.deal_id))

    def leads_columns(self) -> None:
        """First contact and channel."""
        if self.mapping.names_all_leads_need:
            return
        surveyed = self.surveyed[LEADS]
        if not self._take(LEADS, "contacted", surveyed.are_dates):
            used = {self.found[DEALS].get("won"), *self._named_won()}
            dates = [
                place for place in surveyed.places if surveyed.are_dates(place) and surveyed.name(place) not in used
            ]
            self._ask(LEADS, "contacted", dates, "holds the day of first contact")
        self._take(LEADS, "channel", surveyed.are_groups)

    def _named_won(self) -> set[str]:
        """In a file that holds both: columns that are called like the day of winning."""
        table = self.surveyed[DEALS].table
        if table is not self.surveyed[LEADS].table:
            return set()
        names = {name for tier in tiers_of(DEALS, "won", self.system)[:-1] for name in tier}  # the last are plain dates
        return {column for column in table.columns if {same(column), bare(column)} & names}

    def deals_columns(self) -> None:
        """The day of winning, state, owner, value and currency."""
        if self.mapping.names_all_deals_need:
            return
        surveyed, used = self.surveyed[DEALS], self.found[LEADS].get("contacted")
        is_one = surveyed.table is self.surveyed[LEADS].table

        def may_be_won(place: int) -> bool:
            return surveyed.are_dates(place) and not (is_one and surveyed.name(place) == used)

        if not self._take(DEALS, "won", may_be_won):
            dates = [place for place in surveyed.places if may_be_won(place)]
            self._ask(DEALS, "won", dates, "holds the day a deal was won")
        if "stage" not in self.found[DEALS] and "lost" not in self.found[DEALS] and not self.mapping.all_won:
            codes = self.system.codes if self.system else {}
            coded = (name for name in surveyed.table.columns if name.casefold() in codes)
            column = next(coded, None) or state_column(surveyed)
            if column is not None:
                self.found[DEALS]["stage"] = column
        self._take(DEALS, "rep", lambda place: not surveyed.values(place).empty, asks=False)
        self._take(DEALS, "value", surveyed.is_money)
        value = self.found[DEALS].get("value")
        if value and "currency" not in self.found[DEALS] and (currency := self._currency_of(value)):
            self.found[DEALS]["currency"] = currency
        self._ask_for_pieces()

    def _ask_for_pieces(self) -> None:
        """Ask whether a price is that of a deal or of one piece, where a column tells how many were sold."""
        table, column = self.surveyed[DEALS].table, self.found[DEALS].get("value")
        pieces = is_price_of_a_piece(table.columns, column) if column and "value" not in self.mapping.deals else None
        if pieces:
            question = f'{table.name}: is "{column}" what a deal is worth, or the price of one piece of "{pieces}"?'
            also = ", or name a column with price times number of pieces, or leave value out"
            self.questions.append(UnsureError(question, [yaml_group(DEALS, self.found[DEALS])], also=also))

    def _currency_of(self, value: str) -> str | None:
        """The column that tells the currency of values; values in the company's currency need one of their own."""
        surveyed = self.surveyed[DEALS]
        names = [surveyed.name(place) for place in currency_places(surveyed.table, surveyed.sample)]
        own = next((name for name in names if same(name) == f"{same(value)} currency"), None)
        return own or (names[0] if names and not is_of_company(value) else None)

    def states(self) -> StateWords:
        """What the mapping says of states, or else the system's own codes."""
        column = self.found[DEALS].get("stage", "")
        codes: Mapping[str, Sequence[str]] = self.system.codes.get(column.casefold(), {}) if self.system else {}
        if not codes or self.mapping.states != StateWords():
            return self.mapping.states
        return StateWords(*(tuple(codes.get(meant, ())) for meant in ("won", "lost", "open")))

    def _take(self, file: str, role: str, check: Check, *, asks: bool = True) -> bool:
        """Take the column that is called so and holds it; asks where several are as good. Whether there is one."""
        if role in self.found[file]:
            return True
        surveyed = self.surveyed[file]
        tiers = surveyed.named(role, check)
        if not tiers:
            return False
        self.found[file][role] = surveyed.name(tiers[0][0])
        if asks and len(tiers[0]) > 1 and surveyed.differ(tiers[0]):
            self._ask(file, role, tiers[0], f"is meant as {file}.{role}")
        return True

    def _ask(self, file: str, role: str, places: Sequence[int], what: str) -> None:
        names = [self.surveyed[file].name(place) for place in places]
        self.open[(file, role)] = (names, what)

    def _unread_days(self, file: str, role: str) -> str | None:
        """Of a column that is called like one of days but holds none that can be read: what it holds."""
        surveyed = self.surveyed[file]
        for tier in surveyed.named(role, lambda place: not surveyed.values(place).empty):
            values, column = surveyed.values(tier[0]), surveyed.name(tier[0])
            try:
                days = read_dates(values, self.mapping.date_form(file), f"{surveyed.table.name}, {column}").days
            except InputError as error:
                return str(error).removeprefix(f"{surveyed.table.name}, ")
            value = values[np.isnat(days)].iloc[0] if np.isnat(days).any() else values.iloc[0]
            hint = 'name another column, or say how they are written, e.g. `dates: "%d%m%Y"`'
            return f'"{column}" holds no days that can be read (e.g. "{value}"); {hint}'
        return None

    def asked(self) -> Iterator[UnsureError]:
        """The questions, each with the whole section that would answer it."""
        yield from self.questions
        for (file, role), (names, what) in self.open.items():
            table = self.surveyed[file].table
            shown = in_a_row([f'"{name}"' for name in names or table.columns])
            question = f"{table.name}: which column {what}? {'It may be' if names else 'There are'} {shown}"
            unread = None if names else self._unread_days(file, role)
            if unread:
                question = f"{table.name}: {unread}"
            keys = {key: name for key, name in self.found[file].items() if key != role}
            is_one = table is self.surveyed[DEALS if file == LEADS else LEADS].table
            also = (
                f"; or give the file of {DEALS if role == 'won' else LEADS} too" if is_one and len(names) != 1 else ""
            )
            lines = [yaml_group(file, self._section(keys, role, name)) for name in names or ["COLUMN"]]
            yield UnsureError(question, lines, also=also)

    def _section(self, keys: Mapping[str, str], role: str, name: str) -> dict[str, str]:
        """The section with a column for what is open; values take their own currency with them."""
        if role != "value" or "currency" in self.mapping.deals:
            return {**keys, role: name}
        currency = self._currency_of(name)
        rest = {key: column for key, column in keys.items() if key != "currency"}
        return {**rest, role: name, **({"currency": currency} if currency else {})}


def _looks_like_deals(table: Table, system: System | None) -> int:
    """How many columns more are called like those that only deals have than like those that only leads have."""
    leads, deals = Surveyed(LEADS, table, system), Surveyed(DEALS, table, system)
    n_of_deals = sum(bool(deals.named(role)) for role in ("won", "value", "stage"))
    return n_of_deals - sum(bool(leads.named(role)) for role in ("contacted", "channel"))
