"""Words that mean that nothing is there: `N/A`, `NULL`, `-`, `0000-00-00`."""

from collections.abc import Collection, Mapping
from functools import cache
from typing import TYPE_CHECKING

from experiments.crm.word_lists import word_lists
from scenarios.input_errors import in_a_row

if TYPE_CHECKING:
    import pandas as pd

_LENGTH_OF_A_DAY = 10  # of 2024-01-31; a time of day may follow


@cache
def _known() -> dict[str, list[str]]:
    found = {key: list(words) for key, words in word_lists("nothing").items()}
    found["whole days"] = [day for day in found["days"] if len(day) == _LENGTH_OF_A_DAY]
    return found


def blanked(
    texts: "pd.Series[str]", more: Collection[str], kept: Collection[str], *, are_dates: bool = False
) -> "tuple[pd.Series[str], Mapping[str, int]]":
    """The texts with words for nothing taken out, and how often each was there.

    `more` are further words, `kept` those that mean something here (in small letters, both).
    """
    plain = texts.str.lower()
    means = plain.isin(list({*_known()["words"], *more} - set(kept)))
    if are_dates:
        means |= plain.isin(_known()["days"])
        means |= plain.str.slice(0, _LENGTH_OF_A_DAY).isin(_known()["whole days"])
    if not means.any():
        return texts, {}
    counts = texts[means].value_counts()
    return texts.where(~means, ""), {str(word): int(n) for word, n in counts.items()}


def told(file: str, column: str, found: Mapping[str, int]) -> str:
    """A note on the words for nothing in a column."""
    words = in_a_row([f'"{word}" ({n:,})' for word, n in found.items()], longest=100)
    return f"{file}, {column}: {words} mean that nothing is there"
