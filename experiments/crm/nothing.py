"""Words that mean that nothing is there: `N/A`, `NULL`, `-`, `0000-00-00`."""

from collections.abc import Collection, Mapping
from functools import cache
from typing import TYPE_CHECKING

from experiments.crm.word_lists import word_lists
from scenarios.input_errors import in_a_row

if TYPE_CHECKING:
    import pandas as pd


@cache
def _known() -> dict[str, frozenset[str]]:
    return {key: frozenset(words) for key, words in word_lists("nothing").items()}


def blanked(
    texts: "pd.Series[str]", more: Collection[str], kept: Collection[str], *, are_dates: bool = False
) -> "tuple[pd.Series[str], Mapping[str, int]]":
    """The texts with words for nothing taken out, and how often each was there.

    `more` are further words, `kept` those that mean something here (in small letters, both).
    """
    import pandas as pd

    places, different = pd.factorize(texts)
    nothing = {*_known()["words"], *more} - set(kept)
    means = [bool(text) and _is_nothing(str(text), nothing, are_dates=are_dates) for text in different]
    if not any(means):
        return texts, {}
    counts = pd.Series(places).value_counts()
    found = {str(different[place]): int(counts[place]) for place, nothing_there in enumerate(means) if nothing_there}
    cleaned = pd.Series([("" if one else text) for one, text in zip(means, different, strict=True)], dtype=str)
    return pd.Series(cleaned.to_numpy()[places], index=texts.index, dtype=str), found


def _is_nothing(text: str, nothing: Collection[str], *, are_dates: bool) -> bool:
    plain = " ".join(text.split()).casefold()
    if plain in nothing:
        return True
    return are_dates and (not {plain, plain.split("t")[0].split(" ")[0]}.isdisjoint(_known()["days"]))


def told(file: str, column: str, found: Mapping[str, int]) -> str:
    """A note on the words for nothing in a column."""
    words = in_a_row([f'"{word}" ({n:,})' for word, n in found.items()], longest=100)
    return f"{file}, {column}: {words} mean that nothing is there"
