"""Which column of a file holds what, by its name and by what its values look like."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from experiments.crm.column_names import System, bare, same, tiers_of
from experiments.crm.date_order import ORDERS
from experiments.crm.money import MoneyForm, read_money
from experiments.crm.nothing import blanked
from experiments.crm.table_file import Table
from experiments.crm.written_dates import DateForm, read_dates
from scenarios.input_errors import InputError

if TYPE_CHECKING:
    import pandas as pd

SAMPLE_ROWS = 3000
_LOOKED_AT = 400  # values of a column that are tried for dates
_MOST_LIKELY = 0.6  # of the values of a column must look like what it should hold
_UNIQUE = 0.95
_FEW_GROUPS, _MOST_GROUPS = 20, 0.5  # different values that a column of groups may have: this many, or this share
_FEW_WORDS, _FEWEST_DAYS = 3, 3  # that may stand for no day in a column of days; and days that are there besides
Check = Callable[[int], bool]


@dataclass(frozen=True)
class Surveyed:
    """A file with its first rows, and whose system it is."""

    file: str
    table: Table
    system: System | None
    dates: DateForm = field(default_factory=DateForm)
    _dated: dict[int, bool] = field(default_factory=dict)

    @cached_property
    def sample(self) -> "pd.DataFrame":
        """The first rows, without words for nothing."""
        rows = self.table.sample(SAMPLE_ROWS)
        return rows.apply(lambda column: blanked(column.str.strip(), (), ())[0])

    @cached_property
    def places(self) -> list[int]:
        """Columns that can be named in a mapping: those with a name of their own."""
        columns = self.table.columns
        return [place for place, name in enumerate(columns) if name.strip() and columns.count(name) == 1]

    def values(self, place: int) -> "pd.Series[str]":
        """What stands in a column, blanks aside."""
        column = self.sample[place]
        return column[column != ""]

    def named(self, role: str, check: Check | None = None) -> list[list[int]]:
        """Places of columns that are called like what is wanted and hold it, by tiers, the surest first.

        Raises InputError where several columns have the very same name.
        """
        names = [{same(column), bare(column)} for column in self.table.columns]
        found: list[list[int]] = []
        for tier in tiers_of(self.file, role, self.system):
            places = [place for wanted in tier for place, called in enumerate(names) if wanted in called]
            kept = [place for place in dict.fromkeys(places) if check is None or check(place)]
            doubles = [place for place in kept if self.table.columns.count(self.table.columns[place]) > 1]
            if doubles and not found:
                self.table.place(self.table.columns[doubles[0]])  # which tells that there are several
            found.append([place for place in kept if place not in doubles])
        return [tier for tier in found if tier]

    def are_dates(self, place: int) -> bool:
        """Whether most values of a column are days, in whatever order they are written."""
        if place not in self._dated:
            self._dated[place] = self._look_like_dates(self.values(place).head(_LOOKED_AT))
        return self._dated[place]

    def _look_like_dates(self, values: "pd.Series[str]") -> bool:
        has_digits = values.str.contains(r"\d").to_numpy(bool)
        if values[~has_digits].nunique() <= _FEW_WORDS and has_digits.sum() >= _FEWEST_DAYS:
            values, has_digits = values[has_digits], has_digits[has_digits]  # the others say `not closed` or the like
        if values.empty or has_digits.mean() < _MOST_LIKELY:
            return False
        if values.str.fullmatch(r"\d{1,4}").mean() > 1 - _MOST_LIKELY:
            return False
        for form in (self.dates, *(DateForm((order,)) for order in ORDERS)):
            try:
                days = read_dates(values, form, "").days
            except InputError:
                continue
            if (days == days).mean() >= _MOST_LIKELY:
                return True
            if not form.ways:
                return False  # nothing was open
        return False

    def are_ids(self, place: int) -> bool:
        """Whether nearly all values of a column differ from each other."""
        values = self.values(place)
        return len(values) >= _UNIQUE * len(self.sample) and values.nunique() >= _UNIQUE * len(values)

    def are_groups(self, place: int) -> bool:
        """Whether the values of a column are few, so that rows fall into groups."""
        values = self.values(place)
        return not values.empty and values.nunique() <= max(_FEW_GROUPS, _MOST_GROUPS * len(values))

    def is_money(self, place: int) -> bool:
        """Whether most values of a column are amounts."""
        values = self.values(place)
        if values.empty:
            return False
        try:
            eur = read_money(values, MoneyForm(".", None), ("", "")).eur
        except InputError:
            return True  # its currency or the like is asked for later
        return bool((eur == eur).mean() >= _MOST_LIKELY) or values.str.contains(r"\d").mean() > _MOST_LIKELY

    def differ(self, places: Sequence[int]) -> bool:
        """Whether columns hold different values."""
        first = self.sample[places[0]]
        return any(not first.equals(self.sample[place]) for place in places[1:])

    def name(self, place: int) -> str:
        """A column as the file calls it."""
        return self.table.columns[place]

    def place(self, column: str) -> int:
        """Which column that is; raises InputError."""
        return self.table.place(column)
