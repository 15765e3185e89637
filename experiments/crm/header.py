"""Where a table begins: the line with the names of its columns, below titles, and the column that a name means."""

import re
from collections import Counter
from collections.abc import Collection, Sequence

from scenarios.input_errors import InputError, did_you_mean, in_a_row

ROWS_LOOKED_AT = 60
_LONGEST_DATA = 40  # signs of a number or a day
_FEWEST = 2  # filled cells of a header, if nobody says which columns it has
_IS_DATA = re.compile(r"\d{5,}|[-+]?[\d\s]*[-.,:/][-\d.,:/\s]*\d[-\d.,:/TZ\s]*")
"""A number or a day: no name of a column, but a year may be one."""
_UNSEEN = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u00ad"))
Rows = Sequence[Sequence[str]]


def plain(name: str) -> str:
    """A name as people read it: small and capital letters, blanks and a mark at its start aside."""
    return " ".join(str(name).translate(_UNSEEN).split()).casefold()


def header_row(rows: Rows, wanted: Collection[str], said: int | None, file: str) -> int:
    """The place of the header among the first rows of a file; `wanted` are columns it should have.

    `said` counts from 1. Raises InputError if there is no such row, or none that could be a header.
    """
    if said is not None:
        if said > len(rows) or not any(rows[said - 1]):
            raise InputError(f"{file}: header_row is {said}, but there is nothing in that row")
        return said - 1
    if wanted:
        names = {plain(one) for one in wanted}
        hits = [len(names & {plain(cell) for cell in row}) for row in rows]
        if any(hits):
            return hits.index(max(hits))
    width = _usual_width(rows)
    for place, row in enumerate(rows):
        filled = [cell.strip() for cell in row if cell.strip()]
        is_wide = len(filled) >= max(min(_FEWEST, width), 0.6 * width)
        if (
            is_wide
            and len(set(filled)) > len(filled) / 2
            and not any(_IS_DATA.fullmatch(cell[:_LONGEST_DATA]) for cell in filled)
        ):
            return place
    first = next((row for row in rows if any(row)), [""])
    raise InputError(
        f"{file} has no line with the names of its columns (it begins with {in_a_row(first, longest=60)}); write one "
        "above the others, or say `header_row:` in the mapping"
    )


def _usual_width(rows: Rows) -> int:
    """How many cells most rows have."""
    widths = Counter(len(row) for row in rows if any(cell.strip() for cell in row))
    return widths.most_common(1)[0][0] if widths else 0


def place_of(name: str, columns: Sequence[str], file: str) -> int:
    """Which column a name means: the one of that very name, else the one that differs in capitals and blanks only.

    Raises InputError if there is none, or several.
    """
    exact = [place for place, column in enumerate(columns) if column == name]
    near = [place for place, column in enumerate(columns) if plain(column) == plain(name)]
    for places in (exact, near):
        if len(places) == 1:
            return places[0]
        if len(places) > 1:
            which = in_a_row([f'"{columns[place]}" (column {place + 1})' for place in places])
            also = "" if places is exact else ", or write the one you mean exactly as it stands there"
            raise InputError(
                f'{file} has {len(places)} columns that "{name}" may mean: {which}; give each a name of its own in '
                f"the file{also}"
            )
    raise InputError(f'{file} has no column "{name}"{did_you_mean(name, [one for one in columns if one])}')
