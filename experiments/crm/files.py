"""The two files of an export, opened; one file can hold both."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from experiments.crm.mapping import DEALS, LEADS, CrmMapping
from experiments.crm.table_file import Table, open_table


@dataclass(frozen=True)
class Files:
    """The file of leads and the file of deals."""

    leads: Table
    deals: Table

    @property
    def is_one(self) -> bool:
        """Whether one file holds both."""
        return self.leads is self.deals


def open_files(leads: Path, deals: Path | None, mapping: CrmMapping, words: Collection[str] = ()) -> Files:
    """Open the files, looking for the columns that the mapping names; `words` are usual names of columns besides.

    Without a file of deals, that of leads holds both, as one table, or on two sheets if the mapping names them.
    Raises InputError.
    """
    texts = [*words, *mapping.channels, *mapping.states.won, *mapping.states.lost, *mapping.states.open]
    of_leads, of_deals = mapping.form(LEADS), mapping.form(DEALS)
    deals = leads if deals is None else deals
    if of_leads == of_deals and (deals == leads or _is_same(leads, deals)):
        wanted = [*mapping.leads.values(), *mapping.deals.values()]
        table = open_table(leads, of_leads, wanted, texts)
        return Files(table, table)
    return Files(
        open_table(leads, of_leads, list(mapping.leads.values()), texts),
        open_table(deals, of_deals, list(mapping.deals.values()), texts),
    )


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
